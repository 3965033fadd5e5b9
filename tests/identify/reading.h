/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which hyper-parameters a build reads: those that change its steps. */
#ifndef OPTCERT_READING_H
#define OPTCERT_READING_H
#include "design.h"
#include "hyper_field.h"

/* The fields that the build's steps depend on, those pinned aside. False when memory fails or the harness itself does. */
bool optcert_fields_read(optcert_prober *prober, const optcert_pins *pins, unsigned *fields);

#endif
