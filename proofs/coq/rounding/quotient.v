(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The parts every adaptive step shares: the denominator, the increment fl (fl (s m) / d), and the descent. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation.
Open Scope R_scope.

Section Quotient.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).

(** RMSprop divides by sqrt v + eps, Adam by inv_root sqrt v + eps. *)
Definition denominator v eps := fl (fl (sqrt v) + eps).
Definition corrected_denominator v inv_root eps := fl (fl (fl (sqrt v) * inv_root) + eps).

(** What a second moment's underflow h does to the denominator is one more relative error s, where
    2 iota sqrt h <= s eps. With h = 0 (no underflow) s = 0 does, and eps may be 0. *)
Lemma absorb_underflow a h s e D x :
  0 <= a <= / 8 -> 0 <= s <= / 8 -> 0 <= h -> 0 <= e <= D -> 0 < D -> 2 * h <= s * e ->
  RelAbs a (4 / 3 * h) x D -> Rel (a + s) x D.
Proof.
  intros Ha Hs Hh He0 HD Hsm R. apply RelAbs_absorb with (h := 4 / 3 * h); auto; try lra.
  pose proof (exp_ge_lin s) as L. pose proof (exp_neg s) as N. pose proof (exp_ge_lin (- a)) as La.
  assert (exp (- s) <= / (1 + s)) by (rewrite N; apply Rinv_le_contravar; lra).
  assert (I : / (1 + s) <= 1 - 8 / 9 * s).
  { apply Rmult_le_reg_r with (1 + s); [lra|]. rewrite Rinv_l by lra. nra. }
  assert (A : 8 / 9 * s * (7 / 8) <= (1 - exp (- s)) * exp (- a)) by (apply Rmult_le_compat; lra).
  assert (s * e <= s * D) by nra.
  assert (8 / 9 * s * (7 / 8) * D <= (1 - exp (- s)) * exp (- a) * D) by (apply Rmult_le_compat_r; lra).
  nra.
Qed.

Theorem denominator_error a h s ae v v' eps eps' :
  F v -> F eps -> 0 <= v -> 0 <= v' -> 0 <= eps' -> 0 < sqrt v' + eps' ->
  0 <= a <= / 16 -> 0 <= ae <= / 16 -> 0 <= h -> 0 <= s <= / 8 -> 2 * sqrt h <= s * eps' ->
  RelAbs a h v v' -> Rel ae eps eps' ->
  Rel (Rmax (a / 2 + u) ae + u + s) (denominator v eps) (sqrt v' + eps').
