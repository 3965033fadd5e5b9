(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* SVAG(l) (MLPA Def. 5.1; Li, Malladi, Arora 2021): the oracle r1 g1 + r2 g2 of two independent calls has noise scale l sigma and skewness
   at most 3/(2l) of the original's, so RMSprop on it with eta/l tends to the SDE with weak error O(1/l^2): no low skewness needed. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise rmsprop.
Open Scope R_scope.

(* Image of an expectation under a map. *)
Definition push {A B : Type} (E : expectation A) (g : A -> B) : expectation B.
Proof.
  refine {| ex := fun f => ex E (fun o => f (g o)); intg := fun f => intg E (fun o => f (g o)) |}.
  - apply intg_one.
  - intros; now apply intg_lin.
  - intros; now apply ex_lin.
  - intros; now apply ex_mono.
  - apply ex_one.
Defined.

Section Coefficients.
Variable l : R.
Hypothesis l_ge_1 : 1 <= l.
Definition r1 := (1 + sqrt (2 * l ^ 2 - 1)) / 2.
Definition r2 := (1 - sqrt (2 * l ^ 2 - 1)) / 2.
Lemma root_sq : sqrt (2 * l ^ 2 - 1) ^ 2 = 2 * l ^ 2 - 1.
Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. nra. Qed.
Lemma svag_sum : r1 + r2 = 1. Proof. unfold r1, r2; field. Qed.
Lemma svag_square : r1 ^ 2 + r2 ^ 2 = l ^ 2. Proof. unfold r1, r2. pose proof root_sq. nra. Qed.
Lemma svag_cube : r1 ^ 3 + r2 ^ 3 = (3 * l ^ 2 - 1) / 2. Proof. unfold r1, r2. pose proof root_sq. nra. Qed.
Definition s1 := r1 / l.
Definition s2 := r2 / l.
Lemma s_square : s1 ^ 2 + s2 ^ 2 = 1.
Proof. unfold s1, s2. replace ((r1 / l) ^ 2 + (r2 / l) ^ 2) with ((r1 ^ 2 + r2 ^ 2) / l ^ 2) by (field; lra). rewrite svag_square. field. lra. Qed.
Lemma s_cube : Rabs (s1 ^ 3 + s2 ^ 3) <= 3 / (2 * l).
Proof.
  unfold s1, s2. replace ((r1 / l) ^ 3 + (r2 / l) ^ 3) with ((r1 ^ 3 + r2 ^ 3) / l ^ 3) by (field; lra). rewrite svag_cube.
  assert (0 < l ^ 3) by (apply pow_lt; lra). assert (0 < / l ^ 3) by now apply Rinv_0_lt_compat.
  rewrite Rabs_pos_eq. 2:{ unfold Rdiv. apply Rmult_le_pos; nra. }
  apply Rmult_le_reg_r with (l ^ 3); auto. replace ((3 * l ^ 2 - 1) / 2 / l ^ 3 * l ^ 3) with ((3 * l ^ 2 - 1) / 2) by (field; lra).
  replace (3 / (2 * l) * l ^ 3) with (3 * l ^ 2 / 2) by (field; lra). lra.
Qed.
Lemma s_unit : Rabs s1 <= 1 /\ Rabs s2 <= 1.
Proof. pose proof s_square. split; apply Rabs_le; nra. Qed.
End Coefficients.

(* Two independent calls of an oracle, as far as moments up to the third tell. *)
Record independent_pair (E : expectation ((nat -> R) * (nat -> R))) (d : nat) (Sig : nat -> nat -> R) (S3 : nat -> nat -> nat -> R)
    (K m : R) (w : nat) : Prop := {
  ip_int1 : forall i a b, (i < d)%nat -> intg E (fun p => a * fst p i + b * snd p i);
  ip_mean : forall i a b, (i < d)%nat -> ex E (fun p => a * fst p i + b * snd p i) = 0;
  ip_int2 : forall i j a b, (i < d)%nat -> (j < d)%nat -> intg E (fun p => (a * fst p i + b * snd p i) * (a * fst p j + b * snd p j));
  ip_cov : forall i j a b, (i < d)%nat -> (j < d)%nat ->
    ex E (fun p => (a * fst p i + b * snd p i) * (a * fst p j + b * snd p j)) = (a ^ 2 + b ^ 2) * Sig i j;
  ip_int3 : forall i j k a b, (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
    intg E (fun p => (a * fst p i + b * snd p i) * (a * fst p j + b * snd p j) * (a * fst p k + b * snd p k));
  ip_third : forall i j k a b, (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
    ex E (fun p => (a * fst p i + b * snd p i) * (a * fst p j + b * snd p j) * (a * fst p k + b * snd p k)) = (a ^ 3 + b ^ 3) * S3 i j k;
  ip_K : forall i j k, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (S3 i j k) <= K;
  ip_intm : forall a b, intg E (fun p => size1 d (fun i => a * fst p i + b * snd p i) ^ (2 * w));
  ip_intb : intg E (fun p => (size1 d (fst p) + size1 d (snd p)) ^ (2 * w));
  ip_moment : ex E (fun p => (size1 d (fst p) + size1 d (snd p)) ^ (2 * w)) <= m }.

Definition combine (l : R) (p : (nat -> R) * (nat -> R)) : nat -> R := fun i => s1 l * fst p i + s2 l * snd p i.

Lemma size1_combine d l p : 1 <= l -> size1 d (combine l p) <= size1 d (fst p) + size1 d (snd p).
Proof.
  intros Hl. destruct (s_unit l Hl) as (U1 & U2). unfold size1, combine.
  assert (sumf (seq 0 d) (fun i => Rabs (s1 l * fst p i + s2 l * snd p i)) <= sumf (seq 0 d) (fun i => Rabs (fst p i)) + sumf (seq 0 d) (fun i => Rabs (snd p i))); [|lra].
  rewrite <- sumf_plus. apply sumf_le. intros i _.
  apply Rle_trans with (1 * Rabs (fst p i) + 1 * Rabs (snd p i)); [|lra].
  apply abs_plus_le; apply abs_mult_le; auto; lra.
Qed.

(* The combined noise is an oracle's noise with skewness O(1/l). *)
Theorem svag_noise E d Sig S3 K m w l : 1 <= l -> independent_pair E d Sig S3 K m w ->
  noise (push E (combine l)) d Sig (3 / (2 * l) * K) m w.
Proof.
  intros Hl H. split; simpl; intros.
  - now apply (ip_int1 _ _ _ _ _ _ _ H).
  - now apply (ip_int2 _ _ _ _ _ _ _ H).
  - now apply (ip_int3 _ _ _ _ _ _ _ H).
  - now apply (ip_mean _ _ _ _ _ _ _ H).
  - unfold combine. rewrite (ip_cov _ _ _ _ _ _ _ H), s_square by auto. ring.
  - unfold combine. rewrite (ip_third _ _ _ _ _ _ _ H) by auto. apply abs_mult_le. now apply s_cube. now apply (ip_K _ _ _ _ _ _ _ H).
  - apply (ip_intm _ _ _ _ _ _ _ H).
  - eapply Rle_trans; [|apply (ip_moment _ _ _ _ _ _ _ H)]. apply ex_mono.
    + apply (ip_intm _ _ _ _ _ _ _ H).
    + apply (ip_intb _ _ _ _ _ _ _ H).
    + intros p. apply pow_incr. split. pose proof (size1_ge_1 d (combine l p)); lra. now apply size1_combine.
Qed.

(* With learning rate eta/l that is low skewness, K3 = 3 K sigma0 / (2 eta). *)
Lemma svag_skew d eta l sigma0 K m E Sig S3 w W : 1 <= l -> 0 < eta -> 0 < sigma0 -> 0 <= K -> 1 <= W -> independent_pair E d Sig S3 K m w ->
  noise (push E (combine l)) d Sig (3 / 2 * K * sigma0 / eta * (eta / l / sigma0) * W) m w.
Proof.
  intros Hl He Hs HK HW H. destruct (svag_noise _ _ _ _ _ _ _ l Hl H) as [n1 n2 n3 n4 n5 n6 n7 n8]. split; auto.
  intros i j k Hi Hj Hk. eapply Rle_trans; [now apply n6|].
  replace (3 / 2 * K * sigma0 / eta * (eta / l / sigma0) * W) with (3 / (2 * l) * K * W) by (field; lra).
  assert (0 <= 3 / (2 * l) * K). { apply Rmult_le_pos; auto. apply Rmult_le_pos. lra. left. apply Rinv_0_lt_compat. lra. }
  nra.
Qed.
Lemma svag_rate eta l : 1 <= l -> 0 < eta <= 1 -> 0 < eta / l <= 1.
Proof.
  intros Hl He. split. apply Rdiv_lt_0_compat; lra. apply Rmult_le_reg_r with l. lra. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(* RMSprop on the SVAG oracle: lr eta/l, N = l^2 times as many steps. The skewness K of the original oracle may be anything. *)
Section Svag.
Variables (d : nat) (eta l sigma0 eps0 c2 umin Gf K m : R) (q N : nat).
Variables (F : nat -> X -> R) (Sig : X -> nat -> nat -> R) (S3 : X -> nat -> nat -> nat -> R) (pair_law : X -> expectation ((nat -> R) * (nat -> R))).
Hypothesis l_ge_1 : 1 <= l.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis decay : c2 * (eta / l) ^ 2 <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K_pos : 0 <= K.
Hypothesis F_growth : forall x i, Dom d umin x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q d x).
Hypothesis oracle : forall x, Dom d umin x -> independent_pair (pair_law x) d (Sig x) (S3 x) K m (q + 3).
Let law x := push (pair_law x) (combine l).
Variables (M Mt T : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * (eta / l) ^ 2 <= T.
Hypothesis U_ok : value (idx d) deg (Q d) (Dom d umin) (limit sigma0 eps0 c2 F Sig) M Mt 0 T q J.
Hypothesis test_ok : admissible (chain_steps (eta / l) sigma0 eps0 c2 F law) (Inv d (eta / l) c2 umin N) test.
Hypothesis test_value : forall k, (k <= N)%nat -> test (J (INR k * (eta / l) ^ 2) nil).
Hypothesis test_weight : test (fun x => Q d x ^ (q + 3)).

Definition svag_constant := rmsprop_constant d sigma0 eps0 c2 umin Gf (3 / 2 * K * sigma0 / eta) m q M Mt T * eta ^ 2.

Theorem svag_weak x : Inv d (eta / l) c2 umin N 0 x ->
  Rabs (En (eta / l) sigma0 eps0 c2 F law N (J (INR N * (eta / l) ^ 2) nil) x - J 0 nil x) <= svag_constant * Q d x ^ (q + 3) * / l ^ 2.
Proof.
  intros Hx. assert (He : 0 < eta / l <= 1) by (now apply svag_rate).
  replace (svag_constant * Q d x ^ (q + 3) * / l ^ 2)
    with (rmsprop_constant d sigma0 eps0 c2 umin Gf (3 / 2 * K * sigma0 / eta) m q M Mt T * Q d x ^ (q + 3) * (eta / l) ^ 2)
    by (unfold svag_constant; field; lra).
  assert (ie : 0 < / eta) by (apply Rinv_0_lt_compat; lra).
  apply (rmsprop_weak d (eta / l) sigma0 eps0 c2 umin Gf (3 / 2 * K * sigma0 / eta) m q N F Sig law) with (test := test); auto.
  - unfold Rdiv. mpos.
  - intros y Hy. apply (svag_skew d eta l sigma0 K m _ _ (S3 y)); auto. lra. apply pow_ge_1, quad_ge_1.
Qed.
End Svag.

(* The hypotheses on the pair are satisfiable: two independent fair signs. *)
Definition two_signs : expectation ((nat -> R) * (nat -> R)).
Proof.
  refine {| ex := fun f => (f (fun _ => 1, fun _ => 1) + f (fun _ => 1, fun _ => -1) + f (fun _ => -1, fun _ => 1) + f (fun _ => -1, fun _ => -1)) / 4;
            intg := fun _ => True |}; auto.
  - intros; field.
  - intros f g _ _ H. pose proof (H (fun _ => 1, fun _ => 1)). pose proof (H (fun _ => 1, fun _ => -1)).
    pose proof (H (fun _ => -1, fun _ => 1)). pose proof (H (fun _ => -1, fun _ => -1)). lra.
  - field.
Defined.

Theorem two_signs_independent w : independent_pair two_signs 1 (fun _ _ => 1) (fun _ _ _ => 0) 0 (4 ^ (2 * w)) w.
Proof.
  split; simpl; auto; intros; try field.
  - rewrite Rabs_R0; lra.
  - unfold size1. simpl sumf. rewrite Rabs_R1, (Rabs_left (-1)) by lra.
    replace (1 + (1 + 0) + (1 + (1 + 0))) with 4 by ring. replace (1 + (1 + 0) + (1 + (- -1 + 0))) with 4 by ring.
    replace (1 + (- -1 + 0) + (1 + (1 + 0))) with 4 by ring. replace (1 + (- -1 + 0) + (1 + (- -1 + 0))) with 4 by ring. lra.
Qed.
