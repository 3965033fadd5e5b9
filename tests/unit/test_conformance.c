/* SPDX-License-Identifier: GPL-3.0-or-later
 * The conformance suite itself: the allowance takes what is honest and no more, and the whole suite tells
 * right builds from wrong ones (the corpus as a whole: optcert calibrate). */
#include "allowance.h"
#include "conformance.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* One Adam step at theta = 1, m = v = 0, g = 1/2 with the usual hyper-parameters, in both formats. */
static const optcert_hyper usual = {.lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8};

static double allowance_of_theta(const oc_ref_format *format, double *truth)
{
    const double theta = 1, grad = 0.5;
    optcert_truth *one = optcert_truth_new(oc_ref_dialect_find("adam"), format, 1, &usual);
    optcert_truth_step(one, &theta, &grad);
    const oc_ref_ball *ball = optcert_truth_theta(one, 0);
    *truth = mpfr_get_d(ball->mid, MPFR_RNDN);
    const double radius = mpfr_get_d(ball->rad, MPFR_RNDU);
    optcert_truth_free(one);
    return radius;
}

/* The true increment is lr g/(|g| + eps): both corrections cancel. */
static void true_step_of_adam(void)
{
    double truth;
    allowance_of_theta(&oc_ref_f64, &truth);
    const double expected = 1 - 1e-3 * 0.5 / (0.5 + 1e-8);
    UNIT_CHECK(fabs(truth - expected) <= 4 * 0x1p-53, "%a, expected %a", truth, expected);
}

/* At k = 0, in units u: the last rounding 1, and the increment 10^-3 times what the derivation counts for lr
 * 6, g 2 + 2, 1-beta1 6 + 9, 1-beta2 (6 + 999)/2, c1 12 + 6*9, c2 (12 + 6*999)/2. Products of radii and the
 * change of theta' are below a tenth of it. */
static void allowance_is_as_derived(void)
{
    const double derived = 1 + 1e-3 * (6 + 4 + 15 + 1005.0 / 2 + 66 + 6006.0 / 2);
    double truth;
    const oc_ref_format *const formats[] = {&oc_ref_f32, &oc_ref_f64};
    for (int i = 0; i < 2; i++) {
        const double u = ldexp(1, -(int)formats[i]->prec);
        const double allowed = allowance_of_theta(formats[i], &truth) / u;
        UNIT_CHECK(fabs(allowed - derived) <= 0.1, "%s: %g units, derived %g", formats[i]->name, allowed,
                   derived);
    }
}

/* Unobserved state: the allowance grows from step to step, and observing it brings it back. */
static void allowance_follows_the_state(void)
{
    const double theta = 1, grad = 0.5, zero = 0;
    optcert_truth *carried = optcert_truth_new(oc_ref_dialect_find("adam"), &oc_ref_f64, 1, &usual);
    double first = 0, last = 0;
    for (int k = 0; k < 10; k++) {
        optcert_truth_step(carried, &theta, &grad);
        last = mpfr_get_d(optcert_truth_slot(carried, 0, 0)->rad, MPFR_RNDU);
        first = k == 0 ? last : first;
    }
    UNIT_CHECK(last > 2 * first, "radius of m: %g at first, %g after ten steps", first, last);
    optcert_truth_set_slot(carried, 0, &zero);
    optcert_truth_step(carried, &theta, &grad);
    const double again = mpfr_get_d(optcert_truth_slot(carried, 0, 0)->rad, MPFR_RNDU);
    UNIT_CHECK(again <= 2 * first, "radius of m: %g at first, %g after observing", first, again);
    optcert_truth_free(carried);
}

