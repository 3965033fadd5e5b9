(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** 1 - beta^k as the library computes it: the binary method on d(j) = 1 - beta^j in double-double,

      d(i + j) = d(i) + d(j) - d(i) d(j),

    whose condition number is at most 1, so that relative errors pass through unamplified. One join errs by at most
    32 u^2 relative; the longest chain has one join per bit of k, 64 at most; then one rounding to binary64:

    |result - (1 - beta^k)| <= (1/2 + 2^-40) ulp(result). *)
From Coq Require Import Reals ZArith Lra Lia Psatz PArith.
From Flocq Require Import Core.
From Optcert.Rounding Require Import std_model relation double_double.
Open Scope R_scope.

Definition join x y :=
  let t := two_prod (hi x) (hi y) in
  let hl := fl (hi x * lo y) in let lh := fl (lo x * hi y) in let cross := fl (hl + lh) in
  let p := DD (hi t) (fl (lo t + cross)) in
  let s := two_sum (hi x) (hi y) in
  let l1 := fl (lo x + lo y) in let l2 := fl (lo s + l1) in
  let d := two_diff (hi s) (hi p) in
  let l3 := fl (l2 - lo p) in let l4 := fl (lo d + l3) in
  fast_two_sum (hi d) l4.

(** the bits of k from the lowest: r collects, b doubles *)
Fixpoint collect (k : positive) r b := match k with
  | xH => join r b | xO k => collect k r (join b b) | xI k => collect k (join r b) (join b b) end.
Definition one_minus_pow beta (k : N) := match k with
  | N0 => 0 | Npos k => let r := collect k (DD 0 0) (two_diff 1 beta) in fl (hi r + lo r) end.

(** * Small facts *)
Local Instance prec_53 : Prec_gt_0 53. Proof. reflexivity. Qed.
Lemma u_1000 : 0 < u <= / 1000.
Proof.
  split; [apply u_pos|]. apply Rle_trans with (bpow radix2 (-10)); [apply bpow_le; lia|].
  simpl. apply Rinv_le_contravar; lra.
Qed.
Lemma fl_add_small x y c : F x -> F y -> Rabs (x + y) <= c ->
  Rabs (fl (x + y) - (x + y)) <= u * c /\ Rabs (fl (x + y)) <= 1.001 * c.
