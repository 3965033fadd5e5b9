/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of a walk: what its files share. */
#ifndef OPTCERT_WALK_STATE_H
#define OPTCERT_WALK_STATE_H
#include "blur.h"
#include "radam.h"
#include "walk.h"

enum { WALK_PREC = 128, WALK_POWERS = 1024, WALK_BLURRED = 256, WALK_AHEAD = 64, WALK_CONSTANTS = C_RECTIFIER + 1, WALK_MOMENTA = 4 };

/* What is kept of what the references computed: walk_coef.c. */
typedef struct walk_power {
    double beta;
    uint64_t j;
    optcert_ball c;   /* 1 - beta^j */
    double roundings; /* by which the correction of a build is blurred; 0: none yet */
} walk_power;

typedef struct walk_blurred {
    optcert_hyper hyper;
    double unit;
    optcert_ball coef[WALK_CONSTANTS];
} walk_blurred;

typedef struct walk_ahead {
    uint64_t t; /* 0: none yet */
    double psi;
    optcert_ball beta1, c[WALK_MOMENTA];
} walk_ahead;

typedef struct walk_rectifier {
    double threshold; /* 0: none yet */
    uint64_t step;
    double unit;
    optcert_ball w2, c2, factor;
    oc_ref_rectified which;
} walk_rectifier;

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
    double unit, eta;        /* what a rounding costs, relative and absolute */
    double product_loss;     /* what a product with lr may lose, in etas of a moment */
    double loss_first, loss_second;
    double gradient_scale;   /* of this step, by which the norm is clipped */
    double gradient_mean, gradient_size; /* means over all elements of g and of |g| */
    bool event;              /* whether this step is one at which something happens */
    double overflow;         /* half the format's largest power of two */
    uint64_t step;           /* the count that the bias corrections know, less one */
    optcert_ball coef[C_COUNT]; /* blurred */
    optcert_ball c1, c2;      /* what divides the moments of the element at hand */
    optcert_ball other_c1, other_c2; /* of the elements on the other side, where a part differs */
    optcert_ball mean_square; /* of the gradients of all elements */
    optcert_ball product;     /* of NAdam's mu, where it is kept in a format of its own */
    optcert_ball grad, old_m, old_v, used_m, used_v, direction, divisor, a, b, shown; /* scratch of an element */
    oc_ref_coef reference;   /* where the references compute */
    walk_power power[WALK_POWERS];
    walk_blurred blurred[WALK_BLURRED];
    walk_ahead ahead[WALK_AHEAD];
    walk_rectifier rectifier;
    optcert_ball *theta, *m, *v, *extra; /* room each */
    double *before;          /* gradients of the step before, or their sum since the last step that acted */
};

/* walk_element.c: element i, from theta[i] to theta[i]. */
void optcert_walk_element(optcert_walk *walk, size_t i, double grad);

/* Its parts, each in a file of its name. The gradient as understood, in walk->grad. */
void optcert_walk_gradient(optcert_walk *walk, size_t i, double raw, const optcert_ball *theta);
/* Where it passes through a format or is cut, its value is known exactly. */
double optcert_walk_raw_gradient(const optcert_walk *walk, size_t i, double g);
/* Both moments, new in the slots; what moves theta in used_m and used_v. */
void optcert_walk_moments(optcert_walk *walk, size_t i);
/* The moment of quotients, new in its slot, from the quotient in walk->direction to what moves theta there. */
void optcert_walk_quotient_moment(optcert_walk *walk, size_t i);
/* What moves theta, in walk->direction. */
void optcert_walk_direction(optcert_walk *walk);
/* What divides it, in walk->divisor. */
void optcert_walk_divisor(optcert_walk *walk, size_t i);

/* walk_hyper.c: hyper-parameters as the model understands them. */
optcert_hyper optcert_walk_understand(const optcert_model *model, const optcert_hyper *given);
/* walk_correction.c: what divides the moments at this step, and NAdam's product up to it. */
void optcert_walk_corrections(optcert_walk *walk);
/* walk_scalars.c: what else is the same for all elements of a step with these gradients. */
void optcert_walk_scalars(optcert_walk *walk, const double *grad);
/* walk_loop.c: the elements that the model visits. */
void optcert_walk_elements(optcert_walk *walk, const double *grad);

/* Beyond the range of the format, much depends on what overflows first. */
void optcert_walk_forget_overflow(const optcert_walk *walk, optcert_ball *x);

/* walk_coef.c: the coefficients that stay the same at every step. */
void optcert_walk_coefficients(optcert_walk *walk);
/* c = 1 - beta^j, blurred as a correction is. */
void optcert_walk_power(optcert_walk *walk, optcert_ball *c, double beta, uint64_t j);
/* NAdam's momenta and their products at the walk's step. What they cost is counted as work, here and below. */
void optcert_walk_schedule(optcert_walk *walk);
/* RAdam's factor there. */
oc_ref_rectified optcert_walk_rectify(optcert_walk *walk, double threshold, optcert_ball *r);

static inline bool optcert_has(const optcert_walk *walk, optcert_trait trait, unsigned choice)
{
    return walk->model->trait[trait] == choice;
}

/* Whether m is a sum of quotients. */
static inline bool optcert_has_quotient(const optcert_walk *walk)
{
    return walk->model->trait[TRAIT_FIRST] >= MODEL_FIRST_QUOTIENT;
}

/* Whether m holds the learning rate. */
static inline bool optcert_has_lr_inside(const optcert_walk *walk)
{
    const unsigned first = walk->model->trait[TRAIT_FIRST];
    return first == MODEL_FIRST_LR_INSIDE || first == MODEL_FIRST_VELOCITY || first == MODEL_FIRST_QUOTIENT_LR_INSIDE;
}

#endif
