/* SPDX-License-Identifier: GPL-3.0-or-later
 * Chains by their steps; limits, and C_1 beside them, by Taylor's series of exp(t L) over parts of the time at which
 * |t L| <= 1/2, where 14 terms leave out less than 2^-15/15! exp(1/2) < 6e-17 of |y|. */
#include "moments.h"
#include "dense/dense.h"
#include "sample/matrices.h"
#include "system.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct optcert_moments {
    const optcert_study *study;
    const optcert_moments_system *system;
    void *own;
    size_t n;
};

enum { DEGREE = 14 };

static bool refuse(char reason[OPTCERT_REASON_SIZE], const char *text, const char *name)
{
    snprintf(reason, OPTCERT_REASON_SIZE, text, name);
    return false;
}

static bool theta_closes(const optcert_study *study, const optcert_phi *phi, char reason[OPTCERT_REASON_SIZE])
{
    if (phi->factor != OPTCERT_PHI_ONE || phi->power[0] > 2) {
        return refuse(reason, "--phi '%s' does not close without sampling: it must be of degree 2 at most in more than one dimension",
                      phi->name);
    }
    if (study->dynamics.oracle.problem.kind->state_noise && study->correlation > 0.0) {
        snprintf(reason, OPTCERT_REASON_SIZE,
                 "--set 'rho=%g' does not close without sampling: the covariance of noise that depends on theta must be diagonal",
                 study->correlation);
        return false;
    }
    if (study->dimension > OPTCERT_MOMENTS_MOST) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 'd=%g' is not allowed: without sampling d must be at most %d",
                 study->dimension, OPTCERT_MOMENTS_MOST);
        return false;
    }
    return true;
}

static bool mu_closes(const optcert_study *study, const optcert_phi *phi, char reason[OPTCERT_REASON_SIZE])
{
    if (phi->factor != OPTCERT_PHI_ONE || phi->power[0] > 0) {
        return refuse(reason,
                      "--phi '%s' does not close without sampling: the mean of 1/(sigma0 sqrt(u) + eps0), by which theta moves, "
                      "follows from no moments; u and m do on problem linear, --engine monte-carlo takes any",
                      phi->name);
    }
    if (phi->power[1] + phi->power[2] > 2) {
        return refuse(reason, "--phi '%s' does not close without sampling: it must be of degree 2 at most in more than one dimension",
                      phi->name);
    }
    if (optcert_noise_heavy(study->dynamics.oracle.noise) && (phi->power[2] > 1 || phi->power[1] * phi->power[2] > 0)) {
        return refuse(reason, "--phi '%s' has no expectation: this noise has no third moment", phi->name);
    }
    return true;
}

bool optcert_moments_wanted(const optcert_study *study)
{
    return !study->sampled && (study->dimension > 1.0 || study->matrices != NULL);
}

bool optcert_moments_closed(const optcert_study *study, char reason[OPTCERT_REASON_SIZE])
{
    const optcert_problem_kind *problem = study->dynamics.oracle.problem.kind;
    const bool has_u = study->dynamics.kind->has_u;
    bool ok = true;
    for (size_t p = 0; ok && p < study->phi_count; p++) {
        ok = has_u ? mu_closes(study, &study->phi[p], reason) : theta_closes(study, &study->phi[p], reason);
    }
    if (ok && (has_u ? !problem->flat || study->couple != 0.0 || (study->matrices != NULL && study->matrices->hessian != NULL)
                     : !optcert_problem_is_linear(problem))) {
        return refuse(reason,
                      has_u ? "problem %s does not close without sampling in more than one dimension: its gradient, which drives u, "
                              "moves with theta (linear closes; --engine monte-carlo takes any)"
                            : "problem %s does not close without sampling in more than one dimension: its gradient is not linear in "
                              "theta (--engine monte-carlo takes any)",
                      problem->name);
    }
    return ok;
}

