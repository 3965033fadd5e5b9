(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The square-root scaling rule for Adam (lambda0 = 0) and AdamW: two runs with the same SDE parameters (sigma0, eps0, c1, c2, lambda0)
   from the same time t0 > 0 and state agree, for every test function and at equal continuous time, up to C (eta1^2 + eta2^2).
   Batch B -> kappa B gives eta2 = sqrt kappa eta1. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise adam adam_coef.
Open Scope R_scope.

Section TwoRuns.
Variables (d : nat) (sigma0 eps0 c1 c2 lambda0 umin Gf K3 m g : R) (q : nat) (F : nat -> X -> R) (Sig : X -> nat -> nat -> R).
Variables (M Mt t0 T : R) (J : R -> list coord -> X -> R) (x : X).
Let rho_ eta := rho eta c1 c2 sigma0 eps0.

(* What a run asks of its step size and oracle: the hypotheses of adamw_weak that are the run's own. Steps k0 to N, time t0 to T. *)
Record run_ok (eta : R) (k0 N : nat) (law : X -> expectation (nat -> R)) (test : (X -> R) -> Prop) : Prop := {
  run_eta : 0 < eta <= 1;
  run_betas : c1 * eta ^ 2 <= 1 /\ c2 * eta ^ 2 <= 1;
  run_steps : (k0 <= N)%nat;
  run_start : INR k0 * eta ^ 2 = t0;
  run_end : INR N * eta ^ 2 = T;
  run_state : Inv d eta c2 umin N k0 x;
  run_oracle : forall y, Dom d umin y -> noise (law y) d (Sig y) (K3 * (eta / sigma0) * Q d y ^ 3) m (q + 3);
  run_dir : forall k y i j, (k0 <= k < N)%nat -> Dom d umin y -> (i < d)%nat -> (j < d)%nat ->
    let D := dir eta sigma0 c1 c2 F (rho_ eta) k y i in
    intg (law y) D /\ intg (law y) (fun z => D z * m_step eta sigma0 c1 F y j z) /\ intg (law y) (fun z => D z * D z);
  run_test : admissible (chain_steps eta sigma0 c1 c2 lambda0 F law (rho_ eta)) (Inv d eta c2 umin N) test;
  run_value : forall k, (k0 <= k <= N)%nat -> test (J (INR k * eta ^ 2) nil);
  run_weight : test (fun x => Q d x ^ (q + 3)) }.

Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c_pos : 0 < c1 /\ 0 < c2 /\ 0 <= lambda0.
Hypothesis umin_pos : 0 < umin.
Hypothesis oracle_pos : 0 <= Gf /\ 0 <= K3.
Hypothesis g_start : 0 < g <= 1 /\ g <= gamma c1 t0 /\ g <= gamma c2 t0.
Hypothesis F_growth : forall x i, Dom d umin x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q d x).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis U_ok : value (idx d) deg (Q d) (Dom d umin) (limit sigma0 c1 c2 lambda0 F Sig (rhobar c1 c2 sigma0 eps0)) M Mt t0 T q J.

Let C := adamw_constant d sigma0 c1 c2 lambda0 umin Gf K3 m g T q M Mt.
(* E phi(x_N) of a run that starts at step k0 in x. *)
Definition run_mean eta k0 N law (phi : X -> R) := En eta sigma0 c1 c2 lambda0 k0 F law (rho_ eta) (N - k0) phi x.

Lemma one_run eta k0 N law test : run_ok eta k0 N law test ->
  Rabs (run_mean eta k0 N law (J T nil) - J t0 nil x) <= C * Q d x ^ (q + 3) * eta ^ 2.
Proof.
  intros [H1 H2 H3 H4 H5 H6 H7 H8 H9 H10 H11]. unfold run_mean. rewrite <- H5 at 1. rewrite <- H4.
  apply (adamw_weak d eta sigma0 eps0 c1 c2 lambda0 umin Gf K3 m g T q k0 N F Sig law) with (test := test); auto; try lia.
  - now rewrite H4.
  - rewrite H5; lra.
  - now rewrite H4.
Qed.

Theorem adamw_scaling eta1 eta2 k1 k2 N1 N2 law1 law2 test1 test2 :
  run_ok eta1 k1 N1 law1 test1 -> run_ok eta2 k2 N2 law2 test2 ->
  Rabs (run_mean eta1 k1 N1 law1 (J T nil) - run_mean eta2 k2 N2 law2 (J T nil)) <= C * Q d x ^ (q + 3) * (eta1 ^ 2 + eta2 ^ 2).
Proof.
  intros R1 R2. pose proof (one_run _ _ _ _ _ R1). pose proof (one_run _ _ _ _ _ R2).
  replace (_ - _) with ((run_mean eta1 k1 N1 law1 (J T nil) - J t0 nil x) - (run_mean eta2 k2 N2 law2 (J T nil) - J t0 nil x)) by ring.
  rewrite Rmult_plus_distr_l. now apply abs_minus_le.
Qed.

(* Batch size times kappa: eta' = sqrt kappa eta, 1/kappa times as many steps; 1 - beta_i' = kappa (1 - beta_i), eps' = eps / sqrt kappa and
   lambda' = sqrt kappa lambda are what keeps c1, c2, eps0 and lambda0. *)
Corollary adamw_square_root_rule kappa eta k0 N k0' N' law law' test test' : 0 < kappa ->
  run_ok eta k0 N law test -> run_ok (sqrt kappa * eta) k0' N' law' test' ->
  INR k0' * kappa = INR k0 /\ INR N' * kappa = INR N /\
  Rabs (run_mean eta k0 N law (J T nil) - run_mean (sqrt kappa * eta) k0' N' law' (J T nil)) <= C * Q d x ^ (q + 3) * (1 + kappa) * eta ^ 2.
Proof.
  intros Hk R1 R2. assert (K : (sqrt kappa * eta) ^ 2 = kappa * eta ^ 2).
  { rewrite Rpow_mult_distr. f_equal. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. lra. }
  assert (E := adamw_scaling _ _ _ _ _ _ _ _ _ _ R1 R2). rewrite K in E.
  destruct R1 as [e1 _ _ S1 T1 _ _ _ _ _ _]. destruct R2 as [_ _ _ S2 T2 _ _ _ _ _ _]. rewrite K in S2, T2.
  assert (e2 : 0 < eta ^ 2) by (apply pow_lt; lra).
  repeat split.
  - apply Rmult_eq_reg_r with (eta ^ 2); lra.
  - apply Rmult_eq_reg_r with (eta ^ 2); lra.
  - eapply Rle_trans; [apply E|]. right. ring.
Qed.
End TwoRuns.
