(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Why adamw_weak starts at t0 > 0: from t0 = 0 with a momentum m0 > 0 Adam's weak error is of order 1/2, not 1. Zero loss, Sigma = 1, z = +-1,
   c1 = c2 = c, eps0 = 0, u0 = 1, so that u stays 1 and E m_k = (1 - c h)^k m0. The limit's mean is theta0 - m0 drop T, and
     E theta_N - E theta_T >= (m0/sigma0) (sqrt (h/c) - c T h / sqrt (gamma c T)). *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor lax scheme moments instance decay_error adam adam_coef.
Open Scope R_scope.

Section Start.
Variables (eta sigma0 c : R).
Let h := eta ^ 2.
Hypothesis eta_pos : 0 < eta.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis c_pos : 0 < c.
Hypothesis beta_pos : c * h <= 1.
Let beta := 1 - c * h.
Let steps_ := chain_steps eta sigma0 c c 0 (fun _ _ => 0) (fun _ => sign_law) (rho eta c c sigma0 0).
(* E phi after n steps from step 0. *)
Definition from_zero (n : nat) (phi : X -> R) (x : X) := En eta sigma0 c c 0 0 (fun _ _ => 0) (fun _ => sign_law) (rho eta c c sigma0 0) n phi x.
(* The limit's mean loses m0 drop t: its equation is d E theta = -rhobar(t,1) e^{-c t} m0 dt. *)
Definition drop (t : R) := 2 / (c * sigma0) * sqrt (gamma c t).

Lemma drop_0 : drop 0 = 0.
Proof. unfold drop, gamma. replace (- (c * 0)) with 0 by ring. rewrite exp_0, Rminus_diag_eq, sqrt_0 by reflexivity. ring. Qed.
Lemma gamma_pos t : 0 < t -> 0 < gamma c t.
Proof. intros Ht. unfold gamma. assert (exp (- (c * t)) < 1). { rewrite <- exp_0. apply exp_increasing. nra. } lra. Qed.
Lemma drop_derive t : 0 < t -> is_derive drop t (rhobar c c sigma0 0 t 1 * exp (- (c * t))).
Proof.
  intros Ht. pose proof (gamma_pos t Ht) as G. assert (S0 : 0 < sqrt (gamma c t)) by now apply sqrt_lt_R0.
  assert (S2 : sqrt (gamma c t) * sqrt (gamma c t) = gamma c t) by (apply sqrt_sqrt; lra).
  unfold rhobar, pre. rewrite sqrt_1. unfold drop.
  replace (sqrt (gamma c t) / (gamma c t * (sigma0 * 1 + 0 * sqrt (gamma c t))) * exp (- (c * t)))
    with (2 / (c * sigma0) * (c * exp (- (c * t)) / (2 * sqrt (gamma c t)))) by (rewrite <- S2 at 3; field; lra).
  apply (is_derive_scal (fun t => sqrt (gamma c t))). apply (is_derive_sqrt (gamma c)); auto.
  unfold gamma. auto_derive; auto. ring.
Qed.

Let a (j : nat) := sqrt (1 - beta ^ j).
Let loss (k : nat) := h / (sigma0 * a (S k)).                     (* h rho_k(1) *)
Fixpoint g (k n : nat) : R := match n with O => 0 | S n => beta * (loss k + g (S k) n) end.

Let h_pos : 0 < h. Proof. unfold h. simpl. nra. Qed.
Let beta_unit : 0 <= beta < 1. Proof. unfold beta. nra. Qed.
Lemma beta_pow j : 0 <= beta ^ j <= 1. Proof. apply pow_le_1. lra. Qed.
Lemma a_sq j : a j ^ 2 = 1 - beta ^ j. Proof. unfold a. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. pose proof (beta_pow j). lra. Qed.
Lemma a_pos j : 0 < a (S j).
Proof. apply sqrt_lt_R0. simpl. pose proof (beta_pow j). nra. Qed.
Lemma a_step k : beta ^ k * h <= 2 / c * (a (S k) * (a (S k) - a k)).
Proof.
  pose proof (a_sq k) as A0. pose proof (a_sq (S k)) as A1. pose proof (a_pos k). assert (P0 : 0 <= a k) by apply sqrt_pos. simpl (beta ^ S k) in A1.
  assert (E : beta ^ k * (c * h) = (a (S k) - a k) * (a (S k) + a k)).
  { replace ((a (S k) - a k) * (a (S k) + a k)) with (a (S k) ^ 2 - a k ^ 2) by ring. rewrite A0, A1. replace (c * h) with (1 - beta) by (unfold beta; ring). ring. }
  pose proof (beta_pow k). assert (0 <= a (S k) - a k). { assert (0 <= beta ^ k * (c * h)) by mpos. nra. }
  replace (beta ^ k * h) with (/ c * (beta ^ k * (c * h))) by (field; lra). rewrite E.
  replace (2 / c * (a (S k) * (a (S k) - a k))) with (/ c * ((a (S k) - a k) * (2 * a (S k)))) by (field; lra).
  apply Rmult_le_compat_l. left; now apply Rinv_0_lt_compat. apply Rmult_le_compat_l; auto. lra.
Qed.
Lemma loss_step k : beta ^ k * loss k <= 2 / (c * sigma0) * (a (S k) - a k).
Proof.
  pose proof (a_step k) as A. pose proof (a_pos k). unfold loss. apply Rmult_le_reg_r with (sigma0 * a (S k)). nra.
  replace (beta ^ k * (h / (sigma0 * a (S k))) * (sigma0 * a (S k))) with (beta ^ k * h) by (field; lra).
  replace (2 / (c * sigma0) * (a (S k) - a k) * (sigma0 * a (S k))) with (2 / c * (a (S k) * (a (S k) - a k))) by (field; lra). exact A.
Qed.
Lemma loss_pos k : 0 <= loss k.
Proof. pose proof (a_pos k). unfold loss. left. apply Rdiv_lt_0_compat; nra. Qed.
Lemma g_upper n : forall k, beta ^ k * g k n <= 2 / (c * sigma0) * (a (k + n) - a k).
Proof.
  induction n; intros k; simpl g.
  - rewrite Nat.add_0_r. lra.
  - assert (H := IHn (S k)). replace (S k + n)%nat with (k + S n)%nat in H by lia. simpl (beta ^ S k) in H. pose proof (loss_step k) as Lk.
    pose proof (loss_pos k). pose proof (beta_pow k). assert (0 <= beta ^ k * loss k) by mpos.
    replace (beta ^ k * (beta * (loss k + g (S k) n))) with (beta * (beta ^ k * loss k) + beta * beta ^ k * g (S k) n) by ring. nra.
Qed.
(* The first step alone loses half of its share. *)
Lemma g_upper_0 n : g 0 (S n) <= 2 / (c * sigma0) * a (S n) - sqrt (h / c) / sigma0.
Proof.
  simpl g. assert (H := g_upper n 1). simpl (1 + n)%nat in H. rewrite pow_1 in H.
  assert (A1 : a 1 = sqrt (c * h)) by (unfold a, beta; f_equal; simpl; ring).
  assert (E : sqrt (c * h) = c * sqrt (h / c)).
  { replace (c * h) with (c ^ 2 * (h / c)) by (field; lra). rewrite sqrt_mult, sqrt_pow2; try lra. apply pow2_ge_0. left; now apply Rdiv_lt_0_compat. }
  set (s := sqrt (h / c)) in *. assert (s0 : 0 < s) by (apply sqrt_lt_R0; now apply Rdiv_lt_0_compat).
  assert (s2 : s * s = h / c) by (apply sqrt_sqrt; left; now apply Rdiv_lt_0_compat).
  assert (L0 : loss 0 = s / sigma0).
  { unfold loss. rewrite A1, E. replace h with (c * (s * s)) by (rewrite s2; field; lra). field. lra. }
  rewrite A1, E in H. replace (2 / (c * sigma0) * (a (S n) - c * s)) with (2 / (c * sigma0) * a (S n) - 2 * (s / sigma0)) in H by (field; lra).
  rewrite L0. assert (0 <= s / sigma0) by (left; now apply Rdiv_lt_0_compat). unfold Rdiv in *. nra.
Qed.

Lemma rho_1 k : h * rho eta c c sigma0 0 k 1 = loss k.
Proof.
  pose proof (a_pos k) as A. assert (A2 := a_sq (S k)). unfold rho, pre, correction, loss. fold h beta. rewrite sqrt_1. fold (a (S k)).
  rewrite <- A2. field. lra.
Qed.
Lemma mean_theta n : forall k x, x (Uu 0) = 1 -> chain X (one steps_) k n (fun y => y (Th 0)) x = x (Th 0) - g k n * x (Mm 0).
Proof.
  induction n; intros k x Hu; simpl chain.
  - simpl. ring.
  - unfold one at 1. simpl ex. rewrite !IHn.
    + unfold add, incr, dir, m_step, u_step, lin, sqr. rewrite Hu. fold h.
      replace (1 + c * h * ((eta * 0 / sigma0 + 1) ^ 2 - 1)) with 1 by (field; lra).
      replace (1 + c * h * ((eta * 0 / sigma0 + -1) ^ 2 - 1)) with 1 by (field; lra).
      pose proof (rho_1 k) as R. simpl g. rewrite <- R. unfold beta. field.
    + unfold add, incr, u_step, sqr. rewrite Hu. fold h. field. lra.
    + unfold add, incr, u_step, sqr. rewrite Hu. fold h. field. lra.
Qed.

Theorem half_order n x : (0 < n)%nat -> x (Uu 0) = 1 -> 0 <= x (Mm 0) ->
  let T := INR n * h in
  x (Mm 0) / sigma0 * (sqrt (h / c) - c * T * h / sqrt (gamma c T))
  <= from_zero n (fun y => y (Th 0)) x - (x (Th 0) - x (Mm 0) * drop T).
Proof.
  intros Hn Hu Hm T. destruct n as [|n]; [lia|]. unfold from_zero, En, expected. fold steps_. rewrite mean_theta by auto.
  assert (T0 : 0 < T) by (unfold T; apply Rmult_lt_0_compat; auto; apply lt_0_INR; lia).
  pose proof (gamma_pos T T0) as G. set (s := sqrt (gamma c T)). assert (s0 : 0 < s) by now apply sqrt_lt_R0.
  assert (s2 : s * s = gamma c T) by (apply sqrt_sqrt; lra).
  assert (D := decay_error (c * h) (S n) ltac:(nra)). fold beta in D. replace (INR (S n) * (c * h)) with (c * T) in D by (unfold T; ring).
  replace (INR (S n) * ((c * h) ^ 2 / 2)) with (c ^ 2 * T * h / 2) in D by (unfold T; field).
  pose proof (a_sq (S n)) as A2. pose proof (a_pos n) as A0. set (an := a (S n)) in *.
  assert (gap : an - s <= c ^ 2 * T * h / (2 * s)).
  { apply Rmult_le_reg_r with s; auto. replace (c ^ 2 * T * h / (2 * s) * s) with (c ^ 2 * T * h / 2) by (field; lra).
    assert (E : (an - s) * (an + s) <= c ^ 2 * T * h / 2). { replace ((an - s) * (an + s)) with (an ^ 2 - s * s) by ring. rewrite A2, s2. unfold gamma. lra. }
    destruct (Rle_lt_dec an s); [|nra]. assert (0 <= c ^ 2 * T * h / 2) by lra. nra. }
  pose proof (g_upper_0 n) as U. fold an in U.
  replace (x (Th 0) - g 0 (S n) * x (Mm 0) - (x (Th 0) - x (Mm 0) * drop T)) with (x (Mm 0) * (drop T - g 0 (S n))) by ring.
  unfold Rdiv at 1. rewrite Rmult_assoc. apply Rmult_le_compat_l; auto.
  unfold drop. fold s. apply Rle_trans with (2 / (c * sigma0) * s - (2 / (c * sigma0) * an - sqrt (h / c) / sigma0)); [|lra].
  apply Rle_trans with (sqrt (h / c) / sigma0 - 2 / (c * sigma0) * (c ^ 2 * T * h / (2 * s))).
  - right. field. lra.
  - assert (0 < 2 / (c * sigma0)) by (apply Rdiv_lt_0_compat; nra). nra.
Qed.
End Start.

(* So no bound C h holds from t0 = 0 for every state. *)
Theorem no_order1_from_zero sigma0 c T x : 0 < sigma0 -> 0 < c -> 0 < T -> x (Uu 0) = 1 -> 0 < x (Mm 0) ->
  ~ exists C, forall n, (0 < n)%nat -> c * (T / INR n) <= 1 ->
    Rabs (from_zero (sqrt (T / INR n)) sigma0 c n (fun y => y (Th 0)) x - (x (Th 0) - x (Mm 0) * drop sigma0 c T)) <= C * (T / INR n).
Proof.
  intros Hs Hc HT Hu Hm (C & H). set (s := sqrt (gamma c T)).
  assert (s0 : 0 < s) by (apply sqrt_lt_R0, gamma_pos; auto).
  set (B := C * sigma0 / x (Mm 0) + c * T / s). set (B1 := Rabs B + 1). assert (B0 : 0 < B1) by (unfold B1; pose proof (Rabs_pos B); lra).
  (* n so large that h = T/n has c h <= 1 and c B1^2 h < 1 *)
  assert (c1 : 0 < c * T) by nra. assert (c2 : 0 <= c * B1 ^ 2 * T) by mpos.
  assert (c3 : 0 <= c * T + c * B1 ^ 2 * T + 1) by lra.
  destruct (nfloor_ex _ c3) as (n' & _ & Hn). rewrite <- S_INR in Hn. set (n := S n') in *.
  assert (n0 : 0 < INR n) by lra. assert (n1 : (0 < n)%nat) by (unfold n; lia).
  set (h := T / INR n). assert (h0 : 0 < h) by now apply Rdiv_lt_0_compat.
  assert (nh : INR n * h = T) by (unfold h; field; lra).
  assert (ch : c * h <= 1) by (apply Rmult_le_reg_l with (INR n); auto; nra).
  assert (bh : c * B1 ^ 2 * h < 1) by (apply Rmult_lt_reg_l with (INR n); auto; nra).
  specialize (H n n1 ch). fold h in H.
  assert (E : sqrt h ^ 2 = h) by (rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra). assert (e0 : 0 < sqrt h) by now apply sqrt_lt_R0.
  assert (L := half_order (sqrt h) sigma0 c e0 Hs Hc ltac:(now rewrite E) n x n1 Hu ltac:(lra)). cbv zeta in L. rewrite E, nh in L. fold s in L.
  apply abs_le_inv in H. assert (L2 : x (Mm 0) / sigma0 * (sqrt (h / c) - c * T * h / s) <= C * h) by lra.
  assert (q0 : 0 < h / c) by now apply Rdiv_lt_0_compat. set (r := sqrt (h / c)) in *. assert (r0 : 0 < r) by now apply sqrt_lt_R0.
  assert (r2 : r * r = h / c) by (apply sqrt_sqrt; lra).
  assert (L3 : r <= B * h).
  { unfold B. apply Rmult_le_reg_l with (x (Mm 0) / sigma0). now apply Rdiv_lt_0_compat.
    replace (x (Mm 0) / sigma0 * ((C * sigma0 / x (Mm 0) + c * T / s) * h)) with (C * h + x (Mm 0) / sigma0 * (c * T * h / s)) by (field; lra). lra. }
  assert (L4 : r <= B1 * h). { assert (B <= B1) by (unfold B1; pose proof (Rle_abs B); lra). nra. }
  assert (hr : h = c * (r * r)) by (rewrite r2; field; lra).
  assert (L5 : 1 <= B1 * c * r). { apply Rmult_le_reg_r with r; auto. rewrite Rmult_1_l. rewrite hr in L4. lra. }
  assert (L6 : (B1 * c * r) ^ 2 = c * B1 ^ 2 * h) by (rewrite hr; ring).
  assert (1 <= (B1 * c * r) ^ 2) by now apply pow_ge_1. lra.
Qed.
