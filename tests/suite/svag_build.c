/* SPDX-License-Identifier: GPL-3.0-or-later
 * SVAG(l) with a build as the optimizer, l = 1, 2, 4, 8, against the SDE of its dialect. The SDE is run by Euler and
 * Maruyama at 1/64 of a step of SVAG(1), along Brownian paths whose increment over each step of the build is the very
 * normal behind the build's gradient noise: between the ends of a step the path is filled in at random. */
#include "law_distance.h"
#include "random/random.h"
#include "scaling_build.h"
#include "scaling_sampled.h"
#include "swarm_build.h"
#include "swarm_limit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BASE_STEPS = 8, FINEST = 8, LEVELS = 4, PURPOSE_BRIDGE = 13 };

static const char *const problems[] = {"bowl", "skewed"};
enum { PROBLEMS = sizeof problems / sizeof problems[0] };

typedef struct svag_run {
    const optcert_suite_job *job;
    optcert_scaling_sample sample; /* names problem, optimizer, steps, stepper */
    optcert_scaling_run base;
    unsigned l;
    void *state;
    double *theta, *token, *gradient, *normal, *bridge, *mean;
    optcert_swarm_limit limit;
} svag_run;

static void put(const svag_run *r, const double *point, double *theta)
{
    for (size_t i = 0; i < r->sample.problem->dimension; i++) {
        for (size_t p = 0; p < r->sample.paths; p++) {
            theta[i * r->sample.paths + p] = point[i];
        }
    }
}

static bool open_run(svag_run *r)
{
    const size_t n = r->sample.paths * r->sample.problem->dimension;
    optcert_scaling_run amplified;
    double **const arrays[] = {&r->theta, &r->token, &r->gradient, &r->normal, &r->bridge, &r->mean};
    bool whole = true;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = malloc(n * sizeof **arrays[i]);
        whole = whole && *arrays[i] != NULL;
    }
    r->limit = (optcert_swarm_limit){.problem = r->sample.problem,
                                     .optimizer = r->sample.optimizer,
                                     .hyper = r->base.hyper,
                                     .paths = r->sample.paths};
    whole = optcert_swarm_limit_open(&r->limit) && whole;
    if (!whole || optcert_scaling_apply(OPTCERT_SCALING_TRUE, r->sample.optimizer, &r->base,
                                        1.0 / (r->l * r->l), &amplified) != OC_OK) {
        return false;
    }
    put(r, r->sample.problem->before, r->theta);
    put(r, r->sample.problem->before, r->limit.theta);
    const optcert_hyper hyper = optcert_scaling_hyper(&r->sample, &amplified);
    r->state = r->sample.stepper.create(r->sample.stepper.context, n, &hyper);
    return true;
}

static void close_run(svag_run *r)
{
    if (r->state != NULL) {
        r->sample.stepper.destroy(r->state);
        r->state = NULL;
    }
    optcert_swarm_limit_close(&r->limit);
    free(r->theta);
    free(r->token);
    free(r->gradient);
    free(r->normal);
    free(r->bridge);
    free(r->mean);
}

/* Unit normals x_j of the fine steps whose sum over sqrt(count) is the unit normal of the step: x_j - mean x + z/sqrt(count). */
static void bridge_place(const svag_run *r, uint32_t step, uint32_t i, uint32_t j, double *out)
{
    const optcert_random at = {
        .seed = r->sample.seed, .stream = 0, .step = step, .coordinate = (r->l << 16) + (j << 2) + i, .purpose = PURPOSE_BRIDGE};
    optcert_random_normals(&at, r->sample.paths, out);
}

static void mean_of_bridges(svag_run *r, uint32_t step, uint32_t count)
{
    const size_t paths = r->sample.paths;
    memset(r->mean, 0, 2 * paths * sizeof *r->mean);
    for (uint32_t j = 0; j < count; j++) {
        for (uint32_t i = 0; i < 2; i++) {
            bridge_place(r, step, i, j, r->bridge + i * paths);
        }
        for (size_t p = 0; p < 2 * paths; p++) {
            r->mean[p] += r->bridge[p] / count;
        }
    }
}

