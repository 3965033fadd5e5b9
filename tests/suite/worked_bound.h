/* SPDX-License-Identifier: GPL-3.0-or-later
 * Machine-checked bounds on the weak error of worked cases: proofs/coq/weak/worked_bounds.json, which `make coq` holds
 * against the theorems and the program carries. */
#ifndef OPTCERT_WORKED_BOUND_H
#define OPTCERT_WORKED_BOUND_H
#include "converge.h"

typedef struct optcert_worked_bound {
    const char *theorem; /* qualified name in Coq */
    double per_h;        /* |error| <= per_h * h ... */
    size_t multiple;     /* ... for step counts that are multiples of this */
    double factor;       /* and the bound is at most so many times the error */
} optcert_worked_bound;

/* The bound of the study's case and its p-th test function; false when no theorem speaks of it, or when the
 * rows are sampled. Deliberate mistakes in the limit do not change what the theorem says. */
bool optcert_worked_bound_find(const optcert_converge *c, size_t p, optcert_worked_bound *bound);

/* Over the rows that the theorem speaks of: how many there are, the largest |error|/h and the largest bound/|error|. */
size_t optcert_worked_bound_measure(const optcert_converge *c, size_t p, const optcert_worked_bound *bound,
                                    optcert_estimate *error_per_h, optcert_estimate *factor);

#endif
