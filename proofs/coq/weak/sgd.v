(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* SGD in d dimensions, time unit eta: theta' = theta - eta (F + sigma z).
   Order 1 for d theta = -F dt + sqrt eta sigma Sigma^1/2 dW; order 2 for the modified equation (Li, Tai, E 2017), whose drift is
   minus the gradient of f + (eta/4)|grad f|^2, that is -(F + (eta/2) H F) with H the Hessian. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise.
Import ListNotations.
Open Scope R_scope.

(* Backward Taylor expansions of a function of time. *)
Section Time.
Variables (f g g2 g3 : R -> R) (t h B : R).
Hypothesis h_pos : 0 <= h.
Let back s := t - s * h.
Hypothesis Df : forall s, 0 <= s <= 1 -> is_derive f (back s) (- g (back s)).
Hypothesis Dg : forall s, 0 <= s <= 1 -> is_derive g (back s) (- g2 (back s)).

Lemma back_derive k k' s : is_derive k (back s) k' -> is_derive (fun s => k (back s)) s (- h * k').
Proof.
  intros H. replace (- h * k') with (scal (- h) k') by reflexivity.
  apply (is_derive_comp k back); auto. unfold back. auto_derive; auto. ring.
Qed.
Lemma back_0 : back 0 = t. Proof. unfold back; ring. Qed.

Lemma back_taylor1 : (forall s, 0 <= s <= 1 -> Rabs (g2 (back s)) <= B) -> Rabs (f (t - h) - (f t + h * g t)) <= h ^ 2 * B / 2.
Proof.
  intros Hg.
  assert (G : forall s, 0 <= s <= 1 -> Rabs (g (back s) - g t) <= h * B * s).
  { apply (mvt_bound (fun s => g (back s) - g t) (fun s => - h * - g2 (back s)) (fun s => h * B * s) (fun _ => h * B)).
    - intros s Hs. replace (- h * - g2 (back s)) with (- h * - g2 (back s) - 0) by ring.
      apply (is_derive_minus (fun s => g (back s)) (fun _ => g t)). apply back_derive; auto. apply (is_derive_const (g t) s).
    - intros s Hs. auto_derive; auto. ring.
    - intros s Hs. apply abs_mult_le. rewrite Rabs_Ropp. apply abs_pos_le; lra. rewrite Rabs_Ropp; auto.
    - rewrite back_0; ring.
    - ring. }
  replace (f (t - h) - (f t + h * g t)) with (f (back 1) - f t - 1 * h * g t) by (unfold back; rewrite Rmult_1_l; ring).
  replace (h ^ 2 * B / 2) with (h * (h * B) * (1 ^ 2 / 2)) by field.
  apply (mvt_bound (fun s => f (back s) - f t - s * h * g t) (fun s => h * (g (back s) - g t)) (fun s => h * (h * B) * (s ^ 2 / 2)) (fun s => h * (h * B * s))).
  - intros s Hs. replace (h * (g (back s) - g t)) with ((- h * - g (back s) - 0) - h * g t) by ring.
    apply (is_derive_minus (fun s => f (back s) - f t) (fun s => s * h * g t)).
    + apply (is_derive_minus (fun s => f (back s)) (fun _ => f t)). apply back_derive; auto. apply (is_derive_const (f t) s).
    + auto_derive; auto. ring.
  - intros s Hs. auto_derive; auto. field.
  - intros s Hs. apply abs_mult_le; auto. now apply abs_pos_le.
  - rewrite back_0; ring.
  - field.
  - lra.
Qed.
End Time.

Lemma back_taylor2 f g g2 g3 t h B : 0 <= h ->
  (forall s, 0 <= s <= 1 -> is_derive f (t - s * h) (- g (t - s * h))) ->
  (forall s, 0 <= s <= 1 -> is_derive g (t - s * h) (- g2 (t - s * h))) ->
  (forall s, 0 <= s <= 1 -> is_derive g2 (t - s * h) (- g3 (t - s * h))) ->
  (forall s, 0 <= s <= 1 -> Rabs (g3 (t - s * h)) <= B) ->
  Rabs (f (t - h) - (f t + h * g t + h ^ 2 / 2 * g2 t)) <= h ^ 3 * B / 6.
Proof.
  intros Hh Df Dg D2 H3.
  assert (B0 : 0 <= B) by (eapply Rle_trans; [apply Rabs_pos | apply (H3 0); lra]).
  assert (G : forall s, 0 <= s <= 1 -> Rabs (g (t - s * h) - (g t + s * h * g2 t)) <= (s * h) ^ 2 * B / 2).
  { intros s Hs. apply (back_taylor1 g g2 g3 t (s * h) B).
    - mpos.
    - intros r Hr. replace (t - r * (s * h)) with (t - (r * s) * h) by ring. apply Dg. nra.
    - intros r Hr. replace (t - r * (s * h)) with (t - (r * s) * h) by ring. apply D2. nra.
    - intros r Hr. replace (t - r * (s * h)) with (t - (r * s) * h) by ring. apply H3. nra. }
  replace (f (t - h) - (f t + h * g t + h ^ 2 / 2 * g2 t)) with (f (t - 1 * h) - (f t + 1 * h * g t + (1 * h) ^ 2 / 2 * g2 t)) by (rewrite Rmult_1_l; ring).
  replace (h ^ 3 * B / 6) with (h ^ 3 * B / 6 * 1 ^ 3) by ring.
  apply (mvt_bound (fun s => f (t - s * h) - (f t + s * h * g t + (s * h) ^ 2 / 2 * g2 t)) (fun s => h * (g (t - s * h) - (g t + s * h * g2 t)))
    (fun s => h ^ 3 * B / 6 * s ^ 3) (fun s => h * ((s * h) ^ 2 * B / 2))).
  - intros s Hs. replace (h * (g (t - s * h) - (g t + s * h * g2 t))) with (- h * - g (t - s * h) - (h * g t + s * h * h * g2 t)) by ring.
    apply (is_derive_minus (fun s => f (t - s * h)) (fun s => f t + s * h * g t + (s * h) ^ 2 / 2 * g2 t)).
    + apply (back_derive t h f); auto.
    + auto_derive; auto. field.
  - intros s Hs. auto_derive; auto. field.
  - intros s Hs. apply abs_mult_le; auto. now apply abs_pos_le.
  - replace (t - 0 * h) with t by ring. field.
  - ring.
  - lra.
Qed.

Notation X := (@state nat).

Section SGD.
Variables (d q N : nat) (eta sigma Gf m : R).
Definition idx := seq 0 d.
Definition deg (_ : nat) : nat := 1.
Definition Q (x : X) := quad idx [] x.
Let w := (q + 3)%nat.
Variables (F : nat -> X -> R) (H : nat -> nat -> X -> R) (Sig : X -> nat -> nat -> R) (law : X -> expectation (nat -> R)).
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis pos : 0 <= sigma /\ 0 <= Gf.
Hypothesis F_growth : forall x i, (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, noise (law x) d (Sig x) m m w.

Definition incr (x : X) (z : nat -> R) : X := fun i => - (eta * (F i x + sigma * z i)).
Definition chain_steps : @steps nat (nat -> R) := {| scheme.law := fun _ => law; inc := fun _ => incr |}.
(* order = 1 or 2: with or without the correction of the drift. *)
Definition limit (order : nat) : @generator nat := {|
  drift := fun _ i x => - (F i x + match order with 2%nat => eta / 2 * sumf idx (fun j => H i j x * F j x) | _ => 0 end);
  diffu := fun _ i j x => eta * sigma ^ 2 * Sig x i j |}.

Definition cz := 1 + Gf + sigma.
Definition Z (z : nat -> R) := cz * size1 d z.
Definition mu_Z := cz ^ (2 * w) * m.
Definition cseg_ := 2 + 2 * size idx [].
Definition cq_ := 3 * size idx [].
Definition rate := (1 + cq_) ^ w * mu_Z.

Lemma Z_ge_1 z : 1 <= Z z. Proof. pose proof (size1_ge_1 d z). unfold Z, cz. nra. Qed.
Lemma Z_int x : intg (law x) (fun z => Z z ^ (2 * w)) /\ ex (law x) (fun z => Z z ^ (2 * w)) <= mu_Z.
Proof.
  pose proof (oracle x) as nz.
  assert (E : forall z, cz ^ (2 * w) * size1 d z ^ (2 * w) = Z z ^ (2 * w)) by (intros; unfold Z; now rewrite Rpow_mult_distr).
  split.
  - eapply intg_ext; [apply E|]. apply intg_scal, (nz_intm _ _ _ _ _ _ nz).
  - rewrite <- (ex_ext _ _ _ E), ex_scal by apply (nz_intm _ _ _ _ _ _ nz).
    apply Rmult_le_compat_l. apply pow_le. unfold cz; lra. apply (nz_moment _ _ _ _ _ _ nz).
Qed.
Lemma mu_pos (x : X) : 0 <= mu_Z.
Proof. destruct (Z_int x) as (I1 & E1). eapply Rle_trans; [|apply E1]. apply ex_ge_const; auto. intros z. apply pow_le. pose proof (Z_ge_1 z). lra. Qed.
Lemma Q1 x : 1 <= Q x. Proof. apply quad_ge_1. Qed.
Lemma r1 x : 1 <= sqrt (Q x). Proof. apply root_ge_1. Qed.

Lemma small x z i : In i idx -> Rabs (incr x z i) <= eta * sqrt (Q x) * Z z.
Proof.
  intros Hi. assert (Hd : (i < d)%nat) by (apply in_seq in Hi; lia). pose proof (size1_coord d z i Hd). pose proof (size1_ge_1 d z).
  pose proof (r1 x). unfold incr. apply abs_opp_le. rewrite (Rmult_assoc eta). apply abs_mult_le. apply abs_pos_le; lra.
  apply Rle_trans with (Gf * sqrt (Q x) + sigma * size1 d z).
  - apply abs_plus_le; auto. apply abs_mult_le. apply abs_pos_le; lra. lra.
  - unfold Z, cz. set (r := sqrt (Q x)) in *. set (s := size1 d z) in *.
    assert (Gf * r * 1 <= Gf * r * s) by (apply Rmult_le_compat_l; mpos). assert (sigma * s * 1 <= sigma * s * r) by (apply Rmult_le_compat_l; mpos).
    assert (0 <= r * s) by mpos. nra.
Qed.

Lemma prod_small x z l : incl l idx -> Rabs (prodv l (incr x z)) <= (eta * sqrt (Q x) * Z z) ^ length l.
Proof.
  induction l; simpl; intros Hl. rewrite Rabs_R1; lra. apply abs_mult_le. apply small, Hl; now left.
  apply IHl. intros b Hb. apply Hl; now right.
Qed.
Lemma degl_length l : degl deg l = length l. Proof. induction l; simpl; auto. Qed.

Lemma moments x i j : (i < d)%nat -> (j < d)%nat ->
  intg (law x) (fun z => incr x z i) /\ ex (law x) (fun z => incr x z i) = - eta * F i x /\
  intg (law x) (fun z => incr x z i * incr x z j) /\
  ex (law x) (fun z => incr x z i * incr x z j) = eta ^ 2 * (F i x * F j x + sigma ^ 2 * Sig x i j).
Proof.
  intros Hi Hj.
  destruct (cubic_eq _ _ _ _ _ _ (oracle x) (fun z => incr x z i) (- eta * F i x) (- eta * sigma) 0 0 0 0 0 0 i i i) as (I1 & E1); auto.
  { intros z. unfold cubic, incr. ring. }
  destruct (cubic_eq _ _ _ _ _ _ (oracle x) (fun z => incr x z i * incr x z j) (eta ^ 2 * (F i x * F j x)) (eta ^ 2 * sigma * F j x)
    (eta ^ 2 * sigma * F i x) 0 (eta ^ 2 * sigma ^ 2) 0 0 0 i j j) as (I2 & E2); auto.
  { intros z. unfold cubic, incr. ring. }
  repeat split; auto. rewrite E1; ring. rewrite E2; ring.
Qed.

Lemma bernoulli b k : 0 <= b -> (1 + eta * b) ^ k <= 1 + eta * ((1 + b) ^ k - 1).
Proof.
  intros Hb. induction k. simpl; lra. simpl pow.
  assert (B1 : 1 <= (1 + b) ^ k) by (apply pow_ge_1; lra). set (B := (1 + b) ^ k) in *.
  apply Rle_trans with ((1 + eta * b) * (1 + eta * (B - 1))). apply Rmult_le_compat_l; auto. assert (0 <= eta * b) by mpos. lra.
  replace ((1 + eta * b) * (1 + eta * (B - 1))) with (1 + eta * (b + (B - 1) + eta * (b * (B - 1)))) by ring.
  assert (0 <= b * (B - 1)) by (apply Rmult_le_pos; lra).
  apply Rplus_le_compat_l, Rmult_le_compat_l; nra.
Qed.

Variables (M Mb Mt T : R) (J : R -> list nat -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mb /\ 0 <= Mt.
Hypothesis T_end : INR N * eta <= T.
Hypothesis test_ok : admissible chain_steps (fun _ _ => True) test.
Hypothesis test_value : forall k, (k <= N)%nat -> test (J (INR k * eta) nil).
Hypothesis test_weight : test (fun x => Q x ^ w).

Lemma stable k x : one chain_steps k (fun y => Q y ^ w) x <= (1 + rate * eta) * Q x ^ w.
Proof.
  destruct (Z_int x) as (I1 & E1). pose proof (Q1 x) as Qx. assert (c0 : 0 <= cq_) by (unfold cq_; pose proof (size_pos idx []); lra).
  assert (W1 : 1 <= Q x ^ w) by now apply pow_ge_1.
  apply Rle_trans with (ex (law x) (fun z => Q x ^ w + (eta * (1 + cq_) ^ w * Q x ^ w) * Z z ^ (2 * w))).
  - apply ex_mono.
    + apply (ad_int _ _ _ test_ok k (fun y => Q y ^ w) x); auto.
    + apply intg_plus; auto using intg_const, intg_scal.
    + intros z. pose proof (Z_ge_1 z) as Zz. assert (Z2 : 1 <= Z z ^ 2) by now apply pow_ge_1.
      assert (B := quad_inc idx [] eta x (incr x z) (Z z) ltac:(lra) Zz (small x z) ltac:(intros i [])). fold (Q x) in B. fold (Q (add x (incr x z))) in B.
      apply abs_le_inv in B. fold cq_ in B.
      apply Rle_trans with ((Q x * (1 + eta * (cq_ * Z z ^ 2))) ^ w).
      { change (inc chain_steps k x z) with (incr x z). apply pow_incr. split. pose proof (Q1 (add x (incr x z))); lra. lra. }
      rewrite Rpow_mult_distr. replace (Q x ^ w + eta * (1 + cq_) ^ w * Q x ^ w * Z z ^ (2 * w)) with (Q x ^ w * (1 + eta * ((1 + cq_) ^ w * Z z ^ (2 * w)))) by ring.
      apply Rmult_le_compat_l. lra. eapply Rle_trans; [apply bernoulli; mpos|].
      apply Rplus_le_compat_l, Rmult_le_compat_l. lra. rewrite pow_mult, <- Rpow_mult_distr.
      assert ((1 + cq_ * Z z ^ 2) ^ w <= ((1 + cq_) * Z z ^ 2) ^ w) by (apply pow_incr; nra). lra.
  - rewrite ex_plus, ex_const, ex_scal by (auto using intg_const, intg_scal).
    replace ((1 + rate * eta) * Q x ^ w) with (Q x ^ w + eta * (1 + cq_) ^ w * Q x ^ w * mu_Z) by (unfold rate; ring).
    apply Rplus_le_compat_l, Rmult_le_compat_l; auto. mpos.
Qed.

Lemma segment x z s k : 0 <= s <= 1 -> Q (along x (incr x z) s) ^ k <= cseg_ ^ k * Q x ^ k * Z z ^ (2 * k).
Proof.
  intros Hs. rewrite (pow_mult (Z z) 2 k), <- !Rpow_mult_distr. apply pow_incr. split. pose proof (Q1 (along x (incr x z) s)); lra.
  apply (quad_along idx [] eta x (incr x z) (Z z)); auto; try lra. apply Z_ge_1. apply small. intros i [].
Qed.

(* The space part: expansion of degree D = order + 1 with all moments exact. *)
Definition space D := M * cseg_ ^ q * mu_Z * boundary idx deg D (fun _ => 1).
Lemma space_step D k t x : (2 <= D <= 3)%nat ->
  (forall l y e, incl l idx -> (length l < D)%nat -> diff_along idx (J t l) (fun i => J t (i :: l)) y e) ->
  (forall l y, incl l idx -> length l = D -> Rabs (J t l y) <= M * Q y ^ q) -> test (J t nil) ->
  Rabs (one chain_steps k (J t nil) x - (J t nil x - eta * sumf idx (fun i => F i x * J t [i] x)
    + match D with 3%nat => eta ^ 2 / 2 * sumf idx (fun i => sumf idx (fun j => (F j x * F i x + sigma ^ 2 * Sig x j i) * J t [j; i] x)) | _ => 0 end))
  <= space D * eta ^ D * Q x ^ w.
Proof.
  intros HD Hj Hb Ht. destruct (Z_int x) as (I1 & E1). pose proof (Q1 x) as Qx.
  set (p := fun l => match l with nil => 1 | [i] => - eta * F i x | [j; i] => if (D =? 3)%nat then eta ^ 2 * (F j x * F i x + sigma ^ 2 * Sig x j i) else 0 | _ => 0 end).
  assert (Mom : forall l, incl l idx -> (length l < D)%nat -> intg (law x) (fun z => prodv l (incr x z)) /\ ex (law x) (fun z => prodv l (incr x z)) = p l).
  { intros l Hl Hd. assert (Hi : forall i, In i l -> (i < d)%nat) by (intros i Hi; apply Hl, in_seq in Hi; lia).
    destruct l as [|i [|j [|n l]]]; simpl in Hd; try lia.
    - split. apply intg_one. apply ex_one.
    - destruct (moments x i i) as (A1 & A2 & _); try (apply Hi; simpl; auto). split.
      eapply intg_ext; [|apply A1]; intros; simpl; ring. unfold p. rewrite <- A2. apply ex_ext; intros; simpl; ring.
    - destruct (moments x i j) as (_ & _ & A3 & A4); try (apply Hi; simpl; auto). split.
      eapply intg_ext; [|apply A3]; intros; simpl; ring. unfold p. replace (D =? 3)%nat with true by (symmetry; apply Nat.eqb_eq; lia).
      rewrite <- A4. apply ex_ext; intros; simpl; ring. }
  assert (E : total idx deg D (fun l => J t l x * p l) = J t nil x - eta * sumf idx (fun i => F i x * J t [i] x)
    + match D with 3%nat => eta ^ 2 / 2 * sumf idx (fun i => sumf idx (fun j => (F j x * F i x + sigma ^ 2 * Sig x j i) * J t [j; i] x)) | _ => 0 end).
  { rewrite total_second; try lia.
    - assert (E1' : sumf idx (fun i => J t [i] x * p [i]) = - eta * sumf idx (fun i => F i x * J t [i] x)).
      { rewrite <- sumf_scal. apply sumf_ext; intros; unfold p; ring. }
      rewrite E1'. assert (D = 2 \/ D = 3)%nat as [-> | ->] by lia; unfold p; simpl Nat.eqb; cbv iota.
      + assert (E0 : sumf idx (fun i => sumf idx (fun j => J t [j; i] x * 0)) = 0).
        { transitivity (sumf idx (fun _ => 0)); [|apply sumf_zero]. apply sumf_ext. intros i _.
          transitivity (sumf idx (fun _ => 0)); [|apply sumf_zero]. apply sumf_ext. intros; ring. }
        rewrite E0. ring.
      + assert (E2' : sumf idx (fun i => sumf idx (fun j => J t [j; i] x * (eta ^ 2 * (F j x * F i x + sigma ^ 2 * Sig x j i))))
          = eta ^ 2 * sumf idx (fun i => sumf idx (fun j => (F j x * F i x + sigma ^ 2 * Sig x j i) * J t [j; i] x))).
        { rewrite <- sumf_scal. apply sumf_ext; intros. rewrite <- sumf_scal. apply sumf_ext; intros; ring. }
        rewrite E2'. field.
    - intros [|i [|j [|n l]]] Hd; rewrite degl_length in Hd; simpl in Hd; unfold p; try lia; try ring.
      replace (D =? 3)%nat with false by (symmetry; apply Nat.eqb_neq; lia). ring.
    - intros [|i [|j [|n l]]] Hd; simpl in Hd; unfold p; try lia. ring. }
  rewrite <- E. eapply Rle_trans.
  - apply (one_step idx deg D ltac:(lia) ltac:(intros; unfold deg; lia) (law x) x (incr x) (J t)) with (Z := fun z => Z z ^ (2 * w))
      (Y := fun _ => M * cseg_ ^ q * eta ^ D * Q x ^ w) (e := fun _ => 0).
    + intros o l Hl Hd. rewrite degl_length in Hd. auto.
    + intros l Hl Hd. rewrite degl_length in Hd. now apply Mom.
    + apply (ad_int _ _ _ test_ok k (J t nil) x); auto.
    + exact I1.
    + intros z l s (H1 & H2 & H3) Hs. rewrite degl_length in H1, H2.
      assert (Hlen : length l = D) by (destruct l; simpl in *; lia).
      pose proof (Z_ge_1 z) as Zz. pose proof (r1 x) as Rx. pose proof (root_sq idx [] x) as Rq. fold (Q x) in Rq.
      assert (B1 : Rabs (J t l (along x (incr x z) s)) <= M * (cseg_ ^ q * Q x ^ q * Z z ^ (2 * q))).
      { eapply Rle_trans; [now apply Hb|]. apply Rmult_le_compat_l. lra. now apply segment. }
      assert (B2 := prod_small x z l H3). rewrite Hlen in B2.
      assert (B3 : (eta * sqrt (Q x) * Z z) ^ D <= eta ^ D * (Q x ^ 3 * Z z ^ 6)).
      { rewrite Rmult_assoc, Rpow_mult_distr. apply Rmult_le_compat_l. apply pow_le; lra.
        replace (Q x ^ 3 * Z z ^ 6) with ((sqrt (Q x) * Z z) ^ 6).
        2:{ rewrite Rpow_mult_distr. replace (sqrt (Q x) ^ 6) with ((sqrt (Q x) ^ 2) ^ 3) by ring. now rewrite Rq. }
        apply Rle_pow; [nra|lia]. }
      eapply Rle_trans; [apply abs_mult_le; [apply B1 | eapply Rle_trans; [apply B2 | apply B3]]|].
      apply Req_le. unfold w. replace (2 * (q + 3))%nat with (2 * q + 6)%nat by lia. rewrite !pow_add. ring.
    + intros l Hl Hd. rewrite degl_length in Hd. destruct (Mom l Hl Hd) as (_ & ->). rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
  - rewrite (total_ext idx deg D _ (fun l => 0 * 0)) by (intros; ring). rewrite total_scal.
    rewrite <- (Rmult_1_r (M * cseg_ ^ q * eta ^ D * Q x ^ w)), boundary_scal by lia. unfold space.
    assert (L0 : 0 <= boundary idx deg D (fun _ => 1)).
    { replace 0 with (boundary idx deg D (fun _ : list nat => 0 * 0)). apply boundary_le. lia. intros; lra. rewrite boundary_scal by lia. ring. }
    assert (0 <= cseg_) by (unfold cseg_; pose proof (size_pos idx []); lra).
    generalize dependent (boundary idx deg D (fun _ : list nat => 1)). intros b Hb0.
    rewrite Rmult_0_l, Rplus_0_l. replace (M * cseg_ ^ q * mu_Z * b * eta ^ D * Q x ^ w) with (M * cseg_ ^ q * eta ^ D * Q x ^ w * b * mu_Z) by ring.
    apply Rmult_le_compat_l; auto. mpos.
Qed.

Let u k := J (INR k * eta) nil.
Lemma from_local C p : 0 <= C -> (forall k x, (k < N)%nat -> Rabs (one chain_steps k (u (S k)) x - u k x) <= C * eta ^ S p * Q x ^ w) ->
  forall x, Rabs (expected chain_steps 0 N (u N) x - u 0%nat x) <= C * T * exp (rate * T) * Q x ^ w * eta ^ p.
Proof.
  intros HC Hl x. unfold expected.
  apply (weak_order X (one chain_steps) test (fun _ _ => True) (ad_lin _ _ _ test_ok) (ad_step _ _ _ test_ok) 0 N) with
    (w := fun x => Q x ^ w) (u := u) (n := N) (k := 0%nat); auto; try lia; try lra.
  - intros j f g _ Df Dg Hfg y _. apply ex_mono; try (apply (ad_int _ _ _ test_ok); auto). auto.
  - intros j a b f g y _ Df Dg _. apply ex_lin; now apply (ad_int _ _ _ test_ok).
  - unfold rate. pose proof (mu_pos x). assert (0 <= cq_) by (unfold cq_; pose proof (size_pos idx []); lra). mpos.
  - intros y. apply pow_le. pose proof (Q1 y). lra.
  - intros; apply stable.
  - intros j Hj. apply test_value. lia.
  - intros j y Hj _. apply Hl. lia.
Qed.

Lemma time_range k : (k < N)%nat -> INR k * eta = INR (S k) * eta - eta /\ (forall s, 0 <= s <= 1 -> 0 <= INR (S k) * eta - s * eta <= T).
Proof.
  intros Hk. rewrite S_INR. assert (INR k * eta + eta <= INR N * eta).
  { replace (INR k * eta + eta) with (INR (S k) * eta) by (rewrite S_INR; ring). apply Rmult_le_compat_r. lra. apply le_INR. lia. }
  assert (0 <= INR k * eta) by (apply Rmult_le_pos; [apply pos_INR|lra]). split. ring. intros s Hs. nra.
Qed.

Let n := INR (length idx).
Lemma boundary_pos D : (0 < D)%nat -> 0 <= boundary idx deg D (fun _ => 1).
Proof.
  intros HD. replace 0 with (boundary idx deg D (fun _ : list nat => 0 * 0)). apply boundary_le; auto. intros; lra. rewrite boundary_scal by auto. ring.
Qed.
Lemma space_pos (x : X) D : (0 < D)%nat -> 0 <= space D.
Proof.
  intros HD. unfold space. pose proof (mu_pos x). pose proof (boundary_pos D HD).
  assert (0 <= cseg_) by (unfold cseg_; pose proof (size_pos idx []); lra). generalize dependent (boundary idx deg D (fun _ : list nat => 1)). intros. mpos.
Qed.

(* Order 1. The limit is d theta = -F dt + sqrt eta sigma Sigma^1/2 dW. *)
Section Order1.
Hypothesis jets : forall t l x y, 0 <= t <= T -> incl l idx -> (length l < 2)%nat -> diff_along idx (J t l) (fun i => J t (i :: l)) x y.
Hypothesis bounds : forall t l x, 0 <= t <= T -> incl l idx -> length l = 2%nat -> Rabs (J t l x) <= M * Q x ^ q.
Hypothesis kolmogorov : forall t x, 0 <= t <= T -> is_derive (fun t => J t nil x) t (- gen idx (limit 1) J t x).
Hypothesis kolmogorov2 : forall t x, 0 <= t <= T ->
  exists g', is_derive (fun t => gen idx (limit 1) J t x) t (- g') /\ Rabs g' <= Mt * Q x ^ w.

Definition sgd_local1 := space 2 + n * (n * (sigma ^ 2 * m * M)) / 2 + Mt / 2.
Definition sgd_constant1 := sgd_local1 * T * exp (rate * T).

Theorem sgd_weak_order1 x : Rabs (expected chain_steps 0 N (J (INR N * eta) nil) x - J 0 nil x) <= sgd_constant1 * Q x ^ w * eta.
Proof.
  pose proof (space_pos x 2 ltac:(lia)) as SP. pose proof (pos_INR (length idx)) as Hn. fold n in Hn.
  assert (Hm := moment_ge_1 _ _ _ _ _ _ (oracle x)). assert (s2 := pow2_ge_0 sigma).
  assert (CP : 0 <= sgd_local1). { unfold sgd_local1, Rdiv. assert (0 <= n * (n * (sigma ^ 2 * m * M))) by mpos. lra. }
  replace (J 0 nil x) with (u 0%nat x) by (unfold u; simpl; now rewrite Rmult_0_l).
  replace (sgd_constant1 * Q x ^ w * eta) with (sgd_local1 * T * exp (rate * T) * Q x ^ w * eta ^ 1) by (unfold sgd_constant1; ring).
  apply (from_local sgd_local1 1); auto. intros k y Hk. destruct (time_range k Hk) as (Ek & Rk). pose proof (Q1 y) as Qy.
  set (t' := INR (S k) * eta) in *. assert (Rt : 0 <= t' <= T) by (specialize (Rk 0 ltac:(lra)); lra).
  assert (A1 := space_step 2 k t' y ltac:(lia) ltac:(intros; apply jets; auto) ltac:(intros; apply bounds; auto) (test_value (S k) Hk)).
  assert (A3 : Rabs (J (t' - eta) nil y - (J t' nil y + eta * gen idx (limit 1) J t' y)) <= eta ^ 2 * (Mt * Q y ^ w) / 2).
  { set (g := fun t => gen idx (limit 1) J t y).
    assert (Dg : forall s, 0 <= s <= 1 -> is_derive g (t' - s * eta) (- - Derive g (t' - s * eta)) /\ Rabs (- Derive g (t' - s * eta)) <= Mt * Q y ^ w).
    { intros s Hs. destruct (kolmogorov2 (t' - s * eta) y (Rk s Hs)) as (g' & Dg & Bg).
      assert (Dg' : is_derive g (t' - s * eta) (- g')) by exact Dg. rewrite (is_derive_unique _ _ _ Dg'), !Ropp_involutive. auto. }
    apply (back_taylor1 (fun t => J t nil y) g (fun t => - Derive g t)); try lra.
    - intros s Hs. now apply kolmogorov, Rk.
    - intros s Hs. now apply Dg.
    - intros s Hs. now apply Dg. }
  set (D2 := sumf idx (fun i => sumf idx (fun j => sigma ^ 2 * Sig y j i * J t' [j; i] y))).
  assert (G : gen idx (limit 1) J t' y = - sumf idx (fun i => F i y * J t' [i] y) + eta / 2 * D2).
  { unfold gen, limit, D2; cbn [drift diffu]. f_equal.
    - rewrite <- (Rmult_1_l (sumf idx (fun i => F i y * J t' [i] y))), Ropp_mult_distr_l, <- sumf_scal. apply sumf_ext; intros; ring.
    - replace (eta / 2) with (/ 2 * eta) by field. rewrite Rmult_assoc. f_equal. rewrite <- sumf_scal. apply sumf_ext; intros.
      rewrite <- sumf_scal. apply sumf_ext; intros; ring. }
  assert (B2 : Rabs D2 <= n * (n * (sigma ^ 2 * m * M)) * Q y ^ w).
  { assert (Qw : Q y ^ q <= Q y ^ w) by (apply Rle_pow; auto; unfold w; lia).
    replace (n * (n * (sigma ^ 2 * m * M)) * Q y ^ w) with (n * (n * (sigma ^ 2 * m * M * Q y ^ w))) by ring. unfold n.
    rewrite <- !sumf_const. apply sumf_abs_le. intros i Hi. apply sumf_abs_le. intros j Hj.
    assert (Hi' : (i < d)%nat) by (apply in_seq in Hi; lia). assert (Hj' : (j < d)%nat) by (apply in_seq in Hj; lia).
    rewrite !Rmult_assoc, <- Rmult_assoc, <- (Rmult_assoc (sigma ^ 2) m). apply abs_mult_le.
    - apply abs_mult_le. now apply abs_pos_le. apply (cov_bound _ _ _ _ _ _ (oracle y)); auto. unfold w; lia.
    - eapply Rle_trans. apply bounds; auto. intros a [<-|[<-|[]]]; auto. apply Rmult_le_compat_l; lra. }
  unfold u. fold t'. rewrite Ek. 
  replace (one chain_steps k (J t' nil) y - J (t' - eta) nil y)
    with ((one chain_steps k (J t' nil) y - (J t' nil y - eta * sumf idx (fun i => F i y * J t' [i] y) + 0))
      - (eta ^ 2 / 2 * D2) - (J (t' - eta) nil y - (J t' nil y + eta * gen idx (limit 1) J t' y))) by (rewrite G; field).
  replace (sgd_local1 * eta ^ 2 * Q y ^ w) with (space 2 * eta ^ 2 * Q y ^ w + eta ^ 2 / 2 * (n * (n * (sigma ^ 2 * m * M)) * Q y ^ w) + eta ^ 2 * (Mt * Q y ^ w) / 2)
    by (unfold sgd_local1; field).
  apply abs_minus_le; auto. apply abs_minus_le; auto. apply abs_mult_le; auto. apply abs_pos_le. pose proof (pow2_ge_0 eta). lra.
Qed.
End Order1.

(* Order 2. The limit is the modified equation. The backward equation differentiated once in time, U_tt = L^2 U, is used to leading
   order: L^2 U = F_i d_i (F_j d_j U) + O(eta). *)
Section Order2.
Definition second (t : R) (x : X) : R :=
  sumf idx (fun i => sumf idx (fun j => F j x * F i x * J t [j; i] x)) + sumf idx (fun i => sumf idx (fun j => H i j x * F j x) * J t [i] x).
Hypothesis jets : forall t l x y, 0 <= t <= T -> incl l idx -> (length l < 3)%nat -> diff_along idx (J t l) (fun i => J t (i :: l)) x y.
Hypothesis bounds : forall t l x, 0 <= t <= T -> incl l idx -> length l = 3%nat -> Rabs (J t l x) <= M * Q x ^ q.
Hypothesis kolmogorov : forall t x, 0 <= t <= T -> is_derive (fun t => J t nil x) t (- gen idx (limit 2) J t x).
Variables g2 g3 : R -> X -> R.
Hypothesis kolmogorov2 : forall t x, 0 <= t <= T -> is_derive (fun t => gen idx (limit 2) J t x) t (- g2 t x) /\ is_derive (fun t => g2 t x) t (- g3 t x).
Hypothesis g2_near : forall t x, 0 <= t <= T -> Rabs (g2 t x - second t x) <= eta * (Mb * Q x ^ w).
Hypothesis g3_bound : forall t x, 0 <= t <= T -> Rabs (g3 t x) <= Mt * Q x ^ w.

Definition sgd_local2 := space 3 + Mb / 2 + Mt / 6.
Definition sgd_constant2 := sgd_local2 * T * exp (rate * T).

Theorem sgd_weak_order2 x : Rabs (expected chain_steps 0 N (J (INR N * eta) nil) x - J 0 nil x) <= sgd_constant2 * Q x ^ w * eta ^ 2.
Proof.
  pose proof (space_pos x 3 ltac:(lia)) as SP.
  assert (CP : 0 <= sgd_local2) by (unfold sgd_local2; lra).
  replace (J 0 nil x) with (u 0%nat x) by (unfold u; simpl; now rewrite Rmult_0_l).
  replace (sgd_constant2 * Q x ^ w * eta ^ 2) with (sgd_local2 * T * exp (rate * T) * Q x ^ w * eta ^ 2) by (unfold sgd_constant2; ring).
  apply (from_local sgd_local2 2); auto. intros k y Hk. destruct (time_range k Hk) as (Ek & Rk). pose proof (Q1 y) as Qy.
  set (t' := INR (S k) * eta) in *. assert (Rt : 0 <= t' <= T) by (specialize (Rk 0 ltac:(lra)); lra).
  assert (A1 := space_step 3 k t' y ltac:(lia) ltac:(intros; apply jets; auto) ltac:(intros; apply bounds; auto) (test_value (S k) Hk)).
  assert (A3 : Rabs (J (t' - eta) nil y - (J t' nil y + eta * gen idx (limit 2) J t' y + eta ^ 2 / 2 * g2 t' y)) <= eta ^ 3 * (Mt * Q y ^ w) / 6).
  { apply (back_taylor2 (fun t => J t nil y) (fun t => gen idx (limit 2) J t y) (fun t => g2 t y) (fun t => g3 t y)); try lra.
    - intros s Hs. now apply kolmogorov, Rk.
    - intros s Hs. now apply kolmogorov2, Rk.
    - intros s Hs. now apply kolmogorov2, Rk.
    - intros s Hs. now apply g3_bound, Rk. }
  assert (G : eta * gen idx (limit 2) J t' y + eta ^ 2 / 2 * second t' y = - eta * sumf idx (fun i => F i y * J t' [i] y)
    + eta ^ 2 / 2 * sumf idx (fun i => sumf idx (fun j => (F j y * F i y + sigma ^ 2 * Sig y j i) * J t' [j; i] y))).
  { set (HF := sumf idx (fun i => sumf idx (fun j => H i j y * F j y) * J t' [i] y)).
    set (FF := sumf idx (fun i => sumf idx (fun j => F j y * F i y * J t' [j; i] y))).
    set (SS := sumf idx (fun i => sumf idx (fun j => sigma ^ 2 * Sig y j i * J t' [j; i] y))).
    set (F1 := sumf idx (fun i => F i y * J t' [i] y)).
    assert (E1 : sumf idx (fun i => sumf idx (fun j => (F j y * F i y + sigma ^ 2 * Sig y j i) * J t' [j; i] y)) = FF + SS).
    { unfold FF, SS. rewrite <- sumf_plus. apply sumf_ext; intros. rewrite <- sumf_plus. apply sumf_ext; intros; ring. }
    assert (E2 : gen idx (limit 2) J t' y = - F1 - eta / 2 * HF + / 2 * (eta * SS)).
    { unfold gen, limit; cbn [drift diffu]. f_equal.
      - unfold F1, HF. replace (- sumf idx (fun i => F i y * J t' [i] y) - eta / 2 * sumf idx (fun i => sumf idx (fun j => H i j y * F j y) * J t' [i] y))
          with (-1 * sumf idx (fun i => F i y * J t' [i] y) + (- (eta / 2)) * sumf idx (fun i => sumf idx (fun j => H i j y * F j y) * J t' [i] y)) by ring.
        rewrite <- sumf_lin. apply sumf_ext; intros; ring.
      - f_equal. unfold SS. rewrite <- sumf_scal. apply sumf_ext; intros. rewrite <- sumf_scal. apply sumf_ext; intros; ring. }
    rewrite E1, E2. unfold second. fold HF FF. field. }
  unfold u. fold t'. rewrite Ek.
  match type of A1 with Rabs (_ - ?e) <= _ => set (space_part := e) in * end.
  replace (one chain_steps k (J t' nil) y - J (t' - eta) nil y)
    with ((one chain_steps k (J t' nil) y - space_part) - eta ^ 2 / 2 * (g2 t' y - second t' y)
      - (J (t' - eta) nil y - (J t' nil y + eta * gen idx (limit 2) J t' y + eta ^ 2 / 2 * g2 t' y))).
  2:{ unfold space_part. replace (eta * gen idx (limit 2) J t' y) with (- eta * sumf idx (fun i => F i y * J t' [i] y)
    + eta ^ 2 / 2 * sumf idx (fun i => sumf idx (fun j => (F j y * F i y + sigma ^ 2 * Sig y j i) * J t' [j; i] y)) - eta ^ 2 / 2 * second t' y) by (rewrite <- G; ring). ring. }
  replace (sgd_local2 * eta ^ 3 * Q y ^ w) with (space 3 * eta ^ 3 * Q y ^ w + eta ^ 2 / 2 * (eta * (Mb * Q y ^ w)) + eta ^ 3 * (Mt * Q y ^ w) / 6)
    by (unfold sgd_local2; field).
  apply abs_minus_le; auto. apply abs_minus_le; auto. apply abs_mult_le; auto. apply abs_pos_le. pose proof (pow2_ge_0 eta). lra.
Qed.
End Order2.
End SGD.
