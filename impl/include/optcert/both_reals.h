/* SPDX-License-Identifier: Apache-2.0
 * Reads the header OC_TEMPLATE once per working format; it then declares everything for that format. */
#include "optcert/real_f32.h"
#include OC_TEMPLATE
#include "optcert/real_f64.h"
#include OC_TEMPLATE
#include "optcert/real_end.h"
#undef OC_TEMPLATE
