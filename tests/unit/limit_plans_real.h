/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by test_limit_plans.c: each function that checks parameters of a limit, from the array of all of
 * them. A refusal must leave the output alone; -1 where it does not, or where a null pointer is taken. */
static int OC_NAME(after)(oc_status status, const void *now, const void *before, size_t size, bool null_refused)
{
    const bool untouched = memcmp(now, before, size) == 0;
    return null_refused && untouched == (status != OC_OK) ? (int)status : -1;
}

static int OC_NAME(time_step)(const double *p)
{
    OC_NAME(oc_time_step) now, before;
    memset(&now, 0xa5, sizeof now);
    before = now;
    const oc_status status = OC_NAME(oc_time_step_init)(&now, p[H]);
    return OC_NAME(after)(status, &now, &before, sizeof now, OC_NAME(oc_time_step_init)(NULL, p[H]) == OC_ERR_NULL);
}

static int OC_NAME(sgd)(const double *p)
{
    OC_NAME(oc_sgd_sde_plan) now, before;
    memset(&now, 0xa5, sizeof now);
    before = now;
    const oc_status status = OC_NAME(oc_sgd_sde_plan_init)(&now, p[ETA], p[SIGMA]);
    return OC_NAME(after)(status, &now, &before, sizeof now,
                          OC_NAME(oc_sgd_sde_plan_init)(NULL, p[ETA], p[SIGMA]) == OC_ERR_NULL);
}

static int OC_NAME(rmsprop)(const double *p)
{
    const oc_limit limit = limit_of(p);
    OC_NAME(oc_rmsprop_sde_plan) now, before;
    memset(&now, 0xa5, sizeof now);
    before = now;
    const oc_status status = OC_NAME(oc_rmsprop_sde_plan_init)(&now, &limit);
    return OC_NAME(after)(status, &now, &before, sizeof now,
                          OC_NAME(oc_rmsprop_sde_plan_init)(NULL, &limit) == OC_ERR_NULL &&
                              OC_NAME(oc_rmsprop_sde_plan_init)(&before, NULL) == OC_ERR_NULL);
}

static int OC_NAME(adam)(const double *p)
{
    const oc_limit limit = limit_of(p);
    OC_NAME(oc_adam_sde_time) now, before;
    memset(&now, 0xa5, sizeof now);
    before = now;
    const oc_status status = OC_NAME(oc_adam_sde_at)(&now, &limit, p[GAMMA1], p[GAMMA2]);
    return OC_NAME(after)(status, &now, &before, sizeof now,
                          OC_NAME(oc_adam_sde_at)(NULL, &limit, 1, 1) == OC_ERR_NULL &&
                              OC_NAME(oc_adam_sde_at)(&before, NULL, 1, 1) == OC_ERR_NULL);
}

static int OC_NAME(adamw)(const double *p)
{
    const oc_limit limit = limit_of(p);
    OC_NAME(oc_adamw_sde_plan) now, before;
    memset(&now, 0xa5, sizeof now);
    before = now;
    const oc_status status = OC_NAME(oc_adamw_sde_plan_init)(&now, &limit);
    return OC_NAME(after)(status, &now, &before, sizeof now,
                          OC_NAME(oc_adamw_sde_plan_init)(NULL, &limit) == OC_ERR_NULL &&
                              OC_NAME(oc_adamw_sde_plan_init)(&before, NULL) == OC_ERR_NULL);
}
