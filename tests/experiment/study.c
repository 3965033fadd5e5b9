/* SPDX-License-Identifier: GPL-3.0-or-later
 * The arms of the two studies. Base values are such that kappa = 16 is still inside the rule's domain:
 * kappa (1 - beta1) < 1. */
#include "study.h"

#include <stdlib.h>
#include <string.h>

static const oc_hyper digits_hyper = {
    .lr = 5e-4, .beta1 = 0.98, .beta2 = 0.998, .eps = 1e-4, .weight_decay = 0.05};
static const oc_hyper text_hyper = {
    .lr = 5e-4, .beta1 = 0.98, .beta2 = 0.998, .eps = 1e-5, .weight_decay = 0.05};

/* Every point of a curve must fall on a whole step at every batch ratio, and in the shorter SVAG runs. */
static void make_whole(optcert_study *study)
{
    const size_t ratio = study->kappa_max > study->svag_part ? study->kappa_max : study->svag_part; /* powers of 2 */
    const size_t grid = (OPTCERT_CURVE - 1) * ratio;
    for (size_t i = 0; i < study->nets; i++) {
        study->base[i].steps -= study->base[i].steps % grid;
    }
}

void optcert_study_digits(optcert_study *study, bool quick)
{
    const size_t epochs = quick ? 4 : 20, batch = 4;
    const optcert_base base = {.hyper = digits_hyper,
                               .batch = batch,
                               .steps = epochs * 1440 / batch,
                               .evaluations = OPTCERT_CURVE - 1,
                               .evaluated = 4096,
                               .average = 0.998};
    *study = (optcert_study){.name = "digits",
                             .nets = quick ? 1 : 2,
                             .net = {OPTCERT_NET_MLP, OPTCERT_NET_CONV},
                             .base = {base, base},
                             .kappa_max = quick ? 4 : 16,
                             .svag_max = quick ? 2 : 8,
                             .svag_part = quick ? 1 : 8,
                             .seeds = quick ? 3 : 10,
                             .seed = 1};
    make_whole(study);
}

/* From single sequences on: their gradients have their mean's size at a batch of about 2 when training begins and of 20 to
 * 60 for most of it, so that larger batches would leave no room below it. */
void optcert_study_text(optcert_study *study, bool quick)
{
    const optcert_base base = {.hyper = text_hyper,
                               .batch = 1,
                               .steps = quick ? 640 : 1600,
                               .evaluations = OPTCERT_CURVE - 1,
                               .evaluated = 1024,
                               .average = 0.998};
    *study = (optcert_study){.name = "text",
                             .nets = 1,
                             .net = {OPTCERT_NET_TRANSFORMER},
                             .base = {base},
                             .kappa_max = quick ? 2 : 16,
                             .svag_max = quick ? 1 : 8,
                             .svag_part = quick ? 1 : 16,
                             .seeds = quick ? 3 : 5,
                             .seed = 1};
    make_whole(study);
}

void optcert_groups_close(optcert_groups *groups)
{
    for (size_t i = 0; i < groups->count; i++) {
        free(groups->group[i].curve);
    }
    free(groups->group);
    *groups = (optcert_groups){0};
}

static bool same_arm(const optcert_arm *a, const optcert_arm *b)
{
    return a->net == b->net && a->optimizer == b->optimizer && a->rule == b->rule && a->kappa == b->kappa &&
           a->svag == b->svag && a->average == b->average;
}

const optcert_group *optcert_groups_find(const optcert_groups *groups, const optcert_arm *arm)
{
    for (size_t i = 0; i < groups->count; i++) {
        if (same_arm(&groups->group[i].arm, arm)) {
            return &groups->group[i];
        }
    }
    return NULL;
}

