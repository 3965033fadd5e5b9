/* SPDX-License-Identifier: GPL-3.0-or-later
 * Integrators and SDE limits against their bit-exact references, and their definitions on numbers
 * that no rounding touches. */
#include "random.h"
#include "scheme_units.h"
#include "unit.h"

#include <math.h>

typedef double by_time(oc_ref_arith *, const oc_ref_time *, const double *);
typedef double by_limit(oc_ref_arith *, const oc_ref_limit *, const double *);

static double talay_tubaro(oc_ref_arith *arith, const oc_ref_time *time, const double in[2])
{
    (void)time;
    return oc_ref_talay_tubaro(arith, in);
}

typedef struct scheme {
    const char *name;
    unit_scheme_kind kind;
    size_t inputs;
    unsigned moments; /* bit j: input j is a second moment, not negative */
    by_time *time[UNIT_SCHEME_OUTPUTS];
    by_limit *limit[UNIT_SCHEME_OUTPUTS];
} scheme;

static const scheme schemes[] = {
    {"euler_maruyama", UNIT_EULER_MARUYAMA, 4, 0, {oc_ref_euler_maruyama}, {0}},
    {"milstein", UNIT_MILSTEIN, 5, 0, {oc_ref_milstein}, {0}},
    {"heun predictor", UNIT_HEUN_PREDICT, 4, 0, {oc_ref_euler_maruyama}, {0}},
    {"heun", UNIT_HEUN_CORRECT, 6, 0, {oc_ref_heun}, {0}},
    {"platen support", UNIT_PLATEN_SUPPORT, 4, 0, {oc_ref_euler_maruyama, oc_ref_platen_up, oc_ref_platen_down}, {0}},
    {"platen", UNIT_PLATEN_STEP, 7, 0, {oc_ref_platen}, {0}},
    {"sra1 support", UNIT_SRA1_SUPPORT, 5, 0, {oc_ref_sra1_support}, {0}},
    {"sra1", UNIT_SRA1_STEP, 7, 0, {oc_ref_sra1}, {0}},
    {"talay_tubaro", UNIT_TALAY_TUBARO, 2, 0, {talay_tubaro}, {0}},
    {"sgd order 1", UNIT_SGD_ORDER1, 2, 0, {0}, {oc_ref_sgd_drift, oc_ref_sgd_diffusion}},
    {"sgd order 2", UNIT_SGD_ORDER2, 3, 0, {0}, {oc_ref_sgd_drift2}},
    {"rmsprop", UNIT_RMSPROP, 3, 1, {0}, {oc_ref_rmsprop_drift, oc_ref_rmsprop_diffusion, oc_ref_rmsprop_drift_u}},
    {"adam", UNIT_ADAM, 4, 2, {0},
     {oc_ref_adam_drift, oc_ref_adam_drift_m, oc_ref_adam_diffusion_m, oc_ref_adam_drift_u}},
    {"adamw", UNIT_ADAMW, 2, 0, {0}, {oc_ref_adamw_drift}},
};
enum { SCHEMES = sizeof schemes / sizeof schemes[0] };

typedef struct batch {
    double h;
    oc_ref_limit_input limit;
    double in[UNIT_SCHEME_INPUTS][UNIT_SCHEME_BATCH], out[UNIT_SCHEME_OUTPUTS][UNIT_SCHEME_BATCH];
} batch;

/* Positive parameters over 40 binades around 1: every derived scalar stays in both formats' range. */
static double positive(unit_random *random)
{
    return ldexp(0.5 + unit_random_uniform(random) / 2, (int)unit_random_below(random, 40) - 20);
}

static batch draw(unit_random *random, const oc_ref_format *format, const scheme *s)
{
    batch b = {.h = positive(random)};
    b.limit = (oc_ref_limit_input){positive(random), unit_random_below(random, 4) == 0 ? 0 : positive(random),
                                   positive(random), positive(random), positive(random),
                                   1 - unit_random_uniform(random) / 2, 1 - unit_random_uniform(random) / 2,
                                   positive(random), positive(random)};
    for (size_t j = 0; j < UNIT_SCHEME_INPUTS; j++) {
        for (size_t i = 0; i < UNIT_SCHEME_BATCH; i++) {
            b.in[j][i] = s->moments >> j & 1 ? unit_random_moment(random, format) : unit_random_value(random, format);
        }
    }
    for (size_t j = 0; j < UNIT_SCHEME_OUTPUTS; j++) {
        for (size_t i = 0; i < UNIT_SCHEME_BATCH; i++) {
            b.out[j][i] = j == 0 ? b.in[0][i] : 7;
        }
    }
    return b;
}

/* Output j of element i by the reference. */
static double expected(const scheme *s, oc_ref_arith *arith, const oc_ref_time *time, const oc_ref_limit *limit,
                       const batch *b, size_t j, size_t i)
{
    double in[UNIT_SCHEME_INPUTS];
    for (size_t k = 0; k < UNIT_SCHEME_INPUTS; k++) {
        in[k] = b->in[k][i];
    }
    return s->time[j] != NULL ? s->time[j](arith, time, in) : s->limit[j](arith, limit, in);
}

