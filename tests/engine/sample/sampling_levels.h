/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the levels add up. With the scheme's bias a h_l + b h_l^2 at h_l = h/2^l, level l >= 1 is a h_l + 3 b h_l^2, so
 * the bias that is left after the last level L is its value less 2 b h_L^2: it counts twice, and 2 b h_L^2 is
 * two thirds of |level L - (level L-1)/2|. */
#ifndef OPTCERT_SAMPLING_LEVELS_H
#define OPTCERT_SAMPLING_LEVELS_H
#include "ensemble.h"

static inline double optcert_level_weight(unsigned level)
{
    return level + 1 == OPTCERT_SAMPLE_LEVELS ? 2.0 : 1.0;
}

#endif
