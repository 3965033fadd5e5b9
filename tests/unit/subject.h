/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's six optimizers in both formats behind one set of function pointers, so that a test is
 * written once. Plans and coefficients live in caller's storage of UNIT_PLAN bytes. */
#ifndef OPTCERT_UNIT_SUBJECT_H
#define OPTCERT_UNIT_SUBJECT_H
#include "dialect.h"
#include "optcert/hyper.h"
#include "optcert/status.h"

enum { UNIT_PLAN = 128 };
typedef union unit_plan {
    unsigned char bytes[UNIT_PLAN];
    double align;
} unit_plan;

typedef struct unit_subject {
    const char *dialect;
    const oc_ref_format *format;
    oc_status (*plan_init)(void *plan, const oc_hyper *hyper);
    oc_status (*coef_at)(const void *plan, uint64_t k, void *coef); /* NULL: the step takes the plan */
    void (*step)(const void *plan_or_coef, size_t n, void *theta, void *const slot[], const void *grad);
} unit_subject;

enum { UNIT_FORMATS = 2 };

/* The subject of this dialect in f32 (0) or f64 (1). */
const unit_subject *unit_subject_find(const char *dialect, int format);

/* Plan, coefficients and step in one. */
oc_status unit_subject_run(const unit_subject *subject, const oc_hyper *hyper, uint64_t k, size_t n, void *theta,
                           void *const slot[], const void *grad);

/* The same hyper-parameters for the references. */
optcert_hyper unit_reference_hyper(const oc_hyper *hyper);

#endif
