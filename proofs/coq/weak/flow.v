(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The worked instance in closed form: f = theta^2/2, Sigma = 1, sigma0 = 1, eps0 = 0, c2 = 2, d = 1.
   SDE: d theta = -(theta dt + dW)/sqrt u, du = 2 (1 - u) dt. Then u_s = 1 + (u-1) e^{-2s} and
   E theta_s = theta * decay s u with decay s u = e^{-s} (1 + sqrt u)/(1 + sqrt u_s).
   Its derivatives in u, their bounds for u >= 1/4, and the transport equation it solves. *)
From Coq Require Import Reals Lra Psatz.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums.
Open Scope R_scope.

Definition ex1 (s : R) := exp (- s).
Definition flow (s u : R) := 1 + (u - 1) * ex1 s ^ 2.
Definition root (s u : R) := sqrt (flow s u).
Definition decay (s u : R) := ex1 s * (1 + sqrt u) / (1 + root s u).
Definition decay_u (s u : R) :=
  ex1 s * (/ (2 * sqrt u * (1 + root s u)) - (1 + sqrt u) * ex1 s ^ 2 / (2 * root s u * (1 + root s u) ^ 2)).
Definition decay_uu (s u : R) :=
  ex1 s * ((1 + sqrt u) * ex1 s ^ 4 / 4 * (/ (root s u ^ 3 * (1 + root s u) ^ 2) + 2 / (root s u ^ 2 * (1 + root s u) ^ 3))
    - (/ (4 * sqrt u ^ 3 * (1 + root s u)) + ex1 s ^ 2 / (2 * sqrt u * root s u * (1 + root s u) ^ 2))).

Section Bounds.
Variables s u : R.
Hypothesis s_pos : 0 <= s.
Hypothesis u_low : / 4 <= u.

Lemma ex1_unit : 0 < ex1 s <= 1.
Proof. unfold ex1. split. apply exp_pos. rewrite <- exp_0. destruct s_pos as [H|<-]. left; apply exp_increasing; lra. rewrite Ropp_0; lra. Qed.
Lemma ex1_sq : 0 < ex1 s ^ 2 <= 1.
Proof. pose proof ex1_unit. simpl; nra. Qed.
Lemma flow_low : / 4 <= flow s u.
Proof. unfold flow. pose proof ex1_sq. nra. Qed.
Lemma sqrt_quarter : sqrt (/ 4) = / 2.
Proof. replace (/ 4) with ((/ 2) ^ 2) by field. apply sqrt_pow2. lra. Qed.
Lemma sqrt_low : / 2 <= sqrt u. Proof. rewrite <- sqrt_quarter. now apply sqrt_le_1_alt. Qed.
Lemma root_low : / 2 <= root s u. Proof. rewrite <- sqrt_quarter. apply sqrt_le_1_alt, flow_low. Qed.
Lemma sqrt_sq : sqrt u ^ 2 = u. Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. lra. Qed.
Lemma root_sq : root s u ^ 2 = flow s u. Proof. unfold root. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. pose proof flow_low. lra. Qed.

Lemma root_above : ex1 s * sqrt u <= root s u.
Proof.
  pose proof ex1_unit. pose proof ex1_sq. pose proof sqrt_low. pose proof root_low.
  apply Rsqr_incr_0; try nra. rewrite !Rsqr_pow2, Rpow_mult_distr, sqrt_sq, root_sq. unfold flow. nra.
Qed.

Lemma decay_unit : 0 <= decay s u <= 1.
Proof.
  pose proof ex1_unit. pose proof sqrt_low. pose proof root_low. pose proof root_above. unfold decay. split.
  - apply Rmult_le_pos. nra. left; apply Rinv_0_lt_compat; lra.
  - apply Rmult_le_reg_r with (1 + root s u). lra. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
Qed.

(* A difference of two quantities between 0 and b. *)
Lemma between a c b : 0 <= a <= b -> 0 <= c <= b -> Rabs (a - c) <= b.
Proof. intros. apply Rabs_le. lra. Qed.

