(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The moments of RMSprop's increments in d dimensions to second order in h, for every product up to degree 5 (theta counts 1, u 2):
   E prod = delta + h (drift or diffusion of the SDE) + h^2 `second` + O(h^3). The units of `second`: eps_i = -sigma0/P(u_i), f = F/sigma0. *)
From Coq Require Import Reals Lra Psatz List Lia.
From Optcert.Weak Require Import sums expect taylor onestep scheme weight noise moments moments2 rmsprop.
Import ListNotations.
Open Scope R_scope.

Section Second.
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
Let e (x : X) i := - / P sigma0 eps0 (x (Uu i)).
Let f (x : X) i := F i x.
Let u (x : X) i := x (Uu i).

(* The coefficient of h^2 in E of the product of the increments that l names. *)
Definition second (x : X) (l : list coord) : R :=
  match l with
  | [Uu i] => b_V sigma0 c2 (f x) i
  | [Th i; Th j] => b_LL sigma0 (e x) (f x) i j
  | [Th i; Uu j] | [Uu j; Th i] => b_LV (Sig x) (Kap x) sigma0 c2 (e x) (f x) (u x) i j
  | [Uu i; Uu j] => b_VV (Sig x) (M4 x) c2 (u x) i j
  | [Th i; Th j; Th k] => b_LLL (Sig x) (Kap x) sigma0 (e x) (f x) i j k
  | [Th i; Th j; Uu k] | [Th i; Uu k; Th j] | [Uu k; Th i; Th j] => b_LLV (Sig x) (M4 x) sigma0 c2 (e x) (u x) i j k
  | [Th i; Th j; Th k; Th n] => b_LLLL (M4 x) sigma0 (e x) i j k n
  | _ => 0
  end.

Let pm := pmax sigma0 eps0 umin.
Definition moment_defect := def2 m K3 K5 sigma0 c2 pm Gf.

Section Step.
Variable x : X.
Hypothesis x_dom : Dom x.
Let r := sqrt (Q x).
Let r1 : 1 <= r. Proof. apply root_ge_1. Qed.
Let r2 : r ^ 2 = Q x. Proof. apply root_sq. Qed.
Let nz : noise (law x) d (Sig x) (K3 * (eta / sigma0) * (r ^ 2) ^ 3) m (p + 3). Proof. rewrite r2. now apply oracle. Qed.
Let nz5 : noise5 (law x) d (Kap x) (M4 x) (eta / sigma0) (K5 * (r ^ 2) ^ 3). Proof. rewrite r2. now apply oracle5. Qed.
Let pos : 0 <= pm /\ 0 <= Gf /\ 0 <= K3 /\ 0 <= K5.
Proof. pose proof (pmax_pos sigma0 eps0 umin sigma0_pos eps0_pos umin_pos). unfold pm. repeat split; lra. Qed.
Let w3 : (3 <= p + 3)%nat. Proof. lia. Qed.
Let e_bound i : (i < d)%nat -> Rabs (e x i) <= pm.
Proof.
  intros Hi. destruct (P_inv sigma0 eps0 umin sigma0_pos eps0_pos umin_pos _ (x_dom i Hi)) as (_ & P1 & P2). unfold e, pm. rewrite Rabs_Ropp, Rabs_pos_eq; lra.
Qed.
Let F_bound i : (i < d)%nat -> Rabs (f x i) <= Gf * r. Proof. intros; now apply F_growth. Qed.
Let u_bound i : (i < d)%nat -> Rabs (u x i) <= r ^ 2. Proof. intros. rewrite r2. apply (quad_ab (thetas d) (us d) x (Uu i)). now apply in_us. Qed.
Let Lx := lin eta sigma0 (e x) (f x).
Let Vx := sqr eta sigma0 c2 (f x) (u x).
Let incr_ := incr eta sigma0 eps0 c2 F x.
Lemma incr_L i z : incr_ z (Th i) = Lx i z. Proof. unfold incr_, incr, Lx, lin, e, f, Rdiv. ring. Qed.
Lemma incr_V i z : incr_ z (Uu i) = Vx i z. Proof. reflexivity. Qed.

