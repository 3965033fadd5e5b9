/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which hyper-parameters a build reads: those that change its steps. */
#ifndef OPTCERT_READING_H
#define OPTCERT_READING_H
#include "design.h"

enum { OPTCERT_FIELDS = 7, OPTCERT_EVERY_FIELD = (1u << OPTCERT_FIELDS) - 1 };

/* The name of a field, by its bit: OC_REF_LR is the 0th. */
const char *optcert_field_name(unsigned bit);

/* Names of all fields in a set, by commas. */
void optcert_field_names(unsigned fields, char *out, size_t size);

/* The fields that the build's steps depend on, those pinned aside. False when memory fails or the harness itself does. */
bool optcert_fields_read(optcert_prober *prober, const optcert_pins *pins, unsigned *fields);

#endif
