/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rules (MLPA Sect. 5) on numbers as people write them: decimals are taken as the
 * rationals that they name, every result is rounded once. */
#ifndef OPTCERT_SCALE_RULE_H
#define OPTCERT_SCALE_RULE_H
#include <stdbool.h>
#include <stdint.h>

#include <gmp.h>

/* What a hyper-parameter becomes when the batch becomes kappa times as large. */
typedef enum optcert_scale_law {
    OPTCERT_SCALE_LINEAR, /* kappa x */
    OPTCERT_SCALE_ROOT,   /* sqrt(kappa) x */
    OPTCERT_SCALE_UNROOT, /* x / sqrt(kappa) */
    OPTCERT_SCALE_DECAY,  /* 1 - kappa (1 - x) */
    OPTCERT_SCALE_POWER,  /* x^kappa */
    OPTCERT_SCALE_FEWER,  /* x / kappa */
    OPTCERT_SCALE_KEEP    /* x */
} optcert_scale_law;

typedef struct optcert_scale_quantity {
    const char *key; /* as in the option and in JSON */
    optcert_scale_law law;
    const char *usual; /* taken when the option is absent; NULL: not used then */
    bool positive;     /* must be > 0 (else >= 0) */
    bool needed;       /* the user must give it */
} optcert_scale_quantity;

enum { OPTCERT_SCALE_QUANTITIES = 9 };

typedef struct optcert_scale_optimizer {
    const char *name, *rule;
    optcert_scale_quantity quantity[OPTCERT_SCALE_QUANTITIES]; /* ends with a NULL key */
} optcert_scale_optimizer;

/* By name, NULL when there is none; and all of them, up to a NULL name. */
const optcert_scale_optimizer *optcert_scale_find(const char *name);
extern const optcert_scale_optimizer optcert_scale_optimizers[];

typedef struct optcert_scaled {
    const optcert_scale_quantity *quantity;
    mpq_t exact;     /* the value before */
    double from, to; /* rounded to binary64 */
    bool given;      /* by the user, or the usual value */
} optcert_scaled;

typedef struct optcert_scale {
    const optcert_scale_optimizer *optimizer;
    uint64_t batch, to_batch;
    mpq_t kappa;
    optcert_scaled item[OPTCERT_SCALE_QUANTITIES];
    int count;
} optcert_scale;

/* Items with their usual values. */
void optcert_scale_init(optcert_scale *scale, const optcert_scale_optimizer *optimizer);
void optcert_scale_clear(optcert_scale *scale);

/* The item of that key; NULL when the optimizer has none. */
optcert_scaled *optcert_scale_item(optcert_scale *scale, const char *key);

/* Checks `text` as a value of the item; on failure the reason (after the key) is in `why`. */
bool optcert_scale_give(optcert_scaled *item, const char *text, const char **why);

/* Whether the rule has an answer for the batches set; fills `to`. False: `why` holds the reason. */
bool optcert_scale_apply(optcert_scale *scale, char *why, int why_size);

/* The decay that bounds kappa (the smallest); NULL when nothing does. */
const optcert_scaled *optcert_scale_bound(const optcert_scale *scale);

/* Averages have two laws, 1 - kappa (1 - x) and x^kappa, which differ by (1-x)^2 kappa (kappa-1)/2 + ...: the value by
 * the law that the item's is not, and that value less the scaled one. False: not an average, or not in [0, 1). */
bool optcert_scale_other(const optcert_scale *scale, const optcert_scaled *item, double *value, double *difference);

/* kappa must stay below this (rounded to binary64), and the largest batch that does. */
double optcert_scale_kappa_max(const optcert_scaled *bound);
uint64_t optcert_scale_largest_batch(const optcert_scale *scale, const optcert_scaled *bound);

#endif
