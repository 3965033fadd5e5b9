/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by subject.c: the library's functions of one format with untyped pointers. */
static void OC_NAME(run_sgd)(const void *plan, size_t n, void *theta, void *const slot[], const void *grad)
{
    (void)slot;
    OC_NAME(oc_sgd_step)(plan, n, theta, grad);
}

static void OC_NAME(run_sgd_momentum)(const void *plan, size_t n, void *theta, void *const slot[], const void *grad)
{
    OC_NAME(oc_sgd_momentum_step)(plan, n, theta, slot[0], grad);
}

static void OC_NAME(run_rmsprop)(const void *plan, size_t n, void *theta, void *const slot[], const void *grad)
{
    OC_NAME(oc_rmsprop_step)(plan, n, theta, slot[0], grad);
}

static void OC_NAME(run_rmsprop_newv)(const void *plan, size_t n, void *theta, void *const slot[], const void *grad)
{
    OC_NAME(oc_rmsprop_newv_step)(plan, n, theta, slot[0], grad);
}

static void OC_NAME(run_adam)(const void *coef, size_t n, void *theta, void *const slot[], const void *grad)
{
    OC_NAME(oc_adam_step)(coef, n, theta, slot[0], slot[1], grad);
}

static void OC_NAME(run_adamw)(const void *coef, size_t n, void *theta, void *const slot[], const void *grad)
{
    OC_NAME(oc_adamw_step)(coef, n, theta, slot[0], slot[1], grad);
}

static oc_status OC_NAME(plan_sgd)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_sgd_plan_init)(plan, hyper);
}

static oc_status OC_NAME(plan_sgd_momentum)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_sgd_momentum_plan_init)(plan, hyper);
}

static oc_status OC_NAME(plan_rmsprop)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_rmsprop_plan_init)(plan, hyper);
}

static oc_status OC_NAME(plan_rmsprop_newv)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_rmsprop_newv_plan_init)(plan, hyper);
}

static oc_status OC_NAME(plan_adam)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_adam_plan_init)(plan, hyper);
}

static oc_status OC_NAME(plan_adamw)(void *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_adamw_plan_init)(plan, hyper);
}

static oc_status OC_NAME(coef_adam)(const void *plan, uint64_t k, void *coef)
{
    return OC_NAME(oc_adam_coef_at)(plan, k, coef);
}

static oc_status OC_NAME(coef_adamw)(const void *plan, uint64_t k, void *coef)
{
    return OC_NAME(oc_adamw_coef_at)(plan, k, coef);
}

_Static_assert(sizeof(OC_NAME(oc_adamw_coef)) <= UNIT_PLAN && sizeof(OC_NAME(oc_adamw_plan)) <= UNIT_PLAN,
               "the largest plan and coefficients fit");

static const unit_subject OC_NAME(subjects)[] = {
    {"sgd", &OC_NAME(oc_ref), OC_NAME(plan_sgd), NULL, OC_NAME(run_sgd)},
    {"sgd-momentum", &OC_NAME(oc_ref), OC_NAME(plan_sgd_momentum), NULL, OC_NAME(run_sgd_momentum)},
    {"rmsprop", &OC_NAME(oc_ref), OC_NAME(plan_rmsprop), NULL, OC_NAME(run_rmsprop)},
    {"rmsprop/new-v", &OC_NAME(oc_ref), OC_NAME(plan_rmsprop_newv), NULL, OC_NAME(run_rmsprop_newv)},
    {"adam", &OC_NAME(oc_ref), OC_NAME(plan_adam), OC_NAME(coef_adam), OC_NAME(run_adam)},
    {"adamw", &OC_NAME(oc_ref), OC_NAME(plan_adamw), OC_NAME(coef_adamw), OC_NAME(run_adamw)},
};
