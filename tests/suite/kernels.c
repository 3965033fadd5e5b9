/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of kernels. */
#include "kernels.h"

#include "optcert/fast.h"
#include "optcert/fast_sde.h"

#include <string.h>

#define OC_TEMPLATE "kernels_real.h"
#include "optcert/both_reals.h"

#define COEFS(type, bits) (sizeof(type##_f##bits) / (bits / 8))
#define ENTRY(unit, dialect, name, bits, type, roles, prepare)                                                                  \
    {                                                                                                                  \
        unit, #name, dialect, bits, COEFS(type, bits), roles, prepare, core_##name##_f##bits, fast_##name##_f##bits             \
    }
#define OPTIMIZER(unit, dialect, name, type, roles, prepare)                                                                    \
    ENTRY(unit, dialect, name, 32, type, roles, prepare##_f32), ENTRY(unit, dialect, name, 64, type, roles, prepare##_f64)
#define SCHEME(unit, name, type, roles)                                                                                \
    ENTRY(unit, NULL, name, 32, type, roles, NULL), ENTRY(unit, NULL, name, 64, type, roles, NULL)

const optcert_kernel optcert_kernels[] = {
    OPTIMIZER("sgd", "sgd", sgd_step, oc_sgd_plan, "Tg", sgd),
    OPTIMIZER("sgd_momentum", "sgd-momentum", sgd_momentum_step, oc_sgd_momentum_plan, "TTg", sgd_momentum),
    OPTIMIZER("rmsprop", "rmsprop", rmsprop_step, oc_rmsprop_plan, "TVg", rmsprop),
    OPTIMIZER("rmsprop_newv", "rmsprop/new-v", rmsprop_newv_step, oc_rmsprop_newv_plan, "TVg", rmsprop),
    OPTIMIZER("adam", "adam", adam_step, oc_adam_coef, "TTVg", adam),
    OPTIMIZER("adamw", "adamw", adamw_step, oc_adamw_coef, "TTVg", adamw),
    OPTIMIZER("ema", NULL, ema_step, oc_ema_plan, "Tg", ema),
    SCHEME("sgd_sde", sgd_sde_order1, oc_sgd_sde_plan, "OOgv"),
    SCHEME("sgd_sde", sgd_sde_order2, oc_sgd_sde_plan, "OOggv"),
    SCHEME("rmsprop_sde", rmsprop_sde_coef, oc_rmsprop_sde_plan, "OOOvgv"),
    SCHEME("adam_sde", adam_sde_coef, oc_adam_sde_time, "OOOOgvgv"),
    SCHEME("adamw_sde", adamw_sde_decay, oc_adamw_sde_plan, "Tg"),
    SCHEME("euler_maruyama", euler_maruyama_step, oc_time_step, "Tggg"),
    SCHEME("milstein", milstein_step, oc_time_step, "Tgggg"),
    SCHEME("heun", heun_predict, oc_time_step, "Ogggg"),
    SCHEME("heun", heun_correct, oc_time_step, "Tggggg"),
    SCHEME("platen", platen_support, oc_time_step, "OOOgggg"),
    SCHEME("platen", platen_step, oc_time_step, "Tgggggg"),
    SCHEME("sra1", sra1_support, oc_time_step, "Oggggg"),
    SCHEME("sra1", sra1_step, oc_time_step, "Tgggggg"),
    SCHEME("svag", svag_mix, oc_svag_coef, "Ogg"),
    {NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL},
};

const optcert_kernel *optcert_kernel_of(const char *dialect)
{
    for (const optcert_kernel *kernel = optcert_kernels; kernel->unit != NULL; kernel++) {
        if (kernel->dialect != NULL && strcmp(kernel->dialect, dialect) == 0) {
            return kernel;
        }
    }
    return NULL;
}
