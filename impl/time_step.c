/* SPDX-License-Identifier: Apache-2.0
 * Time steps. */
#include "optcert/time_step.h"

#include "real.h"

#include "check.h"

#include <math.h>

oc_status OC_NAME(oc_time_step_init)(OC_NAME(oc_time_step) *step, double h)
{
    if (step == NULL) {
        return OC_ERR_NULL;
    }
    if (!(h <= 0x1p1000 && OC_NAME(oc_positive)((OC_REAL)h))) {
        return OC_ERR_TIME_STEP;
    }
    const double root = sqrt(h);
    if (!OC_NAME(oc_positive)((OC_REAL)root)) {
        return OC_ERR_TIME_STEP;
    }
    const double twice = h + h;
    const double half = 0.5 * h;
    const double third = h / 3.0;
    const double two_thirds = twice / 3.0;
    const double three_quarters = 0.75 * h;
    const double half_root = 0.5 * root;
    const double quarter_root = 0.25 * root;
    step->h = (OC_REAL)h;
    step->half = (OC_REAL)half;
    step->third = (OC_REAL)third;
    step->two_thirds = (OC_REAL)two_thirds;
    step->three_quarters = (OC_REAL)three_quarters;
    step->root = (OC_REAL)root;
    step->half_root = (OC_REAL)half_root;
    step->quarter_root = (OC_REAL)quarter_root;
    return OC_OK;
}
