/* SPDX-License-Identifier: GPL-3.0-or-later
 * SGD: y = (1, mu = E theta, M = E theta theta^T), grad f = H theta + b, Sigma = S + diag(s01 theta_i + s1 theta_i^2). With
 * nu = H mu + b and K = E grad f theta^T = H M + b mu^T a step is
 *   mu' = mu - h nu,  M' = M - h (K + K^T) + h^2 (K H + nu b^T) + q E Sigma,
 * q = h^2 sigma0^2, or h sigma0^2 where eta sigma^2 is kept; the limit has the same terms of order h, and of order h in L_h
 * the noise and, in the second-order modified equation (Li, Tai, E 2017), (I + h H/2) grad f for grad f.
 * Norm: |y| = |y_0| + |mu|_2 + w |M|_F, with a w for which b's part in M is no larger than the rest. */
#include "dense/dense.h"
#include "sample/matrices.h"
#include "spectrum.h"
#include "system.h"

#include <cblas.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct theta_system {
    const optcert_study *study;
    size_t d;
    double s01, s1;
    double *memory;
    double *hessian, *force, *sigma; /* H, b, S */
    double *k, *work, *nu;           /* d x d, d x d, d */
    double lowest, highest;          /* eigenvalues of H */
    double hessian_size, force_size, sigma_size; /* |H|_F, |b|_2, |S|_F */
    double weight;
} theta_system;

static size_t size_of(const optcert_study *study)
{
    const size_t d = (size_t)study->dimension;
    return 1 + d + d * d;
}

/* A gradient that couples neighbours on a ring, as model_oracle.c has it. */
static void set_hessian(theta_system *s)
{
    const optcert_study *study = s->study;
    const optcert_problem *problem = &study->dynamics.oracle.problem;
    const size_t d = s->d;
    const bool own = study->matrices != NULL && study->matrices->hessian != NULL;
    for (size_t i = 0; i < d; i++) {
        s->force[i] = own ? 0.0 : optcert_gradient(problem, 0.0);
        for (size_t j = 0; j < d; j++) {
            s->hessian[i * d + j] = own ? study->matrices->hessian[i * d + j] : 0.0;
        }
        s->hessian[i * d + i] += (own ? 0.0 : optcert_curvature(problem, 0.0)) + 2.0 * study->couple;
        s->hessian[i * d + (i + 1) % d] -= study->couple;
        s->hessian[i * d + (i + d - 1) % d] -= study->couple;
    }
}

static void set_sigma(theta_system *s)
{
    const optcert_study *study = s->study;
    const optcert_matrices *m = study->matrices;
    const optcert_problem *problem = &study->dynamics.oracle.problem;
    const size_t d = s->d;
    if (m != NULL && m->root != NULL) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)d, (int)d, (int)d, 1.0, m->root, (int)d, m->root, (int)d,
                    0.0, s->sigma, (int)d);
    }
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j < d; j++) {
            double *entry = &s->sigma[i * d + j];
            if (m != NULL && m->root != NULL) {
                *entry *= m->deviation[i] * m->deviation[j];
            } else {
                *entry = optcert_sigma2(problem, 0.0) * (i == j ? 1.0 : study->correlation);
            }
        }
    }
    s->s01 = problem->kind->state_noise ? problem->s01 : 0.0;
    s->s1 = problem->kind->state_noise ? problem->s1 : 0.0;
}

static bool set_sizes(theta_system *s)
{
    const int d = (int)s->d;
    s->hessian_size = cblas_dnrm2(d * d, s->hessian, 1);
    s->force_size = cblas_dnrm2(d, s->force, 1);
    s->sigma_size = cblas_dnrm2(d * d, s->sigma, 1);
    const double sigma0 = s->study->dynamics.sigma0;
    s->weight = 1.0 / (1.0 + s->study->horizon * (2.0 * s->force_size + sigma0 * sigma0 * fabs(s->s01)));
    return optcert_spectrum(s->d, s->hessian, &s->lowest, &s->highest);
}

static void close_system(void *own)
{
    theta_system *s = own;
    if (s != NULL) {
        free(s->memory);
        free(s);
    }
}

static void *open_system(const optcert_study *study)
{
    theta_system *s = calloc(1, sizeof *s);
    const size_t d = (size_t)study->dimension;
    if (s == NULL) {
        return NULL;
    }
    s->study = study;
    s->d = d;
    s->memory = calloc(4 * d * d + 2 * d, sizeof *s->memory);
    if (s->memory != NULL) {
        s->hessian = s->memory;
        s->sigma = s->hessian + d * d;
        s->k = s->sigma + d * d;
        s->work = s->k + d * d;
        s->force = s->work + d * d;
        s->nu = s->force + d;
        set_hessian(s);
        set_sigma(s);
    }
    if (s->memory == NULL || !set_sizes(s)) {
        close_system(s);
        return NULL;
    }
    return s;
}

