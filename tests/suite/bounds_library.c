/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's optimizers on one element. See bounds_library.h. */
#include "bounds_library.h"
#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/rmsprop.h"
#include "optcert/rmsprop_newv.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"
#include "run.h"

#include <string.h>

#include "optcert/real_f32.h"

#include "bounds_real.h"
#include "optcert/real_f64.h"

#include "bounds_real.h"
#include "optcert/real_end.h"

bool optcert_library_step(const char *dialect, const oc_ref_format *format, const oc_hyper *hyper, uint64_t k,
                          optcert_element *element)
{
    return format == &oc_ref_f32 ? step_f32(dialect, hyper, k, element) : step_f64(dialect, hyper, k, element);
}

optcert_hyper optcert_reference_hyper(const oc_hyper *hyper)
{
    return (optcert_hyper){.lr = hyper->lr,
                           .beta1 = hyper->beta1,
                           .beta2 = hyper->beta2,
                           .eps = hyper->eps,
                           .weight_decay = hyper->weight_decay,
                           .momentum = hyper->momentum};
}

static long double distance(double got, const oc_ref_ball *truth)
{
    mpfr_t d;
    mpfr_init2(d, OC_REF_PREC);
    mpfr_d_sub(d, got, truth->mid, MPFR_RNDN);
    mpfr_abs(d, d, MPFR_RNDN);
    const long double result = mpfr_get_ld(d, MPFR_RNDD);
    mpfr_clear(d);
    return result;
}

optcert_step_error optcert_step_error_of(const char *dialect, const oc_hyper *hyper, uint64_t k,
                                         const optcert_element *before, const optcert_element *got)
{
    const oc_ref_dialect *reference = oc_ref_dialect_find(dialect);
    const optcert_hyper h = optcert_reference_hyper(hyper);
    optcert_step_error error = {0};
    oc_ref_run *run = oc_ref_run_new(reference, 1, &h, OC_REF_PREC);
    if (run == NULL) {
        return error;
    }
    oc_ref_run_set_theta(run, &before->theta);
    oc_ref_run_set_step(run, k);
    for (size_t s = 0; s < reference->slots; s++) {
        oc_ref_run_set_slot(run, s, &before->slot[s]);
    }
    oc_ref_run_step(run, &before->grad);
    error.theta = distance(got->theta, oc_ref_run_theta(run, 0));
    error.size_theta = distance(0, oc_ref_run_theta(run, 0));
    for (size_t s = 0; s < reference->slots; s++) {
        error.slot[s] = distance(got->slot[s], oc_ref_run_slot(run, s, 0));
    }
    oc_ref_run_free(run);
    return error;
}
