/* SPDX-License-Identifier: GPL-3.0-or-later
 * Formats, rounding, and distances between values. See ieee.h. */
#include "ieee.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* MPFR's significand lies in [1/2, 1): its exponents are one more than IEEE's. */
const oc_ref_format oc_ref_f32 = {"f32", sizeof(float), 24, -148, 128};
const oc_ref_format oc_ref_f64 = {"f64", sizeof(double), 53, -1073, 1024};

/* y holds x rounded to the format's precision, with ternary value `inexact`, under a wide exponent
 * range: bring it into the format's range, subnormals included, as one rounding. */
static double into_range(const oc_ref_format *format, mpfr_ptr y, int inexact)
{
    const mpfr_exp_t emin = mpfr_get_emin();
    const mpfr_exp_t emax = mpfr_get_emax();
    mpfr_set_emin(format->emin);
    mpfr_set_emax(format->emax);
    const int in_range = mpfr_check_range(y, inexact, MPFR_RNDN);
    mpfr_subnormalize(y, in_range, MPFR_RNDN);
    mpfr_set_emin(emin);
    mpfr_set_emax(emax);
    return mpfr_get_d(y, MPFR_RNDN);
}

double oc_ref_round(const oc_ref_format *format, mpfr_srcptr x)
{
    mpfr_t y;
    mpfr_init2(y, format->prec);
    const int inexact = mpfr_set(y, x, MPFR_RNDN);
    const double value = into_range(format, y, inexact);
    mpfr_clear(y);
    return value;
}

double oc_ref_round_double(const oc_ref_format *format, double x)
{
    mpfr_t y;
    mpfr_init2(y, format->prec);
    const int inexact = mpfr_set_d(y, x, MPFR_RNDN);
    const double value = into_range(format, y, inexact);
    mpfr_clear(y);
    return value;
}

mpfr_exp_t oc_ref_ulp_exponent(const oc_ref_format *format, mpfr_srcptr x)
{
    const mpfr_exp_t smallest = format->emin - 1;
    const mpfr_exp_t largest = format->emax - (mpfr_exp_t)format->prec;
    if (!mpfr_regular_p(x)) {
        return smallest;
    }
    const mpfr_exp_t e = mpfr_get_exp(x) - (mpfr_exp_t)format->prec;
    if (e < smallest) {
        return smallest;
    }
    return e > largest ? largest : e;
}

double oc_ref_load(const oc_ref_format *format, const void *array, size_t i)
{
    if (format->size == sizeof(float)) {
        return (double)((const float *)array)[i];
    }
    return ((const double *)array)[i];
}

void oc_ref_store(const oc_ref_format *format, void *array, size_t i, double value)
{
    if (format->size == sizeof(float)) {
        ((float *)array)[i] = (float)value;
    } else {
        ((double *)array)[i] = value;
    }
}

bool oc_ref_same(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return isnan(a) && isnan(b);
    }
    return memcmp(&a, &b, sizeof a) == 0;
}

const char *oc_ref_show(double value, char *text, size_t size)
{
    snprintf(text, size, "%a (%.17g)", value, value);
    return text;
}

/* Position of a value on the format's ordered list; zeros at 0. */
static int64_t rank(const oc_ref_format *format, double x)
{
    const double magnitude = fabs(x);
    int64_t bits;
    if (format->size == sizeof(float)) {
        const float narrow = (float)magnitude;
        int32_t bits32;
        memcpy(&bits32, &narrow, sizeof bits32);
        bits = bits32;
    } else {
        memcpy(&bits, &magnitude, sizeof bits);
    }
    return signbit(x) ? -bits : bits;
}

uint64_t oc_ref_steps_apart(const oc_ref_format *format, double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return isnan(a) && isnan(b) ? 0 : UINT64_MAX;
    }
    const int64_t ra = rank(format, a);
    const int64_t rb = rank(format, b);
    return ra > rb ? (uint64_t)ra - (uint64_t)rb : (uint64_t)rb - (uint64_t)ra;
}
