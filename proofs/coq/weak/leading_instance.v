(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Every hypothesis of rmsprop_leading discharged: linear loss, Sigma = 1, z = +-1, any sigma0, eps0, c2, test function u. With f = slope/sigma0
   and E(s) = e^{-c2 s}: U = 1 + (u-1) E(T-t), psi_t = c2 f^2 E(T-t) - (c2^2/2)(u-1) E(T-t), and the coefficient in closed form. *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor lax scheme weight noise moments2 rmsprop rmsprop_second rmsprop_leading instance decay_error.
Import ListNotations.
Open Scope R_scope.

Lemma prodv_const (l : list nat) c : prodv l (fun _ => c) = c ^ length l.
Proof. induction l; simpl; auto. now rewrite IHl. Qed.
Lemma sign_noise5 s : noise5 sign_law 1 (fun _ _ _ => 0) (fun _ _ _ _ => 1) s 0.
Proof.
  split; simpl; auto; intros; try field. rewrite !prodv_const, H0. replace ((1 ^ 5 + (-1) ^ 5) / 2) with 0 by field. rewrite Rabs_R0; lra.
Qed.

Section Instance.
Variables (eta sigma0 eps0 c2 umin slope : R) (N : nat).
Let h := eta ^ 2.
Let T := INR N * h.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis decay : c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Let F (_ : nat) (_ : X) := slope.
Let Sig (_ : X) (_ _ : nat) := 1.
Let law (_ : X) := sign_law.
Let f := slope / sigma0.
Let E s := exp (- (c2 * s)).
Let L := limit sigma0 eps0 c2 F Sig.

(* Functions alpha + gamma (u - 1) and their derivatives. *)
Let affine (alpha gamma : R) (l : list coord) (x : X) : R :=
  match l with [] => alpha + gamma * (x (Uu 0) - 1) | [Uu _] => gamma | _ => 0 end.
Definition J t := affine 1 (E (T - t)).
Definition K t := affine 0 (- c2 * E (T - t)).
Definition W tau t := affine (c2 * f ^ 2 * E (T - tau)) (- (c2 ^ 2 / 2) * E (T - t)).

Lemma E_unit s : 0 <= s -> 0 < E s <= 1. Proof. intros. apply exp_neg_unit. mpos. Qed.
Lemma E_derive t : is_derive (fun t => E (T - t)) t (c2 * E (T - t)).
Proof. unfold E. auto_derive; auto. unfold Rminus. ring. Qed.
Lemma affine_jet alpha gamma l (x y : X) : diff_along (idx 1) (affine alpha gamma l) (fun i => affine alpha gamma (i :: l)) x y.
Proof.
  intros s _. unfold idx, thetas, us. simpl map. simpl app. cbn [sumf]. unfold affine, along. destruct l as [|[i|i] [|j l]]; auto_derive; auto; ring.
Qed.
Lemma affine_gen alpha gamma t x : gen (idx 1) L (fun _ => affine alpha gamma) t x = c2 * (1 - x (Uu 0)) * gamma.
Proof. unfold gen, L, limit, idx, thetas, us. simpl map. simpl app. cbn [sumf drift diffu]. unfold affine, Sig. ring. Qed.
Lemma gen_at (G : R -> list coord -> X -> R) t x : gen (idx 1) L G t x = gen (idx 1) L (fun _ => G t) t x.
Proof. reflexivity. Qed.
Lemma u_Q x : Rabs (x (Uu 0) - 1) <= 2 * Q 1 x /\ 1 <= Q 1 x.
Proof.
  assert (E1 : Q 1 x = 1 + x (Th 0) ^ 2 + Rabs (x (Uu 0))) by (unfold Q, quad, thetas, us; simpl; ring). rewrite E1.
  pose proof (pow2_ge_0 (x (Th 0))). pose proof (Rabs_pos (x (Uu 0))). split; [|lra].
  replace (2 * (1 + x (Th 0) ^ 2 + Rabs (x (Uu 0)))) with ((2 + 2 * x (Th 0) ^ 2 + Rabs (x (Uu 0)) - 1) + (1 + Rabs (x (Uu 0)))) by ring.
  apply Rle_trans with (Rabs (x (Uu 0)) + 1); [|lra]. apply abs_minus_le. lra. rewrite Rabs_R1; lra.
Qed.

(* An affine function whose slope decays like e^{-c2 (T-t)} solves the backward equation. *)
Lemma affine_value alpha k tau M Mt q : Rabs k <= M -> 2 * c2 ^ 2 * Rabs k <= Mt -> tau <= T ->
  value (idx 1) deg (Q 1) (Dom 1 umin) L M Mt 0 tau q (fun t => affine alpha (k * E (T - t))).
Proof.
  intros HM HMt Ht. assert (M0 : 0 <= M) by (eapply Rle_trans; [apply Rabs_pos | apply HM]).
  assert (qpow : forall x n, 1 <= Q 1 x ^ n) by (intros; apply pow_ge_1, u_Q).
  split.
  - intros; apply affine_jet.
  - intros t l x Ht' Hl Hn Hd Hx. destruct (E_unit (T - t) ltac:(lra)) as (e0 & e1). pose proof (qpow x q).
    apply Rle_trans with (M * 1); [|apply Rmult_le_compat_l; auto].
    destruct l as [|[i|i] [|j l]]; try easy; unfold affine; try (rewrite Rabs_R0; lra). apply abs_mult_le; auto. rewrite Rabs_pos_eq; lra.
  - intros t x Ht' Hx. rewrite gen_at, affine_gen. unfold affine, E. auto_derive; auto. unfold Rminus. ring.
  - intros t x Ht' Hx. destruct (E_unit (T - t) ltac:(lra)) as (e0 & e1). destruct (u_Q x) as (u1 & Q1).
    exists (c2 ^ 2 * k * (1 - x (Uu 0)) * E (T - t)). split.
    + apply (is_derive_ext (fun t => c2 * (1 - x (Uu 0)) * (k * E (T - t)))). intros; now rewrite gen_at, affine_gen.
      unfold E. auto_derive; auto. unfold Rminus. ring.
    + assert (Qw : Q 1 x <= Q 1 x ^ (q + 3)) by (rewrite <- (pow_1 (Q 1 x)) at 1; apply Rle_pow; auto; lia).
      apply Rle_trans with (c2 ^ 2 * Rabs k * (2 * Q 1 x) * 1).
      * apply abs_mult_le; [|rewrite Rabs_pos_eq; lra]. apply abs_mult_le. apply abs_mult_le. apply abs_pos_le, pow2_ge_0. lra. now rewrite Rabs_minus_sym.
      * replace (c2 ^ 2 * Rabs k * (2 * Q 1 x) * 1) with (2 * c2 ^ 2 * Rabs k * Q 1 x) by ring. pose proof (pow2_ge_0 c2). pose proof (Rabs_pos k).
        apply Rmult_le_compat; auto; try lra. mpos.
Qed.

Definition M0 := 1 + c2 + c2 ^ 2.
Definition Mt0 := 2 * c2 ^ 3 + 2 * c2 ^ 2 + 1.
Lemma J_value6 : value6 (idx 1) deg (Q 1) (Dom 1 umin) L M0 T 0 J.
Proof.
  assert (V := affine_value 1 1 T M0 (2 * c2 ^ 2 * 1) 0 ltac:(rewrite Rabs_R1; unfold M0; pose proof (pow2_ge_0 c2); lra) ltac:(rewrite Rabs_R1; lra) (Rle_refl T)).
  assert (Ej : (fun t => affine 1 (1 * E (T - t))) = J) by (apply functional_extensionality; intros t; unfold J; now rewrite Rmult_1_l).
  rewrite Ej in V. assert (m0 : 1 <= M0 /\ c2 <= M0) by (unfold M0; pose proof (pow2_ge_0 c2); lra).
  split.
  - intros; apply affine_jet.
  - intros t l x Ht Hl Hn Hd Hx. destruct (E_unit (T - t) ltac:(lra)) as (e0 & e1). rewrite pow_O, Rmult_1_r.
    destruct l as [|[i|i] [|j l]]; try easy; unfold J, affine; try (rewrite Rabs_R0; lra). rewrite Rabs_pos_eq; lra.
  - apply V.
  - intros s t l x Hs Ht Hl Hn Hd Hx. rewrite pow_O, Rmult_1_r. assert (B0 : 0 <= M0 * (t - s)) by mpos.
    destruct l as [|[i|i] [|j l]]; try easy; unfold J, affine; try (rewrite Rminus_diag_eq, Rabs_R0 by reflexivity; exact B0).
    apply Rle_trans with (c2 * (t - s)); [|apply Rmult_le_compat_r; lra].
    apply (lip_of_derive (fun t => E (T - t))). lra. intros r Hr. exists (c2 * E (T - r)). split. apply E_derive.
    destruct (E_unit (T - r) ltac:(lra)). rewrite Rabs_pos_eq by mpos. nra.
Qed.

Lemma K_value : value (idx 1) deg (Q 1) (Dom 1 umin) L M0 Mt0 0 T 3 K.
Proof.
  pose proof (pow2_ge_0 c2). assert (0 <= c2 ^ 3) by now apply pow_le. assert (A : Rabs (- c2) = c2) by (rewrite Rabs_Ropp; apply Rabs_pos_eq; lra).
  apply (affine_value 0 (- c2) T M0 Mt0 3); rewrite ?A; unfold M0, Mt0; try lra.
Qed.
Lemma W_value tau : 0 <= tau <= T -> value (idx 1) deg (Q 1) (Dom 1 umin) L (c2 ^ 2) (c2 ^ 4) 0 tau 3 (W tau).
Proof.
  intros Ht. pose proof (pow2_ge_0 c2). assert (A : Rabs (- (c2 ^ 2 / 2)) = c2 ^ 2 / 2) by (rewrite Rabs_Ropp; apply Rabs_pos_eq; lra).
  apply (affine_value (c2 * f ^ 2 * E (T - tau)) (- (c2 ^ 2 / 2)) tau); rewrite ?A; try lra.
Qed.
Lemma W_psi tau x : W tau tau [] x = psi 1 sigma0 eps0 c2 F Sig (fun _ _ _ _ => 0) (fun _ _ _ _ _ => 1) J K tau x.
Proof.
  unfold psi. rewrite A2_explicit. fold L. rewrite gen_at. unfold K. rewrite affine_gen.
  unfold idx, thetas, us. simpl map. simpl app. cbn [sumf]. unfold J, W, affine. cbn [second]. unfold b_V, F. fold f. field.
Qed.

Definition leading_instance_constant (x : X) :=
  rmsprop_leading_constant 1 sigma0 eps0 c2 umin (Rabs slope) 0 0 (2 ^ 12) 0 M0 Mt0 (c2 ^ 2) (c2 ^ 4) (c2 ^ 2 * f ^ 2) T x.

Theorem leading_instance x : umin <= (1 - c2 * h) ^ N * x (Uu 0) ->
  Rabs (En eta sigma0 eps0 c2 F law N (fun y => y (Uu 0)) x - (1 + (x (Uu 0) - 1) * exp (- (c2 * T)))
    - h * (f ^ 2 * (1 - exp (- (c2 * T))) - c2 ^ 2 / 2 * T * (x (Uu 0) - 1) * exp (- (c2 * T)))) <= leading_instance_constant x * h ^ 2.
Proof.
  intros Hx.
  assert (R := rmsprop_leading 1 eta sigma0 eps0 c2 umin (Rabs slope) 0 0 (2 ^ 12) 0 N F Sig (fun _ _ _ _ => 0) (fun _ _ _ _ _ => 1) law
    eta_unit sigma0_pos eps0_pos c2_pos decay umin_pos (Rabs_pos slope) ltac:(lra)).
  specialize (R ltac:(intros y i _ _; unfold F; rewrite <- (Rmult_1_r (Rabs slope)) at 1; apply Rmult_le_compat_l; [apply Rabs_pos | apply (root_ge_1 (thetas 1) (us 1))])).
  specialize (R ltac:(intros y _; apply sign_noise; [rewrite !Rmult_0_l | simpl]; lra)).
  specialize (R ltac:(intros y _; rewrite Rmult_0_l; apply sign_noise5)).
  assert (T0 : 0 <= T) by (unfold T, h; apply Rmult_le_pos; [apply pos_INR | apply pow2_ge_0]).
  specialize (R M0 Mt0 (c2 ^ 2) (c2 ^ 4) (c2 ^ 2 * f ^ 2) T J K).
  specialize (R ltac:(unfold M0, Mt0; split; mpos) ltac:(split; apply pow_le; auto) ltac:(mpos) eq_refl J_value6).
  specialize (R ltac:(intros t y _ _; rewrite gen_at; unfold J; rewrite affine_gen; unfold K, affine; ring) K_value W W_value ltac:(intros; apply W_psi)).
  specialize (R (fun _ => True) ltac:(split; simpl; auto) (fun _ _ => Logic.I) (fun _ _ _ => Logic.I) Logic.I x).
  specialize (R ltac:(intros i Hi; replace i with 0%nat by lia; now rewrite Nat.sub_0_r)).
  assert (ET : E (T - T) = 1) by (unfold E; rewrite Rminus_diag_eq, Rmult_0_r, Ropp_0, exp_0 by reflexivity; auto).
  specialize (R ltac:(intros s t Hs Ht; unfold W, affine;
    replace (_ - _) with (c2 * f ^ 2 * (E (T - t) - E (T - s))) by ring;
    replace (c2 ^ 2 * f ^ 2 * (t - s)) with (c2 * f ^ 2 * (c2 * (t - s))) by ring;
    apply abs_mult_le; [apply abs_pos_le; mpos |];
    apply (lip_of_derive (fun t => E (T - t))); [lra |]; intros r Hr; exists (c2 * E (T - r)); split; [apply E_derive |];
    destruct (E_unit (T - r) ltac:(lra)); rewrite Rabs_pos_eq by mpos; nra)).
  replace (J T nil) with (fun y : X => y (Uu 0%nat)) in R by (apply functional_extensionality; intros y; unfold J, affine; rewrite ET; ring).
  replace (J 0 nil x) with (1 + (x (Uu 0%nat) - 1) * exp (- (c2 * T))) in R by (unfold J, affine, E; rewrite Rminus_0_r; ring).
  (* the integral *)
  assert (I0 : is_RInt (fun t => W t 0 nil x) 0 T (f ^ 2 * (1 - exp (- (c2 * T))) - c2 ^ 2 / 2 * T * (x (Uu 0%nat) - 1) * exp (- (c2 * T)))).
  { set (k := c2 ^ 2 / 2 * (x (Uu 0%nat) - 1) * exp (- (c2 * T))). set (G := fun t => f ^ 2 * E (T - t) - k * t).
    replace (_ - _) with (G T - G 0) by (unfold G, k; rewrite ET; unfold E; rewrite Rminus_0_r; ring).
    apply (is_RInt_derive G).
    - intros t _. unfold G, W, affine, k, E. auto_derive; auto. rewrite Rminus_0_r. unfold Rminus. field.
    - intros t _. apply (ex_derive_continuous (fun t => W t 0 nil x)). unfold W, affine, E. auto_derive; auto. }
  rewrite (is_RInt_unique _ _ _ _ I0) in R. exact R.
Qed.
End Instance.
