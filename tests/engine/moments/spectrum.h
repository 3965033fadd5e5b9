/* SPDX-License-Identifier: GPL-3.0-or-later
 * The ends of a symmetric matrix's spectrum. */
#ifndef OPTCERT_SPECTRUM_H
#define OPTCERT_SPECTRUM_H
#include <stdbool.h>
#include <stddef.h>

/* Smallest and largest eigenvalue of a symmetric d x d matrix, d > 0. False when memory is short. */
bool optcert_spectrum(size_t d, const double *matrix, double *lowest, double *highest);

#endif
