/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs of true references. See run.h. */
#include "run.h"

#include "coef.h"

#include <stdlib.h>

struct oc_ref_run {
    const oc_ref_dialect *dialect;
    size_t n;
    double beta1, beta2;
    uint64_t step;
    oc_ref_coef coef;
    oc_ref_ball grad;
    oc_ref_ball *values; /* theta, then each slot, n each */
};

static oc_ref_ball *value_at(const oc_ref_run *run, size_t array, size_t i)
{
    return &run->values[array * run->n + i];
}

static size_t value_count(const oc_ref_run *run)
{
    return (1 + run->dialect->slots) * run->n;
}

oc_ref_run *oc_ref_run_new(const oc_ref_dialect *dialect, size_t n, const optcert_hyper *hyper, mpfr_prec_t prec)
{
    oc_ref_run *run = calloc(1, sizeof *run);
    if (run == NULL) {
        return NULL;
    }
    *run = (oc_ref_run){.dialect = dialect, .n = n, .beta1 = hyper->beta1, .beta2 = hyper->beta2};
    run->values = calloc(value_count(run) + 1, sizeof *run->values);
    if (run->values == NULL) {
        free(run);
        return NULL;
    }
    oc_ref_coef_init(&run->coef, hyper, prec);
    oc_ref_ball_init(&run->grad, prec);
    for (size_t i = 0; i < value_count(run); i++) {
        oc_ref_ball_init(&run->values[i], prec);
    }
    return run;
}

void oc_ref_run_free(oc_ref_run *run)
{
    if (run == NULL) {
        return;
    }
    for (size_t i = 0; i < value_count(run); i++) {
        oc_ref_ball_clear(&run->values[i]);
    }
    oc_ref_ball_clear(&run->grad);
    oc_ref_coef_clear(&run->coef);
    free(run->values);
    free(run);
}

static void set_array(oc_ref_run *run, size_t array, const double *values)
{
    for (size_t i = 0; i < run->n; i++) {
        oc_ref_ball_set_d(value_at(run, array, i), values[i]);
    }
}

void oc_ref_run_set_theta(oc_ref_run *run, const double *theta)
{
    set_array(run, 0, theta);
}

void oc_ref_run_set_slot(oc_ref_run *run, size_t slot, const double *values)
{
    set_array(run, 1 + slot, values);
}

void oc_ref_run_set_step(oc_ref_run *run, uint64_t step)
{
    run->step = step;
}

void oc_ref_run_step(oc_ref_run *run, const double *grad)
{
    const oc_ref_dialect *dialect = run->dialect;
    oc_ref_coef_at(&run->coef, run->step, run->beta1, run->beta2);
    for (size_t i = 0; i < run->n; i++) {
        oc_ref_ball *slot[OC_REF_SLOTS] = {NULL};
        for (size_t s = 0; s < dialect->slots; s++) {
            slot[s] = value_at(run, 1 + s, i);
        }
        oc_ref_ball_set_d(&run->grad, grad[i]);
        dialect->element(&run->coef, value_at(run, 0, i), slot, &run->grad);
    }
    run->step++;
}

uint64_t oc_ref_run_steps(const oc_ref_run *run)
{
    return run->step;
}

const oc_ref_ball *oc_ref_run_theta(const oc_ref_run *run, size_t i)
{
    return value_at(run, 0, i);
}

const oc_ref_ball *oc_ref_run_slot(const oc_ref_run *run, size_t slot, size_t i)
{
    return value_at(run, 1 + slot, i);
}
