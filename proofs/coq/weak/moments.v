(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Moments of the two increments that adaptive optimizers are made of, with g = F + sigma z, sigma = sigma0/eta, h = eta^2:
     lin i = e i (h G i + eta sigma0 z i)                     (a step along a noisy direction)
     sqr i = c2 h ((eta F i / sigma0 + z i)^2 - u i)           (the second moment u = v/sigma^2 following g^2)
   To order h they are those of a diffusion; the defects are bounded by multiples of h^2. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Optcert.Weak Require Import sums expect noise.
Open Scope R_scope.

Section Moments.
Variables (E : expectation (nat -> R)) (d : nat) (Sig : nat -> nat -> R) (m K3 : R) (w : nat).
Variables (eta sigma0 c2 r eb Gg Gf : R) (e G F u : nat -> R).
Let h := eta ^ 2.
Let Q := r ^ 2.                                       (* weight of the state *)
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis bounds_pos : 0 <= eb /\ 0 <= Gg /\ 0 <= Gf /\ 0 <= K3.
Hypothesis w_pos : (1 <= w)%nat.
Hypothesis r_ge_1 : 1 <= r.
Hypothesis nz : noise E d Sig (K3 * (eta / sigma0) * Q ^ 3) m w.
Hypothesis e_bound : forall i, (i < d)%nat -> Rabs (e i) <= eb.
Hypothesis G_bound : forall i, (i < d)%nat -> Rabs (G i) <= Gg * r.
Hypothesis F_bound : forall i, (i < d)%nat -> Rabs (F i) <= Gf * r.
Hypothesis u_bound : forall i, (i < d)%nat -> Rabs (u i) <= Q.

Definition lin (i : nat) (z : nat -> R) := e i * (eta ^ 2 * G i + eta * sigma0 * z i).
Definition sqr (i : nat) (z : nat -> R) := c2 * eta ^ 2 * ((eta * F i / sigma0 + z i) ^ 2 - u i).

Let A := Gf / sigma0.
Definition lin_size := eb * (Gg + sigma0).
Definition sqr_size := (1 + c2) * (Gf / sigma0 + 2).
Definition def_sqr := c2 * (Gf / sigma0) ^ 2.
Definition def_ll := eb ^ 2 * Gg ^ 2.
Definition def_ls := eb * c2 * (Gg * ((Gf / sigma0) ^ 2 + m + 1) + 2 * Gf * m + K3).
Definition def_lll := eb ^ 3 * (Gg ^ 3 + 3 * sigma0 ^ 2 * Gg * m + sigma0 ^ 2 * K3).

Lemma h_unit : 0 < h <= 1. Proof. unfold h. simpl. nra. Qed.
Lemma h_sq : 0 <= h ^ 2. Proof. apply pow2_ge_0. Qed.
Lemma A_pos : 0 <= A.
Proof. destruct bounds_pos as (_ & _ & Hf & _). apply Rmult_le_pos; auto. left; now apply Rinv_0_lt_compat. Qed.
Lemma m_ge_1 : 1 <= m. Proof. apply (moment_ge_1 _ _ _ _ _ _ nz). Qed.
Lemma cov i j : (i < d)%nat -> (j < d)%nat -> Rabs (Sig i j) <= m.
Proof. intros. now apply (cov_bound _ _ _ _ _ _ nz w_pos). Qed.
Lemma powers : r <= Q ^ 3 /\ r ^ 2 <= Q ^ 3 /\ r ^ 3 <= Q ^ 3 /\ r * Q <= Q ^ 3 /\ Q <= Q ^ 3 /\ 1 <= Q ^ 3 /\ 1 <= Q.
Proof.
  unfold Q. replace ((r ^ 2) ^ 3) with (r ^ 6) by ring. replace (r * r ^ 2) with (r ^ 3) by ring.
  repeat split; try (apply Rle_pow; auto; lia); try now apply pow_ge_1. rewrite <- (pow_1 r) at 1. apply Rle_pow; auto; lia.
Qed.
Lemma defects_pos : 0 <= def_sqr /\ 0 <= def_ll /\ 0 <= def_ls /\ 0 <= def_lll.
Proof.
  destruct bounds_pos as (He & Hg & Hf & Hk). pose proof m_ge_1. pose proof (pow2_ge_0 (Gf / sigma0)). pose proof (pow2_ge_0 eb).
  pose proof (pow2_ge_0 Gg). pose proof (pow2_ge_0 sigma0).
  assert (0 <= Gg ^ 3) by (apply pow_le; lra). assert (0 <= eb ^ 3) by (apply pow_le; lra).
  assert (0 <= Gg * ((Gf / sigma0) ^ 2 + m + 1)) by (apply Rmult_le_pos; lra). assert (0 <= Gf * m) by (apply Rmult_le_pos; lra).
  assert (0 <= Gg * m) by (apply Rmult_le_pos; lra).
  assert (0 <= eb * c2) by (apply Rmult_le_pos; lra). assert (0 <= sigma0 ^ 2 * K3) by (apply Rmult_le_pos; lra).
  assert (0 <= sigma0 ^ 2 * (Gg * m)) by (apply Rmult_le_pos; lra).
  unfold def_sqr, def_ll, def_ls, def_lll. repeat split; apply Rmult_le_pos; lra.
Qed.

Lemma lin_small i z : (i < d)%nat -> Rabs (lin i z) <= eta * r * (lin_size * size1 d z).
Proof.
  intros Hi. destruct bounds_pos as (He & Hg & Hf & Hk). pose proof (size1_coord d z i Hi) as Hz. pose proof (size1_ge_1 d z) as Hs. pose proof (Rabs_pos (z i)).
  unfold lin, lin_size. replace (eta * r * (eb * (Gg + sigma0) * size1 d z)) with (eb * (eta * (r * Gg * size1 d z) + eta * sigma0 * (r * size1 d z))) by ring.
  apply abs_mult_le; auto. apply abs_plus_le.
  - replace (eta ^ 2 * G i) with (eta * (eta * G i)) by ring. apply abs_mult_le. apply abs_pos_le; lra.
    replace (r * Gg * size1 d z) with (size1 d z * (Gg * r)) by ring. apply abs_mult_le; auto. rewrite Rabs_pos_eq; lra.
  - apply abs_mult_le. apply abs_pos_le. apply Rmult_le_pos; lra. nra.
Qed.

Lemma sqr_small i z : (i < d)%nat -> Rabs (sqr i z) <= h * Q * (sqr_size * size1 d z) ^ 2.
Proof.
  intros Hi. destruct bounds_pos as (He & Hg & Hf & Hk). pose proof A_pos as HA. pose proof h_unit as Hh. destruct powers as (_ & _ & _ & _ & _ & _ & HQ).
  pose proof (size1_coord d z i Hi) as Hz. pose proof (size1_ge_1 d z) as Hs. unfold sqr, sqr_size. fold h A.
  set (s := size1 d z) in *.
  assert (B : Rabs (eta * F i / sigma0 + z i) <= r * ((A + 1) * s)).
  { replace (r * ((A + 1) * s)) with (r * A * s + r * s) by ring. apply abs_plus_le.
    - apply Rle_trans with (1 * (Gf * r) * / sigma0).
      + apply abs_mult_le. apply abs_mult_le; auto. rewrite Rabs_pos_eq; lra. apply abs_pos_le. left; now apply Rinv_0_lt_compat.
      + unfold A, Rdiv in *. replace (1 * (Gf * r) * / sigma0) with (r * (Gf * / sigma0) * 1) by ring.
        apply Rmult_le_compat_l; auto. apply Rmult_le_pos; lra.
    - pose proof (Rabs_pos (z i)). nra. }
  apply abs_pow_le with (n := 2%nat) in B. rewrite Rpow_mult_distr in B. fold Q in B.
  apply Rle_trans with (c2 * h * (Q * ((A + 1) * s) ^ 2 + Q)).
  - apply abs_mult_le. apply abs_pos_le. apply Rmult_le_pos; lra. apply abs_minus_le; auto.
  - replace (c2 * h * (Q * ((A + 1) * s) ^ 2 + Q)) with (h * Q * (c2 * (((A + 1) * s) ^ 2 + 1))) by ring.
    apply Rmult_le_compat_l. apply Rmult_le_pos; lra.
    rewrite !Rpow_mult_distr. assert (s2 : 1 <= s ^ 2) by (apply pow_ge_1; lra).
    assert ((A + 1) ^ 2 + 1 <= (A + 2) ^ 2) by (simpl; nra). assert (c2 <= (1 + c2) ^ 2) by (simpl; nra).
    apply Rle_trans with (c2 * ((A + 2) ^ 2 * s ^ 2)).
    + apply Rmult_le_compat_l; auto. nra.
    + rewrite <- Rmult_assoc. apply Rmult_le_compat_r. lra. apply Rmult_le_compat_r; auto. apply pow2_ge_0.
Qed.

Let S3 i j k := ex E (fun z => z i * z j * z k).
Lemma S3_bound i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (h * eta * sigma0 * S3 i j k) <= h ^ 2 * (K3 * Q ^ 3).
Proof.
  intros Hi Hj Hk. replace (h ^ 2 * (K3 * Q ^ 3)) with (h * eta * sigma0 * (K3 * (eta / sigma0) * Q ^ 3)) by (unfold h; field; lra).
  apply abs_mult_le. apply abs_pos_le. pose proof h_unit. apply Rmult_le_pos; [apply Rmult_le_pos|]; lra.
  now apply (nz_skew _ _ _ _ _ _ nz).
Qed.

Lemma mom_lin i : (i < d)%nat -> intg E (lin i) /\ ex E (lin i) = h * (e i * G i).
Proof.
  intros Hi. destruct (cubic_eq _ _ _ _ _ _ nz (lin i) (e i * (h * G i)) (e i * eta * sigma0) 0 0 0 0 0 0 i i i) as (I1 & E1); auto.
  - intros z. unfold cubic, lin, h. ring.
  - split; auto. rewrite E1. ring.
Qed.

Lemma mom_sqr i : (i < d)%nat ->
  intg E (sqr i) /\ Rabs (ex E (sqr i) - h * (c2 * (Sig i i - u i))) <= def_sqr * h ^ 2 * Q ^ 3.
Proof.
  intros Hi. destruct (cubic_eq _ _ _ _ _ _ nz (sqr i) (c2 * h * ((eta * F i / sigma0) ^ 2 - u i))
    (c2 * h * (2 * (eta * F i / sigma0))) 0 0 (c2 * h) 0 0 0 i i i) as (I1 & E1); auto.
  - intros z. unfold cubic, sqr, h. ring.
  - split; auto. rewrite E1.
    replace (_ - _) with (c2 * h ^ 2 * (F i / sigma0) ^ 2) by (unfold h; field; lra).
    destruct powers as (_ & _ & _ & _ & q1 & _ & _). pose proof h_sq. fold A.
    replace (def_sqr * h ^ 2 * Q ^ 3) with (c2 * h ^ 2 * (A ^ 2 * Q ^ 3)) by (unfold def_sqr, A; ring).
    apply abs_mult_le. apply abs_pos_le; apply Rmult_le_pos; lra.
    apply Rle_trans with (A ^ 2 * Q).
    + unfold Q. rewrite <- Rpow_mult_distr. apply abs_pow_le. unfold A, Rdiv.
      replace (Gf * / sigma0 * r) with (Gf * r * / sigma0) by ring. apply abs_mult_le; auto.
      apply abs_pos_le. left; now apply Rinv_0_lt_compat.
    + apply Rmult_le_compat_l; auto. apply pow2_ge_0.
Qed.

Lemma mom_ll i j : (i < d)%nat -> (j < d)%nat ->
  intg E (fun z => lin i z * lin j z) /\
  Rabs (ex E (fun z => lin i z * lin j z) - h * (e i * e j * sigma0 ^ 2 * Sig i j)) <= def_ll * h ^ 2 * Q ^ 3.
Proof.
  intros Hi Hj. destruct bounds_pos as (He & Hg & Hf & Hk).
  destruct (cubic_eq _ _ _ _ _ _ nz (fun z => lin i z * lin j z)
    (e i * e j * (h * G i * (h * G j))) (e i * e j * (eta * sigma0 * (h * G j))) (e i * e j * (h * G i * (eta * sigma0))) 0
    (e i * e j * (eta * sigma0) ^ 2) 0 0 0 i j i) as (I1 & E1); auto.
  - intros z. unfold cubic, lin, h. ring.
  - split; auto. rewrite E1. replace (_ - _) with (e i * e j * (h ^ 2 * (G i * G j))) by (unfold h; ring).
    destruct powers as (_ & q2 & _ & _ & _ & _ & _). pose proof h_sq.
    apply Rle_trans with (eb * eb * (h ^ 2 * (Gg * r * (Gg * r)))).
    + apply abs_mult_le. apply abs_mult_le; auto. apply abs_mult_le. now apply abs_pos_le. apply abs_mult_le; auto.
    + replace (def_ll * h ^ 2 * Q ^ 3) with (eb ^ 2 * h ^ 2 * Gg ^ 2 * Q ^ 3) by (unfold def_ll; ring).
      replace (eb * eb * (h ^ 2 * (Gg * r * (Gg * r)))) with (eb ^ 2 * h ^ 2 * Gg ^ 2 * r ^ 2) by ring.
      apply Rmult_le_compat_l; auto. repeat (apply Rmult_le_pos; auto using pow2_ge_0).
Qed.

Lemma mom_ls i j : (i < d)%nat -> (j < d)%nat ->
  intg E (fun z => lin i z * sqr j z) /\ Rabs (ex E (fun z => lin i z * sqr j z)) <= def_ls * h ^ 2 * Q ^ 3.
Proof.
  intros Hi Hj. destruct bounds_pos as (He & Hg & Hf & Hk).
  destruct (cubic_eq _ _ _ _ _ _ nz (fun z => lin i z * sqr j z)
    (e i * c2 * h * (h * G i * ((eta * F j / sigma0) ^ 2 - u j)))
    (e i * c2 * h * (eta * sigma0 * ((eta * F j / sigma0) ^ 2 - u j)))
    (e i * c2 * h * (h * G i * (2 * (eta * F j / sigma0)))) 0
    (e i * c2 * h * (eta * sigma0 * (2 * (eta * F j / sigma0)))) 0 (e i * c2 * h * (h * G i)) (e i * c2 * h * (eta * sigma0)) i j j) as (I1 & E1); auto.
  - intros z. unfold cubic, lin, sqr, h. ring.
  - split; auto. rewrite E1.
    match goal with |- Rabs ?t <= _ => replace t with
      (e i * c2 * (h ^ 2 * (G i * (h * (F j / sigma0) ^ 2 + Sig j j - u j) + 2 * F j * Sig i j) + h * eta * sigma0 * S3 i j j))
      by (unfold h, S3; field; lra) end.
    destruct powers as (q1 & q2 & q3 & q4 & q5 & q6 & q7). pose proof h_unit as Hh. pose proof m_ge_1 as Hm. pose proof (pow2_ge_0 A) as HA.
    replace (def_ls * h ^ 2 * Q ^ 3) with (eb * c2 * (h ^ 2 * (Gg * (A ^ 2 + m + 1) * Q ^ 3 + 2 * Gf * m * Q ^ 3) + h ^ 2 * (K3 * Q ^ 3))) by (unfold def_ls, A; ring).
    apply abs_mult_le. apply abs_mult_le; auto. now apply abs_pos_le.
    apply abs_plus_le; [|now apply S3_bound]. apply abs_mult_le. apply abs_pos_le, h_sq.
    apply abs_plus_le.
    + apply Rle_trans with (Gg * r * (1 * (A ^ 2 * Q) + m + Q)).
      * apply abs_mult_le; auto. apply abs_minus_le; [apply abs_plus_le|]; auto using cov.
        apply abs_mult_le. rewrite Rabs_pos_eq; lra.
        unfold Q. rewrite <- Rpow_mult_distr. apply abs_pow_le. unfold A, Rdiv.
        replace (Gf * / sigma0 * r) with (Gf * r * / sigma0) by ring. apply abs_mult_le; auto.
        apply abs_pos_le. left; now apply Rinv_0_lt_compat.
      * replace (Gg * r * (1 * (A ^ 2 * Q) + m + Q)) with (Gg * (A ^ 2 * (r * Q) + m * r + 1 * (r * Q))) by ring.
        replace (Gg * (A ^ 2 + m + 1) * Q ^ 3) with (Gg * (A ^ 2 * Q ^ 3 + m * Q ^ 3 + 1 * Q ^ 3)) by ring.
        apply Rmult_le_compat_l; auto. repeat apply Rplus_le_compat; apply Rmult_le_compat_l; auto; lra.
    + replace (2 * Gf * m * Q ^ 3) with (2 * (Gf * Q ^ 3) * m) by ring. apply abs_mult_le; auto using cov.
      apply abs_mult_le. rewrite Rabs_pos_eq; lra. eapply Rle_trans; [now apply F_bound|]. now apply Rmult_le_compat_l.
Qed.

Lemma mom_lll i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg E (fun z => lin i z * lin j z * lin k z) /\ Rabs (ex E (fun z => lin i z * lin j z * lin k z)) <= def_lll * h ^ 2 * Q ^ 3.
Proof.
  intros Hi Hj Hk. destruct bounds_pos as (He & Hg & Hf & HK). set (b := eta * sigma0). set (P3 := e i * e j * e k).
  destruct (cubic_eq _ _ _ _ _ _ nz (fun z => lin i z * lin j z * lin k z)
    (P3 * (h * G i * (h * G j) * (h * G k)))
    (P3 * (b * (h * G j) * (h * G k))) (P3 * (h * G i * b * (h * G k))) (P3 * (h * G i * (h * G j) * b))
    (P3 * (b * b * (h * G k))) (P3 * (b * b * (h * G j))) (P3 * (b * b * (h * G i))) (P3 * (b * b * b)) i j k) as (I1 & E1); auto.
  - intros z. unfold cubic, lin, P3, b, h. ring.
  - split; auto. rewrite E1.
    match goal with |- Rabs ?t <= _ => replace t with
      (e i * e j * e k * (h ^ 3 * (G i * G j * G k)
      + h ^ 2 * sigma0 ^ 2 * (G k * Sig i j + G j * Sig i k + G i * Sig j k) + sigma0 ^ 2 * (h * eta * sigma0 * S3 i j k)))
      by (unfold P3, b, h, S3; ring) end.
    destruct powers as (q1 & q2 & q3 & q4 & q5 & q6 & q7). pose proof h_unit as Hh. pose proof m_ge_1 as Hm.
    pose proof (pow2_ge_0 sigma0) as s2. pose proof h_sq as h2.
    replace (def_lll * h ^ 2 * Q ^ 3) with (eb * eb * eb * (h ^ 2 * (Gg ^ 3 * Q ^ 3)
      + h ^ 2 * sigma0 ^ 2 * (Gg * Q ^ 3 * m + Gg * Q ^ 3 * m + Gg * Q ^ 3 * m) + sigma0 ^ 2 * (h ^ 2 * (K3 * Q ^ 3)))) by (unfold def_lll; ring).
    assert (GQ : forall i, (i < d)%nat -> Rabs (G i) <= Gg * Q ^ 3).
    { intros n Hn. eapply Rle_trans; [now apply G_bound|]. now apply Rmult_le_compat_l. }
    apply abs_mult_le. apply abs_mult_le; auto. apply abs_mult_le; auto.
    apply abs_plus_le; [apply abs_plus_le|].
    + apply abs_mult_le.
      * rewrite Rabs_pos_eq by (apply pow_le; lra). clearbody h. simpl; nra.
      * apply Rle_trans with (Gg * r * (Gg * r) * (Gg * r)). apply abs_mult_le; auto. apply abs_mult_le; auto.
        replace (Gg * r * (Gg * r) * (Gg * r)) with (Gg ^ 3 * r ^ 3) by ring. apply Rmult_le_compat_l; auto. now apply pow_le.
    + apply abs_mult_le. apply abs_pos_le. now apply Rmult_le_pos.
      repeat apply abs_plus_le; apply abs_mult_le; auto using cov.
    + apply abs_mult_le. now apply abs_pos_le. now apply S3_bound.
Qed.
End Moments.
