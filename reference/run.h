/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run of a true reference: n elements with their state in high precision, stepped along without any
 * rounding to a format; or restarted from a build's own values before each step, for one-step errors.
 * One run belongs to one thread at a time; different runs are independent. */
#ifndef OC_REF_RUN_H
#define OC_REF_RUN_H
#include "dialect.h"

typedef struct oc_ref_run oc_ref_run;

/* Everything 0, step 0. prec is the precision of the midpoints: OC_REF_PREC unless there is a reason.
 * NULL when memory fails. */
oc_ref_run *oc_ref_run_new(const oc_ref_dialect *dialect, size_t n, const optcert_hyper *hyper, mpfr_prec_t prec);
void oc_ref_run_free(oc_ref_run *run);

/* Restart from values of a format (n of them). */
void oc_ref_run_set_theta(oc_ref_run *run, const double *theta);
void oc_ref_run_set_slot(oc_ref_run *run, size_t slot, const double *values);
void oc_ref_run_set_step(oc_ref_run *run, uint64_t step);

/* One step with this gradient (n values); the step index advances by one. */
void oc_ref_run_step(oc_ref_run *run, const double *grad);

uint64_t oc_ref_run_steps(const oc_ref_run *run);
const oc_ref_ball *oc_ref_run_theta(const oc_ref_run *run, size_t i);
const oc_ref_ball *oc_ref_run_slot(const oc_ref_run *run, size_t slot, size_t i);

#endif
