(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Adam's own preconditioner: rho_k(u) = sqrt b2 / (b1 (sigma0 sqrt u + eps0 sqrt b2)), b_i = 1 - (1 - c_i eta^2)^(k+1) = 1 - beta_i^(k+1),
   and its limit with gamma_i(t) = 1 - e^{-c_i t}. From t0 > 0 on it has what adam.v asks; so Adam and AdamW converge. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor scheme noise decay_error adam.
Open Scope R_scope.

Lemma sqrt_gap a b g : 0 < g <= 1 -> g <= a -> g <= b -> Rabs (sqrt a - sqrt b) <= Rabs (a - b) / (2 * g).
Proof.
  intros Hg Ha Hb.
  assert (G : forall x, g <= x -> g <= sqrt x).
  { intros x Hx. apply Rle_trans with (sqrt g). 2: now apply sqrt_le_1_alt.
    rewrite <- (sqrt_pow2 g) at 1 by lra. apply sqrt_le_1_alt. simpl; nra. }
  pose proof (G a Ha). pose proof (G b Hb).
  assert (E : a - b = (sqrt a - sqrt b) * (sqrt a + sqrt b)).
  { replace ((sqrt a - sqrt b) * (sqrt a + sqrt b)) with (sqrt a * sqrt a - sqrt b * sqrt b) by ring. rewrite !sqrt_sqrt; lra. }
  apply Rmult_le_reg_r with (2 * g). lra. unfold Rdiv. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
  rewrite E, Rabs_mult, (Rabs_pos_eq (sqrt a + sqrt b)) by lra. apply Rmult_le_compat_l. apply Rabs_pos. lra.
Qed.

Section Pre.
Variables sigma0 eps0 : R.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Definition pre (b s y : R) := s / (b * (sigma0 * y + eps0 * s)).

Variables g ym : R.
Hypothesis g_unit : 0 < g <= 1.
Hypothesis ym_pos : 0 < ym.
Let a := / (sigma0 * ym).
Lemma a_pos : 0 < a. Proof. apply Rinv_0_lt_compat. nra. Qed.
Lemma inv_P s y : 0 < s -> ym <= y -> 0 < sigma0 * y + eps0 * s /\ Rabs (/ (sigma0 * y + eps0 * s)) <= a.
Proof.
  intros Hs Hy. assert (sigma0 * ym <= sigma0 * y) by nra. assert (0 <= eps0 * s) by mpos. assert (0 < sigma0 * ym) by nra.
  split. lra. rewrite Rabs_pos_eq by (left; apply Rinv_0_lt_compat; lra). apply Rinv_le_contravar; lra.
Qed.
Lemma inv_b b : g <= b -> Rabs (/ b) <= / g.
Proof. intros. rewrite Rabs_pos_eq by (left; apply Rinv_0_lt_compat; lra). apply Rinv_le_contravar; lra. Qed.

Lemma pre_bound b s y : g <= b -> 0 < s <= 1 -> ym <= y -> Rabs (pre b s y) <= / g * a.
Proof.
  intros Hb Hs Hy. destruct (inv_P s y) as (P1 & P2); try lra. pose proof a_pos.
  replace (pre b s y) with (s * (/ b * / (sigma0 * y + eps0 * s))) by (unfold pre; field; lra).
  rewrite <- (Rmult_1_l (/ g * a)). apply abs_mult_le. rewrite Rabs_pos_eq; lra. apply abs_mult_le; auto. now apply inv_b.
Qed.
Lemma pre_lip_y b s y y' : g <= b -> 0 < s <= 1 -> ym <= y -> ym <= y' ->
  Rabs (pre b s y' - pre b s y) <= / g * a * / ym * Rabs (y' - y).
Proof.
  intros Hb Hs Hy Hy'. destruct (inv_P s y) as (P1 & P2); try lra. destruct (inv_P s y') as (P3 & P4); try lra. pose proof a_pos.
  assert (N : Rabs (s * sigma0 * (y - y')) <= 1 * sigma0 * Rabs (y' - y)).
  { apply abs_mult_le. apply abs_mult_le; rewrite Rabs_pos_eq; lra. rewrite Rabs_minus_sym; lra. }
  replace (pre b s y' - pre b s y) with (s * sigma0 * (y - y') * (/ b * (/ (sigma0 * y + eps0 * s) * / (sigma0 * y' + eps0 * s))))
    by (unfold pre; field; lra).
  replace (/ g * a * / ym * Rabs (y' - y)) with (1 * sigma0 * Rabs (y' - y) * (/ g * (a * a))) by (unfold a; field; lra).
  apply abs_mult_le; auto. apply abs_mult_le. now apply inv_b. now apply abs_mult_le.
Qed.
Lemma pre_gap b b' s s' y : g <= b -> g <= b' -> 0 < s <= 1 -> 0 < s' <= 1 -> ym <= y ->
  Rabs (pre b s y - pre b' s' y) <= / g * a * (/ g * Rabs (b - b') + Rabs (s - s')).
Proof.
  intros Hb Hb' Hs Hs' Hy. destruct (inv_P s y) as (P1 & P2); try lra. destruct (inv_P s' y) as (P3 & P4); try lra. pose proof a_pos.
  replace (pre b s y - pre b' s' y)
    with ((b' - b) * (/ b * / b') * (s * / (sigma0 * y + eps0 * s)) + / b' * ((s - s') * (sigma0 * y * / (sigma0 * y + eps0 * s) * / (sigma0 * y + eps0 * s'))))
    by (unfold pre; field; lra).
  replace (/ g * a * (/ g * Rabs (b - b') + Rabs (s - s'))) with (Rabs (b - b') * (/ g * / g) * (1 * a) + / g * (Rabs (s - s') * (1 * a))) by ring.
  apply abs_plus_le.
  - apply abs_mult_le. apply abs_mult_le. rewrite Rabs_minus_sym; lra. apply abs_mult_le; now apply inv_b.
    apply abs_mult_le; auto. rewrite Rabs_pos_eq; lra.
  - apply abs_mult_le. now apply inv_b. apply abs_mult_le. lra. apply abs_mult_le; auto.
    assert (0 < sigma0 * y) by nra. assert (0 <= eps0 * s) by mpos.
    rewrite Rabs_pos_eq. apply Rmult_le_reg_r with (sigma0 * y + eps0 * s). lra. rewrite Rmult_assoc, Rinv_l; lra.
    apply Rmult_le_pos. lra. left; now apply Rinv_0_lt_compat.
Qed.
End Pre.

Section Coef.
Variables eta c1 c2 sigma0 eps0 umin g T : R.
Variables k0 N : nat.
Let h := eta ^ 2.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis umin_pos : 0 < umin.
Hypothesis c_pos : 0 < c1 /\ 0 < c2.
Hypothesis betas : c1 * h <= 1 /\ c2 * h <= 1.
Hypothesis T_end : INR N * h <= T.

Definition correction (c : R) (k : nat) := 1 - (1 - c * eta ^ 2) ^ S k.        (* 1 - beta^(k+1) *)
Definition gamma (c t : R) := 1 - exp (- (c * t)).
Definition rho (k : nat) (u : R) := pre sigma0 eps0 (correction c1 k) (sqrt (correction c2 k)) (sqrt u).
Definition rhobar (t u : R) := pre sigma0 eps0 (gamma c1 t) (sqrt (gamma c2 t)) (sqrt u).

(* The start t0 = k0 eta^2 is where both corrections have reached g. *)
Hypothesis g_start : 0 < g <= 1 /\ g <= gamma c1 (INR k0 * h) /\ g <= gamma c2 (INR k0 * h).

Lemma gamma_mono c t t' : 0 <= c -> t <= t' -> gamma c t <= gamma c t'.
Proof.
  intros Hc Ht. unfold gamma. assert (H := Rmult_le_compat_l c _ _ Hc Ht).
  destruct (Rle_lt_or_eq_dec _ _ H) as [H1|H1]. assert (exp (- (c * t')) < exp (- (c * t))) by (apply exp_increasing; lra). lra. rewrite H1; lra.
Qed.

Lemma correction_gap c k : 0 < c -> c * h <= 1 -> g <= gamma c (INR k0 * h) -> (k0 <= k < N)%nat ->
  g <= correction c k <= 1 /\ g <= gamma c (INR (S k) * h) <= 1 /\ Rabs (correction c k - gamma c (INR (S k) * h)) <= T * c ^ 2 / 2 * h.
Proof.
  intros Hc Hb Hg Hk. assert (Hh : 0 < h) by (unfold h; simpl; nra).
  assert (D := decay_error (c * h) (S k) ltac:(nra)).
  assert (Ek : exp (- (INR (S k) * (c * h))) = exp (- (c * (INR (S k) * h)))) by (f_equal; ring). rewrite Ek in D.
  assert (g <= gamma c (INR (S k) * h)).
  { eapply Rle_trans; [apply Hg|]. apply gamma_mono. lra. apply Rmult_le_compat_r. lra. apply le_INR; lia. }
  assert (0 <= (1 - c * h) ^ S k) by (apply pow_le; lra). pose proof (exp_pos (- (c * (INR (S k) * h)))).
  assert (Ts : INR (S k) * h <= T). { eapply Rle_trans; [|apply T_end]. apply Rmult_le_compat_r. lra. apply le_INR; lia. }
  unfold correction, gamma in *. fold h.
  replace (INR (S k) * ((c * h) ^ 2 / 2)) with (INR (S k) * h * (c ^ 2 / 2 * h)) in D by field.
  assert (INR (S k) * h * (c ^ 2 / 2 * h) <= T * (c ^ 2 / 2 * h)). { apply Rmult_le_compat_r; auto. pose proof (pow2_ge_0 c). mpos. }
  repeat split; try lra. rewrite Rabs_pos_eq by lra. lra.
Qed.

Definition R0 := / g * / (sigma0 * sqrt umin).
Definition R1 := R0 * / sqrt umin * / (2 * sqrt umin).
Definition R2 := R0 * / g * (T * (c1 ^ 2 + c2 ^ 2) / 2).

Lemma sqrt_range b : g <= b <= 1 -> 0 < sqrt b <= 1.
Proof. intros Hb. split. apply sqrt_lt_R0; lra. rewrite <- sqrt_1. apply sqrt_le_1_alt; lra. Qed.
Lemma root_min u : umin <= u -> sqrt umin <= sqrt u. Proof. apply sqrt_le_1_alt. Qed.
Lemma ym_pos : 0 < sqrt umin. Proof. now apply sqrt_lt_R0. Qed.

Lemma adam_rho_bound k u : (k0 <= k < N)%nat -> umin <= u -> Rabs (rho k u) <= R0.
Proof.
  intros Hk Hu. destruct g_start as (G0 & G1 & G2). destruct c_pos, betas.
  destruct (correction_gap c1 k) as (B1 & _); auto. destruct (correction_gap c2 k) as (B2 & _); auto.
  apply pre_bound; auto using ym_pos, sqrt_range, root_min. lra.
Qed.
Lemma adam_rho_lip k u u' : (k0 <= k < N)%nat -> umin <= u -> umin <= u' -> Rabs (rho k u' - rho k u) <= R1 * Rabs (u' - u).
Proof.
  intros Hk Hu Hu'. destruct g_start as (G0 & G1 & G2). destruct c_pos, betas. pose proof ym_pos as Y.
  destruct (correction_gap c1 k) as (B1 & _); auto. destruct (correction_gap c2 k) as (B2 & _); auto.
  eapply Rle_trans; [apply (pre_lip_y sigma0 eps0 sigma0_pos eps0_pos g (sqrt umin)); auto using sqrt_range, root_min; lra|].
  unfold R1. replace (R0 * / sqrt umin * / (2 * sqrt umin) * Rabs (u' - u)) with (R0 * / sqrt umin * (Rabs (u' - u) * / (2 * sqrt umin))) by ring.
  apply Rmult_le_compat_l.
  - unfold R0. assert (0 < sigma0 * sqrt umin) by nra. mpos; left; apply Rinv_0_lt_compat; lra.
  - (* the square root has slope at most 1/(2 sqrt umin) *)
    pose proof (root_min u Hu). pose proof (root_min u' Hu').
    assert (E : u' - u = (sqrt u' - sqrt u) * (sqrt u' + sqrt u)).
    { replace ((sqrt u' - sqrt u) * (sqrt u' + sqrt u)) with (sqrt u' * sqrt u' - sqrt u * sqrt u) by ring. rewrite !sqrt_sqrt; lra. }
    apply Rmult_le_reg_r with (2 * sqrt umin). lra. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra.
    rewrite E, Rabs_mult, (Rabs_pos_eq (sqrt u' + sqrt u)) by lra. apply Rmult_le_compat_l. apply Rabs_pos. lra.
Qed.
Lemma adam_rho_limit k u : (k0 <= k < N)%nat -> umin <= u -> Rabs (rho k u - rhobar (INR (S k) * h) u) <= R2 * h.
Proof.
  intros Hk Hu. destruct g_start as (G0 & G1 & G2). destruct c_pos as (C1 & C2), betas as (b1 & b2). pose proof ym_pos as Y.
  destruct (correction_gap c1 k C1 b1 G1 Hk) as (B1 & B1' & E1). destruct (correction_gap c2 k C2 b2 G2 Hk) as (B2 & B2' & E2).
  eapply Rle_trans; [apply (pre_gap sigma0 eps0 sigma0_pos eps0_pos g (sqrt umin)); auto using sqrt_range, root_min; lra|].
  fold R0. assert (S2 := sqrt_gap (correction c2 k) (gamma c2 (INR (S k) * h)) g G0 ltac:(lra) ltac:(lra)).
  assert (ig : 0 < / g) by (apply Rinv_0_lt_compat; lra).
  assert (r0 : 0 <= R0). { unfold R0. assert (0 < sigma0 * sqrt umin) by nra. mpos. left; apply Rinv_0_lt_compat; lra. }
  unfold R2. replace (R0 * / g * (T * (c1 ^ 2 + c2 ^ 2) / 2) * h) with (R0 * (/ g * (T * c1 ^ 2 / 2 * h) + / g * (T * c2 ^ 2 / 2 * h))) by (field; lra).
  apply Rmult_le_compat_l; auto. apply Rplus_le_compat. apply Rmult_le_compat_l; lra.
  eapply Rle_trans; [apply S2|]. unfold Rdiv at 1. rewrite Rinv_mult.
  pose proof (Rabs_pos (correction c2 k - gamma c2 (INR (S k) * h))).
  set (t := Rabs (correction c2 k - gamma c2 (INR (S k) * h))) in *.
  replace (t * (/ 2 * / g)) with (/ g * (t * / 2)) by ring. apply Rmult_le_compat_l; lra.
Qed.
End Coef.

(* The theorem for Adam (lambda0 = 0) and AdamW (lambda0 > 0), from step k0 > 0. *)
Section AdamW.
Variable d : nat.
Variables (eta sigma0 eps0 c1 c2 lambda0 umin Gf K3 m g T : R) (q k0 N : nat).
Variables (F : nat -> X -> R) (Sig : X -> nat -> nat -> R) (law : X -> expectation (nat -> R)).
Let h := eta ^ 2.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c_pos : 0 < c1 /\ 0 < c2 /\ 0 <= lambda0.
Hypothesis betas : c1 * h <= 1 /\ c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis oracle_pos : 0 <= Gf /\ 0 <= K3.
Hypothesis g_start : 0 < g <= 1 /\ g <= gamma c1 (INR k0 * h) /\ g <= gamma c2 (INR k0 * h).
Hypothesis F_growth : forall x i, Dom d umin x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q d x).
Hypothesis oracle : forall x, Dom d umin x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q d x ^ 3) m (q + 3).
Let rho_ := rho eta c1 c2 sigma0 eps0.
Let rhobar_ := rhobar c1 c2 sigma0 eps0.
Hypothesis dir_int : forall k x i j, (k0 <= k < N)%nat -> Dom d umin x -> (i < d)%nat -> (j < d)%nat ->
  let D := dir eta sigma0 c1 c2 F rho_ k x i in
  intg (law x) D /\ intg (law x) (fun z => D z * m_step eta sigma0 c1 F x j z) /\ intg (law x) (fun z => D z * D z).
Variables (M Mt : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * h <= T.
Hypothesis U_ok : value (idx d) deg (Q d) (Dom d umin) (limit sigma0 c1 c2 lambda0 F Sig rhobar_) M Mt (INR k0 * h) T q J.
Hypothesis test_ok : admissible (chain_steps eta sigma0 c1 c2 lambda0 F law rho_) (Inv d eta c2 umin N) test.
Hypothesis test_value : forall k, (k0 <= k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q d x ^ (q + 3)).

Definition adamw_constant := adam_constant d sigma0 c1 c2 lambda0 Gf K3 m
  (R0 sigma0 umin g) (R1 sigma0 umin g) (R2 c1 c2 sigma0 umin g T) q M Mt T.

Theorem adamw_weak n x : (k0 + n = N)%nat -> Inv d eta c2 umin N k0 x ->
  Rabs (En eta sigma0 c1 c2 lambda0 k0 F law rho_ n (J (INR N * h) nil) x - J (INR k0 * h) nil x)
  <= adamw_constant * Q d x ^ (q + 3) * eta ^ 2.
Proof.
  intros Hn Hx. destruct c_pos as (C1 & C2 & C3), oracle_pos as (O1 & O2), betas as (B1 & B2), g_start as (G0 & G1 & G2).
  assert (Y : 0 < sigma0 * sqrt umin) by (apply Rmult_lt_0_compat; auto; now apply sqrt_lt_R0).
  assert (sq : 0 < sqrt umin) by now apply sqrt_lt_R0.
  assert (Hh : 0 < h) by (unfold h; simpl; nra).
  assert (T0 : 0 <= T). { eapply Rle_trans; [|apply T_end]. apply Rmult_le_pos. apply pos_INR. lra. }
  assert (ig : 0 < / g) by (apply Rinv_0_lt_compat; lra). assert (iy : 0 < / (sigma0 * sqrt umin)) by now apply Rinv_0_lt_compat.
  assert (is : 0 < / sqrt umin) by now apply Rinv_0_lt_compat. assert (is2 : 0 < / (2 * sqrt umin)) by (apply Rinv_0_lt_compat; lra).
  unfold adamw_constant.
  apply (adam_weak d eta sigma0 c1 c2 lambda0 umin Gf K3 m (R0 sigma0 umin g) (R1 sigma0 umin g) (R2 c1 c2 sigma0 umin g T) q k0 N F Sig law rho_ rhobar_)
    with (test := test); auto; try lra.
  - unfold R2, R1, R0. pose proof (pow2_ge_0 c1). pose proof (pow2_ge_0 c2). unfold Rdiv. repeat split; mpos.
  - intros k u Hk Hu. apply (adam_rho_bound eta c1 c2 sigma0 eps0 umin g T k0 N); auto.
  - intros k u u' Hk Hu Hu'. apply (adam_rho_lip eta c1 c2 sigma0 eps0 umin g T k0 N); auto.
  - intros k u Hk Hu. apply (adam_rho_limit eta c1 c2 sigma0 eps0 umin g T k0 N); auto.
Qed.
End AdamW.

(* The increments are the algorithm's: sigma = sigma0/eta, eps = eps0/eta, lambda = lambda0 eta, beta_i = 1 - c_i eta^2, v = sigma^2 u,
   gradient F + sigma z, first moment m' and rescaled second moment u' after the update, bias corrections b1, b2. *)
Theorem adamw_rescaled eta sigma0 eps0 lambda0 b1 b2 m' u' theta : 0 < eta -> 0 < sigma0 -> 0 <= eps0 -> 0 < u' -> 0 < b1 -> 0 < b2 ->
  let sigma := sigma0 / eta in let eps := eps0 / eta in let lambda := lambda0 * eta in let v' := sigma ^ 2 * u' in
  - (eta * (m' / b1) / (sqrt (v' / b2) + eps)) - eta * lambda * theta
  = - (eta ^ 2 * (pre sigma0 eps0 b1 (sqrt b2) (sqrt u') * m' + lambda0 * theta)).
Proof.
  intros He Hs Hp Hu Hb1 Hb2 sigma eps lambda v'.
  assert (sg : 0 < sigma) by (apply Rdiv_lt_0_compat; auto). pose proof (sqrt_lt_R0 _ Hu). pose proof (sqrt_lt_R0 _ Hb2).
  assert (sv : sqrt (v' / b2) = sigma * sqrt u' / sqrt b2).
  { unfold v'. rewrite sqrt_div by (try apply Rmult_le_pos; try apply pow2_ge_0; lra).
    rewrite sqrt_mult by (try apply pow2_ge_0; lra). rewrite sqrt_pow2; lra. }
  rewrite sv. unfold pre, eps, lambda, sigma. assert (0 < sigma0 * sqrt u') by (apply Rmult_lt_0_compat; auto).
  assert (0 <= eps0 * sqrt b2) by mpos. field. repeat split; lra.
Qed.
