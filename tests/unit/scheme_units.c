/* SPDX-License-Identifier: GPL-3.0-or-later
 * Integrators and limits behind function pointers. See scheme_units.h. */
#include "scheme_units.h"

#include "optcert/adamw_sde.h"
#include "optcert/euler_maruyama.h"
#include "optcert/heun.h"
#include "optcert/milstein.h"
#include "optcert/platen.h"
#include "optcert/rmsprop_sde.h"
#include "optcert/sgd_sde.h"
#include "optcert/sra1.h"
#include "optcert/talay_tubaro.h"

#include <string.h>

#include "optcert/real_f32.h"
#include "scheme_real.h"
#include "optcert/real_f64.h"
#include "scheme_real.h"
#include "optcert/real_end.h"

const unit_scheme_format unit_scheme_formats[2] = {{&oc_ref_f32, run_f32}, {&oc_ref_f64, run_f64}};