Lemma second_bound l : incl l (idx d) -> (degl deg l < 6)%nat -> Rabs (second x l) <= moment_defect * Q x ^ 6.
Proof.
  intros Hl Hd. rewrite <- r2. assert (Hc : forall c, In c l -> match c with Th i | Uu i => (i < d)%nat end) by (intros; apply in_idx; auto).
  assert (B := b_bound (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) (u x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound u_bound).
  fold moment_defect in B. destruct B as (B1 & B2 & B3 & B4).
  assert (D0 : 0 <= moment_defect * (r ^ 2) ^ 6).
  { destruct (Nat.eq_dec d 0) as [d0|d0]. 2:{ eapply Rle_trans; [apply Rabs_pos|]. apply (B1 0%nat). lia. }
    assert (Hm := moment_ge_1 _ _ _ _ _ _ nz). destruct pos as (P1 & P2 & P3 & P4). assert (is : 0 < / sigma0) by now apply Rinv_0_lt_compat.
    unfold moment_defect, def2, noise_size, Rdiv. mpos. }
  destruct l as [|[i|i] [|[j|j] [|[k|k] [|[n|n] l]]]]; simpl degl in Hd; try lia; cbn [second]; try (rewrite Rabs_R0; exact D0);
    try assert (Hi := Hc _ (in_eq _ _)); try assert (Hj := Hc _ (in_cons _ _ _ (in_eq _ _)));
    try assert (Hk := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))); try assert (Hn := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))));
    simpl in Hi; try simpl in Hj; try simpl in Hk; try simpl in Hn;
    try (destruct l; [|rewrite Rabs_R0; exact D0]);
    first [now apply B1 | now apply B2 | now apply B3 | now apply B4].
Qed.

Lemma moments6 l : incl l (idx d) -> (degl deg l < 6)%nat ->
  intg (law x) (fun z => prodv l (incr_ z)) /\
  Rabs (ex (law x) (fun z => prodv l (incr_ z)) - (match l with nil => 1 | _ => 0 end + h * mom L 0 l x + h ^ 2 * second x l))
    <= h ^ 3 * match l with nil => 0 | _ => moment_defect * Q x ^ 6 end.
