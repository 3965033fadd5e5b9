/* SPDX-License-Identifier: Apache-2.0
 * The optimizers' steps in vector code: oc_fast_UNIT_step_f32 and _f64 take an instruction set and what oc_UNIT_step
 * takes, under the same conditions and with the same result bit for bit (spec/fast.md), up to the payload of a NaN.
 *
 *     const oc_isa isa = oc_isa_best();                             once
 *     oc_fast_adam_step_f32(isa, &coef, n, theta, m, v, grad);      every step
 *
 * isa is OC_ISA_CORE or one that oc_isa_available affirms; code for another one ends in an illegal instruction. A value
 * that names none runs the core. Any alignment of the arrays is right; fastest are arrays on 64 bytes and, from some
 * 10^5 elements on, not all at the same offset within 2 MiB (32 KiB + 192 bytes of stagger between them).
 * Threads belong to the caller: each steps a range of its own (optcert/range.h); the result does not depend on it. */
#ifndef OPTCERT_FAST_H
#define OPTCERT_FAST_H
#include "optcert/adam.h"
#include "optcert/adamw.h"
#include "optcert/ema.h"
#include "optcert/isa.h"
#include "optcert/rmsprop.h"
#include "optcert/rmsprop_newv.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"

#define OC_KERNEL(name) OC_NAME(oc_fast_##name)
#define OC_ISA_FIRST oc_isa isa,
#define OC_TEMPLATE "optcert/fast_kernels.h"
#include "optcert/both_reals.h"
#undef OC_KERNEL
#undef OC_ISA_FIRST

#endif
