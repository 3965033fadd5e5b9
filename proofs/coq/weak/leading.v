(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The leading error coefficient. If the local error is h^2 psi_k + O(h^3), psi = (A2 - L0^2/2) U, and psi_k as a test function is itself
   approximated to order 1, with value c(t_k) = E psi_{t_k}(X_{t_k}), then
     E phi(x_N) - E phi(X_T) = h int_0^T c(t) dt + O(h^2). *)
From Coq Require Import Reals Lra Psatz Lia List FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax.
Open Scope R_scope.

(* Rectangle rule for a Lipschitz function. *)
Lemma rectangle (c : R -> R) Lc a h : 0 <= h -> 0 <= Lc ->
  (forall t, a <= t <= a + h -> Rabs (c t - c a) <= Lc * (t - a)) -> ex_RInt c a (a + h) ->
  Rabs (h * c a - RInt c a (a + h)) <= Lc * h ^ 2.
Proof.
  intros Hh HL Hc Ic.
  replace (h * c a - RInt c a (a + h)) with (- RInt (fun t => c t - c a) a (a + h)).
  2:{ rewrite (RInt_minus c (fun _ => c a)); auto using ex_RInt_const. rewrite RInt_const. unfold minus, plus, opp, scal; simpl. unfold mult; simpl. ring. }
  apply abs_opp_le. eapply Rle_trans.
  - apply abs_RInt_le_const with (M := Lc * h). lra. apply (ex_RInt_minus c (fun _ => c a)); auto using ex_RInt_const.
    intros t Ht. eapply Rle_trans; [apply Hc; auto|]. apply Rmult_le_compat_l; lra.
  - right. ring.
Qed.

(* A Lipschitz function on [0,T] is integrable: extend it by constants. *)
Lemma lipschitz_int (c : R -> R) Lc T s t : (forall s t, 0 <= s <= t -> t <= T -> Rabs (c t - c s) <= Lc * (t - s)) ->
  0 <= s <= t -> t <= T -> ex_RInt c s t.
Proof.
  intros Hc Hst HT. set (p := fun x => Rmax 0 (Rmin T x)).
  assert (Pr : forall x, 0 <= p x <= T).
  { intros x. unfold p. split. apply Rmax_l. apply Rmax_lub. lra. apply Rmin_l. }
  assert (Pl : forall x y, x <= y -> 0 <= p y - p x <= y - x).
  { intros x y Hxy. unfold p, Rmax, Rmin. repeat destruct (Rle_dec _ _); lra. }
  apply (ex_RInt_ext (fun x => c (p x))).
  - intros x Hx. rewrite Rmin_left, Rmax_right in Hx by lra. f_equal. unfold p. rewrite Rmin_right, Rmax_right; lra.
  - apply (ex_RInt_continuous (V := R_CompleteNormedModule)). intros z _ P (e & He).
    assert (L0 : 0 < Rabs Lc + 1) by (pose proof (Rabs_pos Lc); lra).
    assert (d0 : 0 < e / (Rabs Lc + 1)) by (apply Rdiv_lt_0_compat; auto; apply cond_pos).
    exists (mkposreal _ d0). intros y Hy. apply He. change (Rabs (y - z) < e / (Rabs Lc + 1)) in Hy. change (Rabs (c (p y) - c (p z)) < e).
    assert (B : Rabs (c (p y) - c (p z)) <= (Rabs Lc + 1) * Rabs (y - z)).
    { pose proof (Rle_abs Lc). pose proof (Rabs_pos Lc). destruct (Rle_lt_dec z y) as [H1|H1].
      - pose proof (Pl z y H1). rewrite (Rabs_pos_eq (y - z)) by lra. eapply Rle_trans; [apply Hc; [pose proof (Pr z); lra | apply Pr]|]. nra.
      - assert (H2 : y <= z) by lra. pose proof (Pl y z H2). rewrite Rabs_minus_sym, (Rabs_minus_sym y z), (Rabs_pos_eq (z - y)) by lra.
        eapply Rle_trans; [apply Hc; [pose proof (Pr y); lra | apply Pr]|]. nra. }
    eapply Rle_lt_trans; [apply B|]. apply Rmult_lt_compat_l with (r := Rabs Lc + 1) in Hy; auto.
    replace ((Rabs Lc + 1) * (e / (Rabs Lc + 1))) with (pos e) in Hy by (field; lra). exact Hy.
Qed.

