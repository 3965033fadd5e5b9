/* SPDX-License-Identifier: GPL-3.0-or-later
 * Moments of (theta, a). One step is a matrix M_h on (theta, a, theta^2, theta a, a^2, 1); in powers of h,
 * M_h = I + h A + h^2 B + ..., the limit's moments are exp(T A) and the coefficient is
 * int exp((T-s) A) (B - A^2/2) exp(s A) ds. */
#include "average.h"
#include "jet.h"
#include "semigroup.h"

#include <string.h>

const char *const optcert_average_phi[OPTCERT_AVERAGE_PHIS] = {"theta", "average", "theta^2", "theta*average", "average^2"};

enum { SIZE = OPTCERT_AVERAGE_PHIS + 1 };

void optcert_average_chain(double b, double lr, double rho, double sigma, size_t steps, double start,
                           double out[OPTCERT_AVERAGE_PHIS])
{
    const double p = 1.0 - lr * b, w = 1.0 - rho, q = lr * lr * sigma * sigma;
    double theta = start, a = start, tt = start * start, ta = tt, aa = tt;
    for (size_t k = 0; k < steps; k++) {
        const double moved = p * p * tt + q; /* E theta'^2 */
        aa = rho * rho * aa + 2.0 * rho * w * p * ta + w * w * moved;
        ta = rho * p * ta + w * moved;
        tt = moved;
        a = rho * a + w * p * theta;
        theta = p * theta;
    }
    const double values[OPTCERT_AVERAGE_PHIS] = {theta, a, tt, ta, aa};
    memcpy(out, values, sizeof values);
}

static optcert_jet scaled(double factor, optcert_jet x, optcert_jet y)
{
    return optcert_jet_scale(factor, optcert_jet_mul(x, y));
}

/* The rows of M_h as series in s = sqrt(h). */
static void step_matrix(double b, double c, double sigma0, optcert_jet m[SIZE][SIZE])
{
    const optcert_jet one = {{1.0}}, p = {{1.0, 0.0, -b}}, q = {{0.0, 0.0, sigma0 * sigma0}};
    const optcert_jet rho = {{1.0, 0.0, -c, 0.0, 0.5 * c * c}}; /* exp(-c h) */
    const optcert_jet w = optcert_jet_add(one, optcert_jet_scale(-1.0, rho));
    const optcert_jet pp = optcert_jet_mul(p, p), wp = optcert_jet_mul(w, p), ww = optcert_jet_mul(w, w);
    memset(m, 0, sizeof(optcert_jet) * SIZE * SIZE);
    m[0][0] = p;
    m[1][0] = wp;
    m[1][1] = rho;
    m[2][2] = pp;
    m[2][5] = q;
    m[3][2] = optcert_jet_mul(w, pp);
    m[3][3] = optcert_jet_mul(rho, p);
    m[3][5] = optcert_jet_mul(w, q);
    m[4][2] = optcert_jet_mul(ww, pp);
    m[4][3] = scaled(2.0, rho, wp);
    m[4][4] = optcert_jet_mul(rho, rho);
    m[4][5] = optcert_jet_mul(ww, q);
    m[5][5] = one;
}

bool optcert_average_limit(double b, double c, double sigma0, double horizon, double start,
                           double value[OPTCERT_AVERAGE_PHIS], double coefficient[OPTCERT_AVERAGE_PHIS])
{
    optcert_jet m[SIZE][SIZE];
    double generator[SIZE * SIZE], defect[SIZE * SIZE];
    const double square = start * start, first[SIZE] = {start, start, square, square, square, 1.0};
    step_matrix(b, c, sigma0, m);
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < SIZE; j++) {
            generator[i * SIZE + j] = m[i][j].c[2];
        }
    }
    for (size_t i = 0; i < SIZE; i++) {
        for (size_t j = 0; j < SIZE; j++) {
            double twice = 0.0;
            for (size_t k = 0; k < SIZE; k++) {
                twice += generator[i * SIZE + k] * generator[k * SIZE + j];
            }
            defect[i * SIZE + j] = m[i][j].c[4] - 0.5 * twice;
        }
    }
    if (!optcert_semigroup(SIZE, horizon, generator, defect)) {
        return false;
    }
    for (size_t i = 0; i < OPTCERT_AVERAGE_PHIS; i++) {
        value[i] = coefficient[i] = 0.0;
        for (size_t j = 0; j < SIZE; j++) {
            value[i] += generator[i * SIZE + j] * first[j];
            coefficient[i] += defect[i * SIZE + j] * first[j];
        }
    }
    return true;
}