Lemma inv_le a b : 0 < b -> b <= a -> 0 <= / a <= / b.
Proof. intros. split. left; apply Rinv_0_lt_compat; lra. now apply Rinv_le_contravar. Qed.

Lemma decay_u_bound : Rabs (decay_u s u) <= 2 / 3.
Proof.
  pose proof ex1_unit as e1. pose proof ex1_sq as e2. pose proof sqrt_low as y1. pose proof root_low as r1. pose proof decay_unit as D1.
  unfold decay_u.
  replace (ex1 s * (/ (2 * sqrt u * (1 + root s u)) - (1 + sqrt u) * ex1 s ^ 2 / (2 * root s u * (1 + root s u) ^ 2)))
    with (ex1 s * / (2 * sqrt u * (1 + root s u)) - decay s u * (ex1 s ^ 2 * / (2 * root s u * (1 + root s u)))) by (unfold decay; field; lra).
  assert (A1 : 0 <= / (2 * sqrt u * (1 + root s u)) <= / (3 / 2)) by (apply inv_le; nra).
  assert (A2 : 0 <= / (2 * root s u * (1 + root s u)) <= / (3 / 2)) by (apply inv_le; nra).
  set (a := / (2 * sqrt u * (1 + root s u))) in *. set (b := / (2 * root s u * (1 + root s u))) in *.
  assert (0 <= ex1 s ^ 2 * b <= / (3 / 2)) by (split; nra).
  apply between; split; nra.
Qed.

Lemma decay_uu_bound : Rabs (decay_uu s u) <= 20 / 9.
Proof.
  pose proof ex1_unit as e1. pose proof ex1_sq as e2. pose proof sqrt_low as y1. pose proof root_low as r1. pose proof decay_unit as D1.
  unfold decay_uu. set (y := sqrt u) in *. set (r := root s u) in *.
  replace (ex1 s * ((1 + y) * ex1 s ^ 4 / 4 * (/ (r ^ 3 * (1 + r) ^ 2) + 2 / (r ^ 2 * (1 + r) ^ 3))
    - (/ (4 * y ^ 3 * (1 + r)) + ex1 s ^ 2 / (2 * y * r * (1 + r) ^ 2))))
   with (decay s u * (ex1 s ^ 4 * (/ (4 * (r ^ 3 * (1 + r))) + / (2 * (r ^ 2 * (1 + r) ^ 2))))
     - ex1 s * (/ (4 * (y ^ 3 * (1 + r))) + ex1 s ^ 2 * / (2 * (y * r * (1 + r) ^ 2)))) by (unfold decay; fold y r; field; lra).
  assert (y3 : / 8 <= y ^ 3) by (replace (/ 8) with ((/ 2) ^ 3) by field; apply pow_incr; lra).
  assert (r3 : / 8 <= r ^ 3) by (replace (/ 8) with ((/ 2) ^ 3) by field; apply pow_incr; lra).
  assert (r2 : / 4 <= r ^ 2) by (replace (/ 4) with ((/ 2) ^ 2) by field; apply pow_incr; lra).
  assert (q2 : 9 / 4 <= (1 + r) ^ 2) by (replace (9 / 4) with ((3 / 2) ^ 2) by field; apply pow_incr; lra).
  assert (yr : / 4 <= y * r) by nra.
  assert (A1 : 0 <= / (4 * (r ^ 3 * (1 + r))) <= / (3 / 4)) by (apply inv_le; nra).
  assert (A2 : 0 <= / (2 * (r ^ 2 * (1 + r) ^ 2)) <= / (9 / 8)) by (apply inv_le; nra).
  assert (A3 : 0 <= / (4 * (y ^ 3 * (1 + r))) <= / (3 / 4)) by (apply inv_le; nra).
  assert (A4 : 0 <= / (2 * (y * r * (1 + r) ^ 2)) <= / (9 / 8)) by (apply inv_le; nra).
  assert (e4 : 0 <= ex1 s ^ 4 <= 1) by (apply pow_le_1; lra).
  set (b1 := / (4 * (r ^ 3 * (1 + r)))) in *. set (b2 := / (2 * (r ^ 2 * (1 + r) ^ 2))) in *.
  set (b3 := / (4 * (y ^ 3 * (1 + r)))) in *. set (b4 := / (2 * (y * r * (1 + r) ^ 2))) in *.
  clearbody b1 b2 b3 b4. set (f := ex1 s ^ 4) in *. set (g := ex1 s ^ 2) in *. set (k := decay s u) in *. clearbody f g k.
  replace (/ (3 / 4)) with (4 / 3) in * by field. replace (/ (9 / 8)) with (8 / 9) in * by field.
  apply between; split.
  - apply Rmult_le_pos; [lra|]. apply Rmult_le_pos; lra.
  - assert (0 <= f * (b1 + b2) <= 20 / 9) by (split; nra). nra.
  - apply Rmult_le_pos; [lra|]. assert (0 <= g * b4) by (apply Rmult_le_pos; lra). lra.
  - assert (0 <= b3 + g * b4 <= 20 / 9) by (split; nra). nra.
