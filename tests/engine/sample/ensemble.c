/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running a block of paths. */
#include "ensemble.h"
#include "matrices.h"
#include "random/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SIGNS = 2, CACHED = 2048, COMMON_STREAM_BITS = 40 };

struct optcert_workshop {
    double *memory;
    optcert_paths first[SIGNS], second[SIGNS]; /* of the pair, for z and -z */
    optcert_scratch scratch;
    optcert_controls controls;
    double *z[2];    /* normals of a step, and of the next */
    double *noise;   /* what the chain's oracle makes of them */
    double *mirror;  /* -z */
    double *common;  /* the normal that all coordinates share; or room for correlation by matrices */
    double *many;    /* level 0, oracles that take more than one normal: all of them */
};

enum { ARRAYS = SIGNS * 2 * 3 + 7 + 5 + OPTCERT_CONTROL_ARRAYS };

bool optcert_ensemble_open(optcert_ensemble *e, const optcert_study *chain, const optcert_study *study, uint64_t seed,
                           size_t steps, unsigned level, char reason[OPTCERT_DATA_REASON])
{
    *e = (optcert_ensemble){.study = study, .seed = seed, .steps = steps, .level = level, .width = OPTCERT_WIDTH_MAX};
    while (e->width > 16 && e->width * study->dynamics.oracle.dimension > CACHED) {
        e->width /= 2;
    }
    optcert_coupling_open(&e->coupling, &chain->dynamics.oracle);
    const bool matrix = study->matrices != NULL && study->matrices->root != NULL;
    if (e->coupling.numbers > 1 && (matrix || study->correlation > 0.0)) {
        snprintf(reason, OPTCERT_DATA_REASON,
                 "%s is not allowed here: each coordinate draws batches, labels or pairs of calls of its own",
                 matrix ? "a covariance" : "rho > 0");
        return false;
    }
    if (level == 0) {
        return optcert_chain_model_open(&e->chain, chain, steps, reason) &&
               optcert_limit_model_open(&e->fine, study, steps, 1, reason);
    }
    return optcert_limit_model_open(&e->coarse, study, steps, (size_t)1 << (level - 1), reason) &&
           optcert_limit_model_open(&e->fine, study, steps, (size_t)1 << level, reason);
}

double optcert_ensemble_cost(const optcert_ensemble *e)
{
    const double parts = e->level == 0 ? 2.0 : 1.5 * (double)(1u << e->level);
    return SIGNS * parts * (double)e->steps;
}

static void carve_paths(optcert_paths *paths, const optcert_ensemble *e, double **free_memory)
{
    const size_t n = e->width * e->study->dynamics.oracle.dimension;
    paths->dimension = e->study->dynamics.oracle.dimension;
    paths->width = e->width;
    double **const arrays[] = {&paths->theta, &paths->m, &paths->v};
    for (size_t i = 0; i < 3; i++) {
        *arrays[i] = *free_memory;
        *free_memory += n;
    }
}

optcert_workshop *optcert_workshop_open(const optcert_ensemble *e)
{
    const size_t n = e->width * e->study->dynamics.oracle.dimension;
    optcert_workshop *shop = calloc(1, sizeof *shop);
    if (shop == NULL) {
        return NULL;
    }
    const size_t many = e->level == 0 && e->coupling.numbers > 1 ? e->coupling.numbers : 0;
    shop->memory = calloc((ARRAYS + many) * n, sizeof *shop->memory);
    if (shop->memory == NULL) {
        free(shop);
        return NULL;
    }
    double *free_memory = shop->memory;
    for (int sign = 0; sign < SIGNS; sign++) {
        carve_paths(&shop->first[sign], e, &free_memory);
        carve_paths(&shop->second[sign], e, &free_memory);
    }
    optcert_scratch *s = &shop->scratch;
    double **const arrays[] = {&s->grad,    &s->sd,    &s->drift,     &s->diffusion, &s->drift_m,  &s->drift_u,
                               &s->zero,    &shop->z[0], &shop->z[1], &shop->noise,  &shop->mirror, &shop->common};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = free_memory;
        free_memory += n;
    }
    optcert_controls_open(&shop->controls, e->study->dynamics.oracle.dimension, e->width, &free_memory);
    shop->many = free_memory;
    return shop;
}

void optcert_workshop_close(optcert_workshop *shop)
{
    if (shop != NULL) {
        free(shop->memory);
        free(shop);
    }
}

static optcert_random at_step(const optcert_ensemble *e, uint64_t index, size_t k)
{
    return (optcert_random){.seed = e->seed,
                            .stream = (uint64_t)e->steps << COMMON_STREAM_BITS | index * e->width,
                            .step = (uint32_t)k,
                            .purpose = e->level};
}

/* The Brownian increments of step k, in units of its standard deviation. Coordinates share a part of them where the
 * study asks for correlation. */
static void draw(const optcert_ensemble *e, optcert_workshop *shop, uint64_t index, size_t k, double *z)
{
    const size_t d = e->study->dynamics.oracle.dimension;
    const double shared = e->study->correlation;
    optcert_random at = at_step(e, index, k);
    optcert_coupling_normals(&at, 1, d, e->width, z);
    if (e->study->matrices != NULL && e->study->matrices->root != NULL) {
        optcert_matrices_correlate(e->study->matrices, e->width, shop->common, z);
    }
    if (!(shared > 0.0)) {
        return;
    }
    at.coordinate = UINT32_MAX;
    optcert_random_normals(&at, e->width, shop->common);
    const double own = sqrt(1.0 - shared);
    const double both = sqrt(shared);
    for (size_t c = 0; c < d; c++) {
        for (size_t i = 0; i < e->width; i++) {
            double *x = &z[c * e->width + i];
            *x = own * *x + both * shop->common[i];
        }
    }
}

