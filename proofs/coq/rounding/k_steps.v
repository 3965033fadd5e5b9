(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Errors after k steps.

    v       relative error at most k (ab + 2u) + aw + u, hence (1+u)^~2k; and, against the largest squared gradient, an
            error that does not grow with k: delta / (1 - rho).
    m       the same kind of bound that does not grow with k.
    theta   along given gradients, ((1+u)^k - 1) (Theta + (1+u)/u B), about k (u Theta + B), where Theta bounds |theta_j|
            and B the increments' errors; in closed loop, delta (1 + L + ... + L^(k-1)) for any L-Lipschitz step. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Optcert.Rounding Require Import std_model relation moments quotient sgd rmsprop adam.
Open Scope R_scope.

(** * Linear recursions *)
Fixpoint geometric rho k := match k with O => 0 | S k => rho * geometric rho k + 1 end.
Lemma geometric_value rho k : (rho - 1) * geometric rho k = rho ^ k - 1.
Proof. induction k; simpl; [ring|]. rewrite Rmult_plus_distr_l. nra. Qed.
Lemma geometric_nonneg rho k : 0 <= rho -> 0 <= geometric rho k.
Proof. intros H. induction k; simpl; [lra|]. nra. Qed.
Lemma recursion n e rho delta : 0 <= rho -> e O <= 0 -> (forall k, (k < n)%nat -> e (S k) <= rho * e k + delta) ->
  forall k, (k <= n)%nat -> e k <= delta * geometric rho k.
Proof.
  intros Hr H0 H k. induction k; intros Hk; simpl; [lra|]. specialize (H k ltac:(lia)). specialize (IHk ltac:(lia)).
  assert (rho * e k <= rho * (delta * geometric rho k)) by (now apply Rmult_le_compat_l). lra.
Qed.
Lemma recursion_bounded e rho delta : 0 <= rho < 1 -> 0 <= delta -> e O <= 0 ->
  (forall k, e (S k) <= rho * e k + delta) -> forall k, e k <= delta / (1 - rho).
Proof.
  intros Hr Hd H0 H k. eapply Rle_trans; [apply (recursion k e rho delta); auto; lra|].
  apply Rmult_le_compat_l; auto. apply Rmult_le_reg_l with (1 - rho); [lra|]. rewrite Rinv_r by lra.
  pose proof (geometric_value rho k). pose proof (pow_le rho k (proj1 Hr)). lra.
Qed.

Section Steps.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation second_moment := (second_moment prec emin). Notation mix := (mix prec emin).

(** * The second moment *)
Section V.
Variables ab aw b w beta omega v0 : R.
Variable g : nat -> R.
Hypotheses (Hab : 0 <= ab) (Haw : 0 <= aw) (Pb : 0 <= beta) (Pw : 0 <= omega) (W1 : w <= 1) (P0 : 0 <= v0)
  (Rb : Rel ab b beta) (Rw : Rel aw w omega).
Fixpoint v_computed k := match k with O => v0 | S k => second_moment b w (v_computed k) (g k) end.
Fixpoint v_real k := match k with O => v0 | S k => beta * v_real k + omega * (g k * g k) end.

Lemma v_computed_nonneg k : 0 <= v_computed k.
Proof.
  induction k; simpl; auto. apply second_moment_nonneg; auto; [exact (Rel_nonneg _ _ _ Rb Pb) | exact (Rel_nonneg _ _ _ Rw Pw)].
Qed.
Lemma v_real_nonneg k : 0 <= v_real k.
Proof.
  induction k; simpl; auto. pose proof (Rle_0_sqr (g k)). unfold Rsqr in *.
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; auto.
Qed.

(** With no underflow: relative, linear in k, as the worst case (one early gradient, then zeros) is. *)
Theorem v_k_steps : (forall j, second_moment_normal prec emin b w (v_computed j) (g j)) ->
  forall k, Rel (INR k * (ab + 2 * u) + (aw + u)) (v_computed k) (v_real k).
Proof.
  intros N k. pose proof (u_pos prec) as U. induction k.
  - simpl. apply Rel_refl_le. lra.
  - rewrite S_INR. cbn [v_computed v_real]. set (a := INR k * (ab + 2 * u) + (aw + u)) in *.
    assert (Pa : aw + u <= a) by (unfold a; pose proof (pos_INR k); pose proof (Rmult_le_pos (INR k) (ab + 2 * u)); lra).
    destruct (N k) as (N1 & N2 & N3). pose proof (v_real_nonneg k) as Pv. pose proof (Rle_0_sqr (g k)) as G. unfold Rsqr in G.
    assert (A : Rel (u + (ab + a)) (fl (b * v_computed k)) (beta * v_real k)).
    { apply Rel_trans with (b * v_computed k); [now apply fl_rel | now apply Rel_mul]. }
    assert (B : Rel (u + (aw + u)) (fl (w * fl (g k * g k))) (omega * (g k * g k))).
    { apply Rel_trans with (w * fl (g k * g k)); [now apply fl_rel|]. apply Rel_mul; auto. now apply fl_rel. }
    pose proof (fl_add_Rel prec emin Hp _ _ _ _ _ _ (F_fl prec emin Hp _) (F_fl prec emin Hp _)
      (Rmult_le_pos _ _ Pb Pv) (Rmult_le_pos _ _ Pw G) A B) as St.
    rewrite Rmax_left in St by lra.
    replace ((INR k + 1) * (ab + 2 * u) + (aw + u)) with (u + (ab + a) + u) by (unfold a; ring). exact St.
Qed.

(** Underflow or not: against the largest squared gradient, the error stays bounded for ever. *)
Theorem v_k_steps_bounded G A : beta + omega <= 1 -> v0 <= G -> (forall j, g j * g j <= G) ->
  Rmax ab (aw + u) + 2 * u <= A -> exp A * beta < 1 ->
  forall k, Rabs (v_computed k - v_real k) <= ((exp A - 1) * G + 4 * tiny) / (1 - exp A * beta).
Proof.
  intros Bw HG Hg HA Hrho. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T. pose proof (exp_pos A) as PA.
  assert (A0 : 0 <= A) by (pose proof (Rmax_l ab (aw + u)); lra). pose proof (exp_ge_1 A A0) as A1.
  assert (VG : forall k, v_real k <= G).
  { intros k. pose proof P0. induction k; simpl; auto. specialize (Hg k). pose proof (v_real_nonneg k). nra. }
  apply recursion_bounded.
  - split; [apply Rmult_le_pos|]; lra.
  - apply Rplus_le_le_0_compat; [apply Rmult_le_pos|]; lra.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - intros k. cbn [v_computed v_real]. pose proof (v_computed_nonneg k) as Pv. pose proof (v_real_nonneg k) as Pr.
    set (x := v_computed k) in *. set (y := v_real k) in *. set (gg := g k * g k).
    assert (Pg : 0 <= gg) by (unfold gg; pose proof (Rle_0_sqr (g k)); auto).
    pose proof (second_moment_error prec emin Hp ab aw b w beta omega x (g k) Pb Pw Pv W1 Rb Rw) as St. fold gg in St.
    assert (Pz : 0 <= beta * x + omega * gg) by (apply Rplus_le_le_0_compat; apply Rmult_le_pos; auto).
    apply RelAbs_mono with (b := A) (k := 4 * tiny) in St; [|lra|lra].
    apply Err_of_RelAbs in St; [|lra]. unfold Err in St. rewrite (Rabs_pos_eq _ Pz) in St.
    replace (second_moment b w x (g k) - (beta * y + omega * gg))
      with ((second_moment b w x (g k) - (beta * x + omega * gg)) + beta * (x - y)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_pos_eq beta) by auto.
    assert (X : beta * x + omega * gg <= G + beta * Rabs (x - y)).
    { assert (beta * (x - y) <= beta * Rabs (x - y)) by (apply Rmult_le_compat_l; auto using Rle_abs).
      pose proof (VG (S k)) as V. simpl in V. fold y gg in V. lra. }
    assert ((exp A - 1) * (beta * x + omega * gg) <= (exp A - 1) * (G + beta * Rabs (x - y))) by (apply Rmult_le_compat_l; lra).
    lra.
Qed.
End V.

(** * The first moment *)
Section M.
Variables a1 p q beta omega m0 : R.
Variable g : nat -> R.
Hypotheses (Ha : 0 <= a1) (Pb : 0 <= beta) (Pw : 0 <= omega) (Rp : Rel a1 p beta) (Rq : Rel a1 q omega).
Fixpoint m_computed k := match k with O => m0 | S k => mix p q (m_computed k) (g k) end.
Fixpoint m_real k := match k with O => m0 | S k => beta * m_real k + omega * g k end.

Theorem m_k_steps_bounded G : beta + omega <= 1 -> Rabs m0 <= G -> (forall j, Rabs (g j) <= G) ->
  exp (a1 + 2 * u) * beta < 1 ->
  forall k, Rabs (m_computed k - m_real k) <=
    ((exp (a1 + 2 * u) - 1) * G + 3 * tiny) / (1 - exp (a1 + 2 * u) * beta).
Proof.
  intros Bw HG Hg Hrho. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T. set (A := a1 + 2 * u) in *.
  pose proof (exp_ge_1 A ltac:(unfold A; lra)) as A1. assert (PG : 0 <= G) by (pose proof (Rabs_pos m0); lra).
  assert (MG : forall k, Rabs (m_real k) <= G).
  { induction k; simpl; auto. eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, (Rabs_pos_eq beta), (Rabs_pos_eq omega) by auto.
    specialize (Hg k). nra. }
  apply recursion_bounded.
  - split; [apply Rmult_le_pos|]; lra.
  - apply Rplus_le_le_0_compat; [apply Rmult_le_pos|]; lra.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - intros k. cbn [m_computed m_real]. set (x := m_computed k). set (y := m_real k).
    pose proof (mix_error prec emin Hp a1 a1 p q beta omega x (g k) Ha Ha Pb Pw Rp Rq) as St.
    rewrite Rmax_left in St by lra. fold A in St. unfold Err in St.
    replace (mix p q x (g k) - (beta * y + omega * g k))
      with ((mix p q x (g k) - (beta * x + omega * g k)) + beta * (x - y)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult, (Rabs_pos_eq beta) by auto.
    assert (X : beta * Rabs x + omega * Rabs (g k) <= G + beta * Rabs (x - y)).
    { assert (Rabs x <= Rabs y + Rabs (x - y)) by (replace x with (y + (x - y)) at 1 by ring; apply Rabs_triang).
      pose proof (MG k) as Y. fold y in Y. specialize (Hg k).
      assert (beta * Rabs x <= beta * (G + Rabs (x - y))) by (apply Rmult_le_compat_l; lra).
      assert (omega * Rabs (g k) <= omega * G) by (apply Rmult_le_compat_l; lra). nra. }
    assert ((exp A - 1) * (beta * Rabs x + omega * Rabs (g k)) <= (exp A - 1) * (G + beta * Rabs (x - y)))
      by (apply Rmult_le_compat_l; lra).
    lra.
Qed.
End M.

(** * theta along given gradients, for every optimizer: theta loses computed increments qf in place of q. *)
Section Theta.
Variables theta0 B Theta : R.
Variables q qf : nat -> R.
Variable n : nat.   (** steps *)
Fixpoint theta_computed k := match k with O => theta0 | S k => fl (theta_computed k - qf k) end.
Fixpoint theta_real k := match k with O => theta0 | S k => theta_real k - q k end.
Hypotheses (F0 : F theta0) (Fq : forall j, F (qf j)) (HB : forall j, (j < n)%nat -> Rabs (qf j - q j) <= B)
  (HT : forall j, (j <= n)%nat -> Rabs (theta_real j) <= Theta).

Lemma F_theta k : F (theta_computed k).
Proof. destruct k; simpl; auto. now apply F_fl. Qed.
Theorem theta_k_steps k : (k <= n)%nat ->
  Rabs (theta_computed k - theta_real k) <= ((1 + u) ^ k - 1) * (Theta + (1 + u) / u * B).
Proof.
  intros Hk. pose proof (u_pos prec) as U.
  replace (((1 + u) ^ k - 1) * (Theta + (1 + u) / u * B)) with ((u * Theta + (1 + u) * B) * geometric (1 + u) k).
  2: { rewrite <- geometric_value. replace (1 + u - 1) with u by ring. field. lra. }
  apply (recursion n (fun k => Rabs (theta_computed k - theta_real k))); auto; [lra | |].
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - intros j Hj. cbn [theta_computed theta_real].
    pose proof (fl_sub_close prec emin Hp (theta_computed j) (theta_real j) (qf j) (q j) _ B (F_theta j) (Fq j) (Rle_refl _) (HB j Hj)) as St.
    pose proof (HT (S j) Hj) as T. simpl in T.
    assert (u * Rabs (theta_real j - q j) <= u * Theta) by (apply Rmult_le_compat_l; lra). lra.
Qed.
(** the same with the growth spelled out: about k (u Theta + B) *)
Corollary theta_k_steps_gamma k : (k <= n)%nat -> INR k * u < 1 -> 0 <= Theta -> 0 <= B ->
  Rabs (theta_computed k - theta_real k) <= gamma (INR k * u) * (Theta + (1 + u) / u * B).
Proof.
  intros Hkn Hk PT PB. pose proof (u_pos prec) as U. eapply Rle_trans; [now apply theta_k_steps|].
  assert (P : 0 <= (1 + u) / u * B) by (apply Rmult_le_pos; auto; apply Rmult_le_pos; [lra | left; now apply Rinv_0_lt_compat]).
  apply Rmult_le_compat_r; [lra|]. pose proof (pos_INR k).
  assert (I : 0 <= INR k * u) by (apply Rmult_le_pos; lra).
  eapply Rle_trans; [|apply (exp_gamma (INR k * u)); lra].
  assert ((1 + u) ^ k <= exp (INR k * u)); [|lra]. clear. induction k.
  - simpl. rewrite Rmult_0_l, exp_0. lra.
  - rewrite S_INR, Rmult_plus_distr_r, Rmult_1_l, exp_plus, Rmult_comm. simpl. rewrite Rmult_comm. pose proof (u_pos prec).
    pose proof (exp_ge_lin u). rewrite (Rmult_comm (exp u)). apply Rmult_le_compat; try lra. apply pow_le. lra.
Qed.
End Theta.

(** RMSprop along given gradients, no underflow in v: the increments' errors to put into theta_k_steps. *)
Theorem rmsprop_k_increment ab aw b w beta omega v0 g al ae lr eta eps eps' k n :
  0 <= ab -> 0 <= aw -> 0 <= beta -> 0 <= omega -> w <= 1 -> 0 <= v0 -> F v0 -> Rel ab b beta -> Rel aw w omega ->
  (forall j, second_moment_normal prec emin b w (v_computed b w v0 g j) (g j)) ->
  (k <= n)%nat -> INR n * (ab + 2 * u) + (aw + u) <= / 16 ->
  F eps -> 0 <= eta -> 0 <= eps' -> 0 <= al <= / 8 -> 0 <= ae <= u -> Rel al lr eta -> Rel ae eps eps' ->
  let v' := v_real beta omega v0 g k in let D := sqrt v' + eps' in let q := eta * g k / D in 0 < D ->
  Rabs (increment prec emin lr (g k) (denominator prec emin (v_computed b w v0 g k) eps) - q) <=
    (exp (al + (INR n * (ab + 2 * u) + (aw + u)) / 2 + 4 * u) - 1) * Rabs q + rmsprop_underflow emin D.
Proof.
  intros Hab Haw Pb Pw W1 P0 F0 Rb Rw N Hk Hn Fe Pl Pe Hal Hae Rl Re v' D q PD.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (tiny_pos emin) as T.
  set (a := INR n * (ab + 2 * u) + (aw + u)) in *.
  assert (Ra : Rel a (v_computed b w v0 g k) v').
  { eapply Rel_mono; [|now apply v_k_steps with (ab := ab) (aw := aw)]. apply le_INR in Hk. unfold a.
    assert (INR k * (ab + 2 * u) <= INR n * (ab + 2 * u)) by (apply Rmult_le_compat_r; lra). lra. }
  assert (Pv : 0 <= v') by (now apply v_real_nonneg).
  assert (Fv : F (v_computed b w v0 g k)) by (destruct k; simpl; auto; now apply F_mix).
  assert (Ha : 0 <= a <= / 16).
  { split; auto. unfold a. pose proof (pos_INR n). pose proof (Rmult_le_pos (INR n) (ab + 2 * u)). lra. }
  assert (Z8 : 0 <= 0 <= / 8) by lra. assert (Z : 2 * sqrt 0 <= 0 * eps') by (rewrite sqrt_0; lra).
  assert (Ha16 : 0 <= ae <= / 16) by lra.
  pose proof (denominator_error prec emin Hp He a 0 0 ae _ v' eps eps' Fv Fe (Rel_nonneg _ _ _ Ra Pv) Pv Pe PD Ha
                Ha16 (Rle_refl 0) Z8 Z (RelAbs_of_Rel _ _ _ Ra) Re) as RD.
  rewrite Rmax_left in RD by lra.
  assert (Had : 0 <= a / 2 + u + u + 0 <= / 8) by lra.
  pose proof (increment_error prec emin Hp 0 0 (Rabs (g k)) al _ lr eta (g k) (g k) _ D (Rle_refl 0) Hal Had (Rle_refl 0)
                Pl PD (Rle_refl _) (Err_refl (g k)) Rl RD) as Q.
  unfold Err in Q. eapply Rle_trans; [exact Q|]. apply Rplus_le_compat.
  - apply Req_le. f_equal; [f_equal; f_equal; ring|]. unfold q, Rdiv.
    rewrite !Rabs_mult, (Rabs_pos_eq eta), (Rabs_pos_eq (/ D)); auto. left; now apply Rinv_0_lt_compat.
  - unfold increment_underflow, rmsprop_underflow. rewrite !Rmult_0_r, Rplus_0_l. lra.
Qed.

(** Adam along given gradients: m' to Em and v' to Rel a, with coefficients of the step. *)
Theorem adam_k_increment a as_ ai c r m m' v v' Em M :
  F v -> 0 <= v -> 0 <= v' -> 0 <= a <= / 16 -> 0 <= as_ <= / 8 -> 0 <= ai <= / 64 -> 0 <= Em -> Rabs m' <= M ->
  F (eps c) -> 0 <= eps r -> 0 <= step_size r -> 1 <= inv_root c -> 0 <= inv_root r ->
  Rel u (eps c) (eps r) -> Rel as_ (step_size c) (step_size r) -> Rel ai (inv_root c) (inv_root r) ->
  Rabs (m - m') <= Em -> Rel a v v' ->
  let D := inv_root r * sqrt v' + eps r in 0 < D ->
  Err (as_ + ai + a / 2 + 6 * u) (increment_underflow emin (step_size r) Em D) (step_size r * M / D)
      (increment prec emin (step_size c) m (corrected_denominator prec emin v (inv_root c) (eps c))) (step_size r * m' / D).
Proof.
  intros Fv Pv Pv' Ha Has Hai Hem HM Fe Pe Ps I1 Pi Re Rs Ri E Rv D PD.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us.
  assert (Hu : 0 <= u <= / 16) by lra. assert (Z8 : 0 <= 0 <= / 8) by lra.
  assert (Z : 2 * (inv_root r * sqrt 0) <= 0 * eps r) by (rewrite sqrt_0; lra).
  pose proof (corrected_denominator_error prec emin Hp He a 0 0 ai u v v' _ _ _ _ Fv Fe Pv Pv' Pe PD I1 Pi Ha Hai Hu
    (Rle_refl 0) Z8 Z (RelAbs_of_Rel _ _ _ Rv) Ri Re) as RD.
  rewrite Rmax_left in RD by lra.
  assert (Had : 0 <= a / 2 + ai + 2 * u + u + 0 <= / 8) by lra.
  assert (E0 : Err 0 Em M m m') by (unfold Err; rewrite exp_0; lra).
  pose proof (increment_error prec emin Hp 0 Em M as_ _ _ _ m m' _ D (Rle_refl 0) Has Had Hem Ps PD HM E0 Rs RD) as Q.
  replace (as_ + ai + a / 2 + 6 * u) with (0 + as_ + (a / 2 + ai + 2 * u + u + 0) + 2 * u + u) by ring.
  revert Q. apply Err_mono; try lra. split; [|lra]. pose proof (Rabs_pos m').
  apply Rmult_le_pos; [apply Rmult_le_pos; lra | left; now apply Rinv_0_lt_compat].
Qed.

Lemma rmsprop_underflow_decreasing D e : 0 < e <= D -> rmsprop_underflow emin D <= rmsprop_underflow emin e.
Proof.
  intros H. unfold rmsprop_underflow, Rdiv. pose proof (tiny_pos emin). apply Rplus_le_compat_r, Rmult_le_compat_l; [lra|].
  apply Rmult_le_compat_l; [lra|]. apply Rinv_le_contravar; lra.
Qed.

(** RMSprop's theta after k <= n steps along given gradients, its own second moment and increments included. Q bounds the
    real increments. *)
Theorem rmsprop_theta_k_steps ab aw b w beta omega v0 g al ae lr eta eps eps' theta0 Q Theta n k :
  0 <= ab -> 0 <= aw -> 0 <= beta -> 0 <= omega -> w <= 1 -> 0 <= v0 -> F v0 -> Rel ab b beta -> Rel aw w omega ->
  (forall j, second_moment_normal prec emin b w (v_computed b w v0 g j) (g j)) ->
  INR n * (ab + 2 * u) + (aw + u) <= / 16 ->
  F eps -> 0 <= eta -> 0 < eps' -> 0 <= al <= / 8 -> 0 <= ae <= u -> Rel al lr eta -> Rel ae eps eps' -> F theta0 ->
  let q j := eta * g j / (sqrt (v_real beta omega v0 g j) + eps') in
  let qf j := increment prec emin lr (g j) (denominator prec emin (v_computed b w v0 g j) eps) in
  (forall j, Rabs (q j) <= Q) -> (forall j, (j <= n)%nat -> Rabs (theta_real theta0 q j) <= Theta) -> (k <= n)%nat ->
  let a := al + (INR n * (ab + 2 * u) + (aw + u)) / 2 + 4 * u in
  Rabs (theta_computed theta0 qf k - theta_real theta0 q k) <=
    ((1 + u) ^ k - 1) * (Theta + (1 + u) / u * ((exp a - 1) * Q + rmsprop_underflow emin eps')).
Proof.
  intros Hab Haw Pb Pw W1 P0 F0 Rb Rw N Hn Fe Pl Pe Hal Hae Rl Re Ft q qf HQ HT Hk a.
  pose proof (u_pos prec) as U. pose proof (pos_INR n) as Pn. pose proof (Rmult_le_pos (INR n) (ab + 2 * u) Pn ltac:(lra)) as Pnu.
  apply (theta_k_steps theta0 _ Theta q qf n); auto; [intros j; apply (F_fl prec emin Hp)|].
  intros j Hj. pose proof (v_real_nonneg beta omega v0 g Pb Pw P0 j) as Pv. pose proof (sqrt_pos (v_real beta omega v0 g j)) as Ps.
  assert (PD : 0 < sqrt (v_real beta omega v0 g j) + eps') by lra. assert (Hjn : (j <= n)%nat) by lia.
  assert (Pe0 : 0 <= eps') by lra.
  eapply Rle_trans; [apply (rmsprop_k_increment ab aw b w beta omega v0 g al ae lr eta eps eps' j n); auto|].
  fold (q j). fold a. apply Rplus_le_compat.
  - apply Rmult_le_compat_l; [|apply HQ]. pose proof (exp_ge_1 a ltac:(unfold a; lra)). lra.
  - apply rmsprop_underflow_decreasing. lra.
Qed.

(** Adam's theta after k <= n steps along given gradients: m from m_k_steps_bounded (Em), v from v_k_steps, coefficients
    c j, r j of each step within as_ and ai, step sizes at most sigma, m at most M. *)
Theorem adam_theta_k_steps ab aw b w beta omega v0 g mf m Em M c r as_ ai sigma eps' theta0 Theta n k :
  0 <= ab -> 0 <= aw -> 0 <= beta -> 0 <= omega -> w <= 1 -> 0 <= v0 -> F v0 -> Rel ab b beta -> Rel aw w omega ->
  (forall j, second_moment_normal prec emin b w (v_computed b w v0 g j) (g j)) ->
  INR n * (ab + 2 * u) + (aw + u) <= / 16 -> 0 <= as_ <= / 8 -> 0 <= ai <= / 64 -> 0 <= Em ->
  (forall j, Rabs (mf j - m j) <= Em /\ Rabs (m j) <= M) -> 0 < eps' ->
  (forall j, F (eps (c j)) /\ eps (r j) = eps' /\ 0 <= step_size (r j) <= sigma /\ 1 <= inv_root (c j) /\ 0 <= inv_root (r j)) ->
  (forall j, Rel u (eps (c j)) (eps (r j)) /\ Rel as_ (step_size (c j)) (step_size (r j)) /\ Rel ai (inv_root (c j)) (inv_root (r j))) ->
  F theta0 ->
  let q j := step_size (r j) * m (S j) / (inv_root (r j) * sqrt (v_real beta omega v0 g (S j)) + eps') in
  let qf j := increment prec emin (step_size (c j)) (mf (S j))
                (corrected_denominator prec emin (v_computed b w v0 g (S j)) (inv_root (c j)) (eps (c j))) in
  (forall j, (j <= n)%nat -> Rabs (theta_real theta0 q j) <= Theta) -> (k < n)%nat ->
  let a := as_ + ai + (INR n * (ab + 2 * u) + (aw + u)) / 2 + 6 * u in
  Rabs (theta_computed theta0 qf k - theta_real theta0 q k) <=
    ((1 + u) ^ k - 1) * (Theta + (1 + u) / u *
      ((exp a - 1) * (sigma * M / eps') + increment_underflow emin sigma Em eps')).
Proof.
  intros Hab Haw Pb Pw W1 P0 F0 Rb Rw N Hn Has Hai Hem Hm Pe Hc Hr Ft q qf HT Hk a.
  pose proof (u_pos prec) as U. pose proof (pos_INR n) as Pn. pose proof (Rmult_le_pos (INR n) (ab + 2 * u) Pn ltac:(lra)) as Pnu.
  assert (PM : 0 <= M) by (destruct (Hm O) as [_ H]; pose proof (Rabs_pos (m O)); lra).
  apply (theta_k_steps theta0 _ Theta q qf k); auto; [intros j; apply (F_fl prec emin Hp) | | intros j Hj; apply HT; lia].
  intros j Hj. destruct (Hc j) as (Fe & Ee & Ps & I1 & Pi). destruct (Hr j) as (Re & Rs & Ri). destruct (Hm (S j)) as [HE HM].
  pose proof (v_real_nonneg beta omega v0 g Pb Pw P0 (S j)) as Pv. set (v' := v_real beta omega v0 g (S j)) in *.
  pose proof (sqrt_pos v') as Psq. pose proof (Rmult_le_pos _ _ Pi Psq) as Pd.
  set (av := INR n * (ab + 2 * u) + (aw + u)) in *.
  assert (Rv : Rel av (v_computed b w v0 g (S j)) v').
  { eapply Rel_mono; [|now apply (v_k_steps ab aw)]. unfold av.
    assert (INR (S j) <= INR n) by (apply le_INR; lia).
    assert (INR (S j) * (ab + 2 * u) <= INR n * (ab + 2 * u)) by (apply Rmult_le_compat_r; lra). lra. }
  assert (Ha : 0 <= av <= / 16) by (split; [unfold av; lra | exact Hn]).
  assert (Fv : F (v_computed b w v0 g (S j))) by (simpl; now apply F_mix).
  assert (PD : 0 < inv_root (r j) * sqrt v' + eps (r j)) by (rewrite Ee; lra).
  assert (Pe0 : 0 <= eps (r j)) by (rewrite Ee; lra).
  pose proof (adam_k_increment av as_ ai (c j) (r j) (mf (S j)) (m (S j)) _ v' Em M Fv (Rel_nonneg _ _ _ Rv Pv) Pv Ha Has Hai
    Hem HM Fe Pe0 (proj1 Ps) I1 Pi Re Rs Ri HE Rv PD) as E.
  rewrite Ee in E. fold (q j) in E. unfold Err in E. fold (qf j) in E. fold a in E.
  eapply Rle_trans; [exact E|].
  assert (Inv : 0 < / (inv_root (r j) * sqrt v' + eps') <= / eps').
  { split; [apply Rinv_0_lt_compat; lra | apply Rinv_le_contravar; lra]. }
  assert (SE : 0 <= step_size (r j) * Em <= sigma * Em) by (split; [apply Rmult_le_pos | apply Rmult_le_compat_r]; lra).
  assert (SM : 0 <= step_size (r j) * M <= sigma * M) by (split; [apply Rmult_le_pos | apply Rmult_le_compat_r]; lra).
  pose proof (tiny_pos emin) as T. apply Rplus_le_compat.
  - apply Rmult_le_compat_l; [pose proof (exp_ge_1 a ltac:(unfold a; lra)); lra|]. unfold Rdiv. apply Rmult_le_compat; lra.
  - unfold increment_underflow, Rdiv. apply Rplus_le_compat_r, Rmult_le_compat_l; [lra|]. apply Rmult_le_compat; lra.
Qed.

(** * In closed loop: gradients taken at the computed theta *)
Theorem closed_loop_k_steps (T Tf : R -> R) L delta x0 k :
  0 <= L -> (forall x y, Rabs (T x - T y) <= L * Rabs (x - y)) ->
  (forall j, let x := Nat.iter j Tf x0 in Rabs (Tf x - T x) <= delta) ->
  Rabs (Nat.iter k Tf x0 - Nat.iter k T x0) <= delta * geometric L k.
Proof.
  intros HL Lip Loc. apply (recursion k (fun k => Rabs (Nat.iter k Tf x0 - Nat.iter k T x0))); auto.
  - simpl. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - intros j _. cbn [Nat.iter nat_rect]. set (x := Nat.iter j Tf x0). set (y := Nat.iter j T x0).
    specialize (Loc j). simpl in Loc. fold x in Loc. specialize (Lip x y).
    change (nat_rect _ x0 (fun _ => Tf) j) with x. change (nat_rect _ x0 (fun _ => T) j) with y.
    replace (Tf x - T y) with ((Tf x - T x) + (T x - T y)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.

(** SGD on a gradient computed to G: theta' = fl (theta - fl (lr (grad_f theta))). *)
Corollary sgd_closed_loop grad gradf L lr eta al G Theta Gmax theta0 k :
  0 <= al -> 0 <= eta -> 0 <= L -> Rel al lr eta -> F theta0 ->
  (forall x y, Rabs ((x - eta * grad x) - (y - eta * grad y)) <= L * Rabs (x - y)) ->
  let Tf x := sgd_theta prec emin lr x (gradf x) in
  (forall j, let x := Nat.iter j Tf theta0 in
     Rabs (gradf x - grad x) <= G /\ Rabs (x - eta * grad x) <= Theta /\ Rabs (grad x) <= Gmax) ->
  Rabs (Nat.iter k Tf theta0 - Nat.iter k (fun x => x - eta * grad x) theta0) <=
    (u * Theta + (1 + u) * ((exp (al + u) - 1) * (eta * Gmax) + exp (al + u) * (eta * G) + tiny)) * geometric L k.
Proof.
  intros Ha Pe HL R F0 Lip Tf H. apply closed_loop_k_steps; auto. intros j x. destruct (H j) as (HG & HT & HM).
  fold x in HG, HT, HM. assert (Fx : F x) by (unfold x; destruct j; simpl; auto; now apply F_fl).
  pose proof (momentum_theta_error prec emin Hp al lr eta x (gradf x) (grad x) G Fx Ha Pe R HG) as St. simpl in St.
  pose proof (u_pos prec) as U. pose proof (exp_ge_1 (al + u) ltac:(lra)).
  eapply Rle_trans; [exact St|]. apply Rplus_le_compat; [apply Rmult_le_compat_l; lra|].
  apply Rmult_le_compat_l; [lra|]. repeat apply Rplus_le_compat_r. apply Rmult_le_compat_l; [lra|].
  rewrite Rabs_mult, (Rabs_pos_eq eta) by auto. now apply Rmult_le_compat_l.
Qed.
End Steps.
