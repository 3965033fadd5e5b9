(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** How far a computed number is from the real one it stands for.

    Rel a xf x        xf = r x with exp(-a) <= r <= exp a                     (relative)
    RelAbs a h xf x   xf within h of a number y with Rel a y x                 (relative, and underflow)
    Err a h X xf x    |xf - x| <= (exp a - 1) X + h, where |x| <= X            (relative to a magnitude X)

    One rounding costs a = u exactly, because round to nearest errs by at most u/(1+u). Products and quotients add,
    sums of non-negative numbers take the larger, a square root halves. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Flocq Require Import Core.
From Optcert.Rounding Require Import std_model.
Open Scope R_scope.

(** * exp *)
Lemma exp_ge_1 a : 0 <= a -> 1 <= exp a.
Proof. intros [H | <-]; [left; rewrite <- exp_0; now apply exp_increasing | rewrite exp_0; lra]. Qed.
Lemma exp_le a b : a <= b -> exp a <= exp b.
Proof. intros [H | ->]; [left; now apply exp_increasing | lra]. Qed.
Lemma exp_ge_lin a : 1 + a <= exp a.
Proof. destruct (Req_dec a 0) as [-> | N]; [rewrite exp_0; lra | left; now apply exp_ineq1]. Qed.
Lemma exp_neg a : exp (- a) = / exp a.
Proof. apply exp_Ropp. Qed.
Lemma exp_neg_mul a : exp (- a) * exp a = 1.
Proof. rewrite <- exp_plus, Rplus_opp_l. apply exp_0. Qed.
(** gamma n = n u / (1 - n u), for any real n *)
Definition gamma (x : R) := x / (1 - x).
Lemma exp_gamma a x : a <= x -> 0 <= x < 1 -> exp a - 1 <= gamma x.
Proof.
  intros Ha Hx. unfold gamma. pose proof (exp_ge_lin (- x)) as L. rewrite exp_neg in L.
  pose proof (exp_pos x) as P. pose proof (exp_le _ _ Ha) as M.
  assert (exp x <= / (1 - x)).
  { rewrite <- (Rinv_inv (exp x)). apply Rinv_le_contravar; lra. }
  replace (x / (1 - x)) with (/ (1 - x) - 1) by (field; lra). lra.
Qed.

(** * The relations *)
Definition Rel a xf x := exists r, xf = r * x /\ exp (- a) <= r <= exp a.
Definition RelAbs a h xf x := exists y, Rel a y x /\ Rabs (xf - y) <= h.
Definition Err a h X xf x := Rabs (xf - x) <= (exp a - 1) * X + h.

Ltac pos_exp := repeat match goal with |- context [exp ?a] =>
  lazymatch goal with H : 0 < exp a |- _ => fail | _ => pose proof (exp_pos a) end end.

Lemma Rel_refl x : Rel 0 x x.
Proof. exists 1. rewrite Ropp_0, exp_0. lra. Qed.
Lemma Rel_mono a b xf x : a <= b -> Rel a xf x -> Rel b xf x.
Proof.
  intros H (r & -> & L & U). exists r. split; auto.
  pose proof (exp_le _ _ H). pose proof (exp_le (- b) (- a) ltac:(lra)). lra.
Qed.
Lemma Rel_refl_le a x : 0 <= a -> Rel a x x.
Proof. intros H. exact (Rel_mono _ _ _ _ H (Rel_refl x)). Qed.
Lemma Rel_trans a b x y z : Rel a x y -> Rel b y z -> Rel (a + b) x z.
Proof.
  intros (r & -> & H1 & H2) (s & -> & H3 & H4). exists (r * s). split; [ring|].
  rewrite Ropp_plus_distr, !exp_plus. pose proof (exp_pos (- a)). pose proof (exp_pos (- b)).
  split; apply Rmult_le_compat; lra.
Qed.
Lemma Rel_mul a b x x' y y' : Rel a x x' -> Rel b y y' -> Rel (a + b) (x * y) (x' * y').
Proof.
  intros (r & -> & H1 & H2) (s & -> & H3 & H4). exists (r * s). split; [ring|].
  rewrite Ropp_plus_distr, !exp_plus. pose proof (exp_pos (- a)). pose proof (exp_pos (- b)).
  split; apply Rmult_le_compat; lra.
Qed.
Lemma Rel_inv a x x' : Rel a x x' -> Rel a (/ x) (/ x').
Proof.
  intros (r & -> & H1 & H2). exists (/ r). rewrite Rinv_mult. split; [ring|].
  pose proof (exp_pos (- a)). pose proof (exp_pos a). split.
  - rewrite exp_neg. apply Rinv_le_contravar; lra.
  - rewrite <- (Rinv_inv (exp a)), <- exp_neg. apply Rinv_le_contravar; lra.
Qed.
Lemma Rel_div a b x x' y y' : Rel a x x' -> Rel b y y' -> Rel (a + b) (x / y) (x' / y').
Proof. intros; apply Rel_mul; auto using Rel_inv. Qed.
Lemma Rel_sqrt a x x' : 0 <= x' -> Rel (2 * a) x x' -> Rel a (sqrt x) (sqrt x').
Proof.
  intros P (r & -> & H1 & H2). exists (sqrt r). pose proof (exp_pos (- (2 * a))).
  rewrite sqrt_mult by lra. split; auto.
  assert (S : forall b, sqrt (exp (2 * b)) = exp b).
  { intros b. replace (2 * b) with (b + b) by ring. rewrite exp_plus. apply sqrt_square. left; apply exp_pos. }
  split.
  - rewrite <- S. replace (2 * - a) with (- (2 * a)) by ring. now apply sqrt_le_1_alt.
  - rewrite <- (S a). now apply sqrt_le_1_alt.
Qed.
Lemma Rel_add a b x x' y y' :
  0 <= x' -> 0 <= y' -> Rel a x x' -> Rel b y y' -> Rel (Rmax a b) (x + y) (x' + y').
Proof.
  intros Px Py A B.
  apply (Rel_mono _ _ _ _ (Rmax_l a b)) in A. apply (Rel_mono _ _ _ _ (Rmax_r a b)) in B.
  revert A B. generalize (Rmax a b). intros c (r & -> & H1 & H2) (s & -> & H3 & H4).
  destruct (Req_dec (x' + y') 0) as [Z | NZ].
  - exists r. replace x' with 0 by lra. replace y' with 0 by lra. split; [ring | lra].
  - exists ((r * x' + s * y') / (x' + y')). split; [field; lra|].
    split; apply Rmult_le_reg_r with (x' + y'); try lra; unfold Rdiv; rewrite Rmult_assoc, Rinv_l by lra; nra.
Qed.
Lemma Rel_nonneg a x x' : Rel a x x' -> 0 <= x' -> 0 <= x.
Proof. intros (r & -> & H1 & _) P. pose proof (exp_pos (- a)). apply Rmult_le_pos; lra. Qed.
Lemma Rel_pos a x x' : Rel a x x' -> 0 < x' -> 0 < x.
Proof. intros (r & -> & H1 & _) P. pose proof (exp_pos (- a)). apply Rmult_lt_0_compat; lra. Qed.
Lemma Rel_le a x x' : Rel a x x' -> Rabs x <= exp a * Rabs x'.
Proof.
  intros (r & -> & H1 & H2). pose proof (exp_pos (- a)). rewrite Rabs_mult, (Rabs_pos_eq r) by lra.
  apply Rmult_le_compat_r; auto using Rabs_pos.
Qed.
Lemma Rel_sym a x x' : Rel a x x' -> Rel a x' x.
Proof.
  intros (r & -> & H1 & H2). pose proof (exp_pos (- a)). pose proof (exp_pos a). exists (/ r). split; [field; lra|].
  split.
  - rewrite exp_neg. apply Rinv_le_contravar; lra.
  - rewrite <- (Rinv_inv (exp a)), <- exp_neg. apply Rinv_le_contravar; lra.
Qed.

Theorem Rel_err a x x' : 0 <= a -> Rel a x x' -> Rabs (x - x') <= (exp a - 1) * Rabs x'.
Proof.
  intros Ha (r & -> & H1 & H2). replace (r * x' - x') with ((r - 1) * x') by ring. rewrite Rabs_mult.
  apply Rmult_le_compat_r; [apply Rabs_pos|]. pose proof (exp_ge_lin (- a)). pose proof (exp_ge_lin a).
  pose proof (exp_neg_mul a). pose proof (exp_ge_1 a Ha). pose proof (exp_pos (- a)). apply Rabs_le. split; nra.
Qed.

Lemma RelAbs_mono a b h k x x' : a <= b -> h <= k -> RelAbs a h x x' -> RelAbs b k x x'.
Proof. intros H K (y & R & E). exists y. split; [exact (Rel_mono _ _ _ _ H R) | lra]. Qed.
Lemma RelAbs_of_Rel a x x' : Rel a x x' -> RelAbs a 0 x x'.
Proof. intros H. exists x. split; auto. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra. Qed.
Lemma RelAbs_add a b h k x x' y y' :
  0 <= x' -> 0 <= y' -> RelAbs a h x x' -> RelAbs b k y y' -> RelAbs (Rmax a b) (h + k) (x + y) (x' + y').
Proof.
  intros Px Py (xx & RX & EX) (yy & RY & EY). exists (xx + yy). split; [now apply Rel_add|].
  replace (x + y - (xx + yy)) with ((x - xx) + (y - yy)) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
Lemma RelAbs_mul a b h s s' x x' :
  0 <= s' -> Rel b s s' -> RelAbs a h x x' -> RelAbs (a + b) (exp b * s' * h) (x * s) (x' * s').
Proof.
  intros Ps S (y & R & E). exists (y * s). split; [now apply Rel_mul|].
  pose proof (Rel_le _ _ _ S) as L. rewrite (Rabs_pos_eq s') in L by auto.
  replace (x * s - y * s) with (s * (x - y)) by ring. rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos.
Qed.
Lemma RelAbs_trans a b h x y z : Rel a x y -> RelAbs b h y z -> RelAbs (b + a) (exp a * h) x z.
Proof.
  intros (r & -> & H1 & H2) (t & R & E). exists (r * t). split.
  - rewrite Rplus_comm. apply Rel_trans with t; auto. exists r; auto.
  - replace (r * y - r * t) with (r * (y - t)) by ring. rewrite Rabs_mult.
    pose proof (exp_pos (- a)). rewrite (Rabs_pos_eq r) by lra. apply Rmult_le_compat; auto using Rabs_pos; lra.
Qed.
Lemma sqrt_diff x y : 0 <= x -> 0 <= y -> Rabs (sqrt x - sqrt y) <= sqrt (Rabs (x - y)).
Proof.
  assert (G : forall a b, 0 <= b <= a -> sqrt a - sqrt b <= sqrt (a - b)).
  { intros a b H. apply Rsqr_incr_0_var; [|apply sqrt_pos]. unfold Rsqr. rewrite sqrt_sqrt by lra.
    pose proof (sqrt_sqrt a ltac:(lra)). pose proof (sqrt_sqrt b ltac:(lra)).
    pose proof (sqrt_pos a). pose proof (sqrt_pos b). pose proof (sqrt_le_1_alt b a ltac:(lra)). nra. }
  intros Hx Hy. destruct (Rle_dec y x).
  - rewrite (Rabs_pos_eq (x - y)) by lra.
    rewrite Rabs_pos_eq; [apply G; lra | pose proof (sqrt_le_1_alt y x ltac:(lra)); lra].
  - rewrite (Rabs_minus_sym x), (Rabs_minus_sym (sqrt x)), (Rabs_pos_eq (y - x)) by lra.
    rewrite Rabs_pos_eq; [apply G; lra | pose proof (sqrt_le_1_alt x y ltac:(lra)); lra].
Qed.
Lemma RelAbs_sqrt a h x x' : 0 <= x -> 0 <= x' -> RelAbs a h x x' -> RelAbs (a / 2) (sqrt h) (sqrt x) (sqrt x').
Proof.
  intros Px Px' (y & R & E). exists (sqrt y). split.
  - apply Rel_sqrt; auto. replace (2 * (a / 2)) with a by field. exact R.
  - pose proof (Rel_nonneg _ _ _ R Px'). eapply Rle_trans; [apply sqrt_diff; auto|]. now apply sqrt_le_1_alt.
Qed.
(** An absolute error that is small against x itself is one more relative error. *)
Lemma RelAbs_absorb a b h x x' :
  0 <= b -> 0 < x' -> h <= (1 - exp (- b)) * exp (- a) * x' -> RelAbs a h x x' -> Rel (a + b) x x'.
Proof.
  intros Hb P Hh (y & (r & -> & H1 & H2) & E). exists (x / x'). split; [field; lra|].
  apply Rabs_le_inv in E. rewrite Ropp_plus_distr, !exp_plus.
  pose proof (exp_pos (- a)). pose proof (exp_pos a). pose proof (exp_pos (- b)). pose proof (exp_ge_1 b Hb).
  pose proof (exp_neg_mul b) as Nb. pose proof (exp_neg_mul a) as Na.
  assert (T : forall p q, p * x' <= q -> p <= q / x').
  { intros p q H'. apply Rmult_le_reg_r with x'; auto. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (T2 : forall p q, q <= p * x' -> q / x' <= p).
  { intros p q H'. apply Rmult_le_reg_r with x'; auto. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  split; [apply T | apply T2].
  - assert (exp (- a) * x' <= r * x') by (apply Rmult_le_compat_r; lra). nra.
  - assert (r * x' <= exp a * x') by (apply Rmult_le_compat_r; lra).
    assert (D : exp (- b) <= 1).
    { apply Rmult_le_reg_r with (exp b); [apply exp_pos|]. lra. }
    assert (D1 : exp (- a) <= exp a \/ exp a < exp (- a)) by lra.
    assert (exp (- a) * (1 - exp (- b)) <= exp a * (exp b - 1)).
    { replace (1 - exp (- b)) with (exp (- b) * (exp b - 1)) by (ring_simplify; rewrite Nb; ring).
      destruct D1 as [D1 | D1].
      - assert (exp (- a) * exp (- b) <= exp a * 1) by (apply Rmult_le_compat; lra). nra.
      - exfalso. assert (exp (- a) <= r <= exp a) by lra. lra. }
    nra.
Qed.

Lemma Err_mono a b h k X Y x x' :
  0 <= a <= b -> h <= k -> 0 <= X <= Y -> Err a h X x x' -> Err b k Y x x'.
Proof.
  unfold Err. intros Ha Hh HX H. pose proof (exp_ge_1 a (proj1 Ha)). pose proof (exp_le a b (proj2 Ha)).
  assert ((exp a - 1) * X <= (exp b - 1) * Y) by (apply Rmult_le_compat; lra). lra.
Qed.
Lemma Err_refl x : Err 0 0 (Rabs x) x x.
Proof. unfold Err. rewrite Rminus_diag_eq, Rabs_R0, exp_0 by reflexivity. lra. Qed.
Lemma Err_of_RelAbs a h x x' : 0 <= a -> RelAbs a h x x' -> Err a h (Rabs x') x x'.
Proof.
  intros Ha (y & R & E). apply (Rel_err _ _ _ Ha) in R. unfold Err.
  replace (x - x') with ((x - y) + (y - x')) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
Lemma Err_add a h k X Y x x' y y' :
  Err a h X x x' -> Err a k Y y y' -> Err a (h + k) (X + Y) (x + y) (x' + y').
Proof.
  unfold Err. intros A B. replace (x + y - (x' + y')) with ((x - x') + (y - y')) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
Lemma Err_sub a h k X Y x x' y y' :
  Err a h X x x' -> Err a k Y y y' -> Err a (h + k) (X + Y) (x - y) (x' - y').
Proof.
  unfold Err. intros A B. replace (x - y - (x' - y')) with ((x - x') + - (y - y')) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra.
Qed.
(** a factor s known to Rel b *)
Lemma Err_scale a b h X s s' x x' :
  0 <= a -> 0 <= b -> 0 <= s' -> Rabs x' <= X -> Rel b s s' -> Err a h X x x' ->
  Err (a + b) (exp b * s' * h) (s' * X) (s * x) (s' * x').
Proof.
  intros Ha Hb Ps HX R E. unfold Err in *.
  pose proof (Rel_err _ _ _ Hb R) as S. pose proof (Rel_le _ _ _ R) as L. rewrite (Rabs_pos_eq s') in S, L by auto.
  replace (s * x - s' * x') with (s * (x - x') + (s - s') * x') by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, exp_plus.
  assert (Rabs s * Rabs (x - x') <= exp b * s' * ((exp a - 1) * X + h)).
  { apply Rmult_le_compat; auto using Rabs_pos. }
  assert (Rabs (s - s') * Rabs x' <= (exp b - 1) * s' * X) by (apply Rmult_le_compat; auto using Rabs_pos).
  nra.
Qed.

(** * One rounding *)
Section Rounded.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation normal := (normal prec emin).

Lemma u_nonneg : 0 <= u. Proof. left; apply u_pos. Qed.
Lemma tiny_nonneg : 0 <= tiny. Proof. left; apply tiny_pos. Qed.
Lemma Rel_sharp d x : sharp prec d -> Rel u (x * (1 + d)) x.
Proof.
  intros H. pose proof (u_pos prec) as P. exists (1 + d). split; [ring|].
  pose proof (sharp_le_u _ _ H) as U. apply Rabs_le_inv in H, U. pose proof (exp_ge_lin u). split; [|lra].
  rewrite exp_neg. apply Rle_trans with (/ (1 + u)); [apply Rinv_le_contravar; lra|].
  replace (/ (1 + u)) with (1 - u / (1 + u)) by (field; lra). lra.
Qed.
Lemma fl_add_rel x y : F x -> F y -> Rel u (fl (x + y)) (x + y).
Proof. intros Fx Fy. destruct (fl_add prec emin Hp x y Fx Fy) as (d & Hd & ->). now apply Rel_sharp. Qed.
Lemma fl_sub_rel x y : F x -> F y -> Rel u (fl (x - y)) (x - y).
Proof. intros Fx Fy. destruct (fl_sub prec emin Hp x y Fx Fy) as (d & Hd & ->). now apply Rel_sharp. Qed.
Lemma fl_sqrt_rel x : F x -> Rel u (fl (sqrt x)) (sqrt x).
Proof. intros Fx. destruct (fl_sqrt prec emin Hp He x Fx) as (d & Hd & ->). now apply Rel_sharp. Qed.
Lemma fl_rel x : normal x -> Rel u (fl x) x.
Proof. intros N. destruct (fl_normal prec emin Hp x N) as (d & Hd & ->). now apply Rel_sharp. Qed.
Lemma fl_relabs x : RelAbs u tiny (fl x) x.
Proof.
  destruct (fl_model prec emin Hp x) as (d & e & Hd & Hh & _ & ->). exists (x * (1 + d)).
  split; [now apply Rel_sharp|]. replace (x * (1 + d) + e - x * (1 + d)) with e by ring. exact Hh.
Qed.

Lemma fl_RelAbs a h x x' : RelAbs a h x x' -> RelAbs (a + u) (exp u * h + tiny) (fl x) x'.
Proof.
  intros H. destruct (fl_relabs x) as (y & R & E). destruct (RelAbs_trans _ _ _ _ _ _ R H) as (z & RZ & EZ).
  exists z. split; auto. replace (fl x - z) with ((fl x - y) + (y - z)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
(** A square root is so large that scaling it up cannot underflow. *)
Lemma root_normal x i : F x -> 0 <= x -> 1 <= i -> normal (fl (sqrt x) * i).
Proof.
  intros Fx Px Hi. destruct Px as [Px | <-]; [right | left; rewrite sqrt_0, (fl_0 prec emin); ring].
  assert (L : bpow radix2 (emin + prec - 1) <= fl (sqrt x)).
  { rewrite <- (fl_id prec emin (bpow radix2 (emin + prec - 1))).
    2: { apply generic_format_FLT_bpow; [red|]; lia. }
    apply (fl_le prec emin Hp). rewrite <- (sqrt_square (bpow radix2 (emin + prec - 1))) by apply bpow_ge_0.
    apply sqrt_le_1_alt. rewrite <- bpow_plus. apply Rle_trans with (bpow radix2 emin); [apply bpow_le; lia|].
    apply (generic_format_ge_bpow radix2 (FLT_exp emin prec)); auto. intros e. unfold FLT_exp. lia. }
  pose proof (bpow_gt_0 radix2 (emin + prec - 1)). rewrite Rabs_pos_eq by nra. nra.
Qed.
(** A sum of numbers of the format, each known with an absolute error. *)
Lemma fl_add_RelAbs a b h k x x' y y' :
  F x -> F y -> 0 <= x' -> 0 <= y' -> RelAbs a h x x' -> RelAbs b k y y' ->
  RelAbs (Rmax a b + u) (exp u * (h + k)) (fl (x + y)) (x' + y').
Proof.
  intros Fx Fy Px Py A B. destruct (RelAbs_add _ _ _ _ _ _ _ _ Px Py A B) as (z & RZ & EZ).
  destruct (fl_add_rel x y Fx Fy) as (r & -> & H1 & H2). exists (r * z). split.
  - rewrite Rplus_comm. apply (Rel_trans u (Rmax a b) (r * z) z); auto. exists r; auto.
  - replace (r * (x + y) - r * z) with (r * (x + y - z)) by ring. rewrite Rabs_mult.
    pose proof (exp_pos (- u)). rewrite (Rabs_pos_eq r) by lra. apply Rmult_le_compat; auto using Rabs_pos; lra.
Qed.
Lemma fl_add_Rel a b x x' y y' :
  F x -> F y -> 0 <= x' -> 0 <= y' -> Rel a x x' -> Rel b y y' -> Rel (Rmax a b + u) (fl (x + y)) (x' + y').
Proof.
  intros Fx Fy Px Py A B. rewrite Rplus_comm. apply Rel_trans with (x + y); [now apply fl_add_rel | now apply Rel_add].
Qed.

(** Rounding a product by a known factor, or a quotient. *)
Lemma fl_Err a h X y y' : 0 <= a -> Rabs y' <= X -> Err a h X y y' -> Err (a + u) (exp u * h + tiny) X (fl y) y'.
Proof.
  intros Ha HX H. unfold Err in *. pose proof (fl_abs prec emin Hp y) as R. pose proof (exp_ge_lin u) as U.
  pose proof (u_pos prec). pose proof (tiny_pos emin). pose proof (exp_ge_1 a Ha). pose proof (Rabs_pos y').
  assert (Y : Rabs y <= (exp a) * X + h).
  { replace y with ((y - y') + y') by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  replace (fl y - y') with ((fl y - y) + (y - y')) by ring. eapply Rle_trans; [apply Rabs_triang|].
  rewrite exp_plus.
  assert (N : 0 <= exp a * X + h) by (pose proof (Rabs_pos y); lra).
  assert (u * Rabs y <= (exp u - 1) * (exp a * X + h)) by (apply Rmult_le_compat; auto using Rabs_pos; lra).
  nra.
Qed.
Lemma fl_add_Err a h k X Y x x' y y' :
  F x -> F y -> 0 <= a -> Rabs x' <= X -> Rabs y' <= Y -> Err a h X x x' -> Err a k Y y y' ->
  Err (a + u) (exp u * (h + k)) (X + Y) (fl (x + y)) (x' + y').
Proof.
  intros Fx Fy Ha HX HY A B. pose proof (Err_add _ _ _ _ _ _ _ _ _ A B) as S.
  pose proof (Rel_err _ _ _ u_nonneg (fl_add_rel x y Fx Fy)) as R. unfold Err in *.
  set (z := x + y) in *. set (z' := x' + y') in *. set (Z := X + Y) in *. set (g := h + k) in *.
  assert (HZ : Rabs z' <= Z) by (unfold z', Z; eapply Rle_trans; [apply Rabs_triang | lra]).
  assert (Rabs z <= exp a * Z + g).
  { replace z with ((z - z') + z') by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  replace (fl z - z') with ((fl z - z) + (z - z')) by ring. eapply Rle_trans; [apply Rabs_triang|].
  rewrite exp_plus. pose proof (exp_ge_lin u). pose proof (u_pos prec).
  assert ((exp u - 1) * Rabs z <= (exp u - 1) * (exp a * Z + g)) by (apply Rmult_le_compat_l; lra). nra.
Qed.
(** x - y when both carry an error: the rounding of the result, and the two errors *)
Lemma fl_sub_close x x' y y' e f :
  F x -> F y -> Rabs (x - x') <= e -> Rabs (y - y') <= f ->
  Rabs (fl (x - y) - (x' - y')) <= u * Rabs (x' - y') + (1 + u) * (e + f).
Proof.
  intros Fx Fy Ex Ey. destruct (fl_sub prec emin Hp x y Fx Fy) as (d & Hd & ->). apply sharp_le_u in Hd.
  replace ((x - y) * (1 + d) - (x' - y')) with (d * (x' - y') + (1 + d) * ((x - x') - (y - y'))) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult. pose proof (u_pos prec).
  assert (Rabs (1 + d) <= 1 + u) by (eapply Rle_trans; [apply Rabs_triang | rewrite Rabs_R1; lra]).
  assert (Rabs ((x - x') - (y - y')) <= e + f).
  { eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra. }
  apply Rplus_le_compat.
  - apply Rmult_le_compat_r; auto using Rabs_pos.
  - apply Rmult_le_compat; auto using Rabs_pos.
Qed.
Lemma fl_sub_exact x y y' e :
  F x -> F y -> Rabs (y - y') <= e -> Rabs (fl (x - y) - (x - y')) <= u * Rabs (x - y') + (1 + u) * e.
Proof.
  intros Fx Fy H. pose proof (fl_sub_close x x y y' 0 e Fx Fy) as C. rewrite Rplus_0_l in C. apply C; auto.
  rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
Qed.
Lemma fl_add_close x x' y y' e f :
  F x -> F y -> Rabs (x - x') <= e -> Rabs (y - y') <= f ->
  Rabs (fl (x + y) - (x' + y')) <= u * Rabs (x' + y') + (1 + u) * (e + f).
Proof.
  intros Fx Fy Ex Ey. replace (x + y) with (x - - y) by ring. replace (x' + y') with (x' - - y') by ring.
  apply fl_sub_close; auto. now apply F_opp. replace (- y - - y') with (- (y - y')) by ring. now rewrite Rabs_Ropp.
Qed.
(** exp of small things *)
Lemma exp_small a : 0 <= a <= / 4 -> exp a <= 4 / 3.
Proof. intros H. pose proof (exp_gamma a (/ 4) ltac:(lra) ltac:(lra)) as G. unfold gamma in G. lra. Qed.
Lemma exp_u : exp u <= 256 / 255.
Proof.
  pose proof (u_small prec Hp). pose proof (u_pos prec).
  pose proof (exp_gamma u (/ 256) ltac:(lra) ltac:(lra)) as G. unfold gamma in G. lra.
Qed.
End Rounded.
