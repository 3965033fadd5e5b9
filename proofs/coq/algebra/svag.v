(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** SVAG (MLPA Sect. 6): g^ = r1 g1 + r2 g2 from two independent gradients of one oracle, r1,2 = (1 +- sqrt(2 l^2 - 1)) / 2.

    Power sums of r1, r2 to order 4, hence the cumulants of the noise: the mean is kept, the variance grows by l^2, the
    third cumulant by (3 l^2 - 1)/2, the fourth by (l^4 + 2 l^2 - 1)/2; relative skewness decays like 1/l. *)
From Coq Require Import Reals Lra Psatz.
Open Scope R_scope.

Definition r1 l := (1 + sqrt (2 * l ^ 2 - 1)) / 2.
Definition r2 l := (1 - sqrt (2 * l ^ 2 - 1)) / 2.

Section Svag.
Variable l : R.
Hypothesis Hl : 1 <= l.

Lemma root_squared : sqrt (2 * l ^ 2 - 1) ^ 2 = 2 * l ^ 2 - 1.
Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. nra. Qed.
Theorem svag_sum : r1 l + r2 l = 1.
Proof. unfold r1, r2; field. Qed.
Theorem svag_square : r1 l ^ 2 + r2 l ^ 2 = l ^ 2.
Proof. unfold r1, r2. pose proof root_squared. nra. Qed.
Theorem svag_cube : r1 l ^ 3 + r2 l ^ 3 = (3 * l ^ 2 - 1) / 2.
Proof. unfold r1, r2. pose proof root_squared. nra. Qed.
Theorem svag_fourth : r1 l ^ 4 + r2 l ^ 4 = (l ^ 4 + 2 * l ^ 2 - 1) / 2.
Proof.
  replace (r1 l ^ 4 + r2 l ^ 4) with ((r1 l ^ 2 + r2 l ^ 2) ^ 2 - 2 * (r1 l * r2 l) ^ 2) by ring.
  rewrite svag_square. replace (r1 l * r2 l) with (((r1 l + r2 l) ^ 2 - (r1 l ^ 2 + r2 l ^ 2)) / 2) by field.
  rewrite svag_sum, svag_square. field.
Qed.

(** Moments of the noise r1 z1 + r2 z2 for independent centred z1, z2 with moments m2, m3, m4: the cross terms of
    odd order vanish by independence and centring, which the expansion below makes explicit. *)
Variables m2 m3 m4 : R.
(** E (r1 z1 + r2 z2)^n by the binomial expansion, E z1^i z2^j = mom i * mom j *)
Definition mom (n : nat) := match n with O => 1 | 1%nat => 0 | 2%nat => m2 | 3%nat => m3 | _ => m4 end.
Definition noise_moment (n : nat) :=
  sum_f_R0 (fun i => C n i * (r1 l ^ i * mom i) * (r2 l ^ (n - i) * mom (n - i))) n.
Theorem svag_mean : noise_moment 1 = 0.
Proof. unfold noise_moment, C; simpl. field. Qed.
Theorem svag_variance : noise_moment 2 = l ^ 2 * m2.
Proof. rewrite <- svag_square. unfold noise_moment, C; simpl. field. Qed.
Theorem svag_third : noise_moment 3 = (3 * l ^ 2 - 1) / 2 * m3.
Proof. rewrite <- svag_cube. unfold noise_moment, C; simpl. field. Qed.
(** The fourth cumulant m4 - 3 m2^2 is multiplied by r1^4 + r2^4. *)
Theorem svag_fourth_cumulant :
  noise_moment 4 - 3 * (l ^ 2 * m2) ^ 2 = (l ^ 4 + 2 * l ^ 2 - 1) / 2 * (m4 - 3 * m2 ^ 2).
Proof. rewrite <- svag_fourth, <- svag_square. unfold noise_moment, C; simpl. field. Qed.

(** Relative skewness: the third moment against the standard deviation's cube, with scale l. *)
Theorem svag_skewness_factor : Rabs ((r1 l ^ 3 + r2 l ^ 3) / l ^ 3) <= 3 / (2 * l).
Proof.
  rewrite svag_cube. assert (P : 0 < l ^ 3) by (apply pow_lt; lra). rewrite Rabs_pos_eq.
  2: { apply Rmult_le_pos; [nra|]. left; now apply Rinv_0_lt_compat. }
  apply (Rmult_le_reg_r (l ^ 3)); auto.
  replace ((3 * l ^ 2 - 1) / 2 / l ^ 3 * l ^ 3) with ((3 * l ^ 2 - 1) / 2) by (field; lra).
  replace (3 / (2 * l) * l ^ 3) with (3 * l ^ 2 / 2) by (field; lra). lra.
Qed.
Theorem svag_skewness : 0 < m2 ->
  Rabs (noise_moment 3 / sqrt (noise_moment 2) ^ 3) <= 3 / (2 * l) * Rabs (m3 / sqrt m2 ^ 3).
Proof.
  intros P2. rewrite svag_third, svag_variance, sqrt_mult by nra.
  replace (sqrt (l ^ 2)) with l by (symmetry; replace (l ^ 2) with (l * l) by ring; apply sqrt_square; lra).
  assert (S : sqrt m2 <> 0) by (apply Rgt_not_eq, sqrt_lt_R0; auto).
  replace ((3 * l ^ 2 - 1) / 2 * m3 / (l * sqrt m2) ^ 3)
    with ((r1 l ^ 3 + r2 l ^ 3) / l ^ 3 * (m3 / sqrt m2 ^ 3)) by (rewrite svag_cube; field; split; auto; lra).
  rewrite Rabs_mult. apply Rmult_le_compat_r; [apply Rabs_pos|]. apply svag_skewness_factor.
Qed.
End Svag.

(** SVAG's hyper-parameters keep the limit of MLPA at scale l sigma and lr eta/l: sigma0, eps0 and c are unchanged. *)
Theorem svag_keeps_limit l eta omb eps sigma : 1 <= l -> eta <> 0 ->
  (l * sigma) * (eta / l) = sigma * eta /\ (eps * l) * (eta / l) = eps * eta /\ (omb / l ^ 2) / (eta / l) ^ 2 = omb / eta ^ 2.
Proof. intros. repeat split; field; lra. Qed.
