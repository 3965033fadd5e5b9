/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dialects: the different real functions that optimizers of one name compute, each as a true
 * reference, and as a bit-exact one where liboptcert ships that dialect.
 * Written from the definitions (named in `source`) alone. */
#ifndef OC_REF_DIALECT_H
#define OC_REF_DIALECT_H
#include "ball.h"
#include "ieee.h"
#include "optcert/build.h"

enum { OC_REF_SLOTS = 3 };

/* Which fields of optcert_hyper a dialect reads. */
enum {
    OC_REF_LR = 1u,
    OC_REF_BETA1 = 2u,
    OC_REF_BETA2 = 4u,
    OC_REF_EPS = 8u,
    OC_REF_WEIGHT_DECAY = 16u,
    OC_REF_MOMENTUM = 32u,
    OC_REF_DAMPENING = 64u
};

typedef struct oc_ref_coef oc_ref_coef; /* what one step computes once for all its elements: coef.h */

/* One element, in place, over the reals: theta and slots hold the old values and receive the new. */
typedef void oc_ref_element(oc_ref_coef *coef, oc_ref_ball *theta, oc_ref_ball *const slot[], const oc_ref_ball *grad);

/* A whole step in the format, rounding by rounding; step is 0-based. Every array holds n values of
 * the format, carried as doubles; slots come in the dialect's order. The hyper-parameters must be
 * ones that the library accepts. */
typedef void oc_ref_exact_step(const oc_ref_format *format, const optcert_hyper *hyper, uint64_t step, size_t n,
                               double *theta, double *const slot[], const double *grad);

typedef struct oc_ref_dialect {
    const char *name;                /* "adam/eps-hat" */
    const char *formula;             /* the update in one line */
    const char *source;              /* where this definition comes from */
    unsigned uses;                   /* OC_REF_LR | ... */
    size_t slots;                    /* how many state arrays */
    const char *slot[OC_REF_SLOTS];  /* their names in the build interface: "m", "v", "vmax" */
    oc_ref_element *element;         /* the true reference */
    oc_ref_exact_step *exact;        /* the bit-exact reference; NULL where liboptcert has no such unit */
} oc_ref_dialect;

/* The table, the shipped dialects first. */
size_t oc_ref_dialect_count(void);
const oc_ref_dialect *oc_ref_dialect_at(size_t i);

/* By name; NULL when there is none. */
const oc_ref_dialect *oc_ref_dialect_find(const char *name);

/* Index of a slot by name; -1 when the dialect has none of that name. */
int oc_ref_dialect_slot(const oc_ref_dialect *dialect, const char *slot);

#endif