static const struct {
    const char *spec, *dialect;
    const char *failing; /* "": passes */
    const char *origin;
} builds[] = {
    {"builtin:sgd-f32", "sgd", "", "shipped"},
    {"builtin:adam-f64", "adam", "", "shipped"},
    {"builtin:adam-f64", "adam/eps-hat", "conformance.theta.ulp",
     "near dialect: eps beside the uncorrected root"},
    {"builtin:rmsprop-f64", "rmsprop/new-v", "conformance.theta.ulp", "near dialect: new v divides"},
    {"builtin:adamw-f32", "adam/l2", "conformance.theta.ulp", "decoupled decay held to coupled"},
    {"defect:adam-betas-swapped-f64", "adam", "conformance.m.ulp", "corpus"},
    {"defect:sgd-flush-to-zero-f32", "sgd", "conformance.theta.ulp", "corpus"},
    {"defect:right-adam-folded-f32", "adam", "", "honest order with both corrections folded"},
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
    const optcert_conformance job = {.build = handle,
                                     .dialect = oc_ref_dialect_find(builds[i].dialect),
                                     .seed = unit_seed(),
                                     .rounds = 0,
                                     .exact = strncmp(builds[i].spec, "builtin", 7) == 0};
    UNIT_CHECK(optcert_conformance_run(&job, &claims, &observations), "memory");
    const optcert_verdict verdict = optcert_claims_verdict(&claims);
    if (*builds[i].failing == '\0') {
        UNIT_CHECK(verdict == OPTCERT_PASSED, "%s (%s) did not pass", builds[i].spec, builds[i].origin);
    } else {
        const optcert_claim *claim = optcert_claims_find(&claims, builds[i].failing);
        UNIT_CHECK(claim != NULL && claim->verdict == OPTCERT_FAILED, "%s (%s): %s did not fail",
                   builds[i].spec, builds[i].origin, builds[i].failing);
        UNIT_CHECK(claim != NULL && strstr(claim->detail, "expected 0x") != NULL,
                   "no first failure is named");
    }
    optcert_claims_free(&claims);
    optcert_claims_free(&observations);
    optcert_build_close(handle);
}

static void right_and_wrong_builds(void)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        check_build(i);
    }
}

/* RAdam's rho at step 6; it grows with beta2, and is 5 between 0.8 and 0.9. */
static double rho_at_6(double beta2)
{
    const double kept = pow(beta2, 6);
    return 2 / (1 - beta2) - 1 - 12 * kept / (1 - kept);
}

/* The parameter after six steps of RAdam. */
static oc_ref_ball radam(double beta2, optcert_truth **truth)
{
    const optcert_hyper hyper = {.lr = 0.125, .beta1 = 0.75, .beta2 = beta2, .eps = 0.0625};
    double theta = 1.5;
    const double grad = 0.5;
    *truth = optcert_truth_new(oc_ref_dialect_find("radam"), &oc_ref_f32, 1, &hyper);
    for (int k = 0; k < 6; k++) {
        optcert_truth_step(*truth, &theta, &grad);
        theta = oc_ref_round(&oc_ref_f32, optcert_truth_theta(*truth, 0)->mid);
    }
    return *optcert_truth_theta(*truth, 0);
}

/* Where roundings decide whether a step is rectified, either is right; a little off the threshold only one. */
static void rectified_or_not(void)
{
    double low = 0.8, high = 0.9;
    for (int i = 0; i < 60; i++) {
        *(rho_at_6(0.5 * (low + high)) < 5 ? &low : &high) = 0.5 * (low + high);
    }
    optcert_truth *truth[3];
    const oc_ref_ball before = radam(low - 1e-4, &truth[0]), at = radam(low, &truth[1]), after = radam(low + 1e-4, &truth[2]);
    const double apart = fabs(mpfr_get_d(before.mid, MPFR_RNDN) - mpfr_get_d(after.mid, MPFR_RNDN));
    const double rad[3] = {mpfr_get_d(before.rad, MPFR_RNDU), mpfr_get_d(at.rad, MPFR_RNDU), mpfr_get_d(after.rad, MPFR_RNDU)};
    UNIT_CHECK(rad[0] < 1e-3 * apart && rad[2] < 1e-3 * apart, "radii %g and %g beside %g", rad[0], rad[2], apart);
    UNIT_CHECK(rad[1] >= 0.499 * apart && rad[1] < 0.51 * apart, "radius %g at the threshold, %g apart", rad[1], apart);
    for (int i = 0; i < 3; i++) {
        optcert_truth_free(truth[i]);
    }
    optcert_truth_free(NULL);
}

UNIT_SUITE(conformance, {"rectified_or_not", rectified_or_not}, {"true_step_of_adam", true_step_of_adam},
           {"allowance_is_as_derived", allowance_is_as_derived},
           {"allowance_follows_the_state", allowance_follows_the_state},
           {"right_and_wrong_builds", right_and_wrong_builds})
