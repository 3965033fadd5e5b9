/* SPDX-License-Identifier: GPL-3.0-or-later
 * A study's chain and its limit as arrays of paths: the library's kernels on n = dimension * width numbers, laid out
 * [coordinate][path]. */
#ifndef OPTCERT_MODEL_H
#define OPTCERT_MODEL_H
#include "study.h"

#include "optcert/fast.h"
#include "optcert/fast_sde.h"

/* The state of `width` paths. The chain's u is v/sigma^2; unit = sigma^2 (limit: 1). */
typedef struct optcert_paths {
    size_t dimension, width;
    double *theta, *m, *v;
    double unit;
} optcert_paths;

/* Arrays of dimension * width numbers that a step works in. */
typedef struct optcert_scratch {
    double *grad, *sd, *drift, *diffusion, *drift_m, *drift_u, *zero;
} optcert_scratch;

typedef struct optcert_chain_model {
    const optcert_study *study;
    oc_isa isa;
    double h, noise; /* sigma of the gradient oracle */
    uint64_t first;  /* Adam's k at the start */
    union {
        oc_sgd_plan_f64 sgd;
        oc_rmsprop_plan_f64 rmsprop;
        oc_adamw_plan_f64 adamw;
    } plan;
} optcert_chain_model;

typedef struct optcert_limit_model {
    const optcert_study *study;
    oc_isa isa;
    double chain_step; /* SGD's limit depends on the chain's h */
    oc_time_step_f64 step;
    oc_limit limit;
    union {
        oc_sgd_sde_plan_f64 sgd;
        oc_rmsprop_sde_plan_f64 rmsprop;
        oc_adamw_sde_plan_f64 adamw;
    } plan;
} optcert_limit_model;

/* sigma of the gradient oracle at steps of h (optimizer_map.h). */
double optcert_model_sigma(const optcert_study *study, double h);

/* The chain with steps of h = T/steps. False with a reason where the study cannot be run so. */
bool optcert_chain_model_open(optcert_chain_model *model, const optcert_study *study, size_t steps,
                              char reason[OPTCERT_DATA_REASON]);

/* Its limit, with `parts` Euler-Maruyama steps to a step of the chain. */
bool optcert_limit_model_open(optcert_limit_model *model, const optcert_study *study, size_t steps, size_t parts,
                              char reason[OPTCERT_DATA_REASON]);

/* Puts every path at the study's start. */
void optcert_paths_start(optcert_paths *paths, const optcert_study *study, double unit);

/* Step number k with noise z (mean 0, variance 1, not yet scaled by Sigma). */
void optcert_chain_model_step(const optcert_chain_model *model, size_t k, const double *z, optcert_scratch *scratch,
                              optcert_paths *paths);
void optcert_limit_model_step(const optcert_limit_model *model, size_t k, const double *z, optcert_scratch *scratch,
                              optcert_paths *paths);

/* grad f and the square root of diag Sigma at theta. */
void optcert_model_oracle(const optcert_study *study, const optcert_paths *paths, double *grad, double *sd);

#endif
