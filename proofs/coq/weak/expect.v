(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Expectation as a positive, normalised linear functional on a linear class of integrable functions:
   all that the weak theorems need of probability. *)
From Coq Require Import Reals Lra Psatz List FunctionalExtensionality.
From Optcert.Weak Require Import sums.
Open Scope R_scope.

Record expectation (Om : Type) := {
  ex : (Om -> R) -> R;
  intg : (Om -> R) -> Prop;
  intg_one : intg (fun _ => 1);
  intg_lin : forall a b f g, intg f -> intg g -> intg (fun o => a * f o + b * g o);
  ex_lin : forall a b f g, intg f -> intg g -> ex (fun o => a * f o + b * g o) = a * ex f + b * ex g;
  ex_mono : forall f g, intg f -> intg g -> (forall o, f o <= g o) -> ex f <= ex g;
  ex_one : ex (fun _ => 1) = 1 }.
Arguments ex {Om}. Arguments intg {Om}. Arguments intg_one {Om}. Arguments intg_lin {Om}.
Arguments ex_lin {Om}. Arguments ex_mono {Om}. Arguments ex_one {Om}.

Section Calculus.
Context {Om : Type} (E : expectation Om).

Lemma intg_ext f g : (forall o, f o = g o) -> intg E f -> intg E g.
Proof. intros H. now rewrite (functional_extensionality f g H). Qed.

Lemma ex_ext f g : (forall o, f o = g o) -> ex E f = ex E g.
Proof. intros H. now rewrite (functional_extensionality f g H). Qed.

Lemma intg_scal a f : intg E f -> intg E (fun o => a * f o).
Proof. intros H. apply (intg_ext (fun o => a * f o + 0 * f o)). intros; ring. now apply intg_lin. Qed.

Lemma ex_scal a f : intg E f -> ex E (fun o => a * f o) = a * ex E f.
Proof.
  intros H. rewrite (ex_ext _ (fun o => a * f o + 0 * f o)) by (intros; ring).
  rewrite ex_lin by auto. ring.
Qed.

Lemma intg_plus f g : intg E f -> intg E g -> intg E (fun o => f o + g o).
Proof. intros. apply (intg_ext (fun o => 1 * f o + 1 * g o)). intros; ring. now apply intg_lin. Qed.

Lemma ex_plus f g : intg E f -> intg E g -> ex E (fun o => f o + g o) = ex E f + ex E g.
Proof.
  intros. rewrite (ex_ext _ (fun o => 1 * f o + 1 * g o)) by (intros; ring).
  rewrite ex_lin by auto. ring.
Qed.

Lemma intg_minus f g : intg E f -> intg E g -> intg E (fun o => f o - g o).
Proof. intros. apply (intg_ext (fun o => 1 * f o + -1 * g o)). intros; ring. now apply intg_lin. Qed.

Lemma ex_minus f g : intg E f -> intg E g -> ex E (fun o => f o - g o) = ex E f - ex E g.
Proof.
  intros. rewrite (ex_ext _ (fun o => 1 * f o + -1 * g o)) by (intros; ring).
  rewrite ex_lin by auto. ring.
Qed.

Lemma intg_const c : intg E (fun _ => c).
Proof. apply (intg_ext (fun _ => c * 1)). intros; ring. apply intg_scal, intg_one. Qed.

Lemma ex_const c : ex E (fun _ => c) = c.
Proof.
  rewrite (ex_ext _ (fun _ => c * 1)) by (intros; ring).
  rewrite ex_scal, ex_one by apply intg_one. ring.
Qed.

Lemma intg_sumf {I} (l : list I) (f : I -> Om -> R) : (forall i, In i l -> intg E (f i)) -> intg E (fun o => sumf l (fun i => f i o)).
Proof. induction l; simpl; intros H. apply intg_const. apply intg_plus; auto. Qed.

Lemma ex_sumf {I} (l : list I) (f : I -> Om -> R) : (forall i, In i l -> intg E (f i)) ->
  ex E (fun o => sumf l (fun i => f i o)) = sumf l (fun i => ex E (f i)).
Proof.
  induction l; simpl; intros H. apply ex_const.
  rewrite ex_plus by (auto using intg_sumf). rewrite IHl by auto. reflexivity.
Qed.

Lemma ex_abs f g : intg E f -> intg E g -> (forall o, Rabs (f o) <= g o) -> Rabs (ex E f) <= ex E g.
Proof.
  intros Hf Hg H. apply Rabs_le. split.
  - replace (- ex E g) with (-1 * ex E g) by ring. rewrite <- ex_scal by auto.
    apply ex_mono; auto using intg_scal. intros o. specialize (H o). apply abs_le_inv in H. lra.
  - apply ex_mono; auto. intros o. specialize (H o). apply abs_le_inv in H. lra.
Qed.

Lemma ex_dist f g b : intg E f -> intg E g -> intg E b -> (forall o, Rabs (f o - g o) <= b o) ->
  Rabs (ex E f - ex E g) <= ex E b.
Proof. intros. rewrite <- ex_minus by auto. apply ex_abs; auto using intg_minus. Qed.

Lemma ex_le_const f c : intg E f -> (forall o, f o <= c) -> ex E f <= c.
Proof. intros. rewrite <- (ex_const c). apply ex_mono; auto using intg_const. Qed.

Lemma ex_ge_const f c : intg E f -> (forall o, c <= f o) -> c <= ex E f.
Proof. intros. rewrite <- (ex_const c) at 1. apply ex_mono; auto using intg_const. Qed.

End Calculus.

(* The fair sign: the smallest law that shows the hypotheses of the theorems satisfiable. *)
Definition coin : expectation bool.
Proof.
  refine {| ex := fun f => (f true + f false) / 2; intg := fun _ => True |}; auto.
  - intros; field.
  - intros f g _ _ H. pose proof (H true). pose proof (H false). lra.
  - field.
Defined.
