/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quadrature rules for probability laws: E F(z) = sum w_i F(z_i). */
#ifndef OPTCERT_RULE_H
#define OPTCERT_RULE_H
#include <stddef.h>

enum { OPTCERT_RULE_MAX = 128 };

typedef struct optcert_rule {
    size_t n;
    double z[OPTCERT_RULE_MAX], w[OPTCERT_RULE_MAX];
} optcert_rule;

/* Gauss's rule of a discrete law of `count` atoms: at most n nodes, the law itself when it has no more atoms,
 * else exact for polynomials of degree up to 2n-1. 1 <= n <= OPTCERT_RULE_MAX. */
void optcert_rule_gauss(size_t count, const double *z, const double *w, size_t n, optcert_rule *out);

/* The law of a x + b y for independent x and y, reduced to at most n nodes. */
void optcert_rule_sum(double a, const optcert_rule *x, double b, const optcert_rule *y, size_t n,
                      optcert_rule *out);

/* E z^k */
double optcert_rule_moment(const optcert_rule *rule, unsigned k);

#endif