Proof.
  intros Fx Fy H. pose proof u_1000 as U. destruct (fl_add 53 (-1074) prec64 x y Fx Fy) as (d & Hd & E).
  apply sharp_le_u in Hd. assert (A : Rabs (fl (x + y) - (x + y)) <= u * c).
  { rewrite E. replace ((x + y) * (1 + d) - (x + y)) with (d * (x + y)) by ring. rewrite Rabs_mult.
    apply Rmult_le_compat; auto using Rabs_pos. }
  split; auto. replace (fl (x + y)) with ((fl (x + y) - (x + y)) + (x + y)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. pose proof (Rabs_pos (x + y)). nra.
Qed.
Lemma fl_sub_small x y c : F x -> F y -> Rabs (x - y) <= c ->
  Rabs (fl (x - y) - (x - y)) <= u * c /\ Rabs (fl (x - y)) <= 1.001 * c.
Proof. intros Fx Fy. apply (fl_add_small x (- y)); auto. now apply F_opp. Qed.
Lemma fl_mul_small x y c : tiny <= / 1000 * (u * c) -> Rabs (x * y) <= c ->
  Rabs (fl (x * y) - x * y) <= 1.001 * (u * c) /\ Rabs (fl (x * y)) <= 1.002 * c.
Proof.
  intros T H. pose proof u_1000 as U. pose proof (fl_abs 53 (-1074) prec64 (x * y)) as A.
  pose proof (Rabs_pos (x * y)). assert (u * Rabs (x * y) <= u * c) by (apply Rmult_le_compat_l; lra).
  assert (B : Rabs (fl (x * y) - x * y) <= 1.001 * (u * c)) by lra.
  split; auto. replace (fl (x * y)) with ((fl (x * y) - x * y) + x * y) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. nra.
Qed.
(** the error of a sum is at most u of the rounded sum *)
Lemma fl_add_low x y : F x -> F y -> Rabs (x + y - fl (x + y)) <= u * Rabs (fl (x + y)).
Proof.
  intros Fx Fy. pose proof u_1000 as U. destruct (fl_add 53 (-1074) prec64 x y Fx Fy) as (d & Hd & ->).
  pose proof (sharp_le_u _ _ Hd) as Hd'. unfold sharp in Hd.
  replace (x + y - (x + y) * (1 + d)) with (- (d * (x + y))) by ring.
  rewrite Rabs_Ropp, !Rabs_mult, (Rmult_comm (Rabs (x + y))), <- Rmult_assoc. apply Rmult_le_compat_r; [apply Rabs_pos|].
  apply Rabs_le_inv in Hd'. rewrite (Rabs_pos_eq (1 + d)) by lra.
  assert (Rabs d * (1 + u) <= u).
  { apply Rle_trans with (u / (1 + u) * (1 + u)); [apply Rmult_le_compat_r; lra | right; field; lra]. }
  pose proof (Rabs_pos d). pose proof (Rle_abs (- d)). rewrite Rabs_Ropp in *. nra.
Qed.

(** * One join *)
(** a normalised pair with head in [0, 1.01]; either 0 or not tiny *)
Record good z : Prop := {
  good_hi_F : F (hi z); good_lo_F : F (lo z); good_hi : 0 <= hi z <= 1.01; good_lo : Rabs (lo z) <= u * hi z;
  good_size : hi z = 0 \/ bpow radix2 (-60) <= hi z }.

Definition real_join X Y := X + Y - X * Y.

Ltac abs_facts := repeat match goal with H : Rabs _ <= _ |- _ => apply Rabs_le_inv in H end.

Section Join.
Variables x y : dd.
Hypotheses (Gx : good x) (Gy : good y) (Some : bpow radix2 (-60) <= hi x \/ bpow radix2 (-60) <= hi y).
Let S := hi x + hi y.
Let P := hi x * hi y.

Lemma S_large : bpow radix2 (-60) <= S.
Proof. unfold S. destruct Gx, Gy, Some; lra. Qed.
Lemma P_small : 0 <= P <= 0.505 * S.
Proof. unfold P, S. destruct Gx as [_ _ X _ _], Gy as [_ _ Y _ _]. split; [apply Rmult_le_pos; lra | nra]. Qed.
Let U1 := u * S.
Let U2 := u * U1.
Lemma U_pos : 0 < U2 /\ 0 < U1 /\ U1 <= / 1000 * S /\ U2 <= / 1000 * U1.
Proof.
  pose proof S_large as L. pose proof u_1000 as U. pose proof (bpow_gt_0 radix2 (-60)). unfold U2, U1.
  assert (0 < u * S) by (apply Rmult_lt_0_compat; lra). assert (0 < u * (u * S)) by (apply Rmult_lt_0_compat; lra).
  repeat split; auto; apply Rmult_le_compat_r; lra.
Qed.
Lemma tiny_negligible : tiny <= / 2048 * U2.
Proof.
  pose proof S_large as L. pose proof (u_pos 53) as U.
  assert (A : u * (u * bpow radix2 (-60)) <= U2).
  { unfold U2, U1. repeat apply Rmult_le_compat_l; lra. }
  assert (E : tiny <= bpow radix2 (-11) * (u * (u * bpow radix2 (-60)))).
  { unfold std_model.tiny, std_model.u. rewrite <- !bpow_plus. apply bpow_le. lia. }
  change (bpow radix2 (-11)) with (/ 2048) in E. lra.
Qed.
Lemma lows : Rabs (lo x) <= u * hi x /\ Rabs (lo y) <= u * hi y /\ Rabs (lo x + lo y) <= U1 /\
  Rabs (hi x * lo y) <= 0.505 * U1 /\ Rabs (lo x * hi y) <= 0.505 * U1 /\ Rabs (lo x * lo y) <= 0.505 * U2.
Proof.
  destruct Gx as [_ _ X LX _], Gy as [_ _ Y LY _]. pose proof P_small as HP. pose proof (u_pos 53) as U.
  assert (UP : u * P <= 0.505 * U1) by (unfold U1; pose proof (Rmult_le_compat_l u _ _ (Rlt_le _ _ U) (proj2 HP)); lra).
  repeat split; auto.
  - eapply Rle_trans; [apply Rabs_triang|]. unfold U1, S. lra.
  - rewrite Rabs_mult, (Rabs_pos_eq (hi x)) by lra. unfold P in UP. pose proof (Rmult_le_compat_l _ _ _ (proj1 X) LY). lra.
  - rewrite Rabs_mult, (Rabs_pos_eq (hi y)) by lra. unfold P in UP. pose proof (Rmult_le_compat_r _ _ _ (proj1 Y) LX). lra.
  - rewrite Rabs_mult. assert (Rabs (lo x) * Rabs (lo y) <= (u * hi x) * (u * hi y)).
    { apply Rmult_le_compat; auto using Rabs_pos. }
    unfold P in UP. pose proof (Rmult_le_compat_l u _ _ (Rlt_le _ _ U) UP). unfold U2. lra.
Qed.

(** A join errs by 15.2 u^2 S, and is normalised again. *)
Lemma join_error_S :
  Rabs (value (join x y) - real_join (value x) (value y)) <= 15.2 * U2 /\
  F (hi (join x y)) /\ F (lo (join x y)) /\ 0 <= hi (join x y) /\ Rabs (lo (join x y)) <= u * hi (join x y).
Proof.
  pose proof S_large as L. pose proof (bpow_gt_0 radix2 (-60)) as B60. pose proof P_small as HP. pose proof U_pos as (V2 & V1 & W1 & W2).
  pose proof tiny_negligible as T. pose proof lows as (LX & LY & LS & LXY & LYX & LL).
  destruct Gx as [Fxh Fxl X _ SX], Gy as [Fyh Fyl Y _ SY].
  assert (Dek : hi x * hi y = 0 \/ bpow radix2 (-969) <= Rabs (hi x * hi y)).
  { destruct SX as [-> | SX]; [left; ring|]. destruct SY as [-> | SY]; [left; ring|]. right.
    rewrite Rabs_pos_eq by (apply Rmult_le_pos; lra).
    apply Rle_trans with (bpow radix2 (-60) * bpow radix2 (-60)); [rewrite <- bpow_plus; apply bpow_le; lia|].
    apply Rmult_le_compat; lra. }
  pose proof (two_prod_exact (hi x) (hi y) Fxh Fyh Dek) as EP.
  pose proof (two_sum_exact (hi x) (hi y) Fxh Fyh) as ES.
  unfold join. set (t := two_prod (hi x) (hi y)) in *. set (s := two_sum (hi x) (hi y)) in *.
  assert (Th : hi t = fl (hi x * hi y)) by reflexivity. assert (Sh : hi s = fl (hi x + hi y)) by reflexivity.
  assert (Ftl : F (lo t)) by (apply (F_fl 53 (-1074) prec64)). assert (Fsl : F (lo s)) by (apply (F_fl 53 (-1074) prec64)).
  assert (Fth : F (hi t)) by (rewrite Th; apply (F_fl 53 (-1074) prec64)).
  assert (Fsh : F (hi s)) by (rewrite Sh; apply (F_fl 53 (-1074) prec64)).
  unfold value in EP, ES. fold P in EP, Th. fold S in ES, Sh.
  (* the product *)
  assert (TP : tiny <= / 1000 * (u * (0.505 * S))) by (replace (u * (0.505 * S)) with (0.505 * U1) by (unfold U1; ring); lra).
  destruct (fl_mul_small (hi x) (hi y) (0.505 * S) TP) as [Rt Rh].
  { fold P. rewrite Rabs_pos_eq; lra. }
  fold P in Rt, Rh. rewrite <- Th in Rt, Rh. replace (u * (0.505 * S)) with (0.505 * U1) in Rt by (unfold U1; ring).
  assert (RL : Rabs (lo t) <= 0.506 * U1).
  { replace (lo t) with (- (hi t - P)) by lra. rewrite Rabs_Ropp. lra. }
  assert (TU : tiny <= / 1000 * (u * (0.505 * U1))) by (replace (u * (0.505 * U1)) with (0.505 * U2) by (unfold U2; ring); lra).
  destruct (fl_mul_small _ _ _ TU LXY) as [R1 R1b]. destruct (fl_mul_small _ _ _ TU LYX) as [R2 R2b].
  set (hl := fl (hi x * lo y)) in *. set (lh := fl (lo x * hi y)) in *.
  assert (Fhl : F hl) by (apply (F_fl 53 (-1074) prec64)). assert (Flh : F lh) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small hl lh (1.013 * U1) Fhl Flh) as [R3 R3b].
  { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  set (cross := fl (hl + lh)) in *. assert (Fcr : F cross) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small (lo t) cross (1.521 * U1) Ftl Fcr) as [R4 R4b].
  { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  set (pl := fl (lo t + cross)) in *. assert (Fpl : F pl) by (apply (F_fl 53 (-1074) prec64)).
  (* the sum *)
  destruct (fl_add_small (hi x) (hi y) S Fxh Fyh) as [R5 R5b]. { fold S. rewrite Rabs_pos_eq; lra. }
  fold S in R5, R5b. rewrite <- Sh in R5, R5b.
  assert (R5l : Rabs (lo s) <= U1). { replace (lo s) with (- (hi s - S)) by lra. rewrite Rabs_Ropp. exact R5. }
  destruct (fl_add_small (lo x) (lo y) U1 Fxl Fyl LS) as [R6 R6b].
  set (l1 := fl (lo x + lo y)) in *. assert (Fl1 : F l1) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small (lo s) l1 (2.001 * U1) Fsl Fl1) as [R7 R7b].
  { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  set (l2 := fl (lo s + l1)) in *. assert (Fl2 : F l2) by (apply (F_fl 53 (-1074) prec64)).
  (* the difference *)
  cbn [hi lo].
  pose proof (two_diff_exact (hi s) (hi t) Fsh Fth) as ED. unfold value in ED.
  set (d := two_diff (hi s) (hi t)) in *. assert (Dh : hi d = fl (hi s - hi t)) by reflexivity.
  assert (Fdh : F (hi d)) by (apply (F_fl 53 (-1074) prec64)). assert (Fdl : F (lo d)) by (apply (F_fl 53 (-1074) prec64)).
  assert (Span : 0.48 * S <= hi s - hi t <= 1.002 * S).
  { apply Rabs_le_inv in R5, Rt, RL, R5l. fold U1 in R5. lra. }
  destruct (fl_sub_small (hi s) (hi t) (1.002 * S) Fsh Fth) as [R8 R8b]. { rewrite Rabs_pos_eq; lra. }
  rewrite <- Dh in R8, R8b. replace (u * (1.002 * S)) with (1.002 * U1) in R8 by (unfold U1; ring).
  assert (R8l : Rabs (lo d) <= 1.002 * U1). { replace (lo d) with (- (hi d - (hi s - hi t))) by lra. now rewrite Rabs_Ropp. }
  destruct (fl_sub_small l2 pl (3.53 * U1) Fl2 Fpl) as [R9 R9b].
  { eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra. }
  set (l3 := fl (l2 - pl)) in *. assert (Fl3 : F l3) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small (lo d) l3 (4.54 * U1) Fdl Fl3) as [R10 R10b].
  { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  set (l4 := fl (lo d + l3)) in *. assert (Fl4 : F l4) by (apply (F_fl 53 (-1074) prec64)).
  assert (Order : Rabs l4 <= Rabs (hi d)).
  { apply Rabs_le_inv in R8. rewrite (Rabs_pos_eq (hi d)) by lra. lra. }
  pose proof (fast_two_sum_exact (hi d) l4 Fdh Fl4 Order) as EF.
  set (z := fast_two_sum (hi d) l4) in *. assert (Zh : hi z = fl (hi d + l4)) by reflexivity.
  split; [|repeat split].
  - rewrite EF. unfold real_join, value.
    replace (hi d + l4 - (hi x + lo x + (hi y + lo y) - (hi x + lo x) * (hi y + lo y)))
      with ((l4 - (lo d + l3)) + (l3 - (l2 - pl)) + (l2 - (lo s + l1)) + (l1 - (lo x + lo y)) - (pl - (lo t + cross))
            - (cross - (hl + lh)) - (hl - hi x * lo y) - (lh - lo x * hi y) + lo x * lo y).
    2: { unfold S in ES. unfold P in EP. replace (hi d) with (hi s - hi t - lo d) by lra.
         replace (hi s) with (hi x + hi y - lo s) by lra. replace (hi t) with (hi x * hi y - lo t) by lra. ring. }
    clearbody t s hl lh cross pl l1 l2 d l3 l4 z.
    replace (u * (0.505 * U1)) with (0.505 * U2) in * by (unfold U2; ring).
    replace (u * (1.013 * U1)) with (1.013 * U2) in * by (unfold U2; ring).
    replace (u * (1.521 * U1)) with (1.521 * U2) in * by (unfold U2; ring).
    replace (u * (2.001 * U1)) with (2.001 * U2) in * by (unfold U2; ring).
    replace (u * (3.53 * U1)) with (3.53 * U2) in * by (unfold U2; ring).
    replace (u * (4.54 * U1)) with (4.54 * U2) in * by (unfold U2; ring).
    fold U2 in R6. clearbody U1 U2. apply Rabs_le_inv in R1, R2, R3, R4, R6, R7, R9, R10, LL. apply Rabs_le. lra.
  - apply (F_fl 53 (-1074) prec64).
  - apply (F_fl 53 (-1074) prec64).
  - rewrite Zh. apply (fl_nonneg 53 (-1074) prec64). apply Rabs_le_inv in R8, R10b. lra.
  - unfold value in EF. replace (lo z) with (hi d + l4 - hi z) by lra.
    assert (PZ : 0 <= hi z) by (rewrite Zh; apply (fl_nonneg 53 (-1074) prec64); apply Rabs_le_inv in R8, R10b; lra).
    rewrite <- (Rabs_pos_eq (hi z)) at 2 by exact PZ. rewrite Zh. now apply fl_add_low.
Qed.
Lemma real_join_large : S <= 2.05 * real_join (value x) (value y).
Proof.
  pose proof P_small as HP. pose proof U_pos as (V2 & V1 & W1 & W2). pose proof lows as (LX & LY & LS & LXY & LYX & LL).
  unfold real_join, value.
  replace (hi x + lo x + (hi y + lo y) - (hi x + lo x) * (hi y + lo y))
    with (S - P + (lo x + lo y) - hi x * lo y - lo x * hi y - lo x * lo y) by (unfold S, P; ring).
  apply Rabs_le_inv in LS, LXY, LYX, LL. lra.
Qed.
Lemma join_error :
  Rabs (value (join x y) - real_join (value x) (value y)) <= 32 * (u * u) * real_join (value x) (value y).
Proof.
  pose proof join_error_S as [E _]. pose proof real_join_large as L. pose proof (u_pos 53).
  assert (U2 <= u * u * (2.05 * real_join (value x) (value y))).
  { unfold U2, U1. rewrite <- Rmult_assoc. apply Rmult_le_compat_l; [|exact L]. apply Rmult_le_pos; lra. }
  assert (0 <= u * u * real_join (value x) (value y)).
  { pose proof S_large. pose proof (bpow_gt_0 radix2 (-60)). apply Rmult_le_pos; [apply Rmult_le_pos|]; lra. }
  lra.
Qed.
End Join.

(** * Condition number 1: the errors of the operands are not amplified *)
Lemma real_join_stable A B X Y d :
  0 <= A <= 1 -> 0 <= B <= 1 -> 0 <= d <= 1 -> Rabs (X - A) <= d * A -> Rabs (Y - B) <= d * B ->
  Rabs (real_join X Y - real_join A B) <= d * real_join A B.
Proof.
  intros HA HB Hd EX EY. unfold real_join. set (a := X - A) in *. set (b := Y - B) in *.
  replace (X + Y - X * Y - (A + B - A * B)) with (a * (1 - B) + b * (1 - A) - a * b) by (unfold a, b; ring).
  assert (E1 : Rabs (a * (1 - B)) <= d * A * (1 - B)).
  { rewrite Rabs_mult, (Rabs_pos_eq (1 - B)) by lra. apply Rmult_le_compat_r; lra. }
  assert (E2 : Rabs (b * (1 - A)) <= d * B * (1 - A)).
  { rewrite Rabs_mult, (Rabs_pos_eq (1 - A)) by lra. apply Rmult_le_compat_r; lra. }
  assert (E3 : Rabs (a * b) <= (d * A) * (d * B)).
  { rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. }
  assert (PAB : 0 <= A * B) by (apply Rmult_le_pos; lra).
  assert (E4 : d * A * (d * B) <= d * (A * B)).
  { replace (d * A * (d * B)) with (d * (d * (A * B))) by ring. apply Rmult_le_compat_l; [lra|]. nra. }
  apply Rabs_le_inv in E1, E2, E3. apply Rabs_le. nra.
Qed.

(** * The loop *)
Section Loop.
Variable beta : R.
Hypotheses (Fb : F beta) (Hb : 0 <= beta < 1).
Definition D (j : nat) := 1 - beta ^ j.
Lemma D_range j : 0 <= D j <= 1.
Proof.
  unfold D. assert (0 <= beta ^ j <= 1); [|lra]. split; [apply pow_le; lra|].
  rewrite <- (pow1 j). apply pow_incr. lra.
Qed.
Lemma D_add i j : D (i + j) = real_join (D i) (D j).
Proof. unfold D, real_join. rewrite pow_add. ring. Qed.
Lemma D_1_large : bpow radix2 (-53) <= D 1.
Proof.
  unfold D. rewrite pow_1.
  assert (H : beta <= pred radix2 (FLT_exp (-1074) 53) (bpow radix2 0)).
  { apply pred_ge_gt; auto with typeclass_instances; [exact (F_1 53 (-1074) prec64 emin64) | exact (proj2 Hb)]. }
  rewrite pred_bpow in H. change (FLT_exp (-1074) 53 0) with (-53)%Z in H. change (bpow radix2 0) with 1 in H. lra.
Qed.
Lemma D_large j : (0 < j)%nat -> bpow radix2 (-53) <= D j.
Proof.
  intros Hj. destruct j; [lia|]. replace (S j) with (1 + j)%nat by lia. rewrite D_add. unfold real_join.
  pose proof D_1_large. pose proof (D_range 1). pose proof (D_range j). nra.
Qed.

Definition eps n := INR n * (33 * (u * u)).
Lemma eps_small n : (n <= 128)%nat -> 0 <= eps n <= / 1000.
Proof.
  intros H. apply le_INR in H. pose proof (pos_INR n). pose proof u_1000 as U. unfold eps.
  replace (INR 128) with 128 in H by (simpl; lra). assert (u <= bpow radix2 (-20)) by (apply bpow_le; lia).
  assert (0 <= u * u <= bpow radix2 (-20) * bpow radix2 (-20)) by (split; [apply Rmult_le_pos | apply Rmult_le_compat]; lra).
  rewrite <- bpow_plus in H2. simpl in H2. split; [apply Rmult_le_pos; lra|].
  apply Rle_trans with (128 * (33 * (1 * / 1099511627776))); [apply Rmult_le_compat; lra | lra].
Qed.
(** z is D j to n joins *)
Definition approximates n j z := good z /\ Rabs (value z - D j) <= eps n * D j.

Lemma approximates_join n i j x y : (n < 128)%nat -> (0 < i + j)%nat ->
  approximates n i x -> approximates n j y -> approximates (S n) (i + j) (join x y).
Proof.
  intros Hn Hij [Gx Ex] [Gy Ey]. pose proof u_1000 as U. pose proof (eps_small n ltac:(lia)) as En.
  pose proof (D_range i) as Di. pose proof (D_range j) as Dj.
  assert (B : forall k z, (0 < k)%nat -> good z -> Rabs (value z - D k) <= eps n * D k -> bpow radix2 (-60) <= hi z).
  { intros k z Hk G E. destruct G as [_ _ H L _]. pose proof (D_large k Hk) as DL. pose proof (D_range k) as DR.
    assert (eps n * D k <= / 1000 * D k) by (apply Rmult_le_compat_r; lra). unfold value in E.
    assert (u * hi z <= / 1000 * hi z) by (apply Rmult_le_compat_r; lra).
    apply Rabs_le_inv in E, L. assert (bpow radix2 (-60) <= bpow radix2 (-54)) by (apply bpow_le; lia).
    assert (bpow radix2 (-53) = 2 * bpow radix2 (-54)) by (change (-53)%Z with (1 + -54)%Z; rewrite bpow_plus; reflexivity).
    lra. }
  assert (Some : bpow radix2 (-60) <= hi x \/ bpow radix2 (-60) <= hi y).
  { destruct i; [right; apply (B j) | left; apply (B (S i))]; auto; lia. }
  pose proof (join_error_S x y Gx Gy Some) as (_ & F1 & F2 & H & L). pose proof (join_error x y Gx Gy Some) as E.
  assert (En1 : 0 <= eps n <= 1) by lra.
  pose proof (real_join_stable _ _ _ _ _ Di Dj En1 Ex Ey) as St. rewrite <- D_add in St.
  set (T := real_join (value x) (value y)) in *. set (z := join x y) in *.
  pose proof (D_range (i + j)) as Dij. pose proof (D_large _ Hij) as DL.
  assert (Fin : Rabs (value z - D (i + j)) <= eps (S n) * D (i + j)).
  { unfold eps in *. rewrite S_INR.
    assert (HT : T <= 1.001 * D (i + j)).
    { apply Rabs_le_inv in St. assert (INR n * (33 * (u * u)) * D (i + j) <= / 1000 * D (i + j)) by (apply Rmult_le_compat_r; lra). lra. }
    assert (32 * (u * u) * T <= 32 * (u * u) * (1.001 * D (i + j))).
    { apply Rmult_le_compat_l; auto. apply Rmult_le_pos; [lra | apply Rmult_le_pos; lra]. }
    assert (0 <= (u * u) * D (i + j)) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra).
    replace (value z - D (i + j)) with ((value z - T) + (T - D (i + j))) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. lra. }
  split; [|exact Fin]. pose proof (eps_small (S n) ltac:(lia)) as En'.
  assert (eps (S n) * D (i + j) <= / 1000 * D (i + j)) by (apply Rmult_le_compat_r; lra).
  assert (u * hi z <= / 1000 * hi z) by (apply Rmult_le_compat_r; lra).
  pose proof Fin as Fin'. unfold value in Fin'. pose proof L as L'. apply Rabs_le_inv in Fin', L'.
  constructor; [exact F1 | exact F2 | lra | exact L | right].
  assert (bpow radix2 (-60) <= bpow radix2 (-54)) by (apply bpow_le; lia).
  assert (bpow radix2 (-53) = 2 * bpow radix2 (-54)) by (change (-53)%Z with (1 + -54)%Z; rewrite bpow_plus; reflexivity).
  lra.
