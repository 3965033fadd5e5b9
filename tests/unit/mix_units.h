/* SPDX-License-Identifier: GPL-3.0-or-later
 * The library's ema and svag in both formats behind one set of function pointers. */
#ifndef OPTCERT_UNIT_MIX_UNITS_H
#define OPTCERT_UNIT_MIX_UNITS_H
#include "ieee.h"
#include "optcert/status.h"

typedef struct unit_mix {
    const oc_ref_format *format;
    oc_status (*ema)(double rho, size_t n, void *avg, const void *theta);
    oc_status (*svag)(double l, double *r1, double *r2, size_t n, void *grad, const void *grad1, const void *grad2);
    bool (*refuse_ema)(double rho, oc_status expected);
    bool (*refuse_svag)(double l, oc_status expected);
} unit_mix;

extern const unit_mix unit_mixes[2]; /* f32, f64 */

/* An array of either format. */
enum { UNIT_MIX_BATCH = 256 };
typedef union unit_mix_array {
    float f32[UNIT_MIX_BATCH];
    double f64[UNIT_MIX_BATCH];
} unit_mix_array;

#endif
