/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling and SVAG suites over builds, with so few paths that a right build cannot be told from a nearly right one: it must be
 * inconclusive, never failed, and what is far off must fail. With enough paths: tests/suite/scaling_quick.sh. */
#include "fault.h"
#include "scaling_build.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static optcert_build_handle *open_build(const char *spec)
{
    char error[256] = "";
    optcert_build_handle *handle = NULL;
    UNIT_CHECK(optcert_build_open(spec, NULL, &handle, error, sizeof error) == OPTCERT_OK || error[0] != '\0', "%s: no reason", spec);
    return handle;
}

static uint64_t shown;

static void show(void *context, const char *suite, uint64_t done, uint64_t total)
{
    (void)context;
    UNIT_CHECK(done > shown && done <= total, "%s: %llu of %llu", suite, (unsigned long long)done, (unsigned long long)total);
    shown = done;
}

static bool run(const char *spec, const char *dialect, bool full, size_t paths, const char *suite, optcert_claims *claims,
                optcert_claims *observations)
{
    optcert_build_handle *handle = open_build(spec);
    uint64_t chosen = 0;
    char word[32];
    const optcert_suite_job job = {.build = handle, .dialect = oc_ref_dialect_find(dialect), .seed = unit_seed(), .full = full,
                                   .paths = paths, .progress = full ? NULL : show};
    shown = 0;
    UNIT_CHECK(optcert_suites_select(suite, &chosen, word, sizeof word), "%s", word);
    const bool done = handle != NULL && optcert_suites_run(chosen, &job, claims, observations);
    optcert_build_close(handle);
    return done;
}

static const struct {
    const char *spec, *dialect, *suite;
    bool full;
    size_t paths, claims, observations;
    const char *id; /* of a claim, and its verdict; "": there is none */
    optcert_verdict verdict;
    const char *says; /* in its detail */
    const char *origin;
} builds[] = {
    {"builtin:sgd-f32", "sgd", "svag", false, 64, 2, 8, "svag.bowl.limit", OPTCERT_INCONCLUSIVE, "refused for sure from", "binary32"},
    {"builtin:adamw-f64", "adamw", "svag", true, 64, 2, 8, "svag.skewed.limit", OPTCERT_INCONCLUSIVE, "", "no order is seen"},
    {"builtin:rmsprop-f64", "rmsprop", "scaling", false, 64, 2, 0, "scaling.stackloss.kappa4", OPTCERT_INCONCLUSIVE, "quarter of h", "old v"},
    {"builtin:adam-f32", "adam", "scaling", true, 64, 4, 0, "scaling.bowl.kappa2", OPTCERT_INCONCLUSIVE, "quarter of h", "full: kappa 2, too"},
    {"builtin:sgd-momentum-f64", "sgd-momentum", "scaling,svag", false, 64, 0, 0, "", OPTCERT_INCONCLUSIVE, "", "no limit is known"},
    {"defect:sgd-negated-f64", "sgd", "svag", false, 1024, 2, 9, "svag.skewed.limit", OPTCERT_INCONCLUSIVE, "refused for sure from", "an order is seen"},
    {"defect:sgd-negated-f64", "sgd", "svag", true, 1024, 3, 8, "svag.bowl.order", OPTCERT_FAILED, "", "full: the order is a claim"},
    {"defect:sgd-gradient-mean-f64", "sgd", "svag", false, 1024, 2, 9, "svag.skewed.limit", OPTCERT_FAILED, "", "hardly moves"},
    {"defect:hostile-crash", "sgd", "scaling", false, 64, 2, 0, "scaling.bowl.kappa4", OPTCERT_INCONCLUSIVE, "segmentation fault", "no step"},
    {"defect:hostile-crash", "sgd", "svag", false, 64, 2, 0, "svag.bowl.limit", OPTCERT_INCONCLUSIVE, "segmentation fault", "no step"},
};

static void verdicts(void)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        optcert_claims claims = {0}, observations = {0};
        const char *spec = builds[i].spec;
        UNIT_CHECK(run(spec, builds[i].dialect, builds[i].full, builds[i].paths, builds[i].suite, &claims, &observations), "%s: not run", spec);
        UNIT_CHECK(claims.count == builds[i].claims && observations.count == builds[i].observations, "%s, %s: %zu claims, %zu observations",
                   spec, builds[i].suite, claims.count, observations.count);
        const optcert_claim *claim = optcert_claims_find(&claims, builds[i].id);
        UNIT_CHECK((claim != NULL) == (*builds[i].id != '\0'), "%s (%s): no %s", spec, builds[i].origin, builds[i].id);
        if (claim != NULL) {
            UNIT_CHECK(claim->verdict == builds[i].verdict && strstr(claim->detail, builds[i].says) != NULL, "%s (%s): %s: %d, %g in [%g, %g]: %s",
                       spec, builds[i].origin, claim->id, (int)claim->verdict, claim->measured, claim->low, claim->high, claim->detail);
        }
        optcert_claims_free(&claims);
        optcert_claims_free(&observations);
    }
}

/* A finer resolution takes more paths, up to what memory bounds; a coarser one no fewer. */
static void paths_of_jobs(void)
{
    static const struct {
        bool full;
        double resolution;
        size_t asked, paths;
    } cases[] = {{false, 0.0, 0, 32768}, {true, 0.0, 0, 131072},   {false, 0.03, 0, 131072}, {false, 0.2, 0, 32768},
                 {true, 1e-3, 0, 1048576}, {false, 0.0, 512, 512}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const optcert_suite_job job = {.full = cases[i].full, .resolution = cases[i].resolution, .paths = cases[i].asked};
        UNIT_CHECK(optcert_job_paths(&job) == cases[i].paths, "%s, %g: %zu paths", cases[i].full ? "full" : "quick", cases[i].resolution,
                   optcert_job_paths(&job));
    }
}

static bool follows(const void *with)
{
    const char *suite = with;
    optcert_claims claims = {0}, observations = {0};
    const bool done = run("builtin:sgd-f32", "sgd", true, 16, suite, &claims, &observations);
    UNIT_CHECK(!done || claims.count >= 2, "%s: %zu claims", suite, claims.count);
    UNIT_CHECK(optcert_claims_verdict(&claims) != OPTCERT_FAILED, "%s: a right build failed", suite);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    return done;
}

/* Memory that is short at SVAG(2), after SVAG(1): the first run's build was destroyed twice. */
static void faults(void)
{
    unit_faults("svag", follows, "svag", 20);
    unit_faults("scaling", follows, "scaling", 20);
}

UNIT_SUITE(scaling_build, {"verdicts", verdicts}, {"paths_of_jobs", paths_of_jobs}, {"faults", faults})
