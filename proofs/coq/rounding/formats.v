(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** One step in binary64 and in binary32, from binary64 hyper-parameters: the theorems with their numbers.

    gamma x = x / (1 - x). Decays are at least 1/2, as all in use are (for the rest see adam.v and rmsprop.v). The
    gradual-underflow condition on eps, 4 sqrt tiny iota <= u eps / 8, holds for eps >= 2^-447 in binary64 and
    eps >= 1e-12 in binary32 when iota <= 32, that is 1 - beta2 >= 1/1000. Overflow is excluded: see std_model.v. *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Flocq Require Import Core.
From Optcert.Rounding Require Import std_model relation moments quotient sgd rmsprop adam one_minus_pow coefficients.
Open Scope R_scope.

Lemma Err_gamma a h X x x' n : a <= n -> 0 <= n < 1 -> 0 <= X -> Err a h X x x' -> Rabs (x - x') <= gamma n * X + h.
Proof.
  intros Ha Hn HX E. unfold Err in E. pose proof (exp_gamma a n Ha Hn).
  assert ((exp a - 1) * X <= gamma n * X) by (now apply Rmult_le_compat_r). lra.
Qed.
Lemma bound_gamma a h X x y n : a <= n -> 0 <= n < 1 -> 0 <= X ->
  y <= x * ((exp a - 1) * X + h) -> 0 <= x -> y <= x * (gamma n * X + h).
Proof.
  intros Ha Hn HX E Px. pose proof (exp_gamma a n Ha Hn). eapply Rle_trans; [exact E|].
  apply Rmult_le_compat_l; auto. assert ((exp a - 1) * X <= gamma n * X) by (now apply Rmult_le_compat_r). lra.
Qed.
Lemma theta_gamma a h X n u' y t : a <= n -> 0 <= n < 1 -> 0 <= X -> 0 < u' ->
  y <= u' * t + (1 + u') * ((exp a - 1) * X + h) -> y <= u' * t + (1 + u') * (gamma n * X + h).
