/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of binary64 numbers without rounding: a fixed-point number that spans the whole format (Kulisch; Neal,
 * arXiv:1505.05571). The sum is exact, so it does not depend on the order of its terms, on threads or on ranks; it is
 * rounded once, when it is read. Up to 2^31 terms; a NaN or an infinity makes the sum NaN. */
#ifndef OPTCERT_EXACT_SUM_H
#define OPTCERT_EXACT_SUM_H
#include <stdint.h>

enum { OPTCERT_EXACT_LIMBS = 68 };

/* The sum is  limb[0] 2^-1088 + limb[1] 2^-1056 + ... : 32 bits a limb, the rest of each holds carries. */
typedef struct optcert_exact_sum {
    int64_t limb[OPTCERT_EXACT_LIMBS];
    int64_t strange; /* how many terms were not finite */
} optcert_exact_sum;

void optcert_exact_add(optcert_exact_sum *sum, double x);
void optcert_exact_merge(optcert_exact_sum *sum, const optcert_exact_sum *other);

/* The nearest binary64 number. */
double optcert_exact_value(const optcert_exact_sum *sum);

#endif
