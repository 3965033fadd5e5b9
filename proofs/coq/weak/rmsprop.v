(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* RMSprop (MLPA Def. 2.2) in d dimensions is an order-1 weak approximation of its SDE (MLPA Thm 4.2):
     d theta = -P(u)^-1 (grad f dt + sigma0 Sigma(theta)^1/2 dW),  du = c2 (diag Sigma(theta) - u) dt,
   P(u) = sigma0 sqrt u + eps0, u = v / sigma^2. Noise with moments and low skewness, Sigma depends on theta. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise.
Import ListNotations.
Open Scope R_scope.

Inductive coord := Th (i : nat) | Uu (i : nat).
Definition deg (c : coord) : nat := match c with Th _ => 1 | Uu _ => 2 end.
Notation X := (@state coord).

Section RMSprop.
Variable d : nat.
Definition thetas := map Th (seq 0 d).
Definition us := map Uu (seq 0 d).
Definition idx := thetas ++ us.
Definition Q (x : X) := quad thetas us x.

Lemma in_thetas i : In (Th i) thetas <-> (i < d)%nat.
Proof. unfold thetas. rewrite in_map_iff. split. intros (j & E & H). injection E as <-. apply in_seq in H; lia. intros H. exists i; split; auto. apply in_seq; lia. Qed.
Lemma in_us i : In (Uu i) us <-> (i < d)%nat.
Proof. unfold us. rewrite in_map_iff. split. intros (j & E & H). injection E as <-. apply in_seq in H; lia. intros H. exists i; split; auto. apply in_seq; lia. Qed.
Lemma thetas_inv c : In c thetas -> exists i, c = Th i /\ (i < d)%nat.
Proof. unfold thetas. rewrite in_map_iff. intros (i & <- & H). exists i; split; auto. apply in_seq in H; lia. Qed.
Lemma us_inv c : In c us -> exists i, c = Uu i /\ (i < d)%nat.
Proof. unfold us. rewrite in_map_iff. intros (i & <- & H). exists i; split; auto. apply in_seq in H; lia. Qed.
Lemma in_idx c : In c idx -> match c with Th i | Uu i => (i < d)%nat end.
Proof. unfold idx. rewrite in_app_iff. intros [H|H]; [apply thetas_inv in H | apply us_inv in H]; destruct H as (i & -> & Hi); auto. Qed.

Variables (eta sigma0 eps0 c2 umin Gf K3 m : R) (q N : nat).
Let h := eta ^ 2.
Let w := (q + 3)%nat.
Variable F : nat -> X -> R.                       (* gradient of the loss at theta *)
Variable Sig : X -> nat -> nat -> R.              (* covariance of the noise at theta *)
Variable law : X -> expectation (nat -> R).       (* law of the noise at theta *)

Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis decay : c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K3_pos : 0 <= K3.

Definition P (u : R) := sigma0 * sqrt u + eps0.
Definition Dom (x : X) := forall i, (i < d)%nat -> umin <= x (Uu i).
(* With N - k steps to go the second moment cannot fall below umin any more. *)
Definition Inv (k : nat) (x : X) := forall i, (i < d)%nat -> umin <= (1 - c2 * h) ^ (N - k) * x (Uu i).

(* The gradient grows at most linearly; the third moments of the noise are O(1/sigma), sigma = sigma0/eta. *)
Hypothesis F_growth : forall x i, Dom x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, Dom x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q x ^ 3) m w.

Definition incr (x : X) (z : nat -> R) : X := fun c =>
  match c with
  | Th i => - (h * F i x + eta * sigma0 * z i) / P (x (Uu i))
  | Uu i => c2 * h * ((eta * F i x / sigma0 + z i) ^ 2 - x (Uu i))
  end.
Definition chain_steps : @steps coord (nat -> R) := {| scheme.law := fun _ => law; inc := fun _ => incr |}.

Definition limit : @generator coord := {|
  drift := fun _ c x => match c with
    | Th i => - F i x / P (x (Uu i))
    | Uu i => c2 * (Sig x i i - x (Uu i)) end;
  diffu := fun _ a b x => match a, b with
    | Th i, Th j => sigma0 ^ 2 * Sig x i j / (P (x (Uu i)) * P (x (Uu j)))
    | _, _ => 0 end |}.

Definition pmax := / (sigma0 * sqrt umin + eps0).
Definition cz := 1 + pmax * (Gf + sigma0) + (1 + c2) * (Gf / sigma0 + 2).
Definition Z (z : nat -> R) := cz * size1 d z.
Definition consts : constants := {|
  kappa := c2 * (Gf / sigma0) ^ 2 + pmax ^ 2 * Gf ^ 2
    + pmax * c2 * (Gf * ((Gf / sigma0) ^ 2 + m + 1) + 2 * Gf * m + K3)
    + pmax ^ 3 * (Gf ^ 3 + 3 * sigma0 ^ 2 * Gf * m + sigma0 ^ 2 * K3);
  mu := cz ^ (2 * w) * m;
  kq := size thetas us * (2 * (pmax * Gf) + cz ^ (2 * w) * m);
  cq := 3 * size thetas us;
  cseg := 2 + 2 * size thetas us;
  growth := q |}.

