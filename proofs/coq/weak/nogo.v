(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* No SDE matches RMSprop to second order. In dimension one with constant variance S the h^2 term of the one-step operator differs from
   that of any diffusion, whatever drift and diffusion corrections of order h it carries, by c2 sigma0^2 P^-2 (E z^4 - S^2) on the test
   function (theta - theta0)^2 (u - u0), which sees the operator (1/2) c2 (E z^4 - S^2) sigma0^2 P^-2 d_u d_theta^2. *)
From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect.
Open Scope R_scope.

(* Second-order differential operators on functions of (theta, u). *)
Definition d1 (f : R -> R -> R) (x y : R) := Derive (fun x => f x y) x.
Definition d2 (f : R -> R -> R) (x y : R) := Derive (fun y => f x y) y.
Record operator := { a_th : R -> R -> R; a_u : R -> R -> R; b_tt : R -> R -> R; b_tu : R -> R -> R; b_uu : R -> R -> R }.
Definition apply (L : operator) (f : R -> R -> R) (x y : R) : R :=
  a_th L x y * d1 f x y + a_u L x y * d2 f x y
  + / 2 * (b_tt L x y * d1 (d1 f) x y + 2 * b_tu L x y * d1 (d2 f) x y + b_uu L x y * d2 (d2 f) x y).

Section NoGo.
Variables (sigma0 eps0 c2 S mu4 K3 th0 u0 : R) (F : R -> R).
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 < c2.
Hypothesis u0_pos : 0 < u0.
Definition p (u : R) := / (sigma0 * sqrt u + eps0).
Definition L0 : operator := {|
  a_th := fun x u => - F x * p u; a_u := fun _ u => c2 * (S - u); b_tt := fun _ u => sigma0 ^ 2 * S * p u ^ 2;
  b_tu := fun _ _ => 0; b_uu := fun _ _ => 0 |}.
Definition phi (x u : R) := (x - th0) ^ 2 * (u - u0).

Lemma phi_d1 x u : d1 phi x u = 2 * (x - th0) * (u - u0).
Proof. apply is_derive_unique. unfold phi. auto_derive; auto. ring. Qed.
Lemma phi_d2 x u : d2 phi x u = (x - th0) ^ 2.
Proof. apply is_derive_unique. unfold phi. auto_derive; auto. ring. Qed.
Lemma phi_d11 x u : d1 (d1 phi) x u = 2 * (u - u0).
Proof.
  unfold d1 at 1. rewrite (Derive_ext _ (fun x => 2 * (x - th0) * (u - u0))) by (intros; apply phi_d1).
  apply is_derive_unique. auto_derive; auto. ring.
Qed.
Lemma phi_d12 x u : d1 (d2 phi) x u = 2 * (x - th0).
Proof.
  unfold d1. rewrite (Derive_ext _ (fun x => (x - th0) ^ 2)) by (intros; apply phi_d2).
  apply is_derive_unique. auto_derive; auto. ring.
Qed.
Lemma phi_d22 x u : d2 (d2 phi) x u = 0.
Proof. unfold d2 at 1. rewrite (Derive_ext _ (fun _ => (x - th0) ^ 2)) by (intros; apply phi_d2). apply Derive_const. Qed.

(* Every second-order operator without zeroth order term vanishes on phi at the base point. *)
Lemma correction_blind L : apply L phi th0 u0 = 0.
Proof. unfold apply. rewrite phi_d1, phi_d2, phi_d11, phi_d12, phi_d22. ring. Qed.

Lemma apply_L0 f x u : apply L0 f x u
  = - F x * p u * d1 f x u + c2 * (S - u) * d2 f x u + / 2 * (sigma0 ^ 2 * S * p u ^ 2 * d1 (d1 f) x u).
Proof. unfold apply, L0; cbn [a_th a_u b_tt b_tu b_uu]. ring. Qed.
Lemma L0_phi x u : apply L0 phi x u
  = - F x * p u * (2 * (x - th0) * (u - u0)) + c2 * (S - u) * (x - th0) ^ 2 + sigma0 ^ 2 * S * p u ^ 2 * (u - u0).
Proof. unfold apply. rewrite phi_d1, phi_d2, phi_d11, phi_d12, phi_d22. unfold L0; cbn [a_th a_u b_tt b_tu b_uu]. field. Qed.

Lemma P_pos u : 0 < u -> 0 < sigma0 * sqrt u + eps0.
Proof. intros Hu. pose proof (sqrt_lt_R0 _ Hu). nra. Qed.

