/* SPDX-License-Identifier: Apache-2.0
 * Status codes in words. */
#include "optcert/status.h"

const char *oc_status_text(oc_status status)
{
    switch (status) {
    case OC_OK:
        return "ok";
    case OC_ERR_NULL:
        return "a required pointer is null";
    case OC_ERR_LR:
        return "the learning rate must be finite and > 0 in the working precision";
    case OC_ERR_BETA1:
        return "beta1 must be in [0, 1), also after rounding to the working precision";
    case OC_ERR_BETA2:
        return "beta2 must be in [0, 1), also after rounding to the working precision";
    case OC_ERR_EPS:
        return "eps must be finite and > 0 in the working precision, or 0 when zero is allowed explicitly";
    case OC_ERR_MOMENTUM:
        return "momentum must be in [0, 1), also after rounding to the working precision";
    case OC_ERR_WEIGHT_DECAY:
        return "weight decay must be finite and >= 0, and so must lr * weight_decay";
    case OC_ERR_DECAY:
        return "the averaging decay must be in [0, 1)";
    case OC_ERR_KAPPA:
        return "kappa must be finite and > 0";
    case OC_ERR_KAPPA_RANGE:
        return "kappa * (1 - beta) must be < 1";
    case OC_ERR_STEP:
        return "the step index is beyond 2^63 - 1";
    case OC_ERR_TIME_STEP:
        return "the time step must be finite and > 0 in the working precision";
    case OC_ERR_LIMIT:
        return "the parameters of the limit must be finite and > 0, eps0 and lambda0 >= 0, gammas in (0, 1]";
    case OC_ERR_RANGE:
        return "a result leaves the range of the format";
    }
    return "unknown status";
}
