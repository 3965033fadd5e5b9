/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exact sums. */
#include "exact_sum.h"

#include <math.h>
#include <string.h>

enum { LIMB_BITS = 32, LOWEST = -1088 };

__extension__ typedef unsigned __int128 wide;

void optcert_exact_add(optcert_exact_sum *sum, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    const uint64_t exponent = bits >> 52 & 0x7ff;
    if (exponent == 0x7ff) {
        sum->strange++;
        return;
    }
    const uint64_t fraction = bits & UINT64_C(0xfffffffffffff);
    const uint64_t digits = exponent > 0 ? fraction | UINT64_C(1) << 52 : fraction;
    const uint64_t place = (exponent > 0 ? exponent : 1) - 1075 - (uint64_t)(int64_t)LOWEST; /* of the last digit */
    wide shifted = (wide)digits << place % LIMB_BITS;
    const int64_t sign = bits >> 63 ? -1 : 1;
    for (uint64_t i = place / LIMB_BITS; shifted != 0; i++) {
        sum->limb[i] += sign * (int64_t)(shifted & UINT32_MAX);
        shifted >>= LIMB_BITS;
    }
}

void optcert_exact_merge(optcert_exact_sum *sum, const optcert_exact_sum *other)
{
    for (int i = 0; i < OPTCERT_EXACT_LIMBS; i++) {
        sum->limb[i] += other->limb[i];
    }
    sum->strange += other->strange;
}

/* Moves carries up, so that every limb but the last lies in [0, 2^32). Answers whether the sum is negative. */
static int carry(int64_t limb[OPTCERT_EXACT_LIMBS])
{
    for (int i = 0; i + 1 < OPTCERT_EXACT_LIMBS; i++) {
        const int64_t low = limb[i] & (int64_t)UINT32_MAX;
        limb[i + 1] += (limb[i] - low) / ((int64_t)UINT32_MAX + 1);
        limb[i] = low;
    }
    return limb[OPTCERT_EXACT_LIMBS - 1] < 0;
}

double optcert_exact_value(const optcert_exact_sum *sum)
{
    int64_t limb[OPTCERT_EXACT_LIMBS];
    if (sum->strange != 0) {
        return NAN;
    }
    memcpy(limb, sum->limb, sizeof limb);
    const int negative = carry(limb);
    for (int i = 0; negative && i < OPTCERT_EXACT_LIMBS; i++) {
        limb[i] = -limb[i];
    }
    carry(limb);
    int top = OPTCERT_EXACT_LIMBS - 1;
    while (top > 2 && limb[top] == 0) {
        top--;
    }
    /* three limbs hold at least 65 bits; what lies below only says on which side of a tie the sum is */
    wide head = 0;
    for (int i = top; i > top - 3; i--) {
        head = head << LIMB_BITS | (wide)(uint64_t)limb[i];
    }
    for (int i = top - 3; i >= 0; i--) {
        head |= (wide)(limb[i] != 0);
    }
    const double size = ldexp((double)head, LOWEST + LIMB_BITS * (top - 2));
    return negative ? -size : size;
}
