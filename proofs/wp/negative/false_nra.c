/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wrong scaling rules, and true ones without their domain, over the reals: nlsat behind its wrapper may prove none.
 * provers: z3nra
 * must fail: typed_lemma_beta_without_domain
 * must fail: typed_lemma_eps_multiplied
 * must fail: typed_lemma_linear_lr
 * must fail: typed_lemma_beta_unscaled
 * must fail: typed_lemma_no_ratio
 * must fail: typed_lemma_not_inverse
 * must fail: typed_lemma_root_of_square
 * must fail: typed_lemma_root_of_negative
 * must fail: typed_lemma_half_open
 * must fail: typed_lemma_quotient_by_zero
 * must fail: typed_lemma_wrong */

/*@ logic real Lr(real lr, real k) = lr * \sqrt(k);
    logic real Beta(real b, real k) = 1.0 - k * (1.0 - b);
    logic real Eps(real e, real k) = e / \sqrt(k);
    logic real Sigma(real s, real k) = s / \sqrt(k);

    lemma control_lr: \forall real lr, k, l; k > 0.0 && l > 0.0 ==> Lr(Lr(lr, k), l) == Lr(lr, k * l);
    lemma control_eps: \forall real lr, e, k; k > 0.0 ==> Eps(e, k) * Lr(lr, k) == e * lr; */

/*@ lemma beta_without_domain: \forall real b, k; k > 0.0 && 0.0 <= b < 1.0 ==> 0.0 <= Beta(b, k) < 1.0; */
/*@ lemma eps_multiplied: \forall real lr, e, k; k > 0.0 && lr > 0.0 ==> (e * \sqrt(k)) * Lr(lr, k) == e * lr; */
/*@ lemma linear_lr: \forall real lr, s, k; k > 0.0 ==> Sigma(s, k) * (lr * k) == s * lr; */
/*@ lemma beta_unscaled: \forall real lr, b, k; k > 0.0 && lr > 0.0 ==>
       (1.0 - b) / (Lr(lr, k) * Lr(lr, k)) == (1.0 - b) / (lr * lr); */
/*@ lemma no_ratio: \forall real lr, s, k; Sigma(s, k) * Lr(lr, k) == s * lr; */
/*@ lemma not_inverse: \forall real b, k; k > 0.0 ==> Beta(Beta(b, k), k) == b; */
/*@ lemma root_of_square: \forall real x; \sqrt(x * x) == x; */
/*@ lemma root_of_negative: \forall real x; \sqrt(x) >= 0.0; */
/*@ lemma half_open: \forall real b, k; k > 0.0 && 0.0 <= b <= 1.0 && k * (1.0 - b) < 1.0 ==> Beta(b, k) < 1.0; */
/*@ lemma quotient_by_zero: \forall real x, y; (x / y) * y == x; */
/*@ lemma wrong: \false; */
