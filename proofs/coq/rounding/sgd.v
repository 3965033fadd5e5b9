(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** SGD and SGD with momentum, one step in the kernels' order of operations:

      sgd            theta' = fl (theta - fl (lr g))
      sgd_momentum   m' = fl (fl (mu m) + g),  theta' = fl (theta - fl (lr m')) *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation moments.
Open Scope R_scope.

Section Sgd.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).

Definition sgd_theta lr theta g := fl (theta - fl (lr * g)).
Definition momentum_m mu m g := fl (fl (mu * m) + g).

Theorem sgd_theta_error al lr eta theta g :
  F theta -> 0 <= al -> 0 <= eta -> Rel al lr eta ->
  let theta' := theta - eta * g in
  Rabs (sgd_theta lr theta g - theta') <=
    u * Rabs theta' + (1 + u) * ((exp (al + u) - 1) * Rabs (eta * g) + tiny).
Proof.
  intros Ft Ha Pe R theta'. apply fl_sub_exact; auto using F_fl.
  rewrite Rabs_mult, (Rabs_pos_eq eta) by auto. now apply (product_Err prec emin Hp).
Qed.

(** The buffer's error is relative to its result and to the decayed part. *)
Definition momentum_m_bound am mu m g :=
  u * Rabs (mu * m + g) + (1 + u) * ((exp (am + u) - 1) * Rabs (mu * m) + tiny).
Theorem momentum_m_error am mu mu' m g :
  F g -> 0 <= am -> 0 <= mu' -> Rel am mu mu' ->
  Rabs (momentum_m mu m g - (mu' * m + g)) <= momentum_m_bound am mu' m g.
Proof.
  intros Fg Ha Pm R. unfold momentum_m, momentum_m_bound. pose proof (product_Err prec emin Hp am mu mu' m Ha Pm R) as E.
  pose proof (fl_add_close prec emin Hp (fl (mu * m)) (mu' * m) g g _ 0 (F_fl prec emin Hp _) Fg E) as A.
  rewrite Rabs_mult, (Rabs_pos_eq mu') by auto. rewrite Rplus_0_r in A. apply A.
  rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
Qed.

(** theta from a buffer that carries an error E *)
Theorem momentum_theta_error al lr eta theta m m' E :
  F theta -> 0 <= al -> 0 <= eta -> Rel al lr eta -> Rabs (m - m') <= E ->
  let theta' := theta - eta * m' in
  Rabs (sgd_theta lr theta m - theta') <=
    u * Rabs theta' + (1 + u) * ((exp (al + u) - 1) * Rabs (eta * m') + exp (al + u) * (eta * E) + tiny).
Proof.
  intros Ft Ha Pe R HE theta'. apply fl_sub_exact; auto using F_fl.
  assert (E0 : Err 0 E (Rabs m') m m') by (unfold Err; rewrite exp_0; lra).
  pose proof (Err_scale 0 al E (Rabs m') lr eta m m' ltac:(lra) Ha Pe (Rle_refl _) R E0) as S.
  apply fl_Err with (prec := prec) (emin := emin) in S; auto; try lra.
  2: { rewrite Rabs_mult, (Rabs_pos_eq eta) by auto. lra. }
  unfold Err in S. rewrite Rabs_mult, (Rabs_pos_eq eta) by auto. rewrite Rplus_0_l in S. rewrite exp_plus at 2. lra.
Qed.

(** The whole step *)
Theorem sgd_momentum_error am al mu mu' lr eta theta m g :
  F theta -> F g -> 0 <= am -> 0 <= al -> 0 <= mu' -> 0 <= eta -> Rel am mu mu' -> Rel al lr eta ->
  let m' := mu' * m + g in let theta' := theta - eta * m' in
  Rabs (sgd_theta lr theta (momentum_m mu m g) - theta') <=
    u * Rabs theta' + (1 + u) * ((exp (al + u) - 1) * Rabs (eta * m')
                                 + exp (al + u) * (eta * momentum_m_bound am mu' m g) + tiny).
Proof. intros. apply momentum_theta_error; auto. now apply momentum_m_error. Qed.
End Sgd.
