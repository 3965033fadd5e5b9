/* SPDX-License-Identifier: GPL-3.0-or-later
 * Test functions: products of powers of theta, m and u, and cos or sin of theta, by name ("theta^2*u", "cos(theta)"). */
#ifndef OPTCERT_PHI_H
#define OPTCERT_PHI_H
#include <stdbool.h>

enum { OPTCERT_PHI_MAX = 8, OPTCERT_PHI_POWER_MAX = 6 };

typedef struct optcert_phi {
    char name[40];
    unsigned power[3]; /* of theta, m, u */
    enum { OPTCERT_PHI_ONE, OPTCERT_PHI_COS, OPTCERT_PHI_SIN } factor;
} optcert_phi;

/* False when the text names no test function. */
bool optcert_phi_parse(const char *text, optcert_phi *out);

double optcert_phi_value(const optcert_phi *phi, double theta, double m, double u);

#endif
