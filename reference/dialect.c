/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of dialects. See dialect.h. In the formulas: eta lr, lambda weight decay, mu momentum, tau dampening,
 * c_i = 1 - beta_i^(k+1), k = 0, 1, ...; a prime marks the new value. */
#include "dialect.h"

#include "elements.h"

#include <string.h>

enum {
    USES_SGD = OC_REF_LR,
    USES_MOMENTUM = OC_REF_LR | OC_REF_MOMENTUM,
    USES_RMS = OC_REF_LR | OC_REF_BETA2 | OC_REF_EPS,
    USES_ADAM = USES_RMS | OC_REF_BETA1,
    USES_ADAGRAD = OC_REF_LR | OC_REF_EPS
};

#define MV "m' = beta1 m + (1-beta1) g; v' = beta2 v + (1-beta2) g^2; "
#define RADAM MV "theta' = theta - eta m'/c1 while rho <= 5, then theta - eta r (m'/c1) "
#define V "v' = beta v + (1-beta) g^2"

static const oc_ref_dialect table[] = {
    {"sgd", "theta' = theta - eta g", "Robbins & Monro 1951", USES_SGD, 0, {0}, oc_ref_sgd, oc_ref_sgd_exact},
    {"sgd-momentum", "m' = mu m + g; theta' = theta - eta m'", "Polyak 1964 (heavy ball)", USES_MOMENTUM, 1, {"m"},
     oc_ref_sgd_momentum, oc_ref_sgd_momentum_exact},
    {"rmsprop", "theta' = theta - eta g / (sqrt v + eps); " V, "MLPA Def. 2.2 (old v divides)", USES_RMS, 1, {"v"},
     oc_ref_rmsprop, oc_ref_rmsprop_exact},
    {"rmsprop/new-v", V "; theta' = theta - eta g / (sqrt v' + eps)", "Tieleman & Hinton 2012; PyTorch", USES_RMS, 1,
     {"v"}, oc_ref_rmsprop_newv, oc_ref_rmsprop_newv_exact},
    {"adam", MV "theta' = theta - eta (m'/c1) / (sqrt(v'/c2) + eps)", "Kingma & Ba 2015, Alg. 1; MLPA Def. 2.3",
     USES_ADAM, 2, {"m", "v"}, oc_ref_adam, oc_ref_adam_exact},
    {"adamw", MV "theta' = theta - eta lambda theta - eta (m'/c1) / (sqrt(v'/c2) + eps)",
     "Loshchilov & Hutter 2019; PyTorch", USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"}, oc_ref_adamw,
     oc_ref_adamw_exact},

    {"sgd/l2", "theta' = theta - eta (g + lambda theta)", "coupled decay; PyTorch", USES_SGD | OC_REF_WEIGHT_DECAY, 0,
     {0}, oc_ref_sgd_l2, NULL},
    {"sgd-momentum/dampening", "m' = mu m + (1-tau) g; theta' = theta - eta m'", "dampening at every step",
     USES_MOMENTUM | OC_REF_DAMPENING, 1, {"m"}, oc_ref_sgd_momentum_dampening, NULL},
    {"sgd-momentum/dampening-after-first", "m' = g at k = 0, else mu m + (1-tau) g; theta' = theta - eta m'",
     "PyTorch", USES_MOMENTUM | OC_REF_DAMPENING, 1, {"m"}, oc_ref_sgd_momentum_dampening_after_first, NULL},
    {"sgd-momentum/nesterov", "m' = mu m + g; theta' = theta - eta (g + mu m')", "Sutskever et al. 2013; PyTorch",
     USES_MOMENTUM, 1, {"m"}, oc_ref_sgd_momentum_nesterov, NULL},
    {"sgd-momentum/l2", "m' = mu m + g + lambda theta; theta' = theta - eta m'", "coupled decay; PyTorch",
     USES_MOMENTUM | OC_REF_WEIGHT_DECAY, 1, {"m"}, oc_ref_sgd_momentum_l2, NULL},
    {"rmsprop/eps-inside-root", "theta' = theta - eta g / sqrt(v + eps); " V, "MLPA Def. 2.2 with eps in the root",
     USES_RMS, 1, {"v"}, oc_ref_rmsprop_eps_inside_root, NULL},
    {"rmsprop/new-v-eps-inside-root", V "; theta' = theta - eta g / sqrt(v' + eps)", "TensorFlow", USES_RMS, 1, {"v"},
     oc_ref_rmsprop_newv_eps_inside_root, NULL},
    {"rmsprop/new-v-l2", "rmsprop/new-v on g + lambda theta", "coupled decay; PyTorch", USES_RMS | OC_REF_WEIGHT_DECAY,
     1, {"v"}, oc_ref_rmsprop_newv_l2, NULL},
    {"adam/eps-hat", MV "theta' = theta - eta (m' sqrt(c2)/c1) / (sqrt v' + eps)",
     "Kingma & Ba 2015, section 2 (end); TensorFlow", USES_ADAM, 2, {"m", "v"}, oc_ref_adam_eps_hat, NULL},
    {"adam/eps-inside-root", MV "theta' = theta - eta (m'/c1) / sqrt(v'/c2 + eps)", "eps in the root", USES_ADAM, 2,
     {"m", "v"}, oc_ref_adam_eps_inside_root, NULL},
    {"adam/no-bias-correction", MV "theta' = theta - eta m' / (sqrt v' + eps)", "BERT's Adam (Devlin et al. 2019)",
     USES_ADAM, 2, {"m", "v"}, oc_ref_adam_no_bias_correction, NULL},
    {"adam/old-v", MV "theta' = theta - eta (m'/c1) / (sqrt(v/c2) + eps)", "old v divides", USES_ADAM, 2, {"m", "v"},
     oc_ref_adam_old_v, NULL},
    {"adam/l2", "adam on g + lambda theta", "coupled decay; PyTorch's Adam", USES_ADAM | OC_REF_WEIGHT_DECAY, 2,
     {"m", "v"}, oc_ref_adam_l2, NULL},
    {"adam/amsgrad", MV "vmax' = max(vmax, v'); theta' = theta - eta (m'/c1) / (sqrt(vmax'/c2) + eps)",
     "Reddi, Kale & Kumar 2018, with Adam's corrections; PyTorch", USES_ADAM, 3, {"m", "v", "vmax"},
     oc_ref_adam_amsgrad, NULL},
    {"adam/amsgrad-no-bias-correction", MV "vmax' = max(vmax, v'); theta' = theta - eta m' / (sqrt vmax' + eps)",
     "Reddi, Kale & Kumar 2018, Alg. 2", USES_ADAM, 3, {"m", "v", "vmax"}, oc_ref_adam_amsgrad_no_bias_correction,
     NULL},
    {"adamw/unscaled-decay", MV "theta' = theta - lambda theta - eta (m'/c1) / (sqrt(v'/c2) + eps)",
     "Loshchilov & Hutter 2019, Alg. 2 with schedule 1", USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"},
     oc_ref_adamw_unscaled_decay, NULL},
    {"adamw/decay-after", MV "theta' = (1 - eta lambda) (theta - eta (m'/c1) / (sqrt(v'/c2) + eps))",
     "decay applied to the moved theta", USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"}, oc_ref_adamw_decay_after,
     NULL},
    {"nadam", "adam with mhat = mu_(t+1) m'/(1-mu_1..mu_(t+1)) + (1-mu_t) g/(1-mu_1..mu_t), "
              "mu_t = beta1 (1 - 0.96^(0.004 t)/2), t = k+1",
     "Dozat 2016; PyTorch from 2.0", USES_ADAM, 2, {"m", "v"}, oc_ref_nadam, NULL},
    {"nadam/mu-twice", "nadam with mu_1..mu_t mu_t mu_(t+1) for mu_1..mu_(t+1)", "PyTorch before 2.0", USES_ADAM, 2,
     {"m", "v"}, oc_ref_nadam_mu_twice, NULL},
    {"nadam/constant-momentum", "adam with mhat = beta1 m'/(1-beta1^(k+2)) + (1-beta1) g/c1", "Dozat 2016, no schedule",
     USES_ADAM, 2, {"m", "v"}, oc_ref_nadam_constant_momentum, NULL},
    {"nadam/l2", "nadam on g + lambda theta", "coupled decay; PyTorch from 2.0", USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"},
     oc_ref_nadam_l2, NULL},
    {"nadam/mu-twice-l2", "nadam/mu-twice on g + lambda theta", "coupled decay; PyTorch before 2.0",
     USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"}, oc_ref_nadam_mu_twice_l2, NULL},
    {"nadam/decoupled-decay", "nadam, and theta' also loses eta lambda theta", "PyTorch's decoupled_weight_decay; Keras",
     USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"}, oc_ref_nadam_decoupled_decay, NULL},
    {"rmsprop/new-v-momentum", V "; m' = mu m + g / (sqrt v' + eps); theta' = theta - eta m'", "PyTorch",
     USES_RMS | OC_REF_MOMENTUM, 2, {"v", "m"}, oc_ref_rmsprop_newv_momentum, NULL},
    {"rmsprop/new-v-eps-inside-root-momentum", V "; m' = mu m + g / sqrt(v' + eps); theta' = theta - eta m'",
     "TensorFlow, whose m holds eta times this one", USES_RMS | OC_REF_MOMENTUM, 2, {"v", "m"},
     oc_ref_rmsprop_newv_eps_inside_root_momentum, NULL},
    {"adagrad", "v' = v + g^2; theta' = theta - eta g / (sqrt v' + eps)", "Duchi, Hazan & Singer 2011; PyTorch",
     USES_ADAGRAD, 1, {"v"}, oc_ref_adagrad, NULL},
    {"adagrad/eps-inside-root", "v' = v + g^2; theta' = theta - eta g / sqrt(v' + eps)", "Keras, Optax", USES_ADAGRAD, 1,
     {"v"}, oc_ref_adagrad_eps_inside_root, NULL},
    {"adagrad/l2", "adagrad on g + lambda theta", "coupled decay; PyTorch", USES_ADAGRAD | OC_REF_WEIGHT_DECAY, 1, {"v"},
     oc_ref_adagrad_l2, NULL},
    {"radam", RADAM "sqrt(c2) / (sqrt v' + eps); spec/radam.md",
     "Liu et al. 2020, as their code has it; PyTorch", USES_ADAM, 2, {"m", "v"}, oc_ref_radam, NULL},
    {"radam/eps-after-correction", RADAM "/ (sqrt(v'/c2) + eps); spec/radam.md", "Optax, TensorFlow Addons", USES_ADAM, 2,
     {"m", "v"}, oc_ref_radam_eps_after_correction, NULL},
    {"radam/threshold-4", "radam with the threshold 4 for 5", "Liu et al. 2020, Alg. 2 (there without eps)", USES_ADAM, 2,
     {"m", "v"}, oc_ref_radam_threshold_4, NULL},
    {"radam/l2", "radam on g + lambda theta", "coupled decay; PyTorch", USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"},
     oc_ref_radam_l2, NULL},
    {"radam/decoupled-decay", "radam, and theta' also loses eta lambda theta", "Liu et al. 2020, their code; PyTorch",
     USES_ADAM | OC_REF_WEIGHT_DECAY, 2, {"m", "v"}, oc_ref_radam_decoupled_decay, NULL},
};

size_t oc_ref_dialect_count(void)
{
    return sizeof table / sizeof table[0];
}

const oc_ref_dialect *oc_ref_dialect_at(size_t i)
{
    return &table[i];
}

const oc_ref_dialect *oc_ref_dialect_find(const char *name)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (strcmp(table[i].name, name) == 0) {
            return &table[i];
        }
    }
    return NULL;
}

int oc_ref_dialect_slot(const oc_ref_dialect *dialect, const char *slot)
{
    for (size_t s = 0; s < dialect->slots; s++) {
        if (strcmp(dialect->slot[s], slot) == 0) {
            return (int)s;
        }
    }
    return -1;
}
