/* SPDX-License-Identifier: GPL-3.0-or-later
 * Arithmetic of truncated power series. */
#include "jet.h"

#include <math.h>

optcert_jet optcert_jet_add(optcert_jet x, optcert_jet y)
{
    for (int i = 0; i <= OPTCERT_JET_ORDER; i++) {
        x.c[i] += y.c[i];
    }
    return x;
}

optcert_jet optcert_jet_scale(double a, optcert_jet x)
{
    for (int i = 0; i <= OPTCERT_JET_ORDER; i++) {
        x.c[i] *= a;
    }
    return x;
}

optcert_jet optcert_jet_mul(optcert_jet x, optcert_jet y)
{
    optcert_jet product = {{0.0}};
    for (int i = 0; i <= OPTCERT_JET_ORDER; i++) {
        for (int j = 0; i + j <= OPTCERT_JET_ORDER; j++) {
            product.c[i + j] += x.c[i] * y.c[j];
        }
    }
    return product;
}

/* From x * r = 1, coefficient by coefficient. */
optcert_jet optcert_jet_inverse(optcert_jet x)
{
    optcert_jet r = {{1.0 / x.c[0]}};
    for (int i = 1; i <= OPTCERT_JET_ORDER; i++) {
        double sum = 0.0;
        for (int j = 1; j <= i; j++) {
            sum += x.c[j] * r.c[i - j];
        }
        r.c[i] = -sum / x.c[0];
    }
    return r;
}

/* From r * r = x, coefficient by coefficient. */
optcert_jet optcert_jet_sqrt(optcert_jet x)
{
    optcert_jet r = {{sqrt(x.c[0])}};
    for (int i = 1; i <= OPTCERT_JET_ORDER; i++) {
        double sum = x.c[i];
        for (int j = 1; j < i; j++) {
            sum -= r.c[j] * r.c[i - j];
        }
        r.c[i] = sum / (2.0 * r.c[0]);
    }
    return r;
}