Lemma h_unit : 0 < h <= 1. Proof. unfold h. simpl. nra. Qed.
Lemma sqrt_h : sqrt h = eta. Proof. unfold h. apply sqrt_pow2. lra. Qed.
Lemma pmax_pos : 0 < pmax.
Proof. apply Rinv_0_lt_compat. pose proof (sqrt_lt_R0 _ umin_pos). nra. Qed.
Lemma A_pos : 0 <= Gf / sigma0.
Proof. apply Rmult_le_pos; auto. left; now apply Rinv_0_lt_compat. Qed.
Lemma cz_ge_1 : 1 <= cz.
Proof. pose proof pmax_pos. pose proof A_pos. unfold cz. nra. Qed.
Lemma P_inv u : umin <= u -> 0 < P u /\ 0 <= / P u <= pmax.
Proof.
  intros Hu. assert (sqrt umin <= sqrt u) by now apply sqrt_le_1_alt. pose proof (sqrt_lt_R0 _ umin_pos).
  assert (0 < sigma0 * sqrt umin) by nra. assert (sigma0 * sqrt umin <= sigma0 * sqrt u) by nra.
  unfold P, pmax. split. lra. split. left; apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra.
Qed.

Lemma Inv_Dom k x : Inv k x -> Dom x.
Proof.
  intros H i Hi. specialize (H i Hi).
  assert (A : 0 <= (1 - c2 * h) ^ (N - k) <= 1).
  { apply pow_le_1. pose proof h_unit. assert (0 <= c2 * h) by (apply Rmult_le_pos; lra). lra. }
  assert (0 < x (Uu i)). { destruct (Rle_lt_dec (x (Uu i)) 0); auto. assert (((1 - c2 * h) ^ (N - k)) * x (Uu i) <= 0) by nra. lra. }
  nra.
Qed.

Lemma step_keeps k x z i : (k < N)%nat -> Inv k x -> (i < d)%nat ->
  (1 - c2 * h) * x (Uu i) <= x (Uu i) + incr x z (Uu i).
Proof.
  intros Hk _ Hi. simpl. pose proof h_unit. pose proof (pow2_ge_0 (eta * F i x / sigma0 + z i)).
  assert (0 <= c2 * h * (eta * F i x / sigma0 + z i) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). lra.
Qed.

Lemma Inv_step k x z : (k < N)%nat -> Inv k x -> Inv (S k) (add x (incr x z)).
Proof.
  intros Hk H i Hi. unfold add. eapply Rle_trans; [apply (H i Hi)|].
  replace (N - k)%nat with (S (N - S k)) by lia. simpl pow. rewrite (Rmult_comm (1 - c2 * h)), Rmult_assoc.
  apply Rmult_le_compat_l.
  - apply pow_le. lra.
  - now apply (step_keeps k).
Qed.

Lemma Dom_along k x z s : (k < N)%nat -> Inv k x -> 0 <= s <= 1 -> Dom (along x (incr x z) s).
Proof.
  intros Hk H Hs i Hi. pose proof (Inv_Dom _ _ H i Hi). pose proof (Inv_Dom _ _ (Inv_step k x z Hk H) i Hi).
  unfold along, add in *. nra.
Qed.

Section Step.
Variable x : X.
Hypothesis x_dom : Dom x.
Let r := sqrt (Q x).
Lemma r_ge_1 : 1 <= r. Proof. apply root_ge_1. Qed.
Lemma r_sq : r ^ 2 = Q x. Proof. apply root_sq. Qed.
Lemma Qx : 1 <= Q x. Proof. apply quad_ge_1. Qed.

Lemma small_theta z i : (i < d)%nat -> Rabs (incr x z (Th i)) <= eta * r * Z z.
Proof.
  intros Hi. simpl. destruct (P_inv _ (x_dom i Hi)) as (_ & P1 & P2). pose proof r_ge_1. pose proof pmax_pos. pose proof A_pos.
  pose proof (size1_coord d z i Hi) as Hz. pose proof (size1_ge_1 d z) as Hs1. pose proof (Rabs_pos (z i)).
  unfold Rdiv. rewrite Ropp_mult_distr_l_reverse, Rabs_Ropp.
  apply Rle_trans with ((eta * r * ((Gf + sigma0) * size1 d z)) * pmax).
  - apply abs_mult_le. 2:{ rewrite Rabs_pos_eq; lra. }
    replace (eta * r * ((Gf + sigma0) * size1 d z)) with (eta * (r * Gf * size1 d z) + eta * sigma0 * (r * size1 d z)) by ring.
    apply abs_plus_le.
    + unfold h. replace (eta ^ 2 * F i x) with (eta * (eta * F i x)) by ring. apply abs_mult_le. apply abs_pos_le; lra.
      replace (r * Gf * size1 d z) with (size1 d z * (Gf * r)) by ring. apply abs_mult_le. rewrite Rabs_pos_eq; lra. now apply F_growth.
    + apply abs_mult_le. apply abs_pos_le. apply Rmult_le_pos; lra. nra.
  - unfold Z. replace (eta * r * ((Gf + sigma0) * size1 d z) * pmax) with ((eta * r * size1 d z) * (pmax * (Gf + sigma0))) by ring.
    replace (eta * r * (cz * size1 d z)) with ((eta * r * size1 d z) * cz) by ring.
    apply Rmult_le_compat_l. repeat apply Rmult_le_pos; lra. unfold cz. nra.
Qed.

