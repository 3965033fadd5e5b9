(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Finite sums and products over a list of coordinates. *)
From Coq Require Import Reals Lra Psatz List.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.

Lemma abs_mult_le a b a' b' : Rabs a <= a' -> Rabs b <= b' -> Rabs (a * b) <= a' * b'.
Proof. intros. rewrite Rabs_mult. apply Rmult_le_compat; auto using Rabs_pos. Qed.

Lemma abs_plus_le a b a' b' : Rabs a <= a' -> Rabs b <= b' -> Rabs (a + b) <= a' + b'.
Proof. intros. eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.

Lemma abs_minus_le a b a' b' : Rabs a <= a' -> Rabs b <= b' -> Rabs (a - b) <= a' + b'.
Proof. intros. unfold Rminus. apply abs_plus_le; auto. now rewrite Rabs_Ropp. Qed.

Lemma abs_opp_le a a' : Rabs a <= a' -> Rabs (- a) <= a'.
Proof. now rewrite Rabs_Ropp. Qed.

Lemma abs_pos_le a : 0 <= a -> Rabs a <= a.
Proof. intros; rewrite Rabs_pos_eq; lra. Qed.

Lemma abs_pow_le a a' n : Rabs a <= a' -> Rabs (a ^ n) <= a' ^ n.
Proof. intros. rewrite <- RPow_abs. apply pow_incr. split; auto using Rabs_pos. Qed.

Lemma abs_le_inv a b : Rabs a <= b -> - b <= a <= b.
Proof. unfold Rabs; destruct (Rcase_abs a); lra. Qed.

Lemma pow_ge_1 a n : 1 <= a -> 1 <= a ^ n.
Proof. intros. now apply pow_R1_Rle. Qed.

Lemma pow_le_1 a n : 0 <= a <= 1 -> 0 <= a ^ n <= 1.
Proof. intros H. split. now apply pow_le. rewrite <- (pow1 n). now apply pow_incr. Qed.

Lemma pow_anti a m n : 0 <= a <= 1 -> (m <= n)%nat -> a ^ n <= a ^ m.
Proof.
  intros Ha Hmn. replace n with (m + (n - m))%nat by lia. rewrite pow_add.
  rewrite <- (Rmult_1_r (a ^ m)) at 2. apply Rmult_le_compat_l. now apply pow_le. now apply pow_le_1.
Qed.

(* Products, sums and powers of non-negative factors; what is left must be linear. *)
Ltac mpos := repeat match goal with
  | |- 0 <= _ * _ => apply Rmult_le_pos
  | |- 0 <= _ + _ => apply Rplus_le_le_0_compat
  | |- 0 <= _ ^ 2 => apply pow2_ge_0
  | |- 0 <= _ ^ _ => apply pow_le end; auto; try lra.

Section Sum.
Context {I : Type}.
Implicit Types (l : list I) (f g : I -> R).

Fixpoint sumf l f : R := match l with nil => 0 | i :: r => f i + sumf r f end.

Lemma sumf_ext l f g : (forall i, In i l -> f i = g i) -> sumf l f = sumf l g.
Proof. induction l; simpl; intros H; auto. rewrite IHl, H; auto. Qed.

Lemma sumf_lin l a b f g : sumf l (fun i => a * f i + b * g i) = a * sumf l f + b * sumf l g.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma sumf_plus l f g : sumf l (fun i => f i + g i) = sumf l f + sumf l g.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma sumf_minus l f g : sumf l (fun i => f i - g i) = sumf l f - sumf l g.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma sumf_scal l a f : sumf l (fun i => a * f i) = a * sumf l f.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma sumf_scal_r l a f : sumf l (fun i => f i * a) = sumf l f * a.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma sumf_zero l : sumf l (fun _ => 0) = 0.
Proof. induction l; simpl; lra. Qed.

Lemma sumf_le l f g : (forall i, In i l -> f i <= g i) -> sumf l f <= sumf l g.
Proof. induction l; simpl; intros H. lra. apply Rplus_le_compat; auto. Qed.

Lemma sumf_pos l f : (forall i, In i l -> 0 <= f i) -> 0 <= sumf l f.
Proof. intros H. rewrite <- (sumf_zero l). now apply sumf_le. Qed.

Lemma sumf_const l c : sumf l (fun _ => c) = INR (length l) * c.
Proof. induction l. simpl; ring. simpl sumf. rewrite IHl. change (length (a :: l)) with (S (length l)). rewrite S_INR. ring. Qed.

Lemma sumf_le_const l f c : (forall i, In i l -> f i <= c) -> sumf l f <= INR (length l) * c.
Proof. intros. rewrite <- sumf_const. now apply sumf_le. Qed.

Lemma sumf_abs l f : Rabs (sumf l f) <= sumf l (fun i => Rabs (f i)).
Proof. induction l; simpl. rewrite Rabs_R0; lra. apply abs_plus_le; lra. Qed.

Lemma sumf_abs_le l f g : (forall i, In i l -> Rabs (f i) <= g i) -> Rabs (sumf l f) <= sumf l g.
Proof. intros. eapply Rle_trans; [apply sumf_abs|]. now apply sumf_le. Qed.

Lemma sumf_term l f i : In i l -> (forall j, In j l -> 0 <= f j) -> f i <= sumf l f.
Proof.
  induction l; simpl; intros Hi Hp. easy. destruct Hi as [->|Hi].
  - assert (0 <= sumf l f) by (apply sumf_pos; auto). lra.
  - assert (0 <= f a) by auto. assert (f i <= sumf l f) by auto. lra.
Qed.

Lemma sumf_app l l' f : sumf (l ++ l') f = sumf l f + sumf l' f.
Proof. induction l; simpl. ring. rewrite IHl; ring. Qed.

Lemma is_derive_sumf l (f : I -> R -> R) (df : I -> R) s :
  (forall i, In i l -> is_derive (f i) s (df i)) ->
  is_derive (fun s => sumf l (fun i => f i s)) s (sumf l df).
Proof.
  induction l; simpl; intros H.
  - apply (is_derive_const 0 s).
  - apply (is_derive_plus (f a) (fun s => sumf l (fun i => f i s))); auto.
Qed.

(* The product of the components of D named by a list. *)
Fixpoint prodv l (D : I -> R) : R := match l with nil => 1 | i :: r => D i * prodv r D end.

End Sum.

Lemma sumf_map {I K : Type} (h : K -> I) (l : list K) (f : I -> R) : sumf (map h l) f = sumf l (fun k => f (h k)).
Proof. induction l; simpl; auto. now rewrite IHl. Qed.
