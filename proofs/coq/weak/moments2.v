(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The moments of moments.v's increments to second order in h = eta^2, for G = F. With y = z + eta F / sigma0, the gradient over sigma,
     lin i = eta e_i sigma0 y_i,   sqr i = c2 h (y_i^2 - u_i),
   so products of increments are polynomials in y; their expectations to O(h) need the noise's moments up to the fifth. *)
From Coq Require Import Reals Lra Psatz List Lia Arith.
From Optcert.Weak Require Import sums expect noise moments.
Import ListNotations.
Open Scope R_scope.

Definition below (d : nat) (l : list nat) := forall i, In i l -> (i < d)%nat.
Lemma below_cons d i l : (i < d)%nat -> below d l -> below d (i :: l).
Proof. intros Hi Hl j [<-|Hj]; auto. Qed.
Lemma below_inv d i l : below d (i :: l) -> (i < d)%nat /\ below d l.
Proof. intros H. split. apply H; now left. intros j Hj. apply H; now right. Qed.
Lemma below_nil d : below d []. Proof. intros i []. Qed.

(* Beyond noise.v: third moments s Kap with s = 1/sigma, fourth moments M4, fifth moments O(s). *)
Record noise5 (E : expectation (nat -> R)) (d : nat) (Kap : nat -> nat -> nat -> R) (M4 : nat -> nat -> nat -> nat -> R) (s K5 : R) : Prop := {
  n5_int : forall l, below d l -> (length l <= 5)%nat -> intg E (fun z => prodv l z);
  n5_third : forall i j k, below d [i; j; k] -> ex E (fun z => prodv [i; j; k] z) = s * Kap i j k;
  n5_fourth : forall i j k l, below d [i; j; k; l] -> ex E (fun z => prodv [i; j; k; l] z) = M4 i j k l;
  n5_fifth : forall l, below d l -> length l = 5%nat -> Rabs (ex E (fun z => prodv l z)) <= s * K5 }.

Definition par (eta : R) (n : nat) := if Nat.even n then 1 else eta.
Lemma par_S eta n : 0 < eta <= 1 -> eta * par eta n <= par eta (S n).
Proof. intros He. unfold par. rewrite Nat.even_succ, <- Nat.negb_even. destruct (Nat.even n); simpl; nra. Qed.

(* Moments of y = z + eta f. *)
Section Shift.
Variables (E : expectation (nat -> R)) (d : nat) (eta Fb B : R) (f : nat -> R).
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis B_pos : 0 <= B.
Hypothesis Fb_pos : 0 <= Fb.
Hypothesis f_bound : forall i, (i < d)%nat -> Rabs (f i) <= Fb.
Hypothesis z_int : forall l, below d l -> (length l <= 5)%nat -> intg E (fun z => prodv l z).
Hypothesis z_bound : forall l, below d l -> (length l <= 5)%nat -> Rabs (ex E (fun z => prodv l z)) <= par eta (length l) * B.

Definition shift (z : nat -> R) (i : nat) := z i + eta * f i.
Definition mix (zs ys : list nat) (z : nat -> R) := prodv zs z * prodv ys (shift z).

Lemma mix_cons zs j ys z : mix zs (j :: ys) z = mix (j :: zs) ys z + eta * f j * mix zs ys z.
Proof. unfold mix. cbn [prodv]. unfold shift at 1. ring. Qed.

Lemma mix_int ys : forall zs, below d zs -> below d ys -> (length zs + length ys <= 5)%nat -> intg E (mix zs ys).
Proof.
  induction ys as [|j ys IH]; intros zs Hz Hy Hn; simpl in Hn.
  - apply (intg_ext E (fun z => prodv zs z)). intros z; unfold mix; simpl; ring. apply z_int; auto; lia.
  - destruct (below_inv _ _ _ Hy) as (Hj & Hy'). eapply intg_ext; [intros z; symmetry; apply mix_cons|].
    apply intg_plus; [|apply intg_scal]; apply IH; auto using below_cons; simpl; lia.
Qed.
Lemma ex_mix_cons zs j ys : below d zs -> below d (j :: ys) -> (length zs + length (j :: ys) <= 5)%nat ->
  ex E (mix zs (j :: ys)) = ex E (mix (j :: zs) ys) + eta * f j * ex E (mix zs ys).
Proof.
  intros Hz Hy Hn. destruct (below_inv _ _ _ Hy) as (Hj & Hy'). simpl in Hn.
  rewrite (ex_ext E _ _ (mix_cons zs j ys)), ex_plus, ex_scal; auto; try apply intg_scal; apply mix_int; auto using below_cons; simpl; lia.
Qed.

Let R1 := 1 + Fb.
Let R1_pow n : 1 <= R1 ^ n. Proof. apply pow_ge_1. unfold R1; lra. Qed.

Lemma mix_bound ys : forall zs, below d zs -> below d ys -> (length zs + length ys <= 5)%nat ->
  Rabs (ex E (mix zs ys)) <= par eta (length zs + length ys) * (B * R1 ^ length ys).
Proof.
  induction ys as [|j ys IH]; intros zs Hz Hy Hn.
  - rewrite (ex_ext E _ (fun z => prodv zs z)) by (intros z; unfold mix; simpl; ring). simpl. rewrite Nat.add_0_r, Rmult_1_r.
    apply z_bound; auto. simpl in Hn; lia.
  - destruct (below_inv _ _ _ Hy) as (Hj & Hy'). rewrite ex_mix_cons by auto. simpl length in *.
    rewrite Nat.add_succ_r in *. set (n := (length zs + length ys)%nat) in *.
    assert (P1 := IH (j :: zs) (below_cons _ _ _ Hj Hz) Hy' ltac:(simpl; lia)).
    change (length (j :: zs) + length ys)%nat with (S n) in P1.
    assert (P2 := IH zs Hz Hy' ltac:(lia)). fold n in P2. set (b := B * R1 ^ length ys) in *.
    assert (0 <= b) by (pose proof (R1_pow (length ys)); unfold b; apply Rmult_le_pos; lra).
    replace (par eta (S n) * (B * R1 ^ S (length ys))) with (par eta (S n) * b + par eta (S n) * (Fb * b)) by (unfold b, R1; simpl; ring).
    apply abs_plus_le; auto. apply Rle_trans with (eta * Fb * (par eta n * b)).
    + apply abs_mult_le; auto. apply abs_mult_le; auto. apply abs_pos_le; lra.
    + replace (eta * Fb * (par eta n * b)) with (eta * par eta n * (Fb * b)) by ring. apply Rmult_le_compat_r. mpos. now apply par_S.
Qed.

(* An even moment of y is that of z up to O(h). *)
Lemma mix_near ys : forall zs, below d zs -> below d ys -> (length zs + length ys <= 5)%nat -> Nat.even (length zs + length ys) = true ->
  Rabs (ex E (mix zs ys) - ex E (fun z => prodv zs z * prodv ys z)) <= eta ^ 2 * (INR (length ys) * (Fb * (B * R1 ^ length ys))).
Proof.
  induction ys as [|j ys IH]; intros zs Hz Hy Hn He.
  - rewrite (ex_ext E (mix zs []) (fun z => prodv zs z * prodv [] z)) by reflexivity. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. simpl. lra.
  - destruct (below_inv _ _ _ Hy) as (Hj & Hy'). rewrite ex_mix_cons by auto. simpl length in *. rewrite Nat.add_succ_r in *.
    set (n := (length zs + length ys)%nat) in *.
    assert (P1 := IH (j :: zs) (below_cons _ _ _ Hj Hz) Hy' ltac:(simpl; lia) He).
    assert (P2 := mix_bound ys zs Hz Hy' ltac:(lia)). fold n in P2. set (b := B * R1 ^ length ys) in *.
    assert (0 <= b) by (pose proof (R1_pow (length ys)); unfold b; apply Rmult_le_pos; lra).
    assert (Pn : par eta n = eta). { unfold par. rewrite Nat.even_succ, <- Nat.negb_even in He. now destruct (Nat.even n). }
    rewrite Pn in P2.
    replace (_ - _) with ((ex E (mix (j :: zs) ys) - ex E (fun z => prodv (j :: zs) z * prodv ys z)) + eta * f j * ex E (mix zs ys)).
    2:{ rewrite (ex_ext E (fun z => prodv (j :: zs) z * prodv ys z) (fun z => prodv zs z * prodv (j :: ys) z)) by (intros z; cbn [prodv]; ring). ring. }
    apply Rle_trans with (eta ^ 2 * (INR (length ys) * (Fb * b)) + eta * Fb * (eta * b)).
    + apply abs_plus_le; auto. apply abs_mult_le; auto. apply abs_mult_le; auto. apply abs_pos_le; lra.
    + replace (eta ^ 2 * (INR (length ys) * (Fb * b)) + eta * Fb * (eta * b)) with (eta ^ 2 * (INR (S (length ys)) * (Fb * b))) by (rewrite S_INR; ring).
      apply Rmult_le_compat_l. apply pow2_ge_0. apply Rmult_le_compat_l. apply pos_INR. apply Rmult_le_compat_l; auto.
      unfold b. replace (B * R1 ^ S (length ys)) with (B * R1 ^ length ys * R1) by (simpl; ring). fold b. assert (1 <= R1) by (unfold R1; lra). nra.
Qed.

(* Moments of y alone. *)
Definition mean (l : list nat) := ex E (mix [] l).
Lemma mean_nil : mean [] = 1.
Proof. unfold mean. rewrite (ex_ext E _ (fun _ => 1)). apply ex_const. intros z; unfold mix; simpl; ring. Qed.
Lemma mean_bound l : below d l -> (length l <= 5)%nat -> Rabs (mean l) <= par eta (length l) * (B * R1 ^ length l).
Proof. intros Hl Hn. apply (mix_bound l []); auto using below_nil. Qed.
Lemma mean_odd l n : below d l -> (length l <= 5)%nat -> Nat.even (length l) = false -> (length l <= n)%nat -> Rabs (mean l) <= eta * (B * R1 ^ n).
Proof.
  intros Hl Hn He Hm. eapply Rle_trans; [now apply mean_bound|]. unfold par. rewrite He. apply Rmult_le_compat_l. lra.
  apply Rmult_le_compat_l; auto. apply Rle_pow; auto. unfold R1; lra.
Qed.
Lemma mean_near l n : below d l -> (length l <= 5)%nat -> Nat.even (length l) = true -> (length l <= n)%nat ->
  Rabs (mean l - ex E (fun z => prodv l z)) <= eta ^ 2 * (INR n * (B * R1 ^ S n)).
Proof.
  intros Hl Hn He Hm. rewrite (ex_ext E (fun z => prodv l z) (fun z => prodv [] z * prodv l z)) by (intros; simpl; ring).
  eapply Rle_trans; [apply (mix_near l []); auto using below_nil|]. apply Rmult_le_compat_l. apply pow2_ge_0.
  assert (r1 : 1 <= R1) by (unfold R1; lra).
  apply Rmult_le_compat; [apply pos_INR | mpos | now apply le_INR |].
  replace (Fb * (B * R1 ^ length l)) with (B * (Fb * R1 ^ length l)) by ring. apply Rmult_le_compat_l; auto.
  apply Rle_trans with (R1 * R1 ^ n); [|simpl; lra]. pose proof (R1_pow (length l)).
  apply Rmult_le_compat; [unfold R1; lra | lra | unfold R1; lra |]. apply Rle_pow; auto.
Qed.

(* Four products of y at once. *)
Lemma ex_mix4 g c l1 a2 l2 a3 l3 a4 l4 :
  below d l1 -> below d l2 -> below d l3 -> below d l4 ->
  (length l1 <= 5)%nat -> (length l2 <= 5)%nat -> (length l3 <= 5)%nat -> (length l4 <= 5)%nat ->
  (forall z, g z = c * (mix [] l1 z + a2 * mix [] l2 z + a3 * mix [] l3 z + a4 * mix [] l4 z)) ->
  intg E g /\ ex E g = c * (mean l1 + a2 * mean l2 + a3 * mean l3 + a4 * mean l4).
Proof.
  intros H1 H2 H3 H4 n1 n2 n3 n4 Hg.
  assert (I1 : intg E (mix [] l1)) by (apply mix_int; auto using below_nil). assert (I2 : intg E (mix [] l2)) by (apply mix_int; auto using below_nil).
  assert (I3 : intg E (mix [] l3)) by (apply mix_int; auto using below_nil). assert (I4 : intg E (mix [] l4)) by (apply mix_int; auto using below_nil).
  split.
  - eapply intg_ext; [intros z; symmetry; apply Hg|]. repeat (apply intg_scal || apply intg_plus); auto.
  - rewrite (ex_ext E _ _ Hg). rewrite ex_scal, !ex_plus, !ex_scal by (repeat (apply intg_scal || apply intg_plus); auto). reflexivity.
Qed.
End Shift.

(* Products of increments. eps_i = e_i sigma0 and f = F / sigma0. *)
Section Increments.
Variables (E : expectation (nat -> R)) (d : nat) (Sig : nat -> nat -> R) (Kap : nat -> nat -> nat -> R) (M4 : nat -> nat -> nat -> nat -> R).
Variables (m K3 K5 : R) (w : nat) (eta sigma0 c2 r eb Gf : R) (e F u : nat -> R).
Let h := eta ^ 2.
Let Q := r ^ 2.
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis bounds_pos : 0 <= eb /\ 0 <= Gf /\ 0 <= K3 /\ 0 <= K5.
Hypothesis w_ge_3 : (3 <= w)%nat.
Hypothesis r_ge_1 : 1 <= r.
Hypothesis nz : noise E d Sig (K3 * (eta / sigma0) * Q ^ 3) m w.
Hypothesis nz5 : noise5 E d Kap M4 (eta / sigma0) (K5 * Q ^ 3).
Hypothesis e_bound : forall i, (i < d)%nat -> Rabs (e i) <= eb.
Hypothesis F_bound : forall i, (i < d)%nat -> Rabs (F i) <= Gf * r.
Hypothesis u_bound : forall i, (i < d)%nat -> Rabs (u i) <= Q.

Let L := lin eta sigma0 e F.
Let V := sqr eta sigma0 c2 F u.
Let eps i := e i * sigma0.
Let f i := F i / sigma0.
Let mixy := mix eta f [].
Let mean := mean E eta f.
Definition noise_size := m + (K3 + K5) / sigma0.
Let B := noise_size * Q ^ 3.
Let A := Gf / sigma0.
Let Rr := (1 + A) * r.
Let S := B * Rr ^ 5.
Let t := 1 + eb * sigma0.
Let g := 1 + c2.
Definition def2 := 8 * ((1 + eb * sigma0) ^ 5 * (1 + c2) ^ 2) * noise_size * (1 + Gf / sigma0) ^ 5.
Let err := 8 * (t ^ 5 * g ^ 2) * S.

Lemma lin_y i z : L i z = eta * eps i * mixy [i] z.
Proof. unfold L, lin, eps, mixy, mix, shift, f. simpl. field. lra. Qed.
Lemma sqr_y i z : V i z = c2 * h * (mixy [i; i] z - u i).
Proof. unfold V, sqr, h, mixy, mix, shift, f. simpl. field. lra. Qed.

Let is_pos : 0 < / sigma0. Proof. now apply Rinv_0_lt_compat. Qed.
Let A_pos : 0 <= A. Proof. destruct bounds_pos as (_ & G0 & _). unfold A, Rdiv. mpos. Qed.
Let Q_ge_1 : 1 <= Q. Proof. now apply pow_ge_1. Qed.
Let Q3 : 1 <= Q ^ 3. Proof. now apply pow_ge_1. Qed.
Let m1 : 1 <= m. Proof. apply (moment_ge_1 _ _ _ _ _ _ nz). Qed.
Let size_ge : m <= noise_size /\ K3 / sigma0 <= noise_size /\ K5 / sigma0 <= noise_size /\ 1 <= noise_size.
Proof.
  destruct bounds_pos as (_ & _ & k3 & k5). assert (0 <= K3 * / sigma0) by mpos. assert (0 <= K5 * / sigma0) by mpos.
  unfold noise_size, Rdiv. repeat split; lra.
Qed.
Let B_ge : 1 <= B. Proof. destruct size_ge as (_ & _ & _ & s). unfold B. nra. Qed.
Let R_ge : 1 <= Rr /\ r <= Rr /\ 1 + A * r <= Rr. Proof. unfold Rr. repeat split; nra. Qed.
Let f_bound i : (i < d)%nat -> Rabs (f i) <= A * r.
Proof.
  intros Hi. unfold f, A, Rdiv. replace (Gf * / sigma0 * r) with (Gf * r * / sigma0) by ring. apply abs_mult_le; auto. apply abs_pos_le; lra.
Qed.

Lemma even_moment l : below d l -> (length l <= 5)%nat -> Rabs (ex E (fun z => prodv l z)) <= m.
Proof.
  intros Hl Hn. eapply Rle_trans; [|apply (nz_moment _ _ _ _ _ _ nz)].
  apply ex_abs; [now apply (n5_int _ _ _ _ _ _ nz5) | apply (nz_intm _ _ _ _ _ _ nz) |]. intros z. pose proof (size1_ge_1 d z) as Z1.
  apply Rle_trans with (size1 d z ^ length l); [|apply Rle_pow; auto; lia].
  clear Hn. induction l as [|i l IH]; simpl. rewrite Rabs_R1; lra. destruct (below_inv _ _ _ Hl) as (Hi & Hl').
  apply abs_mult_le; auto. pose proof (size1_coord d z i Hi). lra.
Qed.
Lemma z_moment l : below d l -> (length l <= 5)%nat -> Rabs (ex E (fun z => prodv l z)) <= par eta (length l) * B.
Proof.
  intros Hl Hn. destruct size_ge as (s1 & s3 & s5 & s). pose proof (even_moment l Hl Hn) as He.
  assert (BB : m <= B) by (unfold B; nra).
  assert (odd : forall k, 0 <= k -> k / sigma0 <= noise_size -> k * (eta / sigma0) * Q ^ 3 <= eta * B).
  { intros k k0 Hk. replace (k * (eta / sigma0) * Q ^ 3) with (eta * (k / sigma0 * Q ^ 3)) by (field; lra).
    apply Rmult_le_compat_l. lra. unfold B. apply Rmult_le_compat_r; lra. }
  destruct bounds_pos as (_ & _ & k3 & k5).
  destruct l as [|i [|j [|k [|n [|p [|? l]]]]]]; simpl in Hn; try lia; unfold par; cbn [length Nat.even]; try lra.
  - assert (Hi : (i < d)%nat) by (apply Hl; now left). rewrite (ex_ext E _ (fun z => z i)) by (intros; simpl; ring).
    rewrite (nz_mean _ _ _ _ _ _ nz i Hi), Rabs_R0. mpos.
  - eapply Rle_trans; [|now apply (odd K3)]. rewrite (ex_ext E _ (fun z => z i * z j * z k)) by (intros; simpl; ring).
    apply (nz_skew _ _ _ _ _ _ nz); apply Hl; simpl; auto.
  - eapply Rle_trans; [|now apply (odd K5)]. eapply Rle_trans; [now apply (n5_fifth _ _ _ _ _ _ nz5)|]. right. field. lra.
Qed.

Let zi := n5_int _ _ _ _ _ _ nz5.
Let B0 : 0 <= B. Proof. lra. Qed.
Let Fb0 : 0 <= A * r. Proof. mpos. Qed.

(* Bounds in terms of S. *)
Let pw n : 1 <= Rr ^ n. Proof. apply pow_ge_1. lra. Qed.
Let R1R n : (1 + A * r) ^ n <= Rr ^ n. Proof. apply pow_incr. lra. Qed.
Let uR i : (i < d)%nat -> Rabs (u i) <= Rr ^ 2.
Proof. intros Hi. eapply Rle_trans; [now apply u_bound|]. unfold Q. apply pow_incr. lra. Qed.
Lemma near_S l n j : below d l -> (length l <= 5)%nat -> Nat.even (length l) = true -> (length l <= n)%nat -> (n + 1 + j <= 5)%nat ->
  Rabs (mean l - ex E (fun z => prodv l z)) * Rr ^ j <= h * (INR n * S).
Proof.
  intros Hl Hn He Hm Hj. apply Rle_trans with (h * (INR n * (B * Rr ^ Datatypes.S n)) * Rr ^ j).
  - apply Rmult_le_compat_r. pose proof (pw j); lra.
    eapply Rle_trans; [apply (mean_near E d eta (A * r) B f eta_unit B0 Fb0 f_bound zi z_moment l n); auto|].
    unfold h. apply Rmult_le_compat_l. apply pow2_ge_0. apply Rmult_le_compat_l. apply pos_INR. apply Rmult_le_compat_l; auto.
  - replace (h * (INR n * (B * Rr ^ Datatypes.S n)) * Rr ^ j) with (h * (INR n * (B * Rr ^ (Datatypes.S n + j)))) by (rewrite pow_add; ring).
    unfold h. apply Rmult_le_compat_l. apply pow2_ge_0. apply Rmult_le_compat_l. apply pos_INR. apply Rmult_le_compat_l; auto. apply Rle_pow; lia || lra.
Qed.
Lemma odd_S l j : below d l -> (length l <= 5)%nat -> Nat.even (length l) = false -> (length l + j <= 5)%nat -> Rabs (mean l) * Rr ^ j <= eta * S.
Proof.
  intros Hl Hn He Hj. apply Rle_trans with (eta * (B * Rr ^ length l) * Rr ^ j).
  - apply Rmult_le_compat_r. pose proof (pw j); lra.
    eapply Rle_trans; [apply (mean_odd E d eta (A * r) B f eta_unit B0 Fb0 f_bound zi z_moment l (length l)); auto|].
    apply Rmult_le_compat_l. lra. apply Rmult_le_compat_l; auto.
  - replace (eta * (B * Rr ^ length l) * Rr ^ j) with (eta * (B * Rr ^ (length l + j))) by (rewrite pow_add; ring).
    apply Rmult_le_compat_l. lra. apply Rmult_le_compat_l; auto. apply Rle_pow; lia || lra.
Qed.
Lemma cube_S i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (f i * f j * f k) <= S.
Proof.
  intros Hi Hj Hk. assert (fr : forall i, (i < d)%nat -> Rabs (f i) <= Rr) by (intros; eapply Rle_trans; [now apply f_bound|]; lra).
  apply Rle_trans with (Rr * Rr * Rr). { apply abs_mult_le; [apply abs_mult_le|]; now apply fr. }
  apply Rle_trans with (1 * Rr ^ 5). replace (Rr * Rr * Rr) with (Rr ^ 3) by ring. rewrite Rmult_1_l. apply Rle_pow; lia || lra.
  unfold S. apply Rmult_le_compat_r; auto. pose proof (pw 5); lra.
Qed.
Lemma coef a b : (a <= 5)%nat -> (b <= 2)%nat -> 0 <= t ^ a * g ^ b <= t ^ 5 * g ^ 2.
Proof.
  intros Ha Hb. destruct bounds_pos as (b0 & _). assert (t1 : 1 <= t) by (unfold t; assert (0 <= eb * sigma0) by mpos; lra). assert (g1 : 1 <= g) by (unfold g; lra).
  split. apply Rmult_le_pos; apply pow_le; lra. apply Rmult_le_compat; try (apply pow_le; lra); apply Rle_pow; auto.
Qed.
Lemma eps_bound i : (i < d)%nat -> Rabs (eps i) <= t.
Proof. intros Hi. unfold eps, t. apply Rle_trans with (eb * sigma0); [|lra]. apply abs_mult_le; auto. apply abs_pos_le; lra. Qed.
Let c2g : Rabs c2 <= g. Proof. rewrite Rabs_pos_eq by auto. unfold g; lra. Qed.
Let S_pos : 0 <= S. Proof. pose proof (pw 5). unfold S. mpos. Qed.
Lemma err_def2 : err <= def2 * Q ^ 6.
Proof.
  destruct (coef 5 2) as (c0 & _); auto. destruct size_ge as (_ & _ & _ & s).
  replace (def2 * Q ^ 6) with (8 * (t ^ 5 * g ^ 2) * (B * ((1 + A) ^ 5 * Q ^ 3))) by (unfold def2, B, A, t, g; ring).
  unfold err, S. apply Rmult_le_compat_l. lra. apply Rmult_le_compat_l; auto. unfold Rr. rewrite Rpow_mult_distr.
  apply Rmult_le_compat_l. apply pow_le; lra. unfold Q. rewrite <- pow_mult. apply Rle_pow; auto; lia.
Qed.

(* The size of the coefficients of h^2. *)
Lemma S_ge c n x : 0 <= c <= B -> (n <= 5)%nat -> Rabs x <= c * Rr ^ n -> Rabs x <= S.
Proof.
  intros Hc Hn Hx. eapply Rle_trans; [apply Hx|]. unfold S. apply Rmult_le_compat; try lra. pose proof (pw n); lra. apply Rle_pow; lia || lra.
Qed.
Lemma coef_b a b C x : (a <= 5)%nat -> (b <= 2)%nat -> Rabs C <= t ^ a * g ^ b -> Rabs x <= 8 * S -> Rabs (C * x) <= def2 * Q ^ 6.
Proof.
  intros Ha Hb HC Hx. eapply Rle_trans; [|apply err_def2]. destruct (coef a b Ha Hb) as (c0 & c1).
  unfold err. replace (8 * (t ^ 5 * g ^ 2) * S) with (t ^ 5 * g ^ 2 * (8 * S)) by ring. apply abs_mult_le; auto. lra.
Qed.
Lemma m_B : 0 <= m <= B. Proof. destruct size_ge as (s1 & _). unfold B. split. lra. nra. Qed.
Lemma M4_S i j k l : below d [i; j; k; l] -> Rabs (M4 i j k l) <= S.
Proof.
  intros H. rewrite <- (n5_fourth _ _ _ _ _ _ nz5) by auto. apply (S_ge m 0); auto using m_B. lia. rewrite pow_O, Rmult_1_r. apply even_moment; auto.
Qed.
Let f_R i : (i < d)%nat -> Rabs (f i) <= Rr. Proof. intros. eapply Rle_trans; [now apply f_bound|]. lra. Qed.
Let sig_m i j : (i < d)%nat -> (j < d)%nat -> Rabs (Sig i j) <= m. Proof. intros. apply (cov_bound _ _ _ _ _ _ nz); auto; lia. Qed.
Lemma fSig_S i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (f i * Sig j k) <= S.
Proof. intros. apply (S_ge m 1); auto using m_B. rewrite pow_1, Rmult_comm. apply abs_mult_le; auto. Qed.
Lemma uSig_S i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (u i * Sig j k) <= S.
Proof. intros. apply (S_ge m 2); auto using m_B. rewrite Rmult_comm. apply abs_mult_le; auto. Qed.
Lemma uf_S i j : (i < d)%nat -> (j < d)%nat -> Rabs (f i * u j) <= S.
Proof. intros. apply (S_ge 1 3); auto. lra. rewrite Rmult_1_l. replace (Rr ^ 3) with (Rr * Rr ^ 2) by ring. apply abs_mult_le; auto. Qed.
Lemma uu_S i j : (i < d)%nat -> (j < d)%nat -> Rabs (u i * u j) <= S.
Proof. intros. apply (S_ge 1 4); auto. lra. rewrite Rmult_1_l. replace (Rr ^ 4) with (Rr ^ 2 * Rr ^ 2) by ring. apply abs_mult_le; auto. Qed.
Lemma ff_S i j : (i < d)%nat -> (j < d)%nat -> Rabs (f i * f j) <= S.
Proof. intros. apply (S_ge 1 2); auto. lra. rewrite Rmult_1_l. replace (Rr ^ 2) with (Rr * Rr) by ring. apply abs_mult_le; auto. Qed.
Lemma Kap_S i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (Kap i j k / sigma0) <= S.
Proof.
  intros Hi Hj Hk. destruct bounds_pos as (_ & _ & k3 & _). destruct size_ge as (_ & s3 & _). apply (S_ge B 0); try lia; try lra.
  rewrite pow_O, Rmult_1_r. assert (Hb : below d [i; j; k]) by (repeat apply below_cons; auto using below_nil).
  assert (s0 : 0 < eta / sigma0) by (apply Rdiv_lt_0_compat; lra).
  assert (H : Rabs (Kap i j k) <= K3 * Q ^ 3).
  { apply Rmult_le_reg_l with (eta / sigma0); auto. rewrite <- (Rabs_pos_eq (eta / sigma0)) at 1 by lra. rewrite <- Rabs_mult, <- (n5_third _ _ _ _ _ _ nz5) by auto.
    rewrite (ex_ext E _ (fun z => z i * z j * z k)) by (intros; simpl; ring). eapply Rle_trans; [now apply (nz_skew _ _ _ _ _ _ nz)|]. right. ring. }
  unfold Rdiv. apply Rle_trans with (K3 * Q ^ 3 * / sigma0). apply abs_mult_le; auto. apply abs_pos_le; lra.
  unfold B. replace (K3 * Q ^ 3 * / sigma0) with (K3 / sigma0 * Q ^ 3) by (unfold Rdiv; ring). apply Rmult_le_compat_r; lra.
Qed.

(* From C * (bracket) to the defect. *)
Lemma defect a b C x n v : (a <= 5)%nat -> (b <= 2)%nat -> Rabs C <= t ^ a * g ^ b -> 0 <= n <= 8 -> Rabs x <= h * (n * S) -> v = h ^ 2 * (C * x) -> Rabs v <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Ha Hb HC Hn Hx ->. assert (h3 : 0 <= h ^ 3) by (apply pow_le, pow2_ge_0).
  apply Rle_trans with (h ^ 3 * err); [|apply Rmult_le_compat_l; auto using err_def2]. destruct (coef a b Ha Hb) as (c0 & c1). assert (h0 : 0 <= h) by apply pow2_ge_0.
  replace (h ^ 3 * err) with (h ^ 2 * (t ^ 5 * g ^ 2 * (h * (8 * S)))) by (unfold err; ring).
  apply abs_mult_le. apply abs_pos_le, pow2_ge_0. apply abs_mult_le. lra. eapply Rle_trans; [apply Hx|].
  apply Rmult_le_compat_l; auto. apply Rmult_le_compat_r; lra.
Qed.

Lemma prod_eps2 i j : (i < d)%nat -> (j < d)%nat -> Rabs (eps i * eps j) <= t ^ 2.
Proof. intros. replace (t ^ 2) with (t * t) by ring. apply abs_mult_le; now apply eps_bound. Qed.
Lemma prod_eps3 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (eps i * eps j * eps k) <= t ^ 3.
Proof. intros. replace (t ^ 3) with (t ^ 2 * t) by ring. apply abs_mult_le. now apply prod_eps2. now apply eps_bound. Qed.
Lemma prod_eps4 i j k l : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat -> Rabs (eps i * eps j * eps k * eps l) <= t ^ 4.
Proof. intros. replace (t ^ 4) with (t ^ 3 * t) by ring. apply abs_mult_le. now apply prod_eps3. now apply eps_bound. Qed.

(* Exact means of up to three factors. *)
Let below1 i : (i < d)%nat -> below d [i]. Proof. intros. apply below_cons; auto using below_nil. Qed.
Let below2 i j : (i < d)%nat -> (j < d)%nat -> below d [i; j]. Proof. intros. apply below_cons; auto. Qed.
Let below3 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> below d [i; j; k]. Proof. intros. apply below_cons; auto. Qed.
Let below4 i j k l : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat -> below d [i; j; k; l]. Proof. intros. apply below_cons; auto. Qed.
Let below5 i j k l n : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat -> (n < d)%nat -> below d [i; j; k; l; n].
Proof. intros. apply below_cons; auto. Qed.
Lemma mean1 i : (i < d)%nat -> mean [i] = eta * f i.
Proof.
  intros Hi. destruct (cubic_eq _ _ _ _ _ _ nz (mix eta f [] [i]) (eta * f i) 1 0 0 0 0 0 0 i i i) as (_ & E1); auto.
  - intros z. unfold cubic, mix, shift. simpl. ring.
  - unfold mean, moments2.mean. rewrite E1. ring.
Qed.
Lemma mean2 i j : (i < d)%nat -> (j < d)%nat -> mean [i; j] = Sig i j + h * (f i * f j).
Proof.
  intros Hi Hj. destruct (cubic_eq _ _ _ _ _ _ nz (mix eta f [] [i; j]) (h * (f i * f j)) (eta * f j) (eta * f i) 0 1 0 0 0 i j i) as (_ & E1); auto.
  - intros z. unfold cubic, mix, shift, h. simpl. ring.
  - unfold mean, moments2.mean. rewrite E1. ring.
Qed.
Lemma mean3 i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  mean [i; j; k] = eta * (f i * Sig j k + f j * Sig i k + f k * Sig i j + Kap i j k / sigma0 + h * (f i * f j * f k)).
Proof.
  intros Hi Hj Hk. destruct (cubic_eq _ _ _ _ _ _ nz (mix eta f [] [i; j; k]) (eta * h * (f i * f j * f k)) (h * (f j * f k)) (h * (f i * f k)) (h * (f i * f j))
    (eta * f k) (eta * f j) (eta * f i) 1 i j k) as (_ & E1); auto.
  - intros z. unfold cubic, mix, shift, h. simpl. ring.
  - unfold mean, moments2.mean. rewrite E1. rewrite (ex_ext E _ (fun z => prodv [i; j; k] z)) by (intros; simpl; ring).
    rewrite (n5_third _ _ _ _ _ _ nz5) by auto. field. lra.
Qed.

(* The coefficients of h^2, by the kinds of the factors. *)
Definition b_V i := c2 * (F i / sigma0) ^ 2.
Definition b_LL i j := e i * sigma0 * (e j * sigma0) * (F i / sigma0 * (F j / sigma0)).
Definition b_LLL i j k := e i * sigma0 * (e j * sigma0) * (e k * sigma0) * (F i / sigma0 * Sig j k + F j / sigma0 * Sig i k + F k / sigma0 * Sig i j + Kap i j k / sigma0).
Definition b_LV i j := e i * sigma0 * c2 * (F i / sigma0 * (Sig j j - u j) + 2 * (F j / sigma0) * Sig i j + Kap i j j / sigma0).
Definition b_LLLL i j k l := e i * sigma0 * (e j * sigma0) * (e k * sigma0) * (e l * sigma0) * M4 i j k l.
Definition b_VV i j := c2 ^ 2 * (M4 i i j j - u i * Sig j j - u j * Sig i i + u i * u j).
Definition b_LLV i j k := e i * sigma0 * (e j * sigma0) * c2 * (M4 i j k k - u k * Sig i j).

Let four := ex_mix4 E d eta f zi.
Ltac in_y := intros; rewrite ?lin_y, ?sqr_y; unfold mixy, mix, h; cbn [prodv]; ring.
Ltac low := unfold below; simpl; intros; intuition (subst; auto).

Lemma m2_L i : (i < d)%nat -> intg E (L i) /\ ex E (L i) = h * (eps i * f i).
Proof.
  intros Hi. destruct (mom_lin _ _ _ _ _ _ _ _ _ e F nz i Hi) as (I1 & E1). split; auto. unfold L. rewrite E1. unfold h, eps, f. field. lra.
Qed.
Lemma m2_V i : (i < d)%nat -> intg E (V i) /\ ex E (V i) = h * (c2 * (Sig i i - u i)) + h ^ 2 * b_V i.
Proof.
  intros Hi. destruct (four (V i) (c2 * h) [i; i] (- u i) [] 0 [] 0 []) as (I1 & E1); auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. rewrite mean2 by auto. unfold mean. rewrite mean_nil. unfold b_V, f. ring.
Qed.
Lemma m2_LL i j : (i < d)%nat -> (j < d)%nat ->
  intg E (fun z => L i z * L j z) /\ ex E (fun z => L i z * L j z) = h * (eps i * eps j * Sig i j) + h ^ 2 * b_LL i j.
Proof.
  intros Hi Hj. destruct (four (fun z => L i z * L j z) (h * (eps i * eps j)) [i; j] 0 [] 0 [] 0 []) as (I1 & E1); auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. rewrite mean2 by auto. unfold b_LL, eps, f. ring.
Qed.
Lemma m2_LLL i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg E (fun z => L i z * L j z * L k z) /\
  Rabs (ex E (fun z => L i z * L j z * L k z) - h ^ 2 * b_LLL i j k) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk. destruct (four (fun z => L i z * L j z * L k z) (eta * h * (eps i * eps j * eps k)) [i; j; k] 0 [] 0 [] 0 []) as (I1 & E1); auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. rewrite mean3 by auto.
    apply (defect 3 0 (eps i * eps j * eps k) (h * (f i * f j * f k)) 1); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + rewrite Rmult_1_r. now apply prod_eps3.
    + rewrite Rmult_1_l. apply abs_mult_le. apply abs_pos_le, pow2_ge_0. now apply cube_S.
Qed.
Lemma m2_LV i j : (i < d)%nat -> (j < d)%nat ->
  intg E (fun z => L i z * V j z) /\
  Rabs (ex E (fun z => L i z * V j z) - h ^ 2 * b_LV i j) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj. destruct (four (fun z => L i z * V j z) (eta * h * (eps i * c2)) [i; j; j] (- u j) [i] 0 [] 0 []) as (I1 & E1); auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. rewrite mean3, mean1 by auto.
    apply (defect 1 1 (eps i * c2) (h * (f i * f j * f j)) 1); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + apply abs_mult_le. rewrite pow_1. now apply eps_bound. now rewrite pow_1.
    + rewrite Rmult_1_l. apply abs_mult_le. apply abs_pos_le, pow2_ge_0. now apply cube_S.
Qed.
Lemma m2_LLLL i j k l : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat ->
  intg E (fun z => L i z * L j z * L k z * L l z) /\
  Rabs (ex E (fun z => L i z * L j z * L k z * L l z) - h ^ 2 * b_LLLL i j k l) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk Hl. destruct (four (fun z => L i z * L j z * L k z * L l z) (h ^ 2 * (eps i * eps j * eps k * eps l)) [i; j; k; l] 0 [] 0 [] 0 []) as (I1 & E1);
    auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. assert (N := near_S [i; j; k; l] 4 0 ltac:(auto) ltac:(simpl; lia) eq_refl ltac:(simpl; lia) ltac:(lia)).
    rewrite pow_O, Rmult_1_r, (n5_fourth _ _ _ _ _ _ nz5) in N by auto.
    apply (defect 4 0 (eps i * eps j * eps k * eps l) (mean [i; j; k; l] - M4 i j k l) 4); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + rewrite Rmult_1_r. now apply prod_eps4.
    + replace (INR 4) with 4 in N by (simpl; ring). exact N.
Qed.
Let cov i j : (i < d)%nat -> (j < d)%nat -> ex E (fun z => prodv [i; j] z) = Sig i j.
Proof. intros. rewrite <- (nz_cov _ _ _ _ _ _ nz) by auto. apply ex_ext. intros; simpl; ring. Qed.
Lemma near_u i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (u k * (mean [i; j] - Sig i j)) <= h * (2 * S).
Proof.
  intros Hi Hj Hk. assert (N := near_S [i; j] 2 2 ltac:(auto) ltac:(simpl; lia) eq_refl ltac:(simpl; lia) ltac:(lia)). rewrite cov in N by auto.
  replace (INR 2) with 2 in N by (simpl; ring). rewrite Rmult_comm. eapply Rle_trans; [|apply N]. apply abs_mult_le. lra. now apply uR.
Qed.
Lemma m2_VV i j : (i < d)%nat -> (j < d)%nat ->
  intg E (fun z => V i z * V j z) /\
  Rabs (ex E (fun z => V i z * V j z) - h ^ 2 * b_VV i j) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj. destruct (four (fun z => V i z * V j z) (h ^ 2 * c2 ^ 2) [i; i; j; j] (- u i) [j; j] (- u j) [i; i] (u i * u j) []) as (I1 & E1);
    auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. unfold mean at 4. rewrite mean_nil.
    assert (N := near_S [i; i; j; j] 4 0 ltac:(auto) ltac:(simpl; lia) eq_refl ltac:(simpl; lia) ltac:(lia)).
    rewrite pow_O, Rmult_1_r, (n5_fourth _ _ _ _ _ _ nz5) in N by auto. replace (INR 4) with 4 in N by (simpl; ring).
    apply (defect 0 2 (c2 ^ 2) ((mean [i; i; j; j] - M4 i i j j) - u i * (mean [j; j] - Sig j j) - u j * (mean [i; i] - Sig i i)) 8); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + rewrite pow_O, Rmult_1_l. now apply abs_pow_le.
    + replace (h * (8 * S)) with (h * (4 * S) + h * (2 * S) + h * (2 * S)) by ring. apply abs_minus_le; [apply abs_minus_le|]; auto using near_u.
Qed.
Lemma m2_LLV i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg E (fun z => L i z * L j z * V k z) /\
  Rabs (ex E (fun z => L i z * L j z * V k z) - h ^ 2 * b_LLV i j k) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk. destruct (four (fun z => L i z * L j z * V k z) (h ^ 2 * (eps i * eps j * c2)) [i; j; k; k] (- u k) [i; j] 0 [] 0 []) as (I1 & E1);
    auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean. assert (N := near_S [i; j; k; k] 4 0 ltac:(auto) ltac:(simpl; lia) eq_refl ltac:(simpl; lia) ltac:(lia)).
    rewrite pow_O, Rmult_1_r, (n5_fourth _ _ _ _ _ _ nz5) in N by auto. replace (INR 4) with 4 in N by (simpl; ring).
    apply (defect 2 1 (eps i * eps j * c2) ((mean [i; j; k; k] - M4 i j k k) - u k * (mean [i; j] - Sig i j)) 6); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + apply abs_mult_le. now apply prod_eps2. now rewrite pow_1.
    + replace (h * (6 * S)) with (h * (4 * S) + h * (2 * S)) by ring. apply abs_minus_le; auto using near_u.
Qed.
Lemma b_bound :
  (forall i, (i < d)%nat -> Rabs (b_V i) <= def2 * Q ^ 6) /\
  (forall i j, (i < d)%nat -> (j < d)%nat -> Rabs (b_LL i j) <= def2 * Q ^ 6 /\ Rabs (b_LV i j) <= def2 * Q ^ 6 /\ Rabs (b_VV i j) <= def2 * Q ^ 6) /\
  (forall i j k, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (b_LLL i j k) <= def2 * Q ^ 6 /\ Rabs (b_LLV i j k) <= def2 * Q ^ 6) /\
  (forall i j k l, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat -> Rabs (b_LLLL i j k l) <= def2 * Q ^ 6).
Proof.
  assert (S8 : forall x, Rabs x <= S -> Rabs x <= 8 * S) by (intros; lra).
  assert (g2 : Rabs (c2 ^ 2) <= t ^ 0 * g ^ 2) by (rewrite pow_O, Rmult_1_l; now apply abs_pow_le).
  repeat split; intros.
  - apply (coef_b 0 1); [lia | lia | |]. rewrite pow_O, pow_1, Rmult_1_l; auto. apply S8. replace (F i / sigma0) with (f i) by reflexivity.
    replace (f i ^ 2) with (f i * f i) by ring. now apply ff_S.
  - apply (coef_b 2 0); [lia | lia | |]. rewrite pow_O, Rmult_1_r. now apply prod_eps2. apply S8. now apply (ff_S i j).
  - apply (coef_b 1 1); [lia | lia | |]. rewrite !pow_1. apply abs_mult_le; auto. now apply eps_bound.
    replace (F i / sigma0 * (Sig j j - u j) + 2 * (F j / sigma0) * Sig i j + Kap i j j / sigma0)
      with (f i * Sig j j - f i * u j + f j * Sig i j + f j * Sig i j + Kap i j j / sigma0) by (unfold f; ring).
    replace (8 * S) with (S + S + S + S + (S + 3 * S)) by ring.
    apply abs_plus_le; [apply abs_plus_le; [apply abs_plus_le; [apply abs_minus_le|]|]|]; auto using fSig_S, uf_S.
    assert (K := Kap_S i j j). assert (0 <= S) by auto. specialize (K ltac:(auto) ltac:(auto) ltac:(auto)). lra.
  - apply (coef_b 0 2); [lia | lia | exact g2 |].
    replace (8 * S) with (S + S + S + (S + 4 * S)) by ring.
    apply abs_plus_le; [apply abs_minus_le; [apply abs_minus_le|]|]; auto using uSig_S, M4_S.
    assert (K := uu_S i j). assert (0 <= S) by auto. specialize (K ltac:(auto) ltac:(auto)). lra.
  - apply (coef_b 3 0); [lia | lia | |]. rewrite pow_O, Rmult_1_r. now apply prod_eps3.
    replace (8 * S) with (S + S + S + (S + 4 * S)) by ring.
    apply abs_plus_le; [apply abs_plus_le; [apply abs_plus_le|]|]; try (apply fSig_S; auto).
    assert (K := Kap_S i j k). assert (0 <= S) by auto. specialize (K ltac:(auto) ltac:(auto) ltac:(auto)). lra.
  - apply (coef_b 2 1); [lia | lia | |]. rewrite pow_1. apply abs_mult_le; auto. now apply prod_eps2.
    replace (8 * S) with (S + (S + 6 * S)) by ring. apply abs_minus_le; auto using M4_S.
    assert (K := uSig_S k i j). assert (0 <= S) by auto. specialize (K ltac:(auto) ltac:(auto) ltac:(auto)). lra.
  - apply (coef_b 4 0); [lia | lia | |]. rewrite pow_O, Rmult_1_r. now apply prod_eps4. apply S8, M4_S; auto.
Qed.

(* Five factors: O(h^3), the moments of odd order being O(eta). *)
Let odd_h x n : 0 <= n -> Rabs x <= eta * (n * S) -> Rabs (eta * x) <= h * (n * S).
Proof. intros Hn Hx. replace (h * (n * S)) with (eta * (eta * (n * S))) by (unfold h; ring). apply abs_mult_le; auto. apply abs_pos_le; lra. Qed.
Lemma odd_0 l : below d l -> (length l <= 5)%nat -> Nat.even (length l) = false -> Rabs (mean l) <= eta * S.
Proof. intros Hl Hn He. pose proof (odd_S l 0 Hl Hn He ltac:(lia)). now rewrite pow_O, Rmult_1_r in H. Qed.
Lemma odd_u l i : below d l -> (length l <= 3)%nat -> Nat.even (length l) = false -> (i < d)%nat -> Rabs (u i * mean l) <= eta * S.
Proof.
  intros Hl Hn He Hi. eapply Rle_trans; [|apply (odd_S l 2); auto; lia]. rewrite Rmult_comm. apply abs_mult_le. lra. now apply uR.
Qed.
Lemma odd_uu l i j : below d l -> (length l <= 1)%nat -> Nat.even (length l) = false -> (i < d)%nat -> (j < d)%nat -> Rabs (u i * u j * mean l) <= eta * S.
Proof.
  intros Hl Hn He Hi Hj. eapply Rle_trans; [|apply (odd_S l 4); auto; lia]. rewrite Rmult_comm. apply abs_mult_le. lra.
  replace (Rr ^ 4) with (Rr ^ 2 * Rr ^ 2) by ring. apply abs_mult_le; now apply uR.
Qed.
Lemma m2_LLLLL i j k l n : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat -> (n < d)%nat ->
  intg E (fun z => L i z * L j z * L k z * L l z * L n z) /\ Rabs (ex E (fun z => L i z * L j z * L k z * L l z * L n z)) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk Hl Hn. destruct (four (fun z => L i z * L j z * L k z * L l z * L n z) (eta * h ^ 2 * (eps i * eps j * eps k * eps l * eps n)) [i; j; k; l; n] 0 [] 0 [] 0 []) as (I1 & E1);
    auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean.
    apply (defect 5 0 (eps i * eps j * eps k * eps l * eps n) (eta * mean [i; j; k; l; n]) 1); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + rewrite Rmult_1_r. replace (t ^ 5) with (t ^ 4 * t) by ring. apply abs_mult_le. now apply prod_eps4. now apply eps_bound.
    + apply odd_h. lra. rewrite Rmult_1_l. apply odd_0; auto.
Qed.
Lemma m2_LLLV i j k l : (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> (l < d)%nat ->
  intg E (fun z => L i z * L j z * L k z * V l z) /\ Rabs (ex E (fun z => L i z * L j z * L k z * V l z)) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk Hl. destruct (four (fun z => L i z * L j z * L k z * V l z) (eta * h ^ 2 * (eps i * eps j * eps k * c2)) [i; j; k; l; l] (- u l) [i; j; k] 0 [] 0 []) as (I1 & E1);
    auto using below_nil; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean.
    apply (defect 3 1 (eps i * eps j * eps k * c2) (eta * (mean [i; j; k; l; l] - u l * mean [i; j; k])) 2); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + apply abs_mult_le. now apply prod_eps3. now rewrite pow_1.
    + apply odd_h. lra. replace (eta * (2 * S)) with (eta * S + eta * S) by ring. apply abs_minus_le. apply odd_0; auto. apply odd_u; auto.
Qed.
Lemma m2_LVV i j k : (i < d)%nat -> (j < d)%nat -> (k < d)%nat ->
  intg E (fun z => L i z * V j z * V k z) /\ Rabs (ex E (fun z => L i z * V j z * V k z)) <= h ^ 3 * (def2 * Q ^ 6).
Proof.
  intros Hi Hj Hk. destruct (four (fun z => L i z * V j z * V k z) (eta * h ^ 2 * (eps i * c2 ^ 2)) [i; j; j; k; k] (- u j) [i; k; k] (- u k) [i; j; j] (u j * u k) [i]) as (I1 & E1);
    auto; try (simpl; lia).
  - in_y.
  - split; auto. rewrite E1. fold mean.
    apply (defect 1 2 (eps i * c2 ^ 2) (eta * (mean [i; j; j; k; k] - u j * mean [i; k; k] - u k * mean [i; j; j] + u j * u k * mean [i])) 4); [lia | lia | | lra | | unfold h, b_LLL, b_LV, b_LLLL, b_VV, b_LLV, eps, f; ring].
    + apply abs_mult_le. rewrite pow_1. now apply eps_bound. now apply abs_pow_le.
    + apply odd_h. lra. replace (eta * (4 * S)) with (eta * S + eta * S + eta * S + eta * S) by ring.
      apply abs_plus_le; [apply abs_minus_le; [apply abs_minus_le|]|]; [apply odd_0 | apply odd_u | apply odd_u | apply odd_uu]; auto.
Qed.
End Increments.