Lemma small_u z i : (i < d)%nat -> Rabs (incr x z (Uu i)) <= eta ^ 2 * Q x * Z z ^ 2.
Proof.
  intros Hi. simpl incr. pose proof r_ge_1. pose proof r_sq as Rq. pose proof A_pos. pose proof h_unit as Hh. fold h.
  pose proof (size1_coord d z i Hi) as Hz. pose proof (size1_ge_1 d z) as Hs1. pose proof Qx.
  set (A := Gf / sigma0) in *. set (s := size1 d z) in *.
  assert (B : Rabs (eta * F i x / sigma0 + z i) <= r * ((A + 1) * s)).
  { replace (r * ((A + 1) * s)) with (r * A * s + r * s) by ring. apply abs_plus_le.
    - replace (eta * F i x / sigma0) with (eta * F i x * / sigma0) by reflexivity.
      apply Rle_trans with (1 * (Gf * r) * / sigma0).
      + apply abs_mult_le. apply abs_mult_le. rewrite Rabs_pos_eq; lra. now apply F_growth. apply abs_pos_le. left; now apply Rinv_0_lt_compat.
      + unfold A, Rdiv. replace (1 * (Gf * r) * / sigma0) with (r * (Gf * / sigma0) * 1) by ring.
        apply Rmult_le_compat_l; auto. apply Rmult_le_pos; auto. lra.
    - pose proof (Rabs_pos (z i)). nra. }
  apply abs_pow_le with (n := 2%nat) in B. rewrite Rpow_mult_distr, Rq in B.
  assert (U : Rabs (x (Uu i)) <= Q x) by (apply quad_ab; now apply in_us).
  apply Rle_trans with (c2 * h * (Q x * ((A + 1) * s) ^ 2 + Q x)).
  - apply abs_mult_le. apply abs_pos_le. apply Rmult_le_pos; lra. now apply abs_minus_le.
  - unfold Z. fold s. replace (c2 * h * (Q x * ((A + 1) * s) ^ 2 + Q x)) with (h * Q x * (c2 * (((A + 1) * s) ^ 2 + 1))) by ring.
    apply Rmult_le_compat_l. apply Rmult_le_pos; lra.
    assert (Cz : (1 + c2) * (A + 2) <= cz). { unfold cz. fold A. pose proof pmax_pos. nra. }
    apply Rle_trans with (((1 + c2) * (A + 2) * s) ^ 2).
    + rewrite !Rpow_mult_distr. assert (s2 : 1 <= s ^ 2) by (apply pow_ge_1; lra).
      assert ((A + 1) ^ 2 + 1 <= (A + 2) ^ 2) by (simpl; nra). assert (c2 <= (1 + c2) ^ 2) by (simpl; nra).
      apply Rle_trans with (c2 * ((A + 2) ^ 2 * s ^ 2)).
      * apply Rmult_le_compat_l; auto. nra.
      * rewrite <- Rmult_assoc. apply Rmult_le_compat_r. lra. apply Rmult_le_compat_r; auto. apply pow2_ge_0.
    + apply pow_incr. split. repeat apply Rmult_le_pos; lra. apply Rmult_le_compat_r; lra.
Qed.

Let p i := / P (x (Uu i)).
Lemma p_bound i : (i < d)%nat -> Rabs (p i) <= pmax.
Proof. intros Hi. destruct (P_inv _ (x_dom i Hi)) as (_ & P1 & P2). unfold p. rewrite Rabs_pos_eq; lra. Qed.

(* The moments of the increment, exact up to the third moments of the noise. *)
Let nz := oracle x x_dom.
Let S3 i j k := ex (law x) (fun z => z i * z j * z k).
Let w1 : (1 <= w)%nat. Proof. unfold w; lia. Qed.

Lemma mom_theta i : (i < d)%nat ->
  intg (law x) (fun z => incr x z (Th i)) /\ ex (law x) (fun z => incr x z (Th i)) = - p i * h * F i x.
Proof.
  intros Hi. destruct (cubic_eq _ _ _ _ _ _ nz (fun z => incr x z (Th i)) (- p i * h * F i x) (- p i * eta * sigma0) 0 0 0 0 0 0 i i i) as (I1 & E1); auto.
  - intros z. unfold cubic. simpl. unfold p, Rdiv. ring.
  - split; auto. rewrite E1. ring.
Qed.
Lemma mom_u i : (i < d)%nat ->
  intg (law x) (fun z => incr x z (Uu i)) /\
  ex (law x) (fun z => incr x z (Uu i)) = h * (c2 * (Sig x i i - x (Uu i))) + c2 * h ^ 2 * (F i x / sigma0) ^ 2.
Proof.
  intros Hi. destruct (cubic_eq _ _ _ _ _ _ nz (fun z => incr x z (Uu i)) (c2 * h * ((eta * F i x / sigma0) ^ 2 - x (Uu i)))
    (c2 * h * (2 * (eta * F i x / sigma0))) 0 0 (c2 * h) 0 0 0 i i i) as (I1 & E1); auto.
  - intros z. unfold cubic. simpl. ring.
  - split; auto. rewrite E1. unfold h. field. lra.
Qed.
Lemma mom_tt i j : (i < d)%nat -> (j < d)%nat ->
  intg (law x) (fun z => incr x z (Th i) * incr x z (Th j)) /\
  ex (law x) (fun z => incr x z (Th i) * incr x z (Th j)) = p i * p j * (h * (sigma0 ^ 2 * Sig x i j) + h ^ 2 * (F i x * F j x)).
