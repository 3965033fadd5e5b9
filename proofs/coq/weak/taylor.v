(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Graded Taylor expansion with remainder, derived from differentiability.
   A state is a function from coordinates to R; coordinate i has degree deg i (how many powers of sqrt h its
   increment carries). jet l is the partial derivative named by the list l (last differentiation first).
   A branch of the expansion stops as soon as its degree reaches D, so no more smoothness is asked than used. *)
From Coq Require Import Reals Lra Psatz List Lia Factorial FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums.
Import ListNotations.
Open Scope R_scope.

Section MeanValue.
Variables g dg b db : R -> R.
Hypothesis Dg : forall s, 0 <= s <= 1 -> is_derive g s (dg s).
Hypothesis Db : forall s, 0 <= s <= 1 -> is_derive b s (db s).
Hypothesis H : forall s, 0 <= s <= 1 -> Rabs (dg s) <= db s.
Hypothesis g0 : g 0 = 0.
Hypothesis b0 : b 0 = 0.

Lemma mvt_signed (c : R) : Rabs c <= 1 -> forall s, 0 <= s <= 1 -> c * g s <= b s.
Proof.
  intros Hc s Hs.
  destruct (MVT_gen (fun r => b r - c * g r) 0 s (fun r => db r - c * dg r)) as (r & Hr & E).
  - intros r Hr. rewrite Rmin_left, Rmax_right in Hr by lra.
    apply (is_derive_minus b (fun r => c * g r)). apply Db; lra. apply (is_derive_scal g). apply Dg; lra.
  - intros r Hr. rewrite Rmin_left, Rmax_right in Hr by lra.
    apply continuity_pt_filterlim. apply (ex_derive_continuous (fun r => b r - c * g r)).
    exists (db r - c * dg r). apply (is_derive_minus b (fun r => c * g r)). apply Db; lra. apply (is_derive_scal g). apply Dg; lra.
  - rewrite Rmin_left, Rmax_right in Hr by lra. rewrite g0, b0 in E.
    assert (0 <= (db r - c * dg r) * (s - 0)).
    { apply Rmult_le_pos; [|lra]. specialize (H r ltac:(lra)).
      assert (Rabs (c * dg r) <= 1 * db r) by (apply abs_mult_le; auto).
      apply abs_le_inv in H0. lra. }
    lra.
Qed.

Lemma mvt_bound s : 0 <= s <= 1 -> Rabs (g s) <= b s.
Proof.
  intros Hs. apply Rabs_le. split.
  - assert (K := mvt_signed (-1) ltac:(rewrite Rabs_left; lra) s Hs). lra.
  - assert (K := mvt_signed 1 ltac:(rewrite Rabs_R1; lra) s Hs). lra.
Qed.
End MeanValue.

Section Taylor.
Context {I : Type}.
Variable idx : list I.
Variable deg : I -> nat.
Variable D : nat.
(* Every coordinate has positive degree, so D differentiations reach degree D. *)
Hypothesis deg_pos : forall i, (1 <= deg i)%nat.

Definition state := I -> R.
Definition add (x d : state) : state := fun i => x i + d i.
Definition along (x d : state) (s : R) : state := fun i => x i + s * d i.

Lemma along_0 x d : along x d 0 = x.
Proof. apply functional_extensionality; intros i; unfold along; ring. Qed.
Lemma along_1 x d : along x d 1 = add x d.
Proof. apply functional_extensionality; intros i; unfold along, add; ring. Qed.

(* G is the gradient of F along the segment from x to x + d. *)
Definition diff_along (F : state -> R) (G : I -> state -> R) (x d : state) : Prop :=
  forall s, 0 <= s <= 1 ->
    is_derive (fun s => F (along x d s)) s (sumf idx (fun i => G i (along x d s) * d i)).

Fixpoint degl (l : list I) : nat := match l with nil => O | i :: r => (deg i + degl r)%nat end.

(* Sums over the lists reached from l by k more differentiations: those still below degree D (inner),
   those that have just reached it (leaf). *)
Fixpoint inner (k : nat) (l : list I) (F : list I -> R) : R :=
  if (degl l <? D)%nat then
    match k with O => F l | S k => sumf idx (fun i => inner k (i :: l) F) end
  else 0.

Fixpoint leaf (k : nat) (l : list I) (F : list I -> R) : R :=
  if (degl l <? D)%nat then
    match k with O => 0 | S k => sumf idx (fun i => leaf k (i :: l) F) end
  else match k with O => F l | S _ => 0 end.

