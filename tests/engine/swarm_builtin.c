/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's optimizers as steppers, by the same adaptor that stands behind builtin:. */
#include "swarm.h"

#include "builtin/adaptor.h"

#include <stdlib.h>
#include <string.h>

typedef struct own_state {
    const optcert_build *build;
    void *state;
} own_state;

static void destroy(void *opaque)
{
    own_state *own = opaque;
    own->build->destroy(own->state);
    free(own);
}

static void *create(void *context, size_t n, const optcert_hyper *hyper)
{
    own_state *own = malloc(sizeof *own);
    if (own == NULL) {
        return NULL;
    }
    own->build = context;
    own->state = own->build->create(n, hyper);
    if (own->state == NULL) {
        free(own);
        return NULL;
    }
    return own;
}

static bool step(void *opaque, double *theta, const double *gradient)
{
    own_state *own = opaque;
    return own->build->step(own->state, theta, gradient) == 0;
}

bool optcert_stepper_builtin(const char *name, optcert_stepper *out)
{
    for (size_t i = 0; i < OPTCERT_BUILTINS; i++) {
        const optcert_build *build = &optcert_builtins_f64[i];
        if (strcmp(build->name, name) == 0) {
            *out = (optcert_stepper){create, step, destroy, (void *)(size_t)build};
            return true;
        }
    }
    return false;
}