Proof.
  intros Hi Hj. destruct (cubic_eq _ _ _ _ _ _ nz (fun z => incr x z (Th i) * incr x z (Th j))
    (p i * p j * (h * F i x * (h * F j x))) (p i * p j * (eta * sigma0 * (h * F j x))) (p i * p j * (h * F i x * (eta * sigma0))) 0
    (p i * p j * (eta * sigma0) ^ 2) 0 0 0 i j i) as (I1 & E1); auto.
  - intros z. unfold cubic. simpl. unfold p, Rdiv. ring.
  - split; auto. rewrite E1. unfold h. ring.
Qed.
Lemma mom_tu i j : (i < d)%nat -> (j < d)%nat ->
  intg (law x) (fun z => incr x z (Th i) * incr x z (Uu j)) /\
  ex (law x) (fun z => incr x z (Th i) * incr x z (Uu j))
  = - (p i * c2 * (h ^ 2 * (F i x * (h * (F j x / sigma0) ^ 2 + Sig x j j - x (Uu j)) + 2 * F j x * Sig x i j) + h * eta * sigma0 * S3 i j j)).
Proof.
  intros Hi Hj. destruct (cubic_eq _ _ _ _ _ _ nz (fun z => incr x z (Th i) * incr x z (Uu j))
    (- p i * c2 * h * (h * F i x * ((eta * F j x / sigma0) ^ 2 - x (Uu j))))
    (- p i * c2 * h * (eta * sigma0 * ((eta * F j x / sigma0) ^ 2 - x (Uu j))))
    (- p i * c2 * h * (h * F i x * (2 * (eta * F j x / sigma0)))) 0
    (- p i * c2 * h * (eta * sigma0 * (2 * (eta * F j x / sigma0)))) 0 (- p i * c2 * h * (h * F i x)) (- p i * c2 * h * (eta * sigma0)) i j j) as (I1 & E1); auto.
  - intros z. unfold cubic. simpl. unfold p, Rdiv. ring.
  - split; auto. rewrite E1. unfold h, S3. field. lra.
Qed.
Lemma mom_ttt i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg (law x) (fun z => incr x z (Th i) * incr x z (Th j) * incr x z (Th k)) /\
  ex (law x) (fun z => incr x z (Th i) * incr x z (Th j) * incr x z (Th k))
  = - (p i * p j * p k * (h ^ 3 * (F i x * F j x * F k x)
      + h ^ 2 * sigma0 ^ 2 * (F k x * Sig x i j + F j x * Sig x i k + F i x * Sig x j k) + h * eta * sigma0 ^ 3 * S3 i j k)).
Proof.
  intros Hi Hj Hk. set (a := h). set (b := eta * sigma0). set (P3 := p i * p j * p k).
  destruct (cubic_eq _ _ _ _ _ _ nz (fun z => incr x z (Th i) * incr x z (Th j) * incr x z (Th k))
    (- P3 * (a * F i x * (a * F j x) * (a * F k x)))
    (- P3 * (b * (a * F j x) * (a * F k x))) (- P3 * (a * F i x * b * (a * F k x))) (- P3 * (a * F i x * (a * F j x) * b))
    (- P3 * (b * b * (a * F k x))) (- P3 * (b * b * (a * F j x))) (- P3 * (b * b * (a * F i x))) (- P3 * (b * b * b)) i j k) as (I1 & E1); auto.
  - intros z. unfold cubic, P3, a, b. simpl. unfold p, Rdiv. ring.
  - split; auto. rewrite E1. unfold P3, a, b, h, S3. ring.
Qed.

Let A := Gf / sigma0.
Let k1 := c2 * A ^ 2.
Let k2 := pmax ^ 2 * Gf ^ 2.
Let k3 := pmax * c2 * (Gf * (A ^ 2 + m + 1) + 2 * Gf * m + K3).
Let k4 := pmax ^ 3 * (Gf ^ 3 + 3 * sigma0 ^ 2 * Gf * m + sigma0 ^ 2 * K3).

Lemma m_ge_1 : 1 <= m. Proof. apply (moment_ge_1 _ _ _ _ _ _ nz). Qed.
Lemma k_pos : 0 <= k1 /\ 0 <= k2 /\ 0 <= k3 /\ 0 <= k4.
Proof.
  pose proof pmax_pos. pose proof m_ge_1. pose proof A_pos. fold A in H1. pose proof (pow2_ge_0 A). pose proof (pow2_ge_0 pmax).
  pose proof (pow2_ge_0 Gf). pose proof (pow2_ge_0 sigma0).
  assert (0 <= Gf ^ 3) by (apply pow_le; lra). assert (0 <= pmax ^ 3) by (apply pow_le; lra).
  unfold k1, k2, k3, k4. clearbody A.
  assert (0 <= Gf * (A ^ 2 + m + 1)) by (apply Rmult_le_pos; lra). assert (0 <= Gf * m) by (apply Rmult_le_pos; lra).
  assert (0 <= pmax * c2) by (apply Rmult_le_pos; lra). assert (0 <= sigma0 ^ 2 * K3) by (apply Rmult_le_pos; lra).
  assert (0 <= sigma0 ^ 2 * (Gf * m)) by (apply Rmult_le_pos; lra).
  repeat split; apply Rmult_le_pos; lra.