optcert_moments *optcert_moments_open(const optcert_study *study)
{
    optcert_moments *m = calloc(1, sizeof *m);
    if (m == NULL) {
        return NULL;
    }
    optcert_dense_one_thread(); /* the loops above are the parallel ones; sums do not depend on their number */
    m->study = study;
    m->system = study->dynamics.kind->has_u ? &optcert_moments_of_mu : &optcert_moments_of_theta;
    m->n = m->system->size(study);
    m->own = m->system->open(study);
    if (m->own == NULL) {
        free(m);
        return NULL;
    }
    return m;
}

void optcert_moments_close(optcert_moments *m)
{
    if (m != NULL) {
        m->system->close(m->own);
        free(m);
    }
}

static void read_all(const optcert_moments *m, const double *y, double error, optcert_moments_answer *out)
{
    for (size_t p = 0; p < m->study->phi_count; p++) {
        double sensitivity;
        out->value[p] = m->system->read(m->own, &m->study->phi[p], y, &sensitivity);
        out->error[p] = error * sensitivity;
    }
}

bool optcert_moments_chain(const optcert_moments *m, size_t steps, optcert_moments_answer *out)
{
    const double h = m->study->horizon / (double)steps;
    const optcert_moments_bound bound = m->system->bound(m->own, h);
    double *y = malloc(2 * m->n * sizeof *y);
    if (y == NULL) {
        return false;
    }
    double *now = y, *next = y + m->n, error = 0.0;
    m->system->start(m->own, now);
    for (size_t k = 0; k < steps; k++) {
        error = bound.gain * error + bound.gamma * bound.step * m->system->norm(m->own, now);
        m->system->apply(m->own, OPTCERT_MOMENTS_STEP, h, now, next);
        double *const swap = now;
        now = next;
        next = swap;
    }
    read_all(m, now, error, out);
    free(y);
    return true;
}

/* y, and z = the integral of exp((t-s) L) R exp(s L) y, over a part of the time. */
typedef struct flow {
    const optcert_moments *m;
    double h, part;
    bool integral;
    double *y, *z, *term_y, *term_z, *image, *room, *twice; /* each of m->n; the sums and the terms of their series */
    double error_y, error_z;
    optcert_moments_bound bound;
    double defect; /* bounds |R y| and its rounding/(3 gamma), relative to |y| */
} flow;

enum { FLOW_ARRAYS = 7 };

/* out += R y = A_2 y - L_0 L_0 y/2 - (L_1 - L_0) y, L_h being linear in h; image = L_0 y. */
static void add_defect(const flow *f, const double *y, const double *image, double *out)
{
    const optcert_moments *m = f->m;
    const int n = (int)m->n;
    m->system->apply(m->own, OPTCERT_MOMENTS_SECOND, 0.0, y, f->twice);
    cblas_daxpy(n, 1.0, f->twice, 1, out, 1);
    m->system->apply(m->own, OPTCERT_MOMENTS_GENERATOR, 0.0, image, f->twice);
    cblas_daxpy(n, -0.5, f->twice, 1, out, 1);
    m->system->apply(m->own, OPTCERT_MOMENTS_GENERATOR, 1.0, y, f->twice);
    cblas_daxpy(n, -1.0, f->twice, 1, out, 1);
    cblas_daxpy(n, 1.0, image, 1, out, 1);
}

/* term k+1 from term k of both series. */
static void next_terms(flow *f, int k)
{
    const optcert_moments *m = f->m;
    const int n = (int)m->n;
    const double factor = f->part / (double)(k + 1);
    m->system->apply(m->own, OPTCERT_MOMENTS_GENERATOR, f->h, f->term_y, f->image);
    if (f->integral) {
        m->system->apply(m->own, OPTCERT_MOMENTS_GENERATOR, f->h, f->term_z, f->room);
        add_defect(f, f->term_y, f->image, f->room);
        cblas_dcopy(n, f->room, 1, f->term_z, 1);
        cblas_dscal(n, factor, f->term_z, 1);
        cblas_daxpy(n, 1.0, f->term_z, 1, f->z, 1);
    }
    cblas_dcopy(n, f->image, 1, f->term_y, 1);
    cblas_dscal(n, factor, f->term_y, 1);
    cblas_daxpy(n, 1.0, f->term_y, 1, f->y, 1);
}

