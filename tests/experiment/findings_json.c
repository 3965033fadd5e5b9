/* SPDX-License-Identifier: GPL-3.0-or-later
 * The findings as JSON: every group with its hyper-parameters, curves, final metrics and distance, every
 * comparison of rules as a claim. */
#include "findings.h"

#include "json_text.h"
#include "reading.h"
#include "verdict.h"

static json_t *estimate(optcert_estimate e)
{
    json_t *object = json_object();
    json_object_set_new(object, "mean", optcert_json_number(e.value));
    json_object_set_new(object, "low", optcert_json_number(e.low));
    json_object_set_new(object, "high", optcert_json_number(e.high));
    return object;
}

/* Mean and standard band of a metric along the curve. */
static json_t *curve(const optcert_group *group, size_t seeds, optcert_metric metric)
{
    json_t *array = json_array();
    double value[64];
    for (size_t p = 0; p < OPTCERT_CURVE; p++) {
        for (size_t s = 0; s < seeds; s++) {
            value[s] = metric(&group->curve[s * OPTCERT_CURVE + p]);
        }
        json_array_append_new(array, estimate(optcert_estimate_of(value, seeds)));
    }
    return array;
}

static json_t *hyper(const optcert_training *run)
{
    json_t *object = json_object();
    json_object_set_new(object, "batch", json_integer((json_int_t)run->batch));
    json_object_set_new(object, "steps", json_integer((json_int_t)run->steps));
    json_object_set_new(object, "lr", optcert_json_number(run->hyper.lr));
    json_object_set_new(object, "beta1", optcert_json_number(run->hyper.beta1));
    json_object_set_new(object, "beta2", optcert_json_number(run->hyper.beta2));
    json_object_set_new(object, "eps", optcert_json_number(run->hyper.eps));
    json_object_set_new(object, "weight_decay", optcert_json_number(run->hyper.weight_decay));
    json_object_set_new(object, "average", optcert_json_number(run->average));
    return object;
}

json_t *optcert_findings_arm(const optcert_arm *arm)
{
    json_t *object = json_object();
    json_object_set_new(object, "network", json_string(optcert_net_text(arm->net)));
    json_object_set_new(object, "optimizer", json_string(optcert_trainer_text(arm->optimizer)));
    json_object_set_new(object, "rule", json_string(optcert_rule_text(arm->rule)));
    json_object_set_new(object, "kappa", json_integer(arm->kappa));
    json_object_set_new(object, "svag", json_integer(arm->svag));
    json_object_set_new(object, "average", json_boolean(arm->average));
    return object;
}

static json_t *group_json(const optcert_groups *groups, const optcert_group *group, size_t seeds)
{
    json_t *object = optcert_findings_arm(&group->arm);
    const optcert_group *reference = optcert_reference(groups, group);
    if (group->status != OC_OK) {
        json_object_set_new(object, "refused", json_string(oc_status_text(group->status)));
        return object;
    }
    json_object_set_new(object, "hyper", hyper(&group->run));
    json_object_set_new(object, "final_test_loss", estimate(optcert_final(group, seeds, optcert_metric_test_loss)));
    json_object_set_new(object, "final_test_accuracy",
                        estimate(optcert_final(group, seeds, optcert_metric_test_accuracy)));
    json_object_set_new(
        object, "test_loss_difference",
        estimate(optcert_final_difference(group, reference, seeds, optcert_metric_test_loss)));
    json_object_set_new(
        object, "test_accuracy_difference",
        estimate(optcert_final_difference(group, reference, seeds, optcert_metric_test_accuracy)));
    json_object_set_new(object, "distance", estimate(optcert_distance(group, reference, seeds)));
    json_object_set_new(object, "speed", estimate(optcert_speed(group, reference, seeds)));
    json_object_set_new(object, "train_loss", curve(group, seeds, optcert_metric_train_loss));
    json_object_set_new(object, "test_accuracy", curve(group, seeds, optcert_metric_test_accuracy));
    return object;
}

static json_t *claim_json(const optcert_arm *arm, const optcert_arm *other, const optcert_claim *claim)
{
    json_t *object = optcert_findings_arm(arm);
    json_object_set_new(object, "against", json_string(optcert_rule_text(other->rule)));
    json_object_set_new(object, "measured", optcert_json_number(claim->measured));
    json_object_set_new(object, "low", optcert_json_number(claim->low));
    json_object_set_new(object, "high", optcert_json_number(claim->high));
    json_object_set_new(object, "verdict", json_string(optcert_verdict_text(claim->verdict)));
    return object;
}

/* The square-root rule against every other rule of the same network, optimizer and batch ratio. */
static json_t *comparisons(const optcert_study *study, const optcert_groups *groups)
{
    json_t *array = json_array();
    for (size_t i = 0; i < groups->count; i++) {
        const optcert_group *other = &groups->group[i];
        optcert_arm arm = other->arm;
        arm.rule = OPTCERT_RULE_ROOT;
        const optcert_group *root = optcert_groups_find(groups, &arm);
        if (other->arm.kappa == 1 || other->arm.rule == OPTCERT_RULE_ROOT || other->status != OC_OK ||
            root->status != OC_OK) {
            continue;
        }
        const optcert_claim claim =
            optcert_closer(root, other, optcert_reference(groups, other), study->seeds, study->seed);
        json_array_append_new(array, claim_json(&arm, &other->arm, &claim));
    }
    return array;
}

json_t *optcert_findings_json(const optcert_study *study, const optcert_groups *groups, json_t *noise)
{
    json_t *object = json_object();
    json_t *array = json_array();
    for (size_t i = 0; i < groups->count; i++) {
        json_array_append_new(array, group_json(groups, &groups->group[i], study->seeds));
    }
    json_object_set_new(object, "study", json_string(study->name));
    json_object_set_new(object, "seeds", json_integer((json_int_t)study->seeds));
    json_object_set_new(object, "comparisons", comparisons(study, groups));
    json_object_set_new(object, "noise", noise);
    json_object_set_new(object, "groups", array);
    json_object_set_new(object, "reading", optcert_reading(study, groups, object));
    json_object_set_new(object, "control_told_apart", json_boolean(optcert_reading_control(study, object)));
    return object;
}