static void start(const void *own, double *y)
{
    const theta_system *s = own;
    const double theta = s->study->start.theta;
    y[0] = 1.0;
    for (size_t i = 0; i < s->d; i++) {
        y[1 + i] = theta;
    }
    for (size_t i = 0; i < s->d * s->d; i++) {
        y[1 + s->d + i] = theta * theta;
    }
}

/* nu and K. */
static void mean_gradient(const theta_system *s, const double *y)
{
    const size_t d = s->d;
    const double *mu = y + 1;
    memcpy(s->nu, s->force, d * sizeof *s->nu);
    cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)d, (int)d, 1.0, s->hessian, (int)d, mu, 1, y[0], s->nu, 1);
    optcert_dense_product(d, d, d, s->hessian, mu + d, s->k);
    cblas_dger(CblasRowMajor, (int)d, (int)d, 1.0, s->force, 1, mu, 1, s->k, (int)d);
}

/* out += factor E Sigma */
static void add_noise(const theta_system *s, double factor, const double *y, double *out)
{
    const size_t d = s->d;
    const double *mu = y + 1, *m = mu + d;
    cblas_daxpy((int)(d * d), factor * y[0], s->sigma, 1, out, 1);
    for (size_t i = 0; i < d; i++) {
        out[i * d + i] += factor * (s->s01 * mu[i] + s->s1 * m[i * d + i]);
    }
}

/* out = -factor (K + K^T) */
static void set_symmetric(const theta_system *s, double factor, double *out)
{
    const size_t d = s->d;
    for (size_t i = 0; i < d; i++) {
        for (size_t j = 0; j < d; j++) {
            out[i * d + j] = -factor * (s->k[i * d + j] + s->k[j * d + i]);
        }
    }
}

static double noise_rate(const theta_system *s, double h)
{
    const double square = s->study->dynamics.sigma0 * s->study->dynamics.sigma0;
    return s->study->dynamics.kind->optimizer == OPTCERT_SGD ? h * square : square;
}

/* E grad f grad f^T = K H + nu b^T, for nu and K of y. */
static void add_square(const theta_system *s, double factor, double *out)
{
    const size_t d = s->d;
    optcert_dense_product(d, d, d, s->k, s->hessian, s->work);
    cblas_dger(CblasRowMajor, (int)d, (int)d, 1.0, s->nu, 1, s->force, 1, s->work, (int)d);
    cblas_daxpy((int)(d * d), factor, s->work, 1, out, 1);
}

static void step(const theta_system *s, double h, const double *y, double *out)
{
    const size_t d = s->d;
    mean_gradient(s, y);
    out[0] = y[0];
    for (size_t i = 0; i < d; i++) {
        out[1 + i] = y[1 + i] - h * s->nu[i];
    }
    double *m = out + 1 + d;
    set_symmetric(s, h, m);
    cblas_daxpy((int)(d * d), 1.0, y + 1 + d, 1, m, 1);
    add_square(s, h * h, m);
    add_noise(s, h * noise_rate(s, h), y, m);
}

/* nu and K become (I + h H/2) nu, (I + h H/2) K. */
static void modify(const theta_system *s, double h, double *room)
{
    const size_t d = s->d;
    optcert_dense_product(d, d, d, s->hessian, s->k, s->work);
    cblas_daxpy((int)(d * d), 0.5 * h, s->work, 1, s->k, 1);
    cblas_dgemv(CblasRowMajor, CblasNoTrans, (int)d, (int)d, 1.0, s->hessian, (int)d, s->nu, 1, 0.0, room, 1);
    cblas_daxpy((int)d, 0.5 * h, room, 1, s->nu, 1);
}

/* The mistake's drift: (1/4) rate dSigma_ii/dtheta_i. */
static void add_stratonovich(const theta_system *s, double rate, const double *y, double *out)
{
    const size_t d = s->d;
    const double *mu = y + 1, *m = mu + d;
    for (size_t i = 0; i < d; i++) {
        out[1 + i] += 0.25 * rate * (s->s01 * y[0] + 2.0 * s->s1 * mu[i]);
        for (size_t j = 0; j < d; j++) {
            out[1 + d + i * d + j] += 0.25 * rate * (s->s01 * (mu[i] + mu[j]) + 4.0 * s->s1 * m[i * d + j]);
        }
    }
}

static bool is_modified(const theta_system *s)
{
    return s->study->second_order && s->study->dynamics.kind->optimizer == OPTCERT_SGD;
}

static void generator(const theta_system *s, double h, const double *y, double *out)
{
    const size_t d = s->d;
    mean_gradient(s, y);
    if (is_modified(s)) {
        modify(s, h, out + 1);
    }
    out[0] = 0.0;
    for (size_t i = 0; i < d; i++) {
        out[1 + i] = -s->nu[i];
    }
    set_symmetric(s, 1.0, out + 1 + d);
    add_noise(s, noise_rate(s, h), y, out + 1 + d);
    if (s->study->mistake == OPTCERT_STRATONOVICH) {
        add_stratonovich(s, noise_rate(s, h), y, out);
    }
}

