(* SPDX-License-Identifier: GPL-3.0-or-later *)
(** One Euler-Maruyama step x' = x + a h + s sqrt(h) z, computed as

      fl (fl (x + fl (a h)) + fl (fl (s sh) z))

    for a drift a, a diffusion s, a step h and a normal z of the format; sh stands for sqrt h to a relative error ah
    (u when it is the rounded root). *)
From Coq Require Import Reals ZArith Lra Lia Psatz.
From Optcert.Rounding Require Import std_model relation moments.
Open Scope R_scope.

Section EulerMaruyama.
Variables prec emin : Z.
Context (Hp : (8 <= prec)%Z).
Notation F := (F prec emin). Notation fl := (fl prec emin). Notation u := (u prec). Notation tiny := (tiny emin).

Definition euler_maruyama x a h s sh z := fl (fl (x + fl (a * h)) + fl (fl (s * sh) * z)).

Theorem noise_error ah s sh h z : 0 <= ah -> Rel ah sh (sqrt h) ->
  Rabs (fl (fl (s * sh) * z) - s * sqrt h * z) <=
    (exp (ah + 2 * u) - 1) * Rabs (s * sqrt h * z) + (exp u * (tiny * Rabs z) + tiny).
Proof.
  intros Ha R. pose proof (u_pos prec) as U. pose proof (tiny_pos emin) as T. pose proof (sqrt_pos h) as Sh.
  pose proof (product_Err prec emin Hp ah sh (sqrt h) s Ha Sh R) as P. rewrite (Rmult_comm s sh), (Rmult_comm s (sqrt h)).
  set (p := fl (sh * s)) in *. set (p' := sqrt h * s) in *.
  assert (Q : Err (ah + u) (tiny * Rabs z) (Rabs (p' * z)) (p * z) (p' * z)).
  { unfold Err in *. replace (p * z - p' * z) with ((p - p') * z) by ring. rewrite !Rabs_mult.
    assert (Rabs p' = sqrt h * Rabs s) as E by (unfold p'; rewrite Rabs_mult, (Rabs_pos_eq (sqrt h)); auto). rewrite E.
    pose proof (Rmult_le_compat_r _ _ _ (Rabs_pos z) P). lra. }
  apply fl_Err with (prec := prec) (emin := emin) in Q; auto; try lra.
  unfold Err in Q. replace (ah + 2 * u) with (ah + u + u) by ring. exact Q.
Qed.

Theorem euler_maruyama_error ah x a h s sh z : F x -> 0 <= ah -> Rel ah sh (sqrt h) ->
  let y := x + a * h in let x' := y + s * sqrt h * z in
  Rabs (euler_maruyama x a h s sh z - x') <=
    u * Rabs x' + (1 + u) * (u * Rabs y + (1 + u) * (u * Rabs (a * h) + tiny)
      + ((exp (ah + 2 * u) - 1) * Rabs (s * sqrt h * z) + (exp u * (tiny * Rabs z) + tiny))).
Proof.
  intros Fx Ha R y x'. pose proof (fl_abs prec emin Hp (a * h)) as A.
  assert (Y : Rabs (fl (x + fl (a * h)) - y) <= u * Rabs y + (1 + u) * (u * Rabs (a * h) + tiny)).
  { pose proof (fl_add_close prec emin Hp x x (fl (a * h)) (a * h) 0 (u * Rabs (a * h) + tiny) Fx (F_fl prec emin Hp _)) as C.
    rewrite <- (Rplus_0_l (u * Rabs (a * h) + tiny)). apply C; auto. rewrite Rminus_diag_eq, Rabs_R0 by reflexivity. lra. }
  apply (fl_add_close prec emin Hp _ y _ (s * sqrt h * z)); auto; try now apply F_fl. now apply noise_error.
Qed.
End EulerMaruyama.
