(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* RMSprop (MLPA Def. 2.2) in d dimensions is an order-1 weak approximation of its SDE (MLPA Thm 4.2):
     d theta = -P(u)^-1 (grad f dt + sigma0 Sigma(theta)^1/2 dW),  du = c2 (diag Sigma(theta) - u) dt,
   P(u) = sigma0 sqrt u + eps0, u = v / sigma^2. Noise with moments and low skewness, Sigma depends on theta. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise moments.
Import ListNotations.
Open Scope R_scope.

Inductive coord := Th (i : nat) | Uu (i : nat).
Definition deg (c : coord) : nat := match c with Th _ => 1 | Uu _ => 2 end.
Notation X := (@state coord).

Section RMSprop.
Variable d : nat.
Definition thetas := map Th (seq 0 d).
Definition us := map Uu (seq 0 d).
Definition idx := thetas ++ us.
Definition Q (x : X) := quad thetas us x.

Lemma in_thetas i : In (Th i) thetas <-> (i < d)%nat.
Proof. unfold thetas. rewrite in_map_iff. split. intros (j & E & H). injection E as <-. apply in_seq in H; lia. intros H. exists i; split; auto. apply in_seq; lia. Qed.
Lemma in_us i : In (Uu i) us <-> (i < d)%nat.
Proof. unfold us. rewrite in_map_iff. split. intros (j & E & H). injection E as <-. apply in_seq in H; lia. intros H. exists i; split; auto. apply in_seq; lia. Qed.
Lemma thetas_inv c : In c thetas -> exists i, c = Th i /\ (i < d)%nat.
Proof. unfold thetas. rewrite in_map_iff. intros (i & <- & H). exists i; split; auto. apply in_seq in H; lia. Qed.
Lemma us_inv c : In c us -> exists i, c = Uu i /\ (i < d)%nat.
Proof. unfold us. rewrite in_map_iff. intros (i & <- & H). exists i; split; auto. apply in_seq in H; lia. Qed.
Lemma in_idx c : In c idx -> match c with Th i | Uu i => (i < d)%nat end.
Proof. unfold idx. rewrite in_app_iff. intros [H|H]; [apply thetas_inv in H | apply us_inv in H]; destruct H as (i & -> & Hi); auto. Qed.

Variables (eta sigma0 eps0 c2 umin Gf K3 m : R) (q N : nat).
Let h := eta ^ 2.
Let w := (q + 3)%nat.
Variable F : nat -> X -> R.                       (* gradient of the loss at theta *)
Variable Sig : X -> nat -> nat -> R.              (* covariance of the noise at theta *)
Variable law : X -> expectation (nat -> R).       (* law of the noise at theta *)

Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis decay : c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K3_pos : 0 <= K3.

Definition P (u : R) := sigma0 * sqrt u + eps0.
Definition Dom (x : X) := forall i, (i < d)%nat -> umin <= x (Uu i).
(* With N - k steps to go the second moment cannot fall below umin any more. *)
Definition Inv (k : nat) (x : X) := forall i, (i < d)%nat -> umin <= (1 - c2 * h) ^ (N - k) * x (Uu i).

(* The gradient grows at most linearly; the third moments of the noise are O(1/sigma), sigma = sigma0/eta. *)
Hypothesis F_growth : forall x i, Dom x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, Dom x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q x ^ 3) m w.

Definition incr (x : X) (z : nat -> R) : X := fun c =>
  match c with
  | Th i => - (h * F i x + eta * sigma0 * z i) / P (x (Uu i))
  | Uu i => c2 * h * ((eta * F i x / sigma0 + z i) ^ 2 - x (Uu i))
  end.
Definition chain_steps : @steps coord (nat -> R) := {| scheme.law := fun _ => law; inc := fun _ => incr |}.