(* Sum of F_k s^k/k! for k < n. *)
Fixpoint ser (F : nat -> R) (n : nat) (s : R) : R :=
  match n with O => 0 | S n => ser F n s + F n * (s ^ n / INR (fact n)) end.

Lemma ser_0 F n : ser F (S n) 0 = F O.
Proof.
  induction n. simpl; field.
  change (ser F (S (S n)) 0) with (ser F (S n) 0 + F (S n) * (0 ^ S n / INR (fact (S n)))).
  rewrite IHn. simpl (0 ^ S n). unfold Rdiv. ring.
Qed.

Lemma ser_derive F n s : is_derive (ser F (S n)) s (ser (fun k => F (S k)) n s).
Proof.
  induction n.
  - apply (is_derive_ext (fun _ => F O)). intros t; simpl; field. apply (is_derive_const (F O) s).
  - apply (is_derive_plus (ser F (S n)) (fun t => F (S n) * (t ^ S n / INR (fact (S n))))). apply IHn.
    apply (is_derive_scal (fun t => t ^ S n / INR (fact (S n))) s (F (S n)) (s ^ n / INR (fact n))).
    replace (s ^ n / INR (fact n)) with (/ INR (fact (S n)) * (INR (S n) * 1 * s ^ pred (S n))).
    + apply (is_derive_ext (fun t => / INR (fact (S n)) * t ^ S n)). intros t; apply Rmult_comm.
      apply (is_derive_scal (fun t => t ^ S n)). apply (is_derive_pow (fun t => t) (S n) s 1). apply (is_derive_id (K := R_AbsRing) s).
    + rewrite fact_simpl, mult_INR. assert (0 < INR (fact n)) by apply INR_fact_lt_0.
      assert (0 < INR (S n)) by apply lt_0_INR, Nat.lt_0_succ. simpl pred. field. lra.
Qed.

Lemma ser_ext F G n s : (forall k, (k < n)%nat -> F k = G k) -> ser F n s = ser G n s.
Proof. induction n; simpl; intros H; auto. rewrite IHn, H; auto. Qed.

Lemma ser_sumf (F : nat -> I -> R) n s :
  ser (fun k => sumf idx (F k)) n s = sumf idx (fun i => ser (fun k => F k i) n s).
Proof.
  induction n; simpl. symmetry; apply sumf_zero.
  rewrite IHn, <- sumf_scal_r, <- sumf_plus. apply sumf_ext; intros; ring.
Qed.

Lemma ser_zero n s : ser (fun _ => 0) n s = 0.
Proof. induction n; simpl; auto. rewrite IHn; ring. Qed.

Lemma inner_stop k l F : (D <= degl l)%nat -> inner k l F = 0.
Proof. intros H. destruct k; simpl; destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma inner_S k l F : (degl l < D)%nat -> inner (S k) l F = sumf idx (fun i => inner k (i :: l) F).
Proof. intros H. simpl. destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma inner_O l F : (degl l < D)%nat -> inner 0 l F = F l.
Proof. intros H. simpl. destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma leaf_stop_S k l F : (D <= degl l)%nat -> leaf (S k) l F = 0.
Proof. intros H. simpl; destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma leaf_stop_O l F : (D <= degl l)%nat -> leaf 0 l F = F l.
Proof. intros H. simpl; destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma leaf_S k l F : (degl l < D)%nat -> leaf (S k) l F = sumf idx (fun i => leaf k (i :: l) F).
Proof. intros H. simpl. destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.
Lemma leaf_O l F : (degl l < D)%nat -> leaf 0 l F = 0.
Proof. intros H. simpl. destruct (Nat.ltb_spec (degl l) D); auto; lia. Qed.

Lemma ser_stop_leaf n l F s : (D <= degl l)%nat -> ser (fun k => leaf k l F) (S n) s = F l.
Proof.
  intros H. induction n.
  - cbn [ser]. rewrite leaf_stop_O by auto. simpl. field.
  - change (ser (fun k => leaf k l F) (S (S n)) s)
      with (ser (fun k => leaf k l F) (S n) s + leaf (S n) l F * (s ^ S n / INR (fact (S n)))).
    rewrite IHn, leaf_stop_S by auto. ring.
Qed.

Definition is_leaf (l : list I) := (D <= degl l)%nat /\ (degl (tl l) < D)%nat /\ incl l idx.

Variable J : list I -> state -> R.
Variables x d : state.
Hypothesis smooth : forall l, incl l idx -> (degl l < D)%nat -> diff_along (J l) (fun i => J (i :: l)) x d.
Variable Y : list I -> R.
Hypothesis leaf_bound : forall l s, is_leaf l -> 0 <= s <= 1 -> Rabs (J l (along x d s) * prodv l d) <= Y l.

