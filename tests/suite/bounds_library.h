/* SPDX-License-Identifier: GPL-3.0-or-later
 * One step of the library on one element, and the true step, for the bounds. */
#ifndef OPTCERT_BOUNDS_LIBRARY_H
#define OPTCERT_BOUNDS_LIBRARY_H
#include "dialect.h"
#include "optcert/hyper.h"

/* What one step makes of one element, or starts from. Values of the format. */
typedef struct optcert_element {
    double theta, slot[2], grad;
} optcert_element;

/* The library's step in place: false when it refuses the hyper-parameters. k is 0-based. */
bool optcert_library_step(const char *dialect, const oc_ref_format *format, const oc_hyper *hyper, uint64_t k,
                          optcert_element *element);

/* Distances |got - true| of theta and the slots, and the true |theta|, after one step from `before`. */
typedef struct optcert_step_error {
    long double theta, slot[2], size_theta;
} optcert_step_error;
optcert_step_error optcert_step_error_of(const char *dialect, const oc_hyper *hyper, uint64_t k,
                                         const optcert_element *before, const optcert_element *got);

optcert_hyper optcert_reference_hyper(const oc_hyper *hyper);

#endif
