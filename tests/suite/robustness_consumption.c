/* SPDX-License-Identifier: GPL-3.0-or-later
 * What steps use up and give off: memory, output. */
#include "robustness_bench.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WINDOWS = 3, WINDOW_STEPS = 2000 };

/* Over the windows: the least growth in bytes a step, and the bytes written. */
typedef struct consumption {
    double growth, output;
    bool blind; /* the system did not say how much memory there is */
    char last[160];
} consumption;

/* False when a call fails. */
static bool consume(const optcert_bench *b, consumption *seen)
{
    double theta[BENCH_N];
    optcert_instance *instance = NULL;
    bool whole =
        optcert_build_create(b->job->build, BENCH_N, &b->hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK;
    memcpy(theta, b->start, optcert_bench_bytes(b, BENCH_N));
    *seen = (consumption){.growth = INFINITY};
    const double written = (double)optcert_build_output(b->job->build, seen->last, sizeof seen->last);
    for (int window = 0; whole && window <= WINDOWS; window++) { /* the first one warms up */
        const double before = (double)optcert_build_memory(b->job->build);
        whole = optcert_build_run(instance, WINDOW_STEPS, theta, b->grad, 0, NULL, 0, NULL) == OPTCERT_OK;
        const double after = (double)optcert_build_memory(b->job->build), grown = (after - before) / WINDOW_STEPS;
        seen->growth = window > 0 ? fmin(seen->growth, grown) : seen->growth;
        seen->blind = seen->blind || (whole && (before == 0 || after == 0));
    }
    seen->output = (double)optcert_build_output(b->job->build, seen->last, sizeof seen->last) - written;
    return optcert_build_destroy(instance) == OPTCERT_OK && whole;
}

static bool add_memory(const optcert_bench *b, double least, optcert_claims *claims)
{
    char detail[128];
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

static bool add_output(const optcert_bench *b, const consumption *seen, optcert_claims *claims)
{
    char detail[256] = "";
    if (seen->output > 0) {
        snprintf(detail, sizeof detail, "wrote %.0f bytes, at last: %s", seen->output, seen->last);
    }
    const optcert_claim claim = {.id = "robustness.output",
                                 .metric = "bytes that steps wrote to standard output or error",
                                 .method = OPTCERT_SAMPLED,
                                 .measured = seen->output,
                                 .low = seen->output,
                                 .high = seen->output,
                                 .sample_size = (uint64_t)(WINDOWS + 1) * WINDOW_STEPS,
                                 .seed = b->job->seed,
                                 .basis = "a step has no output but theta (optcert/build.h)",
                                 .detail = detail};
    return optcert_claims_add(claims, &claim);
}

bool optcert_robustness_consumption(const optcert_bench *b, optcert_claims *claims)
{
    consumption seen;
    return !consume(b, &seen) || (!seen.blind && add_memory(b, seen.growth, claims) && add_output(b, &seen, claims));
}