Proof.
  intros Ha Hn HX Pu E. eapply Rle_trans; [exact E|]. apply Rplus_le_compat_l.
  apply (bound_gamma a h X (1 + u') _ n); auto; lra.
Qed.

Ltac sizes := pose proof (u_small 53 prec64); pose proof (u_small 24 prec32); pose proof (u_pos 53); pose proof (u_pos 24);
  pose proof u64_small; pose proof accuracy_small; pose proof (tiny_pos (-1074)); pose proof (tiny_pos (-149)).

Lemma half_normal32 beta : / 2 <= beta < 1 -> normal32 beta.
Proof.
  intros H. right. rewrite Rabs_pos_eq by lra. apply Rle_trans with (/ 2); [|lra].
  change (/ 2) with (bpow radix2 (-1)). apply bpow_le. lia.
Qed.

(** * SGD *)
Theorem sgd_f64 lr theta g : F64 theta -> 0 <= lr ->
  Rabs (sgd_theta 53 (-1074) lr theta g - (theta - lr * g)) <=
    u64 * Rabs (theta - lr * g) + (1 + u64) * (gamma u64 * Rabs (lr * g) + tiny64).
Proof.
  intros Ft Pl. sizes. apply (theta_gamma (0 + u64)); auto using Rabs_pos; try lra.
  apply (sgd_theta_error 53 (-1074) prec64 0 lr lr); auto using Rel_refl; lra.
Qed.
Theorem sgd_f32 lr theta g : F32 theta -> 0 <= lr -> normal32 lr ->
  Rabs (sgd_theta 24 (-149) (fl32 lr) theta g - (theta - lr * g)) <=
    u32 * Rabs (theta - lr * g) + (1 + u32) * (gamma (2 * u32) * Rabs (lr * g) + tiny32).
Proof.
  intros Ft Pl N. sizes. apply (theta_gamma (u32 + u32)); auto using Rabs_pos; try lra.
  apply (sgd_theta_error 24 (-149) prec32 u32 (fl32 lr) lr); auto using to32; lra.
Qed.

(** * Moments: m' (also the average of the iterates, with rho for beta1) and v' *)
Theorem first_moment_f64 beta m g : F64 beta -> / 2 <= beta < 1 ->
  Rabs (mix 53 (-1074) beta (fl64 (1 - beta)) m g - (beta * m + (1 - beta) * g)) <=
    gamma (2 * u64) * (beta * Rabs m + (1 - beta) * Rabs g) + 3 * tiny64.
Proof.
  intros Fb Hb. sizes. pose proof (weight64 beta Fb ltac:(lra)) as W. rewrite weight_loss_half in W by lra.
  apply (Err_gamma (Rmax 0 0 + 2 * u64)); try lra. { rewrite Rmax_left; lra. }
  { pose proof (Rmult_le_pos beta _ ltac:(lra) (Rabs_pos m)). pose proof (Rmult_le_pos (1 - beta) _ ltac:(lra) (Rabs_pos g)). lra. }
  apply (mix_error 53 (-1074) prec64); auto using Rel_refl; lra.
Qed.
Theorem first_moment_f32 beta m g : F64 beta -> / 2 <= beta < 1 ->
  Rabs (mix 24 (-149) (fl32 beta) (weight32_stored beta) m g - (beta * m + (1 - beta) * g)) <=
    gamma (3 * u32) * (beta * Rabs m + (1 - beta) * Rabs g) + 3 * tiny32.
Proof.
  intros Fb Hb. sizes. pose proof (weight32 beta Fb ltac:(lra)) as W. rewrite weight_loss_half, Rplus_0_r in W by lra.
  pose proof (half_normal32 beta Hb) as N.
  apply (Err_gamma (Rmax u32 u32 + 2 * u32)); try lra. { rewrite Rmax_left; lra. }
  { pose proof (Rmult_le_pos beta _ ltac:(lra) (Rabs_pos m)). pose proof (Rmult_le_pos (1 - beta) _ ltac:(lra) (Rabs_pos g)). lra. }
  apply (mix_error 24 (-149) prec32); auto using to32; lra.
Qed.

Theorem second_moment_f64 beta v g : F64 beta -> / 2 <= beta < 1 -> 0 <= v ->
  Rabs (second_moment 53 (-1074) beta (fl64 (1 - beta)) v g - (beta * v + (1 - beta) * (g * g))) <=
    gamma (3 * u64) * (beta * v + (1 - beta) * (g * g)) + 4 * tiny64.
Proof.
  intros Fb Hb Pv. sizes. pose proof (weight64 beta Fb ltac:(lra)) as W. rewrite weight_loss_half in W by lra.
  pose proof (weight64_le_1 beta ltac:(lra)) as W1. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  assert (P : 0 <= beta * v + (1 - beta) * (g * g)) by (apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra).
  assert (M : Rmax 0 (0 + u64) + 2 * u64 = 3 * u64) by (rewrite Rmax_right; lra).
  apply (Err_gamma (3 * u64)); auto; try lra. rewrite <- (Rabs_pos_eq _ P) at 1. rewrite <- M.
  apply Err_of_RelAbs; [lra|]. apply (second_moment_error 53 (-1074) prec64); auto using Rel_refl; lra.
Qed.
Theorem second_moment_f32 beta v g : F64 beta -> / 2 <= beta < 1 -> 0 <= v ->
  Rabs (second_moment 24 (-149) (fl32 beta) (weight32_stored beta) v g - (beta * v + (1 - beta) * (g * g))) <=
    gamma (4 * u32) * (beta * v + (1 - beta) * (g * g)) + 4 * tiny32.
Proof.
  intros Fb Hb Pv. sizes. pose proof (weight32 beta Fb ltac:(lra)) as W. rewrite weight_loss_half, Rplus_0_r in W by lra.
  pose proof (weight32_le_1 beta ltac:(lra)) as W1. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  pose proof (half_normal32 beta Hb) as N.
  assert (P : 0 <= beta * v + (1 - beta) * (g * g)) by (apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra).
  assert (M : Rmax u32 (u32 + u32) + 2 * u32 = 4 * u32) by (rewrite Rmax_right; lra).
  apply (Err_gamma (4 * u32)); auto; try lra. rewrite <- (Rabs_pos_eq _ P) at 1. rewrite <- M.
  apply Err_of_RelAbs; [lra|]. apply (second_moment_error 24 (-149) prec32); auto using to32; lra.
Qed.

(** * RMSprop *)
Theorem rmsprop_f64 lr eps theta v g :
  F64 theta -> F64 v -> F64 eps -> 0 <= v -> 0 <= lr -> 0 <= eps ->
  let D := sqrt v + eps in let q := lr * g / D in 0 < D ->
  Rabs (rmsprop_theta 53 (-1074) lr eps theta v g - (theta - q)) <=
    u64 * Rabs (theta - q) + (1 + u64) * (gamma (4 * u64) * Rabs q + rmsprop_underflow (-1074) D).
Proof.
  intros Ft Fv Fe Pv Pl Pe D q PD. sizes. apply (theta_gamma (0 + 4 * u64)); auto using Rabs_pos; try lra.
  apply (rmsprop_step_error 53 (-1074) prec64 emin64 0 0 lr lr eps eps); auto using Rel_refl; lra.
Qed.
Theorem rmsprop_f32 lr eps theta v g :
  F32 theta -> F32 v -> 0 <= v -> 0 <= lr -> 0 <= eps -> normal32 lr -> normal32 eps ->
  let D := sqrt v + eps in let q := lr * g / D in 0 < D ->
  Rabs (rmsprop_theta 24 (-149) (fl32 lr) (fl32 eps) theta v g - (theta - q)) <=
    u32 * Rabs (theta - q) + (1 + u32) * (gamma (5 * u32) * Rabs q + rmsprop_underflow (-149) D).
Proof.
  intros Ft Fv Pv Pl Pe Nl Ne D q PD. sizes. apply (theta_gamma (u32 + 4 * u32)); auto using Rabs_pos; try lra.
  apply (rmsprop_step_error 24 (-149) prec32 emin32 u32 u32 (fl32 lr) lr (fl32 eps) eps); auto using to32; try lra.
  apply (F_fl 24 (-149) prec32).
Qed.
Theorem rmsprop_newv_f64 lr beta eps theta v g :
  F64 theta -> F64 eps -> F64 beta -> / 2 <= beta < 1 -> 0 <= v -> 0 <= lr -> 0 <= eps ->
  4 * sqrt tiny64 <= u64 / 8 * eps ->
  let v' := beta * v + (1 - beta) * (g * g) in let D := sqrt v' + eps in let q := lr * g / D in 0 < D ->
  Rabs (rmsprop_theta 53 (-1074) lr eps theta (second_moment 53 (-1074) beta (fl64 (1 - beta)) v g) g - (theta - q)) <=
    u64 * Rabs (theta - q) + (1 + u64) * (gamma (6 * u64) * Rabs q + rmsprop_underflow (-1074) D).
Proof.
  intros Ft Fe Fb Hb Pv Pl Pe Hs v' D q PD. sizes.
  pose proof (weight64 beta Fb ltac:(lra)) as W. rewrite weight_loss_half in W by lra.
  pose proof (weight64_le_1 beta ltac:(lra)) as W1. pose proof (Rel_nonneg _ _ _ W ltac:(lra)) as W0.
  apply (theta_gamma (0 + Rmax 0 (0 + u64) / 2 + 5 * u64 + u64 / 8)); auto using Rabs_pos; try lra.
  { rewrite Rmax_right; lra. }
  apply (rmsprop_newv_step_error 53 (-1074) prec64 emin64 (u64 / 8) 0 0 0 0 lr lr beta _ beta eps eps);
    auto using Rel_refl; lra.
Qed.
Theorem rmsprop_newv_f32 lr beta eps theta v g :
  F32 theta -> F64 beta -> / 2 <= beta < 1 -> 0 <= v -> 0 <= lr -> 0 <= eps -> normal32 lr -> normal32 eps ->
  4 * sqrt tiny32 <= u32 / 8 * eps ->
  let v' := beta * v + (1 - beta) * (g * g) in let D := sqrt v' + eps in let q := lr * g / D in 0 < D ->
  Rabs (rmsprop_theta 24 (-149) (fl32 lr) (fl32 eps) theta
          (second_moment 24 (-149) (fl32 beta) (weight32_stored beta) v g) g - (theta - q)) <=
    u32 * Rabs (theta - q) + (1 + u32) * (gamma (8 * u32) * Rabs q + rmsprop_underflow (-149) D).
Proof.
  intros Ft Fb Hb Pv Pl Pe Nl Ne Hs v' D q PD. sizes.
  pose proof (weight32 beta Fb ltac:(lra)) as W. rewrite weight_loss_half, Rplus_0_r in W by lra.
  pose proof (weight32_le_1 beta ltac:(lra)) as W1. pose proof (Rel_nonneg _ _ _ W ltac:(lra)) as W0.
  pose proof (half_normal32 beta Hb) as N. pose proof (Rel_nonneg _ _ _ (to32 _ N) ltac:(lra)) as B0.
  apply (theta_gamma (u32 + Rmax u32 (u32 + u32) / 2 + 5 * u32 + u32 / 8)); auto using Rabs_pos; try lra.
  { rewrite Rmax_right; lra. }
  apply (rmsprop_newv_step_error 24 (-149) prec32 emin32 (u32 / 8) u32 u32 u32 u32 (fl32 lr) lr (fl32 beta) _ beta
           (fl32 eps) eps); auto using to32; try lra.
  apply (F_fl 24 (-149) prec32).
Qed.

(** * Adam and AdamW at step k = 1, 2, ... (k of at most 64 bits) *)
Section AdamStep.
Variables b1 b2 lr e : R.
Hypotheses (F1 : F64 b1) (H1 : / 2 <= b1 < 1) (F2 : F64 b2) (H2 : / 2 <= b2 < 1) (Hlr : 0 <= lr) (Fe : F64 e) (He : 0 < e).
Variable k : N.
Hypotheses (Hk : (N.size_nat k <= 64)%nat) (Pk : (0 < k)%N).
Hypothesis Nlr : normal64 (lr / one_minus_pow b1 k).
Notation r := (meant b1 b2 lr e k).
Notation c64 := (stored64 b1 b2 lr e k). Notation c32 := (stored32 b1 b2 lr e k).
Variables theta m v g : R.
Hypothesis Pv : 0 <= v.
Let D := real_den r v g.
Let q := real_q r m v g.
Let Q := size_q r m v g.   (** sigma (beta1 |m| + (1-beta1) |g|) / D >= |q| *)

Lemma D_pos : 0 < D.
Proof.
  unfold D, real_den. cbn [inv_root eps meant].
  apply Rplus_le_lt_0_compat; [|exact He]. apply Rmult_le_pos; [|apply sqrt_pos].
  apply (inv_sqrt_nonneg b2 F2 ltac:(lra) k Hk Pk).
Qed.
Lemma Q_nonneg : 0 <= Q.
Proof.
  unfold Q, size_q, size_m. pose proof D_pos as P. unfold D in P.
  pose proof (meant_step_size b1 b2 lr e F1 ltac:(lra) Hlr k Hk Pk).
  apply Rmult_le_pos; [|left; now apply Rinv_0_lt_compat]. apply Rmult_le_pos; auto.
  cbn [beta1 weight1 meant]. pose proof (Rabs_pos m). pose proof (Rabs_pos g).
  apply Rplus_le_le_0_compat; apply Rmult_le_pos; lra.
Qed.

Theorem adam_increment_f64 : 4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny64) <= u64 / 8 * e ->
  Rabs (adam_increment 53 (-1074) c64 m v g - q) <= gamma (14 * u64) * Q + adam_underflow (-1074) r D.
Proof.
  intros Hs. sizes. pose proof (weight_loss_range b1) as W1. pose proof (weight_loss_range b2) as W2.
  pose proof (stored64_close b1 b2 lr e F1 ltac:(lra) F2 ltac:(lra) k Hk Pk Nlr) as C.
  pose proof (stored64_sane b1 b2 lr e F1 ltac:(lra) F2 ltac:(lra) Hlr Fe ltac:(lra) k Hk Pk) as S.
  rewrite !weight_loss_half in C by lra.
  eapply Err_gamma; [| | apply Q_nonneg |].
  3: { apply (adam_increment_error 53 (-1074) prec64 emin64 _ _ _ _ _ (u64 / 8) c64 r m v g S C); auto; try lra.
       exact D_pos. }
  - unfold adam_rel. rewrite Rmax_right by lra. lra.
  - lra.
Qed.
Theorem adam_increment_f32 : 4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny32) <= u32 / 8 * e ->
  normal32 (fl64 (lr / one_minus_pow b1 k)) -> normal32 e ->
  Rabs (adam_increment 24 (-149) c32 m v g - q) <= gamma (13 * u32) * Q + adam_underflow (-149) r D.
