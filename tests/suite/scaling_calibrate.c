/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calibration of the sampled scaling suite. */
#include "scaling_calibrate.h"
#include "verdict.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The fast path: the same bits as the proved core in a third of the time. */
const optcert_scaling_subject optcert_scaling_subjects[] = {
    {"sgd", "sgd-fast", OPTCERT_SGD_SCALED, false, 2048},
    {"ema", "sgd-fast", OPTCERT_SGD_SCALED, true, 2048},
    {"rmsprop", "rmsprop-fast", OPTCERT_RMSPROP, false, 8192},
    {"adam", "adam-fast", OPTCERT_ADAM, false, 12288},
    {"adamw", "adamw-fast", OPTCERT_ADAMW, false, 16384},
    {NULL, NULL, OPTCERT_SGD, false, 0},
};

const optcert_scaling_subject *optcert_scaling_subject_find(const char *name)
{
    const optcert_scaling_subject *subject = optcert_scaling_subjects;
    while (subject->name != NULL && strcmp(subject->name, name) != 0) {
        subject++;
    }
    return subject->name != NULL ? subject : NULL;
}

/* One certificate, or one study, makes no more claims of this kind than this. */
enum { CLAIMS_MOST = 16 };

void optcert_scaling_sample_of(const optcert_scaling_subject *subject, const optcert_swarm_problem *problem,
                               optcert_scaling_sample *out)
{
    *out = (optcert_scaling_sample){.problem = problem,
                                    .optimizer = subject->optimizer,
                                    .average = subject->average,
                                    .kappa = 4,
                                    .steps = 64,
                                    .paths = 65536,
                                    .block = 1024,
                                    .seed = 1,
                                    .delta = OPTCERT_SCALING_FAMILY / CLAIMS_MOST,
                                    .resolution = OPTCERT_SCALING_RESOLUTION};
    (void)optcert_stepper_builtin(subject->builtin, &out->stepper);
}

void optcert_scaling_wanted(const optcert_scaling_sample *sample, bool wanted[OPTCERT_SCALING_RULES])
{
    optcert_scaling_run base;
    optcert_scaling_base(sample, &base);
    for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
        wanted[r] = optcert_scaling_rule_matters((optcert_scaling_rule)r, sample->optimizer, &base);
    }
}

/* The verdict of a run's claim. */
static optcert_verdict verdict_of(const optcert_scaling_sample *sample, const optcert_scaling_outcome *outcome)
{
    const optcert_claim claim = {.method = OPTCERT_SAMPLED,
                                 .relation = OPTCERT_AT_MOST,
                                 .threshold = sample->resolution,
                                 .measured = outcome->limit.value,
                                 .low = outcome->limit.low,
                                 .high = outcome->limit.high,
                                 .sample_size = sample->paths};
    return optcert_judge(&claim);
}

static void add_run(const optcert_scaling_sample *sample, const optcert_scaling_outcome *outcome, optcert_scaling_count *count)
{
    const double distance = outcome->limit.value;
    count->nearest = count->runs == 0 ? distance : fmin(count->nearest, distance);
    count->farthest = fmax(count->farthest, distance);
    count->runs++;
    count->failed += verdict_of(sample, outcome) == OPTCERT_FAILED;
    count->apart += outcome->limit.low > 0.0;
}

bool optcert_scaling_calibrate(const optcert_scaling_subject *subject, uint64_t seed, uint64_t seeds,
                               optcert_scaling_count count[OPTCERT_SCALING_RULES])
{
    optcert_scaling_sample sample;
    bool wanted[OPTCERT_SCALING_RULES];
    optcert_scaling_sample_of(subject, &optcert_swarm_problems[0], &sample);
    sample.steps = 32;
    sample.kappa = 8;
    sample.paths = subject->paths;
    optcert_scaling_wanted(&sample, wanted);
    for (uint64_t i = 0; i < seeds; i++) {
        optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES];
        sample.seed = seed + i;
        if (!optcert_scaling_measure(&sample, wanted, outcome)) {
            return false;
        }
        for (int r = 0; r < OPTCERT_SCALING_RULES; r++) {
            if (outcome[r].ran) {
                add_run(&sample, &outcome[r], &count[r]);
            }
        }
    }
    return true;
}

bool optcert_scaling_count_claim(const optcert_scaling_subject *subject, optcert_scaling_rule rule,
                                 const optcert_scaling_count *count, uint64_t seed, optcert_claims *claims)
{
    char id[80];
    const bool truth = rule == OPTCERT_SCALING_TRUE;
    const double failed = (double)count->failed;
    const optcert_estimate share = optcert_share(count->failed, count->runs);
    snprintf(id, sizeof id, "calibration.scaling.%s.%s", subject->name, optcert_scaling_rule_name(rule));
    const optcert_claim claim = {.id = id,
                                 .metric = truth ? "runs that refused the rule" : "share of runs that refused the mistake",
                                 .method = OPTCERT_SAMPLED,
                                 .relation = truth ? OPTCERT_AT_MOST : OPTCERT_AT_LEAST,
                                 .threshold = truth ? 0.0 : 0.999,
                                 .measured = truth ? failed : share.value,
                                 .low = truth ? failed : share.low,
                                 .high = truth ? failed : share.high,
                                 .sample_size = count->runs,
                                 .seed = seed,
                                 .basis = truth ? "one false alarm in 10^6 certificates is allowed"
                                                : "power that the suite promises; exact 95 % interval (Clopper, Pearson 1934)",
                                 .detail = ""};
    return optcert_claims_add(claims, &claim);
}

bool optcert_scaling_alarm_rate(const optcert_scaling_count *all, uint64_t seed, optcert_claims *observations)
{
    const optcert_estimate share = optcert_share(all->failed, all->runs);
    const optcert_claim rate = {.id = "calibration.scaling.false-alarm-rate",
                                .metric = "share of runs that refused the rule",
                                .method = OPTCERT_SAMPLED,
                                .measured = share.value,
                                .low = share.low,
                                .high = share.high,
                                .sample_size = all->runs,
                                .seed = seed,
                                .basis = "exact 95 % interval (Clopper, Pearson 1934)",
                                .detail = ""};
    return optcert_claims_add(observations, &rate);
}

optcert_estimate optcert_share(uint64_t hits, uint64_t runs)
{
    const double k = (double)hits, n = (double)runs;
    return (optcert_estimate){n > 0 ? k / n : 0.0, k > 0 ? gsl_cdf_beta_Pinv(0.025, k, n - k + 1) : 0.0,
                              k < n ? gsl_cdf_beta_Pinv(0.975, k + 1, n - k) : 1.0};
}
