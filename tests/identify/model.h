/* SPDX-License-Identifier: GPL-3.0-or-later
 * Models: every dialect, right or wrong, as one choice for each of its traits. A defect is another choice for
 * one trait; two defects combine when they concern two traits. What the choices compute is in walk_element.c. */
#ifndef OPTCERT_MODEL_H
#define OPTCERT_MODEL_H
#include "dialect.h"

#include <stdbool.h>

typedef enum optcert_trait {
    TRAIT_BETAS,      /* beta1 and beta2 as understood */
    TRAIT_BETA2,      /* a beta2 of its own */
    TRAIT_LR,         /* and the other hyper-parameters */
    TRAIT_SCHEDULE,   /* what the learning rate does by itself as steps go on */
    TRAIT_EPS_VALUE,
    TRAIT_DECAY_VALUE,
    TRAIT_FORMAT,     /* the format in which hyper-parameters arrive */
    TRAIT_COUNT,      /* the number of steps as known to the bias corrections */
    TRAIT_POWER,      /* how beta^j is computed */
    TRAIT_CORRECTION, /* which bias corrections are applied, and where */
    TRAIT_GRADIENT,   /* the gradient as understood */
    TRAIT_DECAY,      /* weight decay */
    TRAIT_FIRST,      /* the first moment */
    TRAIT_SECOND,     /* the second moment */
    TRAIT_START,      /* what the second moment starts at */
    TRAIT_DIVISOR,    /* what stands under the root beside v */
    TRAIT_OLD_FIRST,  /* whether the old m moves the parameters */
    TRAIT_OLD_SECOND, /* whether the old v divides */
    TRAIT_EPS,        /* where eps stands */
    TRAIT_ROOT,       /* the root */
    TRAIT_DIRECTION,  /* what is divided */
    TRAIT_RECTIFIED,  /* whether the second moment divides only once it is known well: RAdam */
    TRAIT_MOVE,       /* what is subtracted */
    TRAIT_PRECISION,  /* formats in between */
    TRAIT_LOOP,       /* which elements */
    TRAIT_EVENT,      /* what happens at some steps only */
    TRAIT_STATE,      /* get and set */
    TRAITS
} optcert_trait;

