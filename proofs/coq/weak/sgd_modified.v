(* SPDX-License-Identifier: GPL-3.0-or-later *)
(* The modified equation of SGD from smoothness alone: sgd_weak_order2 asks that U_tt is F_i d_i (F_j d_j U) up to O(eta); here that follows
   from the backward equations of U and of L U, the loss in C^3 with bounded Hessian H, and Sigma in C^1. *)
From Coq Require Import Reals Lra Psatz List Lia FunctionalExtensionality.
From Coquelicot Require Import Coquelicot.
From Optcert.Weak Require Import sums expect taylor onestep lax scheme weight noise sgd.
Import ListNotations.
Open Scope R_scope.

Lemma sumf_swap {I : Type} (l l' : list I) (f : I -> I -> R) : sumf l (fun i => sumf l' (fun j => f i j)) = sumf l' (fun j => sumf l (fun i => f i j)).
Proof. induction l; simpl. symmetry; apply sumf_zero. rewrite IHl. symmetry. apply sumf_plus. Qed.
Lemma unit_sum (l : list nat) (g : nat -> R) i : NoDup l -> In i l -> sumf l (fun j => g j * (if Nat.eqb j i then 1 else 0)) = g i.
Proof.
  induction l as [|a l IH]; intros Hn Hi. easy. inversion_clear Hn. simpl. destruct (Nat.eqb_spec a i) as [->|Ha].
  - rewrite (sumf_ext l _ (fun _ => 0)), sumf_zero. ring. intros j Hj. destruct (Nat.eqb_spec j i) as [->|]; [contradiction|ring].
  - destruct Hi as [->|Hi]; [congruence|]. rewrite IH by auto. ring.
Qed.
Lemma derive_mult (f g : R -> R) s f' g' : is_derive f s f' -> is_derive g s g' -> is_derive (fun s => f s * g s) s (f' * g s + f s * g').
Proof. intros Hf Hg. apply (is_derive_mult f g s f' g' Hf Hg Rmult_comm). Qed.

