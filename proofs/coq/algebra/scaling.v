(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The scaling rules B -> kappa B: what they keep, that they form a group, and that they are the only ones.

    A rule acts on hyper-parameters; the batch itself acts on the oracle's scale, sigma -> sigma / sqrt kappa.
    SGD keeps eta sigma^2; RMSprop, Adam and AdamW keep the SDE parameters sigma0 = sigma eta, eps0 = eps eta,
    c_i = (1 - beta_i) / eta^2 and lambda0 = lambda / eta (MLPA Sect. 4-5); the iterate average keeps rho^(1/kappa)
    per unit of time. *)
From Coq Require Import Reals Lra Psatz.
Open Scope R_scope.

Lemma sqrt_nonzero k : 0 < k -> sqrt k <> 0.
Proof. intros. apply Rgt_not_eq, sqrt_lt_R0; assumption. Qed.
Lemma sqrt_square_back k : 0 < k -> sqrt k * sqrt k = k.
Proof. intros. apply sqrt_sqrt; lra. Qed.
Lemma Rpower_inj k x y : 0 < k -> k <> 1 -> Rpower k x = Rpower k y -> x = y.
Proof.
  intros Hk Hk1 E. assert (Hl : ln k <> 0).
  { intro L. apply Hk1. rewrite <- (exp_ln k Hk), L. apply exp_0. }
  unfold Rpower in E. apply exp_inv in E. apply (Rmult_eq_reg_r (ln k)); auto.
Qed.

(** * SGD: the linear rule *)
Theorem sgd_scale_invariant k eta sigma : 0 < k -> (k * eta) * (sigma / sqrt k) ^ 2 = eta * sigma ^ 2.
Proof.
  intros Hk. pose proof (sqrt_nonzero k Hk). pose proof (sqrt_square_back k Hk) as Q.
  replace ((k * eta) * (sigma / sqrt k) ^ 2) with (eta * sigma ^ 2 * (k / (sqrt k * sqrt k))) by (field; auto).
  rewrite Q. field. lra.
Qed.
Theorem sgd_scale_unique k eta eta' sigma :
  0 < k -> sigma <> 0 -> eta' * (sigma / sqrt k) ^ 2 = eta * sigma ^ 2 -> eta' = k * eta.
Proof.
  intros Hk Hs H. rewrite <- (sgd_scale_invariant k eta sigma Hk) in H.
  apply Rmult_eq_reg_r in H; auto. apply pow_nonzero. unfold Rdiv.
  apply Rmult_integral_contrapositive_currified; auto using Rinv_neq_0_compat, sqrt_nonzero.
Qed.

(** * RMSprop, Adam, AdamW: the square-root rule
    One record serves the three: RMSprop has no omb1 and no decay, Adam no decay. omb_i is 1 - beta_i. *)
Record hyper := Hyper { eta : R; omb1 : R; omb2 : R; eps : R; lambda : R; sigma : R }.
Record sde := Sde { sigma0 : R; eps0 : R; c1 : R; c2 : R; lambda0 : R }.

Definition limit (h : hyper) : sde :=
  Sde (sigma h * eta h) (eps h * eta h) (omb1 h / eta h ^ 2) (omb2 h / eta h ^ 2) (lambda h / eta h).
Definition scale (k : R) (h : hyper) : hyper :=
  Hyper (eta h * sqrt k) (k * omb1 h) (k * omb2 h) (eps h / sqrt k) (lambda h * sqrt k) (sigma h / sqrt k).

Theorem scale_invariant k h : 0 < k -> eta h <> 0 -> limit (scale k h) = limit h.
Proof.
  intros Hk He. pose proof (sqrt_nonzero k Hk). pose proof (sqrt_square_back k Hk) as Q.
  unfold limit, scale; cbn [eta omb1 omb2 eps lambda sigma].
  replace ((eta h * sqrt k) ^ 2) with (k * eta h ^ 2) by (rewrite <- Q at 1; ring).
  f_equal; field; repeat split; auto; lra.
Qed.
Theorem scale_identity h : scale 1 h = h.
Proof. destruct h. unfold scale; cbn [eta omb1 omb2 eps lambda sigma]. rewrite sqrt_1. f_equal; field. Qed.
Theorem scale_compose k l h : 0 < k -> 0 < l -> scale k (scale l h) = scale (k * l) h.
Proof.
  intros Hk Hl. pose proof (sqrt_nonzero k Hk). pose proof (sqrt_nonzero l Hl).
  unfold scale; cbn [eta omb1 omb2 eps lambda sigma]. rewrite sqrt_mult by lra. f_equal; field; auto.
Qed.
Theorem scale_inverse k h : 0 < k -> scale (/ k) (scale k h) = h.
Proof. intros. rewrite scale_compose; auto using Rinv_0_lt_compat. rewrite Rinv_l by lra. apply scale_identity. Qed.

(** Steps too: k' = k / kappa steps of continuous time eta'^2 cover the same time. *)
Theorem scale_time k steps h : 0 < k -> (steps / k) * eta (scale k h) ^ 2 = steps * eta h ^ 2.
Proof.
  intros Hk. unfold scale; cbn [eta]. replace ((eta h * sqrt k) ^ 2) with (eta h ^ 2 * (sqrt k * sqrt k)) by ring.
  rewrite sqrt_square_back by auto. field. lra.
