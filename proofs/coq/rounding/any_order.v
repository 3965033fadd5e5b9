(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** Sums of products in any order: dot products, and entries of alpha A x + beta y, for every evaluation tree, with or
    without fused multiply-add, alpha and beta applied wherever the implementation likes.

    |ev t - ex t| <= gamma_N ab t + (1 + gamma_N) under t tiny

    where ex t is the real sum, ab t the sum of the absolute values of its terms, N the depth of the tree (at most the
    number of terms for a dot product, one more for each level of scaling beyond that), and under t counts what gradual
    underflow can lose. So two implementations of one sum differ by twice that at most. *)
From Coq Require Import Reals ZArith Lra Lia List Permutation Psatz.
From Optcert.Rounding Require Import std_model relation.
Open Scope R_scope.

Section Tree.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).

Inductive tree :=
| Leaf (c : R)                (* a stored number: an operand, an initial 0, a sum reloaded from memory *)
| Scale (a : R) (t : tree)    (* fl (a t); a product of two numbers is Scale x (Leaf y) *)
| Fma (a : R) (s t : tree)    (* fl (a s + t), rounded once *)
| Add (s t : tree).           (* fl (s + t) *)

Fixpoint wf t := match t with Leaf c => F c | Scale _ t => wf t | Fma _ s t => wf s /\ wf t | Add s t => wf s /\ wf t end.
Fixpoint ev t := match t with
  | Leaf c => c | Scale a t => fl (a * ev t) | Fma a s t => fl (a * ev s + ev t) | Add s t => fl (ev s + ev t) end.
Fixpoint terms t : list R := match t with
  | Leaf c => c :: nil | Scale a t => map (Rmult a) (terms t)
  | Fma a s t => map (Rmult a) (terms s) ++ terms t | Add s t => terms s ++ terms t end.
Fixpoint depth t := match t with
  | Leaf _ => O | Scale _ t => S (depth t) | Fma _ s t => S (Nat.max (depth s) (depth t))
  | Add s t => S (Nat.max (depth s) (depth t)) end.
(** factors on the longest chain of products: 1 in a dot product, 2 when alpha or beta is applied as well *)
Fixpoint factors t := match t with
  | Leaf _ => O | Scale _ t => S (factors t) | Fma _ s t => Nat.max (S (factors s)) (factors t)
  | Add s t => Nat.max (factors s) (factors t) end.
Fixpoint under t := match t with
  | Leaf _ => 0 | Scale a t => Rabs a * under t + 1 | Fma a s t => Rabs a * under s + under t + 1
  | Add s t => under s + under t end.

Definition sum (l : list R) := fold_right Rplus 0 l.
Definition ex t := sum (terms t).
Definition ab t := sum (map Rabs (terms t)).

Lemma sum_app l1 l2 : sum (l1 ++ l2) = sum l1 + sum l2.
Proof. unfold sum. induction l1; simpl; [ring|]. rewrite IHl1. ring. Qed.
Lemma sum_perm l1 l2 : Permutation l1 l2 -> sum l1 = sum l2.
Proof. unfold sum; induction 1; simpl in *; lra. Qed.
Lemma sum_map_mult a l : sum (map (Rmult a) l) = a * sum l.
Proof. unfold sum. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.
Lemma abs_map_mult a l : sum (map Rabs (map (Rmult a) l)) = Rabs a * sum (map Rabs l).
Proof. unfold sum. induction l; simpl; [ring|]. rewrite IHl, Rabs_mult. ring. Qed.
Lemma sum_abs_nonneg l : 0 <= sum (map Rabs l).
Proof. unfold sum. induction l; simpl; [lra|]. pose proof (Rabs_pos a). lra. Qed.
Lemma abs_sum_le l : Rabs (sum l) <= sum (map Rabs l).
Proof. unfold sum. induction l; simpl; [rewrite Rabs_R0; lra|]. eapply Rle_trans; [apply Rabs_triang|]. lra. Qed.
Lemma ab_nonneg t : 0 <= ab t. Proof. apply sum_abs_nonneg. Qed.
Lemma ex_le_ab t : Rabs (ex t) <= ab t. Proof. apply abs_sum_le. Qed.
Lemma under_nonneg t : 0 <= under t.
Proof.
  induction t; simpl; try lra.
  - pose proof (Rmult_le_pos _ _ (Rabs_pos a) IHt). lra.
  - pose proof (Rmult_le_pos _ _ (Rabs_pos a) IHt1). lra.
