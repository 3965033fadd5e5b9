(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* Adam and AdamW (MLPA Def. 2.3, Thm 4.5) in d dimensions, state (theta, m, u), from any step k0 with t0 = k0 eta^2 > 0:
     d theta = -(rho(t,u) m + lambda0 theta) dt,  dm = c1 ((grad f - m) dt + sigma0 Sigma^1/2 dW),  du = c2 (diag Sigma - u) dt.
   The chain's preconditioner rho_k and the limit's rho(t,.) are abstract here, asked only to be bounded, Lipschitz and O(h) apart;
   adam_coef.v shows it of Adam's bias-corrected 1/(sqrt(v-hat) + eps). lambda0 = 0 is Adam, lambda0 > 0 AdamW. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise moments.
Import ListNotations.
Open Scope R_scope.

Inductive coord := Th (i : nat) | Mm (i : nat) | Uu (i : nat).
Definition deg (c : coord) : nat := match c with Mm _ => 1 | Th _ | Uu _ => 2 end.
Notation X := (@state coord).

Section Adam.
Variable d : nat.
Definition of (f : nat -> coord) := map f (seq 0 d).
Definition sq := of Th ++ of Mm.
Definition us := of Uu.
Definition idx := sq ++ us.
Definition Q (x : X) := quad sq us x.

Lemma of_in f i : (i < d)%nat -> In (f i) (of f).
Proof. intros. unfold of. apply in_map. apply in_seq; lia. Qed.
Lemma of_inv f c : In c (of f) -> exists i, c = f i /\ (i < d)%nat.
Proof. unfold of. rewrite in_map_iff. intros (i & <- & H). exists i; split; auto. apply in_seq in H; lia. Qed.
Lemma sq_inv c : In c sq -> exists i, (c = Th i \/ c = Mm i) /\ (i < d)%nat.
Proof. unfold sq. rewrite in_app_iff. intros [H|H]; apply of_inv in H; destruct H as (i & -> & Hi); exists i; auto. Qed.
Lemma in_idx c : In c idx <-> match c with Th i | Mm i | Uu i => (i < d)%nat end.
Proof.
  unfold idx, sq, us. rewrite !in_app_iff. split.
  - intros [[H|H]|H]; apply of_inv in H; destruct H as (i & -> & Hi); auto.
  - destruct c; intros H; [left; left|left; right|right]; now apply of_in.
Qed.
Lemma in_sq_th i : (i < d)%nat -> In (Th i) sq. Proof. intros; unfold sq; apply in_app_iff; left; now apply of_in. Qed.
Lemma in_sq_mm i : (i < d)%nat -> In (Mm i) sq. Proof. intros; unfold sq; apply in_app_iff; right; now apply of_in. Qed.

Variables (eta sigma0 c1 c2 lambda0 umin Gf K3 m R0 R1 R2 : R) (q k0 N : nat).
Let h := eta ^ 2.
Let w := (q + 3)%nat.
Variable F : nat -> X -> R.
Variable Sig : X -> nat -> nat -> R.
Variable law : X -> expectation (nat -> R).
Variable rho : nat -> R -> R.                       (* preconditioner of step k *)
Variable rhobar : R -> R -> R.                      (* preconditioner of the limit at time t *)

Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis c_pos : 0 <= c1 /\ 0 <= c2 /\ 0 <= lambda0.
Hypothesis decay : c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K3_pos : 0 <= K3.
Hypothesis R_pos : 0 <= R0 /\ 0 <= R1 /\ 0 <= R2.

Definition Dom (x : X) := forall i, (i < d)%nat -> umin <= x (Uu i).
Definition Inv (k : nat) (x : X) := forall i, (i < d)%nat -> umin <= (1 - c2 * h) ^ (N - k) * x (Uu i).

Hypothesis F_growth : forall x i, Dom x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, Dom x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q x ^ 3) m w.
Hypothesis rho_bound : forall k u, (k0 <= k < N)%nat -> umin <= u -> Rabs (rho k u) <= R0.
Hypothesis rho_lip : forall k u u', (k0 <= k < N)%nat -> umin <= u -> umin <= u' -> Rabs (rho k u' - rho k u) <= R1 * Rabs (u' - u).
Hypothesis rho_limit : forall k u, (k0 <= k < N)%nat -> umin <= u -> Rabs (rho k u - rhobar (INR (S k) * h) u) <= R2 * h.

Definition m_step (x : X) := lin eta sigma0 (fun _ => c1) (fun i => F i x - x (Mm i)).
Definition u_step (x : X) := sqr eta sigma0 c2 (fun i => F i x) (fun i => x (Uu i)).
(* The preconditioned momentum: new second moment, new first moment. *)
Definition dir (k : nat) (x : X) (i : nat) (z : nat -> R) := rho k (x (Uu i) + u_step x i z) * (x (Mm i) + m_step x i z).
Definition incr (k : nat) (x : X) (z : nat -> R) : X := fun c =>
  match c with
  | Th i => - (h * (dir k x i z + lambda0 * x (Th i)))
  | Mm i => m_step x i z
  | Uu i => u_step x i z
  end.
Definition chain_steps : @steps coord (nat -> R) := {| scheme.law := fun _ => law; inc := incr |}.
Definition limit : @generator coord := {|
  drift := fun t c x => match c with
    | Th i => - (rhobar t (x (Uu i)) * x (Mm i) + lambda0 * x (Th i))
    | Mm i => c1 * (F i x - x (Mm i))
    | Uu i => c2 * (Sig x i i - x (Uu i)) end;
  diffu := fun _ a b x => match a, b with
    | Mm i, Mm j => c1 ^ 2 * sigma0 ^ 2 * Sig x i j
    | _, _ => 0 end |}.

