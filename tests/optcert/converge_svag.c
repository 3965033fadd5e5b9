/* SPDX-License-Identifier: GPL-3.0-or-later
 * Suite svag: SVAG(l) against the SDE that it simulates, l = 1, 2, 4, ..., without sampling noise or by Monte Carlo. */
#include "command.h"
#include "converge.h"
#include "converge_report.h"
#include "converge_suite.h"
#include "report.h"
#include "settings.h"

#include <omp.h>
#include <string.h>

enum { MOST_L = 64, MOST_STEPS = 16384 };

typedef struct l_list {
    size_t count, l[OPTCERT_STEPS_MAX];
} l_list;

static void take_l(const char *word, void *context)
{
    l_list *list = context;
    if (list->count == OPTCERT_STEPS_MAX) {
        optcert_usage("--ell names more than %d values", OPTCERT_STEPS_MAX);
    }
    list->l[list->count++] = (size_t)optcert_option_whole("--ell", word, 1, MOST_L);
}

static const struct {
    const char *name, *text;
    optcert_svag_mistake mistake;
    const char *noise;
} controls[] = {{"one-call", "one call's noise is scaled instead of mixing two: skewness stays", OPTCERT_SVAG_ONE_CALL,
                 "exponential"},
                {"kept-eps", "eps is not multiplied by l", OPTCERT_SVAG_KEPT_EPS, NULL},
                {"kept-betas", "the 1-beta_i are not divided by l^2", OPTCERT_SVAG_KEPT_BETAS, NULL}};

const char *optcert_converge_svag_control(size_t i, const char **text)
{
    if (i >= sizeof controls / sizeof controls[0]) {
        return NULL;
    }
    *text = controls[i].text;
    return controls[i].name;
}

static void set_control(const char *name, optcert_converge *c)
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (strcmp(controls[i].name, name) == 0) {
            if (controls[i].mistake != OPTCERT_SVAG_ONE_CALL && !c->study.dynamics.kind->has_u) {
                optcert_usage("--control '%s' changes nothing for %s", name, c->study.dynamics.kind->name);
            }
            c->svag_mistake = controls[i].mistake;
            if (controls[i].noise != NULL) {
                c->study.dynamics.oracle.noise = optcert_noise_find(controls[i].noise);
            }
            return;
        }
    }
    optcert_usage("--control '%s' is not one-call, kept-eps or kept-betas", name);
}

static void set_study(const optcert_converge_request *r, optcert_converge *c)
{
    char reason[OPTCERT_REASON_SIZE];
    size_t steps[OPTCERT_STEPS_MAX];
    l_list list = {0};
    const bool sgd = r->optimizer != NULL && strncmp(r->optimizer, "sgd", 3) == 0;
    optcert_converge_request own = *r;
    own.optimizer = sgd ? "sgd/scaled" : r->optimizer; /* eta sigma^2 stays, as SVAG keeps it */
    if (r->kappa != NULL) {
        optcert_usage("--kappa '%s' means nothing here: it belongs to suite scaling", r->kappa);
    }
    optcert_converge_read_study(&own, sgd ? "theta,theta^2,cos(theta)" : "theta,theta^2,u", &c->study);
    optcert_converge_refuse_zero("svag", &c->study);
    if (r->control != NULL) {
        set_control(r->control, c);
    }
    if (optcert_noise_heavy(c->study.dynamics.oracle.noise)) {
        optcert_usage(
            "--noise '%s' is not allowed: two calls of a law without fourth moment have no quadrature here",
            c->study.dynamics.oracle.noise->name);
    }
    if (optcert_converge_read_steps(r->steps != NULL ? r->steps : "8", steps) != 1) {
        optcert_usage("--steps '%s' is not one step count: SVAG(l) makes l^2 times as many", r->steps);
    }
    optcert_converge_each_word("--ell", r->ell != NULL ? r->ell : c->study.sampled ? "1,2,4,8" : "1,2,4,8,16", take_l, &list);
    const size_t needed = c->study.sampled ? 3 : OPTCERT_ROWS_MIN;
    if (list.count < needed) {
        optcert_usage("--ell '%s' names %zu values: an order needs %zu", r->ell, list.count, needed);
    }
    optcert_converge_set_svag(c, steps[0], list.l, list.count);
    if (c->row[c->row_count - 1].steps > MOST_STEPS) {
        optcert_usage("--steps %zu with l = %g makes %zu steps: at most %d are allowed", steps[0],
                      c->row[c->row_count - 1].amplification, c->row[c->row_count - 1].steps, MOST_STEPS);
    }
    if (!optcert_settings_check(&c->study, steps[0], reason)) {
        optcert_usage("%s", reason);
    }
}

static void show_progress(void *context, size_t done, size_t total)
{
    optcert_progress(context, "svag: rows", done, total);
}

int optcert_converge_svag(const optcert_converge_request *r, const optcert_options *common)
{
    static optcert_converge c;
    c = (optcert_converge){.suite = "svag", .order_target = 1.0};
    set_study(r, &c);
    omp_set_num_threads((int)common->jobs);
    if (c.study.sampled) {
        optcert_converge_run_sampled(r, common, &c);
    } else if (optcert_converge_run(&c, show_progress, (void *)(size_t)common) != OPTCERT_CONVERGE_OK) {
        optcert_broken("memory is short, or the limit's equation was not solved");
    }
    optcert_converge_answer(r, common, &c);
    return optcert_exit_code(c.verdict);
}
