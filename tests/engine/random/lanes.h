/* SPDX-License-Identifier: GPL-3.0-or-later
 * Code that is compiled once per instruction set and chosen at run time. A source that includes this file names its
 * exported objects OPTCERT_ON_SET(name); the makefile compiles it with OPTCERT_SET = baseline, avx2 and avx512. All
 * sets give the same bits: nothing is fused, and nothing is summed in another order. */
#ifndef OPTCERT_LANES_H
#define OPTCERT_LANES_H

#define OPTCERT_ON_SET_JOIN(name, set) name##_##set
#define OPTCERT_ON_SET_NAME(name, set) OPTCERT_ON_SET_JOIN(name, set)
#define OPTCERT_ON_SET(name) OPTCERT_ON_SET_NAME(name, OPTCERT_SET)

#endif
