(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** What the Gappa certificates of proofs/gappa say, in words: the default hyper-parameters, numbers in place of names.
    Each certificate is a proof term that Gappa wrote and Coq checked; the theorems here put it into the vocabulary of
    the other modules. "v is a multiple of 2^k" means that v is 0 or not too small, so that nothing underflows. *)
From Coq Require Import Reals ZArith Lra Lia Psatz Classical_Prop.
From Flocq Require Import Core.
From Gappa Require Import Gappa_library.
From Optcert.Rounding Require Import std_model moments coefficients quotient.
From Optcert.Gappa Require adam_v_f64 adam_v_f32 adam_m_f64 adam_m_f32.
From Optcert.Gappa Require rmsprop_increment_f64 rmsprop_increment_f32 adam_increment_f64 adam_increment_f32.
Open Scope R_scope.

Definition multiple (k : Z) (x : R) := exists n : Z, x = IZR n * bpow radix2 k.
Lemma multiple_FIX k x : multiple k x -> FIX x k.
Proof. intros [n ->]. exists (Float2 n k). split; [reflexivity | apply Z.le_refl]. Qed.

(** Gappa's numbers m 2^e, as real numbers. *)
Ltac numbers := cbv [lower upper float2R Defs.F2R Defs.Fnum Defs.Fexp bpow] in *;
  repeat match goal with
  | H : context [Z.pow_pos ?a ?b] |- _ => let r := eval vm_compute in (Z.pow_pos a b) in change (Z.pow_pos a b) with r in H
  | |- context [Z.pow_pos ?a ?b] => let r := eval vm_compute in (Z.pow_pos a b) in change (Z.pow_pos a b) with r
  end; simpl in *.
Lemma decimal3 : float10R (Float10 999 (-3)) = 999 / 1000.
Proof. unfold float10R, Defs.F2R; simpl. lra. Qed.
Lemma decimal1 : float10R (Float10 9 (-1)) = 9 / 10.
Proof. unfold float10R, Defs.F2R; simpl. lra. Qed.
Lemma decimal2 : float10R (Float10 1 (-2)) = / 100.
Proof. unfold float10R, Defs.F2R; simpl. lra. Qed.
Lemma decimal8 : float10R (Float10 1 (-8)) = / 100000000.
Proof. unfold float10R, Defs.F2R; simpl. lra. Qed.
Ltac real_names := change (rounding_float rndNE 53 (-1074)) with fl64 in *; change (rounding_float rndNE 24 (-149)) with fl32 in *;
  change (Float1 1) with 1 in *; rewrite ?decimal3, ?decimal2, ?decimal1, ?decimal8 in *.
Lemma ratio_range a b : 0 <= a -> 0 <= b -> a + b <> 0 -> 0 <= a / (a + b) <= 1.
Proof.
  intros Ha Hb N. split; [apply Rmult_le_pos; auto; left; apply Rinv_0_lt_compat; lra|].
  apply Rmult_le_reg_r with (a + b); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by auto. lra.
Qed.
Lemma REL_abs x y i c : REL x y i -> 0 <= y -> - c <= lower i -> upper i <= c -> Rabs (x - y) <= c * y.
Proof.
  intros (e & [L U] & ->) P Lc Uc. replace (y * (1 + e) - y) with (e * y) by ring.
  rewrite Rabs_mult, (Rabs_pos_eq y) by auto. apply Rmult_le_compat_r; auto. apply Rabs_le. lra.
Qed.

(** beta2 = 0.999 and beta1 = 0.9 as binary64 holds them. *)
Definition beta2_default := fl64 (999 / 1000).
Definition beta1_default := fl64 (9 / 10).
Lemma beta2_range : / 2 <= beta2_default <= 1.
Proof.
  unfold beta2_default. split.
  - rewrite <- (fl_id 53 (-1074) (/ 2)); [apply (fl_le 53 (-1074) prec64); lra|].
    change (/ 2) with (bpow radix2 (-1)). apply generic_format_FLT_bpow; [reflexivity | lia].
  - rewrite <- (fl_id 53 (-1074) 1) by exact (F_1 53 (-1074) prec64 emin64). apply (fl_le 53 (-1074) prec64). lra.
Qed.


Lemma beta1_range : / 2 <= beta1_default <= 1.
Proof.
  unfold beta1_default. split.
  - rewrite <- (fl_id 53 (-1074) (/ 2)); [apply (fl_le 53 (-1074) prec64); lra|].
    change (/ 2) with (bpow radix2 (-1)). apply generic_format_FLT_bpow; [reflexivity | lia].
  - rewrite <- (fl_id 53 (-1074) 1) by exact (F_1 53 (-1074) prec64 emin64). apply (fl_le 53 (-1074) prec64). lra.
Qed.

(** * v' with beta2 = 0.999: 3.0001 u in binary64, 3.81 u in binary32, where 0.999 is itself rounded *)
Theorem adam_v_f64_default v g : F64 v -> F64 g -> 0 <= v -> multiple (-900) v -> multiple (-400) g ->
  let b := beta2_default in let v' := b * v + (1 - b) * (g * g) in 0 < v' ->
  Rabs (second_moment 53 (-1074) b (fl64 (1 - b)) v g - v') <= 3.0001 * u64 * v'.
Proof.
  intros Fv Fg Pv Mv Mg b v' Pv'. pose proof beta2_range as B. fold b in B. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  assert (P1 : 0 <= b * v) by (apply Rmult_le_pos; lra). assert (P2 : 0 <= (1 - b) * (g * g)) by (apply Rmult_le_pos; lra).
  apply (REL_abs _ _ adam_v_f64.i2); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_v_f64.l1 g v).
  unfold adam_v_f64.s1, adam_v_f64.s2, adam_v_f64.s3, adam_v_f64.s4, adam_v_f64.s5. real_names.
  rewrite (fl_id 53 (-1074) v Fv), (fl_id 53 (-1074) g Fg). repeat split.
  - now apply multiple_FIX.
  - now apply multiple_FIX.
  - fold beta2_default b. unfold NZR. fold v'. lra.
  - fold beta2_default b. pose proof (ratio_range _ _ P1 P2 ltac:(fold v'; lra)) as R. numbers. lra.
  - fold beta2_default b. pose proof (ratio_range _ _ P1 P2 ltac:(fold v'; lra)) as R. numbers. lra.
  - exact N.
Qed.
Theorem adam_v_f32_default v g : F32 v -> F32 g -> 0 <= v -> multiple (-110) v -> multiple (-40) g ->
  let b := beta2_default in let v' := b * v + (1 - b) * (g * g) in 0 < v' ->
  Rabs (second_moment 24 (-149) (fl32 b) (weight32_stored b) v g - v') <= 3.81 * u32 * v'.
Proof.
  intros Fv Fg Pv Mv Mg b v' Pv'. pose proof beta2_range as B. fold b in B. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  assert (P1 : 0 <= b * v) by (apply Rmult_le_pos; lra). assert (P2 : 0 <= (1 - b) * (g * g)) by (apply Rmult_le_pos; lra).
  apply (REL_abs _ _ adam_v_f32.i2); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_v_f32.l1 g v).
  unfold adam_v_f32.s1, adam_v_f32.s2, adam_v_f32.s3, adam_v_f32.s4, adam_v_f32.s5. real_names.
  rewrite (fl_id 24 (-149) v Fv), (fl_id 24 (-149) g Fg). repeat split.
  - now apply multiple_FIX.
  - now apply multiple_FIX.
  - fold beta2_default b. unfold NZR. fold v'. lra.
  - fold beta2_default b. pose proof (ratio_range _ _ P1 P2 ltac:(fold v'; lra)) as R. numbers. lra.
  - fold beta2_default b. pose proof (ratio_range _ _ P1 P2 ltac:(fold v'; lra)) as R. numbers. lra.
  - exact N.
Qed.

(** * m' with beta1 = 0.9, |m| and |g| at most 1 (so, by scaling with a power of two, at most any such power) *)
Theorem adam_m_f64_default m g : F64 m -> F64 g -> Rabs m <= 1 -> Rabs g <= 1 ->
  let b := beta1_default in
  Rabs (mix 53 (-1074) b (fl64 (1 - b)) m g - (b * m + (1 - b) * g)) <= 1.07 * u64.
Proof.
  intros Fm Fg Hm Hg b. apply Rle_trans with (upper adam_m_f64.i2); [|numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_m_f64.l1 m g).
  unfold adam_m_f64.s1, adam_m_f64.s2, adam_m_f64.s3. real_names.
  rewrite (fl_id 53 (-1074) m Fm), (fl_id 53 (-1074) g Fg). pose proof (Rabs_pos m). pose proof (Rabs_pos g).
  split; [|split].
  - unfold BND. numbers. lra.
  - unfold BND. numbers. lra.
  - intros [_ U]. apply N. exact U.
Qed.
Theorem adam_m_f32_default m g : F32 m -> F32 g -> Rabs m <= 1 -> Rabs g <= 1 ->
  let b := beta1_default in
  Rabs (mix 24 (-149) (fl32 b) (weight32_stored b) m g - (b * m + (1 - b) * g)) <= 1.49 * u32.
Proof.
  intros Fm Fg Hm Hg b. apply Rle_trans with (upper adam_m_f32.i2); [|numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_m_f32.l1 m g).
  unfold adam_m_f32.s1, adam_m_f32.s2, adam_m_f32.s3. real_names.
  rewrite (fl_id 24 (-149) m Fm), (fl_id 24 (-149) g Fg). pose proof (Rabs_pos m). pose proof (Rabs_pos g).
  split; [|split].
  - unfold BND. numbers. lra.
  - unfold BND. numbers. lra.
  - intros [_ U]. apply N. exact U.
Qed.

(** * Increments, for positive ones (every operation but the last is odd in the gradient, so negative ones follow) *)
Lemma BND_pow x a b : bpow radix2 a <= x <= bpow radix2 b -> BND x (makepairF (Float2 1 a) (Float2 1 b)).
Proof. unfold BND, lower, upper, float2R, Defs.F2R; cbn [Defs.Fnum Defs.Fexp]. rewrite !Rmult_1_l. auto. Qed.
Lemma BND_unit x : 0 <= x <= 1 -> BND x (makepairF (Float2 0 0) (Float2 1 0)).
Proof. intros H. unfold BND. numbers. lra. Qed.
Definition lr_default := fl64 (/ 100).
Definition eps_default := fl64 (/ 100000000).
Lemma eps_default_nonneg : 0 <= eps_default.
Proof. apply (fl_nonneg 53 (-1074) prec64). lra. Qed.
Lemma multiple_0 k : multiple k 0.
Proof. exists 0%Z. ring. Qed.

(** RMSprop with lr = 0.01, eps = 1e-8 *)
Theorem rmsprop_increment_f64_default v g : F64 v -> F64 g ->
  bpow radix2 (-300) <= g <= bpow radix2 300 -> bpow radix2 (-900) <= v <= bpow radix2 600 ->
  let D := sqrt v + eps_default in let q := lr_default * g / D in bpow radix2 (-60) <= q <= bpow radix2 4 ->
  Rabs (increment 53 (-1074) lr_default g (denominator 53 (-1074) v eps_default) - q) <= 4.0001 * u64 * q.
Proof.
  intros Fv Fg Rg Rv D q Rq. pose proof (bpow_gt_0 radix2 (-60)). pose proof eps_default_nonneg as E.
  pose proof (bpow_gt_0 radix2 (-900)). assert (S : 0 < sqrt v) by (apply sqrt_lt_R0; lra).
  apply (REL_abs _ _ rmsprop_increment_f64.i5); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (rmsprop_increment_f64.l1 g v).
  unfold rmsprop_increment_f64.s1, rmsprop_increment_f64.s2, rmsprop_increment_f64.s3, rmsprop_increment_f64.s4,
    rmsprop_increment_f64.s5, rmsprop_increment_f64.s6.
  real_names. rewrite (fl_id 53 (-1074) v Fv), (fl_id 53 (-1074) g Fg). fold eps_default lr_default. fold D. fold q.
  split; [exact (BND_pow _ _ _ Rg)|]. split; [exact (BND_pow _ _ _ Rv)|]. split; [unfold NZR, D; lra|].
  split; [apply BND_unit; unfold D; apply ratio_range; lra|]. split; [exact (BND_pow _ _ _ Rq) | exact N].
Qed.
Theorem rmsprop_increment_f32_default v g : F32 v -> F32 g ->
  bpow radix2 (-40) <= g <= bpow radix2 40 -> bpow radix2 (-110) <= v <= bpow radix2 80 ->
  let D := sqrt v + eps_default in let q := lr_default * g / D in bpow radix2 (-60) <= q <= bpow radix2 4 ->
  Rabs (increment 24 (-149) (fl32 lr_default) g (denominator 24 (-149) v (fl32 eps_default)) - q) <= 4.38 * u32 * q.
Proof.
  intros Fv Fg Rg Rv D q Rq. pose proof (bpow_gt_0 radix2 (-60)). pose proof eps_default_nonneg as E.
  pose proof (bpow_gt_0 radix2 (-110)). assert (S : 0 < sqrt v) by (apply sqrt_lt_R0; lra).
  apply (REL_abs _ _ rmsprop_increment_f32.i5); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (rmsprop_increment_f32.l1 g v).
  unfold rmsprop_increment_f32.s1, rmsprop_increment_f32.s2, rmsprop_increment_f32.s3, rmsprop_increment_f32.s4,
    rmsprop_increment_f32.s5, rmsprop_increment_f32.s6.
  real_names. rewrite (fl_id 24 (-149) v Fv), (fl_id 24 (-149) g Fg). fold eps_default lr_default. fold D. fold q.
  split; [exact (BND_pow _ _ _ Rg)|]. split; [exact (BND_pow _ _ _ Rv)|]. split; [unfold NZR, D; lra|].
  split; [apply BND_unit; unfold D; apply ratio_range; lra|]. split; [exact (BND_pow _ _ _ Rq) | exact N].
Qed.

(** Adam with beta1 = 0.9, beta2 = 0.999, eps = 1e-8, at any step: step stands for stepx = lr / (1 - beta1^k) and inv for
    invx = 1 / sqrt (1 - beta2^k) as closely as coefficients.v proves (2.06 u, 2.56 u in binary64; 1.003 u in binary32). *)
Lemma REL_intro x y i c : 0 < y -> Rabs (x - y) <= c * y -> lower i <= - c -> c <= upper i -> REL x y i.
Proof.
  intros P H L U. exists ((x - y) / y). split; [|field; lra].
  assert (R : Rabs ((x - y) / y) <= c).
  { unfold Rdiv. rewrite Rabs_mult, (Rabs_pos_eq (/ y)) by (left; now apply Rinv_0_lt_compat).
    apply Rmult_le_reg_r with y; auto. rewrite Rmult_assoc, Rinv_l by lra. lra. }
  apply Rabs_le_inv in R. lra.
Qed.

Theorem adam_increment_f64_default m v g step stepx inv invx :
  F64 m -> F64 v -> F64 g -> F64 step -> F64 inv ->
  0 <= m -> 0 <= v -> 0 <= g -> multiple (-900) m -> multiple (-900) v -> multiple (-400) g ->
  bpow radix2 (-20) <= step <= 1 -> bpow radix2 (-20) <= stepx <= 1 -> Rabs (step - stepx) <= 2.06 * u64 * stepx ->
  1 <= inv <= 64 -> 1 <= invx <= 64 -> Rabs (inv - invx) <= 2.56 * u64 * invx ->
  let b1 := beta1_default in let b2 := beta2_default in
  let m' := b1 * m + (1 - b1) * g in let v' := b2 * v + (1 - b2) * (g * g) in
  bpow radix2 (-200) <= m' <= bpow radix2 100 -> bpow radix2 (-800) <= v' <= bpow radix2 200 ->
  let D := sqrt v' * invx + eps_default in let q := stepx * m' / D in bpow radix2 (-300) <= q <= bpow radix2 4 ->
  Rabs (increment 53 (-1074) step (mix 53 (-1074) b1 (fl64 (1 - b1)) m g)
          (corrected_denominator 53 (-1074) (second_moment 53 (-1074) b2 (fl64 (1 - b2)) v g) inv eps_default) - q)
    <= 13.15 * u64 * q.
Proof.
  intros Fm Fv Fg Fs Fi Pm Pv Pg Mm Mv Mg Rs Rsx Cs Ri Rix Ci b1 b2 m' v' Rm Rv D q Rq.
  pose proof (bpow_gt_0 radix2 (-20)). pose proof (bpow_gt_0 radix2 (-200)). pose proof (bpow_gt_0 radix2 (-800)).
  pose proof (bpow_gt_0 radix2 (-300)). pose proof eps_default_nonneg as E. pose proof beta1_range as B1.
  pose proof beta2_range as B2. fold b1 in B1. fold b2 in B2. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  assert (A1 : 0 <= b1 * m) by (apply Rmult_le_pos; lra). assert (A2 : 0 <= (1 - b1) * g) by (apply Rmult_le_pos; lra).
  assert (A3 : 0 <= b2 * v) by (apply Rmult_le_pos; lra). assert (A4 : 0 <= (1 - b2) * (g * g)) by (apply Rmult_le_pos; lra).
  assert (S : 0 < sqrt v' * invx) by (apply Rmult_lt_0_compat; [apply sqrt_lt_R0|]; lra).
  apply (REL_abs _ _ adam_increment_f64.i9); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_increment_f64.l1 g v m step stepx inv invx).
  unfold adam_increment_f64.s1, adam_increment_f64.s2, adam_increment_f64.s3, adam_increment_f64.s4, adam_increment_f64.s5,
    adam_increment_f64.s6, adam_increment_f64.s7, adam_increment_f64.s8, adam_increment_f64.s9, adam_increment_f64.s10,
    adam_increment_f64.s11, adam_increment_f64.s12, adam_increment_f64.s13, adam_increment_f64.s14, adam_increment_f64.s15,
    adam_increment_f64.s16, adam_increment_f64.s17, adam_increment_f64.s18.
  real_names. rewrite (fl_id 53 (-1074) v Fv), (fl_id 53 (-1074) g Fg), (fl_id 53 (-1074) m Fm), (fl_id 53 (-1074) step Fs),
    (fl_id 53 (-1074) inv Fi).
  fold eps_default beta1_default beta2_default b1 b2. fold m' v'. fold D. fold q.
  split; [now apply multiple_FIX|]. split; [now apply multiple_FIX|]. split; [now apply multiple_FIX|].
  split; [exact (BND_pow step (-20) 0 Rs)|]. split; [exact (BND_pow stepx (-20) 0 Rsx)|].
  split; [eapply REL_intro; [| exact Cs | |]; [lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra]|].
  split; [exact (BND_pow inv 0 6 Ri)|]. split; [exact (BND_pow invx 0 6 Rix)|].
  split; [eapply REL_intro; [| exact Ci | |]; [lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra]|].
  split; [unfold NZR; lra|]. split; [apply BND_unit; unfold m'; apply ratio_range; fold m'; lra|].
  split; [exact (BND_pow _ _ _ Rm)|]. split; [exact (BND_pow _ _ _ Rv)|].
  split; [apply BND_unit; unfold v'; apply ratio_range; fold v'; lra|]. split; [unfold NZR, D; lra|].
  split; [apply BND_unit; unfold D; apply ratio_range; lra|]. split; [exact (BND_pow _ _ _ Rq) | exact N].
Qed.

Theorem adam_increment_f32_default m v g step stepx inv invx :
  F32 m -> F32 v -> F32 g -> F32 step -> F32 inv ->
  0 <= m -> 0 <= v -> 0 <= g -> multiple (-100) m -> multiple (-110) v -> multiple (-40) g ->
  bpow radix2 (-20) <= step <= 1 -> bpow radix2 (-20) <= stepx <= 1 -> Rabs (step - stepx) <= 1.003 * u32 * stepx ->
  1 <= inv <= 64 -> 1 <= invx <= 64 -> Rabs (inv - invx) <= 1.003 * u32 * invx ->
  let b1 := beta1_default in let b2 := beta2_default in
  let m' := b1 * m + (1 - b1) * g in let v' := b2 * v + (1 - b2) * (g * g) in
  bpow radix2 (-60) <= m' <= bpow radix2 20 -> bpow radix2 (-100) <= v' <= bpow radix2 60 ->
  let D := sqrt v' * invx + eps_default in let q := stepx * m' / D in bpow radix2 (-60) <= q <= bpow radix2 4 ->
  Rabs (increment 24 (-149) step (mix 24 (-149) (fl32 b1) (weight32_stored b1) m g)
          (corrected_denominator 24 (-149) (second_moment 24 (-149) (fl32 b2) (weight32_stored b2) v g) inv
             (fl32 eps_default)) - q)
    <= 11.36 * u32 * q.
Proof.
  intros Fm Fv Fg Fs Fi Pm Pv Pg Mm Mv Mg Rs Rsx Cs Ri Rix Ci b1 b2 m' v' Rm Rv D q Rq.
  pose proof (bpow_gt_0 radix2 (-20)). pose proof (bpow_gt_0 radix2 (-60)). pose proof (bpow_gt_0 radix2 (-100)).
  pose proof eps_default_nonneg as E. pose proof beta1_range as B1.
  pose proof beta2_range as B2. fold b1 in B1. fold b2 in B2. pose proof (Rle_0_sqr g) as G. unfold Rsqr in G.
  assert (A1 : 0 <= b1 * m) by (apply Rmult_le_pos; lra). assert (A2 : 0 <= (1 - b1) * g) by (apply Rmult_le_pos; lra).
  assert (A3 : 0 <= b2 * v) by (apply Rmult_le_pos; lra). assert (A4 : 0 <= (1 - b2) * (g * g)) by (apply Rmult_le_pos; lra).
  assert (S : 0 < sqrt v' * invx) by (apply Rmult_lt_0_compat; [apply sqrt_lt_R0|]; lra).
  apply (REL_abs _ _ adam_increment_f32.i8); [| lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra].
  apply NNPP. intros N. apply (adam_increment_f32.l1 g v m step stepx inv invx).
  unfold adam_increment_f32.s1, adam_increment_f32.s2, adam_increment_f32.s3, adam_increment_f32.s4, adam_increment_f32.s5,
    adam_increment_f32.s6, adam_increment_f32.s7, adam_increment_f32.s8, adam_increment_f32.s9, adam_increment_f32.s10,
    adam_increment_f32.s11, adam_increment_f32.s12, adam_increment_f32.s13, adam_increment_f32.s14, adam_increment_f32.s15,
    adam_increment_f32.s16, adam_increment_f32.s17, adam_increment_f32.s18.
  real_names. rewrite (fl_id 24 (-149) v Fv), (fl_id 24 (-149) g Fg), (fl_id 24 (-149) m Fm), (fl_id 24 (-149) step Fs),
    (fl_id 24 (-149) inv Fi).
  fold eps_default beta1_default beta2_default b1 b2. fold m' v'. fold D. fold q.
  split; [now apply multiple_FIX|]. split; [now apply multiple_FIX|]. split; [now apply multiple_FIX|].
  split; [exact (BND_pow step (-20) 0 Rs)|]. split; [exact (BND_pow stepx (-20) 0 Rsx)|].
  split; [eapply REL_intro; [| exact Cs | |]; [lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra]|].
  split; [exact (BND_pow inv 0 6 Ri)|]. split; [exact (BND_pow invx 0 6 Rix)|].
  split; [eapply REL_intro; [| exact Ci | |]; [lra | numbers; unfold u; simpl; lra | numbers; unfold u; simpl; lra]|].
  split; [unfold NZR; lra|]. split; [apply BND_unit; unfold m'; apply ratio_range; fold m'; lra|].
  split; [exact (BND_pow _ _ _ Rm)|]. split; [exact (BND_pow _ _ _ Rv)|].
  split; [apply BND_unit; unfold v'; apply ratio_range; fold v'; lra|]. split; [unfold NZR, D; lra|].
  split; [apply BND_unit; unfold D; apply ratio_range; lra|]. split; [exact (BND_pow _ _ _ Rq) | exact N].
Qed.
