(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The coefficients as plans and steps store them, against the real formulas of the binary64 hyper-parameters:

      weight     rnd (1 (-) beta)                     exact in binary64 when beta >= 1/2 (Sterbenz)
      step_size  rnd (lr (/) c1)                      c1 = one_minus_pow beta1 k
      inv_root   rnd (1 (/) sqrt c2)                  c2 = one_minus_pow beta2 k
      decay      rnd (lr (x) lambda)

    with rnd the identity in binary64 and one more rounding in binary32. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Flocq Require Import Core Sterbenz.
From Optcert.Rounding Require Import std_model relation one_minus_pow quotient moments adam.
Open Scope R_scope.

Notation normal64 := (normal 53 (-1074)). Notation normal32 := (normal 24 (-149)).
Local Instance prec_53 : Prec_gt_0 53. Proof. reflexivity. Qed.

(** * Conversion *)
Lemma to32 x : normal32 x -> Rel u32 (fl32 x) x.
Proof. apply (fl_rel 24 (-149) prec32). Qed.
Lemma u64_small : 0 < u64 <= / 2 ^ 29 * u32.
Proof.
  split; [apply u_pos|]. replace (/ 2 ^ 29) with (bpow radix2 (-29)) by (simpl; lra).
  unfold u. rewrite <- bpow_plus. apply bpow_le. lia.
Qed.
Lemma accuracy_small : 0 < accuracy <= / 2 ^ 40 * u64.
Proof.
  split; [apply bpow_gt_0|]. replace (/ 2 ^ 40) with (bpow radix2 (-40)) by (simpl; lra).
  unfold accuracy, u. rewrite <- bpow_plus. apply bpow_le. lia.
Qed.
Lemma normal32_of_64 x y : Rel u64 y x -> bpow radix2 (-125) <= x -> normal32 y.
Proof.
  intros (r & -> & H1 & _) H. right. pose proof u_1000. pose proof (exp_ge_lin (- u64)). pose proof (bpow_gt_0 radix2 (-126)).
  change (-125)%Z with (1 + -126)%Z in H. rewrite bpow_plus in H. change (bpow radix2 1) with 2 in H.
  change (-149 + 24 - 1)%Z with (-126)%Z. rewrite Rabs_pos_eq; nra.
Qed.

(** * 1 - beta *)
Section Weight.
Variable beta : R.
Hypotheses (Fb : F64 beta) (Hb : 0 <= beta < 1).
Definition weight_loss := if Rle_dec (/ 2) beta then 0 else u64.
Lemma weight_loss_range : 0 <= weight_loss <= u64.
Proof. unfold weight_loss. pose proof (u_pos 53). destruct Rle_dec; lra. Qed.
Lemma weight_loss_half : / 2 <= beta -> weight_loss = 0.
Proof. unfold weight_loss. destruct Rle_dec; [reflexivity | contradiction]. Qed.
Theorem weight64 : Rel weight_loss (fl64 (1 - beta)) (1 - beta).
Proof.
  pose proof (F_1 53 (-1074) prec64 emin64) as F1. unfold weight_loss. destruct Rle_dec as [H | H].
  - rewrite (fl_id 53 (-1074)); [apply Rel_refl|]. apply sterbenz; auto with typeclass_instances. lra.
  - now apply (fl_sub_rel 53 (-1074) prec64).
Qed.
Lemma weight64_le_1 : fl64 (1 - beta) <= 1.
Proof.
  rewrite <- (fl_id 53 (-1074) 1) at 2 by exact (F_1 53 (-1074) prec64 emin64). apply (fl_le 53 (-1074) prec64). lra.
Qed.
Definition weight32_stored := fl32 (fl64 (1 - beta)).
Theorem weight32 : Rel (u32 + weight_loss) weight32_stored (1 - beta).
Proof.
  apply Rel_trans with (fl64 (1 - beta)); [|apply weight64]. apply to32.
  apply (normal32_of_64 (1 - beta)); [exact (Rel_mono _ _ _ _ (proj2 weight_loss_range) weight64)|].
  pose proof (D_1_large beta Fb Hb) as L. unfold D in L. rewrite pow_1 in L.
  eapply Rle_trans; [|exact L]. apply bpow_le. lia.
Qed.
Lemma weight32_le_1 : weight32_stored <= 1.
Proof.
  unfold weight32_stored. rewrite <- (fl_id 24 (-149) 1) at 2 by exact (F_1 24 (-149) prec32 emin32).
  apply (fl_le 24 (-149) prec32), weight64_le_1.
Qed.
End Weight.

(** * Bias corrections *)
Section Bias.
Variables beta : R.
Hypotheses (Fb : F64 beta) (Hb : 0 <= beta < 1).
Variable k : N.
Hypotheses (Hk : (N.size_nat k <= 64)%nat) (Pk : (0 < k)%N).
Notation c := (one_minus_pow beta k). Notation C := (1 - beta ^ N.to_nat k).

Lemma C_range : 0 < C <= 1.
Proof.
  pose proof (D_large beta Fb Hb (N.to_nat k) ltac:(lia)) as L. pose proof (D_range beta Hb (N.to_nat k)) as R.
  unfold D in *. pose proof (bpow_gt_0 radix2 (-53)). lra.
Qed.
Lemma c_rel : Rel (u64 + 2 * accuracy) c C.
Proof. exact (one_minus_pow_relative beta Fb Hb k Hk Pk). Qed.

(** lr / (1 - beta^k) *)
Theorem step_size64 lr : normal64 (lr / c) -> Rel (2 * u64 + 2 * accuracy) (fl64 (lr / c)) (lr / C).
Proof.
  intros N. replace (2 * u64 + 2 * accuracy) with (u64 + (0 + (u64 + 2 * accuracy))) by ring.
  apply Rel_trans with (lr / c); [now apply (fl_rel 53 (-1074) prec64)|]. apply Rel_div; [apply Rel_refl | apply c_rel].
Qed.
(** 1 / sqrt (1 - beta^k) *)
Definition inv_root64 := fl64 (1 / fl64 (sqrt c)).
Lemma root_range : 0 < fl64 (sqrt c) <= 1.
Proof.
  pose proof C_range as CR. pose proof (Rel_pos _ _ _ c_rel (proj1 CR)) as P.
  assert (Fc : F64 c) by (destruct k; [lia|]; apply (F_fl 53 (-1074) prec64)).
  split.
  - apply (Rel_pos _ _ _ (fl_sqrt_rel 53 (-1074) prec64 emin64 _ Fc)). now apply sqrt_lt_R0.
  - rewrite <- (fl_id 53 (-1074) 1) by exact (F_1 53 (-1074) prec64 emin64). apply (fl_le 53 (-1074) prec64).
    rewrite <- sqrt_1. apply sqrt_le_1_alt. now apply one_minus_pow_le_1.
Qed.
Lemma inv_root64_ge_1 : 1 <= inv_root64.
Proof.
  unfold inv_root64. rewrite <- (fl_id 53 (-1074) 1) at 1 by exact (F_1 53 (-1074) prec64 emin64).
  apply (fl_le 53 (-1074) prec64). pose proof root_range. unfold Rdiv. rewrite Rmult_1_l, <- Rinv_1.
  apply Rinv_le_contravar; lra.
Qed.
Theorem inv_root64_rel : Rel (5 / 2 * u64 + accuracy) inv_root64 (/ sqrt C).
Proof.
  pose proof C_range as CR. pose proof root_range as RR.
  assert (Fc : F64 c) by (destruct k; [lia|]; apply (F_fl 53 (-1074) prec64)).
  assert (S : Rel (u64 + (u64 / 2 + accuracy)) (fl64 (sqrt c)) (sqrt C)).
  { apply Rel_trans with (sqrt c); [now apply (fl_sqrt_rel 53 (-1074) prec64 emin64)|].
    apply Rel_sqrt; [lra|]. replace (2 * (u64 / 2 + accuracy)) with (u64 + 2 * accuracy) by field. apply c_rel. }
  replace (5 / 2 * u64 + accuracy) with (u64 + (u64 + (u64 / 2 + accuracy))) by field.
  apply Rel_trans with (1 / fl64 (sqrt c)).
  - apply (fl_rel 53 (-1074) prec64). right. unfold Rdiv. rewrite Rmult_1_l.
    assert (1 <= / fl64 (sqrt c)) by (rewrite <- Rinv_1; apply Rinv_le_contravar; lra).
    rewrite Rabs_pos_eq by lra. apply Rle_trans with (bpow radix2 0); [apply bpow_le; lia | exact H].
  - unfold Rdiv. rewrite Rmult_1_l. now apply Rel_inv.
Qed.
Lemma inv_root32 : Rel (u32 + (5 / 2 * u64 + accuracy)) (fl32 inv_root64) (/ sqrt C) /\ 1 <= fl32 inv_root64.
Proof.
  pose proof inv_root64_ge_1 as G. split.
  - apply Rel_trans with inv_root64; [|apply inv_root64_rel]. apply to32. right. rewrite Rabs_pos_eq by lra.
    apply Rle_trans with (bpow radix2 0); [apply bpow_le; lia | exact G].
  - rewrite <- (fl_id 24 (-149) 1) by exact (F_1 24 (-149) prec32 emin32). now apply (fl_le 24 (-149) prec32).
Qed.
Lemma inv_sqrt_nonneg : 0 <= / sqrt C.
Proof. left. apply Rinv_0_lt_compat, sqrt_lt_R0, C_range. Qed.
End Bias.

(** * The coefficients of one step of Adam *)
Section Step.
Variables b1 b2 lr e : R.
Hypotheses (F1 : F64 b1) (H1 : 0 <= b1 < 1) (F2 : F64 b2) (H2 : 0 <= b2 < 1) (Hlr : 0 <= lr) (Fe : F64 e) (He : 0 <= e).
Variable k : N.
Hypotheses (Hk : (N.size_nat k <= 64)%nat) (Pk : (0 < k)%N).

Definition meant := {| beta1 := b1; weight1 := 1 - b1; beta2 := b2; weight2 := 1 - b2; eps := e;
  step_size := lr / (1 - b1 ^ N.to_nat k); inv_root := / sqrt (1 - b2 ^ N.to_nat k) |}.
Definition stored64 := {| beta1 := b1; weight1 := fl64 (1 - b1); beta2 := b2; weight2 := fl64 (1 - b2); eps := e;
  step_size := fl64 (lr / one_minus_pow b1 k); inv_root := inv_root64 b2 k |}.
Definition stored32 := {| beta1 := fl32 b1; weight1 := weight32_stored b1; beta2 := fl32 b2; weight2 := weight32_stored b2;
  eps := fl32 e; step_size := fl32 (fl64 (lr / one_minus_pow b1 k)); inv_root := fl32 (inv_root64 b2 k) |}.

Lemma meant_step_size : 0 <= step_size meant.
Proof.
  clear H2. cbn [step_size meant]. pose proof (C_range b1 F1 H1 k Hk Pk). apply Rmult_le_pos; auto. left. now apply Rinv_0_lt_compat.
Qed.
Theorem stored64_close : normal64 (lr / one_minus_pow b1 k) ->
  close 53 (weight_loss b1) 0 (weight_loss b2) (2 * u64 + 2 * accuracy) (5 / 2 * u64 + accuracy) stored64 meant.
Proof.
  intros N. pose proof (weight_loss_range b1) as [W _]. pose proof (u_pos 53). constructor; cbn [beta1 weight1 beta2 weight2 eps step_size inv_root stored64 stored32 meant].
  - now apply Rel_refl_le.
  - now apply weight64.
  - apply Rel_refl.
  - now apply weight64.
  - apply Rel_refl_le. lra.
  - now apply step_size64.
  - now apply inv_root64_rel.
Qed.
Theorem stored64_sane : sane 53 (-1074) stored64 meant.
Proof.
  pose proof meant_step_size as P. constructor; cbn [beta1 weight1 beta2 weight2 eps step_size inv_root stored64 stored32 meant] in *; auto; try lra.
  - now apply weight64_le_1.
  - now apply inv_root64_ge_1.
  - now apply inv_sqrt_nonneg.
Qed.
Theorem stored32_close :
  normal64 (lr / one_minus_pow b1 k) -> normal32 (fl64 (lr / one_minus_pow b1 k)) ->
  normal32 b1 -> normal32 b2 -> normal32 e ->
  close 24 (u32 + weight_loss b1) u32 (u32 + weight_loss b2) (u32 + (2 * u64 + 2 * accuracy))
    (u32 + (5 / 2 * u64 + accuracy)) stored32 meant.
Proof.
  intros N N32 N1 N2 Ne. pose proof (weight_loss_range b1) as [W _]. pose proof (u_pos 24). constructor; cbn [beta1 weight1 beta2 weight2 eps step_size inv_root stored64 stored32 meant].
  - apply Rel_mono with u32; [lra | now apply to32].
  - now apply weight32.
  - now apply to32.
  - now apply weight32.
  - now apply to32.
  - apply Rel_trans with (fl64 (lr / one_minus_pow b1 k)); [now apply to32 | now apply step_size64].
  - now apply inv_root32.
Qed.
Theorem stored32_sane : sane 24 (-149) stored32 meant.
Proof.
  pose proof meant_step_size as P. constructor; cbn [beta1 weight1 beta2 weight2 eps step_size inv_root stored64 stored32 meant] in *; auto; try lra.
  - apply (F_fl 24 (-149) prec32).
  - now apply weight32_le_1.
  - now apply inv_root32.
  - now apply inv_sqrt_nonneg.
Qed.
End Step.

(** AdamW's decay lr lambda *)
Theorem decay64 lr lambda : normal64 (lr * lambda) -> Rel u64 (fl64 (lr * lambda)) (lr * lambda).
Proof. apply (fl_rel 53 (-1074) prec64). Qed.
Theorem decay32 lr lambda : normal64 (lr * lambda) -> normal32 (fl64 (lr * lambda)) ->
  Rel (u32 + u64) (fl32 (fl64 (lr * lambda))) (lr * lambda).
Proof. intros N N32. apply Rel_trans with (fl64 (lr * lambda)); [now apply to32 | now apply decay64]. Qed.