Proof.
  intros Hs Nl Ne. sizes. pose proof (weight_loss_range b1) as W1. pose proof (weight_loss_range b2) as W2.
  pose proof (stored32_close b1 b2 lr e F1 ltac:(lra) F2 ltac:(lra) k Hk Pk Nlr Nl
                (half_normal32 _ H1) (half_normal32 _ H2) Ne) as C.
  pose proof (stored32_sane b1 b2 lr e F1 ltac:(lra) F2 ltac:(lra) Hlr ltac:(lra) k Hk Pk) as S.
  rewrite !weight_loss_half, !Rplus_0_r in C by lra.
  eapply Err_gamma; [| | apply Q_nonneg |].
  3: { apply (adam_increment_error 24 (-149) prec32 emin32 _ _ _ _ _ (u32 / 8) c32 r m v g S C); auto; try lra.
       exact D_pos. }
  - unfold adam_rel. rewrite Rmax_right by lra. lra.
  - lra.
Qed.

Theorem adam_f64 : F64 theta -> 4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny64) <= u64 / 8 * e ->
  Rabs (adam_theta 53 (-1074) c64 theta m v g - (theta - q)) <=
    u64 * Rabs (theta - q) + (1 + u64) * (gamma (14 * u64) * Q + adam_underflow (-1074) r D).
