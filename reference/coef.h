/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the element functions of the true references work with: hyper-parameters as exact reals, the
 * quantities of the step that follow from them, scratch, and the phrases that optimizers share. */
#ifndef OC_REF_COEF_H
#define OC_REF_COEF_H
#include "dialect.h"

enum {
    C_LR,
    C_BETA1,
    C_BETA2,
    C_EPS,
    C_WEIGHT_DECAY,
    C_MOMENTUM,
    C_W1,       /* 1 - beta1 */
    C_W2,       /* 1 - beta2 */
    C_UNDAMPED, /* 1 - dampening */
    C_C1,       /* 1 - beta1^(step + 1) */
    C_C2,       /* 1 - beta2^(step + 1) */
    C_ONE,
    C_KEPT,      /* 1: the weight of what a sum has accumulated */
    C_QUOTIENT,  /* 1: the weight of a quotient that enters a sum */
    C_RECTIFIER, /* 1: RAdam's factor comes with it */
    C_MU,           /* NAdam: mu_t, t = step + 1 */
    C_MU_NEXT,      /* mu_(t+1) */
    C_PRODUCT,      /* mu_1 ... mu_t */
    C_PRODUCT_NEXT, /* mu_1 ... mu_(t+1) */
    C_RATIO,        /* 0.96^psi */
    C_POWER,        /* 0.96^(psi (t+1)) */
    C_FACTOR,       /* mu_t / beta1 */
    C_FACTOR_NEXT,  /* mu_(t+1) / beta1 */
    C_FACTORS,      /* mu_1 ... mu_t / beta1^t */
    C_COUNT
};
enum { COEF_SCRATCH = 9 };

struct oc_ref_coef {
    oc_ref_ball c[C_COUNT];
    oc_ref_ball t[COEF_SCRATCH]; /* t[4] and t[5] belong to the phrases below */
    uint64_t step;               /* 0-based index of the step being taken */
    double psi;                  /* NAdam: of its schedule of momenta */
    uint64_t schedule;           /* the t that C_POWER .. C_FACTORS belong to; 0: none yet */
    uint64_t momenta;            /* the t that C_MU .. C_PRODUCT_NEXT belong to; 0: none yet */
};

void oc_ref_coef_init(oc_ref_coef *coef, const optcert_hyper *hyper, mpfr_prec_t prec);
void oc_ref_coef_set(oc_ref_coef *coef, const optcert_hyper *hyper); /* of one that is initialised */
void oc_ref_coef_clear(oc_ref_coef *coef);

/* Makes coef that of this step of the dialect. */
void oc_ref_coef_at(oc_ref_coef *coef, uint64_t step, double beta1, double beta2);

/* x' = c[decay] x + c[weight] in */
void oc_ref_average(oc_ref_coef *coef, oc_ref_ball *x, int decay, int weight, const oc_ref_ball *in);
/* v' = beta2 v + (1 - beta2) g^2 */
void oc_ref_average_square(oc_ref_coef *coef, oc_ref_ball *v, const oc_ref_ball *grad);
/* r = sqrt(x) + eps */
void oc_ref_root_plus_eps(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *x);
/* r = sqrt(x + eps) */
void oc_ref_root_of_sum(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *x);
/* theta' = theta - lr num / den; den may be C_ONE's ball */
void oc_ref_go_down(oc_ref_coef *coef, oc_ref_ball *theta, const oc_ref_ball *num, const oc_ref_ball *den);
/* r = g + weight_decay theta */
void oc_ref_couple_decay(oc_ref_coef *coef, oc_ref_ball *r, const oc_ref_ball *theta, const oc_ref_ball *grad);
/* theta' = theta - lr weight_decay theta */
void oc_ref_decay(oc_ref_coef *coef, oc_ref_ball *theta);

#endif
