(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The library's double-double arithmetic, operation by operation, and its error-free transformations: TwoSum (Knuth),
    FastTwoSum, TwoProd (Dekker, with Veltkamp's splitting). Everything is binary64. *)
From Coq Require Import Reals ZArith Lra Lia.
From Flocq Require Import Core Pff2Flocq.
From Optcert.Rounding Require Import std_model.
Open Scope R_scope.

Notation F := F64. Notation fl := fl64. Notation u := u64. Notation tiny := tiny64.

Record dd := DD { hi : R; lo : R }.
Definition value z := hi z + lo z.

Definition two_sum x y :=
  let h := fl (x + y) in let y1 := fl (h - x) in let x1 := fl (h - y1) in
  let dx := fl (x - x1) in let dy := fl (y - y1) in DD h (fl (dx + dy)).
Definition two_diff x y :=
  let h := fl (x - y) in let y1 := fl (h - x) in let x1 := fl (h - y1) in
  let dx := fl (x - x1) in let dy := fl (y + y1) in DD h (fl (dx - dy)).
Definition fast_two_sum x y := let h := fl (x + y) in let y1 := fl (h - x) in DD h (fl (y - y1)).
Definition split x :=
  let c := fl (134217729 * x) in let d := fl (c - x) in let h := fl (c - d) in DD h (fl (x - h)).
Definition two_prod x y :=
  let a := split x in let b := split y in let h := fl (x * y) in
  let hh := fl (hi a * hi b) in let hl := fl (hi a * lo b) in let lh := fl (lo a * hi b) in
  let ll := fl (lo a * lo b) in
  let e1 := fl (hh - h) in let e2 := fl (e1 + hl) in let e3 := fl (e2 + lh) in DD h (fl (e3 + ll)).

Lemma choice_symmetric x : negb (Z.even x) = negb (negb (Z.even (- (x + 1)))).
Proof. rewrite Z.even_opp, Z.even_add. destruct (Z.even x); reflexivity. Qed.
Lemma fl64_opp x : fl (- x) = - fl x.
Proof. apply fl_opp. Qed.
Lemma fl_minus x y : fl (x - y) = - fl (y - x).
Proof. rewrite <- fl64_opp. f_equal. ring. Qed.

Theorem two_sum_exact x y : F x -> F y -> value (two_sum x y) = x + y.
Proof.
  intros Fx Fy.
  exact (TwoSum_correct (-1074) 53 (fun t => negb (Z.even t)) ltac:(lia) ltac:(lia) choice_symmetric x y Fx Fy).
Qed.
Theorem two_diff_exact x y : F x -> F y -> value (two_diff x y) = x - y.
Proof.
  intros Fx Fy. pose proof (two_sum_exact x (- y) Fx (F_opp _ _ _ Fy)) as H. revert H.
  unfold value, two_sum, two_diff; cbn [hi lo]. change (x - y) with (x + - y). intros H.
  etransitivity; [|exact H]. f_equal. unfold Rminus. f_equal. apply Rplus_eq_compat_l.
  rewrite <- fl64_opp. f_equal. ring.
Qed.
Theorem fast_two_sum_exact x y : F x -> F y -> Rabs y <= Rabs x -> value (fast_two_sum x y) = x + y.
Proof.
  intros Fx Fy H. unfold value, fast_two_sum; cbn [hi lo].
  pose proof (Fast2Sum_correct (-1074) 53 (fun t => negb (Z.even t)) ltac:(lia) ltac:(lia) choice_symmetric x y Fx Fy H) as E.
  etransitivity; [|exact E]. apply Rplus_eq_compat_l. unfold Rminus. rewrite <- fl64_opp. unfold std_model.fl.
  f_equal. apply Rplus_eq_compat_l. f_equal. ring.
Qed.
Theorem two_prod_exact x y :
  F x -> F y -> x * y = 0 \/ bpow radix2 (-969) <= Rabs (x * y) -> value (two_prod x y) = x * y.
Proof.
  intros Fx Fy H.
  destruct (Dekker radix2 (-1074) 53 (fun t => negb (Z.even t)) ltac:(lia) ltac:(lia) x y Fx Fy (or_introl eq_refl))
    as [D _].
  rewrite (D H). clear D H.
  assert (C : bpow radix2 (53 - Z.div2 53) + 1 = 134217729) by (simpl; lra).
  assert (S : forall z, split z = DD (fl (fl (z - fl (z * 134217729)) + fl (z * 134217729)))
                          (fl (z - fl (fl (z - fl (z * 134217729)) + fl (z * 134217729))))).
  { intros z. unfold split. rewrite (Rmult_comm 134217729 z). rewrite (fl_minus (fl (z * 134217729)) z).
    replace (fl (z * 134217729) - - fl (z - fl (z * 134217729)))
      with (fl (z - fl (z * 134217729)) + fl (z * 134217729)) by ring. reflexivity. }
  rewrite C. unfold value, two_prod; cbn [hi lo]. rewrite !S; cbn [hi lo].
  unfold Rminus at 1. rewrite (Rplus_comm _ (- fl (x * y))). reflexivity.
Qed.
