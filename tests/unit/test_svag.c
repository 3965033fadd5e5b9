/* SPDX-License-Identifier: GPL-3.0-or-later
 * SVAG: ghat = r1 g1 + r2 g2, r1,2 = (1 +- sqrt(2 l^2 - 1)) / 2. */
#include "mix.h"
#include "mix_units.h"
#include "random.h"
#include "unit.h"

#include <math.h>

typedef struct svag_case {
    double l, r1, r2;
    const char *origin;
} svag_case;

static const svag_case table[] = {
    {1, 1, 0, "l = 1: the gradient itself"},
    {5, 4, -3, "2 25 - 1 = 7^2"},
    {29, 21, -20, "2 841 - 1 = 41^2"},
};

static void cases(void)
{
    for (int f = 0; f < 2; f++) {
        const oc_ref_format *format = unit_mixes[f].format;
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            unit_mix_array g1, g2, grad;
            oc_ref_store(format, &g1, 0, 2);
            oc_ref_store(format, &g2, 0, 1);
            double r1 = NAN, r2 = NAN;
            UNIT_CHECK(unit_mixes[f].svag(table[i].l, &r1, &r2, 1, &grad, &g1, &g2) == OC_OK, "refused");
            UNIT_CHECK(r1 == table[i].r1 && r2 == table[i].r2, "%s %s: %a, %a", format->name, table[i].origin, r1, r2);
            const double expected = 2 * table[i].r1 + table[i].r2;
            UNIT_CHECK(oc_ref_load(format, &grad, 0) == expected, "%s %s: mix", format->name, table[i].origin);
        }
    }
}

static void refusals(void)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 0, -1, 1 - 0x1p-53, 0x1.0000000000001p26, 0.5};
    for (int f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
            UNIT_CHECK(unit_mixes[f].refuse_svag(bad[i], OC_ERR_RANGE), "l = %a", bad[i]);
        }
        UNIT_CHECK(!unit_mixes[f].refuse_svag(0x1p26, OC_ERR_RANGE), "the largest l is good");
    }
}

/* Weights against the true ones. Roundings from l to r1: l l, - 1, sqrt (which halves what came before),
 * 1 +, and the conversion; the factors 2 and 1/2 are exact. With 2 l^2 - 1 >= l^2 the subtraction at most
 * doubles a relative error. So in units u of binary64: (2 + 1)/2 + 1 (sqrt) <= 2.5, weight of the root in the
 * sum <= 1, + 1 = 3.5; a relative error of n u is at most n ulp. In binary64 r2 = (1 - root)/2 cancels near
 * l = 1: its error is bounded absolutely, 2.5 u root/2 + u |r2| with root <= 2 r1. */
static void weights(void)
{
    oc_ref_ball true1, true2;
    oc_ref_ball_init(&true1, OC_REF_PREC);
    oc_ref_ball_init(&true2, OC_REF_PREC);
    for (uint64_t i = 0; i < unit_times(1000); i++) {
        unit_random random = unit_random_start(unit_seed(), i);
        const double l = i < 500 ? (double)(i + 1) : exp2(26 * unit_random_uniform(&random));
        double r1, r2, e1, e2;
        UNIT_CHECK(unit_mixes[1].svag(l, &r1, &r2, 0, NULL, NULL, NULL) == OC_OK, "l = %a refused", l);
        oc_ref_svag_exact(&oc_ref_f64, l, &e1, &e2);
        UNIT_CHECK(r1 == e1 && oc_ref_same(r2, e2), "l = %a: %a, %a, the reference has %a, %a", l, r1, r2, e1, e2);
        oc_ref_svag(&true1, &true2, l);
        const oc_ref_distance d1 = oc_ref_ulps(&oc_ref_f64, r1, &true1);
        UNIT_CHECK(d1.ulps + d1.slack <= 3.5, "l = %a: r1 is off by %g ulp", l, d1.ulps);
        mpfr_sub_d(true2.mid, true2.mid, r2, MPFR_RNDN);
        const double error = fabs(mpfr_get_d(true2.mid, MPFR_RNDA));
        UNIT_CHECK(error <= 0x1p-53 * (2.5 * r1 + fabs(r2)) * (1 + 0x1p-40), "l = %a: r2 is off by %g", l, error);
    }
    oc_ref_ball_clear(&true1);
    oc_ref_ball_clear(&true2);
}

static bool same_batch(const unit_mix *mix, uint64_t index)
{
    unit_random random = unit_random_start(unit_seed(), index);
    unit_mix_array g1, g2, grad;
    double v1[UNIT_MIX_BATCH], v2[UNIT_MIX_BATCH], expected[UNIT_MIX_BATCH];
    for (size_t i = 0; i < UNIT_MIX_BATCH; i++) {
        v1[i] = unit_random_value(&random, mix->format);
        v2[i] = unit_random_value(&random, mix->format);
        oc_ref_store(mix->format, &g1, i, v1[i]);
        oc_ref_store(mix->format, &g2, i, v2[i]);
    }
    const double l = exp2(26 * unit_random_uniform(&random));
    double r1, r2, e1, e2;
    const oc_status status = mix->svag(l, &r1, &r2, UNIT_MIX_BATCH, &grad, &g1, &g2);
    oc_ref_svag_exact(mix->format, l, &e1, &e2);
    oc_ref_svag_mix_exact(mix->format, e1, e2, UNIT_MIX_BATCH, expected, v1, v2);
    bool same = status == OC_OK && oc_ref_same(r1, e1) && oc_ref_same(r2, e2);
    for (size_t i = 0; i < UNIT_MIX_BATCH; i++) {
        same = same && oc_ref_same(expected[i], oc_ref_load(mix->format, &grad, i));
    }
    return same;
}

static void random_bits(void)
{
    const long batches = (long)(unit_times(20480) / UNIT_MIX_BATCH);
    for (int f = 0; f < 2; f++) {
        long bad = -1;
#pragma omp parallel for schedule(dynamic)
        for (long i = 0; i < batches; i++) {
            if (!same_batch(&unit_mixes[f], (uint64_t)i)) {
#pragma omp critical
                bad = i;
            }
        }
        UNIT_CHECK(bad < 0, "%s: random batch %ld of --seed %llu", unit_mixes[f].format->name, bad,
                   (unsigned long long)unit_seed());
    }
}

UNIT_SUITE(svag, {"cases", cases}, {"refusals", refusals}, {"weights", weights}, {"random", random_bits})
