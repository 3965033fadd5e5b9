/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as people write them: strict reading, shortest printing. */
#ifndef OPTCERT_NUMBER_H
#define OPTCERT_NUMBER_H
#include <stdbool.h>
#include <stdint.h>

/* Reads a finite binary64 number, decimal or hexadecimal, that fills the whole string. */
bool optcert_number_real(const char *text, double *out);

/* Reads a decimal whole number (digits only, no sign) that fits. */
bool optcert_number_whole(const char *text, uint64_t *out);

enum { OPTCERT_NUMBER_SIZE = 40 };

/* The shortest decimal that reads back as exactly `value` ("nan", "inf", "-inf" for those). */
void optcert_number_shortest(double value, char out[OPTCERT_NUMBER_SIZE]);

#endif
