/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by bounds_library.c: the library's steps on one element. */
static bool OC_NAME(plain)(const char *dialect, const oc_hyper *hyper, OC_REAL *theta, OC_REAL *m, const OC_REAL *g)
{
    if (strcmp(dialect, "sgd") == 0) {
        OC_NAME(oc_sgd_plan) plan;
        const bool ok = OC_NAME(oc_sgd_plan_init)(&plan, hyper) == OC_OK;
        if (ok) {
            OC_NAME(oc_sgd_step)(&plan, 1, theta, g);
        }
        return ok;
    }
    OC_NAME(oc_sgd_momentum_plan) plan;
    const bool ok = OC_NAME(oc_sgd_momentum_plan_init)(&plan, hyper) == OC_OK;
    if (ok) {
        OC_NAME(oc_sgd_momentum_step)(&plan, 1, theta, m, g);
    }
    return ok;
}

static bool OC_NAME(rms)(const char *dialect, const oc_hyper *hyper, OC_REAL *theta, OC_REAL *v, const OC_REAL *g)
{
    if (strcmp(dialect, "rmsprop") == 0) {
        OC_NAME(oc_rmsprop_plan) plan;
        const bool ok = OC_NAME(oc_rmsprop_plan_init)(&plan, hyper) == OC_OK;
        if (ok) {
            OC_NAME(oc_rmsprop_step)(&plan, 1, theta, v, g);
        }
        return ok;
    }
    OC_NAME(oc_rmsprop_newv_plan) plan;
    const bool ok = OC_NAME(oc_rmsprop_newv_plan_init)(&plan, hyper) == OC_OK;
    if (ok) {
        OC_NAME(oc_rmsprop_newv_step)(&plan, 1, theta, v, g);
    }
    return ok;
}

static bool OC_NAME(adam)(const char *dialect, const oc_hyper *hyper, uint64_t k, OC_REAL *theta, OC_REAL *slot,
                          const OC_REAL *g)
{
    if (strcmp(dialect, "adam") == 0) {
        OC_NAME(oc_adam_plan) plan;
        OC_NAME(oc_adam_coef) coef;
        const bool ok = OC_NAME(oc_adam_plan_init)(&plan, hyper) == OC_OK &&
                        OC_NAME(oc_adam_coef_at)(&plan, k, &coef) == OC_OK;
        if (ok) {
            OC_NAME(oc_adam_step)(&coef, 1, theta, &slot[0], &slot[1], g);
        }
        return ok;
    }
    OC_NAME(oc_adamw_plan) plan;
    OC_NAME(oc_adamw_coef) coef;
    const bool ok = OC_NAME(oc_adamw_plan_init)(&plan, hyper) == OC_OK &&
                    OC_NAME(oc_adamw_coef_at)(&plan, k, &coef) == OC_OK;
    if (ok) {
        OC_NAME(oc_adamw_step)(&coef, 1, theta, &slot[0], &slot[1], g);
    }
    return ok;
}

static bool OC_NAME(step)(const char *dialect, const oc_hyper *hyper, uint64_t k, optcert_element *element)
{
    OC_REAL theta = (OC_REAL)element->theta;
    OC_REAL slot[2] = {(OC_REAL)element->slot[0], (OC_REAL)element->slot[1]};
    const OC_REAL g = (OC_REAL)element->grad;
    const bool ok = strncmp(dialect, "sgd", 3) == 0 ? OC_NAME(plain)(dialect, hyper, &theta, slot, &g)
                    : strncmp(dialect, "rms", 3) == 0
                        ? OC_NAME(rms)(dialect, hyper, &theta, slot, &g)
                        : OC_NAME(adam)(dialect, hyper, k, &theta, slot, &g);
    element->theta = (double)theta;
    element->slot[0] = (double)slot[0];
    element->slot[1] = (double)slot[1];
    return ok;
}
