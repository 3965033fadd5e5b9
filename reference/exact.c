/* SPDX-License-Identifier: GPL-3.0-or-later
 * Plans of the bit-exact references. See exact.h. */
#include "exact.h"

#include "one_minus_pow.h"

oc_ref_plan oc_ref_plan_of(const oc_ref_format *format, const optcert_hyper *hyper)
{
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double w1 = oc_ref_sub(&arith, 1, hyper->beta1);
    const double w2 = oc_ref_sub(&arith, 1, hyper->beta2);
    const double decay = oc_ref_mul(&arith, hyper->lr, hyper->weight_decay);
    oc_ref_arith_end(&arith);
    return (oc_ref_plan){
        .lr = oc_ref_round_double(format, hyper->lr),
        .b1 = oc_ref_round_double(format, hyper->beta1),
        .w1 = oc_ref_round_double(format, w1),
        .b2 = oc_ref_round_double(format, hyper->beta2),
        .w2 = oc_ref_round_double(format, w2),
        .eps = oc_ref_round_double(format, hyper->eps),
        .mu = oc_ref_round_double(format, hyper->momentum),
        .decay = oc_ref_round_double(format, decay),
    };
}

oc_ref_plan oc_ref_plan_at(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step)
{
    oc_ref_plan plan = oc_ref_plan_of(format, hyper);
    const double c1 = oc_ref_one_minus_pow_f64(hyper->beta1, step + 1);
    const double c2 = oc_ref_one_minus_pow_f64(hyper->beta2, step + 1);
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, &oc_ref_f64);
    const double step_size = oc_ref_div(&arith, hyper->lr, c1);
    const double root = oc_ref_sqrt(&arith, c2);
    const double inv_root = oc_ref_div(&arith, 1, root);
    oc_ref_arith_end(&arith);
    plan.step_size = oc_ref_round_double(format, step_size);
    plan.inv_root = oc_ref_round_double(format, inv_root);
    return plan;
}

double oc_ref_descend(oc_ref_arith *arith, double theta, double numerator, double root, double eps)
{
    const double d = oc_ref_add(arith, root, eps);
    const double q = oc_ref_div(arith, numerator, d);
    return oc_ref_sub(arith, theta, q);
}

double oc_ref_second_moment(oc_ref_arith *arith, const oc_ref_plan *plan, double v, double grad)
{
    const double gg = oc_ref_mul(arith, grad, grad);
    return oc_ref_blend(arith, plan->b2, v, plan->w2, gg);
}
