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

/* 1 + r 2^-52, r being the upper 52 bits. */
static inline double optcert_shifted_unit(uint64_t bits)
{
    return optcert_as_double(bits >> 12 | OPTCERT_ONE_BITS);
}

/* (r + 1/2) 2^-52: a multiple of 2^-53 below 1, so that the subtraction of 1 - 2^-53 is exact. */
static inline double optcert_unit(uint64_t bits)
{
    return optcert_shifted_unit(bits) - 0x1.fffffffffffffp-1;
}

/* u = 2^k m for a normal u in (0, 1), m in [sqrt(1/2), sqrt 2), as k and s = (m-1)/(m+1). */
static inline void optcert_log_reduce(double u, double *k, double *s)
{
    const uint64_t moved = optcert_as_bits(u) + (OPTCERT_ONE_BITS - OPTCERT_HALF_ROOT_BITS);
    const double m = optcert_as_double((moved & UINT64_C(0x000fffffffffffff)) + OPTCERT_HALF_ROOT_BITS);
    const double biased = optcert_as_double(UINT64_C(0x4330000000000000) | moved >> 52); /* 2^52 + k + 1023 */
    const double f = m - 1.0;
    const double g = m + 1.0;
    *k = biased - (0x1p52 + 1023.0);
    *s = f / g;
}

/* log u from those: log m = s (2 + s^2 P(s^2)). Relative error at most 2^-50.4. */
static inline double optcert_log_expand(double k, double s)
{
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

/* Box and Muller's radius, sqrt(-2 log u). */
static inline double optcert_radius(double k, double s)
{
    const double square = -2.0 * optcert_log_expand(k, s);
    return sqrt(square);
}

/* sin and cos of (pi/2) t, t in (-1/2, 1/2) from the 52 bits after the two upper ones; t = (r + 1/2) 2^-52 - 1/2,
 * every operation is exact. */
static inline void optcert_circle(uint64_t word, double *sine, double *cosine)
{
    const double shifted = optcert_shifted_unit(word << 2);
    const double moved = shifted - 1.5;
    const double t = moved + 0x1p-53;
    const double z = t * t;
    *sine = optcert_sin_quarter(t, z);
    *cosine = optcert_cos_quarter(z);
}

/* radius (cos phi, sin phi), phi = (pi/2)(q + t), q being the two upper bits. */
static inline void optcert_turn(double radius, uint64_t word, double sine, double cosine, double *first, double *second)
{
    const uint64_t minus = UINT64_C(1) << 63;
    const int64_t next = (int64_t)(word << 1); /* negative in quadrants 1 and 3 */
    const double x = next < 0 ? sine : cosine;
    const double y = next < 0 ? cosine : sine;
    *first = radius * optcert_as_double(optcert_as_bits(x) ^ ((word ^ (uint64_t)next) & minus));
    *second = radius * optcert_as_double(optcert_as_bits(y) ^ (word & minus));
}

/* Two normals from a block: u from the first word, phi from the second. */
static inline void optcert_box_muller(uint64_t word0, uint64_t word1, double *first, double *second)
{
    double k, s, sine, cosine;
    optcert_log_reduce(optcert_unit(word0), &k, &s);
    optcert_circle(word1, &sine, &cosine);
    optcert_turn(optcert_radius(k, s), word1, sine, cosine, first, second);
}

#endif
