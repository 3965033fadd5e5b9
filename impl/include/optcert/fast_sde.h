/* SPDX-License-Identifier: Apache-2.0
 * The SDE limits' coefficients, the integrators and SVAG's mixture in vector code: as fast.h for the optimizers. */
#ifndef OPTCERT_FAST_SDE_H
#define OPTCERT_FAST_SDE_H
#include "optcert/adam_sde.h"
#include "optcert/adamw_sde.h"
#include "optcert/euler_maruyama.h"
#include "optcert/heun.h"
#include "optcert/isa.h"
#include "optcert/milstein.h"
#include "optcert/platen.h"
#include "optcert/rmsprop_sde.h"
#include "optcert/sgd_sde.h"
#include "optcert/sra1.h"
#include "optcert/svag.h"

#define OC_KERNEL(name) OC_NAME(oc_fast_##name)
#define OC_ISA_FIRST oc_isa isa,
#define OC_TEMPLATE "optcert/fast_sde_kernels.h"
#include "optcert/both_reals.h"
#undef OC_KERNEL
#undef OC_ISA_FIRST

#endif