Qed.

Lemma root_derive : is_derive (root s) u (ex1 s ^ 2 / (2 * root s u)).
Proof.
  pose proof root_low. pose proof flow_low. unfold root, flow in *. set (e := ex1 s ^ 2) in *. clearbody e.
  apply (is_derive_sqrt (fun u => 1 + (u - 1) * e) u e).
  - auto_derive; auto. ring.
  - lra.
Qed.

Lemma decay_derive : is_derive (fun u => decay s u) u (decay_u s u).
Proof.
  pose proof sqrt_low. pose proof root_low. pose proof root_derive as R. unfold decay, decay_u.
  set (e := ex1 s) in *. set (f := root s) in *. clearbody f e.
  auto_derive.
  - repeat split; try lra. now exists (e ^ 2 / (2 * f u)).
  - replace (Derive (fun u => f u) u) with (e ^ 2 / (2 * f u)) by (symmetry; now apply is_derive_unique). field. lra.
Qed.

Lemma decay_u_derive : is_derive (fun u => decay_u s u) u (decay_uu s u).
Proof.
  pose proof sqrt_low. pose proof root_low. pose proof root_derive as R. unfold decay_u, decay_uu.
  set (e := ex1 s) in *. set (f := root s) in *. clearbody f e.
  assert (f u <> 0 /\ 1 + f u <> 0 /\ sqrt u <> 0) as (n1 & n2 & n3) by (repeat split; lra).
  auto_derive.
  - repeat split; try lra; try (now exists (e ^ 2 / (2 * f u)));
    repeat (apply Rmult_integral_contrapositive_currified; try lra).
  - replace (Derive (fun u => f u) u) with (e ^ 2 / (2 * f u)) by (symmetry; now apply is_derive_unique). field. lra.
Qed.

End Bounds.

(* Transport: the time derivative of the decay, written with the state only. *)
Lemma decay_transport s u : 0 < u -> 0 < flow s u ->
  2 * (1 - u) * decay_u s u - decay s u / sqrt u = - (decay s u / root s u).
Proof.
  intros Hu Hf. assert (y1 : 0 < sqrt u) by now apply sqrt_lt_R0. assert (r1 : 0 < root s u) by now apply sqrt_lt_R0.
  assert (y2 : sqrt u ^ 2 = u) by (rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra).
  assert (r2 : root s u ^ 2 = flow s u) by (unfold root; rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra).
  unfold flow in r2. unfold decay, decay_u. set (y := sqrt u) in *. set (r := root s u) in *. set (e := ex1 s) in *.
  assert (E : (1 - u) * e ^ 2 = 1 - r ^ 2) by lra.
  assert (E2 : 1 - u = (1 - y) * (1 + y)) by (rewrite <- y2; ring).
  replace (2 * (1 - u) * (e * (/ (2 * y * (1 + r)) - (1 + y) * e ^ 2 / (2 * r * (1 + r) ^ 2))))
    with (e * ((1 - u) / (y * (1 + r)) - (1 + y) * ((1 - u) * e ^ 2) / (r * (1 + r) ^ 2))) by (field; lra).
  rewrite E, E2. field. lra.
Qed.

Section Time.
Variable u : R.
Hypothesis u_low : / 4 <= u.

