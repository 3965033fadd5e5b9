/* SPDX-License-Identifier: GPL-3.0-or-later
 * IEEE 754 binary128. clang has the format and glibc the functions, but under a name that clang does not know. */
#ifndef OPTCERT_REAL128_H
#define OPTCERT_REAL128_H
#include <math.h>

#ifdef __clang__
__extension__ typedef __float128 optcert_real128;
optcert_real128 expf128(optcert_real128 x);
optcert_real128 logf128(optcert_real128 x);
optcert_real128 tanhf128(optcert_real128 x);
optcert_real128 sqrtf128(optcert_real128 x);
#else
__extension__ typedef _Float128 optcert_real128;
#endif

#endif
