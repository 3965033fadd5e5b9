(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** One update of the moments, as the kernels compute it:

      mix p q x y             = fl (fl (p x) + fl (q y))            first moment, average of the iterates
      second_moment b w v g   = mix b w v (fl (g g))

    against beta x + omega y and beta v + omega g^2. The stored coefficients p, q are themselves rounded: Rel ap p beta,
    Rel aq q omega. *)
From Coq Require Import Reals Lra Psatz ZArith.
From Optcert.Rounding Require Import std_model relation.
Open Scope R_scope.

Section Moments.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z) (He : (emin <= 2 * (1 - prec))%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).
Notation normal := (normal prec emin).

Definition mix p q x y := fl (fl (p * x) + fl (q * y)).
Definition second_moment b w v g := mix b w v (fl (g * g)).

Lemma F_mix p q x y : F (mix p q x y).
Proof. now apply F_fl. Qed.

(** a product with a rounded coefficient *)
Lemma product_Err a p beta x :
  0 <= a -> 0 <= beta -> Rel a p beta -> Err (a + u) tiny (beta * Rabs x) (fl (p * x)) (beta * x).
Proof.
  intros Ha Hb R. pose proof (Err_scale 0 a 0 (Rabs x) p beta x x ltac:(lra) Ha Hb (Rle_refl _) R (Err_refl x)) as E.
  rewrite Rmult_0_r in E. apply fl_Err with (emin := emin) (prec := prec) in E; auto; try lra.
  - revert E. rewrite Rmult_0_r, !Rplus_0_l. auto.
  - rewrite Rabs_mult, (Rabs_pos_eq beta) by auto. lra.
Qed.

(** Signed: the error is relative to beta |x| + omega |y|, since the sum may cancel. *)
Theorem mix_error ap aq p q beta omega x y :
  0 <= ap -> 0 <= aq -> 0 <= beta -> 0 <= omega -> Rel ap p beta -> Rel aq q omega ->
  Err (Rmax ap aq + 2 * u) (3 * tiny) (beta * Rabs x + omega * Rabs y) (mix p q x y) (beta * x + omega * y).
Proof.
  intros Hap Haq Hb Hw Rp Rq. unfold mix. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T.
  set (a := Rmax ap aq). assert (La : ap <= a) by apply Rmax_l. assert (Lq : aq <= a) by apply Rmax_r.
  assert (A : Err (a + u) tiny (beta * Rabs x) (fl (p * x)) (beta * x)).
  { apply product_Err; auto; [lra|]. now apply (Rel_mono ap). }
  assert (B : Err (a + u) tiny (omega * Rabs y) (fl (q * y)) (omega * y)).
  { apply product_Err; auto; [lra|]. now apply (Rel_mono aq). }
  assert (P : forall c z, 0 <= c -> Rabs (c * z) <= c * Rabs z).
  { intros c z Hc. rewrite Rabs_mult, (Rabs_pos_eq c) by auto. lra. }
  pose proof (fl_add_Err prec emin Hp (a + u) tiny tiny _ _ _ _ _ _ (F_fl prec emin Hp _) (F_fl prec emin Hp _)
    ltac:(lra) (P _ _ Hb) (P _ _ Hw) A B) as E.
  revert E. apply Err_mono; pose proof (exp_u prec Hp).
  - lra.
  - assert (exp u * (tiny + tiny) <= 256 / 255 * (tiny + tiny)) by (apply Rmult_le_compat_r; lra). lra.
  - pose proof (Rmult_le_pos _ _ Hb (Rabs_pos x)). pose proof (Rmult_le_pos _ _ Hw (Rabs_pos y)). lra.
Qed.

(** Non-negative: the error is relative to the result, plus 4 tiny of underflow. *)
Theorem second_moment_error ab aw b w beta omega v g :
  0 <= beta -> 0 <= omega -> 0 <= v -> w <= 1 -> Rel ab b beta -> Rel aw w omega ->
  RelAbs (Rmax ab (aw + u) + 2 * u) (4 * tiny) (second_moment b w v g) (beta * v + omega * (g * g)).
