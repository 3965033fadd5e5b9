/* SPDX-License-Identifier: GPL-3.0-or-later
 * Determinism, and the order of the parts. */
#include "robustness_bench.h"

#include <stdlib.h>

/* Where the same steps do not give the same bits, nothing can be learned from a difference. */
static bool determinism(const optcert_bench *b, optcert_claims *claims, bool *same)
{
    static const struct {
        optcert_placement placement;
        const char *name;
    } runs[] = {{OPTCERT_PLACE_END, "again"},
                {OPTCERT_PLACE_START, "arrays aligned to a page"},
                {OPTCERT_PLACE_ODD, "arrays one element off a page"},
                {OPTCERT_PLACE_ODD, "the same again"}};
    double first[BENCH_N], other[BENCH_N];
    optcert_bits_tally bits = {0};
    *same = false;
    if (!optcert_bench_run(b, OPTCERT_PLACE_END, first)) {
        return true;
    }
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        if (!optcert_bench_run(b, runs[i].placement, other)) {
            return true;
        }
        optcert_bench_tally(b, runs[i].name, first, other, &bits);
    }
    *same = bits.different == 0;
    return optcert_bench_claim_bits("robustness.determinism", "values that differ between runs of the same steps", &bits,
                                    b->job->seed, claims);
}

bool optcert_robustness_run(const optcert_robustness *job, optcert_claims *claims,
                            optcert_claims *observations)
{
    optcert_bench *b = calloc(1, sizeof *b);
    if (b == NULL) {
        return false;
    }
    bool same;
    optcert_bench_prepare(b, job);
    bool whole = determinism(b, claims, &same);
    if (same) {
        whole = whole && optcert_robustness_threads(b, claims) && optcert_robustness_split(b, claims, observations) &&
                optcert_robustness_unread(b, claims);
    }
    whole = whole && optcert_robustness_state(b, claims) && optcert_robustness_consumption(b, claims);
    free(b);
    return whole && !optcert_build_tool_failed(job->build);
}
