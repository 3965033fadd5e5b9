/* SPDX-License-Identifier: Apache-2.0
 * Written by `make kernels` from the units' headers: each kernel with the contract that WP proves of the core. Read once
 * per working format and name: for the functions that users call, and for the copies behind them (impl/fast/variants*.h).
 * OC_KERNEL(name) is the function's name, OC_ISA_FIRST its first parameter with a comma, or nothing. */
/* As oc_sgd_sde_order1 of optcert/sgd_sde.h. */
/*@ requires plan: \valid_read(plan);
    requires drift: \valid(drift + (0 .. n-1));
    requires diffusion: \valid(diffusion + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_grad_drift: \separated(grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_grad_diffusion: \separated(grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_sd_drift: \separated(sd + (0 .. n-1), drift + (0 .. n-1));
    requires separated_sd_diffusion: \separated(sd + (0 .. n-1), diffusion + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift[0 .. n-1], diffusion[0 .. n-1];
    ensures drift: \forall integer i; 0 <= i < n ==>
      Same(drift[i], OC_NAME(Minus)(grad[i]));
    ensures diffusion: \forall integer i; 0 <= i < n ==>
      Same(diffusion[i], OC_NAME(SgdDiffusion)(plan->noise, sd[i])); */
void OC_KERNEL(sgd_sde_order1)(OC_ISA_FIRST const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                               OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *sd);

/* As oc_sgd_sde_order2 of optcert/sgd_sde.h. */
/*@ requires plan: \valid_read(plan);
    requires drift: \valid(drift + (0 .. n-1));
    requires diffusion: \valid(diffusion + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires hess_grad: \valid_read(hess_grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_grad_drift: \separated(grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_grad_diffusion: \separated(grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_hess_grad_drift: \separated(hess_grad + (0 .. n-1), drift + (0 .. n-1));
    requires separated_hess_grad_diffusion: \separated(hess_grad + (0 .. n-1), diffusion + (0 .. n-1));
    requires separated_sd_drift: \separated(sd + (0 .. n-1), drift + (0 .. n-1));
    requires separated_sd_diffusion: \separated(sd + (0 .. n-1), diffusion + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift[0 .. n-1], diffusion[0 .. n-1];
    ensures drift: \forall integer i; 0 <= i < n ==>
      Same(drift[i], OC_NAME(SgdDrift2)(plan->half_eta, grad[i], hess_grad[i]));
    ensures diffusion: \forall integer i; 0 <= i < n ==>
      Same(diffusion[i], OC_NAME(SgdDiffusion)(plan->noise, sd[i])); */
void OC_KERNEL(sgd_sde_order2)(OC_ISA_FIRST const OC_NAME(oc_sgd_sde_plan) *plan, size_t n, OC_REAL *restrict drift,
                               OC_REAL *restrict diffusion, const OC_REAL *grad, const OC_REAL *hess_grad,
                               const OC_REAL *sd);

/* As oc_rmsprop_sde_coef of optcert/rmsprop_sde.h. */
/*@ requires plan: \valid_read(plan);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires diffusion_theta: \valid(diffusion_theta + (0 .. n-1));
    requires drift_u: \valid(drift_u + (0 .. n-1));
    requires u: \valid_read(u + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(plan, drift_theta + (0 .. n-1), diffusion_theta + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_u_drift_theta: \separated(u + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_u_diffusion_theta: \separated(u + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_u_drift_u: \separated(u + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_grad_drift_theta: \separated(grad + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_grad_diffusion_theta: \separated(grad + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_grad_drift_u: \separated(grad + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_sd_drift_theta: \separated(sd + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_sd_diffusion_theta: \separated(sd + (0 .. n-1), diffusion_theta + (0 .. n-1));
    requires separated_sd_drift_u: \separated(sd + (0 .. n-1), drift_u + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1], diffusion_theta[0 .. n-1], drift_u[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(RmspropDrift)(plan->sigma0, plan->eps0, u[i], grad[i]));
    ensures diffusion_theta: \forall integer i; 0 <= i < n ==>
      Same(diffusion_theta[i], OC_NAME(RmspropDiffusion)(plan->sigma0, plan->eps0, u[i], sd[i]));
    ensures drift_u: \forall integer i; 0 <= i < n ==>
      Same(drift_u[i], OC_NAME(RelaxU)(plan->c2, sd[i], u[i])); */
