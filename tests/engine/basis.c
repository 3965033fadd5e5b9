/* SPDX-License-Identifier: GPL-3.0-or-later
 * Barycentric interpolation (Berrut, Trefethen 2004): the second formula between the nodes, the first one for
 * HERMITE, because far beyond the nodes only the first is stable (Higham 2004). */
#include "basis.h"

#include <gsl/gsl_integration.h>
#include <math.h>

/* Barycentric weights 1/prod(y_i - y_j), scaled to a largest modulus of 1 (by logarithms: they range widely).
 */
static void set_weights(optcert_basis *basis)
{
    double logs[OPTCERT_BASIS_MAX];
    double sign[OPTCERT_BASIS_MAX];
    double largest = -INFINITY;
    for (size_t i = 0; i < basis->n; i++) {
        logs[i] = 0.0;
        sign[i] = 1.0;
        for (size_t j = 0; j < basis->n; j++) {
            if (j != i) {
                logs[i] -= log(fabs(basis->y[i] - basis->y[j]));
                sign[i] *= basis->y[i] > basis->y[j] ? 1.0 : -1.0;
            }
        }
        largest = fmax(largest, logs[i]);
    }
    for (size_t i = 0; i < basis->n; i++) {
        basis->weight[i] = sign[i] * exp(logs[i] - largest);
    }
    basis->weight_unit = exp(largest);
}

void optcert_basis_point(optcert_basis *out)
{
    *out = (optcert_basis){.kind = OPTCERT_POINT, .n = 1, .scale = 1.0, .weight_unit = 1.0, .weight = {1.0}};
}

void optcert_basis_hermite(optcert_basis *out, size_t n, double center, double scale, double stretch)
{
    gsl_integration_fixed_workspace *work =
        gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, n, 0.0, 0.5, 0.0, 0.0);
    *out = (optcert_basis){
        .kind = OPTCERT_HERMITE, .n = n, .center = center, .scale = scale, .stretch = stretch};
    for (size_t i = 0; i < n; i++) {
        out->y[i] = gsl_integration_fixed_nodes(work)[i];
        const double distance = scale * out->y[i];
        out->x[i] = center + (stretch > 0.0 ? stretch * sinh(distance / stretch) : distance);
    }
    gsl_integration_fixed_free(work);
    set_weights(out);
}

/* Chebyshev points of the second kind on [-1, 1]. */
static void chebyshev_nodes(optcert_basis *basis)
{
    for (size_t i = 0; i < basis->n; i++) {
        basis->y[i] = -cos(M_PI * (double)i / (double)(basis->n - 1));
    }
    set_weights(basis);
}

void optcert_basis_log(optcert_basis *out, size_t n, double lo, double hi)
{
    *out = (optcert_basis){
        .kind = OPTCERT_LOG, .n = n, .center = 0.5 * log(lo * hi), .scale = 0.5 * log(hi / lo)};
    chebyshev_nodes(out);
    for (size_t i = 0; i < n; i++) {
        out->x[i] = exp(out->center + out->scale * out->y[i]);
    }
}

static double own_coordinate(const optcert_basis *basis, double x)
{
    if (basis->kind == OPTCERT_LOG) {
        return (log(x) - basis->center) / basis->scale;
    }
    const double distance = x - basis->center;
    return (basis->stretch > 0.0 ? basis->stretch * asinh(distance / basis->stretch) : distance) /
           basis->scale;
}

/* dy/dx */
static double chain_rule(const optcert_basis *basis, double x)
{
    if (basis->kind == OPTCERT_LOG) {
        return 1.0 / (basis->scale * x);
    }
    const double bend = basis->stretch > 0.0 ? (x - basis->center) / basis->stretch : 0.0;
    return 1.0 / (basis->scale * sqrt(1.0 + bend * bend));
}

void optcert_basis_row(const optcert_basis *basis, double x, double *row)
{
    const double y = own_coordinate(basis, x);
    double sum = 0.0;
    double product = basis->weight_unit;
    for (size_t i = 0; i < basis->n; i++) {
        const double difference = y - basis->y[i];
        if (difference == 0.0 || basis->kind == OPTCERT_POINT) {
            for (size_t j = 0; j < basis->n; j++) {
                row[j] = j == i ? 1.0 : 0.0;
            }
            return;
        }
        row[i] = basis->weight[i] / difference;
        sum += row[i];
        product *= difference;
    }
    const double factor = basis->kind == OPTCERT_HERMITE ? product : 1.0 / sum;
    for (size_t i = 0; i < basis->n; i++) {
        row[i] *= factor;
    }
}

void optcert_basis_derivative(const optcert_basis *basis, double *matrix)
{
    const size_t n = basis->n;
    for (size_t i = 0; i < n; i++) {
        const double chain = chain_rule(basis, basis->x[i]);
        double diagonal = 0.0;
        for (size_t j = 0; j < n; j++) {
            if (j != i) {
                const double entry =
                    basis->weight[j] / basis->weight[i] / (basis->y[i] - basis->y[j]) * chain;
                matrix[i * n + j] = entry;
                diagonal -= entry;
            }
        }
        matrix[i * n + i] = diagonal;
    }
}
