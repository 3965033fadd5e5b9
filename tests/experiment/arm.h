/* SPDX-License-Identifier: GPL-3.0-or-later
 * An arm of a study: one way to set the hyper-parameters, run with one seed. */
#ifndef OPTCERT_ARM_H
#define OPTCERT_ARM_H
#include "train.h"

#include "optcert/status.h"

/* How hyper-parameters follow the batch size. The last three leave one part of the square-root rule out. */
typedef enum optcert_rule {
    OPTCERT_RULE_ROOT,        /* MLPA's square-root rule */
    OPTCERT_RULE_LINEAR,      /* lr * kappa, nothing else */
    OPTCERT_RULE_NONE,        /* nothing changes */
    OPTCERT_RULE_FIXED_LR,    /* the rule, but lr stays */
    OPTCERT_RULE_FIXED_BETA,  /* the rule, but the betas stay */
    OPTCERT_RULE_FIXED_EPS,   /* the rule, but eps stays */
    OPTCERT_RULE_FIXED_DECAY, /* the rule, but the averaging decay (EMA) or lambda (AdamW) stays */
    OPTCERT_RULES
} optcert_rule;

const char *optcert_rule_text(optcert_rule rule);
const char *optcert_trainer_text(optcert_trainer optimizer);

typedef enum optcert_net_kind { OPTCERT_NET_MLP, OPTCERT_NET_CONV, OPTCERT_NET_TRANSFORMER } optcert_net_kind;

const char *optcert_net_text(optcert_net_kind kind);

/* Where a study starts: the values at batch ratio 1. */
typedef struct optcert_base {
    oc_hyper hyper;
    size_t batch, steps, evaluations, evaluated;
    double average; /* decay of the iterate average in the arms that have one */
} optcert_base;

typedef struct optcert_arm {
    optcert_net_kind net;
    optcert_trainer optimizer;
    optcert_rule rule;
    uint32_t kappa; /* batch ratio */
    uint32_t svag;  /* amplification; 1: none */
    bool average;   /* evaluates the average of the iterates */
    uint64_t seed;
} optcert_arm;

enum { OPTCERT_ARM_KEY = 512 }; /* five numbers in %a, and the names, at their longest */

/* A text that names the arm and all that its course depends on: numbers, data, and the sources that compute it. */
void optcert_arm_key(const optcert_arm *arm, const optcert_base *base, const optcert_dataset *data,
                     char key[OPTCERT_ARM_KEY]);

/* The run of an arm. OC_OK, or why the rule has no answer there. */
oc_status optcert_arm_training(const optcert_arm *arm, const optcert_base *base, optcert_training *run);

#endif
