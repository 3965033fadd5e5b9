/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which hyper-parameters are refused, with what status, and which extremes are not. See optimizer.h. */
#include "optimizer.h"
#include "subject.h"

#include <math.h>
#include <string.h>

enum { F32 = 1u, F64 = 2u, BOTH = 3u };

typedef struct hyper_case {
    unsigned field;   /* OC_REF_LR, ... */
    double value;
    unsigned flags;
    unsigned formats; /* where it is refused (accepted) */
    oc_status status;
    const char *origin;
} hyper_case;

/* In every row the other fields are the usual ones. */
static const hyper_case refused[] = {
    {OC_REF_LR, NAN, 0, BOTH, OC_ERR_LR, "not a number"},
    {OC_REF_LR, INFINITY, 0, BOTH, OC_ERR_LR, "infinite"},
    {OC_REF_LR, -INFINITY, 0, BOTH, OC_ERR_LR, "infinite"},
    {OC_REF_LR, 0.0, 0, BOTH, OC_ERR_LR, "zero"},
    {OC_REF_LR, -0.0, 0, BOTH, OC_ERR_LR, "zero"},
    {OC_REF_LR, -1e-3, 0, BOTH, OC_ERR_LR, "negative"},
    {OC_REF_LR, -0x1p-1074, 0, BOTH, OC_ERR_LR, "negative, smallest"},
    {OC_REF_LR, 0x1p-150, 0, F32, OC_ERR_LR, "rounds to 0 (a tie, to even)"},
    {OC_REF_LR, 0x1.ffffffp127, 0, F32, OC_ERR_LR, "rounds to infinity (a tie, to even)"},
    {OC_REF_LR, 1e300, 0, F32, OC_ERR_LR, "rounds to infinity"},
    {OC_REF_BETA1, NAN, 0, BOTH, OC_ERR_BETA1, "not a number"},
    {OC_REF_BETA1, INFINITY, 0, BOTH, OC_ERR_BETA1, "infinite"},
    {OC_REF_BETA1, -INFINITY, 0, BOTH, OC_ERR_BETA1, "infinite"},
    {OC_REF_BETA1, -0x1p-1074, 0, BOTH, OC_ERR_BETA1, "negative, smallest"},
    {OC_REF_BETA1, 1.0, 0, BOTH, OC_ERR_BETA1, "one"},
    {OC_REF_BETA1, 1.5, 0, BOTH, OC_ERR_BETA1, "above one"},
    {OC_REF_BETA1, 1 - 0x1p-53, 0, F32, OC_ERR_BETA1, "rounds to one"},
    {OC_REF_BETA1, 1 - 0x1p-25, 0, F32, OC_ERR_BETA1, "rounds to one (a tie, to even)"},
    {OC_REF_BETA2, NAN, 0, BOTH, OC_ERR_BETA2, "not a number"},
    {OC_REF_BETA2, INFINITY, 0, BOTH, OC_ERR_BETA2, "infinite"},
    {OC_REF_BETA2, -INFINITY, 0, BOTH, OC_ERR_BETA2, "infinite"},
    {OC_REF_BETA2, -0x1p-1074, 0, BOTH, OC_ERR_BETA2, "negative, smallest"},
    {OC_REF_BETA2, 1.0, 0, BOTH, OC_ERR_BETA2, "one"},
    {OC_REF_BETA2, 2.0, 0, BOTH, OC_ERR_BETA2, "above one"},
    {OC_REF_BETA2, 1 - 0x1p-25, 0, F32, OC_ERR_BETA2, "rounds to one (a tie, to even)"},
    {OC_REF_EPS, NAN, 0, BOTH, OC_ERR_EPS, "not a number"},
    {OC_REF_EPS, NAN, OC_ALLOW_ZERO_EPS, BOTH, OC_ERR_EPS, "not a number"},
    {OC_REF_EPS, INFINITY, 0, BOTH, OC_ERR_EPS, "infinite"},
    {OC_REF_EPS, -INFINITY, OC_ALLOW_ZERO_EPS, BOTH, OC_ERR_EPS, "infinite"},
    {OC_REF_EPS, -1e-8, 0, BOTH, OC_ERR_EPS, "negative"},
    {OC_REF_EPS, -0x1p-1074, OC_ALLOW_ZERO_EPS, BOTH, OC_ERR_EPS, "negative, smallest"},
    {OC_REF_EPS, 0.0, 0, BOTH, OC_ERR_EPS, "zero, not allowed"},
    {OC_REF_EPS, -0.0, 0, BOTH, OC_ERR_EPS, "zero, not allowed"},
    {OC_REF_EPS, 1e-60, 0, F32, OC_ERR_EPS, "rounds to 0, not allowed"},
    {OC_REF_EPS, 1e300, OC_ALLOW_ZERO_EPS, F32, OC_ERR_EPS, "rounds to infinity"},
    {OC_REF_WEIGHT_DECAY, NAN, 0, BOTH, OC_ERR_WEIGHT_DECAY, "not a number"},
    {OC_REF_WEIGHT_DECAY, INFINITY, 0, BOTH, OC_ERR_WEIGHT_DECAY, "infinite"},
    {OC_REF_WEIGHT_DECAY, -INFINITY, 0, BOTH, OC_ERR_WEIGHT_DECAY, "infinite"},
    {OC_REF_WEIGHT_DECAY, -0x1p-1074, 0, BOTH, OC_ERR_WEIGHT_DECAY, "negative, smallest"},
    {OC_REF_WEIGHT_DECAY, 1e300, 0, F32, OC_ERR_WEIGHT_DECAY, "lr * weight_decay rounds to infinity"},
    {OC_REF_MOMENTUM, NAN, 0, BOTH, OC_ERR_MOMENTUM, "not a number"},
    {OC_REF_MOMENTUM, INFINITY, 0, BOTH, OC_ERR_MOMENTUM, "infinite"},
    {OC_REF_MOMENTUM, -INFINITY, 0, BOTH, OC_ERR_MOMENTUM, "infinite"},
    {OC_REF_MOMENTUM, -0.5, 0, BOTH, OC_ERR_MOMENTUM, "negative"},
    {OC_REF_MOMENTUM, 1.0, 0, BOTH, OC_ERR_MOMENTUM, "one"},
    {OC_REF_MOMENTUM, 1 - 0x1p-25, 0, F32, OC_ERR_MOMENTUM, "rounds to one (a tie, to even)"},
};

