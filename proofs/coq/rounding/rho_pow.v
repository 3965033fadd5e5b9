(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** rho^kappa, the scaled decay of an iterate average, as the library computes it: kappa is read bit by bit, its integer
    part by squarings, its fraction by square roots, in double-double. Squaring doubles a relative error, a root halves
    it, so 21 squarings and 72 roots leave 2^-76 before the one final rounding. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Flocq Require Import Core Sterbenz Mult_error.
From Optcert.Rounding Require Import std_model relation double_double one_minus_pow.
Open Scope R_scope.

Definition dd_mul x y :=
  let t := two_prod (hi x) (hi y) in
  let hl := fl (hi x * lo y) in let lh := fl (lo x * hi y) in let cross := fl (hl + lh) in
  fast_two_sum (hi t) (fl (lo t + cross)).
Definition dd_sqrt x :=
  let r := fl (sqrt (hi x)) in let s := two_prod r r in
  let d1 := fl (hi x - hi s) in let d2 := fl (d1 - lo s) in let d3 := fl (d2 + lo x) in
  let twice := fl (r + r) in let c := fl (d3 / twice) in fast_two_sum r c.

Notation half_range := (bpow radix2 20).
(** a bit of kappa in turn is the one of value 2^20 in bits *)
Definition next bits := if Rle_dec half_range bits then let b := fl (bits - half_range) in fl (b + b) else fl (bits + bits).
Fixpoint integer_part n rho r bits := match n with
  | O => (r, bits)
  | S n => let r := dd_mul r r in
    integer_part n rho (if Rle_dec half_range bits then dd_mul r (DD rho 0) else r) (next bits) end.
Fixpoint fraction_part n root r bits := match n with
  | O => r
  | S n => let root := dd_sqrt root in
    fraction_part n root (if Rle_dec half_range bits then dd_mul r root else r) (next bits) end.
Definition rho_pow rho kappa :=
  let p := integer_part 21 rho (DD 1 0) kappa in
  let r := fraction_part 72 (DD rho 0) (fst p) (snd p) in fl (hi r + lo r).

Local Instance prec_53 : Prec_gt_0 53. Proof. reflexivity. Qed.
Notation floor_hi := (bpow radix2 (-802)).
Record pair z : Prop := { pair_hi_F : F (hi z); pair_lo_F : F (lo z); pair_hi : floor_hi <= hi z; pair_lo : Rabs (lo z) <= u * hi z }.
Lemma floor_pos : 0 < floor_hi. Proof. apply bpow_gt_0. Qed.

Lemma Rel_of_abs x y a : 0 < y -> 0 <= a <= / 2 -> Rabs (x - y) <= a * y -> Rel (2 * a) x y.
Proof.
  intros P Ha H. exists (x / y). split; [field; lra|].
  assert (B : Rabs (x / y - 1) <= a).
  { replace (x / y - 1) with ((x - y) * / y) by (field; lra).
    rewrite Rabs_mult, (Rabs_pos_eq (/ y)) by (left; now apply Rinv_0_lt_compat).
    apply Rmult_le_reg_r with y; auto. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  apply Rabs_le_inv in B. pose proof (exp_ge_lin (2 * a)). rewrite exp_neg. split; [|lra].
  apply Rle_trans with (/ (1 + 2 * a)); [apply Rinv_le_contravar; lra|].
  apply Rmult_le_reg_r with (1 + 2 * a); [lra|]. rewrite Rinv_l by lra. nra.
Qed.

(** * One product *)
Section Product.
Variables x y : dd.
Hypotheses (Px : pair x) (Py : pair y) (Large : floor_hi <= hi x * hi y).
Let P := hi x * hi y.
Let U1 := u * P.
Let U2 := u * U1.
Lemma product_sizes : 0 < U2 /\ 0 < U1 /\ U1 <= / 1000 * P /\ U2 <= / 1000 * U1 /\ tiny <= / 2048 * U2.
Proof.
  pose proof floor_pos as L. pose proof u_1000 as U. fold P in Large. unfold U2, U1.
  assert (0 < u * P) by (apply Rmult_lt_0_compat; lra). assert (0 < u * (u * P)) by (apply Rmult_lt_0_compat; lra).
  repeat split; auto; try (apply Rmult_le_compat_r; lra).
  assert (A : u * (u * floor_hi) <= u * (u * P)) by (repeat apply Rmult_le_compat_l; lra).
  assert (E : tiny <= bpow radix2 (-11) * (u * (u * floor_hi))).
  { unfold std_model.tiny, std_model.u. rewrite <- !bpow_plus. apply bpow_le. lia. }
  change (bpow radix2 (-11)) with (/ 2048) in E. lra.
Qed.
Lemma dd_mul_error : Rel (18 * (u * u)) (value (dd_mul x y)) (value x * value y) /\
  F (hi (dd_mul x y)) /\ F (lo (dd_mul x y)) /\ 0 <= hi (dd_mul x y) /\ Rabs (lo (dd_mul x y)) <= u * hi (dd_mul x y).
Proof.
  pose proof product_sizes as (V2 & V1 & W1 & W2 & T). pose proof floor_pos as Fl. pose proof u_1000 as U.
  destruct Px as [Fxh Fxl Hx Lx], Py as [Fyh Fyl Hy Ly]. fold P in Large.
  assert (LXY : Rabs (hi x * lo y) <= U1).
  { rewrite Rabs_mult, (Rabs_pos_eq (hi x)) by lra. unfold U1, P.
    pose proof (Rmult_le_compat_l (hi x) _ _ ltac:(lra) Ly). lra. }
  assert (LYX : Rabs (lo x * hi y) <= U1).
  { rewrite Rabs_mult, (Rabs_pos_eq (hi y)) by lra. unfold U1, P.
    pose proof (Rmult_le_compat_r (hi y) _ _ ltac:(lra) Lx). lra. }
  assert (LL : Rabs (lo x * lo y) <= U2).
  { rewrite Rabs_mult. replace U2 with ((u * hi x) * (u * hi y)) by (unfold U2, U1, P; ring).
    apply Rmult_le_compat; auto using Rabs_pos. }
  assert (Dek : hi x * hi y = 0 \/ bpow radix2 (-969) <= Rabs (hi x * hi y)).
  { right. fold P. rewrite Rabs_pos_eq by lra. apply Rle_trans with floor_hi; [apply bpow_le; lia | exact Large]. }
  pose proof (two_prod_exact (hi x) (hi y) Fxh Fyh Dek) as EP. unfold value in EP. fold P in EP.
  unfold dd_mul. set (t := two_prod (hi x) (hi y)) in *.
  assert (Th : hi t = fl (hi x * hi y)) by reflexivity.
  assert (Ftl : F (lo t)) by (apply (F_fl 53 (-1074) prec64)).
  assert (Fth : F (hi t)) by (rewrite Th; apply (F_fl 53 (-1074) prec64)).
  assert (TP : tiny <= / 1000 * (u * P)) by (fold U1; lra).
  destruct (fl_mul_small (hi x) (hi y) P TP) as [Rt _]. { fold P. rewrite Rabs_pos_eq; lra. }
  rewrite <- Th in Rt. fold P U1 in Rt.
  assert (RL : Rabs (lo t) <= 1.001 * U1). { replace (lo t) with (- (hi t - P)) by lra. now rewrite Rabs_Ropp. }
  assert (TU : tiny <= / 1000 * (u * U1)) by (fold U2; lra).
  destruct (fl_mul_small _ _ _ TU LXY) as [R1 R1b]. destruct (fl_mul_small _ _ _ TU LYX) as [R2 R2b]. fold U2 in R1, R2.
  set (hl := fl (hi x * lo y)) in *. set (lh := fl (lo x * hi y)) in *.
  assert (Fhl : F hl) by (apply (F_fl 53 (-1074) prec64)). assert (Flh : F lh) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small hl lh (2.005 * U1) Fhl Flh) as [R3 R3b]. { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  replace (u * (2.005 * U1)) with (2.005 * U2) in R3 by (unfold U2; ring).
  set (cross := fl (hl + lh)) in *. assert (Fcr : F cross) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small (lo t) cross (3.02 * U1) Ftl Fcr) as [R4 R4b]. { eapply Rle_trans; [apply Rabs_triang|]. lra. }
  replace (u * (3.02 * U1)) with (3.02 * U2) in R4 by (unfold U2; ring).
  set (pl := fl (lo t + cross)) in *. assert (Fpl : F pl) by (apply (F_fl 53 (-1074) prec64)).
  assert (Order : Rabs pl <= Rabs (hi t)). { apply Rabs_le_inv in Rt. rewrite (Rabs_pos_eq (hi t)) by lra. lra. }
  pose proof (fast_two_sum_exact (hi t) pl Fth Fpl Order) as EF.
  set (z := fast_two_sum (hi t) pl) in *. assert (Zh : hi z = fl (hi t + pl)) by reflexivity.
  assert (PZ : 0 <= hi z). { rewrite Zh. apply (fl_nonneg 53 (-1074) prec64). apply Rabs_le_inv in Rt, R4b. lra. }
  assert (Main : Rabs (value z - value x * value y) <= 8.05 * U2).
  { rewrite EF. unfold value. replace (hi t) with (P - lo t) by lra. unfold P.
    replace (hi x * hi y - lo t + pl - (hi x + lo x) * (hi y + lo y))
      with ((pl - (lo t + cross)) + (cross - (hl + lh)) + (hl - hi x * lo y) + (lh - lo x * hi y) - lo x * lo y) by ring.
    apply Rabs_le_inv in R1, R2, R3, R4, LL. apply Rabs_le. lra. }
  split; [|repeat split; try (apply (F_fl 53 (-1074) prec64)); auto].
  - assert (XY : 0.99 * P <= value x * value y).
    { unfold value. replace ((hi x + lo x) * (hi y + lo y)) with (P + hi x * lo y + lo x * hi y + lo x * lo y) by (unfold P; ring).
      apply Rabs_le_inv in LXY, LYX, LL. lra. }
    replace (18 * (u * u)) with (2 * (9 * (u * u))) by ring.
    assert (0 <= u * u <= / 1000 * / 1000) by (split; [apply Rmult_le_pos | apply Rmult_le_compat]; lra).
    apply Rel_of_abs; [lra | lra |]. eapply Rle_trans; [exact Main|].
    replace (8.05 * U2) with (8.05 * (u * u) * P) by (unfold U2, U1; ring).
    assert ((u * u) * (0.99 * P) <= (u * u) * (value x * value y)) by (apply Rmult_le_compat_l; lra).
    assert (0 <= u * u * P) by (apply Rmult_le_pos; lra). set (xy := value x * value y) in *. clearbody xy. lra.
  - unfold value in EF. replace (lo z) with (hi t + pl - hi z) by lra. rewrite <- (Rabs_pos_eq (hi z)) at 2 by exact PZ.
    rewrite Zh. now apply fl_add_low.
Qed.
End Product.

(** * One root *)
Section Root.
Variable x : dd.
Hypotheses (Px : pair x).
Let V := hi x.
Let U1 := u * V.
Let U2 := u * U1.
Lemma dd_sqrt_error : Rel (32 * (u * u)) (value (dd_sqrt x)) (sqrt (value x)) /\
  F (hi (dd_sqrt x)) /\ F (lo (dd_sqrt x)) /\ 0 <= hi (dd_sqrt x) /\ Rabs (lo (dd_sqrt x)) <= u * hi (dd_sqrt x).
Proof.
  pose proof floor_pos as Fl. pose proof u_1000 as U. destruct Px as [Fxh Fxl Hx Lx]. fold V in Hx, Fxh, Lx.
  assert (V1 : 0 < U1) by (unfold U1; apply Rmult_lt_0_compat; lra). assert (V2 : 0 < U2) by (unfold U2; apply Rmult_lt_0_compat; lra).
  assert (W1 : U1 <= / 1000 * V) by (unfold U1; apply Rmult_le_compat_r; lra).
  assert (W2 : U2 <= / 1000 * U1) by (unfold U2; apply Rmult_le_compat_r; lra).
  fold U1 in Lx. unfold dd_sqrt. fold V. set (s := sqrt V). set (r := fl s). assert (Fr : F r) by (apply (F_fl 53 (-1074) prec64)).
  assert (SS : s * s = V) by (apply sqrt_sqrt; lra). assert (Ps : 0 < s) by (apply sqrt_lt_R0; lra).
  assert (Rr : Rabs (r - s) <= u * s).
  { destruct (fl_sqrt 53 (-1074) prec64 emin64 V Fxh) as (d & Hd & E). fold s r in E. rewrite E. apply sharp_le_u in Hd.
    replace (s * (1 + d) - s) with (d * s) by ring. rewrite Rabs_mult, (Rabs_pos_eq s) by lra. apply Rmult_le_compat_r; lra. }
  assert (us : u * s <= / 1000 * s) by (apply Rmult_le_compat_r; lra).
  apply Rabs_le_inv in Rr. assert (Pr : 0.99 * s <= r <= 1.01 * s) by lra.
  assert (RR : Rabs (r * r - V) <= 2.01 * U1).
  { rewrite <- SS. replace (r * r - s * s) with ((r - s) * (r + s)) by ring. rewrite Rabs_mult, (Rabs_pos_eq (r + s)) by lra.
    assert (Rabs (r - s) <= u * s) by (apply Rabs_le; lra).
    assert (Rabs (r - s) * (r + s) <= (u * s) * (2.001 * s)) by (apply Rmult_le_compat; auto using Rabs_pos; lra).
    unfold U1. rewrite <- SS. nra. }
  assert (Pr2 : 0.98 * V <= r * r <= 1.02 * V) by (apply Rabs_le_inv in RR; lra).
  assert (Dek : r * r = 0 \/ bpow radix2 (-969) <= Rabs (r * r)).
  { right. rewrite Rabs_pos_eq by lra. apply Rle_trans with (bpow radix2 (-803)); [apply bpow_le; lia|].
    change (-802)%Z with (1 + -803)%Z in Hx. rewrite bpow_plus in Hx. change (bpow radix2 1) with 2 in Hx.
    pose proof (bpow_gt_0 radix2 (-803)). lra. }
  pose proof (two_prod_exact r r Fr Fr Dek) as EP. unfold value in EP. set (sq := two_prod r r) in *.
  assert (Sh : hi sq = fl (r * r)) by reflexivity. assert (Fsl : F (lo sq)) by (apply (F_fl 53 (-1074) prec64)).
  assert (Fsh : F (hi sq)) by (apply (F_fl 53 (-1074) prec64)).
  assert (T : tiny <= / 2048 * U2 /\ tiny * s <= / 2048 * U2).
  { assert (A : bpow radix2 (-401) <= s).
    { unfold s. rewrite <- (sqrt_square (bpow radix2 (-401))) by apply bpow_ge_0. apply sqrt_le_1_alt. rewrite <- bpow_plus. exact Hx. }
    assert (B : bpow radix2 (-11) * (u * (u * floor_hi)) <= / 2048 * U2).
    { change (bpow radix2 (-11)) with (/ 2048). apply Rmult_le_compat_l; [lra|]. unfold U2, U1. repeat apply Rmult_le_compat_l; lra. }
    assert (C : tiny <= bpow radix2 (-11) * (u * (u * floor_hi))).
    { unfold std_model.tiny, std_model.u. rewrite <- !bpow_plus. apply bpow_le. lia. }
    split; [lra|].
    assert (E : tiny <= / 2048 * (u * (u * bpow radix2 (-401)))).
    { change (/ 2048) with (bpow radix2 (-11)). unfold std_model.tiny, std_model.u. rewrite <- !bpow_plus. apply bpow_le. lia. }
    assert (G : u * (u * bpow radix2 (-401)) <= u * (u * s)) by (repeat apply Rmult_le_compat_l; lra).
    unfold U2, U1. rewrite <- SS. replace (/ 2048 * (u * (u * (s * s)))) with (/ 2048 * (u * (u * s)) * s) by ring.
    apply Rmult_le_compat_r; lra. }
  destruct T as [T Ts].
  assert (TP : tiny <= / 1000 * (u * (1.02 * V))) by (replace (u * (1.02 * V)) with (1.02 * U1) by (unfold U1; ring); lra).
  destruct (fl_mul_small r r (1.02 * V) TP) as [Rt _]. { rewrite Rabs_pos_eq; lra. }
  rewrite <- Sh in Rt. replace (u * (1.02 * V)) with (1.02 * U1) in Rt by (unfold U1; ring).
  assert (RL : Rabs (lo sq) <= 1.03 * U1). { replace (lo sq) with (- (hi sq - r * r)) by lra. rewrite Rabs_Ropp. lra. }
  destruct (fl_sub_small V (hi sq) (3.05 * U1) Fxh Fsh) as [E1 E1b].
  { apply Rabs_le_inv in RR, RL. apply Rabs_le. lra. }
  replace (u * (3.05 * U1)) with (3.05 * U2) in E1 by (unfold U2; ring).
  set (d1 := fl (V - hi sq)) in *. assert (Fd1 : F d1) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_sub_small d1 (lo sq) (4.1 * U1) Fd1 Fsl) as [E2 E2b].
  { apply Rabs_le_inv in E1b, RL. apply Rabs_le. lra. }
  replace (u * (4.1 * U1)) with (4.1 * U2) in E2 by (unfold U2; ring).
  set (d2 := fl (d1 - lo sq)) in *. assert (Fd2 : F d2) by (apply (F_fl 53 (-1074) prec64)).
  destruct (fl_add_small d2 (lo x) (5.15 * U1) Fd2 Fxl) as [E3 E3b].
  { apply Rabs_le_inv in E2b, Lx. apply Rabs_le. lra. }
  replace (u * (5.15 * U1)) with (5.15 * U2) in E3 by (unfold U2; ring).
  set (d3 := fl (d2 + lo x)) in *.
  (* the quotient *)
  destruct (fl_add 53 (-1074) prec64 r r Fr Fr) as (e & He & Ht). apply sharp_le_u, Rabs_le_inv in He.
  set (twice := fl (r + r)) in *. assert (Pt : 1.9 * s <= twice) by (rewrite Ht; nra).
  assert (Pt2 : twice <= 2.1 * s) by (rewrite Ht; nra).
  set (c := fl (d3 / twice)). assert (Fc : F c) by (apply (F_fl 53 (-1074) prec64)).
  pose proof (fl_abs 53 (-1074) prec64 (d3 / twice)) as Ec. fold c in Ec.
  assert (Q : Rabs (c * twice - d3) <= u * Rabs d3 + tiny * twice).
  { replace (c * twice - d3) with ((c - d3 / twice) * twice) by (field; lra). rewrite Rabs_mult, (Rabs_pos_eq twice) by lra.
    assert (Rabs (c - d3 / twice) * twice <= (u * Rabs (d3 / twice) + tiny) * twice) by (apply Rmult_le_compat_r; lra).
    assert (D : Rabs (d3 / twice) * twice = Rabs d3).
    { unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ twice)) by (left; apply Rinv_0_lt_compat; lra). field. lra. }
    nra. }
  assert (ud3 : u * Rabs d3 <= 5.16 * U2).
  { apply Rle_trans with (u * (1.001 * (5.15 * U1))); [apply Rmult_le_compat_l; lra|].
    replace (u * (1.001 * (5.15 * U1))) with (1.001 * 5.15 * U2) by (unfold U2; ring). lra. }
  assert (Tt : tiny * twice <= / 900 * U2) by (pose proof (tiny_pos (-1074)); assert (tiny * twice <= tiny * (2.1 * s)) by (apply Rmult_le_compat_l; lra); lra).
  assert (C2 : Rabs (2 * r * c - d3) <= 10.4 * U2).
  { assert (Rabs (c * twice) <= 5.17 * U1).
    { replace (c * twice) with ((c * twice - d3) + d3) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
    assert (X1 : Rabs (2 * r * c - c * twice) <= 1.01 * (u * (5.17 * U1))).
    { rewrite Ht. replace (2 * r * c - c * ((r + r) * (1 + e))) with (- (e * (2 * r * c))) by ring. rewrite Rabs_Ropp, Rabs_mult.
      assert (Rabs e <= u) by (apply Rabs_le; lra).
      assert (Rabs (2 * r * c) <= 1.01 * (5.17 * U1)).
      { replace (c * twice) with ((2 * r * c) * (1 + e)) in H by (rewrite Ht; ring). rewrite Rabs_mult, (Rabs_pos_eq (1 + e)) in H by lra.
        pose proof (Rabs_pos (2 * r * c)). nra. }
      replace (1.01 * (u * (5.17 * U1))) with (u * (1.01 * (5.17 * U1))) by ring. apply Rmult_le_compat; auto using Rabs_pos. }
    replace (1.01 * (u * (5.17 * U1))) with (1.01 * 5.17 * U2) in X1 by (unfold U2; ring).
    replace (2 * r * c - d3) with ((2 * r * c - c * twice) + (c * twice - d3)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. lra. }
  assert (C3 : Rabs (2 * r * c) <= 5.2 * U1).
  { replace (2 * r * c) with ((2 * r * c - d3) + d3) by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  assert (C4 : c * c <= 7 * U2).
  { assert (A : (2 * r * c) * (2 * r * c) <= (5.2 * U1) * (5.2 * U1)).
    { rewrite <- (Rabs_pos_eq ((2 * r * c) * (2 * r * c))) by (pose proof (Rle_0_sqr (2 * r * c)); auto). rewrite Rabs_mult.
      apply Rmult_le_compat; auto using Rabs_pos. }
    replace ((5.2 * U1) * (5.2 * U1)) with (27.04 * U2 * V) in A by (unfold U2, U1; lra).
    replace ((2 * r * c) * (2 * r * c)) with (4 * (r * r) * (c * c)) in A by ring.
    pose proof (Rle_0_sqr c) as Pc. unfold Rsqr in Pc.
    apply Rmult_le_reg_r with V; [lra|]. assert (0 <= U2 * V) by (apply Rmult_le_pos; lra).
    assert (4 * (0.98 * V) * (c * c) <= 4 * (r * r) * (c * c)) by (apply Rmult_le_compat_r; lra). lra. }
  assert (Order : Rabs c <= Rabs r).
  { rewrite (Rabs_pos_eq r) by lra. pose proof (Rabs_pos c).
    assert (2 * r * Rabs c <= 5.2 * U1) by (rewrite Rabs_mult, (Rabs_pos_eq (2 * r)) in C3 by lra; exact C3). 
    destruct (Rle_lt_dec (Rabs c) r); auto. exfalso. assert (2 * r * r <= 2 * r * Rabs c) by (apply Rmult_le_compat_l; lra). lra. }
  pose proof (fast_two_sum_exact r c Fr Fc Order) as EF. set (z := fast_two_sum r c) in *.
  assert (Zh : hi z = fl (r + c)) by reflexivity.
  assert (Pz : 0 <= r + c) by (rewrite (Rabs_pos_eq r) in Order by lra; apply Rabs_le_inv in Order; lra).
  assert (PZ : 0 <= hi z) by (rewrite Zh; now apply (fl_nonneg 53 (-1074) prec64)).
  split; [|repeat split; try (apply (F_fl 53 (-1074) prec64)); auto].
  - assert (X : 0.99 * V <= value x). { unfold value. fold V. apply Rabs_le_inv in Lx. lra. }
    assert (M : Rabs ((r + c) * (r + c) - value x) <= 30 * U2).
    { unfold value. fold V.
      replace ((r + c) * (r + c) - (V + lo x))
        with ((d3 - (d2 + lo x)) + (d2 - (d1 - lo sq)) + (d1 - (V - hi sq)) + (2 * r * c - d3) + c * c)
        by (replace (hi sq) with (r * r - lo sq) by lra; ring).
      pose proof (Rle_0_sqr c) as Pc. unfold Rsqr in Pc. apply Rabs_le_inv in E1, E2, E3, C2. apply Rabs_le. lra. }
    replace (32 * (u * u)) with ((64 * (u * u)) / 2) by field. rewrite EF. rewrite <- (sqrt_square (r + c)) by auto.
    apply Rel_sqrt; [lra|]. replace (2 * (64 * (u * u) / 2)) with (2 * (32 * (u * u))) by field.
    assert (0 <= u * u <= / 1000 * / 1000) by (split; [apply Rmult_le_pos | apply Rmult_le_compat]; lra).
    apply Rel_of_abs; [lra | lra |]. eapply Rle_trans; [exact M|].
    replace (30 * U2) with (30 * (u * u) * V) by (unfold U2, U1; ring).
    assert ((u * u) * (0.99 * V) <= (u * u) * value x) by (apply Rmult_le_compat_l; lra).
    assert (0 <= u * u * V) by (apply Rmult_le_pos; lra). lra.
  - unfold value in EF. replace (lo z) with (r + c - hi z) by lra. rewrite <- (Rabs_pos_eq (hi z)) at 2 by exact PZ.
    rewrite Zh. now apply fl_add_low.
Qed.
End Root.

(** * The loops *)
Section Loop.
Variables rho kappa : R.
Hypotheses (Frho : F rho) (Hrho : bpow radix2 (-800) <= rho < 1) (Fk : F kappa)
  (Hk : bpow radix2 (-20) <= kappa <= bpow radix2 20) (Result : bpow radix2 (-800) <= Rpower rho kappa).
Notation w := (u * u).
Notation pw := (Rpower rho).

Lemma w_small : 0 < w <= bpow radix2 (-106).
Proof.
  split; [apply Rmult_lt_0_compat; apply u_pos|]. unfold std_model.u. rewrite <- bpow_plus. right. reflexivity.
Qed.
Lemma rho_pos : 0 < rho. Proof. pose proof (bpow_gt_0 radix2 (-800)). lra. Qed.
Lemma pw_decreasing a b : a <= b -> pw b <= pw a.
Proof.
  intros H. unfold Rpower. assert (L : ln rho < 0) by (rewrite <- ln_1; apply ln_increasing; [apply rho_pos | lra]).
  apply exp_le. nra.
Qed.
Lemma pw_large e : e <= kappa \/ e <= 1 -> bpow radix2 (-800) <= pw e.
Proof.
  intros [H | H]; apply pw_decreasing in H; [lra|]. rewrite (Rpower_1 rho rho_pos) in H. lra.
Qed.
Lemma pw_half e : sqrt (pw e) = pw (e / 2).
Proof.
  replace (pw e) with (pw (e / 2) * pw (e / 2)) by (rewrite <- Rpower_plus; f_equal; field).
  apply sqrt_square. left. apply exp_pos.
Qed.

(** z is rho^e to a, and normalised *)
Record near a e z : Prop := { near_hi_F : F (hi z); near_lo_F : F (lo z); near_hi : 0 <= hi z;
  near_lo : Rabs (lo z) <= u * hi z; near_value : Rel a (value z) (pw e) }.
Lemma near_large a e z : 0 <= a <= / 200 -> near a e z -> 0.98 * pw e <= hi z.
Proof.
  intros Ha [_ _ H L R]. pose proof u_1000 as U. destruct R as (r & E & R1 & _). pose proof (exp_ge_lin (- a)).
  assert (P : 0 < pw e) by apply exp_pos. unfold value in E. apply Rabs_le_inv in L.
  assert (u * hi z <= / 1000 * hi z) by (apply Rmult_le_compat_r; lra).
  assert (0.995 * pw e <= r * pw e) by (apply Rmult_le_compat_r; lra). lra.
Qed.
Lemma near_pair a e z : 0 <= a <= / 200 -> e <= kappa \/ e <= 1 -> near a e z -> pair z.
Proof.
  intros Ha He N. pose proof (near_large _ _ _ Ha N). pose proof (pw_large e He). destruct N. split; auto.
  apply Rle_trans with (bpow radix2 (-801)); [apply bpow_le; lia|].
  change (-800)%Z with (1 + -801)%Z in *. rewrite bpow_plus in *. change (bpow radix2 1) with 2 in *.
  pose proof (bpow_gt_0 radix2 (-801)). lra.
Qed.
Lemma near_mono a b e z : a <= b -> near a e z -> near b e z.
Proof. intros H [A B C D E]. split; auto. now apply (Rel_mono a). Qed.
Lemma near_mul a b e f x y : 0 <= a <= / 200 -> 0 <= b <= / 200 -> 0 <= e -> 0 <= f -> e + f <= kappa \/ e + f <= 1 ->
  near a e x -> near b f y -> near (a + b + 18 * w) (e + f) (dd_mul x y).
Proof.
  intros Ha Hb He Hf Hef Nx Ny.
  assert (Px : pair x) by (apply (near_pair a e); auto; destruct Hef; [left | right]; lra).
  assert (Py : pair y) by (apply (near_pair b f); auto; destruct Hef; [left | right]; lra).
  assert (Large : floor_hi <= hi x * hi y).
  { pose proof (near_large _ _ _ Ha Nx). pose proof (near_large _ _ _ Hb Ny). pose proof (pw_large _ Hef) as L.
    rewrite Rpower_plus in L. assert (0 < pw e) by apply exp_pos. assert (0 < pw f) by apply exp_pos.
    assert (0.98 * pw e * (0.98 * pw f) <= hi x * hi y) by (apply Rmult_le_compat; lra).
    change (-800)%Z with (2 + -802)%Z in L. rewrite bpow_plus in L. change (bpow radix2 2) with 4 in L.
    pose proof (bpow_gt_0 radix2 (-802)). lra. }
  destruct (dd_mul_error x y Px Py Large) as (R & F1 & F2 & H & L). split; auto.
  rewrite Rpower_plus, Rplus_comm. apply Rel_trans with (value x * value y); auto. destruct Nx, Ny. now apply Rel_mul.
Qed.
Lemma near_sqrt a e x : 0 <= a <= / 200 -> e <= kappa \/ e <= 1 -> near a e x ->
  near (a / 2 + 32 * w) (e / 2) (dd_sqrt x).
Proof.
  intros Ha He N. pose proof (near_pair _ _ _ Ha He N) as P. destruct (dd_sqrt_error x P) as (R & F1 & F2 & H & L).
  split; auto. rewrite Rplus_comm. apply Rel_trans with (sqrt (value x)); auto. rewrite <- pw_half. destruct N.
  apply Rel_sqrt; [left; apply exp_pos|]. replace (2 * (a / 2)) with a by field. auto.
Qed.

(** the bits of kappa: every step is exact *)
Definition bit bits := if Rle_dec half_range bits then 1 else 0.
Lemma next_exact bits : F bits -> 0 <= bits < bpow radix2 21 ->
  F (next bits) /\ next bits = 2 * bits - bit bits * bpow radix2 21 /\ 0 <= next bits < bpow radix2 21.
Proof.
  intros Fb Hb. change 21%Z with (1 + 20)%Z in *. rewrite (bpow_plus radix2 1) in *. change (bpow radix2 1) with 2 in *.
  assert (Twice : forall b, F b -> F (b + b)).
  { intros b Hf. replace (b + b) with (b * bpow radix2 1) by (change (bpow radix2 1) with 2; ring). apply mult_bpow_pos_exact_FLT; auto. lia. }
  unfold next, bit. destruct Rle_dec as [L | L].
  - assert (Fs : F (bits - half_range)).
    { apply sterbenz; auto with typeclass_instances; [apply generic_format_FLT_bpow; [reflexivity | lia] | lra]. }
    rewrite (fl_id 53 (-1074) (bits - half_range) Fs). rewrite (fl_id 53 (-1074) _ (Twice _ Fs)).
    split; [now apply Twice | lra].
  - rewrite (fl_id 53 (-1074) _ (Twice _ Fb)). split; [now apply Twice | lra].
Qed.

Lemma near_base : near 0 1 (DD rho 0).
Proof.
  split; cbn [hi lo]; auto using F_0.
  - pose proof rho_pos. lra.
  - rewrite Rabs_R0. pose proof rho_pos. pose proof (u_pos 53). apply Rmult_le_pos; lra.
  - unfold value; cbn [hi lo]. rewrite Rplus_0_r, (Rpower_1 rho rho_pos). apply Rel_refl.
Qed.
Lemma near_one : near 0 0 (DD 1 0).
Proof.
  split; cbn [hi lo]; auto using F_0.
  - exact (F_1 53 (-1074) prec64 emin64).
  - lra.
  - rewrite Rabs_R0. pose proof (u_pos 53). lra.
  - unfold value; cbn [hi lo]. rewrite Rplus_0_r, Rpower_O by apply rho_pos. apply Rel_refl.
Qed.

Lemma integer_error n : forall i N r bits, (i + n = 21)%nat -> kappa * 2 ^ i = INR N * 2 ^ 21 + bits ->
  F bits -> 0 <= bits < bpow radix2 21 -> near (36 * w * (2 ^ i - 1)) (INR N) r ->
  exists M, let p := integer_part n rho r bits in
    kappa * 2 ^ 21 = INR M * 2 ^ 21 + snd p /\ F (snd p) /\ 0 <= snd p < bpow radix2 21 /\
    near (36 * w * (2 ^ 21 - 1)) (INR M) (fst p).
Proof.
  pose proof w_small as W. assert (B106 : bpow radix2 (-106) <= / 2 ^ 40).
  { replace (/ 2 ^ 40) with (bpow radix2 (-40)) by (simpl; lra). apply bpow_le. lia. }
  induction n; intros i N r bits Hi Ek Fb Hb Nr.
  - exists N. cbn [integer_part fst snd]. replace i with 21%nat in * by lia. auto.
  - destruct (next_exact bits Fb Hb) as (Fn & En & Hn). cbn [integer_part].
    assert (P2 : 1 <= 2 ^ i <= 2 ^ 20). { split; [apply pow_R1_Rle; lra | apply Rle_pow; [lra | lia]]. }
    assert (Small : 0 <= 36 * w * (2 ^ i - 1) <= / 200).
    { split; [apply Rmult_le_pos; lra|]. apply Rle_trans with (36 * / 2 ^ 40 * 2 ^ 20); [apply Rmult_le_compat; lra | lra]. }
    assert (Bpow : bpow radix2 21 = 2 ^ 21) by (simpl; lra).
    pose proof (pos_INR N) as PN.
    assert (Pk : 0 < kappa) by (pose proof (bpow_gt_0 radix2 (-20)); lra).
    assert (Range : forall c, 0 <= c -> (2 * INR N + c) * 2 ^ 21 <= kappa * 2 ^ S i -> INR N + INR N + c <= kappa).
    { intros c Hc H. assert (2 ^ S i <= 2 ^ 21) by (apply Rle_pow; [lra | lia]).
      assert (kappa * 2 ^ S i <= kappa * 2 ^ 21) by (apply Rmult_le_compat_l; lra). lra. }
    assert (Ek' : kappa * 2 ^ S i = 2 * INR N * 2 ^ 21 + 2 * bits) by (simpl pow at 1; rewrite <- Rmult_assoc; nra).
    assert (R1 : INR N + INR N <= kappa). { rewrite <- (Rplus_0_r (INR N + INR N)). apply Range; lra. }
    pose proof (near_mul _ _ _ _ _ _ Small Small PN PN (or_introl R1) Nr Nr) as Sq.
    set (r2 := dd_mul r r) in *. set (a := 36 * w * (2 ^ i - 1)) in *.
    assert (Ea : a + a + 18 * w + 18 * w = 36 * w * (2 ^ S i - 1)) by (unfold a; simpl; ring).
    unfold bit in En. destruct Rle_dec as [L | L].
    + assert (R2 : INR N + INR N + 1 <= kappa). { apply Range; [lra|]. rewrite Ek'. rewrite <- Bpow. 
        change 21%Z with (1 + 20)%Z. rewrite (bpow_plus radix2 1). change (bpow radix2 1) with 2. lra. }
      assert (Small2 : 0 <= a + a + 18 * w <= / 200).
      { split; [lra|]. assert (a <= 36 * / 2 ^ 40 * 2 ^ 20) by (unfold a; apply Rmult_le_compat; lra). lra. }
      assert (Z200 : 0 <= 0 <= / 200) by lra. assert (P1 : 0 <= INR N + INR N) by lra. assert (P11 : 0 <= 1) by lra.
      pose proof (near_mul _ _ _ _ _ _ Small2 Z200 P1 P11 (or_introl R2) Sq near_base) as Sb.
      apply (IHn (S i) (S (N + N))); auto; try lia.
      * rewrite S_INR, plus_INR. rewrite En, Ek', Bpow. ring.
      * rewrite S_INR, plus_INR. apply (near_mono (a + a + 18 * w + 0 + 18 * w)); auto. lra.
    + apply (IHn (S i) (N + N)%nat); auto; try lia.
      * rewrite plus_INR. rewrite En, Ek'. ring.
      * rewrite plus_INR. apply (near_mono (a + a + 18 * w)); auto. lra.
Qed.

Lemma fraction_error n : forall j M E root r bits a, (j + n = 72)%nat -> E = IZR M * bpow radix2 (- Z.of_nat j) -> 0 <= E ->
  kappa = E + bits * bpow radix2 (- (21 + Z.of_nat j)) -> F bits -> 0 <= bits < bpow radix2 21 ->
  near (64 * w) (bpow radix2 (- Z.of_nat j)) root -> 0 <= a -> a + INR n * (82 * w) <= / 400 -> near a E r ->
  near (a + INR n * (82 * w)) kappa (fraction_part n root r bits).
Proof.
  pose proof w_small as W. assert (B106 : bpow radix2 (-106) <= / 2 ^ 40).
  { replace (/ 2 ^ 40) with (bpow radix2 (-40)) by (simpl; lra). apply bpow_le. lia. }
  induction n; intros j M E root r bits a Hj EM PE Ek Fb Hb Nroot Pa Sa Nr.
  - cbn [fraction_part INR]. replace j with 72%nat in * by lia. change (Z.of_nat 72) with 72%Z in *. change (- (72))%Z with (-72)%Z in EM.
    assert (KE : kappa = E); [|rewrite KE; apply (near_mono a); auto; lra].
    assert (Multiple : exists m, kappa = IZR m * bpow radix2 (-72)).
    { assert (C : (-72 <= cexp radix2 (FLT_exp (-1074) 53) kappa)%Z).
      { unfold cexp, FLT_exp. assert (-19 <= mag radix2 kappa)%Z; [|lia].
        apply mag_ge_bpow. rewrite Rabs_pos_eq by (pose proof (bpow_gt_0 radix2 (-20)); lra). simpl (-19 - 1)%Z. lra. }
      unfold std_model.F, generic_format in Fk. set (m := Ztrunc _) in Fk. set (c := cexp _ _ _) in *.
      exists (m * 2 ^ (c - -72))%Z. rewrite Fk. unfold F2R; cbn [Defs.Fnum Defs.Fexp].
      rewrite mult_IZR. change 2%Z with (radix_val radix2) at 1. rewrite IZR_Zpower by lia.
      rewrite Rmult_assoc, <- bpow_plus. do 2 f_equal. lia. }
    destruct Multiple as [m Em]. change (- (21 + 72))%Z with (-21 + -72)%Z in Ek. rewrite bpow_plus in Ek.
    pose proof (bpow_gt_0 radix2 (-72)) as B72.
    assert (D : IZR m - IZR M = bits * bpow radix2 (-21)).
    { apply (Rmult_eq_reg_r (bpow radix2 (-72))); [|lra]. rewrite Rmult_minus_distr_r, <- Em, <- EM, Ek. ring. }
    assert (D2 : 0 <= bits * bpow radix2 (-21) < 1).
    { pose proof (bpow_gt_0 radix2 (-21)). split; [apply Rmult_le_pos; lra|].
      apply Rlt_le_trans with (bpow radix2 21 * bpow radix2 (-21)); [apply Rmult_lt_compat_r; lra|].
      rewrite <- bpow_plus. simpl. lra. }
    rewrite <- D, <- minus_IZR in D2. destruct D2 as [D2 D3]. apply le_IZR in D2. apply lt_IZR in D3.
    replace m with M in Em by lia. rewrite Em, EM. reflexivity.
  - destruct (next_exact bits Fb Hb) as (Fn & En & Hn). cbn [fraction_part].
    assert (HS : (- Z.of_nat (S j) = -1 + - Z.of_nat j)%Z) by lia.
    assert (Half : bpow radix2 (- Z.of_nat (S j)) = bpow radix2 (- Z.of_nat j) / 2).
    { rewrite HS, bpow_plus. change (bpow radix2 (-1)) with (/ 2). field. }
    assert (Le1 : bpow radix2 (- Z.of_nat j) <= 1) by (change 1 with (bpow radix2 0); apply bpow_le; lia).
    pose proof (bpow_gt_0 radix2 (- Z.of_nat j)) as Bj.
    assert (Small : 0 <= 64 * w <= / 200) by (split; [|apply Rle_trans with (64 * / 2 ^ 40)]; lra).
    pose proof (near_sqrt _ _ _ Small (or_intror Le1) Nroot) as Nr2. rewrite <- Half in Nr2.
    set (root2 := dd_sqrt root) in *. apply (near_mono _ (64 * w)) in Nr2; [|lra].
    assert (Shift : bpow radix2 (- (21 + Z.of_nat j)) = 2 * bpow radix2 (- (21 + Z.of_nat (S j)))).
    { replace (- (21 + Z.of_nat j))%Z with (1 + - (21 + Z.of_nat (S j)))%Z by lia. rewrite bpow_plus. reflexivity. }
    assert (Bit : bpow radix2 21 * bpow radix2 (- (21 + Z.of_nat (S j))) = bpow radix2 (- Z.of_nat (S j))).
    { rewrite <- bpow_plus. f_equal. lia. }
    pose proof (bpow_gt_0 radix2 (- (21 + Z.of_nat (S j)))) as Bs. rewrite S_INR in *. pose proof (pos_INR n) as Pn.
    assert (Pnw : 0 <= INR n * (82 * w)) by (apply Rmult_le_pos; lra).
    unfold bit in En. destruct Rle_dec as [L | L].
    + assert (Sum : E + bpow radix2 (- Z.of_nat (S j)) <= kappa).
      { rewrite Ek, Shift, <- Bit. apply Rplus_le_compat_l. rewrite <- Rmult_assoc. apply Rmult_le_compat_r; [lra|].
        change 21%Z with (1 + 20)%Z. rewrite (bpow_plus radix2 1). change (bpow radix2 1) with 2. lra. }
      assert (Sa2 : 0 <= a <= / 200) by lra. assert (PB : 0 <= bpow radix2 (- Z.of_nat (S j))) by (apply bpow_ge_0).
      pose proof (near_mul _ _ _ _ _ _ Sa2 Small PE PB (or_introl Sum) Nr Nr2) as Np.
      replace (a + (INR n + 1) * (82 * w)) with ((a + 64 * w + 18 * w) + INR n * (82 * w)) by ring.
      apply (IHn (S j) (2 * M + 1)%Z (E + bpow radix2 (- Z.of_nat (S j)))); auto; try lia; try lra.
      * rewrite EM, plus_IZR, mult_IZR, Half. field.
      * rewrite Ek, Shift, En, <- Bit. ring.
    + replace (a + (INR n + 1) * (82 * w)) with ((a + 82 * w) + INR n * (82 * w)) by ring.
      apply (IHn (S j) (2 * M)%Z E); auto; try lia; try lra.
      * rewrite EM, mult_IZR, Half. field.
      * rewrite Ek, Shift, En. ring.
      * apply (near_mono a); auto. lra.
Qed.

Definition rho_accuracy := bpow radix2 (-79).
(** One rounding of a number within 2^-79 of rho^kappa. *)
Theorem rho_pow_rounds_once : exists R, rho_pow rho kappa = fl R /\ Rel rho_accuracy R (Rpower rho kappa).
Proof.
  pose proof w_small as W. pose proof (bpow_gt_0 radix2 (-20)).
  assert (B106 : bpow radix2 (-106) <= / 2 ^ 40).
  { replace (/ 2 ^ 40) with (bpow radix2 (-40)) by (simpl; lra). apply bpow_le. lia. }
  assert (K21 : 0 <= kappa < bpow radix2 21). { assert (bpow radix2 20 < bpow radix2 21) by (apply bpow_lt; lia). lra. }
  assert (N0 : near (36 * w * (2 ^ 0 - 1)) (INR 0) (DD 1 0)).
  { replace (36 * w * (2 ^ 0 - 1)) with 0 by (simpl; ring). exact near_one. }
  assert (K0 : kappa * 2 ^ 0 = INR 0 * 2 ^ 21 + kappa) by (simpl; ring).
  destruct (integer_error 21 0 0 (DD 1 0) kappa eq_refl K0 Fk K21 N0) as (M & EM & Fb & Hb & Nr).
  unfold rho_pow. set (p := integer_part 21 rho (DD 1 0) kappa) in *.
  assert (Nf : near (36 * w * (2 ^ 21 - 1) + INR 72 * (82 * w)) kappa (fraction_part 72 (DD rho 0) (fst p) (snd p))).
  { apply (fraction_error 72 0 (Z.of_nat M) (INR M)); auto.
    - rewrite <- INR_IZR_INZ. simpl. ring.
    - apply pos_INR.
    - change (- (21 + Z.of_nat 0))%Z with (-21)%Z. apply (Rmult_eq_reg_r (2 ^ 21)); [|apply pow_nonzero; lra].
      rewrite EM, Rmult_plus_distr_r, Rmult_assoc. replace (bpow radix2 (-21) * 2 ^ 21) with 1; [ring|].
      replace (2 ^ 21) with (bpow radix2 21) by (simpl; lra). rewrite <- bpow_plus. reflexivity.
    - change (bpow radix2 (- Z.of_nat 0)) with 1. apply (near_mono 0); [lra | exact near_base].
    - apply Rmult_le_pos; [lra|]. assert (1 <= 2 ^ 21) by (apply pow_R1_Rle; lra). lra.
    - replace (INR 72) with 72 by (simpl; lra).
      apply Rle_trans with ((36 * 2 ^ 21 + 72 * 82) * / 2 ^ 40); [|simpl; lra].
      apply Rle_trans with ((36 * 2 ^ 21 + 72 * 82) * w); [|apply Rmult_le_compat_l; lra]. lra. }
  destruct Nf as [_ _ _ _ R]. eexists. split; [reflexivity|]. revert R. apply Rel_mono. unfold rho_accuracy.
  replace (INR 72) with 72 by (simpl; lra). change (-79)%Z with (27 + -106)%Z. rewrite bpow_plus.
  apply Rle_trans with ((36 * 2 ^ 21 + 72 * 82) * bpow radix2 (-106)).
  - apply Rle_trans with ((36 * 2 ^ 21 + 72 * 82) * w); [lra | apply Rmult_le_compat_l; lra].
  - apply Rmult_le_compat_r; [apply bpow_ge_0|]. simpl. lra.
Qed.
Corollary rho_pow_relative : Rel (u + rho_accuracy) (rho_pow rho kappa) (Rpower rho kappa).
Proof.
  destruct rho_pow_rounds_once as (R & -> & H). apply Rel_trans with R; auto. apply (fl_rel 53 (-1074) prec64). right.
  destruct H as (r & -> & H1 & _). pose proof (exp_ge_lin (- rho_accuracy)).
  assert (rho_accuracy <= / 2) by (change (/ 2) with (bpow radix2 (-1)); apply bpow_le; lia).
  assert (0 < bpow radix2 (-800)) by apply bpow_gt_0.
  assert (H4 : / 2 * bpow radix2 (-800) <= r * Rpower rho kappa) by (apply Rmult_le_compat; lra).
  rewrite Rabs_pos_eq by lra. change (/ 2) with (bpow radix2 (-1)) in H4. rewrite <- bpow_plus in H4.
  eapply Rle_trans; [|exact H4]. apply bpow_le. lia.
Qed.
End Loop.
