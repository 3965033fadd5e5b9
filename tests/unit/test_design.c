/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sequential design tells every pair of dialects apart but special cases. */
#include "design.h"
#include "unit.h"

#include <string.h>

/* `special` is `general` where hyper-parameters that it does not read are 0: no probe can rule it out. */
static const struct {
    const char *special, *general, *why;
} cases[] = {
    {"sgd", "sgd/l2", "weight_decay = 0"},
    {"sgd", "sgd-momentum", "momentum = 0"},
    {"sgd", "sgd-momentum/dampening", "momentum = dampening = 0"},
    {"sgd", "sgd-momentum/dampening-after-first", "momentum = dampening = 0"},
    {"sgd", "sgd-momentum/nesterov", "momentum = 0"},
    {"sgd", "sgd-momentum/l2", "momentum = weight_decay = 0"},
    {"sgd/l2", "sgd-momentum/l2", "momentum = 0"},
    {"sgd-momentum", "sgd-momentum/dampening", "dampening = 0"},
    {"sgd-momentum", "sgd-momentum/dampening-after-first", "dampening = 0"},
    {"sgd-momentum", "sgd-momentum/l2", "weight_decay = 0"},
    {"rmsprop/new-v", "rmsprop/new-v-l2", "weight_decay = 0"},
    {"rmsprop/new-v", "adam/no-bias-correction", "beta1 = 0"},
    {"adam", "adam/l2", "weight_decay = 0"},
    {"adam", "adamw", "weight_decay = 0"},
    {"adam", "adamw/unscaled-decay", "weight_decay = 0"},
    {"adam", "adamw/decay-after", "weight_decay = 0"},
    {"rmsprop/new-v", "rmsprop/new-v-momentum", "momentum = 0"},
    {"rmsprop/new-v-eps-inside-root", "rmsprop/new-v-eps-inside-root-momentum", "momentum = 0"},
    {"adagrad", "adagrad/l2", "weight_decay = 0"},
    {"nadam", "nadam/l2", "weight_decay = 0"},
    {"nadam", "nadam/decoupled-decay", "weight_decay = 0"},
    {"nadam/mu-twice", "nadam/mu-twice-l2", "weight_decay = 0"},
    {"radam", "radam/l2", "weight_decay = 0"},
    {"radam", "radam/decoupled-decay", "weight_decay = 0"},
    {"sgd", "radam", "beta1 = beta2 = 0: never rectified"},
    {"sgd", "radam/eps-after-correction", "the same"},
    {"sgd", "radam/threshold-4", "the same"},
    {"sgd", "radam/l2", "and weight_decay = 0"},
    {"sgd", "radam/decoupled-decay", "and weight_decay = 0"},
    {"sgd/l2", "radam/l2", "beta1 = beta2 = 0"},
    {"sgd/l2", "radam/decoupled-decay", "beta1 = beta2 = 0: eta (g + lambda theta) either way"},
};

static bool listed(const char *special, const char *general)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (strcmp(cases[i].special, special) == 0 && strcmp(cases[i].general, general) == 0) {
            return true;
        }
    }
    return false;
}

static void every_pair(const oc_ref_format *format)
{
    optcert_design design;
    const optcert_pins none = {0};
    size_t special_cases = 0;
    UNIT_CHECK(optcert_design_new(&design, format, unit_seed(), &none), "memory");
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        for (size_t j = 0; j < oc_ref_dialect_count(); j++) {
            const char *special = oc_ref_dialect_at(i)->name, *general = oc_ref_dialect_at(j)->name;
            const bool includes = i != j && optcert_design_includes(&design, j, i);
            special_cases += includes;
            UNIT_CHECK(includes == listed(special, general), "%s: {\"%s\", \"%s\"} %s", format->name, special, general,
                       includes ? "are not told apart" : "are told apart");
        }
    }
    UNIT_CHECK(special_cases == sizeof cases / sizeof cases[0], "%zu special cases", special_cases);
    optcert_design_free(&design);
}

static void every_pair_f32(void)
{
    every_pair(&oc_ref_f32);
}

static void every_pair_f64(void)
{
    every_pair(&oc_ref_f64);
}

UNIT_SUITE(design, {"every_pair_f32", every_pair_f32}, {"every_pair_f64", every_pair_f64})
