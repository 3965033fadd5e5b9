/* SPDX-License-Identifier: GPL-3.0-or-later
 * Random test inputs: a small generator, and values chosen where arithmetic goes wrong. */
#ifndef OPTCERT_UNIT_RANDOM_H
#define OPTCERT_UNIT_RANDOM_H
#include "ieee.h"
#include "optcert/hyper.h"

typedef struct unit_random {
    uint64_t state;
} unit_random;

/* A stream of its own for each (seed, index). */
unit_random unit_random_start(uint64_t seed, uint64_t index);
uint64_t unit_random_bits(unit_random *random);
double unit_random_uniform(unit_random *random); /* [0, 1) */
uint64_t unit_random_below(unit_random *random, uint64_t bound);

/* Any value of the format: ordinary magnitudes, all bit patterns (NaN and infinities among them),
 * subnormals, signed zeros, neighbours of powers of two. */
double unit_random_value(unit_random *random, const oc_ref_format *format);

/* The same without NaN and infinities, and not negative. */
double unit_random_moment(unit_random *random, const oc_ref_format *format);

/* Hyper-parameters that every unit accepts in both formats; the extremes included. */
oc_hyper unit_random_hyper(unit_random *random);

/* 0-based step: small, 10^3, 10^6, 2^62, up to 2^63 - 1. */
uint64_t unit_random_step(unit_random *random);

#endif
