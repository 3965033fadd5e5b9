/* SPDX-License-Identifier: GPL-3.0-or-later
 * The rule and its negative controls. Between a run and the variables of its limit: sigma0 = lr sigma, eps0 = eps lr,
 * c_i = (1-beta_i)/lr^2, lambda0 = weight_decay/lr, h = lr^2 (MLPA Sect. 4); SGD: h = lr, sigma0^2 = lr sigma^2. */
#include "scaling_rule.h"

#include "optcert/scaling.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *name, *text;
} rules[OPTCERT_SCALING_RULES] = {
    [OPTCERT_SCALING_TRUE] = {"rule", "the scaling rule"},
    [OPTCERT_SCALING_LINEAR_LR] = {"linear-lr", "lr * kappa instead of lr * sqrt(kappa)"},
    [OPTCERT_SCALING_ROOT_LR] = {"root-lr", "lr * sqrt(kappa) instead of lr * kappa"},
    [OPTCERT_SCALING_KEPT_LR] = {"kept-lr", "everything but lr scaled"},
    [OPTCERT_SCALING_LR_ALONE] = {"lr-alone", "nothing but lr scaled"},
    [OPTCERT_SCALING_KEPT_BETAS] = {"kept-betas", "betas not scaled"},
    [OPTCERT_SCALING_KEPT_EPS] = {"kept-eps", "eps not scaled"},
    [OPTCERT_SCALING_WRONG_EPS] = {"wrong-eps", "eps * sqrt(kappa) instead of eps / sqrt(kappa)"},
    [OPTCERT_SCALING_KEPT_DECAY] = {"kept-decay", "weight decay not scaled"},
    [OPTCERT_SCALING_KEPT_AVERAGE] = {"kept-average", "decay of the average not scaled"},
    [OPTCERT_SCALING_KEPT_STEPS] = {"kept-steps", "as many steps as before"},
};

const char *optcert_scaling_rule_name(optcert_scaling_rule rule)
{
    return rules[rule].name;
}

const char *optcert_scaling_rule_text(optcert_scaling_rule rule)
{
    return rules[rule].text;
}

optcert_scaling_rule optcert_scaling_rule_find(const char *name)
{
    int rule = 0;
    while (rule < OPTCERT_SCALING_RULES && strcmp(rules[rule].name, name) != 0) {
        rule++;
    }
    return (optcert_scaling_rule)rule;
}

static bool is_sgd(optcert_optimizer optimizer)
{
    return optimizer == OPTCERT_SGD || optimizer == OPTCERT_SGD_SCALED;
}

bool optcert_scaling_rule_matters(optcert_scaling_rule rule, optcert_optimizer optimizer, const optcert_scaling_run *run)
{
    const bool adaptive = !is_sgd(optimizer);
    switch (rule) {
    case OPTCERT_SCALING_LINEAR_LR:
    case OPTCERT_SCALING_KEPT_BETAS:
    case OPTCERT_SCALING_LR_ALONE:
        return adaptive;
    case OPTCERT_SCALING_KEPT_EPS:
    case OPTCERT_SCALING_WRONG_EPS:
        return adaptive && run->hyper.eps > 0.0;
    case OPTCERT_SCALING_ROOT_LR:
        return !adaptive;
    case OPTCERT_SCALING_KEPT_DECAY:
        return optimizer == OPTCERT_ADAMW && run->hyper.weight_decay > 0.0;
    case OPTCERT_SCALING_KEPT_AVERAGE:
        return run->average > 0.0;
    case OPTCERT_SCALING_TRUE:
    case OPTCERT_SCALING_KEPT_LR:
    case OPTCERT_SCALING_KEPT_STEPS:
    case OPTCERT_SCALING_RULES:
        break;
    }
    return true;
}

static oc_status scale_truly(optcert_optimizer optimizer, const oc_hyper *from, double kappa, oc_hyper *to)
{
    switch (optimizer) {
    case OPTCERT_SGD:
    case OPTCERT_SGD_SCALED:
        return oc_scale_sgd(from, kappa, to);
    case OPTCERT_RMSPROP:
    case OPTCERT_RMSPROP_NEWV:
        return oc_scale_rmsprop(from, kappa, to);
    case OPTCERT_ADAM:
        return oc_scale_adam(from, kappa, to);
    case OPTCERT_ADAMW:
        break;
    }
    return oc_scale_adamw(from, kappa, to);
}