/* Adds a group once; memory failures are seen by the caller as a NULL curve. */
static int add(const optcert_study *study, optcert_groups *groups, size_t net, optcert_arm arm)
{
    arm.net = study->net[net];
    arm.seed = study->seed;
    if (optcert_groups_find(groups, &arm) != NULL) {
        return 0;
    }
    optcert_group *grown = realloc(groups->group, (groups->count + 1) * sizeof *grown);
    if (grown == NULL) {
        return -1;
    }
    groups->group = grown;
    optcert_group *group = &grown[groups->count];
    *group = (optcert_group){.arm = arm, .net = net, .base = study->base[net]};
    if (arm.svag > 1 || (arm.svag == 1 && arm.rule == OPTCERT_RULE_NONE && arm.kappa == 1)) {
        group->base.steps /= study->svag_part; /* the SVAG arms and what they are compared with */
    }
    group->status = optcert_arm_training(&arm, &group->base, &group->run);
    group->curve = calloc(study->seeds * OPTCERT_CURVE, sizeof *group->curve);
    if (group->curve == NULL) {
        return -1;
    }
    groups->count++;
    return 0;
}

/* At batch ratio 1 all rules agree: the group carries the square-root rule's name. */
static int add_rules(const optcert_study *study, optcert_groups *groups, size_t net, optcert_trainer optimizer,
                     uint32_t kappa)
{
    static const optcert_rule rules[] = {OPTCERT_RULE_ROOT,       OPTCERT_RULE_LINEAR,    OPTCERT_RULE_NONE,
                                         OPTCERT_RULE_FIXED_LR,   OPTCERT_RULE_FIXED_BETA, OPTCERT_RULE_FIXED_EPS,
                                         OPTCERT_RULE_FIXED_DECAY};
    const bool adamw = optimizer == OPTCERT_TRAIN_ADAMW;
    const size_t used = kappa == 1 ? 1 : sizeof rules / sizeof rules[0] - !adamw;
    int failed = 0;
    for (size_t r = 0; r < used; r++) {
        failed |= add(study, groups, net,
                      (optcert_arm){.optimizer = optimizer, .rule = rules[r], .kappa = kappa, .svag = 1});
    }
    return failed;
}

static int add_average(const optcert_study *study, optcert_groups *groups, size_t net, uint32_t kappa)
{
    optcert_arm arm = {.optimizer = OPTCERT_TRAIN_ADAM, .kappa = kappa, .svag = 1, .average = true};
    int failed = add(study, groups, net, arm);
    arm.rule = OPTCERT_RULE_FIXED_DECAY;
    return kappa == 1 ? failed : failed | add(study, groups, net, arm);
}

static int add_svag(const optcert_study *study, optcert_groups *groups, size_t net, optcert_trainer optimizer)
{
    int failed = 0;
    for (uint32_t l = 1; l <= study->svag_max; l *= 2) {
        failed |= add(study, groups, net,
                      (optcert_arm){.optimizer = optimizer, .rule = OPTCERT_RULE_NONE, .kappa = 1, .svag = l});
    }
    return failed;
}

int optcert_study_plan(const optcert_study *study, optcert_groups *groups)
{
    int failed = 0;
    *groups = (optcert_groups){0};
    for (size_t net = 0; net < study->nets; net++) {
        for (uint32_t kappa = 1; kappa <= study->kappa_max; kappa *= 2) {
            failed |= add_rules(study, groups, net, OPTCERT_TRAIN_RMSPROP, kappa);
            failed |= add_rules(study, groups, net, OPTCERT_TRAIN_ADAM, kappa);
            failed |= add_rules(study, groups, net, OPTCERT_TRAIN_ADAMW, kappa);
            failed |= add_average(study, groups, net, kappa);
        }
        failed |= add_svag(study, groups, net, OPTCERT_TRAIN_RMSPROP);
        failed |= add_svag(study, groups, net, OPTCERT_TRAIN_ADAM);
    }
    if (failed) {
        optcert_groups_close(groups);
        return -1;
    }
    return 0;
}
