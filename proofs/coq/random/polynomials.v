(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** The polynomials of tests/engine/random/normal.h against the functions that they stand for, in exact arithmetic. With
    the Gappa certificates random_*.g, which are about their rounding, this bounds the error of the normals.
    Values are bounded by CoqInterval's Taylor models; relative errors near 0 follow from a bound on the derivative of
    the difference, by the mean value theorem. *)
From Coq Require Import Reals Lra.
From Coquelicot Require Import Coquelicot.
From Interval Require Import Tactic.
Open Scope R_scope.

(** |d(t)| <= eps t where d(0) = 0 and |d'| <= eps. *)
Lemma relative_by_derivative d d' eps top :
  d 0 = 0 -> (forall t, 0 <= t <= top -> is_derive d t (d' t)) -> (forall t, 0 <= t <= top -> Rabs (d' t) <= eps) ->
  forall t, 0 <= t <= top -> Rabs (d t) <= eps * t.
Proof.
  intros Z D B t [T0 T1].
  destruct (MVT_gen d 0 t d') as (c & [C0 C1] & E).
  - intros x. rewrite Rmin_left, Rmax_right by lra. intros. apply D. lra.
  - intros x. rewrite Rmin_left, Rmax_right by lra. intros. apply continuity_pt_filterlim.
    apply (ex_derive_continuous d). exists (d' x). apply D. lra.
  - rewrite Rmin_left in C0 by lra. rewrite Rmax_right in C1 by lra.
    rewrite Z, !Rminus_0_r in E. rewrite E, Rabs_mult, (Rabs_pos_eq t) by lra.
    apply Rmult_le_compat_r; [lra | apply B; lra].
Qed.

(** * cos((pi/2) t) *)
Definition cos_poly (z : R) := 0x1.fffffffffffffp-1 + z * (-0x1.3bd3cc9be4565p0 + z * (0x1.03c1f081af262p-2 +
  z * (-0x1.55d3c7dac6352p-6 + z * (0x1.e1f4fa4f3bb22p-11 + z * (-0x1.a6c9501cb8cdcp-16 + z * 0x1.f3b7b6aafa4bdp-22))))).
Theorem cos_error t : 0 <= t <= /2 -> Rabs (cos_poly (t * t) / cos (PI / 2 * t) - 1) <= 1.12e-16.
Proof.
  intros H. unfold cos_poly. interval with (i_bisect t, i_taylor t, i_degree 20, i_prec 100, i_depth 12).
Qed.

(** * sin((pi/2) t) *)
Definition sin_poly (z : R) := 0x1.921fb54442d18p0 + z * (-0x1.4abbce625be09p-1 + z * (0x1.466bc67754fffp-4 +
  z * (-0x1.32d2ccdfe9424p-8 + z * (0x1.50782d5f14825p-13 + z * (-0x1.e2fe76fdffd2bp-19 + z * 0x1.e357ef99eb0bap-25))))).
Definition sin_slope (t : R) := 0x1.921fb54442d18p0 + t * t * (3 * -0x1.4abbce625be09p-1 + t * t * (5 * 0x1.466bc67754fffp-4 +
  t * t * (7 * -0x1.32d2ccdfe9424p-8 + t * t * (9 * 0x1.50782d5f14825p-13 + t * t * (11 * -0x1.e2fe76fdffd2bp-19 +
  t * t * (13 * 0x1.e357ef99eb0bap-25)))))) - PI / 2 * cos (PI / 2 * t).
Lemma sin_error_near_0 t : 0 <= t <= /32 -> Rabs (sin_poly (t * t) * t - sin (PI / 2 * t)) <= 7e-17 * t.
Proof.
  apply (relative_by_derivative (fun t => sin_poly (t * t) * t - sin (PI / 2 * t)) sin_slope).
  - rewrite !Rmult_0_r, sin_0. ring.
  - intros x _. unfold sin_poly, sin_slope. auto_derive; [trivial | ring].
  - intros x H. unfold sin_slope. interval with (i_bisect x, i_taylor x, i_degree 20, i_prec 100, i_depth 12).
Qed.
Theorem sin_error t : 0 < t <= /2 -> Rabs (sin_poly (t * t) * t - sin (PI / 2 * t)) <= 5e-17 * sin (PI / 2 * t).
Proof.
  intros [T0 T1]. destruct (Rle_lt_dec t (/32)) as [L|L].
  - apply Rle_trans with (7e-17 * t); [apply sin_error_near_0; lra|].
    assert (S : 1.5 * t <= sin (PI / 2 * t)).
    { destruct (MVT_gen (fun x => sin (PI / 2 * x) - 1.5 * x) 0 t (fun x => PI / 2 * cos (PI / 2 * x) - 1.5)) as (c & [C0 C1] & E).
      - intros x _. auto_derive; [trivial | ring].
      - intros x _. apply continuity_pt_filterlim.
        apply (ex_derive_continuous (fun x => sin (PI / 2 * x) - 1.5 * x)). auto_derive. trivial.
      - rewrite Rmin_left in C0 by lra. rewrite Rmax_right in C1 by lra.
        rewrite !Rmult_0_r, sin_0, !Rminus_0_r in E.
        assert (C : 0 <= c <= /32) by lra.
        assert (0 <= PI / 2 * cos (PI / 2 * c) - 1.5) by (clear - C; interval with (i_bisect c)).
        assert (0 <= (PI / 2 * cos (PI / 2 * c) - 1.5) * t) by (apply Rmult_le_pos; lra). lra. }
    lra.
  - assert (B : /32 <= t <= /2) by lra. clear - B.
    assert (P : 0 < sin (PI / 2 * t)) by (interval with (i_bisect t)).
    assert (R : Rabs (sin_poly (t * t) * t / sin (PI / 2 * t) - 1) <= 5e-17).
    { unfold sin_poly. interval with (i_bisect t, i_taylor t, i_degree 20, i_prec 110, i_depth 14). }
    replace (sin_poly (t * t) * t - sin (PI / 2 * t)) with ((sin_poly (t * t) * t / sin (PI / 2 * t) - 1) * sin (PI / 2 * t)).
    2: now field; apply Rgt_not_eq.
    rewrite Rabs_mult, (Rabs_pos_eq (sin _)) by lra. apply Rmult_le_compat_r; lra.
Qed.

(** * log((1 + s)/(1 - s)) *)
Definition log_poly (z : R) := 2 + z * (0x1.5555555555558p-1 + z * (0x1.99999999952d9p-2 + z * (0x1.2492492df75b2p-2 +
  z * (0x1.c71c62dc17c4bp-3 + z * (0x1.7462b76fd5d4bp-3 + z * (0x1.39fe05dd846afp-3 + z * 0x1.2b5c824e8c645p-3)))))).
Definition log_slope (s : R) := 2 + s * s * (3 * 0x1.5555555555558p-1 + s * s * (5 * 0x1.99999999952d9p-2 +
  s * s * (7 * 0x1.2492492df75b2p-2 + s * s * (9 * 0x1.c71c62dc17c4bp-3 + s * s * (11 * 0x1.7462b76fd5d4bp-3 +
  s * s * (13 * 0x1.39fe05dd846afp-3 + s * s * (15 * 0x1.2b5c824e8c645p-3))))))) - (/ (1 + s) + / (1 - s)).
Lemma log_error_near_0 s : 0 <= s <= /32 -> Rabs (log_poly (s * s) * s - (ln (1 + s) - ln (1 - s))) <= 1.2e-17 * s.
Proof.
  apply (relative_by_derivative (fun s => log_poly (s * s) * s - (ln (1 + s) - ln (1 - s))) log_slope).
  - rewrite !Rplus_0_r, !Rminus_0_r, ln_1. ring.
  - intros x H. unfold log_poly, log_slope. auto_derive; [lra | field; lra].
  - intros x H. unfold log_slope. interval with (i_bisect x, i_taylor x, i_degree 20, i_prec 100, i_depth 12).
Qed.
Theorem log_error s : 0 <= s <= 0.17158 -> Rabs (log_poly (s * s) * s - (ln (1 + s) - ln (1 - s))) <= 1.2e-17 * s.
Proof.
  intros [S0 S1]. destruct (Rle_lt_dec s (/32)) as [L|L]; [apply log_error_near_0; lra|].
  assert (B : /32 <= s <= 0.17158) by lra. clear - B.
  assert (R : Rabs (log_poly (s * s) - (ln (1 + s) - ln (1 - s)) / s) <= 1.2e-17).
  { unfold log_poly. interval with (i_bisect s, i_taylor s, i_degree 24, i_prec 110, i_depth 14). }
  replace (log_poly (s * s) * s - (ln (1 + s) - ln (1 - s))) with ((log_poly (s * s) - (ln (1 + s) - ln (1 - s)) / s) * s).
  2: field; lra.
  rewrite Rabs_mult, (Rabs_pos_eq s) by lra. apply Rmult_le_compat_r; lra.
Qed.
