(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Gradient noise z in R^d: mean zero, covariance Sig, small third moments, moments up to order 2w.
   MLPA's noisy gradient oracle, as conditions on an expectation. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Optcert.Weak Require Import sums expect.
Open Scope R_scope.

Definition size1 (d : nat) (z : nat -> R) : R := 1 + sumf (seq 0 d) (fun i => Rabs (z i)).

Lemma size1_ge_1 d z : 1 <= size1 d z.
Proof. unfold size1. assert (0 <= sumf (seq 0 d) (fun i => Rabs (z i))) by (apply sumf_pos; intros; apply Rabs_pos). lra. Qed.
Lemma size1_coord d z i : (i < d)%nat -> Rabs (z i) <= size1 d z - 1.
Proof.
  intros Hi. unfold size1. assert (Rabs (z i) <= sumf (seq 0 d) (fun i => Rabs (z i))).
  { apply (sumf_term (seq 0 d) (fun i => Rabs (z i))). apply in_seq; lia. intros; apply Rabs_pos. } lra.
Qed.

Record noise (E : expectation (nat -> R)) (d : nat) (Sig : nat -> nat -> R) (skew m : R) (w : nat) : Prop := {
  nz_int1 : forall i, (i < d)%nat -> intg E (fun z => z i);
  nz_int2 : forall i j, (i < d)%nat -> (j < d)%nat -> intg E (fun z => z i * z j);
  nz_int3 : forall i j k, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> intg E (fun z => z i * z j * z k);
  nz_mean : forall i, (i < d)%nat -> ex E (fun z => z i) = 0;
  nz_cov : forall i j, (i < d)%nat -> (j < d)%nat -> ex E (fun z => z i * z j) = Sig i j;
  nz_skew : forall i j k, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (ex E (fun z => z i * z j * z k)) <= skew;
  nz_intm : intg E (fun z => size1 d z ^ (2 * w));
  nz_moment : ex E (fun z => size1 d z ^ (2 * w)) <= m }.

Section Noise.
Variables (E : expectation (nat -> R)) (d : nat) (Sig : nat -> nat -> R) (skew m : R) (w : nat).
Hypothesis nz : noise E d Sig skew m w.
Hypothesis w_pos : (1 <= w)%nat.

Lemma moment_ge_1 : 1 <= m.
Proof.
  eapply Rle_trans; [|apply (nz_moment _ _ _ _ _ _ nz)]. apply ex_ge_const. apply (nz_intm _ _ _ _ _ _ nz).
  intros z. apply pow_ge_1, size1_ge_1.
Qed.

Lemma cov_bound i j : (i < d)%nat -> (j < d)%nat -> Rabs (Sig i j) <= m.
Proof.
  intros Hi Hj. rewrite <- (nz_cov _ _ _ _ _ _ nz i j Hi Hj).
  eapply Rle_trans; [|apply (nz_moment _ _ _ _ _ _ nz)].
  apply ex_abs. now apply (nz_int2 _ _ _ _ _ _ nz). apply (nz_intm _ _ _ _ _ _ nz). intros z.
  pose proof (size1_ge_1 d z). pose proof (size1_coord d z i Hi). pose proof (size1_coord d z j Hj).
  apply Rle_trans with (size1 d z ^ 2).
  - simpl. rewrite Rmult_1_r. apply abs_mult_le; lra.
  - apply Rle_pow; auto. lia.
Qed.

(* A cubic polynomial of three components of the noise. *)
Definition cubic (a0 a1 a2 a3 a12 a13 a23 a123 : R) (i j k : nat) (z : nat -> R) : R :=
  a0 + (a1 * z i + (a2 * z j + (a3 * z k + (a12 * (z i * z j) + (a13 * (z i * z k) + (a23 * (z j * z k) + a123 * (z i * z j * z k))))))).

Lemma cubic_int a0 a1 a2 a3 a12 a13 a23 a123 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg E (cubic a0 a1 a2 a3 a12 a13 a23 a123 i j k).
Proof.
  intros. unfold cubic. pose proof (nz_int1 _ _ _ _ _ _ nz). pose proof (nz_int2 _ _ _ _ _ _ nz). pose proof (nz_int3 _ _ _ _ _ _ nz).
  repeat (apply intg_plus; auto using intg_const, intg_scal).
Qed.

Lemma cubic_ex a0 a1 a2 a3 a12 a13 a23 a123 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  ex E (cubic a0 a1 a2 a3 a12 a13 a23 a123 i j k)
  = a0 + a12 * Sig i j + a13 * Sig i k + a23 * Sig j k + a123 * ex E (fun z => z i * z j * z k).
Proof.
  intros. unfold cubic. pose proof (nz_int1 _ _ _ _ _ _ nz). pose proof (nz_int2 _ _ _ _ _ _ nz). pose proof (nz_int3 _ _ _ _ _ _ nz).
  repeat rewrite ex_plus by (repeat (apply intg_plus; auto using intg_const, intg_scal); auto using intg_const, intg_scal).
  rewrite !ex_scal by auto. rewrite ex_const, !(nz_mean _ _ _ _ _ _ nz), !(nz_cov _ _ _ _ _ _ nz) by auto. ring.
Qed.

(* The same for a function that happens to be such a polynomial. *)
Lemma cubic_eq F a0 a1 a2 a3 a12 a13 a23 a123 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  (forall z, F z = cubic a0 a1 a2 a3 a12 a13 a23 a123 i j k z) ->
  intg E F /\ ex E F = a0 + a12 * Sig i j + a13 * Sig i k + a23 * Sig j k + a123 * ex E (fun z => z i * z j * z k).
Proof.
  intros Hi Hj Hk H. split.
  - eapply intg_ext; [intros z; symmetry; apply H|]. now apply cubic_int.
  - rewrite (ex_ext E _ _ H). now apply cubic_ex.
Qed.
End Noise.