/* Counts the elements of outputs j that differ; those from n on must be as they were. */
static size_t differing(const scheme *s, const oc_ref_format *format, const batch *before, const batch *after, size_t n)
{
    const oc_ref_time time = oc_ref_time_of(format, before->h);
    const oc_ref_limit limit = oc_ref_limit_of(format, &before->limit);
    size_t bad = 0;
    oc_ref_arith arith;
    oc_ref_arith_begin(&arith, format);
    for (size_t j = 0; j < UNIT_SCHEME_OUTPUTS && (s->time[j] != NULL || s->limit[j] != NULL); j++) {
        for (size_t i = 0; i < UNIT_SCHEME_BATCH; i++) {
            const double want = i < n ? expected(s, &arith, &time, &limit, before, j, i) : before->out[j][i];
            bad += !oc_ref_same(want, after->out[j][i]);
        }
    }
    oc_ref_arith_end(&arith);
    return bad;
}

static void random_bits(void)
{
    for (size_t f = 0; f < 2; f++) {
        const unit_scheme_format *format = &unit_scheme_formats[f];
        for (uint64_t k = 0; k < unit_times(SCHEMES * 40); k++) {
            const scheme *s = &schemes[k % SCHEMES];
            unit_random random = unit_random_start(unit_seed(), k);
            batch before = draw(&random, format->format, s);
            batch after = before;
            const size_t n = k / SCHEMES == 0 ? 0 : UNIT_SCHEME_BATCH - k % 4;
            UNIT_CHECK(format->run(s->kind, before.h, &before.limit, n, before.in, after.out), "%s: refused", s->name);
            const size_t bad = differing(s, format->format, &before, &after, n);
            UNIT_CHECK(bad == 0, "%s %s: %zu elements of batch %llu of --seed %llu differ", s->name,
                       format->format->name, bad, (unsigned long long)k, (unsigned long long)unit_seed());
        }
    }
}

typedef struct exact_case {
    unit_scheme_kind kind;
    double in[UNIT_SCHEME_INPUTS], out[UNIT_SCHEME_OUTPUTS];
    const char *origin;
} exact_case;

/* h = 4, sigma0 = 2, eps0 = 1, c1 = 0.5, c2 = 0.25, lambda0 = 3, gamma1 = 0.5, gamma2 = 0.25, eta = 4, sigma = 0.5;
 * by hand from the definitions on the pages of spec/. */
static const exact_case exact_cases[] = {
    {UNIT_EULER_MARUYAMA, {1, 3, 5, -1}, {1 + 12 - 10}, "x + a h + b sqrt(h) z"},
    {UNIT_MILSTEIN, {1, 3, 5, 2, 3}, {1 + 12 + 30 + 2 * 10 * 8}, "+ b b' h (z^2 - 1)/2"},
    {UNIT_HEUN_CORRECT, {1, 3, 5, 2, 4, -1}, {1 + 16 - 6}, "means of both ends"},
    {UNIT_PLATEN_SUPPORT, {1, 3, 5, -1}, {3, 23, 3}, "y, up, down"},
    {UNIT_PLATEN_STEP, {1, 3, 5, 2, 6, 4, 3}, {1 + 16 + 0.5 * 14 * 3 + 0.5 * 2 * 8}, "weak order 2"},
    {UNIT_SRA1_SUPPORT, {1, 4, 2, 3, 0}, {1 + 12 + 3 * 3}, "x + 3/4 a h + 3/2 b1 I10/h"},
    {UNIT_TALAY_TUBARO, {5, 3}, {7}, "2 fine - coarse"},
    {UNIT_SGD_ORDER1, {3, 5}, {-3, 5}, "-grad f; sqrt(eta) sigma sd"},
    {UNIT_SGD_ORDER2, {3, 5, 2}, {-13, 2}, "-(g + eta/2 H g)"},
    {UNIT_RMSPROP, {2.25, 8, 2}, {-2, -1, 0.4375}, "P = 2 1.5 + 1"},
    {UNIT_ADAM, {7, 2.25, 8, 2}, {-2, 0.5, 2, 0.4375}, "P = 2 1.5 + 0.5, ratio 1"},
    {UNIT_ADAMW, {5, 2}, {-1}, "drift - lambda0 theta"},
};

static void definitions(void)
{
    const oc_ref_limit_input limit = {2, 1, 0.5, 0.25, 3, 0.5, 0.25, 4, 0.5};
    for (size_t f = 0; f < 2; f++) {
        for (size_t k = 0; k < sizeof exact_cases / sizeof exact_cases[0]; k++) {
            const exact_case *c = &exact_cases[k];
            batch b = {0};
            for (size_t j = 0; j < UNIT_SCHEME_INPUTS; j++) {
                b.in[j][0] = c->in[j];
            }
            b.out[0][0] = c->in[0];
            UNIT_CHECK(unit_scheme_formats[f].run(c->kind, 4, &limit, 1, b.in, b.out), "%s: refused", c->origin);
            for (size_t j = 0; j < UNIT_SCHEME_OUTPUTS; j++) {
                UNIT_CHECK(b.out[j][0] == c->out[j], "%s: output %zu is %g, not %g", c->origin, j, b.out[j][0], c->out[j]);
            }
        }
    }
}

UNIT_SUITE(schemes, {"definitions", definitions}, {"random", random_bits})
