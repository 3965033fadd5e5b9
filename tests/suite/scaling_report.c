/* SPDX-License-Identifier: GPL-3.0-or-later
 * Tables and documents of the scaling study. */
#include "scaling_report.h"
#include "claim_json.h"
#include "json_text.h"
#include "verdict.h"

#include <jansson.h>

/* The name that users know it by. */
static const char *optimizer_name(const optcert_scaling_study *s)
{
    return s->average_rate > 0.0                                                ? "ema"
           : s->study.dynamics.kind->optimizer == OPTCERT_SGD_SCALED ? "sgd"
                                                                                : s->study.dynamics.kind->name;
}

static void table_rows(const optcert_scaling_study *s, size_t p, FILE *out)
{
    for (size_t k = 0; k < s->kappa_count; k++) {
        for (size_t i = 0; i < s->step_count; i++) {
            const optcert_row *row = &s->at[k].row[i];
            fprintf(out, "%-14s %6zu %6zu%s %-11.6g %-16.10g %-16.10g %-15.8g %-15.8g %.1e\n", s->study.phi[p].name, s->kappa[k],
                    row->steps, row->requested ? " " : "+", row->h, row->chain[p], row->limit[p], row->error[p], s->at[k].predicted[p].value * row->h,
                    row->resolution[p]);
        }
    }
}

void optcert_scaling_table(const optcert_scaling_study *s, FILE *out)
{
    fprintf(out, "scaling: %s, %s, %s noise, T = %g, %s\n", optimizer_name(s), s->study.dynamics.oracle.problem.kind->name,
            s->study.dynamics.oracle.noise->name, s->study.horizon, optcert_scaling_rule_text(s->rule));
    fprintf(out, "%-14s %6s %6s  %-11s %-16s %-16s %-15s %-15s %s\n", "phi", "kappa", "steps", "h", "batch x kappa", "batch x 1",
            "difference", "first order", "resolution");
    for (size_t p = 0; p < s->study.phi_count; p++) {
        table_rows(s, p, out);
    }
    if (s->step_count > 0 && !s->at[0].row[s->step_count - 1].requested) {
        fprintf(out, "rows marked + were added: the others did not decide\n");
    }
    fprintf(out, "\n%-44s %-14s %-14s %-26s %s\n", "claim", "target", "measured", "interval", "verdict");
    for (size_t k = 0; k < s->kappa_count; k++) {
        for (size_t i = 0; i < s->at[k].claim_count; i++) {
            const optcert_claim *claim = &s->at[k].claim[i];
            fprintf(out, "%-44s %-14.8g %-14.8g [%.8g, %.8g] %s\n", claim->id,
                    claim->relation == OPTCERT_WITHIN ? claim->target : claim->threshold, claim->measured, claim->low,
                    claim->high, optcert_verdict_text(claim->verdict));
        }
    }
    fprintf(out, "verdict: %s\n", optcert_verdict_text(s->verdict));
}

static json_t *rows_json(const optcert_scaling_study *s, size_t k)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < s->step_count; i++) {
        const optcert_row *row = &s->at[k].row[i];
        for (size_t p = 0; p < s->study.phi_count; p++) {
            json_array_append_new(
                rows, json_pack("{s:I, s:o, s:s, s:o, s:o, s:o, s:o, s:f, s:o}", "steps", (json_int_t)row->steps, "h",
                                optcert_json_number(row->h), "phi", s->study.phi[p].name, "scaled",
                                optcert_json_number(row->chain[p]), "base", optcert_json_number(row->limit[p]),
                                "difference", optcert_json_number(row->error[p]), "first_order",
                                optcert_json_number(s->at[k].predicted[p].value * row->h), "se", 0.0, "resolution",
                                optcert_json_number(row->resolution[p])));
        }
    }
    return rows;
}

static json_t *estimate_json(optcert_estimate x)
{
    return json_pack("{s:o, s:o, s:o}", "estimate", optcert_json_number(x.value), "low", optcert_json_number(x.low), "high",
                     optcert_json_number(x.high));
}

static json_t *kappa_json(const optcert_scaling_study *s, size_t k)
{
    const optcert_converge *c = &s->at[k];
    json_t *orders = json_object(), *coefficients = json_object(), *claims = json_array();
    for (size_t p = 0; p < s->study.phi_count; p++) {
        json_object_set_new(orders, s->study.phi[p].name, c->exact[p] ? json_null() : estimate_json(c->order[p]));
        json_object_set_new(coefficients, s->study.phi[p].name,
                            json_pack("{s:o, s:o}", "predicted", optcert_json_number(c->predicted[p].value), "measured",
                                      optcert_json_number(c->measured[p].value)));
    }
    for (size_t i = 0; i < c->claim_count; i++) {
        json_array_append_new(claims, optcert_claim_to_json(&c->claim[i]));
    }
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:s}", "kappa", (json_int_t)s->kappa[k], "rows", rows_json(s, k), "order",
                     orders, "coefficient", coefficients, "claims", claims, "verdict", optcert_verdict_text(c->verdict));
}

bool optcert_scaling_json(const optcert_scaling_study *s, FILE *out)
{
    json_t *kappas = json_array();
    for (size_t k = 0; k < s->kappa_count; k++) {
        json_array_append_new(kappas, kappa_json(s, k));
    }
    json_t *document =
        json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:s}", "suite", "scaling", "problem",
                  s->study.dynamics.oracle.problem.kind->name, "optimizer", optimizer_name(s), "noise",
                  s->study.dynamics.oracle.noise->name, "method", optcert_method_text(OPTCERT_DETERMINISTIC), "rule",
                  optcert_scaling_rule_name(s->rule), "T", optcert_json_number(s->study.horizon), "kappas", kappas, "verdict",
                  optcert_verdict_text(s->verdict));
    if (document == NULL) {
        return false;
    }
    optcert_json_print(document, out);
    return ferror(out) == 0;
}
