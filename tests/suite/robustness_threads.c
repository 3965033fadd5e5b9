/* SPDX-License-Identifier: GPL-3.0-or-later
 * The same bits whatever number of threads a build's libraries are told to use. */
#include "robustness_bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Enough elements for what works in parallel to do so. */
enum { MANY = 50000, MANY_STEPS = 3 };

/* MANY elements through a few steps of this process of the build; false when a call fails. */
static bool run_many(const optcert_bench *b, optcert_build_handle *build, void *theta, const void *grad)
{
    optcert_instance *instance = NULL;
    bool whole = optcert_build_create(build, MANY, &b->hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK;
    for (size_t i = 0; whole && i < MANY; i++) {
        oc_ref_store(b->format, theta, i, oc_ref_load(b->format, b->start, i % BENCH_N));
    }
    whole = whole && optcert_build_run(instance, MANY_STEPS, theta, grad, 0, NULL, 0, NULL) == OPTCERT_OK;
    return optcert_build_destroy(instance) == OPTCERT_OK && whole;
}

/* The same in a process that is told a number of threads, compared. False when it could not be run; *broken: for the harness's own
 * reasons. */
static bool compare_threads(const optcert_bench *b, unsigned threads, const void *one, const void *grad, void *other,
                            optcert_bits_tally *bits, bool *broken)
{
    optcert_build_handle *again = NULL;
    char text[256];
    const optcert_outcome opened = optcert_build_open_again(b->job->build, threads, &again, text, sizeof text);
    const bool ran = opened == OPTCERT_OK && run_many(b, again, other, grad);
    *broken = opened == OPTCERT_OK ? optcert_build_tool_failed(again)
                                   : opened == OPTCERT_TOOL || opened == OPTCERT_UNREACHABLE; /* it was reached before */
    snprintf(text, sizeof text, "%u threads instead of as many as it likes", threads);
    for (size_t i = 0; ran && i < MANY; i++) {
        const optcert_spot spot = {text, "usual", MANY_STEPS, i};
        optcert_tally_bits(bits, &spot, oc_ref_load(b->format, other, i), oc_ref_load(b->format, one, i));
    }
    optcert_build_close(again);
    return ran;
}

bool optcert_robustness_threads(const optcert_bench *b, optcert_claims *claims)
{
    /* What it likes is mostly the number of processors. */
    const unsigned count = sysconf(_SC_NPROCESSORS_ONLN) == 1 ? 3 : 1;
    double *one = calloc(MANY, sizeof *one), *other = calloc(MANY, sizeof *other), *grad = calloc(MANY, sizeof *grad);
    optcert_bits_tally bits = {0};
    const bool room = one != NULL && other != NULL && grad != NULL;
    if (room) {
        optcert_bench_fill(b, 20, grad, MANY);
    }
    bool broken = false;
    const bool ran = room && run_many(b, b->job->build, one, grad) && compare_threads(b, count, one, grad, other, &bits, &broken);
    free(one);
    free(other);
    free(grad);
    return room && !broken && (!ran || optcert_bench_claim_bits("robustness.threads", "values that differ between numbers of threads",
                                                     &bits, b->job->seed, claims));
}
