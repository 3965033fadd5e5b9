/* SPDX-License-Identifier: GPL-3.0-or-later
 * Adam from t = 0: order 1/2 with momentum, order 1 without, with the predicted coefficients. The case of Coq's
 * adam_start.half_order: zero loss, Sigma = 1, z = +-1, c1 = c2 = c, eps0 = 0, u0 = 1. */
#include "converge.h"
#include "settings.h"
#include "unit.h"

#include <math.h>

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static const optcert_converge *run(const char *set, const char *control, size_t phis)
{
    static optcert_converge c;
    char reason[OPTCERT_REASON_SIZE] = "";
    c = (optcert_converge){.suite = "limit", .order_target = 1.0};
    c.study.dynamics.kind = optcert_optimizer_find("adam");
    c.study.dynamics.oracle.problem.kind = optcert_problem_find("linear");
    c.study.dynamics.oracle.noise = optcert_noise_find("rademacher");
    optcert_settings_default(&c.study);
    UNIT_CHECK(optcert_settings_apply(&c.study, set, reason), "%s", reason);
    UNIT_CHECK(control == NULL || optcert_settings_control(&c.study, control, reason), "%s", reason);
    UNIT_CHECK(optcert_phi_parse("theta", &c.study.phi[0]) && optcert_phi_parse("m", &c.study.phi[1]), "phi");
    c.study.phi_count = phis;
    optcert_converge_set_steps(&c, (size_t[]){8, 16, 32, 64, 128, 256}, 6, OPTCERT_ROWS_MIN);
    UNIT_CHECK(optcert_converge_run(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK, "not run");
    return &c;
}

/* u stays 1, so that E theta_N = theta0 - sum over steps of h beta^j m0 / (sigma0 sqrt(1 - beta^j)). */
static double exact_mean(double h, size_t steps)
{
    double theta = 1.0;
    double power = 1.0;
    for (size_t j = 1; j <= steps; j++) {
        power *= 1.0 - 2.0 * h;
        theta -= h * power * 0.5 / (0.8 * sqrt(1.0 - power));
    }
    return theta;
}

static void momentum_halves_the_order(void)
{
    const optcert_converge *c = run("a=0,S0=1,sigma0=0.8,eps0=0,c1=2,c2=2,T=1,t0=0,theta0=1,m0=0.5,u0=1", NULL, 2);
    for (size_t i = 0; i < c->row_count; i++) {
        const optcert_row *row = &c->row[i];
        const double wanted = exact_mean(row->h, row->steps);
        const double bound = 0.5 / 0.8 * (sqrt(row->h / 2.0) - 2.0 * row->h / sqrt(1.0 - exp(-2.0)));
        UNIT_CHECK(fabs(row->chain[0] - wanted) <= 1e-11, "%zu steps: %.15g, %.15g", row->steps, row->chain[0], wanted);
        UNIT_CHECK(row->error[0] >= bound, "%zu steps: error %g below the theorem's %g", row->steps, row->error[0], bound);
    }
    /* -zeta(1/2) m0 / (sqrt(c) sigma0), dw/dtheta = 1 */
    UNIT_CHECK(fabs(c->predicted[0].value - 1.4603545088095868 * 0.5 / (sqrt(2.0) * 0.8)) <= 1e-12, "predicted %.15g",
               c->predicted[0].value);
    UNIT_CHECK(c->leading[0] == 0.5 && c->leading[1] == 1.0, "m does not depend on theta");
    UNIT_CHECK(c->verdict == OPTCERT_PASSED, "orders %g, %g", c->order[0].value, c->order[1].value);
}

static void without_momentum(void)
{
    const optcert_converge *c = run("a=1,T=1,t0=0,m0=0,u0=1.2", NULL, 1);
    UNIT_CHECK(optcert_converge_leading(c, 0) == 1.0 && c->verdict == OPTCERT_PASSED, "order %g, coefficient %g for %g", c->order[0].value,
               c->measured[0].value, c->predicted[0].value);
}

static void without_gamma_it_fails(void)
{
    UNIT_CHECK(run("a=1,T=1,t0=0,m0=0,u0=1.2", "no-gamma", 1)->verdict == OPTCERT_FAILED, "a limit without gamma passes");
}

UNIT_SUITE(adam_start, {"momentum_halves_the_order", momentum_halves_the_order}, {"without_momentum", without_momentum},
           {"without_gamma_it_fails", without_gamma_it_fails})
