/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every binary32 gradient. */
#include "exhaustive.h"

#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define CHUNKS (UINT64_C(1) << 32 >> 12) /* of OPTCERT_BLOCK = 2^12 gradients */

/* Which of a context's values an array before the gradient is filled with. */
static float context_value(const optcert_context *context, const optcert_kernel *kernel, size_t a)
{
    if (kernel->roles[a] == 'V') {
        return (float)context->value[2];
    }
    return (float)context->value[a == 0 ? 0 : 1];
}

static void fill_context(const optcert_context *context, const optcert_kernel *kernel, optcert_arena *arena)
{
    for (size_t a = 0; kernel->roles[a + 1] != '\0'; a++) {
        float *array = optcert_arena_input(arena, a);
        for (size_t i = 0; i < OPTCERT_BLOCK; i++) {
            array[i] = context_value(context, kernel, a);
        }
    }
}

static void gradient_chunk(const optcert_trial *trial, optcert_arena *arena, optcert_equivalence_tally *tally)
{
    uint32_t *grad = optcert_arena_input(arena, strlen(trial->kernel->roles) - 1);
    for (uint32_t i = 0; i < OPTCERT_BLOCK; i++) {
        grad[i] = (uint32_t)trial->where * OPTCERT_BLOCK + i;
    }
    optcert_equivalence_trial(trial, arena, tally);
}

static void exhaust(const optcert_equivalence *job, const optcert_kernel *kernel, const void *coef, optcert_arena **own,
                    optcert_equivalence_tally *all)
{
    static const optcert_block_shape shape = {.n = OPTCERT_BLOCK, .parts = 1};
    const uint64_t chunks = job->chunks > 0 ? job->chunks : CHUNKS;
#pragma omp parallel
    {
        optcert_equivalence_tally mine = {0};
#pragma omp for schedule(static)
        for (uint64_t chunk = 0; chunk < chunks; chunk++) {
            const optcert_trial trial = {kernel, coef, &shape, 1, job->damage, chunk};
            gradient_chunk(&trial, own[omp_get_thread_num()], &mine);
        }
#pragma omp critical(equivalence)
        optcert_equivalence_merge(all, &mine);
    }
}

static bool context_tally(const optcert_equivalence *job, const optcert_kernel *kernel, uint32_t c, optcert_arena **own,
                          optcert_equivalence_tally *tally)
{
    double coef[OPTCERT_KERNEL_COEF];
    if (kernel->prepare(coef, &optcert_contexts[c].hyper, optcert_contexts[c].k) != OC_OK) {
        return false;
    }
    for (int t = 0; t < omp_get_max_threads(); t++) {
        fill_context(&optcert_contexts[c], kernel, own[t]);
    }
    exhaust(job, kernel, coef, own, tally);
    return true;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool optcert_exhaustive_run(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_arena **own,
                            optcert_claims *claims)
{
    optcert_equivalence_tally all = {0};
    uint32_t left = 0;
    for (uint32_t c = 0; c < job->contexts; c++) {
        optcert_equivalence_tally tally = {0};
        if (job->record == NULL || !optcert_exhausted_find(job->record, kernel, c, &tally)) {
            if (job->record != NULL && now() > job->deadline) {
                left++;
                continue;
            }
            const bool whole = context_tally(job, kernel, c, own, &tally);
            if (!whole || (job->record != NULL && job->chunks == 0 && !optcert_exhausted_add(job->record, kernel, c, &tally))) {
                return false;
            }
        }
        optcert_equivalence_merge(&all, &tally);
    }
    all.cut_short = left > 0 || job->chunks > 0;
    if (left > 0 && all.different == 0) {
        snprintf(all.first, sizeof all.first, "%u of %u contexts are left for a later run", left, job->contexts);
    }
    return optcert_equivalence_claim(job, kernel, ".exhaustive", OPTCERT_EXHAUSTIVE, &all, claims);
}
