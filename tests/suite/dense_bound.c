/* SPDX-License-Identifier: GPL-3.0-or-later
 * OpenBLAS within the any-order bound of plain loops. */
#include "dense_bound.h"
#include "dense/dense.h"
#include "draw.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

void openblas_set_num_threads(int threads);
int openblas_get_num_threads(void);

/* The shapes: edges of OpenBLAS's blocking, odd sizes, one long sum, blocks of the sampled engine. */
static const optcert_dense shapes[] = {{1, 1},   {2, 3},    {4, 16},   {5, 64},    {7, 129},  {16, 1000},
                                       {33, 65}, {64, 256}, {100, 77}, {128, 200}, {3, 8000}, {32, 64}, {128, 16}};
enum { SHAPES = sizeof shapes / sizeof shapes[0], D_MAX = 128, ROOM = 128 * 256, STREAM = 1 << 20 };

typedef struct operation {
    const char *name;
    void (*plain)(const optcert_dense *of, const double *a, const double *b, double *out);
    void (*blas)(const optcert_dense *of, const double *a, const double *b, double *out);
    bool moments; /* out is d x d, the sums run over paths, and out is added to */
    bool symmetric;
} operation;

static void covariance_plain(const optcert_dense *of, const double *a, const double *b, double *out)
{
    (void)a;
    optcert_dense_covariance_plain(of, b, out);
}
static void covariance_blas(const optcert_dense *of, const double *a, const double *b, double *out)
{
    (void)a;
    optcert_dense_covariance_blas(of, b, out);
}

static const operation operations[] = {
    {"noise", optcert_dense_noise_plain, optcert_dense_noise_blas, false, false},
    {"gradient", optcert_dense_gradient_plain, optcert_dense_gradient_blas, false, true},
    {"covariance", covariance_plain, covariance_blas, true, false},
};
enum { OPERATIONS = sizeof operations / sizeof operations[0] };

typedef struct bench {
    double a[D_MAX * D_MAX], b[ROOM], start[ROOM], plain[ROOM], blas[ROOM];
} bench;

typedef struct tally {
    double worst;
    uint64_t compared;
    char detail[160];
} tally;

/* Numbers over 2^-12 to 2^12 with either sign: sums that cancel. */
static void fill(const optcert_dense_job *job, uint32_t stream, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++) {
        const optcert_draw at = {job->seed, STREAM + stream, (uint32_t)(i / 4096), (uint32_t)(i % 4096)};
        out[i] = optcert_draw_wide(&at, 0, -12, 12);
    }
}

/* One element's exact sum and the sum of its absolute values, by long double and its own error bound. */
typedef struct element {
    long double sum, size;
    size_t terms;
} element;

static element exact(const operation *op, const optcert_dense *of, const bench *w, size_t row, size_t column)
{
    element e = {0, 0, op->moments ? of->paths : of->d};
    for (size_t k = 0; k < e.terms; k++) {
        const size_t i = op->symmetric && k < row ? k * of->d + row : row * of->d + k;
        const double x = op->moments ? w->b[row * of->paths + k] : w->a[i];
        const double y = op->moments ? w->b[column * of->paths + k] : w->b[k * of->paths + column];
        e.sum += (long double)x * y;
        e.size += fabsl((long double)x * y);
    }
    if (op->moments) {
        e.sum += w->start[row * of->d + column];
        e.size += fabsl(w->start[row * of->d + column]);
        e.terms += 2;
    }
    return e;
}

/* gamma_M S + (1 + gamma_M) N tiny, rounded up; the long double sum itself errs by its own gamma. */
static double bound_of(const element *e, long double *slack)
{
    const long double m = (long double)e->terms + 2, u = 0x1p-53L, long_u = 0x1p-64L;
    const long double gamma = m * u / (1 - m * u), long_gamma = 2 * m * long_u;
    *slack = long_gamma * e->size;
    return (double)((gamma * e->size * (1 + long_gamma) + (1 + gamma) * m * 0x1p-1075L) * (1 + 0x1p-40L));
}