Qed.
Lemma r_cube : 1 <= r /\ r <= Q x ^ 3 /\ r ^ 2 <= Q x ^ 3 /\ r ^ 3 <= Q x ^ 3 /\ r * Q x <= Q x ^ 3 /\ Q x <= Q x ^ 3 /\ 1 <= Q x ^ 3.
Proof.
  pose proof r_ge_1 as R1. pose proof r_sq as R2. replace (Q x ^ 3) with (r ^ 6) by (rewrite <- R2; ring).
  replace (r * Q x) with (r ^ 3) by (rewrite <- R2; ring). rewrite <- R2.
  repeat split; auto; try (apply Rle_pow; auto; lia). rewrite <- (pow_1 r) at 1. apply Rle_pow; auto; lia. now apply pow_ge_1.
Qed.
Lemma S3_bound i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (h * eta * sigma0 * S3 i j k) <= h ^ 2 * (K3 * Q x ^ 3).
Proof.
  intros Hi Hj Hk. replace (h ^ 2 * (K3 * Q x ^ 3)) with (h * eta * sigma0 * (K3 * (eta / sigma0) * Q x ^ 3)) by (unfold h; field; lra).
  apply abs_mult_le. apply abs_pos_le. pose proof h_unit. apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
  now apply (nz_skew _ _ _ _ _ _ nz).
Qed.
Lemma F_bound i : (i < d)%nat -> Rabs (F i x) <= Gf * r. Proof. intros; now apply F_growth. Qed.
Lemma Fs_bound i : (i < d)%nat -> Rabs ((F i x / sigma0) ^ 2) <= A ^ 2 * Q x.
Proof.
  intros Hi. rewrite <- r_sq, <- Rpow_mult_distr. apply abs_pow_le. unfold A, Rdiv.
  replace (Gf * / sigma0 * r) with (Gf * r * / sigma0) by ring. apply abs_mult_le. now apply F_bound.
  apply abs_pos_le. left; now apply Rinv_0_lt_compat.
Qed.
Lemma cov i j : (i < d)%nat -> (j < d)%nat -> Rabs (Sig x i j) <= m.
Proof. intros. now apply (cov_bound _ _ _ _ _ _ nz w1). Qed.

Lemma def_u i : (i < d)%nat -> Rabs (c2 * h ^ 2 * (F i x / sigma0) ^ 2) <= k1 * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi. destruct r_cube as (_ & _ & _ & _ & _ & q1 & _).
  replace (k1 * h ^ 2 * Q x ^ 3) with (c2 * h ^ 2 * (A ^ 2 * Q x ^ 3)) by (unfold k1; ring).
  pose proof (pow2_ge_0 h). apply abs_mult_le. apply abs_pos_le; apply Rmult_le_pos; lra.
  eapply Rle_trans; [now apply Fs_bound|]. apply Rmult_le_compat_l; auto. apply pow2_ge_0.
Qed.
Lemma def_tt i j : (i < d)%nat -> (j < d)%nat -> Rabs (p i * p j * (h ^ 2 * (F i x * F j x))) <= k2 * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi Hj. destruct r_cube as (_ & _ & q2 & _ & _ & _ & _). pose proof pmax_pos.
  apply Rle_trans with (pmax * pmax * (h ^ 2 * (Gf * r * (Gf * r)))).
  - apply abs_mult_le. now apply abs_mult_le; apply p_bound.
    apply abs_mult_le. apply abs_pos_le, pow2_ge_0. now apply abs_mult_le; apply F_bound.
  - replace (k2 * h ^ 2 * Q x ^ 3) with (pmax ^ 2 * h ^ 2 * Gf ^ 2 * Q x ^ 3) by (unfold k2; ring).
    replace (pmax * pmax * (h ^ 2 * (Gf * r * (Gf * r)))) with (pmax ^ 2 * h ^ 2 * Gf ^ 2 * r ^ 2) by ring.
    apply Rmult_le_compat_l; auto. repeat (apply Rmult_le_pos; auto using pow2_ge_0).
Qed.
Lemma def_tu i j : (i < d)%nat -> (j < d)%nat ->
  Rabs (- (p i * c2 * (h ^ 2 * (F i x * (h * (F j x / sigma0) ^ 2 + Sig x j j - x (Uu j)) + 2 * F j x * Sig x i j) + h * eta * sigma0 * S3 i j j)))
  <= k3 * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi Hj. destruct r_cube as (q0 & q1 & q2 & q3 & q4 & q5 & q6). pose proof pmax_pos. pose proof h_unit as Hh. pose proof m_ge_1 as Hm.
  pose proof Qx. pose proof (pow2_ge_0 A) as HA. apply abs_opp_le.
  replace (k3 * h ^ 2 * Q x ^ 3) with (pmax * c2 * (h ^ 2 * (Gf * (A ^ 2 + m + 1) * Q x ^ 3 + 2 * Gf * m * Q x ^ 3) + h ^ 2 * (K3 * Q x ^ 3))) by (unfold k3; ring).
  apply abs_mult_le. apply abs_mult_le; auto using p_bound. now apply abs_pos_le.
  apply abs_plus_le; [|now apply S3_bound]. apply abs_mult_le. apply abs_pos_le, pow2_ge_0.
  apply abs_plus_le.
  - apply Rle_trans with (Gf * r * (1 * (A ^ 2 * Q x) + m + Q x)).
    + apply abs_mult_le; auto using F_bound. apply abs_minus_le; [apply abs_plus_le|]; auto using cov.
      * apply abs_mult_le; auto using Fs_bound. rewrite Rabs_pos_eq; lra.
      * apply quad_ab. now apply in_us.
    + rewrite Rmult_1_l. replace (Gf * r * (A ^ 2 * Q x + m + Q x)) with (Gf * (A ^ 2 * (r * Q x) + m * r + 1 * (r * Q x))) by ring.
      replace (Gf * (A ^ 2 + m + 1) * Q x ^ 3) with (Gf * (A ^ 2 * Q x ^ 3 + m * Q x ^ 3 + 1 * Q x ^ 3)) by ring.
      apply Rmult_le_compat_l; auto. repeat apply Rplus_le_compat; apply Rmult_le_compat_l; auto; lra.
  - replace (2 * Gf * m * Q x ^ 3) with (2 * (Gf * Q x ^ 3) * m) by ring. apply abs_mult_le; auto using cov.
    apply abs_mult_le. rewrite Rabs_pos_eq; lra. eapply Rle_trans; [now apply F_bound|]. now apply Rmult_le_compat_l.
