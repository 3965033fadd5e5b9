/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one-step maps. */
#include "optimizer_map.h"

#include <math.h>
#include <string.h>

const optcert_optimizer_kind optcert_optimizer_kinds[] = {
    {"sgd", OPTCERT_SGD, "sigma0", false, false},
    {"sgd/scaled", OPTCERT_SGD_SCALED, "sigma0", false, false},
    {"rmsprop", OPTCERT_RMSPROP, "sigma0 eps0 c2 u0", false, true},
    {"rmsprop/new-v", OPTCERT_RMSPROP_NEWV, "sigma0 eps0 c2 u0", false, true},
    {"adam", OPTCERT_ADAM, "sigma0 eps0 c1 c2 u0 m0 t0", true, true},
    {"adamw", OPTCERT_ADAMW, "sigma0 eps0 c1 c2 u0 m0 t0 lambda0", true, true},
    {NULL, OPTCERT_SGD, NULL, false, false},
};

const optcert_optimizer_kind *optcert_optimizer_find(const char *name)
{
    for (const optcert_optimizer_kind *kind = optcert_optimizer_kinds; kind->name != NULL; kind++) {
        if (strcmp(kind->name, name) == 0) {
            return kind;
        }
    }
    return NULL;
}

double optcert_map_gradient(const optcert_dynamics *dynamics, double h, double theta, double z)
{
    const double slope = optcert_gradient(&dynamics->oracle.problem, theta);
    const double noise = sqrt(optcert_sigma2(&dynamics->oracle.problem, theta)) * z;
    if (dynamics->kind->optimizer == OPTCERT_SGD) {
        return slope + dynamics->sigma0 * noise;
    }
    if (dynamics->kind->optimizer == OPTCERT_SGD_SCALED) {
        return slope + dynamics->sigma0 / sqrt(h) * noise;
    }
    return sqrt(h) * slope / dynamics->sigma0 + noise;
}

double optcert_map_u(const optcert_dynamics *dynamics, double h, double u, double gradient)
{
    const double weight = dynamics->c2 * h;
    return (1.0 - weight) * u + weight * gradient * gradient;
}

double optcert_map_m(const optcert_dynamics *dynamics, double h, double m, double gradient)
{
    const double weight = dynamics->c1 * h;
    return (1.0 - weight) * m + weight * dynamics->sigma0 / sqrt(h) * gradient;
}

/* 1 - beta^(k+1) with 1-beta = weight. */
static double correction(double weight, double k)
{
    return -expm1((k + 1.0) * log1p(-weight));
}

double optcert_map_adam_rate(const optcert_dynamics *dynamics, double h, double k, double u)
{
    const double b1 = correction(dynamics->c1 * h, k);
    const double b2 = correction(dynamics->c2 * h, k);
    return 1.0 / (b1 * (dynamics->sigma0 * sqrt(u / b2) + dynamics->eps0));
}

double optcert_map_adam_keep(const optcert_dynamics *dynamics, double h)
{
    return dynamics->kind->optimizer == OPTCERT_ADAMW ? 1.0 - dynamics->lambda0 * h : 1.0;
}

/* The step of theta along g/sigma: sqrt(h) sigma0 (g/sigma) / (sigma0 sqrt u + eps0). */
static double rmsprop_theta(const optcert_dynamics *dynamics, double h, double theta, double u, double gradient)
{
    return theta - sqrt(h) * dynamics->sigma0 * gradient / (dynamics->sigma0 * sqrt(u) + dynamics->eps0);
}

optcert_state optcert_map_step(const optcert_dynamics *dynamics, double h, double k, optcert_state x, double z)
{
    const double gradient = optcert_map_gradient(dynamics, h, x.theta, z);
    optcert_state next = {x.theta, 0.0, optcert_map_u(dynamics, h, x.u, gradient)};
    switch (dynamics->kind->optimizer) {
    case OPTCERT_SGD:
    case OPTCERT_SGD_SCALED:
        next = (optcert_state){x.theta - h * gradient, 0.0, 0.0};
        break;
    case OPTCERT_RMSPROP:
        next.theta = rmsprop_theta(dynamics, h, x.theta, x.u, gradient);
        break;
    case OPTCERT_RMSPROP_NEWV:
        next.theta = rmsprop_theta(dynamics, h, x.theta, next.u, gradient);
        break;
    case OPTCERT_ADAM:
    case OPTCERT_ADAMW:
        next.m = optcert_map_m(dynamics, h, x.m, gradient);
        next.theta = optcert_map_adam_keep(dynamics, h) * x.theta -
                     h * optcert_map_adam_rate(dynamics, h, k, next.u) * next.m;
        break;
    }
    return next;
}
