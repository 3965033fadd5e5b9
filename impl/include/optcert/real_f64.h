/* SPDX-License-Identifier: Apache-2.0
 * Names of the working format binary64, for C text and contracts that are read once per format.
 * No include guard: the next real_*.h replaces the names. */
#include "optcert/real_end.h"
#define OC_REAL double
#define OC_NAME(name) name##_f64
#define OC_SQRT(x) sqrt(x)
#define OC_MAX ((double)0x1.fffffffffffffp1023)
/* In contracts: one IEEE 754 operation, rounded to nearest even. */
#define OC_ADD(x, y) \add_double(x, y)
#define OC_SUB(x, y) \sub_double(x, y)
#define OC_MUL(x, y) \mul_double(x, y)
#define OC_DIV(x, y) \div_double(x, y)
/* In contracts: IEEE 754 comparisons, false when an operand is a NaN. */
#define OC_LT(x, y) \lt_double(x, y)
#define OC_LE(x, y) \le_double(x, y)