Definition limit : @generator coord := {|
  drift := fun _ c x => match c with
    | Th i => - F i x / P (x (Uu i))
    | Uu i => c2 * (Sig x i i - x (Uu i)) end;
  diffu := fun _ a b x => match a, b with
    | Th i, Th j => sigma0 ^ 2 * Sig x i j / (P (x (Uu i)) * P (x (Uu j)))
    | _, _ => 0 end |}.

Definition pmax := / (sigma0 * sqrt umin + eps0).
Definition cz := 1 + pmax * (Gf + sigma0) + (1 + c2) * (Gf / sigma0 + 2).
Definition Z (z : nat -> R) := cz * size1 d z.
Definition consts : constants := {|
  kappa := def_sqr sigma0 c2 Gf + def_ll pmax Gf + def_ls m K3 sigma0 c2 pmax Gf Gf + def_lll m K3 sigma0 pmax Gf;
  mu := cz ^ (2 * w) * m;
  kq := size thetas us * (2 * (pmax * Gf) + cz ^ (2 * w) * m);
  cq := 3 * size thetas us;
  cseg := 2 + 2 * size thetas us;
  growth := q |}.

Lemma h_unit : 0 < h <= 1. Proof. unfold h. simpl. nra. Qed.
Lemma sqrt_h : sqrt h = eta. Proof. unfold h. apply sqrt_pow2. lra. Qed.
Lemma pmax_pos : 0 < pmax.
Proof. apply Rinv_0_lt_compat. pose proof (sqrt_lt_R0 _ umin_pos). nra. Qed.
Lemma A_pos : 0 <= Gf / sigma0.
Proof. apply Rmult_le_pos; auto. left; now apply Rinv_0_lt_compat. Qed.
Lemma cz_ge_1 : 1 <= cz.
Proof. pose proof pmax_pos. pose proof A_pos. unfold cz. nra. Qed.
Lemma P_inv u : umin <= u -> 0 < P u /\ 0 <= / P u <= pmax.
Proof.
  intros Hu. assert (sqrt umin <= sqrt u) by now apply sqrt_le_1_alt. pose proof (sqrt_lt_R0 _ umin_pos).
  assert (0 < sigma0 * sqrt umin) by nra. assert (sigma0 * sqrt umin <= sigma0 * sqrt u) by nra.
  unfold P, pmax. split. lra. split. left; apply Rinv_0_lt_compat; lra. apply Rinv_le_contravar; lra.
Qed.

Lemma Inv_Dom k x : Inv k x -> Dom x.
Proof.
  intros H i Hi. specialize (H i Hi).
  assert (A : 0 <= (1 - c2 * h) ^ (N - k) <= 1).
  { apply pow_le_1. pose proof h_unit. assert (0 <= c2 * h) by (apply Rmult_le_pos; lra). lra. }
  assert (0 < x (Uu i)). { destruct (Rle_lt_dec (x (Uu i)) 0); auto. assert (((1 - c2 * h) ^ (N - k)) * x (Uu i) <= 0) by nra. lra. }
  nra.
Qed.

Lemma step_keeps k x z i : (k < N)%nat -> Inv k x -> (i < d)%nat ->
  (1 - c2 * h) * x (Uu i) <= x (Uu i) + incr x z (Uu i).
Proof.
  intros Hk _ Hi. simpl. pose proof h_unit. pose proof (pow2_ge_0 (eta * F i x / sigma0 + z i)).
  assert (0 <= c2 * h * (eta * F i x / sigma0 + z i) ^ 2) by (apply Rmult_le_pos; [apply Rmult_le_pos|]; lra). lra.
Qed.

Lemma Inv_step k x z : (k < N)%nat -> Inv k x -> Inv (S k) (add x (incr x z)).
Proof.
  intros Hk H i Hi. unfold add. eapply Rle_trans; [apply (H i Hi)|].
  replace (N - k)%nat with (S (N - S k)) by lia. simpl pow. rewrite (Rmult_comm (1 - c2 * h)), Rmult_assoc.
  apply Rmult_le_compat_l.
  - apply pow_le. lra.
  - now apply (step_keeps k).
