(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* RMSprop's leading error coefficient in d dimensions: E phi(x_N) - E phi(X_T) = h int_0^T E psi_t(X_t) dt + O(h^2) with
   psi_t = (A2 - L0^2/2) U(t,.), A2 given by the h^2 parts of the increments' moments (rmsprop_second.v). *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise moments moments2 leading rmsprop rmsprop_second.
From Optcert.Weak Require sgd.
Import ListNotations.
Open Scope R_scope.

Lemma lip_of_derive (g : R -> R) a b B : a <= b -> (forall s, a <= s <= b -> exists l, is_derive g s l /\ Rabs l <= B) -> Rabs (g b - g a) <= B * (b - a).
Proof.
  intros Hab H. destruct (MVT_gen g a b (Derive g)) as (c & Hc & E); rewrite ?Rmin_left, ?Rmax_right in * by lra.
  - intros s Hs. destruct (H s ltac:(lra)) as (l & Hl & _). apply Derive_correct. now exists l.
  - intros s Hs. destruct (H s Hs) as (l & Hl & _). apply continuity_pt_filterlim, (ex_derive_continuous g). now exists l.
  - rewrite E. destruct (H c Hc) as (l & Hl & Bl). rewrite (is_derive_unique _ _ _ Hl). apply abs_mult_le; auto. apply abs_pos_le; lra.
Qed.

(* A value function with two more orders of smoothness than scheme.value asks, and derivatives that are Lipschitz in time. *)
Record value6 {I : Type} (idx : list I) (deg : I -> nat) (Q : @state I -> R) (Dom : @state I -> Prop) (G : @generator I) (M T : R) (q : nat)
    (J : R -> list I -> @state I -> R) : Prop := {
  v6_jet : forall t l x y, 0 <= t <= T -> incl l idx -> (degl deg l < 6)%nat -> (forall s, 0 <= s <= 1 -> Dom (along x y s)) ->
    diff_along idx (J t l) (fun i => J t (i :: l)) x y;
  v6_bound : forall t l x, 0 <= t <= T -> incl l idx -> l <> nil -> (degl deg (tl l) < 6)%nat -> Dom x -> Rabs (J t l x) <= M * Q x ^ q;
  v6_time : forall t x, 0 <= t <= T -> Dom x -> is_derive (fun t => J t nil x) t (- gen idx G J t x);
  v6_lip : forall s t l x, 0 <= s <= t -> t <= T -> incl l idx -> l <> nil -> (degl deg l < 6)%nat -> Dom x ->
    Rabs (J t l x - J s l x) <= M * (t - s) * Q x ^ q }.

Section Leading.
Variables (d : nat) (eta sigma0 eps0 c2 umin Gf K3 K5 m : R) (q N : nat).
Let h := eta ^ 2.
Let p := (q + 3)%nat.                               (* growth of L0 U and of the value functions of psi *)
Variables (F : nat -> X -> R) (Sig : X -> nat -> nat -> R) (Kap : X -> nat -> nat -> nat -> R) (M4 : X -> nat -> nat -> nat -> nat -> R).
Variable law : X -> expectation (nat -> R).
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis sigma0_pos : 0 < sigma0.
Hypothesis eps0_pos : 0 <= eps0.
Hypothesis c2_pos : 0 <= c2.
Hypothesis decay : c2 * h <= 1.
Hypothesis umin_pos : 0 < umin.
Hypothesis Gf_pos : 0 <= Gf.
Hypothesis K_pos : 0 <= K3 /\ 0 <= K5.
Let Q := Q d.
Let Dom := Dom d umin.
Let Inv := Inv d eta c2 umin N.
Hypothesis F_growth : forall x i, Dom x -> (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, Dom x -> noise (law x) d (Sig x) (K3 * (eta / sigma0) * Q x ^ 3) m (p + 3).
Hypothesis oracle5 : forall x, Dom x -> noise5 (law x) d (Kap x) (M4 x) (eta / sigma0) (K5 * Q x ^ 3).

Let St := chain_steps eta sigma0 eps0 c2 F law.
Let L := limit sigma0 eps0 c2 F Sig.
Let second := second sigma0 eps0 c2 F Sig Kap M4.
Let moment_defect := moment_defect sigma0 eps0 c2 umin Gf K3 K5 m.

(* The theorem. J t: U(t,.) and its partial derivatives; K t: those of L0 U(t,.), which is a value function itself. *)
Variables (M Mt M' Mt' Lc T : R) (J K : R -> list coord -> X -> R).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis M'_pos : 0 <= M' /\ 0 <= Mt'.
Hypothesis Lc_pos : 0 <= Lc.
Hypothesis horizon : INR N * h = T.
Hypothesis U_ok : value6 (idx d) deg Q Dom L M T q J.
Hypothesis K_gen : forall t x, 0 <= t <= T -> Dom x -> K t nil x = gen (idx d) L J t x.
Hypothesis K_ok : value (idx d) deg Q Dom L M Mt 0 T p K.

(* A2 U and (A2 - L0^2/2) U. *)
Definition A2 (t : R) (x : X) : R := total (idx d) deg 6 (fun l => J t l x * second x l).
Definition psi (t : R) (x : X) : R := A2 t x - gen (idx d) L K t x / 2.

Lemma A2_explicit t x : let T_ l := J t l x * second x l in
  A2 t x = sumf (idx d) (fun i => T_ [i]) + / 2 * sumf (idx d) (fun i => sumf (idx d) (fun j => T_ [j; i]))
    + / 6 * sumf (idx d) (fun i => sumf (idx d) (fun j => sumf (idx d) (fun k => T_ [k; j; i])))
    + / 24 * sumf (idx d) (fun i => sumf (idx d) (fun j => sumf (idx d) (fun k => sumf (idx d) (fun n => T_ [n; k; j; i])))).
Proof.
  intros T_. unfold A2. rewrite total_fourth; try (clear; lia).
  - unfold T_, second. cbn [rmsprop_second.second]. ring.
  - intros l Hd. destruct l as [|[i|i] [|[j|j] [|[k|k] [|[n|n] [|o l]]]]]; simpl degl in Hd; try (exfalso; clear - Hd; lia); unfold second; cbn [rmsprop_second.second]; ring.
  - intros l Hn. destruct l as [|[i|i] [|[j|j] [|[k|k] [|[n|n] [|o l]]]]]; simpl in Hn; try (exfalso; clear - Hn; lia); unfold second; cbn [rmsprop_second.second]; ring.
Qed.

(* The value functions of psi: W tau solves the backward equation up to time tau, where it is psi tau. *)
Variable W : R -> R -> list coord -> X -> R.
Hypothesis W_ok : forall tau, 0 <= tau <= T -> value (idx d) deg Q Dom L M' Mt' 0 tau p (W tau).
Hypothesis W_end : forall tau y, 0 <= tau <= T -> W tau tau nil y = psi tau y.
Variable test : (X -> R) -> Prop.
Hypothesis test_ok : admissible St (fun _ => Dom) test.
Hypothesis test_U : forall k, (k <= N)%nat -> test (J (INR k * h) nil).
Hypothesis test_W : forall j k, (j <= k <= N)%nat -> test (W (INR k * h) (INR j * h) nil).
Hypothesis test_weight : test (fun x => Q x ^ (p + 3)).

Let cs := consts d sigma0 eps0 c2 umin Gf K3 m p.
Let Zs := Z d sigma0 eps0 c2 umin Gf.
Let reg : regular (idx d) deg Q Dom L h cs 0 N Inv Zs St.
Proof. apply rmsprop_regular; auto. apply K_pos. Qed.
Let Inv_Dom k x : Inv k x -> Dom x. Proof. apply (rmsprop.Inv_Dom d eta c2 umin N eta_unit c2_pos decay umin_pos). Qed.
Let adm : admissible St Inv test.
Proof. destruct test_ok as [a1 a2 a3]. split; auto. intros k g x Hg Hx. apply a3; auto. now apply (Inv_Dom k). Qed.
Let h_unit : 0 < h <= 1. Proof. unfold h. simpl. nra. Qed.
Let deg_12 (i : coord) : (1 <= deg i <= 2)%nat. Proof. destruct i; simpl; lia. Qed.
Let Q1 x : 1 <= Q x. Proof. apply quad_ge_1. Qed.

Lemma defect_pos x : Dom x -> 0 <= moment_defect.
Proof.
  intros Hx. pose proof (pmax_pos sigma0 eps0 umin sigma0_pos eps0_pos umin_pos). assert (m1 := moment_ge_1 _ _ _ _ _ _ (oracle x Hx)). destruct K_pos.
  assert (is : 0 < / sigma0) by now apply Rinv_0_lt_compat. unfold moment_defect, rmsprop_second.moment_defect, def2, noise_size, Rdiv. mpos.
Qed.
Lemma cs_pos x : Dom x -> 0 <= kappa cs /\ 0 <= mu cs /\ 0 <= kq cs /\ 0 <= cq cs /\ 1 <= cseg cs.
Proof. apply (consts_pos d eta sigma0 eps0 c2 umin Gf K3 m p Sig law); auto. apply K_pos. Qed.
Let mom6 x (Hx : Dom x) := moments6 d eta sigma0 eps0 c2 umin Gf K3 K5 m q F Sig Kap M4 law eta_unit sigma0_pos eps0_pos c2_pos umin_pos Gf_pos K_pos F_growth oracle oracle5 x Hx.
Let second_bound' x (Hx : Dom x) := second_bound d eta sigma0 eps0 c2 umin Gf K3 K5 m q F Sig Kap M4 law eta_unit sigma0_pos eps0_pos c2_pos umin_pos Gf_pos K_pos F_growth oracle oracle5 x Hx.

Definition inner6 := total (idx d) deg 6 (fun _ => 1).
Definition leaf6 := boundary (idx d) deg 6 (fun _ => 1).
Lemma count6_pos : 0 <= inner6 /\ 0 <= leaf6.
Proof.
  split.
  - unfold inner6. replace 0 with (total (idx d) deg 6 (fun _ : list coord => 0 * 0)). apply total_le. intros; lra. rewrite total_scal. ring.
  - unfold leaf6. replace 0 with (boundary (idx d) deg 6 (fun _ : list coord => 0 * 0)). apply boundary_le. lia. intros; lra. rewrite boundary_scal by lia. ring.
Qed.
Definition local6 := M * moment_defect * inner6 + M * cseg cs ^ q * mu cs * leaf6 + Mt / 6 + (M * moment_defect * inner6 + Mt / 2).

Section OneStep.
Variables (k : nat) (x : X).
Hypothesis k_range : (k < N)%nat.
Hypothesis x_inv : Inv k x.
Let x_dom := Inv_Dom k x x_inv.
Let t := INR k * h.
Let t' := INR (S k) * h.
Let times : 0 <= t /\ t + h = t' /\ t' <= T.
Proof.
  unfold t, t'. rewrite <- horizon. repeat split. apply Rmult_le_pos. apply pos_INR. lra. rewrite S_INR; ring.
  apply Rmult_le_compat_r. lra. apply le_INR. lia.
Qed.
Let kr : (0 <= k < N)%nat. Proof. lia. Qed.
Let e6 (l : list coord) : R := match l with nil => 0 | _ => moment_defect * Q x ^ 6 end.
Let Y6 (_ : list coord) : R := M * cseg cs ^ q * Q x ^ (q + 4).
Let Z6 (z : nat -> R) : R := Zs z ^ (2 * (p + 3)).

Lemma leaf_small6 l z : is_leaf (idx d) deg 6 l -> Rabs (prodv l (inc St k x z)) <= h ^ 3 * (Q x ^ 4 * Zs z ^ 8).
Proof.
  intros (H1 & H2 & H3). eapply Rle_trans; [apply (prodv_small _ _ _ _ _ _ _ _ _ _ _ _ reg k x kr x_inv); auto|].
  assert (Hd : (6 <= degl deg l <= 7)%nat). { split; auto. destruct l as [|i l]; simpl in *. lia. specialize (deg_12 i). lia. }
  pose proof (rg_Z _ _ _ _ _ _ _ _ _ _ _ _ reg z) as Z1. pose proof (root_ge_1 (thetas d) (us d) x) as R1. fold (rmsprop.Q d x) in R1. fold Q in R1.
  assert (R2 : sqrt (Q x) ^ 2 = Q x) by apply root_sq. assert (S2 : sqrt h = eta) by (unfold h; apply sqrt_pow2; lra).
  assert (A1 : 1 <= sqrt (Q x) * Zs z) by nra.
  rewrite Rmult_assoc, Rpow_mult_distr, S2. apply Rmult_le_compat; try (apply pow_le; lra).
  - unfold h. rewrite <- pow_mult. apply pow_anti. lra. lia.
  - replace (Q x ^ 4 * Zs z ^ 8) with ((sqrt (Q x) * Zs z) ^ 8).
    + apply Rle_pow; auto. lia.
    + rewrite Rpow_mult_distr. replace (sqrt (Q x) ^ 8) with ((sqrt (Q x) ^ 2) ^ 4) by ring. now rewrite R2.
Qed.
Lemma remainder6 z l s : is_leaf (idx d) deg 6 l -> 0 <= s <= 1 ->
  Rabs (J t' l (along x (inc St k x z) s) * prodv l (inc St k x z)) <= h ^ 3 * Y6 l * Z6 z.
Proof.
  intros Hl Hs. assert (Hl' := Hl). destruct Hl' as (H1 & H2 & H3). destruct times as (t0 & t1 & t2). destruct M_pos as (M0 & _).
  pose proof (rg_Z _ _ _ _ _ _ _ _ _ _ _ _ reg z) as Z1.
  apply Rle_trans with (M * (cseg cs ^ q * Q x ^ q * Zs z ^ (2 * q)) * (h ^ 3 * (Q x ^ 4 * Zs z ^ 8))).
  - apply abs_mult_le; [|now apply leaf_small6]. eapply Rle_trans.
    + apply (v6_bound _ _ _ _ _ _ _ _ _ U_ok); auto. lra. intros ->; simpl in H1; lia. now apply (rg_dom _ _ _ _ _ _ _ _ _ _ _ _ reg).
    + apply Rmult_le_compat_l; auto. rewrite (pow_mult (Zs z) 2 q), <- !Rpow_mult_distr. apply pow_incr. split.
      pose proof (Q1 (along x (inc St k x z) s)). lra. now apply (rg_along _ _ _ _ _ _ _ _ _ _ _ _ reg).
  - unfold Y6, Z6. replace (2 * (p + 3))%nat with (2 * q + (8 + 4))%nat by (unfold p; lia). rewrite (pow_add (Q x)), (pow_add (Zs z)).
    replace (M * (cseg cs ^ q * Q x ^ q * Zs z ^ (2 * q)) * (h ^ 3 * (Q x ^ 4 * Zs z ^ 8)))
      with (h ^ 3 * (M * cseg cs ^ q * (Q x ^ q * Q x ^ 4)) * (Zs z ^ (2 * q) * Zs z ^ 8)) by ring.
    apply Rmult_le_compat_l; [|apply Rmult_le_compat_l; [apply pow_le; lra | apply Rle_pow; auto; lia]].
    pose proof (Q1 x). destruct (cs_pos x x_dom) as (_ & _ & _ & _ & c1). assert (0 <= h ^ 3) by (apply pow_le; lra). mpos.
Qed.

(* L0 U at the later end is K. *)
Lemma op_gen : op (idx d) deg x (J t') (fun l => mom L 0 l x) = K t' nil x.
Proof.
  destruct times as (t0 & t1 & t2). rewrite K_gen by (auto; lra). unfold op. rewrite total_second; try lia.
  - unfold gen. cbn [mom]. rewrite Rmult_0_r, Rplus_0_l. f_equal; [|f_equal]; apply sumf_ext; intros i _.
    + change (drift L t' i x) with (drift L 0 i x). ring.
    + apply sumf_ext; intros j _. change (diffu L t' j i x) with (diffu L 0 j i x). ring.
  - intros l Hd. destruct l as [|[i|i] [|[j|j] [|c l]]]; simpl degl in Hd; try lia; cbn [mom]; ring.
  - intros l Hn. destruct l as [|i [|j [|c l]]]; simpl in Hn; try lia. cbn [mom]. ring.
Qed.
Let Bt := Mt * Q x ^ (p + 3).
Let K_time2 s : 0 <= s <= T -> exists g', is_derive (fun t => gen (idx d) L K t x) s g' /\ Rabs g' <= Bt.
Proof. intros Hs. apply (vl_time2 _ _ _ _ _ _ _ _ _ _ _ K_ok); auto. Qed.
Lemma backward6 : Rabs (J t nil x - (J t' nil x + h * op (idx d) deg x (J t') (fun l => mom L 0 l x) + h ^ 2 / 2 * gen (idx d) L K t' x)) <= h ^ 3 * (Bt / 6).
Proof.
  rewrite op_gen. destruct times as (t0 & t1 & t2). replace t with (t' - h) by lra. replace (h ^ 3 * (Bt / 6)) with (h ^ 3 * Bt / 6) by field.
  assert (R : forall s, 0 <= s <= 1 -> 0 <= t' - s * h <= T) by (intros; nra).
  apply (sgd.back_taylor2 (fun s => J s nil x) (fun s => K s nil x) (fun s => gen (idx d) L K s x) (fun s => - Derive (fun s => gen (idx d) L K s x) s)); try lra.
  - intros s Hs. rewrite K_gen by auto. apply (v6_time _ _ _ _ _ _ _ _ _ U_ok); auto.
  - intros s Hs. apply (vl_time _ _ _ _ _ _ _ _ _ _ _ K_ok); auto.
  - intros s Hs. rewrite Ropp_involutive. destruct (K_time2 _ (R s Hs)) as (g' & D1 & _). apply Derive_correct. now exists g'.
  - intros s Hs. cbv beta. rewrite Rabs_Ropp. destruct (K_time2 _ (R s Hs)) as (g' & D1 & D2). replace (Derive _ _) with g'; [exact D2|]. symmetry; now apply is_derive_unique.
Qed.
Lemma psi_shift : Rabs (psi t' x - psi t x) <= (M * moment_defect * inner6 + Mt / 2) * h * Q x ^ (p + 3).
Proof.
  destruct times as (t0 & t1 & t2). destruct M_pos as (M0 & _). pose proof (Q1 x) as Qx. assert (D0 := defect_pos x x_dom).
  replace (psi t' x - psi t x) with ((A2 t' x - A2 t x) - / 2 * (gen (idx d) L K t' x - gen (idx d) L K t x)) by (unfold psi; field).
  replace ((M * moment_defect * inner6 + Mt / 2) * h * Q x ^ (p + 3)) with (h * M * moment_defect * Q x ^ (p + 3) * inner6 + / 2 * (Bt * h)) by (unfold Bt; field).
  apply abs_minus_le.
  - unfold A2. replace (total (idx d) deg 6 (fun l => J t' l x * second x l) - total (idx d) deg 6 (fun l => J t l x * second x l))
      with (total (idx d) deg 6 (fun l => 1 * (J t' l x * second x l) + -1 * (J t l x * second x l))) by (rewrite total_lin; ring).
    unfold inner6. rewrite <- total_scal. apply total_abs. intros l Hl Hd.
    replace (1 * (J t' l x * second x l) + -1 * (J t l x * second x l)) with ((J t' l x - J t l x) * second x l) by ring.
    assert (B0 : 0 <= h * M * moment_defect * Q x ^ (p + 3) * 1) by mpos.
    destruct l as [|c l]. { unfold second, rmsprop_second.second. now rewrite Rmult_0_r, Rabs_R0. }
    replace (h * M * moment_defect * Q x ^ (p + 3) * 1) with (M * h * Q x ^ q * (moment_defect * Q x ^ 6)).
    2:{ replace (p + 3)%nat with (q + 6)%nat by (unfold p; lia). rewrite pow_add. ring. }
    apply abs_mult_le; [|now apply (second_bound' x x_dom)]. replace h with (t' - t) by lra.
    apply (v6_lip _ _ _ _ _ _ _ _ _ U_ok); auto; try lra. discriminate.
  - apply abs_mult_le. rewrite Rabs_pos_eq; lra. replace h with (t' - t) by lra. apply (lip_of_derive (fun s => gen (idx d) L K s x) t t' Bt). lra. intros s Hs. apply K_time2. lra.
Qed.

Theorem rmsprop_local6 : Rabs (one St k (J t' nil) x - J t nil x - h ^ 2 * psi t x) <= local6 * h ^ 3 * Q x ^ (p + 3).
Proof.
  destruct times as (t0 & t1 & t2). destruct M_pos as (M0 & Mt0). pose proof (Q1 x) as Qx. assert (D0 := defect_pos x x_dom).
  assert (W6 := leading_local (idx d) deg (fun i => proj1 (deg_12 i)) (law x) x (inc St k x) h (J t') (J t nil x)
    (fun l => mom L 0 l x) (second x) e6 Y6 Z6 (gen (idx d) L K t' x) (Bt / 6)).
  specialize (W6 ltac:(intros z l Hl Hd; apply (v6_jet _ _ _ _ _ _ _ _ _ U_ok); auto; try lra; intros; now apply (rg_dom _ _ _ _ _ _ _ _ _ _ _ _ reg))).
  specialize (W6 ltac:(intros l Hl Hd; now apply (mom6 x x_dom))).
  specialize (W6 ltac:(apply (ad_int _ _ _ adm); auto; apply test_U; lia)).
  specialize (W6 ltac:(now apply (rg_intZ _ _ _ _ _ _ _ _ _ _ _ _ reg k)) remainder6).
  specialize (W6 ltac:(intros l Hl Hd; now apply (mom6 x x_dom)) backward6).
  fold (A2 t' x) in W6. unfold op in W6. fold (A2 t' x) in W6.
  replace (A2 t' x - gen (idx d) L K t' x / 2) with (psi t' x) in W6 by reflexivity.
  change (one St k (J t' nil) x) with (ex (law x) (fun z => J t' nil (add x (inc St k x z)))).
  replace (_ - _ - h ^ 2 * psi t x)
    with ((ex (law x) (fun z => J t' nil (add x (inc St k x z))) - J t nil x - h ^ 2 * psi t' x) + h ^ 2 * (psi t' x - psi t x)) by ring.
  replace (local6 * h ^ 3 * Q x ^ (p + 3)) with ((M * moment_defect * inner6 + M * cseg cs ^ q * mu cs * leaf6 + Mt / 6) * Q x ^ (p + 3) * h ^ 3
    + h ^ 2 * ((M * moment_defect * inner6 + Mt / 2) * h * Q x ^ (p + 3))) by (unfold local6; ring).
  apply abs_plus_le.
  - eapply Rle_trans; [apply W6|]. apply Rmult_le_compat_r. apply pow_le; lra. unfold local_constant6. rewrite !Rmult_plus_distr_r.
    apply Rplus_le_compat; [apply Rplus_le_compat|].
    + replace (M * moment_defect * inner6 * Q x ^ (p + 3)) with (M * moment_defect * Q x ^ (p + 3) * inner6) by ring.
      unfold inner6. rewrite <- total_scal. apply total_le. intros l Hl Hd. assert (B0 : 0 <= M * moment_defect * Q x ^ (p + 3) * 1) by mpos.
      destruct l as [|c l]. { unfold e6. now rewrite Rmult_0_r. }
      replace (M * moment_defect * Q x ^ (p + 3) * 1) with (M * Q x ^ q * (moment_defect * Q x ^ 6)).
      2:{ replace (p + 3)%nat with (q + 6)%nat by (unfold p; lia). rewrite pow_add. ring. }
      unfold e6. apply Rmult_le_compat_r. mpos. apply (v6_bound _ _ _ _ _ _ _ _ _ U_ok); auto. lra. discriminate. simpl in *; lia.
    + destruct (cs_pos x x_dom) as (_ & c0 & _ & _ & c1). pose proof (pow_ge_1 _ q c1) as c2'.
      replace (boundary (idx d) deg 6 Y6) with (M * cseg cs ^ q * Q x ^ (q + 4) * leaf6).
      2:{ unfold leaf6. rewrite <- boundary_scal by lia. apply boundary_ext. lia. intros; unfold Y6; ring. }
      replace (M * cseg cs ^ q * mu cs * leaf6 * Q x ^ (p + 3)) with (M * cseg cs ^ q * leaf6 * (Q x ^ (p + 3) * mu cs)) by ring.
      replace (M * cseg cs ^ q * Q x ^ (q + 4) * leaf6 * ex (law x) Z6) with (M * cseg cs ^ q * leaf6 * (Q x ^ (q + 4) * ex (law x) Z6)) by ring.
      apply Rmult_le_compat_l. { pose proof count6_pos. mpos. }
      apply Rmult_le_compat. apply pow_le; lra. apply ex_ge_const. now apply (rg_intZ _ _ _ _ _ _ _ _ _ _ _ _ reg k).
      intros z. apply pow_le. pose proof (rg_Z _ _ _ _ _ _ _ _ _ _ _ _ reg z). lra. apply Rle_pow; auto. unfold p; lia.
      now apply (rg_Z_moment _ _ _ _ _ _ _ _ _ _ _ _ reg k).
    + right. unfold Bt. field.
  - apply abs_mult_le. apply abs_pos_le, pow2_ge_0. apply psi_shift.
Qed.
End OneStep.

(* psi along the chain follows the SDE to order 1, by rmsprop_weak. *)
Let C1 := rmsprop_constant d sigma0 eps0 c2 umin Gf K3 m p M' Mt' T.
Lemma psi_weak k x : (k < N)%nat -> Inv 0 x -> Rabs (chain X (one St) 0 k (psi (INR k * h)) x - W (INR k * h) 0 nil x) <= C1 * h * Q x ^ (p + 3).
Proof.
  intros Hk Hx. set (tau := INR k * h).
  assert (Ht : 0 <= tau <= T).
  { unfold tau. rewrite <- horizon. split. apply Rmult_le_pos. apply pos_INR. lra. apply Rmult_le_compat_r. lra. apply le_INR. lia. }
  assert (E : psi tau = W tau tau nil) by (apply functional_extensionality; intros y; symmetry; now apply W_end).
  rewrite E. assert (Hx' : rmsprop.Inv d eta c2 umin k 0 x).
  { intros i Hi. eapply Rle_trans; [apply (Hx i Hi)|]. pose proof (Inv_Dom 0 x Hx i Hi). rewrite !Nat.sub_0_r. apply Rmult_le_compat_r. lra.
    apply pow_anti; [|lia]. assert (0 <= c2 * h) by (apply Rmult_le_pos; lra). unfold h in *. lra. }
  assert (R := rmsprop_weak d eta sigma0 eps0 c2 umin Gf K3 m p k F Sig law eta_unit sigma0_pos eps0_pos c2_pos decay umin_pos Gf_pos (proj1 K_pos) F_growth oracle
    M' Mt' tau (W tau) test M'_pos (Rle_refl _) (W_ok tau Ht)).
  assert (adm' : admissible St (rmsprop.Inv d eta c2 umin k) test).
  { destruct test_ok as [a1 a2 a3]. split; auto. intros n g y Hg Hy. apply a3; auto.
    now apply (rmsprop.Inv_Dom d eta c2 umin k eta_unit c2_pos decay umin_pos n). }
  specialize (R adm' ltac:(intros j Hj; apply test_W; lia) test_weight x Hx').
  eapply Rle_trans; [apply R|]. fold h. replace (C1 * h * Q x ^ (p + 3)) with (C1 * Q x ^ (p + 3) * h) by ring.
  apply Rmult_le_compat_r. lra. apply Rmult_le_compat_r. pose proof (Q1 x); apply pow_le; lra.
  unfold C1, rmsprop_constant. assert (cp := cs_pos x (Inv_Dom 0 x Hx)). assert (L0 := local_constant_pos (idx d) deg cs cp M' Mt' M'_pos). assert (G0 := growth_rate_pos cs cp).
  fold cs. rewrite !Rmult_assoc. apply Rmult_le_compat_l; auto. apply Rmult_le_compat; try lra. left; apply exp_pos.
  destruct (Rle_lt_or_eq_dec (growth_rate cs * tau) (growth_rate cs * T)) as [H|H]. apply Rmult_le_compat_l; lra. left; now apply exp_increasing. rewrite H; lra.
Qed.

Lemma T_pos : 0 <= T.
Proof. rewrite <- horizon. apply Rmult_le_pos. apply pos_INR. lra. Qed.
Lemma C1_pos x : Dom x -> 0 <= C1.
Proof.
  intros Hx. assert (L0 := local_constant_pos (idx d) deg cs (cs_pos x Hx) M' Mt' M'_pos). pose proof T_pos. pose proof (exp_pos (growth_rate cs * T)).
  unfold C1, rmsprop_constant. fold cs. mpos.
Qed.
Lemma local6_pos x : Dom x -> 0 <= local6.
Proof.
  intros Hx. destruct (cs_pos x Hx) as (_ & c0 & _ & _ & c1). pose proof (defect_pos x Hx). pose proof count6_pos. destruct M_pos.
  unfold local6, Rdiv. mpos.
Qed.
Lemma test_psi k : (k <= N)%nat -> test (psi (INR k * h)).
Proof.
  intros Hk. replace (psi (INR k * h)) with (W (INR k * h) (INR k * h) nil). apply test_W; lia.
  apply functional_extensionality; intros y. apply W_end. rewrite <- horizon. split. apply Rmult_le_pos. apply pos_INR. lra.
  apply Rmult_le_compat_r. lra. now apply le_INR.
Qed.

Definition rmsprop_leading_constant (x : X) :=
  leading_constant X (fun y => Q y ^ (p + 3)) (growth_rate cs) T local6 C1 Lc x.

Theorem rmsprop_leading x : Inv 0 x ->
  (forall s t, 0 <= s <= t -> t <= T -> Rabs (W t 0 nil x - W s 0 nil x) <= Lc * (t - s)) ->
  Rabs (En eta sigma0 eps0 c2 F law N (J T nil) x - J 0 nil x - h * RInt (fun t => W t 0 nil x) 0 T) <= rmsprop_leading_constant x * h ^ 2.
Proof.
  intros Hx Hc. destruct M_pos as (M0 & Mt0).
  assert (LC := leading_coefficient X (one St) test Inv (ad_lin _ _ _ test_ok) (ad_step _ _ _ test_ok) N).
  specialize (LC ltac:(intros k g g' Hk Dg Dg' Hgg y Iy; apply ex_mono; try (apply (ad_int _ _ _ adm); auto); intros z; apply Hgg; now apply (rg_inv _ _ _ _ _ _ _ _ _ _ _ _ reg))).
  specialize (LC ltac:(intros k a b g g' y Hk Dg Dg' Iy; apply ex_lin; now apply (ad_int _ _ _ adm))).
  specialize (LC (fun y => Q y ^ (p + 3)) h (growth_rate cs) T local6 C1 Lc (fun k => J (INR k * h) nil) (fun k => psi (INR k * h)) (fun t => W t 0 nil x) x).
  cbv beta in LC. rewrite horizon in LC. simpl (INR 0) in LC. rewrite Rmult_0_l in LC. apply LC; clear LC; auto; try lra.
  - assert (cp := cs_pos x (Inv_Dom 0 x Hx)). assert (G0 := growth_rate_pos cs cp). repeat split; auto. apply (local6_pos x (Inv_Dom 0 x Hx)). apply (C1_pos x (Inv_Dom 0 x Hx)).
  - intros y. pose proof (Q1 y). apply pow_le; lra.
  - intros k y Hk Iy. now apply (weight_stable (idx d) deg Q Dom L h cs 0 N Inv Zs St h_unit Q1 (cs_pos x (Inv_Dom 0 x Hx)) reg test adm test_weight).
  - intros k Hk. apply test_psi. lia.
  - intros k y Hk Iy. now apply rmsprop_local6.
  - intros k Hk. now apply psi_weak.
Qed.
End Leading.
