(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Adam and AdamW, one step in the kernels' order of operations:

      m' = mix b1 w1 m g                        v' = second_moment b2 w2 v g
      d = fl (fl (fl (sqrt v') inv_root) + eps)
      q = fl (fl (step_size m') / d)
      adam    theta' = fl (theta - q)
      adamw   theta' = fl (fl (theta - fl (decay theta)) - q)

    against MLPA Def. 2.3 with sigma = eta / (1 - beta1^k), iota = 1 / sqrt (1 - beta2^k), c = eta lambda. Every stored
    coefficient carries the error of its own computation. Since m' may cancel, the increment's error is relative to
    sigma (beta1 |m| + (1-beta1) |g|) / D. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation moments quotient.
Open Scope R_scope.

Section Adam.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation second_moment := (second_moment prec emin). Notation mix := (mix prec emin).
Notation corrected_denominator := (corrected_denominator prec emin). Notation increment := (increment prec emin).

(** The coefficients of a step as stored (c) and as meant (r). *)
Record coefficients := { beta1 : R; weight1 : R; beta2 : R; weight2 : R; eps : R; step_size : R; inv_root : R }.

Definition adam_increment c m v g :=
  increment (step_size c) (mix (beta1 c) (weight1 c) m g)
    (corrected_denominator (second_moment (beta2 c) (weight2 c) v g) (inv_root c) (eps c)).
Definition adam_theta c theta m v g := fl (theta - adam_increment c m v g).
Definition decayed decay theta := fl (theta - fl (decay * theta)).
Definition adamw_theta c decay theta m v g := fl (decayed decay theta - adam_increment c m v g).

(** The real step *)
Definition real_m r m g := beta1 r * m + weight1 r * g.
Definition size_m r m g := beta1 r * Rabs m + weight1 r * Rabs g.
Definition real_v r v g := beta2 r * v + weight2 r * (g * g).
Definition real_den r v g := inv_root r * sqrt (real_v r v g) + eps r.
Definition real_q r m v g := step_size r * real_m r m g / real_den r v g.
Definition size_q r m v g := step_size r * size_m r m g / real_den r v g.

(** Errors of the coefficients: a1 of beta1 and weight1, ab and aw of beta2 and weight2, as_ of step_size, ai of
    inv_root, at most u of eps. *)
Record close a1 ab aw as_ ai c r : Prop := {
  close_beta1 : Rel a1 (beta1 c) (beta1 r);     close_weight1 : Rel a1 (weight1 c) (weight1 r);
  close_beta2 : Rel ab (beta2 c) (beta2 r);     close_weight2 : Rel aw (weight2 c) (weight2 r);
  close_eps : Rel u (eps c) (eps r);            close_step_size : Rel as_ (step_size c) (step_size r);
  close_inv_root : Rel ai (inv_root c) (inv_root r) }.
Record sane c r : Prop := {
  sane_eps_F : F (eps c);                       sane_eps : 0 <= eps r;
  sane_beta1 : 0 <= beta1 r;                    sane_weight1 : 0 <= weight1 r;
  sane_beta2 : 0 <= beta2 r;                    sane_weight2 : 0 <= weight2 r;
  sane_weight2_le_1 : weight2 c <= 1;           sane_step_size : 0 <= step_size r;
  sane_inv_root : 1 <= inv_root c;              sane_inv_root_real : 0 <= inv_root r }.

Definition adam_rel a1 ab aw as_ ai s := a1 + as_ + ai + Rmax ab (aw + u) / 2 + 8 * u + s.
Definition adam_underflow r D := increment_underflow emin (step_size r) (3 * tiny) D.

(** The increment. The second moment is RelAbs V h: with h = 4 tiny always, with h = 0 when nothing underflows. *)
Lemma adam_increment_general a1 ab aw as_ ai h s c r m v g :
  sane c r -> close a1 ab aw as_ ai c r -> 0 <= v ->
  0 <= a1 -> 0 <= ab <= / 64 -> 0 <= aw <= / 64 -> 0 <= as_ <= / 8 -> 0 <= ai <= / 64 -> 0 <= s <= / 32 -> 0 <= h ->
  2 * (inv_root r * sqrt h) <= s * eps r -> 0 < real_den r v g ->
  RelAbs (Rmax ab (aw + u) + 2 * u) h (second_moment (beta2 c) (weight2 c) v g) (real_v r v g) ->
  Err (adam_rel a1 ab aw as_ ai s) (adam_underflow r (real_den r v g)) (size_q r m v g)
      (adam_increment c m v g) (real_q r m v g).
Proof.
  intros S C Pv Ha1 Hab Haw Has Hai Hs Hh Hsm PD V.
  pose proof (u_pos prec) as U. pose proof (u_small prec Hp) as Us. pose proof (tiny_pos emin) as T.
  destruct S as [Fe Pe Pb1 Pw1 Pb2 Pw2 W1 Ps I1 Pi], C as [C1 C2 C3 C4 C5 C6 C7].
  pose proof (mix_error prec emin Hp a1 a1 _ _ _ _ m g Ha1 Ha1 Pb1 Pw1 C1 C2) as M. rewrite Rmax_left in M by lra.
  assert (SM : Rabs (real_m r m g) <= size_m r m g).
  { unfold real_m, size_m. eapply Rle_trans; [apply Rabs_triang|].
    rewrite !Rabs_mult, (Rabs_pos_eq (beta1 r)), (Rabs_pos_eq (weight1 r)) by auto. lra. }
  set (X := Rmax ab (aw + u)) in *.
  assert (HX : 0 <= X <= / 50).
  { split; [eapply Rle_trans; [|apply Rmax_l]; lra | apply Rmax_lub; lra]. }
  assert (Pv' : 0 <= real_v r v g).
  { unfold real_v. pose proof (Rle_0_sqr g). apply Rplus_le_le_0_compat; now apply Rmult_le_pos. }
  assert (HX2 : 0 <= X + 2 * u <= / 16) by lra. assert (Hu : 0 <= u <= / 16) by lra. assert (Hs8 : 0 <= s <= / 8) by lra.
  pose proof (corrected_denominator_error prec emin Hp He _ _ s ai u _ _ _ _ _ _ (F_fl prec emin Hp _) Fe
    (second_moment_nonneg prec emin Hp _ _ v g (Rel_nonneg _ _ _ C3 Pb2) (Rel_nonneg _ _ _ C4 Pw2) Pv)
    Pv' Pe PD I1 Pi HX2 Hai Hu Hh Hs8 Hsm V C7 C5) as RD.
  rewrite Rmax_left in RD by lra.
  assert (Had : 0 <= (X + 2 * u) / 2 + ai + 2 * u + u + s <= / 8) by lra.
  assert (Hm : 0 <= a1 + 2 * u) by lra. assert (H3 : 0 <= 3 * tiny) by lra.
  pose proof (increment_error prec emin Hp _ _ _ _ _ _ _ _ _ _ _ Hm Has Had H3 Ps PD SM M C6 RD) as Q.
  unfold adam_rel. fold X.
  replace (a1 + as_ + ai + X / 2 + 8 * u + s)
    with (a1 + 2 * u + as_ + ((X + 2 * u) / 2 + ai + 2 * u + u + s) + 2 * u) by field.
  exact Q.
Qed.

(** eps large against what v' can lose to underflow: no condition on v or g. *)
Theorem adam_increment_error a1 ab aw as_ ai s c r m v g :
  sane c r -> close a1 ab aw as_ ai c r -> 0 <= v ->
  0 <= a1 -> 0 <= ab <= / 64 -> 0 <= aw <= / 64 -> 0 <= as_ <= / 8 -> 0 <= ai <= / 64 -> 0 <= s <= / 32 ->
  4 * (inv_root r * sqrt tiny) <= s * eps r -> 0 < real_den r v g ->
  Err (adam_rel a1 ab aw as_ ai s) (adam_underflow r (real_den r v g)) (size_q r m v g)
      (adam_increment c m v g) (real_q r m v g).
Proof.
  intros S C Pv Ha1 Hab Haw Has Hai Hs Hsm PD. pose proof (tiny_pos emin) as T.
  assert (S4 : sqrt (4 * tiny) = 2 * sqrt tiny).
  { rewrite sqrt_mult by lra. f_equal. replace 4 with (2 * 2) by ring. apply sqrt_square. lra. }
  apply adam_increment_general with (h := 4 * tiny); auto; try lra.
  - rewrite S4. lra.
  - destruct S, C. now apply second_moment_error.
Qed.

(** No underflow in v': any eps, 0 included. *)
Theorem adam_increment_error_normal a1 ab aw as_ ai c r m v g :
  sane c r -> close a1 ab aw as_ ai c r -> 0 <= v ->
  0 <= a1 -> 0 <= ab <= / 64 -> 0 <= aw <= / 64 -> 0 <= as_ <= / 8 -> 0 <= ai <= / 64 ->
  second_moment_normal prec emin (beta2 c) (weight2 c) v g -> 0 < real_den r v g ->
  Err (adam_rel a1 ab aw as_ ai 0) (adam_underflow r (real_den r v g)) (size_q r m v g)
      (adam_increment c m v g) (real_q r m v g).
Proof.
  intros S C Pv Ha1 Hab Haw Has Hai N PD.
  apply adam_increment_general with (h := 0); auto; try lra.
  - rewrite sqrt_0. lra.
  - destruct S, C. apply RelAbs_of_Rel. now apply second_moment_error_normal.
Qed.

(** theta' of Adam and AdamW, from any bound E on the increment's error *)
Theorem adam_theta_error c r theta m v g E :
  F theta -> Rabs (adam_increment c m v g - real_q r m v g) <= E ->
  let theta' := theta - real_q r m v g in
  Rabs (adam_theta c theta m v g - theta') <= u * Rabs theta' + (1 + u) * E.
Proof. intros Ft HE theta'. apply fl_sub_exact; auto. now apply F_fl. Qed.

Definition decay_bound ad decay theta :=
  u * Rabs (theta - decay * theta) + (1 + u) * ((exp (ad + u) - 1) * (decay * Rabs theta) + tiny).
Lemma decayed_error ad decay decay' theta :
  F theta -> 0 <= ad -> 0 <= decay' -> Rel ad decay decay' ->
  Rabs (decayed decay theta - (theta - decay' * theta)) <= decay_bound ad decay' theta.
Proof.
  intros Ft Ha Pd R. unfold decayed. apply fl_sub_exact; auto. { now apply F_fl. }
  now apply product_Err.
Qed.
Theorem adamw_theta_error ad c r decay decay' theta m v g E :
  F theta -> 0 <= ad -> 0 <= decay' -> Rel ad decay decay' ->
  Rabs (adam_increment c m v g - real_q r m v g) <= E ->
  let theta' := theta - decay' * theta - real_q r m v g in
  Rabs (adamw_theta c decay theta m v g - theta') <=
    u * Rabs theta' + (1 + u) * (decay_bound ad decay' theta + E).
Proof.
  intros Ft Ha Pd R HE theta'. apply fl_sub_close; auto; try now apply F_fl. now apply decayed_error.
Qed.
End Adam.