Proof. intros Ft Hs. apply (adam_theta_error 53 (-1074) prec64 c64 r theta m v g); auto. now apply adam_increment_f64. Qed.
Theorem adam_f32 : F32 theta -> 4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny32) <= u32 / 8 * e ->
  normal32 (fl64 (lr / one_minus_pow b1 k)) -> normal32 e ->
  Rabs (adam_theta 24 (-149) c32 theta m v g - (theta - q)) <=
    u32 * Rabs (theta - q) + (1 + u32) * (gamma (13 * u32) * Q + adam_underflow (-149) r D).
Proof. intros Ft Hs Nl Ne. apply (adam_theta_error 24 (-149) prec32 c32 r theta m v g); auto. now apply adam_increment_f32. Qed.

(** AdamW: the decay's own error is decay_bound with ad = u64, or u32 + u64. *)
Theorem adamw_f64 lambda : F64 theta -> 0 <= lambda -> normal64 (lr * lambda) ->
  4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny64) <= u64 / 8 * e ->
  let theta' := theta - lr * lambda * theta - q in
  Rabs (adamw_theta 53 (-1074) c64 (fl64 (lr * lambda)) theta m v g - theta') <=
    u64 * Rabs theta' + (1 + u64) * (decay_bound 53 (-1074) u64 (lr * lambda) theta
                                     + (gamma (14 * u64) * Q + adam_underflow (-1074) r D)).
