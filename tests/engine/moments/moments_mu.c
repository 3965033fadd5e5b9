/* SPDX-License-Identifier: GPL-3.0-or-later
 * RMSprop, Adam and AdamW on a linear loss: of each coordinate y = (1, E m, E u, E m^2, E m u, E u^2). A step has
 * g/sigma = r z + s p with s = sqrt(h), p = b/sigma0, r^2 = Sigma_ii, E z^3 = skew, E z^4 = fourth, and
 *   m' = (1 - c1 h) m + c1 h (sigma0/s) g/sigma,  u' = (1 - c2 h) u + c2 h (g/sigma)^2;
 * the limit dm = c1 (b - m) dt + sigma0 c1 r dW, du = c2 (r^2 - u) dt. Without m (RMSprop) c1 = 0.
 * Norm: the largest coordinate's |.|_1 with second moments weighted by w, for which what is constant in the equations moves
 * them no more than the rest. */
#include "sample/matrices.h"
#include "system.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ONE, M, U, MM, MU, UU, SIZE };

typedef struct mu_system {
    const optcert_study *study;
    size_t d; /* coordinates that differ: 1 without matrices */
    double skew, fourth;
    double weight;
} mu_system;

static size_t coordinates(const optcert_study *study)
{
    return study->matrices != NULL && study->matrices->root != NULL ? (size_t)study->dimension : 1;
}

static size_t size_of(const optcert_study *study)
{
    return coordinates(study) * SIZE;
}

static double variance(const mu_system *s, size_t i)
{
    const optcert_matrices *m = s->study->matrices;
    return m != NULL && m->root != NULL ? m->deviation[i] * m->deviation[i]
                                        : optcert_sigma2(&s->study->dynamics.oracle.problem, 0.0);
}

static void *open_system(const optcert_study *study)
{
    mu_system *s = calloc(1, sizeof *s);
    if (s == NULL) {
        return NULL;
    }
    const optcert_dynamics *d = &study->dynamics;
    const double force = optcert_gradient(&d->oracle.problem, 0.0);
    *s = (mu_system){.study = study, .d = coordinates(study)};
    s->skew = optcert_noise_heavy(d->oracle.noise) ? 0.0 : optcert_oracle_skewness(&d->oracle, &study->start.theta, 0);
    s->fourth = optcert_noise_heavy(d->oracle.noise) ? 0.0 : optcert_oracle_fourth(&d->oracle, &study->start.theta, 0);
    double most = 0.0;
    for (size_t i = 0; i < s->d; i++) {
        most = fmax(most, variance(s, i));
    }
    s->weight = 1.0 / (1.0 + study->horizon * (2.0 * d->c1 * fabs(force) + 2.0 * d->c2 * most));
    return s;
}

static void start(const void *own, double *y)
{
    const mu_system *s = own;
    const double m = s->study->start.m, u = s->study->start.u;
    const double first[SIZE] = {1.0, m, u, m * m, m * u, u * u};
    for (size_t i = 0; i < s->d; i++) {
        memcpy(y + i * SIZE, first, sizeof first);
    }
}

typedef double matrix[SIZE][SIZE];

static void set_step(const mu_system *s, double h, double variance, matrix a)
{
    const optcert_dynamics *d = &s->study->dynamics;
    const double b = optcert_gradient(&d->oracle.problem, 0.0), p = sqrt(h) * b / d->sigma0, r = sqrt(variance);
    const double g2 = variance + p * p, g3 = variance * r * s->skew + 3.0 * variance * p + p * p * p;
    const double g4 = variance * variance * s->fourth + 4.0 * p * variance * r * s->skew + 6.0 * p * p * variance + p * p * p * p;
    const double x = d->c1 * h, w = d->c2 * h, gain = d->c1 * sqrt(h) * d->sigma0; /* m' = (1-x) m + gain g/sigma */
    a[ONE][ONE] = 1.0;
    a[M][M] = 1.0 - x;
    a[M][ONE] = x * b;
    a[U][U] = 1.0 - w;
    a[U][ONE] = w * g2;
    a[MM][MM] = (1.0 - x) * (1.0 - x);
    a[MM][M] = 2.0 * (1.0 - x) * x * b;
    a[MM][ONE] = gain * gain * g2;
    a[MU][MU] = (1.0 - x) * (1.0 - w);
    a[MU][M] = (1.0 - x) * w * g2;
    a[MU][U] = (1.0 - w) * x * b;
    a[MU][ONE] = w * gain * g3;
    a[UU][UU] = (1.0 - w) * (1.0 - w);
    a[UU][U] = 2.0 * (1.0 - w) * w * g2;
    a[UU][ONE] = w * w * g4;
}

static void set_generator(const mu_system *s, double variance, matrix a)
{
    const optcert_dynamics *d = &s->study->dynamics;
    const double b = optcert_gradient(&d->oracle.problem, 0.0);
    a[M][M] = -d->c1;
    a[M][ONE] = d->c1 * b;
    a[U][U] = -d->c2;
    a[U][ONE] = d->c2 * variance;
    a[MM][MM] = -2.0 * d->c1;
    a[MM][M] = 2.0 * d->c1 * b;
    a[MM][ONE] = d->sigma0 * d->sigma0 * d->c1 * d->c1 * variance;
    a[MU][MU] = -d->c1 - d->c2;
    a[MU][M] = d->c2 * variance;
    a[MU][U] = d->c1 * b;
    a[UU][UU] = -2.0 * d->c2;
    a[UU][U] = 2.0 * d->c2 * variance;
}

