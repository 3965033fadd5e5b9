/* SPDX-License-Identifier: GPL-3.0-or-later
 * Scaling rules: statuses, written values, bits against the reference, errors against the true rule. */
#include "interval.h"
#include "optcert/scaling.h"
#include "random.h"
#include "scaling.h"
#include "unit.h"

#include <math.h>
#include <string.h>

typedef oc_status scale_function(const oc_hyper *from, double kappa, oc_hyper *to);

/* What a rule does to each field; NULL: copies it. */
typedef struct scaler {
    const char *name;
    scale_function *scale;
    const oc_ref_rule *lr, *beta1, *beta2, *eps, *weight_decay;
} scaler;

static const scaler scalers[] = {
    {"sgd", oc_scale_sgd, &oc_ref_rule_linear, NULL, NULL, NULL, NULL},
    {"rmsprop", oc_scale_rmsprop, &oc_ref_rule_root, NULL, &oc_ref_rule_complement, &oc_ref_rule_inverse_root, NULL},
    {"adam", oc_scale_adam, &oc_ref_rule_root, &oc_ref_rule_complement, &oc_ref_rule_complement,
     &oc_ref_rule_inverse_root, NULL},
    {"adamw", oc_scale_adamw, &oc_ref_rule_root, &oc_ref_rule_complement, &oc_ref_rule_complement,
     &oc_ref_rule_inverse_root, &oc_ref_rule_root},
};
enum { SCALERS = sizeof scalers / sizeof scalers[0] };

typedef struct field {
    const char *name;
    size_t offset;
    size_t rule; /* offset in scaler */
} field;

static const field fields[] = {
    {"lr", offsetof(oc_hyper, lr), offsetof(scaler, lr)},
    {"beta1", offsetof(oc_hyper, beta1), offsetof(scaler, beta1)},
    {"beta2", offsetof(oc_hyper, beta2), offsetof(scaler, beta2)},
    {"eps", offsetof(oc_hyper, eps), offsetof(scaler, eps)},
    {"weight_decay", offsetof(oc_hyper, weight_decay), offsetof(scaler, weight_decay)},
};
enum { FIELDS = sizeof fields / sizeof fields[0] };

static double value_of(const oc_hyper *hyper, const field *f)
{
    return *(const double *)((const char *)hyper + f->offset);
}

static const oc_ref_rule *rule_of(const scaler *s, const field *f)
{
    return *(const oc_ref_rule *const *)((const char *)s + f->rule);
}

static const oc_hyper usual = {
    .lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 0.01, .momentum = 0.9};

enum { SGD = 1u, RMSPROP = 2u, ADAM = 4u, ADAMW = 8u, ADAPTIVE = 14u, ALL = 15u };

typedef struct bad_case {
    unsigned scalers; /* bit i: scalers[i] refuses; the others answer */
    size_t offset;    /* of the field that is not the usual one */
    double value, kappa;
    oc_status status;
    const char *origin;
} bad_case;