Qed.
Lemma wf_F t : wf t -> F (ev t).
Proof. destruct t; simpl; auto; intros; now apply F_fl. Qed.

Let U1 : 1 <= 1 + u. Proof. pose proof (u_pos prec). lra. Qed.
Lemma pow_ge_1 n : 1 <= (1 + u) ^ n. Proof. now apply pow_R1_Rle. Qed.

(** x is X known to k roundings relative to a, and h units of underflow. *)
Definition within k a h x X := Rabs (x - X) <= ((1 + u) ^ k - 1) * a + (1 + u) ^ k * (h * tiny).
Lemma within_mono j k a h x X : (j <= k)%nat -> 0 <= a -> 0 <= h -> within j a h x X -> within k a h x X.
Proof.
  unfold within. intros Hjk Ha Hh H. pose proof (tiny_pos emin).
  assert ((1 + u) ^ j <= (1 + u) ^ k) by (apply Rle_pow; auto). assert (0 <= h * tiny) by (apply Rmult_le_pos; lra).
  assert (((1 + u) ^ j - 1) * a <= ((1 + u) ^ k - 1) * a) by (apply Rmult_le_compat_r; lra).
  assert ((1 + u) ^ j * (h * tiny) <= (1 + u) ^ k * (h * tiny)) by (apply Rmult_le_compat_r; lra). lra.