void OC_KERNEL(rmsprop_sde_coef)(OC_ISA_FIRST const OC_NAME(oc_rmsprop_sde_plan) *plan, size_t n,
                                 OC_REAL *restrict drift_theta, OC_REAL *restrict diffusion_theta,
                                 OC_REAL *restrict drift_u, const OC_REAL *u, const OC_REAL *grad, const OC_REAL *sd);

/* As oc_adam_sde_coef of optcert/adam_sde.h. */
/*@ requires at: \valid_read(at);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires drift_m: \valid(drift_m + (0 .. n-1));
    requires diffusion_m: \valid(diffusion_m + (0 .. n-1));
    requires drift_u: \valid(drift_u + (0 .. n-1));
    requires m: \valid_read(m + (0 .. n-1));
    requires u: \valid_read(u + (0 .. n-1));
    requires grad: \valid_read(grad + (0 .. n-1));
    requires sd: \valid_read(sd + (0 .. n-1));
    requires separated: \separated(at, drift_theta + (0 .. n-1), drift_m + (0 .. n-1), diffusion_m + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_m_drift_theta: \separated(m + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_m_drift_m: \separated(m + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_m_diffusion_m: \separated(m + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_m_drift_u: \separated(m + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_u_drift_theta: \separated(u + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_u_drift_m: \separated(u + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_u_diffusion_m: \separated(u + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_u_drift_u: \separated(u + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_grad_drift_theta: \separated(grad + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_grad_drift_m: \separated(grad + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_grad_diffusion_m: \separated(grad + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_grad_drift_u: \separated(grad + (0 .. n-1), drift_u + (0 .. n-1));
    requires separated_sd_drift_theta: \separated(sd + (0 .. n-1), drift_theta + (0 .. n-1));
    requires separated_sd_drift_m: \separated(sd + (0 .. n-1), drift_m + (0 .. n-1));
    requires separated_sd_diffusion_m: \separated(sd + (0 .. n-1), diffusion_m + (0 .. n-1));
    requires separated_sd_drift_u: \separated(sd + (0 .. n-1), drift_u + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1], drift_m[0 .. n-1], diffusion_m[0 .. n-1], drift_u[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(AdamDrift)(at->ratio, at->sigma0, at->eps_t, m[i], u[i]));
    ensures drift_m: \forall integer i; 0 <= i < n ==>
      Same(drift_m[i], OC_NAME(RelaxM)(at->c1, m[i], grad[i]));
    ensures diffusion_m: \forall integer i; 0 <= i < n ==>
      Same(diffusion_m[i], OC_NAME(AdamDiffusion)(at->noise, sd[i]));
    ensures drift_u: \forall integer i; 0 <= i < n ==>
      Same(drift_u[i], OC_NAME(RelaxU)(at->c2, sd[i], u[i])); */
void OC_KERNEL(adam_sde_coef)(OC_ISA_FIRST const OC_NAME(oc_adam_sde_time) *at, size_t n,
                              OC_REAL *restrict drift_theta, OC_REAL *restrict drift_m, OC_REAL *restrict diffusion_m,
                              OC_REAL *restrict drift_u, const OC_REAL *m, const OC_REAL *u, const OC_REAL *grad,
                              const OC_REAL *sd);

/* As oc_adamw_sde_decay of optcert/adamw_sde.h. */
/*@ requires plan: \valid_read(plan);
    requires drift_theta: \valid(drift_theta + (0 .. n-1));
    requires theta: \valid_read(theta + (0 .. n-1));
    requires separated: \separated(plan, drift_theta + (0 .. n-1));
    requires separated_theta: \separated(theta + (0 .. n-1), drift_theta + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns drift_theta[0 .. n-1];
    ensures drift_theta: \forall integer i; 0 <= i < n ==>
      Same(drift_theta[i], OC_NAME(AdamwDrift)(plan->lambda0, \old(drift_theta[i]), theta[i])); */
void OC_KERNEL(adamw_sde_decay)(OC_ISA_FIRST const OC_NAME(oc_adamw_sde_plan) *plan, size_t n,
                                OC_REAL *restrict drift_theta, const OC_REAL *theta);

/* As oc_euler_maruyama_step of optcert/euler_maruyama.h. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(EulerMaruyama)(step->h, step->root, \old(x[i]), drift[i], diffusion[i], z[i])); */
void OC_KERNEL(euler_maruyama_step)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                                    const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z);

