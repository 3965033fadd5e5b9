/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of a walk: what walk.c and walk_element.c share. */
#ifndef OPTCERT_WALK_STATE_H
#define OPTCERT_WALK_STATE_H
#include "blur.h"
#include "walk.h"

enum { WALK_PREC = 128, WALK_POWERS = 64 };

/* 1 - beta^j is dear, and asked for again and again. */
typedef struct walk_power {
    double beta;
    uint64_t j;
    oc_ref_ball c;
} walk_power;

/* Formats that values may pass through. */
extern const oc_ref_format optcert_half, optcert_bfloat;

struct optcert_walk {
    const optcert_model *model; /* of the element at hand */
    const optcert_model *outer; /* as given */
    optcert_model inside;       /* of the elements of its part */
    uint64_t work;              /* elements, and beginnings, so far */
    const oc_ref_format *format;
    const optcert_surroundings *around;
    size_t room, n;
    optcert_hyper hyper;     /* as understood */
    uint64_t k;              /* steps taken, as the build knows it */
    uint64_t own_steps;      /* taken since begin */
    double count;            /* j of the corrections 1 - beta^j of this step */
    double unit, eta;        /* what a rounding costs, relative and absolute */
    double product_loss;     /* what a product with lr may lose, in etas of a moment */
    double loss_first, loss_second;
    double gradient_scale;   /* of this step, by which the norm is clipped */
    double gradient_mean, gradient_size; /* means over all elements of g and of |g| */
    bool event;              /* whether this step is one at which something happens */
    oc_ref_coef coef;        /* blurred */
    oc_ref_ball c1, c2;      /* what divides the moments */
    oc_ref_ball product;     /* of NAdam's mu, where it is kept in a format of its own */
    oc_ref_ball grad, old_m, old_v, used_m, used_v, direction, divisor, a, b, shown; /* scratch of an element */
    walk_power power[WALK_POWERS];
    oc_ref_ball *theta, *m, *v, *extra; /* room each */
    double *before;          /* gradients of the step before, or their sum since the last step that acted */
};

/* Element i, from theta[i] to theta[i]. */
void optcert_walk_element(optcert_walk *walk, size_t i, double grad);

/* Brings NAdam's schedule to the walk's step, and counts what that costs as work. */
void optcert_walk_schedule(optcert_walk *walk);

/* Helpers on balls. */
void optcert_ball_negate(oc_ref_ball *x);
void optcert_ball_abs(oc_ref_ball *x);
void optcert_ball_times(oc_ref_ball *x, double factor, oc_ref_ball *scratch);
void optcert_ball_clip(oc_ref_ball *x, const oc_ref_ball *limit); /* to [-limit, limit] */
void optcert_ball_round(oc_ref_ball *x, const oc_ref_format *format);
void optcert_ball_flush(oc_ref_ball *x, const oc_ref_format *format); /* subnormal numbers become 0 */
void optcert_ball_unknown(oc_ref_ball *x);
/* sign(x) size, 0 at 0 */
void optcert_ball_sign(oc_ref_ball *x, const oc_ref_ball *size);

static inline bool optcert_has(const optcert_walk *walk, optcert_trait trait, unsigned choice)
{
    return walk->model->trait[trait] == choice;
}

#endif
