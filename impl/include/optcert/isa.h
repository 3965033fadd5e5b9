/* SPDX-License-Identifier: Apache-2.0
 * Instruction sets that the kernels are compiled for, all from one text (spec/fast.md). A value is what the caller
 * asks once, by oc_isa_best, keeps, and hands to the functions of fast.h and fast_sde.h: the library keeps no state. */
#ifndef OPTCERT_ISA_H
#define OPTCERT_ISA_H
#include <stdbool.h>

typedef enum oc_isa {
    OC_ISA_CORE = 0, /* the proved kernels as the rest of the library is compiled: one element at a time */
    OC_ISA_BASE,     /* vector code of the target's baseline: SSE2 on x86-64, NEON on AArch64 */
    OC_ISA_AVX2,     /* 256-bit registers */
    OC_ISA_AVX512    /* 512-bit registers: AVX-512 F, VL and DQ */
} oc_isa;

/* Whether the processor that runs this, and its operating system, can execute the kernels compiled for isa; false for
 * a value that is none. Thread-safe; a few loads, no system call. */
bool oc_isa_available(oc_isa isa);

/* The widest one available; at least OC_ISA_BASE. */
oc_isa oc_isa_best(void);

/* "core", "base", "avx2", "avx512"; "unknown" for a value that is none: a static string, never NULL. */
const char *oc_isa_text(oc_isa isa);

#endif
