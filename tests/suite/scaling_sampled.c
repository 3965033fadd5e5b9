/* SPDX-License-Identifier: GPL-3.0-or-later
 * Coupled runs at batch x 1 and batch x kappa. */
#include "scaling_sampled.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Averages forget in 1/3 to 1/2 of the run, eps is of the noise's size, and the decay takes the parameters some way
 * towards 0, so that no hyper-parameter is idle. The first steps only fill the averages, at another point: the limit from
 * m = v = 0 is singular (errors of order h log h), and not every build lets its state be set. */
void optcert_scaling_base(const optcert_scaling_sample *sample, optcert_scaling_run *run)
{
    const bool sgd = sample->optimizer == OPTCERT_SGD || sample->optimizer == OPTCERT_SGD_SCALED;
    /* the noise alone spreads the paths by about lr*noise*sqrt(steps); adaptive methods divide it by about the noise */
    const double steps = (double)sample->steps;
    const double lr = sample->problem->scale / sqrt(steps) / (sgd ? sample->problem->noise : 1.25);
    *run = (optcert_scaling_run){.hyper = {.lr = lr,
                                           .beta1 = 1.0 - 3.0 / steps,
                                           .beta2 = 1.0 - 2.0 / steps,
                                           .eps = 0.5 * sample->problem->noise,
                                           .weight_decay = 0.3 / (lr * steps)},
                                 .average = sample->average ? exp(-3.0 / steps) : 0.0,
                                 .sigma = 1.0,
                                 .steps = steps,
                                 .first = 0.25 * steps};
}

/* Fields that a dialect does not use are 0. */
optcert_hyper optcert_scaling_hyper(const optcert_scaling_sample *sample, const optcert_scaling_run *run)
{
    const optcert_optimizer optimizer = sample->optimizer;
    const bool adam = optimizer == OPTCERT_ADAM || optimizer == OPTCERT_ADAMW;
    const bool sgd = optimizer == OPTCERT_SGD || optimizer == OPTCERT_SGD_SCALED;
    return (optcert_hyper){.lr = run->hyper.lr,
                           .beta1 = adam ? run->hyper.beta1 : 0.0,
                           .beta2 = sgd ? 0.0 : run->hyper.beta2,
                           .eps = sgd ? 0.0 : run->hyper.eps,
                           .weight_decay = optimizer == OPTCERT_ADAMW ? run->hyper.weight_decay : 0.0};
}

/* One run of a block of paths. */
typedef struct lane {
    void *state;
    double *theta, *average; /* average: NULL when there is none */
    double rho;
    size_t warm, steps, taken; /* warm: steps before the run, whose effect on theta is undone */
} lane;

typedef struct level {
    const optcert_scaling_sample *sample;
    unsigned l;
    size_t first, n; /* paths of the block; elements */
    bool ran[OPTCERT_SCALING_RULES];
    lane base, lane[OPTCERT_SCALING_RULES];
    double *token, *sum, *gradient; /* of one step; of kappa steps */
} level;

static double *numbers(size_t count)
{
    return malloc(count * sizeof(double));
}

/* SVAG(l) of a run: kappa = 1/l^2. */
static bool amplified(const optcert_scaling_sample *s, optcert_scaling_run *run, unsigned l)
{
    const optcert_scaling_run from = *run;
    return l == 1 || optcert_scaling_apply(OPTCERT_SCALING_TRUE, s->optimizer, &from, 1.0 / (l * l), run) == OC_OK;
}

static void put_at_start(const level *v, lane *x)
{
    const optcert_scaling_sample *s = v->sample;
    const double *point = x->warm > 0 ? s->problem->before : s->problem->start;
    for (size_t i = 0; i < s->problem->dimension; i++) {
        for (size_t p = 0; p < s->block; p++) {
            x->theta[i * s->block + p] = point[i];
        }
    }
    if (x->average != NULL) {
        memcpy(x->average, x->theta, v->n * sizeof *x->theta);
    }
}

