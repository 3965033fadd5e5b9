/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialects as models. */
#include "model.h"

#include <string.h>

/* clang-format off */
#define SUM   [TRAIT_FIRST] = MODEL_FIRST_SUM
#define RMS   [TRAIT_SECOND] = MODEL_SECOND_AVERAGE
#define BOTH  [TRAIT_FIRST] = MODEL_FIRST_AVERAGE, [TRAIT_SECOND] = MODEL_SECOND_AVERAGE
#define ADAM  BOTH, [TRAIT_CORRECTION] = MODEL_CORRECTION_BOTH
#define RADAM ADAM, [TRAIT_RECTIFIED] = MODEL_RECTIFIED_FROM_5, [TRAIT_EPS] = MODEL_EPS_HAT
#define GRADS [TRAIT_SECOND] = MODEL_SECOND_SUM
#define L2    [TRAIT_DECAY] = MODEL_DECAY_COUPLED

static const struct {
    const char *dialect;
    uint8_t trait[TRAITS];
} table[] = {
    {"sgd", {0}},
    {"sgd/l2", {L2}},
    {"sgd-momentum", {SUM}},
    {"sgd-momentum/l2", {SUM, L2}},
    {"sgd-momentum/nesterov", {SUM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NESTEROV}},
    {"sgd-momentum/dampening", {[TRAIT_FIRST] = MODEL_FIRST_DAMPED}},
    {"sgd-momentum/dampening-after-first", {[TRAIT_FIRST] = MODEL_FIRST_DAMPED_LATER}},
    {"rmsprop", {RMS, [TRAIT_OLD_SECOND] = 1}},
    {"rmsprop/eps-inside-root", {RMS, [TRAIT_OLD_SECOND] = 1, [TRAIT_EPS] = MODEL_EPS_INSIDE}},
    {"rmsprop/new-v", {RMS}},
    {"rmsprop/new-v-eps-inside-root", {RMS, [TRAIT_EPS] = MODEL_EPS_INSIDE}},
    {"rmsprop/new-v-l2", {RMS, L2}},
    {"rmsprop/new-v-momentum", {RMS, [TRAIT_FIRST] = MODEL_FIRST_QUOTIENT}},
    {"rmsprop/new-v-eps-inside-root-momentum", {RMS, [TRAIT_FIRST] = MODEL_FIRST_QUOTIENT, [TRAIT_EPS] = MODEL_EPS_INSIDE}},
    {"adagrad", {GRADS}},
    {"adagrad/eps-inside-root", {GRADS, [TRAIT_EPS] = MODEL_EPS_INSIDE}},
    {"adagrad/l2", {GRADS, L2}},
    {"adam", {ADAM}},
    {"adam/eps-hat", {ADAM, [TRAIT_EPS] = MODEL_EPS_HAT}},
    {"adam/eps-inside-root", {ADAM, [TRAIT_EPS] = MODEL_EPS_INSIDE}},
    {"adam/no-bias-correction", {BOTH}},
    {"adam/old-v", {ADAM, [TRAIT_OLD_SECOND] = 1}},
    {"adam/l2", {ADAM, L2}},
    {"adam/amsgrad", {ADAM, [TRAIT_DIVISOR] = MODEL_DIVISOR_MAXIMUM}},
    {"adam/amsgrad-no-bias-correction", {BOTH, [TRAIT_DIVISOR] = MODEL_DIVISOR_MAXIMUM}},
    {"adamw", {ADAM, [TRAIT_DECAY] = MODEL_DECAY_DECOUPLED}},
    {"adamw/unscaled-decay", {ADAM, [TRAIT_DECAY] = MODEL_DECAY_UNSCALED}},
    {"adamw/decay-after", {ADAM, [TRAIT_DECAY] = MODEL_DECAY_AFTER}},
    {"nadam", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM}},
    {"nadam/mu-twice", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM_MU_TWICE}},
    {"nadam/constant-momentum", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM_CONSTANT}},
    {"nadam/l2", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM, L2}},
    {"nadam/mu-twice-l2", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM_MU_TWICE, L2}},
    {"nadam/decoupled-decay", {ADAM, [TRAIT_DIRECTION] = MODEL_DIRECTION_NADAM, [TRAIT_DECAY] = MODEL_DECAY_DECOUPLED}},
    {"radam", {RADAM}},
    {"radam/eps-after-correction", {ADAM, [TRAIT_RECTIFIED] = MODEL_RECTIFIED_FROM_5}},
    {"radam/threshold-4", {ADAM, [TRAIT_RECTIFIED] = MODEL_RECTIFIED_FROM_4, [TRAIT_EPS] = MODEL_EPS_HAT}},
    {"radam/l2", {RADAM, L2}},
    {"radam/decoupled-decay", {RADAM, [TRAIT_DECAY] = MODEL_DECAY_DECOUPLED}},
};
/* clang-format on */

optcert_model optcert_model_of(const oc_ref_dialect *dialect)
{
    optcert_model model = {0};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strcmp(table[i].dialect, dialect->name) == 0) {
            memcpy(model.trait, table[i].trait, sizeof model.trait);
        }
    }
    return model;
}

optcert_model optcert_model_without(const optcert_model *model, optcert_part part, size_t block)
{
    optcert_model silent = *model;
    silent.part = part;
    silent.block = block;
    silent.part_trait = TRAITS;
    return silent;
}
