/* SPDX-License-Identifier: GPL-3.0-or-later
 * Blurring. See blur.h; the derivation is in allowance.h. */
#include "blur.h"

#include <math.h>

enum { ROUNDINGS_C = 2 * OPTCERT_ROUNDINGS, ROUNDINGS_LERP = 3, ROUNDINGS_KEPT = 1, ROUNDINGS_RECTIFIER = 8 };

void optcert_widen(oc_ref_ball *x, double amount)
{
    if (mpfr_number_p(x->mid)) {
        mpfr_add_d(x->rad, x->rad, amount, MPFR_RNDU);
    }
}

void optcert_blur(oc_ref_ball *x, double roundings, double unit)
{
    MPFR_DECL_INIT(size, OC_REF_RAD_PREC);
    if (!mpfr_number_p(x->mid)) {
        return;
    }
    mpfr_abs(size, x->mid, MPFR_RNDU);
    mpfr_mul_d(size, size, roundings * unit, MPFR_RNDU);
    mpfr_add(x->rad, x->rad, size, MPFR_RNDU);
}

void optcert_blur_hyper(oc_ref_coef *coef, const optcert_hyper *h, double unit)
{
    static const int plain[] = {C_LR, C_BETA1, C_BETA2, C_EPS, C_WEIGHT_DECAY, C_MOMENTUM, C_UNDAMPED};
    oc_ref_coef_set(coef, h);
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        optcert_blur(&coef->c[plain[i]], OPTCERT_ROUNDINGS, unit);
    }
    optcert_blur(&coef->c[C_KEPT], ROUNDINGS_KEPT, unit);
    optcert_blur(&coef->c[C_QUOTIENT], OPTCERT_ROUNDINGS, unit);
    optcert_blur(&coef->c[C_RECTIFIER], ROUNDINGS_RECTIFIER, unit);
    optcert_widen(&coef->c[C_BETA1], ROUNDINGS_LERP * (1 - h->beta1) * unit);
    optcert_widen(&coef->c[C_BETA2], ROUNDINGS_LERP * (1 - h->beta2) * unit);
    optcert_blur(&coef->c[C_W1], OPTCERT_ROUNDINGS + h->beta1 / (1 - h->beta1), unit);
    optcert_blur(&coef->c[C_W2], OPTCERT_ROUNDINGS + h->beta2 / (1 - h->beta2), unit);
}

/* (2k + 4) beta^k / (1 - beta^k); in doubles, where the last digits of a count do not matter. */
static double power_roundings(double beta, double k)
{
    if (beta == 0) {
        return 0;
    }
    const double exponent = k * log(beta);
    return (2 * k + 4) * exp(exponent) / -expm1(exponent);
}

double optcert_correction_roundings(double beta, double count)
{
    return ROUNDINGS_C + power_roundings(beta, count);
}

void optcert_blur_correction(oc_ref_ball *c, double beta, double count, double unit)
{
    optcert_blur(c, optcert_correction_roundings(beta, count), unit);
}

double optcert_state_loss(double etas, double decay)
{
    return decay > 0 ? etas / decay : 0;
}
