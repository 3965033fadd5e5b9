/* SPDX-License-Identifier: GPL-3.0-or-later
 * A state that is set reads back. */
#include "robustness_bench.h"

#include <math.h>

/* Sets each slot and reads it back; false when the build does not offer it. */
static bool read_back(const optcert_bench *b, optcert_instance *instance, optcert_bits_tally *bits)
{
    double in[BENCH_N], out[BENCH_N];
    for (size_t s = 0; s < b->job->dialect->slots; s++) {
        const char *slot = b->job->dialect->slot[s];
        optcert_bench_fill(b, 2 + (uint32_t)s, in, BENCH_N);
        for (size_t i = 0; i < BENCH_N && slot[0] == 'v'; i++) {
            oc_ref_store(b->format, in, i, fabs(oc_ref_load(b->format, in, i)));
        }
        if (optcert_build_set(instance, slot, in, 5) != OPTCERT_OK ||
            optcert_build_get(instance, slot, out) != OPTCERT_OK) {
            return false;
        }
        optcert_bench_tally(b, slot, in, out, bits);
    }
    return b->job->dialect->slots > 0;
}

bool optcert_robustness_state(const optcert_bench *b, optcert_claims *claims)
{
    optcert_instance *instance = NULL;
    optcert_bits_tally bits = {0};
    const bool offered =
        optcert_build_create(b->job->build, BENCH_N, &b->hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK &&
        read_back(b, instance, &bits);
    optcert_build_destroy(instance);
    return !offered ||
           optcert_bench_claim_bits("robustness.state", "values of a state that read back otherwise", &bits, b->job->seed, claims);
}
