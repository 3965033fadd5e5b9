/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counting verdicts and names of known builds: what comes out otherwise than known, and what cannot be run, is told. */
#include "calibrate.h"
#include "fault.h"
#include "naming.h"
#include "unit.h"

#include <string.h>

static optcert_known_build known_as(const char *spec, const char *dialect, bool right, const char *symptom)
{
    optcert_known_build known = {.dialect = oc_ref_dialect_find(dialect), .right = right, .symptom = symptom};
    strcpy(known.spec, spec);
    return known;
}

static const struct {
    const char *spec, *dialect;
    bool right;
    const char *symptom;
    uint64_t runs, wrong;
    const char *first, *trouble; /* parts of the texts */
} verdicts[] = {
    {"builtin:sgd-f32", "sgd", true, NULL, 2, 0, "", ""},
    {"builtin:sgd-f32", "adam", true, NULL, 2, 2, "seed 5: conformance.calls: case ", ""},
    {"builtin:sgd-f32", "sgd", false, "conformance.theta.ulp", 2, 2, "seed 5: passed", ""},
    {"defect:sgd-half-lr-f32", "sgd", false, "conformance.theta.ulp", 2, 0, "", ""},
    {"defect:sgd-half-lr-f32", "sgd", false, "no.such.claim", 2, 2, "seed 5: conformance.theta.ulp", ""},
    {"defect:sgd-half-lr-f32", "sgd", false, "conformance.calls", 2, 2, "seed 5: conformance.theta.ulp", ""},
    {"/nowhere/build.so", "sgd", true, NULL, 0, 0, "", "/nowhere/build.so"},
};

static void against_what_is_known(void)
{
    enum { COUNT = sizeof verdicts / sizeof verdicts[0] };
    optcert_known_build known[COUNT];
    optcert_calibration result[COUNT] = {{0}};
    for (size_t i = 0; i < COUNT; i++) {
        known[i] = known_as(verdicts[i].spec, verdicts[i].dialect, verdicts[i].right, verdicts[i].symptom);
        optcert_calibrate(&known[i], (optcert_seeds){5, 8, 2}, &result[i]);
        UNIT_CHECK(result[i].runs == verdicts[i].runs && result[i].wrong == verdicts[i].wrong, "case %zu: %llu of %llu", i,
                   (unsigned long long)result[i].wrong, (unsigned long long)result[i].runs);
        UNIT_CHECK(strstr(result[i].first, verdicts[i].first) != NULL && strstr(result[i].trouble, verdicts[i].trouble) != NULL,
                   "case %zu: '%s', '%s'", i, result[i].first, result[i].trouble);
    }
    optcert_claims claims = {0}, observations = {0};
    UNIT_CHECK(optcert_calibration_claims(known, result, COUNT, 5, &claims, &observations), "memory");
    const optcert_claim *alarms = optcert_claims_find(&claims, "calibration.false-alarms"), *misses = optcert_claims_find(&claims, "calibration.misses");
    if (UNIT_CHECK(alarms != NULL && misses != NULL && observations.count == 2, "%zu claims", claims.count)) {
        UNIT_CHECK(alarms->measured == 2 && alarms->sample_size == 4 && alarms->verdict == OPTCERT_FAILED, "%g alarms of %llu",
                   alarms->measured, (unsigned long long)alarms->sample_size);
        UNIT_CHECK(misses->measured == 6 && misses->sample_size == 8, "%g misses", misses->measured);
        UNIT_CHECK(strstr(alarms->detail, "builtin:sgd-f32: seed 5") != NULL, "%s", alarms->detail);
    }
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    UNIT_CHECK(optcert_calibration_claims(known, result, 0, 5, &claims, &observations) && claims.count == 0, "claims about nothing");
}

