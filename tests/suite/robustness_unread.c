/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hyper-parameters that the dialect does not read. */
#include "robustness_bench.h"
#include "conformance_case.h"
#include "hyper_field.h"

#include <stdio.h>
#include <string.h>

/* The steps with the fields of `more` not 0; false when the build refuses them, or a call fails. */
static bool run_with(const optcert_bench *b, unsigned more, void *theta)
{
    enum { LARGE_EPS = 1 }; /* the set of hyper-parameters in which everything shows */
    optcert_bench other = *b;
    optcert_hyper_case full;
    optcert_hyper_at(LARGE_EPS, b->job->seed, OPTCERT_EVERY_FIELD, &full);
    for (unsigned bit = 0; bit < OPTCERT_FIELDS; bit++) {
        if ((more >> bit & 1) != 0) {
            *optcert_field(&other.hyper, bit) = *optcert_field(&full.hyper, bit);
        }
    }
    return optcert_bench_run(&other, OPTCERT_PLACE_END, theta);
}

/* What is looked at: fields that were tried, and those that changed something. */
typedef struct unread {
    unsigned tried, read;
    char text[OPTCERT_DETAIL_SIZE];
} unread;

static void try_field(const optcert_bench *b, unsigned bit, const void *without, unread *seen)
{
    double with[BENCH_N];
    seen->tried++;
    if (!run_with(b, 1u << bit, with)) {
        return;
    }
    for (size_t i = 0; i < BENCH_N; i++) {
        const double one = oc_ref_load(b->format, without, i), other = oc_ref_load(b->format, with, i);
        if (!oc_ref_same(one, other)) {
            const size_t length = strlen(seen->text);
            seen->read++;
            snprintf(seen->text + length, sizeof seen->text - length,
                     "%s%s changes its answers, and %s does not read it: after %d steps element %zu is %a (%.9g) instead of %a (%.9g)",
                     length > 0 ? "; " : "", optcert_field_name(bit), b->job->dialect->name, BENCH_STEPS, i, other, other, one, one);
            return;
        }
    }
}

bool optcert_robustness_unread(const optcert_bench *b, optcert_claims *claims)
{
    double without[BENCH_N];
    unread seen = {0};
    if (!optcert_bench_run(b, OPTCERT_PLACE_END, without)) {
        return true;
    }
    for (unsigned bit = 0; bit < OPTCERT_FIELDS; bit++) {
        if ((b->job->dialect->uses >> bit & 1) == 0) {
            try_field(b, bit, without, &seen);
        }
    }
    const double read = seen.read;
    const optcert_claim claim = {.id = "robustness.unread",
                                 .metric = "hyper-parameters that the dialect does not read and the build does",
                                 .method = OPTCERT_SAMPLED,
                                 .measured = read,
                                 .low = read,
                                 .high = read,
                                 .sample_size = seen.tried,
                                 .seed = b->job->seed,
                                 .basis = "the dialect's formula does not hold them (spec/dialects.md); a build may refuse them",
                                 .detail = seen.text};
    return seen.tried == 0 || optcert_claims_add(claims, &claim);
}
