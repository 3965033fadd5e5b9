/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening the build that a command line names. */
#ifndef OPTCERT_BUILD_OPEN_H
#define OPTCERT_BUILD_OPEN_H
#include "build_handle.h"

/* The build, its process fresh; a usage error that says why where it cannot be reached. */
optcert_build_handle *optcert_open_build(const char *spec);

/* The same, also where the build does not live to say what it is: then every instance fails, and *why says how the build ended;
 * else *why is "". */
optcert_build_handle *optcert_open_build_dead(const char *spec, char *why, size_t size);

#endif
