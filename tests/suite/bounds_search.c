/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random search and hill climbing for the worst case of a bound. See bounds.h. */
#include "bounds.h"
#include "draw.h"

#include <math.h>
#include <string.h>

enum { CLIMBS = 16, CHANGE_MAX = 2 }; /* starts per search; inputs changed at once */

typedef struct dice {
    optcert_draw at;
    uint32_t thrown;
} dice;

static uint64_t throw_bits(dice *d)
{
    return optcert_draw_bits(&d->at, d->thrown++);
}

static uint64_t below(dice *d, uint64_t n)
{
    return (throw_bits(d) >> 11) % n;
}

/* In [1, 2): anything, or next to 1, 2 or a short significand, where roundings are worst. */
static double draw_significand(dice *d)
{
    switch (below(d, 4)) {
    case 0: return 1 + (double)below(d, 8) * 0x1p-52;
    case 1: return 2 - (double)(1 + below(d, 8)) * 0x1p-52;
    case 2: return 1 + (double)below(d, 32) / 32;
    default: return 1 + (double)(throw_bits(d) >> 12) * 0x1p-52;
    }
}

static double magnitude(dice *d, const optcert_bound_input *input)
{
    return ldexp(draw_significand(d), input->low + (int)below(d, (uint64_t)(input->high - input->low) + 1));
}

static double draw_input(dice *d, const optcert_bound *bound, const optcert_bound_input *input)
{
    switch (input->kind) {
    case OPTCERT_INPUT_SIGNED:
    case OPTCERT_INPUT_MOMENT: {
        const double x = below(d, 8) == 0 ? 0 : oc_ref_round_double(bound->format, magnitude(d, input));
        return input->kind == OPTCERT_INPUT_SIGNED && below(d, 2) == 0 ? -x : x;
    }
    case OPTCERT_INPUT_BETA: return 1 - fmin(magnitude(d, input), 0.5);
    case OPTCERT_INPUT_COUNT: return floor(magnitude(d, input));
    default: return magnitude(d, input);
    }
}

/* A neighbour of x in its own format, or a new value. */
static double change_input(dice *d, const optcert_bound *bound, const optcert_bound_input *input, double x)
{
    const bool of_format = input->kind == OPTCERT_INPUT_SIGNED || input->kind == OPTCERT_INPUT_MOMENT;
    const int bits = of_format ? (int)bound->format->prec : 53;
    const uint64_t how = below(d, 8);
    if (how == 0 || x == 0) {
        return draw_input(d, bound, input);
    }
    if (input->kind == OPTCERT_INPUT_COUNT) {
        return fmax(1, x + (double)below(d, 5) - 2);
    }
    if (how == 1 && input->kind != OPTCERT_INPUT_BETA) {
        return below(d, 2) == 0 ? x / 2 : x * 2;
    }
    const double ulp = ldexp(1, ilogb(x) + 1 - bits);
    const double steps = ldexp(1 + (double)below(d, 7), (int)below(d, (uint64_t)bits - 2));
    const double y = below(d, 2) == 0 ? x + steps * ulp : x - steps * ulp;
    const double rounded = of_format ? oc_ref_round_double(bound->format, y) : y;
    const bool sign_kept = signbit(rounded) == signbit(x) || input->kind == OPTCERT_INPUT_SIGNED;
    return sign_kept && (input->kind != OPTCERT_INPUT_BETA || (rounded >= 0.5 && rounded < 1)) ? rounded : x;
}

static size_t inputs(const optcert_bound *bound)
{
    size_t n = 0;
    while (n < OPTCERT_BOUND_INPUTS && bound->input[n].kind != OPTCERT_INPUT_NONE) {
        n++;
    }
    return n;
}

static void keep_worst(optcert_bound_worst *worst, long double ratio, const double *x, size_t n)
{
    worst->judged += ratio >= 0;
    if (ratio > worst->ratio) {
        worst->ratio = ratio;
        memcpy(worst->x, x, n * sizeof *x);
    }
}

/* One start and its ascent. */
static void climb(const optcert_bound *bound, dice *d, uint64_t trials, optcert_bound_worst *worst)
{
    const size_t n = inputs(bound);
    double here[OPTCERT_BOUND_INPUTS], there[OPTCERT_BOUND_INPUTS];
    long double height = -1;
    for (uint64_t t = 0; t < trials; t++) {
        const bool random = height < 0 || t < trials / 8;
        memcpy(there, here, sizeof there);
        for (size_t i = 0; random && i < n; i++) {
            there[i] = draw_input(d, bound, &bound->input[i]);
        }
        for (uint64_t c = random ? 0 : 1 + below(d, CHANGE_MAX); c > 0; c--) {
            const size_t i = below(d, n);
            there[i] = change_input(d, bound, &bound->input[i], there[i]);
        }
        const long double ratio = bound->ratio(bound, there);
        keep_worst(worst, ratio, there, n);
        if (ratio >= height) {
            height = ratio;
            memcpy(here, there, sizeof here);
        }
    }
}

optcert_bound_worst optcert_bound_search(const optcert_bound *bound, uint64_t seed, uint64_t trials)
{
    optcert_bound_worst worst = {.ratio = -1};
    for (uint32_t start = 0; start < CLIMBS; start++) {
        dice d = {.at = {.seed = seed, .stream = start}};
        climb(bound, &d, trials / CLIMBS, &worst);
    }
    return worst;
}
