/* SPDX-License-Identifier: Apache-2.0
 * The copies behind optcert/fast_sde.h: oc_fast_NAME_base, _avx2 and _avx512 are oc_NAME of impl/, compiled again from the
 * same text with other instructions allowed and renamed (impl/rules.mk). Their contracts are therefore taken from it,
 * and not proved: that the compiler keeps to the text is trusted, and tested by `optcert equivalence`. */
#ifndef OPTCERT_VARIANTS_SDE_H
#define OPTCERT_VARIANTS_SDE_H
#include "optcert/fast_sde.h"

#define OC_ISA_FIRST

#define OC_KERNEL(name) OC_NAME(oc_fast_##name##_base)
#define OC_TEMPLATE "optcert/fast_sde_kernels.h"
#include "optcert/both_reals.h"
#undef OC_KERNEL

#define OC_KERNEL(name) OC_NAME(oc_fast_##name##_avx2)
#define OC_TEMPLATE "optcert/fast_sde_kernels.h"
#include "optcert/both_reals.h"
#undef OC_KERNEL

#define OC_KERNEL(name) OC_NAME(oc_fast_##name##_avx512)
#define OC_TEMPLATE "optcert/fast_sde_kernels.h"
#include "optcert/both_reals.h"
#undef OC_KERNEL

#undef OC_ISA_FIRST
#endif