Let P (l : list I) := J l x * prodv l d.

Lemma taylor_from K : forall l s, (D <= degl l + K)%nat -> (degl (tl l) < D)%nat -> incl l idx -> 0 <= s <= 1 ->
  Rabs (J l (along x d s) * prodv l d - ser (fun k => inner k l P) (S K) s) <= ser (fun k => leaf k l Y) (S K) s.
Proof.
  induction K; intros l s Hl Ht Hi Hs; destruct (Nat.lt_ge_cases (degl l) D) as [Hd|Hd]; try lia.
  - rewrite ser_stop_leaf by auto. cbn [ser]. rewrite inner_stop by auto.
    replace (_ - _) with (J l (along x d s) * prodv l d) by ring. apply leaf_bound; auto. split; auto.
  - apply (mvt_bound (fun s => J l (along x d s) * prodv l d - ser (fun k => inner k l P) (S (S K)) s)
      (fun s => sumf idx (fun i => J (i :: l) (along x d s) * prodv (i :: l) d - ser (fun k => inner k (i :: l) P) (S K) s))
      (ser (fun k => leaf k l Y) (S (S K)))
      (fun s => sumf idx (fun i => ser (fun k => leaf k (i :: l) Y) (S K) s))); auto.
    + intros r Hr. rewrite sumf_minus.
      apply (is_derive_minus (fun r => J l (along x d r) * prodv l d) (ser (fun k => inner k l P) (S (S K)))).
      * replace (sumf idx (fun i => J (i :: l) (along x d r) * prodv (i :: l) d))
          with (sumf idx (fun i => J (i :: l) (along x d r) * d i) * prodv l d)
          by (rewrite <- sumf_scal_r; apply sumf_ext; intros; simpl; ring).
        apply (is_derive_ext (fun r => prodv l d * J l (along x d r))). intros; apply Rmult_comm.
        rewrite Rmult_comm. apply (is_derive_scal (fun r => J l (along x d r))). now apply smooth.
      * rewrite <- ser_sumf.
        rewrite (ser_ext _ (fun k => inner (S k) l P)) by (intros; now rewrite inner_S). apply ser_derive.
    + intros r Hr. rewrite <- ser_sumf.
      rewrite (ser_ext _ (fun k => leaf (S k) l Y)) by (intros; now rewrite leaf_S). apply ser_derive.
    + intros r Hr. apply sumf_abs_le. intros i Ii. apply IHK; auto. simpl; specialize (deg_pos i); lia. now apply incl_cons.
    + rewrite ser_0, inner_O, along_0 by auto. unfold P; ring.
    + rewrite ser_0, leaf_O; auto.
  - rewrite ser_stop_leaf by auto. rewrite (ser_ext _ (fun _ => 0)), ser_zero by (intros; now apply inner_stop).
    rewrite Rminus_0_r. apply leaf_bound; auto. split; auto.
Qed.
End Taylor.

Section Expansion.
Context {I : Type}.
Variables (idx : list I) (deg : I -> nat) (D : nat).
Hypothesis D_pos : (0 < D)%nat.
Hypothesis deg_pos : forall i, (1 <= deg i)%nat.

Definition total (F : list I -> R) := ser (fun k => inner idx deg D k nil F) (S D) 1.
Definition boundary (F : list I -> R) := ser (fun k => leaf idx deg D k nil F) (S D) 1.

Theorem taylor J x d Y :
  (forall l, incl l idx -> (degl deg l < D)%nat -> diff_along idx (J l) (fun i => J (i :: l)) x d) ->
  (forall l s, is_leaf idx deg D l -> 0 <= s <= 1 -> Rabs (J l (along x d s) * prodv l d) <= Y l) ->
  Rabs (J nil (add x d) - total (fun l => J l x * prodv l d)) <= boundary Y.
Proof.
  intros S B. rewrite <- along_1.
  replace (J nil (along x d 1)) with (J nil (along x d 1) * prodv nil d) by (simpl; ring).
  apply (taylor_from idx deg D deg_pos J x d S Y B D nil 1).
  - simpl; lia.
  - simpl; lia.
  - intros a [].
  - lra.
Qed.

(* The two sums are positive linear functionals of F; only lists over idx matter. *)
Lemma ser_le F G n : (forall k, (k < n)%nat -> F k <= G k) -> ser F n 1 <= ser G n 1.
Proof.
  induction n; simpl; intros H. lra. apply Rplus_le_compat; auto.
  apply Rmult_le_compat_r; auto. rewrite pow1. left. apply Rdiv_lt_0_compat. lra. apply INR_fact_lt_0.
