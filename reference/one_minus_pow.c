/* SPDX-License-Identifier: GPL-3.0-or-later
 * 1 - beta^k in MPFR and MPFI. See one_minus_pow.h.
 * Radius: log, the product by k and expm1 round once each, to relative errors 2^-p; with condition
 * numbers <= 1 from the first two to the result, three roundings stay below 2^(2-p) of it. */
#include "one_minus_pow.h"

static void set_count(mpfr_ptr x, uint64_t k)
{
    mpfr_set_ui_2exp(x, (unsigned long)(k >> 32), 32, MPFR_RNDN); /* exact at 64 bits */
    mpfr_add_ui(x, x, (unsigned long)(k & 0xffffffffu), MPFR_RNDN);
}

/* Small powers may be exact, and then so is the result: a tie stays a tie. */
static bool exact_power(oc_ref_ball *r, double beta, uint64_t k)
{
    if (k > 64) {
        return false;
    }
    mpfr_set_d(r->mid, beta, MPFR_RNDN);
    mpfr_set_zero(r->rad, 1);
    return mpfr_pow_ui(r->mid, r->mid, (unsigned long)k, MPFR_RNDN) == 0 &&
           mpfr_ui_sub(r->mid, 1, r->mid, MPFR_RNDN) == 0;
}

void oc_ref_one_minus_pow(oc_ref_ball *r, double beta, uint64_t k)
{
    if (exact_power(r, beta, k)) {
        return;
    }
    if (beta == 1 || beta == 0) {
        oc_ref_ball_set_d(r, beta == 0);
        return;
    }
    const mpfr_prec_t prec = mpfr_get_prec(r->mid);
    mpfr_t x, count;
    mpfr_init2(x, prec);
    mpfr_init2(count, 64);
    set_count(count, k);
    mpfr_set_d(x, beta, MPFR_RNDN);
    mpfr_log(x, x, MPFR_RNDN);
    mpfr_mul(x, x, count, MPFR_RNDN);
    mpfr_expm1(x, x, MPFR_RNDN);
    mpfr_neg(r->mid, x, MPFR_RNDN);
    mpfr_abs(r->rad, x, MPFR_RNDU);
    mpfr_mul_2si(r->rad, r->rad, 2 - (long)prec, MPFR_RNDU);
    mpfr_clears(x, count, (mpfr_ptr)0);
}

double oc_ref_one_minus_pow_f64(double beta, uint64_t k)
{
    oc_ref_ball c;
    oc_ref_ball_init(&c, OC_REF_PREC);
    oc_ref_one_minus_pow(&c, beta, k);
    const double value = oc_ref_round(&oc_ref_f64, c.mid);
    oc_ref_ball_clear(&c);
    return value;
}

void oc_ref_one_minus_pow_enclosure(mpfi_ptr r, double beta, uint64_t k)
{
    if (k == 0 || beta == 1 || beta == 0) {
        mpfi_set_ui(r, k == 0 || beta == 1 ? 0 : 1);
        return;
    }
    mpfr_t count;
    mpfr_init2(count, 64);
    set_count(count, k);
    mpfi_set_d(r, beta);
    mpfi_log(r, r);
    mpfi_mul_fr(r, r, count);
    mpfi_expm1(r, r);
    mpfi_neg(r, r);
    mpfr_clear(count);
}
