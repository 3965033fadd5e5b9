/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradient noise along the runs at batch ratio 1, measured while the first seed's run is trained again. */
#include "findings.h"

#include "gradient_noise.h"
#include "json_text.h"

enum { SAMPLES = 512, QUARTERS = 4 };

typedef struct watch {
    const optcert_net *net;
    const optcert_dataset *data;
    uint64_t seed;
    size_t batch;
    json_t *points; /* an array; NULL after a failure */
} watch;

static json_t *noise_json(const optcert_gradient_noise *noise, size_t point)
{
    json_t *object = json_object(), *speed = json_array();
    for (size_t d = 0; d < OPTCERT_DOUBLINGS; d++) {
        json_array_append_new(speed, optcert_json_number(noise->speed[d]));
    }
    json_object_set_new(object, "share", optcert_json_number((double)point / (OPTCERT_CURVE - 1)));
    json_object_set_new(object, "mean_square", optcert_json_number(noise->mean_square));
    json_object_set_new(object, "trace", optcert_json_number(noise->trace));
    json_object_set_new(object, "critical_batch", optcert_json_number(noise->critical_batch));
    json_object_set_new(object, "skewness", optcert_json_number(noise->skewness));
    json_object_set_new(object, "predicted_speed", speed);
    return object;
}

static void at_point(void *context, size_t point, const float *theta)
{
    watch *w = context;
    optcert_gradient_noise noise;
    if (point % ((OPTCERT_CURVE - 1) / QUARTERS) != 0 || w->points == NULL) {
        return;
    }
    if (optcert_measure_noise(w->net, w->data, theta, w->seed, SAMPLES, w->batch, &noise) == 0) {
        json_array_append_new(w->points, noise_json(&noise, point));
    } else {
        json_decref(w->points);
        w->points = NULL;
    }
}

static json_t *noise_of(const optcert_study *study, const optcert_group *group, const optcert_dataset *data)
{
    optcert_net net;
    char error[256];
    optcert_point curve[OPTCERT_CURVE];
    optcert_study_network(group->arm.net, data->classes, &net);
    watch w = {.net = &net, .data = data, .seed = study->seed, .points = json_array()};
    optcert_training run = group->run;
    run.seed = study->seed;
    w.batch = run.batch;
    run.probe = at_point;
    run.probe_context = &w;
    if (optcert_train(&net, data, &run, curve, error, sizeof error) != 0 || w.points == NULL) {
        json_decref(w.points);
        return NULL;
    }
    json_t *object = optcert_findings_arm(&group->arm);
    json_object_set_new(object, "batch", json_integer((json_int_t)run.batch));
    json_object_set_new(object, "points", w.points);
    return object;
}

json_t *optcert_findings_noise(const optcert_study *study, const optcert_groups *groups,
                               const optcert_dataset *data)
{
    json_t *array = json_array();
    for (size_t i = 0; i < groups->count; i++) {
        const optcert_arm *arm = &groups->group[i].arm;
        if (arm->kappa == 1 && arm->rule == OPTCERT_RULE_ROOT && !arm->average) {
            json_array_append_new(array, noise_of(study, &groups->group[i], data));
        }
    }
    return array;
}

double optcert_findings_prediction(const json_t *noise, uint32_t kappa)
{
    const json_t *points = json_object_get(noise, "points"), *point;
    const size_t doublings = (size_t)__builtin_ctz(kappa);
    double sum = 0;
    size_t i;
    json_array_foreach(points, i, point)
    {
        sum += json_real_value(json_array_get(json_object_get(point, "predicted_speed"), doublings));
    }
    return sum / (double)json_array_size(points);
}
