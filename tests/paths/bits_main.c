/* SPDX-License-Identifier: GPL-3.0-or-later
 * bits uniform|normal|two-point|control: an endless stream of random bits for statistical test suites, 32 of each number.
 * Normals go through their distribution function first. The control is a linear congruential generator modulo 2^32, which
 * every suite must refuse. */
#include "random/random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 4096 };

static uint32_t word_of_unit(double x)
{
    return (uint32_t)(x * 0x1p32 < 0x1p32 ? x * 0x1p32 : 0x1p32 - 1.0);
}

static void fill_control(uint32_t *out)
{
    static uint32_t state = 1;
    for (size_t i = 0; i < MANY; i++) {
        state = 69069u * state + 1u;
        out[i] = state;
    }
}

static void fill(const char *what, const optcert_random *at, uint32_t *out)
{
    double x[MANY];
    if (strcmp(what, "control") == 0) {
        fill_control(out);
        return;
    }
    if (strcmp(what, "two-point") == 0) {
        optcert_random place = *at;
        memset(out, 0, MANY * sizeof *out);
        for (uint32_t bit = 0; bit < 32; bit++) { /* neighbouring coordinates side by side in a word */
            place.coordinate = bit;
            optcert_random_two_points(&place, MANY, x);
            for (size_t i = 0; i < MANY; i++) {
                out[i] |= (uint32_t)(x[i] < 0.0) << bit;
            }
        }
        return;
    }
    const int normal = strcmp(what, "normal") == 0;
    normal ? optcert_random_normals(at, MANY, x) : optcert_random_uniforms(at, MANY, x);
    for (size_t i = 0; i < MANY; i++) {
        out[i] = word_of_unit(normal ? 0.5 * erfc(-x[i] * 0.70710678118654752) : x[i]);
    }
}

int main(int argc, char **argv)
{
    static uint32_t out[MANY];
    const char *what = argc > 1 ? argv[1] : "";
    if (strcmp(what, "uniform") != 0 && strcmp(what, "normal") != 0 && strcmp(what, "two-point") != 0 &&
        strcmp(what, "control") != 0) {
        fputs("usage: bits uniform|normal|two-point|control\n", stderr);
        return 2;
    }
    for (optcert_random at = {.seed = 1};; at.step++) {
        fill(what, &at, out);
        if (fwrite(out, sizeof out[0], MANY, stdout) != MANY) {
            return 0; /* the reader has enough */
        }
    }
}