static const hyper_case accepted[] = {
    {OC_REF_LR, 0x1p-149, 0, BOTH, OC_OK, "smallest of binary32"},
    {OC_REF_LR, 0x1.000002p-150, 0, BOTH, OC_OK, "rounds up to the smallest of binary32"},
    {OC_REF_LR, 0x1.fffffep127, 0, BOTH, OC_OK, "largest of binary32"},
    {OC_REF_LR, 0x1.fffffefffffffp127, 0, BOTH, OC_OK, "rounds down to the largest of binary32"},
    {OC_REF_LR, 0x1p-1074, 0, F64, OC_OK, "smallest of binary64"},
    {OC_REF_BETA1, 0.0, 0, BOTH, OC_OK, "zero"},
    {OC_REF_BETA1, -0.0, 0, BOTH, OC_OK, "zero"},
    {OC_REF_BETA1, 0x1p-1074, 0, BOTH, OC_OK, "smallest"},
    {OC_REF_BETA1, 1 - 0x1p-24, 0, BOTH, OC_OK, "largest below one of binary32"},
    {OC_REF_BETA1, 1 - 0x1p-53, 0, F64, OC_OK, "largest below one of binary64"},
    {OC_REF_BETA2, 0.0, 0, BOTH, OC_OK, "zero"},
    {OC_REF_BETA2, 0x1p-1074, 0, BOTH, OC_OK, "smallest"},
    {OC_REF_BETA2, 1 - 0x1p-24, 0, BOTH, OC_OK, "largest below one of binary32"},
    {OC_REF_BETA2, 1 - 0x1p-53, 0, F64, OC_OK, "largest below one of binary64"},
    {OC_REF_EPS, 0.0, OC_ALLOW_ZERO_EPS, BOTH, OC_OK, "zero, allowed"},
    {OC_REF_EPS, 1e-60, OC_ALLOW_ZERO_EPS, BOTH, OC_OK, "rounds to 0, allowed"},
    {OC_REF_EPS, 0x1p-149, 0, BOTH, OC_OK, "smallest of binary32"},
    {OC_REF_EPS, 0x1p-1074, 0, F64, OC_OK, "smallest of binary64"},
    {OC_REF_EPS, 0x1p100, 0, BOTH, OC_OK, "large"},
    {OC_REF_EPS, 0x1.fffffffffffffp1023, 0, F64, OC_OK, "largest of binary64"},
    {OC_REF_WEIGHT_DECAY, 0.0, 0, BOTH, OC_OK, "zero"},
    {OC_REF_WEIGHT_DECAY, 0x1p-1074, 0, BOTH, OC_OK, "lr * weight_decay rounds to 0"},
    {OC_REF_WEIGHT_DECAY, 0x1p100, 0, BOTH, OC_OK, "large"},
    {OC_REF_MOMENTUM, 0.0, 0, BOTH, OC_OK, "zero"},
    {OC_REF_MOMENTUM, 1 - 0x1p-24, 0, BOTH, OC_OK, "largest below one of binary32"},
};