/* False only when memory is short; a refusal leaves state NULL. */
static bool open_lane(const level *v, const optcert_scaling_run *run, lane *out)
{
    const optcert_scaling_sample *s = v->sample;
    const optcert_hyper hyper = optcert_scaling_hyper(s, run);
    *out = (lane){.rho = run->average, .warm = (size_t)(run->first + 0.5), .steps = (size_t)(run->steps + 0.5)};
    out->theta = numbers(v->n);
    out->average = s->average ? numbers(v->n) : NULL;
    if (out->theta == NULL || (s->average && out->average == NULL)) {
        return false;
    }
    put_at_start(v, out);
    out->state = s->stepper.create(s->stepper.context, v->n, &hyper);
    return true;
}

static void close_lane(const level *v, lane *x)
{
    if (x->state != NULL) {
        v->sample->stepper.destroy(x->state);
    }
    free(x->average);
    free(x->theta);
}

static bool open_level(level *v, const bool wanted[OPTCERT_SCALING_RULES])
{
    const optcert_scaling_sample *s = v->sample;
    optcert_scaling_run base, run;
    v->n = s->block * s->problem->dimension;
    v->token = numbers(s->block * s->problem->token);
    v->sum = numbers(s->block * s->problem->token);
    v->gradient = numbers(v->n);
    optcert_scaling_base(s, &base);
    run = base;
    bool whole = v->token != NULL && v->sum != NULL && v->gradient != NULL && amplified(s, &run, v->l);
    whole = whole && open_lane(v, &run, &v->base);
    for (int r = 0; whole && r < OPTCERT_SCALING_RULES; r++) {
        if (wanted[r]) {
            const bool answered =
                optcert_scaling_apply((optcert_scaling_rule)r, s->optimizer, &base, s->kappa, &run) == OC_OK &&
                amplified(s, &run, v->l);
            whole = !answered || open_lane(v, &run, &v->lane[r]);
            v->ran[r] = v->lane[r].state != NULL;
        }
    }
    return whole;
}

static void close_level(level *v)
{
    close_lane(v, &v->base);
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        close_lane(v, &v->lane[r]);
    }
    free(v->gradient);
    free(v->sum);
    free(v->token);
}

/* False when the optimizer fails in the step. */
static bool advance(level *v, const double *token, lane *x)
{
    const optcert_scaling_sample *s = v->sample;
    if (x->taken == x->steps) {
        return true;
    }
    optcert_swarm_gradient(s->problem, s->block, x->theta, token, v->gradient);
    if (!s->stepper.step(x->state, x->theta, v->gradient)) {
        return false;
    }
    if (x->warm > 0) {
        x->warm--;
        put_at_start(v, x);
        return true;
    }
    x->taken++;
    for (size_t i = 0; x->average != NULL && i < v->n; i++) {
        x->average[i] = x->rho * x->average[i] + (1.0 - x->rho) * x->theta[i];
    }
    return true;
}

static bool unfinished(const level *v)
{
    bool more = v->base.state != NULL && v->base.taken < v->base.steps;
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        more = more || (v->ran[r] && v->lane[r].taken < v->lane[r].steps);
    }
    return more;
}

/* The batches of kappa steps, one after the other for the run at batch x 1. */
static void advance_base(level *v, uint32_t step)
{
    const optcert_scaling_sample *s = v->sample;
    const size_t count = s->block * s->problem->token;
    memset(v->sum, 0, count * sizeof *v->sum);
    for (uint32_t j = 0; j < s->kappa; j++) {
        optcert_swarm_tokens(s->problem, s->seed, v->l, step * s->kappa + j, v->first, s->block, v->token);
        for (size_t q = 0; q < count; q++) {
            v->sum[q] += v->token[q] / s->kappa;
        }
        if (!advance(v, v->token, &v->base)) {
            s->stepper.destroy(v->base.state);
            v->base.state = NULL;
            return;
        }
    }
}

/* Steps kappa times with the samples' batches, and once with their union; or once with fresh ones, for a run that goes on
 * too long. */
static void advance_all(level *v, uint32_t step)
{
    const optcert_scaling_sample *s = v->sample;
    if (v->base.state != NULL && v->base.taken < v->base.steps) {
        advance_base(v, step);
    } else {
        optcert_swarm_union(s->problem, s->seed, v->l, s->kappa, step, v->first, s->block, v->sum);
    }
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        v->ran[r] = v->ran[r] && advance(v, v->sum, &v->lane[r]);
    }
}

