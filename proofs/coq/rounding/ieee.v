(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** From bits to reals: the kernels' sequences of IEEE 754 operations compute what the rounding theorems speak of, as long
    as no operation overflows. prec, emax = 53, 1024 or 24, 128; represents b x: the finite number b has the value x. *)
From Coq Require Import Reals Lra ZArith.
From Flocq Require Import Core BinarySingleNaN Binary.
From Optcert.Rounding Require Import std_model moments quotient sgd rmsprop adam.
Open Scope R_scope.

Section Ieee.
Variables prec emax : Z.
Context (Hp : Prec_gt_0 prec) (Hm : Prec_lt_emax prec emax).
Notation float := (binary_float prec emax).
Let emin := (3 - emax - prec)%Z.
Notation fl := (fl prec emin).
Notation in_range := (in_range prec emax).
Variable nan2 : float -> float -> {x : float | is_nan prec emax x = true}.
Variable nan1 : float -> {x : float | is_nan prec emax x = true}.
Definition badd := Bplus prec emax Hp Hm nan2 mode_NE.
Definition bsub := Bminus prec emax Hp Hm nan2 mode_NE.
Definition bmul := Bmult prec emax Hp Hm nan2 mode_NE.
Definition bdiv := Bdiv prec emax Hp Hm nan2 mode_NE.
Definition bsqrt := Bsqrt prec emax Hp Hm nan1 mode_NE.
Definition represents (b : float) x := is_finite prec emax b = true /\ B2R prec emax b = x.

Lemma represents_add a b x y : represents a x -> represents b y -> in_range (x + y) -> represents (badd a b) (fl (x + y)).
Proof. intros [Fa <-] [Fb <-] H. destruct (ieee_plus prec emax Hp Hm nan2 a b Fa Fb H). split; auto. Qed.
Lemma represents_sub a b x y : represents a x -> represents b y -> in_range (x - y) -> represents (bsub a b) (fl (x - y)).
Proof. intros [Fa <-] [Fb <-] H. destruct (ieee_minus prec emax Hp Hm nan2 a b Fa Fb H). split; auto. Qed.
Lemma represents_mul a b x y : represents a x -> represents b y -> in_range (x * y) -> represents (bmul a b) (fl (x * y)).
Proof. intros [Fa <-] [Fb <-] H. destruct (ieee_mult prec emax Hp Hm nan2 a b Fa Fb H). split; auto. Qed.
Lemma represents_div a b x y :
  represents a x -> represents b y -> y <> 0 -> in_range (x / y) -> represents (bdiv a b) (fl (x / y)).
Proof. intros [Fa <-] [Fb <-] N H. destruct (ieee_div prec emax Hp Hm nan2 a b Fa N H). split; auto. Qed.
Lemma represents_sqrt a x : represents a x -> 0 <= x -> represents (bsqrt a) (fl (sqrt x)).
Proof.
  intros [Fa <-] P. split; [|apply ieee_sqrt].
  destruct (Bsqrt_correct prec emax Hp Hm nan1 mode_NE a) as (_ & Fin & _). unfold bsqrt. rewrite Fin.
  destruct a as [s | s | s pl H | s m e H]; try discriminate; auto. destruct s; auto.
  exfalso. assert (N : B2R prec emax (B754_finite prec emax true m e H) < 0) by (apply F2R_lt_0; reflexivity). lra.
Qed.

Section Step.
Variables (p q x y : float) (rp rq rx ry : R).
(** the first moment, the average of the iterates *)
Definition bmix p q x y := badd (bmul p x) (bmul q y).
Definition mix_in_range p q x y := in_range (p * x) /\ in_range (q * y) /\ in_range (fl (p * x) + fl (q * y)).
Theorem represents_mix : represents p rp -> represents q rq -> represents x rx -> represents y ry ->
  mix_in_range rp rq rx ry -> represents (bmix p q x y) (mix prec emin rp rq rx ry).
Proof. intros Rp Rq Rx Ry (H1 & H2 & H3). apply represents_add; auto; now apply represents_mul. Qed.
End Step.

(** the second moment *)
Theorem represents_second_moment b w v g rb rw rv rg :
  represents b rb -> represents w rw -> represents v rv -> represents g rg ->
  in_range (rg * rg) -> mix_in_range rb rw rv (fl (rg * rg)) ->
  represents (bmix b w v (bmul g g)) (second_moment prec emin rb rw rv rg).
Proof. intros Rb Rw Rv Rg G H. apply represents_mix; auto. now apply represents_mul. Qed.

(** SGD *)
Theorem represents_sgd lr theta g rlr rtheta rg :
  represents lr rlr -> represents theta rtheta -> represents g rg ->
  in_range (rlr * rg) -> in_range (rtheta - fl (rlr * rg)) ->
  represents (bsub theta (bmul lr g)) (sgd_theta prec emin rlr rtheta rg).
Proof. intros Rl Rt Rg H1 H2. apply represents_sub; auto. now apply represents_mul. Qed.

(** RMSprop's theta, from the second moment that divides *)
Definition brmsprop_theta lr eps theta v g := bsub theta (bdiv (bmul lr g) (badd (bsqrt v) eps)).
Theorem represents_rmsprop_theta lr eps theta v g rlr reps rtheta rv rg :
  represents lr rlr -> represents eps reps -> represents theta rtheta -> represents v rv -> represents g rg ->
  0 <= rv -> let d := denominator prec emin rv reps in d <> 0 -> in_range (fl (sqrt rv) + reps) -> in_range (rlr * rg) ->
  in_range (fl (rlr * rg) / d) -> in_range (rtheta - increment prec emin rlr rg d) ->
  represents (brmsprop_theta lr eps theta v g) (rmsprop_theta prec emin rlr reps rtheta rv rg).
Proof.
  intros Rl Re Rt Rv Rg Pv d Nd H1 H2 H3 H4. apply represents_sub; auto. apply represents_div; auto.
  - now apply represents_mul.
  - apply represents_add; auto. now apply represents_sqrt.
Qed.

(** Adam's theta, from the new moments *)
Definition badam_theta step inv eps theta m v :=
  bsub theta (bdiv (bmul step m) (badd (bmul (bsqrt v) inv) eps)).
Theorem represents_adam_theta step inv eps theta m v rstep rinv reps rtheta rm rv :
  represents step rstep -> represents inv rinv -> represents eps reps -> represents theta rtheta ->
  represents m rm -> represents v rv ->
  0 <= rv -> let d := corrected_denominator prec emin rv rinv reps in d <> 0 ->
  in_range (fl (sqrt rv) * rinv) -> in_range (fl (fl (sqrt rv) * rinv) + reps) -> in_range (rstep * rm) ->
  in_range (fl (rstep * rm) / d) -> in_range (rtheta - increment prec emin rstep rm d) ->
  represents (badam_theta step inv eps theta m v) (fl (rtheta - increment prec emin rstep rm d)).
Proof.
  intros Rs Ri Re Rt Rm Rv Pv d Nd H0 H1 H2 H3 H4. apply represents_sub; auto. apply represents_div; auto.
  - now apply represents_mul.
  - apply represents_add; auto. apply represents_mul; auto. now apply represents_sqrt.
Qed.
End Ieee.
