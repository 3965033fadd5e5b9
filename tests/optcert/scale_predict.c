/* SPDX-License-Identifier: GPL-3.0-or-later
 * The study that a run is, in the variables of its limit: sigma0 = lr sigma, c = (1-beta)/lr^2, eps0 = eps lr,
 * lambda0 = weight_decay/lr, T = steps h (MLPA Sect. 4). */
#include "scale_predict.h"
#include "json_text.h"
#include "number.h"
#include "rational.h"
#include "settings.h"

#include <math.h>
#include <string.h>

/* What the hyper-parameters decide, and --set may not. */
static const char *const decided[] = {"sigma0", "eps0", "c1", "c2", "lambda0", "T"};

static bool set_is_free(const char *set, char *why, int why_size)
{
    for (size_t i = 0; i < sizeof decided / sizeof decided[0]; i++) {
        const char *at = strstr(set, decided[i]);
        const size_t length = strlen(decided[i]);
        if (at != NULL && (at == set || at[-1] == ',') && at[length] == '=') {
            snprintf(why, (size_t)why_size, "--set '%s': %s follows from the hyper-parameters", set, decided[i]);
            return false;
        }
    }
    return true;
}

static double value_of(optcert_scale *scale, const char *key)
{
    const optcert_scaled *item = optcert_scale_item(scale, key);
    return item != NULL && !isnan(item->from) ? item->from : 0.0;
}

static bool set_dynamics(optcert_scale *scale, const char *sample_noise, optcert_prediction *out, char *why, int why_size)
{
    optcert_dynamics *d = &out->study.dynamics;
    const double lr = value_of(scale, "lr");
    const bool sgd = !d->kind->has_u;
    double noise = 1.0;
    if (sample_noise != NULL && (!optcert_number_real(sample_noise, &noise) || !(noise > 0))) {
        snprintf(why, (size_t)why_size, "--sample-noise '%s' must be a finite number > 0", sample_noise);
        return false;
    }
    out->h_before = sgd ? lr : lr * lr;
    out->h_after = out->h_before * optcert_rational_round(scale->kappa);
    d->sigma0 = noise / sqrt((double)scale->batch) * (sgd ? sqrt(lr) : lr);
    d->eps0 = value_of(scale, "eps") * lr;
    d->c1 = d->kind->has_m ? (1.0 - value_of(scale, "beta1")) / out->h_before : 0.0;
    const char *second = optcert_scale_item(scale, "beta") != NULL ? "beta" : "beta2";
    d->c2 = sgd ? 0.0 : (1.0 - value_of(scale, second)) / out->h_before;
    d->lambda0 = value_of(scale, "weight_decay") / lr;
    out->study.horizon = value_of(scale, "steps") * out->h_before;
    out->study.t0 = out->study.horizon;
    return true;
}

/* The pilot run of the grids takes 64 steps over the whole time, and no average may move further than all the way. */
enum { STEPS_TIMES_RATE = 64 };

static bool resolved(const optcert_prediction *p, double steps, char *why, int why_size)
{
    const double rate = fmax(p->study.dynamics.c1, p->study.dynamics.c2) * p->h_before * steps;
    if (!(rate < STEPS_TIMES_RATE)) {
        snprintf(why, (size_t)why_size,
                 "--steps %g is not allowed with --problem: (1-beta)*steps = %g must be < %d, what the engine resolves",
                 steps, rate, STEPS_TIMES_RATE);
        return false;
    }
    return true;
}