/* As oc_milstein_step of optcert/milstein.h. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires slope: \valid_read(slope + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_slope: \separated(slope + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Milstein)(step->h, step->half, step->root, \old(x[i]), drift[i], diffusion[i], slope[i], z[i])); */
void OC_KERNEL(milstein_step)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                              const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *slope, const OC_REAL *z);

/* As oc_heun_predict of optcert/heun.h. */
/*@ requires step: \valid_read(step);
    requires predictor: \valid(predictor + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, predictor + (0 .. n-1));
    requires separated_x: \separated(x + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), predictor + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), predictor + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns predictor[0 .. n-1];
    ensures predictor: \forall integer i; 0 <= i < n ==>
      Same(predictor[i], OC_NAME(EulerMaruyama)(step->h, step->root, x[i], drift[i], diffusion[i], z[i])); */
void OC_KERNEL(heun_predict)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict predictor,
                             const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion, const OC_REAL *z);

/* As oc_heun_correct of optcert/heun.h. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift2: \valid_read(drift2 + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion2: \valid_read(diffusion2 + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift2: \separated(drift2 + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion2: \separated(diffusion2 + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(HeunCorrected)(step->half, step->half_root, \old(x[i]), drift[i], drift2[i], diffusion[i], diffusion2[i], z[i])); */
void OC_KERNEL(heun_correct)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                             const OC_REAL *drift, const OC_REAL *drift2, const OC_REAL *diffusion,
                             const OC_REAL *diffusion2, const OC_REAL *z);

/* As oc_platen_support of optcert/platen.h. */
/*@ requires step: \valid_read(step);
    requires y: \valid(y + (0 .. n-1));
    requires up: \valid(up + (0 .. n-1));
    requires down: \valid(down + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, y + (0 .. n-1), up + (0 .. n-1), down + (0 .. n-1));
    requires separated_x_y: \separated(x + (0 .. n-1), y + (0 .. n-1));
    requires separated_x_up: \separated(x + (0 .. n-1), up + (0 .. n-1));
    requires separated_x_down: \separated(x + (0 .. n-1), down + (0 .. n-1));
    requires separated_drift_y: \separated(drift + (0 .. n-1), y + (0 .. n-1));
    requires separated_drift_up: \separated(drift + (0 .. n-1), up + (0 .. n-1));
    requires separated_drift_down: \separated(drift + (0 .. n-1), down + (0 .. n-1));
    requires separated_diffusion_y: \separated(diffusion + (0 .. n-1), y + (0 .. n-1));
    requires separated_diffusion_up: \separated(diffusion + (0 .. n-1), up + (0 .. n-1));
    requires separated_diffusion_down: \separated(diffusion + (0 .. n-1), down + (0 .. n-1));
    requires separated_z_y: \separated(z + (0 .. n-1), y + (0 .. n-1));
    requires separated_z_up: \separated(z + (0 .. n-1), up + (0 .. n-1));
    requires separated_z_down: \separated(z + (0 .. n-1), down + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns y[0 .. n-1], up[0 .. n-1], down[0 .. n-1];
    ensures y: \forall integer i; 0 <= i < n ==>
      Same(y[i], OC_NAME(EulerMaruyama)(step->h, step->root, x[i], drift[i], diffusion[i], z[i]));
    ensures up: \forall integer i; 0 <= i < n ==>
      Same(up[i], OC_NAME(PlatenUp)(step->h, step->root, x[i], drift[i], diffusion[i]));
    ensures down: \forall integer i; 0 <= i < n ==>
      Same(down[i], OC_NAME(PlatenDown)(step->h, step->root, x[i], drift[i], diffusion[i])); */
void OC_KERNEL(platen_support)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                               OC_REAL *restrict up, OC_REAL *restrict down, const OC_REAL *x, const OC_REAL *drift,
                               const OC_REAL *diffusion, const OC_REAL *z);

/* As oc_platen_step of optcert/platen.h. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift_y: \valid_read(drift_y + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion_up: \valid_read(diffusion_up + (0 .. n-1));
    requires diffusion_down: \valid_read(diffusion_down + (0 .. n-1));
    requires z: \valid_read(z + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift_y: \separated(drift_y + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_up: \separated(diffusion_up + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_down: \separated(diffusion_down + (0 .. n-1), x + (0 .. n-1));
    requires separated_z: \separated(z + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Platen)(step->half, step->quarter_root, \old(x[i]), drift[i], drift_y[i], diffusion[i], diffusion_up[i], diffusion_down[i], z[i])); */
