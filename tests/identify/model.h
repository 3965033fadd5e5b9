/* SPDX-License-Identifier: GPL-3.0-or-later
 * Models: every dialect, right or wrong, as one choice for each of its traits. A defect is another choice for
 * one trait; two defects combine when they concern two traits. What the choices compute is in walk_element.c. */
#ifndef OPTCERT_MODEL_H
#define OPTCERT_MODEL_H
#include "dialect.h"

typedef enum optcert_trait {
    TRAIT_BETAS,      /* beta1 and beta2 as understood */
    TRAIT_LR,         /* and the other hyper-parameters */
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
    TRAIT_MOVE,       /* what is subtracted */
    TRAIT_PRECISION,  /* formats in between */
    TRAIT_LOOP,       /* which elements */
    TRAIT_STATE,      /* get and set */
    TRAITS
} optcert_trait;

/* Choices. 0 is what most dialects do. VALUE: the choice has a number, in `value` of the trait. */
enum { BETAS_SWAPPED = 1, BETAS_ONE, BETAS_SECOND_COMPLEMENT, BETAS_FIRST_IS /* VALUE */, BETAS_SECOND_IS /* VALUE */ };
enum { LR_TIMES = 1 /* VALUE */, LR_IS /* VALUE */ };
enum { EPS_VALUE_IS = 1 /* VALUE */, EPS_VALUE_TIMES /* VALUE */, EPS_VALUE_HALF };
enum { DECAY_VALUE_TIMES = 1 /* VALUE */, DECAY_VALUE_IS /* VALUE */ };
enum { FORMAT_FLOAT = 1 };
enum {
    COUNT_OFF_BY = 1, /* VALUE */
    COUNT_FROM_ZERO,  /* k, and 1 at k = 0 */
    COUNT_TIMES,      /* VALUE */
    COUNT_WRAPS,      /* VALUE: at this power of two */
    COUNT_STOPS,      /* VALUE: at this count */
    COUNT_SHARED,     /* one counter for all instances */
    COUNT_FROZEN      /* 1 at every step */
};
enum { POWER_FLOAT = 1, POWER_FIRST_INSTANCE };
enum {
    CORRECTION_NONE,
    CORRECTION_BOTH,
    CORRECTION_FIRST_ONLY,
    CORRECTION_SECOND_ONLY,
    CORRECTION_SWAPPED,
    CORRECTION_ROOTLESS,
    CORRECTION_STORED,
    CORRECTION_NOT_AT_START
};
enum {
    GRADIENT_NEGATED = 1,
    GRADIENT_CLIPPED, /* VALUE */
    GRADIENT_TIMES,   /* VALUE */
    GRADIENT_MEAN,
    GRADIENT_NAN_ZEROED,
    GRADIENT_NORM_CLIPPED, /* VALUE: the norm over all elements */
    GRADIENT_HALF,
    GRADIENT_BFLOAT,
    GRADIENT_FLOAT
};
enum {
    DECAY_NONE,
    DECAY_COUPLED,
    DECAY_DECOUPLED,
    DECAY_AFTER,
    DECAY_UNSCALED,
    DECAY_TWICE,
    DECAY_NEGATED,
    DECAY_COUPLED_NEGATED,
    DECAY_COUPLED_BY, /* VALUE instead of weight_decay */
    DECAY_BY          /* VALUE instead of weight_decay */
};
enum {
    FIRST_NONE,
    FIRST_SUM,
    FIRST_DAMPED,
    FIRST_DAMPED_LATER,
    FIRST_AVERAGE,    /* by beta1 */
    FIRST_AVERAGE_MU, /* by momentum */
    FIRST_UNWEIGHTED,
    FIRST_OVERWRITTEN,
    FIRST_LR_INSIDE
};
enum {
    SECOND_NONE,
    SECOND_AVERAGE,
    SECOND_UNWEIGHTED,
    SECOND_FIRST_WEIGHT,
    SECOND_ABSOLUTE,
    SECOND_BELIEF,
    SECOND_BELIEF_OLD,
    SECOND_ADAMAX,
    SECOND_OF_FIRST,
    SECOND_YOGI
};
enum { START_AT = 1 /* VALUE */ };
enum { DIVISOR_MAXIMUM = 1, DIVISOR_CENTRED };
enum {
    EPS_OUTSIDE,
    EPS_INSIDE,
    EPS_HAT,
    EPS_TIMES_ROOT,
    EPS_MISSING,
    EPS_SQUARED_INSIDE,
    EPS_MAXIMUM,
    EPS_SUBTRACTED,
    EPS_UNCORRECTED_INSIDE, /* sqrt(v + eps) before the second correction */
    EPS_TWICE               /* in the root and beside it */
};
enum { ROOT_MISSING = 1, ROOT_TWICE, ROOT_COARSE /* VALUE: good to so many bits */ };
enum {
    DIRECTION_FIRST, /* m where there is one, else g */
    DIRECTION_GRADIENT,
    DIRECTION_NESTEROV,
    DIRECTION_NADAM,
    DIRECTION_NADAM_MU_TWICE,
    DIRECTION_NADAM_CONSTANT
};
enum { MOVE_SIGN = 1, MOVE_CLIPPED /* VALUE times lr */, MOVE_ADDED };
/* Of states in a narrow format, VALUE tells whether what was stored (1) or what was computed (0) moves theta. */
enum {
    PRECISION_FLOAT_STATE = 1,
    PRECISION_BFLOAT_STATE,
    PRECISION_HALF_STATE,
    PRECISION_FLOAT,
    PRECISION_FLOAT_UPDATE,
    PRECISION_FLOAT_THETA,
    PRECISION_BFLOAT_THETA,
    PRECISION_HALF_THETA,
    PRECISION_FLUSH
};
enum {
    LOOP_BLOCKS = 1, /* VALUE: whole blocks of so many only */
    LOOP_NOT_FIRST,
    LOOP_NOT_LAST,
    LOOP_LAST_TWICE,
    LOOP_OVERLAP, /* VALUE: the tail is done as a block of so many that overlaps the one before */
    LOOP_NEIGHBOUR,
    LOOP_SHARED_SECOND,
    LOOP_LAZY,
    LOOP_NAN_SKIPS_STEP,
    LOOP_NAN_SKIPS_ELEMENT
};
enum {
    STATE_COUNT_IGNORED = 1,
    STATE_COUNT_OFF_BY, /* VALUE */
    STATE_SLOTS_SWAPPED,
    STATE_FIRST_IGNORED,
    STATE_SECOND_IGNORED,
    STATE_GET_CORRECTED,
    STATE_GET_ROOT
};

typedef struct optcert_model {
    uint8_t trait[TRAITS];
    double value[TRAITS];
    unsigned changes; /* traits that differ from the dialect's */
} optcert_model;

/* The model of a dialect. Every dialect has one: a unit test holds each against its true reference. */
optcert_model optcert_model_of(const oc_ref_dialect *dialect);

#endif
