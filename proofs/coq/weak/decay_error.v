(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Exponential decay against its Euler scheme: (1 - z)^k and exp(-k z). *)
From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums taylor.
Open Scope R_scope.

Lemma pow_diff_le p q k : Rabs p <= 1 -> Rabs q <= 1 -> Rabs (p ^ k - q ^ k) <= INR k * Rabs (p - q).
Proof.
  intros Hp Hq. induction k.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - rewrite S_INR. replace (p ^ S k - q ^ S k) with (p * (p ^ k - q ^ k) + (p - q) * q ^ k) by (simpl; ring).
    replace ((INR k + 1) * Rabs (p - q)) with (1 * (INR k * Rabs (p - q)) + Rabs (p - q) * 1) by ring.
    apply abs_plus_le; apply abs_mult_le; auto; try lra. rewrite <- (pow1 k). now apply abs_pow_le.
Qed.

Lemma exp_neg_unit z : 0 <= z -> 0 < exp (- z) <= 1.
Proof. intros [H|<-]; split; try apply exp_pos. left. rewrite <- exp_0. apply exp_increasing; lra. rewrite Ropp_0, exp_0; lra. Qed.

(* 0 <= e^{-z} - (1 - z) <= z^2/2, from the mean value theorem along s -> z s. *)
Lemma exp_bounds z : 0 <= z -> 0 <= exp (- z) - (1 - z) <= z ^ 2 / 2.
Proof.
  intros Hz. split; [pose proof (exp_ineq1_le (- z)); lra|].
  apply Rle_trans with (Rabs (exp (- (z * 1)) - (1 - z * 1))). { rewrite !Rmult_1_r. apply Rle_abs. }
  replace (z ^ 2 / 2) with (z ^ 2 * (1 ^ 2 / 2)) by field.
  apply (mvt_bound (fun s => exp (- (z * s)) - (1 - z * s)) (fun s => z * (1 - exp (- (z * s)))) (fun s => z ^ 2 * (s ^ 2 / 2)) (fun s => z ^ 2 * s)).
  - intros s Hs. auto_derive; auto. ring.
  - intros s Hs. auto_derive; auto. field.
  - intros s Hs. replace (z ^ 2 * s) with (z * (z * s)) by ring. apply abs_mult_le. now apply abs_pos_le.
    assert (0 <= z * s) by mpos. pose proof (exp_neg_unit _ H). rewrite Rabs_pos_eq by lra.
    pose proof (exp_ineq1_le (- (z * s))). lra.
  - rewrite Rmult_0_r, Ropp_0, exp_0. ring.
  - field.
  - lra.
Qed.

Lemma exp_pow z k : exp (- z) ^ k = exp (- (INR k * z)).
Proof.
  induction k. simpl; rewrite Rmult_0_l, Ropp_0, exp_0; ring.
  rewrite S_INR, Rmult_plus_distr_r, Ropp_plus_distr, exp_plus, <- IHk, Rmult_1_l. simpl; ring.
Qed.

Theorem decay_error z k : 0 <= z <= 1 -> 0 <= exp (- (INR k * z)) - (1 - z) ^ k <= INR k * (z ^ 2 / 2).
Proof.
  intros Hz. rewrite <- exp_pow. assert (B := exp_bounds z (proj1 Hz)). assert (E := exp_neg_unit z (proj1 Hz)). split.
  - assert ((1 - z) ^ k <= exp (- z) ^ k) by (apply pow_incr; lra). lra.
  - eapply Rle_trans; [apply Rle_abs|]. eapply Rle_trans; [apply pow_diff_le; rewrite Rabs_pos_eq; lra|].
    apply Rmult_le_compat_l. apply pos_INR. rewrite Rabs_pos_eq; lra.
Qed.
