/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backward recursion for Adam from m = u = 0 on a tensor grid of theta, u/(1 - beta2^k) and the ratio
 * m/sqrt(1 - beta1^k) / sqrt(u/(1 - beta2^k)), in which the laws keep their size from the first step on. The ratio and not m: u may be
 * next to nothing, but then m is too, and theta's steps stay small on the whole grid. Values are laid out [theta][u][ratio][phi]. */
#include "chain.h"
#include "dense/dense.h"
#include "zero_start.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct chain {
    const optcert_study *study;
    double h;
    optcert_rule *rule; /* of the noise, at each node of theta */
    optcert_basis theta, u, ratio;
    double u_least; /* u is not taken below the grid's end */
    optcert_units before, after; /* the step */
    size_t phis, slice; /* slice: the values at one theta */
    double *next, *now;
} chain;

/* The least squared gradient, from which u starts; but 10^(-n/8) at least: below that u is with a chance of 10^(-n/16) only, and theta's
 * step hardly changes any more. */
static double least_square(const chain *c, size_t n, double *largest)
{
    double least = INFINITY;
    for (size_t i = 0; i < c->theta.n; i++) {
        for (size_t q = 0; q < c->rule[i].n; q++) {
            const double g = optcert_map_gradient(&c->study->dynamics, c->h, c->theta.x[i], c->rule[i].z[q]);
            least = fmin(least, g * g);
            *largest = fmax(*largest, g * g);
        }
    }
    return fmax(0.9 * least, pow(10.0, -0.125 * (double)n));
}

/* m of a node before step k. */
static double m_of(const chain *c, optcert_units units, size_t j, size_t b)
{
    return c->ratio.x[b] * sqrt(c->u.x[j]) * units.m;
}

/* V(theta, u', m') = W(theta', u', m') for the values W after step k; in place. */
static void shift_stage(chain *c, size_t k)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    const double keep = optcert_map_adam_keep(dynamics, c->h);
    const size_t nt = c->theta.n;
#pragma omp parallel for schedule(static)
    for (size_t j = 0; j < c->u.n; j++) {
        const double rate = optcert_map_adam_rate(dynamics, c->h, (double)k, c->after.u * c->u.x[j]);
        double rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
        double moved[OPTCERT_BASIS_MAX * OPTCERT_PHI_MAX];
        for (size_t b = 0; b < c->ratio.n; b++) {
            double *w = c->next + (j * c->ratio.n + b) * c->phis;
            for (size_t i = 0; i < nt; i++) {
                optcert_basis_row(&c->theta, keep * c->theta.x[i] - c->h * rate * m_of(c, c->after, j, b), rows + i * nt);
            }
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)nt, (int)c->phis, (int)nt, 1.0, rows, (int)nt, w,
                        (int)c->slice, 0.0, moved, (int)c->phis);
            for (size_t i = 0; i < nt; i++) {
                memcpy(w + i * c->slice, moved + i * c->phis, c->phis * sizeof *moved);
            }
        }
    }
}

/* out += weight V(theta_i, u', m') for the noise g, from each ratio b < ratios at u node j; at k = 0 from nothing. */
static void add_noise(const chain *c, size_t k, size_t i, size_t j, size_t ratios, double g, double weight, double *out)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    const double from = k == 0 ? 0.0 : c->before.u * c->u.x[j];
    const double u = fmax(optcert_map_u(dynamics, c->h, from, g) / c->after.u, c->u_least);
    double row[OPTCERT_BASIS_MAX], at_u[OPTCERT_BASIS_MAX * OPTCERT_PHI_MAX];
    const int width = (int)(c->ratio.n * c->phis);
    optcert_basis_row(&c->u, u, row);
    cblas_dgemv(CblasRowMajor, CblasTrans, (int)c->u.n, width, weight, c->next + i * c->slice, width, row, 1, 0.0, at_u, 1);
    for (size_t b = 0; b < ratios; b++) {
        const double m = optcert_map_m(dynamics, c->h, k == 0 ? 0.0 : m_of(c, c->before, j, b), g);
        optcert_basis_row(&c->ratio, m / (c->after.m * sqrt(u)), row);
        cblas_dgemv(CblasRowMajor, CblasTrans, (int)c->ratio.n, (int)c->phis, 1.0, at_u, (int)c->phis, row, 1, 1.0,
                    out + b * c->phis, 1);
    }
}

