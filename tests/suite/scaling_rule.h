/* SPDX-License-Identifier: GPL-3.0-or-later
 * A run's hyper-parameters at another batch size: by the scaling rule, as the library computes it, or by one of the
 * mistakes that a suite must tell from it. */
#ifndef OPTCERT_SCALING_RULE_H
#define OPTCERT_SCALING_RULE_H
#include "optimizer_map.h"

#include "optcert/hyper.h"
#include "optcert/status.h"

typedef enum optcert_scaling_rule {
    OPTCERT_SCALING_TRUE,
    OPTCERT_SCALING_LINEAR_LR, /* adaptive methods: lr * kappa */
    OPTCERT_SCALING_ROOT_LR,   /* SGD: lr * sqrt(kappa) */
    OPTCERT_SCALING_KEPT_LR,   /* all but lr */
    OPTCERT_SCALING_LR_ALONE,  /* lr and nothing else */
    OPTCERT_SCALING_KEPT_BETAS,
    OPTCERT_SCALING_KEPT_EPS,
    OPTCERT_SCALING_WRONG_EPS, /* eps * sqrt(kappa) */
    OPTCERT_SCALING_KEPT_DECAY,
    OPTCERT_SCALING_KEPT_AVERAGE,
    OPTCERT_SCALING_KEPT_STEPS,
    OPTCERT_SCALING_RULES
} optcert_scaling_rule;

/* A run: the noise scale sigma of its batches, its steps, and the step that it starts at (for bias corrections). */
typedef struct optcert_scaling_run {
    oc_hyper hyper;
    double average; /* decay of the iterate average; 0: none */
    double sigma, steps, first;
} optcert_scaling_run;

const char *optcert_scaling_rule_name(optcert_scaling_rule rule);
const char *optcert_scaling_rule_text(optcert_scaling_rule rule);
/* OPTCERT_SCALING_RULES when there is none of that name. */
optcert_scaling_rule optcert_scaling_rule_find(const char *name);

/* Whether the rule differs from the true one for a run of this optimizer. */
bool optcert_scaling_rule_matters(optcert_scaling_rule rule, optcert_optimizer optimizer, const optcert_scaling_run *run);

/* The run with batches kappa times as large; sigma becomes sigma/sqrt(kappa) under every rule. */
oc_status optcert_scaling_apply(optcert_scaling_rule rule, optcert_optimizer optimizer, const optcert_scaling_run *from,
                                double kappa, optcert_scaling_run *to);

/* The run that a study's chain of `steps` steps is, and the study of a run (its step count must be whole). */
void optcert_scaling_run_of(const optcert_dynamics *dynamics, double t0, double horizon, size_t steps,
                            optcert_scaling_run *run);
void optcert_scaling_study_of(const optcert_scaling_run *run, optcert_dynamics *dynamics, double *t0, double *horizon);

#endif