Qed.
Lemma approximates_mono n m j z : (n <= m)%nat -> (m <= 128)%nat -> approximates n j z -> approximates m j z.
Proof.
  intros H Hm [G E]. split; auto. eapply Rle_trans; [exact E|]. apply Rmult_le_compat_r; [apply D_range|].
  unfold eps. apply Rmult_le_compat_r; [|now apply le_INR]. pose proof (u_pos 53). nra.
Qed.

Lemma collect_error k : forall n i j r b, (0 < j)%nat -> (n + Pos.size_nat k <= 128)%nat ->
  approximates n i r -> approximates n j b ->
  approximates (n + Pos.size_nat k) (i + j * Pos.to_nat k) (collect k r b).
Proof.
  induction k as [k IH | k IH |]; intros n i j r b Hj Hn Ar Ab; cbn [collect Pos.size_nat] in *.
  - replace (i + j * Pos.to_nat k~1)%nat with ((i + j) + (j + j) * Pos.to_nat k)%nat by (rewrite Pos2Nat.inj_xI; lia).
    replace (n + S (Pos.size_nat k))%nat with (S n + Pos.size_nat k)%nat by lia.
    apply IH; try lia; apply approximates_join; auto; lia.
  - replace (i + j * Pos.to_nat k~0)%nat with (i + (j + j) * Pos.to_nat k)%nat by (rewrite Pos2Nat.inj_xO; lia).
    replace (n + S (Pos.size_nat k))%nat with (S n + Pos.size_nat k)%nat by lia.
    apply IH; try lia; [apply approximates_mono with n; auto; lia | apply approximates_join; auto; lia].
  - replace (i + j * Pos.to_nat 1)%nat with (i + j)%nat by (rewrite Pos2Nat.inj_1; lia).
    replace (n + 1)%nat with (S n) by lia. apply approximates_join; auto; lia.