Section Leading.
Variable X : Type.
Variable A : nat -> (X -> R) -> X -> R.
Variable D : (X -> R) -> Prop.
Variable Inv : nat -> X -> Prop.
Hypothesis D_lin : forall a b f g, D f -> D g -> D (fun y => a * f y + b * g y).
Hypothesis D_step : forall k f, D f -> D (A k f).
Variable N : nat.
Hypothesis A_mono : forall k f g, (0 <= k < N)%nat -> D f -> D g -> (forall y, Inv (S k) y -> f y <= g y) -> forall x, Inv k x -> A k f x <= A k g x.
Hypothesis A_lin : forall k a b f g x, (0 <= k < N)%nat -> D f -> D g -> Inv k x ->
  A k (fun y => a * f y + b * g y) x = a * A k f x + b * A k g x.
Variables (w : X -> R) (h L T C3 C1 Lc : R) (u psi : nat -> X -> R) (c : R -> R) (x : X).
Hypothesis h_pos : 0 <= h.
Hypothesis const_pos : 0 <= L /\ 0 <= C3 /\ 0 <= C1 /\ 0 <= Lc.
Hypothesis horizon : INR N * h = T.
Hypothesis D_w : D w.
Hypothesis w_pos : forall x, 0 <= w x.
Hypothesis w_stable : forall k x, (0 <= k < N)%nat -> Inv k x -> A k w x <= (1 + L * h) * w x.
Hypothesis D_u : forall k, (k <= N)%nat -> D (u k).
Hypothesis D_psi : forall k, (k < N)%nat -> D (psi k).
Hypothesis x_inv : Inv 0 x.
(* Local error to second order. *)
Hypothesis local : forall k y, (k < N)%nat -> Inv k y -> Rabs (A k (u (S k)) y - u k y - h ^ 2 * psi k y) <= C3 * h ^ 3 * w y.
(* psi_k along the chain, to first order. *)
Hypothesis psi_weak : forall k, (k < N)%nat -> Rabs (chain X A 0 k (psi k) x - c (INR k * h)) <= C1 * h * w x.
Hypothesis c_lip : forall s t, 0 <= s <= t -> t <= T -> Rabs (c t - c s) <= Lc * (t - s).

(* The rest of the local error as a test function. *)
Let rest k (y : X) := 1 * A k (u (S k)) y + -1 * (1 * u k y + h ^ 2 * psi k y).
Lemma D_rest k : (k < N)%nat -> D (rest k).
Proof. intros. unfold rest. apply D_lin. apply D_step, D_u; lia. apply D_lin; auto. apply D_u; lia. Qed.

Lemma chain_lin n : forall k a b f g y, (k + n <= N)%nat -> D f -> D g -> Inv k y ->
  chain X A k n (fun z => a * f z + b * g z) y = a * chain X A k n f y + b * chain X A k n g y.
Proof.
  induction n; intros k a b f g y Hn Df Dg Iy; simpl; auto.
  rewrite <- A_lin by (auto using (D_chain X A D); lia).
  apply Rle_antisym; apply A_mono; auto using (D_chain X A D); try lia; intros z Iz; rewrite IHn by (auto; lia); lra.
Qed.
Lemma chain_snoc n : forall k f, chain X A k (S n) f = chain X A k n (A (k + n)%nat f).
Proof.
  induction n; intros k f. simpl. now rewrite Nat.add_0_r.
  change (chain X A k (S (S n)) f) with (A k (chain X A (S k) (S n) f)). rewrite IHn. simpl. now rewrite Nat.add_succ_r.
Qed.

(* Local errors add up along the chain. *)
Lemma telescope n : (n <= N)%nat ->
  chain X A 0 n (u n) x - u 0%nat x = sumf (seq 0 n) (fun k => h ^ 2 * chain X A 0 k (psi k) x + chain X A 0 k (rest k) x).
Proof.
  induction n; intros Hn. simpl. ring.
  rewrite seq_S, sumf_app. simpl sumf at 2. rewrite <- IHn by lia. rewrite chain_snoc. simpl (0 + n)%nat.
  assert (E : chain X A 0 n (A n (u (S n))) x = chain X A 0 n (u n) x + h ^ 2 * chain X A 0 n (psi n) x + chain X A 0 n (rest n) x).
  { replace (A n (u (S n))) with (fun y => 1 * rest n y + 1 * (1 * u n y + h ^ 2 * psi n y)).
    - assert (D (u n)) by (apply D_u; lia). assert (D (psi n)) by (apply D_psi; lia).
      rewrite chain_lin, chain_lin by (auto; try apply D_rest; lia). ring.
    - apply functional_extensionality. intros y. unfold rest. ring. }
  rewrite E. ring.
