/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory, disk and processes that fail under the containment of builds, the suites that work with it, and certificates. A suite that
 * says it is done has made all its claims, and has not blamed a right build. */
#include "build_handle.h"
#include "calibrate.h"
#include "conformance.h"
#include "equivalence.h"
#include "fault.h"
#include "identify.h"
#include "naming.h"
#include "robustness.h"
#include "unit.h"

#include <omp.h>
#include <stdlib.h>

static const optcert_hyper usual = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};

static optcert_build_handle *open_build(const char *spec)
{
    char error[256] = "";
    optcert_build_handle *handle = NULL;
    const optcert_outcome outcome = optcert_build_open(spec, NULL, &handle, error, sizeof error);
    UNIT_CHECK((outcome == OPTCERT_OK) == (handle != NULL), "%s: %s", spec, optcert_outcome_text(outcome));
    UNIT_CHECK(handle != NULL || error[0] != '\0', "%s: refused without a reason", spec);
    return handle;
}

/* Every call of the interface, and the same build once more with other threads. */
static bool calls(const void *with)
{
    optcert_build_handle *handle = open_build(with), *again = NULL;
    optcert_instance *instance = NULL;
    double theta[3] = {1, 1, 1}, slot[3] = {7, 7, 7};
    const double grad[3] = {0.5, 0.5, 0.5};
    char error[256] = "";
    bool done = handle != NULL && optcert_build_create(handle, 3, &usual, OPTCERT_PLACE_END, &instance) == OPTCERT_OK;
    done = done && optcert_build_step(instance, theta, grad) == OPTCERT_OK;
    UNIT_CHECK(!done || (theta[0] < 1 && theta[2] < 1), "%s: a step that moved nothing", (const char *)with);
    done = done && optcert_build_get(instance, "m", slot) == OPTCERT_OK;
    UNIT_CHECK(!done || (slot[0] > 0 && slot[0] < 1), "%s: m is %g", (const char *)with, slot[0]);
    done = done && optcert_build_set(instance, "m", slot, 1) == OPTCERT_OK;
    done = done && optcert_build_open_again(handle, 2, &again, error, sizeof error) == OPTCERT_OK;
    optcert_build_close(again);
    done = optcert_build_destroy(instance) == OPTCERT_OK && done;
    optcert_build_close(handle);
    return done;
}

static void containment(void)
{
    static const char *const specs[] = {"builtin:adam-f64", "defect:right-adam-folded-f64"};
    for (size_t i = 0; i < sizeof specs / sizeof specs[0]; i++) {
        unit_faults(specs[i], calls, specs[i], 10);
    }
}

/* --- suites --- */

static bool complete(const char *what, bool done, const optcert_claims *claims, size_t count)
{
    UNIT_CHECK(!done || claims->count == count, "%s: %zu claims, not %zu, the last %s", what, claims->count, count,
               claims->count > 0 ? claims->item[claims->count - 1].id : "none");
    UNIT_CHECK(!done || optcert_claims_verdict(claims) == OPTCERT_PASSED, "%s: a right build did not pass", what);
    return done;
}

static bool conforms(const void *with)
{
    (void)with;
    optcert_build_handle *handle = open_build("builtin:sgd-f32");
    optcert_claims claims = {0}, observations = {0};
    const optcert_conformance job = {.build = handle, .dialect = oc_ref_dialect_find("sgd"), .seed = 1, .exact = true};
    const bool done = handle != NULL && complete("conformance", optcert_conformance_run(&job, &claims, &observations), &claims, 3);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    optcert_build_close(handle);
    return done;
}

static bool is_robust(const void *with)
{
    (void)with;
    optcert_build_handle *handle = open_build("builtin:sgd-f32");
    optcert_claims claims = {0}, observations = {0};
    const optcert_robustness job = {handle, oc_ref_dialect_find("sgd"), 1};
    const bool done = handle != NULL && complete("robustness", optcert_robustness_run(&job, &claims, &observations), &claims, 6);
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    optcert_build_close(handle);
    return done;
}

static bool is_equivalent(const void *with)
{
    (void)with;
    optcert_claims claims = {0};
    const optcert_equivalence job = {.unit = "sgd", .bits = 32, .elements = 100, .seed = 1};
    const bool done = complete("equivalence", optcert_equivalence_run(&job, &claims), &claims, 2);
    optcert_claims_free(&claims);
    return done;
}

static bool names_builds(const void *with)
{
    (void)with;
    size_t builds = 0, names = 0;
    optcert_known_build *known = optcert_known_builds(&builds);
    optcert_naming *namings = optcert_namings(&names);
    const bool done = known != NULL && namings != NULL;
    UNIT_CHECK(!done || names > builds, "%zu names of %zu builds", names, builds);
    free(known);
    free(namings);
    return done;
}

static bool identifies(const void *with)
{
    const optcert_pins none = {0};
    optcert_build_handle *handle = open_build(with);
    optcert_identification found = {0};
    const bool done = handle != NULL && optcert_identify(handle, NULL, 1, &none, &found);
    UNIT_CHECK(!done || found.verdict == OPTCERT_PASSED, "%s: not recognised: %s%s", (const char *)with, found.trouble, found.breaking);
    optcert_identification_free(&found);
    optcert_build_close(handle);
    return done;
}

/* A battery of one mask, the records of single probes, and what a model predicts for them. */
static bool records(const void *with)
{
    const optcert_pins none = {0};
    optcert_build_handle *handle = open_build(with);
    optcert_prober prober;
    optcert_battery *battery = NULL;
    optcert_walk *walk = optcert_walk_new(optcert_record_room());
    if (handle != NULL && walk != NULL) {
        const optcert_model model = optcert_model_of(oc_ref_dialect_find("sgd"));
        optcert_prober_start(&prober, handle, 1);
        battery = optcert_battery_new(&prober, OC_REF_LR, &none, false);
        UNIT_CHECK(battery == NULL || battery->failed || optcert_battery_matches(battery, walk, &model, NULL), "sgd is not sgd");
    }
    const bool done = battery != NULL && !battery->failed;
    optcert_battery_free(battery);
    optcert_walk_free(walk);
    optcert_build_close(handle);
    return done;
}

static void identification(void)
{
    unit_faults("records", records, "builtin:sgd-f32", 1);
    unit_faults("identification", identifies, "builtin:sgd-f32", 1);
}

static void suites(void)
{
    static const struct {
        const char *what;
        bool (*run)(const void *);
    } cases[] = {{"conformance", conforms}, {"robustness", is_robust}, {"equivalence", is_equivalent}, {"known builds", names_builds}};
    omp_set_num_threads(1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unit_faults(cases[i].what, cases[i].run, NULL, 1);
    }
    omp_set_num_threads(omp_get_num_procs());
}

UNIT_SUITE(faults_build, {"containment", containment}, {"suites", suites}, {"identification", identification})
