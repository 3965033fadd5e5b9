(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The hypotheses of adamw_weak are satisfiable: linear loss f = slope * theta, Sigma = 1, z = +-1, test functions a m + b u, any
   hyper-parameters, any start t0 > 0. With s = T - t: U = a (slope + (m - slope) e^{-c1 s}) + b (1 + (u - 1) e^{-c2 s}). *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise instance decay_error adam adam_coef.
Import ListNotations.
Open Scope R_scope.

Section Instance.
Variables (eta sigma0 eps0 c1 c2 lambda0 umin g slope a b : R) (k0 N : nat).
Let h := eta ^ 2.
Let T := INR N * h.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c_pos : 0 < c1 /\ 0 < c2 /\ 0 <= lambda0.
Hypothesis betas : c1 * h <= 1 /\ c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis g_start : 0 < g <= 1 /\ g <= gamma c1 (INR k0 * h) /\ g <= gamma c2 (INR k0 * h).
Let F (_ : nat) (_ : X) := slope.
Let Sig (_ : X) (_ _ : nat) := 1.
Let law (_ : X) := sign_law.
Let L := limit sigma0 c1 c2 lambda0 F Sig (rhobar c1 c2 sigma0 eps0).

Definition e1 t := exp (- (c1 * (T - t))).
Definition e2 t := exp (- (c2 * (T - t))).
Definition J (t : R) (l : list coord) (x : X) : R :=
  match l with
  | [] => a * (slope + (x (Mm 0) - slope) * e1 t) + b * (1 + (x (Uu 0) - 1) * e2 t)
  | [Mm _] => a * e1 t
  | [Uu _] => b * e2 t
  | _ => 0 end.

Lemma e_unit t : t <= T -> 0 < e1 t <= 1 /\ 0 < e2 t <= 1.
Proof. destruct c_pos as (C1 & C2 & _). intros Ht. split; apply exp_neg_unit; mpos. Qed.

Lemma jets t l (x y : X) : diff_along (idx 1) (J t l) (fun i => J t (i :: l)) x y.
Proof.
  intros s _. unfold idx, sq, us, of. simpl map. simpl app. cbn [sumf]. unfold J, along.
  destruct l as [|[i|i|i] [|j l]]; auto_derive; auto; ring.
Qed.

Lemma Q_bounds x : Rabs (x (Mm 0)) <= Q 1 x /\ Rabs (x (Uu 0)) <= Q 1 x /\ 1 <= Q 1 x.
Proof.
  pose proof (pow2_ge_0 (x (Mm 0))). pose proof (pow2_ge_0 (x (Th 0))). pose proof (Rabs_pos (x (Uu 0))).
  assert (E : Q 1 x = 1 + (x (Th 0) ^ 2 + x (Mm 0) ^ 2) + Rabs (x (Uu 0))) by (unfold Q, quad, sq, us, of; simpl; ring).
  rewrite E. repeat split; try lra. apply Rabs_le. nra.
Qed.

Definition M0 := Rabs a + Rabs b.
Definition Mt0 := Rabs a * c1 ^ 2 * (Rabs slope + 1) + Rabs b * c2 ^ 2 * 2.

Lemma gen_J t x : gen (idx 1) L J t x = a * c1 * (slope - x (Mm 0)) * e1 t + b * c2 * (1 - x (Uu 0)) * e2 t.
Proof. unfold gen, L, limit, idx, sq, us, of. simpl map. simpl app. cbn [sumf drift diffu]. unfold J, F, Sig. ring. Qed.

Lemma J_value : value (idx 1) deg (Q 1) (Dom 1 umin) L M0 Mt0 (INR k0 * h) T 0 J.
Proof.
  destruct c_pos as (C1 & C2 & _). pose proof (Rabs_pos a) as Pa. pose proof (Rabs_pos b) as Pb. split.
  - intros; apply jets.
  - intros t l x Ht Hl Hn Hd Hx. destruct (e_unit t ltac:(lra)) as (E1 & E2). rewrite pow_O, Rmult_1_r. unfold M0, J.
    assert (A1 : Rabs (a * e1 t) <= Rabs a * 1) by (apply abs_mult_le; [lra | rewrite Rabs_pos_eq; lra]).
    assert (A2 : Rabs (b * e2 t) <= Rabs b * 1) by (apply abs_mult_le; [lra | rewrite Rabs_pos_eq; lra]).
    destruct l as [|[i|i|i] [|j l]]; try easy; try (rewrite Rabs_R0; lra); lra.
  - intros t x Ht Hx. rewrite gen_J. unfold J, e1, e2. auto_derive; auto. unfold Rminus. ring.
  - intros t x Ht Hx. destruct (e_unit t ltac:(lra)) as (E1 & E2). destruct (Q_bounds x) as (Q1 & Q2 & Q3).
    exists (a * c1 ^ 2 * (slope - x (Mm 0)) * e1 t + b * c2 ^ 2 * (1 - x (Uu 0)) * e2 t). split.
    + apply (is_derive_ext (fun t => a * c1 * (slope - x (Mm 0)) * e1 t + b * c2 * (1 - x (Uu 0)) * e2 t)); [intros; now rewrite gen_J|].
      unfold e1, e2. auto_derive; auto. unfold Rminus. ring.
    + assert (Q4 : Q 1 x <= Q 1 x ^ (0 + 3)) by (rewrite <- (pow_1 (Q 1 x)) at 1; apply Rle_pow; auto; simpl; lia).
      pose proof (Rabs_pos slope). pose proof (pow2_ge_0 c1). pose proof (pow2_ge_0 c2).
      apply Rle_trans with (Mt0 * Q 1 x).
      2:{ apply Rmult_le_compat_l; auto. unfold Mt0. mpos. }
      unfold Mt0. replace ((Rabs a * c1 ^ 2 * (Rabs slope + 1) + Rabs b * c2 ^ 2 * 2) * Q 1 x)
        with (Rabs a * c1 ^ 2 * (Rabs slope * Q 1 x + Q 1 x) * 1 + Rabs b * c2 ^ 2 * (Q 1 x + Q 1 x) * 1) by ring.
      apply abs_plus_le; (apply abs_mult_le; [apply abs_mult_le; [apply abs_mult_le; [lra | now apply abs_pos_le] | apply abs_minus_le; auto] | rewrite Rabs_pos_eq; lra]).
      * nra.
      * rewrite Rabs_R1. lra.
Qed.

Definition adamw_run (n : nat) (phi : X -> R) (x : X) : R :=
  En eta sigma0 c1 c2 lambda0 k0 F law (rho eta c1 c2 sigma0 eps0) n phi x.

Theorem adamw_instance n x : (k0 + n = N)%nat -> umin <= (1 - c2 * h) ^ (N - k0) * x (Uu 0) ->
  Rabs (adamw_run n (fun y => a * y (Mm 0) + b * y (Uu 0)) x - J (INR k0 * h) nil x)
  <= adamw_constant 1 sigma0 c1 c2 lambda0 umin (Rabs slope) 0 64 g T 0 M0 Mt0 * Q 1 x ^ 3 * eta ^ 2.
Proof.
  intros Hn Hx.
  assert (E : J (INR N * h) nil = (fun y : X => a * y (Mm 0) + b * y (Uu 0))).
  { apply functional_extensionality. intros y. unfold J, e1, e2. fold T. replace (T - T) with 0 by ring. rewrite !Rmult_0_r, Ropp_0, exp_0. ring. }
  unfold adamw_run. rewrite <- E.
  apply (adamw_weak 1 eta sigma0 eps0 c1 c2 lambda0 umin (Rabs slope) 0 64 g T 0 k0 N F Sig law) with (test := fun _ => True); auto.
  - split. apply Rabs_pos. lra.
  - intros y i Hy Hi. unfold F. rewrite <- (Rmult_1_r (Rabs slope)) at 1. apply Rmult_le_compat_l. apply Rabs_pos. apply (root_ge_1 (sq 1) (us 1)).
  - intros y Hy. apply sign_noise. rewrite !Rmult_0_l; lra. simpl; lra.
  - intros; simpl; auto.
  - unfold M0, Mt0. pose proof (Rabs_pos a). pose proof (Rabs_pos b). pose proof (Rabs_pos slope). split; mpos.
  - unfold T, h; lra.
  - apply J_value.
  - split; simpl; auto.
  - intros i Hi. replace i with 0%nat by lia. exact Hx.
Qed.
End Instance.
