/* SPDX-License-Identifier: GPL-3.0-or-later
 * The cases of the conformance suite. */
#include "conformance_case.h"
#include "hyper_field.h"

#include <math.h>

/* Squares of gradients up to 2^reach stay finite, and normal down to 2^-reach. */
static int reach(const optcert_place *place)
{
    return (int)(place->format->emax * 9 / 20);
}

static double bell(const optcert_place *place)
{
    return optcert_draw_bell(&place->draw, 0);
}

static double wide(const optcert_place *place)
{
    return optcert_draw_wide(&place->draw, 0, -reach(place) / 2, reach(place) / 2);
}

static double huge(const optcert_place *place)
{
    return optcert_draw_wide(&place->draw, 0, reach(place) - 8, reach(place));
}

static double tiny(const optcert_place *place)
{
    return optcert_draw_wide(&place->draw, 0, -reach(place), 8 - reach(place));
}

/* Multiples of the smallest positive number, up to beyond the smallest normal one. */
static double subnormal(const optcert_place *place)
{
    const int lowest = (int)place->format->emin - 1;
    return optcert_draw_wide(&place->draw, 0, lowest, lowest + (int)place->format->prec + 2);
}

static double huge_and_tiny(const optcert_place *place)
{
    return (place->draw.coordinate + place->draw.step) % 2 == 0 ? huge(place) : tiny(place);
}

static double zero(const optcert_place *place)
{
    (void)place;
    return 0;
}

static double one(const optcert_place *place)
{
    (void)place;
    return 1;
}

/* Zero at even steps: the state alone moves the parameters, or nothing does. */
static double every_other(const optcert_place *place)
{
    return place->draw.step % 2 == 0 ? 0 : bell(place);
}

/* A single gradient that is not zero: the last element. */
static double last_only(const optcert_place *place)
{
    return place->draw.coordinate == 12 ? 1 : 0;
}

/* Changes sign each step, and almost its size: first moments cancel. */
static double alternating(const optcert_place *place)
{
    const double size = 1 + optcert_draw_uniform(&place->draw, 0) * 0x1p-20;
    return place->draw.step % 2 == 0 ? size : -size;
}

/* Three increments of about lr from zero when the gradient is one: parameters cancel at step 3. */
static double three_steps_off(const optcert_place *place)
{
    return 3 * place->hyper->lr * (1 + optcert_draw_uniform(&place->draw, 0) * 0x1p-10);
}

static double shrinking(const optcert_place *place)
{
    return ldexp(bell(place), -(int)place->draw.step);
}

static double growing(const optcert_place *place)
{
    return ldexp(bell(place), (int)place->draw.step);
}

/* Powers of two: products and quotients are exact, ties are frequent. */
static double power_of_two(const optcert_place *place)
{
    return ldexp(1, (int)(optcert_draw_bits(&place->draw, 0) % 9) - 4);
}

/* NaN and both infinities, each in one element at step 1: they may reach no other element. */
static double special(const optcert_place *place)
{
    if (place->draw.step == 1 && place->draw.coordinate % 4 == 1) {
        static const double value[] = {NAN, INFINITY, -INFINITY};
        return value[place->draw.coordinate / 4 % 3];
    }
    return bell(place);
}

static const optcert_case cases[] = {
    {"random", 17, 5, 0, 0, bell, bell, "ordinary use"},
    {"random-wide", 33, 4, 0, 0, wide, wide, "every magnitude whose square is normal"},
    {"empty", 0, 2, 0, 0, bell, bell, "n = 0 is allowed"},
    {"one-element", 1, 4, 0, 0, bell, bell, "n = 1"},
    {"size-2", 2, 2, 0, 0, bell, bell, "sizes around vector widths: 2"},
    {"size-3", 3, 2, 0, 0, bell, bell, "3"},
    {"size-5", 5, 2, 0, 0, bell, bell, "5"},
    {"size-7", 7, 2, 0, 0, bell, bell, "7"},
    {"size-8", 8, 2, 0, 0, bell, bell, "8"},
    {"size-15", 15, 2, 0, 0, bell, bell, "15"},
    {"size-16", 16, 2, 0, 0, bell, bell, "16"},
    {"size-31", 31, 2, 0, 0, bell, bell, "31"},
    {"size-65", 65, 2, 0, 0, bell, bell, "65"},
    {"size-257", 257, 1, 0, 0, bell, bell, "257: blocks with a tail of one"},
    {"zero-gradient", 5, 3, 0, 0, bell, zero, "0/(0 + eps)"},
    {"zero-everything", 3, 2, 0, 0, zero, zero, "nothing moves"},
    {"every-other-zero", 5, 6, 0, 0, bell, every_other, "the state alone moves the parameters"},
    {"last-element-only", 13, 2, 0, 0, bell, last_only, "tail elements skipped"},
    {"subnormal-parameters", 9, 3, 0, 0, subnormal, zero, "flush-to-zero"},
    {"subnormal-gradients", 9, 3, 0, 0, bell, subnormal, "squares that underflow"},
    {"subnormal-both", 9, 3, 0, 0, subnormal, subnormal, "flush-to-zero"},
    {"tiny-gradients", 9, 4, 0, 0, bell, tiny, "second moments at the edge of the normal range"},
    {"huge-gradients", 9, 4, 0, 0, bell, huge, "second moments at the upper edge"},
    {"huge-and-tiny", 16, 5, 0, 0, wide, huge_and_tiny, "large and small share an array and a state"},
    {"alternating-signs", 5, 8, 0, 0, bell, alternating, "cancellation in the first moment"},
    {"crossing-zero", 7, 6, 0, 0, three_steps_off, one, "cancellation in the parameters"},
    {"constant-gradient", 3, 20, 0, 0, one, one, "bias corrections: the increment of Adam stays lr"},
    {"powers-of-two", 16, 6, 0, 0, power_of_two, power_of_two, "ties"},
    {"shrinking", 3, 30, 0, 0, bell, shrinking, "second moments remember larger gradients"},
    {"growing", 3, 30, 0, 0, bell, growing, "second moments lag behind"},
    {"special-values", 13, 2, 0, 0, bell, special, "NaN and infinities stay in their element"},
    {"many-steps", 3, 300, 0, 0, bell, bell, "accumulated state; counters of 8 bits wrap at 256"},
    {"split", 29, 4, 13, 0, bell, bell, "one vector as two"},
    {"resume-1", 7, 2, 0, 1, bell, bell, "state set at step 1"},
    {"resume-2", 7, 2, 0, 2, bell, bell, "state set at step 2"},
    {"resume-1000", 7, 2, 0, 1000, bell, bell, "state set at step 10^3"},
    {"resume-1000000", 7, 2, 0, 1000000, bell, bell, "state set at step 10^6"},
};

