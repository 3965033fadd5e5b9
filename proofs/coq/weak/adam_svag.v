(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* SVAG(l) with Adam (lambda0 = 0) and AdamW: eta/l, l^2 times as many steps, from the time t0 > 0, tends to the SDE with weak error O(1/l^2),
   whatever the skewness of the original oracle (svag.v has the oracle and RMSprop). *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise svag adam adam_coef.
Open Scope R_scope.

Section Svag.
Variables (d : nat) (eta l sigma0 eps0 c1 c2 lambda0 umin Gf K m g T : R) (q k0 N : nat).
Variables (F : nat -> X -> R) (Sig : X -> nat -> nat -> R) (S3 : X -> nat -> nat -> nat -> R) (pair_law : X -> expectation ((nat -> R) * (nat -> R))).
Let h := (eta / l) ^ 2.
Hypothesis l_ge_1 : 1 <= l.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c_pos : 0 < c1 /\ 0 < c2 /\ 0 <= lambda0.
Hypothesis betas : c1 * h <= 1 /\ c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis oracle_pos : 0 <= Gf /\ 0 <= K.
Hypothesis g_start : 0 < g <= 1 /\ g <= gamma c1 (INR k0 * h) /\ g <= gamma c2 (INR k0 * h).
Hypothesis F_growth : forall x i, Dom d umin x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q d x).
Hypothesis oracle : forall x, Dom d umin x -> independent_pair (pair_law x) d (Sig x) (S3 x) K m (q + 3).
Let law x := push (pair_law x) (combine l).
Let rho_ := rho (eta / l) c1 c2 sigma0 eps0.
Hypothesis dir_int : forall k x i j, (k0 <= k < N)%nat -> Dom d umin x -> (i < d)%nat -> (j < d)%nat ->
  let D := dir (eta / l) sigma0 c1 c2 F rho_ k x i in
  intg (law x) D /\ intg (law x) (fun z => D z * m_step (eta / l) sigma0 c1 F x j z) /\ intg (law x) (fun z => D z * D z).
Variables (M Mt : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * h <= T.
Hypothesis U_ok : value (idx d) deg (Q d) (Dom d umin) (limit sigma0 c1 c2 lambda0 F Sig (rhobar c1 c2 sigma0 eps0)) M Mt (INR k0 * h) T q J.
Hypothesis test_ok : admissible (chain_steps (eta / l) sigma0 c1 c2 lambda0 F law rho_) (Inv d (eta / l) c2 umin N) test.
Hypothesis test_value : forall k, (k0 <= k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q d x ^ (q + 3)).

Definition adamw_svag_constant := adamw_constant d sigma0 c1 c2 lambda0 umin Gf (3 / 2 * K * sigma0 / eta) m g T q M Mt * eta ^ 2.

Theorem adamw_svag n x : (k0 + n = N)%nat -> Inv d (eta / l) c2 umin N k0 x ->
  Rabs (En (eta / l) sigma0 c1 c2 lambda0 k0 F law rho_ n (J (INR N * h) nil) x - J (INR k0 * h) nil x)
  <= adamw_svag_constant * Q d x ^ (q + 3) * / l ^ 2.
Proof.
  intros Hn Hx. assert (He : 0 < eta / l <= 1) by (now apply svag_rate).
  replace (adamw_svag_constant * Q d x ^ (q + 3) * / l ^ 2)
    with (adamw_constant d sigma0 c1 c2 lambda0 umin Gf (3 / 2 * K * sigma0 / eta) m g T q M Mt * Q d x ^ (q + 3) * (eta / l) ^ 2)
    by (unfold adamw_svag_constant; field; lra).
  destruct oracle_pos as (O1 & O2). assert (ie : 0 < / eta) by (apply Rinv_0_lt_compat; lra).
  apply (adamw_weak d (eta / l) sigma0 eps0 c1 c2 lambda0 umin Gf (3 / 2 * K * sigma0 / eta) m g T q k0 N F Sig law) with (test := test); auto.
  - split; auto. unfold Rdiv. mpos.
  - intros y Hy. apply (svag_skew d eta l sigma0 K m _ _ (S3 y)); auto; try lra. apply pow_ge_1, quad_ge_1.
Qed.
End Svag.
