/* SPDX-License-Identifier: GPL-3.0-or-later
 * Heavy ball: m' = mu m + g, theta' = theta - lr m'. */
#include "optimizer.h"

#include <math.h>

static const unit_case table[] = {
    {"definition, first step", {.lr = 0.5, .momentum = 0.75}, 0, 1, {0}, 2, 0, {2}},
    {"definition, with momentum", {.lr = 0.5, .momentum = 0.75}, 5, 1, {4}, 1, -1, {4}},
    {"no momentum is SGD", {.lr = 0.5, .momentum = 0}, 5, 1, {4}, 1, 0.5, {1}},
    {"moves on without a gradient", {.lr = 0.5, .momentum = 0.5}, 5, 1, {4}, 0, 0, {2}},
    {"0 * inf: no momentum does not hide an infinite state", {.lr = 0.5}, 5, 1, {INFINITY}, 1, NAN, {NAN}},
    {"infinite state and opposite gradient", {.lr = 0.5, .momentum = 0.5}, 0, 1, {INFINITY}, -INFINITY, NAN, {NAN}},
    {"NaN gradient", {.lr = 0.5, .momentum = 0.5}, 0, 1, {1}, NAN, NAN, {NAN}},
};

UNIT_OPTIMIZER(sgd_momentum, "sgd-momentum", table)