(* The preconditioned momentum is not a polynomial in the noise, so its expectations are asked to exist. *)
Hypothesis dir_int : forall k x i j, (k0 <= k < N)%nat -> Dom x -> (i < d)%nat -> (j < d)%nat ->
  intg (law x) (dir k x i) /\ intg (law x) (fun z => dir k x i z * m_step x j z) /\ intg (law x) (fun z => dir k x i z * dir k x i z).

Definition Gm := Gf + 1.
Definition cz0 := 1 + c1 * (Gm + sigma0) + (1 + c2) * (Gf / sigma0 + 2).
Definition cz := (1 + 2 * R0 + lambda0) * cz0.
Definition Z (z : nat -> R) := cz * size1 d z.
Definition mu_Z := cz ^ (2 * w) * m.
Definition k_theta := (2 * R1 + R2) * mu_Z + R0 * c1 * Gm.
Definition k_mtheta := (R0 + lambda0) * c1 * Gm + (2 * R1 + R0) * mu_Z.
Definition consts : constants := {|
  kappa := def_sqr sigma0 c2 Gf + def_ll c1 Gm + def_ls m K3 sigma0 c2 c1 Gm Gf + def_lll m K3 sigma0 c1 Gm + k_theta + k_mtheta;
  mu := mu_Z;
  kq := size sq us * (2 * (c1 * Gm + mu_Z) + mu_Z);
  cq := 3 * size sq us;
  cseg := 2 + 2 * size sq us;
  growth := q |}.

Lemma h_unit : 0 < h <= 1. Proof. unfold h. simpl. nra. Qed.
Lemma sqrt_h : sqrt h = eta. Proof. unfold h. apply sqrt_pow2. lra. Qed.
Lemma A_pos : 0 <= Gf / sigma0. Proof. apply Rmult_le_pos; auto. left; now apply Rinv_0_lt_compat. Qed.
Lemma cz0_ge_1 : 1 <= cz0. Proof. pose proof A_pos. unfold cz0, Gm. nra. Qed.
Lemma cz_ge : cz0 <= cz /\ (2 * R0 + lambda0) * cz0 <= cz /\ 1 <= cz.
Proof. pose proof cz0_ge_1. unfold cz. set (c := cz0) in *. repeat split; nra. Qed.
Lemma Z_ge_1 z : 1 <= Z z. Proof. pose proof cz_ge. pose proof (size1_ge_1 d z). unfold Z. nra. Qed.

Lemma Inv_Dom k x : Inv k x -> Dom x.
Proof.
  intros H i Hi. specialize (H i Hi).
  assert (A : 0 <= (1 - c2 * h) ^ (N - k) <= 1).
  { apply pow_le_1. pose proof h_unit. assert (0 <= c2 * h) by (apply Rmult_le_pos; lra). lra. }
  assert (0 < x (Uu i)). { destruct (Rle_lt_dec (x (Uu i)) 0); auto. assert (((1 - c2 * h) ^ (N - k)) * x (Uu i) <= 0) by nra. lra. }
  nra.
Qed.
Lemma u_keeps x z i : (1 - c2 * h) * x (Uu i) <= x (Uu i) + u_step x i z.
Proof.
  unfold u_step, sqr. fold h. pose proof h_unit. pose proof (pow2_ge_0 (eta * F i x / sigma0 + z i)).
  assert (0 <= c2 * h * (eta * F i x / sigma0 + z i) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). lra.
Qed.
Lemma Inv_step k x z : (k < N)%nat -> Inv k x -> Inv (S k) (add x (incr k x z)).
Proof.
  intros Hk H i Hi. unfold add. eapply Rle_trans; [apply (H i Hi)|].
  replace (N - k)%nat with (S (N - S k)) by lia. simpl pow. rewrite (Rmult_comm (1 - c2 * h)), Rmult_assoc.
  apply Rmult_le_compat_l. apply pow_le. lra. apply u_keeps.
Qed.
Lemma Dom_along k x z s : (k < N)%nat -> Inv k x -> 0 <= s <= 1 -> Dom (along x (incr k x z) s).
Proof.
  intros Hk H Hs i Hi. pose proof (Inv_Dom _ _ H i Hi). pose proof (Inv_Dom _ _ (Inv_step k x z Hk H) i Hi).
  unfold along, add in *. nra.
Qed.

Section Step.
Variables (k : nat) (x : X).
Hypothesis k_range : (k0 <= k < N)%nat.
Hypothesis x_inv : Inv k x.
Let x_dom : Dom x. Proof. apply (Inv_Dom k x x_inv). Qed.
Let r := sqrt (Q x).
Lemma r_ge_1 : 1 <= r. Proof. apply root_ge_1. Qed.
Lemma r_sq : r ^ 2 = Q x. Proof. apply root_sq. Qed.
Let nz : noise (law x) d (Sig x) (K3 * (eta / sigma0) * (r ^ 2) ^ 3) m w.
Proof. rewrite r_sq. now apply oracle. Qed.
Let w1 : (1 <= w)%nat. Proof. unfold w; lia. Qed.
Let pos : 0 <= c1 /\ 0 <= Gm /\ 0 <= Gf /\ 0 <= K3. Proof. unfold Gm. repeat split; lra. Qed.
Let e_bound i : (i < d)%nat -> Rabs ((fun _ : nat => c1) i) <= c1. Proof. intros. apply abs_pos_le; lra. Qed.
Let F_bound i : (i < d)%nat -> Rabs (F i x) <= Gf * r. Proof. intros; now apply F_growth. Qed.
Let m_bound i : (i < d)%nat -> Rabs (x (Mm i)) <= r. Proof. intros. apply quad_sq. now apply in_sq_mm. Qed.
Let th_bound i : (i < d)%nat -> Rabs (x (Th i)) <= r. Proof. intros. apply quad_sq. now apply in_sq_th. Qed.
Let G_bound i : (i < d)%nat -> Rabs (F i x - x (Mm i)) <= Gm * r.
Proof. intros. unfold Gm. rewrite Rmult_plus_distr_r, Rmult_1_l. apply abs_minus_le; auto. Qed.
Let u_bound i : (i < d)%nat -> Rabs (x (Uu i)) <= r ^ 2.
Proof. intros. rewrite r_sq. apply quad_ab. now apply of_in. Qed.
Let u_new z i : (i < d)%nat -> umin <= x (Uu i) + u_step x i z.
Proof. intros Hi. apply (Inv_Dom (S k) (add x (incr k x z)) (Inv_step k x z ltac:(lia) x_inv) i Hi). Qed.

