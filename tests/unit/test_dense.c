/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ensembles' linear algebra: by hand, within the derived bound of plain loops, and the bound bites. */
#include "dense/dense.h"
#include "dense_bound.h"
#include "unit.h"

static void by_hand(void)
{
    static const optcert_dense of = {2, 3};
    static const double root[4] = {1, 2, 3, 4}, hessian[4] = {1, 2, -99, 4}, x[6] = {1, 0, -1, 2, 5, 1};
    static const double noise[6] = {5, 10, 1, 11, 20, 1}, gradient[6] = {5, 10, 1, 10, 20, 2};
    double out[6], sum[4] = {100, 0, -7, 0};
    void (*const both[2])(const optcert_dense *, const double *, const double *, double *) = {optcert_dense_noise_plain,
                                                                                             optcert_dense_noise_blas};
    void (*const grad[2])(const optcert_dense *, const double *, const double *, double *) = {
        optcert_dense_gradient_plain, optcert_dense_gradient_blas};
    for (int which = 0; which < 2; which++) {
        both[which](&of, root, x, out);
        for (int i = 0; i < 6; i++) {
            UNIT_CHECK(out[i] == noise[i], "noise %d: %g, expected %g", i, out[i], noise[i]);
        }
        grad[which](&of, hessian, x, out);
        for (int i = 0; i < 6; i++) {
            UNIT_CHECK(out[i] == gradient[i], "gradient %d: %g, expected %g", i, out[i], gradient[i]);
        }
    }
    optcert_dense_covariance_plain(&of, x, sum);
    optcert_dense_covariance_blas(&of, x, sum);
    UNIT_CHECK(sum[0] == 104 && sum[1] == 2 && sum[2] == -7 && sum[3] == 60, "sums %g %g %g %g", sum[0], sum[1], sum[2],
               sum[3]);
}

static void chosen(void)
{
    static const optcert_dense small = {1, 2}, large = {64, 256}, nothing[] = {{0, 0}, {0, 3}, {3, 0}};
    static const double root[9] = {1}; /* is read where there are no paths, too */
    double none = 7, hessian = 3, theta[2] = {1, -2}, gradient[2];
    UNIT_CHECK(!optcert_dense_pays(&small) && optcert_dense_pays(&large), "which one pays");
    optcert_dense_gradient(&small, &hessian, theta, gradient);
    UNIT_CHECK(gradient[0] == 3 && gradient[1] == -6, "%g and %g", gradient[0], gradient[1]);
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        optcert_dense_noise(&nothing[i], root, &none, &none);
        optcert_dense_noise_blas(&nothing[i], root, &none, &none);
        optcert_dense_gradient_blas(&nothing[i], root, &none, &none);
        optcert_dense_covariance_blas(&nothing[i], &none, &none);
        UNIT_CHECK(none == 7, "nothing was to be touched: %g", none);
    }
}

static void bounds(void)
{
    const optcert_dense_job job = {.seed = unit_seed()};
    optcert_claims claims = {0};
    UNIT_CHECK(optcert_dense_bound_run(&job, &claims) && claims.count == 9, "%zu claims", claims.count);
    for (size_t i = 0; i < claims.count; i++) {
        UNIT_CHECK(claims.item[i].verdict == OPTCERT_PASSED && claims.item[i].measured > 0, "%s: %g at %s",
                   claims.item[i].id, claims.item[i].measured, claims.item[i].detail);
        unit_note("%s: observed/bound %.3g", claims.item[i].id, claims.item[i].measured);
    }
    optcert_claims_free(&claims);
}

/* An error of 2.5 bounds in one element is found in every operation. */
static void planted(void)
{
    const optcert_dense_job job = {.seed = unit_seed(), .planted = 2.5};
    optcert_claims claims = {0};
    UNIT_CHECK(optcert_dense_bound_run(&job, &claims), "memory");
    for (size_t i = 0; i < claims.count; i++) {
        UNIT_CHECK(claims.item[i].verdict == OPTCERT_FAILED, "%s passes with %g", claims.item[i].id,
                   claims.item[i].measured);
    }
    optcert_claims_free(&claims);
}

UNIT_SUITE(dense, {"by_hand", by_hand}, {"chosen", chosen}, {"bounds", bounds}, {"planted", planted})
