(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The scaling functions, in binary64 and in the library's order of operations:

      lr' = lr root, eps' = eps / root, lambda' = lambda root  with root = fl (sqrt kappa);  sgd: lr' = kappa lr
      beta' = fl (1 - fl (kappa fl (1 - beta)))

    against the real rules. The products must not underflow, which refused results would. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Optcert.Rounding Require Import std_model relation coefficients formats.
Open Scope R_scope.

Notation F := F64. Notation fl := fl64. Notation u := u64.

Definition root kappa := fl (sqrt kappa).
Definition scaled_up x kappa := fl (x * root kappa).
Definition scaled_down x kappa := fl (x / root kappa).
Definition scaled_linear x kappa := fl (kappa * x).
Definition scaled_beta beta kappa := fl (1 - fl (kappa * fl (1 - beta))).

Lemma Rel_close a x y n : a <= n -> 0 <= a -> n < 1 -> Rel a x y -> Rabs (x - y) <= gamma n * Rabs y.
Proof.
  intros Ha Pa Hn R. pose proof (Rel_err _ _ _ Pa R). pose proof (exp_gamma a n Ha ltac:(lra)). pose proof (Rabs_pos y).
  assert ((exp a - 1) * Rabs y <= gamma n * Rabs y) by (now apply Rmult_le_compat_r). lra.
Qed.
Theorem scaled_up_error x kappa : F kappa -> normal64 (x * root kappa) ->
  Rabs (scaled_up x kappa - x * sqrt kappa) <= gamma (2 * u) * Rabs (x * sqrt kappa).
Proof.
  intros Fk N. sizes. apply (Rel_close (u + (0 + u))); try lra. apply Rel_trans with (x * root kappa).
  - now apply (fl_rel 53 (-1074) prec64).
  - apply Rel_mul; [apply Rel_refl | now apply (fl_sqrt_rel 53 (-1074) prec64 emin64)].
Qed.
Theorem scaled_down_error x kappa : F kappa -> normal64 (x / root kappa) ->
  Rabs (scaled_down x kappa - x / sqrt kappa) <= gamma (2 * u) * Rabs (x / sqrt kappa).
Proof.
  intros Fk N. sizes. apply (Rel_close (u + (0 + u))); try lra. apply Rel_trans with (x / root kappa).
  - now apply (fl_rel 53 (-1074) prec64).
  - apply Rel_div; [apply Rel_refl | now apply (fl_sqrt_rel 53 (-1074) prec64 emin64)].
Qed.
Theorem scaled_linear_error x kappa : normal64 (kappa * x) ->
  Rabs (scaled_linear x kappa - kappa * x) <= gamma u * Rabs (kappa * x).
Proof. intros N. sizes. apply (Rel_close u); try lra. now apply (fl_rel 53 (-1074) prec64). Qed.

(** beta' near 1: what counts is 1 - beta', which is known to 2u relative and half a unit in the last place of beta'. *)
Theorem scaled_beta_error beta kappa : F beta -> 0 <= beta < 1 -> 0 < kappa -> normal64 (kappa * fl (1 - beta)) ->
  let exact := 1 - kappa * (1 - beta) in
  Rabs (scaled_beta beta kappa - exact) <= u * Rabs exact + (1 + u) * (gamma (2 * u) * (kappa * (1 - beta))).
Proof.
  intros Fb Hb Hk N exact. sizes. apply (fl_sub_exact 53 (-1074) prec64).
  - exact (F_1 53 (-1074) prec64 emin64).
  - apply (F_fl 53 (-1074) prec64).
  - pose proof (weight_loss_range beta) as W. rewrite <- (Rabs_pos_eq (kappa * (1 - beta))) at 2 by (apply Rmult_le_pos; lra).
    apply (Rel_close (u + (0 + weight_loss beta))); try lra. apply Rel_trans with (kappa * fl (1 - beta)).
    + now apply (fl_rel 53 (-1074) prec64).
    + apply Rel_mul; [apply Rel_refl | now apply weight64].
Qed.
(** The parameters that matter, after rounding: c' = (1 - beta') / eta'^2 against c. *)
Theorem scaled_omb_error beta kappa : F beta -> / 2 <= beta < 1 -> 0 < kappa -> normal64 (kappa * fl (1 - beta)) ->
  kappa * (1 - beta) <= / 2 ->
  Rabs ((1 - scaled_beta beta kappa) - kappa * (1 - beta)) <= u + (1 + u) * (gamma u * (kappa * (1 - beta))).
Proof.
  intros Fb Hb Hk N Hhalf. sizes. pose proof (weight64 beta Fb ltac:(lra)) as W. rewrite weight_loss_half in W by lra.
  assert (P : 0 <= kappa * (1 - beta)) by (apply Rmult_le_pos; lra).
  assert (R : Rabs (fl (kappa * fl (1 - beta)) - kappa * (1 - beta)) <= gamma u * (kappa * (1 - beta))).
  { rewrite <- (Rabs_pos_eq _ P) at 2. apply (Rel_close (u + (0 + 0))); try lra.
    apply Rel_trans with (kappa * fl (1 - beta)); [now apply (fl_rel 53 (-1074) prec64)|].
    apply Rel_mul; [apply Rel_refl | exact W]. }
  pose proof (fl_sub_exact 53 (-1074) prec64 1 _ _ _ (F_1 53 (-1074) prec64 emin64) (F_fl 53 (-1074) prec64 _) R) as S.
  replace (1 - scaled_beta beta kappa - kappa * (1 - beta)) with (- (scaled_beta beta kappa - (1 - kappa * (1 - beta)))) by ring.
  rewrite Rabs_Ropp. eapply Rle_trans; [exact S|]. apply Rplus_le_compat_r.
  rewrite Rabs_pos_eq by lra. nra.
Qed.