Proof.
  intros Hb Hw Hv W1 Rb Rw. unfold second_moment, mix. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T.
  pose proof (exp_u prec Hp) as E1.
  assert (A : RelAbs (ab + u) tiny (fl (b * v)) (beta * v)).
  { apply RelAbs_mono with (a := 0 + ab + u) (h := exp u * 0 + tiny); [lra | lra |].
    apply fl_RelAbs; auto. exists (b * v). split.
    - apply Rel_trans with (b * v); [apply Rel_refl|]. rewrite <- (Rplus_0_r ab). apply Rel_mul; auto using Rel_refl.
    - rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra. }
  assert (G : 0 <= g * g) by nra.
  assert (B : RelAbs (aw + u + u) (exp u * tiny + tiny) (fl (w * fl (g * g))) (omega * (g * g))).
  { destruct (fl_relabs prec emin Hp (g * g)) as (y & R & E). apply fl_RelAbs; auto. exists (w * y). split.
    - now apply Rel_mul.
    - replace (w * fl (g * g) - w * y) with (w * (fl (g * g) - y)) by ring. rewrite Rabs_mult.
      pose proof (Rel_nonneg _ _ _ Rw Hw). rewrite (Rabs_pos_eq w) by auto.
      pose proof (Rabs_pos (fl (g * g) - y)). nra. }
  pose proof (fl_add_RelAbs prec emin Hp _ _ _ _ _ _ _ _ (F_fl prec emin Hp _) (F_fl prec emin Hp _)
    (Rmult_le_pos _ _ Hb Hv) (Rmult_le_pos _ _ Hw G) A B) as S.
  revert S. apply RelAbs_mono.
  - assert (Rmax (ab + u) (aw + u + u) <= Rmax ab (aw + u) + u).
    { pose proof (Rmax_l ab (aw + u)). pose proof (Rmax_r ab (aw + u)). apply Rmax_lub; lra. }
    lra.
  - assert (exp u * tiny <= 256 / 255 * tiny) by (apply Rmult_le_compat_r; lra).
    assert (exp u * (tiny + (exp u * tiny + tiny)) <= 256 / 255 * (tiny + (256 / 255 * tiny + tiny))).
    { pose proof (exp_pos u). pose proof (Rmult_lt_0_compat _ _ (exp_pos u) T). apply Rmult_le_compat; lra. }
    lra.
Qed.

(** With no underflow the error is relative alone. *)
Definition second_moment_normal b w v g := normal (b * v) /\ normal (g * g) /\ normal (w * fl (g * g)).
Theorem second_moment_error_normal ab aw b w beta omega v g :
  0 <= beta -> 0 <= omega -> 0 <= v -> Rel ab b beta -> Rel aw w omega -> second_moment_normal b w v g ->
  Rel (Rmax ab (aw + u) + 2 * u) (second_moment b w v g) (beta * v + omega * (g * g)).
Proof.
  intros Hb Hw Hv Rb Rw (N1 & N2 & N3). unfold second_moment, mix.
  assert (G : 0 <= g * g) by nra.
  assert (A : Rel (u + ab) (fl (b * v)) (beta * v)).
  { apply Rel_trans with (b * v); [now apply fl_rel|]. rewrite <- (Rplus_0_r ab). apply Rel_mul; auto using Rel_refl. }
  assert (B : Rel (u + (aw + u)) (fl (w * fl (g * g))) (omega * (g * g))).
  { apply Rel_trans with (w * fl (g * g)); [now apply fl_rel|]. apply Rel_mul; auto. now apply fl_rel. }
  pose proof (fl_add_Rel prec emin Hp _ _ _ _ _ _ (F_fl prec emin Hp _) (F_fl prec emin Hp _)
    (Rmult_le_pos _ _ Hb Hv) (Rmult_le_pos _ _ Hw G) A B) as S.
  revert S. apply Rel_mono.
  assert (Rmax (u + ab) (u + (aw + u)) <= Rmax ab (aw + u) + u).
  { pose proof (Rmax_l ab (aw + u)). pose proof (Rmax_r ab (aw + u)). apply Rmax_lub; lra. }
  lra.
Qed.

Lemma second_moment_nonneg b w v g : 0 <= b -> 0 <= w -> 0 <= v -> 0 <= second_moment b w v g.
Proof.
  intros Hb Hw Hv. unfold second_moment, mix. apply fl_nonneg; auto. apply Rplus_le_le_0_compat; apply fl_nonneg; auto.
  - nra.
  - apply Rmult_le_pos; auto. apply fl_nonneg; auto. nra.
Qed.
End Moments.
