(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The weight Q x = 1 + sum x_i^2 (i in sq) + sum |x_i| (i in ab) and its growth under graded increments. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Optcert.Weak Require Import sums expect taylor.
Open Scope R_scope.

Section Weight.
Context {I : Type}.
Variables sq ab : list I.

Definition quad (x : @state I) : R := 1 + sumf sq (fun i => x i ^ 2) + sumf ab (fun i => Rabs (x i)).
Definition size := INR (length sq + length ab).

Lemma size_pos : 0 <= size. Proof. apply pos_INR. Qed.
Lemma size_split : size = INR (length sq) + INR (length ab). Proof. apply plus_INR. Qed.

Lemma sq_sum_pos x : 0 <= sumf sq (fun i => x i ^ 2). Proof. apply sumf_pos; intros; apply pow2_ge_0. Qed.
Lemma ab_sum_pos (x : @state I) : 0 <= sumf ab (fun i => Rabs (x i)). Proof. apply sumf_pos; intros; apply Rabs_pos. Qed.

Lemma quad_ge_1 x : 1 <= quad x.
Proof. unfold quad. pose proof (sq_sum_pos x). pose proof (ab_sum_pos x). lra. Qed.
Lemma root_ge_1 x : 1 <= sqrt (quad x).
Proof. rewrite <- sqrt_1. apply sqrt_le_1_alt, quad_ge_1. Qed.
Lemma root_sq x : sqrt (quad x) ^ 2 = quad x.
Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. pose proof (quad_ge_1 x). lra. Qed.

Lemma quad_sq x i : In i sq -> Rabs (x i) <= sqrt (quad x).
Proof.
  intros Hi. rewrite <- sqrt_Rsqr_abs. apply sqrt_le_1_alt. rewrite Rsqr_pow2. unfold quad.
  assert (x i ^ 2 <= sumf sq (fun i => x i ^ 2)) by (apply (sumf_term sq (fun i => x i ^ 2)); auto; intros; apply pow2_ge_0).
  pose proof (ab_sum_pos x). lra.
Qed.
Lemma quad_ab x i : In i ab -> Rabs (x i) <= quad x.
Proof.
  intros Hi. unfold quad.
  assert (Rabs (x i) <= sumf ab (fun i => Rabs (x i))) by (apply (sumf_term ab (fun i => Rabs (x i))); auto; intros; apply Rabs_pos).
  pose proof (sq_sum_pos x). lra.
Qed.

Section Increment.
Variables (eta : R) (x d : @state I) (Z : R).
Hypothesis eta_unit : 0 <= eta <= 1.
Hypothesis Z_ge_1 : 1 <= Z.
Hypothesis d_sq : forall i, In i sq -> Rabs (d i) <= eta * sqrt (quad x) * Z.
Hypothesis d_ab : forall i, In i ab -> Rabs (d i) <= eta ^ 2 * quad x * Z ^ 2.

Lemma eta_sq : 0 <= eta ^ 2 <= eta /\ eta ^ 2 <= 1.
Proof. simpl. nra. Qed.
Lemma d_sq2 i : In i sq -> d i ^ 2 <= eta ^ 2 * quad x * Z ^ 2.
Proof.
  intros Hi. rewrite <- pow2_abs. rewrite <- (root_sq x), <- !Rpow_mult_distr. apply pow_incr.
  split; auto using Rabs_pos.
Qed.
Lemma QZ_pos : 0 <= quad x * Z ^ 2.
Proof. pose proof (quad_ge_1 x). apply Rmult_le_pos. lra. apply pow2_ge_0. Qed.

Lemma quad_along s : 0 <= s <= 1 -> quad (along x d s) <= (2 + 2 * size) * quad x * Z ^ 2.
Proof.
  intros Hs. pose proof eta_sq as (e1 & e2). pose proof QZ_pos as P. pose proof (quad_ge_1 x) as Q1.
  assert (Z2 : 1 <= Z ^ 2) by now apply pow_ge_1.
  assert (A : sumf sq (fun i => along x d s i ^ 2) <= 2 * sumf sq (fun i => x i ^ 2) + INR (length sq) * (2 * (quad x * Z ^ 2))).
  { rewrite <- sumf_scal, <- sumf_const, <- sumf_plus. apply sumf_le. intros i Hi. unfold along.
    pose proof (d_sq2 i Hi) as H. assert (s ^ 2 <= 1) by (simpl; nra).
    assert ((s * d i) ^ 2 <= quad x * Z ^ 2).
    { rewrite Rpow_mult_distr. rewrite Rmult_assoc in H. pose proof (pow2_ge_0 (d i)). pose proof (pow2_ge_0 s). nra. }
    pose proof (pow2_ge_0 (x i - s * d i)). simpl in *; lra. }
  assert (B : sumf ab (fun i => Rabs (along x d s i)) <= sumf ab (fun i => Rabs (x i)) + INR (length ab) * (quad x * Z ^ 2)).
  { rewrite <- sumf_const, <- sumf_plus. apply sumf_le. intros i Hi. unfold along.
    apply abs_plus_le. lra. rewrite Rabs_mult, (Rabs_pos_eq s) by lra.
    specialize (d_ab i Hi). rewrite Rmult_assoc in d_ab. pose proof (Rabs_pos (d i)). nra. }
  unfold quad at 1. rewrite size_split.
  pose proof (pos_INR (length sq)). pose proof (pos_INR (length ab)). pose proof (ab_sum_pos x). pose proof (sq_sum_pos x).
  assert (1 + 2 * sumf sq (fun i => x i ^ 2) + sumf ab (fun i => Rabs (x i)) <= 2 * quad x) by (unfold quad; lra).
  assert (2 * quad x <= 2 * (quad x * Z ^ 2)) by nra.
  assert (0 <= INR (length ab) * (quad x * Z ^ 2)) by (now apply Rmult_le_pos).
  lra.
Qed.

Lemma quad_inc : Rabs (quad (add x d) - quad x) <= eta * (3 * size) * quad x * Z ^ 2.
Proof.
  pose proof eta_sq as (e1 & e2). pose proof QZ_pos as P. pose proof (quad_ge_1 x) as Q1.
  pose proof (root_ge_1 x) as R1. pose proof (root_sq x) as R2.
  replace (quad (add x d) - quad x) with (sumf sq (fun i => add x d i ^ 2 - x i ^ 2) + sumf ab (fun i => Rabs (add x d i) - Rabs (x i)))
    by (rewrite !sumf_minus; unfold quad; ring).
  rewrite size_split.
  replace (eta * (3 * (INR (length sq) + INR (length ab))) * quad x * Z ^ 2)
    with (INR (length sq) * (3 * (eta * (quad x * Z ^ 2))) + INR (length ab) * (3 * (eta * (quad x * Z ^ 2)))) by ring.
  rewrite <- !sumf_const. apply abs_plus_le; apply sumf_abs_le; intros i Hi; unfold add.
  - replace ((x i + d i) ^ 2 - x i ^ 2) with (2 * x i * d i + d i ^ 2) by ring.
    replace (3 * (eta * (quad x * Z ^ 2))) with (2 * (sqrt (quad x)) * (eta * sqrt (quad x) * Z) * Z + eta * (quad x * Z ^ 2))
      by (rewrite <- R2 at 3 4; ring).
    apply abs_plus_le.
    + apply Rle_trans with (2 * sqrt (quad x) * (eta * sqrt (quad x) * Z)).
      * apply abs_mult_le; auto. apply abs_mult_le. rewrite Rabs_pos_eq; lra. now apply quad_sq.
      * assert (0 <= 2 * sqrt (quad x) * (eta * sqrt (quad x) * Z)) by (repeat apply Rmult_le_pos; lra). nra.
    + rewrite Rabs_pos_eq by apply pow2_ge_0. eapply Rle_trans; [now apply d_sq2|]. rewrite Rmult_assoc. apply Rmult_le_compat_r; lra.
  - apply Rle_trans with (Rabs (d i)).
    + replace (d i) with ((x i + d i) - x i) at 2 by ring. apply Rabs_triang_inv2.
    + eapply Rle_trans; [now apply d_ab|]. rewrite Rmult_assoc. nra.
Qed.

Lemma quad_inc_above : quad (add x d) - quad x <= sumf sq (fun i => 2 * x i * d i) + size * (eta ^ 2 * quad x * Z ^ 2).
Proof.
  replace (quad (add x d) - quad x) with (sumf sq (fun i => add x d i ^ 2 - x i ^ 2) + sumf ab (fun i => Rabs (add x d i) - Rabs (x i)))
    by (rewrite !sumf_minus; unfold quad; ring).
  rewrite size_split, Rmult_plus_distr_r, <- Rplus_assoc, <- !sumf_const, <- sumf_plus.
  apply Rplus_le_compat; apply sumf_le; intros i Hi; unfold add.
  - pose proof (d_sq2 i Hi). simpl in *; lra.
  - pose proof (d_ab i Hi). pose proof (Rabs_triang (x i) (d i)). lra.
Qed.
End Increment.

(* In mean Q grows by a factor 1 + O(eta^2). *)
Section Mean.
Context {Om : Type}.
Variables (E : expectation Om) (eta : R) (x : @state I) (d : Om -> @state I) (Z : Om -> R) (w : nat) (km mu : R).
Hypothesis w_pos : (1 <= w)%nat.
Hypothesis km_pos : 0 <= km.
Hypothesis eta_unit : 0 <= eta <= 1.
Hypothesis Z_ge_1 : forall o, 1 <= Z o.
Hypothesis d_sq : forall o i, In i sq -> Rabs (d o i) <= eta * sqrt (quad x) * Z o.
Hypothesis d_ab : forall o i, In i ab -> Rabs (d o i) <= eta ^ 2 * quad x * Z o ^ 2.
Hypothesis d_sign : forall o i, In i ab -> 0 <= x i /\ 0 <= x i + d o i.
Hypothesis int_sq : forall i, In i sq -> intg E (fun o => d o i) /\ intg E (fun o => d o i * d o i).
Hypothesis int_ab : forall i, In i ab -> intg E (fun o => d o i).
Hypothesis mean_sq : forall i, In i sq -> Rabs (ex E (fun o => d o i)) <= km * eta ^ 2 * sqrt (quad x).
Hypothesis int_Z : intg E (fun o => Z o ^ (2 * w)).
Hypothesis mean_Z : ex E (fun o => Z o ^ (2 * w)) <= mu.

Lemma quad_int : intg E (fun o => quad (add x (d o)) - quad x).
Proof.
  eapply intg_ext; [|apply (intg_plus E (fun o => sumf sq (fun i => 2 * x i * d o i + d o i * d o i)) (fun o => sumf ab (fun i => d o i)))].
  - intros o. unfold quad.
    replace (1 + sumf sq (fun i => add x (d o) i ^ 2) + sumf ab (fun i => Rabs (add x (d o) i)) - (1 + sumf sq (fun i => x i ^ 2) + sumf ab (fun i => Rabs (x i))))
      with (sumf sq (fun i => add x (d o) i ^ 2 - x i ^ 2) + sumf ab (fun i => Rabs (add x (d o) i) - Rabs (x i))) by (rewrite !sumf_minus; ring).
    f_equal; apply sumf_ext; intros i Hi; unfold add. ring.
    destruct (d_sign o i Hi). rewrite !Rabs_pos_eq by lra. ring.
  - apply (intg_sumf E sq (fun i o => 2 * x i * d o i + d o i * d o i)). intros i Hi. destruct (int_sq i Hi).
    apply intg_plus; auto. now apply (intg_scal E (2 * x i) (fun o => d o i)).
  - apply (intg_sumf E ab (fun i o => d o i)); auto.
Qed.

Lemma quad_mean : ex E (fun o => quad (add x (d o)) - quad x) <= (size * (2 * km + mu)) * eta ^ 2 * quad x.
Proof.
  pose proof (quad_ge_1 x) as Q1. pose proof (root_ge_1 x) as R1. pose proof (root_sq x) as R2. assert (e := pow2_ge_0 eta).
  assert (IS : intg E (fun o => sumf sq (fun i => 2 * x i * d o i))).
  { apply (intg_sumf E sq (fun i o => 2 * x i * d o i)). intros i Hi. apply (intg_scal E (2 * x i) (fun o => d o i)). now apply int_sq. }
  eapply Rle_trans.
  - apply (ex_mono E _ (fun o => sumf sq (fun i => 2 * x i * d o i) + size * (eta ^ 2 * quad x) * Z o ^ (2 * w))).
    + apply quad_int.
    + apply intg_plus; auto. now apply intg_scal.
    + intros o. eapply Rle_trans; [apply (quad_inc_above eta x (d o) (Z o)); auto|].
      apply Rplus_le_compat_l. rewrite (Rmult_assoc size). apply Rmult_le_compat_l. apply size_pos.
      apply Rmult_le_compat_l. apply Rmult_le_pos; lra. apply Rle_pow; auto; lia.
  - rewrite ex_plus, ex_scal by (auto using intg_scal).
    rewrite (ex_sumf E sq (fun i o => 2 * x i * d o i)).
    2:{ intros i Hi. apply (intg_scal E (2 * x i) (fun o => d o i)). now apply int_sq. }
    replace (size * (2 * km + mu) * eta ^ 2 * quad x) with (size * (2 * (km * eta ^ 2 * quad x)) + size * (eta ^ 2 * quad x) * mu) by ring.
    apply Rplus_le_compat.
    + apply Rle_trans with (INR (length sq) * (2 * (km * eta ^ 2 * quad x))).
      * apply sumf_le_const. intros i Hi. rewrite (ex_scal E (2 * x i) (fun o => d o i)) by now apply int_sq.
        eapply Rle_trans; [apply Rle_abs|].
        replace (2 * (km * eta ^ 2 * quad x)) with (2 * sqrt (quad x) * (km * eta ^ 2 * sqrt (quad x))) by (rewrite <- R2 at 3; ring).
        apply abs_mult_le; auto. apply abs_mult_le. rewrite Rabs_pos_eq; lra. now apply quad_sq.
      * rewrite size_split. apply Rmult_le_compat_r. repeat apply Rmult_le_pos; lra. pose proof (pos_INR (length ab)). lra.
    + apply Rmult_le_compat_l; auto. apply Rmult_le_pos. apply size_pos. apply Rmult_le_pos; lra.
Qed.
End Mean.
End Weight.