Qed.
Lemma def_ttt i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  Rabs (- (p i * p j * p k * (h ^ 3 * (F i x * F j x * F k x)
      + h ^ 2 * sigma0 ^ 2 * (F k x * Sig x i j + F j x * Sig x i k + F i x * Sig x j k) + h * eta * sigma0 ^ 3 * S3 i j k)))
  <= k4 * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi Hj Hk. destruct r_cube as (q0 & q1 & q2 & q3 & q4 & q5 & q6). pose proof pmax_pos. pose proof h_unit as Hh. pose proof m_ge_1 as Hm.
  pose proof (pow2_ge_0 sigma0) as s2. pose proof (pow2_ge_0 h) as h2. apply abs_opp_le.
  replace (k4 * h ^ 2 * Q x ^ 3) with (pmax * pmax * pmax * (h ^ 2 * (Gf ^ 3 * Q x ^ 3)
    + h ^ 2 * sigma0 ^ 2 * (Gf * Q x ^ 3 * m + Gf * Q x ^ 3 * m + Gf * Q x ^ 3 * m) + sigma0 ^ 2 * (h ^ 2 * (K3 * Q x ^ 3)))) by (unfold k4; ring).
  assert (FQ : forall i, (i < d)%nat -> Rabs (F i x) <= Gf * Q x ^ 3).
  { intros n Hn. eapply Rle_trans; [now apply F_bound|]. now apply Rmult_le_compat_l. }
  apply abs_mult_le. repeat apply abs_mult_le; auto using p_bound.
  apply abs_plus_le; [apply abs_plus_le|].
  - apply abs_mult_le.
    + rewrite Rabs_pos_eq by (apply pow_le; lra). simpl; nra.
    + apply Rle_trans with (Gf * r * (Gf * r) * (Gf * r)). repeat apply abs_mult_le; auto using F_bound.
      replace (Gf * r * (Gf * r) * (Gf * r)) with (Gf ^ 3 * r ^ 3) by ring. apply Rmult_le_compat_l; auto. now apply pow_le.
  - apply abs_mult_le. apply abs_pos_le. now apply Rmult_le_pos.
    repeat apply abs_plus_le; apply abs_mult_le; auto using cov.
  - replace (h * eta * sigma0 ^ 3 * S3 i j k) with (sigma0 ^ 2 * (h * eta * sigma0 * S3 i j k)) by ring.
    apply abs_mult_le. now apply abs_pos_le. now apply S3_bound.
Qed.

Lemma kappa_ge a b : 0 <= b -> a = k1 \/ a = k2 \/ a = k3 \/ a = k4 -> a * b <= kappa consts * b.
Proof.
  intros Hb H. destruct k_pos as (K1 & K2 & K4 & K5). apply Rmult_le_compat_r; auto.
  change (kappa consts) with (k1 + k2 + k3 + k4). destruct H as [H|[H|[H|H]]]; rewrite H; lra.
Qed.

Lemma moment_match l : incl l idx -> l <> nil -> (degl deg l < 4)%nat ->
  intg (law x) (fun z => prodv l (incr x z)) /\
  Rabs (ex (law x) (fun z => prodv l (incr x z)) - h * mom limit 0 l x) <= kappa consts * h ^ 2 * Q x ^ 3.
