; SPDX-License-Identifier: GPL-3.0-or-later
; Why a prover that knows IEEE numbers must not be used: two instances of WP's axiom f32_to_f64
; (wp/why3/frama_c_wp/cfloat.mlw) are contradictory at the two zeros. Z3 must say unsat.
(declare-fun to_f64 (Real) Float64)
(define-fun instance ((f Float32)) Bool (= (to_f64 (fp.to_real f)) ((_ to_fp 11 53) RNE f)))
(assert (instance (_ +zero 8 24)))
(assert (instance (_ -zero 8 24)))
(check-sat)
