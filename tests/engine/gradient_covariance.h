/* SPDX-License-Identifier: GPL-3.0-or-later
 * The covariance of one sample's gradient from K gradients of b samples each: what `converge --covariance` reads.
 *     Sigma = b/(K-1) sum_i (g_i - mean)(g_i - mean)^T
 * Unbiased, exactly symmetric, of rank K-1 at most: positive definite needs K > d. The products are summed by dense.h, so
 * by SYRK of OpenBLAS where that pays, on one thread: the bits depend on the processor alone. Two orders of the sum over the
 * same deviations g_i - mean differ by 2 gamma_(K+1) b/(K-1) sum |x y| at most: Rounding.any_order.two_orders of K products,
 * and one rounding of the product with the factor (up to underflow). */
#ifndef OPTCERT_GRADIENT_COVARIANCE_H
#define OPTCERT_GRADIENT_COVARIANCE_H
#include "gradient_sample.h"

/* sigma: d x d. The sample as optcert_gradient_measure takes it. False when memory is short. */
bool optcert_gradient_covariance(const optcert_gradient_sample *sample, double *sigma);

#endif