Proof.
  intros Fv Fe Pv Pv' Pe PD Ha Hae Hh Hs Hsm R Re. unfold denominator.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (exp_u prec Hp) as E1.
  pose proof (exp_pos u) as E0. pose proof (sqrt_pos h) as Sh. pose proof (sqrt_pos v') as Sv.
  pose proof (RelAbs_trans _ _ _ _ _ _ (fl_sqrt_rel prec emin Hp He v Fv) (RelAbs_sqrt _ _ _ _ Pv Pv' R)) as RR.
  pose proof (fl_add_RelAbs prec emin Hp _ _ _ _ _ _ _ _ (F_fl prec emin Hp _) Fe Sv Pe RR (RelAbs_of_Rel _ _ _ Re)) as S.
  assert (M : 0 <= Rmax (a / 2 + u) ae <= / 16).
  { split; [eapply Rle_trans; [|apply Rmax_r]; lra | apply Rmax_lub; lra]. }
  apply absorb_underflow with (h := sqrt h) (e := eps'); try lra.
  revert S. apply RelAbs_mono; [lra|].
  assert (exp u * sqrt h <= 256 / 255 * sqrt h) by (apply Rmult_le_compat_r; lra).
  assert (0 <= exp u * sqrt h) by (apply Rmult_le_pos; lra).
  assert (exp u * (exp u * sqrt h + 0) <= 256 / 255 * (256 / 255 * sqrt h)) by (apply Rmult_le_compat; lra). lra.
Qed.

Theorem corrected_denominator_error a h s ai ae v v' i iota eps eps' :
  F v -> F eps -> 0 <= v -> 0 <= v' -> 0 <= eps' -> 0 < iota * sqrt v' + eps' ->
  1 <= i -> 0 <= iota -> 0 <= a <= / 16 -> 0 <= ai <= / 64 -> 0 <= ae <= / 16 ->
  0 <= h -> 0 <= s <= / 8 -> 2 * (iota * sqrt h) <= s * eps' ->
  RelAbs a h v v' -> Rel ai i iota -> Rel ae eps eps' ->
  Rel (Rmax (a / 2 + ai + 2 * u) ae + u + s) (corrected_denominator v i eps) (iota * sqrt v' + eps').
Proof.
  intros Fv Fe Pv Pv' Pe PD Hi Pi Ha Hai Hae Hh Hs Hsm R Ri Re. unfold corrected_denominator.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (exp_u prec Hp) as E1.
  pose proof (exp_pos u) as E0. pose proof (sqrt_pos h) as Sh. pose proof (sqrt_pos v') as Sv.
  pose proof (RelAbs_trans _ _ _ _ _ _ (fl_sqrt_rel prec emin Hp He v Fv) (RelAbs_sqrt _ _ _ _ Pv Pv' R)) as RR.
  pose proof (RelAbs_mul _ _ _ _ _ _ _ Pi Ri RR) as RM.
  pose proof (RelAbs_trans _ _ _ _ _ _ (fl_rel prec emin Hp _ (root_normal prec emin Hp He v i Fv Pv Hi)) RM) as RS.
  pose proof (fl_add_RelAbs prec emin Hp _ _ _ _ _ _ _ _ (F_fl prec emin Hp _) Fe
    (Rmult_le_pos _ _ Sv Pi) Pe RS (RelAbs_of_Rel _ _ _ Re)) as S.
  rewrite (Rmult_comm iota) in *.
  set (H := iota * sqrt h) in *. assert (PH : 0 <= H) by (apply Rmult_le_pos; auto).
  set (M0 := Rmax (a / 2 + ai + 2 * u) ae).
  assert (M : 0 <= M0 <= / 10).
  { split; [eapply Rle_trans; [|apply Rmax_r]; lra | apply Rmax_lub; lra]. }
  apply absorb_underflow with (h := H) (e := eps'); try lra.
  - pose proof (Rmult_le_pos _ _ Sv Pi). lra.
  - unfold H. rewrite (Rmult_comm iota). rewrite (Rmult_comm (sqrt h)) in Hsm. lra.
  - revert S. apply RelAbs_mono.
    + replace (a / 2 + u + ai + u) with (a / 2 + ai + 2 * u) by ring. fold M0. lra.
    + assert (Ei : exp ai <= 64 / 63).
      { pose proof (exp_gamma ai (/ 64) ltac:(lra) ltac:(lra)) as G. unfold gamma in G. lra. }
      replace (exp u * (exp u * (exp ai * iota * (exp u * sqrt h)) + 0)) with (exp u * exp u * exp u * exp ai * H)
        by (unfold H; ring).
      apply Rmult_le_compat_r; auto. pose proof (exp_pos ai).
      assert (exp u * exp u <= 256 / 255 * (256 / 255)) by (apply Rmult_le_compat; lra).
      assert (0 <= exp u * exp u) by (apply Rmult_le_pos; lra).
      assert (exp u * exp u * exp u <= 256 / 255 * (256 / 255) * (256 / 255)) by (apply Rmult_le_compat; lra).
      assert (0 <= exp u * exp u * exp u) by (apply Rmult_le_pos; lra).
      assert (exp u * exp u * exp u * exp ai <= 256 / 255 * (256 / 255) * (256 / 255) * (64 / 63))
        by (apply Rmult_le_compat; lra).
      lra.
Qed.

(** The increment fl (fl (s m) / d): s is a rounded coefficient, m and d computed. *)
Definition increment s m d := fl (fl (s * m) / d).
Definition increment_underflow s hm D := (4 / 3 * ((4 / 3 * (s * hm) + tiny) / D) + tiny).
Theorem increment_error am hm M as_ ad s s' m m' d D :
  0 <= am -> 0 <= as_ <= / 8 -> 0 <= ad <= / 8 -> 0 <= hm -> 0 <= s' -> 0 < D -> Rabs m' <= M ->
  Err am hm M m m' -> Rel as_ s s' -> Rel ad d D ->
  Err (am + as_ + ad + 2 * u) (increment_underflow s' hm D) (s' * M / D) (increment s m d) (s' * m' / D).
Proof.
  intros Ham Has Had Hh Ps PD HM E Rs Rd. unfold increment.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (tiny_pos emin) as T.
  assert (PI : 0 < / D) by (now apply Rinv_0_lt_compat).
  assert (HSM : Rabs (s' * m') <= s' * M).
  { rewrite Rabs_mult, (Rabs_pos_eq s') by auto. now apply Rmult_le_compat_l. }
  pose proof (Err_scale _ _ _ _ _ _ _ _ Ham (proj1 Has) Ps HM Rs E) as P.
  apply fl_Err with (prec := prec) (emin := emin) in P; auto; try lra.
  assert (Hpa : 0 <= am + as_ + u) by lra.
  pose proof (Err_scale _ _ _ _ _ _ _ _ Hpa (proj1 Had) (Rlt_le _ _ PI) HSM (Rel_inv _ _ _ Rd) P) as Q.
  apply fl_Err with (prec := prec) (emin := emin) in Q; auto; try lra.
  2: { rewrite Rabs_mult, (Rabs_pos_eq (/ D)) by lra. apply Rmult_le_compat_l; lra. }
  replace (s' * M / D) with (/ D * (s' * M)) by (unfold Rdiv; ring).
  replace (s' * m' / D) with (/ D * (s' * m')) by (unfold Rdiv; ring).
  replace (fl (s * m) / d) with (/ d * fl (s * m)) by (unfold Rdiv; ring).
  revert Q. apply Err_mono.
  - lra.
  - unfold increment_underflow.
    assert (E1 : forall a, 0 <= a <= / 8 -> exp u * exp a <= 4 / 3).
    { intros a H. rewrite <- exp_plus. apply exp_small. lra. }
    pose proof (E1 _ Has). pose proof (E1 _ Had).
    assert (X : 0 <= s' * hm) by (now apply Rmult_le_pos).
    assert (A1 : exp u * (exp as_ * s' * hm) + tiny <= 4 / 3 * (s' * hm) + tiny).
    { replace (exp u * (exp as_ * s' * hm)) with (exp u * exp as_ * (s' * hm)) by ring.
      apply Rplus_le_compat_r. apply Rmult_le_compat_r; auto. }
    assert (A0 : 0 <= exp u * (exp as_ * s' * hm) + tiny).
    { replace (exp u * (exp as_ * s' * hm)) with (exp u * exp as_ * (s' * hm)) by ring.
      pose proof (exp_pos u). pose proof (exp_pos as_). apply Rplus_le_le_0_compat; [|lra].
      apply Rmult_le_pos; auto. apply Rmult_le_pos; lra. }
    replace (exp u * (exp ad * / D * (exp u * (exp as_ * s' * hm) + tiny)))
      with (exp u * exp ad * ((exp u * (exp as_ * s' * hm) + tiny) * / D)) by ring.
    apply Rplus_le_compat_r. apply Rmult_le_compat; auto.
    + pose proof (exp_pos u). pose proof (exp_pos ad). apply Rmult_le_pos; lra.
    + apply Rmult_le_pos; lra.
    + unfold Rdiv. apply Rmult_le_compat_r; lra.
  - pose proof (Rabs_pos (s' * m')). split; [|lra]. apply Rmult_le_pos; lra.
Qed.
End Quotient.
