/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random numbers as a pure function of where they are used: (seed, stream, step, coordinate, purpose). No state, so
 * nothing depends on the order of calls, on threads or on ranks; the same bits on every machine.
 *
 * Source: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC 2011), equal to Random123's bits; normals by Box and Muller
 * (1958) with logarithm and circular functions of our own (normal.h), whose error is proved.
 * Domain: stream < 2^56, purpose < OPTCERT_PURPOSES; seed, step and coordinate are free. A stream is one path, one
 * replica, one data order: what is to be independent. Draws of different kinds at one place (a normal and a two-point
 * number, say) are independent of each other; draws of one kind at one place are the same number.
 * Errors and NaN: none; every result is finite. Outputs must not overlap `at`. */
#ifndef OPTCERT_RANDOM_H
#define OPTCERT_RANDOM_H
#include <stddef.h>
#include <stdint.h>

typedef struct optcert_random {
    uint64_t seed;
    uint64_t stream;
    uint32_t step;
    uint32_t coordinate;
    uint32_t purpose; /* what the number is for; tells draws at the same place apart */
} optcert_random;

enum {
    OPTCERT_PURPOSES = 16,
    /* Streams share work in aligned groups of this many: filling whole groups wastes nothing. */
    OPTCERT_RANDOM_GROUP = 128
};

/* 128 independent fair bits. */
void optcert_random_bits(const optcert_random *at, uint64_t out[2]);

/* Uniform in (0, 1): (r + 1/2) 2^-52 with r uniform in [0, 2^52). The mean is 1/2 exactly. */
double optcert_random_uniform(const optcert_random *at);

/* Uniform in 0 .. n-1, n >= 1; each value's probability is 1/n up to 2^-64. */
uint64_t optcert_random_below(const optcert_random *at, uint64_t n);

/* Standard normal: relative error at most 2^-50 of Box-Muller in exact arithmetic on the same uniforms, which are
 * multiples of 2^-53; |z| <= 8.58. */
double optcert_random_normal(const optcert_random *at);

/* -1 or 1 with probability 1/2: the moments of a normal up to 3. */
double optcert_random_two_point(const optcert_random *at);

/* -sqrt 3, 0, sqrt 3 with probabilities 1/6, 2/3, 1/6 up to 2^-63: the moments of a normal up to 5. */
double optcert_random_three_point(const optcert_random *at);

/* The same numbers, many at once: out[i] belongs to stream at->stream + i. */
void optcert_random_uniforms(const optcert_random *at, size_t n, double *out);
void optcert_random_normals(const optcert_random *at, size_t n, double *out);
void optcert_random_two_points(const optcert_random *at, size_t n, double *out);
void optcert_random_three_points(const optcert_random *at, size_t n, double *out);

#endif
