/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by mix_units.c: the library's averaging and SVAG with untyped pointers. */
static oc_status OC_NAME(ema)(double rho, size_t n, void *avg, const void *theta)
{
    OC_NAME(oc_ema_plan) plan;
    const oc_status status = OC_NAME(oc_ema_plan_init)(&plan, rho);
    if (status == OC_OK) {
        OC_NAME(oc_ema_step)(&plan, n, avg, theta);
    }
    return status;
}

static oc_status OC_NAME(svag)(double l, double *r1, double *r2, size_t n, void *grad, const void *grad1,
                               const void *grad2)
{
    OC_NAME(oc_svag_coef) coef;
    const oc_status status = OC_NAME(oc_svag_coef_init)(&coef, l);
    if (status == OC_OK) {
        *r1 = (double)coef.r1;
        *r2 = (double)coef.r2;
        OC_NAME(oc_svag_mix)(&coef, n, grad, grad1, grad2);
    }
    return status;
}

/* Whether every bad value is refused with this status and the output left alone. */
static bool OC_NAME(refuse_ema)(double rho, oc_status expected)
{
    OC_NAME(oc_ema_plan) plan, before;
    memset(&plan, 0xa5, sizeof plan);
    before = plan;
    return OC_NAME(oc_ema_plan_init)(&plan, rho) == expected && memcmp(&plan, &before, sizeof plan) == 0 &&
           OC_NAME(oc_ema_plan_init)(NULL, rho) == OC_ERR_NULL;
}

static bool OC_NAME(refuse_svag)(double l, oc_status expected)
{
    OC_NAME(oc_svag_coef) coef, before;
    memset(&coef, 0xa5, sizeof coef);
    before = coef;
    return OC_NAME(oc_svag_coef_init)(&coef, l) == expected && memcmp(&coef, &before, sizeof coef) == 0 &&
           OC_NAME(oc_svag_coef_init)(NULL, l) == OC_ERR_NULL;
}
