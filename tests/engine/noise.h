/* SPDX-License-Identifier: GPL-3.0-or-later
 * Laws of an oracle's noise, standardised to mean 0 and variance 1. */
#ifndef OPTCERT_NOISE_H
#define OPTCERT_NOISE_H
#include "rule.h"

#include <stdbool.h>

/* How the law comes about. */
typedef enum optcert_noise_source {
    OPTCERT_NOISE_LAW,   /* every coordinate is an independent draw of one law, whatever theta */
    OPTCERT_NOISE_BATCH, /* the mean over a batch of samples drawn with replacement, less the mean of all */
    OPTCERT_NOISE_EPOCH, /* the same without replacement */
    OPTCERT_NOISE_LABELS /* the full batch, each label with a fresh error of + or - sqrt(S0) */
} optcert_noise_source;

typedef struct optcert_noise {
    const char *name;
    const char *text;
    bool admitted; /* satisfies the hypotheses of the limit theorem: low skewness, all moments */
    optcert_noise_source source;
    double skewness; /* E z^3; NaN where it does not exist, or depends on the data */
    double fourth;   /* E z^4, likewise */
    /* LAW only. A rule of n <= 26 nodes, exact for polynomials up to degree 2n-1 (discrete laws ignore n:
     * they are exact for every F; Student t: an exponentially convergent rule of some 4n nodes). */
    void (*rule)(size_t n, optcert_rule *out);
    /* LAW only. The increasing map that turns a standard normal into this law. Fed with the Brownian
     * increment of the limit it is the coupling of least mean square distance. */
    double (*from_normal)(double normal);
} optcert_noise;

extern const optcert_noise optcert_noises[]; /* ends with a NULL name */

/* NULL: no such law. */
const optcert_noise *optcert_noise_find(const char *name);

/* The law has no fourth moment. */
bool optcert_noise_heavy(const optcert_noise *noise);

/* Distribution function of the standard normal. */
double optcert_normal_cdf(double x);

#endif