Let Z0 z := cz0 * size1 d z.
Lemma Z0_Z z : 1 <= Z0 z /\ Z0 z <= Z z /\ (2 * R0 + lambda0) * Z0 z <= Z z.
Proof.
  pose proof cz0_ge_1. destruct cz_ge as (C1 & C2 & _). pose proof (size1_ge_1 d z) as Hs. unfold Z0, Z.
  repeat split; nra.
Qed.

Lemma small_m z i : (i < d)%nat -> Rabs (m_step x i z) <= eta * r * Z0 z.
Proof.
  intros Hi. eapply Rle_trans; [apply (lin_small d K3 eta sigma0 r c1 Gm Gf); auto using r_ge_1|].
  pose proof r_ge_1. pose proof (size1_ge_1 d z). apply Rmult_le_compat_l. apply Rmult_le_pos; lra.
  unfold Z0. apply Rmult_le_compat_r. lra. unfold cz0, lin_size. pose proof A_pos. nra.
Qed.
Lemma small_u z i : (i < d)%nat -> Rabs (u_step x i z) <= eta ^ 2 * Q x * Z0 z ^ 2.
Proof.
  intros Hi. rewrite <- r_sq.
  eapply Rle_trans; [apply (sqr_small d K3 w eta sigma0 c2 r c1 Gm Gf); auto using r_ge_1; lra|].
  pose proof r_ge_1. pose proof (size1_ge_1 d z). pose proof A_pos as HA. destruct pos as (P1 & P2 & _).
  apply Rmult_le_compat_l. apply Rmult_le_pos; apply pow2_ge_0.
  apply pow_incr. unfold sqr_size, Z0. set (A := Gf / sigma0) in *. assert (0 <= (1 + c2) * (A + 2)) by (apply Rmult_le_pos; lra).
  split. apply Rmult_le_pos; lra. apply Rmult_le_compat_r. lra. unfold cz0. fold A. nra.
Qed.
Lemma new_m z i : (i < d)%nat -> Rabs (x (Mm i) + m_step x i z) <= 2 * r * Z0 z.
Proof.
  intros Hi. pose proof r_ge_1. destruct (Z0_Z z) as (Z1 & _). replace (2 * r * Z0 z) with (r * Z0 z + r * Z0 z) by ring.
  apply abs_plus_le.
  - eapply Rle_trans; [now apply m_bound|]. nra.
  - eapply Rle_trans; [now apply small_m|]. assert (0 <= r * Z0 z) by (apply Rmult_le_pos; lra). nra.
Qed.
Lemma small_theta z i : (i < d)%nat -> Rabs (incr k x z (Th i)) <= h * (r * Z z).
Proof.
  intros Hi. simpl. pose proof h_unit. pose proof r_ge_1 as Hr. destruct (Z0_Z z) as (Z1 & Z2 & Z3). apply abs_opp_le. apply abs_mult_le. apply abs_pos_le; lra.
  apply Rle_trans with (R0 * (2 * r * Z0 z) + lambda0 * r).
  - apply abs_plus_le; apply abs_mult_le; auto using rho_bound, new_m; apply abs_pos_le; lra.
  - apply Rle_trans with (r * ((2 * R0 + lambda0) * Z0 z)).
    + assert (lambda0 * r * 1 <= lambda0 * r * Z0 z) by (apply Rmult_le_compat_l; auto; apply Rmult_le_pos; lra). lra.
    + apply Rmult_le_compat_l; lra.
Qed.

(* Change of the preconditioned momentum within the step. *)
Lemma dir_change z i : (i < d)%nat ->
  Rabs (dir k x i z - rho k (x (Uu i)) * x (Mm i) - rho k (x (Uu i)) * m_step x i z) <= 2 * R1 * h * (r * Q x * Z0 z ^ 3).
Proof.
  intros Hi. unfold dir.
  replace (_ - _ - _) with ((rho k (x (Uu i) + u_step x i z) - rho k (x (Uu i))) * (x (Mm i) + m_step x i z)) by ring.
  replace (2 * R1 * h * (r * Q x * Z0 z ^ 3)) with (R1 * (eta ^ 2 * Q x * Z0 z ^ 2) * (2 * r * Z0 z)) by (unfold h; ring).
  apply abs_mult_le; auto using new_m.
  eapply Rle_trans; [apply rho_lip; auto|]. apply Rmult_le_compat_l. lra.
  replace (x (Uu i) + u_step x i z - x (Uu i)) with (u_step x i z) by ring. now apply small_u.
Qed.

