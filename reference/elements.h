/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every dialect's functions, for the table in dialect.c. True: oc_ref_NAME; bit-exact: oc_ref_NAME_exact. */
#ifndef OC_REF_ELEMENTS_H
#define OC_REF_ELEMENTS_H
#include "dialect.h"

oc_ref_element oc_ref_sgd, oc_ref_sgd_l2;
oc_ref_element oc_ref_sgd_momentum, oc_ref_sgd_momentum_dampening, oc_ref_sgd_momentum_dampening_after_first;
oc_ref_element oc_ref_sgd_momentum_nesterov, oc_ref_sgd_momentum_l2;
oc_ref_element oc_ref_rmsprop, oc_ref_rmsprop_eps_inside_root;
oc_ref_element oc_ref_rmsprop_newv, oc_ref_rmsprop_newv_eps_inside_root, oc_ref_rmsprop_newv_l2;
oc_ref_element oc_ref_rmsprop_newv_momentum, oc_ref_rmsprop_newv_eps_inside_root_momentum;
oc_ref_element oc_ref_adam, oc_ref_adam_eps_hat, oc_ref_adam_eps_inside_root, oc_ref_adam_no_bias_correction;
oc_ref_element oc_ref_adam_old_v, oc_ref_adam_l2;
oc_ref_element oc_ref_adam_amsgrad, oc_ref_adam_amsgrad_no_bias_correction;
oc_ref_element oc_ref_adamw, oc_ref_adamw_unscaled_decay, oc_ref_adamw_decay_after;
oc_ref_element oc_ref_nadam, oc_ref_nadam_mu_twice, oc_ref_nadam_constant_momentum;
oc_ref_element oc_ref_nadam_l2, oc_ref_nadam_mu_twice_l2, oc_ref_nadam_decoupled_decay;
oc_ref_element oc_ref_radam, oc_ref_radam_threshold_4, oc_ref_radam_eps_after_correction, oc_ref_radam_l2;
oc_ref_element oc_ref_radam_decoupled_decay;
oc_ref_element oc_ref_adagrad, oc_ref_adagrad_eps_inside_root, oc_ref_adagrad_l2;

oc_ref_exact_step oc_ref_sgd_exact, oc_ref_sgd_momentum_exact, oc_ref_rmsprop_exact, oc_ref_rmsprop_newv_exact;
oc_ref_exact_step oc_ref_adam_exact, oc_ref_adamw_exact;

#endif
