/* SPDX-License-Identifier: GPL-3.0-or-later
 * A vector in two parts moves as the whole one. */
#include "robustness_bench.h"
#include "allowance.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPLIT = 18 };

/* A vector as a whole and in two parts, step by step from the same parameters. */
typedef struct halves {
    optcert_instance *whole, *head, *tail;
    optcert_truth *truth;
    double one[BENCH_N], other[BENCH_N]; /* raw memory of the format: what the whole and the parts make of theta */
    double theta[BENCH_N], grad[BENCH_N];
    double worst; /* distance of the two in allowances */
    char where[160];
    optcert_bits_tally bits;
} halves;

static bool open_halves(const optcert_bench *b, halves *h)
{
    optcert_build_handle *build = b->job->build;
    h->truth = optcert_truth_new(b->job->dialect, b->format, BENCH_N, &b->hyper);
    return h->truth != NULL &&
           optcert_build_create(build, BENCH_N, &b->hyper, OPTCERT_PLACE_END, &h->whole) == OPTCERT_OK &&
           optcert_build_create(build, SPLIT, &b->hyper, OPTCERT_PLACE_END, &h->head) == OPTCERT_OK &&
           optcert_build_create(build, BENCH_N - SPLIT, &b->hyper, OPTCERT_PLACE_START, &h->tail) == OPTCERT_OK;
}

static void close_halves(halves *h)
{
    optcert_build_destroy(h->whole);
    optcert_build_destroy(h->head);
    optcert_build_destroy(h->tail);
    optcert_truth_free(h->truth);
    free(h);
}

static bool step_halves(const optcert_bench *b, halves *h, size_t k)
{
    const char *grad = (const char *)b->grad + optcert_bench_bytes(b, k * BENCH_N);
    for (size_t i = 0; i < BENCH_N; i++) {
        h->theta[i] = oc_ref_load(b->format, h->one, i);
        h->grad[i] = oc_ref_load(b->format, grad, i);
    }
    memcpy(h->other, h->one, optcert_bench_bytes(b, BENCH_N));
    optcert_truth_step(h->truth, h->theta, h->grad);
    return optcert_build_step(h->whole, h->one, grad) == OPTCERT_OK &&
           optcert_build_step(h->head, h->other, grad) == OPTCERT_OK &&
           optcert_build_step(h->tail, (char *)h->other + optcert_bench_bytes(b, SPLIT), grad + optcert_bench_bytes(b, SPLIT)) == OPTCERT_OK;
}

static void compare_halves(const optcert_bench *b, halves *h, size_t k)
{
    for (size_t i = 0; i < BENCH_N; i++) {
        const double one = oc_ref_load(b->format, h->one, i), other = oc_ref_load(b->format, h->other, i);
        const double allowed = mpfr_get_d(optcert_truth_theta(h->truth, i)->rad, MPFR_RNDD);
        const double apart = oc_ref_same(one, other) ? 0 : fabs(one - other) / allowed;
        if (!(apart <= h->worst)) { /* a NaN, too */
            h->worst = isnan(apart) ? INFINITY : apart;
            snprintf(h->where, sizeof h->where, "step %zu, element %zu of %d: the whole gives %a (%.9g), the parts %a (%.9g)",
                     k, i, BENCH_N, one, one, other, other);
        }
        const optcert_spot spot = {"one vector as two", "usual", k, i};
        optcert_tally_bits(&h->bits, &spot, other, one);
    }
}

static bool split_claim(const optcert_bench *b, const halves *h, optcert_claims *claims)
{
    const optcert_claim claim = {.id = "robustness.split",
                                 .metric = "distance between a vector's step and its parts', in rounding allowances",
                                 .method = OPTCERT_SAMPLED,
                                 .threshold = 2,
                                 .measured = h->worst,
                                 .low = h->worst,
                                 .high = h->worst,
                                 .sample_size = h->bits.compared,
                                 .seed = b->job->seed,
                                 .basis = "each is within one allowance of the true step (tests/suite/allowance.h)",
                                 .detail = h->where};
    return optcert_claims_add(claims, &claim);
}

bool optcert_robustness_split(const optcert_bench *b, optcert_claims *claims, optcert_claims *observations)
{
    halves *h = calloc(1, sizeof *h);
    if (h == NULL) {
        return false;
    }
    bool ran = open_halves(b, h), whole = h->truth != NULL;
    memcpy(h->one, b->start, optcert_bench_bytes(b, BENCH_N));
    for (size_t k = 0; ran && k < BENCH_STEPS; k++) {
        ran = step_halves(b, h, k);
        if (ran) {
            compare_halves(b, h, k);
        }
    }
    if (ran) {
        whole = split_claim(b, h, claims) &&
                optcert_bench_claim_bits("robustness.split-bits", "values that differ in bits when the vector is handed over in two parts",
                    &h->bits, b->job->seed, observations);
    }
    close_halves(h);
    return whole;
}
