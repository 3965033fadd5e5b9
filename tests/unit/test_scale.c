/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rules on decimals, against their definition and against the library's own rules. */
#include "optcert/scaling.h"
#include "scale_rule.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* A question to the rule: values are given by key; the answer is the scaled value of `key`. */
typedef struct scale_case {
    const char *optimizer;
    uint64_t batch, to;
    const char *given[5][2];
    const char *key;
    double expected;
    const char *origin;
} scale_case;

#define USUAL                                                                                                \
    {                                                                                                        \
        {"lr", "1e-3"}, {"beta1", "0.9"}, {"beta2", "0.999"},                                                \
        {                                                                                                    \
            "eps", "1e-8"                                                                                    \
        }                                                                                                    \
    }

static const scale_case answers[] = {
    {"adam", 256, 1024, USUAL, "lr", 2e-3, "square-root rule"},
    {"adam", 256, 1024, USUAL, "beta1", 0.6, "1 - 4 (1 - 0.9), not 0.6000000000000001"},
    {"adam", 256, 1024, USUAL, "beta2", 0.996, "1 - 4 (1 - 0.999)"},
    {"adam", 256, 1024, USUAL, "eps", 5e-9, "eps/2"},
    {"adam", 1024, 256, {{"lr", "2e-3"}, {"beta1", "0.6"}}, "beta1", 0.9, "inverse"},
    {"adam", 256, 256, USUAL, "beta1", 0.9, "kappa = 1 changes nothing"},
    {"adamw", 100, 400, {{"lr", "1"}, {"weight_decay", "0.01"}}, "weight_decay", 0.02, "lambda sqrt(kappa)"},
    {"rmsprop", 8, 72, {{"lr", "0.01"}, {"beta", "0.99"}}, "beta", 0.91, "1 - 9 (1 - 0.99)"},
    {"sgd", 3, 12, {{"lr", "0.1"}}, "lr", 0.4, "linear rule"},
    {"sgd", 12, 3, {{"lr", "0.1"}}, "lr", 0.025, "linear rule"},
    {"sgd", 1, 2, {{"lr", "1"}, {"ema", "0.9"}}, "ema", 0.81, "rho^kappa"},
    {"sgd", 1, 4, {{"lr", "1"}, {"steps", "1000"}}, "steps", 250, "steps/kappa"},
    {"adam", 1, 4, {{"lr", "1"}, {"beta1", "0.9"}, {"warmup", "100"}}, "warmup", 25, "schedules stretch alike"},
    {"ema", 1, 2, {{"ema", "0.9"}}, "ema", 0.81, "rho^kappa"},
    {"sgd-momentum", 1, 2, {{"lr", "1"}, {"momentum", "0.9"}}, "lr", 2, "linear rule (Goyal et al. 2017)"},
    {"sgd-momentum", 1, 2, {{"lr", "1"}, {"momentum", "0.9"}}, "momentum", 0.9, "momentum kept"},
};

static void pose(const scale_case *question, optcert_scale *scale)
{
    optcert_scale_init(scale, optcert_scale_find(question->optimizer));
    scale->batch = question->batch;
    scale->to_batch = question->to;
    for (int i = 0; i < 5 && question->given[i][0] != NULL; i++) {
        const char *why = "";
        optcert_scaled *item = optcert_scale_item(scale, question->given[i][0]);
        UNIT_CHECK(item != NULL && optcert_scale_give(item, question->given[i][1], &why), "%s: %s",
                   question->given[i][0], why);
    }
}

static void scaled_values(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        optcert_scale scale;
        char why[256] = "";
        pose(&answers[i], &scale);
        if (UNIT_CHECK(optcert_scale_apply(&scale, why, sizeof why), "%s: %s", answers[i].origin, why)) {
            const double got = optcert_scale_item(&scale, answers[i].key)->to;
            UNIT_CHECK(got == answers[i].expected, "%s: %s is %a (%.17g), not %a", answers[i].origin,
                       answers[i].key, got, got, answers[i].expected);
        }
        optcert_scale_clear(&scale);
    }
}

