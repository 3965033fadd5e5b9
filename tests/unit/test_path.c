/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fused path kernels: against the library's coefficients and scheme, on every instruction set, for any split. */
#include "path/path.h"
#include "path/path_run.h"
#include "random/fills.h"
#include "unit.h"

#include "optcert/euler_maruyama.h"
#include "optcert/rmsprop_sde.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { N = OPTCERT_PATH_BLOCK };

typedef struct setting {
    double a, s, sigma0, eps0, c2, h;
} setting;

static const setting settings[] = {{1.0, 1.0, 0.5, 0.1, 1.0, 1.0 / 64},
                                   {-0.3, 2.5, 1.5, 1e-3, 7.0, 1e-3},
                                   {4.0, 0.01, 0.1, 1.0, 0.5, 0.25}};

static optcert_path_plan plan_of(const setting *x)
{
    return optcert_path_plan_of(x->a, x->s, x->sigma0, x->eps0, x->c2, x->h);
}

static void start(double *theta, double *u)
{
    for (size_t i = 0; i < N; i++) {
        theta[i] = 1.0 - 2.0 * (double)i / N;
        u[i] = 0.1 + (double)i / N;
    }
}

/* One step by the library, from the random numbers that the header names. Both are within gamma(7u) of the increment
 * and u of theta' (path.h), so they differ by no more than twice that. */
static void follows_the_library(void)
{
    static double theta[N], u[N], wanted[N], wanted_u[N], z[N], grad[N], sd[N], drift[N], diffusion[N], drift_u[N];
    static const double zero[N];
    const double unit = DBL_EPSILON / 2;
    for (size_t k = 0; k < sizeof settings / sizeof settings[0]; k++) {
        const setting *x = &settings[k];
        const optcert_path_plan plan = plan_of(x);
        const oc_limit limit = {.sigma0 = x->sigma0, .eps0 = x->eps0, .c2 = x->c2};
        oc_rmsprop_sde_plan_f64 library;
        oc_time_step_f64 step;
        UNIT_CHECK(oc_rmsprop_sde_plan_init_f64(&library, &limit) == OC_OK &&
                       oc_time_step_init_f64(&step, x->h) == OC_OK,
                   "setting %zu", k);
        for (int law = 0; law < 2; law++) {
            const optcert_random at = {.seed = unit_seed(), .stream = 5 * N};
            start(theta, u);
            start(wanted, wanted_u);
            for (size_t i = 0; i < N; i++) {
                grad[i] = x->a * theta[i];
                sd[i] = sqrt(x->s);
            }
            law == 0 ? optcert_random_normals(&at, N, z) : optcert_random_two_points(&at, N, z);
            oc_rmsprop_sde_coef_f64(&library, N, drift, diffusion, drift_u, wanted_u, grad, sd);
            oc_euler_maruyama_step_f64(&step, N, wanted, drift, diffusion, z);
            oc_euler_maruyama_step_f64(&step, N, wanted_u, drift_u, zero, zero);
            optcert_path_run(&plan, law == 0 ? OPTCERT_NORMAL_INCREMENTS : OPTCERT_TWO_POINT_INCREMENTS, unit_seed(),
                             5 * N, N, 1, theta, u);
            for (size_t i = 0; i < N; i++) {
                const double parts = fabs(drift[i] * x->h) + fabs(diffusion[i] * sqrt(x->h) * z[i]);
                const double allowed = 2.0 * (7.1 * unit * parts + unit * fabs(wanted[i]));
                UNIT_CHECK(fabs(theta[i] - wanted[i]) <= allowed, "theta %a, library %a", theta[i], wanted[i]);
                UNIT_CHECK(fabs(u[i] - wanted_u[i]) <= 2.0 * unit * (fabs(u[i]) + 4.1 * fabs(drift_u[i] * x->h)),
                           "u %a, library %a", u[i], wanted_u[i]);
            }
        }
    }
}

static void sets_and_splits_agree(void)
{
    static const optcert_path_runs *const sets[] = {&optcert_path_runs_baseline, &optcert_path_runs_avx2,
                                                    &optcert_path_runs_avx512};
    static double theta[3 * N], u[3 * N], one[N], one_u[N];
    const optcert_path_plan plan = plan_of(&settings[0]);
    for (int law = 0; law < 2; law++) {
        for (size_t b = 0; b < 3; b++) {
            start(theta + b * N, u + b * N);
        }
        optcert_path_run(&plan, (optcert_increments)law, 9, 0, (size_t)3 * N, 20, theta, u);
        for (int s = 0; s <= (int)optcert_best_set(); s++) {
            for (uint64_t b = 0; b < 3; b++) {
                start(one, one_u);
                (law == 0 ? sets[s]->normal : sets[s]->two_point)(&plan, 9, b * N, 20, one, one_u);
                UNIT_CHECK(memcmp(one, theta + b * N, sizeof one) == 0 && memcmp(one_u, u + b * N, sizeof one_u) == 0,
                           "set %d, block %llu: other bits", s, (unsigned long long)b);
            }
        }
    }
}

/* u moves without noise and theta's mean is multiplied by 1 - a h/p, so the means are known. */
static void means_are_known(void)
{
    const setting x = settings[0];
    const optcert_path_plan plan = plan_of(&x);
    const uint64_t n = (uint64_t)64 * N;
    double theta = 1.0, u = 0.6, square = 1.0;
    for (int k = 0; k < 64; k++) {
        const double p = x.sigma0 * sqrt(u) + x.eps0;
        const double keep = 1.0 - x.a * x.h / p;
        theta *= keep;
        square = keep * keep * square + x.sigma0 * x.sigma0 * x.s * x.h / (p * p);
        u += x.c2 * x.h * (x.s - u);
    }
    for (int law = 0; law < 2; law++) {
        double mean[3], again[3];
        optcert_path_means(&plan, (optcert_increments)law, 3, n, 64, 1, 1.0, 0.6, mean);
        optcert_path_means(&plan, (optcert_increments)law, 3, n, 64, 2, 1.0, 0.6, again);
        UNIT_CHECK(memcmp(mean, again, sizeof mean) == 0, "2 threads give other bits");
        /* five standard errors; a nearly normal theta has Var theta^2 <= 3 E[theta^2]^2 */
        UNIT_CHECK(fabs(mean[0] - theta) <= 5.0 * sqrt((square - theta * theta) / (double)n), "E theta %g, %g", mean[0],
                   theta);
        UNIT_CHECK(fabs(mean[1] - square) <= 5.0 * sqrt(3.0 / (double)n) * square, "E theta^2 %g, %g", mean[1], square);
        UNIT_CHECK(fabs(mean[2] - u) <= 1e-12, "u %g, %g", mean[2], u);
    }
}

UNIT_SUITE(path, {"follows_the_library", follows_the_library}, {"sets_and_splits_agree", sets_and_splits_agree},
           {"means_are_known", means_are_known})
