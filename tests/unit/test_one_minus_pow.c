/* SPDX-License-Identifier: GPL-3.0-or-later
 * 1 - beta^k: written values, an enclosure, and the largest error found.
 * Bound: (1/2 + 2^-30) ulp, the stated one: half an ulp is the final rounding; the rest covers the error before it. */
#include "interval.h"
#include "one_minus_pow.h"
#include "optcert/one_minus_pow.h"
#include "random.h"
#include "unit.h"

#include <math.h>

static const double bound = 0.5 + 0x1p-30;

typedef struct pow_case {
    double beta;
    uint64_t k;
    double expected;
    const char *origin;
} pow_case;

static const pow_case table[] = {
    {0.9, 0, 0, "k = 0: empty product"},
    {0, 0, 0, "0^0 = 1"},
    {0, 1, 1, "beta 0"},
    {0, UINT64_MAX, 1, "beta 0, largest k"},
    {-0.0, 1, 1, "beta -0"},
    {0.5, 1, 0.5, "powers of 1/2"},
    {0.5, 2, 0.75, "powers of 1/2"},
    {0.5, 53, 1 - 0x1p-53, "powers of 1/2: largest below 1"},
    {0.5, 54, 1, "powers of 1/2: a tie, to even"},
    {0.5, 1074, 1, "powers of 1/2: beyond the precision"},
    {0.75, 2, 0.4375, "exact"},
    {0.75, 3, 0.578125, "exact"},
    {1 - 0x1p-53, 1, 0x1p-53, "largest beta, one step"},
    {1 - 0x1p-53, 2, 0x1p-52, "2^-52 - 2^-106, just below half-way down from 2^-52"},
    {1 - 0x1p-53, UINT64_MAX, 1, "largest beta, largest k: 1 - e^-2048"},
    {0x1p-1074, 1, 1, "smallest beta"},
    {0x1p-54, 1, 1, "a tie, to even"},
    {0x1.8p-54, 1, 1 - 0x1p-53, "beyond the tie"},
    {0.9, 1, 1 - 0.9, "1 - 0.9 is exact (Sterbenz)"},
    {0.999, 1, 1 - 0.999, "1 - 0.999 is exact (Sterbenz)"},
};

static void cases(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const pow_case *c = &table[i];
        const double got = oc_one_minus_pow(c->beta, c->k);
        UNIT_CHECK(oc_ref_same(got, c->expected), "%s: 1 - %a^%llu is %a, not %a", c->origin, c->beta,
                   (unsigned long long)c->k, got, c->expected);
        const double reference = oc_ref_one_minus_pow_f64(c->beta, c->k);
        UNIT_CHECK(oc_ref_same(reference, c->expected), "%s: the reference for 1 - %a^%llu is %a, not %a", c->origin,
                   c->beta, (unsigned long long)c->k, reference, c->expected);
    }
}

static const double betas[] = {0,      0x1p-1074, 0x1.8p-1060, 0x1p-1022, 0x1p-600,    0x1p-60,  0x1p-54,
                               0x1p-53, 1e-8,      0.1,         0.3,       0.5,         0.7,      0.9,
                               0.95,    0.98,      0.99,        0.999,     0.9999,      0.99999,  0.9999999,
                               1 - 0x1p-24, 1 - 1e-9, 1 - 0x1p-40, 1 - 1e-15, 1 - 0x1p-52, 1 - 0x1p-53};
static const uint64_t counts[] = {1,       2,       3,        5,         7,          10,         31,
                                  32,      33,      100,      999,       1000,       1001,       65535,
                                  65536,   999999,  1000000,  123456789, UINT64_C(1) << 31, (UINT64_C(1) << 32) - 1,
                                  UINT64_C(1) << 52, (UINT64_C(1) << 53) + 1, UINT64_C(1) << 62, INT64_MAX};

typedef struct worst {
    double ulps, beta;
    uint64_t k, samples, not_nearest;
} worst;

static void look(worst *w, oc_ref_ball *truth, double beta, uint64_t k)
{
    oc_ref_one_minus_pow(truth, beta, k);
    const double got = oc_one_minus_pow(beta, k);
    const oc_ref_distance d = oc_ref_ulps(&oc_ref_f64, got, truth);
    w->samples++;
    w->not_nearest += got != oc_ref_round(&oc_ref_f64, truth->mid);
    if (!(d.ulps + d.slack <= w->ulps)) {
        w->ulps = d.ulps + d.slack;
        w->beta = beta;
        w->k = k;
    }
}

