/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quadratic losses and noise by matrices: the engine's gradient within the derived bound of the plain sum, correlations as
 * asked, bad files refused. */
#include "dense/dense.h"
#include "npy_write.h"
#include "random/random.h"
#include "sample/matrices.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { D = 24, WIDTH = 64, BLOCKS = 512 };

/* A symmetric positive definite matrix: 2 on the diagonal, +-0.9^|i-j| beside it. */
static double entry(size_t i, size_t j)
{
    const double apart = fabs((double)i - (double)j);
    return i == j ? 2.0 + (double)i / D : ((i + j) % 3 == 0 ? -1.0 : 1.0) * 0.5 * pow(0.5, apart);
}

/* Writes rows x columns of it, with one element changed. */
static void write_matrix(char *path, size_t rows, size_t columns, size_t changed, double to)
{
    strcpy(path, "/tmp/optcert-matrix-XXXXXX");
    const int made = mkstemp(path);
    FILE *file = made >= 0 ? fdopen(made, "w") : NULL;
    if (UNIT_CHECK(file != NULL, "no temporary file")) {
        optcert_npy_head(file, "<f8", rows, columns);
    }
    for (size_t k = 0; file != NULL && k < rows * columns; k++) {
        const double x = k == changed ? to : entry(k / columns, k % columns);
        fwrite(&x, sizeof x, 1, file);
    }
    if (file != NULL) {
        fclose(file);
    }
}

static optcert_matrices both(void)
{
    char path[40], reason[OPTCERT_MATRICES_REASON] = "";
    optcert_matrices m = {0};
    write_matrix(path, D, D, SIZE_MAX, 0);
    UNIT_CHECK(optcert_matrices_read(path, path, &m, reason) && m.dimension == D, "refused: %s", reason);
    unlink(path);
    return m;
}

/* Against the sum in its own order: two_orders of Rounding.any_order, 2 gamma_d S, d = D terms. */
static void gradients(void)
{
    optcert_matrices m = both();
    static double theta[D * WIDTH], grad[D * WIDTH];
    const double u = 0x1p-53, gamma = D * u / (1 - D * u);
    double worst = 0;
    for (size_t c = 0; c < D; c++) {
        optcert_random_normals(&(optcert_random){.seed = unit_seed(), .coordinate = (uint32_t)c}, WIDTH, theta + c * WIDTH);
    }
    optcert_matrices_gradient(&m, WIDTH, theta, grad);
    for (size_t c = 0; c < D; c++) {
        for (size_t p = 0; p < WIDTH; p++) {
            double sum = 0, size = 0;
            for (size_t k = 0; k < D; k++) {
                const double product = entry(c, k) * theta[k * WIDTH + p];
                sum += product;
                size += fabs(product);
            }
            worst = fmax(worst, fabs(grad[c * WIDTH + p] - sum) / (2 * gamma * size));
        }
    }
    UNIT_CHECK(worst <= 1, "observed / bound is %g", worst);
    unit_note("engine's gradients: observed / bound at most %.3g", worst);
    optcert_matrices_free(&m);
}

/* Second moments of the noise over BLOCKS * WIDTH paths (SYRK): within five standard errors of Sigma, those of a product of
 * two normals of correlation r being sqrt(1 + r^2). */
static void correlations(void)
{
    optcert_matrices m = both();
    static double z[D * WIDTH], room[D * WIDTH], sd[D * WIDTH], sum[D * D];
    const double n = (double)BLOCKS * WIDTH;
    memset(sum, 0, sizeof sum);
    optcert_matrices_deviations(&m, WIDTH, sd);
    for (uint32_t block = 0; block < BLOCKS; block++) {
        for (uint32_t c = 0; c < D; c++) {
            optcert_random_normals(&(optcert_random){.seed = unit_seed(), .step = block, .coordinate = c, .purpose = 3}, WIDTH,
                                   z + c * WIDTH);
        }
        optcert_matrices_correlate(&m, WIDTH, room, z);
        for (size_t i = 0; i < (size_t)D * WIDTH; i++) {
            z[i] *= sd[i];
        }
        optcert_dense_covariance(&(optcert_dense){D, WIDTH}, z, sum);
    }
    for (size_t i = 0; i < D; i++) {
        for (size_t j = i; j < D; j++) {
            const double scale = sqrt(entry(i, i) * entry(j, j)), r = entry(i, j) / scale;
            const double error = (sum[i * D + j] / n - entry(i, j)) / (scale * sqrt((1 + r * r) / n));
            UNIT_CHECK(fabs(error) <= 5, "covariance %zu,%zu is off by %g standard errors", i, j, error);
        }
    }
    optcert_matrices_free(&m);
}

static const struct {
    size_t rows, columns, changed;
    double to;
    const char *says, *origin;
} bad[] = {
    {3, 2, SIZE_MAX, 0, "3 x 2", "not square"},
    {3, 3, 1, 7, "the same", "not symmetric"},
    {3, 3, 4, NAN, "finite", "NaN"},
    {3, 3, 4, -1, "not positive definite", "an indefinite covariance"},
};

static void refused(void)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char path[40], reason[OPTCERT_MATRICES_REASON] = "";
        optcert_matrices m = {0};
        write_matrix(path, bad[i].rows, bad[i].columns, bad[i].changed, bad[i].to);
        UNIT_CHECK(!optcert_matrices_read(NULL, path, &m, reason) && strstr(reason, bad[i].says) != NULL, "%s: '%s'",
                   bad[i].origin, reason);
        UNIT_CHECK(m.dimension == 0 && m.root == NULL, "%s: something is left", bad[i].origin);
        unlink(path);
    }
}

UNIT_SUITE(matrices, {"gradients", gradients}, {"correlations", correlations}, {"refused", refused})
