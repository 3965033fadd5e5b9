/* SPDX-License-Identifier: GPL-3.0-or-later
 * The experiments' parts: sampling, hyper-parameters of an arm, and runs that depend on their specification
 * alone. The data are made here: the tests need no download. */
#include "arm.h"
#include "findings.h"
#include "minibatch.h"
#include "small_data.h"
#include "study.h"
#include "unit.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { SAMPLES = 40, TRAIN = 32 };

/* Without replacement every epoch shows each sample once, in another order. */
static void permutations(void)
{
    const optcert_dataset data = unit_small_data(SAMPLES, TRAIN);
    optcert_minibatch oracle;
    uint8_t orders[2][TRAIN];
    UNIT_CHECK(optcert_minibatch_open(&oracle, &data, 4, false, unit_seed()) == 0, "memory");
    for (uint64_t epoch = 0; epoch < 2; epoch++) {
        size_t seen[10] = {0};
        for (uint64_t b = 0; b < TRAIN / 4; b++) {
            optcert_minibatch_draw(&oracle, epoch * (TRAIN / 4) + b);
            for (size_t i = 0; i < 4; i++) {
                seen[oracle.label[i]]++;
                orders[epoch][b * 4 + i] = oracle.label[i];
            }
        }
        for (size_t l = 0; l < 10; l++) {
            UNIT_CHECK(seen[l] == (l < 2 ? 4 : 3), "epoch %d: label %zu seen %zu times", (int)epoch, l, seen[l]);
        }
    }
    UNIT_CHECK(memcmp(orders[0], orders[1], TRAIN) != 0, "two epochs have the same order");
    optcert_minibatch_close(&oracle);
}

/* A draw is a function of its number: drawing out of order gives the same batches. */
static void draws_are_pure(void)
{
    const optcert_dataset data = unit_small_data(SAMPLES, TRAIN);
    for (int replacement = 0; replacement < 2; replacement++) {
        optcert_minibatch oracle;
        uint8_t first[8];
        UNIT_CHECK(optcert_minibatch_open(&oracle, &data, 8, replacement, unit_seed()) == 0, "memory");
        optcert_minibatch_draw(&oracle, 13);
        memcpy(first, oracle.label, 8);
        optcert_minibatch_draw(&oracle, 2);
        optcert_minibatch_draw(&oracle, 13);
        UNIT_CHECK(memcmp(first, oracle.label, 8) == 0, "draw 13 changed");
        optcert_minibatch_close(&oracle);
    }
}

typedef struct rule_case {
    optcert_rule rule;
    double lr, beta2, eps; /* at kappa 4, from lr 1, beta2 0.75, eps 2 */
    const char *origin;
} rule_case;

static const rule_case rules[] = {
    {OPTCERT_RULE_ROOT, 2, 0.5, 1, "lr sqrt k, 1-k(1-beta), eps/sqrt k"},
    {OPTCERT_RULE_LINEAR, 4, 0.875, 2, "lr k"},
    {OPTCERT_RULE_NONE, 1, 0.875, 2, "unchanged"},
    {OPTCERT_RULE_FIXED_LR, 1, 0.5, 1, "the rule but lr"},
    {OPTCERT_RULE_FIXED_BETA, 2, 0.875, 1, "the rule but beta"},
    {OPTCERT_RULE_FIXED_EPS, 2, 0.5, 2, "the rule but eps"},
};

static void arms(void)
{
    const optcert_base base = {
        .hyper = {.lr = 1, .beta1 = 0.875, .beta2 = 0.875, .eps = 2}, .batch = 4, .steps = 64, .evaluations = 4};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        const optcert_arm arm = {.optimizer = OPTCERT_TRAIN_RMSPROP, .rule = rules[i].rule, .kappa = 4, .svag = 1};
        optcert_training run;
        UNIT_CHECK(optcert_arm_training(&arm, &base, &run) == OC_OK, "%s: refused", rules[i].origin);
        UNIT_CHECK(run.hyper.lr == rules[i].lr && run.hyper.beta2 == rules[i].beta2 && run.hyper.eps == rules[i].eps,
                   "%s: lr %g beta2 %g eps %g", rules[i].origin, run.hyper.lr, run.hyper.beta2, run.hyper.eps);
        UNIT_CHECK(run.batch == 16 && run.steps == 16, "%s: batch %zu, steps %zu", rules[i].origin, run.batch, run.steps);
    }
    const optcert_arm beyond = {.optimizer = OPTCERT_TRAIN_ADAM, .rule = OPTCERT_RULE_ROOT, .kappa = 8, .svag = 1};
    optcert_training run;
    UNIT_CHECK(optcert_arm_training(&beyond, &base, &run) == OC_ERR_KAPPA_RANGE, "kappa (1-beta) = 1 is allowed");
}

