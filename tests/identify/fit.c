/* SPDX-License-Identifier: GPL-3.0-or-later
 * One equation in one unknown. */
#include "fit.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GRID = 20, ITERATIONS = 60 };

typedef struct equation {
    const optcert_change *change;
    const optcert_model *model;
    const optcert_mismatch *where;
    optcert_walk *walk;
    double radius; /* of the last evaluation */
} equation;

static const optcert_ball *quantity(const equation *e)
{
    const optcert_mismatch *m = e->where;
    return m->quantity[0] == 't' ? optcert_walk_theta(e->walk, m->element)
                                 : optcert_walk_slot(e->walk, m->quantity, m->element);
}

/* What the model with exp(x) gives there, less what the build gave; NaN where it says nothing. */
static double excess(double x, void *context)
{
    equation *e = context;
    const optcert_record *record = e->where->record;
    const optcert_model changed = optcert_change_apply(e->change, e->model, exp(x));
    optcert_record_begin(record, e->walk, &changed);
    for (size_t k = 0; k <= e->where->step; k++) {
        optcert_walk_step(e->walk, record->theta + k * record->n, record->grad + k * record->n);
    }
    const optcert_ball *ball = quantity(e);
    if (ball == NULL || !optcert_finite(ball->mid) || !optcert_finite(ball->rad)) {
        return NAN;
    }
    e->radius = (double)ball->rad;
    return (double)(ball->mid - e->where->got);
}

/* The number of fewest digits within `leeway` of value. */
static double simplest(double value, double leeway)
{
    char text[40];
    double short_one = value;
    int digits = 0;
    do { /* 17 digits are the value itself */
        snprintf(text, sizeof text, "%.*e", digits++, value);
        short_one = strtod(text, NULL);
    } while (fabs(short_one - value) > leeway && digits < 17);
    return short_one;
}

/* The root in [low, high], where the equation changes sign. */
static double solve(equation *e, double low, double high)
{
    gsl_function f = {excess, e};
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    double root = NAN; /* where the solver cannot start, an end may be the root itself */
    if (solver != NULL && gsl_root_fsolver_set(solver, &f, low, high) == GSL_SUCCESS) {
        int status = GSL_CONTINUE;
        for (int i = 0; i < ITERATIONS && status == GSL_CONTINUE; i++) {
            if (gsl_root_fsolver_iterate(solver) != GSL_SUCCESS) {
                break;
            }
            root = gsl_root_fsolver_root(solver);
            status = gsl_root_test_interval(gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver), 0, 1e-17);
        }
    }
    gsl_root_fsolver_free(solver);
    return root;
}

/* exp(x), as simply as the radius there allows. */
static double rounded_value(equation *e, double x)
{
    if (!isfinite(x)) {
        return NAN;
    }
    const double step = 1e-6;
    const double slope = (excess(x + step, e) - excess(x - step, e)) / (2 * step);
    excess(x, e);
    const double leeway = isfinite(slope) && slope != 0 ? fabs(e->radius / slope) : 0;
    return simplest(exp(x), exp(x) * fmin(leeway, 1e-3));
}

/* Values found so far. */
typedef struct finds {
    double *value;
    size_t count;
} finds;

static void add(const equation *e, finds *found, double value)
{
    const bool allowed = value >= e->change->low && value <= e->change->high; /* false for a NaN */
    if (found->count < OPTCERT_FIT_MAX && allowed) {
        found->value[found->count++] = value;
    }
}

/* A stretch of the grid on which the build's answer lies within the model's radius: any value of it will do. */
typedef struct stretch {
    double from, to;
    bool open, crossed;
} stretch;

static void close_stretch(const equation *e, stretch *s, finds *found)
{
    if (s->open && !s->crossed) {
        add(e, found, simplest(exp((s->from + s->to) / 2), exp((s->from + s->to) / 2) / 2));
    }
    *s = (stretch){0};
}

static void extend_stretch(stretch *s, double x)
{
    s->from = s->open ? s->from : x;
    s->to = x;
    s->open = true;
}

size_t optcert_fit(const optcert_change *change, const optcert_model *model, const optcert_mismatch *where,
                   optcert_walk *walk, double value[OPTCERT_FIT_MAX])
{
    equation e = {change, model, where, walk, 0};
    finds found = {value, 0};
    stretch within = {0};
    gsl_error_handler_t *const handler = gsl_set_error_handler_off();
    const double low = log(change->low), width = (log(change->high) - low) / GRID;
    double before = NAN;
    for (int i = 0; i <= GRID && isfinite(where->got); i++) {
        const double x = low + i * width, here = excess(x, &e);
        const bool inside = fabs(here) <= e.radius;
        if (before * here < 0) {
            add(&e, &found, rounded_value(&e, solve(&e, x - width, x)));
            within.crossed = true;
        }
        if (inside) {
            extend_stretch(&within, x);
        } else {
            close_stretch(&e, &within, &found);
        }
        before = here;
    }
    close_stretch(&e, &within, &found);
    gsl_set_error_handler(handler);
    return found.count;
}