Qed.

Lemma start_r : approximates 0 0 (DD 0 0).
Proof.
  split.
  - constructor; cbn [hi lo]; [apply F_0 | apply F_0 | lra | rewrite Rabs_R0; lra | now left].
  - unfold value, D, eps; simpl. replace (0 + 0 - (1 - 1)) with 0 by ring. rewrite Rabs_R0. lra.
Qed.
Lemma start_b : approximates 0 1 (two_diff 1 beta).
Proof.
  pose proof (two_diff_exact 1 beta (F_1 53 (-1074) prec64 emin64) Fb) as E.
  pose proof u_1000 as U. pose proof D_1_large as DL. unfold D in DL. rewrite pow_1 in DL. pose proof (bpow_gt_0 radix2 (-53)).
  set (b := two_diff 1 beta) in *. assert (Bh : hi b = fl (1 - beta)) by reflexivity. unfold value in E.
  assert (H0 : 0 <= hi b) by (rewrite Bh; apply (fl_nonneg 53 (-1074) prec64); lra).
  assert (H1 : hi b <= 1).
  { rewrite Bh. rewrite <- (fl_id 53 (-1074) 1) at 2 by (apply F_1; lia). apply (fl_le 53 (-1074) prec64). lra. }
  assert (L : Rabs (lo b) <= u * hi b).
  { replace (lo b) with (1 + - beta - hi b) by lra. rewrite <- (Rabs_pos_eq (hi b)) at 2 by auto. rewrite Bh.
    apply fl_add_low; [apply F_1; lia | now apply F_opp]. }
  assert (u * hi b <= / 1000 * hi b) by (apply Rmult_le_compat_r; lra).
  split.
  - constructor; [apply (F_fl 53 (-1074) prec64) | apply (F_fl 53 (-1074) prec64) | lra | exact L | right].
    apply Rabs_le_inv in L.
    assert (bpow radix2 (-60) <= bpow radix2 (-54)) by (apply bpow_le; lia).
    assert (bpow radix2 (-53) = 2 * bpow radix2 (-54)) by (change (-53)%Z with (1 + -54)%Z; rewrite bpow_plus; reflexivity).
    lra.
  - unfold value, eps. replace (hi b + lo b - D 1) with 0 by (unfold D; rewrite pow_1; lra).
    rewrite Rabs_R0. change (INR 0) with 0. lra.
