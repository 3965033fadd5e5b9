/* SPDX-License-Identifier: GPL-3.0-or-later
 * A build under test as a stepper of swarms. */
#ifndef OPTCERT_SWARM_BUILD_H
#define OPTCERT_SWARM_BUILD_H
#include "build_handle.h"
#include "swarm.h"

#include "optimizer_map.h"

/* The handle must outlive the stepper. */
void optcert_stepper_build(optcert_build_handle *build, optcert_stepper *out);

/* The optimizer whose limit and scaling rule a dialect has; false when neither is known of it. */
bool optcert_dialect_optimizer(const char *dialect, optcert_optimizer *out);

#endif
