(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The worked instance (flow.v, instance.v) with a sharp constant for the second moment: for theta0, u0, T = N eta^2,
     0 <= E u_N - (1 + (u0 - 1)(1 - 2 eta^2)^N) and |E u_N - u(T)| <= 2 T (|u0 - 1| + theta0^2 + 2 T) eta^2. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor lax scheme noise rmsprop flow instance decay_error.
Open Scope R_scope.

Section Bound.
Variable eta : R.
Let h := eta ^ 2.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis stable : 2 * h <= 1.

Let A := one (chain_steps eta 1 0 2 grad (fun _ => sign_law)) 0.
Lemma run_S n phi x : run eta (S n) phi x = A (run eta n phi) x.
Proof.
  assert (K : forall n k j, chain X (one (chain_steps eta 1 0 2 grad (fun _ => sign_law))) k n phi = chain X (one (chain_steps eta 1 0 2 grad (fun _ => sign_law))) j n phi).
  { induction n0; intros k j; simpl; auto. now rewrite (IHn0 (S k) (S j)). }
  unfold run, En, expected. simpl chain. rewrite (K n 1%nat 0%nat). reflexivity.
Qed.

Let move (x : X) (s : R) : X := add x (incr eta 1 0 2 grad x (fun _ => s)).
Lemma A_two f x : A f x = (f (move x 1) + f (move x (-1))) / 2.
Proof. reflexivity. Qed.

Lemma mean_u x : (move x 1 (Uu 0) + move x (-1) (Uu 0)) / 2 = x (Uu 0) + 2 * h * (h * x (Th 0) ^ 2 + 1 - x (Uu 0)).
Proof. unfold move, add, incr, grad, h. field. Qed.
Lemma mean_theta2 x : / 4 <= x (Uu 0) -> (move x 1 (Th 0) ^ 2 + move x (-1) (Th 0) ^ 2) / 2 <= x (Th 0) ^ 2 + 4 * h.
Proof.
  intros Hu. pose proof (sqrt_low _ Hu) as Y. assert (Y2 : sqrt (x (Uu 0)) ^ 2 = x (Uu 0)) by (rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra).
  assert (Hh : 0 < h) by (unfold h; simpl; nra). set (y := sqrt (x (Uu 0))) in *. set (th := x (Th 0)).
  replace ((move x 1 (Th 0) ^ 2 + move x (-1) (Th 0) ^ 2) / 2) with (th ^ 2 * (1 - h / y) ^ 2 + h * / x (Uu 0)).
  2:{ unfold move, add, incr, grad, P. fold y th. rewrite <- Y2. unfold h. field. lra. }
  assert (B : 0 <= h / y <= 1).
  { split. apply Rmult_le_pos; [lra | left; apply Rinv_0_lt_compat; lra].
    apply Rmult_le_reg_r with y. lra. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  assert (C1 : (1 - h / y) ^ 2 <= 1) by (simpl; nra).
  assert (C2 : / x (Uu 0) <= 4). { rewrite <- (Rinv_inv 4). apply Rinv_le_contravar; lra. }
  pose proof (pow2_ge_0 th). assert (th ^ 2 * (1 - h / y) ^ 2 <= th ^ 2 * 1) by (now apply Rmult_le_compat_l). nra.
Qed.

Let second (y : X) := y (Uu 0).
Let rate := 1 - 2 * h.
Lemma second_moment n : forall x, / 4 <= rate ^ n * x (Uu 0) ->
  0 <= run eta n second x - (1 + (x (Uu 0) - 1) * rate ^ n) <= 2 * h ^ 2 * (INR n * x (Th 0) ^ 2 + 2 * h * INR n ^ 2).
Proof.
  assert (Hh : 0 < h) by (unfold h; simpl; nra). assert (Hr : 0 <= rate <= 1) by (unfold rate; lra).
  induction n; intros x Hx.
  - unfold run, En, expected, second. simpl. lra.
  - rewrite run_S, A_two. assert (rn : 0 <= rate ^ n <= 1) by now apply pow_le_1. simpl pow in Hx.
    assert (Hu : / 4 <= x (Uu 0)). { assert (0 <= rate * rate ^ n <= 1) by nra. assert (0 < x (Uu 0)) by nra. nra. }
    assert (keep : forall s, / 4 <= rate ^ n * move x s (Uu 0)).
    { intros s. eapply Rle_trans; [apply Hx|]. rewrite (Rmult_comm rate), Rmult_assoc. apply Rmult_le_compat_l. lra.
      unfold move, add, incr, rate. fold h. pose proof (pow2_ge_0 (eta * grad 0 x / 1 + s)). nra. }
    assert (P1 := IHn (move x 1) (keep 1)). assert (P2 := IHn (move x (-1)) (keep (-1))).
    assert (mu := mean_u x). assert (m2 := mean_theta2 x Hu).
    set (u1 := move x 1 (Uu 0)) in *. set (u2 := move x (-1) (Uu 0)) in *. set (t1 := move x 1 (Th 0)) in *. set (t2 := move x (-1) (Th 0)) in *.
    set (r1 := run eta n second (move x 1)) in *. set (r2 := run eta n second (move x (-1))) in *.
    set (th2 := x (Th 0) ^ 2) in *. set (u := x (Uu 0)) in *. rewrite S_INR. set (N := INR n) in *. assert (N0 : 0 <= N) by apply pos_INR.
    assert (t0 : 0 <= th2) by apply pow2_ge_0.
    assert (E : (u1 - 1) * rate ^ n + (u2 - 1) * rate ^ n = 2 * ((u - 1) * (rate * rate ^ n) + 2 * h ^ 2 * th2 * rate ^ n)).
    { replace ((u1 - 1) * rate ^ n + (u2 - 1) * rate ^ n) with (2 * ((u1 + u2) / 2 - 1) * rate ^ n) by field. rewrite mu. generalize (rate ^ n). intros v. unfold rate. ring. }
    assert (B0 : 0 <= 2 * h ^ 2 * th2 * rate ^ n <= 2 * h ^ 2 * th2). { assert (0 <= 2 * h ^ 2 * th2) by mpos. nra. }
    assert (B1 : N * (t1 ^ 2 + t2 ^ 2) <= N * (2 * (th2 + 4 * h))) by (apply Rmult_le_compat_l; lra).
    simpl (rate ^ S n). split. lra.
    assert (B2 : 2 * h ^ 2 * (N * (t1 ^ 2 + t2 ^ 2)) <= 2 * h ^ 2 * (N * (2 * (th2 + 4 * h)))) by (apply Rmult_le_compat_l; mpos).
    assert (B3 : 0 <= 2 * h ^ 2 * (2 * h)) by mpos.
    replace (2 * h ^ 2 * ((N + 1) * th2 + 2 * h * (N + 1) ^ 2))
      with (2 * h ^ 2 * (N * (th2 + 4 * h)) + 2 * h ^ 2 * (2 * h * N ^ 2) + 2 * h ^ 2 * th2 + 2 * h ^ 2 * (2 * h)) by ring.
    lra.
Qed.

Theorem second_moment_bound N x : let T := INR N * h in / 4 <= rate ^ N * x (Uu 0) ->
  Rabs (run eta N second x - flow T (x (Uu 0))) <= 2 * T * (Rabs (x (Uu 0) - 1) + x (Th 0) ^ 2 + 2 * T) * eta ^ 2.
Proof.
  intros T Hx. assert (Hh : 0 < h) by (unfold h; simpl; nra). assert (S := second_moment N x Hx).
  assert (D := decay_error (2 * h) N ltac:(lra)). fold rate in D.
  assert (E : ex1 T ^ 2 = exp (- (INR N * (2 * h)))). { unfold ex1, T. rewrite exp_pow. f_equal. simpl. ring. }
  replace (run eta N second x - flow T (x (Uu 0)))
    with ((run eta N second x - (1 + (x (Uu 0) - 1) * rate ^ N)) - (x (Uu 0) - 1) * (exp (- (INR N * (2 * h))) - rate ^ N))
    by (unfold flow; rewrite E; ring).
  replace (2 * T * (Rabs (x (Uu 0) - 1) + x (Th 0) ^ 2 + 2 * T) * eta ^ 2)
    with (2 * h ^ 2 * (INR N * x (Th 0) ^ 2 + 2 * h * INR N ^ 2) + Rabs (x (Uu 0) - 1) * (INR N * ((2 * h) ^ 2 / 2))) by (unfold T, h; field).
  apply abs_minus_le. rewrite Rabs_pos_eq; lra. apply abs_mult_le. lra. rewrite Rabs_pos_eq; lra.
Qed.
End Bound.

(* The worked case, without any hypothesis left: theta0 = 1, u0 = 3/4, T = 1/2, N = 6n steps, so eta^2 = 1/(12n). *)
Lemma bernoulli_sixth n : (0 < n)%nat -> / 3 <= (1 - / (6 * INR n)) ^ (6 * n).
Proof.
  intros Hn. assert (N1 : 1 <= INR n) by (apply (le_INR 1); lia).
  assert (i0 : 0 < / (6 * INR n) <= / 6). { split. apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra. }
  assert (B : 1 - INR n * / (6 * INR n) <= (1 - / (6 * INR n)) ^ n).
  { generalize dependent (/ (6 * INR n)). clear Hn N1. intros v Hv. induction n as [|n IH]. simpl; lra.
    rewrite S_INR. simpl pow. assert (0 <= INR n) by apply pos_INR. nra. }
  replace (INR n * / (6 * INR n)) with (/ 6) in B by (field; lra).
  rewrite Nat.mul_comm, pow_mult. apply Rle_trans with ((5 / 6) ^ 6). lra. apply pow_incr. lra.
Qed.

Theorem worked_bound n x : (0 < n)%nat -> x (Th 0) = 1 -> x (Uu 0) = 3 / 4 ->
  Rabs (run (sqrt (/ (12 * INR n))) (6 * n) (fun y => y (Uu 0)) x - (1 - exp (- 1) / 4)) <= 9 / 4 * / (12 * INR n).
Proof.
  intros Hn Hth Hu. assert (N1 : 1 <= INR n) by (apply (le_INR 1); lia).
  set (h := / (12 * INR n)). assert (h0 : 0 < h <= / 12). { split. apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra. }
  assert (E : sqrt h ^ 2 = h) by (rewrite <- Rsqr_pow2; apply Rsqr_sqrt; lra).
  assert (He : 0 < sqrt h <= 1). { split. apply sqrt_lt_R0; lra. rewrite <- sqrt_1. apply sqrt_le_1_alt; lra. }
  assert (HT : INR (6 * n) * sqrt h ^ 2 = / 2). { rewrite E, mult_INR. unfold h. simpl (INR 6). field. lra. }
  assert (W := second_moment_bound (sqrt h) He ltac:(lra) (6 * n) x). cbv zeta in W. rewrite HT, E, Hth, Hu in W.
  assert (K : / 4 <= (1 - 2 * h) ^ (6 * n) * (3 / 4)).
  { replace (1 - 2 * h) with (1 - / (6 * INR n)) by (unfold h; field; lra). pose proof (bernoulli_sixth n Hn). lra. }
  specialize (W K). assert (F : flow (/ 2) (3 / 4) = 1 - exp (- 1) / 4).
  { unfold flow, ex1. rewrite exp_pow. simpl INR. replace (- ((1 + 1) * / 2)) with (- 1) by field. field. }
  rewrite F in W. eapply Rle_trans; [apply W|]. replace (3 / 4 - 1) with (- / 4) by field. rewrite Rabs_Ropp, Rabs_pos_eq by lra. right. field.
Qed.