static void noise_stage(chain *c, size_t k)
{
    const size_t width = c->ratio.n * c->phis;
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < c->theta.n; i++) {
        double *now = c->now + i * c->slice;
        memset(now, 0, c->slice * sizeof *now);
        for (size_t q = 0; q < c->rule[i].n; q++) {
            const double g = optcert_map_gradient(&c->study->dynamics, c->h, c->theta.x[i], c->rule[i].z[q]);
            for (size_t j = 0; j < (k == 0 ? 1 : c->u.n); j++) {
                add_noise(c, k, i, j, k == 0 ? 1 : c->ratio.n, g, c->rule[i].w[q], now + j * width);
            }
        }
    }
}

static void final_values(chain *c)
{
    double *w = c->next;
    for (size_t i = 0; i < c->theta.n; i++) {
        for (size_t j = 0; j < c->u.n; j++) {
            for (size_t b = 0; b < c->ratio.n; b++) {
                for (size_t p = 0; p < c->phis; p++) {
                    *w++ = optcert_phi_value(&c->study->phi[p], c->theta.x[i], m_of(c, c->after, j, b), c->after.u * c->u.x[j]);
                }
            }
        }
    }
}

static void recur(chain *c, size_t steps, double *out)
{
    c->after = optcert_zero_units(c->study, c->h, steps);
    final_values(c);
    for (size_t k = steps; k-- > 0;) {
        c->before = optcert_zero_units(c->study, c->h, k);
        shift_stage(c, k);
        noise_stage(c, k);
        double *const swap = c->now;
        c->now = c->next;
        c->next = swap;
        c->after = c->before;
    }
    double row[OPTCERT_BASIS_MAX];
    optcert_basis_row(&c->theta, c->study->start.theta, row);
    memset(out, 0, c->phis * sizeof *out);
    for (size_t i = 0; i < c->theta.n; i++) {
        cblas_daxpy((int)c->phis, row[i], c->next + i * c->slice, 1, out, 1);
    }
}

static bool open_chain(chain *c, const optcert_frame *frame, const optcert_level *level)
{
    double largest = 0.0;
    optcert_frame_theta(c->study, frame, level->theta, &c->theta);
    optcert_frame_m(c->study, frame, level->m, &c->ratio);
    c->rule = malloc(c->theta.n * sizeof *c->rule);
    for (size_t i = 0; c->rule != NULL && i < c->theta.n; i++) {
        optcert_zero_rule(c->study, c->h, c->theta.x[i], level->z, &c->rule[i]);
    }
    if (c->rule == NULL) {
        return false;
    }
    c->u_least = least_square(c, level->u, &largest);
    optcert_basis_log(&c->u, level->u, c->u_least, largest);
    c->slice = c->u.n * c->ratio.n * c->phis;
    c->next = malloc(c->theta.n * c->slice * sizeof *c->next);
    c->now = malloc(c->theta.n * c->slice * sizeof *c->now);
    return c->next != NULL && c->now != NULL;
}

bool optcert_chain_zero_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level, size_t steps, double *out)
{
    chain c = {.study = study, .h = study->horizon / (double)steps, .phis = study->phi_count};
    optcert_dense_one_thread(); /* the loops above are the parallel ones; sums do not depend on their number */
    const bool ok = open_chain(&c, frame, &level);
    if (ok) {
        recur(&c, steps, out);
    }
    free(c.rule);
    free(c.now);
    free(c.next);
    return ok;
}
