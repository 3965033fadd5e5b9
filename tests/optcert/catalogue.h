/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the program knows, by name: each section reads the table that the rest of the program works from. */
#ifndef OPTCERT_CATALOGUE_H
#define OPTCERT_CATALOGUE_H
#include <jansson.h>

/* Members "dialects", "suites", ...: arrays of objects with at least "name" and "text". */
json_t *optcert_catalogue(void);

#endif
