/* SPDX-License-Identifier: GPL-3.0-or-later
 * Average of the iterates: avg' = rho avg + (1 - rho) theta. */
#include "mix.h"
#include "mix_units.h"
#include "random.h"
#include "unit.h"

#include <math.h>

typedef struct ema_case {
    double rho, avg, theta, expected;
    const char *origin;
} ema_case;

static const ema_case table[] = {
    {0.75, 4, 8, 5, "definition"},
    {0, 4, 8, 8, "no memory"},
    {0.5, -1, 1, 0.0, "exact cancellation gives +0"},
    {0.5, -0.0, -0.0, -0.0, "both -0"},
    {0, INFINITY, 1, NAN, "0 * inf"},
    {0.5, INFINITY, -INFINITY, NAN, "inf - inf"},
    {0.5, 1, NAN, NAN, "NaN"},
    {0.5, 0, INFINITY, INFINITY, "infinite theta"},
};

static void cases(void)
{
    for (int f = 0; f < 2; f++) {
        const oc_ref_format *format = unit_mixes[f].format;
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            unit_mix_array avg, theta;
            oc_ref_store(format, &avg, 0, table[i].avg);
            oc_ref_store(format, &theta, 0, table[i].theta);
            UNIT_CHECK(unit_mixes[f].ema(table[i].rho, 1, &avg, &theta) == OC_OK, "%s: refused", table[i].origin);
            const double got = oc_ref_load(format, &avg, 0);
            UNIT_CHECK(oc_ref_same(got, table[i].expected), "%s %s: %a, not %a", format->name, table[i].origin, got,
                       table[i].expected);
            double reference = table[i].avg;
            oc_ref_ema_exact(format, table[i].rho, 1, &reference, &table[i].theta);
            UNIT_CHECK(oc_ref_same(reference, table[i].expected), "%s %s: the reference has %a", format->name,
                       table[i].origin, reference);
        }
    }
}

static void refusals(void)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1, 1.5, -0x1p-1074, -1};
    for (int f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
            UNIT_CHECK(unit_mixes[f].refuse_ema(bad[i], OC_ERR_DECAY), "rho = %a", bad[i]);
        }
    }
    UNIT_CHECK(unit_mixes[0].refuse_ema(1 - 0x1p-25, OC_ERR_DECAY), "rho rounds to 1 in binary32");
    UNIT_CHECK(!unit_mixes[1].refuse_ema(1 - 0x1p-53, OC_ERR_DECAY), "the largest rho of binary64 is good");
}

/* Whether library and reference average the first n of a random batch alike, and leave the rest. */
static bool same_batch(const unit_mix *mix, unit_random *random, double rho, size_t n)
{
    unit_mix_array avg, theta;
    double avg_value[UNIT_MIX_BATCH], theta_value[UNIT_MIX_BATCH];
    for (size_t i = 0; i < UNIT_MIX_BATCH; i++) {
        avg_value[i] = unit_random_value(random, mix->format);
        theta_value[i] = unit_random_value(random, mix->format);
        oc_ref_store(mix->format, &avg, i, avg_value[i]);
        oc_ref_store(mix->format, &theta, i, theta_value[i]);
    }
    if (mix->ema(rho, n, &avg, &theta) != OC_OK) {
        return false;
    }
    oc_ref_ema_exact(mix->format, rho, n, avg_value, theta_value);
    for (size_t i = 0; i < UNIT_MIX_BATCH; i++) {
        if (!oc_ref_same(avg_value[i], oc_ref_load(mix->format, &avg, i))) {
            return false;
        }
    }
    return true;
}

static void lengths(void)
{
    static const size_t n[] = {0, 1, 3, 8, 17, 255, 256};
    for (int f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof n / sizeof n[0]; i++) {
            unit_random random = unit_random_start(unit_seed(), i);
            UNIT_CHECK(same_batch(&unit_mixes[f], &random, 0.99, n[i]), "n = %zu", n[i]);
        }
    }
}

static void random_bits(void)
{
    const long batches = (long)(unit_times(20480) / UNIT_MIX_BATCH);
    for (int f = 0; f < 2; f++) {
        long bad = -1;
#pragma omp parallel for schedule(dynamic)
        for (long i = 0; i < batches; i++) {
            unit_random random = unit_random_start(unit_seed(), (uint64_t)i);
            const oc_hyper hyper = unit_random_hyper(&random);
            if (!same_batch(&unit_mixes[f], &random, hyper.beta1, UNIT_MIX_BATCH)) {
#pragma omp critical
                bad = i;
            }
        }
        UNIT_CHECK(bad < 0, "%s: random batch %ld of --seed %llu", unit_mixes[f].format->name, bad,
                   (unsigned long long)unit_seed());
    }
}

UNIT_SUITE(ema, {"cases", cases}, {"refusals", refusals}, {"lengths", lengths}, {"random", random_bits})
