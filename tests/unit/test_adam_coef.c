/* SPDX-License-Identifier: GPL-3.0-or-later
 * When Adam and AdamW refuse to answer the coefficients of a step; outputs unchanged on error. */
#include "optimizer.h"
#include "optcert/step_index.h"
#include "subject.h"

#include <string.h>

static bool untouched(const unit_plan *coef)
{
    unit_plan pattern;
    memset(&pattern, 0xa5, sizeof pattern);
    return memcmp(coef, &pattern, sizeof pattern) == 0;
}

typedef struct coef_case {
    oc_hyper hyper;
    uint64_t k;
    bool in_f32, in_f64; /* refused there */
    oc_status status;
    const char *origin;
} coef_case;

#define LR_OVER_C1 "lr / c1 leaves the format"
static const coef_case table[] = {
    {{.lr = 1, .beta1 = 0.9, .beta2 = 0.9, .eps = 1}, OC_STEP_MAX + UINT64_C(1), true, true, OC_ERR_STEP, "2^63"},
    {{.lr = 1, .beta1 = 0.9, .beta2 = 0.9, .eps = 1}, UINT64_MAX, true, true, OC_ERR_STEP, "2^64 - 1"},
    {{.lr = 0x1p127, .beta1 = 0.5, .beta2 = 0.9, .eps = 1}, 0, true, false, OC_ERR_RANGE, LR_OVER_C1},
    {{.lr = 0x1p127, .beta1 = 0.5, .beta2 = 0.9, .eps = 1}, 1, false, false, OC_OK, "2^127 4/3 is in range"},
    {{.lr = 0x1p127, .beta1 = 0.5, .beta2 = 0.9, .eps = 1}, 99, false, false, OC_OK, "c1 is 1 by then"},
    {{.lr = 0x1p120, .beta1 = 1 - 0x1p-24, .beta2 = 0.9, .eps = 1}, 0, true, false, OC_ERR_RANGE, LR_OVER_C1},
    {{.lr = 0x1p-149, .beta1 = 0, .beta2 = 0, .eps = 1}, 0, false, false, OC_OK, "smallest of binary32"},
    {{.lr = 1, .beta1 = 0.9, .beta2 = 0.9, .eps = 1}, OC_STEP_MAX, false, false, OC_OK, "the last step"},
};

static const coef_case wide = {
    {.lr = 0x1p1023, .beta1 = 0.5, .beta2 = 0.9, .eps = 1}, 0, false, true, OC_ERR_RANGE, LR_OVER_C1};

static void try_case(const unit_subject *subject, const coef_case *c, bool refused)
{
    unit_plan plan, coef;
    memset(&coef, 0xa5, sizeof coef);
    UNIT_CHECK(subject->plan_init(&plan, &c->hyper) == OC_OK, "%s: no plan", c->origin);
    const oc_status expected = refused ? c->status : OC_OK;
    const oc_status status = subject->coef_at(&plan, c->k, &coef);
    UNIT_CHECK(status == expected, "%s %s: %s: \"%s\", not \"%s\"", subject->dialect, subject->format->name, c->origin,
               oc_status_text(status), oc_status_text(expected));
    UNIT_CHECK(untouched(&coef) == refused, "%s %s: %s: coefficients %s", subject->dialect, subject->format->name,
               c->origin, refused ? "changed on error" : "not written");
}

static void refuses_null(const unit_subject *subject)
{
    unit_plan plan, coef;
    memset(&coef, 0xa5, sizeof coef);
    UNIT_CHECK(subject->plan_init(&plan, &unit_usual_hyper) == OC_OK, "%s: usual plan", subject->dialect);
    UNIT_CHECK(subject->coef_at(NULL, 0, &coef) == OC_ERR_NULL, "%s: no plan", subject->dialect);
    UNIT_CHECK(subject->coef_at(&plan, 0, NULL) == OC_ERR_NULL, "%s: no coefficients", subject->dialect);
    UNIT_CHECK(subject->coef_at(NULL, UINT64_MAX, NULL) == OC_ERR_NULL, "%s: nothing", subject->dialect);
    UNIT_CHECK(untouched(&coef), "%s: coefficients changed on error", subject->dialect);
}

static void refusals(const char *dialect)
{
    for (int format = 0; format < UNIT_FORMATS; format++) {
        const unit_subject *subject = unit_subject_find(dialect, format);
        refuses_null(subject);
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            try_case(subject, &table[i], format == 0 ? table[i].in_f32 : table[i].in_f64);
        }
    }
    try_case(unit_subject_find(dialect, 1), &wide, true);
}

static void adam(void)
{
    refusals("adam");
}

static void adamw(void)
{
    refusals("adamw");
}

UNIT_SUITE(adam_coef, {"adam", adam}, {"adamw", adamw})
