/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's integrators, step by step, on scalar Ito equations dX = a(X) dt + b(X) dW with exact
 * solutions. */
#ifndef OPTCERT_SCHEME_H
#define OPTCERT_SCHEME_H
#include "optcert/time_step.h"

#include <stdbool.h>
#include <stddef.h>

/* Deliberate mistakes in the use of a scheme, which a study must notice. */
typedef enum optcert_scheme_mistake {
    OPTCERT_SCHEME_RIGHT,
    OPTCERT_SCHEME_OTHER_CALCULUS, /* the drift of the Stratonovich equation in an Ito scheme, and the reverse
                                    */
    OPTCERT_SCHEME_WRONG_DRIFT     /* a drift a tenth too large */
} optcert_scheme_mistake;

typedef struct optcert_exact_problem {
    const char *name, *text;
    bool additive;      /* b is constant */
    const char *phi[2]; /* test functions of the state */
    double (*drift)(double a, double s, double x);
    double (*diffusion)(double a, double s, double x);
    double (*slope)(double a, double s, double x); /* b' */
    double (*value)(size_t phi, double x);
    double (*moment)(double a, double s, double x0, double t, size_t phi); /* E phi(X_t) */
} optcert_exact_problem;

extern const optcert_exact_problem optcert_exact_problems[]; /* ends with a NULL name */

typedef struct optcert_scheme optcert_scheme;
typedef struct optcert_scheme_run {
    const optcert_scheme *scheme;
    const optcert_exact_problem *problem;
    double a, s, x0, horizon;
    optcert_scheme_mistake mistake;
} optcert_scheme_run;

struct optcert_scheme {
    const char *name, *text;
    const char *noise;   /* law of the scheme's own noise */
    size_t draws;        /* numbers a step takes */
    double weak, strong; /* orders that are claimed; strong 0: none is */
    bool additive_only, extrapolates;
    void (*step)(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z);
};

extern const optcert_scheme optcert_schemes[]; /* ends with a NULL name */

#endif
