/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backward recursion on a tensor grid. Values are laid out [u][theta][m][phi].
 *
 * The grid of u at step k spans [u0 (1-c2 h)^k, max g^2/sigma^2]: u' is a convex combination of u and g^2/sigma^2,
 * so every point reached from the grid of step k lies in that of step k+1, and nothing is truncated.
 *
 * SGD and RMSprop: theta' and u' are drawn together ("joint" stage). Adam: first (m, u) moves, driven by the noise,
 * then theta moves by a shift that depends on (m', u') alone; each stage interpolates only what it moves. */
#include "chain.h"

#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct chain {
    const optcert_study *study;
    double h;
    optcert_rule *rule; /* of the noise, at each node of theta */
    optcert_basis theta, m, u_now, u_next;
    double u_max;
    size_t phis, row; /* row = theta.n * m.n * phis: the values at one u */
    double *next, *now;
} chain;

static void set_u_basis(const chain *c, size_t n, size_t k, optcert_basis *out)
{
    if (!c->study->dynamics.kind->has_u) {
        optcert_basis_point(out);
        return;
    }
    const double low = c->study->start.u * pow(1.0 - c->study->dynamics.c2 * c->h, (double)k);
    optcert_basis_log(out, n, low, c->u_max);
}

static double largest_u(const chain *c)
{
    double largest = 1.01 * c->study->start.u;
    for (size_t i = 0; i < c->theta.n; i++) {
        for (size_t q = 0; q < c->rule[i].n; q++) {
            const double g = optcert_map_gradient(&c->study->dynamics, c->h, c->theta.x[i], c->rule[i].z[q]);
            largest = fmax(largest, g * g);
        }
    }
    return largest;
}

/* V = rows * W over the u axis, W being `width` wide and `stride` apart. */
static void contract_u(const chain *c, const double *rows, const double *w, size_t stride, size_t width, double *out)
{
    const int now = (int)c->u_now.n;
    const int next = (int)c->u_next.n;
    cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, now, (int)width, next, 1.0, rows, next, w, (int)stride,
                0.0, out, (int)width);
}

/* Adds weight * E-term of noise node q at theta node i, for all u. */
static void joint_node(const chain *c, size_t i, size_t q, double *u_rows, double *v)
{
    const size_t nt = c->theta.n;
    double theta_row[OPTCERT_BASIS_MAX];
    double target[OPTCERT_BASIS_MAX];
    for (size_t j = 0; j < c->u_now.n; j++) {
        const optcert_state x = {c->theta.x[i], 0.0, c->u_now.x[j]};
        const optcert_state to = optcert_map_step(&c->study->dynamics, c->h, 0.0, x, c->rule[i].z[q]);
        target[j] = to.theta;
        optcert_basis_row(&c->u_next, to.u, u_rows + j * c->u_next.n);
    }
    contract_u(c, u_rows, c->next, c->row, c->row, v);
    for (size_t j = 0; j < c->u_now.n; j++) {
        optcert_basis_row(&c->theta, target[j], theta_row);
        double *sum = c->now + j * c->row + i * c->phis;
        for (size_t a = 0; a < nt; a++) {
            for (size_t p = 0; p < c->phis; p++) {
                sum[p] += c->rule[i].w[q] * theta_row[a] * v[j * c->row + a * c->phis + p];
            }
        }
    }
}

/* Adds the term of noise node q to the slice of theta node i: (m, u) moves, theta stays. */
static void noise_node(const chain *c, size_t i, size_t q, double *u_rows, double *v)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    const double g = optcert_map_gradient(dynamics, c->h, c->theta.x[i], c->rule[i].z[q]);
    const size_t nm = c->m.n;
    const size_t width = nm * c->phis;
    double m_rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
    for (size_t j = 0; j < c->u_now.n; j++) {
        optcert_basis_row(&c->u_next, optcert_map_u(dynamics, c->h, c->u_now.x[j], g), u_rows + j * c->u_next.n);
    }
    for (size_t j = 0; j < nm; j++) {
        optcert_basis_row(&c->m, optcert_map_m(dynamics, c->h, c->m.x[j], g), m_rows + j * nm);
    }
    contract_u(c, u_rows, c->next + i * width, c->row, width, v);
    for (size_t j = 0; j < c->u_now.n; j++) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)nm, (int)c->phis, (int)nm, c->rule[i].w[q], m_rows,
                    (int)nm, v + j * width, (int)c->phis, 1.0, c->now + j * c->row + i * width, (int)c->phis);
    }
}

