/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random numbers: bits against Random123, normals against MPFR, every instruction set against the baseline, and
 * statistics. Seeds are fixed where a statistic is judged, so these tests do not flicker. */
#include "random/fills.h"
#include "random/normal.h"
#include "random/random.h"
#include "unit.h"

#include <Random123/philox.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>
#include <math.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>

static const optcert_fills *const sets[] = {&optcert_fills_baseline, &optcert_fills_avx2, &optcert_fills_avx512};

/* A place with every field in use. */
static optcert_random place_at(uint64_t i)
{
    uint64_t bits[2];
    const optcert_random at = {.seed = unit_seed(), .stream = i, .purpose = 15};
    optcert_random_bits(&at, bits);
    return (optcert_random){bits[0] * UINT64_C(0x9e3779b97f4a7c15), bits[0] >> 8, (uint32_t)(bits[1] >> 32),
                            (uint32_t)bits[1], (uint32_t)(bits[0] & 15)};
}

/* The block of random.h's documentation, by Random123. */
static void block_of(const optcert_random *at, uint32_t kind, uint64_t index, uint64_t word[2])
{
    const philox4x32_ctr_t counter = {
        {(uint32_t)index, at->step, at->coordinate, kind << 28 | at->purpose << 24 | (uint32_t)(index >> 32)}};
    const philox4x32_key_t key = {{(uint32_t)at->seed, (uint32_t)(at->seed >> 32)}};
    const philox4x32_ctr_t block = philox4x32(counter, key);
    word[0] = block.v[0] | (uint64_t)block.v[1] << 32;
    word[1] = block.v[2] | (uint64_t)block.v[3] << 32;
}

static void bits_are_random123s(void)
{
    for (uint64_t i = 0; i < unit_times(2000); i++) {
        const optcert_random at = place_at(i);
        const uint64_t pair = (at.stream / 16) * 8 + at.stream % 8;
        const uint64_t half = at.stream / 8 % 2;
        uint64_t word[2], got[2];
        block_of(&at, 0, at.stream, word);
        optcert_random_bits(&at, got);
        UNIT_CHECK(got[0] == word[0] && got[1] == word[1], "bits of place %llu", (unsigned long long)i);
        block_of(&at, 1, pair, word);
        const double uniform = ((double)(word[half] >> 12) + 0.5) * 0x1p-52;
        UNIT_CHECK(optcert_random_uniform(&at) == uniform, "uniform %a", uniform);
        block_of(&at, 2, pair, word);
        double z[2];
        optcert_box_muller(word[0], word[1], &z[0], &z[1]);
        UNIT_CHECK(optcert_random_normal(&at) == z[half], "normal %a", z[half]);
        block_of(&at, 3, at.stream / 128, word);
        const double sign = word[at.stream / 64 % 2] >> (at.stream % 64) & 1 ? -1.0 : 1.0;
        UNIT_CHECK(optcert_random_two_point(&at) == sign, "two-point %a", sign);
        block_of(&at, 4, pair, word);
        const double outer = word[half] & 1 ? -sqrt(3.0) : sqrt(3.0);
        const double three = (double)word[half] < 0x1p64 * 2 / 3 ? 0.0 : outer;
        UNIT_CHECK(optcert_random_three_point(&at) == three, "three-point %a", three);
    }
}

/* Philox4x32-10 with a zero and with a full counter and key: known answers of Random123's kat_vectors. */
static void known_answers(void)
{
    uint64_t word[2];
    const optcert_random zero = {0};
    optcert_random_bits(&zero, word);
    UNIT_CHECK(word[0] == UINT64_C(0x6627e8d5) + (UINT64_C(0xe169c58d) << 32) &&
                   word[1] == UINT64_C(0xbc57ac4c) + (UINT64_C(0x9b00dbd8) << 32),
               "zero counter: %016llx %016llx", (unsigned long long)word[0], (unsigned long long)word[1]);
}

enum { WIDTH = 300 };

typedef struct fill_kind {
    const char *name;
    size_t offset; /* of the fill in optcert_fills */
    double (*one)(const optcert_random *at);
} fill_kind;

static const fill_kind kinds[] = {
    {"uniforms", offsetof(optcert_fills, uniforms), optcert_random_uniform},
    {"normals", offsetof(optcert_fills, normals), optcert_random_normal},
    {"two-points", offsetof(optcert_fills, two_points), optcert_random_two_point},
    {"three-points", offsetof(optcert_fills, three_points), optcert_random_three_point},
};

static optcert_fill *fill_of(const optcert_fills *set, const fill_kind *kind)
{
    optcert_fill *fill;
    memcpy(&fill, (const char *)set + kind->offset, sizeof fill);
    return fill;
}