static void second(const theta_system *s, const double *y, double *out)
{
    const size_t d = s->d;
    mean_gradient(s, y);
    memset(out, 0, (1 + d + d * d) * sizeof *out);
    add_square(s, 1.0, out + 1 + d);
    add_noise(s, noise_rate(s, 1.0) - noise_rate(s, 0.0), y, out + 1 + d);
}

static void apply(const void *own, optcert_moments_map map, double h, const double *y, double *out)
{
    const theta_system *s = own;
    switch (map) {
    case OPTCERT_MOMENTS_STEP:
        step(s, h, y, out);
        return;
    case OPTCERT_MOMENTS_GENERATOR:
        generator(s, h, y, out);
        return;
    case OPTCERT_MOMENTS_SECOND:
        second(s, y, out);
        return;
    }
}

static double norm(const void *own, const double *y)
{
    const theta_system *s = own;
    const int d = (int)s->d;
    return fabs(y[0]) + cblas_dnrm2(d, y + 1, 1) + s->weight * cblas_dnrm2(d * d, y + 1 + s->d, 1);
}

static double largest(double a, double b, double c)
{
    return fmax(a, fmax(b, c));
}

/* Norms of the blocks (to mu and M, from 1, mu and M); the largest sum of a column counts. Rounding: every entry is a sum of
 * products, of at most 2 d + 16 roundings in a row, and |H|_F bounds what they are relative to. */
static optcert_moments_bound bound(const void *own, double h)
{
    const theta_system *s = own;
    const double w = s->weight, b = s->force_size, size = s->hessian_size, noise = s->sigma_size;
    const double s01 = fabs(s->s01), s1 = fabs(s->s1);
    const double edge = fmax(fabs(s->lowest), fabs(s->highest));
    const double factor = fmax(fabs(1.0 - h * s->lowest), fabs(1.0 - h * s->highest));
    const double rate = noise_rate(s, h), q = h * rate, reach = 1.0 + h * size;
    const double half = is_modified(s) ? 0.5 * h : 0.0, push = b * (1.0 + half * size);
    const double strat = s->study->mistake == OPTCERT_STRATONOVICH ? rate : 0.0, root = sqrt((double)s->d);
    /* -lambda - half lambda^2 is largest at an end of the spectrum, or at its top -1/(2 half) */
    const double top = half > 0.0 ? 0.25 / half : 0.0;
    const double pull = half > 0.0 && s->lowest < -0.5 / half
                            ? top
                            : fmax(-s->lowest - half * s->lowest * s->lowest, -s->highest - half * s->highest * s->highest);
    const double across = w * (2.0 * push + rate * s01 + 0.5 * strat * s01 * root);
    const double from_one = push + 0.25 * strat * s01 * root + w * rate * noise;
    const double edges = edge * (1.0 + half * edge), sizes = size * (1.0 + half * size), square = noise_rate(s, 1.0);
    const double terms = (double)(2 * s->d + 16) * 0.5 * DBL_EPSILON;
    return (optcert_moments_bound){
        .gain = fmax(factor + w * (2.0 * h * factor * b + q * s01), factor * factor + q * s1),
        .growth = fmax(pull + 0.5 * strat * s1 + across, 2.0 * pull + rate * s1 + strat * s1),
        .rate = largest(from_one, edges + 0.5 * strat * s1 + across, 2.0 * edges + (rate + strat) * s1),
        .generator = largest(from_one, sizes + 0.5 * strat * s1 + across, 2.0 * sizes + (rate + strat) * s1),
        .step = largest(1.0 + h * b + w * (h * h * b * b + q * noise), reach + w * (2.0 * h * reach * b + q * s01),
                        reach * reach + q * s1),
        .second = largest(w * (b * b + square * noise), w * (2.0 * size * b + square * s01), size * size + square * s1),
        .gamma = terms / (1.0 - terms)};
}

static double read_phi(const void *own, const optcert_phi *phi, const double *y, double *sensitivity)
{
    const theta_system *s = own;
    const double d = (double)s->d;
    const bool squared = phi->power[0] == 2;
    double sum = 0.0;
    for (size_t i = 0; i < s->d; i++) {
        sum += squared ? y[1 + s->d + i * (s->d + 1)] : y[1 + i];
    }
    *sensitivity = (squared ? 1.0 / s->weight : 1.0) / sqrt(d); /* |sum of d numbers| <= sqrt(d) |.|_2 */
    return sum / d;
}

const optcert_moments_system optcert_moments_of_theta = {size_of, open_system, close_system, start,
                                                         apply,   norm,        bound,        read_phi};
