/* SPDX-License-Identifier: GPL-3.0-or-later
 * Determinism, state, memory. */
#include "robustness.h"
#include "conformance_case.h"
#include "conformance_tally.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 37, STEPS = 12, SPLIT = 13, WINDOWS = 3, WINDOW_STEPS = 2000, STREAM = 1u << 30 };

/* Arrays of the build's format. */
typedef struct bench {
    const optcert_robustness *job;
    const oc_ref_format *format;
    optcert_hyper hyper;
    double start[N], grad[STEPS * N]; /* raw memory of the format, large enough for both */
} bench;

static void fill(const bench *b, uint32_t stream, void *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const optcert_draw at = {b->job->seed, STREAM + stream, (uint32_t)(i / N), (uint32_t)(i % N)};
        oc_ref_store(b->format, out, i, optcert_draw_bell(&at, 0));
    }
}

static void prepare(bench *b, const optcert_robustness *job)
{
    optcert_hyper_case masked;
    b->job = job;
    b->format = optcert_build_describe(job->build)->scalar == OPTCERT_F32 ? &oc_ref_f32 : &oc_ref_f64;
    optcert_hyper_at(0, job->seed, job->dialect->uses, &masked);
    b->hyper = masked.hyper;
    fill(b, 0, b->start, N);
    fill(b, 1, b->grad, STEPS * N);
}

static size_t bytes(const bench *b, size_t elements)
{
    return elements * b->format->size;
}

/* Elements [first, first + n) through all steps; false when a call fails. */
static bool run_part(const bench *b, size_t first, size_t n, optcert_placement placement, void *theta)
{
    optcert_instance *instance = NULL;
    bool whole = optcert_build_create(b->job->build, n, &b->hyper, placement, &instance) == OPTCERT_OK;
    for (size_t k = 0; whole && k < STEPS; k++) {
        const char *grad = (const char *)b->grad + bytes(b, k * N + first);
        whole = optcert_build_step(instance, (char *)theta + bytes(b, first), grad) == OPTCERT_OK;
    }
    return optcert_build_destroy(instance) == OPTCERT_OK && whole;
}

static bool run_whole(const bench *b, optcert_placement placement, void *theta)
{
    memcpy(theta, b->start, bytes(b, N));
    return run_part(b, 0, N, placement, theta);
}

static void tally(const bench *b, const char *what, const void *one, const void *other,
                  optcert_bits_tally *bits)
{
    for (size_t i = 0; i < N; i++) {
        const optcert_spot spot = {what, "usual", STEPS, i};
        optcert_tally_bits(bits, &spot, oc_ref_load(b->format, other, i), oc_ref_load(b->format, one, i));
    }
}

static bool add(const char *id, const char *metric, const optcert_bits_tally *bits, uint64_t seed,
                optcert_claims *claims)
{
    const double different = (double)bits->different;
    const optcert_claim claim = {.id = id,
                                 .metric = metric,
                                 .method = OPTCERT_SAMPLED,
                                 .measured = different,
                                 .low = different,
                                 .high = different,
                                 .sample_size = bits->compared,
                                 .seed = seed,
                                 .basis = "a build is a function of its inputs (optcert/build.h)",
                                 .detail = bits->first};
    return optcert_claims_add(claims, &claim);
}

static bool determinism(const bench *b, optcert_claims *claims)
{
    static const struct {
        optcert_placement placement;
        const char *name;
    } runs[] = {{OPTCERT_PLACE_END, "again"},
                {OPTCERT_PLACE_START, "arrays aligned to a page"},
                {OPTCERT_PLACE_ODD, "arrays one element off a page"},
                {OPTCERT_PLACE_ODD, "the same again"}};
    double first[N], other[N];
    optcert_bits_tally bits = {0};
    if (!run_whole(b, OPTCERT_PLACE_END, first)) {
        return true;
    }
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        if (!run_whole(b, runs[i].placement, other)) {
            return true;
        }
        tally(b, runs[i].name, first, other, &bits);
    }
    return add("robustness.determinism", "values that differ between runs of the same steps", &bits,
               b->job->seed, claims);
}

