/* SPDX-License-Identifier: GPL-3.0-or-later
 * Training runs. The second moment starts at the mean square of the first gradients, but nowhere below its
 * mean over the coordinates: MLPA's theorems need it away from zero, and RMSprop with the old v would divide
 * by eps alone where an input has not been seen yet. */
#include "train.h"

#include "minibatch.h"

#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/ema.h"
#include "optcert/rmsprop.h"
#include "optcert/svag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WARM_UP = 32, STREAMS = 2 };

typedef struct plans {
    oc_rmsprop_plan_f32 rmsprop;
    oc_adam_plan_f32 adam;
    oc_adamw_plan_f32 adamw;
    oc_ema_plan_f32 ema;
    oc_svag_coef_f32 svag;
} plans;

typedef struct trainer {
    const optcert_net *net;
    const optcert_dataset *data;
    const optcert_training *run;
    plans plan;
    float *theta, *m, *v, *average;
    float *gradient[STREAMS], *mixed; /* SVAG mixes two independent gradients */
    optcert_minibatch oracle[STREAMS];
    optcert_workspace_f32 work, evaluation;
} trainer;

static oc_status make_plans(const optcert_training *run, plans *plan)
{
    oc_status status = OC_OK;
    switch (run->optimizer) {
    case OPTCERT_TRAIN_RMSPROP:
        status = oc_rmsprop_plan_init_f32(&plan->rmsprop, &run->hyper);
        break;
    case OPTCERT_TRAIN_ADAM:
        status = oc_adam_plan_init_f32(&plan->adam, &run->hyper);
        break;
    case OPTCERT_TRAIN_ADAMW:
        status = oc_adamw_plan_init_f32(&plan->adamw, &run->hyper);
        break;
    }
    if (status == OC_OK && run->average > 0) {
        status = oc_ema_plan_init_f32(&plan->ema, run->average);
    }
    return status == OC_OK ? oc_svag_coef_init_f32(&plan->svag, run->svag) : status;
}

static void release(trainer *t)
{
    float *const arrays[] = {t->theta, t->m, t->v, t->average, t->gradient[0], t->gradient[1], t->mixed};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        free(arrays[i]);
    }
    for (size_t s = 0; s < STREAMS; s++) {
        optcert_minibatch_close(&t->oracle[s]);
    }
    optcert_workspace_close_f32(t->net, &t->work);
    optcert_workspace_close_f32(t->net, &t->evaluation);
}

static int acquire(trainer *t)
{
    const size_t n = t->net->parameters;
    float **const arrays[] = {&t->theta, &t->m, &t->v, &t->average, &t->gradient[0], &t->gradient[1], &t->mixed};
    int failed = 0;
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = calloc(n, sizeof **arrays[i]);
        failed |= *arrays[i] == NULL;
    }
    for (size_t s = 0; s < STREAMS; s++) {
        failed |= optcert_minibatch_open(&t->oracle[s], t->data, t->run->batch, t->run->replacement,
                                         t->run->seed * STREAMS + s);
    }
    failed |= optcert_workspace_open_f32(t->net, t->run->batch * t->data->context, &t->work);
    failed |= optcert_workspace_open_f32(t->net, 64 * t->data->context, &t->evaluation);
    return failed ? -1 : 0;
}

static int initialise(trainer *t)
{
    double *wide = calloc(t->net->parameters, sizeof *wide);
    if (wide == NULL) {
        return -1;
    }
    optcert_net_initialise(t->net, t->run->seed, wide);
    for (size_t i = 0; i < t->net->parameters; i++) {
        t->theta[i] = t->average[i] = (float)wide[i];
    }
    free(wide);
    return 0;
}

static void gradient(trainer *t, size_t stream, uint64_t draw)
{
    size_t correct;
    optcert_minibatch *oracle = &t->oracle[stream];
    optcert_minibatch_draw(oracle, draw);
    (void)optcert_net_loss_f32(t->net, &t->work, t->theta, t->run->batch * t->data->context, oracle->x,
                               oracle->label, t->gradient[stream], &correct);
}

/* The gradient of step `draw`, in t->mixed. */
static void noisy_gradient(trainer *t, uint64_t draw)
{
    gradient(t, 0, draw);
    if (t->run->svag == 1) {
        memcpy(t->mixed, t->gradient[0], t->net->parameters * sizeof *t->mixed);
        return;
    }
    gradient(t, 1, draw);
    oc_svag_mix_f32(&t->plan.svag, t->net->parameters, t->mixed, t->gradient[0], t->gradient[1]);
}

