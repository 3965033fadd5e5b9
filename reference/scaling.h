/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rules for a batch kappa times as large, one hyper-parameter at a time:
 *   linear       x kappa              SGD's eta
 *   root         x sqrt(kappa)        eta and lambda of the adaptive methods (MLPA section 5)
 *   inverse root x / sqrt(kappa)      eps
 *   complement   1 - kappa (1 - x)    betas
 *   power        x^kappa              the decay of an iterate average */
#ifndef OC_REF_SCALING_H
#define OC_REF_SCALING_H
#include "ball.h"

#include <mpfi.h>

typedef struct oc_ref_rule {
    const char *name;
    void (*real)(oc_ref_ball *r, double x, double kappa);      /* the true value */
    double (*exact)(double x, double kappa);                   /* in binary64, each operation rounded; NULL: none */
    void (*enclosure)(mpfi_ptr r, double x, double kappa);     /* contains the true value */
} oc_ref_rule;

extern const oc_ref_rule oc_ref_rule_linear, oc_ref_rule_root, oc_ref_rule_inverse_root, oc_ref_rule_complement,
    oc_ref_rule_power;

#endif
