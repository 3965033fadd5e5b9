/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a step takes from theta: the true references (ball arithmetic) against enclosures (interval arithmetic)
 * computed apart from them. */
#include "increment.h"
#include "mix.h"
#include "one_minus_pow.h"
#include "random.h"
#include "run.h"
#include "unit.h"

#include <math.h>

enum { WIDE = 200 };

typedef struct inputs {
    optcert_hyper hyper;
    double m, v, grad;
    uint64_t step;
} inputs;

static inputs draw(uint64_t index)
{
    unit_random random = unit_random_start(unit_seed(), index);
    const oc_hyper h = unit_random_hyper(&random);
    inputs in = {{.lr = h.lr, .beta1 = h.beta1, .beta2 = h.beta2, .eps = h.eps + 0x1p-60}, 0, 0, 0, 0};
    in.m = unit_random_uniform(&random) - 0.5;
    in.v = unit_random_uniform(&random);
    in.grad = unit_random_uniform(&random) - 0.5;
    in.step = unit_random_below(&random, 1000);
    return in;
}

/* -theta after one true step from theta = 0 lies in the enclosure of the increment, and not in that of the
 * neighbouring learning rate. */
static void inside(const char *dialect, const inputs *in, mpfi_srcptr m, mpfi_srcptr c1, mpfi_srcptr v, mpfi_srcptr c2)
{
    oc_ref_run *run = oc_ref_run_new(oc_ref_dialect_find(dialect), 1, &in->hyper, OC_REF_PREC);
    const oc_ref_dialect *d = oc_ref_dialect_find(dialect);
    if (d->slots == 2) {
        oc_ref_run_set_slot(run, 0, &in->m);
    }
    oc_ref_run_set_slot(run, d->slots - 1, &in->v);
    oc_ref_run_set_step(run, in->step);
    oc_ref_run_step(run, &in->grad);
    mpfi_t increment;
    mpfi_init2(increment, WIDE);
    mpfr_t taken;
    mpfr_init2(taken, OC_REF_PREC);
    mpfr_neg(taken, oc_ref_run_theta(run, 0)->mid, MPFR_RNDN);
    oc_ref_increment_enclosure(increment, in->hyper.lr, m, c1, v, c2, in->hyper.eps);
    UNIT_CHECK(mpfi_is_inside_fr(taken, increment) > 0, "%s: outside its enclosure", dialect);
    oc_ref_increment_enclosure(increment, nextafter(in->hyper.lr, 1), m, c1, v, c2, in->hyper.eps);
    UNIT_CHECK(mpfi_is_inside_fr(taken, increment) <= 0, "%s: the enclosure of another rate holds it", dialect);
    mpfr_clear(taken);
    mpfi_clear(increment);
    oc_ref_run_free(run);
}

static void increments(void)
{
    mpfi_t one, old_v, grad, square, m, v, c1, c2;
    mpfi_ptr const all[] = {one, old_v, grad, square, m, v, c1, c2};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        mpfi_init2(all[i], WIDE);
    }
    for (uint64_t i = 0; i < unit_times(300); i++) {
        const inputs in = draw(i);
        mpfi_set_ui(one, 1);
        mpfi_set_d(old_v, in.v);
        mpfi_set_d(grad, in.grad);
        mpfi_sqr(square, grad);
        oc_ref_average_enclosure(m, in.hyper.beta1, in.m, grad);
        oc_ref_average_enclosure(v, in.hyper.beta2, in.v, square);
        oc_ref_one_minus_pow_enclosure(c1, in.hyper.beta1, in.step + 1);
        oc_ref_one_minus_pow_enclosure(c2, in.hyper.beta2, in.step + 1);
        inside("rmsprop", &in, grad, one, old_v, one);
        inside("rmsprop/new-v", &in, grad, one, v, one);
        inside("adam", &in, m, c1, v, c2);
        inside("adam/no-bias-correction", &in, m, one, v, one);
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        mpfi_clear(all[i]);
    }
}

/* The true average of the iterates. */
static void averages(void)
{
    mpfi_t in, out;
    mpfi_init2(in, WIDE);
    mpfi_init2(out, WIDE);
    oc_ref_ball avg;
    oc_ref_ball_init(&avg, OC_REF_PREC);
    for (uint64_t i = 0; i < unit_times(300); i++) {
        const inputs x = draw(i);
        oc_ref_ball_set_d(&avg, x.m);
        oc_ref_ema(&avg, x.hyper.beta1, x.grad);
        mpfi_set_d(in, x.grad);
        oc_ref_average_enclosure(out, x.hyper.beta1, x.m, in);
        UNIT_CHECK(mpfi_is_inside_fr(avg.mid, out) > 0, "average %llu is outside", (unsigned long long)i);
    }
    oc_ref_ball_clear(&avg);
    mpfi_clear(in);
    mpfi_clear(out);
}

UNIT_SUITE(increment, {"increments", increments}, {"averages", averages})
