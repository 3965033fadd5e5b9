/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suite scaling: runs at batches kappa times as large, compared at equal continuous time. */
#include "command.h"
#include "converge_scaling_sampled.h"
#include "converge_suite.h"
#include "report.h"
#include "scaling_report.h"
#include "settings.h"

#include "average.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_KAPPA = 1024 };

static void take_kappa(const char *word, void *context)
{
    optcert_scaling_study *s = context;
    const size_t kappa = (size_t)optcert_option_whole("--kappa", word, 2, MOST_KAPPA);
    if (s->kappa_count == OPTCERT_KAPPAS_MAX) {
        optcert_usage("--kappa names more than %d ratios", OPTCERT_KAPPAS_MAX);
    }
    for (size_t i = 0; i < s->kappa_count; i++) {
        if (s->kappa[i] == kappa) {
            optcert_usage("--kappa names %zu twice", kappa);
        }
    }
    s->kappa[s->kappa_count++] = kappa;
}

/* The first rule is the right one. */
const char *optcert_converge_scaling_control(size_t i, const char **text)
{
    if (i + 1 >= OPTCERT_SCALING_RULES) {
        return NULL;
    }
    const optcert_scaling_rule rule = (optcert_scaling_rule)(i + 1);
    *text = optcert_scaling_rule_text(rule);
    return optcert_scaling_rule_name(rule);
}

/* The average of SGD's iterates is a study of its own: its state is (theta, average). */
static void set_average(const optcert_converge_request *r, optcert_scaling_study *s)
{
    if (strcmp(s->study.dynamics.oracle.problem.kind->name, "quadratic") != 0) {
        optcert_usage("--problem '%s' is not allowed: averages are compared on quadratic",
                      s->study.dynamics.oracle.problem.kind->name);
    }
    if (r->phi != NULL) {
        optcert_usage("--phi '%s' is not allowed: averages are compared by all moments up to 2", r->phi);
    }
    s->average_rate = 2.0;
    s->study.phi_count = OPTCERT_AVERAGE_PHIS;
    for (size_t p = 0; p < OPTCERT_AVERAGE_PHIS; p++) {
        s->study.phi[p] = (optcert_phi){{0}, {0}, OPTCERT_PHI_ONE};
        strcpy(s->study.phi[p].name, optcert_average_phi[p]);
    }
}

static void set_study(const optcert_converge_request *r, optcert_scaling_study *s)
{
    optcert_converge_request own = *r;
    char reason[OPTCERT_SCALING_REASON];
    const bool average = r->optimizer != NULL && strcmp(r->optimizer, "ema") == 0;
    const bool sgd = average || (r->optimizer != NULL && strcmp(r->optimizer, "sgd") == 0);
    own.optimizer = sgd ? "sgd/scaled" : r->optimizer;
    optcert_converge_read_study(&own, sgd ? "theta,theta^2,theta^3,theta^4" : "theta,theta^2,u", &s->study);
    optcert_converge_refuse_zero("scaling", &s->study);
    if (average) {
        set_average(r, s);
    }
    s->rule = optcert_scaling_rule_find(r->control != NULL ? r->control : "rule");
    if (s->rule == OPTCERT_SCALING_RULES) {
        optcert_usage("--control '%s' is not a mistake in the scaling rule (optcert converge --controls lists them)", r->control);
    }
    s->step_count = optcert_converge_read_steps(r->steps != NULL ? r->steps : "64,128,256,512,1024", s->steps);
    if (s->step_count < OPTCERT_ROWS_MIN) {
        optcert_usage("--steps '%s' names %zu step counts: an order needs %d", r->steps, s->step_count, OPTCERT_ROWS_MIN);
    }
    optcert_converge_each_word("--kappa", r->kappa != NULL ? r->kappa : s->study.dynamics.kind->has_m ? "2,4" : "2,4,8",
                               take_kappa, s);
    if (!optcert_settings_check(&s->study, s->steps[0], reason) || !optcert_scaling_check(s, reason)) {
        optcert_usage("%s", reason);
    }
}

static void show_progress(void *context, size_t done, size_t total)
{
    optcert_progress(context, "scaling: rows", done, total);
}

static void write_junit(const optcert_options *common, const optcert_scaling_study *s)
{
    optcert_claims claims = {0};
    for (size_t k = 0; k < s->kappa_count; k++) {
        for (size_t i = 0; i < s->at[k].claim_count; i++) {
            (void)optcert_claims_add(&claims, &s->at[k].claim[i]);
        }
    }
    optcert_report_junit(common, "optcert.converge", &claims);
    optcert_claims_free(&claims);
}

int optcert_converge_scaling(const optcert_converge_request *r, const optcert_options *common)
{
    static optcert_scaling_study s;
    if (r->ell != NULL) {
        optcert_usage("--ell '%s' means nothing here: it belongs to suite svag", r->ell);
    }
    if (r->engine != NULL && strcmp(r->engine, "monte-carlo") == 0) {
        return optcert_converge_scaling_sampled(r, common);
    }
    if (r->resolution != NULL) {
        optcert_usage("--resolution '%s' means nothing without --engine monte-carlo: this engine has no sampling noise",
                      r->resolution);
    }
    set_study(r, &s);
    omp_set_num_threads((int)common->jobs);
    if (optcert_scaling_run_all(&s, show_progress, (void *)(size_t)common) != OPTCERT_CONVERGE_OK) {
        optcert_broken("memory is short, or the limit's equation was not solved");
    }
    if (common->json ? !optcert_scaling_json(&s, stdout) : (optcert_scaling_table(&s, stdout), false)) {
        optcert_broken("the answer could not be written");
    }
    write_junit(common, &s);
    if (r->plot != NULL && !optcert_scaling_plot(&s, r->plot)) {
        optcert_broken("--plot '%s': the files could not be written, or gnuplot failed", r->plot);
    }
    return optcert_exit_code(s.verdict);
}
