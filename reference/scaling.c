/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scaling rules. See scaling.h. */
#include "scaling.h"

#include "arith.h"

static void linear(oc_ref_ball *r, double x, double kappa)
{
    oc_ref_ball factor;
    oc_ref_ball_init(&factor, mpfr_get_prec(r->mid));
    oc_ref_ball_set_d(r, x);
    oc_ref_ball_set_d(&factor, kappa);
    oc_ref_ball_mul(r, r, &factor);
    oc_ref_ball_clear(&factor);
}

static void by_root(oc_ref_ball *r, double x, double kappa,
                    void op(oc_ref_ball *, const oc_ref_ball *, const oc_ref_ball *))
{
    oc_ref_ball factor;
    oc_ref_ball_init(&factor, mpfr_get_prec(r->mid));
    oc_ref_ball_set_d(r, x);
    oc_ref_ball_set_d(&factor, kappa);
    oc_ref_ball_sqrt(&factor, &factor);
    op(r, r, &factor);
    oc_ref_ball_clear(&factor);
}

static void root(oc_ref_ball *r, double x, double kappa)
{
    by_root(r, x, kappa, oc_ref_ball_mul);
}

static void inverse_root(oc_ref_ball *r, double x, double kappa)
{
    by_root(r, x, kappa, oc_ref_ball_div);
}

static void complement(oc_ref_ball *r, double x, double kappa)
{
    oc_ref_ball factor;
    oc_ref_ball_init(&factor, mpfr_get_prec(r->mid));
    oc_ref_ball_set_d(r, x);
    oc_ref_ball_one_minus(r, r);
    oc_ref_ball_set_d(&factor, kappa);
    oc_ref_ball_mul(r, r, &factor);
    oc_ref_ball_one_minus(r, r);
    oc_ref_ball_clear(&factor);
}

static void power(oc_ref_ball *r, double x, double kappa)
{
    mpfr_t exponent;
    mpfr_init2(exponent, 53);
    mpfr_set_d(exponent, kappa, MPFR_RNDN);
    oc_ref_ball_set_d(r, x);
    mpfr_pow(r->mid, r->mid, exponent, MPFR_RNDN);
    mpfr_abs(r->rad, r->mid, MPFR_RNDU);
    mpfr_mul_2si(r->rad, r->rad, -(long)mpfr_get_prec(r->mid), MPFR_RNDU); /* correctly rounded */
    mpfr_clear(exponent);
}

static double exact_linear(double x, double kappa)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double r = oc_ref_mul(&arith, x, kappa);
    oc_ref_arith_end(&arith);
    return r;
}

static double exact_by_root(double x, double kappa, double op(oc_ref_arith *, double, double))
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double factor = oc_ref_sqrt(&arith, kappa);
    const double r = op(&arith, x, factor);
    oc_ref_arith_end(&arith);
    return r;
}

static double exact_root(double x, double kappa)
{
    return exact_by_root(x, kappa, oc_ref_mul);
}

static double exact_inverse_root(double x, double kappa)
{
    return exact_by_root(x, kappa, oc_ref_div);
}

static double exact_complement(double x, double kappa)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double w = oc_ref_sub(&arith, 1, x);
    const double kw = oc_ref_mul(&arith, kappa, w);
    const double r = oc_ref_sub(&arith, 1, kw);
    oc_ref_arith_end(&arith);
    return r;
}

static void enclose_linear(mpfi_ptr r, double x, double kappa)
{
    mpfi_set_d(r, x);
    mpfi_mul_d(r, r, kappa);
}

static void enclose_by_root(mpfi_ptr r, double x, double kappa, int op(mpfi_ptr, mpfi_srcptr, mpfi_srcptr))
{
    mpfi_t factor;
    mpfi_init2(factor, mpfi_get_prec(r));
    mpfi_set_d(factor, kappa);
    mpfi_sqrt(factor, factor);
    mpfi_set_d(r, x);
    op(r, r, factor);
    mpfi_clear(factor);
}

static void enclose_root(mpfi_ptr r, double x, double kappa)
{
    enclose_by_root(r, x, kappa, mpfi_mul);
}

static void enclose_inverse_root(mpfi_ptr r, double x, double kappa)
{
    enclose_by_root(r, x, kappa, mpfi_div);
}

static void enclose_complement(mpfi_ptr r, double x, double kappa)
{
    mpfi_set_d(r, x);
    mpfi_ui_sub(r, 1, r);
    mpfi_mul_d(r, r, kappa);
    mpfi_ui_sub(r, 1, r);
}

static void enclose_power(mpfi_ptr r, double x, double kappa)
{
    mpfi_set_d(r, x);
    mpfi_log(r, r);
    mpfi_mul_d(r, r, kappa);
    mpfi_exp(r, r);
}

const oc_ref_rule oc_ref_rule_linear = {"linear", linear, exact_linear, enclose_linear};
const oc_ref_rule oc_ref_rule_root = {"root", root, exact_root, enclose_root};
const oc_ref_rule oc_ref_rule_inverse_root = {"inverse-root", inverse_root, exact_inverse_root, enclose_inverse_root};
const oc_ref_rule oc_ref_rule_complement = {"complement", complement, exact_complement, enclose_complement};
const oc_ref_rule oc_ref_rule_power = {"power", power, NULL, enclose_power};
