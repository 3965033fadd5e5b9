/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a study claims: for each test function the order, the leading coefficient, and in worked cases a proved bound. */
#include "converge.h"
#include "verdict.h"
#include "worked_bound.h"
#include "zero_start.h"

#include <math.h>
#include <stdio.h>

/* An order is one of 0, 1/2, 1, 2 for the mistakes and laws in question; the study resolves it to its interval, and
 * 0.005 is what the deterministic engine is asked to resolve, a fifth of the distance to the next order what sampling
 * is. */
double optcert_converge_order_allowed(const optcert_converge *c)
{
    return c->method == OPTCERT_SAMPLED ? 0.1 : 0.005;
}

static double coefficient_share(const optcert_converge *c)
{
    if (c->method == OPTCERT_SAMPLED) {
        return 0.1;
    }
    return c->study.dynamics.kind->has_m ? 1e-2 : 1e-3;
}

/* Rows without sampling, pairs of paths with it. */
static uint64_t observations(const optcert_converge *c)
{
    uint64_t paths = 0;
    for (size_t i = 0; i < c->row_count; i++) {
        paths += c->row[i].paths;
    }
    return c->method == OPTCERT_SAMPLED ? paths : c->row_count;
}

static optcert_claim *new_claim(optcert_converge *c, size_t p, const char *what)
{
    const optcert_phi phi = c->study.phi[p]; /* a copy: snprintf's arguments may not share an object */
    char *id = c->claim_id[c->claim_count];
    snprintf(id, sizeof c->claim_id[0], "converge.%s.%s.%s", c->suite, phi.name, what);
    optcert_claim *claim = &c->claim[c->claim_count++];
    *claim = (optcert_claim){.id = id,
                             .method = c->method,
                             .relation = OPTCERT_WITHIN,
                             .sample_size = observations(c),
                             .seed = c->seed,
                             .detail = ""};
    return claim;
}

static void set_measured(optcert_claim *claim, optcert_estimate estimate)
{
    claim->measured = estimate.value;
    claim->low = estimate.low;
    claim->high = estimate.high;
}

static void claim_exact(optcert_converge *c, size_t p)
{
    optcert_claim *claim = new_claim(c, p, "exact");
    double worst = 0.0;
    for (size_t i = 0; i < c->row_count; i++) {
        worst = fmax(worst, fabs(c->row[i].error[p]));
    }
    claim->metric = "largest error";
    claim->relation = OPTCERT_AT_MOST;
    claim->threshold = 1e-10 * (1.0 + fabs(c->row[0].limit[p]));
    set_measured(claim, (optcert_estimate){worst, worst, worst});
    claim->basis = "chain and limit agree to rounding for this test function";
    optcert_claim_close(claim);
}

static bool is_half(const optcert_converge *c, size_t p)
{
    return optcert_converge_leading(c, p) == 0.5;
}

/* The predicted coefficient of h is 0 as far as it is known: the error falls faster than the theorem says. */
static bool coefficient_vanishes(const optcert_converge *c, size_t p)
{
    const optcert_estimate *predicted = &c->predicted[p];
    return !is_half(c, p) && c->order_target == 1.0 && fabs(predicted->value) <= predicted->high - predicted->value;
}

static const char *order_basis(const optcert_converge *c, size_t p)
{
    if (c->logarithm[p]) {
        return "from m = u = 0 the error is h log(1/h), not h (zero_start.h): nearer to order 1 than to 1/2";
    }
    if (is_half(c, p)) {
        return "from t = 0 with momentum the order is 1/2, not 1 (Coq: adam_start.half_order)";
    }
    if (coefficient_vanishes(c, p)) {
        return "order-1 weak approximation (MLPA Thm. 4.2, 4.5; SGD: Li, Tai, E 2017), whose first coefficient is 0 here";
    }
    if (c->row[0].amplification > 0.0) {
        return "SVAG(l): error O(1/l^2), h standing for h/l^2 (MLPA Thm. 4.3, 4.6)";
    }
    return c->order_target == 1.0 ? "order-1 weak approximation (MLPA Thm. 4.2, 4.5; SGD: Li, Tai, E 2017)"
                                  : "order-2 weak approximation";
}

