/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the curves of a study say: distances from the run at batch ratio 1, with intervals over seeds. */
#ifndef OPTCERT_FINDINGS_H
#define OPTCERT_FINDINGS_H
#include "claim.h"
#include "estimate.h"
#include "study.h"

#include <jansson.h>

/* A mean over seeds with its 95 % interval (Student t). */
optcert_estimate optcert_estimate_of(const double *value, size_t count);

/* The final value of a metric, and its difference to the reference group seed by seed. */
typedef double (*optcert_metric)(const optcert_point *point);
double optcert_metric_train_loss(const optcert_point *point);
double optcert_metric_test_loss(const optcert_point *point);
double optcert_metric_test_accuracy(const optcert_point *point);
optcert_estimate optcert_final(const optcert_group *group, size_t seeds, optcert_metric metric);
optcert_estimate optcert_final_difference(const optcert_group *group, const optcert_group *reference,
                                          size_t seeds, optcert_metric metric);

/* How far a group's training curve is from the reference's: per seed the root mean square over the curve of
 * log loss minus the reference's mean log loss; then the mean over seeds. */
optcert_estimate optcert_distance(const optcert_group *group, const optcert_group *reference, size_t seeds);

/* How fast the group's training loss moves through the reference's mean curve: per seed the factor s, within
 * [1/4, 4] in steps of 1/2 %, that brings the reference's log loss at time s t closest to the group's at t. */
optcert_estimate optcert_speed(const optcert_group *group, const optcert_group *reference, size_t seeds);

/* The claim that `group` follows the reference more closely than `other` does: mean over seeds of
 * distance(group) - distance(other), at most 0. Inconclusive when its interval contains 0. */
optcert_claim optcert_closer(const optcert_group *group, const optcert_group *other,
                             const optcert_group *reference, size_t seeds, uint64_t seed);

/* The reference of a group: the same network and optimizer at batch ratio 1, without SVAG amplification. */
const optcert_group *optcert_reference(const optcert_groups *groups, const optcert_group *group);

/* The names of an arm: network, optimizer, rule, kappa, svag, average. */
json_t *optcert_findings_arm(const optcert_arm *arm);

/* Everything as one JSON document; takes over `noise`. */
json_t *optcert_findings_json(const optcert_study *study, const optcert_groups *groups, json_t *noise);

/* Gradient noise along the first seed's run at batch ratio 1, at every quarter of it, for each network and
 * optimizer; NULL when memory fails. */
json_t *optcert_findings_noise(const optcert_study *study, const optcert_groups *groups,
                               const optcert_dataset *data);

/* The speed that this noise predicts for the square-root rule: the mean over the run, from an entry of the
 * above. kappa is 1, 2, 4, ... up to 2^(OPTCERT_DOUBLINGS - 1). */
double optcert_findings_prediction(const json_t *noise, uint32_t kappa);

#endif