void OC_KERNEL(platen_step)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                            const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                            const OC_REAL *diffusion_up, const OC_REAL *diffusion_down, const OC_REAL *z);

/* As oc_sra1_support of optcert/sra1.h. */
/*@ requires step: \valid_read(step);
    requires y: \valid(y + (0 .. n-1));
    requires x: \valid_read(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires diffusion_end: \valid_read(diffusion_end + (0 .. n-1));
    requires z1: \valid_read(z1 + (0 .. n-1));
    requires z2: \valid_read(z2 + (0 .. n-1));
    requires separated: \separated(step, y + (0 .. n-1));
    requires separated_x: \separated(x + (0 .. n-1), y + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), y + (0 .. n-1));
    requires separated_diffusion_end: \separated(diffusion_end + (0 .. n-1), y + (0 .. n-1));
    requires separated_z1: \separated(z1 + (0 .. n-1), y + (0 .. n-1));
    requires separated_z2: \separated(z2 + (0 .. n-1), y + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns y[0 .. n-1];
    ensures y: \forall integer i; 0 <= i < n ==>
      Same(y[i], OC_NAME(Sra1Support)(step->three_quarters, step->half_root, x[i], drift[i], diffusion_end[i], z1[i], z2[i])); */
void OC_KERNEL(sra1_support)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict y,
                             const OC_REAL *x, const OC_REAL *drift, const OC_REAL *diffusion_end, const OC_REAL *z1,
                             const OC_REAL *z2);

/* As oc_sra1_step of optcert/sra1.h. */
/*@ requires step: \valid_read(step);
    requires x: \valid(x + (0 .. n-1));
    requires drift: \valid_read(drift + (0 .. n-1));
    requires drift_y: \valid_read(drift_y + (0 .. n-1));
    requires diffusion: \valid_read(diffusion + (0 .. n-1));
    requires diffusion_end: \valid_read(diffusion_end + (0 .. n-1));
    requires z1: \valid_read(z1 + (0 .. n-1));
    requires z2: \valid_read(z2 + (0 .. n-1));
    requires separated: \separated(step, x + (0 .. n-1));
    requires separated_drift: \separated(drift + (0 .. n-1), x + (0 .. n-1));
    requires separated_drift_y: \separated(drift_y + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion: \separated(diffusion + (0 .. n-1), x + (0 .. n-1));
    requires separated_diffusion_end: \separated(diffusion_end + (0 .. n-1), x + (0 .. n-1));
    requires separated_z1: \separated(z1 + (0 .. n-1), x + (0 .. n-1));
    requires separated_z2: \separated(z2 + (0 .. n-1), x + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns x[0 .. n-1];
    ensures x: \forall integer i; 0 <= i < n ==>
      Same(x[i], OC_NAME(Sra1)(step->third, step->two_thirds, step->root, step->half_root, \old(x[i]), drift[i], drift_y[i], diffusion[i], diffusion_end[i], z1[i], z2[i])); */
void OC_KERNEL(sra1_step)(OC_ISA_FIRST const OC_NAME(oc_time_step) *step, size_t n, OC_REAL *restrict x,
                          const OC_REAL *drift, const OC_REAL *drift_y, const OC_REAL *diffusion,
                          const OC_REAL *diffusion_end, const OC_REAL *z1, const OC_REAL *z2);

/* As oc_svag_mix of optcert/svag.h. */
/*@ requires coef: \valid_read(coef);
    requires grad: \valid(grad + (0 .. n-1));
    requires grad1: \valid_read(grad1 + (0 .. n-1));
    requires grad2: \valid_read(grad2 + (0 .. n-1));
    requires separated_grad1: \separated(grad + (0 .. n-1), grad1 + (0 .. n-1));
    requires separated_grad2: \separated(grad + (0 .. n-1), grad2 + (0 .. n-1));
    requires separated: \separated(coef, grad + (0 .. n-1));
    terminates \true;
    exits \false;
    assigns grad[0 .. n-1];
    ensures grad: \forall integer i; 0 <= i < n ==>
      Same(grad[i], OC_NAME(SvagMix)(coef->r1, coef->r2, grad1[i], grad2[i])); */
void OC_KERNEL(svag_mix)(OC_ISA_FIRST const OC_NAME(oc_svag_coef) *coef, size_t n, OC_REAL *restrict grad,
                         const OC_REAL *restrict grad1, const OC_REAL *restrict grad2);
