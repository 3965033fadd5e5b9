/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's integrators and SDE limits in both formats behind one set of function pointers. */
#ifndef OPTCERT_UNIT_SCHEME_UNITS_H
#define OPTCERT_UNIT_SCHEME_UNITS_H
#include "schemes.h"

enum { UNIT_SCHEME_BATCH = 64, UNIT_SCHEME_INPUTS = 7, UNIT_SCHEME_OUTPUTS = 4 };

typedef enum unit_scheme_kind {
    UNIT_EULER_MARUYAMA,
    UNIT_MILSTEIN,
    UNIT_HEUN_PREDICT,
    UNIT_HEUN_CORRECT,
    UNIT_PLATEN_SUPPORT,
    UNIT_PLATEN_STEP,
    UNIT_SRA1_SUPPORT,
    UNIT_SRA1_STEP,
    UNIT_TALAY_TUBARO,
    UNIT_SGD_ORDER1,
    UNIT_SGD_ORDER2,
    UNIT_RMSPROP,
    UNIT_ADAM,
    UNIT_ADAMW
} unit_scheme_kind;

typedef struct unit_scheme_format {
    const oc_ref_format *format;
    /* The call on the first n of a batch; false when a parameter is refused. */
    bool (*run)(unit_scheme_kind kind, double h, const oc_ref_limit_input *limit, size_t n,
                double in[UNIT_SCHEME_INPUTS][UNIT_SCHEME_BATCH],
                double out[UNIT_SCHEME_OUTPUTS][UNIT_SCHEME_BATCH]);
} unit_scheme_format;

extern const unit_scheme_format unit_scheme_formats[2]; /* f32, f64 */

#endif