static void warm_up(trainer *t)
{
    const size_t n = t->net->parameters;
    double mean = 0;
    for (uint64_t k = 0; k < WARM_UP; k++) {
        noisy_gradient(t, UINT32_MAX + k); /* draws that no step uses */
        for (size_t i = 0; i < n; i++) {
            t->v[i] += t->mixed[i] * t->mixed[i] / WARM_UP;
        }
    }
    for (size_t i = 0; i < n; i++) {
        mean += (double)t->v[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        t->v[i] = t->v[i] < (float)mean ? (float)mean : t->v[i];
    }
}

static oc_status step(trainer *t, uint64_t k)
{
    const size_t n = t->net->parameters;
    oc_status status = OC_OK;
    if (t->run->optimizer == OPTCERT_TRAIN_RMSPROP) {
        oc_rmsprop_step_f32(&t->plan.rmsprop, n, t->theta, t->v, t->mixed);
    } else if (t->run->optimizer == OPTCERT_TRAIN_ADAM) {
        oc_adam_coef_f32 coef;
        status = oc_adam_coef_at_f32(&t->plan.adam, k, &coef);
        if (status == OC_OK) {
            oc_adam_step_f32(&coef, n, t->theta, t->m, t->v, t->mixed);
        }
    } else {
        oc_adamw_coef_f32 coef;
        status = oc_adamw_coef_at_f32(&t->plan.adamw, k, &coef);
        if (status == OC_OK) {
            oc_adamw_step_f32(&coef, n, t->theta, t->m, t->v, t->mixed);
        }
    }
    if (t->run->average > 0) {
        oc_ema_step_f32(&t->plan.ema, n, t->average, t->theta);
    }
    return status;
}

/* Mean loss and accuracy over samples [first, last), in fixed chunks. */
static void evaluate(trainer *t, const float *theta, size_t first, size_t last, double *loss, double *accuracy)
{
    const size_t rows = t->data->context, width = rows * t->data->input;
    double sum = 0;
    size_t hits = 0;
    for (size_t i = first; i < last; i += 64) {
        const size_t count = last - i < 64 ? last - i : 64;
        size_t correct;
        sum += (double)count * (double)optcert_net_loss_f32(t->net, &t->evaluation, theta, count * rows,
                                                            t->data->x + i * width, t->data->label + i * rows,
                                                            NULL, &correct);
        hits += correct;
    }
    *loss = sum / (double)(last - first);
    *accuracy = (double)hits / (double)((last - first) * rows);
}

static void record(trainer *t, size_t index, optcert_point *point)
{
    const float *theta = t->run->average > 0 ? t->average : t->theta;
    double ignored;
    const size_t budget = t->run->evaluated / t->data->context, train = t->data->train;
    const size_t rest = t->data->samples - train;
    evaluate(t, theta, 0, train < budget ? train : budget, &point->train_loss, &ignored);
    evaluate(t, theta, train, train + (rest < budget ? rest : budget), &point->test_loss, &point->test_accuracy);
    if (t->run->probe != NULL) {
        t->run->probe(t->run->probe_context, index, t->theta);
    }
}

static oc_status run_all(trainer *t, optcert_point *curve)
{
    const size_t stride = t->run->steps / t->run->evaluations;
    warm_up(t);
    record(t, 0, &curve[0]);
    for (uint64_t k = 0; k < t->run->steps; k++) {
        noisy_gradient(t, k);
        const oc_status status = step(t, k);
        if (status != OC_OK) {
            return status;
        }
        if ((k + 1) % stride == 0) {
            record(t, (k + 1) / stride, &curve[(k + 1) / stride]);
        }
    }
    return OC_OK;
}

int optcert_train(const optcert_net *net, const optcert_dataset *data, const optcert_training *run,
                  optcert_point *curve, char *error, size_t error_size)
{
    trainer t = {.net = net, .data = data, .run = run};
    if (run->steps % run->evaluations != 0) {
        snprintf(error, error_size, "%zu steps do not fall into %zu equal parts", run->steps, run->evaluations);
        return -1;
    }
    oc_status status = make_plans(run, &t.plan);
    if (status != OC_OK) {
        snprintf(error, error_size, "%s", oc_status_text(status));
        return -1;
    }
    int result = -1;
    if (acquire(&t) != 0 || initialise(&t) != 0) {
        snprintf(error, error_size, "no memory for a run of %zu parameters", net->parameters);
    } else {
        status = run_all(&t, curve);
        result = status == OC_OK ? 0 : -1;
        snprintf(error, error_size, "%s", oc_status_text(status));
    }
    release(&t);
    return result;
}
