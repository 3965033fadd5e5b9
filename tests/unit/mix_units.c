/* SPDX-License-Identifier: GPL-3.0-or-later
 * ema and svag behind function pointers. See mix_units.h. */
#include "mix_units.h"

#include "optcert/ema.h"
#include "optcert/svag.h"

#include <string.h>

#include "optcert/real_f32.h"
#include "mix_real.h"
#include "optcert/real_f64.h"
#include "mix_real.h"
#include "optcert/real_end.h"

const unit_mix unit_mixes[2] = {
    {&oc_ref_f32, ema_f32, svag_f32, refuse_ema_f32, refuse_svag_f32},
    {&oc_ref_f64, ema_f64, svag_f64, refuse_ema_f64, refuse_svag_f64},
};
