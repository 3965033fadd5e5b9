/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading and evaluating test functions. */
#include "phi.h"

#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

static const char *const variables[] = {"theta", "m", "u"};

/* One factor, "theta", "u^2" or "cos(theta)"; advances *text past it. */
static bool parse_factor(const char **text, optcert_phi *out)
{
    static const char *const waves[] = {NULL, "cos(theta)", "sin(theta)"};
    for (int i = OPTCERT_PHI_COS; i <= OPTCERT_PHI_SIN; i++) {
        const size_t length = strlen(waves[i]);
        if (strncmp(*text, waves[i], length) == 0 && out->factor == OPTCERT_PHI_ONE) {
            out->factor = (unsigned)i;
            *text += length;
            return true;
        }
    }
    for (int i = 0; i < 3; i++) {
        const size_t length = strlen(variables[i]);
        if (strncmp(*text, variables[i], length) == 0) {
            *text += length;
            unsigned power = 1;
            if (**text == '^') {
                if ((*text)[1] < '1' || (*text)[1] > '9') {
                    return false;
                }
                power = (unsigned)((*text)[1] - '0');
                *text += 2;
            }
            out->power[i] += power;
            return out->power[i] <= OPTCERT_PHI_POWER_MAX;
        }
    }
    return false;
}

bool optcert_phi_parse(const char *text, optcert_phi *out)
{
    *out = (optcert_phi){.factor = OPTCERT_PHI_ONE};
    if (strlen(text) >= sizeof out->name) {
        return false;
    }
    strcpy(out->name, text);
    for (;;) {
        if (!parse_factor(&text, out)) {
            return false;
        }
        if (*text == '\0') {
            return true;
        }
        if (*text++ != '*') {
            return false;
        }
    }
}

double optcert_phi_value(const optcert_phi *phi, double theta, double m, double u)
{
    const double product = gsl_pow_uint(theta, phi->power[0]) * gsl_pow_uint(m, phi->power[1]) * gsl_pow_uint(u, phi->power[2]);
    switch (phi->factor) {
    case OPTCERT_PHI_COS:
        return product * cos(theta);
    case OPTCERT_PHI_SIN:
        return product * sin(theta);
    case OPTCERT_PHI_ONE:
        break;
    }
    return product;
}
