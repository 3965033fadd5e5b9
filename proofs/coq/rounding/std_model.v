(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The standard model of floating-point arithmetic: round to nearest even in any binary format with gradual
    underflow, and its link to IEEE 754 binary64 and binary32.

    u    = 2^-prec       the unit roundoff
    tiny = 2^(emin-1)    half the smallest subnormal: what a rounding loses to underflow, at most

    Overflow is not in the model: the link to IEEE 754 asks that the rounded result be below 2^emax. *)
From Coq Require Import Reals ZArith Lra Lia.
From Flocq Require Import Core Relative Plus_error Div_sqrt_error.
From Flocq Require Import BinarySingleNaN Binary Bits.
Open Scope R_scope.

Section Format.
Variables prec emin : Z.
Context (Hprec : (8 <= prec)%Z) (Hemin : (emin <= 2 * (1 - prec))%Z).
Local Instance prec_positive : Prec_gt_0 prec. Proof. red; lia. Qed.

(** F x: x is a number of the format.  fl x: x rounded once. *)
Definition F := generic_format radix2 (FLT_exp emin prec).
Definition fl := round radix2 (FLT_exp emin prec) ZnearestE.
Definition u := bpow radix2 (- prec).
Definition tiny := bpow radix2 (emin - 1).
(** x rounds with no underflow *)
Definition normal x := x = 0 \/ bpow radix2 (emin + prec - 1) <= Rabs x.

Lemma u_flocq : u_ro radix2 prec = u.
Proof. unfold u_ro, u. rewrite bpow_plus. change (bpow radix2 1) with 2. field. Qed.
Lemma tiny_flocq : / 2 * bpow radix2 emin = tiny.
Proof. unfold tiny, Zminus. rewrite bpow_plus. change (bpow radix2 (-(1))) with (/ 2). lra. Qed.
Lemma u_pos : 0 < u. Proof. apply bpow_gt_0. Qed.
Lemma tiny_pos : 0 < tiny. Proof. apply bpow_gt_0. Qed.
Lemma u_small : u <= / 256.
Proof. unfold u. change (/ 256) with (bpow radix2 (-8)). apply bpow_le. lia. Qed.
Lemma tiny_small : tiny <= u.
Proof. unfold tiny, u. apply bpow_le. lia. Qed.

Lemma F_fl x : F (fl x).
Proof. apply generic_format_round; auto with typeclass_instances. Qed.
Lemma F_opp x : F x -> F (- x).
Proof. apply generic_format_opp. Qed.
Lemma F_0 : F 0.
Proof. apply generic_format_0. Qed.
Lemma F_1 : F 1.
Proof. apply generic_format_FLT_1; [exact prec_positive | lia]. Qed.
Lemma fl_id x : F x -> fl x = x.
Proof. apply round_generic; auto with typeclass_instances. Qed.
Lemma fl_0 : fl 0 = 0.
Proof. apply fl_id, F_0. Qed.
Lemma fl_le x y : x <= y -> fl x <= fl y.
Proof. apply round_le; auto with typeclass_instances. Qed.
Lemma fl_nonneg x : 0 <= x -> 0 <= fl x.
Proof. intros H. rewrite <- fl_0. now apply fl_le. Qed.
Lemma fl_opp x : fl (- x) = - fl x.
Proof. apply round_NE_opp. Qed.

(** The sharp relative error u/(1+u) keeps 1+d between exp(-u) and exp u. *)
Definition sharp d := Rabs d <= u / (1 + u).
Lemma sharp_le_u d : sharp d -> Rabs d <= u.
Proof.
  intros H. eapply Rle_trans; [apply H|]. pose proof u_pos. apply Rmult_le_reg_r with (1 + u); [lra|].
  unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
Qed.

Theorem fl_model x :
  exists d e, sharp d /\ Rabs e <= tiny /\ d * e = 0 /\ fl x = x * (1 + d) + e.
