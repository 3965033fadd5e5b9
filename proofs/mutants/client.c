/* SPDX-License-Identifier: GPL-3.0-or-later
 * Callers of the library that rely on all that its contracts promise, and give no more than they ask. What the callers
 * expect is written out in rounded operations, not in the words of spec/: a contract, or a word of spec/, that says
 * less, asks more or says something else breaks a goal here. */
#include "optcert/adam.h"
#include "optcert/rmsprop.h"
#include "optcert/sgd.h"
#include "optcert/sgd_momentum.h"

#include "real.h"

/*@ requires \valid_read(plan);
    requires \valid(theta + (0 .. n-1)) && \valid_read(grad + (0 .. n-1));
    requires \separated(plan, theta + (0 .. n-1), grad + (0 .. n-1));
    terminates \true; exits \false;
    assigns theta[0 .. n-1];
    ensures \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_SUB(\old(theta[i]), OC_MUL(plan->lr, \old(grad[i])))); */
void use_sgd_step(const OC_NAME(oc_sgd_plan) *plan, size_t n, OC_REAL *theta, const OC_REAL *grad)
{
    OC_NAME(oc_sgd_step)(plan, n, theta, grad);
}

/*@ requires \valid(plan) && \valid_read(hyper) && \separated(plan, hyper);
    terminates \true; exits \false;
    assigns *plan;
    ensures accepted: \result == OC_OK ==> Same(plan->lr, (OC_REAL)hyper->lr);
    ensures unchanged: \result != OC_OK ==> Same(plan->lr, \old(plan->lr));
    ensures reason: \result == OC_OK || \result == OC_ERR_LR; */
oc_status use_sgd_plan(OC_NAME(oc_sgd_plan) *plan, const oc_hyper *hyper)
{
    return OC_NAME(oc_sgd_plan_init)(plan, hyper);
}

/*@ requires \valid_read(hyper);
    terminates \true; exits \false;
    assigns \nothing;
    ensures \result == OC_ERR_NULL; */
oc_status use_sgd_no_plan(const oc_hyper *hyper)
{
    return OC_NAME(oc_sgd_plan_init)(NULL, hyper);
}

/*@ requires \valid_read(plan);
    requires \valid(theta + (0 .. n-1)) && \valid(m + (0 .. n-1)) && \valid_read(grad + (0 .. n-1));
    requires \separated(plan, theta + (0 .. n-1), m + (0 .. n-1), grad + (0 .. n-1));
    terminates \true; exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_ADD(OC_MUL(plan->momentum, \old(m[i])), \old(grad[i])));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_SUB(\old(theta[i]), OC_MUL(plan->lr, m[i]))); */
void use_momentum_step(const OC_NAME(oc_sgd_momentum_plan) *plan, size_t n, OC_REAL *theta, OC_REAL *m,
                       const OC_REAL *grad)
{
    OC_NAME(oc_sgd_momentum_step)(plan, n, theta, m, grad);
}

/*@ requires \valid_read(plan);
    requires \valid(theta + (0 .. n-1)) && \valid(v + (0 .. n-1)) && \valid_read(grad + (0 .. n-1));
    requires \separated(plan, theta + (0 .. n-1), v + (0 .. n-1), grad + (0 .. n-1));
    terminates \true; exits \false;
    assigns theta[0 .. n-1], v[0 .. n-1];
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_ADD(OC_MUL(plan->beta2, \old(v[i])), OC_MUL(plan->weight2, OC_MUL(\old(grad[i]), \old(grad[i])))));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_SUB(\old(theta[i]), OC_DIV(OC_MUL(plan->lr, \old(grad[i])),
                                                   OC_ADD(OC_SQRT(\old(v[i])), plan->eps)))); */
void use_rmsprop_step(const OC_NAME(oc_rmsprop_plan) *plan, size_t n, OC_REAL *theta, OC_REAL *v, const OC_REAL *grad)
{
    OC_NAME(oc_rmsprop_step)(plan, n, theta, v, grad);
}

/*@ requires \valid_read(coef);
    requires \valid(theta + (0 .. n-1)) && \valid(m + (0 .. n-1)) && \valid(v + (0 .. n-1)) && \valid_read(grad + (0 .. n-1));
    requires \separated(coef, theta + (0 .. n-1), m + (0 .. n-1), v + (0 .. n-1), grad + (0 .. n-1));
    terminates \true; exits \false;
    assigns theta[0 .. n-1], m[0 .. n-1], v[0 .. n-1];
    ensures m: \forall integer i; 0 <= i < n ==>
      Same(m[i], OC_ADD(OC_MUL(coef->beta1, \old(m[i])), OC_MUL(coef->weight1, \old(grad[i]))));
    ensures v: \forall integer i; 0 <= i < n ==>
      Same(v[i], OC_ADD(OC_MUL(coef->beta2, \old(v[i])), OC_MUL(coef->weight2, OC_MUL(\old(grad[i]), \old(grad[i])))));
    ensures theta: \forall integer i; 0 <= i < n ==>
      Same(theta[i], OC_SUB(\old(theta[i]), OC_DIV(OC_MUL(coef->step_size, m[i]),
                                                   OC_ADD(OC_MUL(OC_SQRT(v[i]), coef->inv_root), coef->eps)))); */
void use_adam_step(const OC_NAME(oc_adam_coef) *coef, size_t n, OC_REAL *theta, OC_REAL *m, OC_REAL *v,
                   const OC_REAL *grad)
{
    OC_NAME(oc_adam_step)(coef, n, theta, m, v, grad);
}
