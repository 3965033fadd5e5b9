/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert scale: hyper-parameters for another batch size. */
#include "command.h"
#include "json_text.h"
#include "options.h"
#include "scale_gradients.h"
#include "scale_predict.h"
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
    {"ema", "--ema"},   {"steps", "--steps"}, {"warmup", "--warmup"}, {"momentum", "--momentum"},
};
enum { SCALE_OPTIONS = sizeof scale_options / sizeof scale_options[0] };

typedef struct scale_line {
    const char *optimizer, *batch, *to;
    optcert_scale_sample gradients;
    optcert_scale_problem problem;
    const char *text[SCALE_OPTIONS];
} scale_line;

enum {
    KEY_BATCH = 0x2000,
    KEY_TO,
    KEY_GRADIENTS,
    KEY_GRADIENT_BATCH,
    KEY_COORDINATES,
    KEY_COVARIANCE,
    KEY_PROBLEM,
    KEY_SET,
    KEY_NOISE,
    KEY_SAMPLE_NOISE,
    KEY_QUANTITY
};

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
    {"warmup", KEY_QUANTITY + 8, "N", 0, "steps of warm-up, or any other time of a schedule", 0},
    {"momentum", KEY_QUANTITY + 9, "X", 0, "heavy ball's momentum (usual 0.9)", 0},
    {0, 0, NULL, 0, "What the gradients at hand say about the new batch:", 2},
    {"gradients", KEY_GRADIENTS, "FILE", 0, ".npy: K x d stochastic gradients at one point", 2},
    {"gradient-batch", KEY_GRADIENT_BATCH, "N", 0, "batch size that each is of (default: --batch)", 2},
    {"coordinates", KEY_COORDINATES, "N|all", 0, "coordinates to show, largest mean-to-noise first (default 8)", 2},
    {"covariance", KEY_COVARIANCE, "FILE", 0,
     "write the d x d covariance of one sample's gradient to FILE (.npy), for converge --covariance", 2},
    {0, 0, NULL, 0, "How far the runs are from their SDE, on a problem that is known:", 3},
    {"problem", KEY_PROBLEM, "NAME", 0, "linear, quadratic, double-well, state-noise (optcert list)", 3},
    {"set", KEY_SET, "KEY=VALUE,...", 0, "a, b, S0, S1 of the problem; t0, theta0, m0, u0 of the start", 3},
    {"noise", KEY_NOISE, "LAW", 0, "of the gradients (default gaussian; optcert list)", 3},
    {"sample-noise", KEY_SAMPLE_NOISE, "X", 0, "standard deviation of one sample's gradient (default 1)", 3},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    scale_line *line = state->input;
    if (key >= KEY_QUANTITY && key < KEY_QUANTITY + SCALE_OPTIONS) {
        line->text[key - KEY_QUANTITY] = arg;
        return 0;
    }
    const char **const words[] = {
        &line->batch,           &line->to,           &line->gradients.path,  &line->gradients.batch,  &line->gradients.shown,
        &line->gradients.covariance, &line->problem.problem, &line->problem.set, &line->problem.noise, &line->problem.sample_noise,
    };
    if (key >= KEY_BATCH && key < KEY_QUANTITY) {
        *words[key - KEY_BATCH] = arg;
        return 0;
    }
    switch (key) {
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

#define KNOWN "sgd, sgd-momentum, rmsprop, adam, adamw or ema"

static const optcert_scale_optimizer *chosen(const scale_line *line)
{
    if (line->optimizer == NULL) {
        optcert_usage("an optimizer is needed: " KNOWN);
    }
    const optcert_scale_optimizer *optimizer = optcert_scale_find(line->optimizer);
    if (optimizer == NULL) {
        optcert_usage("'%s' has no scaling rule here: " KNOWN, line->optimizer);
    }
    if (line->batch == NULL || line->to == NULL) {
        optcert_usage("--batch and --to are needed");
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
    if (item->given) {
        optcert_usage("--beta and --beta2 are two names of one hyper-parameter of %s: give one", scale->optimizer->name);
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
    for (int i = 0; i < scale->count; i++) {
        if (scale->item[i].quantity->needed && !scale->item[i].given) {
            optcert_usage("--%s is needed", scale->item[i].quantity->key);
        }
    }
    char why[256];
    if (!optcert_scale_apply(scale, why, sizeof why)) {
        optcert_usage("%s", why);
    }
}

/* The parts that are asked for, each in its place. */
static void answer(optcert_scale *scale, const scale_line *line, const optcert_options *common)
{
    optcert_prediction prediction;
    optcert_gradient_report *gradients = NULL;
    char why[512];
    if (line->problem.problem == NULL &&
        (line->problem.set != NULL || line->problem.noise != NULL || line->problem.sample_noise != NULL)) {
        optcert_usage("--set, --noise and --sample-noise describe a --problem, and there is none");
    }
    const bool predicts = line->problem.problem != NULL;
    if (predicts && !optcert_scale_predict(scale, &line->problem, &prediction, why, sizeof why)) {
        optcert_usage("%s", why);
    }
    const optcert_scale_sample *asked = &line->gradients;
    if (asked->path != NULL) {
        gradients = optcert_scale_gradients(scale, asked);
    } else if (asked->batch != NULL || asked->shown != NULL || asked->covariance != NULL) {
        optcert_usage("--gradient-batch, --coordinates and --covariance are about --gradients, and there are none");
    }
    if (common->json) {
        json_t *document = optcert_scale_json(scale);
        if (predicts) {
            json_object_set_new(document, "prediction", optcert_prediction_json(&prediction));
        }
        if (gradients != NULL) {
            json_object_set_new(document, "gradients", optcert_gradient_report_json(gradients));
        }
        if (asked->covariance != NULL) {
            json_object_set_new(document, "covariance", optcert_scale_covariance_json(asked, gradients));
        }
        optcert_json_print(document, stdout);
    } else {
        optcert_scale_text(scale, stdout);
        if (predicts) {
            optcert_prediction_text(&prediction, stdout);
        }
        if (gradients != NULL) {
            optcert_gradient_report_text(gradients, stdout);
        }
        if (asked->covariance != NULL) {
            optcert_scale_covariance_text(asked, gradients, stdout);
        }
    }
    optcert_gradient_report_free(gradients);
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
                            "for rmsprop, adam and adamw (Malladi, Lyu, Panigrahi, Arora 2022), power rule for "
                            "averages (ema). OPTIMIZER: " KNOWN ".",
                        .input = &line},
        argc, argv, &common);
    optcert_scale scale;
    optcert_scale_init(&scale, chosen(&line));
    fill(&scale, &line);
    answer(&scale, &line, &common);
    optcert_scale_clear(&scale);
    return OPTCERT_EXIT_PASSED;
}