static bool splitting(const bench *b, optcert_claims *observations)
{
    double whole[N], parts[N];
    optcert_bits_tally bits = {0};
    memcpy(parts, b->start, bytes(b, N));
    if (!run_whole(b, OPTCERT_PLACE_END, whole) || !run_part(b, 0, SPLIT, OPTCERT_PLACE_END, parts) ||
        !run_part(b, SPLIT, N - SPLIT, OPTCERT_PLACE_END, parts)) {
        return true;
    }
    tally(b, "one vector as two", whole, parts, &bits);
    return add("robustness.split", "values that differ when the vector is handed over in two parts", &bits,
               b->job->seed, observations);
}

/* Sets each slot and reads it back; false when the build does not offer it. */
static bool read_back(const bench *b, optcert_instance *instance, optcert_bits_tally *bits)
{
    double in[N], out[N];
    for (size_t s = 0; s < b->job->dialect->slots; s++) {
        const char *slot = b->job->dialect->slot[s];
        fill(b, 2 + (uint32_t)s, in, N);
        for (size_t i = 0; i < N && slot[0] == 'v'; i++) {
            oc_ref_store(b->format, in, i, fabs(oc_ref_load(b->format, in, i)));
        }
        if (optcert_build_set(instance, slot, in, 5) != OPTCERT_OK ||
            optcert_build_get(instance, slot, out) != OPTCERT_OK) {
            return false;
        }
        tally(b, slot, in, out, bits);
    }
    return b->job->dialect->slots > 0;
}

static bool state(const bench *b, optcert_claims *claims)
{
    optcert_instance *instance = NULL;
    optcert_bits_tally bits = {0};
    const bool offered =
        optcert_build_create(b->job->build, N, &b->hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK &&
        read_back(b, instance, &bits);
    optcert_build_destroy(instance);
    return !offered ||
           add("robustness.state", "values of a state that read back otherwise", &bits, b->job->seed, claims);
}

/* The least growth over the windows, in bytes a step; false when a call fails. */
static bool growth(const bench *b, double *least)
{
    double theta[N];
    optcert_instance *instance = NULL;
    bool whole =
        optcert_build_create(b->job->build, N, &b->hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK;
    memcpy(theta, b->start, bytes(b, N));
    *least = INFINITY;
    for (int window = 0; whole && window <= WINDOWS; window++) { /* the first one warms up */
        const double before = (double)optcert_build_memory(b->job->build);
        whole = optcert_build_run(instance, WINDOW_STEPS, theta, b->grad, 0, NULL, 0, NULL) == OPTCERT_OK;
        const double grown = ((double)optcert_build_memory(b->job->build) - before) / WINDOW_STEPS;
        *least = window > 0 ? fmin(*least, grown) : *least;
    }
    return optcert_build_destroy(instance) == OPTCERT_OK && whole;
}

static bool memory(const bench *b, optcert_claims *claims)
{
    double least;
    char detail[128];
    if (!growth(b, &least)) {
        return true;
    }
    snprintf(detail, sizeof detail, "grew by %.3g bytes or more a step in each of %d windows of %d steps",
             least, WINDOWS, WINDOW_STEPS);
    const optcert_claim claim = {.id = "robustness.memory",
                                 .metric = "growth of the build's memory, in bytes a step",
                                 .method = OPTCERT_SAMPLED,
                                 .threshold = 16,
                                 .measured = least,
                                 .low = least,
                                 .high = least,
                                 .sample_size = (uint64_t)WINDOWS * WINDOW_STEPS,
                                 .seed = b->job->seed,
                                 .basis =
                                     "half of the smallest block that a forgotten allocation a step costs",
                                 .detail = detail};
    return optcert_claims_add(claims, &claim);
}

bool optcert_robustness_run(const optcert_robustness *job, optcert_claims *claims,
                            optcert_claims *observations)
{
    bench *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return false;
    }
    prepare(b, job);
    const bool whole =
        determinism(b, claims) && state(b, claims) && memory(b, claims) && splitting(b, observations);
    free(b);
    return whole;
}