static void silent(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static void run_study(optcert_study *study, optcert_groups *groups, unsigned jobs, optcert_store *store)
{
    const optcert_dataset data = unit_small_data(SAMPLES, TRAIN);
    char error[256] = "";
    UNIT_CHECK(optcert_study_plan(study, groups) == 0, "memory");
    UNIT_CHECK(optcert_study_run(study, &data, groups, store, jobs, silent, NULL, error, sizeof error) == 0, "%s", error);
}

/* The same curves from 1 thread, from 3, and from a store that already has them. */
static void reproducible(void)
{
    optcert_study study;
    optcert_groups one, three, stored;
    char error[256];
    optcert_study_digits(&study, true);
    study.base[0].steps = 80;
    study.kappa_max = 2;
    study.seeds = 2;
    optcert_store *first = optcert_store_open(NULL, error, sizeof error);
    optcert_store *second = optcert_store_open(NULL, error, sizeof error);
    run_study(&study, &one, 1, first);
    run_study(&study, &three, 3, second);
    run_study(&study, &stored, 1, second);
    for (size_t i = 0; i < one.count; i++) {
        const size_t size = study.seeds * OPTCERT_CURVE * sizeof(optcert_point);
        UNIT_CHECK(memcmp(one.group[i].curve, three.group[i].curve, size) == 0, "group %zu depends on the threads", i);
        UNIT_CHECK(memcmp(one.group[i].curve, stored.group[i].curve, size) == 0, "group %zu changed in the store", i);
    }
    optcert_groups_close(&one);
    optcert_groups_close(&three);
    optcert_groups_close(&stored);
    optcert_store_close(first);
    optcert_store_close(second);
}

/* t quantile 12.706 for 2 values (Student 1908 tables): mean 2, sd sqrt 2, half-width 12.706. */
static void estimates(void)
{
    const double value[] = {1, 3};
    const optcert_estimate e = optcert_estimate_of(value, 2);
    UNIT_CHECK(e.value == 2 && fabs(e.high - 2 - 12.7062047) < 1e-6 && fabs(2 - e.low - 12.7062047) < 1e-6,
               "mean %g, [%g, %g]", e.value, e.low, e.high);
    const optcert_estimate one = optcert_estimate_of(value, 1);
    UNIT_CHECK(one.value == 1 && isinf(one.low) && isinf(one.high), "one value: %g, [%g, %g]", one.value, one.low, one.high);
}

/* How far curves of one loss are apart: by its logarithm. */
static const struct {
    double loss, reference, distance;
    const char *origin;
} apart[] = {
    {1, 1, 0, "the same"},
    {4, 1, 1.3862943611198906, "log 4"},
    {(double)NAN, 1, 10, "diverged"},
    {(double)INFINITY, 1, 10, "diverged"},
    {1e30, 1, 10, "beyond any sense"},
    {0, 0, 0, "both learned by heart"},
    {0, FLT_MIN, 0, "0 once counted as diverged"},
};

static void distances(void)
{
    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++) {
        static optcert_point curve[2][2 * OPTCERT_CURVE];
        for (size_t p = 0; p < 2 * OPTCERT_CURVE; p++) {
            curve[0][p].train_loss = apart[i].loss;
            curve[1][p].train_loss = apart[i].reference;
        }
        const optcert_group group = {.curve = curve[0]}, reference = {.curve = curve[1]};
        const optcert_estimate e = optcert_distance(&group, &reference, 2);
        UNIT_CHECK(fabs(e.value - apart[i].distance) < 1e-12, "%s: %g, not %g", apart[i].origin, e.value, apart[i].distance);
    }
}

/* A curve has OPTCERT_CURVE points whatever the arm: the full text study once had 50 steps for 20 parts at kappa = 16, and
 * wrote 26 points. */
static void curves_fit(void)
{
    static void (*const studies[])(optcert_study *, bool) = {optcert_study_digits, optcert_study_text};
    for (size_t i = 0; i < 4; i++) {
        optcert_study study;
        optcert_groups groups;
        studies[i / 2](&study, i % 2 == 0);
        UNIT_CHECK(optcert_study_plan(&study, &groups) == 0, "memory");
        for (size_t g = 0; g < groups.count; g++) {
            const optcert_training *run = &groups.group[g].run;
            UNIT_CHECK(groups.group[g].status != OC_OK || (run->steps > 0 && run->steps % run->evaluations == 0),
                       "%s: %zu steps of group %zu for %zu points", study.name, run->steps, g, run->evaluations);
        }
        optcert_groups_close(&groups);
    }
    const optcert_dataset data = unit_small_data(SAMPLES, TRAIN);
    const optcert_training uneven = {.batch = 4, .steps = 50, .evaluations = 20, .svag = 1};
    optcert_point curve[OPTCERT_CURVE];
    optcert_net net;
    char error[200] = "";
    optcert_net_mlp(&net);
    UNIT_CHECK(optcert_train(&net, &data, &uneven, curve, error, sizeof error) == -1 &&
                   strcmp(error, "50 steps do not fall into 20 equal parts") == 0,
               "taken: '%s'", error);
}

UNIT_SUITE(experiment, {"permutations", permutations}, {"draws_are_pure", draws_are_pure}, {"arms", arms},
           {"reproducible", reproducible}, {"estimates", estimates}, {"distances", distances}, {"curves_fit", curves_fit})
