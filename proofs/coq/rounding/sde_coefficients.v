(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Drifts and diffusions of the SDE limits (sgd_sde, rmsprop_sde, adam_sde, adamw_sde), one coordinate, in the kernels'
    order of operations. Parameters are stored numbers that stand for real ones: as_, ae, ... are their relative errors.

      P       = fl (fl (sigma0 fl (sqrt u)) + eps0)
      drift   - fl (g / P)                                   rmsprop
      drift   - fl (fl (ratio m) / P)                        adam; rmsprop's diffusion with sigma0, sd for ratio, m
      relax   fl (c fl (fl (sd sd) - u)), fl (c fl (g - m))

    P's own product may underflow; where P is a normal number, 2 tiny <= u P, that is one more u. Overflow is excluded: see
    std_model.v. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation straight_line quotient coefficients formats.
Open Scope R_scope.

Section Coefficients.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation under := (under prec emin). Notation increment := (increment prec emin).

(** 0 - x is exact *)
Definition minus x := fl (0 - x).
Lemma minus_exact x : F x -> minus x = - x.
Proof. intros H. unfold minus. rewrite Rminus_0_l. apply fl_id; auto. now apply F_opp. Qed.
Lemma minus_close x y e : F x -> Rabs (x - y) <= e -> Rabs (minus x - - y) <= e.
Proof. intros H E. rewrite minus_exact by auto. replace (- x - - y) with (- (x - y)) by ring. now rewrite Rabs_Ropp. Qed.

(** * The preconditioner *)
Definition preconditioner s e v := fl (fl (s * fl (sqrt v)) + e).
Definition precondition_cost as_ ae := Rmax (as_ + 2 * u) ae + 2 * u.
Theorem preconditioner_error as_ ae s sigma0 e eps0 v : F e -> F v -> 0 <= v -> 0 <= sigma0 -> 0 <= eps0 ->
  0 <= as_ <= / 16 -> 0 <= ae <= / 16 -> Rel as_ s sigma0 -> Rel ae e eps0 ->
  let P := sigma0 * sqrt v + eps0 in 0 < P -> 2 * tiny <= u * P ->
  Rel (precondition_cost as_ ae) (preconditioner s e v) P.
Proof.
  intros Fe Fv Pv Ps Pe Has Hae Rs Re P PP Hs. unfold preconditioner, precondition_cost.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (exp_u prec Hp) as E1.
  pose proof (tiny_pos emin) as T. pose proof (sqrt_pos v) as Sv. pose proof (exp_pos u) as E0.
  pose proof (Rel_mul _ _ _ _ _ _ Rs (fl_sqrt_rel prec emin Hp He v Fv)) as M.
  pose proof (fl_RelAbs prec emin Hp _ _ _ _ (RelAbs_of_Rel _ _ _ M)) as R.
  pose proof (fl_add_RelAbs prec emin Hp _ _ _ _ _ _ _ _ (F_fl prec emin Hp _) Fe
    (Rmult_le_pos _ _ Ps Sv) Pe R (RelAbs_of_Rel _ _ _ Re)) as S.
  replace (as_ + u + u) with (as_ + 2 * u) in S by ring. set (A := Rmax (as_ + 2 * u) ae) in *.
  assert (HA : 0 <= A <= / 11).
  { split; [eapply Rle_trans; [|apply Rmax_r]; lra | apply Rmax_lub; lra]. }
  replace (A + 2 * u) with (A + u + u) by ring.
  apply absorb_underflow with (h := tiny) (e := P); try lra.
  revert S. apply RelAbs_mono; [lra|].
  replace (exp u * (exp u * 0 + tiny + 0)) with (exp u * tiny) by ring.
  apply Rmult_le_compat_r; lra.
Qed.

(** * What is divided by it *)
Section Divided.
Variables as_ ae s sigma0 e eps0 v : R.
Hypotheses (Fe : F e) (Fv : F v) (Pv : 0 <= v) (Ps : 0 <= sigma0) (Pe : 0 <= eps0)
  (Has : 0 <= as_ <= / 32) (Hae : 0 <= ae <= / 32) (Rs : Rel as_ s sigma0) (Re : Rel ae e eps0).
Let P := sigma0 * sqrt v + eps0.
Hypotheses (PP : 0 < P) (Hs : 2 * tiny <= u * P).
Notation n := (precondition_cost as_ ae).
Notation computed_P := (preconditioner s e v).

Lemma n_range : 0 <= n <= / 16.
Proof.
  unfold precondition_cost. pose proof (u_pos prec). pose proof (u_small prec Hp).
  assert (0 <= Rmax (as_ + 2 * u) ae <= / 32 + / 128).
  { split; [eapply Rle_trans; [|apply Rmax_r]; lra | apply Rmax_lub; lra]. }
  lra.
Qed.
Lemma computed_P_error : Rel n computed_P P.
Proof. apply preconditioner_error; auto; lra. Qed.

Definition rmsprop_drift g := minus (fl (g / computed_P)).
Theorem rmsprop_drift_error g : Err (n + u) tiny (Rabs (g / P)) (rmsprop_drift g) (- (g / P)).
Proof.
  pose proof n_range. pose proof (u_pos prec). unfold rmsprop_drift, Err. apply minus_close; [now apply F_fl|].
  pose proof (fl_RelAbs prec emin Hp _ _ _ _ (RelAbs_of_Rel _ _ _ (Rel_div _ _ _ _ _ _ (Rel_refl g) computed_P_error))) as R.
  apply Err_of_RelAbs in R; [|lra]. unfold Err in R. rewrite Rplus_0_l, Rmult_0_r, Rplus_0_l in R. exact R.
Qed.

(** a stored factor c that stands for c', times a number of the format, over P *)
Definition scaled_drift c m := minus (increment c m computed_P).
Definition scaled_underflow := 4 / 3 * (tiny / P) + tiny.
Theorem scaled_drift_error ac c c' m : 0 <= ac <= / 16 -> 0 <= c' -> Rel ac c c' ->
  Err (ac + n + 2 * u) scaled_underflow (c' * Rabs m / P) (scaled_drift c m) (- (c' * m / P)).
Proof.
  intros Hac Pc Rc. pose proof n_range. pose proof (u_pos prec). unfold scaled_drift, Err.
  apply minus_close; [now apply F_fl|].
  pose proof (increment_error prec emin Hp 0 0 (Rabs m) ac n c c' m m computed_P P (Rle_refl 0) ltac:(lra) ltac:(lra)
    (Rle_refl 0) Pc PP (Rle_refl _) (Err_refl m) Rc computed_P_error) as I.
  unfold Err in I. rewrite Rplus_0_l in I. unfold increment_underflow in I.
  rewrite !Rmult_0_r, Rplus_0_l in I. exact I.
Qed.
End Divided.

(** * Sums and products: straight-line code *)
Definition exact x := Leaf x x 0.
Ltac wf_leaves := cbn [wf]; repeat split; auto; try lra; try apply Rel_refl.
Ltac cost_is := cbn [cost]; pose proof (u_pos prec);
  repeat match goal with
  | |- context [Rmax ?a ?b] =>
    destruct (Rle_dec a b); [rewrite (Rmax_right a b) in * by lra | rewrite (Rmax_left a b) in * by lra]
  end; lra.
Ltac straight := apply straight_line; [assumption | wf_leaves | reflexivity | cbn [real]; ring | reflexivity | cost_is].

(** c stands for c' to k *)
Section Factor.
Variables k c c' : R.
Hypotheses (Hk : 0 <= k) (Fc : F c) (Rc : Rel k c c').
Notation C := (Leaf c c' k).

Definition relax_u sd v := fl (c * fl (fl (sd * sd) - v)).
Definition relax_u_tree sd v := Times C (Minus (Times (exact sd) (exact sd)) (exact v)).
Theorem relax_u_error sd v : F sd -> F v ->
  Err (k + 3 * u) (under (relax_u_tree sd v)) (Rabs c' * (Rabs sd * Rabs sd + Rabs v)) (relax_u sd v) (c' * (sd * sd - v)).
Proof. intros. unfold relax_u_tree, exact. straight. Qed.

Definition relax_m m g := fl (c * fl (g - m)).
Definition relax_m_tree m g := Times C (Minus (exact g) (exact m)).
Theorem relax_m_error m g : F m -> F g ->
  Err (k + 2 * u) (under (relax_m_tree m g)) (Rabs c' * (Rabs g + Rabs m)) (relax_m m g) (c' * (g - m)).
Proof. intros. unfold relax_m_tree, exact. straight. Qed.

(** the diffusions of sgd and of adam's m *)
Definition diffusion sd := fl (c * sd).
Definition diffusion_tree sd := Times C (exact sd).
Theorem diffusion_error sd : F sd ->
  Err (k + u) (under (diffusion_tree sd)) (Rabs c' * Rabs sd) (diffusion sd) (c' * sd).
Proof. intros. unfold diffusion_tree, exact. straight. Qed.

(** c is lambda0 *)
Definition decayed d theta := fl (d - fl (c * theta)).
Definition decayed_tree d theta := Minus (exact d) (Times C (exact theta)).
Theorem decayed_error d theta : F d -> F theta ->
  Err (k + 2 * u) (under (decayed_tree d theta)) (Rabs d + Rabs c' * Rabs theta) (decayed d theta) (d - c' * theta).
Proof. intros. unfold decayed_tree, exact. straight. Qed.

(** SGD of weak order 2; c is eta/2 *)
Definition sgd_drift2 g hg := minus (fl (g + fl (c * hg))).
Definition sgd_drift2_tree g hg := Plus (exact g) (Times C (exact hg)).
Theorem sgd_drift2_error g hg : F g -> F hg ->
  Err (k + 2 * u) (under (sgd_drift2_tree g hg)) (Rabs g + Rabs c' * Rabs hg) (sgd_drift2 g hg) (- (g + c' * hg)).
Proof.
  intros Fg Fh. unfold Err, sgd_drift2. apply minus_close; [now apply F_fl|].
  change (Err (k + 2 * u) (under (sgd_drift2_tree g hg)) (Rabs g + Rabs c' * Rabs hg) (fl (g + fl (c * hg))) (g + c' * hg)).
  unfold sgd_drift2_tree, exact. straight.
Qed.
End Factor.
End Coefficients.

(** * The stored parameters, in binary64 and binary32 (rnd: one more rounding) *)
Section Stored.
Variables eta sigma sigma0 eps0 c1 gamma1 gamma2 : R.
Hypotheses (Feta : F64 eta) (F2 : F64 gamma2).
Definition stored_ratio := fl64 (fl64 (sqrt gamma2) / gamma1).
Definition stored_eps_t := fl64 (eps0 * fl64 (sqrt gamma2)).
Definition stored_adam_noise := fl64 (sigma0 * c1).
Definition stored_sgd_noise := fl64 (fl64 (sqrt eta) * sigma).
Definition stored_half_eta := fl64 (/ 2 * eta).

Theorem ratio_error : normal64 (fl64 (sqrt gamma2) / gamma1) -> Rel (2 * u64) stored_ratio (sqrt gamma2 / gamma1).
Proof.
  intros N. replace (2 * u64) with (u64 + (u64 + 0)) by ring.
  eapply Rel_trans; [now apply (fl_rel 53 (-1074) prec64)|].
  apply Rel_div; [now apply (fl_sqrt_rel 53 (-1074) prec64 emin64) | apply Rel_refl].
Qed.
Theorem eps_t_error : normal64 (eps0 * fl64 (sqrt gamma2)) -> Rel (2 * u64) stored_eps_t (eps0 * sqrt gamma2).
Proof.
  intros N. replace (2 * u64) with (u64 + (0 + u64)) by ring.
  eapply Rel_trans; [now apply (fl_rel 53 (-1074) prec64)|].
  apply Rel_mul; [apply Rel_refl | now apply (fl_sqrt_rel 53 (-1074) prec64 emin64)].
Qed.
Theorem adam_noise_error : normal64 (sigma0 * c1) -> Rel u64 stored_adam_noise (sigma0 * c1).
Proof. apply (fl_rel 53 (-1074) prec64). Qed.
Theorem sgd_noise_error : normal64 (fl64 (sqrt eta) * sigma) -> Rel (2 * u64) stored_sgd_noise (sqrt eta * sigma).
Proof.
  intros N. replace (2 * u64) with (u64 + (u64 + 0)) by ring.
  eapply Rel_trans; [now apply (fl_rel 53 (-1074) prec64)|].
  apply Rel_mul; [now apply (fl_sqrt_rel 53 (-1074) prec64 emin64) | apply Rel_refl].
Qed.
Theorem half_eta_error : normal64 (/ 2 * eta) -> Rel u64 stored_half_eta (/ 2 * eta).
Proof. apply (fl_rel 53 (-1074) prec64). Qed.
Theorem stored32 a x y : Rel a x y -> normal32 x -> Rel (u32 + a) (fl32 x) y.
Proof. intros R N. eapply Rel_trans; [now apply to32 | exact R]. Qed.
End Stored.

(** * Numbers *)
Ltac cost_number := unfold precondition_cost; rewrite Rmax_left by lra; lra.
Lemma P_size sigma0 eps0 v x : 0 < sigma0 * sqrt v + eps0 -> 0 <= x -> 0 <= x / (sigma0 * sqrt v + eps0).
Proof. intros P X. apply Rmult_le_pos; auto. left. now apply Rinv_0_lt_compat. Qed.

Section Numbers.
Variables sigma0 eps0 v : R.
Hypotheses (Ps : 0 <= sigma0) (Pe : 0 <= eps0) (Pv : 0 <= v).
Notation P e := (sigma0 * sqrt v + e).

Theorem rmsprop_drift_f64 g : F64 eps0 -> F64 v -> 0 < P eps0 -> 2 * tiny64 <= u64 * P eps0 ->
  Rabs (rmsprop_drift 53 (-1074) sigma0 eps0 v g - - (g / P eps0)) <= gamma (5 * u64) * Rabs (g / P eps0) + tiny64.
Proof.
  intros Fe Fv PP Hs. sizes. eapply Err_gamma; [| | apply Rabs_pos |].
  3: apply (rmsprop_drift_error 53 (-1074) prec64 emin64 0 0 sigma0 sigma0 eps0 eps0 v); auto using Rel_refl; lra.
  - cost_number.
  - lra.
Qed.
Theorem rmsprop_drift_f32 g : F32 v -> normal32 sigma0 -> normal32 eps0 -> 0 < P eps0 -> 2 * tiny32 <= u32 * P eps0 ->
  Rabs (rmsprop_drift 24 (-149) (fl32 sigma0) (fl32 eps0) v g - - (g / P eps0)) <=
    gamma (6 * u32) * Rabs (g / P eps0) + tiny32.
Proof.
  intros Fv Ns Ne PP Hs. sizes. eapply Err_gamma; [| | apply Rabs_pos |].
  3: apply (rmsprop_drift_error 24 (-149) prec32 emin32 u32 u32 (fl32 sigma0) sigma0 (fl32 eps0) eps0 v);
     auto using to32; try lra; apply (F_fl 24 (-149) prec32).
  - cost_number.
  - lra.
Qed.
Theorem rmsprop_diffusion_f64 sd : F64 eps0 -> F64 v -> 0 < P eps0 -> 2 * tiny64 <= u64 * P eps0 ->
  Rabs (scaled_drift 53 (-1074) sigma0 eps0 v sigma0 sd - - (sigma0 * sd / P eps0)) <=
    gamma (6 * u64) * (sigma0 * Rabs sd / P eps0) + scaled_underflow (-1074) sigma0 eps0 v.
Proof.
  intros Fe Fv PP Hs. sizes. pose proof (Rmult_le_pos _ _ Ps (Rabs_pos sd)) as S.
  eapply Err_gamma; [| | now apply P_size |].
  3: apply (scaled_drift_error 53 (-1074) prec64 emin64 0 0 sigma0 sigma0 eps0 eps0 v) with (ac := 0); auto using Rel_refl; lra.
  - cost_number.
  - lra.
Qed.
Theorem rmsprop_diffusion_f32 sd : F32 v -> normal32 sigma0 -> normal32 eps0 -> 0 < P eps0 -> 2 * tiny32 <= u32 * P eps0 ->
  Rabs (scaled_drift 24 (-149) (fl32 sigma0) (fl32 eps0) v (fl32 sigma0) sd - - (sigma0 * sd / P eps0)) <=
    gamma (8 * u32) * (sigma0 * Rabs sd / P eps0) + scaled_underflow (-149) sigma0 eps0 v.
Proof.
  intros Fv Ns Ne PP Hs. sizes. pose proof (Rmult_le_pos _ _ Ps (Rabs_pos sd)) as S.
  eapply Err_gamma; [| | now apply P_size |].
  3: apply (scaled_drift_error 24 (-149) prec32 emin32 u32 u32 (fl32 sigma0) sigma0 (fl32 eps0) eps0 v) with (ac := u32);
     auto using to32; try lra; apply (F_fl 24 (-149) prec32).
  - cost_number.
  - lra.
Qed.

(** Adam: eps0 sqrt gamma2 in P, sqrt gamma2 / gamma1 before m *)
Section Adam.
Variables gamma1 gamma2 : R.
Hypotheses (F2 : F64 gamma2) (P1 : 0 < gamma1).
Hypotheses (Nr : normal64 (fl64 (sqrt gamma2) / gamma1)) (Ne : normal64 (eps0 * fl64 (sqrt gamma2))).
Notation e := (eps0 * sqrt gamma2). Notation r := (sqrt gamma2 / gamma1).
Notation e64 := (stored_eps_t eps0 gamma2). Notation r64 := (stored_ratio gamma1 gamma2).
Hypotheses (PP : 0 < P e).

Lemma r_nonneg : 0 <= r.
Proof. apply Rmult_le_pos; [apply sqrt_pos | left; now apply Rinv_0_lt_compat]. Qed.
Theorem adam_drift_f64 m : F64 v -> 2 * tiny64 <= u64 * P e ->
  Rabs (scaled_drift 53 (-1074) sigma0 e64 v r64 m - - (r * m / P e)) <=
    gamma (8 * u64) * (r * Rabs m / P e) + scaled_underflow (-1074) sigma0 e v.
Proof.
  intros Fv Hs. sizes. pose proof r_nonneg as R. pose proof (Rmult_le_pos _ _ R (Rabs_pos m)) as S.
  eapply Err_gamma; [| | now apply P_size |].
  3: apply (scaled_drift_error 53 (-1074) prec64 emin64 0 (2 * u64) sigma0 sigma0 e64 e v) with (ac := 2 * u64);
     auto using Rel_refl, ratio_error, eps_t_error; try lra.
  - cost_number.
  - lra.
  - apply (F_fl 53 (-1074) prec64).
  - apply Rmult_le_pos; auto using sqrt_pos.
Qed.
Theorem adam_drift_f32 m : F32 v -> normal32 sigma0 -> normal32 r64 -> normal32 e64 -> 2 * tiny32 <= u32 * P e ->
  Rabs (scaled_drift 24 (-149) (fl32 sigma0) (fl32 e64) v (fl32 r64) m - - (r * m / P e)) <=
    gamma (9 * u32) * (r * Rabs m / P e) + scaled_underflow (-149) sigma0 e v.
Proof.
  intros Fv Ns N1 N2 Hs. sizes. pose proof r_nonneg as R. pose proof (Rmult_le_pos _ _ R (Rabs_pos m)) as S.
  eapply Err_gamma; [| | now apply P_size |].
  3: apply (scaled_drift_error 24 (-149) prec32 emin32 u32 (u32 + 2 * u64) (fl32 sigma0) sigma0 (fl32 e64) e v)
       with (ac := u32 + 2 * u64); auto using to32, stored32, ratio_error, eps_t_error; try lra.
  - cost_number.
  - lra.
  - apply (F_fl 24 (-149) prec32).
  - apply Rmult_le_pos; auto using sqrt_pos.
Qed.
End Adam.
End Numbers.
