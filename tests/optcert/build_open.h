/* SPDX-License-Identifier: GPL-3.0-or-later
 * Opening the build that a command line names. */
#ifndef OPTCERT_BUILD_OPEN_H
#define OPTCERT_BUILD_OPEN_H
#include "build_handle.h"

/* The build, its process fresh; a usage error that says why where it cannot be reached. */
optcert_build_handle *optcert_open_build(const char *spec);

#endif
