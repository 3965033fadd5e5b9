/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of powers of deviations, kept up to date. */
#include "deviations.h"

#include <math.h>

void optcert_deviations_add(optcert_deviations *m, double x)
{
    const double before = m->count, n = before + 1.0;
    const double delta = x - m->mean, share = delta / n, product = delta * share * before;
    m->count = n;
    m->mean += share;
    m->sum4 += product * share * share * (n * n - 3.0 * n + 3.0) + 6.0 * share * share * m->sum2 - 4.0 * share * m->sum3;
    m->sum3 += product * share * (n - 2.0) - 3.0 * share * m->sum2;
    m->sum2 += product;
}

double optcert_deviations_variance(const optcert_deviations *m)
{
    return m->sum2 / (m->count - 1.0);
}

double optcert_deviations_square(const optcert_deviations *m)
{
    return m->mean * m->mean - optcert_deviations_variance(m) / m->count;
}

double optcert_skewness(double k, double sum1, double sum2, double sum3)
{
    const double shift = sum1 / k;
    const double m2 = sum2 / k - shift * shift;
    const double m3 = sum3 / k - 3.0 * shift * sum2 / k + 2.0 * shift * shift * shift;
    return m2 > 0.0 ? sqrt(k * (k - 1.0)) / (k - 2.0) * m3 / (m2 * sqrt(m2)) : 0.0;
}