typedef struct tally {
    optcert_law_sums law;
    double moment, moment2; /* of the differences of |theta|^2 */
    optcert_energy energy;
} tally;

static const double *result_of(const lane *x)
{
    return x->average != NULL ? x->average : x->theta;
}

static void add_moments(const optcert_scaling_sample *s, const double *x, const double *y, tally *sums)
{
    for (size_t p = 0; p < s->block; p++) {
        double difference = 0.0;
        for (size_t i = 0; i < s->problem->dimension; i++) {
            const double a = x[i * s->block + p], b = y[i * s->block + p];
            difference += a * a - b * b;
        }
        sums->moment += difference;
        sums->moment2 += difference * difference;
    }
}

/* l is 1 or 2. */
static int index_of(const level *v)
{
    return (int)v->l - 1;
}

static bool compare(level *v, tally sums[OPTCERT_SCALING_RULES])
{
    const optcert_scaling_sample *s = v->sample;
    optcert_features features;
    optcert_features_set(&features, s->problem->dimension, s->problem->scale);
    double *mine = numbers(s->block * OPTCERT_FEATURES), *base = numbers(s->block * OPTCERT_FEATURES);
    const bool whole = mine != NULL && base != NULL;
    if (whole) {
        optcert_features_of(&features, s->block, result_of(&v->base), base);
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            if (v->ran[r]) {
                optcert_features_of(&features, s->block, result_of(&v->lane[r]), mine);
                optcert_law_add(&sums[r].law, s->block, mine, base);
                add_moments(s, result_of(&v->lane[r]), result_of(&v->base), &sums[r]);
                if (s->look != NULL) {
                    s->look(s->look_context, (optcert_scaling_rule)r, index_of(v), v->first, result_of(&v->lane[r]),
                            result_of(&v->base));
                }
            }
        }
    }
    free(base);
    free(mine);
    return whole;
}

/* The first half of the paths at batch x kappa against the second half at batch x 1: they share no samples. */
static bool test_energy(const level *v, tally sums[OPTCERT_SCALING_RULES])
{
    const optcert_scaling_sample *s = v->sample;
    const size_t half = s->block / 2, d = s->problem->dimension;
    double *x = numbers(half * d), *y = numbers(half * d);
    const bool whole = x != NULL && y != NULL;
    for (int r = 0; whole && r < OPTCERT_SCALING_RULES; r++) {
        if (v->ran[r]) {
            for (size_t i = 0; i < d; i++) {
                memcpy(x + i * half, result_of(&v->lane[r]) + i * s->block, half * sizeof *x);
                memcpy(y + i * half, result_of(&v->base) + i * s->block + half, half * sizeof *y);
            }
            sums[r].energy = optcert_energy_test(d, half, x, y, s->permutations, s->seed);
        }
    }
    free(y);
    free(x);
    return whole;
}

/* One block at one level. */
static bool run_block(const optcert_scaling_sample *s, unsigned l, size_t first, const bool wanted[OPTCERT_SCALING_RULES],
                      tally sums[OPTCERT_SCALING_RULES], bool ran[OPTCERT_SCALING_RULES])
{
    level v = {.sample = s, .l = l, .first = first};
    bool whole = open_level(&v, wanted);
    for (uint32_t step = 0; whole && unfinished(&v); step++) {
        advance_all(&v, step);
    }
    if (whole && v.base.state == NULL) {
        memset(v.ran, 0, sizeof v.ran);
    }
    whole = whole && compare(&v, sums);
    if (whole && first == 0 && s->permutations > 0) {
        whole = test_energy(&v, sums);
    }
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        ran[r] = ran[r] && v.ran[r];
    }
    close_level(&v);
    return whole;
}

