/* SPDX-License-Identifier: GPL-3.0-or-later
 * RAdam (Liu et al. 2020, Algorithm 2), t = k + 1: Adam's moments, rho_inf = 2/(1 - beta2) - 1,
 * rho = rho_inf - 2 t beta2^t / (1 - beta2^t). Above the threshold the step is Adam's times
 *   r = sqrt((rho - 4)(rho - 2) rho_inf / ((rho_inf - 4)(rho_inf - 2) rho)),
 * up to it theta' = theta - eta m'/c1. The paper has no eps and the threshold 4, its authors' code eps beside the
 * uncorrected root and 5. */
#include "adam.h"
#include "elements.h"
#include "radam.h"

static void minus(oc_ref_ball *r, const oc_ref_ball *x, double less, oc_ref_ball *scratch)
{
    oc_ref_ball_set_d(scratch, less);
    oc_ref_ball_sub(r, x, scratch);
}

/* rho_inf and rho */
static void find_lengths(oc_ref_coef *coef, oc_ref_ball *limit, oc_ref_ball *rho)
{
    oc_ref_ball *t = &coef->t[4];
    oc_ref_ball_set_d(t, 2);
    oc_ref_ball_div(limit, t, &coef->c[C_W2]);
    oc_ref_ball_sub(limit, limit, &coef->c[C_ONE]);
    oc_ref_ball_one_minus(rho, &coef->c[C_C2]); /* beta2^t */
    oc_ref_ball_div(rho, rho, &coef->c[C_C2]);
    oc_ref_ball_set_d(t, 2 * ((double)coef->step + 1));
    oc_ref_ball_mul(rho, rho, t);
    oc_ref_ball_sub(rho, limit, rho);
}

/* r = (rho - 4)(rho - 2) / rho */
static void shape(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *rho)
{
    oc_ref_ball *t = &coef->t[4];
    minus(r, rho, 4, t);
    oc_ref_ball_div(r, r, rho);
    minus(t, rho, 2, &coef->t[5]);
    oc_ref_ball_mul(r, r, t);
}

static void find_factor(oc_ref_coef *coef, oc_ref_ball *r, oc_ref_ball *rho, const oc_ref_ball *limit)
{
    shape(coef, r, rho);
    shape(coef, rho, limit);
    oc_ref_ball_div(r, r, rho);
    oc_ref_ball_sqrt(r, r);
    oc_ref_ball_mul(r, r, &coef->c[C_RECTIFIER]);
}

/* The part of a ball from `least` on; nothing more is known of one that was unknown. */
static void cut_below(oc_ref_ball *x, double least)
{
    if (mpfr_inf_p(x->rad)) {
        return;
    }
    oc_ref_ball high;
    oc_ref_ball_init(&high, mpfr_get_prec(x->mid));
    mpfr_add(high.mid, x->mid, x->rad, MPFR_RNDU);
    mpfr_add_d(x->mid, high.mid, least, MPFR_RNDN);
    mpfr_div_2ui(x->mid, x->mid, 1, MPFR_RNDN);
    mpfr_sub(x->rad, high.mid, x->mid, MPFR_RNDU);
    oc_ref_ball_clear(&high);
}

oc_ref_rectified oc_ref_rectify(oc_ref_coef *coef, double threshold, oc_ref_ball *r)
{
    oc_ref_ball *limit = &coef->t[6], *rho = &coef->t[7];
    MPFR_DECL_INIT(gap, OC_REF_RAD_PREC);
    find_lengths(coef, limit, rho);
    mpfr_sub_d(gap, rho->mid, threshold, MPFR_RNDN);
    const bool apart = mpfr_cmpabs(gap, rho->rad) > 0;
    if (apart && mpfr_sgn(gap) < 0) {
        return OC_REF_NOT_RECTIFIED;
    }
    if (!apart) {
        cut_below(rho, threshold);
    }
    find_factor(coef, r, rho, limit);
    return apart ? OC_REF_RECTIFIED : OC_REF_EITHER;
}

/* What becomes of eta (m'/c1), in coef->t[1]: theta' without and with rectification, or the ball that holds both. */
static void move(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *divisor, double threshold)
{
    oc_ref_ball *other = &coef->t[3];
    const oc_ref_rectified which = oc_ref_rectify(coef, threshold, &coef->t[0]);
    oc_ref_ball_set(other, theta);
    if (which != OC_REF_RECTIFIED) {
        oc_ref_go_down(coef, theta, &coef->t[1], &coef->c[C_ONE]);
    }
    if (which != OC_REF_NOT_RECTIFIED) {
        oc_ref_ball_mul(&coef->t[1], &coef->t[1], &coef->t[0]);
        oc_ref_go_down(coef, other, &coef->t[1], divisor);
        which == OC_REF_EITHER ? oc_ref_ball_hull(theta, theta, other) : oc_ref_ball_set(theta, other);
    }
}

/* (sqrt v' + eps) / sqrt c2 divides: eps stands beside the uncorrected root. */
static void step(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad, double threshold)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_ball_div(&coef->t[1], slot[0], &coef->c[C_C1]);
    oc_ref_root_plus_eps(coef, &coef->t[2], slot[1]);
    oc_ref_ball_sqrt(&coef->t[0], &coef->c[C_C2]);
    oc_ref_ball_div(&coef->t[2], &coef->t[2], &coef->t[0]);
    move(coef, theta, &coef->t[2], threshold);
}

static const double usual = 5, published = 4;

void oc_ref_radam(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, usual);
}

void oc_ref_radam_threshold_4(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    step(coef, theta, slot, grad, published);
}

void oc_ref_radam_eps_after_correction(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                       const oc_ref_ball *grad)
{
    oc_ref_adam_moments(coef, slot, grad);
    oc_ref_ball_div(&coef->t[1], slot[0], &coef->c[C_C1]);
    oc_ref_adam_divisor(coef, &coef->t[2], slot[1]);
    move(coef, theta, &coef->t[2], usual);
}

void oc_ref_radam_l2(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad)
{
    oc_ref_couple_decay(coef, &coef->t[8], theta, grad);
    oc_ref_radam(coef, theta, slot, &coef->t[8]);
}

void oc_ref_radam_decoupled_decay(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[],
                                  const oc_ref_ball *grad)
{
    oc_ref_decay(coef, theta);
    oc_ref_radam(coef, theta, slot, grad);
}
