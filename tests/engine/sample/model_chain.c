/* SPDX-License-Identifier: GPL-3.0-or-later
 * The chain: MLPA sec. 4's parametrisation (optimizer_map.h) of the library's optimizers. */
#include "model.h"

#include <math.h>
#include <stdio.h>

double optcert_model_sigma(const optcert_study *study, double h)
{
    const bool fixed = study->dynamics.kind->optimizer == OPTCERT_SGD;
    return fixed ? study->dynamics.sigma0 : study->dynamics.sigma0 / sqrt(h);
}

static bool is_adam(const optcert_study *study)
{
    return study->dynamics.kind->has_m;
}

static oc_hyper hyper_of(const optcert_study *study, double h)
{
    const optcert_dynamics *d = &study->dynamics;
    const double lr = d->kind->has_u ? sqrt(h) : h;
    return (oc_hyper){.lr = lr,
                      .beta1 = 1.0 - d->c1 * h,
                      .beta2 = 1.0 - d->c2 * h,
                      .eps = d->eps0 / lr,
                      .weight_decay = d->kind->optimizer == OPTCERT_ADAMW ? d->lambda0 * lr : 0.0,
                      .flags = OC_ALLOW_ZERO_EPS};
}

static oc_status open_plan(optcert_chain_model *model, const oc_hyper *hyper)
{
    switch (model->study->dynamics.kind->optimizer) {
    case OPTCERT_SGD:
    case OPTCERT_SGD_SCALED:
        return oc_sgd_plan_init_f64(&model->plan.sgd, hyper);
    case OPTCERT_RMSPROP:
        return oc_rmsprop_plan_init_f64(&model->plan.rmsprop, hyper);
    case OPTCERT_RMSPROP_NEWV:
        return oc_rmsprop_newv_plan_init_f64(&model->plan.rmsprop, hyper);
    case OPTCERT_ADAM:
    case OPTCERT_ADAMW:
        break;
    }
    return oc_adamw_plan_init_f64(&model->plan.adamw, hyper);
}

bool optcert_chain_model_open(optcert_chain_model *model, const optcert_study *study, size_t steps,
                              char reason[OPTCERT_DATA_REASON])
{
    const double h = study->horizon / (double)steps;
    const double first = is_adam(study) ? study->t0 / h : 0.0;
    const oc_hyper hyper = hyper_of(study, h);
    *model = (optcert_chain_model){.study = study, .isa = oc_isa_best(), .h = h, .first = (uint64_t)llround(first)};
    model->noise = optcert_model_sigma(study, h);
    if (!(fabs(first - (double)model->first) <= 1e-9 * (1.0 + first))) {
        snprintf(reason, OPTCERT_DATA_REASON,
                 "t0=%g is not a whole number of steps of h = T/N = %g: a sampled chain starts at one", study->t0, h);
        return false;
    }
    const oc_status status = open_plan(model, &hyper);
    if (status != OC_OK) {
        snprintf(reason, OPTCERT_DATA_REASON, "%zu steps: %s", steps, oc_status_text(status));
    }
    return status == OC_OK;
}

static void adamw_step(const optcert_chain_model *model, size_t k, size_t n, const double *grad, optcert_paths *paths)
{
    oc_adamw_coef_f64 coef;
    if (oc_adamw_coef_at_f64(&model->plan.adamw, model->first + k, &coef) != OC_OK) {
        for (size_t i = 0; i < n; i++) {
            paths->theta[i] = NAN; /* no update is defined: the sums say so */
        }
        return;
    }
    if (model->study->dynamics.kind->optimizer == OPTCERT_ADAM) {
        oc_fast_adam_step_f64(model->isa, &coef.adam, n, paths->theta, paths->m, paths->v, grad);
    } else {
        oc_fast_adamw_step_f64(model->isa, &coef, n, paths->theta, paths->m, paths->v, grad);
    }
}

void optcert_chain_model_step(const optcert_chain_model *model, size_t k, const double *z, optcert_scratch *scratch,
                              optcert_paths *paths)
{
    const size_t n = paths->dimension * paths->width;
    double *grad = scratch->grad;
    optcert_model_oracle(model->study, paths, grad, scratch->sd);
    for (size_t i = 0; i < n; i++) {
        grad[i] += model->noise * scratch->sd[i] * z[i];
    }
    switch (model->study->dynamics.kind->optimizer) {
    case OPTCERT_SGD:
    case OPTCERT_SGD_SCALED:
        oc_fast_sgd_step_f64(model->isa, &model->plan.sgd, n, paths->theta, grad);
        break;
    case OPTCERT_RMSPROP:
        oc_fast_rmsprop_step_f64(model->isa, &model->plan.rmsprop, n, paths->theta, paths->v, grad);
        break;
    case OPTCERT_RMSPROP_NEWV:
        oc_fast_rmsprop_newv_step_f64(model->isa, &model->plan.rmsprop, n, paths->theta, paths->v, grad);
        break;
    case OPTCERT_ADAM:
    case OPTCERT_ADAMW:
        adamw_step(model, k, n, grad, paths);
        break;
    }
}

void optcert_paths_start(optcert_paths *paths, const optcert_study *study, double unit)
{
    paths->unit = unit;
    for (size_t i = 0; i < paths->dimension * paths->width; i++) {
        paths->theta[i] = study->start.theta;
        paths->m[i] = study->start.m;
        paths->v[i] = study->start.u * unit;
    }
}
