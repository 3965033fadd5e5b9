/* SPDX-License-Identifier: GPL-3.0-or-later
 * Identification of steps as real projects write them: tests/defects/alone/strangers.c. Nothing is told of them. */
#include "build_process.h"
#include "identify.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *dialect, *changes;
} strangers[] = {
    {"keras-sgd", "sgd-momentum/nesterov", "m held -lr times the sum of gradients (velocity)"},
    {"fused-sgd", "sgd-momentum/dampening-after-first",
     "weight_decay theta were added to the gradient and g + mu m' moved the parameters (Nesterov)"},
    {"keras-nadam", "nadam", "the momentum's schedule had psi = 1, not 0.004"},
    {"mxnet-adam", "adam/l2", "eps were added before the second correction (eps-hat)"},
    {"constants", "adam/eps-hat",
     "beta1 were 0.85 whatever is asked for and beta2 were 0.98 whatever is asked for and eps were 0.0001 whatever is asked for"},
};

static void named(void)
{
    static const optcert_pins none = {0};
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        char path[4200], changes[560] = "", error[256] = "";
        optcert_build_handle *handle = NULL;
        optcert_identification found = {0};
        optcert_sibling_path("defects/strangers.so", path, sizeof path - 64);
        strcat(strcat(path, "#"), strangers[i].name);
        if (UNIT_CHECK(optcert_build_open(path, NULL, &handle, error, sizeof error) == OPTCERT_OK, "%s: %s", path, error) &&
            UNIT_CHECK(optcert_identify(handle, NULL, unit_seed(), &none, &found), "memory")) {
            const oc_ref_dialect *dialect = found.explanation.dialect;
            optcert_explanation_changes(&found.explanation, changes, sizeof changes);
            UNIT_CHECK(dialect != NULL && strcmp(dialect->name, strangers[i].dialect) == 0 && strcmp(changes, strangers[i].changes) == 0,
                       "%s: %s: %s", strangers[i].name, dialect != NULL ? dialect->name : "nothing", changes);
        }
        optcert_identification_free(&found);
        optcert_build_close(handle);
    }
}

UNIT_SUITE(strangers, {"named", named})