/* Bounds of the errors after a part. With x = part rate <= 1/2 term k of y has at most x^k/k! |y| and a rounding error of at most
 * gamma generator part x^(k-1)/(k-1)! |y| (by induction), in all 2 gamma generator part |y|; adding 15 terms up and leaving out the
 * rest costs 32 u |y|. Term k of z has x^k/k! |z| + part defect x^(k-1)/(k-1)! |y|, and so on alike. */
static void carry_errors(flow *f, double norm_y, double norm_z)
{
    const optcert_moments_bound *b = &f->bound;
    const double grown = exp(b->growth * f->part), u = 0.5 * DBL_EPSILON, bulk = f->part * b->generator;
    f->error_z = grown * (f->error_z + f->part * f->defect * f->error_y) +
                 3.0 * f->part * b->gamma * (b->generator * norm_z + f->defect * (3.0 + 2.0 * bulk) * norm_y) +
                 32.0 * u * (norm_z + 2.0 * f->part * f->defect * norm_y);
    f->error_y = grown * f->error_y + (2.0 * b->gamma * bulk + 32.0 * u) * norm_y;
}

/* More parts say that a chain of 2^18 steps multiplies its errors by more than 2 at each: there is no order to be seen. */
static const double most_parts = 0x1p20;

static void run_flow(flow *f, double duration)
{
    const optcert_moments *m = f->m;
    const int n = (int)m->n;
    const double parts = fmax(1.0, ceil(2.0 * duration * f->bound.rate));
    f->part = duration / parts;
    m->system->start(m->own, f->y);
    memset(f->z, 0, m->n * sizeof *f->z);
    if (!(parts <= most_parts)) {
        cblas_dscal(n, NAN, f->y, 1);
        cblas_dscal(n, NAN, f->z, 1);
        return;
    }
    for (double i = 0.0; i < parts; i += 1.0) {
        carry_errors(f, m->system->norm(m->own, f->y), f->integral ? m->system->norm(m->own, f->z) : 0.0);
        cblas_dcopy(n, f->y, 1, f->term_y, 1);
        cblas_dcopy(n, f->z, 1, f->term_z, 1);
        for (int k = 0; k < DEGREE; k++) {
            next_terms(f, k);
        }
    }
}

static bool open_flow(flow *f, const optcert_moments *m, double h, bool integral)
{
    *f = (flow){.m = m, .h = h, .integral = integral, .bound = m->system->bound(m->own, h)};
    const optcert_moments_bound one = m->system->bound(m->own, 1.0), zero = m->system->bound(m->own, 0.0);
    f->defect = one.second + 0.5 * zero.generator * zero.generator + one.generator + zero.generator;
    double *memory = malloc(FLOW_ARRAYS * m->n * sizeof *memory);
    double **const arrays[FLOW_ARRAYS] = {&f->y, &f->z, &f->term_y, &f->term_z, &f->image, &f->room, &f->twice};
    for (size_t i = 0; memory != NULL && i < FLOW_ARRAYS; i++) {
        *arrays[i] = memory + i * m->n;
    }
    return memory != NULL;
}

bool optcert_moments_limit(const optcert_moments *m, double h, double duration, optcert_moments_answer *out)
{
    flow f;
    if (!open_flow(&f, m, h, false)) {
        return false;
    }
    run_flow(&f, duration);
    read_all(m, f.y, f.error_y, out);
    free(f.y);
    return true;
}

bool optcert_moments_coefficient(const optcert_moments *m, optcert_moments_answer *out)
{
    flow f;
    if (!open_flow(&f, m, 0.0, true)) {
        return false;
    }
    run_flow(&f, m->study->horizon);
    read_all(m, f.z, f.error_z, out);
    free(f.y);
    return true;
}
