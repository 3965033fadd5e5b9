/* SPDX-License-Identifier: GPL-3.0-or-later
 * Paths as the elements of one array of a build; a binary32 build gets rounded gradients. */
#include "swarm_build.h"

#include <stdlib.h>
#include <string.h>

typedef struct build_state {
    optcert_instance *instance;
    size_t n;
    float *theta, *gradient; /* NULL for binary64 */
} build_state;

static void destroy(void *opaque)
{
    build_state *state = opaque;
    (void)optcert_build_destroy(state->instance);
    free(state->theta);
    free(state->gradient);
    free(state);
}

static void *create(void *context, size_t n, const optcert_hyper *hyper)
{
    optcert_build_handle *build = context;
    build_state *state = calloc(1, sizeof *state);
    if (state == NULL) {
        return NULL;
    }
    state->n = n;
    bool whole = optcert_build_create(build, n, hyper, OPTCERT_PLACE_START, &state->instance) == OPTCERT_OK;
    if (optcert_build_describe(build)->scalar == OPTCERT_F32) {
        state->theta = malloc(n * sizeof *state->theta);
        state->gradient = malloc(n * sizeof *state->gradient);
        whole = whole && state->theta != NULL && state->gradient != NULL;
    }
    if (!whole) {
        destroy(state);
        return NULL;
    }
    return state;
}

static bool step(void *opaque, double *theta, const double *gradient)
{
    build_state *state = opaque;
    if (state->theta == NULL) {
        return optcert_build_step(state->instance, theta, gradient) == OPTCERT_OK;
    }
    for (size_t i = 0; i < state->n; i++) {
        state->theta[i] = (float)theta[i];
        state->gradient[i] = (float)gradient[i];
    }
    const bool ok = optcert_build_step(state->instance, state->theta, state->gradient) == OPTCERT_OK;
    for (size_t i = 0; i < state->n; i++) {
        theta[i] = (double)state->theta[i];
    }
    return ok;
}

void optcert_stepper_build(optcert_build_handle *build, optcert_stepper *out)
{
    *out = (optcert_stepper){create, step, destroy, build};
}

bool optcert_dialect_optimizer(const char *dialect, optcert_optimizer *out)
{
    static const struct {
        const char *dialect;
        optcert_optimizer optimizer;
    } known[] = {{"sgd", OPTCERT_SGD_SCALED},
                 {"rmsprop", OPTCERT_RMSPROP},
                 {"rmsprop/new-v", OPTCERT_RMSPROP_NEWV},
                 {"adam", OPTCERT_ADAM},
                 {"adamw", OPTCERT_ADAMW}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(known[i].dialect, dialect) == 0) {
            *out = known[i].optimizer;
            return true;
        }
    }
    return false;
}
