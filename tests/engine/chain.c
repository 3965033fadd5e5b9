/* SPDX-License-Identifier: GPL-3.0-or-later
 * Backward recursion on a tensor grid. Values are laid out [u][theta][m][phi].
 *
 * SGD and RMSprop: one step is the same matrix every time, made once. Adam: first (m, u) moves, driven by the
 * noise, by matrices made once for each theta and noise node; then theta moves by a shift that depends on
 * (m', u') and on the step; each stage interpolates only what it moves. */
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
    optcert_basis theta, m, u;
    size_t phis, row, block; /* row = theta.n * m.n * phis: the values at one u; block: all */
    double *next, *now;
    double *matrix; /* joint: the step; staged: for each theta and noise node a u matrix, then an m matrix */
} chain;

/* One row of the step's matrix: the state at node (j, i) under all noise nodes. */
static void joint_row(const chain *c, size_t j, size_t i, double *out)
{
    const size_t nt = c->theta.n;
    const optcert_state x = {c->theta.x[i], 0.0, c->u.x[j]};
    memset(out, 0, nt * c->u.n * sizeof *out);
    for (size_t q = 0; q < c->rule[i].n; q++) {
        double theta[OPTCERT_BASIS_MAX];
        double u[OPTCERT_BASIS_MAX];
        const optcert_state to = optcert_map_step(&c->study->dynamics, c->h, 0.0, x, c->rule[i].z[q]);
        optcert_basis_row(&c->theta, to.theta, theta);
        optcert_basis_row(&c->u, to.u, u);
        for (size_t b = 0; b < c->u.n; b++) {
            cblas_daxpy((int)nt, c->rule[i].w[q] * u[b], theta, 1, out + b * nt, 1);
        }
    }
}

static bool make_joint(chain *c)
{
    const size_t n = c->u.n * c->theta.n;
    c->matrix = malloc(n * n * sizeof *c->matrix);
    if (c->matrix == NULL) {
        return false;
    }
#pragma omp parallel for schedule(static)
    for (size_t node = 0; node < n; node++) {
        joint_row(c, node / c->theta.n, node % c->theta.n, c->matrix + node * n);
    }
    return true;
}

static void joint_stage(chain *c)
{
    const size_t n = c->u.n * c->theta.n;
    optcert_dense_product(n, n, c->phis, c->matrix, c->next, c->now);
}

static size_t staged_size(const chain *c)
{
    return c->u.n * c->u.n + c->m.n * c->m.n;
}

static size_t nodes_before(const chain *c, size_t i)
{
    size_t count = 0;
    for (size_t a = 0; a < i; a++) {
        count += c->rule[a].n;
    }
    return count;
}

static bool make_staged(chain *c)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    c->matrix = malloc(nodes_before(c, c->theta.n) * staged_size(c) * sizeof *c->matrix);
    for (size_t i = 0; c->matrix != NULL && i < c->theta.n; i++) {
        double *out = c->matrix + nodes_before(c, i) * staged_size(c);
        for (size_t q = 0; q < c->rule[i].n; q++) {
            const double g = optcert_map_gradient(dynamics, c->h, c->theta.x[i], c->rule[i].z[q]);
            for (size_t j = 0; j < c->u.n; j++, out += c->u.n) {
                optcert_basis_row(&c->u, optcert_map_u(dynamics, c->h, c->u.x[j], g), out);
            }
            for (size_t b = 0; b < c->m.n; b++, out += c->m.n) {
                optcert_basis_row(&c->m, optcert_map_m(dynamics, c->h, c->m.x[b], g), out);
                cblas_dscal((int)c->m.n, c->rule[i].w[q], out, 1);
            }
        }
    }
    return c->matrix != NULL;
}

/* The slice of theta node i: (m, u) moves, theta stays. `v` holds u.n * m.n * phis numbers. */
static void noise_slice(chain *c, size_t i, double *v)
{
    const int nu = (int)c->u.n;
    const int nm = (int)c->m.n;
    const int phis = (int)c->phis;
    const size_t width = c->m.n * c->phis;
    const double *matrix = c->matrix + nodes_before(c, i) * staged_size(c);
    for (size_t j = 0; j < c->u.n; j++) {
        memset(c->now + j * c->row + i * width, 0, width * sizeof *c->now);
    }
    for (size_t q = 0; q < c->rule[i].n; q++, matrix += staged_size(c)) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, nu, nm * phis, nu, 1.0, matrix, nu,
                    c->next + i * width, (int)c->row, 0.0, v, nm * phis);
        for (size_t j = 0; j < c->u.n; j++) {
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, nm, phis, nm, 1.0, matrix + nu * nu, nm,
                        v + j * width, phis, 1.0, c->now + j * c->row + i * width, phis);
        }
    }
}

static bool noise_stage(chain *c)
{
    bool ok = true;
#pragma omp parallel reduction(&& : ok)
    {
        double *v = malloc(c->u.n * c->m.n * c->phis * sizeof *v);
        ok = v != NULL;
#pragma omp for schedule(static)
        for (size_t i = 0; i < c->theta.n; i++) {
            if (ok) {
                noise_slice(c, i, v);
            }
        }
        free(v);
    }
    return ok;
}

