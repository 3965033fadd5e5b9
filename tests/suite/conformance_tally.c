/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counting, and the claims that the counts become. */
#include "conformance_tally.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Radius in ulps of the true value, rounded up; DBL_MAX where doubles end before the radius does. */
static double allowance(const oc_ref_format *format, const oc_ref_ball *truth)
{
    if (!mpfr_number_p(truth->mid)) {
        return 0;
    }
    mpfr_t ulps;
    mpfr_init2(ulps, OC_REF_RAD_PREC);
    mpfr_mul_2si(ulps, truth->rad, -(long)oc_ref_ulp_exponent(format, truth->mid), MPFR_RNDU);
    const double value = mpfr_get_d(ulps, MPFR_RNDU);
    mpfr_clear(ulps);
    return mpfr_inf_p(truth->rad) ? INFINITY : fmin(value, DBL_MAX);
}

/* |got - true| / radius, for finite numbers. */
static double part_of_allowance(double got, const oc_ref_ball *truth)
{
    mpfr_t gap;
    mpfr_init2(gap, 64);
    mpfr_set_d(gap, got, MPFR_RNDN);
    mpfr_sub(gap, gap, truth->mid, MPFR_RNDN);
    mpfr_abs(gap, gap, MPFR_RNDN);
    mpfr_div(gap, gap, truth->rad, MPFR_RNDN);
    const double part = mpfr_get_d(gap, MPFR_RNDN);
    mpfr_clear(gap);
    return part;
}

static void describe(char *out, const oc_ref_format *format, const optcert_spot *spot, double got,
                     const oc_ref_ball *truth, double ulps, double allowed)
{
    const double expected = oc_ref_round(format, truth->mid);
    snprintf(out, OPTCERT_DETAIL_SIZE,
             "case %s, hyper-parameters %s, step %llu, element %zu: expected %a (%.9g), got %a (%.9g): "
             "%.3g ulp, %.3g allowed",
             spot->case_name, spot->hyper_name, (unsigned long long)spot->step, spot->element, expected,
             expected, got, got, ulps, allowed);
}

static int bin_of(double ulps)
{
    int bin = ulps == 0 ? 0 : 1;
    while (bin > 0 && bin < OPTCERT_HISTOGRAM - 1 && ulps > ldexp(1, OPTCERT_HISTOGRAM_LOWEST + bin - 1)) {
        bin++;
    }
    return bin;
}

void optcert_tally_error(optcert_error_tally *tally, const oc_ref_format *format, const optcert_spot *spot,
                         double got, const oc_ref_ball *truth)
{
    double ulps = oc_ref_ulps(format, got, truth).ulps;
    const double allowed = allowance(format, truth);
    double ratio = ulps == 0 ? 0 : isinf(ulps) ? INFINITY : ulps / allowed;
    if (isinf(ulps) && isfinite(got) &&
        mpfr_number_p(truth->mid)) { /* beside a true value of almost nothing */
        ratio = part_of_allowance(got, truth);
        ulps = ratio * allowed;
    }
    tally->compared++;
    tally->histogram[bin_of(ulps)]++;
    tally->unbounded += isinf(allowed) ? 1 : 0;
    if (ratio > 1 && tally->first_failure[0] == '\0') {
        describe(tally->first_failure, format, spot, got, truth, ulps, allowed);
    }
    if (ratio > tally->ratio || tally->worst[0] == '\0') {
        tally->ratio = ratio;
        tally->ulps = ulps;
        tally->allowed = allowed;
        describe(tally->worst, format, spot, got, truth, ulps, allowed);
    }
}

void optcert_tally_bits(optcert_bits_tally *tally, const optcert_spot *spot, double got, double expected)
{
    tally->compared++;
    if (oc_ref_same(got, expected)) {
        return;
    }
    if (tally->different++ == 0) {
        snprintf(tally->first, sizeof tally->first,
                 "case %s, hyper-parameters %s, step %llu, element %zu: expected %a (%.9g), got %a (%.9g)",
                 spot->case_name, spot->hyper_name, (unsigned long long)spot->step, spot->element, expected,
                 expected, got, got);
    }
}

/* Numbers were rounded to double a few times: the interval is one double wider on each side. */
bool optcert_claim_error(optcert_claims *claims, const char *quantity, const optcert_error_tally *tally,
                         uint64_t seed)
{
    char id[64];
    snprintf(id, sizeof id, "conformance.%s.ulp", quantity);
    optcert_claim claim = {
        .id = id,
        .metric = "error of the worst element, in ulps of the true value",
        .method = OPTCERT_SAMPLED,
        .relation = OPTCERT_AT_MOST,
        .threshold = tally->allowed,
        .measured = tally->ulps,
        .low = tally->ulps > 0 ? nextafter(tally->ulps, 0) : 0,
        .high = tally->ulps > 0 ? nextafter(tally->ulps, INFINITY) : 0,
        .sample_size = tally->compared,
        .seed = seed,
        .basis = "rounding allowance of any honest order of the same real formula (tests/suite/allowance.h)",
        .detail = tally->first_failure[0] != '\0' ? tally->first_failure : tally->worst};
    memcpy(claim.histogram, tally->histogram, sizeof claim.histogram);
    return optcert_claims_add(claims, &claim);
}

static bool claim_count(optcert_claims *claims, const char *id, const char *metric, const char *basis,
                        const char *detail, uint64_t count, uint64_t of, uint64_t seed)
{
    const double measured = (double)count;
    const optcert_claim claim = {.id = id,
                                 .metric = metric,
                                 .method = OPTCERT_SAMPLED,
                                 .relation = OPTCERT_AT_MOST,
                                 .threshold = 0,
                                 .measured = measured,
                                 .low = measured,
                                 .high = measured,
                                 .sample_size = of,
                                 .seed = seed,
                                 .basis = basis,
                                 .detail = detail};
    return optcert_claims_add(claims, &claim);
}

bool optcert_claim_bits(optcert_claims *claims, const optcert_bits_tally *tally, uint64_t seed)
{
    return claim_count(claims, "conformance.bits", "values that differ from the bit-exact reference",
                       "the specified sequence of roundings (spec/)", tally->first, tally->different,
                       tally->compared, seed);
}

bool optcert_claim_calls(optcert_claims *claims, const optcert_call_tally *tally, uint64_t seed)
{
    return claim_count(claims, "conformance.calls", "calls of the build interface that failed",
                       "the build interface (optcert/build.h)", tally->first, tally->failed, tally->made,
                       seed);
}

bool optcert_claim_unchecked(optcert_claims *claims, uint64_t unbounded, uint64_t compared, uint64_t seed)
{
    return claim_count(claims, "conformance.unchecked", "elements whose rounding allowance was unbounded",
                       "tests/suite/allowance.h", "", unbounded, compared, seed);
}
