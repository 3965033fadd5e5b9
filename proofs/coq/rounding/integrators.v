(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** One step of each integrator, and SVAG's mixture, in the kernels' order of operations; each is straight-line code, so
    each bound is an instance of straight_line. The step's constants (h, h/2, sqrt h, ...) are stored to a relative
    error k: u in binary64, u + 2^-53 in binary32. Drifts, diffusions and normals are numbers of the format, as given. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation straight_line.
Open Scope R_scope.

Section Integrators.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec).
Notation under := (under prec emin).

Definition exact x := Leaf x x 0.
Definition drift h x a := fl (x + fl (a * h)).
Definition noise root b z := fl (fl (b * root) * z).
Definition square_less_one z := fl (fl (z * z) - 1).
(** the same as trees *)
Definition drift_tree h x a := Plus x (Times a h).
Definition noise_tree root b z := Times (Times b root) z.
Definition square_tree z := Minus (Times z z) (exact 1).

Ltac wf_leaves := cbn [wf]; repeat split; auto; try lra; try apply Rel_refl; try (apply F_1; assumption).
Ltac cost_is := cbn [cost]; pose proof (u_pos prec);
  repeat match goal with
  | |- context [Rmax ?a ?b] =>
    destruct (Rle_dec a b); [rewrite (Rmax_right a b) in * by lra | rewrite (Rmax_left a b) in * by lra]
  end; lra.
Ltac straight := apply straight_line; [assumption | wf_leaves | reflexivity | cbn [real]; field; auto | reflexivity | cost_is].

Section Step.
Variables k h fh : R.
Hypotheses (Hk : 0 <= k) (Fh : F fh) (Rh : Rel k fh h).
Variables fhalf froot fhalf_root fquarter_root : R.
Hypotheses (Fhalf : F fhalf) (Rhalf : Rel k fhalf (h / 2)) (Froot : F froot) (Rroot : Rel k froot (sqrt h))
  (Fhr : F fhalf_root) (Rhr : Rel k fhalf_root (sqrt h / 2)) (Fqr : F fquarter_root) (Rqr : Rel k fquarter_root (sqrt h / 4)).
Notation H := (Leaf fh h k). Notation Half := (Leaf fhalf (h / 2) k). Notation Root := (Leaf froot (sqrt h) k).
Notation HalfRoot := (Leaf fhalf_root (sqrt h / 2) k). Notation QuarterRoot := (Leaf fquarter_root (sqrt h / 4) k).

(** Milstein, diagonal noise *)
Definition milstein x a b db z :=
  fl (fl (drift fh x a + noise froot b z) + fl (fl (fhalf * fl (b * db)) * square_less_one z)).
Definition milstein_tree x a b db z :=
  Plus (Plus (drift_tree H (exact x) (exact a)) (noise_tree Root (exact b) (exact z)))
       (Times (Times Half (Times (exact b) (exact db))) (square_tree (exact z))).
Theorem milstein_error x a b db z : F x -> F a -> F b -> F db -> F z ->
  Err (k + 6 * u) (under (milstein_tree x a b db z))
    (Rabs x + Rabs a * Rabs h + Rabs b * Rabs (sqrt h) * Rabs z + Rabs (h / 2) * (Rabs b * Rabs db) * (Rabs z * Rabs z + Rabs 1))
    (milstein x a b db z) (x + a * h + b * sqrt h * z + b * db * h * (z * z - 1) / 2).
Proof.
  intros. unfold milstein_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.

(** Stochastic Heun, the corrector (the predictor is Euler-Maruyama) *)
Definition heun x a a2 b b2 z := fl (drift fhalf x (fl (a + a2)) + noise fhalf_root (fl (b + b2)) z).
Definition heun_tree x a a2 b b2 z :=
  Plus (drift_tree Half (exact x) (Plus (exact a) (exact a2))) (noise_tree HalfRoot (Plus (exact b) (exact b2)) (exact z)).
Theorem heun_error x a a2 b b2 z : F x -> F a -> F a2 -> F b -> F b2 -> F z ->
  Err (k + 4 * u) (under (heun_tree x a a2 b b2 z))
    (Rabs x + (Rabs a + Rabs a2) * Rabs (h / 2) + (Rabs b + Rabs b2) * Rabs (sqrt h / 2) * Rabs z)
    (heun x a a2 b b2 z) (x + (a + a2) * h / 2 + (b + b2) * sqrt h * z / 2).
