/* SPDX-License-Identifier: GPL-3.0-or-later
 * The limit, by the library's coefficients and its Euler-Maruyama scheme, with the study's mistake if it has one. */
#include "model.h"

#include <math.h>
#include <stdio.h>

static oc_status open_plan(optcert_limit_model *model)
{
    switch (model->study->dynamics.kind->optimizer) {
    case OPTCERT_SGD:
    case OPTCERT_SGD_SCALED:
        return oc_sgd_sde_plan_init_f64(&model->plan.sgd, model->chain_step,
                                        optcert_model_sigma(model->study, model->chain_step));
    case OPTCERT_RMSPROP:
    case OPTCERT_RMSPROP_NEWV:
        return oc_rmsprop_sde_plan_init_f64(&model->plan.rmsprop, &model->limit);
    case OPTCERT_ADAM:
    case OPTCERT_ADAMW:
        break;
    }
    return oc_adamw_sde_plan_init_f64(&model->plan.adamw, &model->limit);
}

/* How long the limit takes a step of the chain to last. */
static double length_of_step(const optcert_study *study, double h)
{
    if (study->mistake != OPTCERT_TIME_UNIT) {
        return h;
    }
    return study->dynamics.kind->has_u ? sqrt(h) : h * h;
}

bool optcert_limit_model_open(optcert_limit_model *model, const optcert_study *study, size_t steps, size_t parts,
                              char reason[OPTCERT_DATA_REASON])
{
    const optcert_dynamics *d = &study->dynamics;
    const double h = study->horizon / (double)steps;
    *model = (optcert_limit_model){.study = study, .isa = oc_isa_best(), .chain_step = h};
    model->limit = (oc_limit){d->sigma0, d->eps0, d->c1, d->c2, d->lambda0};
    oc_status status = oc_time_step_init_f64(&model->step, length_of_step(study, h) / (double)parts);
    if (status == OC_OK) {
        status = open_plan(model);
    }
    if (status != OC_OK) {
        snprintf(reason, OPTCERT_DATA_REASON, "%zu steps: %s", steps, oc_status_text(status));
    }
    return status == OC_OK;
}

/* d Sigma/d theta of one coordinate. */
static double sigma_slope(const optcert_problem *problem, double theta)
{
    return problem->s01 + 2.0 * problem->s1 * theta;
}

/* Deliberately wrong drifts of theta. */
static void spoil_drift(const optcert_limit_model *model, const optcert_paths *paths, const optcert_scratch *s)
{
    const optcert_study *study = model->study;
    const optcert_problem *problem = &study->dynamics.oracle.problem;
    const bool has_m = study->dynamics.kind->has_m;
    for (size_t i = 0; i < paths->dimension * paths->width; i++) {
        if (study->mistake == OPTCERT_MISSING_PRECONDITIONER) {
            s->drift[i] = has_m ? -paths->m[i] : -s->grad[i];
        } else if (study->mistake == OPTCERT_STRATONOVICH) { /* (1/2) B dB/dtheta, B^2 = (B/sd)^2 Sigma */
            const double root = s->diffusion[i] / s->sd[i];
            s->drift[i] += 0.25 * root * root * sigma_slope(problem, paths->theta[i]);
        }
    }
}

static bool spoils(const optcert_study *study)
{
    return study->mistake == OPTCERT_MISSING_PRECONDITIONER || study->mistake == OPTCERT_STRATONOVICH;
}

/* theta, and u without noise. */
static void move(const optcert_limit_model *model, size_t n, const double *z, const optcert_scratch *s,
                 optcert_paths *paths)
{
    const double *diffusion = model->study->dynamics.kind->has_m ? s->zero : s->diffusion;
    oc_fast_euler_maruyama_step_f64(model->isa, &model->step, n, paths->theta, s->drift, diffusion, z);
    if (model->study->dynamics.kind->has_u) {
        oc_fast_euler_maruyama_step_f64(model->isa, &model->step, n, paths->v, s->drift_u, s->zero, s->zero);
    }
}

static void adam_coefficients(const optcert_limit_model *model, size_t k, size_t n, const optcert_scratch *s,
                              const optcert_paths *paths)
{
    const optcert_study *study = model->study;
    const double t = study->t0 + (double)k * model->step.h;
    const bool wrong = study->mistake == OPTCERT_NO_GAMMA;
    const double gamma1 = wrong ? 1.0 : -expm1(-model->limit.c1 * t);
    const double gamma2 = wrong ? 1.0 : -expm1(-model->limit.c2 * t);
    oc_adam_sde_time_f64 at;
    if (oc_adam_sde_at_f64(&at, &model->limit, gamma1, gamma2) != OC_OK) {
        at = (oc_adam_sde_time_f64){.sigma0 = NAN}; /* outside the limit's domain: the sums say so */
    }
    oc_fast_adam_sde_coef_f64(model->isa, &at, n, s->drift, s->drift_m, s->diffusion, s->drift_u, paths->m, paths->v,
                              s->grad, s->sd);
}

void optcert_limit_model_step(const optcert_limit_model *model, size_t k, const double *z, optcert_scratch *s,
                              optcert_paths *paths)
{
    const optcert_study *study = model->study;
    const size_t n = paths->dimension * paths->width;
    optcert_model_oracle(study, paths, s->grad, s->sd);
    if (!study->dynamics.kind->has_u) {
        oc_fast_sgd_sde_order1_f64(model->isa, &model->plan.sgd, n, s->drift, s->diffusion, s->grad, s->sd);
    } else if (!study->dynamics.kind->has_m) {
        oc_fast_rmsprop_sde_coef_f64(model->isa, &model->plan.rmsprop, n, s->drift, s->diffusion, s->drift_u, paths->v,
                                     s->grad, s->sd);
    } else {
        adam_coefficients(model, k, n, s, paths);
    }
    if (spoils(study)) {
        spoil_drift(model, paths, s);
    }
    if (study->dynamics.kind->optimizer == OPTCERT_ADAMW) {
        oc_fast_adamw_sde_decay_f64(model->isa, &model->plan.adamw, n, s->drift, paths->theta);
    }
    move(model, n, z, s, paths);
    if (study->dynamics.kind->has_m) {
        oc_fast_euler_maruyama_step_f64(model->isa, &model->step, n, paths->m, s->drift_m, s->diffusion, z);
    }
}
