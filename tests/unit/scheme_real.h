/* SPDX-License-Identifier: GPL-3.0-or-later
 * Read once per format by scheme_units.c: the integrators and limits behind one kind of function. Arrays come and
 * go as doubles; every value is one of the format. */
#define BATCH UNIT_SCHEME_BATCH

static void OC_NAME(pack)(OC_REAL to[BATCH], const double *from)
{
    for (size_t i = 0; i < BATCH; i++) {
        to[i] = (OC_REAL)from[i];
    }
}

static void OC_NAME(unpack)(double *to, const OC_REAL from[BATCH])
{
    for (size_t i = 0; i < BATCH; i++) {
        to[i] = (double)from[i];
    }
}

typedef struct OC_NAME(arrays) {
    OC_REAL in[UNIT_SCHEME_INPUTS][BATCH], out[UNIT_SCHEME_OUTPUTS][BATCH];
} OC_NAME(arrays);

/* One call of the library with everything it may need. */
typedef struct OC_NAME(call) {
    OC_NAME(oc_time_step) time;
    OC_NAME(oc_sgd_sde_plan) sgd;
    OC_NAME(oc_rmsprop_sde_plan) rmsprop;
    OC_NAME(oc_adam_sde_time) adam;
    OC_NAME(oc_adamw_sde_plan) adamw;
} OC_NAME(call);

static bool OC_NAME(prepare)(OC_NAME(call) *c, double h, const oc_ref_limit_input *p)
{
    const oc_limit limit = {p->sigma0, p->eps0, p->c1, p->c2, p->lambda0};
    return OC_NAME(oc_time_step_init)(&c->time, h) == OC_OK &&
           OC_NAME(oc_sgd_sde_plan_init)(&c->sgd, p->eta, p->sigma) == OC_OK &&
           OC_NAME(oc_rmsprop_sde_plan_init)(&c->rmsprop, &limit) == OC_OK &&
           OC_NAME(oc_adam_sde_at)(&c->adam, &limit, p->gamma1, p->gamma2) == OC_OK &&
           OC_NAME(oc_adamw_sde_plan_init)(&c->adamw, &limit) == OC_OK;
}

/* The first output starts as the first input: schemes that work in place read it there. */
static void OC_NAME(apply)(unit_scheme_kind kind, const OC_NAME(call) *c, size_t n, OC_NAME(arrays) *a)
{
    OC_REAL(*in)[BATCH] = a->in, (*out)[BATCH] = a->out;
    memcpy(out[0], in[0], sizeof in[0]);
    switch (kind) {
    case UNIT_EULER_MARUYAMA:
        OC_NAME(oc_euler_maruyama_step)(&c->time, n, out[0], in[1], in[2], in[3]);
        break;
    case UNIT_MILSTEIN:
        OC_NAME(oc_milstein_step)(&c->time, n, out[0], in[1], in[2], in[3], in[4]);
        break;
    case UNIT_HEUN_PREDICT:
        OC_NAME(oc_heun_predict)(&c->time, n, out[0], in[0], in[1], in[2], in[3]);
        break;
    case UNIT_HEUN_CORRECT:
        OC_NAME(oc_heun_correct)(&c->time, n, out[0], in[1], in[2], in[3], in[4], in[5]);
        break;
    case UNIT_PLATEN_SUPPORT:
        OC_NAME(oc_platen_support)(&c->time, n, out[0], out[1], out[2], in[0], in[1], in[2], in[3]);
        break;
    case UNIT_PLATEN_STEP:
        OC_NAME(oc_platen_step)(&c->time, n, out[0], in[1], in[2], in[3], in[4], in[5], in[6]);
        break;
    case UNIT_SRA1_SUPPORT:
        OC_NAME(oc_sra1_support)(&c->time, n, out[0], in[0], in[1], in[2], in[3], in[4]);
        break;
    case UNIT_SRA1_STEP:
        OC_NAME(oc_sra1_step)(&c->time, n, out[0], in[1], in[2], in[3], in[4], in[5], in[6]);
        break;
    case UNIT_TALAY_TUBARO:
        for (size_t i = 0; i < n; i++) {
            out[0][i] = OC_NAME(oc_talay_tubaro)(in[0][i], in[1][i]);
        }
        break;
    case UNIT_SGD_ORDER1:
        OC_NAME(oc_sgd_sde_order1)(&c->sgd, n, out[0], out[1], in[0], in[1]);
        break;
    case UNIT_SGD_ORDER2:
        OC_NAME(oc_sgd_sde_order2)(&c->sgd, n, out[0], out[1], in[0], in[1], in[2]);
        break;
    case UNIT_RMSPROP:
        OC_NAME(oc_rmsprop_sde_coef)(&c->rmsprop, n, out[0], out[1], out[2], in[0], in[1], in[2]);
        break;
    case UNIT_ADAM:
        OC_NAME(oc_adam_sde_coef)(&c->adam, n, out[0], out[1], out[2], out[3], in[0], in[1], in[2], in[3]);
        break;
    case UNIT_ADAMW:
        OC_NAME(oc_adamw_sde_decay)(&c->adamw, n, out[0], in[1]);
        break;
    }
}

static bool OC_NAME(run)(unit_scheme_kind kind, double h, const oc_ref_limit_input *limit, size_t n,
                         double in[UNIT_SCHEME_INPUTS][BATCH], double out[UNIT_SCHEME_OUTPUTS][BATCH])
{
    OC_NAME(call) c;
    OC_NAME(arrays) a;
    if (!OC_NAME(prepare)(&c, h, limit)) {
        return false;
    }
    for (size_t j = 0; j < UNIT_SCHEME_INPUTS; j++) {
        OC_NAME(pack)(a.in[j], in[j]);
    }
    for (size_t j = 0; j < UNIT_SCHEME_OUTPUTS; j++) {
        OC_NAME(pack)(a.out[j], out[j]);
    }
    OC_NAME(apply)(kind, &c, n, &a);
    for (size_t j = 0; j < UNIT_SCHEME_OUTPUTS; j++) {
        OC_NAME(unpack)(out[j], a.out[j]);
    }
    return true;
}

#undef BATCH