Lemma Z_int : intg (law x) (fun z => Z z ^ (2 * w)) /\ ex (law x) (fun z => Z z ^ (2 * w)) <= mu_Z.
Proof.
  assert (E : forall z, cz ^ (2 * w) * size1 d z ^ (2 * w) = Z z ^ (2 * w)) by (intros; unfold Z; now rewrite Rpow_mult_distr).
  split.
  - eapply intg_ext; [apply E|]. apply intg_scal, (nz_intm _ _ _ _ _ _ nz).
  - rewrite <- (ex_ext _ _ _ E), ex_scal by apply (nz_intm _ _ _ _ _ _ nz).
    apply Rmult_le_compat_l. apply pow_le. pose proof cz_ge; lra. apply (nz_moment _ _ _ _ _ _ nz).
Qed.
Lemma mu_pos : 0 <= mu_Z.
Proof. destruct Z_int as (I1 & E1). eapply Rle_trans; [|apply E1]. apply ex_ge_const; auto. intros z. apply pow_le. pose proof (Z_ge_1 z). lra. Qed.

(* A random variable below c Z^j has expectation below c mu. *)
Lemma ex_Z f c j : (j <= 2 * w)%nat -> 0 <= c -> intg (law x) f -> (forall z, Rabs (f z) <= c * Z0 z ^ j) -> Rabs (ex (law x) f) <= c * mu_Z.
Proof.
  intros Hj Hc If Hf. destruct Z_int as (I1 & E1).
  apply Rle_trans with (c * ex (law x) (fun z => Z z ^ (2 * w))); [|now apply Rmult_le_compat_l].
  rewrite <- ex_scal by auto. apply ex_abs; auto using intg_scal. intros z. eapply Rle_trans; [apply Hf|].
  apply Rmult_le_compat_l; auto. destruct (Z0_Z z) as (Z1 & Z2 & _).
  apply Rle_trans with (Z z ^ j). apply pow_incr; lra. apply Rle_pow; auto. apply Z_ge_1.
Qed.

Let p3 := powers w r w1 r_ge_1.
Let rho0 i := rho k (x (Uu i)).
Let rho0_bound i : (i < d)%nat -> Rabs (rho0 i) <= R0. Proof. intros; unfold rho0; now apply rho_bound; auto. Qed.
Let m_mean i (Hi : (i < d)%nat) := mom_lin _ _ _ _ _ _ _ _ _ (fun _ => c1) (fun i => F i x - x (Mm i)) nz i Hi.

Lemma m_mean_bound i : (i < d)%nat -> Rabs (ex (law x) (m_step x i)) <= c1 * Gm * h * r.
Proof.
  intros Hi. destruct (m_mean i Hi) as (_ & E1). unfold m_step. rewrite E1.
  replace (c1 * Gm * h * r) with (h * (c1 * (Gm * r))) by ring.
  apply abs_mult_le. apply abs_pos_le, pow2_ge_0. apply abs_mult_le; auto. apply abs_pos_le; lra.
Qed.

Lemma mom_theta i : (i < d)%nat ->
  intg (law x) (fun z => incr k x z (Th i)) /\
  Rabs (ex (law x) (fun z => incr k x z (Th i)) - h * - (rhobar (INR (S k) * h) (x (Uu i)) * x (Mm i) + lambda0 * x (Th i)))
    <= k_theta * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi. destruct (dir_int k x i i k_range x_dom Hi Hi) as (I1 & _ & _). destruct (m_mean i Hi) as (I2 & _).
  assert (HQ : 1 <= Q x) by apply quad_ge_1.
  pose proof h_unit as Hh. pose proof mu_pos as Hmu. destruct p3 as (q1 & _ & _ & q4 & _ & q6 & _). rewrite r_sq in q1, q4, q6. pose proof r_ge_1 as Hr.
  set (rb := rhobar (INR (S k) * h) (x (Uu i))).
  assert (IT : intg (law x) (fun z => incr k x z (Th i))).
  { apply (intg_ext _ (fun z => - h * dir k x i z + - (h * (lambda0 * x (Th i))))). intros; simpl; ring. apply intg_plus; auto using intg_scal, intg_const. }
  split; auto.
  set (f := fun z => dir k x i z - rb * x (Mm i) - rho0 i * m_step x i z).
  assert (If : intg (law x) f). { unfold f. apply intg_minus; [apply intg_minus|]; auto using intg_const, intg_scal. }
  assert (E : ex (law x) (fun z => incr k x z (Th i)) - h * - (rb * x (Mm i) + lambda0 * x (Th i))
    = - (h * (ex (law x) f + rho0 i * ex (law x) (m_step x i)))).
  { unfold f. rewrite ex_minus, ex_minus, ex_const, ex_scal by (try apply intg_minus; auto using intg_const, intg_scal).
    rewrite (ex_ext _ _ (fun z => - h * dir k x i z + - (h * (lambda0 * x (Th i)))) ) by (intros; simpl; ring).
    rewrite ex_plus, ex_scal, ex_const by (auto using intg_scal, intg_const). ring. }
  rewrite E. apply abs_opp_le.
  replace (k_theta * h ^ 2 * Q x ^ 3) with (h * ((2 * R1 + R2) * h * Q x ^ 3 * mu_Z + R0 * (c1 * Gm * h * Q x ^ 3))) by (unfold k_theta; ring).
  assert (Hp : 0 <= c1 * Gm) by (destruct pos as (? & ? & _); now apply Rmult_le_pos).
  apply abs_mult_le. apply abs_pos_le; lra. apply abs_plus_le.
  - apply (ex_Z f _ 3); auto. { unfold w; lia. } { mpos. }
    intros z. destruct (Z0_Z z) as (Z1 & _). assert (Z3 : 1 <= Z0 z ^ 3) by now apply pow_ge_1.
    replace (f z) with ((dir k x i z - rho0 i * x (Mm i) - rho0 i * m_step x i z) + (rho0 i - rb) * x (Mm i)) by (unfold f; ring).
    apply Rle_trans with (2 * R1 * h * (r * Q x * Z0 z ^ 3) + R2 * h * r).
    + apply abs_plus_le. now apply dir_change. apply abs_mult_le; auto. now apply rho_limit; auto.
    + replace ((2 * R1 + R2) * h * Q x ^ 3 * Z0 z ^ 3) with (2 * R1 * h * (Q x ^ 3 * Z0 z ^ 3) + R2 * h * (Q x ^ 3 * Z0 z ^ 3)) by ring.
      apply Rplus_le_compat; apply Rmult_le_compat_l; try mpos.
      * apply Rmult_le_compat_r; lra.
      * nra.
  - apply abs_mult_le; auto. eapply Rle_trans; [now apply m_mean_bound|]. apply Rmult_le_compat_l; auto. apply Rmult_le_pos; lra.
