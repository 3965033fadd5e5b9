/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happens once per instance or once per step: hyper-parameters, step count, bias corrections. */
#include "engine.h"

#include <math.h>

double engine_round(double x, int bits, int least, int limit)
{
    if (x == 0 || !isfinite(x)) {
        return x;
    }
    const int exponent = ilogb(x) > least ? ilogb(x) : least;
    const double unit = ldexp(1, exponent - bits + 1);
    const double rounded = nearbyint(x / unit) * unit;
    return fabs(rounded) >= ldexp(1, limit) ? copysign(INFINITY, x) : rounded;
}

double engine_half(double x)
{
    return engine_round(x, 11, -14, 16);
}

static bool sound(const optcert_hyper *h)
{
    const double fractions[] = {h->beta1, h->beta2, h->momentum};
    bool good = isfinite(h->lr) && h->lr > 0 && isfinite(h->eps) && h->eps >= 0 &&
                isfinite(h->weight_decay) && h->weight_decay >= 0;
    for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++) {
        good = good && fractions[i] >= 0 && fractions[i] < 1;
    }
    return good;
}

static void through_float(optcert_hyper *h)
{
    double *const field[] = {&h->lr, &h->beta1, &h->beta2, &h->eps, &h->weight_decay, &h->momentum};
    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++) {
        *field[i] = (float)*field[i];
    }
}

bool engine_hyper(const optcert_hyper *given, optcert_hyper *h)
{
    if (!sound(given)) {
        return false;
    }
    *h = *given;
    switch (engine_recipe.choice[ASPECT_HYPER]) {
    case HYPER_SWAPPED_BETAS:
        h->beta1 = given->beta2;
        h->beta2 = given->beta1;
        break;
    case HYPER_ONE_BETA:
        h->beta2 = given->beta1;
        break;
    case HYPER_FLOAT:
        through_float(h);
        break;
    case HYPER_COMPLEMENT:
        h->beta2 = 1 - given->beta2;
        break;
    case HYPER_HALF_LR:
        h->lr = given->lr / 2;
        break;
    }
    return true;
}

/* The count that belongs to step k; honest: k + 1. */
static double count(uint64_t k)
{
    static uint64_t shared;
    const uint64_t j = k + 1;
    switch (engine_recipe.choice[ASPECT_COUNT]) {
    case COUNT_FROM_ZERO:
        return k == 0 ? 1 : (double)k;
    case COUNT_RAW_ZERO:
        return (double)k;
    case COUNT_PLUS_TWO:
        return (double)k + 2;
    case COUNT_TWICE:
        return 2 * (double)j;
    case COUNT_BYTE:
        return (double)(uint8_t)j;
    case COUNT_WORD:
        return (double)(uint16_t)j;
    case COUNT_BFLOAT:
        return j < 256 ? (double)j : 256;
    case COUNT_HALF:
        return j < 2048 ? (double)j : 2048;
    case COUNT_SHARED:
        return (double)++shared;
    default:
        return (double)j;
    }
}

static double one_minus_power(double beta, double j)
{
    switch (engine_recipe.choice[ASPECT_POWER]) {
    case POWER_FLOAT:
        return 1 - powf((float)beta, (float)j);
    case POWER_EXPM1:
        return beta > 0 ? -expm1(j * log(beta)) : 1;
    case POWER_PRODUCT: {
        double power = 1;
        double square = beta;
        for (uint64_t bits = (uint64_t)j; bits != 0; bits /= 2, square *= square) {
            power *= bits % 2 != 0 ? square : 1;
        }
        return 1 - power;
    }
    default:
        return 1 - pow(beta, j);
    }
}

engine_corrections engine_correct(const optcert_hyper *hyper, uint64_t k)
{
    static optcert_hyper first; /* what the first instance was made with */
    if (first.lr == 0) {
        first = *hyper;
    }
    const optcert_hyper *used = engine_is(ASPECT_POWER, POWER_FIRST_INSTANCE) ? &first : hyper;
    const double j = count(k);
    return (engine_corrections){one_minus_power(used->beta1, j), one_minus_power(used->beta2, j)};
}

double engine_rectifier(double beta2, uint64_t k)
{
    const double t = (double)k + 1;
    const double power = pow(beta2, t);
    const double most = 2 / (1 - beta2) - 1;
    const double rho = most - 2 * t * power / (1 - power);
    return rho > 5 ? sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho)) : 0;
}