static const struct {
    scale_case question;
    const char *reason;
} refusals[] = {
    {{"adam", 256, 4096, USUAL, NULL, 0, "a batch beyond the bound"},
     "kappa 16 is not allowed: kappa*(1-beta1) must be < 1, so kappa < 10 (largest batch 2559)"},
    {{"adam", 256, 2560, USUAL, NULL, 0, "the bound itself: in doubles 256/(1-0.9) is more than 2560"},
     "kappa 10 is not allowed: kappa*(1-beta1) must be < 1, so kappa < 10 (largest batch 2559)"},
    {{"rmsprop", 3, 300, {{"lr", "1"}, {"beta", "0.99"}}, NULL, 0, "the bound itself"},
     "kappa 100 is not allowed: kappa*(1-beta) must be < 1, so kappa < 100 (largest batch 299)"},
    {{"adam", UINT64_C(1) << 53, 1, {{"lr", "1"}}, NULL, 0, "beta would round to 1"},
     "the scaled beta1 is not a double-precision number in its range"},
    {{"sgd", 1, 1000, {{"lr", "1e308"}}, NULL, 0, "overflow"},
     "the scaled lr is not a double-precision number in its range"},
};

static void refused_batches(void)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        optcert_scale scale;
        char why[256] = "";
        pose(&refusals[i].question, &scale);
        UNIT_CHECK(!optcert_scale_apply(&scale, why, sizeof why), "%s: was answered",
                   refusals[i].question.origin);
        UNIT_CHECK(strcmp(why, refusals[i].reason) == 0, "%s: '%s'", refusals[i].question.origin, why);
        optcert_scale_clear(&scale);
    }
}

/* The largest batch is allowed, the next is not. */
static void largest_batch_is_sharp(void)
{
    const scale_case question = {"adam", 256, 2559, USUAL, NULL, 0, ""};
    optcert_scale scale;
    char why[256];
    pose(&question, &scale);
    UNIT_CHECK(optcert_scale_apply(&scale, why, sizeof why), "2559: %s", why);
    UNIT_CHECK(optcert_scale_largest_batch(&scale, optcert_scale_bound(&scale)) == 2559, "largest batch");
    scale.to_batch = 2560;
    UNIT_CHECK(!optcert_scale_apply(&scale, why, sizeof why), "2560 was allowed");
    optcert_scale_clear(&scale);
}

static const struct {
    const char *optimizer, *key, *text, *reason;
} bad_values[] = {
    {"adam", "lr", "0", "must be > 0"},
    {"adam", "lr", "-1", "must be > 0"},
    {"adam", "lr", "abc", "is not a finite number"},
    {"adam", "beta1", "1", "must be < 1, also after rounding to double precision"},
    {"adam", "beta1", "0.99999999999999999999", "must be < 1, also after rounding to double precision"},
    {"adam", "beta2", "-0.1", "must be >= 0"},
    {"adam", "eps", "-1e-8", "must be >= 0"},
    {"adam", "ema", "1", "must be < 1, also after rounding to double precision"},
    {"adam", "ema", "0", "must be > 0"},
    {"adam", "steps", "1.5", "must be a whole number"},
    {"adam", "steps", "0", "must be > 0"},
    {"adam", "warmup", "-3", "must be > 0"},
    {"adam", "lr", "nan", "is not a finite number"},
    {"adam", "lr", "inf", "is not a finite number"},
    {"adam", "lr", "1e999", "is not a finite number"},
    {"adam", "lr", "1e-999", "is not a finite number"},
    {"adam", "lr", "", "is not a finite number"},
    {"adam", "lr", "1e-3x", "is not a finite number"},
    {"adamw", "weight_decay", "-0.01", "must be >= 0"},
    {"rmsprop", "beta", "1.5", "must be < 1, also after rounding to double precision"},
    {"sgd-momentum", "momentum", "1", "must be < 1, also after rounding to double precision"},
};