/* Every set, from any first stream and for any length, gives the numbers that are asked for one by one. */
static void fills_are_single_numbers(void)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        for (uint64_t i = 0; i < 1 + unit_times(4); i++) {
            optcert_random at = place_at(i);
            at.stream = i == 0 ? (UINT64_C(1) << 33) - WIDTH / 2 : at.stream; /* the counter's first word wraps */
            double wanted[WIDTH];
            for (uint32_t j = 0; j < WIDTH; j++) {
                optcert_random one = at;
                one.stream += j;
                wanted[j] = kinds[k].one(&one);
            }
            for (int s = 0; s <= (int)optcert_best_set(); s++) {
                for (size_t n = 0; n <= WIDTH; n += 1 + n / 5) {
                    double out[WIDTH + 1];
                    out[n] = 12345.0;
                    fill_of(sets[s], &kinds[k])(&at, n, out);
                    UNIT_CHECK(memcmp(out, wanted, n * sizeof out[0]) == 0 && out[n] == 12345.0, "%s, %s, n = %zu",
                               kinds[k].name, sets[s]->set, n);
                }
            }
        }
    }
}

/* Relative error of x against the ball's value. */
static double relative(double x, const mpfr_t truth)
{
    mpfr_t d;
    mpfr_init2(d, 200);
    mpfr_sub_d(d, truth, x, MPFR_RNDN);
    mpfr_div(d, d, truth, MPFR_RNDN);
    const double error = fabs(mpfr_get_d(d, MPFR_RNDA));
    mpfr_clear(d);
    return error;
}

/* Box-Muller in 200 bits on the same words. */
static void true_normals(uint64_t word0, uint64_t word1, mpfr_t first, mpfr_t second)
{
    mpfr_t radius, phi;
    mpfr_inits2(200, radius, phi, (mpfr_ptr)0);
    mpfr_set_ui(radius, word0 >> 12, MPFR_RNDN);
    mpfr_add_d(radius, radius, 0.5, MPFR_RNDN);
    mpfr_mul_2si(radius, radius, -52, MPFR_RNDN);
    mpfr_log(radius, radius, MPFR_RNDN);
    mpfr_mul_si(radius, radius, -2, MPFR_RNDN);
    mpfr_sqrt(radius, radius, MPFR_RNDN);
    mpfr_const_pi(phi, MPFR_RNDN);
    mpfr_div_2ui(phi, phi, 1, MPFR_RNDN);
    mpfr_t turn;
    mpfr_init2(turn, 200);
    mpfr_set_ui(turn, word1 << 2 >> 12, MPFR_RNDN);
    mpfr_add_d(turn, turn, 0.5, MPFR_RNDN);
    mpfr_mul_2si(turn, turn, -52, MPFR_RNDN);
    mpfr_add_d(turn, turn, (double)(word1 >> 62) - 0.5, MPFR_RNDN);
    mpfr_mul(phi, phi, turn, MPFR_RNDN);
    mpfr_sin_cos(second, first, phi, MPFR_RNDN);
    mpfr_mul(first, first, radius, MPFR_RNDN);
    mpfr_mul(second, second, radius, MPFR_RNDN);
    mpfr_clears(radius, phi, turn, (mpfr_ptr)0);
}

static void normals_are_accurate(void)
{
    static const uint64_t edges[] = {0, UINT64_MAX, UINT64_C(1) << 63, (UINT64_C(1) << 63) - 1, UINT64_C(1) << 62,
                                     UINT64_C(3) << 62, UINT64_C(4096), UINT64_MAX - 4095, UINT64_C(0xb504f333f9de6484),
                                     UINT64_C(1) << 61, UINT64_C(3) << 60, UINT64_C(0x1fffffffffffffff)};
    const size_t edge_count = sizeof edges / sizeof edges[0];
    double worst = 0.0;
    mpfr_t truth[2];
    mpfr_inits2(200, truth[0], truth[1], (mpfr_ptr)0);
    for (uint64_t i = 0; i < unit_times(10000); i++) {
        uint64_t word[2] = {edges[i % edge_count], edges[i / edge_count % edge_count]};
        if (i >= edge_count * edge_count) {
            const optcert_random at = {.seed = unit_seed(), .stream = i};
            optcert_random_bits(&at, word);
        }
        double z[2];
        optcert_box_muller(word[0], word[1], &z[0], &z[1]);
        true_normals(word[0], word[1], truth[0], truth[1]);
        worst = fmax(worst, fmax(relative(z[0], truth[0]), relative(z[1], truth[1])));
    }
    mpfr_clears(truth[0], truth[1], (mpfr_ptr)0);
    UNIT_CHECK(worst <= 0x1p-50, "relative error %a", worst);
    unit_note("normals: relative error at most %.3g, proved 2^-50 = %.3g", worst, 0x1p-50);
}

enum { SAMPLE = 1 << 18 };

static double *sample(const optcert_random *at, void (*fill)(const optcert_random *, size_t, double *))
{
    double *x = malloc(SAMPLE * sizeof *x);
    if (x == NULL) {
        abort();
    }
    fill(at, SAMPLE, x);
    return x;
}