Qed.
Lemma within_add k a b h g x X y Y : within k a h x X -> within k b g y Y -> within k (a + b) (h + g) (x + y) (X + Y).
Proof.
  unfold within. intros A B. replace (x + y - (X + Y)) with ((x - X) + (y - Y)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. lra.
Qed.
Lemma within_scale c k a h x X : within k a h x X -> within k (Rabs c * a) (Rabs c * h) (c * x) (c * X).
Proof.
  unfold within. intros A. replace (c * x - c * X) with (c * (x - X)) by ring. rewrite Rabs_mult.
  pose proof (Rmult_le_compat_l _ _ _ (Rabs_pos c) A). lra.
Qed.
(** one more rounding; n = 1 when it can underflow, 0 when it cannot *)
Lemma within_round k a h n x X d e :
  within k a h x X -> Rabs X <= a -> 0 <= a -> 0 <= h -> 0 <= n -> Rabs d <= u -> Rabs e <= n * tiny ->
  within (S k) a (h + n) (x * (1 + d) + e) X.
Proof.
  unfold within. intros H Hx Ha Hh Hn Hd Hee. pose proof (u_pos prec) as up. pose proof (tiny_pos emin) as tp.
  pose proof (pow_ge_1 k) as P. pose proof (pow_ge_1 (S k)) as P'.
  replace (x * (1 + d) + e - X) with ((x - X) * (1 + d) + X * d + e) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. eapply Rle_trans; [apply Rplus_le_compat_r, Rabs_triang|].
  rewrite !Rabs_mult.
  assert (D : Rabs (1 + d) <= 1 + u) by (eapply Rle_trans; [apply Rabs_triang | rewrite Rabs_R1; lra]).
  assert (A1 : Rabs (x - X) * Rabs (1 + d) <= (((1 + u) ^ k - 1) * a + (1 + u) ^ k * (h * tiny)) * (1 + u))
    by (apply Rmult_le_compat; auto using Rabs_pos).
  assert (A2 : Rabs X * Rabs d <= a * u) by (apply Rmult_le_compat; auto using Rabs_pos).
  assert (A3 : 0 <= n * tiny) by (apply Rmult_le_pos; lra).
  assert (A4 : n * tiny <= (1 + u) ^ S k * (n * tiny)).
  { rewrite <- (Rmult_1_l (n * tiny)) at 1. apply Rmult_le_compat_r; lra. }
  simpl in *. nra.
Qed.

Theorem tree_error t : wf t -> within (depth t) (ab t) (under t) (ev t) (ex t).
Proof.
  assert (R1 : forall k a h x X, within k a h x X -> Rabs X <= a -> 0 <= a -> 0 <= h -> within (S k) a (h + 1) (fl x) X).
  { intros k a h x X H Hx Ha Hh. destruct (fl_model prec emin Hp x) as (d & e & Hd & Hee & _ & ->).
    apply within_round; auto; try lra. now apply sharp_le_u. }
  induction t; intros W; simpl ev; simpl depth; simpl under.
  - unfold within, ex; simpl. replace (c - (c + 0)) with 0 by ring. rewrite Rabs_R0. lra.
  - specialize (IHt W). replace (ex (Scale a t)) with (a * ex t) by (unfold ex; simpl; now rewrite sum_map_mult).
    replace (ab (Scale a t)) with (Rabs a * ab t) by (unfold ab; simpl; now rewrite abs_map_mult).
    apply R1; auto using within_scale.
    + rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos | apply ex_le_ab].
    + apply Rmult_le_pos; [apply Rabs_pos | apply ab_nonneg].
    + apply Rmult_le_pos; [apply Rabs_pos | apply under_nonneg].
  - destruct W as [W1 W2]. specialize (IHt1 W1). specialize (IHt2 W2).
    replace (ex (Fma a t1 t2)) with (a * ex t1 + ex t2) by (unfold ex; simpl; now rewrite sum_app, sum_map_mult).
    replace (ab (Fma a t1 t2)) with (Rabs a * ab t1 + ab t2)
      by (unfold ab; simpl; now rewrite map_app, sum_app, abs_map_mult).
    assert (P1 : 0 <= Rabs a * ab t1) by (apply Rmult_le_pos; [apply Rabs_pos | apply ab_nonneg]).
    assert (P2 : 0 <= Rabs a * under t1) by (apply Rmult_le_pos; [apply Rabs_pos | apply under_nonneg]).
    pose proof (ab_nonneg t2). pose proof (under_nonneg t2).
    apply R1; try lra.
    + apply within_add.
      * apply within_mono with (j := depth t1); auto using Nat.le_max_l, within_scale.
      * apply within_mono with (j := depth t2); auto using Nat.le_max_r.
    + eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. pose proof (ex_le_ab t2).
      pose proof (Rmult_le_compat_l _ _ _ (Rabs_pos a) (ex_le_ab t1)). lra.
  - destruct W as [W1 W2]. specialize (IHt1 W1). specialize (IHt2 W2).
    replace (ex (Add t1 t2)) with (ex t1 + ex t2) by (unfold ex; simpl; now rewrite sum_app).
    replace (ab (Add t1 t2)) with (ab t1 + ab t2) by (unfold ab; simpl; now rewrite map_app, sum_app).
    pose proof (ab_nonneg t1). pose proof (under_nonneg t1). pose proof (ab_nonneg t2). pose proof (under_nonneg t2).
    destruct (fl_add prec emin Hp _ _ (wf_F _ W1) (wf_F _ W2)) as (d & Hd & ->).
    replace ((ev t1 + ev t2) * (1 + d)) with ((ev t1 + ev t2) * (1 + d) + 0) by ring.
    replace (under t1 + under t2) with (under t1 + under t2 + 0) by ring.
    apply within_round; try lra.
    + apply within_add.
      * apply within_mono with (j := depth t1); auto using Nat.le_max_l.
      * apply within_mono with (j := depth t2); auto using Nat.le_max_r.
    + eapply Rle_trans; [apply Rabs_triang|]. pose proof (ex_le_ab t1). pose proof (ex_le_ab t2). lra.
    + now apply sharp_le_u.
    + rewrite Rabs_R0. lra.
Qed.

Lemma depth_le t : (1 <= length (terms t) /\ S (depth t) <= length (terms t) + factors t)%nat.
Proof. induction t; cbn [depth terms factors length]; rewrite ?app_length, ?map_length; lia. Qed.

(** gamma_n = n u / (1 - n u) *)
Definition gamma_n (n : nat) := gamma (INR n * u).
Lemma pow_gamma n : INR n * u < 1 -> (1 + u) ^ n - 1 <= gamma_n n.
Proof.
  intros H. pose proof (u_pos prec) as up. unfold gamma_n, gamma.
  assert (B : (1 + u) ^ n * (1 - INR n * u) <= 1).
  { clear H. induction n; [simpl; lra|]. rewrite S_INR. simpl. pose proof (pow_ge_1 n). pose proof (pos_INR n).
    assert ((1 + u) * (1 - (INR n + 1) * u) <= 1 - INR n * u) by nra. nra. }
  apply Rmult_le_reg_r with (1 - INR n * u); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra.
