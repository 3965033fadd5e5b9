/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library behind function pointers. See subject.h. */
#include "subject.h"

#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/rmsprop.h"
#include "optcert/rmsprop_newv.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"

#include <stdlib.h>
#include <string.h>

#include "optcert/real_f32.h"
#include "subject_real.h"
#include "optcert/real_f64.h"
#include "subject_real.h"
#include "optcert/real_end.h"

const unit_subject *unit_subject_find(const char *dialect, int format)
{
    const unit_subject *subjects = format == 0 ? subjects_f32 : subjects_f64;
    for (size_t i = 0; i < sizeof subjects_f32 / sizeof subjects_f32[0]; i++) {
        if (strcmp(subjects[i].dialect, dialect) == 0) {
            return &subjects[i];
        }
    }
    abort(); /* a test names a dialect that the library does not have */
}

oc_status unit_subject_run(const unit_subject *subject, const oc_hyper *hyper, uint64_t k, size_t n, void *theta,
                           void *const slot[], const void *grad)
{
    unit_plan plan, coef;
    oc_status status = subject->plan_init(&plan, hyper);
    if (status != OC_OK) {
        return status;
    }
    if (subject->coef_at == NULL) {
        subject->step(&plan, n, theta, slot, grad);
        return OC_OK;
    }
    status = subject->coef_at(&plan, k, &coef);
    if (status == OC_OK) {
        subject->step(&coef, n, theta, slot, grad);
    }
    return status;
}

optcert_hyper unit_reference_hyper(const oc_hyper *hyper)
{
    return (optcert_hyper){
        .lr = hyper->lr,
        .beta1 = hyper->beta1,
        .beta2 = hyper->beta2,
        .eps = hyper->eps,
        .weight_decay = hyper->weight_decay,
        .momentum = hyper->momentum,
    };
}
