(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Order-1 weak approximation for every scheme whose increments are graded: coordinate i moves by at most
   (sqrt h * sqrt (Q x) * Z)^(deg i) with Z a random variable with moments and Q a polynomial weight.
   RMSprop, Adam, AdamW and SGD are instances; the constant is explicit. *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax.
Import ListNotations.
Open Scope R_scope.

Section Scheme.
Context {I Om : Type}.
Notation X := (@state I).
Variables (idx : list I) (deg : I -> nat).
Variable Q : X -> R.                      (* weight of the state: at least 1, grows like |x|^2 *)
Variable Dom : X -> Prop.                 (* where the value function is smooth *)

(* The generator of the limit: drift and diffusion matrix. *)
Record generator := { drift : R -> I -> X -> R; diffu : R -> I -> I -> X -> R }.

(* First moments per unit of time that the generator prescribes. *)
Definition mom (G : generator) (t : R) (l : list I) (x : X) : R :=
  match l with [i] => drift G t i x | [j; i] => diffu G t j i x | _ => 0 end.

(* The generator applied to the function whose partial derivatives are J t. *)
Definition gen (G : generator) (J : R -> list I -> X -> R) (t : R) (x : X) : R :=
  sumf idx (fun i => drift G t i x * J t [i] x)
  + / 2 * sumf idx (fun i => sumf idx (fun j => diffu G t j i x * J t [j; i] x)).

(* A chain: the law of the noise at step k in state x, and the increment it causes. *)
Record steps := { law : nat -> X -> expectation Om; inc : nat -> X -> Om -> X }.

Definition one (S : steps) (k : nat) (f : X -> R) (x : X) : R := ex (law S k x) (fun o => f (add x (inc S k x o))).

(* Test functions for which all expectations exist. *)
Record admissible (S : steps) (Inv : nat -> X -> Prop) (D : (X -> R) -> Prop) : Prop := {
  ad_lin : forall a b f g, D f -> D g -> D (fun y => a * f y + b * g y);
  ad_step : forall k f, D f -> D (one S k f);
  ad_int : forall k f x, D f -> Inv k x -> intg (law S k x) (fun o => f (add x (inc S k x o))) }.

Record constants := {
  kappa : R;      (* defect of the moments, per h^2 Q^3 *)
  mu : R;         (* moment of Z of order 2 (q + 3) *)
  kq : R; cq : R; (* growth of Q in mean, and pathwise *)
  cseg : R;       (* growth of Q along the increment *)
  growth : nat }. (* q: derivatives of the value function grow at most like Q^q *)

Definition weight (c : constants) : nat := growth c + 3.

(* What is asked of the chain at steps k0 <= k < N. *)
Record regular (G : generator) (h : R) (c : constants) (k0 N : nat) (Inv : nat -> X -> Prop) (Z : Om -> R) (S : steps) : Prop := {
  rg_Z : forall o, 1 <= Z o;
  rg_intZ : forall k x, Inv k x -> intg (law S k x) (fun o => Z o ^ (2 * weight c));
  rg_Z_moment : forall k x, (k0 <= k < N)%nat -> Inv k x -> ex (law S k x) (fun o => Z o ^ (2 * weight c)) <= mu c;
  rg_inv : forall k x o, (k0 <= k < N)%nat -> Inv k x -> Inv (Datatypes.S k) (add x (inc S k x o));
  rg_dom : forall k x o s, (k0 <= k < N)%nat -> Inv k x -> 0 <= s <= 1 -> Dom (along x (inc S k x o) s);
  rg_small : forall k x o i, (k0 <= k < N)%nat -> Inv k x -> In i idx ->
    Rabs (inc S k x o i) <= (sqrt h * sqrt (Q x) * Z o) ^ deg i;
  rg_int : forall k x l, (k0 <= k < N)%nat -> Inv k x -> incl l idx -> (degl deg l < 4)%nat ->
    intg (law S k x) (fun o => prodv l (inc S k x o));
  rg_moment : forall k x l, (k0 <= k < N)%nat -> Inv k x -> incl l idx -> l <> nil -> (degl deg l < 4)%nat ->
    Rabs (ex (law S k x) (fun o => prodv l (inc S k x o)) - h * mom G (INR (Datatypes.S k) * h) l x)
      <= kappa c * h ^ 2 * Q x ^ 3;
  rg_along : forall k x o s, (k0 <= k < N)%nat -> Inv k x -> 0 <= s <= 1 ->
    Q (along x (inc S k x o) s) <= cseg c * Q x * Z o ^ 2;
  rg_Q_inc : forall k x o, (k0 <= k < N)%nat -> Inv k x ->
    Rabs (Q (add x (inc S k x o)) - Q x) <= sqrt h * cq c * Q x * Z o ^ 2;
  rg_Q_int : forall k x, (k0 <= k < N)%nat -> Inv k x -> intg (law S k x) (fun o => Q (add x (inc S k x o)) - Q x);
  rg_Q_mean : forall k x, (k0 <= k < N)%nat -> Inv k x ->
    ex (law S k x) (fun o => Q (add x (inc S k x o)) - Q x) <= kq c * h * Q x }.

(* What is asked of the value function U(t,x) = E(phi(X_T) | X_t = x), given with its partial derivatives:
   differentiable as often as used, of polynomial growth, solving the backward Kolmogorov equation. *)
Record value (G : generator) (M Mt t0 T : R) (q : nat) (J : R -> list I -> X -> R) : Prop := {
  vl_jet : forall t l x d, t0 <= t <= T -> incl l idx -> (degl deg l < 4)%nat -> (forall s, 0 <= s <= 1 -> Dom (along x d s)) ->
    diff_along idx (J t l) (fun i => J t (i :: l)) x d;
  vl_bound : forall t l x, t0 <= t <= T -> incl l idx -> l <> nil -> (degl deg (tl l) < 4)%nat -> Dom x ->
    Rabs (J t l x) <= M * Q x ^ q;
  vl_time : forall t x, t0 <= t <= T -> Dom x -> is_derive (fun t => J t nil x) t (- gen G J t x);
  vl_time2 : forall t x, t0 <= t <= T -> Dom x ->
    exists g', is_derive (fun t => gen G J t x) t g' /\ Rabs g' <= Mt * Q x ^ (q + 3) }.

Variables (G : generator) (h : R) (c : constants) (k0 N : nat) (Inv : nat -> X -> Prop) (Z : Om -> R) (S : steps).
Hypothesis h_unit : 0 < h <= 1.
Hypothesis Q_ge_1 : forall x, 1 <= Q x.
Hypothesis diffu_deg : forall t i j x, (4 <= deg i + deg j)%nat -> diffu G t i j x = 0.
Hypothesis deg_12 : forall i, (1 <= deg i <= 2)%nat.
Hypothesis c_pos : 0 <= kappa c /\ 0 <= mu c /\ 0 <= kq c /\ 0 <= cq c /\ 1 <= cseg c.
Hypothesis R_ok : regular G h c k0 N Inv Z S.
Variables (M Mt T : R) (J : R -> list I -> X -> R).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis V_ok : value G M Mt (INR k0 * h) T (growth c) J.
Hypothesis T_end : INR N * h <= T.
Variable test : (X -> R) -> Prop.
Hypothesis test_ok : admissible S Inv test.
Hypothesis test_value : forall k, (k0 <= k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q x ^ weight c).

Let q := growth c.
Definition inner_count := total idx deg 4 (fun _ => 1).
Definition leaf_count := boundary idx deg 4 (fun _ => 1).
Definition local_space := M * kappa c * inner_count + M * cseg c ^ growth c * mu c * leaf_count.
Definition local_constant := local_space + Mt / 2.
Definition growth_rate := INR (weight c) * kq c + INR (weight c) ^ 2 * (1 + cq c) ^ weight c * mu c.

Lemma deg_pos i : (1 <= deg i)%nat. Proof. apply deg_12. Qed.
Lemma Q_pow_ge_1 x n : 1 <= Q x ^ n. Proof. now apply pow_ge_1. Qed.
Lemma sqrt_Q_pow x : sqrt (Q x) ^ 2 = Q x.
Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. specialize (Q_ge_1 x). lra. Qed.
Lemma sqrt_h_pow : sqrt h ^ 2 = h.
Proof. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. lra. Qed.
Lemma sqrt_h_unit : 0 <= sqrt h <= 1.
Proof. split. apply sqrt_pos. rewrite <- sqrt_1. apply sqrt_le_1_alt. lra. Qed.
Lemma sqrt_Q_ge_1 x : 1 <= sqrt (Q x).
Proof. rewrite <- sqrt_1. apply sqrt_le_1_alt. auto. Qed.

Lemma count_pos : 0 <= inner_count /\ 0 <= leaf_count.
Proof.
  split.
  - unfold inner_count. replace 0 with (total idx deg 4 (fun _ : list I => 0 * 0)).
    apply total_le. intros; lra. rewrite total_scal. ring.
  - unfold leaf_count. replace 0 with (boundary idx deg 4 (fun _ : list I => 0 * 0)).
    apply boundary_le. lia. intros; lra. rewrite boundary_scal by lia. ring.
Qed.

Section Step.
Variables (k : nat) (x : X).
Hypothesis k_range : (k0 <= k < N)%nat.
Hypothesis x_inv : Inv k x.
Let t' := INR (Datatypes.S k) * h.

Lemma t_range : INR k0 * h <= INR k * h /\ INR k * h + h = t' /\ t' <= T.
Proof.
  repeat split.
  - apply Rmult_le_compat_r. lra. apply le_INR. lia.
  - unfold t'. rewrite S_INR. ring.
  - unfold t'. eapply Rle_trans; [|apply T_end]. apply Rmult_le_compat_r. lra. apply le_INR. lia.
Qed.

Lemma prodv_small l o : incl l idx -> Rabs (prodv l (inc S k x o)) <= (sqrt h * sqrt (Q x) * Z o) ^ degl deg l.
Proof.
  induction l; simpl; intros Hl. rewrite Rabs_R1; lra.
  rewrite pow_add. apply abs_mult_le.
  - apply (rg_small _ _ _ _ _ _ _ _ R_ok); auto. apply Hl; now left.
  - apply IHl. intros b Hb. apply Hl; now right.
Qed.

Lemma leaf_small l o : is_leaf idx deg 4 l -> Rabs (prodv l (inc S k x o)) <= h ^ 2 * Q x ^ 3 * Z o ^ 6.
Proof.
  intros (H1 & H2 & H3). eapply Rle_trans; [apply prodv_small; auto|].
  assert (Hd : (4 <= degl deg l <= 5)%nat).
  { split; auto. destruct l as [|i l]; simpl in *. lia. specialize (deg_12 i). lia. }
  pose proof sqrt_h_unit. pose proof (sqrt_Q_ge_1 x). pose proof (rg_Z _ _ _ _ _ _ _ _ R_ok o) as HZ.
  assert (A1 : 1 <= sqrt (Q x) * Z o) by (replace 1 with (1 * 1) by ring; apply Rmult_le_compat; lra).
  rewrite Rmult_assoc, Rpow_mult_distr.
  replace (h ^ 2 * Q x ^ 3 * Z o ^ 6) with (sqrt h ^ 4 * (sqrt (Q x) * Z o) ^ 6).
  2:{ rewrite Rpow_mult_distr. replace (sqrt h ^ 4) with ((sqrt h ^ 2) ^ 2) by ring.
      replace (sqrt (Q x) ^ 6) with ((sqrt (Q x) ^ 2) ^ 3) by ring. rewrite sqrt_Q_pow, sqrt_h_pow. ring. }
  apply Rmult_le_compat.
  - apply pow_le; lra.
  - apply pow_le; lra.
  - apply pow_anti; auto; lia.
  - apply Rle_pow; auto; lia.
Qed.

Lemma Q_Z_pow o s : 0 <= s <= 1 -> Q (along x (inc S k x o) s) ^ q <= cseg c ^ q * Q x ^ q * Z o ^ (2 * q).
Proof.
  intros Hs. rewrite (pow_mult (Z o) 2 q), <- !Rpow_mult_distr. apply pow_incr. split.
  - specialize (Q_ge_1 (along x (inc S k x o) s)). lra.
  - now apply (rg_along _ _ _ _ _ _ _ _ R_ok).
Qed.

Lemma x_dom : Dom x.
Proof.
  destruct (Classical_Prop.classic (inhabited Om)) as [[o]|E0].
  - rewrite <- (along_0 x (inc S k x o)). apply (rg_dom _ _ _ _ _ _ _ _ R_ok k x o 0); auto; lra.
  - exfalso. (* an empty sample space has no normalised expectation *)
    assert (K : ex (law S k x) (fun _ => 1) <= ex (law S k x) (fun _ => 0)).
    { apply ex_mono; auto using intg_const. intros o; exfalso; apply E0; now constructor. }
    rewrite !ex_const in K. lra.
Qed.

Lemma space_step :
  Rabs (one S k (J t' nil) x - (J t' nil x + h * gen G J t' x)) <= local_space * h ^ 2 * Q x ^ weight c.
Proof.
  destruct t_range as (t1 & t2 & t3). assert (Rt : INR k0 * h <= t' <= T) by lra.
  set (p := fun l => match l with nil => 1 | _ => h * mom G t' l x end).
  set (e := fun l : list I => match l with nil => 0 | _ => kappa c * h ^ 2 * Q x ^ 3 end).
  destruct c_pos as (kp & mp & _ & _ & cs). destruct M_pos as (Mp & _). destruct count_pos as (np & lp).
  assert (Hh : 0 <= h ^ 2) by apply pow2_ge_0.
  assert (Qx := Q_ge_1 x). assert (Q3 := Q_pow_ge_1 x 3). assert (Qq := Q_pow_ge_1 x q).
  assert (E : total idx deg 4 (fun l => J t' l x * p l) = J t' nil x + h * gen G J t' x).
  { rewrite total_second; try lia.
    - assert (E1 : sumf idx (fun i => J t' [i] x * p [i]) = h * sumf idx (fun i => drift G t' i x * J t' [i] x)).
      { rewrite <- sumf_scal. apply sumf_ext; intros; unfold p, mom; ring. }
      assert (E2 : sumf idx (fun i => sumf idx (fun j => J t' [j; i] x * p [j; i]))
                   = h * sumf idx (fun i => sumf idx (fun j => diffu G t' j i x * J t' [j; i] x))).
      { rewrite <- sumf_scal. apply sumf_ext; intros. rewrite <- sumf_scal. apply sumf_ext; intros; unfold p, mom; ring. }
      rewrite E1, E2. unfold gen, p. ring.
    - intros [|i [|j [|m r]]] Hd; simpl in Hd; unfold p, mom; try lia.
      + specialize (deg_12 i); lia.
      + rewrite diffu_deg by lia. ring.
      + ring.
    - intros [|i [|j [|m r]]] Hd; simpl in Hd; unfold p, mom; try lia. ring. }
  rewrite <- E. unfold one.
  eapply Rle_trans.
  - apply (one_step idx deg 4 ltac:(lia) deg_pos (law S k x) x (inc S k x) (J t')) with (Z := fun o => Z o ^ (2 * weight c))
      (Y := fun _ => M * cseg c ^ q * h ^ 2 * Q x ^ weight c) (e := e).
    + intros o l Hl Hd. apply (vl_jet _ _ _ _ _ _ _ V_ok); auto. intros; now apply (rg_dom _ _ _ _ _ _ _ _ R_ok).
    + intros. now apply (rg_int _ _ _ _ _ _ _ _ R_ok).
    + apply (ad_int _ _ _ test_ok); auto. apply test_value. lia.
    + intros. now apply (rg_intZ _ _ _ _ _ _ _ _ R_ok).
    + intros o l s (H1 & H2 & H3) Hs.
      assert (HJ : Rabs (J t' l (along x (inc S k x o) s)) <= M * (cseg c ^ q * Q x ^ q * Z o ^ (2 * q))).
      { eapply Rle_trans. apply (vl_bound _ _ _ _ _ _ _ V_ok); auto.
        intros ->; simpl in H1; lia. now apply (rg_dom _ _ _ _ _ _ _ _ R_ok).
        apply Rmult_le_compat_l; auto. now apply Q_Z_pow. }
      assert (HP := leaf_small l o (conj H1 (conj H2 H3))).
      eapply Rle_trans; [apply abs_mult_le; [apply HJ | apply HP]|].
      apply Req_le. unfold weight. fold q. replace (2 * (q + 3))%nat with (2 * q + 6)%nat by lia. rewrite !pow_add. ring.
    + intros l Hl Hd. unfold p, e. destruct l as [|i l].
      * simpl. rewrite ex_one, Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
      * apply (rg_moment _ _ _ _ _ _ _ _ R_ok); auto. discriminate.
  - unfold local_space. rewrite !Rmult_plus_distr_r. apply Rplus_le_compat.
    + apply Rle_trans with (total idx deg 4 (fun l : list I => (M * kappa c * h ^ 2 * Q x ^ weight c) * 1)).
      2:{ rewrite total_scal. apply Req_le. unfold inner_count. ring. }
      apply total_le. intros l Hl Hd. unfold e. rewrite Rmult_1_r. unfold weight. fold q. rewrite pow_add. destruct l as [|i l].
      * rewrite Rmult_0_r. repeat apply Rmult_le_pos; lra.
      * replace (M * kappa c * h ^ 2 * (Q x ^ q * Q x ^ 3)) with ((M * Q x ^ q) * (kappa c * h ^ 2 * Q x ^ 3)) by ring.
        apply Rmult_le_compat_r. repeat apply Rmult_le_pos; lra.
        apply (vl_bound _ _ _ _ _ _ _ V_ok); auto. discriminate. simpl in *; lia. apply x_dom.
    + rewrite <- (Rmult_1_r (M * cseg c ^ q * h ^ 2 * Q x ^ weight c)).
      rewrite boundary_scal by lia. fold leaf_count.
      replace (M * cseg c ^ growth c * mu c * leaf_count * h ^ 2 * Q x ^ weight c)
        with (M * cseg c ^ q * h ^ 2 * Q x ^ weight c * leaf_count * mu c) by (unfold q; ring).
      apply Rmult_le_compat_l.
      * pose proof (Q_pow_ge_1 x (weight c)). pose proof (pow_ge_1 _ q cs). repeat apply Rmult_le_pos; lra.
      * apply (rg_Z_moment _ _ _ _ _ _ _ _ R_ok); auto.
Qed.

Lemma time_step : Rabs (J t' nil x + h * gen G J t' x - J (INR k * h) nil x) <= Mt / 2 * h ^ 2 * Q x ^ weight c.
Proof.
  destruct t_range as (t1 & t2 & t3).
  assert (Rt : forall s, 0 <= s <= 1 -> INR k0 * h <= t' - s * h <= T) by (intros; nra).
  set (g := fun t => gen G J t x). set (B := Mt * Q x ^ weight c).
  assert (Dg : forall s, 0 <= s <= 1 -> exists l, is_derive g (t' - s * h) l /\ Rabs l <= B).
  { intros s Hs. apply (vl_time2 _ _ _ _ _ _ _ V_ok); auto. apply x_dom. }
  assert (Dl : forall s, is_derive (fun s => t' - s * h) s (- h)).
  { intros s. auto_derive; auto. ring. }
  assert (G1 : forall s, 0 <= s <= 1 -> Rabs (g (t' - s * h) - g t') <= h * B * s).
  { apply (mvt_bound (fun s => g (t' - s * h) - g t') (fun s => - h * Derive g (t' - s * h)) (fun s => h * B * s) (fun _ => h * B)).
    - intros s Hs. destruct (Dg s Hs) as (l & Hl & _). rewrite (is_derive_unique _ _ _ Hl).
      replace (- h * l) with (scal (- h) l - 0) by (unfold scal; simpl; unfold mult; simpl; ring).
      apply (is_derive_minus (fun s => g (t' - s * h)) (fun _ => g t')).
      + apply (is_derive_comp g (fun s => t' - s * h)); auto.
      + apply (is_derive_const (g t') s).
    - intros s Hs. auto_derive; auto. ring.
    - intros s Hs. destruct (Dg s Hs) as (l & Hl & Bl). rewrite (is_derive_unique _ _ _ Hl).
      apply abs_mult_le; auto. rewrite Rabs_Ropp. apply abs_pos_le. lra.
    - replace (t' - 0 * h) with t' by ring. ring.
    - ring. }
  replace (J t' nil x + h * gen G J t' x - J (INR k * h) nil x)
    with (- (J (t' - 1 * h) nil x - J t' nil x - 1 * h * g t')).
  2:{ replace (t' - 1 * h) with (INR k * h) by lra. unfold g. ring. }
  apply abs_opp_le.
  replace (Mt / 2 * h ^ 2 * Q x ^ weight c) with (h * (h * B) * (1 ^ 2 / 2)) by (unfold B; field).
  apply (mvt_bound (fun s => J (t' - s * h) nil x - J t' nil x - s * h * g t') (fun s => h * (g (t' - s * h) - g t'))
           (fun s => h * (h * B) * (s ^ 2 / 2)) (fun s => h * (h * B * s))).
  - intros s Hs. replace (h * (g (t' - s * h) - g t')) with ((scal (- h) (- g (t' - s * h)) - 0) - h * g t')
      by (unfold scal; simpl; unfold mult; simpl; ring).
    apply (is_derive_minus (fun s => J (t' - s * h) nil x - J t' nil x) (fun s => s * h * g t')).
    + apply (is_derive_minus (fun s => J (t' - s * h) nil x) (fun _ => J t' nil x)).
      * apply (is_derive_comp (fun t => J t nil x) (fun s => t' - s * h)); auto.
        apply (vl_time _ _ _ _ _ _ _ V_ok); auto. apply x_dom.
      * apply (is_derive_const (J t' nil x) s).
    + auto_derive; auto. ring.
  - intros s Hs. auto_derive; auto. field.
  - intros s Hs. apply abs_mult_le. apply abs_pos_le; lra. auto.
  - replace (t' - 0 * h) with t' by ring. ring.
  - field.
  - lra.
Qed.

Lemma local_error :
  Rabs (one S k (J (INR (Datatypes.S k) * h) nil) x - J (INR k * h) nil x) <= local_constant * h ^ 2 * Q x ^ weight c.
Proof.
  fold t'. replace (_ - _) with ((one S k (J t' nil) x - (J t' nil x + h * gen G J t' x))
    + (J t' nil x + h * gen G J t' x - J (INR k * h) nil x)) by ring.
  unfold local_constant. rewrite !Rmult_plus_distr_r. apply abs_plus_le. apply space_step. apply time_step.
Qed.

(* (1+a)^p is at most its tangent plus a multiple of a^2. *)
Lemma tangent a m : 0 <= 1 + a ->
  (1 + a) ^ (m + 2) <= 1 + INR (m + 2) * a + INR (m + 2) ^ 2 * (a ^ 2 * (1 + Rabs a) ^ m).
Proof.
  intros Ha. pose proof (Rabs_pos a) as Hp. assert (Hq := Rle_abs a). induction m.
  - simpl. pose proof (pow2_ge_0 a). simpl in H. lra.
  - change (Datatypes.S m + 2)%nat with (Datatypes.S (m + 2)). rewrite S_INR.
    set (p := INR (m + 2)) in *. set (b := (1 + Rabs a) ^ m) in *.
    assert (p0 : 2 <= p). { unfold p. rewrite plus_INR. simpl. pose proof (pos_INR m). lra. }
    assert (b1 : 1 <= b) by (apply pow_ge_1; lra).
    change ((1 + a) ^ Datatypes.S (m + 2)) with ((1 + a) * (1 + a) ^ (m + 2)).
    change ((1 + Rabs a) ^ Datatypes.S m) with ((1 + Rabs a) * b).
    apply Rle_trans with ((1 + a) * (1 + p * a + p ^ 2 * (a ^ 2 * b))). now apply Rmult_le_compat_l.
    assert (a2 := pow2_ge_0 a).
    assert (B1 : b <= (1 + Rabs a) * b) by nra.
    assert (B2 : (1 + a) * b <= (1 + Rabs a) * b) by nra.
    set (B := (1 + Rabs a) * b) in *.
    apply Rle_trans with (1 + (p + 1) * a + a ^ 2 * (p + p ^ 2 * B)).
    + replace ((1 + a) * (1 + p * a + p ^ 2 * (a ^ 2 * b))) with (1 + (p + 1) * a + a ^ 2 * (p + p ^ 2 * ((1 + a) * b))) by ring.
      apply Rplus_le_compat_l, Rmult_le_compat_l; auto. apply Rplus_le_compat_l, Rmult_le_compat_l; auto. apply pow2_ge_0.
    + replace ((p + 1) ^ 2 * (a ^ 2 * B)) with (a ^ 2 * ((p + 1) ^ 2 * B)) by ring.
      apply Rplus_le_compat_l, Rmult_le_compat_l; auto. nra.
Qed.

Lemma weight_stable : one S k (fun y => Q y ^ weight c) x <= (1 + growth_rate * h) * Q x ^ weight c.
Proof.
  destruct c_pos as (_ & mp & kqp & cqp & _).
  pose proof (Q_ge_1 x) as Qx. pose proof sqrt_h_unit as Hu. pose proof sqrt_h_pow as Hs.
  set (p := weight c). set (m := (growth c + 1)%nat). assert (pm : p = (m + 2)%nat) by (unfold p, m, weight; lia).
  set (W := Q x ^ p). assert (W1 : 1 <= W) by apply Q_pow_ge_1.
  set (dq := fun o => Q (add x (inc S k x o)) - Q x).
  set (K := INR p ^ 2 * (1 + cq c) ^ p).
  assert (K0 : 0 <= K). { apply Rmult_le_pos. apply pow2_ge_0. apply pow_le. lra. }
  assert (path : forall o, Q (add x (inc S k x o)) ^ p <= W + INR p * Q x ^ (p - 1) * dq o + h * K * W * Z o ^ (2 * p)).
  { intros o. pose proof (rg_Z _ _ _ _ _ _ _ _ R_ok o) as Zo.
    assert (Bd := rg_Q_inc _ _ _ _ _ _ _ _ R_ok k x o k_range x_inv). fold (dq o) in Bd.
    set (a := dq o / Q x).
    assert (Ea : Q (add x (inc S k x o)) = Q x * (1 + a)) by (unfold a, dq; field; lra).
    assert (Ba : Rabs a <= sqrt h * (cq c * Z o ^ 2)).
    { unfold a, Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ Q x)) by (left; apply Rinv_0_lt_compat; lra).
      apply Rmult_le_reg_r with (Q x). lra. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. lra. }
    assert (Z2 : 1 <= Z o ^ 2) by now apply pow_ge_1.
    assert (cz : 0 <= cq c * Z o ^ 2) by nra.
    assert (Ba1 : 1 + Rabs a <= (1 + cq c) * Z o ^ 2).
    { assert (sqrt h * (cq c * Z o ^ 2) <= 1 * (cq c * Z o ^ 2)) by (apply Rmult_le_compat_r; lra). lra. }
    assert (Ba2 : a ^ 2 <= h * ((1 + cq c) * Z o ^ 2) ^ 2).
    { rewrite <- Hs, <- Rpow_mult_distr, <- pow2_abs. apply pow_incr. split. apply Rabs_pos.
      eapply Rle_trans; [apply Ba|]. apply Rmult_le_compat_l; lra. }
    assert (T0 := tangent a m). rewrite <- pm in T0.
    assert (1 + a = Q (add x (inc S k x o)) / Q x) by (unfold a, dq; field; lra).
    assert (0 <= 1 + a).
    { rewrite H. apply Rmult_le_pos. specialize (Q_ge_1 (add x (inc S k x o))); lra. left; apply Rinv_0_lt_compat; lra. }
    specialize (T0 H0).
    assert (T1 : a ^ 2 * (1 + Rabs a) ^ m <= h * ((1 + cq c) ^ p * Z o ^ (2 * p))).
    { replace (h * ((1 + cq c) ^ p * Z o ^ (2 * p))) with (h * ((1 + cq c) * Z o ^ 2) ^ 2 * ((1 + cq c) * Z o ^ 2) ^ m).
      - pose proof (Rabs_pos a). apply Rmult_le_compat; auto. apply pow2_ge_0. apply pow_le; lra. apply pow_incr; lra.
      - rewrite (pow_mult (Z o) 2 p), pm. rewrite (pow_add (1 + cq c)), (pow_add (Z o ^ 2)), !Rpow_mult_distr. ring. }
    rewrite Ea, Rpow_mult_distr. fold W.
    apply Rle_trans with (W * (1 + INR p * a + INR p ^ 2 * (h * ((1 + cq c) ^ p * Z o ^ (2 * p))))).
    - apply Rmult_le_compat_l. lra. eapply Rle_trans; [apply T0|]. apply Rplus_le_compat_l, Rmult_le_compat_l; auto. apply pow2_ge_0.
    - right. unfold K, W, a. rewrite pm. replace (m + 2 - 1)%nat with (m + 1)%nat by lia. rewrite !(pow_add (Q x)). field. lra. }
  set (P := INR p * Q x ^ (p - 1)) in *.
  assert (P0 : 0 <= P). { apply Rmult_le_pos. apply pos_INR. apply pow_le; lra. }
  assert (Iq : intg (law S k x) dq) by now apply (rg_Q_int _ _ _ _ _ _ _ _ R_ok).
  assert (IZ : intg (law S k x) (fun o => Z o ^ (2 * p))) by now apply (rg_intZ _ _ _ _ _ _ _ _ R_ok).
  assert (IS : intg (law S k x) (fun o => W + P * dq o)) by (apply intg_plus; auto using intg_const, intg_scal).
  unfold one. eapply Rle_trans.
  - apply (ex_mono (law S k x) _ (fun o => (W + P * dq o) + (h * K * W) * Z o ^ (2 * p))).
    + apply (ad_int _ _ _ test_ok k (fun y => Q y ^ weight c)); auto.
    + apply intg_plus; auto. now apply intg_scal.
    + intros o. apply path.
  - rewrite ex_plus, ex_plus, ex_const, ex_scal, ex_scal by (auto using intg_const, intg_scal).
    assert (E1 := rg_Q_mean _ _ _ _ _ _ _ _ R_ok k x k_range x_inv). fold dq in E1.
    assert (E2 := rg_Z_moment _ _ _ _ _ _ _ _ R_ok k x k_range x_inv). fold p in E2.
    apply Rle_trans with (W + P * (kq c * h * Q x) + h * K * W * mu c).
    + apply Rplus_le_compat. apply Rplus_le_compat_l. now apply Rmult_le_compat_l.
      apply Rmult_le_compat_l; auto. apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
    + right. unfold growth_rate. fold p. unfold K, P, W. rewrite pm. replace (m + 2 - 1)%nat with (m + 1)%nat by lia.
      rewrite !(pow_add (Q x)). ring.
Qed.
End Step.

Lemma local_constant_pos : 0 <= local_constant.
Proof.
  destruct c_pos as (kp & mp & _ & _ & cs). destruct M_pos as (Mp & Mtp). destruct count_pos as (np & lp).
  pose proof (pow_ge_1 _ (growth c) cs). unfold local_constant, local_space, Rdiv.
  generalize dependent inner_count. generalize dependent leaf_count. intros.
  repeat first [apply Rplus_le_le_0_compat | apply Rmult_le_pos]; lra.
Qed.
Lemma growth_rate_pos : 0 <= growth_rate.
Proof.
  destruct c_pos as (_ & mp & kqp & cqp & _). unfold growth_rate.
  repeat first [apply Rplus_le_le_0_compat | apply Rmult_le_pos | apply pos_INR | apply pow2_ge_0 | apply pow_le]; lra.
Qed.

Definition expected (k n : nat) (f : X -> R) : X -> R := chain X (one S) k n f.

(* Main theorem: the expectation of the test function phi = U(t_{k+n}) along the chain differs from U(t_k) by at most C h. *)
Theorem graded_weak_order1 k n x len : (k0 <= k)%nat -> (k + n <= N)%nat -> INR n * h <= len -> Inv k x ->
  Rabs (expected k n (J (INR (k + n) * h) nil) x - J (INR k * h) nil x)
  <= local_constant * len * exp (growth_rate * len) * Q x ^ weight c * h.
Proof.
  intros Hk Hn Hl Ix. unfold expected.
  apply (weak_order1 X (one S) test Inv (ad_lin _ _ _ test_ok) (ad_step _ _ _ test_ok) k0 N) with
    (w := fun x => Q x ^ weight c) (u := fun k => J (INR k * h) nil); auto.
  - intros j f g Hj Df Dg Hfg y Iy. apply ex_mono; try (apply (ad_int _ _ _ test_ok); auto).
    intros o. apply Hfg. now apply (rg_inv _ _ _ _ _ _ _ _ R_ok).
  - intros j a b f g y Hj Df Dg Iy. apply ex_lin; now apply (ad_int _ _ _ test_ok).
  - lra.
  - apply growth_rate_pos.
  - intros y. pose proof (Q_pow_ge_1 y (weight c)). lra.
  - intros j y Hj Iy. now apply weight_stable.
  - apply local_constant_pos.
  - intros j y Hj Iy. now apply local_error.
Qed.
End Scheme.
