/* SPDX-License-Identifier: GPL-3.0-or-later
 * Control variates: their means are 0, whatever the oracle makes of an increment. */
#include "sample/controls.h"
#include "unit.h"

#include <math.h>

enum { LAW = 3, STEPS = 3, PATHS = 27 };

/* Three-point laws of an increment and of the noise that an oracle makes of it: mean 0, variance 1. The second, skewed one is the
 * solution of a + 4 b + c = 0, a^2 + 4 b^2 + c^2 = 6 for b = 1/2. */
static const double weight[LAW] = {1.0 / 6.0, 4.0 / 6.0, 1.0 / 6.0};
static const double increment_of[LAW] = {-1.7320508075688772, 0.0, 1.7320508075688772};
static const double skewed[LAW] = {-2.2247448713915890, 0.5, 0.22474487139158905};

/* Means over all paths of two coordinates, the second driven backwards in time. */
static void means_are_zero(void)
{
    static const double *const laws[] = {increment_of, skewed};
    enum { WIDTH = 32, DIMENSION = 2 };
    static double room[OPTCERT_CONTROL_ARRAYS * DIMENSION * WIDTH], out[OPTCERT_CONTROLS][OPTCERT_WIDTH_MAX];
    for (size_t law = 0; law < sizeof laws / sizeof laws[0]; law++) {
        optcert_controls controls;
        double *memory = room, sum[OPTCERT_CONTROLS] = {0.0}, size[OPTCERT_CONTROLS] = {0.0};
        optcert_controls_open(&controls, DIMENSION, WIDTH, &memory);
        UNIT_CHECK(memory == room + sizeof room / sizeof room[0], "memory taken: %td", memory - room);
        optcert_controls_start(&controls, STEPS);
        for (size_t k = 0; k < STEPS; k++) {
            double increment[DIMENSION * WIDTH] = {0.0}, noise[DIMENSION * WIDTH] = {0.0};
            for (size_t path = 0; path < PATHS; path++) {
                const size_t digit[] = {path % LAW, path / LAW % LAW, path / LAW / LAW};
                for (size_t c = 0; c < DIMENSION; c++) {
                    const size_t at = digit[c == 0 ? k : STEPS - 1 - k];
                    increment[c * WIDTH + path] = increment_of[at];
                    noise[c * WIDTH + path] = laws[law][at];
                }
            }
            optcert_controls_add(&controls, k, increment, noise);
        }
        optcert_controls_read(&controls, out);
        for (size_t path = 0; path < PATHS; path++) {
            const double chance = weight[path % LAW] * weight[path / LAW % LAW] * weight[path / LAW / LAW];
            for (size_t j = 0; j < OPTCERT_CONTROLS; j++) {
                sum[j] += chance * out[j][path];
                size[j] += chance * fabs(out[j][path]);
            }
        }
        for (size_t j = 0; j < OPTCERT_CONTROLS; j++) {
            UNIT_CHECK(fabs(sum[j]) <= 1e-14, "law %zu, control %zu: mean %g", law, j, sum[j]);
            UNIT_CHECK(size[j] > 1e-3, "law %zu, control %zu is idle", law, j);
        }
    }
}

UNIT_SUITE(controls, {"means_are_zero", means_are_zero})
