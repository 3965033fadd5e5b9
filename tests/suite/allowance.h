/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an honest build may answer: the true step together with how far roundings can carry a correct
 * implementation from it, whatever order it computes the same real formula in.
 *
 * Derivation (mixed forward-backward error, Higham 2002, ch. 1-3). Let u be the unit roundoff of the
 * format and eta its smallest positive number. Every operation of an implementation contributes a
 * factor (1 + d), |d| <= u, or below the normal range an absolute eta/2. Factors on products, quotients
 * and roots, and on sums of terms, can be moved to the coefficients that the terms carry. So the step
 * computed is the exact step of slightly other coefficients, followed by the rounding of theta' itself.
 * The coefficients are therefore blurred to balls, the real formula is evaluated on balls, and the
 * radius of its result is the allowance. Factors counted per coefficient (the most that orders in use need):
 *
 *   lr       6   its conversion, lr/c1, product with m' or the quotient, the quotient, -lr, spare
 *   beta, mu 6   its conversion, product with the old state, sum; a look ahead (Nesterov, NAdam) as many
 * again 1-beta   6 + beta/(1-beta): conversion, products with g and g, sum; and 1 - fl(beta), where the
 *                conversion of beta moves the difference by u beta
 *   eps      6   its conversion, sum, product with sqrt(c2) (the eps-hat arrangement), spare
 *   lambda   6   its conversion, product with lr, product with theta, sum, spare
 *   c = 1-beta^k   12 + (2k + 4) beta^k/(1-beta^k): root, quotient, inverse each count twice under the
 *                root; and beta^k from k conversions and k products (or pow), then the difference
 *   v of AdaGrad 1  its sum; the square that enters has g's four
 *   a quotient that enters m (RMSprop with momentum)
 *            6   root, sum with eps, quotient, sum with mu m, product with lr where m holds it, spare
 *   r of RAdam 8  under the root four differences, five products and quotients, together halved; root, conversion,
 *                product. rho itself comes from the balls of beta2 and c2: where 1 - beta2 is computed in the format it
 *                is a difference of numbers near 1, and rho of two near 2/(1-beta2). Where its ball holds the
 *                threshold, both steps are allowed
 *   g        2   a sum that it enters before anything else (coupled decay, Nesterov)
 *   theta    2   only with weight decay: 1 - lr lambda and its product
 *   theta'   1   the last sum; 2 for NAdam, whose two terms frameworks take off one after the other
 *
 * Underflow: m' and v' each lose at most three halves of eta (4 are allowed); a product with lr loses
 * eta/2 before a division, which is as much as a gradient or m other by eta/lr. Where both corrections are
 * folded, lr sqrt(c2)/c1 m' / (sqrt(v') + eps sqrt(c2)), that product is the smaller by sqrt(c2)/c1 and the
 * loss the larger by its inverse.
 * Overflow is outside: inputs are chosen so that no product of the formula overflows.
 *
 * Where the state is observed before each step, it is exact; where not, the balls are carried on, and
 * the allowance grows as the roundings of an honest build do. */
#ifndef OPTCERT_ALLOWANCE_H
#define OPTCERT_ALLOWANCE_H
#include "dialect.h"

typedef struct optcert_truth optcert_truth;

/* State 0 and step 0, as every dialect starts. NULL when memory fails. */
optcert_truth *optcert_truth_new(const oc_ref_dialect *dialect, const oc_ref_format *format, size_t n,
                                 const optcert_hyper *hyper);
void optcert_truth_free(optcert_truth *truth);

/* Known values of the format: of a slot (n of them), of the step counter. */
void optcert_truth_set_slot(optcert_truth *truth, size_t slot, const double *values);
void optcert_truth_set_step(optcert_truth *truth, uint64_t step);

/* One step from the parameters theta (known) with this gradient. */
void optcert_truth_step(optcert_truth *truth, const double *theta, const double *grad);

/* Midpoint: the true value. Radius: the allowance. */
const oc_ref_ball *optcert_truth_theta(const optcert_truth *truth, size_t i);
const oc_ref_ball *optcert_truth_slot(const optcert_truth *truth, size_t slot, size_t i);

#endif
