/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counter-based random inputs. */
#include "draw.h"

#include <Random123/philox.h>
#include <math.h>

uint64_t optcert_draw_bits(const optcert_draw *at, uint32_t which)
{
    const philox4x32_ctr_t counter = {{at->stream, at->step, at->coordinate, which}};
    const philox4x32_key_t key = {{(uint32_t)at->seed, (uint32_t)(at->seed >> 32)}};
    const philox4x32_ctr_t out = philox4x32(counter, key);
    return ((uint64_t)out.v[0] << 32) | out.v[1];
}

double optcert_draw_uniform(const optcert_draw *at, uint32_t which)
{
    return (double)(optcert_draw_bits(at, which) >> 11) * 0x1p-53;
}

double optcert_draw_bell(const optcert_draw *at, uint32_t which)
{
    double sum = -6;
    for (uint32_t i = 0; i < 3; i++) {
        const uint64_t bits =
            optcert_draw_bits(at, 16 * which + 16 + i); /* four 16-bit uniforms in one draw */
        for (int part = 0; part < 4; part++) {
            sum += ((double)((bits >> (16 * part)) & 0xffff) + 0.5) * 0x1p-16;
        }
    }
    return sum;
}

double optcert_draw_wide(const optcert_draw *at, uint32_t which, int low, int high)
{
    const uint64_t bits = optcert_draw_bits(at, which);
    const int exponent = low + (int)((bits & 0xffff) * (uint64_t)(high - low) >> 16);
    const double significand = 1 + (double)(bits >> 12 >> 5) * 0x1p-47;
    return ldexp((bits & 0x10000) != 0 ? -significand : significand, exponent);
}