/* Each mean of powers lies within 5 standard errors (one in 1.7 million by chance) of the moment. */
static void moments(void)
{
    static const struct {
        const char *name;
        void (*fill)(const optcert_random *, size_t, double *);
        double even[9]; /* E x^0, x^2, ... x^16 */
    } laws[] = {
        {"normal", optcert_random_normals, {1, 1, 3, 15, 105, 945, 10395, 135135, 2027025}},
        {"two-point", optcert_random_two_points, {1, 1, 1, 1, 1, 1, 1, 1, 1}},
        {"three-point", optcert_random_three_points, {1, 1, 3, 9, 27, 81, 243, 729, 2187}},
    };
    const optcert_random at = {.seed = 20220520, .stream = 77, .step = 3, .coordinate = 5};
    for (size_t law = 0; law < 3; law++) {
        double *x = sample(&at, laws[law].fill);
        for (int k = 1; k <= 8; k++) {
            double sum = 0.0;
            for (size_t i = 0; i < SAMPLE; i++) {
                sum += pow(x[i], k);
            }
            const double wanted = k % 2 == 0 ? laws[law].even[k / 2] : 0.0;
            const double error = sqrt(fmax(laws[law].even[k] - wanted * wanted, 0.0) / SAMPLE);
            UNIT_CHECK(fabs(sum / SAMPLE - wanted) <= 5.0 * error + 1e-12, "%s: E x^%d = %g, wanted %g +- %g",
                       laws[law].name, k, sum / SAMPLE, wanted, error);
        }
        free(x);
    }
}

/* Kolmogorov-Smirnov: sqrt(n) sup|F_n - F| > 2.7 has probability 2 exp(-2 2.7^2) = 1e-6 (Kolmogorov 1933). */
static void kolmogorov_smirnov(void)
{
    const optcert_random at = {.seed = 20220520, .stream = 1000, .step = 9};
    for (int uniform = 0; uniform < 2; uniform++) {
        double *x = sample(&at, uniform ? optcert_random_uniforms : optcert_random_normals);
        double worst = 0.0;
        gsl_sort(x, 1, SAMPLE);
        for (size_t i = 0; i < SAMPLE; i++) {
            const double f = uniform ? x[i] : gsl_cdf_ugaussian_P(x[i]);
            worst = fmax(worst, fmax((double)(i + 1) / SAMPLE - f, f - (double)i / SAMPLE));
        }
        UNIT_CHECK(sqrt(SAMPLE) * worst <= 2.7, "%s: sqrt(n) D = %g", uniform ? "uniform" : "normal",
                   sqrt(SAMPLE) * worst);
        free(x);
    }
}

/* Neighbouring streams, steps, coordinates, purposes and seeds, and the partner in the same block, are uncorrelated,
 * and so are their squares: sqrt(n) times the correlation is standard normal. */
static void neighbours_are_uncorrelated(void)
{
    const optcert_random at = {.seed = 20220520, .stream = 1 << 20, .step = 8, .coordinate = 2};
    optcert_random next[7] = {at, at, at, at, at, at, at};
    next[0].stream += 1;
    next[1].stream += 8;
    next[2].stream += UINT64_C(1) << 40;
    next[3].step += 1;
    next[4].coordinate += 1;
    next[5].purpose += 1;
    next[6].seed += 1;
    double *x = sample(&at, optcert_random_normals);
    for (size_t i = 0; i < 7; i++) {
        double *y = sample(&next[i], optcert_random_normals);
        const double plain = gsl_stats_correlation(x, 1, y, 1, SAMPLE);
        for (size_t j = 0; j < SAMPLE; j++) {
            y[j] = y[j] * y[j] - 1.0;
        }
        double square = 0.0;
        for (size_t j = 0; j < SAMPLE; j++) {
            square += (x[j] * x[j] - 1.0) * y[j] / 2.0;
        }
        square /= SAMPLE;
        UNIT_CHECK(fabs(plain) * sqrt(SAMPLE) <= 5.0 && fabs(square) * sqrt(SAMPLE) <= 5.0,
                   "neighbour %zu: correlation %g, of squares %g", i, plain, square);
        free(y);
    }
    free(x);
}

static void below_is_uniform(void)
{
    double count[6] = {0.0};
    double square = 0.0;
    for (uint64_t i = 0; i < 60000; i++) {
        const optcert_random at = {.seed = 3, .stream = i};
        const uint64_t face = optcert_random_below(&at, 6);
        UNIT_CHECK(face < 6, "a face of %llu", (unsigned long long)face);
        count[face]++;
    }
    for (int face = 0; face < 6; face++) {
        square += (count[face] - 10000.0) * (count[face] - 10000.0) / 10000.0;
    }
    UNIT_CHECK(gsl_cdf_chisq_Q(square, 5.0) > 1e-6, "chi-square %g", square);
    const optcert_random at = {.seed = 3};
    UNIT_CHECK(optcert_random_below(&at, 1) == 0, "below 1");
}

UNIT_SUITE(random_numbers, {"known_answers", known_answers}, {"bits_are_random123s", bits_are_random123s},
           {"fills_are_single_numbers", fills_are_single_numbers}, {"normals_are_accurate", normals_are_accurate},
           {"moments", moments}, {"kolmogorov_smirnov", kolmogorov_smirnov},
           {"neighbours_are_uncorrelated", neighbours_are_uncorrelated}, {"below_is_uniform", below_is_uniform})
