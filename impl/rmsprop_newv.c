/* SPDX-License-Identifier: Apache-2.0
 * RMSprop with the new second moment in the denominator. */
#include "optcert/rmsprop_newv.h"

#include "real.h"

#include "element.h"
#include "rmsprop_element.h"

oc_status OC_NAME(oc_rmsprop_newv_plan_init)(OC_NAME(oc_rmsprop_newv_plan) *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_rmsprop_plan_init)(plan, hyper);
}

void OC_NAME(oc_rmsprop_newv_step)(const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                   OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad)
{
    const OC_REAL lr = plan->lr;
    const OC_REAL beta2 = plan->beta2;
    const OC_REAL weight2 = plan->weight2;
    const OC_REAL eps = plan->eps;
    for (size_t i = 0; i < n; i++) {
        v[i] = OC_NAME(oc_second_moment)(beta2, weight2, v[i], grad[i]);
        theta[i] = OC_NAME(oc_rmsprop_theta)(lr, eps, theta[i], v[i], grad[i]);
    }
}