/* Within the order; at least half-way to it from 1/2 beside a logarithm, at least it where the first coefficient vanishes. */
static void claim_order(optcert_converge *c, size_t p)
{
    optcert_claim *claim = new_claim(c, p, "order");
    const bool logarithm = c->logarithm[p], at_least = logarithm || coefficient_vanishes(c, p);
    claim->metric = logarithm ? "exponent of h between the last rows" : "exponent of h";
    claim->target = is_half(c, p) ? 0.5 : c->order_target;
    claim->relation = at_least ? OPTCERT_AT_LEAST : OPTCERT_WITHIN;
    claim->threshold = logarithm  ? 0.75
                       : at_least ? claim->target - optcert_converge_order_allowed(c)
                                  : optcert_converge_order_allowed(c);
    set_measured(claim, c->order[p]);
    claim->basis = order_basis(c, p);
    optcert_claim_close(claim);
}

/* Where the predicted coefficient is (nearly) zero, a share of the value itself is allowed instead. */
double optcert_converge_coefficient_allowed(const optcert_converge *c, double predicted, double limit)
{
    return coefficient_share(c) * fmax(fabs(predicted), 1e-2 * (1.0 + fabs(limit)));
}

static void claim_coefficient(optcert_converge *c, size_t p)
{
    optcert_claim *claim = new_claim(c, p, "coefficient");
    const optcert_estimate *predicted = &c->predicted[p];
    const bool half = is_half(c, p);
    claim->metric = half              ? "limit of error/sqrt(h)"
                    : c->logarithm[p] ? "limit of error/(h log(1/h))"
                                      : "limit of error/h";
    claim->target = predicted->value;
    claim->threshold = optcert_converge_coefficient_allowed(c, predicted->value, c->row[0].limit[p]);
    set_measured(claim, c->measured[p]);
    claim->low -= predicted->high - predicted->value; /* the prediction's own resolution */
    claim->high += predicted->high - predicted->value;
    claim->basis = c->logarithm[p] ? "-f'(theta0) (2 F' Sigma + (E z^4 - 1) F'' Sigma^2/2) dw/dtheta (zero_start.h)"
                   : half          ? "-zeta(1/2) m0 sqrt(c2)/(c1 sigma0 sqrt(u0)) dw/dtheta: what a sum of t^(-1/2) lacks of its integral"
                        : "C1 = int E[(A_2 - (L^2 + dL/dt)/2 - L_1) w] dt (Talay, Tubaro 1990)";
    optcert_claim_close(claim);
}

/* The error keeps below a machine-checked bound, and the bound is not idle. */
static void claim_worked_bound(optcert_converge *c, size_t p)
{
    optcert_worked_bound bound;
    optcert_estimate error;
    optcert_estimate factor;
    if (!optcert_worked_bound_find(c, p, &bound)) {
        return;
    }
    const size_t rows = optcert_worked_bound_measure(c, p, &bound, &error, &factor);
    const struct {
        const char *what, *metric;
        double threshold;
        const optcert_estimate *measured;
    } claims[] = {{"proved-bound", "largest |error|/h", bound.per_h, &error},
                  {"proved-factor", "proved bound over |error|, the largest", bound.factor, &factor}};
    for (size_t i = 0; i < 2; i++) {
        optcert_claim *claim = new_claim(c, p, claims[i].what);
        claim->metric = claims[i].metric;
        claim->relation = OPTCERT_AT_MOST;
        claim->threshold = claims[i].threshold;
        claim->sample_size = rows;
        set_measured(claim, *claims[i].measured);
        claim->basis = bound.theorem;
        optcert_claim_close(claim);
    }
}

static optcert_verdict worst_verdict(const optcert_converge *c)
{
    optcert_verdict worst = OPTCERT_PASSED;
    for (size_t i = 0; i < c->claim_count; i++) {
        if (c->claim[i].verdict == OPTCERT_FAILED) {
            return OPTCERT_FAILED;
        }
        if (c->claim[i].verdict == OPTCERT_INCONCLUSIVE) {
            worst = OPTCERT_INCONCLUSIVE;
        }
    }
    return worst;
}

void optcert_converge_claims(optcert_converge *c)
{
    c->claim_count = 0;
    for (size_t p = 0; p < c->study.phi_count; p++) {
        claim_worked_bound(c, p);
        if (c->exact[p]) {
            claim_exact(c, p);
            continue;
        }
        claim_order(c, p);
        const bool predictable = c->method != OPTCERT_SAMPLED && c->row[0].amplification == 0.0 && !optcert_zero_start(&c->study);
        if (predictable || !isnan(c->predicted[p].value)) {
            claim_coefficient(c, p);
        }
    }
    c->verdict = worst_verdict(c);
}
