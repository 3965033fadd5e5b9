/* SPDX-License-Identifier: GPL-3.0-or-later
 * The proved rounding bounds (proofs/coq/rounding, spec/rounding.md) against what can be observed: for each
 * theorem a search for the inputs that bring the library's error nearest to the bound. A ratio above 1 would
 * refute the theorem, or show that it does not speak of this library; one below 1/8 would call it too loose. */
#ifndef OPTCERT_BOUNDS_H
#define OPTCERT_BOUNDS_H
#include "ieee.h"

#include <stdint.h>

enum { OPTCERT_BOUND_INPUTS = 20 };

/* How an input is drawn: magnitudes from 2^low to 2^high. */
typedef enum optcert_bound_kind {
    OPTCERT_INPUT_NONE,
    OPTCERT_INPUT_SIGNED,   /* any sign, of the format; sometimes 0 */
    OPTCERT_INPUT_MOMENT,   /* not negative, of the format; sometimes 0 */
    OPTCERT_INPUT_POSITIVE, /* positive binary64 */
    OPTCERT_INPUT_BETA,     /* binary64, 1 - beta from 2^low to 2^high */
    OPTCERT_INPUT_COUNT     /* a whole number from 2^low to 2^high */
} optcert_bound_kind;

typedef struct optcert_bound_input {
    optcert_bound_kind kind;
    int low, high;
} optcert_bound_input;

typedef struct optcert_bound optcert_bound;
struct optcert_bound {
    const char *theorem; /* module.name under Optcert.Rounding */
    const oc_ref_format *format;
    optcert_bound_input input[OPTCERT_BOUND_INPUTS];
    /* observed error / proved bound; negative where a hypothesis of the theorem fails */
    long double (*ratio)(const optcert_bound *bound, const double *x);
};

size_t optcert_bound_count(void);
const optcert_bound *optcert_bound_at(size_t i);

typedef struct optcert_bound_worst {
    long double ratio;
    double x[OPTCERT_BOUND_INPUTS];
    uint64_t judged; /* inputs that met the hypotheses */
} optcert_bound_worst;

/* Random starts, then hill climbing on the ratio. */
optcert_bound_worst optcert_bound_search(const optcert_bound *bound, uint64_t seed, uint64_t trials);

#endif