#define FIELD(name) offsetof(oc_hyper, name)
static const bad_case bad[] = {
    {ALL, FIELD(lr), 1e-3, NAN, OC_ERR_KAPPA, "kappa not a number"},
    {ALL, FIELD(lr), 1e-3, INFINITY, OC_ERR_KAPPA, "kappa infinite"},
    {ALL, FIELD(lr), 1e-3, 0, OC_ERR_KAPPA, "kappa zero"},
    {ALL, FIELD(lr), 1e-3, -4, OC_ERR_KAPPA, "kappa negative"},
    {ALL, FIELD(lr), NAN, 4, OC_ERR_LR, "lr not a number"},
    {ALL, FIELD(lr), INFINITY, 4, OC_ERR_LR, "lr infinite"},
    {ALL, FIELD(lr), 0, 4, OC_ERR_LR, "lr zero"},
    {ALL, FIELD(lr), -1, 4, OC_ERR_LR, "lr negative"},
    {ALL, FIELD(lr), 0x1p1023, 4, OC_ERR_RANGE, "lr overflows"},
    {ALL, FIELD(lr), 0x1p-1074, 0x1p-6, OC_ERR_RANGE, "lr underflows to 0"},
    {ADAM | ADAMW, FIELD(beta1), NAN, 4, OC_ERR_BETA1, "beta1 not a number"},
    {ADAM | ADAMW, FIELD(beta1), 1, 4, OC_ERR_BETA1, "beta1 one"},
    {ADAM | ADAMW, FIELD(beta1), -0.1, 4, OC_ERR_BETA1, "beta1 negative"},
    {ADAPTIVE, FIELD(beta2), NAN, 4, OC_ERR_BETA2, "beta2 not a number"},
    {ADAPTIVE, FIELD(beta2), 1, 4, OC_ERR_BETA2, "beta2 one"},
    {ADAPTIVE, FIELD(beta2), -0.1, 4, OC_ERR_BETA2, "beta2 negative"},
    {ADAPTIVE, FIELD(eps), NAN, 4, OC_ERR_EPS, "eps not a number"},
    {ADAPTIVE, FIELD(eps), INFINITY, 4, OC_ERR_EPS, "eps infinite"},
    {ADAPTIVE, FIELD(eps), 0, 4, OC_ERR_EPS, "eps zero, not allowed"},
    {ADAPTIVE, FIELD(eps), -1e-8, 4, OC_ERR_EPS, "eps negative"},
    {ADAPTIVE, FIELD(eps), 0x1p1023, 0x1p-6, OC_ERR_RANGE, "eps overflows"},
    {ADAPTIVE, FIELD(eps), 0x1p-1074, 4, OC_ERR_RANGE, "eps underflows to 0 (a tie, to even)"},
    {ADAMW, FIELD(weight_decay), NAN, 4, OC_ERR_WEIGHT_DECAY, "weight decay not a number"},
    {ADAMW, FIELD(weight_decay), INFINITY, 4, OC_ERR_WEIGHT_DECAY, "weight decay infinite"},
    {ADAMW, FIELD(weight_decay), -1, 4, OC_ERR_WEIGHT_DECAY, "weight decay negative"},
    {ADAMW, FIELD(weight_decay), 0x1p1023, 4, OC_ERR_RANGE, "weight decay overflows"},
    {ADAM | ADAMW, FIELD(beta1), 0.75, 4, OC_ERR_KAPPA_RANGE, "kappa (1 - beta1) = 1"},
    {ADAM | ADAMW, FIELD(beta1), 0.9, 16, OC_ERR_KAPPA_RANGE, "kappa = 16 >= 10"},
    {ADAPTIVE, FIELD(beta2), 0.5, 4, OC_ERR_KAPPA_RANGE, "kappa (1 - beta2) = 2"},
    {ADAM | ADAMW, FIELD(beta1), 0.999999, 0x1p-35, OC_ERR_RANGE, "beta1' rounds to 1"},
    {ADAPTIVE, FIELD(beta2), 0.999, 0x1p-52, OC_ERR_RANGE, "beta2' rounds to 1"},
};

static void try_bad(const scaler *s, const bad_case *c, bool refuses)
{
    oc_hyper from = usual, to, before;
    *(double *)((char *)&from + c->offset) = c->value;
    memset(&to, 0xa5, sizeof to);
    before = to;
    const oc_status status = s->scale(&from, c->kappa, &to);
    const oc_status expected = refuses ? c->status : OC_OK;
    UNIT_CHECK(status == expected, "%s: %s: \"%s\", not \"%s\"", s->name, c->origin, oc_status_text(status),
               oc_status_text(expected));
    UNIT_CHECK((memcmp(&to, &before, sizeof to) == 0) == refuses, "%s: %s: output %s", s->name, c->origin,
               refuses ? "changed on error" : "not written");
}

static void refusals(void)
{
    for (size_t i = 0; i < SCALERS; i++) {
        for (size_t j = 0; j < sizeof bad / sizeof bad[0]; j++) {
            try_bad(&scalers[i], &bad[j], (bad[j].scalers & (1u << i)) != 0);
        }
        oc_hyper to = usual;
        UNIT_CHECK(scalers[i].scale(NULL, 4, &to) == OC_ERR_NULL, "%s: no input", scalers[i].name);
        UNIT_CHECK(scalers[i].scale(&usual, 4, NULL) == OC_ERR_NULL, "%s: no output", scalers[i].name);
        UNIT_CHECK(memcmp(&to, &usual, sizeof to) == 0, "%s: output changed on error", scalers[i].name);
    }
}

/* The bits of the reference in the fields that the rule changes, the old bits in all others. */
static bool same_fields(const scaler *s, const oc_hyper *from, double kappa, const oc_hyper *to)
{
    for (size_t i = 0; i < FIELDS; i++) {
        const oc_ref_rule *rule = rule_of(s, &fields[i]);
        const double old = value_of(from, &fields[i]);
        const double expected = rule == NULL ? old : rule->exact(old, kappa);
        const double got = value_of(to, &fields[i]);
        if (!UNIT_CHECK(oc_ref_same(got, expected), "%s, kappa %a: %s %a becomes %a, not %a", s->name, kappa,
                        fields[i].name, old, got, expected)) {
            return false;
        }
    }
    return UNIT_CHECK(oc_ref_same(to->momentum, from->momentum) && to->flags == from->flags, "%s: other fields",
                      s->name);
}