Qed.

Lemma Dom_along k x z s : (k < N)%nat -> Inv k x -> 0 <= s <= 1 -> Dom (along x (incr x z) s).
Proof.
  intros Hk H Hs i Hi. pose proof (Inv_Dom _ _ H i Hi). pose proof (Inv_Dom _ _ (Inv_step k x z Hk H) i Hi).
  unfold along, add in *. nra.
Qed.

Section Step.
Variable x : X.
Hypothesis x_dom : Dom x.
Let r := sqrt (Q x).
Let e i := - / P (x (Uu i)).
Lemma r_ge_1 : 1 <= r. Proof. apply root_ge_1. Qed.
Lemma r_sq : r ^ 2 = Q x. Proof. apply root_sq. Qed.
Let nz : noise (law x) d (Sig x) (K3 * (eta / sigma0) * (r ^ 2) ^ 3) m w.
Proof. rewrite r_sq. now apply oracle. Qed.
Let w1 : (1 <= w)%nat. Proof. unfold w; lia. Qed.
Let pos : 0 <= pmax /\ 0 <= Gf /\ 0 <= Gf /\ 0 <= K3. Proof. pose proof pmax_pos. repeat split; lra. Qed.
Let e_bound i : (i < d)%nat -> Rabs (e i) <= pmax.
Proof. intros Hi. destruct (P_inv _ (x_dom i Hi)) as (_ & P1 & P2). unfold e. rewrite Rabs_Ropp, Rabs_pos_eq; lra. Qed.
Let F_bound i : (i < d)%nat -> Rabs (F i x) <= Gf * r. Proof. intros; now apply F_growth. Qed.
Let u_bound i : (i < d)%nat -> Rabs (x (Uu i)) <= r ^ 2.
Proof. intros. rewrite r_sq. apply quad_ab. now apply in_us. Qed.

Let L := lin eta sigma0 e (fun i => F i x).
Let V := sqr eta sigma0 c2 (fun i => F i x) (fun i => x (Uu i)).
Lemma incr_theta i z : incr x z (Th i) = L i z. Proof. unfold incr, L, lin, e, h, Rdiv. ring. Qed.
Lemma incr_u i z : incr x z (Uu i) = V i z. Proof. reflexivity. Qed.

Lemma small_theta z i : (i < d)%nat -> Rabs (incr x z (Th i)) <= eta * r * Z z.
Proof.
  intros Hi. rewrite incr_theta. eapply Rle_trans; [apply (lin_small d K3 eta sigma0 r pmax Gf Gf e (fun i => F i x)); auto using r_ge_1|].
  pose proof r_ge_1. pose proof (size1_ge_1 d z). apply Rmult_le_compat_l. apply Rmult_le_pos; lra.
  unfold Z. apply Rmult_le_compat_r. lra. unfold cz, lin_size. pose proof A_pos. nra.
Qed.
Lemma small_u z i : (i < d)%nat -> Rabs (incr x z (Uu i)) <= eta ^ 2 * Q x * Z z ^ 2.
Proof.
  intros Hi. rewrite incr_u. rewrite <- r_sq.
  eapply Rle_trans; [apply (sqr_small d K3 w eta sigma0 c2 r pmax Gf Gf); auto using r_ge_1|].
  pose proof r_ge_1. pose proof (size1_ge_1 d z). pose proof A_pos as HA. pose proof pmax_pos. pose proof h_unit as Hh.
  apply Rmult_le_compat_l. apply Rmult_le_pos; apply pow2_ge_0.
  apply pow_incr. unfold sqr_size, Z. set (A := Gf / sigma0) in *. assert (0 <= (1 + c2) * (A + 2)) by (apply Rmult_le_pos; lra).
  split. apply Rmult_le_pos; lra. apply Rmult_le_compat_r. lra. unfold cz. fold A. nra.
Qed.

