/* SPDX-License-Identifier: GPL-3.0-or-later
 * SGD: theta' = theta - lr g. */
#include "optimizer.h"

#include <math.h>

static const unit_case table[] = {
    {"definition", {.lr = 0.5}, 0, 1, {0}, 1, 0.5, {0}},
    {"definition, negative gradient", {.lr = 0.25}, 7, 1, {0}, -2, 1.5, {0}},
    {"zero gradient leaves theta, and its sign", {.lr = 0.5}, 0, -0.0, {0}, 0.0, -0.0, {0}},
    {"-0 - (-0) is +0 (IEEE 754 section 6.3)", {.lr = 0.5}, 0, -0.0, {0}, -0.0, 0.0, {0}},
    {"exact cancellation gives +0", {.lr = 0.5}, 0, 1, {0}, 2, 0.0, {0}},
    {"subnormal product is kept", {.lr = 0.5}, 0, 0, {0}, 0x1p-148, -0x1p-149, {0}},
    {"NaN gradient", {.lr = 0.5}, 0, 1, {0}, NAN, NAN, {0}},
    {"infinite gradient", {.lr = 0.5}, 0, 1, {0}, INFINITY, -INFINITY, {0}},
    {"infinity minus infinity", {.lr = 0.5}, 0, INFINITY, {0}, INFINITY, NAN, {0}},
};

UNIT_OPTIMIZER(sgd, "sgd", table)