Qed.

Lemma mom_mtheta i j : (i < d)%nat -> (j < d)%nat ->
  intg (law x) (fun z => m_step x j z * incr k x z (Th i)) /\
  Rabs (ex (law x) (fun z => m_step x j z * incr k x z (Th i))) <= k_mtheta * h ^ 2 * Q x ^ 3.
Proof.
  intros Hi Hj. destruct (dir_int k x i j k_range x_dom Hi Hj) as (_ & I1 & _). destruct (m_mean j Hj) as (I2 & _).
  assert (HQ : 1 <= Q x) by apply quad_ge_1.
  pose proof h_unit as Hh. pose proof mu_pos as Hmu. destruct p3 as (q1 & q2 & _ & q4 & q5 & q6 & q7). rewrite r_sq in q1, q2, q4, q5, q6, q7. pose proof r_ge_1 as Hr.
  set (b := rho0 i * x (Mm i) + lambda0 * x (Th i)).
  set (g := fun z => dir k x i z * m_step x j z - rho0 i * x (Mm i) * m_step x j z).
  assert (Ig : intg (law x) g) by (apply intg_minus; auto using intg_scal).
  assert (Eq : forall z, - h * g z + - h * b * m_step x j z = m_step x j z * incr k x z (Th i)) by (intros z; unfold g, b; simpl; ring).
  split. { eapply intg_ext; [apply Eq|]. apply intg_plus; auto using intg_scal. }
  rewrite <- (ex_ext _ _ _ Eq), ex_plus, !ex_scal by auto using intg_scal.
  replace (k_mtheta * h ^ 2 * Q x ^ 3) with (h * ((2 * R1 + R0) * h * Q x ^ 3 * mu_Z) + h * ((R0 + lambda0) * (c1 * Gm * h * Q x ^ 3))) by (unfold k_mtheta; ring).
  assert (Hp : 0 <= c1 * Gm) by (destruct pos as (? & ? & _); now apply Rmult_le_pos).
  apply abs_plus_le.
  - apply abs_mult_le. rewrite Rabs_Ropp. apply abs_pos_le; lra.
    apply (ex_Z g _ 4); auto. { unfold w; lia. } { mpos. }
    intros z. destruct (Z0_Z z) as (Z1 & _).
    replace (g z) with (((dir k x i z - rho0 i * x (Mm i) - rho0 i * m_step x i z) + rho0 i * m_step x i z) * m_step x j z) by (unfold g; ring).
    assert (Q3 : r ^ 2 * Q x <= Q x ^ 3). { rewrite r_sq. replace (Q x * Q x) with (Q x ^ 2) by ring. apply Rle_pow; auto. }
    apply Rle_trans with ((2 * R1 * h * (r * Q x * Z0 z ^ 3) + R0 * (eta * r * Z0 z)) * (eta * r * Z0 z)).
    + apply abs_mult_le; auto using small_m. apply abs_plus_le. now apply dir_change. apply abs_mult_le; auto using small_m.
    + assert (z3 : 1 <= Z0 z ^ 3) by now apply pow_ge_1. assert (z2 : 1 <= Z0 z ^ 2) by now apply pow_ge_1.
      assert (hh : eta * h <= h) by nra.
      apply Rle_trans with (2 * R1 * h * (r ^ 2 * Q x * Z0 z ^ 4) + R0 * h * (r ^ 2 * Z0 z ^ 2)).
      * replace ((2 * R1 * h * (r * Q x * Z0 z ^ 3) + R0 * (eta * r * Z0 z)) * (eta * r * Z0 z))
          with (2 * R1 * (eta * h) * (r ^ 2 * Q x * Z0 z ^ 4) + R0 * h * (r ^ 2 * Z0 z ^ 2)) by (unfold h; ring).
        apply Rplus_le_compat_r. apply Rmult_le_compat_r.
        { mpos. } apply Rmult_le_compat_l; lra.
      * replace ((2 * R1 + R0) * h * Q x ^ 3 * Z0 z ^ 4) with (2 * R1 * h * (Q x ^ 3 * Z0 z ^ 4) + R0 * h * (Q x ^ 3 * Z0 z ^ 4)) by ring.
        assert (z4 : 1 <= Z0 z ^ 4) by now apply pow_ge_1. assert (z24 : Z0 z ^ 2 <= Z0 z ^ 4) by (apply Rle_pow; auto; lia).
        apply Rplus_le_compat; apply Rmult_le_compat_l; try mpos.
        { apply Rmult_le_compat_r; lra. } { rewrite r_sq. apply Rmult_le_compat; lra. }
  - replace (- h * b * ex (law x) (m_step x j)) with (- h * (b * ex (law x) (m_step x j))) by ring.
    apply abs_mult_le. rewrite Rabs_Ropp. apply abs_pos_le; lra.
    apply Rle_trans with ((R0 * r + lambda0 * r) * (c1 * Gm * h * r)).
    + apply abs_mult_le; [|now apply m_mean_bound]. apply abs_plus_le; apply abs_mult_le; auto. apply abs_pos_le; lra.
    + replace ((R0 * r + lambda0 * r) * (c1 * Gm * h * r)) with ((R0 + lambda0) * (c1 * Gm * h * r ^ 2)) by ring.
      apply Rmult_le_compat_l. lra. rewrite r_sq. apply Rmult_le_compat_l; auto. apply Rmult_le_pos; lra.
