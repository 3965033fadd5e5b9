/* SPDX-License-Identifier: GPL-3.0-or-later
 * The corpus: builds that are wrong in one known way, builds that are right in an unusual way, and hostile
 * ones. Each is a recipe: an optimizer and, aspect by aspect, what it does otherwise. Two defects combine
 * when they touch different aspects: "defect:adam-eps-missing+adam-first-unweighted".
 * The shared object liboptcert-defects.so runs the recipes (engine/); the harness reads only this table. */
#ifndef OPTCERT_DEFECT_CORPUS_H
#define OPTCERT_DEFECT_CORPUS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a recipe may change; 0 in any aspect is the plain textbook choice of the dialect. Choices marked
 * "honest" compute the same real function in another way. */
typedef enum optcert_aspect {
    ASPECT_HYPER,      /* the hyper-parameters as understood */
    ASPECT_COUNT,      /* the number of steps as known to the bias corrections */
    ASPECT_POWER,      /* how beta^j is computed */
    ASPECT_CORRECTION, /* which bias corrections are applied, and how */
    ASPECT_GRADIENT,   /* the gradient as understood */
    ASPECT_DECAY,      /* weight decay */
    ASPECT_FIRST,      /* the first moment */
    ASPECT_SECOND,     /* the second moment */
    ASPECT_ORDER,      /* which moments enter the update */
    ASPECT_EPS,        /* where eps stands */
    ASPECT_ROOT,       /* the root */
    ASPECT_UPDATE,     /* what is subtracted */
    ASPECT_PRECISION,  /* formats in between */
    ASPECT_LOOP,       /* which elements */
    ASPECT_EVENT,      /* what happens at some steps only */
    ASPECT_SCHEDULE,   /* what the learning rate does by itself */
    ASPECT_STATE,      /* get and set */
    ASPECT_PLACE,      /* dependence on what must not matter */
    ASPECT_HOSTILE,    /* attacks on the process */
    ASPECTS
} optcert_aspect;