static void conclude(const optcert_scaling_sample *s, const tally sums[OPTCERT_SAMPLED_LEVELS], optcert_scaling_outcome *out)
{
    for (int i = 0; i < OPTCERT_SAMPLED_LEVELS; i++) {
        const double n = sums[i].law.count, mean = sums[i].moment / n;
        out->distance[i] = optcert_law_distance(&sums[i].law, s->delta);
        out->mean[i] = mean;
        out->energy[i] = s->permutations > 0 ? sums[i].energy : (optcert_energy){NAN, NAN};
        out->mean_error[i] = sqrt(fmax(0.0, sums[i].moment2 / n - mean * mean) / n);
    }
    out->limit = optcert_law_limit(&sums[0].law, &sums[1].law, s->delta);
}

bool optcert_scaling_measure(const optcert_scaling_sample *sample, const bool wanted[OPTCERT_SCALING_RULES],
                             optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES])
{
    static const unsigned amplification[OPTCERT_SAMPLED_LEVELS] = {1, 2};
    tally sums[OPTCERT_SAMPLED_LEVELS][OPTCERT_SCALING_RULES];
    bool ran[OPTCERT_SCALING_RULES], whole = true;
    memset(sums, 0, sizeof sums);
    memcpy(ran, wanted, sizeof ran);
    for (int i = 0; i < OPTCERT_SAMPLED_LEVELS; i++) {
        for (size_t first = 0; whole && first < sample->paths; first += sample->block) {
            whole = run_block(sample, amplification[i], first, wanted, sums[i], ran);
        }
    }
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        const tally both[OPTCERT_SAMPLED_LEVELS] = {sums[0][r], sums[1][r]};
        outcome[r] = (optcert_scaling_outcome){.ran = ran[r]};
        if (ran[r]) {
            conclude(sample, both, &outcome[r]);
        }
    }
    return whole;
}

void optcert_resolution_meaning(const optcert_swarm_problem *problem, double resolution, char text[OPTCERT_RESOLUTION_TEXT])
{
    optcert_features features;
    optcert_features_set(&features, problem->dimension, problem->scale);
    snprintf(text, OPTCERT_RESOLUTION_TEXT, "%g: as far as normal laws apart whose means differ by %.2g standard deviations",
             resolution, optcert_features_shift(&features, problem->scale, resolution));
}

/* The truth lies within the margin around the value, and a claim fails when all of that is above the resolution. */
double optcert_resolution_seen(double resolution, const optcert_estimate *limit)
{
    return resolution + 2.0 * (limit->high - limit->value);
}

bool optcert_scaling_claim(const optcert_scaling_sample *sample, const char *id, const optcert_scaling_outcome *outcome,
                           optcert_claims *claims)
{
    char basis[OPTCERT_RESOLUTION_TEXT + 80], meaning[OPTCERT_RESOLUTION_TEXT], detail[300];
    optcert_resolution_meaning(sample->problem, sample->resolution, meaning);
    snprintf(basis, sizeof basis, "0 where the rule keeps the SDE (MLPA Sect. 5); at most %s", meaning);
    snprintf(detail, sizeof detail,
             "distance of the laws %.3g (%.3g to %.3g), at a quarter of h %.3g (%.3g to %.3g); refused for sure from %.3g on",
             outcome->distance[0].value, outcome->distance[0].low, outcome->distance[0].high, outcome->distance[1].value,
             outcome->distance[1].low, outcome->distance[1].high,
             optcert_resolution_seen(sample->resolution, &outcome->limit));
    optcert_claim claim = {.id = id,
                                 .metric = "distance (MMD) of the laws at batch x 1 and batch x kappa for h -> 0",
                                 .method = OPTCERT_SAMPLED,
                                 .relation = OPTCERT_AT_MOST,
                                 .threshold = sample->resolution,
                                 .measured = outcome->limit.value,
                                 .low = outcome->limit.low,
                                 .high = outcome->limit.high,
                                 .sample_size = sample->paths,
                                 .seed = sample->seed,
                                 .basis = basis,
                                 .detail = detail};
    for (unsigned i = 0; i < OPTCERT_SAMPLED_LEVELS; i++) { /* the second is SVAG(2), with steps of a quarter */
        const optcert_estimate *distance = &outcome->distance[i];
        claim.curve[claim.points++] = (optcert_claim_point){i == 0 ? 1 : 0.25, distance->value, distance->low, distance->high};
    }
    return optcert_claims_add(claims, &claim);
}
