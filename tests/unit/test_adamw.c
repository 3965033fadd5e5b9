/* SPDX-License-Identifier: GPL-3.0-or-later
 * AdamW (Loshchilov & Hutter 2019): Adam on a theta that has first lost lr lambda theta. */
#include "optimizer.h"

#include <math.h>

#define HYPER {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.75, .eps = 2, .weight_decay = 0.5}
#define NO_DECAY {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.75, .eps = 2}

static const unit_case table[] = {
    {"first step: a quarter decays, then Adam's quarter", HYPER, 0, 1, {0, 0}, 2, 0.5, {1, 1}},
    {"decay without a gradient", HYPER, 0, 2, {0, 0}, 0, 1.5, {0, 0}},
    {"no decay is Adam", NO_DECAY, 0, 1, {0, 0}, 2, 0.75, {1, 1}},
    {"negative theta decays towards 0", HYPER, 0, -2, {0, 0}, 0, -1.5, {0, 0}},
    {"infinite theta: inf - inf", HYPER, 0, INFINITY, {0, 0}, 2, NAN, {1, 1}},
    {"no decay of infinite theta: 0 * inf", NO_DECAY, 0, INFINITY, {0, 0}, 2, NAN, {1, 1}},
    {"NaN gradient", HYPER, 0, 1, {0, 0}, NAN, NAN, {NAN, NAN}},
};

UNIT_OPTIMIZER(adamw, "adamw", table)
