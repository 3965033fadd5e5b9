(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** SVAG's coefficients r1,2 = (1 +- sqrt (2 l^2 - 1)) / 2 as the library computes them in binary64. r1 is relatively
    accurate; r2 cancels near l = 1 and is accurate against the root. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Flocq Require Import Core.
From Optcert.Rounding Require Import std_model relation one_minus_pow.
Open Scope R_scope.

Notation F := F64. Notation fl := fl64. Notation u := u64.

Section Svag.
Variable l : R.
Hypotheses (Fl : F l) (Hl : 1 <= l).
Definition radicand := let ll := fl (l * l) in fl (fl (ll + ll) - 1).
Definition root := fl (sqrt radicand).
Definition r1_stored := fl (/ 2 * fl (1 + root)).
Definition r2_stored := fl (/ 2 * fl (1 - root)).
Notation W := (2 * l ^ 2 - 1).

Lemma Rel_of_abs_tight x y a : 0 < y -> 0 <= a <= / 100 -> Rabs (x - y) <= a * y -> Rel (1.02 * a) x y.
Proof.
  intros P Ha H. exists (x / y). split; [field; lra|].
  assert (B : Rabs (x / y - 1) <= a).
  { replace (x / y - 1) with ((x - y) * / y) by (field; lra).
    rewrite Rabs_mult, (Rabs_pos_eq (/ y)) by (left; now apply Rinv_0_lt_compat).
    apply Rmult_le_reg_r with y; auto. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  apply Rabs_le_inv in B. pose proof (exp_ge_lin (1.02 * a)). rewrite exp_neg. split; [|lra].
  apply Rle_trans with (/ (1 + 1.02 * a)); [apply Rinv_le_contravar; lra|].
  apply Rmult_le_reg_r with (1 + 1.02 * a); [lra|]. rewrite Rinv_l by lra. nra.
Qed.
Lemma exp_lin a : 0 <= a <= / 100 -> exp a - 1 <= 1.02 * a.
Proof.
  intros H. pose proof (exp_gamma a (/ 100)) as G. pose proof (exp_gamma a a (Rle_refl a) ltac:(lra)) as G1. unfold gamma in G1.
  eapply Rle_trans; [exact G1|]. apply Rmult_le_reg_r with (1 - a); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
Qed.

Lemma root_rel : Rel (3.7 * u) root (sqrt W).
Proof.
  pose proof u_1000 as U. assert (L2 : 1 <= l ^ 2) by nra.
  assert (A : Rel u (fl (l * l)) (l ^ 2)).
  { replace (l ^ 2) with (l * l) by ring. apply (fl_rel 53 (-1074) prec64). right. rewrite Rabs_pos_eq by nra.
    apply Rle_trans with (bpow radix2 0); [apply bpow_le; lia | simpl; nra]. }
  assert (B : Rel (u + u) (fl (fl (l * l) + fl (l * l))) (2 * l ^ 2)).
  { apply Rel_trans with (fl (l * l) + fl (l * l)); [apply (fl_add_rel 53 (-1074) prec64); apply (F_fl 53 (-1074) prec64)|].
    replace (2 * l ^ 2) with (l ^ 2 + l ^ 2) by ring. rewrite <- (Rmax_left u u) by lra. apply Rel_add; auto; lra. }
  set (t := fl (fl (l * l) + fl (l * l))) in *. assert (Ft : F t) by (apply (F_fl 53 (-1074) prec64)).
  assert (C : Rel (1.02 * (4.1 * u)) (t - 1) W).
  { apply Rel_of_abs_tight; [lra | lra |]. replace (t - 1 - W) with (t - 2 * l ^ 2) by ring.
    eapply Rle_trans; [apply (Rel_err (u + u)); [lra | exact B]|]. rewrite Rabs_pos_eq by lra.
    pose proof (exp_lin (u + u) ltac:(lra)) as E.
    apply Rle_trans with (1.02 * (u + u) * (2 * l ^ 2)); [apply Rmult_le_compat_r; lra|]. nra. }
  assert (G : Rel (u + 1.02 * (4.1 * u)) radicand W).
  { apply Rel_trans with (t - 1); auto. apply (fl_sub_rel 53 (-1074) prec64); auto. exact (F_1 53 (-1074) prec64 emin64). }
  apply (Rel_mono (u + (u + 1.02 * (4.1 * u)) / 2)); [lra|]. apply Rel_trans with (sqrt radicand).
  - apply (fl_sqrt_rel 53 (-1074) prec64 emin64). apply (F_fl 53 (-1074) prec64).
  - apply Rel_sqrt; [lra|]. replace (2 * ((u + 1.02 * (4.1 * u)) / 2)) with (u + 1.02 * (4.1 * u)) by field. exact G.
Qed.
Lemma sqrt_W : 1 <= sqrt W.
Proof. rewrite <- sqrt_1 at 1. apply sqrt_le_1_alt. nra. Qed.

Theorem r1_error : Rabs (r1_stored - (1 + sqrt W) / 2) <= 6 * u * ((1 + sqrt W) / 2).
Proof.
  pose proof u_1000 as U. pose proof sqrt_W as P. pose proof root_rel as RR. pose proof (Rel_nonneg _ _ _ RR ltac:(lra)) as P0.
  assert (F1 : F 1) by exact (F_1 53 (-1074) prec64 emin64). assert (Fr : F root) by (apply (F_fl 53 (-1074) prec64)).
  assert (A : Rel (u + 3.7 * u) (fl (1 + root)) (1 + sqrt W)).
  { apply Rel_trans with (1 + root); [now apply (fl_add_rel 53 (-1074) prec64)|]. rewrite <- (Rmax_right 0 (3.7 * u)) by lra.
    apply Rel_add; auto using Rel_refl; lra. }
  assert (B : Rel (u + (0 + (u + 3.7 * u))) r1_stored (/ 2 * (1 + sqrt W))).
  { apply Rel_trans with (/ 2 * fl (1 + root)); [|apply Rel_mul; auto using Rel_refl].
    apply (fl_rel 53 (-1074) prec64). right.
    assert (O : 1 <= fl (1 + root)).
    { rewrite <- (fl_id 53 (-1074) 1 F1) at 1. apply (fl_le 53 (-1074) prec64). lra. }
    rewrite Rabs_pos_eq by lra. apply Rle_trans with (bpow radix2 (-1)); [apply bpow_le; lia | simpl; lra]. }
  replace ((1 + sqrt W) / 2) with (/ 2 * (1 + sqrt W)) by field.
  eapply Rle_trans; [eapply Rel_err; [|exact B]; lra|]. rewrite Rabs_pos_eq by lra. apply Rmult_le_compat_r; [lra|].
  eapply Rle_trans; [apply exp_lin; lra | lra].
Qed.
Theorem r2_error : Rabs (r2_stored - (1 - sqrt W) / 2) <= 3.1 * u * sqrt W.
Proof.
  pose proof u_1000 as U. pose proof sqrt_W as P. pose proof root_rel as RR.
  assert (F1 : F 1) by exact (F_1 53 (-1074) prec64 emin64). assert (Fr : F root) by (apply (F_fl 53 (-1074) prec64)).
  assert (E : Rabs (root - sqrt W) <= 3.78 * u * sqrt W).
  { eapply Rle_trans; [eapply Rel_err; [|exact RR]; lra|]. rewrite Rabs_pos_eq by lra. apply Rmult_le_compat_r; [lra|].
    eapply Rle_trans; [apply exp_lin; lra | lra]. }
  pose proof (fl_sub_exact 53 (-1074) prec64 1 root (sqrt W) _ F1 Fr E) as D.
  pose proof (fl_abs 53 (-1074) prec64 (/ 2 * fl (1 - root))) as H. fold r2_stored in H.
  assert (T : tiny64 <= / 1000 * (u * 1)).
  { apply Rle_trans with (bpow radix2 (-10) * (u * 1)).
    - unfold std_model.tiny, std_model.u. rewrite Rmult_1_r, <- bpow_plus. apply bpow_le. lia.
    - apply Rmult_le_compat_r; [lra|]. simpl. lra. }
  set (S := sqrt W) in *. set (d := fl (1 - root)) in *.
  assert (N : Rabs (1 - S) <= S) by (rewrite Rabs_left1; lra).
  assert (us : u <= u * S) by nra. assert (uS : u * S <= / 1000 * S) by (apply Rmult_le_compat_r; lra).
  assert (A1 : u * Rabs (1 - S) <= u * S) by (apply Rmult_le_compat_l; lra).
  assert (A2 : (1 + u) * (3.78 * u * S) <= 3.79 * (u * S)) by nra.
  assert (D2 : Rabs (d - (1 - S)) <= 4.79 * (u * S)) by lra.
  assert (Bd : Rabs d <= 1.01 * S).
  { replace d with ((d - (1 - S)) + (1 - S)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  rewrite Rabs_mult, (Rabs_pos_eq (/ 2)) in H by lra.
  assert (A3 : u * (/ 2 * Rabs d) <= u * (/ 2 * (1.01 * S))) by (apply Rmult_le_compat_l; lra).
  replace (r2_stored - (1 - S) / 2) with ((r2_stored - / 2 * d) + / 2 * (d - (1 - S))) by field.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite (Rabs_mult (/ 2) (d - (1 - S))), (Rabs_pos_eq (/ 2)) by lra. lra.
Qed.
End Svag.