static void refused_values(void)
{
    for (size_t i = 0; i < sizeof bad_values / sizeof bad_values[0]; i++) {
        optcert_scale scale;
        const char *why = "";
        optcert_scale_init(&scale, optcert_scale_find(bad_values[i].optimizer));
        optcert_scaled *item = optcert_scale_item(&scale, bad_values[i].key);
        UNIT_CHECK(!optcert_scale_give(item, bad_values[i].text, &why), "%s %s was taken", bad_values[i].key,
                   bad_values[i].text);
        UNIT_CHECK(strcmp(why, bad_values[i].reason) == 0, "%s %s: '%s'", bad_values[i].key,
                   bad_values[i].text, why);
        optcert_scale_clear(&scale);
    }
}

static const struct {
    const char *optimizer, *key, *text;
    uint64_t kappa;
    double value, difference; /* by the other law, and that less the scaled one */
} others[] = {
    {"adam", "beta1", "0.9", 4, 0.6561, 0.0561},
    {"adam", "beta2", "0.999", 4, 0.996005996001, 5.996001e-6},
    {"ema", "ema", "0.9", 2, 0.8, -0.01},
};

static void other_laws(void)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        optcert_scale scale;
        char why[256] = "";
        const scale_case question = {
            others[i].optimizer, 1, others[i].kappa, {{others[i].key, others[i].text}}, NULL, 0, ""};
        double value = NAN, difference = NAN;
        pose(&question, &scale);
        UNIT_CHECK(optcert_scale_apply(&scale, why, sizeof why), "%s", why);
        UNIT_CHECK(optcert_scale_other(&scale, optcert_scale_item(&scale, others[i].key), &value, &difference),
                   "%s has no other law", others[i].key);
        UNIT_CHECK(value == others[i].value && difference == others[i].difference, "%s: %.17g, %.17g", others[i].key,
                   value, difference);
        optcert_scale_clear(&scale);
    }
}

/* The library scales the doubles nearest to the decimals, in doubles. lr, eps: two roundings there (root,
 * product), one here and the input's: 4 units of 2^-53. beta: kappa (1 - beta) carries the conversion of
 * beta, magnified by kappa, and three roundings of numbers below 1. */
static void library_agrees(void)
{
    const scale_case question = {"adam", 256, 1500, USUAL, NULL, 0, ""};
    const oc_hyper from = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};
    const double kappa = 1500.0 / 256, u = 0x1p-53;
    optcert_scale scale;
    oc_hyper to;
    char why[256];
    pose(&question, &scale);
    UNIT_CHECK(optcert_scale_apply(&scale, why, sizeof why), "%s", why);
    UNIT_CHECK(oc_scale_adam(&from, kappa, &to) == OC_OK, "oc_scale_adam refuses");
    const double *const lr = &optcert_scale_item(&scale, "lr")->to, *const eps =
                                                                        &optcert_scale_item(&scale, "eps")
                                                                             ->to;
    UNIT_CHECK(fabs(*lr - to.lr) <= 4 * u * *lr, "lr %a, library %a", *lr, to.lr);
    UNIT_CHECK(fabs(*eps - to.eps) <= 4 * u * *eps, "eps %a, library %a", *eps, to.eps);
    const double beta1 = optcert_scale_item(&scale, "beta1")->to,
                 beta2 = optcert_scale_item(&scale, "beta2")->to;
    UNIT_CHECK(fabs(beta1 - to.beta1) <= (kappa + 3) * u, "beta1 %a, library %a", beta1, to.beta1);
    UNIT_CHECK(fabs(beta2 - to.beta2) <= (kappa + 3) * u, "beta2 %a, library %a", beta2, to.beta2);
    optcert_scale_clear(&scale);
}

UNIT_SUITE(scale, {"scaled_values", scaled_values}, {"refused_batches", refused_batches},
           {"largest_batch_is_sharp", largest_batch_is_sharp}, {"refused_values", refused_values},
           {"other_laws", other_laws}, {"library_agrees", library_agrees})