enum { HYPER_SWAPPED_BETAS = 1, HYPER_ONE_BETA, HYPER_FLOAT, HYPER_COMPLEMENT, HYPER_HALF_LR };
enum {
    COUNT_FROM_ZERO = 1, /* k, and 1 at k = 0 */
    COUNT_RAW_ZERO,      /* k, also at k = 0: divides by zero */
    COUNT_PLUS_TWO,
    COUNT_TWICE,
    COUNT_BYTE,
    COUNT_WORD,
    COUNT_BFLOAT, /* stops at 256 */
    COUNT_HALF,   /* stops at 2048 */
    COUNT_SHARED  /* one counter for all instances */
};
enum { POWER_FLOAT = 1, POWER_FIRST_INSTANCE, POWER_PRODUCT /* honest */, POWER_EXPM1 /* honest */ };
enum {
    CORRECTION_NONE = 1,
    CORRECTION_FIRST_ONLY,
    CORRECTION_SECOND_ONLY,
    CORRECTION_SWAPPED,
    CORRECTION_ROOTLESS,
    CORRECTION_STORED,
    CORRECTION_NOT_AT_START,
    CORRECTION_FORCED, /* where the dialect has none */
    CORRECTION_TAIL,   /* elements after the last full block of 4 lack the second */
    CORRECTION_FOLDED  /* honest: lr sqrt(c2)/c1 with eps sqrt(c2) */
};
enum {
    GRADIENT_COUPLED_DECAY = 1,
    GRADIENT_NEGATED,
    GRADIENT_CLIPPED,
    GRADIENT_MEAN,
    GRADIENT_NAN_ZEROED,
    GRADIENT_HALF,
    GRADIENT_HIDDEN_DECAY,
    GRADIENT_STALE,  /* of the step before */
    GRADIENT_CENTRED, /* less its mean */
    GRADIENT_INFINITY_NAN
};
enum {
    DECAY_NONE = 1,
    DECAY_AFTER,
    DECAY_UNSCALED,
    DECAY_TWICE,
    DECAY_NEGATED,
    DECAY_LR_TWICE,
    DECAY_DIVIDED,   /* beside m, divided by the root */
    DECAY_NOT_TAIL,  /* elements after the last full block of 8 are not decayed */
    DECAY_IN_UPDATE, /* honest: lr (q + lambda theta) */
    DECAY_FACTOR     /* honest: theta (1 - lr lambda) */
};
enum {
    FIRST_UNWEIGHTED = 1,
    FIRST_OVERWRITTEN,
    FIRST_LR_INSIDE,
    FIRST_AVERAGED,
    FIRST_VELOCITY, /* -lr times the sum */
    FIRST_LERP, /* honest */
    FIRST_FMA   /* honest */
};
enum {
    SECOND_UNWEIGHTED = 1,
    SECOND_FIRST_WEIGHT,
    SECOND_ABSOLUTE,
    SECOND_BELIEF,
    SECOND_MAXIMUM,
    SECOND_MAXIMUM_CORRECTED,
    SECOND_ADAMAX,
    SECOND_CENTRED,
    SECOND_OF_FIRST,
    SECOND_STARTS_AT_ONE,
    SECOND_STARTS_AT_TENTH,
    SECOND_SUM,
    SECOND_SHARED_MEAN,
    SECOND_YOGI,
    SECOND_LERP, /* honest */
    SECOND_FMA   /* honest */
};
enum { ORDER_OLD = 1, ORDER_NEW, ORDER_OLD_FIRST };
enum {
    EPS_INSIDE_ROOT = 1,
    EPS_HAT,
    EPS_TIMES_ROOT,
    EPS_MISSING,
    EPS_SQUARED_INSIDE,
    EPS_MAXIMUM,
    EPS_HALF,
    EPS_SUBTRACTED,
    EPS_CONSTANT_INSIDE /* 1e-6 in the root, too */
};
enum { ROOT_MISSING = 1, ROOT_APPROXIMATE };
enum {
    UPDATE_GRADIENT = 1,
    UPDATE_NESTEROV,
    UPDATE_SIGN,
    UPDATE_CLIPPED,
    UPDATE_ADDED,
    UPDATE_UNRECTIFIED,
    UPDATE_FMA,           /* honest */
    UPDATE_QUOTIENT_FIRST /* honest: lr (m/d) */
};
enum {
    PRECISION_FLOAT_STATE = 1,
    PRECISION_BFLOAT_STATE,
    PRECISION_FLOAT,
    PRECISION_FLOAT_UPDATE,
    PRECISION_FLUSH,
    PRECISION_BFLOAT_FIRST
};
enum {
    LOOP_TAIL_4 = 1,
    LOOP_TAIL_8,
    LOOP_BLOCKS, /* whole blocks of 64 only */
    LOOP_NOT_FIRST,
    LOOP_NOT_LAST,
    LOOP_NOT_LAST_3,
    LOOP_FIRST_128,
    LOOP_LAST_TWICE,
    LOOP_OVERLAP, /* the tail is done as a block of 4 that overlaps the one before */
    LOOP_NEIGHBOUR,
    LOOP_SHARED_SECOND,
    LOOP_LAZY,
    LOOP_NAN_SKIPS_STEP,
    LOOP_NAN_SKIPS_ELEMENT,
    LOOP_BACKWARDS /* honest */
};
enum {
    STATE_COUNT_IGNORED = 1,
    STATE_COUNT_PLUS_ONE,
    STATE_SLOTS_SWAPPED,
    STATE_SECOND_IGNORED,
    STATE_GET_CORRECTED,
    STATE_GET_ROOT,
    STATE_HIDDEN /* honest: no get, no set */
};
enum {
    EVENT_FIRST_HALVED = 1, /* m' at every 10th step */
    EVENT_SKIPPED,          /* every 5th step */
    EVENT_BOTH_ZEROED,      /* before every 7th step */
    EVENT_MEAN_OF_2         /* every second step acts on the mean of two gradients */
};
enum { SCHEDULE_WARMUP = 1, SCHEDULE_INVERSE };
enum { PLACE_RANDOM = 1, PLACE_ALIGNED };
enum {
    HOSTILE_CRASH = 1,
    HOSTILE_ABORT,
    HOSTILE_DIVIDE,
    HOSTILE_CREATE_CRASH,
    HOSTILE_DESTROY_CRASH,
    HOSTILE_STACK,
    HOSTILE_WILD_WRITE,
    HOSTILE_HANG,
    HOSTILE_EXIT,
    HOSTILE_OVERRUN,
    HOSTILE_UNDERRUN,
    HOSTILE_READS_BEYOND,
    HOSTILE_SLOT_OVERRUN,
    HOSTILE_SLOT_UNWRITTEN,
    HOSTILE_GRADIENT_WRITE,
    HOSTILE_SET_WRITES,
    HOSTILE_FORK,
    HOSTILE_SIGNALS,
    HOSTILE_KILL,
    HOSTILE_FILE,
    HOSTILE_SOCKET,
    HOSTILE_EXEC,
    HOSTILE_SHRINK_ARENA,
    HOSTILE_FAKE_ANSWER,
    HOSTILE_HUGE,
    HOSTILE_THREADS,
    HOSTILE_LEAK,
    HOSTILE_NOISE,
    HOSTILE_ROUNDING
};

typedef enum optcert_defect_kind {
    OPTCERT_DEFECT_WRONG,
    OPTCERT_DEFECT_RIGHT,
    OPTCERT_DEFECT_HOSTILE
} optcert_defect_kind;

typedef struct optcert_defect {
    const char *name;
    const char *claims; /* the dialect that it pretends to be */
    optcert_defect_kind kind;
    const char *says;   /* completes "matches DIALECT exactly if ..." */
    const char *fails;  /* WRONG: id of a claim that must fail; HOSTILE: the outcome; RIGHT: "" */
    const char *origin; /* where it was seen; "" for a slip that anyone can make */
    uint8_t choice[ASPECTS];
    bool only_f64; /* means nothing in binary32 */
} optcert_defect;

size_t optcert_defect_count(void);
const optcert_defect *optcert_defect_at(size_t i);

/* A recipe by the words after "defect:": NAME or NAME+NAME... (all of one dialect, no aspect touched
 * twice), and at the end -f32 or -f64 (-f64 when absent). False when there is none. */
bool optcert_defect_resolve(const char *words, optcert_defect *recipe, bool *single);

#endif