/* Adam's second stage, in place: next(theta, m, u) becomes next(keep theta - h rate m, m, u), at each (m, u).
 */
static void shift_stage(chain *c, double k)
{
    const optcert_dynamics *dynamics = &c->study->dynamics;
    const size_t nt = c->theta.n;
    const int stride = (int)(c->m.n * c->phis);
    const double keep = optcert_map_adam_keep(dynamics, c->h);
#pragma omp parallel for schedule(static)
    for (size_t j = 0; j < c->u.n; j++) {
        const double rate = optcert_map_adam_rate(dynamics, c->h, k, c->u.x[j]);
        double rows[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
        double moved[OPTCERT_BASIS_MAX * OPTCERT_PHI_MAX];
        for (size_t b = 0; b < c->m.n; b++) {
            double *w = c->next + j * c->row + b * c->phis;
            for (size_t i = 0; i < nt; i++) {
                optcert_basis_row(&c->theta, keep * c->theta.x[i] - c->h * rate * c->m.x[b], rows + i * nt);
            }
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)nt, (int)c->phis, (int)nt, 1.0, rows,
                        (int)nt, w, stride, 0.0, moved, (int)c->phis);
            for (size_t i = 0; i < nt; i++) {
                memcpy(w + i * (size_t)stride, moved + i * c->phis, c->phis * sizeof *moved);
            }
        }
    }
}

static void final_values(chain *c)
{
    double *w = c->next;
    for (size_t j = 0; j < c->u.n; j++) {
        for (size_t i = 0; i < c->theta.n; i++) {
            for (size_t b = 0; b < c->m.n; b++) {
                for (size_t p = 0; p < c->phis; p++) {
                    *w++ = optcert_phi_value(&c->study->phi[p], c->theta.x[i], c->m.x[b], c->u.x[j]);
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
    optcert_basis_row(&c->u, c->study->start.u, u);
    memset(out, 0, c->phis * sizeof *out);
    const double *w = c->next;
    for (size_t j = 0; j < c->u.n; j++) {
        for (size_t i = 0; i < c->theta.n; i++) {
            for (size_t b = 0; b < c->m.n; b++) {
                for (size_t p = 0; p < c->phis; p++) {
                    out[p] += u[j] * theta[i] * m[b] * *w++;
                }
            }
        }
    }
}

static bool recur(chain *c, size_t steps)
{
    const bool staged = c->study->dynamics.kind->has_m;
    if (!(staged ? make_staged(c) : make_joint(c))) {
        return false;
    }
    final_values(c);
    for (size_t k = steps; k-- > 0;) {
        if (staged) {
            shift_stage(c, c->study->t0 / c->h + (double)k);
            if (!noise_stage(c)) {
                return false;
            }
        } else {
            joint_stage(c);
        }
        double *const swap = c->now;
        c->now = c->next;
        c->next = swap;
    }
    return true;
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

/* u' is a convex combination of u and g^2: nothing goes beyond the larger of them. Towards 0 it sinks by a
 * factor 1-c2 h at most; below the last node polynomials are continued by that little. */
static void set_u(chain *c, const optcert_frame *frame, size_t n)
{
    if (c->study->dynamics.kind->has_u) {
        optcert_basis_log(&c->u, n, frame->u_low, largest_u(c));
    } else {
        optcert_basis_point(&c->u);
    }
}

static bool open_chain(chain *c, const optcert_frame *frame, const optcert_level *level)
{
    optcert_frame_theta(c->study, frame, level->theta, &c->theta);
    optcert_frame_m(c->study, frame, level->m, &c->m);
    c->rule = malloc(c->theta.n * sizeof *c->rule);
    for (size_t i = 0; c->rule != NULL && i < c->theta.n; i++) {
        optcert_oracle_rule(&c->study->dynamics.oracle, &c->theta.x[i], 0, level->z, &c->rule[i]);
    }
    if (c->rule == NULL) {
        return false;
    }
    set_u(c, frame, level->u);
    c->row = c->theta.n * c->m.n * c->phis;
    c->block = c->u.n * c->row;
    c->next = malloc(c->block * sizeof *c->next);
    c->now = malloc(c->block * sizeof *c->now);
    return c->next != NULL && c->now != NULL;
}

bool optcert_chain_expect(const optcert_study *study, const optcert_frame *frame, optcert_level level,
                          size_t steps, double *out)
{
    if (optcert_zero_start(study)) {
        return optcert_chain_zero_expect(study, frame, level, steps, out);
    }
    chain c = {.study = study, .h = study->horizon / (double)steps, .phis = study->phi_count};
    optcert_dense_one_thread(); /* the loops above are the parallel ones; sums do not depend on their number */
    const bool ok = open_chain(&c, frame, &level) && recur(&c, steps);
    if (ok) {
        read_start(&c, out);
    }
    free(c.matrix);
    free(c.rule);
    free(c.now);
    free(c.next);
    return ok;
}