Qed.
Lemma ser_lin a b F G n s : ser (fun k => a * F k + b * G k) n s = a * ser F n s + b * ser G n s.
Proof. induction n; simpl. ring. rewrite IHn; ring. Qed.

Lemma inner_le k : forall l F G, incl l idx -> (forall l, incl l idx -> (degl deg l < D)%nat -> F l <= G l) ->
  inner idx deg D k l F <= inner idx deg D k l G.
Proof.
  induction k; intros l F G Hl H; simpl; destruct (Nat.ltb_spec (degl deg l) D); try lra; auto.
  apply sumf_le. intros; apply IHk; auto. now apply incl_cons.
Qed.
Lemma leaf_le k : forall l F G, incl l idx -> (degl deg (tl l) < D)%nat -> (forall l, is_leaf idx deg D l -> F l <= G l) ->
  leaf idx deg D k l F <= leaf idx deg D k l G.
Proof.
  induction k; intros l F G Hl Ht H; simpl; destruct (Nat.ltb_spec (degl deg l) D); try lra; auto.
  - apply H; split; auto.
  - apply sumf_le. intros; apply IHk; auto. now apply incl_cons.
Qed.
Lemma inner_lin k : forall l a b F G,
  inner idx deg D k l (fun l => a * F l + b * G l) = a * inner idx deg D k l F + b * inner idx deg D k l G.
Proof.
  induction k; intros l a b F G; simpl; destruct (degl deg l <? D)%nat; try ring.
  rewrite <- sumf_lin. apply sumf_ext; intros; apply IHk.
Qed.
Lemma leaf_lin k : forall l a b F G,
  leaf idx deg D k l (fun l => a * F l + b * G l) = a * leaf idx deg D k l F + b * leaf idx deg D k l G.
Proof.
  induction k; intros l a b F G; simpl; destruct (degl deg l <? D)%nat; try ring.
  rewrite <- sumf_lin. apply sumf_ext; intros; apply IHk.
Qed.

Lemma total_le F G : (forall l, incl l idx -> (degl deg l < D)%nat -> F l <= G l) -> total F <= total G.
Proof. intros H. apply ser_le. intros k _. apply inner_le; auto. intros a []. Qed.
Lemma total_lin a b F G : total (fun l => a * F l + b * G l) = a * total F + b * total G.
Proof.
  unfold total. rewrite <- ser_lin. apply ser_ext; intros. apply inner_lin.
Qed.
Lemma boundary_le F G : (forall l, is_leaf idx deg D l -> F l <= G l) -> boundary F <= boundary G.
Proof. intros H. apply ser_le. intros k _. apply leaf_le; auto. intros a []. Qed.
Lemma boundary_lin a b F G : boundary (fun l => a * F l + b * G l) = a * boundary F + b * boundary G.
Proof.
  unfold boundary. rewrite <- ser_lin. apply ser_ext; intros. apply leaf_lin.
Qed.

Lemma total_ext F G : (forall l, incl l idx -> (degl deg l < D)%nat -> F l = G l) -> total F = total G.
Proof. intros H. apply Rle_antisym; apply total_le; intros; rewrite H; auto; lra. Qed.
Lemma total_abs F G : (forall l, incl l idx -> (degl deg l < D)%nat -> Rabs (F l) <= G l) -> Rabs (total F) <= total G.
Proof.
  intros H. apply Rabs_le. split.
  - replace (- total G) with (total (fun l => -1 * G l + 0 * G l)) by (rewrite total_lin; ring).
    apply total_le. intros l Hl Hd. specialize (H l Hl Hd). apply abs_le_inv in H. lra.
  - apply total_le. intros l Hl Hd. specialize (H l Hl Hd). apply abs_le_inv in H. lra.
Qed.
Lemma total_scal a F : total (fun l => a * F l) = a * total F.
Proof. replace (a * total F) with (a * total F + 0 * total F) by ring. rewrite <- total_lin. apply total_ext; intros; ring. Qed.
Lemma boundary_ext F G : (forall l, is_leaf idx deg D l -> F l = G l) -> boundary F = boundary G.
Proof. intros H. apply Rle_antisym; apply boundary_le; intros; rewrite H; auto; lra. Qed.
Lemma boundary_scal a F : boundary (fun l => a * F l) = a * boundary F.
Proof. replace (a * boundary F) with (a * boundary F + 0 * boundary F) by ring. rewrite <- boundary_lin. apply boundary_ext; intros; ring. Qed.
End Expansion.
