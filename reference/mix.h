/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two linear units.
 * ema: the average of the iterates, avg' = rho avg + (1 - rho) theta.
 * svag (Li, Malladi & Arora 2021): ghat = r1 g1 + r2 g2, r1,2 = (1 +- sqrt(2 l^2 - 1)) / 2. */
#ifndef OC_REF_MIX_H
#define OC_REF_MIX_H
#include "ball.h"

/* One element, over the reals: avg in place. */
void oc_ref_ema(oc_ref_ball *avg, double rho, double theta);
/* n elements in the format; the weight is 1 - rho in binary64, then converted, as is rho. */
void oc_ref_ema_exact(const oc_ref_format *format, double rho, size_t n, double *avg, const double *theta);

/* The weights over the reals. */
void oc_ref_svag(oc_ref_ball *r1, oc_ref_ball *r2, double l);
/* The weights, computed in binary64 as ((1 +- sqrt((l l + l l) - 1)) / 2) and converted to the format. */
void oc_ref_svag_exact(const oc_ref_format *format, double l, double *r1, double *r2);
/* n elements of r1 g1 + r2 g2 in the format. */
void oc_ref_svag_mix_exact(const oc_ref_format *format, double r1, double r2, size_t n, double *grad,
                           const double *grad1, const double *grad2);

#endif