/* now = E next over one stage driven by the noise. */
static bool noise_stage(chain *c)
{
    bool ok = true;
    memset(c->now, 0, c->u_now.n * c->row * sizeof *c->now);
#pragma omp parallel reduction(&& : ok)
    {
        double *u_rows = malloc(c->u_now.n * c->u_next.n * sizeof *u_rows);
        double *v = malloc(c->u_now.n * c->row * sizeof *v);
        ok = u_rows != NULL && v != NULL;
#pragma omp for
        for (size_t i = 0; i < c->theta.n; i++) {
            for (size_t q = 0; ok && q < c->rule[i].n; q++) {
                if (c->study->dynamics.kind->has_m) {
                    noise_node(c, i, q, u_rows, v);
                } else {
                    joint_node(c, i, q, u_rows, v);
                }
            }
        }
        free(v);
        free(u_rows);
    }
    return ok;
}

/* Adam's second stage, in place: next(theta, m, u) becomes next(keep theta - h rate m, m, u), at each (m, u). */
static void shift_stage(chain *c, double k)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    const size_t nt = c->theta.n;
    const int stride = (int)(c->m.n * c->phis);
    const double keep = optcert_map_adam_keep(dynamics, c->h);
#pragma omp parallel for
    for (size_t j = 0; j < c->u_next.n; j++) {
        const double rate = optcert_map_adam_rate(dynamics, c->h, k, c->u_next.x[j]);
        double rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
        double moved[OPTCERT_BASIS_MAX * OPTCERT_PHI_MAX];
        for (size_t b = 0; b < c->m.n; b++) {
            double *w = c->next + j * c->row + b * c->phis;
            for (size_t i = 0; i < nt; i++) {
                optcert_basis_row(&c->theta, keep * c->theta.x[i] - c->h * rate * c->m.x[b], rows + i * nt);
            }
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)nt, (int)c->phis, (int)nt, 1.0, rows, (int)nt,
                        w, stride, 0.0, moved, (int)c->phis);
            for (size_t i = 0; i < nt; i++) {
                memcpy(w + i * (size_t)stride, moved + i * c->phis, c->phis * sizeof *moved);
            }
        }
    }
}

static void final_values(chain *c)
{
    double *w = c->next;
    for (size_t j = 0; j < c->u_next.n; j++) {
        for (size_t i = 0; i < c->theta.n; i++) {
            for (size_t b = 0; b < c->m.n; b++) {
                for (size_t p = 0; p < c->phis; p++) {
                    *w++ = optcert_phi_value(&c->study->phi[p], c->theta.x[i], c->m.x[b], c->u_next.x[j]);
                }
            }
        }
    }
}

/* The values at the start, from the grid of step 0 (in `next` after the last exchange). */
static void read_start(const chain *c, double *out)
{
    double theta[OPTCERT_BASIS_MAX], m[OPTCERT_BASIS_MAX], u[OPTCERT_BASIS_MAX];
    optcert_basis_row(&c->theta, c->study->start.theta, theta);
    optcert_basis_row(&c->m, c->study->start.m, m);
    optcert_basis_row(&c->u_next, c->study->start.u, u);
    memset(out, 0, c->phis * sizeof *out);
    const double *w = c->next;
    for (size_t j = 0; j < c->u_next.n; j++) {
        for (size_t i = 0; i < c->theta.n; i++) {
            for (size_t b = 0; b < c->m.n; b++) {
                for (size_t p = 0; p < c->phis; p++) {
                    out[p] += u[j] * theta[i] * m[b] * *w++;
                }
            }
        }
    }
}

static bool recur(chain *c, optcert_level level, size_t steps)
{
    set_u_basis(c, level.u, steps, &c->u_next);
    final_values(c);
    for (size_t k = steps; k-- > 0;) {
        set_u_basis(c, level.u, k, &c->u_now);
        if (c->study->dynamics.kind->has_m) {
            shift_stage(c, c->study->t0 / c->h + (double)k);
        }
        if (!noise_stage(c)) {
            return false;
        }
        double *const swap = c->now;
        c->now = c->next;
        c->next = swap;
        c->u_next = c->u_now;
    }
    return true;
}

bool optcert_chain_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level, size_t steps,
                          double *out)
{
    chain c = {.study = study, .h = study->horizon / (double)steps, .phis = study->phi_count};
    optcert_frame_theta(study, frame, level.theta, &c.theta);
    optcert_frame_m(study, frame, level.m, &c.m);
    c.rule = malloc(c.theta.n * sizeof *c.rule);
    for (size_t i = 0; c.rule != NULL && i < c.theta.n; i++) {
        optcert_oracle_rule(&study->dynamics.oracle, &c.theta.x[i], 0, level.z, &c.rule[i]);
    }
    c.u_max = c.rule != NULL ? largest_u(&c) : 0.0;
    c.row = c.theta.n * c.m.n * c.phis;
    c.next = malloc(level.u * c.row * sizeof *c.next);
    c.now = malloc(level.u * c.row * sizeof *c.now);
    openblas_set_num_threads(1); /* the loops above are the parallel ones; sums do not depend on their number */
    const bool ok = c.next != NULL && c.now != NULL && c.rule != NULL && recur(&c, level, steps);
    if (ok) {
        read_start(&c, out);
    }
    free(c.rule);
    free(c.now);
    free(c.next);
    return ok;
}
