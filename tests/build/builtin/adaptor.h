/* SPDX-License-Identifier: GPL-3.0-or-later
 * The optimizers of liboptcert behind the build interface: NAME by the proved core, NAME-fast by the fast path. */
#ifndef OPTCERT_BUILTIN_ADAPTOR_H
#define OPTCERT_BUILTIN_ADAPTOR_H
#include "optcert/build.h"

#define OPTCERT_BUILTINS 12

/* One table per working format. */
extern const optcert_build optcert_builtins_f32[OPTCERT_BUILTINS];
extern const optcert_build optcert_builtins_f64[OPTCERT_BUILTINS];

#endif
