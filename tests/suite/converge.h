/* SPDX-License-Identifier: GPL-3.0-or-later
 * A convergence study: errors of the chain against its limit over step sizes, their order and leading coefficient,
 * and the claims that follow. */
#ifndef OPTCERT_CONVERGE_H
#define OPTCERT_CONVERGE_H
#include "claim.h"
#include "estimate.h"
#include "study.h"

enum { OPTCERT_ROWS_MAX = 16, OPTCERT_ROWS_MIN = 5, OPTCERT_PHI_CLAIMS = 4 };

typedef struct optcert_row {
    size_t steps;
    double h;
    double amplification; /* suite svag: l of SVAG(l), which makes l^2 times as many steps; else 0 */
    bool requested; /* false: added, because an order needs OPTCERT_ROWS_MIN rows */
    double chain[OPTCERT_PHI_MAX], limit[OPTCERT_PHI_MAX];
    double error[OPTCERT_PHI_MAX];      /* chain - limit */
    double resolution[OPTCERT_PHI_MAX]; /* change of the error between the last two grids; sampled: bias of the scheme */
    double se[OPTCERT_PHI_MAX];         /* standard error of the error; 0 without sampling */
    uint64_t paths;                     /* pairs of paths behind it (level 0); 0 without sampling */
} optcert_row;

/* Deliberate mistakes in SVAG(l), which its study must notice. */
typedef enum optcert_svag_mistake {
    OPTCERT_SVAG_RIGHT,
    OPTCERT_SVAG_ONE_CALL,  /* one call's noise is scaled, not two mixed: skewness stays */
    OPTCERT_SVAG_KEPT_EPS,  /* eps is not multiplied by l */
    OPTCERT_SVAG_KEPT_BETAS /* the 1-beta_i are not divided by l^2 */
} optcert_svag_mistake;

/* An l that stands for infinity: SVAG's law is normal up to cumulants of 1e-8. */
#define OPTCERT_SVAG_FAR 1e4

typedef struct optcert_converge {
    const char *suite;
    optcert_method method; /* OPTCERT_DETERMINISTIC or OPTCERT_SAMPLED */
    uint64_t seed;         /* of a sampled study */
    unsigned looks;        /* at a sampled study's data, at most: together its intervals hold with 99 % confidence; 0 stands for 1 */
    double order_target;
    optcert_svag_mistake svag_mistake;
    optcert_study study;
    size_t row_count;
    optcert_row row[OPTCERT_ROWS_MAX]; /* by growing step count */
    optcert_estimate order[OPTCERT_PHI_MAX];
    double fitted[OPTCERT_PHI_MAX];               /* slope of the straight log-log line through all rows */
    double leading[OPTCERT_PHI_MAX]; /* power of h that the coefficients belong to; 0 stands for 1 */
    bool logarithm[OPTCERT_PHI_MAX]; /* they belong to h log(1/h); the order is the slope between the last rows */
    optcert_estimate measured[OPTCERT_PHI_MAX];  /* limit of error/h^leading */
    double order_noise[OPTCERT_PHI_MAX], measured_noise[OPTCERT_PHI_MAX]; /* sampled: half-widths by sampling noise alone */
    bool too_coarse; /* sampled: undecided for the steps' sake, whatever the number of paths */
    optcert_estimate predicted[OPTCERT_PHI_MAX]; /* the same from the generators */
    bool exact[OPTCERT_PHI_MAX];                 /* no error beyond rounding in any row: there is no order */
    size_t claim_count;
    optcert_claim claim[OPTCERT_PHI_CLAIMS * OPTCERT_PHI_MAX];
    char claim_id[OPTCERT_PHI_CLAIMS * OPTCERT_PHI_MAX][80];
    optcert_verdict verdict;
} optcert_converge;

typedef enum optcert_converge_status {
    OPTCERT_CONVERGE_OK,
    OPTCERT_CONVERGE_MEMORY,
    OPTCERT_CONVERGE_DIVERGED /* the limit's equation could not be solved */
} optcert_converge_status;

typedef void (*optcert_converge_progress)(void *context, size_t done, size_t total);

/* Sets the rows' step counts: the requested ones (growing), and doublings of the smallest until there are `rows`. */
void optcert_converge_set_steps(optcert_converge *c, const size_t *steps, size_t count, size_t rows);

/* Sets rows for SVAG(l), l^2 times as many steps each. */
void optcert_converge_set_svag(optcert_converge *c, size_t steps, const size_t *l, size_t count);

/* Fills everything from suite, order_target, study and the rows' step counts; adds finer rows while the data do not
 * decide. */
optcert_converge_status optcert_converge_run(optcert_converge *c, optcert_converge_progress progress, void *context);

/* The same by moment equations, for studies that want them and close (moments/moments.h). */
optcert_converge_status optcert_converge_run_moments(optcert_converge *c, optcert_converge_progress progress, void *context);

/* The time that the study's limit gives to the chain's steps of h: the horizon, but for a wrong time unit. */
double optcert_converge_duration(const optcert_study *study, double h);

/* E phi(X_T) of the study's limit and the coefficient C_1 of h in the chain's E phi(x_N), from the generators. */
optcert_converge_status optcert_converge_predict(const optcert_study *study, double *limit, optcert_estimate *coefficient);

/* What a row's chain follows: the study with SVAG's amplification and mistake. */
optcert_study optcert_converge_chain(const optcert_converge *c, const optcert_row *row);

/* Adds a row with half the last one's steps while the verdict is inconclusive; false when it is not, or no more fits. */
bool optcert_converge_add_finer(optcert_converge *c);

/* Fills chain, limit, error and resolution of a row; false when memory is short. */
typedef bool optcert_converge_run_row(optcert_converge *c, const void *own, optcert_row *row);

/* Runs the rows, estimates and claims; again with a finer row while that does not decide. False when a row was not run. */
bool optcert_converge_rows(optcert_converge *c, optcert_converge_run_row *run, const void *own,
                           optcert_converge_progress progress, void *context);

/* The power of h that the leading coefficient belongs to. */
double optcert_converge_leading(const optcert_converge *c, size_t p);

/* Parts of it. Estimates of the order and of lim error/h, from the rows. */
void optcert_converge_fit(optcert_converge *c);
void optcert_converge_claims(optcert_converge *c);

/* By how much an order and a coefficient may be off. */
double optcert_converge_order_allowed(const optcert_converge *c);
double optcert_converge_coefficient_allowed(const optcert_converge *c, double predicted, double limit);

#endif