Proof.
  intros Hl Hn Hd. assert (Hc : forall c, In c l -> match c with Th i | Uu i => (i < d)%nat end) by (intros; apply in_idx; auto).
  pose proof (pow2_ge_0 h) as h2. destruct r_cube as (_ & _ & _ & _ & _ & _ & q6).
  assert (hq : 0 <= h ^ 2 * Q x ^ 3) by (apply Rmult_le_pos; lra).
  assert (fin : forall f e v a, intg (law x) f /\ ex (law x) f = v -> (forall z, prodv l (incr x z) = f z) ->
    v - h * mom limit 0 l x = e -> Rabs e <= a * h ^ 2 * Q x ^ 3 -> a = k1 \/ a = k2 \/ a = k3 \/ a = k4 ->
    intg (law x) (fun z => prodv l (incr x z)) /\
    Rabs (ex (law x) (fun z => prodv l (incr x z)) - h * mom limit 0 l x) <= kappa consts * h ^ 2 * Q x ^ 3).
  { intros f e v a (If & Ef) Hf He Be Ha. split.
    - eapply intg_ext; [intros z; symmetry; apply Hf | auto].
    - rewrite (ex_ext _ _ f Hf), Ef, He. rewrite Rmult_assoc in Be |- *. eapply Rle_trans; [apply Be|]. now apply kappa_ge. }
  destruct l as [|[i|i] [|[j|j] [|[k|k] [|[c|c] l]]]]; simpl degl in Hd; try lia; try easy;
    try assert (Hi := Hc _ (in_eq _ _)); try assert (Hj := Hc _ (in_cons _ _ _ (in_eq _ _)));
    try assert (Hk := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))); simpl in Hi; try simpl in Hj; try simpl in Hk.
  - eapply (fin _ 0 _ k1); [now apply (mom_theta i) | intros; cbn [prodv]; ring | unfold mom; simpl; unfold p, Rdiv; ring | | auto].
    rewrite Rabs_R0, Rmult_assoc. destruct k_pos. now apply Rmult_le_pos.
  - eapply (fin _ _ _ k2); [now apply (mom_tt i j) | intros; cbn [prodv]; ring | | now apply (def_tt i j) | auto].
    unfold mom; simpl. unfold p. destruct (P_inv _ (x_dom i Hi)) as (P1 & _). destruct (P_inv _ (x_dom j Hj)) as (P2 & _). field. lra.
  - eapply (fin _ _ _ k4); [now apply (mom_ttt i j k) | intros; cbn [prodv]; ring | | now apply (def_ttt i j k) | auto].
    unfold mom; simpl; ring.
  - eapply (fin _ _ _ k3); [now apply (mom_tu i j) | intros; cbn [prodv]; ring | | now apply (def_tu i j) | auto].
    unfold mom; simpl; ring.
  - eapply (fin _ _ _ k1); [now apply (mom_u i) | intros; cbn [prodv]; ring | | now apply (def_u i) | auto].
    unfold mom; simpl; ring.
  - eapply (fin _ _ _ k3); [now apply (mom_tu j i) | intros; cbn [prodv]; ring | | now apply (def_tu j i) | auto].
    unfold mom; simpl; ring.
Qed.
End Step.

Lemma Z_moment x : Dom x -> intg (law x) (fun z => Z z ^ (2 * w)) /\ ex (law x) (fun z => Z z ^ (2 * w)) <= cz ^ (2 * w) * m.
Proof.
  intros Hx. pose proof (oracle x Hx) as nz.
  assert (E : forall z, cz ^ (2 * w) * size1 d z ^ (2 * w) = Z z ^ (2 * w)) by (intros; unfold Z; now rewrite Rpow_mult_distr).
  split.
  - eapply intg_ext; [apply E|]. apply intg_scal, (nz_intm _ _ _ _ _ _ nz).
  - rewrite <- (ex_ext _ _ _ E), ex_scal by apply (nz_intm _ _ _ _ _ _ nz).
    apply Rmult_le_compat_l. apply pow_le. pose proof cz_ge_1; lra. apply (nz_moment _ _ _ _ _ _ nz).
Qed.

Theorem rmsprop_regular : regular idx deg Q Dom limit h consts 0 N Inv Z chain_steps.
Proof.
  pose proof h_unit as Hh. pose proof cz_ge_1 as Hcz.
  assert (HZ : forall z, 1 <= Z z). { intros z. unfold Z. pose proof (size1_ge_1 d z). nra. }
  assert (dsq : forall x z c, Dom x -> In c thetas -> Rabs (incr x z c) <= eta * sqrt (Q x) * Z z).
  { intros x z c Hx Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). now apply small_theta. }
  assert (dab : forall x z c, Dom x -> In c us -> Rabs (incr x z c) <= eta ^ 2 * Q x * Z z ^ 2).
  { intros x z c Hx Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply small_u. }
  assert (ei : forall i, (i < d)%nat -> In (Th i) idx /\ In (Uu i) idx).
  { intros i Hi. unfold idx. rewrite !in_app_iff. split; [left; now apply in_thetas | right; now apply in_us]. }
  split; try rewrite sqrt_h.
  - exact HZ.
  - intros k x Hx. now apply Z_moment, (Inv_Dom k).
  - intros k x _ Hx. now apply Z_moment, (Inv_Dom k).
  - intros k x z Hk Hx. apply Inv_step; auto; lia.
  - intros k x z s Hk Hx Hs. apply (Dom_along k); auto; lia.
  - intros k x z c Hk Hx Hc. apply Inv_Dom in Hx. apply in_idx in Hc. destruct c as [i|i]; simpl deg.
    + rewrite pow_1. now apply small_theta.
    + rewrite !Rpow_mult_distr, r_sq. now apply small_u.
  - intros k x l Hk Hx Hl Hd. destruct l as [|c l]. apply (intg_one (law x)). apply moment_match; auto. now apply (Inv_Dom k). discriminate.
  - intros k x l Hk Hx Hl Hn Hd. apply (moment_match x (Inv_Dom k x Hx)); auto.
  - intros k x z s Hk Hx Hs. apply Inv_Dom in Hx. apply (quad_along thetas us eta); auto; lra.
  - intros k x z Hk Hx. apply Inv_Dom in Hx. apply (quad_inc thetas us eta); auto; lra.
  - intros k x Hk Hx. assert (Dx := Inv_Dom _ _ Hx). apply (quad_int thetas us (law x) x (incr x)).
    + intros z c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). pose proof (Dx i Hi).
      pose proof (Inv_Dom _ _ (Inv_step k x z ltac:(lia) Hx) i Hi). unfold add in *. lra.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). split. now apply mom_theta. now apply mom_tt.
    + intros c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply mom_u.
  - intros k x Hk Hx. assert (Dx := Inv_Dom _ _ Hx). destruct (Z_moment x Dx) as (Z1 & Z2).
    apply (quad_mean thetas us (law x) eta x (incr x) Z w (pmax * Gf)); auto; try lra.
    + unfold w; lia.
    + pose proof pmax_pos. apply Rmult_le_pos; lra.
    + intros z c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). pose proof (Dx i Hi).
      pose proof (Inv_Dom _ _ (Inv_step k x z ltac:(lia) Hx) i Hi). unfold add in *. lra.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). split. now apply mom_theta. now apply mom_tt.
    + intros c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply mom_u.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi).
      destruct (mom_theta x Dx i Hi) as (_ & ->).
      replace (pmax * Gf * eta ^ 2 * sqrt (quad thetas us x)) with (pmax * h * (Gf * sqrt (Q x))) by (unfold h, Q; ring).
      apply abs_mult_le; [apply abs_mult_le|now apply F_growth]. rewrite Rabs_Ropp. now apply p_bound. apply abs_pos_le; lra.
