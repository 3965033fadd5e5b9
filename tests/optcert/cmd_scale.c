/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert scale: hyper-parameters for another batch size. */
#include "command.h"
#include "json_text.h"
#include "options.h"
#include "scale_report.h"

#include <string.h>

typedef struct scale_option {
    const char *key;    /* of the quantity */
    const char *option; /* as typed */
} scale_option;

/* RMSprop has one decay: --beta2 is its name in the build interface. */
static const scale_option scale_options[] = {
    {"lr", "--lr"},     {"beta1", "--beta1"}, {"beta2", "--beta2"},
    {"beta", "--beta"}, {"eps", "--eps"},     {"weight_decay", "--weight-decay"},
    {"ema", "--ema"},   {"steps", "--steps"},
};
enum { SCALE_OPTIONS = sizeof scale_options / sizeof scale_options[0] };

typedef struct scale_line {
    const char *optimizer, *batch, *to;
    const char *text[SCALE_OPTIONS];
} scale_line;

enum { KEY_BATCH = 0x2000, KEY_TO, KEY_QUANTITY };

static const struct argp_option options[] = {
    {"batch", KEY_BATCH, "B", 0, "batch size that the values are for", 0},
    {"to", KEY_TO, "B2", 0, "batch size that they are wanted for", 0},
    {"lr", KEY_QUANTITY + 0, "X", 0, "learning rate", 0},
    {"beta1", KEY_QUANTITY + 1, "X", 0, "Adam's first-moment decay (usual 0.9)", 0},
    {"beta2", KEY_QUANTITY + 2, "X", 0, "second-moment decay (usual 0.999)", 0},
    {"beta", KEY_QUANTITY + 3, "X", 0, "RMSprop's decay (usual 0.99)", 0},
    {"eps", KEY_QUANTITY + 4, "X", 0, "added to the root (usual 1e-8)", 0},
    {"weight-decay", KEY_QUANTITY + 5, "X", 0, "AdamW's decay (usual 0.01)", 0},
    {"ema", KEY_QUANTITY + 6, "X", 0, "decay of an average of the iterates", 0},
    {"steps", KEY_QUANTITY + 7, "N", 0, "number of steps", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    scale_line *line = state->input;
    if (key >= KEY_QUANTITY && key < KEY_QUANTITY + SCALE_OPTIONS) {
        line->text[key - KEY_QUANTITY] = arg;
        return 0;
    }
    switch (key) {
    case KEY_BATCH:
        line->batch = arg;
        return 0;
    case KEY_TO:
        line->to = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (line->optimizer != NULL) {
            optcert_usage("'%s' is one argument too many", arg);
        }
        line->optimizer = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const optcert_scale_optimizer *chosen(const scale_line *line)
{
    if (line->optimizer == NULL) {
        optcert_usage("an optimizer is needed: sgd, rmsprop, adam or adamw");
    }
    const optcert_scale_optimizer *optimizer = optcert_scale_find(line->optimizer);
    if (optimizer == NULL) {
        optcert_usage("'%s' has no scaling rule here: sgd, rmsprop, adam or adamw", line->optimizer);
    }
    if (line->batch == NULL || line->to == NULL || line->text[0] == NULL) {
        optcert_usage("--batch, --to and --lr are needed");
    }
    return optimizer;
}

static void give(optcert_scale *scale, const scale_option *option, const char *text)
{
    optcert_scaled *item = optcert_scale_item(scale, option->key);
    if (item == NULL && strcmp(option->key, "beta2") == 0) {
        item = optcert_scale_item(scale, "beta");
    }
    if (item == NULL) {
        optcert_usage("%s: %s has no such hyper-parameter", option->option, scale->optimizer->name);
    }
    const char *why;
    if (!optcert_scale_give(item, text, &why)) {
        optcert_usage("%s %s %s", option->option, text, why);
    }
}

/* Batches up to 2^53: whole numbers that JSON readers keep exactly. */
static void fill(optcert_scale *scale, const scale_line *line)
{
    scale->batch = optcert_option_whole("--batch", line->batch, 1, UINT64_C(1) << 53);
    scale->to_batch = optcert_option_whole("--to", line->to, 1, UINT64_C(1) << 53);
    for (int i = 0; i < SCALE_OPTIONS; i++) {
        if (line->text[i] != NULL) {
            give(scale, &scale_options[i], line->text[i]);
        }
    }
    char why[256];
    if (!optcert_scale_apply(scale, why, sizeof why)) {
        optcert_usage("%s", why);
    }
}

int optcert_cmd_scale(int argc, char **argv)
{
    scale_line line = {0};
    optcert_options common;
    optcert_parse(
        &(optcert_line){.options = options,
                        .parser = parse,
                        .args_doc = "OPTIMIZER --batch B --to B2 --lr X",
                        .doc =
                            "Hyper-parameters for another batch size: linear rule for sgd, square-root rule "
                            "for rmsprop, adam and adamw (Malladi, Lyu, Panigrahi, Arora 2022).",
                        .input = &line},
        argc, argv, &common);
    optcert_scale scale;
    optcert_scale_init(&scale, chosen(&line));
    fill(&scale, &line);
    if (common.json) {
        optcert_json_print(optcert_scale_json(&scale), stdout);
    } else {
        optcert_scale_text(&scale, stdout);
    }
    optcert_scale_clear(&scale);
    return OPTCERT_EXIT_PASSED;
}
