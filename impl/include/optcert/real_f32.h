/* SPDX-License-Identifier: Apache-2.0
 * Names of the working format binary32, for C text and contracts that are read once per format.
 * No include guard: the next real_*.h replaces the names. */
#include "optcert/real_end.h"
#define OC_REAL float
#define OC_NAME(name) name##_f32
#define OC_SQRT(x) sqrtf(x)
#define OC_MAX ((float)0x1.fffffep127)
/* In contracts: one IEEE 754 operation, rounded to nearest even. */
#define OC_ADD(x, y) \add_float(x, y)
#define OC_SUB(x, y) \sub_float(x, y)
#define OC_MUL(x, y) \mul_float(x, y)
#define OC_DIV(x, y) \div_float(x, y)
/* In contracts: IEEE 754 comparisons, false when an operand is a NaN. */
#define OC_LT(x, y) \lt_float(x, y)
#define OC_LE(x, y) \le_float(x, y)
