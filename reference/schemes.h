/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bit-exact references of the integrators and of the limits' coefficients: one coordinate of one output each,
 * operation by operation in the order of spec/UNIT.md. Inputs come in the order of the contracts' logic. */
#ifndef OC_REF_SCHEMES_H
#define OC_REF_SCHEMES_H
#include "arith.h"

/* The fields of a time step in the format: binary64 computations, converted once (spec/time_step.md). */
typedef struct oc_ref_time {
    double h, half, third, two_thirds, three_quarters, root, half_root, quarter_root;
    double inv_root3; /* 1/sqrt 3 rounded once */
} oc_ref_time;

oc_ref_time oc_ref_time_of(const oc_ref_format *format, double h);

/* The scalars of the limits in the format (spec/sgd_sde.md, spec/adam_sde.md); eps_t, ratio, noise at one time. */
typedef struct oc_ref_limit {
    double sigma0, eps0, c1, c2, lambda0;
    double eps_t, ratio, noise;         /* Adam */
    double half_eta, sgd_noise;         /* SGD */
} oc_ref_limit;

typedef struct oc_ref_limit_input {
    double sigma0, eps0, c1, c2, lambda0, gamma1, gamma2, eta, sigma;
} oc_ref_limit_input;

oc_ref_limit oc_ref_limit_of(const oc_ref_format *format, const oc_ref_limit_input *input);

double oc_ref_euler_maruyama(oc_ref_arith *arith, const oc_ref_time *t, const double in[4]); /* x a b z */
double oc_ref_milstein(oc_ref_arith *arith, const oc_ref_time *t, const double in[5]);       /* x a b b' z */
double oc_ref_heun(oc_ref_arith *arith, const oc_ref_time *t, const double in[6]);           /* x a a2 b b2 z */
double oc_ref_platen_up(oc_ref_arith *arith, const oc_ref_time *t, const double in[4]);      /* x a b z */
double oc_ref_platen_down(oc_ref_arith *arith, const oc_ref_time *t, const double in[4]);    /* x a b z */
double oc_ref_platen(oc_ref_arith *arith, const oc_ref_time *t, const double in[7]);         /* x a ay b bup bdown z */
double oc_ref_sra1_support(oc_ref_arith *arith, const oc_ref_time *t, const double in[5]);   /* x a b1 z1 z2 */
double oc_ref_sra1(oc_ref_arith *arith, const oc_ref_time *t, const double in[7]);           /* x a ay b0 b1 z1 z2 */
double oc_ref_talay_tubaro(oc_ref_arith *arith, const double in[2]);                         /* fine coarse */

double oc_ref_sgd_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2]);      /* g sd */
double oc_ref_sgd_diffusion(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2]);  /* g sd */
double oc_ref_sgd_drift2(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3]);     /* g hg sd */
double oc_ref_rmsprop_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3]);  /* u g sd */
double oc_ref_rmsprop_diffusion(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3]);
double oc_ref_rmsprop_drift_u(oc_ref_arith *arith, const oc_ref_limit *p, const double in[3]);
double oc_ref_adam_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4]);     /* m u g sd */
double oc_ref_adam_drift_m(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4]);
double oc_ref_adam_diffusion_m(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4]);
double oc_ref_adam_drift_u(oc_ref_arith *arith, const oc_ref_limit *p, const double in[4]);
double oc_ref_adamw_drift(oc_ref_arith *arith, const oc_ref_limit *p, const double in[2]);    /* drift theta */

/* Parts that several schemes share. */
double oc_ref_drift(oc_ref_arith *arith, double h, double x, double a);         /* x + a h */
double oc_ref_noise(oc_ref_arith *arith, double root, double b, double z);      /* b root z */
double oc_ref_square_less_one(oc_ref_arith *arith, double z);                   /* z z - 1 */
double oc_ref_preconditioner(oc_ref_arith *arith, double sigma0, double eps0, double u);
double oc_ref_relax_u(oc_ref_arith *arith, double c2, double sd, double u);     /* c2 (sd sd - u) */

#endif
