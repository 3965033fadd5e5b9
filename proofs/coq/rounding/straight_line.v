(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Any straight-line code of additions, subtractions and multiplications: one error bound for all, from the code's tree.

      |computed - real| <= (exp (cost e) - 1) size e + under e

    cost: u per operation, products add, sums take the larger; size: the expression with every term's absolute value;
    under: what gradual underflow can lose. A leaf is a stored number c that stands for a real r to a relative error a. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation.
Open Scope R_scope.

Section StraightLine.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).

Inductive expr := Leaf (c r a : R) | Plus (s t : expr) | Minus (s t : expr) | Times (s t : expr).

Fixpoint computed e := match e with
  | Leaf c _ _ => c | Plus s t => fl (computed s + computed t) | Minus s t => fl (computed s - computed t)
  | Times s t => fl (computed s * computed t) end.
Fixpoint real e := match e with
  | Leaf _ r _ => r | Plus s t => real s + real t | Minus s t => real s - real t | Times s t => real s * real t end.
Fixpoint size e := match e with
  | Leaf _ r _ => Rabs r | Plus s t | Minus s t => size s + size t | Times s t => size s * size t end.
Fixpoint cost e := match e with
  | Leaf _ _ a => a | Plus s t | Minus s t => Rmax (cost s) (cost t) + u | Times s t => cost s + cost t + u end.
Fixpoint under e := match e with
  | Leaf _ _ _ => 0 | Plus s t | Minus s t => exp u * (under s + under t)
  | Times s t => exp u * (exp (cost s) * size s * under t + exp (cost t) * size t * under s + under s * under t) + tiny end.
Fixpoint wf e := match e with
  | Leaf c r a => F c /\ 0 <= a /\ Rel a c r | Plus s t | Minus s t | Times s t => wf s /\ wf t end.

Lemma wf_F e : wf e -> F (computed e).
Proof. destruct e; simpl; try (intros; now apply F_fl). now intros (H & _). Qed.
Lemma size_nonneg e : 0 <= size e.
Proof. induction e; simpl; try lra. apply Rabs_pos. now apply Rmult_le_pos. Qed.
Lemma real_le_size e : Rabs (real e) <= size e.
Proof.
  induction e; simpl.
  - lra.
  - eapply Rle_trans; [apply Rabs_triang|]. lra.
  - eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra.
  - rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos.
Qed.
Lemma cost_nonneg e : wf e -> 0 <= cost e.
Proof.
  pose proof (u_pos prec). induction e; simpl; intros W.
  - tauto.
  - destruct W as [W _]. specialize (IHe1 W). pose proof (Rmax_l (cost e1) (cost e2)). lra.
  - destruct W as [W _]. specialize (IHe1 W). pose proof (Rmax_l (cost e1) (cost e2)). lra.
  - destruct W as [W1 W2]. specialize (IHe1 W1). specialize (IHe2 W2). lra.
Qed.
Lemma under_nonneg e : 0 <= under e.
Proof.
  pose proof (exp_pos u). pose proof (tiny_pos emin). induction e; simpl; try lra.
  - apply Rmult_le_pos; lra.
  - apply Rmult_le_pos; lra.
  - pose proof (size_nonneg e1). pose proof (size_nonneg e2). pose proof (exp_pos (cost e1)). pose proof (exp_pos (cost e2)).
    apply Rplus_le_le_0_compat; [|lra]. apply Rmult_le_pos; [lra|].
    repeat apply Rplus_le_le_0_compat; repeat apply Rmult_le_pos; lra.
Qed.

Lemma Err_times a b h k X Y x x' y y' :
  0 <= a -> 0 <= b -> 0 <= X -> 0 <= Y -> 0 <= h -> 0 <= k -> Rabs x' <= X -> Rabs y' <= Y ->
  Err a h X x x' -> Err b k Y y y' -> Err (a + b) (exp a * X * k + exp b * Y * h + h * k) (X * Y) (x * y) (x' * y').
