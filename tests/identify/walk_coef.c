/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the references compute for a walk, in MPFR: blurred coefficients, powers of beta, NAdam's momenta, RAdam's factor.
 * The same few are asked for again and again, so each is kept. */
#include "walk_state.h"

#include "nadam.h"
#include "one_minus_pow.h"

#include <string.h>

static uint64_t mix(uint64_t hash, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return (hash ^ bits) * UINT64_C(0x9e3779b97f4a7c15);
}

/* By the upper digits, which all digits of what was mixed reach. */
static size_t place_of(uint64_t hash, size_t places)
{
    return (size_t)((hash >> 32) * places >> 32);
}

void optcert_walk_coefficients(optcert_walk *walk)
{
    const optcert_hyper *h = &walk->hyper;
    uint64_t hash = mix(mix(mix(mix(0, h->lr), h->beta1), h->beta2), h->eps);
    hash = mix(mix(mix(mix(hash, h->weight_decay), h->momentum), h->dampening), walk->unit);
    walk_blurred *known = &walk->blurred[place_of(hash, WALK_BLURRED)];
    if (memcmp(&known->hyper, h, sizeof *h) != 0 || known->unit != walk->unit) {
        known->hyper = *h;
        known->unit = walk->unit;
        optcert_blur_hyper(&walk->reference, h, walk->unit);
        for (int i = 0; i < WALK_CONSTANTS; i++) {
            optcert_ball_from(&known->coef[i], &walk->reference.c[i]);
        }
    }
    memcpy(walk->coef, known->coef, sizeof known->coef);
}

void optcert_walk_power(optcert_walk *walk, optcert_ball *c, double beta, uint64_t j)
{
    walk_power *known = &walk->power[place_of(mix(mix(0, beta), (double)j), WALK_POWERS)];
    if (known->j != j || known->beta != beta || known->roundings == 0) {
        oc_ref_ball *slow = &walk->reference.c[C_C1];
        *known = (walk_power){.beta = beta, .j = j, .roundings = optcert_correction_roundings(beta, j > 0 ? (double)j : 1)};
        oc_ref_one_minus_pow(slow, beta, j);
        optcert_ball_from(&known->c, slow);
    }
    optcert_ball_set(c, &known->c);
    optcert_ball_blur(c, known->roundings, walk->unit);
}

static bool same(const optcert_ball *x, const optcert_ball *y)
{
    return x->mid == y->mid && x->rad == y->rad;
}

/* Steps of the schedule, in elements: each takes about as long as three. */
enum { MOMENTA_ELEMENTS = 30, SCHEDULE_ELEMENTS = 3 };

static const int momenta[WALK_MOMENTA] = {C_MU, C_MU_NEXT, C_PRODUCT, C_PRODUCT_NEXT};

void optcert_walk_schedule(optcert_walk *walk)
{
    const optcert_ball *beta1 = &walk->coef[C_BETA1];
    const double psi = optcert_has(walk, TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_PSI) ? walk->model->value[TRAIT_DIRECTION] : OC_REF_NADAM_PSI;
    const uint64_t t = walk->step + 1, hash = mix(mix(mix(mix(0, psi), (double)t), (double)beta1->mid), (double)beta1->rad);
    walk_ahead *known = &walk->ahead[place_of(hash, WALK_AHEAD)];
    if (known->t != t || known->psi != psi || !same(&known->beta1, beta1)) {
        oc_ref_coef *reference = &walk->reference;
        *known = (walk_ahead){.t = t, .psi = psi, .beta1 = *beta1};
        optcert_ball_to(&reference->c[C_BETA1], beta1);
        oc_ref_nadam_psi(reference, psi);
        reference->step = walk->step;
        reference->momenta = 0;
        walk->work += MOMENTA_ELEMENTS + oc_ref_nadam_schedule(reference) * SCHEDULE_ELEMENTS;
        for (int i = 0; i < WALK_MOMENTA; i++) {
            optcert_ball_from(&known->c[i], &reference->c[momenta[i]]);
        }
    }
    for (int i = 0; i < WALK_MOMENTA; i++) {
        walk->coef[momenta[i]] = known->c[i];
    }
}

oc_ref_rectified optcert_walk_rectify(optcert_walk *walk, double threshold, optcert_ball *r)
{
    walk_rectifier *known = &walk->rectifier;
    const optcert_ball *w2 = &walk->coef[C_W2], *c2 = &walk->coef[C_C2];
    if (known->threshold != threshold || known->step != walk->step || known->unit != walk->unit || !same(&known->w2, w2) || !same(&known->c2, c2)) {
        enum { ELEMENTS = 10 };
        oc_ref_coef *reference = &walk->reference;
        optcert_ball_to(&reference->c[C_W2], w2);
        optcert_ball_to(&reference->c[C_C2], c2);
        optcert_ball_to(&reference->c[C_RECTIFIER], &walk->coef[C_RECTIFIER]);
        reference->step = walk->step;
        *known = (walk_rectifier){.threshold = threshold, .step = walk->step, .unit = walk->unit, .w2 = *w2, .c2 = *c2};
        known->which = oc_ref_rectify(reference, threshold, &reference->t[0]);
        optcert_ball_from(&known->factor, &reference->t[0]);
        walk->work += ELEMENTS;
    }
    optcert_ball_set(r, &known->factor);
    return known->which;
}
