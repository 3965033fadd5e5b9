/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and coefficients from errors with known standard errors. The models are those of converge_fit.c with fewer
 * terms, log|e| = p log h + a + b h and e/h = C1 + C2 h (+ C3 h^2); rows are weighted by their variance, which the
 * scheme's bias adds to. Where residuals are larger than the standard errors explain, intervals grow with them. What
 * the models leave out shows in the change when the coarsest row, where it is largest, is left out: that is added in
 * quadrature. */
#include "sampled.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

/* An error that is not this many standard errors away from 0 has no logarithm worth the name. */
static const double noise_floor = 4.0;

enum { ORDER_TERMS = 3, ORDER_ROWS = 3, MANY_ROWS = 5 };

typedef struct points {
    size_t count;
    double h[OPTCERT_ROWS_MAX], y[OPTCERT_ROWS_MAX], se[OPTCERT_ROWS_MAX];
    double quantile; /* of the normal law: standard errors that the interval reaches to either side */
} points;

/* Of 99 % confidence at every look together (Bonferroni). */
static double quantile_of(const optcert_converge *c)
{
    return gsl_cdf_ugaussian_Qinv(0.005 / (c->looks > 1 ? c->looks : 1));
}

typedef double term(size_t index, double h);

static double order_term(size_t index, double h)
{
    return index == 0 ? log(h) : index == 1 ? 1.0 : h;
}

static double power_term(size_t index, double h)
{
    return gsl_pow_uint(h, (unsigned)index);
}

/* The first coefficient, its interval, and the half-width that standard errors alone give it. */
static optcert_estimate regress(const points *data, size_t terms, term *of, double *noise)
{
    gsl_matrix *design = gsl_matrix_alloc(data->count, terms);
    gsl_vector *response = gsl_vector_alloc(data->count);
    gsl_vector *weight = gsl_vector_alloc(data->count);
    gsl_vector *solution = gsl_vector_alloc(terms);
    gsl_matrix *covariance = gsl_matrix_alloc(terms, terms);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(data->count, terms);
    for (size_t i = 0; i < data->count; i++) {
        gsl_vector_set(response, i, data->y[i]);
        gsl_vector_set(weight, i, 1.0 / (data->se[i] * data->se[i]));
        for (size_t j = 0; j < terms; j++) {
            gsl_matrix_set(design, i, j, of(j, data->h[i]));
        }
    }
    double square = 0.0;
    optcert_estimate out = {NAN, NAN, NAN};
    if (gsl_multifit_wlinear(design, weight, response, solution, covariance, &square, work) == 0) {
        const double freedom = (double)(data->count - terms);
        const double excess = freedom > 0.0 ? fmax(1.0, sqrt(square / freedom)) : 1.0;
        *noise = data->quantile * sqrt(gsl_matrix_get(covariance, 0, 0));
        const double margin = *noise * excess;
        out.value = gsl_vector_get(solution, 0);
        out.low = out.value - margin;
        out.high = out.value + margin;
    }
    gsl_multifit_linear_free(work);
    gsl_matrix_free(covariance);
    gsl_vector_free(solution);
    gsl_vector_free(weight);
    gsl_vector_free(response);
    gsl_matrix_free(design);
    return out;
}

/* The same with the error of the model. Rows are in the order of falling h. */
static optcert_estimate estimate(const points *data, size_t terms, term *of, double *noise)
{
    double other;
    optcert_estimate out = regress(data, terms, of, noise);
    if (data->count <= terms) {
        return out;
    }
    points fine = {.count = data->count - 1, .quantile = data->quantile};
    for (size_t i = 0; i < fine.count; i++) {
        fine.h[i] = data->h[i + 1];
        fine.y[i] = data->y[i + 1];
        fine.se[i] = data->se[i + 1];
    }
    const double margin = hypot(out.high - out.value, regress(&fine, terms, of, &other).value - out.value);
    return (optcert_estimate){out.value, out.value - margin, out.value + margin};
}

