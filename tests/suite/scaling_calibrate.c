/* SPDX-License-Identifier: GPL-3.0-or-later
 * Calibration of the sampled scaling suite. */
#include "scaling_calibrate.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

const optcert_scaling_subject optcert_scaling_subjects[] = {
    {"sgd", "sgd", OPTCERT_SGD_SCALED, false, 4096},     {"ema", "sgd", OPTCERT_SGD_SCALED, true, 4096},
    {"rmsprop", "rmsprop", OPTCERT_RMSPROP, false, 8192}, {"adam", "adam", OPTCERT_ADAM, false, 16384},
    {"adamw", "adamw", OPTCERT_ADAMW, false, 16384},      {NULL, NULL, OPTCERT_SGD, false, 0},
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
                                    .delta = OPTCERT_SCALING_FAMILY / CLAIMS_MOST};
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

bool optcert_scaling_calibrate(const optcert_scaling_subject *subject, uint64_t seed, uint64_t seeds,
                               void (*progress)(void *context, uint64_t done, uint64_t total), void *context,
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
            count[r].runs += outcome[r].ran;
            count[r].failed += outcome[r].ran && outcome[r].limit.low > OPTCERT_SCALING_RESOLUTION;
            count[r].apart += outcome[r].ran && outcome[r].limit.low > 0.0;
        }
        progress(context, i + 1, seeds);
    }
    return true;
}

optcert_estimate optcert_share(uint64_t hits, uint64_t runs)
{
    const double k = (double)hits, n = (double)runs;
    return (optcert_estimate){n > 0 ? k / n : 0.0, k > 0 ? gsl_cdf_beta_Pinv(0.025, k, n - k + 1) : 0.0,
                              k < n ? gsl_cdf_beta_Pinv(0.975, k + 1, n - k) : 1.0};
}
