/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's integrators, step by step, on Ito equations with exact solutions or moments: scalar ones,
 * dX = a(X) dt + b(X) dW, and one in two dimensions, dX_i = a_i(X) dt + b_i(X) dW_i, whose noises do not commute. */
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
    OPTCERT_SCHEME_WRONG_DRIFT,    /* a drift a tenth too large */
    OPTCERT_SCHEME_COMMUTING       /* the orders of diagonal noise are claimed where noises do not commute */
} optcert_scheme_mistake;

enum { OPTCERT_SCHEME_DIMENSION = 2 };

/* a_i, b_i and db_i/dx_i at one point. */
typedef struct optcert_scheme_point {
    double drift[OPTCERT_SCHEME_DIMENSION], diffusion[OPTCERT_SCHEME_DIMENSION], slope[OPTCERT_SCHEME_DIMENSION];
} optcert_scheme_point;

typedef struct optcert_exact_problem {
    const char *name, *text;
    bool additive;      /* b is constant */
    bool mixed;         /* b_i depends on other coordinates: the noises do not commute, and no path is known exactly */
    size_t dimension;
    const char *phi[2]; /* test functions of the state */
    optcert_scheme_point (*at)(double a, double s, const double *x);
    double (*value)(size_t phi, const double *x);
    double (*moment)(double a, double s, double x0, double t, size_t phi); /* E phi(X_t) */
} optcert_exact_problem;

extern const optcert_exact_problem optcert_exact_problems[]; /* ends with a NULL name */

typedef struct optcert_scheme optcert_scheme;
typedef struct optcert_scheme_run {
    const optcert_scheme *scheme;
    const optcert_exact_problem *problem;
    double a, s, x0, horizon; /* every coordinate starts at x0 */
    optcert_scheme_mistake mistake;
} optcert_scheme_run;

struct optcert_scheme {
    const char *name, *text;
    const char *noise;   /* law of the scheme's own noise */
    size_t draws;        /* numbers a step takes */
    double weak, strong; /* orders that are claimed for diagonal noise; strong 0: none is, for this reason: */
    const char *no_path;
    double mixed_weak, mixed_strong; /* for noises that do not commute: mixed double integrals are missing */
    bool additive_only, extrapolates;
    void (*step)(const optcert_scheme_run *run, const oc_time_step_f64 *h, double *x, const double *z);
};

extern const optcert_scheme optcert_schemes[]; /* ends with a NULL name */

/* The orders that are claimed of a run; a strong one of 0: none. */
double optcert_scheme_weak(const optcert_scheme_run *run);
double optcert_scheme_strong(const optcert_scheme_run *run);

#endif