Qed.

Let M := m_step x.
Let V := u_step x.
Let k1 := def_sqr sigma0 c2 Gf.
Let k2 := def_ll c1 Gm.
Let k3 := def_ls m K3 sigma0 c2 c1 Gm Gf.
Let k4 := def_lll m K3 sigma0 c1 Gm.
Lemma k_pos : 0 <= k1 /\ 0 <= k2 /\ 0 <= k3 /\ 0 <= k4 /\ 0 <= k_theta /\ 0 <= k_mtheta.
Proof.
  pose proof mu_pos. destruct pos as (P1 & P2 & _). destruct (defects_pos _ _ _ _ _ _ _ _ _ _ _ _ _ (proj1 (proj2 c_pos)) pos nz) as (D1 & D2 & D3 & D4).
  repeat split; auto; unfold k_theta, k_mtheta; mpos.
Qed.

Lemma moment_match l : incl l idx -> l <> nil -> (degl deg l < 4)%nat ->
  intg (law x) (fun z => prodv l (incr k x z)) /\
  Rabs (ex (law x) (fun z => prodv l (incr k x z)) - h * mom limit (INR (S k) * h) l x) <= kappa consts * h ^ 2 * Q x ^ 3.
Proof.
  intros Hl Hn Hd. assert (Hc : forall c, In c l -> match c with Th i | Mm i | Uu i => (i < d)%nat end) by (intros; apply in_idx; auto).
  pose proof r_ge_1 as HR1. pose proof r_sq as HR2. destruct k_pos as (K1 & K2 & K3' & K4 & K5 & K6).
  assert (hq : 0 <= h ^ 2 * Q x ^ 3) by (rewrite <- HR2; mpos).
  assert (fin : forall f a v, intg (law x) f /\ Rabs (ex (law x) f - v) <= a * h ^ 2 * (r ^ 2) ^ 3 ->
    (forall z, prodv l (incr k x z) = f z) -> h * mom limit (INR (S k) * h) l x = v -> a <= kappa consts ->
    intg (law x) (fun z => prodv l (incr k x z)) /\
    Rabs (ex (law x) (fun z => prodv l (incr k x z)) - h * mom limit (INR (S k) * h) l x) <= kappa consts * h ^ 2 * Q x ^ 3).
  { intros f a v (If & Ef) Hf -> Ha. split.
    - eapply intg_ext; [intros z; symmetry; apply Hf | auto].
    - rewrite (ex_ext _ _ f Hf). eapply Rle_trans; [apply Ef|]. rewrite HR2, !(Rmult_assoc _ (h ^ 2)). now apply Rmult_le_compat_r. }
  assert (zero : forall f a, intg (law x) f /\ Rabs (ex (law x) f) <= a -> intg (law x) f /\ Rabs (ex (law x) f - 0) <= a)
    by (intros f a (H1 & H2); now rewrite Rminus_0_r).
  assert (kap : kappa consts = k1 + k2 + k3 + k4 + k_theta + k_mtheta) by reflexivity.
  destruct l as [|[i|i|i] [|[j|j|j] [|[n|n|n] [|[c|c|c] l]]]]; simpl degl in Hd; try lia; try easy;
    try assert (Hi := Hc _ (in_eq _ _)); try assert (Hj := Hc _ (in_cons _ _ _ (in_eq _ _)));
    try assert (Hk := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))); simpl in Hi; try simpl in Hj; try simpl in Hk.
  - apply (fin (fun z => incr k x z (Th i)) k_theta (h * - (rhobar (INR (S k) * h) (x (Uu i)) * x (Mm i) + lambda0 * x (Th i)))).
    + rewrite HR2. now apply mom_theta.
    + intros z. cbn [prodv]. ring.
    + reflexivity.
    + rewrite kap; lra.
  - apply (fin (fun z => m_step x j z * incr k x z (Th i)) k_mtheta 0).
    + apply zero. rewrite HR2. now apply mom_mtheta.
    + intros z. cbn [prodv]. simpl (incr k x z (Mm j)). ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (M i) 0 (h * (c1 * (F i x - x (Mm i))))).
    + destruct (m_mean i Hi) as (I1 & E1). split; auto.
      unfold M at 1, m_step at 1. unfold h. rewrite E1, Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
    + intros z. unfold M. simpl. ring.
    + reflexivity.
    + rewrite kap; lra.
  - apply (fin (fun z => m_step x i z * incr k x z (Th j)) k_mtheta 0).
    + apply zero. rewrite HR2. now apply mom_mtheta.
    + intros z. cbn [prodv]. simpl (incr k x z (Mm i)). ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (fun z => M i z * M j z) k2 (h * (c1 * c1 * sigma0 ^ 2 * Sig x i j))).
    + now apply (mom_ll (law x) d (Sig x) m K3 w eta sigma0 r c1 Gm Gf (fun _ => c1)).
    + intros z. unfold M. cbn [prodv incr]. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (fun z => M i z * M j z * M n z) k4 0).
    + apply zero. now apply (mom_lll (law x) d (Sig x) m K3 w eta sigma0 r c1 Gm Gf (fun _ => c1)).
    + intros z. unfold M. cbn [prodv incr]. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (fun z => M i z * V j z) k3 0).
    + apply zero. now apply (mom_ls (law x) d (Sig x) m K3 w eta sigma0 c2 r c1 Gm Gf (fun _ => c1)).
    + intros z. unfold M, V. cbn [prodv incr]. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (V i) k1 (h * (c2 * (Sig x i i - x (Uu i))))).
    + now apply (mom_sqr (law x) d (Sig x) m K3 w eta sigma0 c2 r Gf).
    + intros z. unfold V. cbn [prodv incr]. ring.
    + reflexivity.
    + rewrite kap; lra.
  - apply (fin (fun z => M j z * V i z) k3 0).
    + apply zero. now apply (mom_ls (law x) d (Sig x) m K3 w eta sigma0 c2 r c1 Gm Gf (fun _ => c1)).
    + intros z. unfold M, V. cbn [prodv incr]. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
