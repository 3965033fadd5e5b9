/* SPDX-License-Identifier: GPL-3.0-or-later
 * Euler-Maruyama for many paths. */
#include "swarm_limit.h"

#include <math.h>
#include <stdlib.h>

bool optcert_swarm_limit_open(optcert_swarm_limit *limit)
{
    const size_t n = limit->paths * limit->problem->dimension;
    limit->time = 0.0;
    limit->theta = calloc(n, sizeof *limit->theta);
    limit->m = calloc(n, sizeof *limit->m);
    limit->v = calloc(n, sizeof *limit->v);
    limit->gradient = calloc(n, sizeof *limit->gradient);
    return limit->theta != NULL && limit->m != NULL && limit->v != NULL && limit->gradient != NULL;
}

void optcert_swarm_limit_close(optcert_swarm_limit *limit)
{
    free(limit->theta);
    free(limit->m);
    free(limit->v);
    free(limit->gradient);
}

static bool is_adam(const optcert_swarm_limit *limit)
{
    return limit->optimizer == OPTCERT_ADAM || limit->optimizer == OPTCERT_ADAMW;
}

/* theta's step at one place, from the signal grad f ds + n dW */
static double move(const optcert_swarm_limit *limit, double ds, size_t i, double signal, double g1, double g2)
{
    const oc_hyper *h = &limit->hyper;
    if (!is_adam(limit)) {
        const bool sgd = limit->optimizer == OPTCERT_SGD || limit->optimizer == OPTCERT_SGD_SCALED;
        return -h->lr * (sgd ? signal : signal / (sqrt(limit->v[i]) + h->eps));
    }
    const double decay = limit->optimizer == OPTCERT_ADAMW ? h->weight_decay * limit->theta[i] : 0.0;
    return -h->lr * ds * (limit->m[i] / g1 / (sqrt(limit->v[i] / g2) + h->eps) + decay);
}

void optcert_swarm_limit_step(optcert_swarm_limit *limit, double ds, const double *noise, bool frozen)
{
    const oc_hyper *h = &limit->hyper;
    const size_t n = limit->paths * limit->problem->dimension;
    const double root = sqrt(ds);
    double variance[OPTCERT_SWARM_DIMENSIONS];
    static const double none[OPTCERT_SWARM_DIMENSIONS] = {0.0};
    optcert_swarm_variance(limit->problem, none, variance); /* constant in bowl and skewed */
    optcert_swarm_gradient(limit->problem, limit->paths, limit->theta, NULL, limit->gradient);
    const double g1 = -expm1(-(1.0 - h->beta1) * limit->time), g2 = -expm1(-(1.0 - h->beta2) * limit->time);
    for (size_t i = 0; i < n; i++) {
        const double signal = limit->gradient[i] * ds + noise[i] * root;
        const double by = frozen ? 0.0 : move(limit, ds, i, signal, g1, g2);
        limit->m[i] += (1.0 - h->beta1) * (signal - limit->m[i] * ds);
        limit->v[i] += (1.0 - h->beta2) * (variance[i / limit->paths] - limit->v[i]) * ds;
        limit->theta[i] += by;
    }
    limit->time += ds;
}