static double spread(const optcert_row *row, size_t p)
{
    return hypot(row->se[p], row->resolution[p]);
}

static size_t order_terms(size_t rows)
{
    return rows > ORDER_TERMS ? ORDER_TERMS : ORDER_TERMS - 1;
}

static optcert_estimate fit_order(const optcert_converge *c, size_t p, double *noise)
{
    points data = {.quantile = quantile_of(c)};
    for (size_t i = 0; i < c->row_count; i++) {
        const optcert_row *row = &c->row[i];
        const double error = spread(row, p);
        if (fabs(row->error[p]) >= noise_floor * error && error > 0.0) {
            data.h[data.count] = row->h;
            data.y[data.count] = log(fabs(row->error[p]));
            data.se[data.count++] = error / fabs(row->error[p]);
        }
    }
    if (data.count < ORDER_ROWS) {
        return (optcert_estimate){NAN, NAN, NAN};
    }
    return estimate(&data, order_terms(data.count), order_term, noise);
}

static size_t coefficient_terms(size_t rows)
{
    return rows >= MANY_ROWS ? 3 : rows >= 3 ? 2 : 1;
}

static optcert_estimate fit_coefficient(const optcert_converge *c, size_t p, double *noise)
{
    points data = {.count = c->row_count, .quantile = quantile_of(c)};
    for (size_t i = 0; i < c->row_count; i++) {
        const optcert_row *row = &c->row[i];
        data.h[i] = row->h;
        data.y[i] = row->error[p] / row->h;
        data.se[i] = spread(row, p) / row->h;
        if (!(data.se[i] > 0.0) || !isfinite(data.y[i])) {
            return (optcert_estimate){NAN, NAN, NAN};
        }
    }
    return estimate(&data, coefficient_terms(c->row_count), power_term, noise);
}

static double straight_line(const optcert_converge *c, size_t p)
{
    points data = {.count = c->row_count};
    for (size_t i = 0; i < c->row_count; i++) {
        data.h[i] = c->row[i].h;
        data.y[i] = log(fabs(c->row[i].error[p]));
        data.se[i] = spread(&c->row[i], p) / fabs(c->row[i].error[p]);
        if (!isfinite(data.y[i]) || !(data.se[i] > 0.0)) {
            return NAN;
        }
    }
    double noise;
    return data.count < 2 ? NAN : regress(&data, 2, order_term, &noise).value;
}

static bool is_exact(const optcert_converge *c, size_t p)
{
    for (size_t i = 0; i < c->row_count; i++) {
        if (!(fabs(c->row[i].error[p]) <= 1e-10 * (1.0 + fabs(c->row[i].limit[p])))) {
            return false;
        }
    }
    return true;
}

void optcert_sampled_fit(optcert_converge *c)
{
    for (size_t p = 0; p < c->study.phi_count; p++) {
        c->exact[p] = is_exact(c, p);
        c->order_noise[p] = INFINITY;
        c->measured_noise[p] = INFINITY;
        c->order[p] = fit_order(c, p, &c->order_noise[p]);
        c->measured[p] = fit_coefficient(c, p, &c->measured_noise[p]);
        c->fitted[p] = straight_line(c, p);
    }
}

optcert_halfwidths optcert_sampled_halfwidths(const optcert_converge *c, const double *relative)
{
    points data = {.count = c->row_count, .quantile = quantile_of(c)};
    for (size_t i = 0; i < c->row_count; i++) {
        data.h[i] = c->row[i].h;
        data.se[i] = relative[i];
    }
    optcert_halfwidths out = {INFINITY, INFINITY};
    (void)regress(&data, coefficient_terms(data.count), power_term, &out.coefficient);
    if (data.count >= ORDER_ROWS) {
        (void)regress(&data, order_terms(data.count), order_term, &out.order);
    }
    return out;
}
