/* SPDX-License-Identifier: GPL-3.0-or-later
 * From an arm to its hyper-parameters: the library's scaling functions, then what the arm leaves out. */
#include "arm.h"

#include "course_digest.h"

#include "optcert/scaling.h"

#include <stdio.h>

const char *optcert_rule_text(optcert_rule rule)
{
    static const char *const text[OPTCERT_RULES] = {"square-root", "linear",    "none",       "fixed-lr",
                                                    "fixed-betas", "fixed-eps", "fixed-decay"};
    return text[rule];
}

const char *optcert_trainer_text(optcert_trainer optimizer)
{
    static const char *const text[] = {"rmsprop", "adam", "adamw"};
    return text[optimizer];
}

const char *optcert_net_text(optcert_net_kind kind)
{
    static const char *const text[] = {"mlp", "conv", "transformer"};
    return text[kind];
}

void optcert_arm_key(const optcert_arm *arm, const optcert_base *base, const optcert_dataset *data,
                     char key[OPTCERT_ARM_KEY])
{
    snprintf(key, OPTCERT_ARM_KEY, "%.16s/%.16s/%s/%s/%s/k%u/l%u/avg%g/s%llu|%a,%a,%a,%a,%a|%zu,%zu,%zu,%zu",
             OPTCERT_COURSE_SHA256, data->digest, optcert_net_text(arm->net), optcert_trainer_text(arm->optimizer), optcert_rule_text(arm->rule),
             arm->kappa, arm->svag, arm->average ? base->average : 0.0, (unsigned long long)arm->seed,
             base->hyper.lr, base->hyper.beta1, base->hyper.beta2, base->hyper.eps, base->hyper.weight_decay,
             base->batch, base->steps, base->evaluations, base->evaluated);
}

static oc_status scale(optcert_trainer optimizer, double kappa, const oc_hyper *from, oc_hyper *to)
{
    switch (optimizer) {
    case OPTCERT_TRAIN_RMSPROP:
        return oc_scale_rmsprop(from, kappa, to);
    case OPTCERT_TRAIN_ADAM:
        return oc_scale_adam(from, kappa, to);
    case OPTCERT_TRAIN_ADAMW:
        return oc_scale_adamw(from, kappa, to);
    }
    return OC_ERR_KAPPA;
}

/* Puts back what the arm's rule does not scale. */
static void leave_out(optcert_rule rule, const oc_hyper *from, oc_hyper *to)
{
    switch (rule) {
    case OPTCERT_RULE_LINEAR:
    case OPTCERT_RULE_NONE:
        *to = *from;
        break;
    case OPTCERT_RULE_FIXED_LR:
        to->lr = from->lr;
        break;
    case OPTCERT_RULE_FIXED_BETA:
        to->beta1 = from->beta1;
        to->beta2 = from->beta2;
        break;
    case OPTCERT_RULE_FIXED_EPS:
        to->eps = from->eps;
        break;
    case OPTCERT_RULE_FIXED_DECAY:
        to->weight_decay = from->weight_decay;
        break;
    default:
        break;
    }
}

oc_status optcert_arm_training(const optcert_arm *arm, const optcert_base *base, optcert_training *run)
{
    const bool scales_average = arm->rule != OPTCERT_RULE_FIXED_DECAY && arm->kappa > 1;
    const double l = arm->svag;
    oc_hyper hyper = base->hyper;
    double average = arm->average ? base->average : 0.0;
    oc_status status = arm->kappa == 1 ? OC_OK : scale(arm->optimizer, arm->kappa, &base->hyper, &hyper);
    if (status == OC_OK && arm->average && scales_average) {
        status = oc_scale_ema(base->average, arm->kappa, &average);
    }
    if (status != OC_OK) {
        return status;
    }
    leave_out(arm->rule, &base->hyper, &hyper);
    if (arm->rule == OPTCERT_RULE_LINEAR) {
        hyper.lr = base->hyper.lr * arm->kappa;
    }
    if (arm->svag > 1) { /* the noise is l times as large, as at a batch l^2 times smaller (MLPA Sect. 6) */
        const oc_hyper plain = hyper;
        status = scale(arm->optimizer, 1 / (l * l), &plain, &hyper);
    }
    *run = (optcert_training){.optimizer = arm->optimizer,
                              .hyper = hyper,
                              .batch = base->batch * arm->kappa,
                              .steps = base->steps / arm->kappa * arm->svag * arm->svag,
                              .evaluations = base->evaluations,
                              .evaluated = base->evaluated,
                              .svag = arm->svag,
                              .average = average,
                              .seed = arm->seed};
    return status;
}