static oc_hyper with(const hyper_case *c)
{
    oc_hyper hyper = unit_usual_hyper;
    const struct {
        unsigned field;
        double *place;
    } fields[] = {
        {OC_REF_LR, &hyper.lr},           {OC_REF_BETA1, &hyper.beta1},
        {OC_REF_BETA2, &hyper.beta2},     {OC_REF_EPS, &hyper.eps},
        {OC_REF_MOMENTUM, &hyper.momentum}, {OC_REF_WEIGHT_DECAY, &hyper.weight_decay},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].field == c->field) {
            *fields[i].place = c->value;
        }
    }
    hyper.flags = c->flags;
    return hyper;
}

static bool untouched(const unit_plan *plan)
{
    for (size_t i = 0; i < UNIT_PLAN; i++) {
        if (plan->bytes[i] != 0xa5) {
            return false;
        }
    }
    return true;
}

static void try_case(const unit_subject *subject, const hyper_case *c, oc_status expected)
{
    unit_plan plan;
    memset(&plan, 0xa5, sizeof plan);
    const oc_hyper hyper = with(c);
    const oc_status status = subject->plan_init(&plan, &hyper);
    UNIT_CHECK(status == expected, "%s %s: field %u = %a (%s): \"%s\", not \"%s\"", subject->dialect,
               subject->format->name, c->field, c->value, c->origin, oc_status_text(status), oc_status_text(expected));
    UNIT_CHECK(untouched(&plan) == (expected != OC_OK), "%s %s: field %u = %a (%s): plan %s", subject->dialect,
               subject->format->name, c->field, c->value, c->origin,
               expected == OC_OK ? "not written" : "changed on error");
}

/* A field that the dialect does not use is not looked at. */
static void try_all(const char *dialect, const hyper_case *cases, size_t count)
{
    const unsigned uses = oc_ref_dialect_find(dialect)->uses;
    for (int format = 0; format < UNIT_FORMATS; format++) {
        const unit_subject *subject = unit_subject_find(dialect, format);
        for (size_t i = 0; i < count; i++) {
            const bool applies = (uses & cases[i].field) != 0;
            if ((cases[i].formats & (1u << format)) != 0) {
                try_case(subject, &cases[i], applies ? cases[i].status : OC_OK);
            }
        }
    }
}

static void refuses_null(const unit_subject *subject)
{
    unit_plan plan;
    memset(&plan, 0xa5, sizeof plan);
    UNIT_CHECK(subject->plan_init(NULL, &unit_usual_hyper) == OC_ERR_NULL, "%s: no plan", subject->dialect);
    UNIT_CHECK(subject->plan_init(&plan, NULL) == OC_ERR_NULL, "%s: no hyper-parameters", subject->dialect);
    UNIT_CHECK(subject->plan_init(NULL, NULL) == OC_ERR_NULL, "%s: nothing", subject->dialect);
    UNIT_CHECK(untouched(&plan), "%s: plan changed on error", subject->dialect);
}

void unit_optimizer_refusals(const char *dialect)
{
    for (int format = 0; format < UNIT_FORMATS; format++) {
        refuses_null(unit_subject_find(dialect, format));
    }
    try_all(dialect, refused, sizeof refused / sizeof refused[0]);
}

void unit_optimizer_accepts(const char *dialect)
{
    try_all(dialect, accepted, sizeof accepted / sizeof accepted[0]);
}
