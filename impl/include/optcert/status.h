/* SPDX-License-Identifier: Apache-2.0
 * What a library call answers. On anything but OC_OK every output is unchanged. */
#ifndef OPTCERT_STATUS_H
#define OPTCERT_STATUS_H

typedef enum oc_status {
    OC_OK = 0,
    OC_ERR_NULL,         /* a required pointer is NULL */
    OC_ERR_LR,           /* learning rate: not finite, not > 0, or not a positive number in the working format */
    OC_ERR_BETA1,        /* beta1 not in [0, 1), also after rounding to the working format */
    OC_ERR_BETA2,        /* beta2 not in [0, 1), also after rounding to the working format */
    OC_ERR_EPS,          /* eps: not finite, negative, or zero (also after rounding) without OC_ALLOW_ZERO_EPS */
    OC_ERR_MOMENTUM,     /* momentum not in [0, 1), also after rounding to the working format */
    OC_ERR_WEIGHT_DECAY, /* weight decay: not finite, negative, or lr * weight_decay not finite */
    OC_ERR_DECAY,        /* averaging decay rho not in [0, 1) */
    OC_ERR_KAPPA,        /* batch ratio: not finite or not > 0 */
    OC_ERR_KAPPA_RANGE,  /* kappa * (1 - beta) >= 1: the rule has no answer */
    OC_ERR_STEP,         /* step index beyond OC_STEP_MAX */
    OC_ERR_RANGE,        /* a result would overflow or underflow to zero */
    OC_ERR_TIME_STEP,    /* time step: not finite, not > 0, also in the working format */
    OC_ERR_LIMIT         /* parameters of an SDE limit: not finite, negative, or zero where they divide */
} oc_status;

#define OC_MUST_USE __attribute__((warn_unused_result))

/* One line of English for a status, also for a value that is none: a static string, never NULL. */
/*@ terminates \true;
    exits \false;
    assigns \result \from status;
    ensures text: \valid_read(\result); */
const char *oc_status_text(oc_status status);

#endif