static void step_limit(svag_run *r, uint32_t step, bool frozen)
{
    const size_t paths = r->sample.paths;
    const uint32_t count = FINEST * FINEST / (r->l * r->l);
    mean_of_bridges(r, step, count);
    for (uint32_t j = 0; j < count; j++) {
        for (uint32_t i = 0; i < 2; i++) {
            bridge_place(r, step, i, j, r->bridge + i * paths);
        }
        for (size_t p = 0; p < 2 * paths; p++) {
            r->bridge[p] += r->normal[p] / sqrt((double)count) - r->mean[p];
        }
        optcert_swarm_mix(paths, r->bridge);
        optcert_swarm_limit_step(&r->limit, 1.0 / (FINEST * FINEST), r->bridge, frozen);
    }
}

/* False when the build fails in a call. */
static bool run_steps(svag_run *r)
{
    const optcert_swarm_problem *problem = r->sample.problem;
    const uint32_t warm = (uint32_t)r->base.first * r->l * r->l, all = warm + BASE_STEPS * r->l * r->l;
    for (uint32_t step = 0; r->state != NULL && step < all; step++) {
        if (step == warm) {
            put(r, problem->start, r->limit.theta);
        }
        optcert_swarm_coupled(problem, r->sample.seed, r->l, step, 0, r->sample.paths, r->token, r->normal);
        optcert_swarm_gradient(problem, r->sample.paths, r->theta, r->token, r->gradient);
        if (!r->sample.stepper.step(r->state, r->theta, r->gradient)) {
            return false;
        }
        if (step < warm) {
            put(r, step + 1 < warm ? problem->before : problem->start, r->theta);
        }
        step_limit(r, step, step < warm);
    }
    return r->state != NULL;
}

static bool compare(const svag_run *r, optcert_law_sums *sums)
{
    optcert_features features;
    const size_t paths = r->sample.paths;
    double *mine = malloc(2 * paths * OPTCERT_FEATURES * sizeof *mine);
    if (mine == NULL) {
        return false;
    }
    double *other = mine + paths * OPTCERT_FEATURES;
    optcert_features_set(&features, r->sample.problem->dimension, r->sample.problem->scale);
    optcert_features_of(&features, paths, r->theta, mine);
    optcert_features_of(&features, paths, r->limit.theta, other);
    optcert_law_add(sums, paths, mine, other);
    free(mine);
    return true;
}

static bool add_claim(const svag_run *r, const optcert_law_sums sums[LEVELS], bool ran, optcert_claims *claims)
{
    char id[64], basis[OPTCERT_RESOLUTION_TEXT + 80], meaning[OPTCERT_RESOLUTION_TEXT], detail[80];
    optcert_estimate limit = {NAN, NAN, NAN};
    if (ran) {
        limit = optcert_law_limit(&sums[LEVELS - 2], &sums[LEVELS - 1], r->sample.delta);
    }
    optcert_resolution_meaning(r->sample.problem, r->sample.resolution, meaning);
    snprintf(basis, sizeof basis, "SVAG(l) tends to the SDE like 1/l^2 (Li, Malladi, Arora 2021; MLPA); at most %s", meaning);
    snprintf(detail, sizeof detail, "refused for sure from %.3g on", optcert_resolution_seen(r->sample.resolution, &limit));
    snprintf(id, sizeof id, "svag.%s.limit", r->sample.problem->name);
    optcert_claim claim = {.id = id,
                                 .metric = "distance (MMD) of the laws of SVAG(l) and of the SDE for l -> infinity",
                                 .method = OPTCERT_SAMPLED,
                                 .threshold = r->sample.resolution,
                                 .measured = limit.value,
                                 .low = limit.low,
                                 .high = limit.high,
                                 .sample_size = r->sample.paths,
                                 .seed = r->sample.seed,
                                 .basis = basis,
                                 .detail = ran ? detail : optcert_build_symptom(r->job->build)};
    for (unsigned i = 0; ran && i < LEVELS; i++) { /* SVAG(l) takes steps of 1/l^2 */
        const optcert_estimate distance = optcert_law_distance(&sums[i], r->sample.delta);
        claim.curve[claim.points++] =
            (optcert_claim_point){1.0 / (1u << 2 * i), distance.value, distance.low, distance.high};
    }
    return optcert_claims_add(claims, &claim);
}

static bool add_distance(const svag_run *r, const optcert_estimate *distance, optcert_claims *observations)
{
    char id[64];
    snprintf(id, sizeof id, "svag.%s.l%u", r->sample.problem->name, r->l);
    const optcert_claim seen = {.id = id,
                                .metric = "distance (MMD) of the laws of SVAG(l) and of the SDE",
                                .method = OPTCERT_SAMPLED,
                                .measured = distance->value,
                                .low = distance->low,
                                .high = distance->high,
                                .sample_size = r->sample.paths,
                                .seed = r->sample.seed,
                                .basis = "falls like 1/l^2 (MLPA Sect. 6)"};
    return optcert_claims_add(observations, &seen);
}

