/* SPDX-License-Identifier: GPL-3.0-or-later
 * How far a run is from its SDE before and after scaling, where the problem is known: to first order C_1 h, with h the
 * time that a step lasts (lr^2; sgd: lr), so kappa times as far after as before. */
#ifndef OPTCERT_SCALE_PREDICT_H
#define OPTCERT_SCALE_PREDICT_H
#include "converge.h"
#include "scale_rule.h"

#include <jansson.h>
#include <stdio.h>

/* What the user says of the problem; members may be NULL. */
typedef struct optcert_scale_problem {
    const char *problem, *set, *noise; /* problem: NULL when there is none */
    const char *sample_noise;          /* standard deviation of one sample's gradient */
} optcert_scale_problem;

typedef struct optcert_prediction {
    optcert_study study;
    double h_before, h_after;
    double limit[OPTCERT_PHI_MAX];
    optcert_estimate coefficient[OPTCERT_PHI_MAX];
} optcert_prediction;

/* False: `why` names the value and the rule that it broke. */
bool optcert_scale_predict(optcert_scale *scale, const optcert_scale_problem *asked, optcert_prediction *out, char *why,
                           int why_size);

json_t *optcert_prediction_json(const optcert_prediction *prediction);
void optcert_prediction_text(const optcert_prediction *prediction, FILE *out);

#endif