Proof.
  unfold Err. intros Ha Hb HX HY Hh Hk Lx Ly Ex Ey. pose proof (exp_ge_1 a Ha). pose proof (exp_ge_1 b Hb).
  replace (x * y - x' * y') with ((x - x') * y + x' * (y - y')) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite !Rabs_mult, exp_plus.
  assert (By : Rabs y <= exp b * Y + k).
  { replace y with ((y - y') + y') by ring. eapply Rle_trans; [apply Rabs_triang|]. lra. }
  assert (A1 : Rabs (x - x') * Rabs y <= ((exp a - 1) * X + h) * (exp b * Y + k)) by (apply Rmult_le_compat; auto using Rabs_pos).
  assert (A2 : Rabs x' * Rabs (y - y') <= X * ((exp b - 1) * Y + k)) by (apply Rmult_le_compat; auto using Rabs_pos).
  nra.
Qed.

Theorem straight_line_error e : wf e -> Err (cost e) (under e) (size e) (computed e) (real e).
Proof.
  pose proof (u_pos prec) as U. induction e; intros W.
  - destruct W as (_ & Ha & R). simpl. unfold Err. pose proof (Rel_err _ _ _ Ha R). lra.
  - destruct W as [W1 W2]. specialize (IHe1 W1). specialize (IHe2 W2). simpl.
    pose proof (cost_nonneg _ W1). pose proof (cost_nonneg _ W2). pose proof (size_nonneg e1). pose proof (size_nonneg e2).
    apply fl_add_Err; auto using wf_F, real_le_size.
    + pose proof (Rmax_l (cost e1) (cost e2)). lra.
    + apply (Err_mono (cost e1) _ (under e1) _ (size e1)); auto; try lra. split; auto. apply Rmax_l.
    + apply (Err_mono (cost e2) _ (under e2) _ (size e2)); auto; try lra. split; auto. apply Rmax_r.
  - destruct W as [W1 W2]. specialize (IHe1 W1). specialize (IHe2 W2). simpl.
    pose proof (cost_nonneg _ W1). pose proof (cost_nonneg _ W2). pose proof (size_nonneg e1). pose proof (size_nonneg e2).
    unfold Rminus at 1 2. apply fl_add_Err; auto using wf_F, real_le_size, F_opp.
    + pose proof (Rmax_l (cost e1) (cost e2)). lra.
    + rewrite Rabs_Ropp. apply real_le_size.
    + apply (Err_mono (cost e1) _ (under e1) _ (size e1)); auto; try lra. split; auto. apply Rmax_l.
    + assert (N : Err (cost e2) (under e2) (size e2) (- computed e2) (- real e2)).
      { unfold Err in *. replace (- computed e2 - - real e2) with (- (computed e2 - real e2)) by ring. now rewrite Rabs_Ropp. }
      apply (Err_mono (cost e2) _ (under e2) _ (size e2)); auto; try lra. split; auto. apply Rmax_r.
  - destruct W as [W1 W2]. specialize (IHe1 W1). specialize (IHe2 W2). simpl.
    pose proof (cost_nonneg _ W1). pose proof (cost_nonneg _ W2).
    apply fl_Err; auto.
    + lra.
    + rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos, real_le_size.
    + apply Err_times; auto using size_nonneg, under_nonneg, real_le_size.
Qed.

(** With names: the code f, the real value r, at most n for the cost. *)
Corollary straight_line e f r n X : wf e -> f = computed e -> r = real e -> X = size e -> cost e <= n ->
  Err n (under e) X f r.
Proof.
  intros W -> -> -> Hn. pose proof (cost_nonneg _ W). pose proof (size_nonneg e).
  apply (Err_mono (cost e) _ (under e) _ (size e)); try lra. now apply straight_line_error.
Qed.
End StraightLine.
