/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random test inputs. See random.h. The generator is SplitMix64 (Steele, Lea & Flood 2014). */
#include "random.h"

#include "optcert/step_index.h"

#include <math.h>
#include <string.h>

uint64_t unit_random_bits(unit_random *random)
{
    random->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

unit_random unit_random_start(uint64_t seed, uint64_t index)
{
    unit_random random = {seed};
    random.state = unit_random_bits(&random) ^ index;
    random.state = unit_random_bits(&random);
    return random;
}

double unit_random_uniform(unit_random *random)
{
    return (double)(unit_random_bits(random) >> 11) * 0x1p-53;
}

uint64_t unit_random_below(unit_random *random, uint64_t bound)
{
    return unit_random_bits(random) % bound;
}

static double any_pattern(unit_random *random, const oc_ref_format *format)
{
    const uint64_t bits = unit_random_bits(random);
    if (format->size == sizeof(float)) {
        const uint32_t bits32 = (uint32_t)bits;
        float narrow;
        memcpy(&narrow, &bits32, sizeof narrow);
        return (double)narrow;
    }
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double signed_as(unit_random *random, double magnitude)
{
    return unit_random_bits(random) % 2 == 0 ? magnitude : -magnitude;
}

/* m 2^e with m in [1, 2) and e in [-spread, spread], rounded to the format */
static double ordinary(unit_random *random, const oc_ref_format *format, int spread)
{
    const int e = (int)unit_random_below(random, 2 * (uint64_t)spread + 1) - spread;
    return oc_ref_round_double(format, signed_as(random, ldexp(1 + unit_random_uniform(random), e)));
}

static double subnormal(unit_random *random, const oc_ref_format *format)
{
    const uint64_t units = unit_random_below(random, UINT64_C(1) << unit_random_below(random, (uint64_t)format->prec));
    return signed_as(random, ldexp((double)units, (int)format->emin - 1));
}

/* A power of two of the whole range, or its neighbour. */
static double power_of_two(unit_random *random, const oc_ref_format *format)
{
    const uint64_t span = (uint64_t)(format->emax - format->emin + 1);
    const double x = ldexp(1, (int)unit_random_below(random, span) + (int)format->emin - 1);
    const double step = ldexp(x, 1 - (int)format->prec);
    const double moved[] = {x, x + step, x - step / 2};
    return signed_as(random, oc_ref_round_double(format, moved[unit_random_below(random, 3)]));
}

double unit_random_value(unit_random *random, const oc_ref_format *format)
{
    switch (unit_random_below(random, 10)) {
    case 0:
        return any_pattern(random, format);
    case 1:
        return subnormal(random, format);
    case 2:
        return power_of_two(random, format);
    case 3:
        return signed_as(random, 0);
    case 4:
        return ordinary(random, format, format->size == sizeof(float) ? 60 : 500);
    default:
        return ordinary(random, format, 8);
    }
}

double unit_random_moment(unit_random *random, const oc_ref_format *format)
{
    for (;;) {
        const double x = fabs(unit_random_value(random, format));
        if (isfinite(x)) {
            return x;
        }
    }
}

/* A decay in [0, 1) that stays below 1 in binary32 too. */
static double decay(unit_random *random)
{
    static const double usual[] = {0.9, 0.999, 0.99, 0.5, 0, 0.95, 0x1p-1074, 0x1p-1022, 1 - 0x1p-24, 0.1};
    const uint64_t pick = unit_random_below(random, 20);
    if (pick < sizeof usual / sizeof usual[0]) {
        return usual[pick];
    }
    return 1 - ldexp(0.5 + unit_random_uniform(random) / 2, -(int)unit_random_below(random, 22));
}

static double log_uniform(unit_random *random, int low, int high)
{
    return ldexp(1 + unit_random_uniform(random), low + (int)unit_random_below(random, (uint64_t)(high - low)));
}

oc_hyper unit_random_hyper(unit_random *random)
{
    return (oc_hyper){
        .lr = log_uniform(random, -20, 4),
        .beta1 = decay(random),
        .beta2 = decay(random),
        .eps = unit_random_below(random, 8) == 0 ? 0 : log_uniform(random, -60, 1),
        .weight_decay = unit_random_below(random, 4) == 0 ? 0 : log_uniform(random, -20, 1),
        .momentum = decay(random),
        .flags = OC_ALLOW_ZERO_EPS,
    };
}

uint64_t unit_random_step(unit_random *random)
{
    static const uint64_t named[] = {0, 1, 2, 999, 1000, 999999, 1000000, UINT64_C(1) << 62, OC_STEP_MAX};
    const uint64_t pick = unit_random_below(random, 16);
    if (pick < sizeof named / sizeof named[0]) {
        return named[pick];
    }
    return unit_random_bits(random) >> (1 + unit_random_below(random, 63));
}
