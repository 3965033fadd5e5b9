/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders of the library's integrators: weak ones without sampling noise, strong ones on coupled paths. */
#ifndef OPTCERT_INTEGRATOR_STUDY_H
#define OPTCERT_INTEGRATOR_STUDY_H
#include "converge.h"
#include "scheme.h"

/* Weak: E phi(x_N) by backward recursion over the scheme's own noise, against the exact moment; two grids
 * give the resolution. Adds finer rows while they do not decide. The rows' step counts are set before. False when h is no time step. */
bool optcert_integrator_weak(const optcert_scheme_run *run, optcert_converge *c);

/* Strong: E |x_N - X_T| with the exact solution on the same Brownian path, over so many paths of c->seed; where no
 * exact path is known (mixed) the scheme's distance to itself with half the step. */
bool optcert_integrator_strong(const optcert_scheme_run *run, uint64_t paths, optcert_converge *c);

#endif