static void note(tally *t, double ratio, const char *what, const optcert_dense *of, size_t row, size_t column)
{
    t->compared++;
    ratio = isnan(ratio) ? INFINITY : ratio;
    if (ratio > t->worst) {
        t->worst = ratio;
        snprintf(t->detail, sizeof t->detail, "%s, d %zu, paths %zu, element %zu,%zu", what, of->d, of->paths, row, column);
    }
}

static void judge(const operation *op, const optcert_dense *of, const bench *w, tally *t)
{
    const size_t columns = op->moments ? of->d : of->paths;
    for (size_t row = 0; row < of->d; row++) {
        for (size_t column = op->moments ? row : 0; column < columns; column++) {
            const size_t at = row * columns + column;
            const element e = exact(op, of, w, row, column);
            long double slack;
            const double bound = bound_of(&e, &slack);
            note(t, fabs(w->plain[at] - w->blas[at]) / (2 * bound), "OpenBLAS and plain loop", of, row, column);
            note(t, (double)((fabsl(w->blas[at] - e.sum) - slack) / bound), "OpenBLAS and exact", of, row, column);
            note(t, (double)((fabsl(w->plain[at] - e.sum) - slack) / bound), "plain loop and exact", of, row, column);
        }
    }
}

/* In units of the bound of the last element, which every shape has. */
static void plant(const optcert_dense_job *job, const operation *op, const optcert_dense *of, bench *w)
{
    const size_t columns = op->moments ? of->d : of->paths, row = of->d - 1;
    const element e = exact(op, of, w, row, columns - 1);
    long double slack;
    w->blas[row * columns + columns - 1] += job->planted * bound_of(&e, &slack);
}

static void one_shape(const optcert_dense_job *job, const operation *op, size_t shape, bench *w, tally *t)
{
    const optcert_dense *of = &shapes[shape];
    const size_t outputs = of->d * (op->moments ? of->d : of->paths);
    fill(job, (uint32_t)(3 * shape), of->d * of->d, w->a);
    fill(job, (uint32_t)(3 * shape + 1), of->d * of->paths, w->b);
    fill(job, (uint32_t)(3 * shape + 2), outputs, w->start);
    for (size_t i = 0; i < outputs; i++) {
        w->plain[i] = w->start[i];
        w->blas[i] = w->start[i];
    }
    op->plain(of, w->a, w->b, w->plain);
    op->blas(of, w->a, w->b, w->blas);
    if (job->planted > 0) {
        plant(job, op, of, w);
    }
    judge(op, of, w, t);
}

static bool claim(const optcert_dense_job *job, const operation *op, int threads, bench *w, optcert_claims *claims)
{
    char id[64];
    tally t = {0};
    openblas_set_num_threads(threads);
    for (size_t shape = 0; shape < SHAPES; shape++) {
        one_shape(job, op, shape, w, &t);
    }
    snprintf(id, sizeof id, "blas.%s.threads%d", op->name, threads);
    const optcert_claim c = {.id = id,
                             .metric = "largest of observed difference / bound",
                             .method = OPTCERT_SAMPLED,
                             .relation = OPTCERT_AT_MOST,
                             .threshold = 1,
                             .measured = t.worst,
                             .low = t.worst,
                             .high = t.worst,
                             .sample_size = t.compared,
                             .seed = job->seed,
                             .basis = "sums of products in any order: Rounding.any_order dot_error, scaled_dot_error, two_orders",
                             .detail = t.detail};
    return optcert_claims_add(claims, &c);
}

bool optcert_dense_bound_run(const optcert_dense_job *job, optcert_claims *claims)
{
    static const int threads[] = {1, 2, 8};
    bench *w = calloc(1, sizeof *w);
    const int before = openblas_get_num_threads();
    bool whole = w != NULL;
    for (size_t o = 0; whole && o < OPERATIONS; o++) {
        for (size_t t = 0; whole && t < sizeof threads / sizeof threads[0]; t++) {
            whole = claim(job, &operations[o], threads[t], w, claims);
        }
    }
    openblas_set_num_threads(before);
    free(w);
    return whole;
}
