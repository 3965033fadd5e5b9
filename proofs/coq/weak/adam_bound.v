(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* A worked case of Adam with an evaluated constant: f = theta^2/2, Sigma = 1, z = +-1, sigma0 = c1 = c2 = 1, eps0 = lambda0 = 0, from
   t0 = 1 and (theta, m, u) = (1, 0, 1) over 3n steps of h = 1/(12n): |E u - 1| <= (37/32) h, the limit's u being 1.
   The second moment's error is h^2 sum E theta_k^2; E (theta^2 + 2 m^2) grows at most by 1 + 4h a step, since rho_k <= 5/3. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor lax scheme moments instance adam adam_coef.
Open Scope R_scope.

Section Bound.
Variable n : nat.
Hypothesis n_pos : (0 < n)%nat.
Let h := / (12 * INR n).
Let eta := sqrt h.
Let k0 := (12 * n)%nat.
Let N := (k0 + 3 * n)%nat.
Let F (i : nat) (x : X) := x (Th i).
Let rho_ := rho eta 1 1 1 0.
Let St := chain_steps eta 1 1 1 0 F (fun _ => sign_law) rho_.
Let move (k : nat) (x : X) (s : R) : X := add x (incr eta 1 1 1 0 F rho_ k x (fun _ => s)).

Let n1 : 1 <= INR n. Proof. apply (le_INR 1). lia. Qed.
Let h_range : 0 < h <= / 12. Proof. unfold h. split. apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra. Qed.
Let eta_sq : eta ^ 2 = h. Proof. unfold eta. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. lra. Qed.
Lemma one_two k f x : one St k f x = (f (move k x 1) + f (move k x (-1))) / 2. Proof. reflexivity. Qed.

Lemma move_u k x s : s ^ 2 = 1 -> move k x s (Uu 0) = x (Uu 0) + h * (h * x (Th 0) ^ 2 + 1 - x (Uu 0)) + 2 * h * (eta * x (Th 0) * s).
Proof.
  intros Hs. unfold move, add, incr, u_step, sqr, F. rewrite eta_sq.
  replace ((eta * x (Th 0%nat) / 1 + s) ^ 2) with (eta ^ 2 * x (Th 0%nat) ^ 2 + s ^ 2 + 2 * (eta * x (Th 0%nat) * s)) by field. rewrite eta_sq, Hs. ring.
Qed.
Lemma move_m k x s : move k x s (Mm 0) = (1 - h) * x (Mm 0) + h * x (Th 0) + eta * s.
Proof. unfold move, add, incr, m_step, lin, F. rewrite eta_sq. ring. Qed.
Lemma move_th k x s : move k x s (Th 0) = x (Th 0) - h * (rho_ k (move k x s (Uu 0)) * move k x s (Mm 0)).
Proof. unfold move, add. cbn [incr]. unfold dir. rewrite eta_sq. ring. Qed.

(* The second moment stays above 3/4. *)
Definition Inv (k : nat) (x : X) := 3 / 4 <= (1 - h) ^ (N - k) * x (Uu 0).
Lemma power_unit j : 0 <= (1 - h) ^ j <= 1. Proof. apply pow_le_1. lra. Qed.
Lemma Inv_low k x : Inv k x -> 3 / 4 <= x (Uu 0).
Proof. unfold Inv. intros H. pose proof (power_unit (N - k)). destruct (Rle_lt_dec (x (Uu 0)) 0); nra. Qed.
Lemma Inv_move k x s : (k < N)%nat -> Inv k x -> Inv (S k) (move k x s).
Proof.
  unfold Inv. intros Hk H. eapply Rle_trans; [apply H|]. replace (N - k)%nat with (S (N - S k)) by lia. simpl pow.
  rewrite (Rmult_comm (1 - h)), Rmult_assoc. apply Rmult_le_compat_l. apply power_unit.
  unfold move, add, incr, u_step, sqr. rewrite eta_sq. pose proof (pow2_ge_0 (eta * F 0 x / 1 + s)). nra.
Qed.

(* 1 - beta^(k+1) >= 1/2 from step 12n on: (1-h)^-12n >= (1+h)^12n >= 2. *)
Lemma bernoulli j : 1 + INR j * h <= (1 + h) ^ j.
Proof. induction j. simpl; lra. rewrite S_INR. simpl pow. pose proof (pos_INR j). nra. Qed.
Lemma correction_half k : (k0 <= k)%nat -> / 2 <= correction eta 1 k.
Proof.
  intros Hk. unfold correction. rewrite eta_sq, Rmult_1_l.
  assert (P : (1 - h) ^ S k <= (1 - h) ^ k0) by (apply pow_anti; [lra | unfold k0 in *; lia]).
  assert (B := bernoulli k0). replace (INR k0 * h) with 1 in B by (unfold k0, h; rewrite mult_INR; simpl (INR 12); field; lra).
  assert (E : (1 - h) ^ k0 * (1 + h) ^ k0 <= 1) by (rewrite <- Rpow_mult_distr; apply pow_le_1; nra).
  pose proof (power_unit k0). nra.
Qed.
Lemma rho_range k u : (k0 <= k)%nat -> 3 / 4 <= u -> 0 <= rho_ k u <= 5 / 3.
Proof.
  intros Hk Hu. pose proof (correction_half k Hk) as B. unfold rho_, rho, pre. set (b := correction eta 1 k) in *.
  assert (sb : 0 < sqrt b) by (apply sqrt_lt_R0; lra). assert (su : 0 < sqrt u) by (apply sqrt_lt_R0; lra).
  assert (b2 : sqrt b * sqrt b = b) by (apply sqrt_sqrt; lra). assert (u2 : sqrt u * sqrt u = u) by (apply sqrt_sqrt; lra).
  generalize dependent (sqrt b). generalize dependent (sqrt u). intros y y0 y2 s s0 s2.
  replace (s / (b * (1 * y + 0 * s))) with (/ (s * y)) by (rewrite <- s2; field; lra).
  assert (p0 : 0 < s * y) by nra. split. left; now apply Rinv_0_lt_compat.
  replace (5 / 3) with (/ (3 / 5)) by field. apply Rinv_le_contravar. lra.
  apply Rsqr_incr_0; try lra. unfold Rsqr. replace (s * y * (s * y)) with (b * u) by (rewrite <- s2, <- y2; ring). nra.
Qed.

Let W (x : X) := x (Th 0) ^ 2 + 2 * x (Mm 0) ^ 2.
Lemma theta_step k x s : (k0 <= k < N)%nat -> Inv k x ->
  move k x s (Th 0) ^ 2 <= (1 + 5 / 3 * h) * x (Th 0) ^ 2 + (5 / 3 * h + 25 / 9 * h ^ 2) * move k x s (Mm 0) ^ 2.
Proof.
  intros Hk Hx. assert (Hu := Inv_low _ _ (Inv_move k x s ltac:(lia) Hx)). destruct (rho_range k _ ltac:(lia) Hu) as (r0 & r1).
  rewrite move_th. set (r := rho_ k (move k x s (Uu 0))) in *. set (th := x (Th 0)). set (m' := move k x s (Mm 0)).
  replace ((th - h * (r * m')) ^ 2) with (th ^ 2 - r * h * (2 * (th * m')) + r ^ 2 * (h ^ 2 * m' ^ 2)) by ring.
  assert (C1 : - (2 * (th * m')) <= th ^ 2 + m' ^ 2) by (pose proof (pow2_ge_0 (th + m')); nra).
  assert (C2 : r * h * - (2 * (th * m')) <= r * h * (th ^ 2 + m' ^ 2)) by (apply Rmult_le_compat_l; nra).
  assert (p1 : 0 <= h * (th ^ 2 + m' ^ 2)) by (pose proof (pow2_ge_0 th); pose proof (pow2_ge_0 m'); nra).
  assert (C3 : r * (h * (th ^ 2 + m' ^ 2)) <= 5 / 3 * (h * (th ^ 2 + m' ^ 2))) by (now apply Rmult_le_compat_r).
  assert (p2 : 0 <= h ^ 2 * m' ^ 2) by (apply Rmult_le_pos; apply pow2_ge_0).
  assert (C4 : r ^ 2 * (h ^ 2 * m' ^ 2) <= 25 / 9 * (h ^ 2 * m' ^ 2)) by (apply Rmult_le_compat_r; nra). lra.
Qed.
Lemma energy k x : (k0 <= k < N)%nat -> Inv k x -> (W (move k x 1) + W (move k x (-1))) / 2 <= (1 + 4 * h) * W x + 13 / 6 * h.
Proof.
  intros Hk Hx. pose proof (theta_step k x 1 Hk Hx) as T1. pose proof (theta_step k x (-1) Hk Hx) as T2.
  assert (Em : (move k x 1 (Mm 0) ^ 2 + move k x (-1) (Mm 0) ^ 2) / 2 = ((1 - h) * x (Mm 0) + h * x (Th 0)) ^ 2 + h) by (rewrite !move_m, <- eta_sq; field).
  assert (Cv : ((1 - h) * x (Mm 0) + h * x (Th 0)) ^ 2 <= (1 - h) * x (Mm 0) ^ 2 + h * x (Th 0) ^ 2).
  { assert (0 <= h * (1 - h) * (x (Mm 0) - x (Th 0)) ^ 2) by (apply Rmult_le_pos; [nra | apply pow2_ge_0]). nra. }
  unfold W. set (a := move k x 1 (Mm 0) ^ 2) in *. set (b := move k x (-1) (Mm 0) ^ 2) in *. set (th2 := x (Th 0) ^ 2) in *. set (m2 := x (Mm 0) ^ 2) in *.
  assert (t0 : 0 <= th2) by apply pow2_ge_0. assert (m0 : 0 <= m2) by apply pow2_ge_0.
  set (ka := 2 + 5 / 3 * h + 25 / 9 * h ^ 2). assert (hh : h ^ 2 <= h / 12) by (simpl; nra).
  assert (K1 : 0 <= ka <= 2 * (1 + h)) by (unfold ka; pose proof (pow2_ge_0 h); lra).
  assert (A1 : ka * ((a + b) / 2) <= ka * ((1 - h) * m2 + h * th2 + h)) by (apply Rmult_le_compat_l; lra).
  assert (A2 : ka * ((1 - h) * m2 + h * th2 + h) <= 2 * (1 + h) * ((1 - h) * m2 + h * th2 + h)) by (apply Rmult_le_compat_r; nra).
  assert (A3 : 2 * (1 + h) * ((1 - h) * m2) <= 2 * m2) by nra.
  assert (A4 : 2 * (1 + h) * (h * th2) <= 13 / 6 * (h * th2)) by (apply Rmult_le_compat_r; nra).
  assert (A5 : 2 * (1 + h) * h <= 13 / 6 * h) by (apply Rmult_le_compat_r; lra).
  assert (0 <= h * th2) by nra. assert (0 <= h * m2) by nra. unfold ka in *. lra.
Qed.

Let second (y : X) := y (Uu 0).
Lemma second_moment j : forall k x, (k0 <= k)%nat -> (k + j <= N)%nat -> Inv k x ->
  0 <= chain X (one St) k j second x - (1 + (x (Uu 0) - 1) * (1 - h) ^ j) <= h ^ 2 * (INR j * (1 + 4 * h) ^ j * (W x + 13 / 6 * h * INR j)).
Proof.
  induction j; intros k x Hk Hj Hx.
  - simpl. unfold second. lra.
  - simpl chain. rewrite one_two. assert (Hk' : (k0 <= k < N)%nat) by lia.
    assert (P1 := IHj (S k) (move k x 1) ltac:(lia) ltac:(lia) (Inv_move k x 1 ltac:(lia) Hx)).
    assert (P2 := IHj (S k) (move k x (-1)) ltac:(lia) ltac:(lia) (Inv_move k x (-1) ltac:(lia) Hx)).
    assert (En := energy k x Hk' Hx). rewrite !move_u in P1 by ring. rewrite !move_u in P2 by ring.
    set (r1 := chain X (one St) (S k) j second (move k x 1)) in *. set (r2 := chain X (one St) (S k) j second (move k x (-1))) in *.
    set (W1 := W (move k x 1)) in *. set (W2 := W (move k x (-1))) in *. set (w := W x) in *.
    assert (w0 : 0 <= w /\ x (Th 0) ^ 2 <= w) by (unfold w, W; pose proof (pow2_ge_0 (x (Th 0))); pose proof (pow2_ge_0 (x (Mm 0))); lra).
    pose proof (power_unit j) as pj. set (p := (1 - h) ^ j) in *. set (u := x (Uu 0)) in *. set (th2 := x (Th 0) ^ 2) in *.
    assert (t0 : 0 <= th2) by apply pow2_ge_0. rewrite S_INR. pose proof (pos_INR j) as j0. set (J := INR j) in *.
    assert (g1 : 1 <= (1 + 4 * h) ^ j) by (apply pow_ge_1; lra). set (gr := (1 + 4 * h) ^ j) in *.
    assert (E : (r1 + r2) / 2 - (1 + (u - 1) * ((1 - h) * p))
      = ((r1 - (1 + (u + h * (h * th2 + 1 - u) + 2 * h * (eta * x (Th 0) * 1) - 1) * p))
        + (r2 - (1 + (u + h * (h * th2 + 1 - u) + 2 * h * (eta * x (Th 0) * -1) - 1) * p))) / 2 + h ^ 2 * th2 * p) by field.
    simpl ((1 - h) ^ S j). fold p. rewrite E. assert (h2 : 0 <= h ^ 2) by apply pow2_ge_0.
    assert (B0 : 0 <= h ^ 2 * th2 * p) by mpos. assert (B1 : h ^ 2 * th2 * p <= h ^ 2 * w).
    { rewrite Rmult_assoc. apply Rmult_le_compat_l; auto. nra. }
    split. lra.
    simpl ((1 + 4 * h) ^ S j). fold gr.
    assert (C1 : J * gr * ((W1 + W2) / 2 + 13 / 6 * h * J) <= J * gr * ((1 + 4 * h) * w + 13 / 6 * h + 13 / 6 * h * J)) by (apply Rmult_le_compat_l; [mpos | lra]).
    assert (C2 : J * gr * ((1 + 4 * h) * w + 13 / 6 * h + 13 / 6 * h * J) <= J * gr * ((1 + 4 * h) * (w + 13 / 6 * h * (J + 1)))).
    { apply Rmult_le_compat_l. mpos. assert (0 <= 13 / 6 * h * (J + 1)) by mpos. nra. }
    assert (C3 : w <= (1 + 4 * h) * gr * (w + 13 / 6 * h * (J + 1))).
    { assert (0 <= 13 / 6 * h * (J + 1)) by mpos. assert (1 <= (1 + 4 * h) * gr) by nra. nra. }
    assert (C4 : h ^ 2 * (J * gr * ((W1 + W2) / 2 + 13 / 6 * h * J) + w) <= h ^ 2 * ((J + 1) * ((1 + 4 * h) * gr) * (w + 13 / 6 * h * (J + 1)))).
    { apply Rmult_le_compat_l; auto. replace ((J + 1) * ((1 + 4 * h) * gr) * (w + 13 / 6 * h * (J + 1)))
        with (J * gr * ((1 + 4 * h) * (w + 13 / 6 * h * (J + 1))) + (1 + 4 * h) * gr * (w + 13 / 6 * h * (J + 1))) by ring. lra. }
    lra.
Qed.
End Bound.

(* E phi after j steps from step k0 of the worked case. *)
Definition adam_run (h : R) (k0 j : nat) (phi : X -> R) (x : X) : R :=
  En (sqrt h) 1 1 1 0 k0 (fun i x => x (Th i)) (fun _ => sign_law) (rho (sqrt h) 1 1 1 0) j phi x.

Theorem adam_worked_bound n x : (0 < n)%nat -> x (Th 0) = 1 -> x (Mm 0) = 0 -> x (Uu 0) = 1 ->
  Rabs (adam_run (/ (12 * INR n)) (12 * n) (3 * n) (fun y => y (Uu 0)) x - 1) <= 37 / 32 * / (12 * INR n).
Proof.
  intros Hn Hth Hm Hu. assert (n1 : 1 <= INR n) by (apply (le_INR 1); lia). set (h := / (12 * INR n)).
  assert (h0 : 0 < h <= / 12). { unfold h. split. apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra. }
  assert (nh : INR (3 * n) * h = / 4) by (unfold h; rewrite mult_INR; simpl (INR 3); field; lra).
  assert (I0 : Inv n (12 * n) x).
  { unfold Inv. fold h. rewrite Hu, Rmult_1_r. replace (12 * n + 3 * n - 12 * n)%nat with (3 * n)%nat by lia.
    assert (B : forall j, 1 - INR j * h <= (1 - h) ^ j).
    { induction j. simpl; lra. rewrite S_INR. simpl pow. pose proof (pos_INR j). assert (0 <= (1 - h) ^ j <= 1) by (apply pow_le_1; lra). nra. }
    specialize (B (3 * n)%nat). lra. }
  assert (S := second_moment n Hn (3 * n) (12 * n) x (Nat.le_refl _) (Nat.le_refl _) I0). cbv beta zeta in S. fold h in S.
  rewrite Hth, Hm, Hu in S. unfold adam_run, En, expected. fold h.
  set (v := chain X _ _ _ _ x) in *.
  assert (G : (1 + 4 * h) ^ (3 * n) <= 3).
  { apply Rle_trans with (exp 1); [|apply exp_le_3]. replace 1 with (4 * (INR (3 * n) * h)) at 2 by lra. generalize (3 * n)%nat. intros j.
    induction j. simpl. rewrite Rmult_0_l, Rmult_0_r, exp_0. lra.
    rewrite S_INR. replace (4 * ((INR j + 1) * h)) with (4 * h + 4 * (INR j * h)) by ring. rewrite exp_plus. simpl pow.
    apply Rmult_le_compat; auto. lra. apply pow_le; lra. apply exp_ineq1_le. }
  assert (P1 : 1 <= (1 + 4 * h) ^ (3 * n)) by (apply pow_ge_1; lra).
  rewrite Rabs_pos_eq by lra.
  replace (h ^ 2 * (INR (3 * n) * (1 + 4 * h) ^ (3 * n) * (1 ^ 2 + 2 * 0 ^ 2 + 13 / 6 * h * INR (3 * n))))
    with (h * ((INR (3 * n) * h) * (1 + 4 * h) ^ (3 * n) * (1 + 13 / 6 * (INR (3 * n) * h)))) in S by ring.
  rewrite nh in S. nra.
Qed.