Lemma mean_theta i : (i < d)%nat ->
  intg (law x) (fun z => incr x z (Th i)) /\ Rabs (ex (law x) (fun z => incr x z (Th i))) <= pmax * Gf * eta ^ 2 * r.
Proof.
  intros Hi. destruct (mom_lin _ _ _ _ _ _ _ _ _ e (fun i => F i x) nz i Hi) as (I1 & E1). split.
  - eapply intg_ext; [intros z; symmetry; apply incr_theta | exact I1].
  - rewrite (ex_ext _ _ _ (incr_theta i)). unfold L. rewrite E1.
    replace (pmax * Gf * eta ^ 2 * r) with (eta ^ 2 * (pmax * (Gf * r))) by ring.
    apply abs_mult_le. apply abs_pos_le, pow2_ge_0. apply abs_mult_le; auto.
Qed.

Let k1 := def_sqr sigma0 c2 Gf.
Let k2 := def_ll pmax Gf.
Let k3 := def_ls m K3 sigma0 c2 pmax Gf Gf.
Let k4 := def_lll m K3 sigma0 pmax Gf.
Lemma k_pos : 0 <= k1 /\ 0 <= k2 /\ 0 <= k3 /\ 0 <= k4.
Proof. apply (defects_pos _ _ _ _ _ _ _ _ _ _ _ _ _ c2_pos pos nz). Qed.
Lemma m_pos : 1 <= m. Proof. apply (m_ge_1 _ _ _ _ _ _ _ _ _ nz). Qed.

Lemma moment_match l : incl l idx -> l <> nil -> (degl deg l < 4)%nat ->
  intg (law x) (fun z => prodv l (incr x z)) /\
  Rabs (ex (law x) (fun z => prodv l (incr x z)) - h * mom limit 0 l x) <= kappa consts * h ^ 2 * Q x ^ 3.
Proof.
  intros Hl Hn Hd. assert (Hc : forall c, In c l -> match c with Th i | Uu i => (i < d)%nat end) by (intros; apply in_idx; auto).
  pose proof r_ge_1 as R1. pose proof r_sq as R2. destruct k_pos as (K1 & K2 & K3' & K4).
  assert (hq : 0 <= h ^ 2 * Q x ^ 3) by (rewrite <- R2; apply Rmult_le_pos; repeat apply pow_le; try lra; apply pow2_ge_0).
  assert (fin : forall f a v, intg (law x) f /\ Rabs (ex (law x) f - v) <= a * h ^ 2 * (r ^ 2) ^ 3 ->
    (forall z, prodv l (incr x z) = f z) -> h * mom limit 0 l x = v -> a <= kappa consts ->
    intg (law x) (fun z => prodv l (incr x z)) /\
    Rabs (ex (law x) (fun z => prodv l (incr x z)) - h * mom limit 0 l x) <= kappa consts * h ^ 2 * Q x ^ 3).
  { intros f a v (If & Ef) Hf -> Ha. split.
    - eapply intg_ext; [intros z; symmetry; apply Hf | auto].
    - rewrite (ex_ext _ _ f Hf). eapply Rle_trans; [apply Ef|]. rewrite R2, !(Rmult_assoc _ (h ^ 2)). now apply Rmult_le_compat_r. }
  assert (zero : forall f a, intg (law x) f /\ Rabs (ex (law x) f) <= a -> intg (law x) f /\ Rabs (ex (law x) f - 0) <= a)
    by (intros f a (H1 & H2); now rewrite Rminus_0_r).
  assert (kap : kappa consts = k1 + k2 + k3 + k4) by reflexivity.
  destruct l as [|[i|i] [|[j|j] [|[k|k] [|[c|c] l]]]]; simpl degl in Hd; try lia; try easy;
    try assert (Hi := Hc _ (in_eq _ _)); try assert (Hj := Hc _ (in_cons _ _ _ (in_eq _ _)));
    try assert (Hk := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))); simpl in Hi; try simpl in Hj; try simpl in Hk;
    unfold mom; cbn [drift diffu limit]; cbn [prodv] in fin.
  - apply (fin (L i) 0 (h * (e i * F i x))).
    + destruct (mom_lin _ _ _ _ _ _ _ _ _ e (fun i => F i x) nz i Hi) as (I1 & E1). split; auto.
      unfold L at 1. unfold h. rewrite E1, Rminus_diag_eq, Rabs_R0 by reflexivity. lra.
    + intros z. rewrite incr_theta. ring.
    + unfold mom; simpl. unfold e, Rdiv. ring.
    + rewrite kap; lra.
  - apply (fin (fun z => L i z * L j z) k2 (h * (e i * e j * sigma0 ^ 2 * Sig x i j))).
    + now apply (mom_ll (law x) d (Sig x) m K3 w eta sigma0 r pmax Gf Gf).
    + intros z. rewrite !incr_theta. ring.
    + unfold mom; simpl. unfold e. destruct (P_inv _ (x_dom i Hi)) as (P1 & _). destruct (P_inv _ (x_dom j Hj)) as (P2 & _). field. lra.
    + rewrite kap; lra.
  - apply (fin (fun z => L i z * L j z * L k z) k4 0).
    + apply zero. now apply (mom_lll (law x) d (Sig x) m K3 w eta sigma0 r pmax Gf Gf).
    + intros z. rewrite !incr_theta. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (fun z => L i z * V j z) k3 0).
    + apply zero. now apply (mom_ls (law x) d (Sig x) m K3 w eta sigma0 c2 r pmax Gf Gf).
    + intros z. rewrite incr_theta, incr_u. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
  - apply (fin (V i) k1 (h * (c2 * (Sig x i i - x (Uu i))))).
    + now apply (mom_sqr (law x) d (Sig x) m K3 w eta sigma0 c2 r Gf).
    + intros z. rewrite incr_u. ring.
    + reflexivity.
    + rewrite kap; lra.
  - apply (fin (fun z => L j z * V i z) k3 0).
    + apply zero. now apply (mom_ls (law x) d (Sig x) m K3 w eta sigma0 c2 r pmax Gf Gf).
    + intros z. rewrite incr_theta, incr_u. ring.
    + unfold mom; simpl. ring.
    + rewrite kap; lra.
