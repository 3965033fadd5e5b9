/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fast path = core: random, threaded and exhaustive claims. */
#include "equivalence.h"
#include "equivalence_compare.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 8, SMALL = 2003, LARGE = 200003, SLICES = 16 };
#define CHUNKS (UINT64_C(1) << 32 >> 12) /* of OPTCERT_BLOCK = 2^12 gradients */

static bool add(const optcert_equivalence *job, const optcert_kernel *kernel, const char *suffix, optcert_method method,
                const optcert_equivalence_tally *tally, optcert_claims *claims)
{
    char id[96], basis[192];
    size_t used = (size_t)snprintf(basis, sizeof basis, "one text compiled for each instruction set, every operation IEEE 754 "
                                                        "(spec/fast.md); tried here:");
    for (oc_isa isa = OC_ISA_BASE; isa <= OC_ISA_AVX512; isa++) {
        used += (size_t)snprintf(basis + used, sizeof basis - used, "%s%s", oc_isa_available(isa) ? " " : "",
                                 oc_isa_available(isa) ? oc_isa_text(isa) : "");
    }
    snprintf(id, sizeof id, "equivalence.%s.f%u%s", kernel->name, kernel->bits, suffix);
    const double different = (double)tally->different;
    const optcert_claim claim = {.id = id,
                                 .metric = "elements where the fast path is not the same as the proved core",
                                 .method = method,
                                 .relation = OPTCERT_AT_MOST,
                                 .measured = different,
                                 .low = different,
                                 .high = different,
                                 .sample_size = tally->compared,
                                 .seed = job->seed,
                                 .basis = basis,
                                 .detail = tally->first};
    return optcert_claims_add(claims, &claim);
}

/* One arena a thread; NULL when memory fails. */
static optcert_arena **arenas(size_t threads)
{
    optcert_arena **own = calloc(threads, sizeof *own);
    for (size_t t = 0; own != NULL && t < threads; t++) {
        own[t] = optcert_arena_new(OPTCERT_BLOCK);
        if (own[t] == NULL) {
            for (size_t u = 0; u < t; u++) {
                optcert_arena_free(own[u]);
            }
            free(own);
            return NULL;
        }
    }
    return own;
}

static void arenas_free(optcert_arena **own, size_t threads)
{
    for (size_t t = 0; t < threads; t++) {
        optcert_arena_free(own[t]);
    }
    free(own);
}

static void random_block(const optcert_equivalence *job, const optcert_kernel *kernel, uint64_t number,
                         optcert_arena *arena, optcert_equivalence_tally *tally)
{
    const optcert_block block = {job->seed, (uint32_t)(kernel - optcert_kernels), (uint32_t)number};
    double coef[OPTCERT_KERNEL_COEF];
    optcert_block_shape shape;
    optcert_block_shape_of(&block, &shape);
    optcert_block_coef(&block, kernel, coef);
    for (size_t a = 0; kernel->roles[a] != '\0'; a++) {
        optcert_block_fill(&block, kernel, shape.kind, a, shape.n, optcert_arena_input(arena, a));
    }
    const optcert_trial trial = {kernel, coef, &shape, 1, job->damage, number};
    optcert_equivalence_trial(&trial, arena, tally);
}

static bool random_claim(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_arena **own,
                         optcert_claims *claims)
{
    optcert_equivalence_tally all = {0};
    for (uint64_t first = 0, next; all.inputs < job->elements; first = next) {
        next = first + BATCH + (job->elements - all.inputs) / OPTCERT_BLOCK;
#pragma omp parallel
        {
            optcert_equivalence_tally mine = {0};
#pragma omp for schedule(dynamic)
            for (uint64_t number = first; number < next; number++) {
                random_block(job, kernel, number, own[omp_get_thread_num()], &mine);
            }
#pragma omp critical(equivalence)
            optcert_equivalence_merge(&all, &mine);
        }
    }
    return add(job, kernel, "", OPTCERT_SAMPLED, &all, claims);
}