Qed.

(** For any tree whose terms are those of the list l, in any order. *)
Theorem any_order_error t l N :
  wf t -> Permutation (terms t) l -> (length l + factors t <= S N)%nat -> INR N * u < 1 ->
  Rabs (ev t - sum l) <= gamma_n N * sum (map Rabs l) + (1 + gamma_n N) * (under t * tiny).
Proof.
  intros W P HN Hn. pose proof (tiny_pos emin) as tp.
  replace (sum l) with (ex t) by (unfold ex; now apply sum_perm).
  replace (sum (map Rabs l)) with (ab t) by (unfold ab; now apply sum_perm, Permutation_map).
  assert (L : (depth t <= N)%nat).
  { pose proof (depth_le t) as [_ D]. rewrite (Permutation_length P) in D. lia. }
  pose proof (within_mono _ _ _ _ _ _ L (ab_nonneg t) (under_nonneg t) (tree_error t W)) as T. unfold within in T.
  pose proof (pow_gamma _ Hn) as G. pose proof (ab_nonneg t) as A. pose proof (under_nonneg t) as H.
  eapply Rle_trans; [exact T|]. assert (0 <= under t * tiny) by (apply Rmult_le_pos; lra).
  apply Rplus_le_compat; apply Rmult_le_compat_r; lra.
Qed.

(** Two implementations of one sum. *)
Corollary two_orders s t l N :
  wf s -> wf t -> Permutation (terms s) l -> Permutation (terms t) l ->
  (length l + factors s <= S N)%nat -> (length l + factors t <= S N)%nat -> INR N * u < 1 ->
  Rabs (ev s - ev t) <= 2 * gamma_n N * sum (map Rabs l) + (1 + gamma_n N) * ((under s + under t) * tiny).
Proof.
  intros Ws Wt Ps Pt Hs Ht Hn. pose proof (any_order_error s l N Ws Ps Hs Hn). pose proof (any_order_error t l N Wt Pt Ht Hn).
  replace (ev s - ev t) with ((ev s - sum l) + - (ev t - sum l)) by ring.
  eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra.
Qed.

(** * The shapes the suites meet *)
Definition products (x y : list R) := map (fun p => fst p * snd p) (combine x y).

(** dot x y, n terms: gamma_n. No factor but the products themselves. *)
Corollary dot_error t x y n :
  wf t -> Permutation (terms t) (products x y) -> length (products x y) = n -> (factors t <= 1)%nat -> INR n * u < 1 ->
  Rabs (ev t - sum (products x y)) <=
    gamma_n n * sum (map Rabs (products x y)) + (1 + gamma_n n) * (under t * tiny).
Proof. intros W P L Hf Hn. apply any_order_error; auto. lia. Qed.

(** alpha x.y + beta c, n + 1 terms and two factors: gamma_(n+2), wherever alpha is applied. *)
Definition scaled_terms alpha beta x y c := beta * c :: map (Rmult alpha) (products x y).
Corollary scaled_dot_error t alpha beta x y c n :
  wf t -> Permutation (terms t) (scaled_terms alpha beta x y c) -> length (products x y) = n ->
  (factors t <= 2)%nat -> INR (n + 2) * u < 1 ->
  Rabs (ev t - (alpha * sum (products x y) + beta * c)) <=
    gamma_n (n + 2) * (Rabs alpha * sum (map Rabs (products x y)) + Rabs beta * Rabs c)
    + (1 + gamma_n (n + 2)) * (under t * tiny).
Proof.
  intros W P L Hf Hn.
  replace (alpha * sum (products x y) + beta * c) with (sum (scaled_terms alpha beta x y c)).
  2: { unfold scaled_terms. simpl. fold (sum (map (Rmult alpha) (products x y))). rewrite sum_map_mult. ring. }
  replace (Rabs alpha * sum (map Rabs (products x y)) + Rabs beta * Rabs c)
    with (sum (map Rabs (scaled_terms alpha beta x y c))).
  2: { unfold scaled_terms. simpl. fold (sum (map Rabs (map (Rmult alpha) (products x y)))).
       rewrite abs_map_mult, Rabs_mult. ring. }
  apply any_order_error; auto. unfold scaled_terms. simpl. rewrite map_length, L. lia.
Qed.
End Tree.
