/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling suite over a build. */
#include "scaling_build.h"
#include "scaling_calibrate.h"
#include "swarm_build.h"

#include <math.h>
#include <stdio.h>

enum { QUICK_PATHS = 32768, FULL_PATHS = 131072, MOST_PATHS = 1 << 20, PATHS_UNIT = 1024 };

double optcert_job_resolution(const optcert_suite_job *job)
{
    return job->resolution > 0.0 ? job->resolution : OPTCERT_SCALING_RESOLUTION;
}

size_t optcert_job_paths(const optcert_suite_job *job)
{
    if (job->paths > 0) {
        return job->paths;
    }
    const double finer = fmax(1.0, OPTCERT_SCALING_RESOLUTION / optcert_job_resolution(job));
    const double paths = (job->full ? FULL_PATHS : QUICK_PATHS) * finer * finer;
    return (size_t)(fmin(paths, MOST_PATHS) / PATHS_UNIT) * PATHS_UNIT;
}

/* A build that refuses a call says nothing about scaling: the claim has no numbers. */
static bool add_refused(const char *id, const optcert_suite_job *job, optcert_claims *claims)
{
    const optcert_claim claim = {.id = id,
                                 .metric = "distance (MMD) of the laws at batch x 1 and batch x kappa for h -> 0",
                                 .method = OPTCERT_SAMPLED,
                                 .threshold = optcert_job_resolution(job),
                                 .seed = job->seed,
                                 .basis = "0 where the rule keeps the SDE (MLPA Sect. 5)",
                                 .detail = optcert_build_symptom(job->build)};
    return optcert_claims_add(claims, &claim);
}

static bool run_one(const optcert_suite_job *job, optcert_optimizer optimizer, const optcert_swarm_problem *problem,
                    unsigned kappa, optcert_claims *claims)
{
    static const bool wanted[OPTCERT_SCALING_RULES] = {[OPTCERT_SCALING_TRUE] = true};
    optcert_scaling_sample sample;
    optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES];
    char id[64];
    optcert_scaling_sample_of(optcert_scaling_subjects, problem, &sample);
    sample.optimizer = optimizer;
    sample.kappa = kappa;
    sample.seed = job->seed;
    sample.resolution = optcert_job_resolution(job);
    sample.paths = sample.block = optcert_job_paths(job);
    optcert_stepper_build(job->build, &sample.stepper);
    snprintf(id, sizeof id, "scaling.%s.kappa%u", problem->name, kappa);
    if (!optcert_scaling_measure(&sample, wanted, outcome)) {
        return false;
    }
    return outcome[OPTCERT_SCALING_TRUE].ran
               ? optcert_scaling_claim(&sample, id, &outcome[OPTCERT_SCALING_TRUE], claims)
               : add_refused(id, job, claims);
}

bool optcert_scaling_suite(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations)
{
    static const char *const problems[] = {"bowl", "stackloss"};
    static const unsigned kappas[] = {4, 2};
    optcert_optimizer optimizer;
    (void)observations;
    if (!optcert_dialect_optimizer(job->dialect->name, &optimizer)) {
        return true;
    }
    const unsigned count = job->full ? 2 : 1;
    for (unsigned i = 0; i < 2 * count; i++) {
        if (!run_one(job, optimizer, optcert_swarm_problem_find(problems[i % 2]), kappas[i / 2], claims)) {
            return false;
        }
        if (job->progress != NULL) {
            job->progress(job->context, "scaling", i + 1, 2 * count);
        }
    }
    return true;
}
