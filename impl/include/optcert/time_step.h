/* SPDX-License-Identifier: Apache-2.0
 * A time step h of an integrator, validated once: fractions of h and of sqrt(h) in the working format.
 * Each field is one binary64 computation rounded once more, so its relative error is at most 3 u of the format. */
#ifndef OPTCERT_TIME_STEP_H
#define OPTCERT_TIME_STEP_H
#include "optcert/status.h"

#include <stddef.h>

#ifdef __FRAMAC__
#include "time_step.acsl"
#endif

#define OC_TEMPLATE "optcert/time_step.h"
#include "optcert/both_reals.h"

#elif defined OC_TEMPLATE

typedef struct OC_NAME(oc_time_step) {
    OC_REAL h;              /* the step */
    OC_REAL half;           /* h / 2 */
    OC_REAL third;          /* h / 3 */
    OC_REAL two_thirds;     /* 2 h / 3 */
    OC_REAL three_quarters; /* 3 h / 4 */
    OC_REAL root;           /* sqrt(h): standard deviation of a Brownian increment */
    OC_REAL half_root;      /* sqrt(h) / 2 */
    OC_REAL quarter_root;   /* sqrt(h) / 4 */
} OC_NAME(oc_time_step);

/* Fills the step from 0 < h <= 2^1000, positive also in the working format; else OC_ERR_TIME_STEP. */
/*@ requires step: step == \null || \valid(step);
    terminates \true;
    exits \false;
    assigns *step;
    behavior null:
      assumes step == \null;
      assigns \nothing;
      ensures status: \result == OC_ERR_NULL;
    behavior bad_time_step:
      assumes step != \null;
      assumes !OC_NAME(TimeOk)(h);
      assigns \nothing;
      ensures status: \result == OC_ERR_TIME_STEP;
    behavior valid:
      assumes step != \null;
      assumes OC_NAME(TimeOk)(h);
      assigns *step;
      ensures status: \result == OC_OK;
      ensures h: Same(step->h, OC_NAME(Round)(h));
      ensures half: Same(step->half, OC_NAME(Round)(TimePart((double)0.5, h)));
      ensures third: Same(step->third, OC_NAME(Round)(TimeThird(h)));
      ensures two_thirds: Same(step->two_thirds, OC_NAME(Round)(TimeTwoThirds(h)));
      ensures three_quarters: Same(step->three_quarters, OC_NAME(Round)(TimePart((double)0.75, h)));
      ensures root: Same(step->root, OC_NAME(Round)(sqrt(h)));
      ensures half_root: Same(step->half_root, OC_NAME(Round)(TimePart((double)0.5, sqrt(h))));
      ensures quarter_root: Same(step->quarter_root, OC_NAME(Round)(TimePart((double)0.25, sqrt(h))));
    complete behaviors;
    disjoint behaviors; */
OC_MUST_USE oc_status OC_NAME(oc_time_step_init)(OC_NAME(oc_time_step) *step, double h);
#endif