/* Batch 256 to 1024: lr 2e-3, beta1 0.6, beta2 0.996, eps 5e-9. */
static void worked_example(void)
{
    oc_hyper to;
    UNIT_CHECK(oc_scale_adamw(&usual, 4, &to) == OC_OK, "refused");
    UNIT_CHECK(to.lr == 2e-3 && to.eps == 5e-9 && to.weight_decay == 0.02, "exact doublings: %a %a %a", to.lr, to.eps,
               to.weight_decay);
    /* 1 - 4 (1 - beta) is exact but for the last subtraction; beta is 0.9 rounded, and 0.6 is rounded too. */
    UNIT_CHECK(fabs(to.beta1 - 0.6) <= 4 * 0x1p-54 + 2 * 0x1p-54, "beta1 %a", to.beta1);
    UNIT_CHECK(fabs(to.beta2 - 0.996) <= 4 * 0x1p-54 + 2 * 0x1p-54, "beta2 %a", to.beta2);
    oc_hyper in_place = usual;
    UNIT_CHECK(oc_scale_adamw(&in_place, 4, &in_place) == OC_OK, "refused in place");
    same_fields(&scalers[3], &usual, 4, &in_place);
}

/* Error against the true rule. A rule of n roundings without cancellation is within n ulp: linear 1, root 2,
 * inverse root 2 (results are normal here). 1 - kappa (1 - beta) cancels, so absolutely: 1 - beta is exact for
 * beta >= 1/2 (Sterbenz), else within 2^-54 and kappa < 2; the product and the result are < 1, within 2^-54
 * each: 2 2^-54 + 2^-54 + 2^-54 = 2^-52. */
static void check_error(const oc_ref_rule *rule, double x, double kappa, double got, oc_ref_ball *truth,
                        mpfi_ptr interval)
{
    rule->real(truth, x, kappa);
    rule->enclosure(interval, x, kappa);
    UNIT_CHECK(mpfi_is_inside_fr(truth->mid, interval) > 0, "%s(%a, %a): the true value is outside its enclosure",
               rule->name, x, kappa);
    if (rule == &oc_ref_rule_complement) {
        UNIT_CHECK(unit_outside(interval, got) <= 0x1p-52, "%s(%a, %a) is %a", rule->name, x, kappa, got);
        return;
    }
    const double bound = rule == &oc_ref_rule_linear ? 1 : 2;
    const oc_ref_distance d = oc_ref_ulps(&oc_ref_f64, got, truth);
    UNIT_CHECK(d.ulps + d.slack <= bound, "%s(%a, %a) is %a: %g ulp", rule->name, x, kappa, got, d.ulps);
}

/* kappa with kappa (1 - beta_i) < 1 */
static double random_kappa(unit_random *random, const oc_hyper *hyper)
{
    const double widest = fmax(1 - hyper->beta1, 1 - hyper->beta2);
    return (0x1p-10 + unit_random_uniform(random) * (1 - 0x1p-9)) / widest;
}

static void random_bits(void)
{
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, OC_REF_PREC);
    mpfi_t interval;
    mpfi_init2(interval, 160);
    for (uint64_t i = 0; i < unit_times(2000); i++) {
        unit_random random = unit_random_start(unit_seed(), i);
        const oc_hyper from = unit_random_hyper(&random);
        const double kappa = random_kappa(&random, &from);
        const scaler *s = &scalers[i % SCALERS];
        oc_hyper to;
        const oc_status status = s->scale(&from, kappa, &to);
        if (status == OC_ERR_RANGE || status == OC_ERR_KAPPA_RANGE) {
            continue; /* beta' rounds to 1, or the quotient above rounded up */
        }
        if (!UNIT_CHECK(status == OC_OK, "%s, kappa %a: %s", s->name, kappa, oc_status_text(status)) ||
            !same_fields(s, &from, kappa, &to)) {
            break;
        }
        for (size_t f = 0; f < FIELDS; f++) {
            const oc_ref_rule *rule = rule_of(s, &fields[f]);
            if (rule != NULL && value_of(&from, &fields[f]) != 0) {
                check_error(rule, value_of(&from, &fields[f]), kappa, value_of(&to, &fields[f]), &truth, interval);
            }
        }
    }
    mpfi_clear(interval);
    oc_ref_ball_clear(&truth);
}

UNIT_SUITE(scaling, {"refusals", refusals}, {"worked_example", worked_example}, {"random", random_bits})