static void report(const worst *w)
{
    UNIT_CHECK(w->ulps <= bound, "1 - %a^%llu is off by %.10f ulp", w->beta, (unsigned long long)w->k, w->ulps);
    unit_note("1 - beta^k: largest error %.12f ulp (bound 0.5 + 2^-30) at beta = %a, k = %llu; %llu of %llu not the "
              "nearest value",
              w->ulps, w->beta, (unsigned long long)w->k, (unsigned long long)w->not_nearest,
              (unsigned long long)w->samples);
}

static void grid(void)
{
    worst w = {0};
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, 192);
    for (size_t b = 0; b < sizeof betas / sizeof betas[0]; b++) {
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            look(&w, &truth, betas[b], counts[i]);
        }
    }
    oc_ref_ball_clear(&truth);
    report(&w);
}

/* 1 - 2^-j (1 + u): every distance from 1; or any exponent below. */
static double random_beta(unit_random *random)
{
    const double u = unit_random_uniform(random);
    if (unit_random_below(random, 4) == 0) {
        return ldexp(1 + u, -1 - (int)unit_random_below(random, 1074));
    }
    return 1 - ldexp(1 + u, -1 - (int)unit_random_below(random, 52));
}

static void random_errors(void)
{
    enum { BLOCK = 512 };
    const long blocks = (long)(unit_times(20480) / BLOCK);
    worst w = {0};
#pragma omp parallel for schedule(dynamic)
    for (long i = 0; i < blocks; i++) {
        worst mine = {0};
        oc_ref_ball truth;
        oc_ref_ball_init(&truth, 128);
        unit_random random = unit_random_start(unit_seed(), (uint64_t)i);
        for (int j = 0; j < BLOCK; j++) {
            const double beta = random_beta(&random);
            look(&mine, &truth, beta, 1 + unit_random_step(&random));
        }
        oc_ref_ball_clear(&truth);
        mpfr_free_cache(); /* constants cached for this thread */
#pragma omp critical
        {
            mine.samples += w.samples;
            mine.not_nearest += w.not_nearest;
            if (mine.ulps < w.ulps) {
                mine.ulps = w.ulps;
                mine.beta = w.beta;
                mine.k = w.k;
            }
            w = mine;
        }
    }
    report(&w);
}

/* The two ways of knowing the true value agree, and the library's value is where they say. */
static void enclosure(void)
{
    mpfi_t interval;
    mpfi_init2(interval, 160);
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, OC_REF_PREC);
    for (size_t b = 0; b < sizeof betas / sizeof betas[0]; b++) {
        for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
            oc_ref_one_minus_pow_enclosure(interval, betas[b], counts[i]);
            oc_ref_one_minus_pow(&truth, betas[b], counts[i]);
            UNIT_CHECK(mpfi_is_inside_fr(truth.mid, interval) > 0, "1 - %a^%llu: outside its enclosure", betas[b],
                       (unsigned long long)counts[i]);
            const double got = oc_one_minus_pow(betas[b], counts[i]);
            UNIT_CHECK(unit_between(interval, got), "1 - %a^%llu = %a is not a neighbour of its enclosure", betas[b],
                       (unsigned long long)counts[i], got);
        }
    }
    static const struct {
        double beta;
        uint64_t k;
        double value;
    } ends[] = {{0.5, 0, 0}, {0, 0, 0}, {1, 5, 0}, {0, 3, 1}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        oc_ref_one_minus_pow_enclosure(interval, ends[i].beta, ends[i].k);
        UNIT_CHECK(mpfi_get_d(interval) == ends[i].value && mpfi_diam_abs(truth.mid, interval) == 0 && mpfr_zero_p(truth.mid), "1 - %g^%llu",
                   ends[i].beta, (unsigned long long)ends[i].k);
    }
    oc_ref_ball_clear(&truth);
    mpfi_clear(interval);
}

/* A check that can fail: 1 - pow(beta, k) by the C library, which loses digits where beta^k is near 1. */
static void control(void)
{
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, 192);
    const double beta = 1 - 1e-9;
    oc_ref_one_minus_pow(&truth, beta, 3);
    const oc_ref_distance d = oc_ref_ulps(&oc_ref_f64, 1 - pow(beta, 3), &truth);
    UNIT_CHECK(d.ulps - d.slack > bound, "the naive formula is off by %g ulp only", d.ulps);
    oc_ref_ball_clear(&truth);
}

UNIT_SUITE(one_minus_pow, {"cases", cases}, {"grid", grid}, {"enclosure", enclosure}, {"control", control},
           {"random", random_errors})
