/* SPDX-License-Identifier: GPL-3.0-or-later
 * True: RAdam's rectification at coef's step, from C_W2 and C_C2. */
#ifndef OC_REF_RADAM_H
#define OC_REF_RADAM_H
#include "coef.h"

typedef enum oc_ref_rectified {
    OC_REF_NOT_RECTIFIED, /* rho is at most the threshold */
    OC_REF_RECTIFIED,     /* it is above, and r the factor */
    OC_REF_EITHER         /* its ball holds the threshold, and r is the factor where it is above */
} oc_ref_rectified;

/* r may be none of coef->t[4], t[5]. */
oc_ref_rectified oc_ref_rectify(oc_ref_coef *coef, double threshold, oc_ref_ball *r);

#endif