Qed.

Lemma int_pair i : (i < d)%nat -> intg (law x) (fun z => incr x z (Th i) * incr x z (Th i)).
Proof.
  intros Hi. eapply intg_ext; [|apply (moment_match (Th i :: Th i :: nil))].
  - intros z. simpl. ring.
  - assert (In (Th i) idx) by (unfold idx; apply in_app_iff; left; now apply in_thetas). repeat apply incl_cons; auto. apply incl_nil_l.
  - discriminate.
  - simpl; lia.
Qed.
Lemma int_u i : (i < d)%nat -> intg (law x) (fun z => incr x z (Uu i)).
Proof.
  intros Hi. apply (mom_sqr (law x) d (Sig x) m K3 w eta sigma0 c2 r Gf (fun i => F i x) (fun i => x (Uu i))); auto using r_ge_1.
Qed.
End Step.

Lemma Z_moment x : Dom x -> intg (law x) (fun z => Z z ^ (2 * w)) /\ ex (law x) (fun z => Z z ^ (2 * w)) <= cz ^ (2 * w) * m.
Proof.
  intros Hx. pose proof (oracle x Hx) as nz.
  assert (E : forall z, cz ^ (2 * w) * size1 d z ^ (2 * w) = Z z ^ (2 * w)) by (intros; unfold Z; now rewrite Rpow_mult_distr).
  split.
  - eapply intg_ext; [apply E|]. apply intg_scal, (nz_intm _ _ _ _ _ _ nz).
  - rewrite <- (ex_ext _ _ _ E), ex_scal by apply (nz_intm _ _ _ _ _ _ nz).
    apply Rmult_le_compat_l. apply pow_le. pose proof cz_ge_1; lra. apply (nz_moment _ _ _ _ _ _ nz).
