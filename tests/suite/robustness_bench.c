/* SPDX-License-Identifier: GPL-3.0-or-later
 * Steps that are taken again and again. */
#include "robustness_bench.h"
#include "conformance_case.h"

#include <string.h>

enum { STREAM = 1u << 30 };

void optcert_bench_fill(const optcert_bench *b, uint32_t stream, void *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const optcert_draw at = {b->job->seed, STREAM + stream, (uint32_t)(i / BENCH_N), (uint32_t)(i % BENCH_N)};
        oc_ref_store(b->format, out, i, optcert_draw_bell(&at, 0));
    }
}

void optcert_bench_prepare(optcert_bench *b, const optcert_robustness *job)
{
    optcert_hyper_case masked;
    b->job = job;
    b->format = optcert_build_describe(job->build)->scalar == OPTCERT_F32 ? &oc_ref_f32 : &oc_ref_f64;
    optcert_hyper_at(0, job->seed, job->dialect->uses, &masked);
    b->hyper = masked.hyper;
    optcert_bench_fill(b, 0, b->start, BENCH_N);
    optcert_bench_fill(b, 1, b->grad, BENCH_STEPS * BENCH_N);
}

size_t optcert_bench_bytes(const optcert_bench *b, size_t elements)
{
    return elements * b->format->size;
}

bool optcert_bench_run(const optcert_bench *b, optcert_placement placement, void *theta)
{
    optcert_instance *instance = NULL;
    memcpy(theta, b->start, optcert_bench_bytes(b, BENCH_N));
    bool whole = optcert_build_create(b->job->build, BENCH_N, &b->hyper, placement, &instance) == OPTCERT_OK;
    for (size_t k = 0; whole && k < BENCH_STEPS; k++) {
        const char *grad = (const char *)b->grad + optcert_bench_bytes(b, k * BENCH_N);
        whole = optcert_build_step(instance, theta, grad) == OPTCERT_OK;
    }
    return optcert_build_destroy(instance) == OPTCERT_OK && whole;
}

void optcert_bench_tally(const optcert_bench *b, const char *what, const void *one, const void *other,
                         optcert_bits_tally *bits)
{
    for (size_t i = 0; i < BENCH_N; i++) {
        const optcert_spot spot = {what, "usual", BENCH_STEPS, i};
        optcert_tally_bits(bits, &spot, oc_ref_load(b->format, other, i), oc_ref_load(b->format, one, i));
    }
}

bool optcert_bench_claim_bits(const char *id, const char *metric, const optcert_bits_tally *bits, uint64_t seed,
                              optcert_claims *claims)
{
    const double different = (double)bits->different;
    const optcert_claim claim = {.id = id,
                                 .metric = metric,
                                 .method = OPTCERT_SAMPLED,
                                 .measured = different,
                                 .low = different,
                                 .high = different,
                                 .sample_size = bits->compared,
                                 .seed = seed,
                                 .basis = "a build is a function of its inputs (optcert/build.h)",
                                 .detail = bits->first};
    return optcert_claims_add(claims, &claim);
}
