/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every build must keep, and builds that do not. */
#include "build_process.h"
#include "conformance.h"
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
    {"defect:hostile-noise", "sgd", "robustness.output"},
    {"builtin:adamw-f64", "adam", "robustness.unread"}, /* adam where weight_decay is 0 */
    {"manners#hidden-decay", "adam", "robustness.unread"},
    {"manners#thread-blocks", "sgd", "robustness.threads"},
    {"manners#shared-scratch", "sgd-momentum", "robustness.split"},
    {"manners#stale-get", "adam", "robustness.state"},
    {"defect:adam-resume-second-ignored", "adam", "robustness.state"},
};

/* Opens a spec; "manners#NAME" is found beside this program. */
static optcert_build_handle *open_build(const char *spec)
{
    char error[256] = "", path[4200] = "";
    optcert_build_handle *handle = NULL;
    const char *entry = strchr(spec, '#');
    if (entry != NULL) {
        optcert_sibling_path("defects/manners.so", path, sizeof path - 64);
    }
    strcat(path, entry != NULL ? entry : spec);
    UNIT_CHECK(optcert_build_open(path, NULL, &handle, error, sizeof error) == OPTCERT_OK, "%s: %s", path, error);
    return handle;
}

static void check_build(size_t i)
{
    optcert_build_handle *handle = open_build(builds[i].spec);
    if (handle == NULL) {
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

/* Each is right wherever conformance looks: robustness alone sees through it. */
static void conformance_passes(void)
{
    static const char *const specs[] = {"manners#hidden-decay", "manners#thread-blocks", "manners#shared-scratch",
                                        "manners#stale-get",    "defect:hostile-noise",  "defect:hostile-leak",
                                        "defect:hostile-alignment"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        optcert_build_handle *handle = open_build(specs[i]);
        optcert_claims claims = {0}, observations = {0};
        if (handle == NULL) {
            continue;
        }
        const optcert_conformance job = {.build = handle,
                                         .dialect = oc_ref_dialect_find(optcert_build_describe(handle)->claims),
                                         .seed = unit_seed(),
                                         .rounds = 0};
        UNIT_CHECK(optcert_conformance_run(&job, &claims, &observations), "memory");
        UNIT_CHECK(optcert_claims_verdict(&claims) == OPTCERT_PASSED, "%s does not pass conformance", specs[i]);
        optcert_claims_free(&claims);
        optcert_claims_free(&observations);
        optcert_build_close(handle);
    }
}

static void kept_and_broken(void)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        check_build(i);
    }
}

UNIT_SUITE(robustness, {"kept_and_broken", kept_and_broken}, {"conformance_passes", conformance_passes})