Proof.
  intros Ft Pl Nd Hs theta'. sizes.
  apply (adamw_theta_error 53 (-1074) prec64 u64 c64 r _ (lr * lambda) theta m v g); auto; try lra.
  - now apply Rmult_le_pos.
  - now apply decay64.
  - now apply adam_increment_f64.
Qed.
Theorem adamw_f32 lambda : F32 theta -> 0 <= lambda -> normal64 (lr * lambda) -> normal32 (fl64 (lr * lambda)) ->
  4 * (/ sqrt (1 - b2 ^ N.to_nat k) * sqrt tiny32) <= u32 / 8 * e ->
  normal32 (fl64 (lr / one_minus_pow b1 k)) -> normal32 e ->
  let theta' := theta - lr * lambda * theta - q in
  Rabs (adamw_theta 24 (-149) c32 (fl32 (fl64 (lr * lambda))) theta m v g - theta') <=
    u32 * Rabs theta' + (1 + u32) * (decay_bound 24 (-149) (u32 + u64) (lr * lambda) theta
                                     + (gamma (13 * u32) * Q + adam_underflow (-149) r D)).
Proof.
  intros Ft Pl Nd Nd32 Hs Nl Ne theta'. sizes.
  apply (adamw_theta_error 24 (-149) prec32 (u32 + u64) c32 r _ (lr * lambda) theta m v g); auto; try lra.
  - now apply Rmult_le_pos.
  - now apply decay32.
  - now apply adam_increment_f32.
Qed.
End AdamStep.
