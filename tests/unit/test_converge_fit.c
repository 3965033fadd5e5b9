/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fits of known error laws: the interval holds the truth, or says that it holds nothing. */
#include "converge.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static const size_t doubling[] = {8, 16, 32, 64, 128}, close_together[] = {24, 30, 38, 47, 59};

static void set_rows_over(optcert_converge *c, double horizon, const size_t steps[5], double (*error)(double h), double noise)
{
    *c = (optcert_converge){.suite = "limit", .method = OPTCERT_DETERMINISTIC, .order_target = 1.0};
    c->study.horizon = horizon;
    c->study.phi_count = 1;
    c->study.dynamics.kind = optcert_optimizer_find("rmsprop");
    c->study.dynamics.oracle.problem.kind = optcert_problem_find("quadratic");
    c->study.dynamics.oracle.noise = optcert_noise_find("gaussian");
    strcpy(c->study.phi[0].name, "theta");
    optcert_converge_set_steps(c, steps, 5, OPTCERT_ROWS_MIN);
    for (size_t i = 0; i < c->row_count; i++) {
        c->row[i].error[0] = error(c->row[i].h) * (1.0 + (i % 2 == 0 ? noise : -noise));
        c->row[i].resolution[0] = noise * fabs(error(c->row[i].h));
    }
    c->predicted[0] = (optcert_estimate){1.0, 1.0, 1.0};
    optcert_converge_fit(c);
    optcert_converge_claims(c);
}

static void set_rows(optcert_converge *c, const size_t steps[5], double (*error)(double h), double noise)
{
    set_rows_over(c, 1.0, steps, error, noise);
}

static double smooth(double h)
{
    return h * exp(-3.0 * h) / (1.0 + 2.0 * h);
}

static double second_order(double h)
{
    return h * h * (1.0 + h);
}

static double constant(double h)
{
    return 0.3 + h;
}

/* What skewed noise does, and Adam's start with momentum. */
static double half_order(double h)
{
    return sqrt(h) * (1.0 + sqrt(h) - 2.0 * h);
}

static double with_half_powers(double h)
{
    return h * (1.0 + 0.7 * sqrt(h) - h);
}

/* Not yet in its asymptotic regime: half the coefficient comes from steps below 1/50. */
static double late(double h)
{
    return h * (0.5 + 0.5 / (1.0 + pow(50.0 * h, 4.0)));
}

/* Never in it. */
static double wavy(double h)
{
    return h * (1.0 + 0.2 * sin(3.0 * log(h)));
}

static bool within(const optcert_estimate *e, double x)
{
    return e->low <= x && x <= e->high;
}

static void intervals_hold(void)
{
    static const struct {
        const char *name;
        double (*error)(double h);
        double order, coefficient;
        bool decided; /* the order is */
    } laws[] = {{"smooth", smooth, 1.0, 1.0, true},
                {"second order", second_order, 2.0, 0.0, true},
                {"constant", constant, 0.0, INFINITY, true},
                {"half order", half_order, 0.5, INFINITY, true},
                {"half powers", with_half_powers, 1.0, 1.0, true},
                {"late", late, 1.0, 1.0, false},
                {"wavy", wavy, 1.0, NAN, false}};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        for (double noise = 0.0; noise < 3e-5; noise += 1e-5) {
            set_rows(&c, doubling, laws[i].error, noise);
            const optcert_estimate *order = &c.order[0];
            const optcert_estimate *coefficient = &c.measured[0];
            UNIT_CHECK(within(order, laws[i].order), "%s: order in [%g, %g]", laws[i].name, order->low, order->high);
            UNIT_CHECK(!isfinite(laws[i].coefficient) || within(coefficient, laws[i].coefficient),
                       "%s: coefficient in [%g, %g]", laws[i].name, coefficient->low, coefficient->high);
            UNIT_CHECK(!laws[i].decided || order->high - order->low < 0.2, "%s, noise %g: order in [%g, %g]",
                       laws[i].name, noise, order->low, order->high);
            UNIT_CHECK(laws[i].decided || c.claim[0].verdict == OPTCERT_INCONCLUSIVE, "%s: a verdict", laws[i].name);
        }
    }
}

/* Rows that lie closer together fall by less each: what is left beyond the last one is more than twice its correction. Laws with
 * the first powers of h that no model here has. */
static double smooth_late(double h)
{
    return h * (1.0 + pow(25.0 * h, 5.0));
}

static void close_rows(void)
{
    static const struct {
        const char *name;
        double (*error)(double h);
        double order;
    } laws[] = {{"smooth", smooth, 1.0}, {"half powers", with_half_powers, 1.0}, {"half order", half_order, 0.5},
                {"fifth power", smooth_late, 1.0}, {"late", late, 1.0}};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        set_rows(&c, close_together, laws[i].error, 0.0);
        UNIT_CHECK(within(&c.order[0], laws[i].order), "%s: order %g in [%g, %g]", laws[i].name, c.order[0].value, c.order[0].low,
                   c.order[0].high);
    }
}

/* Steps so small that their powers underflow, errors of 0, and errors that are no numbers: no order, and no crash. */
static double zero(double h)
{
    return 0.0 * h;
}

static double none(double h)
{
    return NAN * h;
}

static double square_root(double h)
{
    return sqrt(h);
}

static void nothing_to_fit(void)
{
    static const struct {
        const char *name;
        double (*error)(double h);
        double horizon;
    } laws[] = {{"tiny steps", square_root, 1e-300}, {"no error", zero, 1.0}, {"no number", none, 1.0}};
    static optcert_converge c;
    for (size_t i = 0; i < sizeof laws / sizeof laws[0]; i++) {
        set_rows_over(&c, laws[i].horizon, doubling, laws[i].error, 0.0);
        UNIT_CHECK(!isfinite(c.order[0].high - c.order[0].low), "%s: order %g in [%g, %g]", laws[i].name,
                   c.order[0].value, c.order[0].low, c.order[0].high);
        UNIT_CHECK(c.exact[0] || c.verdict == OPTCERT_INCONCLUSIVE, "%s: verdict %d", laws[i].name, (int)c.verdict);
    }
}

UNIT_SUITE(converge_fit, {"nothing_to_fit", nothing_to_fit}, {"intervals_hold", intervals_hold}, {"close_rows", close_rows})
