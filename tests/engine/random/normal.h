/* SPDX-License-Identifier: GPL-3.0-or-later
 * Box and Muller's transform of 128 random bits into two normals, in + - * / sqrt and bit operations alone, so that
 * every machine and every vector width gives the same bits. The polynomials are minimax (Sollya's fpminimax).
 * Errors: proofs/gappa/random_*.g for the roundings, one a statement, and proofs/coq/random/polynomials.v for the
 * polynomials. */
#ifndef OPTCERT_NORMAL_H
#define OPTCERT_NORMAL_H
#include <math.h>
#include <stdint.h>
#include <string.h>

#define OPTCERT_ONE_BITS UINT64_C(0x3ff0000000000000)       /* 1.0 */
#define OPTCERT_HALF_ROOT_BITS UINT64_C(0x3fe6a09e667f3bcd) /* sqrt(1/2), rounded up */

static inline double optcert_as_double(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint64_t optcert_as_bits(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* (r + 1/2) 2^-52, r being the upper 52 bits; every operation is exact. */
static inline double optcert_unit(uint64_t bits)
{
    const double shifted = optcert_as_double(bits >> 12 | OPTCERT_ONE_BITS);
    const double unit = shifted - 1.0;
    return unit + 0x1p-53;
}

/* log u for a normal u in (0, 1): u = 2^k m with m in [sqrt(1/2), sqrt 2), s = (m-1)/(m+1),
 * log m = s (2 + s^2 P(s^2)). Relative error at most 2^-50.4. */
static inline double optcert_log_unit(double u)
{
    const uint64_t moved = optcert_as_bits(u) + (OPTCERT_ONE_BITS - OPTCERT_HALF_ROOT_BITS);
    const double m = optcert_as_double((moved & UINT64_C(0x000fffffffffffff)) + OPTCERT_HALF_ROOT_BITS);
    const double biased = optcert_as_double(UINT64_C(0x4330000000000000) | moved >> 52); /* 2^52 + k + 1023 */
    const double k = biased - (0x1p52 + 1023.0);
    const double f = m - 1.0;
    const double g = m + 1.0;
    const double s = f / g;
    const double z = s * s;
    double p = z * 0x1.2b5c824e8c645p-3;
    p = p + 0x1.39fe05dd846afp-3;
    p = p * z;
    p = p + 0x1.7462b76fd5d4bp-3;
    p = p * z;
    p = p + 0x1.c71c62dc17c4bp-3;
    p = p * z;
    p = p + 0x1.2492492df75b2p-2;
    p = p * z;
    p = p + 0x1.99999999952d9p-2;
    p = p * z;
    p = p + 0x1.5555555555558p-1;
    p = p * z;
    p = p + 2.0;
    const double log_m = s * p;
    const double log_power = k * 0x1.62e42fefa39efp-1; /* log 2 */
    return log_power + log_m;
}

/* sin((pi/2) t), |t| <= 1/2. */
static inline double optcert_sin_quarter(double t, double z)
{
    double p = z * 0x1.e357ef99eb0bap-25;
    p = p - 0x1.e2fe76fdffd2bp-19;
    p = p * z;
    p = p + 0x1.50782d5f14825p-13;
    p = p * z;
    p = p - 0x1.32d2ccdfe9424p-8;
    p = p * z;
    p = p + 0x1.466bc67754fffp-4;
    p = p * z;
    p = p - 0x1.4abbce625be09p-1;
    p = p * z;
    p = p + 0x1.921fb54442d18p0;
    return p * t;
}

/* cos((pi/2) t), z = t^2, |t| <= 1/2. */
static inline double optcert_cos_quarter(double z)
{
    double p = z * 0x1.f3b7b6aafa4bdp-22;
    p = p - 0x1.a6c9501cb8cdcp-16;
    p = p * z;
    p = p + 0x1.e1f4fa4f3bb22p-11;
    p = p * z;
    p = p - 0x1.55d3c7dac6352p-6;
    p = p * z;
    p = p + 0x1.03c1f081af262p-2;
    p = p * z;
    p = p - 0x1.3bd3cc9be4565p0;
    p = p * z;
    return p + 0x1.fffffffffffffp-1;
}

/* Normals sqrt(-2 log u) (cos phi, sin phi), phi = (pi/2)(q + t): u from the first word, the quadrant q from the two
 * upper bits of the second and t in (-1/2, 1/2) from its next 52. */
static inline void optcert_box_muller(uint64_t word0, uint64_t word1, double *first, double *second)
{
    const double square = -2.0 * optcert_log_unit(optcert_unit(word0));
    const double radius = sqrt(square);
    const double t = optcert_unit(word1 << 2) - 0.5;
    const double z = t * t;
    const uint64_t sine = optcert_as_bits(optcert_sin_quarter(t, z));
    const uint64_t cosine = optcert_as_bits(optcert_cos_quarter(z));
    const uint64_t odd = UINT64_C(0) - (word1 >> 62 & 1); /* all ones in quadrants 1 and 3 */
    const uint64_t swap = (sine ^ cosine) & odd;
    const uint64_t minus = UINT64_C(1) << 63;
    const uint64_t x = (cosine ^ swap) ^ ((word1 ^ word1 << 1) & minus);
    const uint64_t y = (sine ^ swap) ^ (word1 & minus);
    *first = radius * optcert_as_double(x);
    *second = radius * optcert_as_double(y);
}

#endif
