/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of suites. */
#include "suites.h"
#include "conformance.h"
#include "equivalence.h"
#include "robustness.h"
#include "scaling_build.h"

#include <stdio.h>
#include <string.h>

enum { FULL_ROUNDS = 10, EQUIVALENCE_ELEMENTS = 1000000 };

static void show_conformance(void *context, uint64_t done, uint64_t total)
{
    const optcert_suite_job *job = context;
    job->progress(job->context, "conformance", done, total);
}

static bool conformance(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations)
{
    optcert_suite_job own = *job;
    const optcert_conformance run = {.build = job->build,
                                     .dialect = job->dialect,
                                     .seed = job->seed,
                                     .rounds = job->full ? FULL_ROUNDS : 1,
                                     .exact = job->exact,
                                     .progress = job->progress != NULL ? show_conformance : NULL,
                                     .context = &own};
    return optcert_conformance_run(&run, claims, observations);
}

static bool robustness(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations)
{
    const optcert_robustness run = {job->build, job->dialect, job->seed};
    return optcert_robustness_run(&run, claims, observations);
}

/* Of the library's own builds alone: others have no core to be compared with. */
static bool equivalence(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations)
{
    (void)observations;
    const optcert_kernel *kernel = job->exact ? optcert_kernel_of(job->dialect->name) : NULL;
    if (kernel == NULL) {
        return true;
    }
    const optcert_equivalence run = {
        .unit = kernel->unit,
        .bits = optcert_build_describe(job->build)->scalar == OPTCERT_F32 ? 32 : 64,
        .elements = (uint64_t)(job->full ? FULL_ROUNDS : 1) * EQUIVALENCE_ELEMENTS,
        .seed = job->seed};
    return optcert_equivalence_run(&run, claims);
}

const optcert_suite optcert_suites[] = {
    {"conformance", "certify: every step against the true and the bit-exact reference of a dialect", true,
     conformance},
    {"robustness", "certify: determinism, alignment, state round trip, memory per step", true, robustness},
    {"equivalence", "certify builtin: the fast paths against the proved core, every bit", true, equivalence},
    {"scaling", "certify: runs at batches 2 and 4 times as large under the scaling rule have one SDE", false,
     optcert_scaling_suite},
    {"svag", "certify: SVAG(l) with the build as optimizer, l = 1, 2, 4, 8, tends to the SDE of its dialect", false,
     optcert_svag_suite},
    {NULL, NULL, false, NULL},
};

/* The bits of one word of a list; 0 when it is none. */
static uint64_t bits_of(const char *word, size_t length)
{
    uint64_t bits = 0;
    const bool all = length == 3 && strncmp(word, "all", 3) == 0;
    const bool usual = length == 7 && strncmp(word, "default", 7) == 0;
    for (size_t i = 0; optcert_suites[i].name != NULL; i++) {
        const char *name = optcert_suites[i].name;
        const bool named = strlen(name) == length && strncmp(name, word, length) == 0;
        bits |= all || named || (usual && optcert_suites[i].by_default) ? UINT64_C(1) << i : 0;
    }
    return bits;
}

bool optcert_suites_select(const char *list, uint64_t *chosen, char *word, size_t size)
{
    *chosen = 0;
    list = list != NULL ? list : "default";
    for (const char *end = list;; list = end + 1) {
        end = strchrnul(list, ',');
        const uint64_t bits = bits_of(list, (size_t)(end - list));
        if (bits == 0) {
            snprintf(word, size, "%.*s", (int)(end - list), list);
            return false;
        }
        *chosen |= bits;
        if (*end == '\0') {
            return true;
        }
    }
}

bool optcert_suites_run(uint64_t chosen, const optcert_suite_job *job, optcert_claims *claims,
                        optcert_claims *observations)
{
    bool whole = true;
    for (size_t i = 0; whole && optcert_suites[i].name != NULL; i++) {
        whole = (chosen >> i & 1) == 0 || optcert_suites[i].run(job, claims, observations);
    }
    return whole && !optcert_build_tool_failed(job->build);
}