Qed.

Lemma consts_pos x : Dom x -> 0 <= kappa consts /\ 0 <= mu consts /\ 0 <= kq consts /\ 0 <= cq consts /\ 1 <= cseg consts.
Proof.
  intros Hx. pose proof A_pos. pose proof pmax_pos. pose proof cz_ge_1. pose proof (size_pos thetas us). assert (Hm := m_pos x Hx).
  assert (0 <= cz ^ (2 * w) * m) by (apply Rmult_le_pos; [apply pow_le|]; lra).
  assert (0 <= pmax * Gf) by (apply Rmult_le_pos; lra).
  destruct (k_pos x Hx) as (? & ? & ? & ?).
  unfold consts; cbn [kappa mu kq cq cseg]. repeat split; auto; try lra. apply Rmult_le_pos; lra.
Qed.

Theorem rmsprop_regular : regular idx deg Q Dom limit h consts 0 N Inv Z chain_steps.
Proof.
  pose proof h_unit as Hh. pose proof cz_ge_1 as Hcz.
  assert (HZ : forall z, 1 <= Z z). { intros z. unfold Z. pose proof (size1_ge_1 d z). nra. }
  assert (dsq : forall x z c, Dom x -> In c thetas -> Rabs (incr x z c) <= eta * sqrt (Q x) * Z z).
  { intros x z c Hx Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). now apply small_theta. }
  assert (dab : forall x z c, Dom x -> In c us -> Rabs (incr x z c) <= eta ^ 2 * Q x * Z z ^ 2).
  { intros x z c Hx Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply small_u. }
  assert (ei : forall i, (i < d)%nat -> In (Th i) idx /\ In (Uu i) idx).
  { intros i Hi. unfold idx. rewrite !in_app_iff. split; [left; now apply in_thetas | right; now apply in_us]. }
  split; try rewrite sqrt_h.
  - exact HZ.
  - intros k x Hx. now apply Z_moment, (Inv_Dom k).
  - intros k x _ Hx. now apply Z_moment, (Inv_Dom k).
  - intros k x z Hk Hx. apply Inv_step; auto; lia.
  - intros k x z s Hk Hx Hs. apply (Dom_along k); auto; lia.
  - intros k x z c Hk Hx Hc. apply Inv_Dom in Hx. apply in_idx in Hc. destruct c as [i|i]; simpl deg.
    + rewrite pow_1. now apply small_theta.
    + rewrite !Rpow_mult_distr, r_sq. now apply small_u.
  - intros k x l Hk Hx Hl Hd. destruct l as [|c l]. apply (intg_one (law x)). apply moment_match; auto. now apply (Inv_Dom k). discriminate.
  - intros k x l Hk Hx Hl Hn Hd. apply (moment_match x (Inv_Dom k x Hx)); auto.
  - intros k x z s Hk Hx Hs. apply Inv_Dom in Hx. apply (quad_along thetas us eta); auto; lra.
  - intros k x z Hk Hx. apply Inv_Dom in Hx. apply (quad_inc thetas us eta); auto; lra.
  - intros k x Hk Hx. assert (Dx := Inv_Dom _ _ Hx). apply (quad_int thetas us (law x) x (incr x)).
    + intros z c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). pose proof (Dx i Hi).
      pose proof (Inv_Dom _ _ (Inv_step k x z ltac:(lia) Hx) i Hi). unfold add in *. lra.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). split. now apply mean_theta. now apply int_pair.
    + intros c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply int_u.
  - intros k x Hk Hx. assert (Dx := Inv_Dom _ _ Hx). destruct (Z_moment x Dx) as (Z1 & Z2).
    apply (quad_mean thetas us (law x) eta x (incr x) Z w (pmax * Gf)); auto; try lra.
    + unfold w; lia.
    + pose proof pmax_pos. apply Rmult_le_pos; lra.
    + intros z c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). pose proof (Dx i Hi).
      pose proof (Inv_Dom _ _ (Inv_step k x z ltac:(lia) Hx) i Hi). unfold add in *. lra.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). split. now apply mean_theta. now apply int_pair.
    + intros c Hc. apply us_inv in Hc. destruct Hc as (i & -> & Hi). now apply int_u.
    + intros c Hc. apply thetas_inv in Hc. destruct Hc as (i & -> & Hi). now apply mean_theta.
