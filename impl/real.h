/* SPDX-License-Identifier: Apache-2.0
 * The working format of this compilation, from OC_PRECISION. A source that includes this is compiled once per
 * format. */
#if OC_PRECISION == 32
#include "optcert/real_f32.h"
#elif OC_PRECISION == 64
#include "optcert/real_f64.h"
#else
#error "OC_PRECISION must be 32 or 64"
#endif