/* The order p of the distance in the step: D(1)/D(l) = l^(2p). All intervals hold together, so the best bounds of all l do;
 * the value is that of the l that bounds it best from below. */
static optcert_estimate order_of(const optcert_estimate distance[LEVELS])
{
    optcert_estimate best = {NAN, -INFINITY, INFINITY};
    for (size_t i = 1; i < LEVELS; i++) {
        const double unit = 1.0 / ((double)i * log(4.0));
        const optcert_estimate order = {log(distance[0].value / distance[i].value) * unit,
                                        log(distance[0].low / distance[i].high) * unit,
                                        log(distance[0].high / distance[i].low) * unit};
        best.value = order.low > best.low ? order.value : best.value;
        best.low = fmax(best.low, order.low);
        best.high = fmin(best.high, order.high);
    }
    if (best.low > best.high) { /* no one order fits, as where a part of D does not fall: all that the bounds span */
        best = (optcert_estimate){best.value, fmin(best.value, best.high), fmax(best.value, best.low)};
    }
    return best;
}

/* The limit theorem's order is 1, and a build that does not follow the SDE has order 0: the claim is that it is nearer to 1.
 * Where the hypotheses hold from l = 1 on and the paths show an error to take an order of. A quick run has too few paths to
 * decide: there it is an observation. */
static bool add_order(const svag_run *r, const optcert_estimate distance[LEVELS], optcert_claims *claims,
                      optcert_claims *observations)
{
    char id[64];
    const optcert_estimate order = order_of(distance);
    if (strcmp(r->sample.problem->name, "bowl") != 0 || !isfinite(order.low) || !isfinite(order.high)) {
        return true;
    }
    snprintf(id, sizeof id, "svag.%s.order", r->sample.problem->name);
    const optcert_claim claim = {.id = id,
                                 .metric = "order, in the step h = 1/l^2, of the distance from the SDE",
                                 .method = OPTCERT_SAMPLED,
                                 .relation = OPTCERT_AT_LEAST,
                                 .threshold = 0.5,
                                 .measured = order.value,
                                 .low = order.low,
                                 .high = order.high,
                                 .sample_size = r->sample.paths,
                                 .seed = r->sample.seed,
                                 .basis = "weak order 1 (MLPA Thms. 4.2, 4.5), 0 for another limit: half-way between",
                                 .detail = ""};
    return optcert_claims_add(r->job->full ? claims : observations, &claim);
}

static bool run_problem(svag_run *r, size_t which, optcert_claims *claims, optcert_claims *observations)
{
    optcert_law_sums sums[LEVELS];
    optcert_estimate distance[LEVELS];
    bool ran = true, whole = true;
    memset(sums, 0, sizeof sums);
    for (size_t i = 0; whole && ran && i < LEVELS; i++) {
        r->l = 1u << i;
        whole = open_run(r);
        ran = whole && run_steps(r);
        whole = whole && (!ran || compare(r, &sums[i]));
        close_run(r);
        if (whole && ran) {
            distance[i] = optcert_law_distance(&sums[i], r->sample.delta);
            whole = add_distance(r, &distance[i], observations);
        }
        if (r->job->progress != NULL) {
            r->job->progress(r->job->context, "svag", which * LEVELS + i + 1, PROBLEMS * LEVELS);
        }
    }
    return whole && add_claim(r, sums, ran, claims) && (!ran || add_order(r, distance, claims, observations));
}

bool optcert_svag_suite(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations)
{
    svag_run r = {.job = job};
    if (!optcert_dialect_optimizer(job->dialect->name, &r.sample.optimizer)) {
        return true;
    }
    r.sample.steps = BASE_STEPS;
    r.sample.resolution = optcert_job_resolution(job);
    r.sample.paths = r.sample.block = optcert_job_paths(job);
    r.sample.seed = job->seed;
    r.sample.delta = OPTCERT_SCALING_FAMILY / 16;
    optcert_stepper_build(job->build, &r.sample.stepper);
    bool whole = true;
    for (size_t i = 0; whole && i < PROBLEMS; i++) {
        r.sample.problem = optcert_swarm_problem_find(problems[i]);
        optcert_scaling_base(&r.sample, &r.base);
        whole = run_problem(&r, i, claims, observations);
    }
    return whole;
}
