(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** RMSprop, one step in the kernels' order of operations:

      theta' = fl (theta - fl (fl (lr g) / fl (fl (sqrt v) + eps)))

    where v is the stored second moment (rmsprop, MLPA Def. 2.2) or the new one (rmsprop_newv). The coefficients carry
    the error of their own rounding: al, ab, aw, ae. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation moments quotient.
Open Scope R_scope.

Section Rmsprop.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation second_moment := (second_moment prec emin). Notation denominator := (denominator prec emin).
Notation increment := (increment prec emin).

Definition rmsprop_theta lr eps theta v g := fl (theta - increment lr g (denominator v eps)).

(** underflow of the increment, for a denominator D *)
Definition rmsprop_underflow D := 4 / 3 * (tiny / D) + tiny.

(** v stands for v' up to RelAbs a h: exact (a = h = 0) or just computed. *)
Theorem rmsprop_theta_error a h s al ae lr eta eps eps' theta v v' g :
  F theta -> F v -> F eps -> 0 <= v -> 0 <= v' -> 0 <= eta -> 0 <= eps' ->
  0 <= a <= / 16 -> 0 <= al <= / 8 -> 0 <= ae <= / 32 -> 0 <= s <= / 32 -> 0 <= h -> 2 * sqrt h <= s * eps' ->
  RelAbs a h v v' -> Rel al lr eta -> Rel ae eps eps' ->
  let D := sqrt v' + eps' in let q := eta * g / D in
  0 < D ->
  Rabs (rmsprop_theta lr eps theta v g - (theta - q)) <=
    u * Rabs (theta - q)
    + (1 + u) * ((exp (al + Rmax (a / 2 + u) ae + 3 * u + s) - 1) * Rabs q + rmsprop_underflow D).
Proof.
  intros Ft Fv Fe Pv Pv' Pl Pe Ha Hal Hae Hs Hh Hsm Rv Rl Re D q PD.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (tiny_pos emin) as T.
  apply fl_sub_exact; auto. { now apply F_fl. }
  pose proof (denominator_error prec emin Hp He a h s ae v v' eps eps' Fv Fe Pv Pv' Pe PD Ha ltac:(lra) Hh
                ltac:(lra) Hsm Rv Re) as RD.
  assert (M : 0 <= Rmax (a / 2 + u) ae <= / 20).
  { split; [eapply Rle_trans; [|apply Rmax_r]; lra | apply Rmax_lub; lra]. }
  assert (Had : 0 <= Rmax (a / 2 + u) ae + u + s <= / 8) by lra.
  pose proof (increment_error prec emin Hp 0 0 (Rabs g) al _ lr eta g g _ D (Rle_refl 0) Hal Had (Rle_refl 0) Pl PD (Rle_refl _) (Err_refl g) Rl RD) as Q.
  unfold Err in Q. fold q in Q. eapply Rle_trans; [exact Q|].
  apply Rplus_le_compat.
  - apply Req_le. f_equal; [f_equal; f_equal; ring|]. unfold q, Rdiv.
    rewrite !Rabs_mult, (Rabs_pos_eq eta), (Rabs_pos_eq (/ D)); auto. left; now apply Rinv_0_lt_compat.
  - unfold increment_underflow, rmsprop_underflow. rewrite !Rmult_0_r, Rplus_0_l. lra.
Qed.

(** rmsprop: the stored v divides, exactly known *)
Corollary rmsprop_step_error al ae lr eta eps eps' theta v g :
  F theta -> F v -> F eps -> 0 <= v -> 0 <= eta -> 0 <= eps' -> 0 <= al <= / 8 -> 0 <= ae <= u ->
  Rel al lr eta -> Rel ae eps eps' ->
  let D := sqrt v + eps' in let q := eta * g / D in
  0 < D ->
  Rabs (rmsprop_theta lr eps theta v g - (theta - q)) <=
    u * Rabs (theta - q) + (1 + u) * ((exp (al + 4 * u) - 1) * Rabs q + rmsprop_underflow D).
Proof.
  intros Ft Fv Fe Pv Pl Pe Hal Hae Rl Re D q PD. pose proof (u_small prec Hp). pose proof (u_pos prec).
  pose proof (rmsprop_theta_error 0 0 0 al ae lr eta eps eps' theta v v g Ft Fv Fe Pv Pv Pl Pe
    ltac:(lra) Hal ltac:(lra) ltac:(lra) (Rle_refl 0) ltac:(rewrite sqrt_0; lra)
    (RelAbs_of_Rel _ _ _ (Rel_refl v)) Rl Re PD) as T.
  rewrite Rmax_left in T by lra. fold D q in T.
  replace (al + (0 / 2 + u) + 3 * u + 0) with (al + 4 * u) in T by field. exact T.
Qed.

(** rmsprop_newv: the new v divides. s bounds what its underflow can do: 4 sqrt tiny <= s eps. *)
Corollary rmsprop_newv_step_error s al ab aw ae lr eta b w beta eps eps' theta v g :
  F theta -> F eps -> 0 <= b -> 0 <= w <= 1 -> 0 <= v -> 0 <= eta -> 0 <= eps' -> 0 <= beta <= 1 ->
  0 <= al <= / 8 -> 0 <= ab <= / 64 -> 0 <= aw <= / 64 -> 0 <= ae <= u -> 0 <= s <= / 32 ->
  4 * sqrt tiny <= s * eps' ->
  Rel al lr eta -> Rel ab b beta -> Rel aw w (1 - beta) -> Rel ae eps eps' ->
  let v' := beta * v + (1 - beta) * (g * g) in let D := sqrt v' + eps' in let q := eta * g / D in
  0 < D ->
  Rabs (rmsprop_theta lr eps theta (second_moment b w v g) g - (theta - q)) <=
    u * Rabs (theta - q)
    + (1 + u) * ((exp (al + Rmax ab (aw + u) / 2 + 5 * u + s) - 1) * Rabs q + rmsprop_underflow D).
Proof.
  intros Ft Fe Pb Pw Pv Pl Pe Pbeta Hal Hab Haw Hae Hs Hsm Rl Rb Rw Re v' D q PD.
  pose proof (u_small prec Hp) as Us. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T.
  pose proof (second_moment_error prec emin Hp ab aw b w beta (1 - beta) v g ltac:(lra) ltac:(lra) Pv (proj2 Pw) Rb Rw) as V.
  set (M := Rmax ab (aw + u)) in *.
  assert (HM : 0 <= M <= / 50).
  { split; [eapply Rle_trans; [|apply Rmax_l]; lra | apply Rmax_lub; lra]. }
  assert (S4 : sqrt (4 * tiny) = 2 * sqrt tiny).
  { rewrite sqrt_mult by lra. f_equal. replace 4 with (2 * 2) by ring. apply sqrt_square. lra. }
  assert (Pv' : 0 <= v') by (unfold v'; pose proof (Rle_0_sqr g); unfold Rsqr in *; apply Rplus_le_le_0_compat;
                             apply Rmult_le_pos; lra).
  assert (HM2 : 0 <= M + 2 * u <= / 16) by lra. assert (H4 : 0 <= 4 * tiny) by lra.
  assert (Hae2 : 0 <= ae <= / 32) by lra. assert (Hsq : 2 * sqrt (4 * tiny) <= s * eps') by (rewrite S4; lra).
  pose proof (rmsprop_theta_error _ _ s al ae lr eta eps eps' theta _ v' g Ft (F_fl prec emin Hp _) Fe
    (second_moment_nonneg prec emin Hp b w v g Pb (proj1 Pw) Pv) Pv' Pl Pe HM2 Hal Hae2 Hs
    H4 Hsq V Rl Re PD) as R.
  rewrite Rmax_left in R by lra. fold D q in R.
  replace (al + ((M + 2 * u) / 2 + u) + 3 * u + s) with (al + M / 2 + 5 * u + s) in R by field. exact R.
Qed.
End Rmsprop.