Proof.
  destruct (relative_error_N_FLT'_ex radix2 emin prec ltac:(lia) (fun t => negb (Z.even t)) x)
    as (d & e & Hd & He & Z0 & H).
  rewrite u_flocq in Hd. rewrite tiny_flocq in He. exists d, e; auto.
Qed.

Theorem fl_abs x : Rabs (fl x - x) <= u * Rabs x + tiny.
Proof.
  destruct (fl_model x) as (d & e & Hd & He & _ & ->). apply sharp_le_u in Hd.
  replace (x * (1 + d) + e - x) with (d * x + e) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. apply Rplus_le_compat; auto.
  apply Rmult_le_compat_r; auto using Rabs_pos.
Qed.

(** Sums and differences of numbers of the format never underflow, nor do square roots. *)
Theorem fl_add x y : F x -> F y -> exists d, sharp d /\ fl (x + y) = (x + y) * (1 + d).
Proof.
  intros Fx Fy. destruct (FLT_plus_error_N_ex radix2 emin prec (fun t => negb (Z.even t)) x y Fx Fy) as (d & Hd & H).
  rewrite u_flocq in Hd. exists d; auto.
Qed.
Theorem fl_sub x y : F x -> F y -> exists d, sharp d /\ fl (x - y) = (x - y) * (1 + d).
Proof. intros; apply fl_add; auto using F_opp. Qed.
Theorem fl_sqrt x : F x -> exists d, sharp d /\ fl (sqrt x) = sqrt x * (1 + d).
Proof.
  intros Fx.
  destruct (sqrt_error_N_FLT_ex radix2 prec (fun t => negb (Z.even t)) ltac:(lia) emin Hemin x Fx) as (d & Hd & H).
  exists d; split; auto. eapply Rle_trans; [apply Hd|].
  eapply Rle_trans; [apply om1ds1p2u_ro_le_u_rod1pu_ro|]. rewrite u_flocq. lra.
Qed.
Theorem fl_normal x : normal x -> exists d, sharp d /\ fl x = x * (1 + d).
Proof.
  intros N. assert (P : 0 <= u / (1 + u)).
  { pose proof u_pos. apply Rmult_le_pos; [lra|]. left; apply Rinv_0_lt_compat; lra. }
  destruct N as [-> | H].
  - exists 0. unfold sharp. rewrite Rabs_R0, fl_0. split; [exact P | ring].
  - destruct (relative_error_N_FLX'_ex radix2 prec ltac:(lia) (fun t => negb (Z.even t)) x) as (d & Hd & E).
    rewrite u_flocq in Hd. exists d. split; auto. rewrite <- E. unfold fl.
    apply round_FLT_FLX. exact H.
Qed.
End Format.

(** * The two formats *)
Notation F64 := (F 53 (-1074)).       Notation fl64 := (fl 53 (-1074)).
Notation F32 := (F 24 (-149)).        Notation fl32 := (fl 24 (-149)).
Notation u64 := (u 53).               Notation u32 := (u 24).
Notation tiny64 := (tiny (-1074)).    Notation tiny32 := (tiny (-149)).

Lemma prec64 : (8 <= 53)%Z. Proof. lia. Qed.
Lemma emin64 : (-1074 <= 2 * (1 - 53))%Z. Proof. lia. Qed.
Lemma prec32 : (8 <= 24)%Z. Proof. lia. Qed.
Lemma emin32 : (-149 <= 2 * (1 - 24))%Z. Proof. lia. Qed.
Lemma u64_value : u64 = / IZR (2 ^ 53). Proof. reflexivity. Qed.
Lemma u32_value : u32 = / IZR (2 ^ 24). Proof. reflexivity. Qed.

(** * IEEE 754: the bit-level operations are fl of the real operation, unless they overflow.
    prec and emax are 53, 1024 or 24, 128. *)
Section Ieee.
Variables prec emax : Z.
Context (Hp : Prec_gt_0 prec) (Hm : Prec_lt_emax prec emax).
Notation float := (binary_float prec emax).
Notation value := (B2R prec emax).
Notation finite := (is_finite prec emax).
Let emin := (3 - emax - prec)%Z.
Notation rnd := (fl prec emin).
Definition in_range x := Rabs (rnd x) < bpow radix2 emax.

Theorem ieee_plus nan (x y : float) :
  finite x = true -> finite y = true -> in_range (value x + value y) ->
  value (Bplus prec emax Hp Hm nan mode_NE x y) = rnd (value x + value y)
  /\ finite (Bplus prec emax Hp Hm nan mode_NE x y) = true.
Proof.
  intros Fx Fy H. generalize (Bplus_correct prec emax Hp Hm nan mode_NE x y Fx Fy).
  rewrite Rlt_bool_true by exact H. intros (A & B & _). split; assumption.
Qed.
Theorem ieee_minus nan (x y : float) :
  finite x = true -> finite y = true -> in_range (value x - value y) ->
  value (Bminus prec emax Hp Hm nan mode_NE x y) = rnd (value x - value y)
  /\ finite (Bminus prec emax Hp Hm nan mode_NE x y) = true.
Proof.
  intros Fx Fy H. generalize (Bminus_correct prec emax Hp Hm nan mode_NE x y Fx Fy).
  rewrite Rlt_bool_true by exact H. intros (A & B & _). split; assumption.
Qed.
Theorem ieee_mult nan (x y : float) :
  finite x = true -> finite y = true -> in_range (value x * value y) ->
  value (Bmult prec emax Hp Hm nan mode_NE x y) = rnd (value x * value y)
  /\ finite (Bmult prec emax Hp Hm nan mode_NE x y) = true.
Proof.
  intros Fx Fy H. generalize (Bmult_correct prec emax Hp Hm nan mode_NE x y).
  rewrite Rlt_bool_true by exact H. intros (A & B & _). rewrite Fx, Fy in B. split; assumption.
Qed.
Theorem ieee_div nan (x y : float) :
  finite x = true -> value y <> 0 -> in_range (value x / value y) ->
  value (Bdiv prec emax Hp Hm nan mode_NE x y) = rnd (value x / value y)
  /\ finite (Bdiv prec emax Hp Hm nan mode_NE x y) = true.
Proof.
  intros Fx Ny H. generalize (Bdiv_correct prec emax Hp Hm nan mode_NE x y Ny).
  rewrite Rlt_bool_true by exact H. intros (A & B & _). rewrite Fx in B. split; assumption.
Qed.
Theorem ieee_sqrt nan (x : float) :
  value (Bsqrt prec emax Hp Hm nan mode_NE x) = rnd (sqrt (value x)).
Proof. exact (proj1 (Bsqrt_correct prec emax Hp Hm nan mode_NE x)). Qed.
End Ieee.

(** The exponent ranges are those of the two formats. *)
Lemma ieee_emin : (3 - 1024 - 53 = -1074)%Z /\ (3 - 128 - 24 = -149)%Z.
Proof. split; reflexivity. Qed.
