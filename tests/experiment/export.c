/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients are computed in binary64, from parameters in binary32 as training has them. */
#include "export.h"

#include "npy_write.h"

#include <stdio.h>
#include <stdlib.h>

enum { SAMPLES = 256 };

typedef struct exporter {
    const optcert_net *net;
    const optcert_dataset *data;
    const char *folder;
    int failed;
} exporter;

static FILE *start(exporter *e, const char *what, const char *type, size_t rows, size_t columns)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%s.npy", e->folder, e->net->name, what);
    FILE *file = fopen(path, "we");
    e->failed |= file == NULL;
    if (file != NULL) {
        optcert_npy_head(file, type, rows, columns);
    }
    return file;
}

static void write_all(exporter *e, FILE *file, const void *data, size_t size, size_t count)
{
    if (file != NULL) {
        e->failed |= fwrite(data, size, count, file) != count;
    }
}

static void finish(exporter *e, FILE *file)
{
    if (file != NULL) {
        e->failed |= fclose(file) != 0;
    }
}

static void write_samples(exporter *e)
{
    const size_t rows = SAMPLES * e->data->context;
    FILE *input = start(e, "input", "<f4", rows, e->data->input);
    write_all(e, input, e->data->x, sizeof *e->data->x, rows * e->data->input);
    finish(e, input);
    FILE *label = start(e, "label", "|u1", rows, 0);
    write_all(e, label, e->data->label, sizeof *e->data->label, rows);
    finish(e, label);
}

static void write_gradients(exporter *e, const char *what, const float *theta, optcert_workspace_f64 *work, double *wide,
                            double *input, double *gradient)
{
    const size_t n = e->net->parameters, rows = e->data->context, width = rows * e->data->input;
    FILE *file = start(e, what, "<f8", SAMPLES, n);
    for (size_t i = 0; i < n; i++) {
        wide[i] = (double)theta[i];
    }
    for (size_t s = 0; s < SAMPLES; s++) {
        size_t correct;
        for (size_t i = 0; i < width; i++) {
            input[i] = (double)e->data->x[s * width + i];
        }
        (void)optcert_net_loss_f64(e->net, work, wide, rows, input, e->data->label + s * rows, gradient, &correct);
        write_all(e, file, gradient, sizeof *gradient, n);
    }
    finish(e, file);
}

/* Called at every point of the curve: the first and the last are exported. */
static void at_point(void *context, size_t point, const float *theta)
{
    exporter *e = context;
    if (point != 0 && point != OPTCERT_CURVE - 1) {
        return;
    }
    const size_t n = e->net->parameters;
    optcert_workspace_f64 work;
    double *wide = calloc(n, sizeof *wide), *gradient = calloc(n, sizeof *gradient);
    double *input = calloc(e->data->context * e->data->input, sizeof *input);
    const int opened = optcert_workspace_open_f64(e->net, e->data->context, &work);
    e->failed |= wide == NULL || gradient == NULL || input == NULL || opened != 0;
    if (!e->failed) {
        FILE *file = start(e, point == 0 ? "start-theta" : "end-theta", "<f4", n, 0);
        write_all(e, file, theta, sizeof *theta, n);
        finish(e, file);
        write_gradients(e, point == 0 ? "start" : "end", theta, &work, wide, input, gradient);
    }
    optcert_workspace_close_f64(e->net, &work);
    free(wide);
    free(gradient);
    free(input);
}

int optcert_export_gradients(const optcert_study *study, const optcert_groups *groups, const optcert_dataset *data,
                             const char *folder, char *error, size_t error_size)
{
    for (size_t i = 0; i < study->nets; i++) {
        optcert_net net;
        optcert_point curve[OPTCERT_CURVE];
        const optcert_arm arm = {.net = study->net[i], .optimizer = OPTCERT_TRAIN_ADAM, .kappa = 1, .svag = 1};
        optcert_study_network(study->net[i], data->classes, &net);
        exporter e = {.net = &net, .data = data, .folder = folder};
        optcert_training run = optcert_groups_find(groups, &arm)->run;
        run.seed = study->seed;
        run.probe = at_point;
        run.probe_context = &e;
        write_samples(&e);
        if (optcert_train(&net, data, &run, curve, error, error_size) != 0) {
            return -1;
        }
        if (e.failed) {
            snprintf(error, error_size, "%s: the gradients of %s cannot be written", folder, net.name);
            return -1;
        }
    }
    return 0;
}
