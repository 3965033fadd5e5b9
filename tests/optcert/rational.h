/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rational number that a decimal text names: 0.9 is nine tenths here, not the double beside it.
 * So that 256/(1 - 0.9) is 2560 and its largest integer below is 2559. */
#ifndef OPTCERT_RATIONAL_H
#define OPTCERT_RATIONAL_H
#include <stdbool.h>

#include <gmp.h>

/* Reads what optcert_number_real reads (so magnitudes stay within binary64's). `out` is initialised. */
bool optcert_rational_read(const char *text, mpq_t out);

/* base^x - y for 0 <= base < 1 and x > 0, rounded once to binary64. */
double optcert_rational_pow_less(const mpq_t base, const mpq_t x, const mpq_t y);

/* x * sqrt(y) rounded once to binary64. */
double optcert_rational_times_sqrt(const mpq_t x, const mpq_t y);

/* x rounded to nearest, ties to even (mpq_get_d truncates). */
double optcert_rational_round(const mpq_t x);

#endif
