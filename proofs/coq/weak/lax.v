(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Consistency and stability give weak convergence: the general theorem.
   A k f x = E f(x_{k+1}) given x_k = x; u k x = E phi(X_{t_N}) given X_{t_k} = x.
   Time-dependent operators, a weight w, a restricted class D of test functions, sets Inv k that the chain
   does not leave. No probability theory: A k is any positive linear operator on D. *)
From Coq Require Import Reals Lra Psatz Lia FunctionalExtensionality.
From Optcert.Weak Require Import sums.
Open Scope R_scope.

Section Lax.
Variable X : Type.
Variable A : nat -> (X -> R) -> X -> R.
Variable D : (X -> R) -> Prop.
Variable Inv : nat -> X -> Prop.
Hypothesis D_lin : forall a b f g, D f -> D g -> D (fun y => a * f y + b * g y).
Hypothesis D_step : forall k f, D f -> D (A k f).
Variables k0 N : nat.                                (* the steps considered *)
Hypothesis A_mono : forall k f g, (k0 <= k < N)%nat -> D f -> D g -> (forall y, Inv (S k) y -> f y <= g y) -> forall x, Inv k x -> A k f x <= A k g x.
Hypothesis A_lin : forall k a b f g x, (k0 <= k < N)%nat -> D f -> D g -> Inv k x ->
  A k (fun y => a * f y + b * g y) x = a * A k f x + b * A k g x.

(* The chain from step k over n steps. *)
Fixpoint chain (k n : nat) (f : X -> R) : X -> R :=
  match n with O => f | S n => A k (chain (S k) n f) end.

Lemma D_chain n : forall k f, D f -> D (chain k n f).
Proof. induction n; simpl; auto. Qed.

Lemma A_abs k f w c x : (k0 <= k < N)%nat -> D f -> D w -> Inv k x -> (forall y, Inv (S k) y -> Rabs (f y) <= c * w y) ->
  Rabs (A k f x) <= c * A k w x.
Proof.
  intros Hk Df Dw Ix H.
  assert (P : c * A k w x = A k (fun y => c * w y + 0 * w y) x) by (rewrite A_lin by auto; ring).
  assert (M : - (c * A k w x) = A k (fun y => - c * w y + 0 * w y) x) by (rewrite A_lin by auto; ring).
  apply Rabs_le; split; [rewrite M | rewrite P]; apply A_mono; auto;
    intros y Iy; specialize (H y Iy); apply abs_le_inv in H; lra.
Qed.

Lemma A_sub k f g x : (k0 <= k < N)%nat -> D f -> D g -> Inv k x -> A k f x - A k g x = A k (fun y => 1 * f y + -1 * g y) x.
Proof. intros. rewrite A_lin by auto. ring. Qed.

Variable w : X -> R.
Variables h L : R.
Hypothesis h_pos : 0 <= h.
Hypothesis L_pos : 0 <= L.
Hypothesis D_w : D w.
Hypothesis w_pos : forall x, 0 <= w x.
Hypothesis w_stable : forall k x, (k0 <= k < N)%nat -> Inv k x -> A k w x <= (1 + L * h) * w x.

Lemma growth_ge_1 : 1 <= 1 + L * h.
Proof. pose proof (Rmult_le_pos _ _ L_pos h_pos); lra. Qed.

Lemma growth_pow n : 1 <= (1 + L * h) ^ n.
Proof. apply pow_ge_1, growth_ge_1. Qed.

Lemma growth_exp n T : INR n * h <= T -> (1 + L * h) ^ n <= exp (L * T).
Proof.
  intros HT. apply Rle_trans with (exp (L * (INR n * h))).
  - clear HT. replace (L * (INR n * h)) with (INR n * (L * h)) by ring. induction n.
    + simpl. rewrite Rmult_0_l, exp_0. lra.
    + rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, exp_plus. simpl. rewrite Rmult_comm.
      apply Rmult_le_compat; auto.
      * apply pow_le. pose proof growth_ge_1; lra.
      * pose proof growth_ge_1; lra.
      * apply exp_ineq1_le.
  - destruct (Rle_lt_or_eq_dec _ _ (Rmult_le_compat_l L _ _ L_pos HT)) as [H|H].
    + left; now apply exp_increasing.
    + rewrite H; lra.
