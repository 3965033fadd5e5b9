/* SPDX-License-Identifier: GPL-3.0-or-later
 * RMSprop (MLPA Def. 2.2): the old v divides; and the new-v dialect. */
#include "optimizer.h"

#include <math.h>

#define HYPER {.lr = 0.5, .beta2 = 0.75, .eps = 0.5}
#define ZERO_EPS {.lr = 0.5, .beta2 = 0.75, .eps = 0, .flags = OC_ALLOW_ZERO_EPS}

static const unit_case old_v[] = {
    {"definition: sqrt 2.25 + 0.5 divides", HYPER, 0, 1, {2.25}, 2, 0.5, {2.6875}},
    {"v = 0: eps alone divides", HYPER, 0, 1, {0}, 1, 0, {0.25}},
    {"zero gradient: v decays", HYPER, 3, 1, {4}, 0, 1, {3}},
    {"eps = 0, v = 0, g = 0: 0/0", ZERO_EPS, 0, 1, {0}, 0, NAN, {0}},
    {"eps = 0, v = 0: division by zero", ZERO_EPS, 0, 1, {0}, -2, INFINITY, {1}},
    {"NaN gradient", HYPER, 0, 1, {4}, NAN, NAN, {NAN}},
    {"infinite gradient", HYPER, 0, 1, {4}, INFINITY, -INFINITY, {INFINITY}},
    {"infinite v stops the step", HYPER, 0, 1, {INFINITY}, 2, 1, {INFINITY}},
    {"negative v: invalid root", HYPER, 0, 1, {-1}, 2, NAN, {0.25}},
    {"root of -0 is -0", HYPER, 0, 1, {-0.0}, 1, 0, {0.25}},
};

static const unit_case new_v[] = {
    {"definition: v' = 2.25 divides", HYPER, 0, 1, {0}, 3, 0.25, {2.25}},
    {"definition: v' = 8.25 + 4 divides", HYPER, 0, 1, {11}, 4, 0.5, {12.25}},
    {"zero gradient: v decays", HYPER, 0, 1, {4}, 0, 1, {3}},
    {"eps = 0, all 0: 0/0", ZERO_EPS, 0, 1, {0}, 0, NAN, {0}},
    {"eps = 0: the new v keeps the quotient finite", ZERO_EPS, 0, 1, {0}, -2, 2, {1}},
    {"NaN gradient", HYPER, 0, 1, {4}, NAN, NAN, {NAN}},
    {"infinite gradient: inf/inf", HYPER, 0, 1, {4}, INFINITY, NAN, {INFINITY}},
    {"infinite v stops the step", HYPER, 0, 1, {INFINITY}, 2, 1, {INFINITY}},
    {"negative v: invalid root", HYPER, 0, 1, {-4}, 2, NAN, {-2}},
};

UNIT_OPTIMIZER(rmsprop, "rmsprop", old_v)
UNIT_OPTIMIZER(rmsprop_newv, "rmsprop/new-v", new_v)