static void keep_all_but_lr(const oc_hyper *from, oc_hyper *to)
{
    const double lr = to->lr;
    *to = *from;
    to->lr = lr;
}

/* Puts the mistake into what the rule gave. */
static void mistake(optcert_scaling_rule rule, const optcert_scaling_run *from, double kappa, optcert_scaling_run *to)
{
    switch (rule) {
    case OPTCERT_SCALING_LINEAR_LR:
        to->hyper.lr = from->hyper.lr * kappa;
        break;
    case OPTCERT_SCALING_ROOT_LR:
        to->hyper.lr = from->hyper.lr * sqrt(kappa);
        break;
    case OPTCERT_SCALING_KEPT_LR:
        to->hyper.lr = from->hyper.lr;
        break;
    case OPTCERT_SCALING_LR_ALONE:
        keep_all_but_lr(&from->hyper, &to->hyper);
        break;
    case OPTCERT_SCALING_KEPT_BETAS:
        to->hyper.beta1 = from->hyper.beta1;
        to->hyper.beta2 = from->hyper.beta2;
        break;
    case OPTCERT_SCALING_KEPT_EPS:
        to->hyper.eps = from->hyper.eps;
        break;
    case OPTCERT_SCALING_WRONG_EPS:
        to->hyper.eps = from->hyper.eps * sqrt(kappa);
        break;
    case OPTCERT_SCALING_KEPT_DECAY:
        to->hyper.weight_decay = from->hyper.weight_decay;
        break;
    case OPTCERT_SCALING_KEPT_AVERAGE:
        to->average = from->average;
        break;
    case OPTCERT_SCALING_KEPT_STEPS:
        to->steps = from->steps;
        break;
    case OPTCERT_SCALING_TRUE:
    case OPTCERT_SCALING_RULES:
        break;
    }
}

oc_status optcert_scaling_apply(optcert_scaling_rule rule, optcert_optimizer optimizer, const optcert_scaling_run *from,
                                double kappa, optcert_scaling_run *to)
{
    *to = *from;
    oc_status status = scale_truly(optimizer, &from->hyper, kappa, &to->hyper);
    if (status == OC_OK && from->average > 0.0) {
        status = oc_scale_ema(from->average, kappa, &to->average);
    }
    to->sigma = from->sigma / sqrt(kappa);
    to->steps = from->steps / kappa;
    to->first = from->first / kappa;
    mistake(rule, from, kappa, to);
    return status;
}

void optcert_scaling_run_of(const optcert_dynamics *d, double t0, double horizon, size_t steps, optcert_scaling_run *run)
{
    const double h = horizon / (double)steps;
    const double lr = is_sgd(d->kind->optimizer) ? h : sqrt(h);
    *run = (optcert_scaling_run){.hyper = {.lr = lr,
                                           .beta1 = 1.0 - d->c1 * h,
                                           .beta2 = 1.0 - d->c2 * h,
                                           .eps = d->eps0 / lr,
                                           .weight_decay = d->lambda0 * lr,
                                           .flags = d->eps0 == 0.0 ? OC_ALLOW_ZERO_EPS : 0},
                                 .sigma = d->sigma0 / (is_sgd(d->kind->optimizer) ? sqrt(lr) : lr),
                                 .steps = (double)steps,
                                 .first = t0 / h};
}

void optcert_scaling_study_of(const optcert_scaling_run *run, optcert_dynamics *d, double *t0, double *horizon)
{
    const double lr = run->hyper.lr;
    const bool sgd = is_sgd(d->kind->optimizer);
    const double h = sgd ? lr : lr * lr;
    d->sigma0 = run->sigma * (sgd ? sqrt(lr) : lr);
    d->eps0 = run->hyper.eps * lr;
    d->c1 = (1.0 - run->hyper.beta1) / h;
    d->c2 = (1.0 - run->hyper.beta2) / h;
    d->lambda0 = run->hyper.weight_decay / lr;
    *t0 = run->first * h;
    *horizon = run->steps * h;
}
