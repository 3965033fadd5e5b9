/* SPDX-License-Identifier: GPL-3.0-or-later
 * Noise laws with mean 0 and variance 1, as quadrature rules: E F(z) = sum w_i F(z_i). A rule of n nodes is
 * exact for polynomials up to degree 2n-1 (discrete laws: for every F; Student t: an exponentially convergent rule
 * of some 4n nodes). */
#ifndef OPTCERT_NOISE_H
#define OPTCERT_NOISE_H
#include <stdbool.h>
#include <stddef.h>

enum { OPTCERT_RULE_MAX = 128 };

typedef struct optcert_rule {
    size_t n;
    double z[OPTCERT_RULE_MAX], w[OPTCERT_RULE_MAX];
} optcert_rule;

typedef struct optcert_noise {
    const char *name;
    const char *text;
    bool admitted;     /* satisfies the hypotheses of the limit theorem: symmetric (low skewness), all moments */
    double skewness;   /* E z^3; NaN where it does not exist */
    double fourth;     /* E z^4; NaN where it does not exist */
    void (*rule)(size_t n, optcert_rule *out); /* discrete laws ignore n; n <= 26 */
} optcert_noise;

extern const optcert_noise optcert_noises[]; /* ends with a NULL name */

/* NULL: no such law. */
const optcert_noise *optcert_noise_find(const char *name);

#endif
