/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and coefficients from errors e(h) = C h^p (1 + a h + b h^2 + ...), which weak errors of smooth
 * problems have (Talay, Tubaro 1990): log|e| = log C + p log h + a h + b' h^2 + ..., and e/h = C1 + C2 h +
 * ... . Both are linear regressions, over the finest rows. The interval is the change between the richest
 * model and the one with a term less, plus what the resolution of the rows can move. */
#include "converge.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

enum { TERMS_MAX = 5, ROWS_FITTED = OPTCERT_ROWS_MIN };

/* The first of the finest rows that are fitted. */
static size_t first_fitted(const optcert_converge *c)
{
    return c->row_count > ROWS_FITTED ? c->row_count - ROWS_FITTED : 0;
}

/* term 0 is what is asked for in both models */
static double order_term(size_t term, double h)
{
    return term == 0 ? log(h) : gsl_pow_uint(h, (unsigned)term - 1);
}

static double coefficient_term(size_t term, double h)
{
    return gsl_pow_uint(h, (unsigned)term);
}

typedef struct model {
    double (*term)(size_t term, double h);
    double (*response)(double error, double h);
} model;

static double log_error(double error, double h)
{
    (void)h;
    return log(fabs(error));
}

static double error_over_h(double error, double h)
{
    return error / h;
}

static const model order_model = {order_term, log_error};
static const model coefficient_model = {coefficient_term, error_over_h};

static double regress(const optcert_converge *c, const model *m, const double *error, size_t terms)
{
    double best = NAN;
    const size_t first = first_fitted(c);
    const size_t count = c->row_count - first;
    gsl_matrix *design = gsl_matrix_alloc(count, terms);
    gsl_vector *response = gsl_vector_alloc(count);
    gsl_vector *solution = gsl_vector_alloc(terms);
    gsl_matrix *covariance = gsl_matrix_alloc(terms, terms);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(count, terms);
    bool finite = true;
    for (size_t i = 0; i < count; i++) {
        const double h = c->row[first + i].h;
        const double y = m->response(error[first + i], h);
        finite = finite && isfinite(y) != 0;
        gsl_vector_set(response, i, y);
        for (size_t j = 0; j < terms; j++) {
            gsl_matrix_set(design, i, j, m->term(j, h));
        }
    }
    double chisq;
    if (finite && gsl_multifit_linear(design, response, solution, covariance, &chisq, work) == 0) {
        best = gsl_vector_get(solution, 0);
    }
    gsl_multifit_linear_free(work);
    gsl_matrix_free(covariance);
    gsl_vector_free(solution);
    gsl_vector_free(response);
    gsl_matrix_free(design);
    return best;
}

static optcert_estimate estimate(const optcert_converge *c, const model *m, size_t p)
{
    const size_t count = c->row_count - first_fitted(c);
    const size_t terms = count < TERMS_MAX ? count : TERMS_MAX;
    double error[OPTCERT_ROWS_MAX];
    for (size_t i = 0; i < c->row_count; i++) {
        error[i] = c->row[i].error[p];
    }
    const double value = regress(c, m, error, terms);
    /* twice: what a tail of terms that fall by a third each still adds */
    double margin = 2.0 * fabs(value - regress(c, m, error, terms - 1));
    for (size_t i = first_fitted(c); i < c->row_count; i++) {
        const double kept = error[i];
        error[i] = kept + c->row[i].resolution[p];
        margin += fabs(regress(c, m, error, terms) - value);
        error[i] = kept;
    }
    return (optcert_estimate){value, value - margin, value + margin};
}

static double straight_line(const optcert_converge *c, size_t p)
{
    double x[OPTCERT_ROWS_MAX];
    double y[OPTCERT_ROWS_MAX];
    for (size_t i = 0; i < c->row_count; i++) {
        x[i] = log(c->row[i].h);
        y[i] = log(fabs(c->row[i].error[p]));
    }
    double intercept, slope, cov00, cov01, cov11, sum;
    gsl_fit_linear(x, 1, y, 1, c->row_count, &intercept, &slope, &cov00, &cov01, &cov11, &sum);
    return slope;
}

/* Errors that are all within rounding of the two sums they come from. */
static bool is_exact(const optcert_converge *c, size_t p)
{
    for (size_t i = 0; i < c->row_count; i++) {
        if (!(fabs(c->row[i].error[p]) <= 1e-10 * (1.0 + fabs(c->row[i].limit[p])))) {
            return false;
        }
    }
    return true;
}

void optcert_converge_fit(optcert_converge *c)
{
    for (size_t p = 0; p < c->study.phi_count; p++) {
        c->exact[p] = is_exact(c, p);
        c->order[p] = estimate(c, &order_model, p);
        c->measured[p] = estimate(c, &coefficient_model, p);
        c->fitted[p] = straight_line(c, p);
    }
}
