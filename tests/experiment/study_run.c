/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs the arms of a study in parallel: one run is one thread's work, so that no result depends on their
 * number. The store is touched under a lock. */
#include "study.h"

#include "dense/dense.h"

#include <stdio.h>
#include <string.h>

typedef struct job {
    const optcert_study *study;
    const optcert_dataset *data;
    optcert_groups *groups;
    optcert_store *store;
    int failed;
    uint64_t done;
} job;

void optcert_study_network(optcert_net_kind kind, size_t classes, optcert_net *net)
{
    if (kind == OPTCERT_NET_MLP) {
        optcert_net_mlp(net);
    } else if (kind == OPTCERT_NET_CONV) {
        optcert_net_conv(net);
    } else {
        optcert_net_transformer(net, classes);
    }
}

/* Task i is seed i % seeds of group i / seeds. */
static int run_one(job *j, size_t i, char *error, size_t error_size)
{
    const size_t seeds = j->study->seeds;
    optcert_group *group = &j->groups->group[i / seeds];
    optcert_point *curve = group->curve + i % seeds * OPTCERT_CURVE;
    optcert_arm arm = group->arm;
    optcert_net net;
    char key[OPTCERT_ARM_KEY];
    bool known;
    if (group->status != OC_OK) {
        return 0;
    }
    arm.seed += i % seeds;
    optcert_arm_key(&arm, &group->base, j->data, key);
#pragma omp critical(optcert_store)
    known = optcert_store_get(j->store, key, OPTCERT_CURVE, curve);
    if (known) {
        return 0;
    }
    optcert_training run = group->run;
    run.seed = arm.seed;
    optcert_study_network(arm.net, j->data->classes, &net);
    int failed = optcert_train(&net, j->data, &run, curve, error, error_size);
    if (failed == 0) {
#pragma omp critical(optcert_store)
        failed = optcert_store_put(j->store, key, OPTCERT_CURVE, curve);
        snprintf(error, error_size, "a finished run could not be stored");
    }
    return failed;
}

int optcert_study_run(const optcert_study *study, const optcert_dataset *data, optcert_groups *groups,
                      optcert_store *store, unsigned jobs, void (*progress)(void *, uint64_t, uint64_t),
                      void *context, char *error, size_t error_size)
{
    job j = {.study = study, .data = data, .groups = groups, .store = store};
    const size_t tasks = groups->count * study->seeds;
    optcert_dense_one_thread();
#pragma omp parallel for schedule(dynamic, 1) num_threads(jobs)
    for (size_t i = 0; i < tasks; i++) {
        char why[256] = "";
        const int failed = j.failed ? 0 : run_one(&j, i, why, sizeof why);
#pragma omp critical(optcert_study)
        {
            if (failed) {
                j.failed = 1;
                snprintf(error, error_size, "%s", why);
            }
            progress(context, ++j.done, tasks);
        }
    }
    return j.failed ? -1 : 0;
}