Qed.

(** The double-double result, for any k of at most 64 bits, is within 2^-94 of 1 - beta^k. *)
Definition accuracy := bpow radix2 (-94).
Theorem double_double_error k : (Pos.size_nat k <= 64)%nat ->
  let z := collect k (DD 0 0) (two_diff 1 beta) in
  F (hi z) /\ F (lo z) /\ Rabs (value z - D (Pos.to_nat k)) <= accuracy * D (Pos.to_nat k).
Proof.
  intros Hk z. assert (N1 : (0 < 1)%nat) by lia. assert (N2 : (0 + Pos.size_nat k <= 128)%nat) by lia.
  destruct (collect_error k 0 0 1 _ _ N1 N2 start_r start_b) as [[F1 F2 _ _ _] E].
  fold z in F1, F2, E. replace (0 + 1 * Pos.to_nat k)%nat with (Pos.to_nat k) in E by lia. repeat split; auto.
  eapply Rle_trans; [exact E|]. apply Rmult_le_compat_r; [apply D_range|]. unfold eps. rewrite Nat.add_0_l.
  apply le_INR in Hk. rewrite (INR_IZR_INZ 64) in Hk. change (Z.of_nat 64) with 64%Z in Hk.
  apply Rle_trans with (64 * (33 * (u * u))).
  { pose proof (u_pos 53). apply Rmult_le_compat_r; [repeat apply Rmult_le_pos; lra | exact Hk]. }
  replace (u * u) with (bpow radix2 (-106)) by (unfold std_model.u; rewrite <- bpow_plus; reflexivity).
  unfold accuracy. change (-94)%Z with (12 + -106)%Z. rewrite bpow_plus.
  pose proof (bpow_gt_0 radix2 (-106)). change (bpow radix2 12) with 4096. lra.
