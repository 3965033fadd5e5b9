(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The square-root scaling rule for RMSprop: two runs with the same SDE parameters (sigma0, eps0, c2) agree, for every test
   function and at equal continuous time, up to C (eta1^2 + eta2^2). Batch B -> kappa B gives eta2 = sqrt kappa eta1. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise rmsprop.
Open Scope R_scope.

(* What a run asks of its oracle and step size: the hypotheses of rmsprop_weak that are the run's own. *)
Record run_ok (d : nat) (eta sigma0 eps0 c2 umin K3 m : R) (q N : nat) (F : nat -> X -> R) (Sig : X -> nat -> nat -> R)
    (law : X -> expectation (nat -> R)) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop) : Prop := {
  run_eta : 0 < eta <= 1;
  run_decay : c2 * eta ^ 2 <= 1;
  run_oracle : forall x, Dom d umin x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q d x ^ 3) m (q + 3);
  run_test : admissible (chain_steps eta sigma0 eps0 c2 F law) (Inv d eta c2 umin N) test;
  run_value : forall k, (k <= N)%nat -> test (J (INR k * eta ^ 2) nil);
  run_weight : test (fun x => Q d x ^ (q + 3)) }.

Section TwoRuns.
Variables (d : nat) (sigma0 eps0 c2 umin Gf K3 m : R) (q : nat) (F : nat -> X -> R) (Sig : X -> nat -> nat -> R).
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K3_pos : 0 <= K3.
Hypothesis F_growth : forall x i, Dom d umin x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q d x).
Variables (M Mt T : R) (J : R -> list coord -> X -> R).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis U_ok : value (idx d) deg (Q d) (Dom d umin) (limit sigma0 eps0 c2 F Sig) M Mt 0 T q J.

Let C := rmsprop_constant d sigma0 eps0 c2 umin Gf K3 m q M Mt T.

Lemma one_run eta N law test x : run_ok d eta sigma0 eps0 c2 umin K3 m q N F Sig law J test -> INR N * eta ^ 2 = T ->
  Inv d eta c2 umin N 0 x ->
  Rabs (En eta sigma0 eps0 c2 F law N (J T nil) x - J 0 nil x) <= C * Q d x ^ (q + 3) * eta ^ 2.
Proof.
  intros [H1 H2 H3 H4 H5 H6] HT Hx. rewrite <- HT at 1.
  apply (rmsprop_weak d eta sigma0 eps0 c2 umin Gf K3 m q N F Sig law) with (test := test); auto. rewrite HT; lra.
Qed.

Theorem rmsprop_scaling eta1 eta2 N1 N2 law1 law2 test1 test2 x :
  run_ok d eta1 sigma0 eps0 c2 umin K3 m q N1 F Sig law1 J test1 -> INR N1 * eta1 ^ 2 = T -> Inv d eta1 c2 umin N1 0 x ->
  run_ok d eta2 sigma0 eps0 c2 umin K3 m q N2 F Sig law2 J test2 -> INR N2 * eta2 ^ 2 = T -> Inv d eta2 c2 umin N2 0 x ->
  Rabs (En eta1 sigma0 eps0 c2 F law1 N1 (J T nil) x - En eta2 sigma0 eps0 c2 F law2 N2 (J T nil) x)
  <= C * Q d x ^ (q + 3) * (eta1 ^ 2 + eta2 ^ 2).
Proof.
  intros R1 T1 I1 R2 T2 I2. pose proof (one_run _ _ _ _ _ R1 T1 I1). pose proof (one_run _ _ _ _ _ R2 T2 I2).
  replace (_ - _) with ((En eta1 sigma0 eps0 c2 F law1 N1 (J T nil) x - J 0 nil x)
    - (En eta2 sigma0 eps0 c2 F law2 N2 (J T nil) x - J 0 nil x)) by ring.
  rewrite Rmult_plus_distr_l. now apply abs_minus_le.
Qed.

(* Batch size times kappa: eta' = sqrt kappa eta, N' = N / kappa steps; 1-beta' = kappa (1-beta) and eps' = eps / sqrt kappa
   are what keeps c2 and eps0. *)
Corollary rmsprop_square_root_rule kappa eta N N' law law' test test' x : 0 < kappa -> INR N' * kappa = INR N ->
  run_ok d eta sigma0 eps0 c2 umin K3 m q N F Sig law J test -> INR N * eta ^ 2 = T -> Inv d eta c2 umin N 0 x ->
  run_ok d (sqrt kappa * eta) sigma0 eps0 c2 umin K3 m q N' F Sig law' J test' -> Inv d (sqrt kappa * eta) c2 umin N' 0 x ->
  Rabs (En eta sigma0 eps0 c2 F law N (J T nil) x - En (sqrt kappa * eta) sigma0 eps0 c2 F law' N' (J T nil) x)
  <= C * Q d x ^ (q + 3) * (1 + kappa) * eta ^ 2.
Proof.
  intros Hk HN R1 T1 I1 R2 I2. assert (K : (sqrt kappa * eta) ^ 2 = kappa * eta ^ 2).
  { rewrite Rpow_mult_distr. f_equal. rewrite <- Rsqr_pow2. apply Rsqr_sqrt. lra. }
  replace (C * Q d x ^ (q + 3) * (1 + kappa) * eta ^ 2) with (C * Q d x ^ (q + 3) * (eta ^ 2 + (sqrt kappa * eta) ^ 2)) by (rewrite K; ring).
  apply rmsprop_scaling with (test1 := test) (test2 := test'); auto. rewrite K, <- Rmult_assoc, HN. exact T1.
Qed.
End TwoRuns.