/* The same from an oracle that takes several normals: all of them in `many`, their sum in z. */
static void draw_many(const optcert_ensemble *e, optcert_workshop *shop, uint64_t index, size_t k, double *z)
{
    const size_t d = e->study->dynamics.oracle.dimension;
    const optcert_random at = at_step(e, index, k);
    optcert_coupling_normals(&at, e->coupling.numbers, d, e->width, shop->many);
    optcert_coupling_increment(&e->coupling, d * e->width, shop->many, z);
}

static void mirror(size_t n, const double *z, double *out)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = -z[i];
    }
}

/* What the chain's oracle makes of an increment z (sign -1: of the mirrored one). */
static const double *noise_of(const optcert_ensemble *e, const optcert_workshop *shop, const optcert_paths *paths,
                              double sign, const double *z)
{
    const size_t n = paths->dimension * paths->width;
    const optcert_noise *law = e->coupling.oracle.noise;
    if (e->coupling.numbers > 1) {
        optcert_coupling_noise(&e->coupling, n, sign, shop->many, paths->theta, shop->noise);
        return shop->noise;
    }
    if (law->fourth == 3.0 && law->from_normal(0.5) == 0.5) { /* the normal law itself */
        return z;
    }
    optcert_coupling_noise(&e->coupling, n, 1.0, z, paths->theta, shop->noise);
    return shop->noise;
}

/* Level 0: one step of the chain and one of its limit. */
static void chain_pair(const optcert_ensemble *e, optcert_workshop *shop, uint64_t index, size_t k)
{
    const size_t n = shop->first[0].dimension * e->width;
    if (e->coupling.numbers > 1) {
        draw_many(e, shop, index, k, shop->z[0]);
    } else {
        draw(e, shop, index, k, shop->z[0]);
    }
    mirror(n, shop->z[0], shop->mirror);
    const double *signs[SIGNS] = {shop->z[0], shop->mirror};
    for (int s = 0; s < SIGNS; s++) {
        const double *noise = noise_of(e, shop, &shop->first[s], s == 0 ? 1.0 : -1.0, signs[s]);
        optcert_chain_model_step(&e->chain, k, noise, &shop->scratch, &shop->first[s]);
        optcert_limit_model_step(&e->fine, k, signs[s], &shop->scratch, &shop->second[s]);
        if (s == 0) {
            optcert_controls_add(&shop->controls, k, signs[s], noise);
        }
    }
}

/* Level l >= 1: one coarse step of the limit and two fine ones; the coarse increment is the sum of the fine. */
static void limit_pair(const optcert_ensemble *e, optcert_workshop *shop, uint64_t index, size_t k)
{
    const size_t n = shop->first[0].dimension * e->width;
    double *coarse = shop->noise;
    for (size_t half = 0; half < 2; half++) {
        draw(e, shop, index, 2 * k + half, shop->z[half]);
        for (int s = 0; s < SIGNS; s++) {
            mirror(n, shop->z[half], shop->mirror);
            optcert_limit_model_step(&e->fine, 2 * k + half, s == 0 ? shop->z[half] : shop->mirror, &shop->scratch,
                                     &shop->second[s]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        coarse[i] = (shop->z[0][i] + shop->z[1][i]) * M_SQRT1_2;
    }
    optcert_controls_add(&shop->controls, k, coarse, coarse);
    mirror(n, coarse, shop->mirror);
    optcert_limit_model_step(&e->coarse, k, coarse, &shop->scratch, &shop->first[0]);
    optcert_limit_model_step(&e->coarse, k, shop->mirror, &shop->scratch, &shop->first[1]);
}

/* Mean over coordinates of phi at path i. */
static double mean_phi(const optcert_phi *phi, const optcert_paths *paths, size_t i)
{
    double sum = 0.0;
    for (size_t c = 0; c < paths->dimension; c++) {
        const size_t at = c * paths->width + i;
        sum += optcert_phi_value(phi, paths->theta[at], paths->m[at], paths->v[at] / paths->unit);
    }
    return sum / (double)paths->dimension;
}

static void read_paths(const optcert_ensemble *e, const optcert_workshop *shop, optcert_block *out)
{
    for (size_t p = 0; p < e->study->phi_count; p++) {
        const optcert_phi *phi = &e->study->phi[p];
        for (size_t i = 0; i < e->width; i++) {
            const double plus = mean_phi(phi, &shop->first[0], i);
            const double minus = mean_phi(phi, &shop->first[1], i);
            out->chain[p][i] = 0.5 * (plus + minus);
            out->difference[p][i] = 0.5 * ((plus - mean_phi(phi, &shop->second[0], i)) +
                                           (minus - mean_phi(phi, &shop->second[1], i)));
        }
    }
}

void optcert_ensemble_run(const optcert_ensemble *e, optcert_workshop *shop, uint64_t index, optcert_block *out)
{
    const double unit = e->level == 0 ? e->chain.noise * e->chain.noise : 1.0;
    const size_t steps = e->level == 0 ? e->steps : e->steps << (e->level - 1);
    for (int s = 0; s < SIGNS; s++) {
        optcert_paths_start(&shop->first[s], e->study, unit);
        optcert_paths_start(&shop->second[s], e->study, 1.0);
    }
    optcert_controls_start(&shop->controls, steps);
    for (size_t k = 0; k < steps; k++) {
        if (e->level == 0) {
            chain_pair(e, shop, index, k);
        } else {
            limit_pair(e, shop, index, k);
        }
    }
    optcert_controls_read(&shop->controls, out->control);
    read_paths(e, shop, out);
}