Proof.
  intros. unfold heun_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.

(** Platen's explicit weak order 2: the supporting values, and the step *)
Definition platen_up x a b := fl (drift fh x a + fl (b * froot)).
Definition platen_down x a b := fl (drift fh x a - fl (b * froot)).
Definition platen_up_tree x a b := Plus (drift_tree H (exact x) (exact a)) (Times (exact b) Root).
Definition platen_down_tree x a b := Minus (drift_tree H (exact x) (exact a)) (Times (exact b) Root).
Theorem platen_up_error x a b : F x -> F a -> F b ->
  Err (k + 3 * u) (under (platen_up_tree x a b)) (Rabs x + Rabs a * Rabs h + Rabs b * Rabs (sqrt h))
    (platen_up x a b) (x + a * h + b * sqrt h).
Proof.
  intros. unfold platen_up_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.
Theorem platen_down_error x a b : F x -> F a -> F b ->
  Err (k + 3 * u) (under (platen_down_tree x a b)) (Rabs x + Rabs a * Rabs h + Rabs b * Rabs (sqrt h))
    (platen_down x a b) (x + a * h - b * sqrt h).
Proof.
  intros. unfold platen_down_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.
Definition platen x a ay b bup bdown z :=
  fl (fl (drift fhalf x (fl (a + ay)) + noise fquarter_root (fl (fl (bup + bdown) + fl (b + b))) z)
      + fl (fl (fquarter_root * fl (bup - bdown)) * square_less_one z)).
Definition platen_tree x a ay b bup bdown z :=
  Plus (Plus (drift_tree Half (exact x) (Plus (exact a) (exact ay)))
             (noise_tree QuarterRoot (Plus (Plus (exact bup) (exact bdown)) (Plus (exact b) (exact b))) (exact z)))
       (Times (Times QuarterRoot (Minus (exact bup) (exact bdown))) (square_tree (exact z))).
Theorem platen_error x a ay b bup bdown z : F x -> F a -> F ay -> F b -> F bup -> F bdown -> F z ->
  Err (k + 6 * u) (under (platen_tree x a ay b bup bdown z))
    (Rabs x + (Rabs a + Rabs ay) * Rabs (h / 2) + (Rabs bup + Rabs bdown + (Rabs b + Rabs b)) * Rabs (sqrt h / 4) * Rabs z
     + Rabs (sqrt h / 4) * (Rabs bup + Rabs bdown) * (Rabs z * Rabs z + Rabs 1))
    (platen x a ay b bup bdown z)
    (x + (a + ay) * h / 2 + (bup + bdown + 2 * b) * sqrt h * z / 4 + (bup - bdown) * sqrt h * (z * z - 1) / 4).
Proof.
  intros. unfold platen_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.

(** SRA1, additive noise; c stands for 1 / sqrt 3 to kc, third and two_thirds for h/3 and 2h/3 *)
Variables c kc fthird ftwo_thirds fthree_quarters : R.
Hypotheses (Hkc : 0 <= kc) (Fc : F c) (Rc : Rel kc c (/ sqrt 3)) (Fthird : F fthird) (Rthird : Rel k fthird (h / 3))
  (Ftt : F ftwo_thirds) (Rtt : Rel k ftwo_thirds (2 * h / 3)) (Ftq : F fthree_quarters) (Rtq : Rel k fthree_quarters (3 / 4 * h))
  (F32 : F (3 / 2)).
Definition sra1_mixed z1 z2 := fl (fhalf_root * fl (z1 + fl (c * z2))).
Definition mixed_tree z1 z2 := Times HalfRoot (Plus (exact z1) (Times (Leaf c (/ sqrt 3) kc) (exact z2))).
Definition sra1_support x a b1 z1 z2 := fl (drift fthree_quarters x a + fl (fl (3 / 2 * b1) * sra1_mixed z1 z2)).
Definition sra1_support_tree x a b1 z1 z2 :=
  Plus (drift_tree (Leaf fthree_quarters (3 / 4 * h) k) (exact x) (exact a)) (Times (Times (exact (3 / 2)) (exact b1)) (mixed_tree z1 z2)).
Lemma sqrt_3 : sqrt 3 <> 0.
Proof. apply Rgt_not_eq, sqrt_lt_R0. lra. Qed.
Theorem sra1_support_error x a b1 z1 z2 : F x -> F a -> F b1 -> F z1 -> F z2 ->
  Err (k + kc + 6 * u) (under (sra1_support_tree x a b1 z1 z2))
    (Rabs x + Rabs a * Rabs (3 / 4 * h) + Rabs (3 / 2) * Rabs b1 * (Rabs (sqrt h / 2) * (Rabs z1 + Rabs (/ sqrt 3) * Rabs z2)))
    (sra1_support x a b1 z1 z2) (x + 3 / 4 * a * h + 3 / 2 * b1 * (sqrt h * (z1 + z2 / sqrt 3) / 2)).
Proof.
  pose proof sqrt_3. intros. unfold sra1_support_tree, mixed_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.
Definition sra1 x a ay b0 b1 z1 z2 :=
  fl (fl (drift ftwo_thirds (drift fthird x a) ay + noise froot b1 z1) + fl (fl (b0 - b1) * sra1_mixed z1 z2)).
Definition sra1_tree x a ay b0 b1 z1 z2 :=
  Plus (Plus (drift_tree (Leaf ftwo_thirds (2 * h / 3) k) (drift_tree (Leaf fthird (h / 3) k) (exact x) (exact a)) (exact ay))
             (noise_tree Root (exact b1) (exact z1)))
       (Times (Minus (exact b0) (exact b1)) (mixed_tree z1 z2)).
Theorem sra1_error x a ay b0 b1 z1 z2 : F x -> F a -> F ay -> F b0 -> F b1 -> F z1 -> F z2 ->
  Err (k + kc + 6 * u) (under (sra1_tree x a ay b0 b1 z1 z2))
    (Rabs x + Rabs a * Rabs (h / 3) + Rabs ay * Rabs (2 * h / 3) + Rabs b1 * Rabs (sqrt h) * Rabs z1
     + (Rabs b0 + Rabs b1) * (Rabs (sqrt h / 2) * (Rabs z1 + Rabs (/ sqrt 3) * Rabs z2)))
    (sra1 x a ay b0 b1 z1 z2)
    (x + (a + 2 * ay) * h / 3 + b1 * sqrt h * z1 + (b0 - b1) * (sqrt h * (z1 + z2 / sqrt 3) / 2)).
Proof.
  pose proof sqrt_3. intros. unfold sra1_tree, mixed_tree, drift_tree, noise_tree, square_tree, exact. straight.
Qed.
End Step.

(** Talay-Tubaro: 2 fine - coarse *)
Definition talay_tubaro fine coarse := fl (fl (fine + fine) - coarse).
Theorem talay_tubaro_error fine coarse : F fine -> F coarse ->
  Err (2 * u) (under (Minus (Plus (exact fine) (exact fine)) (exact coarse))) (Rabs fine + Rabs fine + Rabs coarse)
    (talay_tubaro fine coarse) (2 * fine - coarse).
Proof.
  intros. unfold drift_tree, noise_tree, square_tree, exact. straight.
Qed.

(** SVAG: r1 g1 + r2 g2, coefficients of any sign stored to k *)
Definition svag_mix f1 f2 g1 g2 := fl (fl (f1 * g1) + fl (f2 * g2)).
Theorem svag_mix_error k f1 r1 f2 r2 g1 g2 : 0 <= k -> F f1 -> F f2 -> F g1 -> F g2 -> Rel k f1 r1 -> Rel k f2 r2 ->
  Err (k + 2 * u) (under (Plus (Times (Leaf f1 r1 k) (exact g1)) (Times (Leaf f2 r2 k) (exact g2))))
    (Rabs r1 * Rabs g1 + Rabs r2 * Rabs g2) (svag_mix f1 f2 g1 g2) (r1 * g1 + r2 * g2).
Proof.
  intros. unfold drift_tree, noise_tree, square_tree, exact. straight.
Qed.
End Integrators.