size_t optcert_case_count(void)
{
    return sizeof cases / sizeof cases[0];
}

const optcert_case *optcert_case_at(size_t i)
{
    return &cases[i];
}

double optcert_case_state(const optcert_place *place)
{
    const double value = bell(place);
    return place->slot[0] == 'v' ? value * value + 0x1p-10 : value;
}

/* lr, beta1, beta2, eps, weight_decay, momentum, dampening. Every set tells dialects of one name apart:
 * in the usual one eps is too small for that. */
static const optcert_hyper_case hyper_cases[] = {
    {"usual", {1e-3, 0.9, 0.999, 1e-8, 1e-2, 0.9, 0.5}, "defaults of the literature"},
    {"large-eps", {1e-2, 0.9, 0.99, 0.25, 0.1, 0.8, 0.25}, "where eps stands shows"},
    {"short-memory", {0.5, 0.125, 0.5, 1e-3, 0.5, 0.25, 0.75}, "beta near 0"},
    {"equal-betas", {0.05, 0.95, 0.95, 1e-6, 0.3, 0.95, 0.1}, "beta1 = beta2 hides a swap, all else shows"},
    {"reversed-betas", {2e-3, 0.99, 0.6, 1e-4, 1e-3, 0.5, 0.125}, "beta1 > beta2"},
    {"long-memory", {1e-5, 0.99, 0.9999, 1e-12, 2, 0.99, 0.01}, "1 - beta is small: bias corrections are"},
    {"large-lr", {8, 0.8, 0.9, 1, 1e-2, 0.7, 0.3}, "parameters and increments of one size"},
};
enum { FIXED_HYPERS = sizeof hyper_cases / sizeof hyper_cases[0] };

size_t optcert_hyper_count(void)
{
    return FIXED_HYPERS + 1;
}

static optcert_hyper draw_hyper(uint64_t seed)
{
    const optcert_draw at = {.seed = seed, .stream = UINT32_MAX};
    return (optcert_hyper){.lr = fabs(optcert_draw_wide(&at, 0, -14, 2)),
                           .beta1 = 1 - fabs(optcert_draw_wide(&at, 1, -8, -1)),
                           .beta2 = 1 - fabs(optcert_draw_wide(&at, 2, -12, -1)),
                           .eps = fabs(optcert_draw_wide(&at, 3, -30, 0)),
                           .weight_decay = fabs(optcert_draw_wide(&at, 4, -10, 0)),
                           .momentum = 1 - fabs(optcert_draw_wide(&at, 5, -8, -1)),
                           .dampening = optcert_draw_uniform(&at, 6)};
}

/* Fields that the dialect does not read are 0: frameworks give some of them another meaning. */
static void mask(optcert_hyper *h, unsigned uses)
{
    for (unsigned i = 0; i < OPTCERT_FIELDS; i++) {
        if ((uses & (1u << i)) == 0) {
            *optcert_field(h, i) = 0;
        }
    }
}

void optcert_hyper_at(size_t i, uint64_t seed, unsigned uses, optcert_hyper_case *out)
{
    *out = i < FIXED_HYPERS ? hyper_cases[i]
                            : (optcert_hyper_case){"drawn", draw_hyper(seed), "drawn from the seed"};
    mask(&out->hyper, uses);
}