Qed.

(* Stability: the chain multiplies a weighted bound by at most (1+Lh)^n. *)
Theorem chain_stable n : forall k f c x, (k0 <= k)%nat -> (k + n <= N)%nat -> D f -> 0 <= c -> Inv k x ->
  (forall y, Inv (k + n) y -> Rabs (f y) <= c * w y) -> Rabs (chain k n f x) <= c * (1 + L * h) ^ n * w x.
Proof.
  induction n; intros k f c x Hk0 Hk Df Hc Ix H; simpl chain.
  - simpl. rewrite Rmult_1_r. apply H. now rewrite Nat.add_0_r.
  - pose proof (growth_pow n). pose proof growth_ge_1.
    eapply Rle_trans.
    + apply A_abs with (w := w) (c := c * (1 + L * h) ^ n); auto using D_chain; try lia.
      intros y Iy. apply IHn; auto; try lia. intros z Iz. apply H. now rewrite Nat.add_succ_r.
    + replace (c * (1 + L * h) ^ S n * w x) with (c * (1 + L * h) ^ n * ((1 + L * h) * w x)) by (simpl; ring).
      apply Rmult_le_compat_l. apply Rmult_le_pos; lra. apply w_stable; auto. lia.
Qed.

Lemma chain_sub n : forall k f g x, (k0 <= k)%nat -> (k + n <= N)%nat -> D f -> D g -> Inv k x ->
  chain k n f x - chain k n g x = chain k n (fun y => 1 * f y + -1 * g y) x.
Proof.
  induction n; intros k f g x Hk Hn Df Dg Ix; simpl. ring.
  rewrite A_sub by (auto using D_chain; lia).
  assert (D1 : D (fun y => 1 * chain (S k) n f y + -1 * chain (S k) n g y)) by (auto using D_chain).
  assert (D2 : D (chain (S k) n (fun y => 1 * f y + -1 * g y))) by (auto using D_chain).
  apply Rle_antisym; apply A_mono; auto; try lia; intros y Iy; rewrite <- IHn by (auto; lia); lra.
Qed.

Variable u : nat -> X -> R.
Hypothesis D_u : forall k, (k0 <= k <= N)%nat -> D (u k).

Section Order1.
Variables C : R.
Hypothesis C_pos : 0 <= C.
Hypothesis consistent : forall k x, (k0 <= k < N)%nat -> Inv k x -> Rabs (A k (u (S k)) x - u k x) <= C * h ^ 2 * w x.

(* The global error is at most the sum of the n local errors, each carried by the stable chain. *)
Theorem lax : forall n k x, (k0 <= k)%nat -> (k + n <= N)%nat -> Inv k x ->
  Rabs (chain k n (u (k + n)) x - u k x) <= INR n * (C * h ^ 2) * (1 + L * h) ^ n * w x.
Proof.
  assert (Ch : 0 <= C * h ^ 2) by (apply Rmult_le_pos; auto; apply pow2_ge_0).
  induction n; intros k x Hk Hn Ix.
  - simpl. rewrite Nat.add_0_r, Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - rewrite Nat.add_succ_r. simpl chain.
    replace (A k (chain (S k) n (u (S (k + n)))) x - u k x)
      with ((A k (chain (S k) n (u (S (k + n)))) x - A k (u (S k)) x) + (A k (u (S k)) x - u k x)) by ring.
    pose proof (growth_pow n). pose proof growth_ge_1. assert (W := w_pos x).
    replace (INR (S n) * (C * h ^ 2) * (1 + L * h) ^ S n * w x)
      with (INR n * (C * h ^ 2) * (1 + L * h) ^ n * ((1 + L * h) * w x)
            + C * h ^ 2 * w x * ((1 + L * h) ^ S n)) by (rewrite S_INR; simpl; ring).
    apply abs_plus_le.
    + assert (D (u (S k)) /\ D (u (S (k + n)))) as [D1 D2] by (split; apply D_u; lia).
      rewrite A_sub by (auto using D_chain; lia).
      eapply Rle_trans.
      * apply A_abs with (w := w) (c := INR n * (C * h ^ 2) * (1 + L * h) ^ n); auto using D_chain; try lia.
        intros y Iy. replace (1 * chain (S k) n (u (S (k + n))) y + -1 * u (S k) y)
          with (chain (S k) n (u (S k + n)%nat) y - u (S k) y) by (simpl; ring).
        apply IHn; auto; lia.
      * apply Rmult_le_compat_l. { repeat apply Rmult_le_pos; try apply pos_INR; auto; try apply pow2_ge_0; lra. }
        apply w_stable; auto. lia.
    + eapply Rle_trans; [apply consistent; auto; lia|].
      rewrite <- (Rmult_1_r (C * h ^ 2 * w x)) at 1. apply Rmult_le_compat_l.
      now apply Rmult_le_pos. apply growth_pow.
