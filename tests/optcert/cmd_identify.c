/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert identify: which dialect a build computes; if none, what is wrong with it. */
#include "build_open.h"
#include "hyper_field.h"
#include "command.h"
#include "identify.h"
#include "identify_report.h"
#include "number.h"
#include "options.h"

#include <stdlib.h>
#include <string.h>

typedef struct identify_line {
    const char *build;
    optcert_pins pins;
} identify_line;

enum { KEY_HYPER = 0x2000 };

static const struct argp_option options[] = {
    {"hyper", KEY_HYPER, "LIST", 0,
     "hyper-parameters that the build must be called with, e.g. eps=1e-8,weight_decay=0 (default: chosen to tell "
     "most)", 0},
    {0},
};

/* NAME=VALUE into the pins. */
static void pin(identify_line *line, char *pair)
{
    char every[128];
    char *equals = strchr(pair, '=');
    if (equals == NULL) {
        optcert_usage("--hyper '%s' is not NAME=VALUE", pair);
    }
    *equals = '\0';
    for (unsigned i = 0; i < OPTCERT_FIELDS; i++) {
        if (strcmp(pair, optcert_field_name(i)) == 0) {
            if ((line->pins.fields & 1u << i) != 0) {
                optcert_usage("--hyper '%s' is given twice", pair);
            }
            *optcert_field(&line->pins.value, i) = optcert_option_real("--hyper", equals + 1);
            line->pins.fields |= 1u << i;
            return;
        }
    }
    optcert_field_names(OPTCERT_EVERY_FIELD, every, sizeof every);
    optcert_usage("--hyper '%s' is none of %s", pair, every);
}

static void pin_all(identify_line *line, const char *list)
{
    char *copy = strdup(list), *rest = NULL;
    for (char *pair = strtok_r(copy, ",", &rest); pair != NULL; pair = strtok_r(NULL, ",", &rest)) {
        pin(line, pair);
    }
    free(copy);
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    identify_line *line = state->input;
    switch (key) {
    case KEY_HYPER:
        pin_all(line, arg);
        return 0;
    case ARGP_KEY_ARG:
        if (line->build != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        line->build = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        optcert_usage("a build is needed: a shared object, builtin:NAME or exec:COMMAND");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int optcert_cmd_identify(int argc, char **argv)
{
    identify_line line = {0};
    optcert_options common;
    optcert_parse(&(optcert_line){.options = options,
                                  .parser = parse,
                                  .args_doc = "BUILD",
                                  .doc = "Finds out which dialect a build computes, by probes alone; when it is none, "
                                         "which defects of which dialect explain its answers. BUILD is a shared object "
                                         "that exports the build interface (optcert/build.h), builtin:NAME, or "
                                         "exec:COMMAND.",
                                  .input = &line},
                  argc, argv, &common);
    optcert_build_handle *handle = optcert_open_build(line.build);
    const optcert_build_info *build = optcert_build_describe(handle);
    optcert_identification found;
    if (!optcert_identify(handle, oc_ref_dialect_find(build->claims), common.seed, &line.pins, &found)) {
        optcert_broken("the harness ran short of memory or processes");
    }
    if (common.json) {
        optcert_identify_print_json(build, &found, stdout);
    } else {
        optcert_identify_print(build, &found, stdout);
    }
    const int code = optcert_exit_code(found.verdict);
    optcert_identification_free(&found);
    optcert_build_close(handle);
    return code;
}