Proof.
  intros Hl Hd. assert (Hc : forall c, In c l -> match c with Th i | Uu i => (i < d)%nat end) by (intros; apply in_idx; auto).
  destruct l as [|c0 l0] eqn:El.
  { split. apply (intg_one (law x)). cbn [prodv]. rewrite ex_const. unfold mom, second. rewrite !Rmult_0_r, !Rplus_0_r, Rminus_diag_eq, Rabs_R0 by reflexivity. lra. }
  rewrite <- El in *. assert (Hn : l <> nil) by (rewrite El; discriminate). clear c0 l0 El.
  assert (h3 : 0 <= h ^ 3) by (apply pow_le, pow2_ge_0).
  assert (D0 : 0 <= moment_defect * Q x ^ 6) by (eapply Rle_trans; [apply Rabs_pos | now apply (second_bound l)]).
  assert (fin : forall g v, intg (law x) g /\ Rabs (ex (law x) g - v) <= h ^ 3 * (moment_defect * (r ^ 2) ^ 6) ->
    (forall z, prodv l (incr_ z) = g z) -> h * mom L 0 l x + h ^ 2 * second x l = v ->
    intg (law x) (fun z => prodv l (incr_ z)) /\
    Rabs (ex (law x) (fun z => prodv l (incr_ z)) - (0 + h * mom L 0 l x + h ^ 2 * second x l)) <= h ^ 3 * (moment_defect * Q x ^ 6)).
  { intros g v (Ig & Eg) Hg <-. rewrite r2 in Eg. split.
    - eapply intg_ext; [intros z; symmetry; apply Hg | auto].
    - rewrite (ex_ext _ _ g Hg), Rplus_0_l. exact Eg. }
  assert (exact_ : forall g v, intg (law x) g /\ ex (law x) g = v -> intg (law x) g /\ Rabs (ex (law x) g - v) <= h ^ 3 * (moment_defect * (r ^ 2) ^ 6)).
  { intros g v (Ig & ->). split; auto. rewrite Rminus_diag_eq, Rabs_R0, r2 by reflexivity. now apply Rmult_le_pos. }
  assert (zero : forall g b, intg (law x) g /\ Rabs (ex (law x) g) <= b -> intg (law x) g /\ Rabs (ex (law x) g - 0) <= b)
    by (intros g b (Ig & Eg); now rewrite Rminus_0_r).
  assert (Pne : forall i, (i < d)%nat -> P sigma0 eps0 (x (Uu i)) <> 0).
  { intros i Hi. destruct (P_inv sigma0 eps0 umin sigma0_pos eps0_pos umin_pos _ (x_dom i Hi)) as (P1 & _). lra. }
  assert (PL := m2_L (law x) d (Sig x) m K3 (p + 3) eta sigma0 r (e x) (f x) sigma0_pos nz).
  assert (PV := m2_V (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r (f x) (u x) sigma0_pos w3 nz nz5).
  assert (PLL := m2_LL (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 r (e x) (f x) sigma0_pos w3 nz nz5).
  assert (PLV := m2_LV (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) (u x) sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound).
  assert (PVV := m2_VV (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (f x) (u x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 F_bound u_bound).
  assert (PLLL := m2_LLL (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound).
  assert (PLLV := m2_LLV (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) (u x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound u_bound).
  assert (PLVV := m2_LVV (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) (u x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound u_bound).
  assert (PLLLL := m2_LLLL (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound).
  assert (PLLLV := m2_LLLV (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) (u x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound u_bound).
  assert (PLLLLL := m2_LLLLL (law x) d (Sig x) (Kap x) (M4 x) m K3 K5 (p + 3) eta sigma0 c2 r pm Gf (e x) (f x) eta_unit sigma0_pos c2_pos pos w3 r1 nz nz5 e_bound F_bound).
  fold moment_defect h Lx Vx in PL, PV, PLL, PLV, PVV, PLLL, PLLV, PLVV, PLLLL, PLLLV, PLLLLL.
  assert (Le : forall i z, incr_ z (Th i) = Lx i z) by apply incr_L. assert (Ve : forall i z, incr_ z (Uu i) = Vx i z) by apply incr_V.
  clearbody incr_ Lx Vx h.
  destruct l as [|[i|i] [|[j|j] [|[k|k] [|[n|n] [|[o|o] [|[c|c] l]]]]]]; simpl degl in Hd; try lia; try easy;
    try assert (Hi := Hc _ (in_eq _ _)); try assert (Hj := Hc _ (in_cons _ _ _ (in_eq _ _)));
    try assert (Hk := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))); try assert (Hm := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _)))));
    try assert (Ho := Hc _ (in_cons _ _ _ (in_cons _ _ _ (in_cons _ _ _ (in_cons _ _ _ (in_eq _ _))))));
    simpl in Hi; try simpl in Hj; try simpl in Hk; try simpl in Hm; try simpl in Ho.
  Ltac close fin Le Ve H := refine (fin _ _ H _ _); [intros z; cbn [prodv]; rewrite ?Le, ?Ve; ring | cbn [second]; try (cbn -[P]; ring)].
  - close fin Le Ve (exact_ _ _ (PL i Hi)). cbn -[P]. unfold e, f. field. split; [lra | now apply Pne].
  - close fin Le Ve (exact_ _ _ (PLL i j Hi Hj)). cbn -[P]. unfold e. field. repeat split; auto; lra.
  - close fin Le Ve (PLLL i j k Hi Hj Hk).
  - close fin Le Ve (PLLLL i j k n Hi Hj Hk Hm).
  - close fin Le Ve (zero _ _ (PLLLLL i j k n o Hi Hj Hk Hm Ho)).
  - close fin Le Ve (zero _ _ (PLLLV i j k n Hi Hj Hk Hm)).
  - close fin Le Ve (PLLV i j k Hi Hj Hk).
  - close fin Le Ve (zero _ _ (PLLLV i j n k Hi Hj Hm Hk)).
  - close fin Le Ve (PLV i j Hi Hj).
  - close fin Le Ve (PLLV i k j Hi Hk Hj).
  - close fin Le Ve (zero _ _ (PLLLV i k n j Hi Hk Hm Hj)).
  - close fin Le Ve (zero _ _ (PLVV i j k Hi Hj Hk)).
  - close fin Le Ve (exact_ _ _ (PV i Hi)). cbn -[P]. unfold u. ring.
  - close fin Le Ve (PLV j i Hj Hi).
  - close fin Le Ve (PLLV j k i Hj Hk Hi).
  - close fin Le Ve (zero _ _ (PLLLV j k n i Hj Hk Hm Hi)).
  - close fin Le Ve (zero _ _ (PLVV j i k Hj Hi Hk)).
  - close fin Le Ve (PVV i j Hi Hj).
  - close fin Le Ve (zero _ _ (PLVV k i j Hk Hi Hj)).
Qed.
End Step.
End Second.
