/* SPDX-License-Identifier: GPL-3.0-or-later
 * The averaging decay rho^kappa. Bound: half an ulp is the final rounding; before it, at most 21 squarings,
 * 72 roots and 93 products in double-double, each within 2^-98 relatively, what stands before a squaring
 * doubling each time: below 186 2^20 2^-98 < 2^-70, or 2^-17 ulp. */
#include "interval.h"
#include "optcert/scaling.h"
#include "random.h"
#include "scaling.h"
#include "unit.h"

#include <math.h>

static const double bound = 0.5 + 0x1p-17;

typedef struct ema_case {
    double rho, kappa, expected;
    oc_status status;
    const char *origin;
} ema_case;

static const ema_case table[] = {
    {0.5, 1, 0.5, OC_OK, "kappa 1 changes nothing"},
    {0.9999, 1, 0.9999, OC_OK, "kappa 1 changes nothing"},
    {0.5, 2, 0.25, OC_OK, "square"},
    {0.25, 0.5, 0.5, OC_OK, "root"},
    {0.5, 10, 0x1p-10, OC_OK, "power of two"},
    {0x1p-400, 0.25, 0x1p-100, OC_OK, "small rho"},
    {0.5, 800, 0x1p-800, OC_OK, "smallest answer"},
    {0.5, 801, 0, OC_ERR_RANGE, "below the smallest answer"},
    {0.5, 0x1p20, 0, OC_ERR_RANGE, "far below"},
    {1 - 0x1p-53, 0x1p-20, 0, OC_ERR_RANGE, "rounds to 1"},
    {1 - 0x1p-53, 0x1p20, 1 - 0x1p-33, OC_OK, "largest rho and kappa: exp(-2^-33) = 1 - 2^-33 + 2^-67"},
    {1 - 0x1p-33, 0x1p-20, 1 - 0x1p-53, OC_OK, "smallest kappa, largest answer"},
    {0.9, 0x1.0000000000001p20, 0, OC_ERR_RANGE, "kappa beyond 2^20"},
    {0.9, 0x1.fffffffffffffp-21, 0, OC_ERR_RANGE, "kappa below 2^-20"},
    {0, 2, 0, OC_OK, "no averaging stays none"},
    {-0.0, 0.5, 0, OC_OK, "minus zero is no averaging either"},
    {0, 0, 0, OC_ERR_KAPPA, "rho zero does not excuse kappa"},
    {0, 0x1p21, 0, OC_ERR_RANGE, "rho zero does not excuse kappa"},
    {-0x1p-1074, 2, 0, OC_ERR_DECAY, "barely negative"},
    {0x1p-1074, 1, 0, OC_ERR_RANGE, "smallest positive rho"},
    {0x1.fffffffffffffp-801, 0.752, 0, OC_ERR_RANGE, "below, roots lose their remainders: 1.8e8 ulp near 2^-1049"},
    {0x1p-800, 0.5, 0x1p-400, OC_OK, "smallest rho"},
    {1, 2, 0, OC_ERR_DECAY, "rho one"},
    {-0.5, 2, 0, OC_ERR_DECAY, "rho negative"},
    {2, 2, 0, OC_ERR_DECAY, "rho above one"},
    {NAN, 2, 0, OC_ERR_DECAY, "rho not a number"},
    {INFINITY, 2, 0, OC_ERR_DECAY, "rho infinite"},
    {0.9, NAN, 0, OC_ERR_KAPPA, "kappa not a number"},
    {0.9, INFINITY, 0, OC_ERR_KAPPA, "kappa infinite"},
    {0.9, 0, 0, OC_ERR_KAPPA, "kappa zero"},
    {0.9, -1, 0, OC_ERR_KAPPA, "kappa negative"},
};

static void cases(void)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const ema_case *c = &table[i];
        double out = 123;
        const oc_status status = oc_scale_ema(c->rho, c->kappa, &out);
        UNIT_CHECK(status == c->status, "%s: \"%s\", not \"%s\"", c->origin, oc_status_text(status),
                   oc_status_text(c->status));
        const double expected = c->status == OC_OK ? c->expected : 123;
        UNIT_CHECK(oc_ref_same(out, expected), "%s: %a, not %a", c->origin, out, expected);
    }
    UNIT_CHECK(oc_scale_ema(0.9, 2, NULL) == OC_ERR_NULL, "no output");
}

static void errors(void)
{
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, 192);
    mpfi_t interval;
    mpfi_init2(interval, 192);
    double worst = 0, worst_rho = 0, worst_kappa = 0;
    for (uint64_t i = 0; i < unit_times(2000); i++) {
        unit_random random = unit_random_start(unit_seed(), i);
        const double rho = 1 - ldexp(1 + unit_random_uniform(&random), -1 - (int)unit_random_below(&random, 30));
        const double kappa = exp2(20 * (2 * unit_random_uniform(&random) - 1));
        double out;
        const oc_status status = oc_scale_ema(rho, kappa, &out);
        UNIT_CHECK(status == OC_OK || status == OC_ERR_RANGE, "%a^%a: %s", rho, kappa, oc_status_text(status));
        if (status != OC_OK) {
            continue;
        }
        oc_ref_rule_power.real(&truth, rho, kappa);
        oc_ref_rule_power.enclosure(interval, rho, kappa);
        UNIT_CHECK(mpfi_is_inside_fr(truth.mid, interval) > 0, "%a^%a: outside its enclosure", rho, kappa);
        const oc_ref_distance d = oc_ref_ulps(&oc_ref_f64, out, &truth);
        if (d.ulps + d.slack > worst) {
            worst = d.ulps + d.slack;
            worst_rho = rho;
            worst_kappa = kappa;
        }
    }
    UNIT_CHECK(worst <= bound, "%a^%a is off by %g ulp", worst_rho, worst_kappa, worst);
    unit_note("rho^kappa: largest error %.9f ulp (bound 0.5 + 2^-17) at %a^%a", worst, worst_rho, worst_kappa);
    mpfi_clear(interval);
    oc_ref_ball_clear(&truth);
}

UNIT_SUITE(scaling_ema, {"cases", cases}, {"errors", errors})
