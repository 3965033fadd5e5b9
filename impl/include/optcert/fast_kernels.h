/* SPDX-License-Identifier: Apache-2.0
 * The optimizers' kernels with their contracts, once per working format and name: fast.h reads this for the functions
 * that users call, impl/fast/variants.h for the copies behind them. Each contract is the one of the kernel of the same
 * name in the unit's header; WP proves that the core meets it.
 * OC_KERNEL(name) is the function's name, OC_ISA_FIRST its first parameter with a comma, or nothing. */
/* As oc_sgd_step of optcert/sgd.h. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1];
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(SgdTheta)(plan->lr, \old(theta[i]), \old(grad[i]))); */
void OC_KERNEL(sgd_step)(OC_ISA_FIRST const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *restrict theta,
                         const OC_REAL *restrict grad);

/* As oc_sgd_momentum_step of optcert/sgd_momentum.h. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires m: \valid(m + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), m + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_NAME(SgdMomentumM)(plan->momentum, \old(m[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(SgdMomentumTheta)(plan->lr, \old(theta[i]),
            OC_NAME(SgdMomentumM)(plan->momentum, \old(m[i]), \old(grad[i])))); */
void OC_KERNEL(sgd_momentum_step)(OC_ISA_FIRST const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n,
                                  OC_REAL *restrict theta, OC_REAL *restrict m, const OC_REAL *restrict grad);

/* As oc_rmsprop_step of optcert/rmsprop.h. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), v + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], v[0 .. n-1];
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(RmspropV)(plan->beta2, plan->weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(RmspropTheta)(plan->lr, plan->eps, \old(theta[i]), \old(v[i]),
            \old(grad[i]))); */
void OC_KERNEL(rmsprop_step)(OC_ISA_FIRST const OC_NAME(oc_rmsprop_plan) *plan, size_t n, OC_REAL *restrict theta,
                             OC_REAL *restrict v, const OC_REAL *restrict grad);

/* As oc_rmsprop_newv_step of optcert/rmsprop_newv.h. */
/*@ requires plan: \valid_read(plan);
    requires theta: \valid(theta + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(plan, theta + (0 .. n-1), v + (0 .. n-1), grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], v[0 .. n-1];
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(RmspropV)(plan->beta2, plan->weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(RmspropNewvTheta)(plan->lr, plan->beta2, plan->weight2, plan->eps,
            \old(theta[i]), \old(v[i]), \old(grad[i]))); */
void OC_KERNEL(rmsprop_newv_step)(OC_ISA_FIRST const OC_NAME(oc_rmsprop_newv_plan) *plan, size_t n,
                                  OC_REAL *restrict theta, OC_REAL *restrict v, const OC_REAL *restrict grad);

/* As oc_adam_step of optcert/adam.h. */
/*@ requires coef: \valid_read(coef);
    requires theta: \valid(theta + (0 .. n-1));
    requires m: \valid(m + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(coef, theta + (0 .. n-1), m + (0 .. n-1), v + (0 .. n-1),
          grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_NAME(AdamM)(coef->beta1, coef->weight1, \old(m[i]), \old(grad[i])));
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(AdamV)(coef->beta2, coef->weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(AdamTheta)(coef->step_size, coef->inv_root, coef->eps, \old(theta[i]),
            OC_NAME(AdamM)(coef->beta1, coef->weight1, \old(m[i]), \old(grad[i])),
            OC_NAME(AdamV)(coef->beta2, coef->weight2, \old(v[i]), \old(grad[i])))); */
void OC_KERNEL(adam_step)(OC_ISA_FIRST const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *restrict theta,
                          OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);

/* As oc_adamw_step of optcert/adamw.h. */
/*@ requires coef: \valid_read(coef);
    requires theta: \valid(theta + (0 .. n-1));
    requires m: \valid(m + (0 .. n-1));
    requires v: \valid(v + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires separated: \separated(coef, theta + (0 .. n-1), m + (0 .. n-1), v + (0 .. n-1),
          grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_NAME(AdamM)(coef->adam.beta1, coef->adam.weight1, \old(m[i]), \old(grad[i])));
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_NAME(AdamV)(coef->adam.beta2, coef->adam.weight2, \old(v[i]), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_NAME(AdamwTheta)(coef->decay, coef->adam.step_size, coef->adam.inv_root,
            coef->adam.eps, \old(theta[i]), OC_NAME(AdamM)(coef->adam.beta1, coef->adam.weight1,
            \old(m[i]), \old(grad[i])), OC_NAME(AdamV)(coef->adam.beta2, coef->adam.weight2, \old(v[i]),
            \old(grad[i])))); */
void OC_KERNEL(adamw_step)(OC_ISA_FIRST const OC_NAME(oc_adamw_coef) *coef, size_t n, OC_REAL *restrict theta,
                           OC_REAL *restrict m, OC_REAL *restrict v, const OC_REAL *restrict grad);

/* As oc_ema_step of optcert/ema.h. */
/*@ requires plan: \valid_read(plan);
    requires avg: \valid(avg + (0 .. n-1));
    requires theta: \valid_read(theta + (0 .. n-1));
    requires separated: \separated(plan, avg + (0 .. n-1), theta + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns avg[0 .. n-1];
    ensures avg: \forall integer i; 0 <= i < n ==>
      Same(avg[i], OC_NAME(Ema)(plan->rho, plan->weight, \old(avg[i]), \old(theta[i]))); */
void OC_KERNEL(ema_step)(OC_ISA_FIRST const OC_NAME(oc_ema_plan) *plan, size_t n, OC_REAL *restrict avg,
                         const OC_REAL *restrict theta);
