(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Every hypothesis of both SGD theorems discharged: f = theta^2/2, Sigma = 1, z = +-1, test functions p theta + r theta^2.
   With a = 1 (SDE) or a = 1 + eta/2 (modified equation), s = T - t:
   U = p theta e^{-as} + r (theta^2 e^{-2as} + eta sigma^2/(2a) (1 - e^{-2as})). *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise instance decay_error sgd sgd_modified.
Import ListNotations.
Open Scope R_scope.

Section Instance.
Variables (eta sigma p r a : R) (N : nat).
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma_pos : 0 <= sigma.
Hypothesis a_range : 1 <= a <= 1 + eta / 2.
Let T := INR N * eta.
Let F (i : nat) (x : X) := x i.
Let H (_ _ : nat) (_ : X) := 1.
Let Sig (_ : X) (_ _ : nat) := 1.
Let law (_ : X) := sign_law.
Definition e1 t := exp (- (a * (T - t))).
Definition e2 t := exp (- (2 * a * (T - t))).

Definition J (t : R) (l : list nat) (x : X) : R :=
  match length l with
  | 0%nat => p * x 0%nat * e1 t + r * (x 0%nat ^ 2 * e2 t + eta * sigma ^ 2 / (2 * a) * (1 - e2 t))
  | 1%nat => p * e1 t + 2 * r * x 0%nat * e2 t
  | 2%nat => 2 * r * e2 t
  | _ => 0 end.

Lemma e_unit t : t <= T -> 0 < e1 t <= 1 /\ 0 < e2 t <= 1.
Proof. intros Ht. split; apply exp_neg_unit; [|rewrite Rmult_assoc]; mpos. Qed.

Lemma jets t l (x y : X) : diff_along (idx 1) (J t l) (fun i => J t (i :: l)) x y.
Proof.
  intros s _. unfold idx. simpl seq. cbn [sumf]. unfold J, along. simpl length.
  destruct (length l) as [|[|[|n]]]; cbv iota beta; auto_derive; auto; ring.
Qed.

Lemma Q_bounds x : Rabs (x 0%nat) <= Q 1 x /\ x 0%nat ^ 2 <= Q 1 x /\ 1 <= Q 1 x.
Proof.
  assert (E : Q 1 x = 1 + x 0%nat ^ 2) by (unfold Q, quad, idx; simpl; ring). rewrite E. pose proof (pow2_ge_0 (x 0%nat)).
  repeat split; try lra. apply Rabs_le. nra.
Qed.

(* The generator with drift -a theta, in closed form, and its time derivatives. *)
Definition g t (x : X) := - (a * p * x 0%nat * e1 t) - 2 * a * r * x 0%nat ^ 2 * e2 t + eta * r * sigma ^ 2 * e2 t.
Definition g2 t (x : X) := a ^ 2 * p * x 0%nat * e1 t + 4 * a ^ 2 * r * x 0%nat ^ 2 * e2 t - 2 * a * eta * r * sigma ^ 2 * e2 t.
Definition g3 t (x : X) := - (a ^ 3 * p * x 0%nat * e1 t) - 8 * a ^ 3 * r * x 0%nat ^ 2 * e2 t + 4 * a ^ 2 * eta * r * sigma ^ 2 * e2 t.
Lemma J_time t x : is_derive (fun t => J t nil x) t (- g t x).
Proof. unfold J, g, e1, e2. cbn [length]. auto_derive; auto. unfold Rminus. field. lra. Qed.
Lemma g_time t x : is_derive (fun t => g t x) t (- g2 t x).
Proof. unfold g, g2, e1, e2. auto_derive; auto. unfold Rminus. ring. Qed.
Lemma g2_time t x : is_derive (fun t => g2 t x) t (- g3 t x).
Proof. unfold g2, g3, e1, e2. auto_derive; auto. unfold Rminus. ring. Qed.

Lemma gen_g order t x : (order = 1%nat /\ a = 1) \/ (order = 2%nat /\ a = 1 + eta / 2) ->
  gen (idx 1) (limit 1 eta sigma F H Sig order) J t x = g t x.
Proof.
  intros [(-> & Ha)|(-> & Ha)]; unfold gen, limit, idx, g, J; simpl seq; cbn [sumf drift diffu]; simpl length; unfold F, H, Sig; rewrite Ha; field.
Qed.

Definition M0 := 2 * Rabs r.
Definition Mt0 := 27 / 8 * (Rabs p + 8 * Rabs r) + 9 * Rabs r * sigma ^ 2.

(* |c1 p theta e1 + c2 r theta^2 e2 - c3 r sigma^2 e2| for all three time derivatives. *)
Lemma form_bound t x c1 c2 c3 : t <= T -> 0 <= c1 -> 0 <= c2 -> 0 <= c3 ->
  Rabs (c1 * p * x 0%nat * e1 t + c2 * r * x 0%nat ^ 2 * e2 t - c3 * r * sigma ^ 2 * e2 t)
  <= (c1 * Rabs p + c2 * Rabs r + c3 * Rabs r * sigma ^ 2) * Q 1 x ^ 3.
Proof.
  intros Ht H1 H2 H3. destruct (e_unit t Ht) as (E1 & E2). destruct (Q_bounds x) as (Q1' & Q2' & Q3').
  assert (Q3 : Q 1 x <= Q 1 x ^ 3) by (rewrite <- (pow_1 (Q 1 x)) at 1; apply Rle_pow; auto; lia).
  pose proof (Rabs_pos p). pose proof (Rabs_pos r). pose proof (pow2_ge_0 sigma). pose proof (pow2_ge_0 (x 0%nat)).
  replace ((c1 * Rabs p + c2 * Rabs r + c3 * Rabs r * sigma ^ 2) * Q 1 x ^ 3)
    with (c1 * Rabs p * Q 1 x ^ 3 * 1 + c2 * Rabs r * Q 1 x ^ 3 * 1 + c3 * Rabs r * sigma ^ 2 * Q 1 x ^ 3) by ring.
  assert (A1 : Rabs (e1 t) <= 1) by (rewrite Rabs_pos_eq; lra). assert (A2 : Rabs (e2 t) <= 1) by (rewrite Rabs_pos_eq; lra).
  assert (P1 : forall c, 0 <= c -> Rabs c <= c) by (intros; now apply abs_pos_le).
  apply abs_minus_le; [apply abs_plus_le|].
  - repeat apply abs_mult_le; auto; lra.
  - apply abs_mult_le; auto. apply abs_mult_le; [apply abs_mult_le; auto; lra|]. rewrite Rabs_pos_eq; lra.
  - apply abs_mult_le; [apply abs_mult_le; [apply abs_mult_le; auto; lra|auto]|]. lra.
Qed.

Lemma a_pows : 1 <= a <= 3 / 2 /\ 0 <= a ^ 2 - 1 <= 5 / 4 * eta /\ 0 <= a ^ 2 <= 9 / 4 /\ 0 <= a ^ 3 <= 27 / 8.
Proof.
  assert (A : 1 <= a <= 3 / 2) by lra. assert (A2 : a ^ 2 <= (1 + eta / 2) ^ 2) by (apply pow_incr; lra).
  assert (A3 : a ^ 3 <= (3 / 2) ^ 3) by (apply pow_incr; lra). assert (A4 : a ^ 2 <= (3 / 2) ^ 2) by (apply pow_incr; lra).
  assert (A5 : 1 <= a ^ 2) by (apply pow_ge_1; lra). assert (A6 : 1 <= a ^ 3) by (apply pow_ge_1; lra).
  repeat split; try lra. replace ((1 + eta / 2) ^ 2) with (1 + eta + eta * eta / 4) in A2 by field. nra.
Qed.

Lemma weaken x c c' : c <= c' -> c * Q 1 x ^ 3 <= c' * Q 1 x ^ 3.
Proof. intros. apply Rmult_le_compat_r; auto. pose proof (Q_bounds x). apply pow_le. lra. Qed.

Lemma g2_bound t x : t <= T -> Rabs (g2 t x) <= Mt0 * Q 1 x ^ 3.
Proof.
  intros Ht. destruct a_pows as (A1 & _ & A2 & A3). pose proof (Rabs_pos p). pose proof (Rabs_pos r). pose proof (pow2_ge_0 sigma).
  assert (RS : 0 <= Rabs r * sigma ^ 2) by mpos.
  assert (AE : 0 <= 2 * a * eta <= 3) by (split; [mpos | nra]).
  replace (g2 t x) with (a ^ 2 * p * x 0%nat * e1 t + 4 * a ^ 2 * r * x 0%nat ^ 2 * e2 t - (2 * a * eta) * r * sigma ^ 2 * e2 t) by (unfold g2; ring).
  eapply Rle_trans; [apply form_bound; auto; lra|]. apply weaken. unfold Mt0. rewrite !(Rmult_assoc _ (Rabs r)). nra.
Qed.
Lemma g3_bound t x : t <= T -> Rabs (g3 t x) <= Mt0 * Q 1 x ^ 3.
Proof.
  intros Ht. destruct a_pows as (A1 & _ & A2 & A3). pose proof (Rabs_pos p). pose proof (Rabs_pos r). pose proof (pow2_ge_0 sigma).
  assert (RS : 0 <= Rabs r * sigma ^ 2) by mpos.
  assert (AE : 0 <= 4 * a ^ 2 * eta <= 9) by (split; [mpos | nra]).
  replace (g3 t x) with (- (a ^ 3 * p * x 0%nat * e1 t + 8 * a ^ 3 * r * x 0%nat ^ 2 * e2 t - (4 * a ^ 2 * eta) * r * sigma ^ 2 * e2 t)) by (unfold g3; ring).
  apply abs_opp_le. eapply Rle_trans; [apply form_bound; auto; lra|]. apply weaken. unfold Mt0. rewrite !(Rmult_assoc _ (Rabs r)). nra.
Qed.
Lemma growth_ok x i : (i < 1)%nat -> Rabs (F i x) <= 1 * sqrt (Q 1 x).
Proof. intros Hi. rewrite Rmult_1_l. apply (quad_sq (idx 1) nil x i). unfold idx. apply in_seq. lia. Qed.
Lemma oracle_ok (x : X) : noise (law x) 1 (Sig x) 64 64 3.
Proof. apply sign_noise; simpl; lra. Qed.
Lemma J_end x : J T nil x = p * x 0%nat + r * x 0%nat ^ 2.
Proof.
  unfold J, e1, e2. simpl length. cbv iota. rewrite Rminus_diag_eq, !Rmult_0_r, Ropp_0, exp_0 by reflexivity. ring.
Qed.
Lemma const_ok : 0 <= M0 /\ 0 <= 0 /\ 0 <= Mt0.
Proof. pose proof (Rabs_pos p). pose proof (Rabs_pos r). pose proof (pow2_ge_0 sigma). unfold M0, Mt0. repeat split; mpos. Qed.

Definition run (phi : X -> R) (x : X) : R := expected (chain_steps eta sigma F law) 0 N phi x.

Theorem sgd_instance1 x : a = 1 ->
  Rabs (run (fun y => p * y 0%nat + r * y 0%nat ^ 2) x - J 0 nil x) <= sgd_constant1 1 0 sigma 1 64 M0 Mt0 T * Q 1 x ^ 3 * eta.
Proof.
  intros Ha. unfold run. rewrite <- (functional_extensionality (J T nil) (fun y : X => p * y 0%nat + r * y 0%nat ^ 2) J_end).
  apply (sgd_weak_order1 1 0 N eta sigma 1 64 F H Sig law) with (Mb := 0) (test := fun _ => True); auto; try lra.
  - intros; now apply growth_ok.
  - intros; apply oracle_ok; auto.
  - apply const_ok.
  - unfold T; lra.
  - split; simpl; auto.
  - intros; apply jets.
  - intros t l y Ht Hl Hlen. unfold J. rewrite Hlen. destruct (e_unit t ltac:(lra)) as (_ & E2). rewrite pow_O, Rmult_1_r. unfold M0.
    replace (2 * Rabs r) with (2 * Rabs r * 1) by ring. apply abs_mult_le. apply abs_mult_le; [apply abs_pos_le|]; lra. rewrite Rabs_pos_eq; lra.
  - intros t y Ht. rewrite gen_g by auto. apply J_time.
  - intros t y Ht. exists (g2 t y). split; [|apply g2_bound; lra].
    apply (is_derive_ext (fun t => g t y)); [intros; now rewrite gen_g by auto | apply g_time].
Qed.

(* L U and its derivatives. *)
Definition K (t : R) (l : list nat) (x : X) : R :=
  match length l with
  | 0%nat => g t x
  | 1%nat => - (a * p * e1 t) - 4 * a * r * x 0%nat * e2 t
  | 2%nat => - (4 * a * r * e2 t)
  | _ => 0 end.
Definition M2 := Rabs p + 6 * Rabs r.
Lemma K_jets t l (x y : X) : diff_along (idx 1) (K t l) (fun i => K t (i :: l)) x y.
Proof.
  intros s _. unfold idx. simpl seq. cbn [sumf]. unfold K, g, along. simpl length.
  destruct (length l) as [|[|[|n]]]; cbv iota beta; auto_derive; auto; ring.
Qed.
Lemma gen_K t x : a = 1 + eta / 2 -> gen (idx 1) (limit 1 eta sigma F H Sig 2) K t x = g2 t x.
Proof. intros Ha. unfold gen, limit, idx, g2, K; simpl seq; cbn [sumf drift diffu]; simpl length; unfold F, H, Sig; rewrite Ha; field. Qed.

Theorem sgd_instance2 x : a = 1 + eta / 2 ->
  Rabs (run (fun y => p * y 0%nat + r * y 0%nat ^ 2) x - J 0 nil x)
  <= sgd_constant2 1 1 sigma 1 256 M2 (Mb 1 sigma 1 1 (/ 2) 0 256 M2) Mt0 T * Q 1 x ^ 4 * eta ^ 2.
Proof.
  intros Ha. unfold run. rewrite <- (functional_extensionality (J T nil) (fun y : X => p * y 0%nat + r * y 0%nat ^ 2) J_end).
  pose proof (Rabs_pos p) as Pp. pose proof (Rabs_pos r) as Pr. destruct const_ok as (_ & _ & Mp).
  assert (Q0 : forall y, 1 <= Q 1 y) by (intros; apply quad_ge_1).
  apply (sgd_modified_weak 1 1 N eta sigma 1 1 (/ 2) 0 256 F H (fun _ _ _ => / 2) Sig (fun _ _ _ _ => 0) law) with (K := K) (test := fun _ => True); auto; try lra.
  - intros; now apply growth_ok.
  - intros; apply sign_noise; simpl; lra.
  - intros i y z Hi s _. replace i with 0%nat by lia. unfold idx, F, H, along. simpl seq. cbn [sumf]. auto_derive; auto; ring.
  - intros i y z Hi s _. replace i with 0%nat by lia. unfold b, idx, F, H, along. simpl seq. cbn [sumf]. auto_derive; auto; field.
  - intros i j y z _ _ s _. unfold idx, Sig, along. simpl seq. cbn [sumf]. auto_derive; auto; ring.
  - intros. unfold H. rewrite Rabs_R1; lra.
  - intros i j y _ _. rewrite Rabs_pos_eq by lra. specialize (Q0 y). lra.
  - intros. rewrite Rabs_R0. lra.
  - unfold M2. split; lra.
  - unfold T; lra.
  - split; simpl; auto.
  - intros; apply jets.
  - intros t l y Ht _ Hl. destruct (e_unit t ltac:(lra)) as (E1 & E2). destruct (Q_bounds y) as (B1 & B2 & B3). rewrite pow_1. unfold J, M2.
    assert (A1 : Rabs (p * e1 t) <= Rabs p * 1) by (apply abs_mult_le; [lra | rewrite Rabs_pos_eq; lra]).
    assert (A2 : Rabs (2 * r * y 0%nat * e2 t) <= 2 * Rabs r * Q 1 y * 1).
    { apply abs_mult_le; [|rewrite Rabs_pos_eq; lra]. apply abs_mult_le; auto. apply abs_mult_le; [rewrite Rabs_pos_eq; lra | lra]. }
    assert (A3 : Rabs (2 * r * e2 t) <= 2 * Rabs r * 1) by (apply abs_mult_le; [apply abs_mult_le; [rewrite Rabs_pos_eq; lra | lra] | rewrite Rabs_pos_eq; lra]).
    destruct (length l) as [|[|[|[|n]]]]; try lia; [eapply Rle_trans; [apply abs_plus_le; [apply A1 | apply A2]|] | eapply Rle_trans; [apply A3|] | rewrite Rabs_R0]; nra.
  - intros t y Ht. rewrite gen_g by auto. apply J_time.
  - intros t y Ht. unfold K. simpl length. cbv iota. now rewrite gen_g by auto.
  - intros; apply K_jets.
  - intros t l y Ht _ Hl. destruct (e_unit t ltac:(lra)) as (_ & E2). destruct (Q_bounds y) as (_ & _ & B3). rewrite pow_1. unfold K, M2. rewrite Hl.
    apply abs_opp_le. apply Rle_trans with (4 * a * Rabs r * 1); [|nra].
    apply abs_mult_le; [apply abs_mult_le; [rewrite Rabs_pos_eq; lra | lra] | rewrite Rabs_pos_eq; lra].
  - intros t y Ht. rewrite gen_K by auto. apply (is_derive_ext (fun t => g t y)); [intros; now rewrite gen_g by auto | apply g_time].
  - intros t y Ht. exists (- g3 t y). split. apply (is_derive_ext (fun t => g2 t y)); [intros; now rewrite gen_K by auto | apply g2_time].
    rewrite Rabs_Ropp. eapply Rle_trans; [apply g3_bound; lra|]. apply Rmult_le_compat_l; auto. apply Rle_pow; auto.
Qed.
End Instance.