static bool threads_claim(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_claims *claims)
{
    static const int threads[] = {1, 2, 3, 8};
    const optcert_block block = {job->seed, (uint32_t)(kernel - optcert_kernels), UINT32_MAX};
    const size_t n = job->elements < SMALL ? SMALL : (job->elements > LARGE ? LARGE : (size_t)job->elements);
    optcert_arena *arena = optcert_arena_new(n);
    if (arena == NULL) {
        return false;
    }
    double coef[OPTCERT_KERNEL_COEF];
    optcert_block_coef(&block, kernel, coef);
    for (size_t a = 0; kernel->roles[a] != '\0'; a++) {
        optcert_block_fill(&block, kernel, 0, a, n, optcert_arena_input(arena, a));
    }
    optcert_equivalence_tally tally = {0};
    for (size_t t = 0; t < sizeof threads / sizeof threads[0]; t++) {
        const optcert_block_shape shape = {.n = n, .parts = (size_t)threads[t]};
        const optcert_trial trial = {kernel, coef, &shape, threads[t], job->damage, t};
        optcert_equivalence_trial(&trial, arena, &tally);
    }
    optcert_arena_free(arena);
    return add(job, kernel, ".threads", OPTCERT_DETERMINISTIC, &tally, claims);
}

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

static void exhaust_slice(const optcert_equivalence *job, const optcert_kernel *kernel, const void *coef, uint64_t slice,
                          optcert_arena **own, optcert_equivalence_tally *all)
{
    static const optcert_block_shape shape = {.n = OPTCERT_BLOCK, .parts = 1};
    const uint64_t first = slice * (CHUNKS / SLICES);
#pragma omp parallel
    {
        optcert_equivalence_tally mine = {0};
#pragma omp for schedule(static)
        for (uint64_t chunk = first; chunk < first + CHUNKS / SLICES; chunk++) {
            const optcert_trial trial = {kernel, coef, &shape, 1, job->damage, chunk};
            gradient_chunk(&trial, own[omp_get_thread_num()], &mine);
        }
#pragma omp critical(equivalence)
        optcert_equivalence_merge(all, &mine);
    }
}

static bool exhaustive_claim(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_arena **own,
                             optcert_claims *claims)
{
    optcert_equivalence_tally all = {0};
    for (uint32_t c = 0; c < job->contexts; c++) {
        double coef[OPTCERT_KERNEL_COEF];
        if (kernel->prepare(coef, &optcert_contexts[c].hyper, optcert_contexts[c].k) != OC_OK) {
            return false;
        }
        for (int t = 0; t < omp_get_max_threads(); t++) {
            fill_context(&optcert_contexts[c], kernel, own[t]);
        }
        for (uint64_t slice = 0; slice < SLICES; slice++) {
            exhaust_slice(job, kernel, coef, slice, own, &all);
        }
    }
    return add(job, kernel, ".exhaustive", OPTCERT_EXHAUSTIVE, &all, claims);
}

static bool wanted(const optcert_equivalence *job, const optcert_kernel *kernel)
{
    return (job->unit == NULL || strcmp(job->unit, kernel->unit) == 0) && (job->bits == 0 || job->bits == kernel->bits);
}

static bool claims_of(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_arena **own,
                      optcert_claims *claims)
{
    const bool exhaust = job->contexts > 0 && kernel->bits == 32 && kernel->prepare != NULL;
    return random_claim(job, kernel, own, claims) && threads_claim(job, kernel, claims) &&
           (!exhaust || exhaustive_claim(job, kernel, own, claims));
}

bool optcert_equivalence_run(const optcert_equivalence *job, optcert_claims *claims)
{
    const size_t threads = (size_t)omp_get_max_threads();
    optcert_arena **own = arenas(threads);
    uint64_t total = 0, done = 0;
    for (const optcert_kernel *kernel = optcert_kernels; kernel->unit != NULL; kernel++) {
        total += wanted(job, kernel);
    }
    bool whole = own != NULL;
    for (const optcert_kernel *kernel = optcert_kernels; whole && kernel->unit != NULL; kernel++) {
        if (wanted(job, kernel)) {
            if (job->progress != NULL) {
                job->progress(job->context, done++, total);
            }
            whole = claims_of(job, kernel, own, claims);
        }
    }
    if (own != NULL) {
        arenas_free(own, threads);
    }
    return whole;
}
