/* SPDX-License-Identifier: Apache-2.0
 * Which instruction sets the processor has: see optcert/isa.h. The compiler's __builtin_cpu_supports asks CPUID, and
 * the operating system through XGETBV whether it keeps the wide registers. */
#include "optcert/isa.h"

#if defined(__x86_64__)
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") != 0;
}
static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
           __builtin_cpu_supports("avx512dq") != 0;
}
#else
static bool has_avx2(void)
{
    return false;
}
static bool has_avx512(void)
{
    return false;
}
#endif

bool oc_isa_available(oc_isa isa)
{
    switch (isa) {
    case OC_ISA_CORE:
    case OC_ISA_BASE:
        return true;
    case OC_ISA_AVX2:
        return has_avx2();
    case OC_ISA_AVX512:
        return has_avx512();
    }
    return false;
}

oc_isa oc_isa_best(void)
{
    if (has_avx512()) {
        return OC_ISA_AVX512;
    }
    return has_avx2() ? OC_ISA_AVX2 : OC_ISA_BASE;
}

const char *oc_isa_text(oc_isa isa)
{
    switch (isa) {
    case OC_ISA_CORE:
        return "core";
    case OC_ISA_BASE:
        return "base";
    case OC_ISA_AVX2:
        return "avx2";
    case OC_ISA_AVX512:
        return "avx512";
    }
    return "unknown";
}