Qed.

Definition leading_constant := C3 * T * exp (L * T) * w x + C1 * T * w x + Lc * T.

Theorem leading_coefficient : Rabs (chain X A 0 N (u N) x - u 0%nat x - h * RInt c 0 T) <= leading_constant * h ^ 2.
Proof.
  destruct const_pos as (L0 & C30 & C10 & Lc0). assert (c_int := fun s t => lipschitz_int c Lc T s t c_lip). rewrite (telescope N (Nat.le_refl N)). pose proof (w_pos x) as W0.
  assert (TR : forall k, (k <= N)%nat -> 0 <= INR k * h <= T).
  { intros k Hk. split. apply Rmult_le_pos; auto using pos_INR. rewrite <- horizon. apply Rmult_le_compat_r; auto. now apply le_INR. }
  assert (I0 : forall n, (n <= N)%nat -> RInt c 0 (INR n * h) = sumf (seq 0 n) (fun k => RInt c (INR k * h) (INR k * h + h))).
  { induction n; intros Hn. simpl. rewrite Rmult_0_l. apply (RInt_point 0 c).
    rewrite seq_S, sumf_app. simpl sumf at 2. rewrite <- IHn by lia. simpl (0 + n)%nat.
    assert (B1 := TR n ltac:(lia)). assert (B2 := TR (S n) Hn). rewrite S_INR in B2.
    rewrite S_INR. replace ((INR n + 1) * h) with (INR n * h + h) by ring.
    rewrite <- (RInt_Chasles c 0 (INR n * h) (INR n * h + h)). unfold plus; simpl. ring.
    apply c_int; lra. apply c_int; lra. }
  assert (IT := I0 N (Nat.le_refl N)). rewrite horizon in IT. rewrite IT, <- sumf_scal, <- sumf_minus.
  replace (leading_constant * h ^ 2) with (INR (length (seq 0 N)) * (h ^ 2 * (C1 * h * w x) + C3 * h ^ 3 * exp (L * T) * w x + h * (Lc * h ^ 2))).
  2:{ rewrite seq_length. unfold leading_constant. rewrite <- horizon at 2 4 5. ring. }
  rewrite <- sumf_const. apply sumf_abs_le. intros k Hk. apply in_seq in Hk. assert (kN : (k < N)%nat) by lia.
  assert (B1 := TR k ltac:(lia)). assert (B2 := TR (S k) kN). rewrite S_INR in B2.
  replace (h ^ 2 * chain X A 0 k (psi k) x + chain X A 0 k (rest k) x - h * RInt c (INR k * h) (INR k * h + h))
    with (h ^ 2 * (chain X A 0 k (psi k) x - c (INR k * h)) + chain X A 0 k (rest k) x
      + h * (h * c (INR k * h) - RInt c (INR k * h) (INR k * h + h))) by ring.
  apply abs_plus_le; [apply abs_plus_le|].
  - apply abs_mult_le; auto. apply abs_pos_le, pow2_ge_0.
  - assert (C3h : 0 <= C3 * h ^ 3) by (apply Rmult_le_pos; auto; now apply pow_le).
    apply Rle_trans with (C3 * h ^ 3 * (1 + L * h) ^ k * w x).
    + apply (chain_stable X A D Inv D_lin D_step 0 N A_mono A_lin w h L); auto; try lia. now apply D_rest.
      intros y Iy. unfold rest. rewrite Nat.add_0_l in Iy.
      replace (1 * A k (u (S k)) y + -1 * (1 * u k y + h ^ 2 * psi k y)) with (A k (u (S k)) y - u k y - h ^ 2 * psi k y) by ring. now apply local.
    + apply Rmult_le_compat_r; auto. apply Rmult_le_compat_l; auto. apply (growth_exp h L); auto. lra.
  - apply abs_mult_le. now apply abs_pos_le. apply rectangle; auto.
    + intros t Ht. apply c_lip; lra.
    + apply c_int; lra.
Qed.
End Leading.

(* psi identified: with moments of the increment known to second order, E d_l = p l + O(h^3), p l = h a_l + h^2 b_l, the one-step expansion of
   degree 6 reads A_h U = U + h L0 U + h^2 A2 U + O(h^3) and the backward equation gives psi = A2 U - L0^2 U / 2. *)