Qed.

(* The theorem. J t nil = U(t,.) and J t l its partial derivatives (scheme.value lists what is asked of them).
   En n phi x = E phi(theta_n, u_n) from (theta_0, u_0) = x. *)
Variables (M Mt T : R) (J : R -> list coord -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * h <= T.
Hypothesis U_ok : value idx deg Q Dom limit M Mt 0 T q J.
Hypothesis test_ok : admissible chain_steps Inv test.
Hypothesis test_value : forall k, (k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_weight : test (fun x => Q x ^ w).

Definition En (n : nat) (phi : X -> R) (x : X) : R := expected chain_steps 0 n phi x.
Definition rmsprop_constant :=
  local_constant idx deg consts M Mt * T * exp (growth_rate consts * T).

Theorem rmsprop_weak x : Inv 0 x ->
  Rabs (En N (J (INR N * h) nil) x - J 0 nil x) <= rmsprop_constant * Q x ^ w * eta ^ 2.
Proof.
  intros Hx. pose proof h_unit as Hh. assert (C0 := consts_pos x (Inv_Dom 0 x Hx)).
  assert (W := graded_weak_order1 idx deg Q Dom limit h consts 0 N Inv Z chain_steps Hh).
  specialize (W (fun x => quad_ge_1 _ _ x)).
  specialize (W ltac:(intros t [i|i] [j|j] y Hd; simpl in *; auto; lia)).
  specialize (W ltac:(intros [i|i]; simpl; lia) C0 rmsprop_regular M Mt T J M_pos).
  specialize (W ltac:(simpl; rewrite Rmult_0_l; exact U_ok) T_end test test_ok ltac:(intros; apply test_value; lia) test_weight).
  specialize (W 0%nat N x T (Nat.le_refl 0) (Nat.le_refl N) T_end Hx).
  simpl (INR 0) in W. rewrite Rmult_0_l in W. unfold En, rmsprop_constant.
  eapply Rle_trans; [apply W|]. apply Req_le. unfold h, w, weight. simpl growth. ring.
Qed.
End RMSprop.

(* The increments are those of the algorithm itself: with sigma = sigma0/eta, eps = eps0/eta, beta = 1 - c2 eta^2,
   v = sigma^2 u and gradient g = F + sigma z. *)
Theorem rmsprop_rescaled eta sigma0 eps0 c2 u g F z : 0 < eta -> 0 < sigma0 -> 0 <= eps0 -> 0 < u ->
  let sigma := sigma0 / eta in let eps := eps0 / eta in let beta := 1 - c2 * eta ^ 2 in let v := sigma ^ 2 * u in
  g = F + sigma * z ->
  - (eta * g / (sqrt v + eps)) = - (eta ^ 2 * F + eta * sigma0 * z) / (sigma0 * sqrt u + eps0)
  /\ beta * v + (1 - beta) * g ^ 2 = sigma ^ 2 * (u + c2 * eta ^ 2 * ((eta * F / sigma0 + z) ^ 2 - u)).
Proof.
  intros He Hs Hp Hu sigma eps beta v ->.
  assert (sg : 0 < sigma) by (apply Rdiv_lt_0_compat; auto). pose proof (sqrt_lt_R0 _ Hu).
  assert (sv : sqrt v = sigma * sqrt u). { unfold v. rewrite sqrt_mult by (try apply pow2_ge_0; lra). rewrite sqrt_pow2; lra. }
  split.
  - rewrite sv. unfold eps, sigma. field. repeat split; try lra. nra.
  - unfold v, beta, sigma. field. lra.
Qed.
