/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rule without sampling noise. A run and the run that a rule makes of it for batches kappa times as large,
 * compared at equal continuous time: D(h) = E phi(kappa) - E phi(1). Runs with equal (sigma0, eps0, c, lambda0) have one
 * SDE, and are C1 h and C1 kappa h from it, so that D(h) = (kappa-1) C1 h + O(h^2): order 1 and a coefficient that is
 * known. Under any other rule the SDEs differ, and D(h) tends to their difference: order 0. */
#ifndef OPTCERT_SCALING_STUDY_H
#define OPTCERT_SCALING_STUDY_H
#include "converge.h"
#include "scaling_rule.h"
#include "settings.h"

enum { OPTCERT_KAPPAS_MAX = 6 };

typedef struct optcert_scaling_study {
    optcert_study study; /* of the run at batch 1; "sgd/scaled" for SGD */
    double average_rate; /* > 0: SGD's iterates are averaged with rho = exp(-rate h), on a quadratic loss */
    optcert_scaling_rule rule;
    size_t step_count, steps[OPTCERT_ROWS_MAX]; /* of the run at batch 1, growing */
    size_t kappa_count, kappa[OPTCERT_KAPPAS_MAX];
    double limit[OPTCERT_PHI_MAX];
    optcert_estimate coefficient[OPTCERT_PHI_MAX]; /* C1 */
    /* One study per kappa: `chain` the run at kappa, `limit` the run at batch 1, `error` the difference, h of batch 1. */
    optcert_converge at[OPTCERT_KAPPAS_MAX];
    char suite[OPTCERT_KAPPAS_MAX][24];
    optcert_verdict verdict;
} optcert_scaling_study;

enum { OPTCERT_SCALING_REASON = OPTCERT_REASON_SIZE };

/* Whether every run exists: steps divisible, kappa (1-beta) < 1, a rule that differs. */
bool optcert_scaling_check(const optcert_scaling_study *s, char reason[OPTCERT_SCALING_REASON]);

optcert_converge_status optcert_scaling_run_all(optcert_scaling_study *s, optcert_converge_progress progress, void *context);

#endif
