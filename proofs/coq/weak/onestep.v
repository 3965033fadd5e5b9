(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The expectation of a smooth function after one random increment, to any degree, with an explicit remainder. *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor.
Import ListNotations.
Open Scope R_scope.

Section OneStep.
Context {I Om : Type}.
Variables (idx : list I) (deg : I -> nat) (D : nat).
Hypothesis D_pos : (0 < D)%nat.
Hypothesis deg_pos : forall i, (1 <= deg i)%nat.
Variable E : expectation Om.

Lemma intg_ser (F : nat -> Om -> R) n : (forall k, intg E (F k)) -> intg E (fun o => ser (fun k => F k o) n 1).
Proof.
  intros H. induction n; simpl. apply intg_const. apply intg_plus; auto.
  eapply intg_ext; [|apply (intg_scal E (1 ^ n / INR (fact n)) (F n)); auto]. intros; simpl; ring.
Qed.
Lemma ex_ser (F : nat -> Om -> R) n : (forall k, intg E (F k)) ->
  ex E (fun o => ser (fun k => F k o) n 1) = ser (fun k => ex E (F k)) n 1.
Proof.
  intros H. induction n; simpl. apply ex_const.
  assert (K : forall o, F n o * (1 ^ n / INR (fact n)) = (1 ^ n / INR (fact n)) * F n o) by (intros; ring).
  rewrite ex_plus; auto using intg_ser.
  - rewrite IHn, (ex_ext E _ _ K), ex_scal by auto. ring.
  - eapply intg_ext; [intros o; symmetry; apply K|]. now apply intg_scal.
Qed.

Lemma intg_inner (F : list I -> Om -> R) k : forall l, incl l idx ->
  (forall l, incl l idx -> (degl deg l < D)%nat -> intg E (F l)) ->
  intg E (fun o => inner idx deg D k l (fun l => F l o)).
Proof.
  induction k; intros l Hl H; simpl; destruct (Nat.ltb_spec (degl deg l) D); auto using intg_const.
  apply intg_sumf. intros; apply IHk; auto. now apply incl_cons.
Qed.
Lemma ex_inner (F : list I -> Om -> R) k : forall l, incl l idx ->
  (forall l, incl l idx -> (degl deg l < D)%nat -> intg E (F l)) ->
  ex E (fun o => inner idx deg D k l (fun l => F l o)) = inner idx deg D k l (fun l => ex E (F l)).
Proof.
  induction k; intros l Hl H; simpl; destruct (Nat.ltb_spec (degl deg l) D); auto using ex_const.
  rewrite ex_sumf. 2:{ intros; apply intg_inner; auto. now apply incl_cons. }
  apply sumf_ext. intros; apply IHk; auto. now apply incl_cons.
Qed.

Lemma intg_total (F : list I -> Om -> R) : (forall l, incl l idx -> (degl deg l < D)%nat -> intg E (F l)) ->
  intg E (fun o => total idx deg D (fun l => F l o)).
Proof.
  intros H. apply (intg_ser (fun k o => inner idx deg D k nil (fun l => F l o))).
  intros. apply intg_inner; auto. intros a [].
Qed.
Lemma ex_total (F : list I -> Om -> R) : (forall l, incl l idx -> (degl deg l < D)%nat -> intg E (F l)) ->
  ex E (fun o => total idx deg D (fun l => F l o)) = total idx deg D (fun l => ex E (F l)).
Proof.
  intros H. unfold total. rewrite (ex_ser (fun k o => inner idx deg D k nil (fun l => F l o))).
  - apply ser_ext. intros; apply ex_inner; auto. intros a [].
  - intros. apply intg_inner; auto. intros a [].
Qed.

Variable x : state (I := I).
Variable d : Om -> state (I := I).
Variable J : list I -> state (I := I) -> R.
Hypothesis smooth : forall o l, incl l idx -> (degl deg l < D)%nat -> diff_along idx (J l) (fun i => J (i :: l)) x (d o).
Hypothesis int_moments : forall l, incl l idx -> (degl deg l < D)%nat -> intg E (fun o => prodv l (d o)).
Hypothesis int_value : intg E (fun o => J nil (add x (d o))).
Variables (Z : Om -> R) (Y : list I -> R).
Hypothesis int_Z : intg E Z.
Hypothesis remainder : forall o l s, is_leaf idx deg D l -> 0 <= s <= 1 ->
  Rabs (J l (along x (d o) s) * prodv l (d o)) <= Y l * Z o.
Variables p e : list I -> R.
Hypothesis moments : forall l, incl l idx -> (degl deg l < D)%nat -> Rabs (ex E (fun o => prodv l (d o)) - p l) <= e l.

Theorem one_step :
  Rabs (ex E (fun o => J nil (add x (d o))) - total idx deg D (fun l => J l x * p l))
  <= total idx deg D (fun l => Rabs (J l x) * e l) + boundary idx deg D Y * ex E Z.
Proof.
  assert (I1 : forall l, incl l idx -> (degl deg l < D)%nat -> intg E (fun o => J l x * prodv l (d o)))
    by (intros; apply intg_scal; auto).
  set (T := ex E (fun o => total idx deg D (fun l => J l x * prodv l (d o)))).
  replace (ex E _ - total _ _ _ _) with ((T - total idx deg D (fun l => J l x * p l)) + (ex E (fun o => J nil (add x (d o))) - T)) by ring.
  apply abs_plus_le.
  - unfold T. rewrite (ex_total (fun l o => J l x * prodv l (d o))) by auto.
    replace (_ - _) with (total idx deg D (fun l => 1 * ex E (fun o => J l x * prodv l (d o)) + -1 * (J l x * p l)))
      by (rewrite total_lin by auto; ring).
    apply total_abs; auto. intros l Hl Hd. rewrite ex_scal by auto.
    replace (1 * (J l x * ex E (fun o => prodv l (d o))) + -1 * (J l x * p l))
      with (J l x * (ex E (fun o => prodv l (d o)) - p l)) by ring.
    apply abs_mult_le; auto. lra.
  - unfold T. rewrite <- ex_scal by auto. apply ex_dist; auto using intg_scal.
    + apply (intg_total (fun l o => J l x * prodv l (d o))); auto.
    + intros o. rewrite Rmult_comm, <- boundary_scal by auto.
      eapply Rle_trans; [apply taylor with (Y := fun l => Y l * Z o); auto|].
      apply Req_le, boundary_ext; auto. intros; ring.
Qed.
End OneStep.

(* When only first and second derivatives carry weight, the sum is a second-order operator. *)
Section Second.
Context {I : Type}.
Variables (idx : list I) (deg : I -> nat) (D : nat).
Variable F : list I -> R.
Hypothesis F_deg : forall l, (D <= degl deg l)%nat -> F l = 0.

Fixpoint every (k : nat) (l : list I) : R :=
  match k with O => F l | S k => sumf idx (fun i => every k (i :: l)) end.

Lemma every_zero k : forall l, (forall m, (length m = length l + k)%nat -> (degl deg l <= degl deg m)%nat -> F m = 0) -> every k l = 0.
Proof.
  induction k; intros l H; simpl. apply H; lia.
  rewrite <- (sumf_zero idx). apply sumf_ext. intros i _. apply IHk. intros m Hm Hd.
  apply H. simpl in Hm; lia. simpl in Hd; lia.
Qed.
Lemma inner_every k : forall l, inner idx deg D k l F = every k l.
Proof.
  induction k; intros l; simpl; destruct (Nat.ltb_spec (degl deg l) D) as [H|H]; auto.
  - symmetry; auto.
  - apply sumf_ext; auto.
  - symmetry. rewrite <- (sumf_zero idx). apply sumf_ext. intros i _. apply every_zero.
    intros m _ Hd. apply F_deg. simpl in Hd. lia.
Qed.

Lemma ser_cut (f : nat -> R) n m : (m <= n)%nat -> (forall k, (m <= k)%nat -> f k = 0) -> ser f n 1 = ser f m 1.
Proof. induction 1; intros H1; auto. simpl. rewrite IHle, H1 by auto. ring. Qed.

Lemma total_second : (2 <= D)%nat -> (forall l, (3 <= length l)%nat -> F l = 0) ->
  total idx deg D F = F [] + sumf idx (fun i => F [i]) + / 2 * sumf idx (fun i => sumf idx (fun j => F [j; i])).
Proof.
  intros HD H. unfold total. rewrite (ser_ext _ (fun k => every k nil)) by (intros; apply inner_every).
  rewrite (ser_cut _ (S D) 3) by (try lia; intros k Hk; apply every_zero; simpl; intros m Hm _; apply H; lia).
  simpl. field.
Qed.
Lemma total_fourth : (4 <= D)%nat -> (forall l, (5 <= length l)%nat -> F l = 0) ->
  total idx deg D F = F [] + sumf idx (fun i => F [i]) + / 2 * sumf idx (fun i => sumf idx (fun j => F [j; i]))
    + / 6 * sumf idx (fun i => sumf idx (fun j => sumf idx (fun k => F [k; j; i])))
    + / 24 * sumf idx (fun i => sumf idx (fun j => sumf idx (fun k => sumf idx (fun n => F [n; k; j; i])))).
Proof.
  intros HD H. unfold total. rewrite (ser_ext _ (fun k => every k nil)) by (intros; apply inner_every).
  rewrite (ser_cut _ (S D) 5) by (try lia; intros k Hk; apply every_zero; simpl; intros m Hm _; apply H; lia).
  simpl. field.
Qed.
End Second.
