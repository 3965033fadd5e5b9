/* SPDX-License-Identifier: GPL-3.0-or-later
 * The option --resolution of the sampled suites. */
#ifndef OPTCERT_RESOLUTION_H
#define OPTCERT_RESOLUTION_H

/* A distance of laws, in (0, sqrt 2); else a usage error. */
double optcert_option_resolution(const char *text);

#endif
