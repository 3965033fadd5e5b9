/* SPDX-License-Identifier: GPL-3.0-or-later
 * A data set for least squares: f(theta) = mean over samples k of (<x_k, theta> - y_k)^2/2. Sample k's
 * gradient is x_k (<x_k, theta> - y_k). */
#ifndef OPTCERT_DATA_H
#define OPTCERT_DATA_H
#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_DATA_REASON = 160 };

typedef struct optcert_data {
    size_t samples, dimension;
    double *x; /* samples rows of dimension numbers */
    double *y;
} optcert_data;

/* Built-in sets of dimension 1, by name:
 * cars      stopping distance on speed of 50 cars (Ezekiel 1930), both standardised; its noise is skewed
 * mirrored  x = 1 and y = the residuals of cars, each with both signs: the same noise without skewness
 * The data live as long as the program. NULL: no such name. */
const optcert_data *optcert_data_builtin(const char *name);

/* A copy with its samples in the order of their gradients x (x theta - y); dimension 1. False when memory is short; free
 * it in the good case. */
bool optcert_data_sorted(const optcert_data *data, double theta, optcert_data *out);

/* Reads a text file with one sample a line, x_1 ... x_d y, at least two samples; "#" starts a comment. False
 * with a reason that names the line and the rule; free it in the good case. */
bool optcert_data_read(const char *path, optcert_data *out, char reason[OPTCERT_DATA_REASON]);
void optcert_data_free(optcert_data *data);

#endif