Qed.

(* Weak error at most C T e^{LT} w(x) h. *)
Theorem weak_order1 T n k x : (k0 <= k)%nat -> (k + n <= N)%nat -> INR n * h <= T -> Inv k x ->
  Rabs (chain k n (u (k + n)) x - u k x) <= C * T * exp (L * T) * w x * h.
Proof.
  intros Hk Hn HT Ix. eapply Rle_trans; [apply lax; auto|].
  pose proof (growth_exp n T HT). pose proof (growth_pow n). pose proof (w_pos x).
  assert (P : 0 <= INR n * h) by (apply Rmult_le_pos; auto using pos_INR).
  assert (Cw : 0 <= C * w x * h) by (repeat apply Rmult_le_pos; auto).
  replace (INR n * (C * h ^ 2) * (1 + L * h) ^ n * w x) with ((C * w x * h) * ((INR n * h) * (1 + L * h) ^ n)) by ring.
  replace (C * T * exp (L * T) * w x * h) with ((C * w x * h) * (T * exp (L * T))) by ring.
  apply Rmult_le_compat_l; auto. apply Rmult_le_compat; auto; lra.
Qed.
End Order1.

(* The same for a local error C h^3: weak order 2. *)
Section OrderP.
Variables (C : R) (p : nat).
Hypothesis C_pos : 0 <= C.
Hypothesis consistent : forall k x, (k0 <= k < N)%nat -> Inv k x -> Rabs (A k (u (S k)) x - u k x) <= C * h ^ (S p) * w x.

Theorem weak_order T n k x : (k0 <= k)%nat -> (k + n <= N)%nat -> INR n * h <= T -> Inv k x ->
  Rabs (chain k n (u (k + n)) x - u k x) <= C * T * exp (L * T) * w x * h ^ p.
Proof.
  intros Hk Hn HT Ix.
  destruct (Req_dec h 0) as [h0|h0].
  { assert (Z : forall m j y, (k0 <= j)%nat -> (j + m <= N)%nat -> Inv j y -> Rabs (chain j m (u (j + m)) y - u j y) <= 0 * w y).
    { intros m j y Hj Hm Iy. eapply Rle_trans; [apply (lax 0 (Rle_refl 0)); auto|rewrite Rmult_0_l; simpl; lra].
      intros i z Hi Iz. eapply Rle_trans; [apply consistent; auto|]. rewrite h0. simpl. lra. }
    eapply Rle_trans; [apply Z; auto|]. rewrite Rmult_0_l. pose proof (exp_pos (L * T)). pose proof (w_pos x).
    assert (0 <= T) by (rewrite h0, Rmult_0_r in HT; lra).
    repeat apply Rmult_le_pos; try lra. apply pow_le; lra. }
  assert (0 <= C * h ^ p / h).
  { apply Rmult_le_pos. apply Rmult_le_pos; auto. apply pow_le; auto. left. apply Rinv_0_lt_compat. lra. }
  replace (C * T * exp (L * T) * w x * h ^ p) with ((C * h ^ p / h) * T * exp (L * T) * w x * h) by (field; auto).
  apply weak_order1; auto.
  intros j y Hj Iy. eapply Rle_trans; [apply consistent; auto|]. right. simpl. field; auto.
Qed.
End OrderP.
End Lax.