static bool set_names(const optcert_scale *scale, const optcert_scale_problem *asked, optcert_study *study, char *why,
                      int why_size)
{
    const char *name = scale->optimizer->name;
    study->dynamics.kind = optcert_optimizer_find(strcmp(name, "sgd") == 0 ? "sgd/scaled" : name);
    study->dynamics.oracle.problem.kind = optcert_problem_find(asked->problem);
    study->dynamics.oracle.noise = optcert_noise_find(asked->noise != NULL ? asked->noise : "gaussian");
    if (study->dynamics.kind == NULL) {
        snprintf(why, (size_t)why_size, "--problem: no first-order error is known for %s", name);
    } else if (study->dynamics.oracle.problem.kind == NULL) {
        snprintf(why, (size_t)why_size, "--problem '%s' is not one of those that optcert list shows", asked->problem);
    } else if (study->dynamics.oracle.noise == NULL) {
        snprintf(why, (size_t)why_size, "--noise '%s' is not one of those that optcert list shows", asked->noise);
    } else {
        return true;
    }
    return false;
}

bool optcert_scale_predict(optcert_scale *scale, const optcert_scale_problem *asked, optcert_prediction *out, char *why,
                           int why_size)
{
    char reason[OPTCERT_REASON_SIZE];
    *out = (optcert_prediction){0};
    const double steps = value_of(scale, "steps");
    if (!set_names(scale, asked, &out->study, why, why_size)) {
        return false;
    }
    if (steps == 0) {
        snprintf(why, (size_t)why_size, "--problem needs --steps: the error is one at the end of a run");
        return false;
    }
    optcert_settings_default(&out->study);
    if (!set_dynamics(scale, asked->sample_noise, out, why, why_size) || !resolved(out, steps, why, why_size)) {
        return false;
    }
    if (asked->set != NULL && !set_is_free(asked->set, why, why_size)) {
        return false;
    }
    if (asked->set != NULL && !optcert_settings_apply(&out->study, asked->set, reason)) {
        snprintf(why, (size_t)why_size, "--set %s", reason);
        return false;
    }
    static const char *const phis[] = {"theta", "theta^2", "u"};
    out->study.phi_count = out->study.dynamics.kind->has_u ? 3 : 2;
    for (size_t p = 0; p < out->study.phi_count; p++) {
        (void)optcert_phi_parse(phis[p], &out->study.phi[p]);
    }
    if (optcert_converge_predict(&out->study, out->limit, out->coefficient) != OPTCERT_CONVERGE_OK) {
        snprintf(why, (size_t)why_size, "--problem %s: the limit's equation was not solved with these values", asked->problem);
        return false;
    }
    return true;
}

json_t *optcert_prediction_json(const optcert_prediction *p)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < p->study.phi_count; i++) {
        const double c = p->coefficient[i].value;
        json_array_append_new(
            rows, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "phi", p->study.phi[i].name, "sde",
                            optcert_json_number(p->limit[i]), "coefficient", optcert_json_number(c), "low",
                            optcert_json_number(p->coefficient[i].low), "high",
                            optcert_json_number(p->coefficient[i].high), "error_before",
                            optcert_json_number(c * p->h_before), "error_after", optcert_json_number(c * p->h_after)));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "problem", p->study.dynamics.oracle.problem.kind->name, "noise",
                     p->study.dynamics.oracle.noise->name, "T", optcert_json_number(p->study.horizon), "h_before",
                     optcert_json_number(p->h_before), "h_after", optcert_json_number(p->h_after), "rows", rows);
}

void optcert_prediction_text(const optcert_prediction *p, FILE *out)
{
    fprintf(out, "distance from the SDE on %s after time %.6g, to first order (C1 h)\n",
            p->study.dynamics.oracle.problem.kind->name, p->study.horizon);
    fprintf(out, "  %-14s %-22s %-22s %s\n", "", "before", "after", "the SDE's value");
    fprintf(out, "  %-14s %-22.8g %-22.8g\n", "h", p->h_before, p->h_after);
    for (size_t i = 0; i < p->study.phi_count; i++) {
        const double c = p->coefficient[i].value;
        fprintf(out, "  %-14s %-22.5g %-22.5g %.8g\n", p->study.phi[i].name, c * p->h_before, c * p->h_after,
                p->limit[i]);
    }
}
