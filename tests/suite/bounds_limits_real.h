/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by bounds_limits.c: the library's limits on one coordinate. Inputs as in its tables. */
static bool OC_NAME(rmsprop_limit)(const double *x, double *out)
{
    const oc_limit limit = {.sigma0 = x[0], .eps0 = x[1], .c2 = x[2]};
    const OC_REAL u = (OC_REAL)x[3], grad = (OC_REAL)x[4], sd = (OC_REAL)x[5];
    OC_REAL drift, diffusion, drift_u;
    OC_NAME(oc_rmsprop_sde_plan) plan;
    if (OC_NAME(oc_rmsprop_sde_plan_init)(&plan, &limit) != OC_OK) {
        return false;
    }
    OC_NAME(oc_rmsprop_sde_coef)(&plan, 1, &drift, &diffusion, &drift_u, &u, &grad, &sd);
    out[0] = (double)drift;
    out[1] = (double)diffusion;
    out[2] = (double)drift_u;
    return true;
}

static bool OC_NAME(adam_limit)(const double *x, double *out)
{
    const oc_limit limit = {.sigma0 = x[0], .eps0 = x[1], .c1 = x[2], .c2 = 1};
    const OC_REAL m = (OC_REAL)x[5], u = (OC_REAL)x[6], grad = (OC_REAL)x[7], sd = (OC_REAL)x[8];
    OC_REAL drift, drift_m, diffusion_m, drift_u;
    OC_NAME(oc_adam_sde_time) at;
    if (OC_NAME(oc_adam_sde_at)(&at, &limit, x[3], x[4]) != OC_OK) {
        return false;
    }
    OC_NAME(oc_adam_sde_coef)(&at, 1, &drift, &drift_m, &diffusion_m, &drift_u, &m, &u, &grad, &sd);
    out[0] = (double)drift;
    out[1] = (double)drift_m;
    out[2] = (double)diffusion_m;
    return true;
}

static bool OC_NAME(adamw_limit)(const double *x, double *out)
{
    const oc_limit limit = {.lambda0 = x[0]};
    OC_REAL drift = (OC_REAL)x[1];
    const OC_REAL theta = (OC_REAL)x[2];
    OC_NAME(oc_adamw_sde_plan) plan;
    if (OC_NAME(oc_adamw_sde_plan_init)(&plan, &limit) != OC_OK) {
        return false;
    }
    OC_NAME(oc_adamw_sde_decay)(&plan, 1, &drift, &theta);
    out[0] = (double)drift;
    return true;
}

static bool OC_NAME(sgd_limit)(const double *x, double *out)
{
    const OC_REAL grad = (OC_REAL)x[2], hess_grad = (OC_REAL)x[3], sd = (OC_REAL)x[4];
    OC_REAL drift, diffusion;
    OC_NAME(oc_sgd_sde_plan) plan;
    if (OC_NAME(oc_sgd_sde_plan_init)(&plan, x[0], x[1]) != OC_OK) {
        return false;
    }
    OC_NAME(oc_sgd_sde_order2)(&plan, 1, &drift, &diffusion, &grad, &hess_grad, &sd);
    out[0] = (double)drift;
    out[1] = (double)diffusion;
    return true;
}
