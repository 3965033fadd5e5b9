/* SPDX-License-Identifier: GPL-3.0-or-later
 * The kernels in one working format; kernels.c reads this once per format. */

/* The functions differ in the types of their coefficients and in their number of arrays, which no C function can take. */
#define PAIR(name, ...)                                                                                                \
    static void OC_NAME(core_##name)(const void *coef, size_t n, void *const *a)                                       \
    {                                                                                                                  \
        OC_NAME(oc_##name)(coef, n, __VA_ARGS__);                                                                      \
    }                                                                                                                  \
    static void OC_NAME(fast_##name)(oc_isa isa, const void *coef, size_t n, void *const *a)                           \
    {                                                                                                                  \
        OC_NAME(oc_fast_##name)(isa, coef, n, __VA_ARGS__);                                                            \
    }
PAIR(sgd_step, a[0], a[1])
PAIR(sgd_momentum_step, a[0], a[1], a[2])
PAIR(rmsprop_step, a[0], a[1], a[2])
PAIR(rmsprop_newv_step, a[0], a[1], a[2])
PAIR(adam_step, a[0], a[1], a[2], a[3])
PAIR(adamw_step, a[0], a[1], a[2], a[3])
PAIR(ema_step, a[0], a[1])
PAIR(sgd_sde_order1, a[0], a[1], a[2], a[3])
PAIR(sgd_sde_order2, a[0], a[1], a[2], a[3], a[4])
PAIR(rmsprop_sde_coef, a[0], a[1], a[2], a[3], a[4], a[5])
PAIR(adam_sde_coef, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])
PAIR(adamw_sde_decay, a[0], a[1])
PAIR(euler_maruyama_step, a[0], a[1], a[2], a[3])
PAIR(milstein_step, a[0], a[1], a[2], a[3], a[4])
PAIR(heun_predict, a[0], a[1], a[2], a[3], a[4])
PAIR(heun_correct, a[0], a[1], a[2], a[3], a[4], a[5])
PAIR(platen_support, a[0], a[1], a[2], a[3], a[4], a[5], a[6])
PAIR(platen_step, a[0], a[1], a[2], a[3], a[4], a[5], a[6])
PAIR(sra1_support, a[0], a[1], a[2], a[3], a[4], a[5])
PAIR(sra1_step, a[0], a[1], a[2], a[3], a[4], a[5], a[6])
PAIR(svag_mix, a[0], a[1], a[2])
#undef PAIR

static oc_status OC_NAME(sgd)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    (void)k;
    return OC_NAME(oc_sgd_plan_init)(coef, hyper);
}
static oc_status OC_NAME(sgd_momentum)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    (void)k;
    return OC_NAME(oc_sgd_momentum_plan_init)(coef, hyper);
}
static oc_status OC_NAME(rmsprop)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    (void)k;
    return OC_NAME(oc_rmsprop_plan_init)(coef, hyper);
}
static oc_status OC_NAME(adam)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    OC_NAME(oc_adam_plan) plan;
    const oc_status status = OC_NAME(oc_adam_plan_init)(&plan, hyper);
    return status == OC_OK ? OC_NAME(oc_adam_coef_at)(&plan, k, coef) : status;
}
static oc_status OC_NAME(adamw)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    OC_NAME(oc_adamw_plan) plan;
    const oc_status status = OC_NAME(oc_adamw_plan_init)(&plan, hyper);
    return status == OC_OK ? OC_NAME(oc_adamw_coef_at)(&plan, k, coef) : status;
}
static oc_status OC_NAME(ema)(void *coef, const oc_hyper *hyper, uint64_t k)
{
    (void)k;
    return OC_NAME(oc_ema_plan_init)(coef, hyper->beta2);
}
