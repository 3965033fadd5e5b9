/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders and coefficients from errors e(h) = C h^p (1 + a h^q + b h^2q + ...), q = 1, which weak errors of smooth
 * problems have (Talay, Tubaro 1990), or q = 1/2 where noise is skewed or coefficients start like sqrt(t). Then
 * log|e| = p log h + log C + a h^q + ..., and e/h^p = C + C a h^q + ... for a given p. k terms of either are
 * interpolated at k rows (Richardson's extrapolation); v_j is the answer at the k rows that end with row j.
 *
 * The interval. As rows get finer v_j tends to the truth, by corrections d_j = v_j - v_(j-1) that what is left out
 * makes fall: by x^s a row if h falls by x and its leading power is h^s. Every model here has s >= 1; what it may lack is a
 * power s = 1/2 (of q = 1) or a logarithm (s = 0). The nearest of the two hypotheses is s = 1 against s = 1/2, and half-way
 * between them is s = 3/4: the corrections are taken to fall as the model says if |d_J| <= r |d_(J-1)| with r = x^(3/4),
 * 0.59 where rows double (against 0.5 and 0.71), unless d_J is within the rows' resolution. Where that fails for both q there
 * is no interval but the whole line, and whatever is claimed is inconclusive. Where it holds, and goes on holding beyond the
 * last row J, |truth - v_J| <= (r + r^2 + ...) |d_J| = r/(1-r) |d_J|, 1.47 |d_J| where rows double; 2 |d_J| at least is
 * allowed, which is right up to r = 2/3, so that corrections may also fall a little less beyond J than up to it. A d_J that is small by chance, between two signs, does not count: its size is at least
 * what falls from d_(J-1) by (h_J/h_(J-1))^s. Added is what the resolution can move v_J and, as the true d_J counts,
 * d_J. Fine rows may resolve an order worse than coarse ones: an interval from coarser rows that lies inside that of
 * all is taken. */
#include "converge.h"

#include <float.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

enum { TERMS_MAX = 4, LOGARITHM_TERMS_MAX = 5, TERMS_MIN = 3, ROWS_MIN = TERMS_MIN + 2 };

static const double least_power = 0.75; /* s half-way between 1 and 1/2 */
static const double least_tail = 2.0;

typedef enum law {
    ORDER,       /* log|e| = p log h + log C + ... */
    COEFFICIENT, /* e/h^power = C + ... */
    LOGARITHM    /* e/h^power = B l + C + h (a l^2 + b l + c) + ..., l = log(1/h) */
} law;

typedef struct model {
    law law;
    double power, q;
} model;

static double response_of(const model *m, double error, double h)
{
    return m->law == ORDER ? log(fabs(error)) : error / pow(h, m->power);
}

/* Power of h in a term, but for a first one that is a logarithm. */
static double power_of(const model *m, size_t term)
{
    const size_t own = m->law == COEFFICIENT ? term : m->law == ORDER ? term - 1 : (term + 1) / 3;
    return m->q * (double)own;
}

static double term_of(const model *m, size_t term, double h)
{
    if (m->law != COEFFICIENT && term == 0) {
        return m->law == ORDER ? log(h) : -log(h);
    }
    const double factor = m->law == LOGARITHM && term > 1 ? pow(-log(h), (double)(2 - (term + 1) % 3)) : 1.0;
    return factor * pow(h, power_of(m, term));
}

/* Powers of a tiny h that underflow, or rows that do not differ. */
static bool is_singular(const gsl_matrix *lu)
{
    bool zero = false;
    for (size_t i = 0; i < lu->size1; i++) {
        zero = zero || gsl_matrix_get(lu, i, i) == 0.0;
    }
    return zero;
}

/* The multiple of the first term, from as many terms as rows. */
static double interpolate(const model *m, size_t rows, const optcert_row *row, const double *error)
{
    gsl_matrix *design = gsl_matrix_alloc(rows, rows);
    gsl_vector *response = gsl_vector_alloc(rows);
    gsl_vector *solution = gsl_vector_alloc(rows);
    gsl_permutation *order = gsl_permutation_alloc(rows);
    bool ok = true;
    for (size_t i = 0; i < rows; i++) {
        const double y = response_of(m, error[i], row[i].h);
        ok = ok && isfinite(y) != 0;
        gsl_vector_set(response, i, y);
        for (size_t j = 0; j < rows; j++) {
            gsl_matrix_set(design, i, j, term_of(m, j, row[i].h));
        }
    }
    int sign;
    gsl_linalg_LU_decomp(design, order, &sign);
    double answer = NAN;
    if (ok && !is_singular(design)) {
        gsl_linalg_LU_solve(design, order, response, solution);
        answer = gsl_vector_get(solution, 0);
    }
    gsl_permutation_free(order);
    gsl_vector_free(solution);
    gsl_vector_free(response);
    gsl_matrix_free(design);
    return answer;
}

/* v_J, d_J and d_(J-1). */
enum { VALUE, LAST, BEFORE, PARTS };

/* The first `rows` rows, and how many terms are interpolated at the last of them. */
typedef struct window {
    const optcert_row *row;
    size_t rows, terms, phi;
} window;

static void parts_of(const window *w, const model *m, const double *error, double out[PARTS])
{
    double v[3];
    for (size_t i = 0; i < 3; i++) {
        const size_t first = w->rows - w->terms - i;
        v[i] = interpolate(m, w->terms, w->row + first, error + first);
    }
    out[VALUE] = v[0];
    out[LAST] = v[0] - v[1];
    out[BEFORE] = v[1] - v[2];
}

static const double rounding = 4.0 * DBL_EPSILON; /* of the error and of its response */

/* Sizes by which the resolution of the rows can move each part at most. */
static void moved_of(const window *w, const model *m, double *error, const double part[PARTS], double moved[PARTS])
{
    for (size_t i = w->rows - w->terms - 2; i < w->rows; i++) {
        double other[PARTS];
        const double kept = error[i];
        error[i] = kept + fmax(w->row[i].resolution[w->phi], rounding * fabs(kept));
        parts_of(w, m, error, other);
        error[i] = kept;
        for (size_t k = 0; k < PARTS; k++) {
            moved[k] += fabs(other[k] - part[k]);
        }
    }
}

/* Whole line: corrections do not fall. */
static optcert_estimate estimate(const window *w, const model *m)
{
    double error[OPTCERT_ROWS_MAX];
    double part[PARTS];
    double moved[PARTS] = {0.0};
    for (size_t i = 0; i < w->rows; i++) {
        error[i] = w->row[i].error[w->phi];
    }
    parts_of(w, m, error, part);
    moved_of(w, m, error, part, moved);
    const double finer = w->row[w->rows - 1].h / w->row[w->rows - 2].h;
    const double ratio = pow(finer, least_power);
    const double tail = fmax(least_tail, ratio / (1.0 - ratio));
    const bool falls = fabs(part[LAST]) <= fmax(ratio * fabs(part[BEFORE]), moved[LAST]);
    const double regular = pow(finer, power_of(m, w->terms)) * (fabs(part[BEFORE]) + moved[BEFORE]);
    const double margin = falls ? tail * fmax(fabs(part[LAST]) + moved[LAST], regular) + moved[VALUE] : INFINITY;
    return (optcert_estimate){part[VALUE], part[VALUE] - margin, part[VALUE] + margin};
}

/* In powers of h or, where corrections do not fall so, of sqrt(h), with a term less at last. */
static optcert_estimate estimate_any(const optcert_converge *c, size_t rows, model m, size_t p)
{
    const size_t terms = m.law == LOGARITHM ? LOGARITHM_TERMS_MAX : TERMS_MAX;
    const size_t most = rows - 2 < terms ? rows - 2 : terms;
    window w = {c->row, rows, most, p};
    m.q = 1.0;
    optcert_estimate found = estimate(&w, &m);
    m.q = 0.5;
    for (; isinf(found.high) != 0 && w.terms + 1 >= most && w.terms >= TERMS_MIN; w.terms--) {
        found = estimate(&w, &m);
    }
    return found;
}

static optcert_estimate estimate_best(const optcert_converge *c, model m, size_t p)
{
    if (c->row_count < ROWS_MIN) {
        return (optcert_estimate){NAN, NAN, NAN};
    }
    optcert_estimate best = estimate_any(c, c->row_count, m, p);
    for (size_t rows = c->row_count - 1; rows >= ROWS_MIN && isfinite(best.high); rows--) {
        const optcert_estimate coarser = estimate_any(c, rows, m, p);
        if (coarser.low >= best.low && coarser.high <= best.high) {
            best = coarser;
        }
    }
    return best;
}

static double slope_between(const optcert_row *coarse, const optcert_row *fine, size_t p)
{
    return log(fabs(coarse->error[p] / fine->error[p])) / log(coarse->h / fine->h);
}

/* The slopes between the last three rows, with what their resolution moves: all that errors like h log(1/h), whose slope tends to 1 by
 * 1/log(1/h), show of their order. */
static optcert_estimate last_slopes(const optcert_converge *c, size_t p)
{
    const optcert_row *row = &c->row[c->row_count - 3];
    const double before = slope_between(&row[0], &row[1], p), last = slope_between(&row[1], &row[2], p);
    double moved = 0.0;
    for (size_t i = 0; i < 3; i++) {
        moved += 2.0 * row[i].resolution[p] / fabs(row[i].error[p]);
    }
    moved /= log(row[0].h / row[1].h);
    return (optcert_estimate){last, fmin(before, last) - moved, fmax(before, last) + moved};
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
        c->order[p] = c->logarithm[p] ? last_slopes(c, p) : estimate_best(c, (model){.law = ORDER}, p);
        const law kind = c->logarithm[p] ? LOGARITHM : COEFFICIENT;
        c->measured[p] = estimate_best(c, (model){.law = kind, .power = optcert_converge_leading(c, p)}, p);
        c->fitted[p] = straight_line(c, p);
    }
}