Section Modified.
Variables (d q N : nat) (eta sigma Gf GH Gb Gs m : R).
Let idx := idx d.
Let Q := Q d.
Let w := (q + 3)%nat.
Variables (F : nat -> X -> R) (H : nat -> nat -> X -> R) (Db : nat -> nat -> X -> R) (Sig : X -> nat -> nat -> R) (DS : nat -> nat -> nat -> X -> R).
Variable law : X -> expectation (nat -> R).
Hypothesis eta_unit : 0 < eta <= 1.
Hypothesis pos : 0 <= sigma /\ 0 <= Gf.
Hypothesis pos2 : 0 <= GH /\ 0 <= Gb /\ 0 <= Gs.
Hypothesis F_growth : forall x i, (i < d)%nat -> Rabs (F i x) <= Gf * sqrt (Q x).
Hypothesis oracle : forall x, noise (law x) d (Sig x) m m w.
(* H is the derivative of F, Db that of the drift's correction b = (1/2) H F, DS that of Sigma. *)
Definition b (i : nat) (x : X) : R := / 2 * sumf idx (fun j => H i j x * F j x).
Hypothesis F_diff : forall i x y, (i < d)%nat -> diff_along idx (F i) (fun j => H i j) x y.
Hypothesis b_diff : forall i x y, (i < d)%nat -> diff_along idx (b i) (fun j => Db i j) x y.
Hypothesis S_diff : forall i j x y, (i < d)%nat -> (j < d)%nat -> diff_along idx (fun x => Sig x i j) (fun k => DS i j k) x y.
Hypothesis H_bound : forall i j x, (i < d)%nat -> (j < d)%nat -> Rabs (H i j x) <= GH.
Hypothesis Db_bound : forall i j x, (i < d)%nat -> (j < d)%nat -> Rabs (Db i j x) <= Gb * Q x.
Hypothesis DS_bound : forall i j k x, (i < d)%nat -> (j < d)%nat -> (k < d)%nat -> Rabs (DS i j k x) <= Gs * Q x.
Let L := limit d eta sigma F H Sig 2.

(* J t: U(t,.) and its partial derivatives; K t: those of L U(t,.), again a value function. *)
Variables (M Mt T : R) (J K : R -> list nat -> X -> R) (test : (X -> R) -> Prop).
Hypothesis M_pos : 0 <= M /\ 0 <= Mt.
Hypothesis T_end : INR N * eta <= T.
Hypothesis test_ok : admissible (chain_steps eta sigma F law) (fun _ _ => True) test.
Hypothesis test_value : forall k, (k <= N)%nat -> test (J (INR k * eta) nil).
Hypothesis test_weight : test (fun x => Q x ^ w).
Hypothesis J_jets : forall t l x y, 0 <= t <= T -> incl l idx -> (length l < 3)%nat -> diff_along idx (J t l) (fun i => J t (i :: l)) x y.
Hypothesis J_bound : forall t l x, 0 <= t <= T -> incl l idx -> (1 <= length l <= 3)%nat -> Rabs (J t l x) <= M * Q x ^ q.
Hypothesis J_time : forall t x, 0 <= t <= T -> is_derive (fun t => J t nil x) t (- gen idx L J t x).
Hypothesis K_gen : forall t x, 0 <= t <= T -> K t nil x = gen idx L J t x.
Hypothesis K_jets : forall t l x y, 0 <= t <= T -> incl l idx -> (length l < 2)%nat -> diff_along idx (K t l) (fun i => K t (i :: l)) x y.
Hypothesis K_bound : forall t l x, 0 <= t <= T -> incl l idx -> length l = 2%nat -> Rabs (K t l x) <= M * Q x ^ q.
Hypothesis K_time : forall t x, 0 <= t <= T -> is_derive (fun t => gen idx L J t x) t (- gen idx L K t x).
Hypothesis K_time2 : forall t x, 0 <= t <= T -> exists g', is_derive (fun t => gen idx L K t x) t g' /\ Rabs g' <= Mt * Q x ^ w.

Let n := INR (length idx).
Let ilt i : In i idx -> (i < d)%nat. Proof. unfold idx, sgd.idx. intros Hi. apply in_seq in Hi. lia. Qed.
Let n_pos : 0 <= n. Proof. apply pos_INR. Qed.

Section At.
Variables (t : R) (x : X).
Hypothesis Ht : 0 <= t <= T.
Let Q1 : 1 <= Q x. Proof. apply quad_ge_1. Qed.
Let Qr : sqrt (Q x) <= Q x.
Proof. pose proof (root_sq idx [] x) as E. pose proof (root_ge_1 idx [] x) as R1. unfold Q, sgd.Q. fold idx. set (r := sqrt (quad idx [] x)) in *. rewrite <- E. simpl; nra. Qed.
Let Qp j : 1 <= Q x ^ j. Proof. now apply pow_ge_1. Qed.
Let in1 i : In i idx -> incl [i] idx. Proof. intros Hi j [<-|[]]; auto. Qed.
Let in2 i j : In i idx -> In j idx -> incl [i; j] idx. Proof. intros Hi Hj k [<-|[<-|[]]]; auto. Qed.
Let in3 i j k : In i idx -> In j idx -> In k idx -> incl [i; j; k] idx. Proof. intros Hi Hj Hk a [<-|[<-|[<-|[]]]]; auto. Qed.

Definition Ai i := sumf idx (fun j => H j i x * J t [j] x + F j x * J t [i; j] x).
Definition Bi i := sumf idx (fun j => Db j i x * J t [j] x + b j x * J t [i; j] x).
Definition Ci i := sigma ^ 2 / 2 * sumf idx (fun a => sumf idx (fun c => DS c a i x * J t [c; a] x + Sig x c a * J t [i; c; a] x)).

(* The partial derivatives of L U, by the product rule. *)
Lemma K_one i : In i idx -> K t [i] x = - Ai i - eta * Bi i + eta * Ci i.
Proof.
  intros Hi. set (y := fun j : nat => if Nat.eqb j i then 1 else 0).
  assert (dir : forall (G : X -> R) (Gi : nat -> X -> R), diff_along idx G Gi x y -> is_derive (fun s => G (along x y s)) 0 (Gi i x)).
  { intros G Gi HG. specialize (HG 0 ltac:(lra)). rewrite along_0 in HG. rewrite <- (unit_sum idx (fun j => Gi j x) i); auto. apply seq_NoDup. }
  assert (D1 : is_derive (fun s => K t nil (along x y s)) 0 (K t [i] x)) by (apply (dir (K t nil) (fun j => K t [j])); apply K_jets; [exact Ht | intros ? [] | simpl; lia]).
  assert (D2 : is_derive (fun s => K t nil (along x y s)) 0 (- Ai i - eta * Bi i + eta * Ci i)).
  { apply (is_derive_ext (fun s => sumf idx (fun j => - (F j (along x y s) + eta * b j (along x y s)) * J t [j] (along x y s))
      + eta * sigma ^ 2 / 2 * sumf idx (fun a => sumf idx (fun c => Sig (along x y s) c a * J t [c; a] (along x y s))))).
    - intros s. rewrite K_gen by auto. unfold gen, L, limit; cbn [drift diffu]. fold idx. f_equal.
      + apply sumf_ext; intros j _. unfold b. fold idx. field.
      + rewrite <- !sumf_scal. apply sumf_ext; intros a _. rewrite <- !sumf_scal. apply sumf_ext; intros c _. field.
    - replace (- Ai i - eta * Bi i + eta * Ci i)
        with (sumf idx (fun j => - (H j i x + eta * Db j i x) * J t [j] x + - (F j x + eta * b j x) * J t [i; j] x)
          + eta * sigma ^ 2 / 2 * sumf idx (fun a => sumf idx (fun c => DS c a i x * J t [c; a] x + Sig x c a * J t [i; c; a] x))).
      2:{ unfold Ai, Bi, Ci. replace (- sumf idx (fun j => H j i x * J t [j] x + F j x * J t [i; j] x) - eta * sumf idx (fun j => Db j i x * J t [j] x + b j x * J t [i; j] x))
            with (-1 * sumf idx (fun j => H j i x * J t [j] x + F j x * J t [i; j] x) + (- eta) * sumf idx (fun j => Db j i x * J t [j] x + b j x * J t [i; j] x)) by ring.
          rewrite <- sumf_lin. f_equal; [|field]. apply sumf_ext; intros; ring. }
      assert (A0 : along x y 0 = x) by apply along_0.
      apply (is_derive_plus (fun s => sumf idx (fun j => - (F j (along x y s) + eta * b j (along x y s)) * J t [j] (along x y s)))).
      + apply (is_derive_sumf idx (fun j s => - (F j (along x y s) + eta * b j (along x y s)) * J t [j] (along x y s))). intros j Hj.
        assert (E := derive_mult (fun s => - (F j (along x y s) + eta * b j (along x y s))) (fun s => J t [j] (along x y s)) 0 (- (H j i x + eta * Db j i x)) (J t [i; j] x)).
        cbv beta in E. rewrite A0 in E. apply E.
        * apply (is_derive_opp (fun s => F j (along x y s) + eta * b j (along x y s))). apply (is_derive_plus (fun s => F j (along x y s)) (fun s => eta * b j (along x y s))).
          apply (dir (F j) (fun k => H j k)); auto. apply (is_derive_scal (fun s => b j (along x y s))). apply (dir (b j) (fun k => Db j k)); auto.
        * apply (dir (J t [j]) (fun k => J t [k; j])). apply J_jets; auto.
      + apply (is_derive_scal (fun s => sumf idx (fun a => sumf idx (fun c => Sig (along x y s) c a * J t [c; a] (along x y s))))).
        apply (is_derive_sumf idx (fun a s => sumf idx (fun c => Sig (along x y s) c a * J t [c; a] (along x y s)))). intros a Ha.
        apply (is_derive_sumf idx (fun c s => Sig (along x y s) c a * J t [c; a] (along x y s))). intros c Hc.
        assert (E := derive_mult (fun s => Sig (along x y s) c a) (fun s => J t [c; a] (along x y s)) 0 (DS c a i x) (J t [i; c; a] x)).
        cbv beta in E. rewrite A0 in E. apply E.
        * apply (dir (fun x => Sig x c a) (fun k => DS c a k)); auto.
        * apply (dir (J t [c; a]) (fun k => J t [k; c; a])). apply J_jets; auto. }
  rewrite <- (is_derive_unique _ _ _ D1). now apply is_derive_unique.
Qed.

Definition gb := n * GH * Gf / 2.
Definition kA := n * (GH + Gf) * M.
Definition kB := n * (Gb + gb) * M.
Definition kC := sigma ^ 2 / 2 * (n * (n * ((Gs + m) * M))).
Definition Mb := n * (Gf * (kB + kC) + gb * (kA + kB + kC)) + sigma ^ 2 / 2 * (n * (n * (m * M))).
Let F_Q i : In i idx -> Rabs (F i x) <= Gf * Q x. Proof. intros Hi. eapply Rle_trans; [apply F_growth; auto|]. apply Rmult_le_compat_l; lra. Qed.
Let m1 : 1 <= m. Proof. apply (moment_ge_1 _ _ _ _ _ _ (oracle x)). Qed.
Lemma k_pos : 0 <= gb /\ 0 <= kA /\ 0 <= kB /\ 0 <= kC.
Proof.
  destruct pos, pos2 as (p1 & p2 & p3), M_pos. assert (g0 : 0 <= gb) by (unfold gb, Rdiv; mpos).
  unfold kA, kB, kC, Rdiv. repeat split; auto; mpos.
Qed.
Lemma b_Q i : In i idx -> Rabs (b i x) <= gb * Q x.
Proof.
  intros Hi. destruct pos, pos2 as (p1 & p2 & p3). unfold b, gb. replace (n * GH * Gf / 2 * Q x) with (/ 2 * (n * (GH * (Gf * Q x)))) by field.
  apply abs_mult_le. rewrite Rabs_pos_eq; lra. unfold n. rewrite <- sumf_const. apply sumf_abs_le. intros j Hj. apply abs_mult_le; auto.
Qed.
Let cov_m i j : In i idx -> In j idx -> Rabs (Sig x i j) <= m. Proof. intros. apply (cov_bound _ _ _ _ _ _ (oracle x)); auto. unfold w; lia. Qed.
Let JQ l : incl l idx -> (1 <= length l <= 3)%nat -> Rabs (J t l x) <= M * Q x ^ q. Proof. intros. now apply J_bound. Qed.
Let up c : 0 <= c -> c * (M * Q x ^ q) <= c * Q x * (M * Q x ^ q).
Proof. intros Hc. destruct M_pos. pose proof (Qp q). apply Rmult_le_compat_r. mpos. nra. Qed.
Lemma A_bound i : In i idx -> Rabs (Ai i) <= kA * Q x ^ (q + 1).
Proof.
  intros Hi. destruct pos, pos2 as (p1 & p2 & p3). unfold Ai, kA. replace (n * (GH + Gf) * M * Q x ^ (q + 1)) with (n * (GH * Q x * (M * Q x ^ q) + Gf * Q x * (M * Q x ^ q))) by (rewrite pow_add; ring).
  unfold n. rewrite <- sumf_const. apply sumf_abs_le. intros j Hj. apply abs_plus_le; [|apply abs_mult_le; [auto | apply JQ; [auto | simpl; lia]]].
  eapply Rle_trans; [|now apply up]. apply abs_mult_le; [auto | apply JQ; [auto | simpl; lia]].
Qed.
Lemma B_bound i : In i idx -> Rabs (Bi i) <= kB * Q x ^ (q + 1).
Proof.
  intros Hi. unfold Bi, kB. replace (n * (Gb + gb) * M * Q x ^ (q + 1)) with (n * (Gb * Q x * (M * Q x ^ q) + gb * Q x * (M * Q x ^ q))) by (rewrite pow_add; ring).
  unfold n. rewrite <- sumf_const. apply sumf_abs_le. intros j Hj. apply abs_plus_le; (apply abs_mult_le; [auto using b_Q | apply JQ; [auto | simpl; lia]]).
Qed.
Lemma C_bound i : In i idx -> Rabs (Ci i) <= kC * Q x ^ (q + 1).
Proof.
  intros Hi. unfold Ci, kC. pose proof (pow2_ge_0 sigma).
  replace (sigma ^ 2 / 2 * (n * (n * ((Gs + m) * M))) * Q x ^ (q + 1)) with (sigma ^ 2 / 2 * (n * (n * (Gs * Q x * (M * Q x ^ q) + m * Q x * (M * Q x ^ q))))) by (rewrite pow_add; ring).
  apply abs_mult_le. apply abs_pos_le; lra. unfold n. rewrite <- !sumf_const. apply sumf_abs_le. intros a Ha. apply sumf_abs_le. intros c Hc.
  apply abs_plus_le. apply abs_mult_le; [auto | apply JQ; [auto | simpl; lia]].
  eapply Rle_trans; [|apply up; lra]. apply abs_mult_le; [auto | apply JQ; [auto | simpl; lia]].
Qed.

Lemma second_near : Rabs (gen idx L K t x - second d F H J t x) <= eta * (Mb * Q x ^ w).
Proof.
  destruct k_pos as (g0 & a0 & b0 & c0). destruct pos as (s0 & f0). destruct M_pos as (M0 & _). pose proof (pow2_ge_0 sigma) as s2.
  assert (E2 : second d F H J t x = sumf idx (fun i => F i x * Ai i)).
  { unfold second, Ai. fold idx.
    rewrite (sumf_ext idx (fun i => F i x * sumf idx (fun j => H j i x * J t [j] x + F j x * J t [i; j] x))
      (fun i => sumf idx (fun j => F i x * F j x * J t [i; j] x) + sumf idx (fun j => H j i x * F i x * J t [j] x))).
    - rewrite sumf_plus. f_equal.
      + rewrite sumf_swap. reflexivity.
      + rewrite (sumf_swap idx idx (fun i j => H j i x * F i x * J t [j] x)). apply sumf_ext; intros i _. now rewrite sumf_scal_r.
    - intros i _. rewrite <- sumf_scal, <- sumf_plus. apply sumf_ext; intros; ring. }
  assert (E1 : gen idx L K t x = sumf idx (fun i => F i x * Ai i)
    + eta * (sumf idx (fun i => F i x * (Bi i - Ci i) - b i x * K t [i] x) + sigma ^ 2 / 2 * sumf idx (fun i => sumf idx (fun j => Sig x j i * K t [j; i] x)))).
  { unfold gen, L, limit; cbn [drift diffu]. fold idx. rewrite Rmult_plus_distr_l, <- Rplus_assoc. f_equal.
    - rewrite <- sumf_scal, <- sumf_plus. apply sumf_ext; intros i Hi. rewrite (K_one i Hi). unfold b. fold idx. field.
    - rewrite <- !sumf_scal. apply sumf_ext; intros i _. rewrite <- !sumf_scal. apply sumf_ext; intros j _. field. }
  rewrite E1, E2. match goal with |- Rabs (?s + eta * ?v - ?s) <= _ => replace (s + eta * v - s) with (eta * v) by ring end.
  apply abs_mult_le. apply abs_pos_le; lra.
  assert (Qw : Q x * Q x ^ (q + 1) <= Q x ^ w) by (change (Q x * Q x ^ (q + 1)) with (Q x ^ S (q + 1)); apply Rle_pow; auto; unfold w; lia).
  assert (Qq : Q x ^ q <= Q x ^ w) by (apply Rle_pow; auto; unfold w; lia).
  unfold Mb. rewrite (Rmult_plus_distr_r _ _ (Q x ^ w)). apply abs_plus_le.
  - replace (n * (Gf * (kB + kC) + gb * (kA + kB + kC)) * Q x ^ w) with (n * ((Gf * (kB + kC) + gb * (kA + kB + kC)) * Q x ^ w)) by ring.
    unfold n. rewrite <- sumf_const. apply sumf_abs_le. intros i Hi.
    apply Rle_trans with (Gf * Q x * ((kB + kC) * Q x ^ (q + 1)) + gb * Q x * ((kA + kB + kC) * Q x ^ (q + 1))).
    + apply abs_minus_le; apply abs_mult_le; auto using b_Q.
      * rewrite Rmult_plus_distr_r. apply abs_minus_le; auto using B_bound, C_bound.
      * rewrite (K_one i Hi). replace ((kA + kB + kC) * Q x ^ (q + 1)) with (kA * Q x ^ (q + 1) + 1 * (kB * Q x ^ (q + 1)) + 1 * (kC * Q x ^ (q + 1))) by ring.
        assert (e1 : Rabs eta <= 1) by (rewrite Rabs_pos_eq; lra).
        apply abs_plus_le; [apply abs_minus_le; [apply abs_opp_le, A_bound; auto|]|]; apply abs_mult_le; auto using B_bound, C_bound.
    + replace (Gf * Q x * ((kB + kC) * Q x ^ (q + 1)) + gb * Q x * ((kA + kB + kC) * Q x ^ (q + 1)))
        with ((Gf * (kB + kC) + gb * (kA + kB + kC)) * (Q x * Q x ^ (q + 1))) by ring.
      apply Rmult_le_compat_l; auto. mpos.
  - replace (sigma ^ 2 / 2 * (n * (n * (m * M))) * Q x ^ w) with (sigma ^ 2 / 2 * (n * (n * (m * (M * Q x ^ w))))) by ring.
    apply abs_mult_le. apply abs_pos_le; lra. unfold n. rewrite <- !sumf_const. apply sumf_abs_le. intros i Hi. apply sumf_abs_le. intros j Hj.
    apply abs_mult_le; auto. eapply Rle_trans; [apply K_bound; auto|]. apply Rmult_le_compat_l; auto.
Qed.
End At.

Theorem sgd_modified_weak x :
  Rabs (expected (chain_steps eta sigma F law) 0 N (J (INR N * eta) nil) x - J 0 nil x) <= sgd_constant2 d q sigma Gf m M Mb Mt T * Q x ^ w * eta ^ 2.
Proof.
  assert (Hb : 0 <= Mb).
  { destruct (k_pos x) as (g0 & a0 & b0 & c0). destruct pos, M_pos. assert (m1 := moment_ge_1 _ _ _ _ _ _ (oracle x)). unfold Mb, Rdiv. mpos. }
  apply (sgd_weak_order2 d q N eta sigma Gf m F H Sig law) with (test := test) (g2 := fun t x => gen idx L K t x) (g3 := fun t x => - Derive (fun t => gen idx L K t x) t); auto.
  - destruct M_pos; auto.
  - intros t l y Ht Hl Hn. apply J_bound; auto. rewrite Hn. lia.
  - intros t y Ht. split. now apply K_time. rewrite Ropp_involutive. destruct (K_time2 t y Ht) as (g' & D1 & _). apply Derive_correct. now exists g'.
  - intros t y Ht. now apply second_near.
  - intros t y Ht. rewrite Rabs_Ropp. destruct (K_time2 t y Ht) as (g' & D1 & D2). replace (Derive _ _) with g'; auto. symmetry; now apply is_derive_unique.
Qed.
End Modified.
