/* SPDX-License-Identifier: GPL-3.0-or-later
 * Central moments of numbers that come one by one. */
#include "deviations.h"
#include "unit.h"

#include <math.h>

enum { MOST = 6 };

static const struct {
    const char *origin;
    double count, x[MOST];
    double mean, sum2, sum3, sum4, skewness; /* by hand, in fractions */
} table[] = {
    {"symmetric", 3, {-1, 0, 1}, 0, 2, 0, 2, 0},
    {"all equal: no noise at all", 4, {0.1, 0.1, 0.1, 0.1}, 0.1, 0, 0, 0, 0},
    {"one far off", 5, {1, 2, 3, 4, 10}, 4, 50, 180, 1394, 1.6970562748477143},
    {"the same far from 0, where sums of powers would cancel", 5, {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4, 1e9 + 10}, 1e9 + 4, 50,
     180, 1394, 1.6970562748477143},
};

/* Roundings: a few an addition, of terms that are at most the sums; the mean's own reach the sums as 2 sum |x| 2^-53 |mean|. */
static void sums(void)
{
    for (size_t c = 0; c < sizeof table / sizeof table[0]; c++) {
        optcert_deviations m = {0};
        for (size_t i = 0; i < (size_t)table[c].count; i++) {
            optcert_deviations_add(&m, table[c].x[i]);
        }
        const double unit = 0x1p-48 + 0x1p-50 * fabs(table[c].mean) / 10;
        UNIT_CHECK(m.count == table[c].count, "%s: count %g", table[c].origin, m.count);
        UNIT_CHECK(fabs(m.mean - table[c].mean) <= 0x1p-52 * fabs(table[c].mean), "%s: mean %a", table[c].origin, m.mean);
        UNIT_CHECK(fabs(m.sum2 - table[c].sum2) <= unit * 50, "%s: sum2 %.17g", table[c].origin, m.sum2);
        UNIT_CHECK(fabs(m.sum3 - table[c].sum3) <= unit * 300, "%s: sum3 %.17g", table[c].origin, m.sum3);
        UNIT_CHECK(fabs(m.sum4 - table[c].sum4) <= unit * 1400 * 4, "%s: sum4 %.17g", table[c].origin, m.sum4);
        UNIT_CHECK(fabs(optcert_deviations_variance(&m) - table[c].sum2 / (table[c].count - 1)) <= unit * 50, "%s: variance",
                   table[c].origin);
        UNIT_CHECK(fabs(optcert_skewness(m.count, 0, m.sum2, m.sum3) - table[c].skewness) <= unit * 20, "%s: skewness %.17g",
                   table[c].origin, optcert_skewness(m.count, 0, m.sum2, m.sum3));
    }
}

/* Over all samples of two from {0, 2}: the square of the expectation 1, on the mean. */
static void unbiased(void)
{
    double sum = 0;
    for (unsigned bits = 0; bits < 4; bits++) {
        optcert_deviations m = {0};
        optcert_deviations_add(&m, bits & 1 ? 2 : 0);
        optcert_deviations_add(&m, bits & 2 ? 2 : 0);
        sum += optcert_deviations_square(&m);
    }
    UNIT_CHECK(sum == 4, "mean of the estimates: %g", sum / 4);
}

UNIT_SUITE(deviations, {"sums", sums}, {"unbiased", unbiased})
