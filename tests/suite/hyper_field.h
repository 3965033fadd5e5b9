/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hyper-parameters by number: bit i of a dialect's `uses` (OC_REF_LR is bit 0) speaks of field i. */
#ifndef OPTCERT_HYPER_FIELD_H
#define OPTCERT_HYPER_FIELD_H
#include "dialect.h"

enum { OPTCERT_FIELDS = 7, OPTCERT_EVERY_FIELD = (1u << OPTCERT_FIELDS) - 1 };

/* "lr", "beta1", ... */
const char *optcert_field_name(unsigned field);
double *optcert_field(optcert_hyper *hyper, unsigned field);

/* Names of all fields in a set, by commas. */
void optcert_field_names(unsigned fields, char *out, size_t size);

#endif