Qed.

(* The theorem. J t nil = U(t,.) and J t l its partial derivatives (scheme.value lists what is asked of them).
   En n phi x = E phi(theta_n, u_n) from (theta_0, u_0) = x. *)
Variables (M Mt T : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * h <= T.
Hypothesis U_ok : value idx deg Q Dom limit M Mt 0 T q J.
Hypothesis test_ok : admissible chain_steps Inv test.
Hypothesis test_value : forall k, (k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q x ^ w).

Definition En (n : nat) (phi : X -> R) (x : X) : R := expected chain_steps 0 n phi x.
Definition rmsprop_constant :=
  local_constant idx deg consts M Mt * T * exp (growth_rate consts * T).

Theorem rmsprop_weak x : Inv 0 x ->
  Rabs (En N (J (INR N * h) nil) x - J 0 nil x) <= rmsprop_constant * Q x ^ w * eta ^ 2.
Proof.
  intros Hx. pose proof h_unit as Hh. pose proof A_pos. pose proof pmax_pos. pose proof cz_ge_1. pose proof (size_pos thetas us).
  assert (C0 : 0 <= kappa consts /\ 0 <= mu consts /\ 0 <= kq consts /\ 0 <= cq consts /\ 1 <= cseg consts).
  { assert (Hm := m_ge_1 x (Inv_Dom 0 x Hx)).
    assert (0 <= cz ^ (2 * w) * m) by (apply Rmult_le_pos; [apply pow_le|]; lra).
    assert (0 <= pmax * Gf) by (apply Rmult_le_pos; lra).
    destruct (k_pos x (Inv_Dom 0 x Hx)) as (? & ? & ? & ?).
    unfold consts; cbn [kappa mu kq cq cseg]. repeat split; auto; try lra. apply Rmult_le_pos; lra. }
  assert (W := graded_weak_order1 idx deg Q Dom limit h consts 0 N Inv Z chain_steps Hh).
  specialize (W (fun x => quad_ge_1 _ _ x)).
  specialize (W ltac:(intros t [i|i] [j|j] y Hd; simpl in *; auto; lia)).
  specialize (W ltac:(intros [i|i]; simpl; lia) C0 rmsprop_regular M Mt T J M_pos).
  specialize (W ltac:(simpl; rewrite Rmult_0_l; exact U_ok) T_end test test_ok ltac:(intros; apply test_value; lia) test_weight).
  specialize (W 0%nat N x T (Nat.le_refl 0) (Nat.le_refl N) T_end Hx).
  simpl (INR 0) in W. rewrite Rmult_0_l in W. unfold En, rmsprop_constant.
  eapply Rle_trans; [apply W|]. apply Req_le. unfold h, w, weight. simpl growth. ring.
Qed.
End RMSprop.

(* The increments are those of the algorithm itself: with sigma = sigma0/eta, eps = eps0/eta, beta = 1 - c2 eta^2,
   v = sigma^2 u and gradient g = F + sigma z. *)
Theorem rmsprop_rescaled eta sigma0 eps0 c2 u g F z : 0 < eta -> 0 < sigma0 -> 0 <= eps0 -> 0 < u ->
  let sigma := sigma0 / eta in let eps := eps0 / eta in let beta := 1 - c2 * eta ^ 2 in let v := sigma ^ 2 * u in
  g = F + sigma * z ->
  - (eta * g / (sqrt v + eps)) = - (eta ^ 2 * F + eta * sigma0 * z) / (sigma0 * sqrt u + eps0)
  /\ beta * v + (1 - beta) * g ^ 2 = sigma ^ 2 * (u + c2 * eta ^ 2 * ((eta * F / sigma0 + z) ^ 2 - u)).
Proof.
  intros He Hs Hp Hu sigma eps beta v ->.
  assert (sg : 0 < sigma) by (apply Rdiv_lt_0_compat; auto). pose proof (sqrt_lt_R0 _ Hu).
  assert (sv : sqrt v = sigma * sqrt u). { unfold v. rewrite sqrt_mult by (try apply pow2_ge_0; lra). rewrite sqrt_pow2; lra. }
  split.
  - rewrite sv. unfold eps, sigma. field. repeat split; try lra. nra.
  - unfold v, beta, sigma. field. lra.
Qed.
