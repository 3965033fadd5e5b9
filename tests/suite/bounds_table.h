/* SPDX-License-Identifier: GPL-3.0-or-later
 * The parts of the table of bounds: one step, scalar functions, sums in any order, many steps, integrators, limits. */
#ifndef OPTCERT_BOUNDS_TABLE_H
#define OPTCERT_BOUNDS_TABLE_H
#include "bounds.h"

extern const optcert_bound optcert_step_bounds[], optcert_scalar_bounds[], optcert_sum_bounds[], optcert_long_bounds[],
    optcert_integrator_bounds[], optcert_limit_bounds[];
extern const size_t optcert_step_bound_count, optcert_scalar_bound_count, optcert_sum_bound_count, optcert_long_bound_count,
    optcert_integrator_bound_count, optcert_limit_bound_count;

/* The format's unit roundoff, and half its smallest subnormal. */
long double optcert_bound_u(const optcert_bound *bound);
long double optcert_bound_tiny(const optcert_bound *bound);

#endif
