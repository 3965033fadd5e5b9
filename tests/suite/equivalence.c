/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fast path = core: random, threaded and exhaustive claims. */
#include "equivalence.h"
#include "exhaustive.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 8, SMALL = 2003, LARGE = 200003 };

bool optcert_equivalence_claim(const optcert_equivalence *job, const optcert_kernel *kernel, const char *suffix,
                               optcert_method method, const optcert_equivalence_tally *tally, optcert_claims *claims)
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
    const bool whole = tally->different > 0 || !tally->cut_short;
    const optcert_claim claim = {.id = id,
                                 .metric = "elements where the fast path is not the same as the proved core",
                                 .method = method,
                                 .relation = OPTCERT_AT_MOST,
                                 .measured = different,
                                 .low = different,
                                 .high = whole ? different : INFINITY,
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
    return optcert_equivalence_claim(job, kernel, "", OPTCERT_SAMPLED, &all, claims);
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
    return optcert_equivalence_claim(job, kernel, ".threads", OPTCERT_DETERMINISTIC, &tally, claims);
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
           (!exhaust || optcert_exhaustive_run(job, kernel, own, claims));
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
