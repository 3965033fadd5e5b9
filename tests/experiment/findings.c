/* SPDX-License-Identifier: GPL-3.0-or-later
 * Estimates over seeds. Runs with equal seeds share initial weights, so differences are paired. */
#include "findings.h"

#include "verdict.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include <float.h>
#include <math.h>

enum { SEEDS_MAX = 64 };

optcert_estimate optcert_estimate_of(const double *value, size_t count)
{
    const double mean = gsl_stats_mean(value, 1, count);
    const double spread = count > 1 ? gsl_stats_sd(value, 1, count) / sqrt((double)count) : INFINITY;
    const double quantile = count > 1 ? gsl_cdf_tdist_Pinv(0.975, (double)(count - 1)) : 1.0;
    return (optcert_estimate){mean, mean - quantile * spread, mean + quantile * spread};
}

double optcert_metric_train_loss(const optcert_point *point)
{
    return point->train_loss;
}

double optcert_metric_test_loss(const optcert_point *point)
{
    return point->test_loss;
}

double optcert_metric_test_accuracy(const optcert_point *point)
{
    return point->test_accuracy;
}

static const optcert_point *last(const optcert_group *group, size_t seed)
{
    return &group->curve[seed * OPTCERT_CURVE + OPTCERT_CURVE - 1];
}

optcert_estimate optcert_final(const optcert_group *group, size_t seeds, optcert_metric metric)
{
    double value[SEEDS_MAX];
    for (size_t s = 0; s < seeds; s++) {
        value[s] = metric(last(group, s));
    }
    return optcert_estimate_of(value, seeds);
}

optcert_estimate optcert_final_difference(const optcert_group *group, const optcert_group *reference,
                                          size_t seeds, optcert_metric metric)
{
    double value[SEEDS_MAX];
    for (size_t s = 0; s < seeds; s++) {
        value[s] = metric(last(group, s)) - metric(last(reference, s));
    }
    return optcert_estimate_of(value, seeds);
}

/* A diverged run (NaN, inf or a loss beyond any sense) counts as this far away; a loss that has become 0 in binary32 as its smallest
 * normal number. */
static const double far_away = 10.0;

static double log_loss(const optcert_group *group, size_t seed, size_t point)
{
    const double loss = group->curve[seed * OPTCERT_CURVE + point].train_loss;
    return isfinite(loss) ? fmin(log(fmax(loss, FLT_MIN)), far_away) : far_away;
}

static void mean_curve(const optcert_group *group, size_t seeds, double mean[OPTCERT_CURVE])
{
    for (size_t p = 0; p < OPTCERT_CURVE; p++) {
        mean[p] = 0;
        for (size_t s = 0; s < seeds; s++) {
            mean[p] += log_loss(group, s, p) / (double)seeds;
        }
    }
}

/* Distances of all seeds from the reference's mean curve; the first point is the common start. */
static void distances(const optcert_group *group, const optcert_group *reference, size_t seeds, double *out)
{
    double centre[OPTCERT_CURVE];
    mean_curve(reference, seeds, centre);
    for (size_t s = 0; s < seeds; s++) {
        double square = 0;
        for (size_t p = 1; p < OPTCERT_CURVE; p++) {
            const double gap = log_loss(group, s, p) - centre[p];
            square += gap * gap / (OPTCERT_CURVE - 1);
        }
        out[s] = sqrt(square);
    }
}

optcert_estimate optcert_distance(const optcert_group *group, const optcert_group *reference, size_t seeds)
{
    double value[SEEDS_MAX];
    distances(group, reference, seeds, value);
    return optcert_estimate_of(value, seeds);
}

/* Mean squared gap between the reference at time speed * t and one seed's curve at t, where both are known. */
static double gap_at(const optcert_group *group, size_t seed, const double centre[OPTCERT_CURVE], double speed)
{
    double square = 0, known = 0;
    for (size_t p = 1; p < OPTCERT_CURVE; p++) {
        const double time = speed * (double)p;
        const size_t below = (size_t)time;
        if (below + 1 < OPTCERT_CURVE) {
            const double share = time - (double)below;
            const double gap = log_loss(group, seed, p) - (1 - share) * centre[below] - share * centre[below + 1];
            square += gap * gap;
            known++;
        }
    }
    return square / known;
}

optcert_estimate optcert_speed(const optcert_group *group, const optcert_group *reference, size_t seeds)
{
    enum { STEPS = 277 }; /* 1.005^277 = 3.98 */
    double centre[OPTCERT_CURVE], value[SEEDS_MAX];
    mean_curve(reference, seeds, centre);
    for (size_t s = 0; s < seeds; s++) {
        double best = INFINITY;
        for (int i = -STEPS; i <= STEPS; i++) {
            const double speed = pow(1.005, i), gap = gap_at(group, s, centre, speed);
            if (gap < best) {
                best = gap;
                value[s] = speed;
            }
        }
    }
    return optcert_estimate_of(value, seeds);
}

optcert_claim optcert_closer(const optcert_group *group, const optcert_group *other,
                             const optcert_group *reference, size_t seeds, uint64_t seed)
{
    double ours[SEEDS_MAX], theirs[SEEDS_MAX];
    distances(group, reference, seeds, ours);
    distances(other, reference, seeds, theirs);
    for (size_t s = 0; s < seeds; s++) {
        ours[s] -= theirs[s];
    }
    const optcert_estimate gap = optcert_estimate_of(ours, seeds);
    optcert_claim claim = {.id = "experiment.rule.closer",
                           .metric = "difference of curve distances",
                           .method = OPTCERT_SAMPLED,
                           .relation = OPTCERT_AT_MOST,
                           .threshold = 0,
                           .measured = gap.value,
                           .low = gap.low,
                           .high = gap.high,
                           .sample_size = seeds,
                           .seed = seed,
                           .basis = "95 % Student interval of the paired difference over seeds",
                           .detail = ""};
    optcert_claim_close(&claim);
    return claim;
}

const optcert_group *optcert_reference(const optcert_groups *groups, const optcert_group *group)
{
    optcert_arm arm = group->arm;
    const bool svag = arm.rule == OPTCERT_RULE_NONE && arm.kappa == 1;
    arm.rule = svag ? OPTCERT_RULE_NONE : OPTCERT_RULE_ROOT;
    arm.kappa = 1;
    arm.svag = 1;
    return optcert_groups_find(groups, &arm);
}
