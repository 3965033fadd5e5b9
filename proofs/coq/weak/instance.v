(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Every hypothesis of rmsprop_weak discharged: f = theta^2/2, Sigma = 1, z = +-1, sigma0 = 1, eps0 = 0, c2 = 2,
   test functions a theta + b u, whose value function is known in closed form (flow.v). *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise rmsprop flow.
Import ListNotations.
Open Scope R_scope.

(* The noise: all components equal to a fair sign. *)
Definition sign_law : expectation (nat -> R).
Proof.
  refine {| ex := fun f => (f (fun _ => 1) + f (fun _ => -1)) / 2; intg := fun _ => True |}; auto.
  - intros; field.
  - intros f g _ _ H. pose proof (H (fun _ => 1)). pose proof (H (fun _ => -1)). lra.
  - field.
Defined.

Lemma sign_noise skew m w : 0 <= skew -> 2 ^ (2 * w) <= m -> noise sign_law 1 (fun _ _ => 1) skew m w.
Proof.
  intros Hs Hm. split; simpl; auto; intros; try lra.
  - replace ((1 * 1 * 1 + -1 * -1 * -1) / 2) with 0 by field. now rewrite Rabs_R0.
  - unfold size1. simpl sumf. rewrite Rabs_R1, (Rabs_left (-1)) by lra. replace (1 + (1 + 0)) with 2 by ring.
    replace (1 + (- -1 + 0)) with 2 by ring. change (w + (w + 0))%nat with (2 * w)%nat. lra.
Qed.

Section Instance.
Variables (eta : R) (N : nat) (a b : R).
Let h := eta ^ 2.
Let T := INR N * h.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis stable : 2 * h <= 1.

Definition grad (i : nat) (x : X) := x (Th i).
Definition Dom1 : X -> Prop := Dom 1 (/ 4).
Definition Q1 : X -> R := Q 1.

Fixpoint nth_ (l : list coord) : nat := match l with nil => O | Th _ :: r => S (nth_ r) | Uu _ :: r => nth_ r end.
Fixpoint nu (l : list coord) : nat := match l with nil => O | Uu _ :: r => S (nu r) | Th _ :: r => nu r end.

(* U(t, (theta,u)) = a E theta_T + b E u_T given (theta,u) at t, and its partial derivatives. *)
Definition U (t : R) (l : list coord) (x : X) : R :=
  let s := T - t in let th := x (Th 0) in let u := x (Uu 0) in
  match nth_ l, nu l with
  | O, O => a * th * decay s u + b * flow s u
  | 1%nat, O => a * decay s u
  | O, 1%nat => a * th * decay_u s u + b * ex1 s ^ 2
  | 1%nat, 1%nat => a * decay_u s u
  | O, 2%nat => a * th * decay_uu s u
  | 1%nat, 2%nat => a * decay_uu s u
  | _, _ => 0
  end.

Lemma prod_derive (g k : R -> R) (g' k' th u dth du s : R) :
  is_derive g (u + s * du) g' -> is_derive k (u + s * du) k' ->
  is_derive (fun s => a * (th + s * dth) * g (u + s * du) + b * k (u + s * du)) s
    (a * g (u + s * du) * dth + (a * (th + s * dth) * g' + b * k') * du).
Proof.
  intros Hg Hk. auto_derive.
  - repeat match goal with |- _ /\ _ => split end; auto; [exact (ex_intro _ _ Hg) | exact (ex_intro _ _ Hk)].
  - replace (Derive (fun x => g x) (u + s * du)) with g' by (symmetry; now apply is_derive_unique).
    replace (Derive (fun x => k x) (u + s * du)) with k' by (symmetry; now apply is_derive_unique). ring.
Qed.
Lemma single_derive (g : R -> R) (g' u du s : R) :
  is_derive g (u + s * du) g' -> is_derive (fun s => a * g (u + s * du)) s (a * g' * du).
Proof.
  intros Hg. auto_derive. exact (ex_intro _ _ Hg).
  replace (Derive (fun x => g x) (u + s * du)) with g' by (symmetry; now apply is_derive_unique). ring.
Qed.
Lemma flow_derive s u : is_derive (fun u => flow s u) u (ex1 s ^ 2).
Proof. unfold flow. auto_derive; auto. ring. Qed.

Lemma U_jet t l x d : 0 <= t <= T -> incl l (idx 1) -> (degl deg l < 4)%nat -> (forall s, 0 <= s <= 1 -> Dom1 (along x d s)) ->
  diff_along (idx 1) (U t l) (fun i => U t (i :: l)) x d.
Proof.
  intros Ht Hl Hd Hx s Hs. unfold idx, thetas, us. simpl map. simpl app. cbn [sumf].
  assert (Hu : / 4 <= x (Uu 0) + s * d (Uu 0)) by (apply (Hx s Hs 0%nat); lia).
  assert (Hr : 0 <= T - t) by lra.
  pose proof (decay_derive _ _ Hr Hu) as D1. pose proof (decay_u_derive _ _ Hr Hu) as D2. pose proof (flow_derive (T - t) (x (Uu 0) + s * d (Uu 0))) as D3.
  assert (Z : is_derive (fun _ : R => 0) s 0) by apply (is_derive_const 0 s).
  unfold U, along. destruct l as [|[i|i] [|[j|j] [|[k|k] [|[n|n] l]]]]; simpl degl in Hd; try lia; simpl nth_; simpl nu; cbv zeta iota beta.
  - replace (_ + _) with (a * decay (T - t) (x (Uu 0) + s * d (Uu 0)) * d (Th 0)
      + (a * (x (Th 0) + s * d (Th 0)) * decay_u (T - t) (x (Uu 0) + s * d (Uu 0)) + b * ex1 (T - t) ^ 2) * d (Uu 0)) by ring.
    now apply (prod_derive (fun u => decay (T - t) u) (fun u => flow (T - t) u)).
  - replace (_ + _) with (a * decay_u (T - t) (x (Uu 0) + s * d (Uu 0)) * d (Uu 0)) by ring.
    now apply (single_derive (fun u => decay (T - t) u)).
  - replace (_ + _) with 0 by ring. exact Z.
  - replace (_ + _) with 0 by ring. exact Z.
  - replace (_ + _) with (a * decay_uu (T - t) (x (Uu 0) + s * d (Uu 0)) * d (Uu 0)) by ring.
    now apply (single_derive (fun u => decay_u (T - t) u)).
  - replace (_ + _) with (a * decay_u (T - t) (x (Uu 0) + s * d (Uu 0)) * d (Th 0)
      + (a * (x (Th 0) + s * d (Th 0)) * decay_uu (T - t) (x (Uu 0) + s * d (Uu 0)) + b * 0) * d (Uu 0)) by ring.
    apply (prod_derive (fun u => decay_u (T - t) u) (fun u => ex1 (T - t) ^ 2)); auto. apply (is_derive_const (ex1 (T - t) ^ 2)).
  - replace (_ + _) with (a * decay_uu (T - t) (x (Uu 0) + s * d (Uu 0)) * d (Uu 0)) by ring.
    now apply (single_derive (fun u => decay_u (T - t) u)).
Qed.

Definition M1 := 3 * (Rabs a + Rabs b).
Definition Mt1 := 12 * (Rabs a + Rabs b).

Lemma coord_bounds x : Rabs (x (Th 0)) <= Q1 x /\ Rabs (x (Uu 0)) <= Q1 x /\ 1 <= Q1 x.
Proof.
  assert (H1 : 1 <= Q1 x) by apply quad_ge_1. repeat split; auto.
  - apply Rle_trans with (sqrt (Q1 x)). apply quad_sq. now left.
    pose proof (root_ge_1 (thetas 1) (us 1) x) as R1. pose proof (weight.root_sq (thetas 1) (us 1) x) as R2.
    change (quad (thetas 1) (us 1) x) with (Q1 x) in *. nra.
  - apply quad_ab. now left.
Qed.

Lemma U_bound t l x : 0 <= t <= T -> Dom1 x -> Rabs (U t l x) <= M1 * Q1 x ^ 1.
Proof.
  intros Ht Hx. assert (Hr : 0 <= T - t) by lra. assert (Hu : / 4 <= x (Uu 0)) by (apply Hx; lia).
  destruct (coord_bounds x) as (B1 & B2 & B3). rewrite pow_1.
  pose proof (decay_unit _ _ Hr Hu) as D0. pose proof (decay_u_bound _ _ Hr Hu) as D1. pose proof (decay_uu_bound _ _ Hr Hu) as D2.
  pose proof (ex1_sq (T - t) Hr) as E2. pose proof (Rabs_pos a) as Ha. pose proof (Rabs_pos b) as Hb.
  assert (A0 : Rabs (decay (T - t) (x (Uu 0))) <= 1) by (rewrite Rabs_pos_eq; lra).
  assert (F0 : Rabs (flow (T - t) (x (Uu 0))) <= 3 * Q1 x).
  { unfold flow. replace (3 * Q1 x) with (Q1 x + (Q1 x + Q1 x) * 1) by ring. apply abs_plus_le. rewrite Rabs_R1; lra.
    apply abs_mult_le. apply abs_minus_le; auto. rewrite Rabs_R1; lra. rewrite Rabs_pos_eq; lra. }
  assert (L : forall g c, Rabs g <= c -> c <= 3 -> Rabs (a * x (Th 0) * g) <= 3 * Rabs a * Q1 x).
  { intros g c Hg Hc. pose proof (Rabs_pos g). replace (3 * Rabs a * Q1 x) with (Rabs a * Q1 x * 3) by ring.
    apply abs_mult_le; [apply abs_mult_le|]; lra. }
  assert (L1 : forall g c, Rabs g <= c -> c <= 3 -> Rabs (a * g) <= 3 * Rabs a * Q1 x).
  { intros g c Hg Hc. pose proof (Rabs_pos g). apply Rle_trans with (Rabs a * 3). apply abs_mult_le; lra.
    replace (3 * Rabs a * Q1 x) with (Rabs a * 3 * Q1 x) by ring. rewrite <- (Rmult_1_r (Rabs a * 3)) at 1. apply Rmult_le_compat_l; lra. }
  assert (LA : 3 * Rabs a * Q1 x <= M1 * Q1 x) by (unfold M1; nra).
  assert (LB : 3 * Rabs a * Q1 x + 3 * Rabs b * Q1 x = M1 * Q1 x) by (unfold M1; ring).
  unfold U. destruct (nth_ l) as [|[|n]], (nu l) as [|[|[|k]]]; cbv zeta;
    try (rewrite Rabs_R0; unfold M1; nra); rewrite <- ?LB;
    try (apply Rle_trans with (3 * Rabs a * Q1 x); [|nra]; first [eapply L; [eassumption|lra] | eapply L1; [eassumption|lra]]).
  - apply abs_plus_le. eapply L; [eassumption|lra]. replace (3 * Rabs b * Q1 x) with (Rabs b * (3 * Q1 x)) by ring. apply abs_mult_le; lra.
  - apply abs_plus_le. eapply L; [eassumption|lra]. replace (3 * Rabs b * Q1 x) with (Rabs b * (3 * Q1 x)) by ring. apply abs_mult_le. lra.
    rewrite Rabs_pos_eq; lra.
Qed.

Definition limit1 := limit 1 0 2 grad (fun _ _ _ => 1).

Lemma gen_closed t x : 0 < x (Uu 0) -> 0 < flow (T - t) (x (Uu 0)) ->
  gen (idx 1) limit1 U t x
  = - (a * x (Th 0) * (decay (T - t) (x (Uu 0)) / root (T - t) (x (Uu 0)))) - 2 * b * ((x (Uu 0) - 1) * ex1 (T - t) ^ 2).
Proof.
  intros Hu Hf. pose proof (decay_transport _ _ Hu Hf) as TR.
  assert (S0 : P 1 0 (x (Uu 0)) = sqrt (x (Uu 0))) by (unfold P; ring). assert (0 < sqrt (x (Uu 0))) by now apply sqrt_lt_R0.
  unfold gen, idx, thetas, us. simpl map. simpl app. cbn [sumf]. unfold limit1, limit, U, grad; cbn [drift diffu nth_ nu]. rewrite S0.
  replace (- (a * x (Th 0%nat) * (decay (T - t) (x (Uu 0%nat)) / root (T - t) (x (Uu 0%nat)))))
    with (a * x (Th 0%nat) * - (decay (T - t) (x (Uu 0%nat)) / root (T - t) (x (Uu 0%nat)))) by ring.
  rewrite <- TR. field. lra.
Qed.

Lemma U_time t x : 0 <= t <= T -> Dom1 x -> is_derive (fun t => U t nil x) t (- gen (idx 1) limit1 U t x).
Proof.
  intros Ht Hx. assert (Hr : 0 <= T - t) by lra. assert (Hu : / 4 <= x (Uu 0)) by (apply Hx; lia).
  pose proof (flow_low _ _ Hr Hu). rewrite gen_closed by lra.
  pose proof (decay_time _ Hu _ Hr) as D0. set (g := fun s => decay s (x (Uu 0))) in *.
  assert (D : is_derive g (T - t) (- (decay (T - t) (x (Uu 0)) / root (T - t) (x (Uu 0))))) by exact D0.
  unfold U. cbn [nth_ nu]. apply (is_derive_ext (fun t => a * x (Th 0%nat) * g (T - t) + b * flow (T - t) (x (Uu 0)))); auto.
  clearbody g. unfold flow, ex1. auto_derive. exact (ex_intro _ _ D).
  replace (T + - t) with (T - t) by ring.
  replace (Derive (fun x => g x) (T - t)) with (- (decay (T - t) (x (Uu 0)) / root (T - t) (x (Uu 0)))) by (symmetry; now apply is_derive_unique).
  unfold ex1. ring.
Qed.

Lemma U_time2 t x : 0 <= t <= T -> Dom1 x ->
  exists g', is_derive (fun t => gen (idx 1) limit1 U t x) t g' /\ Rabs g' <= Mt1 * Q1 x ^ (1 + 3).
Proof.
  intros Ht Hx. assert (Hr : 0 <= T - t) by lra. assert (Hu : / 4 <= x (Uu 0)) by (apply Hx; lia).
  pose proof (flow_low _ _ Hr Hu) as Fl. set (u := x (Uu 0)) in *. set (th := x (Th 0)).
  set (d2 := decay (T - t) u * (1 + root (T - t) u - root (T - t) u ^ 2) / root (T - t) u ^ 3).
  exists (- (a * th * d2) - 4 * b * ((u - 1) * ex1 (T - t) ^ 2)). split.
  - apply (is_derive_ext_loc (fun t => - (a * th * (decay (T - t) u / root (T - t) u)) - 2 * b * ((u - 1) * ex1 (T - t) ^ 2))).
    + assert (C : continuous (fun t => flow (T - t) u) t).
      { apply (ex_derive_continuous (fun t => flow (T - t) u)). unfold flow, ex1. auto_derive; auto. }
      apply (filter_imp (fun t => 0 < flow (T - t) u)).
      * intros r Hf. symmetry. apply gen_closed; auto. fold u. lra.
      * apply (C (fun v => 0 < v)). apply open_gt. lra.
    + pose proof (decay_time2 _ Hu _ Hr) as D0. set (g := fun s => decay s u / root s u) in *.
      assert (D : is_derive g (T - t) (- d2)) by exact D0.
      apply (is_derive_ext (fun t => - (a * th * g (T - t)) - 2 * b * ((u - 1) * ex1 (T - t) ^ 2))); auto.
      clearbody g. clearbody d2. unfold ex1. auto_derive. exact (ex_intro _ _ D).
      replace (T + - t) with (T - t) by ring.
      replace (Derive (fun x => g x) (T - t)) with (- d2) by (symmetry; now apply is_derive_unique). ring.
  - destruct (coord_bounds x) as (B1 & B2 & B3). fold u th in B1, B2. pose proof (decay_time2_bound _ Hu _ Hr) as D2. fold d2 in D2.
    pose proof (ex1_sq (T - t) Hr) as E2. pose proof (Rabs_pos a) as Ha. pose proof (Rabs_pos b) as Hb.
    assert (Q4 : Q1 x <= Q1 x ^ 4) by (rewrite <- (pow_1 (Q1 x)) at 1; apply Rle_pow; auto; lia).
    apply Rle_trans with (Rabs a * Q1 x * 12 + 4 * Rabs b * ((Q1 x + 1) * 1)).
    + apply abs_minus_le.
      * apply abs_opp_le. apply abs_mult_le; auto. apply abs_mult_le; lra.
      * apply abs_mult_le. apply abs_mult_le; [rewrite Rabs_pos_eq; lra|lra].
        apply abs_mult_le. apply abs_minus_le; auto. rewrite Rabs_R1; lra. rewrite Rabs_pos_eq; lra.
    + change (1 + 3)%nat with 4%nat. unfold Mt1. nra.
Qed.

Lemma U_value : value (idx 1) deg Q1 Dom1 limit1 M1 Mt1 0 T 1 U.
Proof.
  split.
  - intros; now apply U_jet.
  - intros; now apply U_bound.
  - apply U_time.
  - apply U_time2.
Qed.

Definition run (n : nat) (phi : X -> R) (x : X) : R := En eta 1 0 2 grad (fun _ => sign_law) n phi x.
(* The constant of rmsprop_weak: a number that depends on a, b and T only. *)
Definition constant := rmsprop_constant 1 1 0 2 (/ 4) 1 0 256 1 M1 Mt1 T.

Theorem rmsprop_instance x : / 4 <= (1 - 2 * h) ^ N * x (Uu 0) ->
  Rabs (run N (fun y => a * y (Th 0) + b * y (Uu 0)) x - (a * x (Th 0) * decay T (x (Uu 0)) + b * flow T (x (Uu 0))))
  <= constant * Q1 x ^ 4 * eta ^ 2.
Proof.
  intros Hx.
  assert (W := rmsprop_weak 1 eta 1 0 2 (/ 4) 1 0 256 1 N grad (fun _ _ _ => 1) (fun _ => sign_law) eta_unit).
  specialize (W ltac:(lra) ltac:(lra) ltac:(lra) stable ltac:(lra) ltac:(lra) ltac:(lra)).
  specialize (W ltac:(intros y i _ Hi; unfold grad; rewrite Rmult_1_l; apply quad_sq; now apply in_thetas)).
  specialize (W ltac:(intros y _; apply sign_noise; [rewrite !Rmult_0_l | simpl]; lra)).
  specialize (W M1 Mt1 T U (fun _ => True)).
  specialize (W ltac:(unfold M1, Mt1; pose proof (Rabs_pos a); pose proof (Rabs_pos b); lra) (Rle_refl _) U_value).
  specialize (W ltac:(split; simpl; auto) (fun _ _ => Logic.I) Logic.I x).
  specialize (W ltac:(intros i Hi; replace i with 0%nat by lia; now rewrite Nat.sub_0_r)).
  fold h in W. fold T in W. unfold run, constant.
  replace (fun y : X => a * y (Th 0%nat) + b * y (Uu 0%nat)) with (U T nil).
  - replace (a * x (Th 0%nat) * decay T (x (Uu 0%nat)) + b * flow T (x (Uu 0%nat))) with (U 0 nil x); auto.
    unfold U. cbn [nth_ nu]. now rewrite Rminus_0_r.
  - apply FunctionalExtensionality.functional_extensionality. intros y. unfold U. cbn [nth_ nu]. rewrite Rminus_diag_eq by reflexivity.
    assert (E : ex1 0 = 1) by (unfold ex1; rewrite Ropp_0; apply exp_0).
    assert (D : decay 0 (y (Uu 0%nat)) = 1).
    { unfold decay, root, flow. rewrite E. replace (1 + (y (Uu 0%nat) - 1) * 1 ^ 2) with (y (Uu 0%nat)) by ring.
      pose proof (sqrt_pos (y (Uu 0%nat))). field. lra. }
    rewrite D. unfold flow. rewrite E. ring.
Qed.
End Instance.
