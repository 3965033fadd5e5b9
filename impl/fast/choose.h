/* SPDX-License-Identifier: Apache-2.0
 * The choice of the copy: calls oc_fast_NAME_ISA with these arguments, and the core where isa names no copy. A macro,
 * because kernels differ in their parameters. Include after real.h. */
#ifndef OPTCERT_CHOOSE_H
#define OPTCERT_CHOOSE_H

#define OC_CHOOSE(isa, name, ...)                                                                                      \
    switch (isa) {                                                                                                     \
    case OC_ISA_AVX512:                                                                                                \
        OC_NAME(oc_fast_##name##_avx512)(__VA_ARGS__);                                                                 \
        return;                                                                                                        \
    case OC_ISA_AVX2:                                                                                                  \
        OC_NAME(oc_fast_##name##_avx2)(__VA_ARGS__);                                                                   \
        return;                                                                                                        \
    case OC_ISA_BASE:                                                                                                  \
        OC_NAME(oc_fast_##name##_base)(__VA_ARGS__);                                                                   \
        return;                                                                                                        \
    default:                                                                                                           \
        OC_NAME(oc_##name)(__VA_ARGS__);                                                                               \
    }

#endif
