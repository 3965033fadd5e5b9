/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam (Kingma & Ba 2015; MLPA Def. 2.3). With the table's betas c1 = 1/2 and c2 = 1/4 at step 0. */
#include "optimizer.h"

#include <math.h>

#define HYPER {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.75, .eps = 2}
#define LATE {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.75, .eps = 1}
#define NO_DECAY {.lr = 0.5, .beta1 = 0, .beta2 = 0, .eps = 2}
#define ZERO_EPS {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.75, .eps = 0, .flags = OC_ALLOW_ZERO_EPS}

static const unit_case table[] = {
    {"first step: corrections 1/2 and 1/4", HYPER, 0, 1, {0, 0}, 2, 0.75, {1, 1}},
    {"k = 2^62: no correction left", LATE, UINT64_C(1) << 62, 1, {0, 0}, 2, 0.75, {1, 1}},
    {"k = 2^63 - 1, the last step", LATE, INT64_MAX, 1, {0, 0}, 2, 0.75, {1, 1}},
    {"betas 0: no memory", NO_DECAY, 0, 1, {7, 7}, -2, 1.25, {-2, 4}},
    {"zero gradient and state", HYPER, 0, 1, {0, 0}, 0, 1, {0, 0}},
    {"eps = 0, all 0: 0/0", ZERO_EPS, 0, 1, {0, 0}, 0, NAN, {0, 0}},
    {"eps = 0: the first step has length lr", ZERO_EPS, 0, 1, {0, 0}, -2, 1.5, {-1, 1}},
    {"NaN gradient", HYPER, 0, 1, {0, 0}, NAN, NAN, {NAN, NAN}},
    {"infinite gradient: inf/inf", HYPER, 0, 1, {0, 0}, INFINITY, NAN, {INFINITY, INFINITY}},
    {"infinite v stops the step", HYPER, 0, 1, {0, INFINITY}, 2, 1, {1, INFINITY}},
    {"negative v: invalid root", HYPER, 0, 1, {0, -4}, 2, NAN, {1, -2}},
};

UNIT_OPTIMIZER(adam, "adam", table)
