/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every build must keep, and builds that do not. */
#include "robustness.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *spec, *dialect;
    const char *failing; /* "": passes */
} builds[] = {
    {"builtin:sgd-f32", "sgd", ""},
    {"builtin:adamw-f64", "adamw", ""},
    {"defect:right-adam-hidden", "adam", ""},
    {"defect:hostile-random", "sgd", "robustness.determinism"},
    {"defect:hostile-alignment", "sgd", "robustness.determinism"},
    {"defect:hostile-leak", "sgd", "robustness.memory"},
    {"defect:adam-resume-second-ignored", "adam", "robustness.state"},
};

static void check_build(size_t i)
{
    char error[256] = "";
    optcert_build_handle *handle = NULL;
    if (!UNIT_CHECK(optcert_build_open(builds[i].spec, NULL, &handle, error, sizeof error) == OPTCERT_OK,
                    "%s: %s", builds[i].spec, error)) {
        return;
    }
    optcert_claims claims = {0}, observations = {0};
    const optcert_robustness job = {handle, oc_ref_dialect_find(builds[i].dialect), unit_seed()};
    UNIT_CHECK(optcert_robustness_run(&job, &claims, &observations), "memory");
    for (size_t c = 0; c < claims.count; c++) {
        const bool failed = claims.item[c].verdict == OPTCERT_FAILED;
        const bool expected = strcmp(claims.item[c].id, builds[i].failing) == 0;
        UNIT_CHECK(failed == expected, "%s: %s: %s", builds[i].spec, claims.item[c].id,
                   claims.item[c].detail);
    }
    UNIT_CHECK(*builds[i].failing == '\0' || optcert_claims_find(&claims, builds[i].failing) != NULL,
               "%s: no claim %s", builds[i].spec, builds[i].failing);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    optcert_build_close(handle);
}

static void kept_and_broken(void)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        check_build(i);
    }
}

UNIT_SUITE(robustness, {"kept_and_broken", kept_and_broken})