Lemma L0_L0_phi : apply L0 (apply L0 phi) th0 u0 = 2 * c2 * (S - u0) * (sigma0 ^ 2 * S * p u0 ^ 2).
Proof.
  pose proof (P_pos u0 u0_pos) as HP.
  assert (A1 : forall x, d1 (apply L0 phi) x u0 = 2 * c2 * (S - u0) * (x - th0)).
  { intros x. unfold d1. rewrite (Derive_ext _ (fun x => c2 * (S - u0) * (x - th0) ^ 2)) by (intros t; rewrite L0_phi; ring).
    apply is_derive_unique. auto_derive; auto. ring. }
  assert (A11 : d1 (d1 (apply L0 phi)) th0 u0 = 2 * c2 * (S - u0)).
  { unfold d1 at 1. rewrite (Derive_ext _ (fun x => 2 * c2 * (S - u0) * (x - th0))) by (intros; apply A1).
    apply is_derive_unique. auto_derive; auto. ring. }
  assert (A2 : d2 (apply L0 phi) th0 u0 = sigma0 ^ 2 * S * p u0 ^ 2).
  { unfold d2. rewrite (Derive_ext _ (fun u => sigma0 ^ 2 * S * p u ^ 2 * (u - u0))) by (intros t; rewrite L0_phi; ring).
    apply is_derive_unique. unfold p. auto_derive. repeat split; auto; lra. replace (u0 + - u0) with 0 by ring. ring. }
  rewrite (apply_L0 (apply L0 phi)), A1, A11, A2. field.
Qed.

(* One step of RMSprop from (th0, u0). *)
Context {Om : Type}.
Variables (law : R -> expectation Om) (z : Om -> R).     (* the law may depend on eta: low skewness *)
Hypothesis int_z : forall eta k, (k <= 4)%nat -> intg (law eta) (fun o => z o ^ k).
Hypothesis z1 : forall eta, ex (law eta) z = 0.
Hypothesis z2 : forall eta, ex (law eta) (fun o => z o ^ 2) = S.
Hypothesis z3 : forall eta, 0 < eta <= 1 -> Rabs (ex (law eta) (fun o => z o ^ 3)) <= K3 * eta.
Hypothesis z4 : forall eta, ex (law eta) (fun o => z o ^ 4) = mu4.
Definition dth eta (o : Om) := - (eta ^ 2 * F th0 + eta * sigma0 * z o) * p u0.
Definition du eta (o : Om) := c2 * eta ^ 2 * ((eta * F th0 / sigma0 + z o) ^ 2 - u0).
Definition A (eta : R) (f : R -> R -> R) : R := ex (law eta) (fun o => f (th0 + dth eta o) (u0 + du eta o)).
(* The same step of a diffusion with generator L0 + h L1, to order h^2. *)
Definition diffusion (L1 : operator) (h : R) (f : R -> R -> R) : R :=
  f th0 u0 + h * apply L0 f th0 u0 + h ^ 2 * (apply L1 f th0 u0 + / 2 * apply L0 (apply L0 f) th0 u0).

Definition gap := c2 * sigma0 ^ 2 * p u0 ^ 2 * (mu4 - S ^ 2).
Let f0 := F th0.
Definition C := c2 * p u0 ^ 2 * (Rabs (4 * sigma0 * f0) * K3 + Rabs (f0 ^ 2 * (6 * S - u0)) + Rabs (f0 ^ 4 / sigma0 ^ 2)).

Lemma ex_quartic eta g a0 a1 a2 a3 a4 : (forall o, g o = a0 + a1 * z o + a2 * z o ^ 2 + a3 * z o ^ 3 + a4 * z o ^ 4) ->
  ex (law eta) g = a0 + a2 * S + a3 * ex (law eta) (fun o => z o ^ 3) + a4 * mu4.
Proof.
  intros H. rewrite (ex_ext _ _ _ H).
  assert (I1 : intg (law eta) z) by (apply (intg_ext _ (fun o => z o ^ 1)); [intros; ring | apply int_z; auto]).
  assert (I2 := int_z eta 2 ltac:(auto)). assert (I3 := int_z eta 3 ltac:(auto)). assert (I4 := int_z eta 4 ltac:(auto)).
  repeat rewrite ex_plus by (repeat apply intg_plus; auto using intg_const, intg_scal).
  rewrite !ex_scal by auto. rewrite ex_const, z1, z2, z4. ring.
Qed.

Theorem second_order_gap eta L1 : 0 < eta <= 1 ->
  Rabs (A eta phi - diffusion L1 (eta ^ 2) phi - gap * (eta ^ 2) ^ 2) <= C * (eta ^ 2) ^ 3.
