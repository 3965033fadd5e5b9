/* SPDX-License-Identifier: GPL-3.0-or-later
 * Central moments of numbers that come one by one, and what they estimate without bias. */
#ifndef OPTCERT_DEVIATIONS_H
#define OPTCERT_DEVIATIONS_H

/* How many there were, their mean, and the sums of powers of their deviations from it. All 0 before the first. */
typedef struct optcert_deviations {
    double count, mean, sum2, sum3, sum4;
} optcert_deviations;

/* One more (Pebay 2008, SAND2008-6212, eqs. 1.1 and 2.1 for single numbers): no cancellation where the mean is large. */
void optcert_deviations_add(optcert_deviations *m, double x);

/* Unbiased: the variance, and the square of the expectation (of which the mean's square is too much by variance/count). */
double optcert_deviations_variance(const optcert_deviations *m);
double optcert_deviations_square(const optcert_deviations *m);

/* The adjusted Fisher-Pearson coefficient of k numbers, from the sums of powers of their deviations from any point; 0
 * where they do not vary. */
double optcert_skewness(double k, double sum1, double sum2, double sum3);

#endif