Qed.

Lemma int_u i : (i < d)%nat -> intg (law x) (fun z => incr k x z (Uu i)).
Proof.
  intros Hi. apply (mom_sqr (law x) d (Sig x) m K3 w eta sigma0 c2 r Gf (fun i => F i x) (fun i => x (Uu i))); auto using r_ge_1; lra.
Qed.
Lemma int_sq c : In c sq -> intg (law x) (fun z => incr k x z c) /\ intg (law x) (fun z => incr k x z c * incr k x z c).
Proof.
  intros Hc. destruct (sq_inv c Hc) as (i & [-> | ->] & Hi).
  - destruct (dir_int k x i i k_range x_dom Hi Hi) as (I1 & _ & I3). split. now apply mom_theta.
    set (b := lambda0 * x (Th i)).
    apply (intg_ext _ (fun z => h ^ 2 * (dir k x i z * dir k x i z) + (2 * b * h ^ 2 * dir k x i z + h ^ 2 * b ^ 2))).
    + intros z. unfold incr, b. ring.
    + apply intg_plus; [|apply intg_plus]; auto using intg_scal, intg_const.
  - split. now apply m_mean. apply (intg_ext _ (fun z => prodv [Mm i; Mm i] (incr k x z))). intros; simpl; ring.
    assert (HI : In (Mm i) idx) by (apply (in_idx (Mm i)); exact Hi).
    apply moment_match. repeat apply incl_cons; auto using incl_nil_l. discriminate. simpl; lia.
Qed.
Lemma small_sq z c : In c sq -> Rabs (incr k x z c) <= eta * r * Z z.
Proof.
  intros Hc. pose proof r_ge_1. pose proof h_unit. destruct (Z0_Z z) as (Z1 & Z2 & _).
  assert (rz : 0 <= r * Z z) by mpos. destruct (sq_inv c Hc) as (i & [-> | ->] & Hi).
  - eapply Rle_trans; [now apply small_theta|]. rewrite Rmult_assoc. apply Rmult_le_compat_r; auto. unfold h. simpl; nra.
  - eapply Rle_trans; [now apply small_m|]. apply Rmult_le_compat_l; auto. mpos.
Qed.
Lemma small_us z c : In c us -> Rabs (incr k x z c) <= eta ^ 2 * Q x * Z z ^ 2.
Proof.
  intros Hc. destruct (of_inv _ _ Hc) as (i & -> & Hi). destruct (Z0_Z z) as (Z1 & Z2 & _). pose proof (quad_ge_1 sq us x).
  eapply Rle_trans; [now apply small_u|]. apply Rmult_le_compat_l. unfold Q; mpos. apply pow_incr; lra.
Qed.
Lemma mean_sq c : In c sq -> Rabs (ex (law x) (fun z => incr k x z c)) <= (c1 * Gm + mu_Z) * eta ^ 2 * r.
Proof.
  intros Hc. pose proof r_ge_1. pose proof h_unit. pose proof mu_pos. destruct pos as (P1 & P2 & _).
  destruct (sq_inv c Hc) as (i & [-> | ->] & Hi).
  - destruct Z_int as (I1 & E1). apply Rle_trans with (ex (law x) (fun z => h * r * Z z ^ (2 * w))).
    + apply ex_abs. now apply int_sq. now apply intg_scal. intros z. eapply Rle_trans; [now apply small_theta|].
      rewrite Rmult_assoc. apply Rmult_le_compat_l. lra. apply Rmult_le_compat_l. lra.
      rewrite <- (pow_1 (Z z)) at 1. apply Rle_pow. apply Z_ge_1. unfold w; lia.
    + rewrite ex_scal by auto. apply Rle_trans with (h * r * mu_Z). apply Rmult_le_compat_l; auto. mpos.
      replace ((c1 * Gm + mu_Z) * eta ^ 2 * r) with (h * r * (c1 * Gm + mu_Z)) by (unfold h; ring).
      apply Rmult_le_compat_l. mpos. assert (0 <= c1 * Gm) by mpos. lra.
  - eapply Rle_trans; [now apply m_mean_bound|].
    replace ((c1 * Gm + mu_Z) * eta ^ 2 * r) with ((c1 * Gm + mu_Z) * h * r) by (unfold h; ring).
    apply Rmult_le_compat_r. lra. apply Rmult_le_compat_r; lra.
Qed.
Lemma sign_us z c : In c us -> 0 <= x c /\ 0 <= x c + incr k x z c.
Proof. intros Hc. destruct (of_inv _ _ Hc) as (i & -> & Hi). pose proof (x_dom i Hi). pose proof (u_new z i Hi). unfold incr. lra. Qed.
End Step.