static bool calibrates(const void *with)
{
    const optcert_known_build known = known_as(with, "sgd", true, NULL);
    optcert_calibration result = {0};
    optcert_calibrate(&known, (optcert_seeds){5, 6, 1}, &result);
    UNIT_CHECK(result.runs == 1 || result.trouble[0] != '\0', "a seed that is neither run nor told");
    UNIT_CHECK(result.wrong == 0, "a fault of the harness counts as the build's: %s", result.first);
    return result.runs == 1;
}

static void short_of_memory(void)
{
    unit_faults("calibration", calibrates, "builtin:sgd-f32", 20);
}

/* --- names --- */

static void names_otherwise_than_known(void)
{
    optcert_naming nowhere = {.known = known_as("/nowhere/build.so", "sgd", true, NULL)};
    optcert_name(&nowhere, 1);
    UNIT_CHECK(!nowhere.ran && strstr(nowhere.said, "/nowhere/build.so") != NULL, "%s", nowhere.said);
    optcert_calibration result = {0};
    const optcert_known_build gone = known_as("/nowhere/build.so", "sgd", true, NULL), other = known_as("builtin:sgd-f32", "adam", true, NULL);
    optcert_calibrate_naming(&gone, (optcert_seeds){5, 7, 1}, &result);
    UNIT_CHECK(result.runs == 0 && strstr(result.trouble, "/nowhere/build.so") != NULL, "%s", result.trouble);
    result = (optcert_calibration){0};
    optcert_calibrate_naming(&other, (optcert_seeds){5, 6, 1}, &result);
    UNIT_CHECK(result.runs == 1 && result.wrong == 1 && strcmp(result.first, "seed 5: not recognised") == 0, "%s", result.first);
}

/* Accounts over a made-up list: 2 right builds, 20 wrong ones, 10 pairs. */
static void accounts(void)
{
    enum { RIGHT = 2, WRONG = 20, PAIRS = 10, ALL = RIGHT + WRONG + PAIRS };
    static optcert_naming list[ALL];
    static const struct {
        size_t unnamed, from; /* how many are not named, from where on in the list */
        bool undetected, unrun;
        const char *failing;  /* "": all pass */
    } cases[] = {{0, 0, false, false, ""},
                 {1, 0, false, false, "identify.right"},
                 {1, 0, false, true, "identify.right"},
                 {1, RIGHT, false, false, ""},
                 {2, RIGHT, false, false, "identify.named"},
                 {1, RIGHT, true, false, "identify.detected"},
                 {1, RIGHT + WRONG, false, false, ""},
                 {2, RIGHT + WRONG, false, false, "identify.pairs-named"}};
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        for (size_t i = 0; i < ALL; i++) {
            const bool chosen = i >= cases[c].from && i < cases[c].from + cases[c].unnamed;
            list[i] = (optcert_naming){.known = known_as("builtin:sgd-f32", "sgd", i < RIGHT, NULL), .pair = i >= RIGHT + WRONG,
                                       .ran = !(chosen && cases[c].unrun), .detected = !(chosen && cases[c].undetected), .named = !chosen};
        }
        optcert_claims claims = {0};
        UNIT_CHECK(optcert_naming_claims(list, ALL, 1, &claims) && claims.count == 4, "%zu claims", claims.count);
        for (size_t i = 0; i < claims.count; i++) {
            UNIT_CHECK((claims.item[i].verdict == OPTCERT_FAILED) == (strcmp(claims.item[i].id, cases[c].failing) == 0), "case %zu: %s: %g", c,
                       claims.item[i].id, claims.item[i].measured);
        }
        optcert_claims_free(&claims);
    }
    optcert_claims none = {0};
    UNIT_CHECK(optcert_naming_claims(list, 0, 1, &none) && none.count == 0, "claims about nothing");
}

UNIT_SUITE(calibrate, {"against_what_is_known", against_what_is_known}, {"short_of_memory", short_of_memory},
           {"names_otherwise_than_known", names_otherwise_than_known}, {"accounts", accounts})