Qed.

(** One rounding of a number within 2^-94 of the true one. *)
Theorem one_minus_pow_rounds_once k : (N.size_nat k <= 64)%nat ->
  exists R, one_minus_pow beta k = fl R /\ Rabs (R - D (N.to_nat k)) <= accuracy * D (N.to_nat k).
Proof.
  destruct k as [|k]; intros Hk.
  - exists 0. split; [symmetry; apply fl_0|]. unfold D; simpl. replace (0 - (1 - 1)) with 0 by ring. rewrite Rabs_R0. lra.
  - pose proof (double_double_error k Hk) as (_ & _ & E). eexists. split; [reflexivity|]. exact E.
Qed.

(** In relative form: one rounding and nearly nothing. *)
Theorem one_minus_pow_relative k : (N.size_nat k <= 64)%nat -> (0 < k)%N ->
  Rel (u + 2 * accuracy) (one_minus_pow beta k) (D (N.to_nat k)).
Proof.
  intros Hk Pk. destruct k as [|k]; [lia|]. pose proof (double_double_error k Hk) as (F1 & F2 & E).
  cbn [one_minus_pow N.to_nat] in *. set (z := collect k _ _) in *. set (T := D (Pos.to_nat k)) in *.
  assert (PT : 0 < T).
  { pose proof (D_large (Pos.to_nat k) (Pos2Nat.is_pos k)). pose proof (bpow_gt_0 radix2 (-53)). unfold T. lra. }
  apply Rel_trans with (value z); [now apply fl_add_rel|].
  assert (A : 0 < accuracy <= / 1000).
  { split; [apply bpow_gt_0|]. apply Rle_trans with (bpow radix2 (-10)); [apply bpow_le; lia|]. simpl. lra. }
  exists (value z / T). split; [field; lra|].
  assert (B : Rabs (value z / T - 1) <= accuracy).
  { replace (value z / T - 1) with ((value z - T) * / T) by (field; lra).
    rewrite Rabs_mult, (Rabs_pos_eq (/ T)) by (left; now apply Rinv_0_lt_compat).
    apply Rmult_le_reg_r with T; auto. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  apply Rabs_le_inv in B. pose proof (exp_ge_lin (2 * accuracy)) as X. rewrite exp_neg. split; [|lra].
  apply Rle_trans with (/ (1 + 2 * accuracy)); [apply Rinv_le_contravar; lra|].
  apply Rmult_le_reg_r with (1 + 2 * accuracy); [lra|]. rewrite Rinv_l by lra. nra.
Qed.

(** In units in the last place. *)
Theorem one_minus_pow_ulp k : (N.size_nat k <= 64)%nat -> (0 < k)%N ->
  let c := one_minus_pow beta k in
  Rabs (c - D (N.to_nat k)) <= (/ 2 + bpow radix2 (-40)) * ulp radix2 (FLT_exp (-1074) 53) c.
Proof.
  intros Hk Pk c. destruct (one_minus_pow_rounds_once k Hk) as (R & E & H). fold c in E.
  set (T := D (N.to_nat k)) in *. assert (DR : 0 <= T <= 1) by apply D_range.
  assert (Half : Rabs (fl R - R) <= / 2 * ulp radix2 (FLT_exp (-1074) 53) (fl R)).
  { apply error_le_half_ulp_round; auto with typeclass_instances. }
  rewrite <- E in Half. set (w := ulp radix2 (FLT_exp (-1074) 53) c) in *.
  assert (Cw : Rabs c <= bpow radix2 53 * w).
  { destruct (Req_dec c 0) as [-> | N0].
    - rewrite Rabs_R0. apply Rmult_le_pos; [apply bpow_ge_0 | apply ulp_ge_0].
    - unfold w. rewrite ulp_neq_0 by auto. rewrite <- bpow_plus. unfold cexp.
      pose proof (bpow_mag_gt radix2 c). left. eapply Rlt_le_trans; [exact H0|]. apply bpow_le. unfold FLT_exp. lia. }
  assert (A : 0 < accuracy <= / 1000).
  { split; [apply bpow_gt_0|]. apply Rle_trans with (bpow radix2 (-10)); [apply bpow_le; lia|]. simpl. lra. }
  assert (HR : T <= 2 * Rabs c).
  { destruct (one_minus_pow_relative k Hk Pk) as (r & Er & Hr & _). fold c in Er. fold T in Er. rewrite Er.
    rewrite Rabs_mult, (Rabs_pos_eq T) by lra. pose proof u_1000.
    pose proof (exp_ge_lin (- (u + 2 * accuracy))). rewrite Rabs_pos_eq by lra. nra. }
  replace (c - T) with ((c - R) + (R - T)) by ring. eapply Rle_trans; [apply Rabs_triang|].
  assert (accuracy * T <= accuracy * (2 * (bpow radix2 53 * w))) by (apply Rmult_le_compat_l; lra).
  replace (accuracy * (2 * (bpow radix2 53 * w))) with (bpow radix2 (-40) * w) in H0; [lra|].
  change 2 with (bpow radix2 1). rewrite <- !Rmult_assoc. unfold accuracy. rewrite <- !bpow_plus. reflexivity.
Qed.
(** Never above 1, so that 1 / sqrt of it is never below 1. *)
Theorem one_minus_pow_le_1 k : (N.size_nat k <= 64)%nat -> one_minus_pow beta k <= 1.
Proof.
  intros Hk. destruct (one_minus_pow_rounds_once k Hk) as (R & -> & H). pose proof (D_range (N.to_nat k)) as DR.
  assert (A : accuracy * D (N.to_nat k) <= bpow radix2 (-94)).
  { unfold accuracy. pose proof (bpow_gt_0 radix2 (-94)). nra. }
  apply Rabs_le_inv in H. destruct (Rle_lt_dec (fl R) 1) as [|C]; auto. exfalso.
  pose proof (F_1 53 (-1074) prec64 emin64) as F1.
  assert (Succ : 1 + bpow radix2 (-52) <= fl R).
  { pose proof (succ_le_lt radix2 (FLT_exp (-1074) 53) 1 (fl R) F1 (F_fl 53 (-1074) prec64 R) C) as S1.
    change 1 with (bpow radix2 0) in S1 at 1. rewrite succ_eq_pos in S1 by apply bpow_ge_0.
    rewrite ulp_bpow in S1. exact S1. }
  destruct (round_N_pt radix2 (FLT_exp (-1074) 53) (fun t => negb (Z.even t)) R) as [_ Near].
  specialize (Near 1 F1). change (round _ _ _ R) with (fl R) in Near.
  assert (G : bpow radix2 (-94) < / 2 * bpow radix2 (-52)).
  { change (/ 2) with (bpow radix2 (-1)). rewrite <- bpow_plus. apply bpow_lt. lia. }
  destruct (Rle_lt_dec R 1) as [L | L].
  - apply (fl_le 53 (-1074) prec64) in L. rewrite (fl_id 53 (-1074) 1 F1) in L. lra.
  - rewrite (Rabs_left1 (1 - R)), (Rabs_pos_eq (fl R - R)) in Near by lra. lra.
Qed.
Theorem one_minus_pow_0 : one_minus_pow beta 0 = 0.
Proof. reflexivity. Qed.

End Loop.