Proof.
  intros He. unfold A, diffusion. rewrite !correction_blind, L0_L0_phi.
  assert (phi th0 u0 = 0) as -> by (unfold phi; ring).
  set (q := c2 * p u0 ^ 2 * (eta ^ 2) ^ 2). set (a := eta * f0). set (e3 := ex (law eta) (fun o => z o ^ 3)).
  rewrite (ex_quartic eta _ (q * (a ^ 2 * (a ^ 2 / sigma0 ^ 2 - u0))) (q * (2 * a ^ 3 / sigma0 + 2 * a * sigma0 * (a ^ 2 / sigma0 ^ 2 - u0)))
    (q * (a ^ 2 + 4 * a ^ 2 + sigma0 ^ 2 * (a ^ 2 / sigma0 ^ 2 - u0))) (q * (4 * a * sigma0)) (q * sigma0 ^ 2)).
  2:{ intros o. unfold phi, dth, du, q, a. fold f0. field. lra. }
  fold e3.
  replace (_ - _ - _) with (c2 * p u0 ^ 2 * ((eta ^ 2) ^ 2 * (4 * sigma0 * f0 * (eta * e3)) + (eta ^ 2) ^ 3 * (f0 ^ 2 * (6 * S - u0)) + (eta ^ 2) ^ 4 * (f0 ^ 4 / sigma0 ^ 2))).
  2:{ unfold gap, q, a. field. lra. }
  unfold C. assert (0 <= c2 * p u0 ^ 2) by mpos. assert (E2 : 0 <= eta ^ 2 <= 1) by (simpl; nra).
  set (h := eta ^ 2) in *. 
  replace (c2 * p u0 ^ 2 * (Rabs (4 * sigma0 * f0) * K3 + Rabs (f0 ^ 2 * (6 * S - u0)) + Rabs (f0 ^ 4 / sigma0 ^ 2)) * h ^ 3)
    with (c2 * p u0 ^ 2 * (h ^ 2 * (Rabs (4 * sigma0 * f0) * (K3 * h)) + h ^ 3 * Rabs (f0 ^ 2 * (6 * S - u0)) + h ^ 3 * Rabs (f0 ^ 4 / sigma0 ^ 2))) by ring.
  apply abs_mult_le. now apply abs_pos_le. apply abs_plus_le; [apply abs_plus_le|].
  - apply abs_mult_le. apply abs_pos_le; mpos. apply abs_mult_le. lra.
    replace (K3 * h) with (eta * (K3 * eta)) by (unfold h; ring). apply abs_mult_le. apply abs_pos_le; lra. now apply z3.
  - apply abs_mult_le. apply abs_pos_le; mpos. lra.
  - apply abs_mult_le; [|lra]. rewrite Rabs_pos_eq by (apply pow_le; lra). apply pow_anti; auto.
Qed.

(* The no-go theorem: with E z^4 > (E z^2)^2 no correction L1 makes the local error O(h^3). *)
Theorem no_second_order_sde L1 : S ^ 2 < mu4 ->
  ~ exists C', forall eta, 0 < eta <= 1 -> Rabs (A eta phi - diffusion L1 (eta ^ 2) phi) <= C' * (eta ^ 2) ^ 3.
Proof.
  intros Hm (C' & H). pose proof (P_pos u0 u0_pos) as HP.
  assert (Hp : 0 < p u0) by (now apply Rinv_0_lt_compat).
  assert (G : 0 < gap). { unfold gap. assert (0 < p u0 ^ 2) by now apply pow_lt. assert (0 < sigma0 ^ 2) by now apply pow_lt.
    repeat apply Rmult_lt_0_compat; lra. }
  set (D := Rabs (C + C') + 1). assert (D0 : 1 <= D) by (unfold D; pose proof (Rabs_pos (C + C')); lra).
  set (h := Rmin 1 (gap / (2 * D))). assert (h0 : 0 < h). { apply Rmin_glb_lt. lra. apply Rdiv_lt_0_compat; lra. }
  assert (h1 : h <= 1) by apply Rmin_l. assert (h2 : h <= gap / (2 * D)) by apply Rmin_r.
  assert (E : sqrt h ^ 2 = h) by (rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra).
  assert (He : 0 < sqrt h <= 1). { split. now apply sqrt_lt_R0. rewrite <- sqrt_1. now apply sqrt_le_1_alt. }
  assert (H1 := second_order_gap (sqrt h) L1 He). assert (H2 := H (sqrt h) He). rewrite E in H1, H2.
  assert (B : gap * h ^ 2 <= (C + C') * h ^ 3).
  { apply abs_le_inv in H1. apply abs_le_inv in H2. lra. }
  assert (h3 : 0 < h ^ 2) by now apply pow_lt.
  assert (B2 : gap <= (C + C') * h). { apply Rmult_le_reg_r with (h ^ 2); auto. replace ((C + C') * h * h ^ 2) with ((C + C') * h ^ 3) by ring. exact B. }
  assert (C + C' <= D) by (unfold D; pose proof (Rle_abs (C + C')); lra).
  assert (D * h <= gap / 2). { replace (gap / 2) with (D * (gap / (2 * D))) by (field; lra). apply Rmult_le_compat_l; lra. }
  nra.
Qed.
End NoGo.