/* Choices. 0 is what most dialects do. VALUE: the choice has a number, in `value` of the trait. */
enum { MODEL_BETAS_SWAPPED = 1, MODEL_BETAS_ONE, MODEL_BETAS_SECOND_COMPLEMENT, MODEL_BETAS_FIRST_IS /* VALUE */ };
enum { MODEL_BETA2_IS = 1 /* VALUE */ };
enum { MODEL_LR_TIMES = 1 /* VALUE */, MODEL_LR_IS /* VALUE */, MODEL_LR_FLOAT };
/* The learning rate at step k, from 0 on. */
enum {
    MODEL_SCHEDULE_WARMUP = 1,       /* min(1, (k+1)/VALUE) */
    MODEL_SCHEDULE_WARMUP_FROM_ZERO, /* min(1, k/VALUE) */
    MODEL_SCHEDULE_INVERSE,          /* 1/(1 + VALUE k) */
    MODEL_SCHEDULE_POWER,            /* VALUE^k */
    MODEL_SCHEDULE_ROOT,             /* 1/sqrt(k+1) */
    MODEL_SCHEDULE_STEPS             /* VALUE^(k/number), whole quotients */
};
enum { MODEL_EPS_VALUE_IS = 1 /* VALUE */, MODEL_EPS_VALUE_TIMES /* VALUE */, MODEL_EPS_VALUE_HALF };
enum { MODEL_DECAY_VALUE_TIMES = 1 /* VALUE */, MODEL_DECAY_VALUE_IS /* VALUE */ };
enum { MODEL_FORMAT_FLOAT = 1 };
enum {
    MODEL_COUNT_OFF_BY = 1, /* VALUE */
    MODEL_COUNT_FROM_ZERO,  /* k, and 1 at k = 0 */
    MODEL_COUNT_TIMES,      /* VALUE */
    MODEL_COUNT_WRAPS,      /* VALUE: at this power of two */
    MODEL_COUNT_STOPS,      /* VALUE: at this count */
    MODEL_COUNT_SHARED,     /* one counter for all instances */
    MODEL_COUNT_FROZEN      /* 1 at every step */
};
enum { MODEL_POWER_FLOAT = 1, MODEL_POWER_FIRST_INSTANCE, MODEL_POWER_FLOAT_PRODUCT /* of NAdam's mu */ };
enum {
    MODEL_CORRECTION_NONE,
    MODEL_CORRECTION_BOTH,
    MODEL_CORRECTION_FIRST_ONLY,
    MODEL_CORRECTION_SECOND_ONLY,
    MODEL_CORRECTION_SWAPPED,
    MODEL_CORRECTION_ROOTLESS,
    MODEL_CORRECTION_STORED,
    MODEL_CORRECTION_NOT_AT_START
};
enum {
    MODEL_GRADIENT_NEGATED = 1,
    MODEL_GRADIENT_CLIPPED, /* VALUE */
    MODEL_GRADIENT_TIMES,   /* VALUE */
    MODEL_GRADIENT_MEAN,
    MODEL_GRADIENT_NAN_ZEROED,
    MODEL_GRADIENT_NORM_CLIPPED, /* VALUE: the norm over all elements */
    MODEL_GRADIENT_HALF,
    MODEL_GRADIENT_BFLOAT,
    MODEL_GRADIENT_FLOAT,
    MODEL_GRADIENT_STALE,  /* of the step before; 0 at first */
    MODEL_GRADIENT_CENTRED, /* less the mean over all elements */
    MODEL_GRADIENT_INFINITY_NAN
};
enum {
    MODEL_DECAY_NONE,
    MODEL_DECAY_COUPLED,
    MODEL_DECAY_DECOUPLED,
    MODEL_DECAY_AFTER,
    MODEL_DECAY_UNSCALED,
    MODEL_DECAY_TWICE,
    MODEL_DECAY_NEGATED,
    MODEL_DECAY_COUPLED_NEGATED,
    MODEL_DECAY_COUPLED_BY, /* VALUE instead of weight_decay */
    MODEL_DECAY_BY,         /* VALUE instead of weight_decay */
    MODEL_DECAY_LR_TWICE,   /* lr^2 lambda theta */
    MODEL_DECAY_DIVIDED     /* lambda theta beside m', divided by the root as it is */
};
enum {
    MODEL_FIRST_NONE,
    MODEL_FIRST_SUM,
    MODEL_FIRST_DAMPED,
    MODEL_FIRST_DAMPED_LATER,
    MODEL_FIRST_AVERAGE,    /* by beta1 */
    MODEL_FIRST_AVERAGE_MU, /* by momentum */
    MODEL_FIRST_UNWEIGHTED,
    MODEL_FIRST_OVERWRITTEN,
    MODEL_FIRST_LR_INSIDE,
    MODEL_FIRST_VELOCITY,           /* as before, and negated: theta' = theta + m' */
    MODEL_FIRST_QUOTIENT,           /* mu m + what would move theta without it, but for lr */
    MODEL_FIRST_QUOTIENT_LR_INSIDE  /* with lr */
};
enum {
    MODEL_SECOND_NONE,
    MODEL_SECOND_AVERAGE,
    MODEL_SECOND_UNWEIGHTED,
    MODEL_SECOND_FIRST_WEIGHT,
    MODEL_SECOND_ABSOLUTE,
    MODEL_SECOND_BELIEF,
    MODEL_SECOND_BELIEF_OLD,
    MODEL_SECOND_ADAMAX,
    MODEL_SECOND_OF_FIRST,
    MODEL_SECOND_YOGI,
    MODEL_SECOND_SUM,
    MODEL_SECOND_SHARED_MEAN /* of the squares of all elements */
};
enum { MODEL_START_AT = 1 /* VALUE */ };
enum { MODEL_DIVISOR_MAXIMUM = 1, MODEL_DIVISOR_CENTRED, MODEL_DIVISOR_MAXIMUM_CORRECTED /* the largest v/c2 */ };
enum {
    MODEL_EPS_OUTSIDE,
    MODEL_EPS_INSIDE,
    MODEL_EPS_HAT,
    MODEL_EPS_TIMES_ROOT,
    MODEL_EPS_MISSING,
    MODEL_EPS_SQUARED_INSIDE,
    MODEL_EPS_MAXIMUM,
    MODEL_EPS_SUBTRACTED,
    MODEL_EPS_UNCORRECTED_INSIDE, /* sqrt(v + eps) before the second correction */
    MODEL_EPS_TWICE,              /* in the root and beside it */
    MODEL_EPS_CONSTANT_INSIDE     /* beside the root, and VALUE in it */
};
enum { MODEL_ROOT_MISSING = 1, MODEL_ROOT_TWICE, MODEL_ROOT_COARSE /* VALUE: good to so many bits */ };
enum {
    MODEL_DIRECTION_FIRST, /* m where there is one, else g */
    MODEL_DIRECTION_GRADIENT,
    MODEL_DIRECTION_NESTEROV,
    MODEL_DIRECTION_NADAM,
    MODEL_DIRECTION_NADAM_MU_TWICE,
    MODEL_DIRECTION_NADAM_PSI, /* VALUE in its schedule */
    MODEL_DIRECTION_NADAM_CONSTANT
};
/* From this rho on; before, BY_ZERO also takes 0 times the quotient: nothing, or a NaN where there is none. */
enum { MODEL_RECTIFIED_FROM_5 = 1, MODEL_RECTIFIED_FROM_4, MODEL_RECTIFIED_BY_ZERO };
enum { MODEL_MOVE_SIGN = 1, MODEL_MOVE_CLIPPED /* VALUE times lr */, MODEL_MOVE_ADDED };
/* Of states in a narrow format, VALUE tells whether what was stored (1) or what was computed (0) moves theta. */
enum {
    MODEL_PRECISION_FLOAT_STATE = 1,
    MODEL_PRECISION_BFLOAT_STATE,
    MODEL_PRECISION_HALF_STATE,
    MODEL_PRECISION_FLOAT,
    MODEL_PRECISION_FLOAT_UPDATE,
    MODEL_PRECISION_FLOAT_THETA,
    MODEL_PRECISION_BFLOAT_THETA,
    MODEL_PRECISION_HALF_THETA,
    MODEL_PRECISION_FLUSH,
    MODEL_PRECISION_FLOAT_FIRST, /* of m alone */
    MODEL_PRECISION_BFLOAT_FIRST,
    MODEL_PRECISION_HALF_FIRST
};
enum {
    MODEL_LOOP_BLOCKS = 1, /* VALUE: whole blocks of so many only */
    MODEL_LOOP_NOT_FIRST,
    MODEL_LOOP_NOT_LAST,
    MODEL_LOOP_LAST_TWICE,
    MODEL_LOOP_OVERLAP, /* VALUE: the tail is done as a block of so many that overlaps the one before */
    MODEL_LOOP_NEIGHBOUR,
    MODEL_LOOP_SHARED_SECOND,
    MODEL_LOOP_LAZY,
    MODEL_LOOP_NAN_SKIPS_STEP,
    MODEL_LOOP_NAN_SKIPS_ELEMENT,
    MODEL_LOOP_FIRST_FEW, /* `number` elements only */
    MODEL_LOOP_NOT_LAST_FEW, /* all but the last `number` */
    MODEL_LOOP_EVERY_SECOND,
    MODEL_LOOP_GRADIENT_BEFORE /* element i takes the gradient of i - 1, the first its own */
};
/* At the steps whose count k+1 `number` divides. */
enum {
    MODEL_EVENT_SKIPPED = 1,   /* nothing happens */
    MODEL_EVENT_LOST,          /* the state changes, theta does not */
    MODEL_EVENT_FIRST_TIMES,   /* m' is multiplied by VALUE before it is used */
    MODEL_EVENT_SECOND_TIMES,  /* v' is */
    MODEL_EVENT_FIRST_ZEROED,  /* m is 0 before the step */
    MODEL_EVENT_SECOND_ZEROED, /* v is */
    MODEL_EVENT_BOTH_ZEROED,   /* both are, as if the instance were new; the step count goes on */
    MODEL_EVENT_MEAN_OF,       /* only every VALUE-th step acts, on the mean of the gradients since */
    MODEL_EVENT_SUM_OF         /* on their sum */
};
enum {
    MODEL_STATE_COUNT_IGNORED = 1,
    MODEL_STATE_COUNT_OFF_BY, /* VALUE */
    MODEL_STATE_SLOTS_SWAPPED,
    MODEL_STATE_FIRST_IGNORED,
    MODEL_STATE_SECOND_IGNORED,
    MODEL_STATE_GET_CORRECTED,
    MODEL_STATE_GET_ROOT
};

/* Elements in which one more trait differs: vector code and its scalar tail are written twice. */
typedef enum optcert_part { PART_NONE, PART_TAIL, PART_BLOCKS } optcert_part;

typedef struct optcert_model {
    uint8_t trait[TRAITS];
    double value[TRAITS];
    uint64_t number;  /* of the trait that has one */
    optcert_part part; /* PART_TAIL: elements after the last full block; PART_BLOCKS: the others */
    size_t block;
    optcert_trait part_trait;
    uint8_t part_choice;
    double part_value;
    unsigned changes; /* traits that differ from the dialect's */
} optcert_model;

/* A model whose part has no trait says nothing about that part. */
static inline bool optcert_model_is_silent(const optcert_model *model)
{
    return model->part != PART_NONE && model->part_trait == TRAITS;
}

/* The model, silent about a part of the elements. */
optcert_model optcert_model_without(const optcert_model *model, optcert_part part, size_t block);

/* The model of a dialect. Every dialect has one: a unit test holds each against its true reference. */
optcert_model optcert_model_of(const oc_ref_dialect *dialect);

#endif
