/* SPDX-License-Identifier: GPL-3.0-or-later
 * A picture of one batch ratio: where the coordinates of the paths end at batch x 1 and at batch x kappa, with steps of h
 * and of h/4, and the distances of the laws against what passes for none. */
#ifndef OPTCERT_SCALING_SAMPLED_PLOT_H
#define OPTCERT_SCALING_SAMPLED_PLOT_H
#include "scaling_sampled.h"

enum { OPTCERT_SHOWN_PATHS = 8192 };

typedef struct optcert_scaling_picture {
    const optcert_scaling_sample *sample;
    const char *title;
    size_t paths;                             /* shown so far of each level */
    double *end[OPTCERT_SAMPLED_LEVELS][2];   /* scaled, base: coordinate i of path p at i*OPTCERT_SHOWN_PATHS + p */
} optcert_scaling_picture;

/* Makes the sample show its paths to the picture. False when memory is short. */
bool optcert_scaling_picture_open(optcert_scaling_picture *picture, optcert_scaling_sample *sample, const char *title);
void optcert_scaling_picture_close(optcert_scaling_picture *picture);

/* Writes PREFIX.dat, PREFIX.gp, PREFIX.svg, PREFIX.png. */
bool optcert_scaling_picture_write(const optcert_scaling_picture *picture, const optcert_scaling_outcome *outcome,
                                   const char *prefix);

#endif