/* What a step has at h^2, for a law without skewness (with it there is a power h^{3/2}, and no C_1). */
static void set_second(const mu_system *s, double variance, matrix a)
{
    const optcert_dynamics *d = &s->study->dynamics;
    const double b = optcert_gradient(&d->oracle.problem, 0.0), p2 = b * b / (d->sigma0 * d->sigma0);
    const double c1 = d->c1, c2 = d->c2;
    a[U][ONE] = c2 * p2;
    a[MM][MM] = c1 * c1;
    a[MM][M] = -2.0 * c1 * c1 * b;
    a[MM][ONE] = c1 * c1 * b * b;
    a[MU][MU] = c1 * c2;
    a[MU][M] = c2 * p2 - c1 * c2 * variance;
    a[MU][U] = -c1 * c2 * b;
    a[MU][ONE] = 3.0 * c1 * c2 * b * variance;
    a[UU][UU] = c2 * c2;
    a[UU][U] = 2.0 * c2 * p2 - 2.0 * c2 * c2 * variance;
    a[UU][ONE] = c2 * c2 * variance * variance * s->fourth;
}

static void set_matrix(const mu_system *s, optcert_moments_map map, double h, double variance, matrix a)
{
    memset(a, 0, sizeof(matrix));
    switch (map) {
    case OPTCERT_MOMENTS_STEP:
        set_step(s, h, variance, a);
        return;
    case OPTCERT_MOMENTS_GENERATOR:
        set_generator(s, variance, a);
        return;
    case OPTCERT_MOMENTS_SECOND:
        set_second(s, variance, a);
        return;
    }
}

static void apply(const void *own, optcert_moments_map map, double h, const double *y, double *out)
{
    const mu_system *s = own;
    for (size_t i = 0; i < s->d; i++, y += SIZE, out += SIZE) {
        matrix a;
        set_matrix(s, map, h, variance(s, i), a);
        for (size_t j = 0; j < SIZE; j++) {
            out[j] = 0.0;
            for (size_t k = 0; k < SIZE; k++) {
                out[j] += a[j][k] * y[k];
            }
        }
    }
}

static double weight_of(const mu_system *s, size_t j)
{
    return j >= MM ? s->weight : 1.0;
}

static double norm(const void *own, const double *y)
{
    const mu_system *s = own;
    double most = 0.0;
    for (size_t i = 0; i < s->d; i++, y += SIZE) {
        double sum = 0.0;
        for (size_t j = 0; j < SIZE; j++) {
            sum += weight_of(s, j) * fabs(y[j]);
        }
        most = fmax(most, sum);
    }
    return most;
}

/* Largest weighted sum of a column from `first` on; with `signs` the diagonal counts with its sign (the logarithmic norm). */
static double column_sum(const mu_system *s, matrix a, size_t first, bool signs)
{
    double most = -INFINITY;
    for (size_t k = first; k < SIZE; k++) {
        double sum = 0.0;
        for (size_t j = 0; j < SIZE; j++) {
            sum += weight_of(s, j) / weight_of(s, k) * (signs && j == k ? a[j][k] : fabs(a[j][k]));
        }
        most = fmax(most, sum);
    }
    return most;
}

/* Rounding: an entry of a matrix takes at most 20 roundings, none of a difference that cancels, and a row 6 more. */
static optcert_moments_bound bound(const void *own, double h)
{
    const mu_system *s = own;
    optcert_moments_bound all = {.growth = -INFINITY, .gamma = 32.0 * 0.5 * DBL_EPSILON};
    for (size_t i = 0; i < s->d; i++) {
        matrix step, generator, second;
        set_matrix(s, OPTCERT_MOMENTS_STEP, h, variance(s, i), step);
        set_matrix(s, OPTCERT_MOMENTS_GENERATOR, h, variance(s, i), generator);
        set_matrix(s, OPTCERT_MOMENTS_SECOND, h, variance(s, i), second);
        all.gain = fmax(all.gain, column_sum(s, step, M, false));
        all.step = fmax(all.step, column_sum(s, step, ONE, false));
        all.growth = fmax(all.growth, column_sum(s, generator, M, true));
        all.rate = fmax(all.rate, column_sum(s, generator, ONE, false));
        all.second = fmax(all.second, column_sum(s, second, ONE, false));
    }
    all.generator = all.rate;
    return all;
}

static double read_phi(const void *own, const optcert_phi *phi, const double *y, double *sensitivity)
{
    static const size_t index[3][3] = {{ONE, U, UU}, {M, MU, ONE}, {MM, ONE, ONE}};
    const mu_system *s = own;
    const size_t j = index[phi->power[1]][phi->power[2]];
    double sum = 0.0;
    for (size_t i = 0; i < s->d; i++) {
        sum += y[i * SIZE + j];
    }
    *sensitivity = 1.0 / weight_of(s, j);
    return sum / (double)s->d;
}

const optcert_moments_system optcert_moments_of_mu = {size_of, open_system, free, start, apply, norm, bound, read_phi};