Section Local.
Context {I Om : Type}.
Variables (idx : list I) (deg : I -> nat).
Hypothesis deg_pos : forall i, (1 <= deg i)%nat.
Variables (E : expectation Om) (x : @state I) (d : Om -> @state I) (h : R).
Variables (U : list I -> @state I -> R) (before : R).     (* U and its derivatives at t + h; before = U(t,x) *)
Variables (a b e Y : list I -> R) (Z : Om -> R) (gen2 Bt : R).
Hypothesis smooth : forall o l, incl l idx -> (degl deg l < 6)%nat -> diff_along idx (U l) (fun i => U (i :: l)) x (d o).
Hypothesis int_moments : forall l, incl l idx -> (degl deg l < 6)%nat -> intg E (fun o => prodv l (d o)).
Hypothesis int_value : intg E (fun o => U nil (add x (d o))).
Hypothesis int_Z : intg E Z.
Hypothesis remainder : forall o l s, is_leaf idx deg 6 l -> 0 <= s <= 1 -> Rabs (U l (along x (d o) s) * prodv l (d o)) <= h ^ 3 * Y l * Z o.
Hypothesis moments : forall l, incl l idx -> (degl deg l < 6)%nat ->
  Rabs (ex E (fun o => prodv l (d o)) - (match l with nil => 1 | _ => 0 end + h * a l + h ^ 2 * b l)) <= h ^ 3 * e l.
(* L0 and A2 as sums over the derivatives. *)
Definition op (c : list I -> R) : R := total idx deg 6 (fun l => U l x * c l).
Hypothesis backward : Rabs (before - (U nil x + h * op a + h ^ 2 / 2 * gen2)) <= h ^ 3 * Bt.

Definition local_constant6 := total idx deg 6 (fun l => Rabs (U l x) * e l) + boundary idx deg 6 Y * ex E Z + Bt.

Theorem leading_local :
  Rabs (ex E (fun o => U nil (add x (d o))) - before - h ^ 2 * (op b - gen2 / 2)) <= local_constant6 * h ^ 3.
Proof.
  assert (W := one_step idx deg 6 ltac:(lia) deg_pos E x d U smooth int_moments int_value Z (fun l => h ^ 3 * Y l) int_Z remainder
    (fun l => match l with nil => 1 | _ => 0 end + h * a l + h ^ 2 * b l) (fun l => h ^ 3 * e l) moments).
  assert (S1 : total idx deg 6 (fun l => U l x * (match l with nil => 1 | _ => 0 end + h * a l + h ^ 2 * b l)) = U nil x + h * op a + h ^ 2 * op b).
  { assert (T0 : total idx deg 6 (fun l => U l x * match l with nil => 1 | _ => 0 end) = U nil x).
    { rewrite total_second; try lia.
      - assert (K : forall f : I -> R, (forall i, f i = 0) -> sumf idx f = 0).
        { intros f Hf. rewrite <- (sumf_zero idx). apply sumf_ext. auto. }
        rewrite K by (intros; ring). rewrite (K (fun i => sumf idx _)) by (intros; apply K; intros; ring). ring.
      - intros [|i l] Hd; simpl in Hd. lia. ring.
      - intros [|i l] Hd; simpl in Hd. lia. ring. }
    unfold op. rewrite <- T0 at 1. rewrite <- !(total_scal idx deg 6).
    rewrite (total_ext idx deg 6 _ (fun l => 1 * (1 * (U l x * match l with nil => 1 | _ => 0 end) + 1 * (h * (U l x * a l))) + 1 * (h ^ 2 * (U l x * b l)))) by (intros; ring).
    rewrite !total_lin. ring. }
  cbv beta in W. rewrite S1 in W.
  replace (ex E (fun o => U nil (add x (d o))) - before - h ^ 2 * (op b - gen2 / 2))
    with ((ex E (fun o => U nil (add x (d o))) - (U nil x + h * op a + h ^ 2 * op b)) - (before - (U nil x + h * op a + h ^ 2 / 2 * gen2))) by field.
  eapply Rle_trans; [apply abs_minus_le; [apply W | apply backward]|].
  rewrite (boundary_scal idx deg 6) by lia.
  rewrite (total_ext idx deg 6 _ (fun l => h ^ 3 * (Rabs (U l x) * e l))) by (intros; ring). rewrite total_scal.
  unfold local_constant6. right. ring.
Qed.
End Local.
