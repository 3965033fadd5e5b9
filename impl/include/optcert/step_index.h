/* SPDX-License-Identifier: Apache-2.0
 * Steps are counted from 0 in 64 bits. */
#ifndef OPTCERT_STEP_INDEX_H
#define OPTCERT_STEP_INDEX_H
#include <stdint.h>

#define OC_STEP_MAX UINT64_C(0x7fffffffffffffff)

#endif