Qed.
(** The domain is that of the answer: 1 - beta' must stay below 1. *)
Theorem scale_domain k h : k * omb2 h < 1 <-> omb2 (scale k h) < 1.
Proof. reflexivity. Qed.

(** Any hyper-parameters that keep the limit are the square-root rule's: no family of rules is assumed. *)
Theorem scale_unique k h h' :
  0 < k -> eta h <> 0 -> sigma h <> 0 -> sigma h' = sigma h / sqrt k -> limit h' = limit h -> h' = scale k h.
Proof.
  intros Hk He Hs Hs' H. pose proof (sqrt_nonzero k Hk) as Hr. pose proof (sqrt_square_back k Hk) as Q.
  destruct h as [e o1 o2 p l s], h' as [e' o1' o2' p' l' s'].
  unfold limit in H; cbn [eta omb1 omb2 eps lambda sigma] in *. injection H as E1 E2 E3 E4 E5. subst s'.
  assert (E : e' = e * sqrt k).
  { apply (Rmult_eq_reg_l (s / sqrt k)). { rewrite E1. field; auto. }
    unfold Rdiv. apply Rmult_integral_contrapositive_currified; auto using Rinv_neq_0_compat. }
  subst e'. unfold scale; cbn [eta omb1 omb2 eps lambda sigma].
  assert (N : e * sqrt k <> 0) by (apply Rmult_integral_contrapositive_currified; auto).
  assert (N2 : (e * sqrt k) ^ 2 <> 0) by (apply pow_nonzero; auto).
  assert (S2 : (e * sqrt k) ^ 2 = k * e ^ 2) by (rewrite <- Q at 2; ring).
  assert (W : forall o o', o' / (e * sqrt k) ^ 2 = o / e ^ 2 -> o' = k * o).
  { intros o o' EE. apply (Rmult_eq_reg_r (/ (e * sqrt k) ^ 2)); [|now apply Rinv_neq_0_compat].
    unfold Rdiv in EE. rewrite EE, S2. field. split; auto; lra. }
  f_equal; auto.
  - apply (Rmult_eq_reg_r (e * sqrt k)); auto. rewrite E2. field; auto.
  - apply (Rmult_eq_reg_r (/ (e * sqrt k))); [|now apply Rinv_neq_0_compat].
    unfold Rdiv in E5. rewrite E5. field; auto.
Qed.

(** Among power laws the exponents are 1/2, 1, -1/2 and 1/2. *)
Theorem power_law_unique (a b c d : R) h k :
  0 < k -> k <> 1 -> 0 < eta h -> 0 < sigma h -> 0 < omb1 h -> 0 < omb2 h -> 0 < eps h -> 0 < lambda h ->
  limit (Hyper (eta h * Rpower k a) (Rpower k b * omb1 h) (Rpower k b * omb2 h) (eps h * Rpower k c)
               (lambda h * Rpower k d) (sigma h / sqrt k)) = limit h ->
  a = / 2 /\ b = 1 /\ c = - / 2 /\ d = / 2.
Proof.
  intros Hk Hk1 He Hs Ho1 Ho2 Hp Hl H. apply scale_unique with (k := k) in H; cbn [eta sigma]; try lra.
  unfold scale in H. injection H as E1 E2 _ E3 E4.
  repeat split; apply (Rpower_inj k); auto.
  - rewrite Rpower_sqrt by auto. apply (Rmult_eq_reg_l (eta h)); lra.
  - rewrite Rpower_1 by auto. apply (Rmult_eq_reg_r (omb1 h)); lra.
  - rewrite Rpower_Ropp, Rpower_sqrt by auto. apply (Rmult_eq_reg_l (eps h)); lra.
  - rewrite Rpower_sqrt by auto. apply (Rmult_eq_reg_l (lambda h)); lra.
Qed.

(** * Iterate average: rho' = rho^kappa
    Over n steps of the scaled run, n kappa of the original, the average forgets as much. *)
Definition scale_ema (k rho : R) := Rpower rho k.
Theorem ema_invariant k rho n : k <> 0 -> Rpower (scale_ema k rho) (n / k) = Rpower rho n.
Proof. intros Hk. unfold scale_ema. rewrite Rpower_mult. f_equal. field. auto. Qed.
Theorem ema_compose k l rho : scale_ema k (scale_ema l rho) = scale_ema (k * l) rho.
Proof. unfold scale_ema. rewrite Rpower_mult. f_equal. ring. Qed.
Theorem ema_identity rho : 0 < rho -> scale_ema 1 rho = rho.
Proof. intros. now apply Rpower_1. Qed.
Theorem ema_inverse k rho : k <> 0 -> 0 < rho -> scale_ema (/ k) (scale_ema k rho) = rho.
Proof. intros Hk Hr. rewrite ema_compose, Rinv_l by auto. now apply ema_identity. Qed.
Theorem ema_range k rho : 0 < k -> 0 < rho < 1 -> 0 < scale_ema k rho < 1.
Proof.
  intros Hk Hr. unfold scale_ema, Rpower. split; [apply exp_pos|]. rewrite <- exp_0. apply exp_increasing.
  assert (ln rho < 0) by (rewrite <- ln_1; apply ln_increasing; lra). nra.
Qed.
(** The only decay in (0,1) that forgets as much over every equal stretch of time. *)
Theorem ema_unique k rho rho' :
  0 < k -> 0 < rho' -> (forall n, Rpower rho' (n / k) = Rpower rho n) -> rho' = scale_ema k rho.
Proof.
  intros Hk Hr H. unfold scale_ema. rewrite <- (H k). unfold Rdiv. rewrite Rinv_r by lra. symmetry. now apply Rpower_1.
Qed.
