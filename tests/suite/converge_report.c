/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text and JSON. */
#include "converge_report.h"
#include "verdict.h"

#include <jansson.h>
#include <math.h>

void optcert_converge_table(const optcert_converge *c, FILE *out)
{
    fprintf(out, "%s: %s, %s, %s noise, T = %g", c->suite, c->study.dynamics.kind->name,
            c->study.dynamics.oracle.problem.kind->name, c->study.dynamics.oracle.noise->name, c->study.horizon);
    if (c->study.dimension > 1.0) {
        fprintf(out, ", d = %g%s", c->study.dimension, c->study.sampled ? "" : ", by moment equations");
    }
    fputc('\n', out);
    const bool sampled = c->method == OPTCERT_SAMPLED;
    fprintf(out, "%-14s %7s %-11s %-16s %-16s %-15s %s\n", "phi", "steps", "h", "chain", "sde", "error",
            sampled ? "se       bias     paths" : "resolution");
    for (size_t p = 0; p < c->study.phi_count; p++) {
        for (size_t i = 0; i < c->row_count; i++) {
            const optcert_row *row = &c->row[i];
            fprintf(out, "%-14s %6zu%s %-11.6g %-16.10g %-16.10g %-15.8g ", c->study.phi[p].name, row->steps,
                    row->requested ? " " : "+", row->h, row->chain[p], row->limit[p], row->error[p]);
            if (sampled) {
                fprintf(out, "%.1e  %.1e  %llu\n", row->se[p], row->resolution[p], (unsigned long long)row->paths);
            } else {
                fprintf(out, "%.1e\n", row->resolution[p]);
            }
        }
    }
    if (sampled) {
        fprintf(out, "seed %llu; intervals below have a confidence of 99 %%%s\n\n", (unsigned long long)c->seed,
                c->looks > 1 ? ", for all looks at the data together" : "");
    } else {
        fprintf(out, "rows marked + were added: an order needs %d of them\n\n", OPTCERT_ROWS_MIN);
    }
    fprintf(out, "%-40s %-14s %-14s %-26s %s\n", "claim", "target", "measured", "interval", "verdict");
    for (size_t i = 0; i < c->claim_count; i++) {
        const optcert_claim *claim = &c->claim[i];
        fprintf(out, "%-40s %-14.8g %-14.8g [%.8g, %.8g] %s\n", claim->id,
                claim->relation == OPTCERT_WITHIN ? claim->target : claim->threshold, claim->measured, claim->low,
                claim->high, optcert_verdict_text(claim->verdict));
    }
    fprintf(out, "verdict: %s\n", optcert_verdict_text(c->verdict));
    if (sampled && c->verdict == OPTCERT_INCONCLUSIVE) {
        fprintf(out, c->too_coarse ? "more paths would not decide: the steps are too long for the fit; try more of them (--steps; svag: larger --ell)\n"
                                   : "sampling noise: more paths than --paths, or than a run chooses within its bound of work, would decide\n");
    }
}

/* JSON has no NaN and no infinity: null. */
static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *rows_json(const optcert_converge *c, bool requested)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < c->row_count; i++) {
        const optcert_row *row = &c->row[i];
        for (size_t p = 0; row->requested == requested && p < c->study.phi_count; p++) {
            json_array_append_new(
                rows, json_pack("{s:I, s:f, s:s, s:o, s:o, s:o, s:o, s:o, s:I}", "steps", (json_int_t)row->steps, "h",
                                row->h, "phi", c->study.phi[p].name, "chain", number(row->chain[p]), "sde",
                                number(row->limit[p]), "error", number(row->error[p]), "se", number(row->se[p]),
                                "resolution", number(row->resolution[p]), "paths", (json_int_t)row->paths));
        }
    }
    return rows;
}

static json_t *order_json(const optcert_converge *c, size_t p)
{
    const optcert_estimate *order = &c->order[p];
    const bool defined = !c->exact[p];
    return json_pack("{s:o, s:o, s:o, s:o, s:b}", "estimate", number(defined ? order->value : NAN), "low",
                     number(defined ? order->low : NAN), "high", number(defined ? order->high : NAN), "line",
                     number(defined ? c->fitted[p] : NAN), "exact", c->exact[p]);
}

static json_t *coefficient_json(const optcert_converge *c, size_t p)
{
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "predicted", number(c->predicted[p].value), "measured",
                     number(c->measured[p].value), "low", number(c->measured[p].low), "high",
                     number(c->measured[p].high), "predicted_resolution",
                     number(c->predicted[p].high - c->predicted[p].value));
}

static json_t *claim_json(const optcert_claim *claim)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:I, s:s, s:s}", "id", claim->id, "metric",
                     claim->metric, "method", optcert_method_text(claim->method), "relation",
                     optcert_relation_text(claim->relation), "target", number(claim->target), "threshold",
                     number(claim->threshold), "measured", number(claim->measured), "low", number(claim->low), "high",
                     number(claim->high), "sample_size", (json_int_t)claim->sample_size, "verdict",
                     optcert_verdict_text(claim->verdict), "basis", claim->basis);
}

bool optcert_converge_json(const optcert_converge *c, FILE *out)
{
    json_t *orders = json_object();
    json_t *coefficients = json_object();
    json_t *claims = json_array();
    for (size_t p = 0; p < c->study.phi_count; p++) {
        json_object_set_new(orders, c->study.phi[p].name, order_json(c, p));
        json_object_set_new(coefficients, c->study.phi[p].name, coefficient_json(c, p));
    }
    for (size_t i = 0; i < c->claim_count; i++) {
        json_array_append_new(claims, claim_json(&c->claim[i]));
    }
    json_t *document = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:f, s:f, s:o, s:o, s:o, s:o, s:o, s:s}", "suite", c->suite, "problem",
        c->study.dynamics.oracle.problem.kind->name, "optimizer", c->study.dynamics.kind->name, "noise",
        c->study.dynamics.oracle.noise->name,
        "method", optcert_method_text(c->method), "d", fmax(1.0, c->study.dimension), "T", c->study.horizon, "rows", rows_json(c, true),
        "added_rows", rows_json(c, false), "order", orders, "coefficient", coefficients, "claims", claims, "verdict",
        optcert_verdict_text(c->verdict));
    const bool ok = document != NULL && json_dumpf(document, out, JSON_INDENT(2) | JSON_REAL_PRECISION(17)) == 0 &&
                    fputc('\n', out) != EOF;
    json_decref(document);
    return ok;
}