Lemma root_time s : 0 <= s -> is_derive (fun s => root s u) s ((1 - root s u ^ 2) / root s u).
Proof.
  intros Hs. pose proof (root_low s u Hs u_low) as r1. pose proof (flow_low s u Hs u_low) as f1. pose proof (root_sq s u Hs u_low) as r2.
  replace ((1 - root s u ^ 2) / root s u) with (- 2 * ((u - 1) * ex1 s ^ 2) / (2 * root s u)).
  2:{ rewrite r2. unfold flow. field. lra. }
  apply (is_derive_sqrt (fun s => flow s u) s).
  - unfold flow, ex1. auto_derive; auto. ring.
  - lra.
Qed.

Lemma decay_time s : 0 <= s -> is_derive (fun s => decay s u) s (- (decay s u / root s u)).
Proof.
  intros Hs. pose proof (root_low s u Hs u_low) as r1. unfold decay.
  set (f := fun s => root s u) in *. assert (R : is_derive f s ((1 - f s ^ 2) / f s)) by exact (root_time s Hs). change (root s u) with (f s) in *.
  apply (is_derive_ext (fun s => ex1 s * (1 + sqrt u) / (1 + f s))); auto. clearbody f. unfold ex1.
  auto_derive.
  - repeat match goal with |- _ /\ _ => split end; auto; try lra; exact (ex_intro _ _ R).
  - replace (Derive (fun s => f s) s) with ((1 - f s ^ 2) / f s) by (symmetry; now apply is_derive_unique). field. lra.
Qed.

(* And the second time derivative. *)
Lemma decay_time2 s : 0 <= s ->
  is_derive (fun s => decay s u / root s u) s (- (decay s u * (1 + root s u - root s u ^ 2) / root s u ^ 3)).
Proof.
  intros Hs. pose proof (root_low s u Hs u_low) as r1. set (f := fun s => root s u) in *. set (g := fun s => decay s u) in *.
  assert (R : is_derive f s ((1 - f s ^ 2) / f s)) by exact (root_time s Hs).
  assert (D : is_derive g s (- (g s / f s))) by exact (decay_time s Hs).
  change (root s u) with (f s) in *. change (decay s u) with (g s) in *.
  apply (is_derive_ext (fun s => g s / f s)); auto. clearbody f g.
  auto_derive.
  - repeat match goal with |- _ /\ _ => split end; auto; try lra; first [exact (ex_intro _ _ D) | exact (ex_intro _ _ R)].
  - replace (Derive (fun s => f s) s) with ((1 - f s ^ 2) / f s) by (symmetry; now apply is_derive_unique).
    replace (Derive (fun s => g s) s) with (- (g s / f s)) by (symmetry; now apply is_derive_unique). field. lra.
Qed.
Lemma decay_time2_bound s : 0 <= s -> Rabs (decay s u * (1 + root s u - root s u ^ 2) / root s u ^ 3) <= 12.
Proof.
  intros Hs. pose proof (root_low s u Hs u_low) as r1. pose proof (decay_unit s u Hs u_low) as D1. set (r := root s u) in *.
  replace (decay s u * (1 + r - r ^ 2) / r ^ 3) with (decay s u * ((/ r ^ 3 + / r ^ 2) - / r)) by (field; lra).
  assert (r3 : / 8 <= r ^ 3) by (replace (/ 8) with ((/ 2) ^ 3) by field; apply pow_incr; lra).
  assert (r2 : / 4 <= r ^ 2) by (replace (/ 4) with ((/ 2) ^ 2) by field; apply pow_incr; lra).
  assert (A1 : 0 <= / r ^ 3 <= / / 8) by (apply inv_le; lra).
  assert (A2 : 0 <= / r ^ 2 <= / / 4) by (apply inv_le; lra).
  assert (A3 : 0 <= / r <= / / 2) by (apply inv_le; lra).
  rewrite Rinv_inv in A1, A2, A3. replace 12 with (1 * 12) by ring. apply abs_mult_le. rewrite Rabs_pos_eq; lra.
  apply between; lra.
Qed.
End Time.