Theorem adam_regular : regular idx deg Q Dom limit h consts k0 N Inv Z chain_steps.
Proof.
  pose proof h_unit as Hh. pose proof Z_ge_1 as HZ.
  split; try rewrite sqrt_h.
  - exact HZ.
  - intros k x Hx. now apply (Z_int k).
  - intros k x _ Hx. now apply (Z_int k).
  - intros k x z Hk Hx. apply Inv_step; auto; lia.
  - intros k x z s Hk Hx Hs. apply (Dom_along k); auto; lia.
  - intros k x z c Hk Hx Hc. apply in_app_iff in Hc. destruct c as [i|i|i]; simpl deg.
    + assert (Hi : (i < d)%nat) by (apply (in_idx (Th i)); now apply in_app_iff).
      eapply Rle_trans; [now apply small_theta|]. rewrite !Rpow_mult_distr, r_sq. fold h.
      pose proof (root_ge_1 sq us x) as R1'. pose proof (HZ z). assert (R2' := r_sq x). fold (Q x) in R1'.
      set (y := sqrt (Q x)) in *. rewrite <- R2'. replace (h * y ^ 2 * Z z ^ 2) with (h * (y * Z z * (y * Z z))) by ring.
      apply Rmult_le_compat_l. lra. assert (1 <= y * Z z) by nra. nra.
    + rewrite pow_1. apply (small_sq k x Hk Hx). apply in_sq_mm. apply (in_idx (Mm i)). now apply in_app_iff.
    + rewrite !Rpow_mult_distr, r_sq. apply (small_us k x Hk Hx). apply of_in. apply (in_idx (Uu i)). now apply in_app_iff.
  - intros k x l Hk Hx Hl Hd. destruct l as [|c l]. apply (intg_one (law x)). apply moment_match; auto. discriminate.
  - intros k x l Hk Hx Hl Hn Hd. apply (moment_match k x Hk Hx); auto.
  - intros k x z s Hk Hx Hs. apply (quad_along sq us eta); auto; try lra; intros c Hc. now apply (small_sq k x). now apply (small_us k x).
  - intros k x z Hk Hx. apply (quad_inc sq us eta); auto; try lra; intros c Hc. now apply (small_sq k x). now apply (small_us k x).
  - intros k x Hk Hx. apply (quad_int sq us (law x) x (incr k x)).
    + intros z c Hc. now apply sign_us.
    + intros c Hc. now apply int_sq.
    + intros c Hc. destruct (of_inv _ _ Hc) as (i & -> & Hi). now apply int_u.
  - intros k x Hk Hx. destruct (Z_int k x Hx) as (Z1 & Z2). pose proof (mu_pos k x Hx).
    apply (quad_mean sq us (law x) eta x (incr k x) Z w (c1 * Gm + mu_Z)); auto; try lra.
    + unfold w; lia.
    + unfold Gm; mpos.
    + intros z c Hc. now apply (small_sq k x).
    + intros z c Hc. now apply (small_us k x).
    + intros z c Hc. now apply sign_us.
    + intros c Hc. now apply int_sq.
    + intros c Hc. destruct (of_inv _ _ Hc) as (i & -> & Hi). now apply int_u.
    + intros c Hc. now apply (mean_sq k x).
Qed.

Variables (M Mt T : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * h <= T.
Hypothesis U_ok : value idx deg Q Dom limit M Mt (INR k0 * h) T q J.
Hypothesis test_ok : admissible chain_steps Inv test.
Hypothesis test_value : forall k, (k0 <= k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q x ^ w).

(* E phi after n steps from step k0. *)
Definition En (n : nat) (phi : X -> R) (x : X) : R := expected chain_steps k0 n phi x.
Definition adam_constant := local_constant idx deg consts M Mt * T * exp (growth_rate consts * T).

Theorem adam_weak n x : (k0 + n = N)%nat -> Inv k0 x ->
  Rabs (En n (J (INR N * h) nil) x - J (INR k0 * h) nil x) <= adam_constant * Q x ^ w * eta ^ 2.
Proof.
  intros Hn Hx. pose proof h_unit as Hh. pose proof (mu_pos k0 x Hx) as Hm. pose proof (size_pos sq us). destruct c_pos as (P1 & P2 & P3).
  assert (C0 : 0 <= kappa consts /\ 0 <= mu consts /\ 0 <= kq consts /\ 0 <= cq consts /\ 1 <= cseg consts).
  { destruct (k_pos k0 x Hx) as (? & ? & ? & ? & ? & ?).
    assert (0 <= Gm) by (unfold Gm; lra).
    unfold consts; cbn [kappa mu kq cq cseg]. repeat split; auto; try lra. mpos. }
  assert (W := graded_weak_order1 idx deg Q Dom limit h consts k0 N Inv Z chain_steps Hh).
  specialize (W (fun x => quad_ge_1 _ _ x)).
  specialize (W ltac:(intros t [i|i|i] [j|j|j] y Hd; simpl in *; auto; lia)).
  specialize (W ltac:(intros [i|i|i]; simpl; lia) C0 adam_regular M Mt T J M_pos U_ok T_end test test_ok test_value test_weight).
  assert (Hl : INR n * h <= T).
  { eapply Rle_trans; [|apply T_end]. apply Rmult_le_compat_r. lra. apply le_INR. lia. }
  specialize (W k0 n x T (Nat.le_refl k0) ltac:(lia) Hl Hx). rewrite Hn in W.
  unfold En, adam_constant.
  eapply Rle_trans; [apply W|]. apply Req_le. unfold h, w, weight. simpl growth. ring.
Qed.
End Adam.
