/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dialects: true references against published implementations and formulas worked independently, and
 * bit-exact references against true ones. */
#include "dialect.h"
#include "nadam.h"
#include "random.h"
#include "run.h"
#include "unit.h"

#include <math.h>
#include <string.h>

enum { STEPS = 4, LONG = 8 }; /* with beta2 = 0.875, RAdam's rho passes 4 at the fifth step and 5 at the sixth */
static const double start = 1.5;
static const double grads[LONG] = {0.5, -1.25, 2, 0.125, -0.75, 1, 0.25, -0.5};
static const optcert_hyper hyper = {.lr = 0.125,
                                    .beta1 = 0.75,
                                    .beta2 = 0.875,
                                    .eps = 0.0625,
                                    .weight_decay = 0.25,
                                    .momentum = 0.75,
                                    .dampening = 0.5};

static const char torch[] = "PyTorch 1.13.1, float64";
static const char decimal[] = "the formula in 60-digit decimal arithmetic (Python's decimal)";

typedef struct trajectory {
    const char *dialect, *origin;
    int steps;
    double theta[LONG];
} trajectory;

static const trajectory table[] = {
    {"sgd", torch, STEPS, {1.4375, 1.59375, 1.34375, 1.328125}},
    {"sgd/l2", torch, STEPS, {1.390625, 1.50341796875, 1.2064361572265625, 1.1531100273132324}},
    {"sgd-momentum", torch, STEPS, {1.4375, 1.546875, 1.37890625, 1.2373046875}},
    {"sgd-momentum/dampening-after-first", torch, STEPS, {1.4375, 1.46875, 1.3671875, 1.283203125}},
    {"sgd-momentum/nesterov", torch, STEPS, {1.390625, 1.62890625, 1.2529296875, 1.131103515625}},
    {"sgd-momentum/l2", torch, STEPS, {1.390625, 1.42138671875, 1.1500396728515625, 0.89496564865112305}},
    {"rmsprop/new-v", torch, STEPS, {1.2387961250362585, 1.5311994480394169, 1.25220063716509, 1.2336761142780208}},
    {"rmsprop/new-v-l2", torch, STEPS, {1.2058698693814804, 1.440446237925664, 1.1436919835336719, 1.0893941126375051}},
    {"adam", torch, STEPS, {1.3888888888888888, 1.4491484716787086, 1.4011529129431382, 1.3605856742646718}},
    {"adam/l2", torch, STEPS, {1.3833333333333333, 1.401911604975371, 1.3318639145118885, 1.2652843791747244}},
    {"adam/amsgrad", torch, STEPS, {1.3888888888888888, 1.4491484716787086, 1.4011529129431382, 1.3630270746347892}},
    {"adamw", torch, STEPS, {1.3420138888888888, 1.360335537650931, 1.2698294933637688, 1.1895800830176848}},
    /* PyTorch 1.13 keeps the product of the mu in float32, so its float64 trajectory is 3e-9 away. */
    {"nadam/mu-twice", decimal, STEPS, {1.3778883346639028, 1.4975295225324099, 1.3780715779702215, 1.3598330534009129}},
    {"sgd-momentum/dampening", decimal, STEPS, {1.46875, 1.5234375, 1.439453125, 1.36865234375}},
    {"rmsprop", decimal, STEPS, {0.5, 1.1530096874093536, 0.68516437060430002, 0.66772694492465468}},
    {"rmsprop/eps-inside-root", decimal, STEPS, {1.25, 1.7603103630798287, 1.2921457742953064, 1.2741910350101431}},
    {"rmsprop/new-v-eps-inside-root", decimal, STEPS,
     {1.2958758547680684, 1.588478722758395, 1.3012028941957783, 1.2821483606841699}},
    {"adam/eps-hat", decimal, STEPS, {1.4076504843704676, 1.4642741443888148, 1.4177029405578474, 1.3782079646373619}},
    {"adam/eps-inside-root", decimal, STEPS, {1.3881966011250104, 1.4503096005000047, 1.4009735668308514, 1.3591945036806117}},
    {"adam/no-bias-correction", decimal, STEPS,
     {1.4346990312590646, 1.4858696127846174, 1.4390065312705702, 1.397036909104554}},
    {"adam/old-v", decimal, STEPS, {0.5, 0.64614810704391668, 0.5639643457217971, 0.52583850741344829}},
    {"adam/amsgrad-no-bias-correction", decimal, STEPS,
     {1.4346990312590646, 1.4858696127846174, 1.4390065312705702, 1.3994998637151237}},
    {"adamw/unscaled-decay", decimal, STEPS,
     {1.0138888888888888, 0.82067624945648643, 0.56751162835679425, 0.38506648258912946}},
    {"adamw/decay-after", decimal, STEPS, {1.3454861111111112, 1.3618161409665268, 1.2727636890362388, 1.1936903112840922}},
    {"nadam/constant-momentum", decimal, STEPS,
     {1.3412698412698412, 1.4615563443676667, 1.3596781969014518, 1.3279319011804542}},
    {"nadam", decimal, STEPS, {1.3767627469178907, 1.496755333285958, 1.3771649387022604, 1.3588775779044342}},
    {"nadam/l2", decimal, STEPS, {1.3706008842637853, 1.4602280174162129, 1.3285710346498218, 1.2860164591683316}},
    /* PyTorch 1.13: 3e-9 away, too */
    {"nadam/mu-twice-l2", decimal, STEPS, {1.3717827513970979, 1.4612835432817442, 1.3298107230116313, 1.2873166510302078}},
    {"nadam/decoupled-decay", decimal, STEPS, {1.3298877469178908, 1.4083213411947738, 1.2447209046987396, 1.1875360156290777}},
    {"rmsprop/new-v-momentum", torch, STEPS,
     {1.2387961250362585, 1.3352965418166109, 1.1286730435275485, 0.95518089692368235}},
    {"rmsprop/new-v-eps-inside-root-momentum", decimal, STEPS,
     {1.2958758547680684, 1.4353856138344463, 1.2527421045716132, 1.0967049391128796}},
    {"adagrad", torch, STEPS, {1.3888888888888888, 1.4997995758680358, 1.3987246517416825, 1.3924157288993526}},
    {"adagrad/eps-inside-root", decimal, STEPS,
     {1.3881966011250104, 1.50230546727192, 1.3991633426460408, 1.3927255151132332}},
    {"adagrad/l2", torch, STEPS, {1.3833333333333333, 1.4689078610387356, 1.3610454323487344, 1.3401510681207534}},
    {"radam", torch, LONG,
     {1.4375, 1.5, 1.4273648648648649, 1.3755791505791506, 1.3714978445612249, 1.3616683913841381,
      1.3484036229090892, 1.3438805306951451}},
    {"radam/l2", torch, LONG,
     {1.390625, 1.408203125, 1.2910420185810811, 1.196259350868726, 1.1510212262132378, 1.1336187820728219,
      1.1100432592531355, 1.0908394230321377}},
    {"radam/eps-after-correction", decimal, LONG,
     {1.4375, 1.5, 1.4273648648648649, 1.3755791505791506, 1.3714978445612249, 1.3614832767384415,
      1.3479926252143475, 1.3434011234393839}},
    {"radam/threshold-4", decimal, LONG,
     {1.4375, 1.5, 1.4273648648648649, 1.3755791505791506, 1.3750192707882467, 1.3651898176111601, 1.351925049136111,
      1.3474019569221669}},
    {"radam/decoupled-decay", decimal, LONG,
     {1.390625, 1.40966796875, 1.2929807095914274, 1.200789348130981, 1.1591833749839622, 1.1131294413386266,
      1.0650793778217456, 1.0272725550508719}},
};
enum { TRAJECTORIES = sizeof table / sizeof table[0] };

/* At most 20 roundings a step in binary64, of values below 2: each rounding within 2^-53, and none amplified (the
 * denominators stay above 1/16 and the step is 1/8). RAdam's rho, a difference of numbers up to 15 after 6 roundings,
 * stays above threshold by 0.2: that is 90 u in rho, and at most 225 u in the factor. */
static double tolerance_of(const trajectory *t)
{
    return t->steps * (t->steps == LONG ? 245 : 20) * 0x1p-53;
}

/* The largest distance of a dialect's true trajectory from a written one. */
static double distance(const oc_ref_dialect *dialect, const trajectory *t)
{
    double worst = 0;
    oc_ref_run *run = oc_ref_run_new(dialect, 1, &hyper, OC_REF_PREC);
    oc_ref_run_set_theta(run, &start);
    for (int k = 0; k < t->steps; k++) {
        oc_ref_run_step(run, &grads[k]);
        const double theta = mpfr_get_d(oc_ref_run_theta(run, 0)->mid, MPFR_RNDN);
        worst = fmax(worst, fabs(theta - t->theta[k]));
    }
    oc_ref_run_free(run);
    return worst;
}

static void trajectories(void)
{
    for (size_t i = 0; i < TRAJECTORIES; i++) {
        const oc_ref_dialect *dialect = oc_ref_dialect_find(table[i].dialect);
        if (UNIT_CHECK(dialect != NULL, "%s is missing", table[i].dialect)) {
            const double d = distance(dialect, &table[i]);
            UNIT_CHECK(d <= tolerance_of(&table[i]), "%s is %g away from %s", table[i].dialect, d, table[i].origin);
        }
    }
    UNIT_CHECK(oc_ref_dialect_count() == TRAJECTORIES, "%zu dialects, %d trajectories", oc_ref_dialect_count(),
               (int)TRAJECTORIES);
}

/* The check above tells every dialect from every other. */
static void told_apart(void)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        for (size_t j = 0; j < TRAJECTORIES; j++) {
            const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
            const bool own = strcmp(dialect->name, table[j].dialect) == 0;
            const double d = distance(dialect, &table[j]);
            UNIT_CHECK(own || d > 1000 * tolerance_of(&table[j]), "%s and %s are %g apart", dialect->name, table[j].dialect, d);
        }
    }
}

static void names(void)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const oc_ref_dialect *d = oc_ref_dialect_at(i);
        UNIT_CHECK(oc_ref_dialect_find(d->name) == d, "%s: the name is not its own", d->name);
        UNIT_CHECK((d->exact != NULL) == (i < 6), "%s: shipped dialects come first", d->name);
        UNIT_CHECK(d->slots <= OC_REF_SLOTS && d->formula != NULL && d->source != NULL, "%s: incomplete", d->name);
        for (size_t s = 0; s < d->slots; s++) {
            UNIT_CHECK(oc_ref_dialect_slot(d, d->slot[s]) == (int)s, "%s: slot %zu", d->name, s);
        }
        UNIT_CHECK(oc_ref_dialect_slot(d, "no such slot") == -1, "%s: finds what is not there", d->name);
    }
    UNIT_CHECK(oc_ref_dialect_find("adam/no-such") == NULL, "finds what is not there");
}

/* Without bias correction to speak of, with no eps, no decay, no momentum, dialects become one another. */
typedef struct limit {
    const char *a, *b;
    optcert_hyper hyper;
    uint64_t step;
    const char *why;
} limit;

#define PLAIN .lr = 0.125, .beta1 = 0.75, .beta2 = 0.875
static const limit limits[] = {
    {"adam", "adam/eps-hat", {PLAIN, .eps = 0}, 0, "eps = 0"},
    {"adam", "adam/eps-inside-root", {PLAIN, .eps = 0}, 0, "eps = 0"},
    {"adam", "adam/l2", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"adam", "adamw", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"adamw", "adamw/unscaled-decay", {.lr = 1, .beta1 = 0.75, .beta2 = 0.875, .eps = 0.5, .weight_decay = 0.25}, 0,
     "lr = 1"},
    {"adam", "adam/no-bias-correction", {PLAIN, .eps = 0.5}, UINT64_C(1) << 62, "the corrections are 1"},
    {"sgd", "sgd-momentum", {.lr = 0.125}, 0, "no momentum"},
    {"sgd", "sgd-momentum/nesterov", {.lr = 0.125}, 0, "no momentum"},
    {"sgd", "sgd/l2", {.lr = 0.125}, 0, "no decay"},
    {"sgd-momentum", "sgd-momentum/dampening", {.lr = 0.125, .momentum = 0.75}, 0, "no dampening"},
    {"nadam/constant-momentum", "adam", {.lr = 0.125, .beta1 = 0, .beta2 = 0.875, .eps = 0.5}, 0, "beta1 = 0"},
    {"radam", "radam/threshold-4", {PLAIN, .eps = 0.5}, 1 << 14, "both are rectified"},
    {"radam", "radam/eps-after-correction", {PLAIN, .eps = 0}, 0, "eps = 0"},
    {"radam", "adam/eps-hat", {PLAIN, .eps = 0.5}, 1 << 14, "the factor is 1"},
    {"radam", "radam/l2", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"radam", "radam/decoupled-decay", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"radam", "radam/threshold-4", {.lr = 0.125, .beta1 = 0.75, .beta2 = 0.5, .eps = 0.5}, 0, "rho stays below 3"},
    {"adagrad", "adagrad/l2", {.lr = 0.125, .eps = 0.5}, 0, "no decay"},
    {"adagrad", "adagrad/eps-inside-root", {.lr = 0.125}, 0, "eps = 0"},
    {"rmsprop/new-v", "rmsprop/new-v-momentum", {PLAIN, .eps = 0.5}, 0, "no momentum"},
    {"nadam", "nadam/mu-twice", {.lr = 0.125, .beta1 = 0, .beta2 = 0.875, .eps = 0.5}, 0, "beta1 = 0"},
    {"nadam", "nadam/l2", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"nadam", "nadam/decoupled-decay", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"nadam/mu-twice", "nadam/mu-twice-l2", {PLAIN, .eps = 0.5}, 0, "no decay"},
    {"rmsprop/new-v", "adam", {.lr = 0.125, .beta1 = 0, .beta2 = 0.875, .eps = 0.5}, UINT64_C(1) << 62,
     "beta1 = 0, the correction is 1"},
};

static void become_one(void)
{
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const limit *l = &limits[i];
        oc_ref_run *a = oc_ref_run_new(oc_ref_dialect_find(l->a), 1, &l->hyper, OC_REF_PREC);
        oc_ref_run *b = oc_ref_run_new(oc_ref_dialect_find(l->b), 1, &l->hyper, OC_REF_PREC);
        oc_ref_run_set_theta(a, &start);
        oc_ref_run_set_theta(b, &start);
        oc_ref_run_set_step(a, l->step);
        oc_ref_run_set_step(b, l->step);
        for (int k = 0; k < STEPS; k++) {
            oc_ref_run_step(a, &grads[k]);
            oc_ref_run_step(b, &grads[k]);
        }
        mpfr_t gap;
        mpfr_init2(gap, 64);
        mpfr_sub(gap, oc_ref_run_theta(a, 0)->mid, oc_ref_run_theta(b, 0)->mid, MPFR_RNDN);
        mpfr_sub(gap, gap, oc_ref_run_theta(a, 0)->rad, MPFR_RNDN);
        UNIT_CHECK(fabs(mpfr_get_d(gap, MPFR_RNDN)) <= 0x1p-300, "%s: %s and %s differ by %g", l->why, l->a, l->b,
                   mpfr_get_d(gap, MPFR_RNDN));
        UNIT_CHECK(oc_ref_run_steps(a) == l->step + STEPS, "steps are not counted");
        mpfr_clear(gap);
        oc_ref_run_free(a);
        oc_ref_run_free(b);
    }
}

/* From `start` with empty slots: a step at each of these steps in turn. */
static void visit(oc_ref_run *run, const uint64_t *steps, size_t count)
{
    static const double zero = 0;
    for (size_t i = 0; i < count; i++) {
        oc_ref_run_set_step(run, steps[i]);
        oc_ref_run_set_theta(run, &start);
        oc_ref_run_set_slot(run, 0, &zero);
        oc_ref_run_set_slot(run, 1, &zero);
        oc_ref_run_step(run, &grads[0]);
    }
}

static void same_theta(const oc_ref_run *a, const oc_ref_run *b)
{
    UNIT_CHECK(mpfr_equal_p(oc_ref_run_theta(a, 0)->mid, oc_ref_run_theta(b, 0)->mid), "not the same");
}

/* A jump to a step is the same as walking there, in both directions. NAdam's schedule is the one state that is
 * not in a slot. */
static void jumps(void)
{
    const oc_ref_dialect *nadam = oc_ref_dialect_find("nadam");
    oc_ref_run *walker = oc_ref_run_new(nadam, 1, &hyper, OC_REF_PREC);
    oc_ref_run *jumper = oc_ref_run_new(nadam, 1, &hyper, OC_REF_PREC);
    static const double zero = 0;
    for (int k = 0; k < 50; k++) {
        oc_ref_run_step(walker, &zero);
    }
    static const uint64_t targets[] = {100, 7, 50};
    visit(jumper, targets, sizeof targets / sizeof targets[0]);
    oc_ref_run_set_theta(walker, &start);
    oc_ref_run_step(walker, &grads[0]);
    same_theta(walker, jumper);
    oc_ref_run_free(walker);
    oc_ref_run_free(jumper);
    oc_ref_run_free(NULL);
}

/* Two balls that hold the same number, each known to `digits` digits. */
static void same_number(const oc_ref_ball *a, const oc_ref_ball *b, double digits)
{
    mpfr_t gap, rad;
    mpfr_inits2(OC_REF_PREC, gap, rad, (mpfr_ptr)0);
    mpfr_sub(gap, a->mid, b->mid, MPFR_RNDN);
    mpfr_add(rad, a->rad, b->rad, MPFR_RNDU);
    UNIT_CHECK(mpfr_cmpabs(gap, rad) <= 0, "%g apart, radii %g", mpfr_get_d(gap, MPFR_RNDN), mpfr_get_d(rad, MPFR_RNDU));
    mpfr_div(rad, rad, a->mid, MPFR_RNDU);
    UNIT_CHECK(fabs(mpfr_get_d(rad, MPFR_RNDU)) < pow(10, -digits), "known to %g only", mpfr_get_d(rad, MPFR_RNDU));
    mpfr_clears(gap, rad, (mpfr_ptr)0);
}

/* A leap of the schedule over many steps is a series, a walk is a product: they agree. Here mu has not reached its limit, and
 * beta1^t is not lost beside 1. */
static void leaps(void)
{
    const optcert_hyper slow = {.lr = 0x1p-7, .beta1 = 1 - 0x1p-14, .beta2 = 0x1.fep-1, .eps = 0x1p-20};
    static const int looked_at[] = {C_MU, C_MU_NEXT, C_PRODUCT, C_PRODUCT_NEXT, C_POWER, C_FACTORS};
    static const uint64_t targets[] = {600, 5000, 700};
    oc_ref_coef walker, leaper;
    oc_ref_coef_init(&walker, &slow, OC_REF_PREC);
    oc_ref_coef_init(&leaper, &slow, OC_REF_PREC);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        walker.schedule = 0;
        for (walker.step = 0; walker.step < targets[i]; walker.step++) {
            oc_ref_nadam_schedule(&walker);
        }
        walker.step = leaper.step = targets[i];
        oc_ref_nadam_schedule(&walker);
        oc_ref_nadam_schedule(&leaper);
        for (size_t c = 0; c < sizeof looked_at / sizeof looked_at[0]; c++) {
            same_number(&walker.c[looked_at[c]], &leaper.c[looked_at[c]], 80);
        }
    }
    oc_ref_coef_clear(&walker);
    oc_ref_coef_clear(&leaper);
}

/* Roundings between the inputs and an output, the largest number along any path; from theta = 0 and moments of
 * the gradient's sign nothing cancels, so n roundings are at most n ulp (each 2^-p relative, second order left
 * over where halves were counted whole). f32's plan: weights 2 (difference, conversion), others 1.
 *   m' 2 + product + sum = 4;  v' 2 + square (gg counts once) + product + sum = 5;  sqrt halves, + 1: 3.5
 *   sgd: lr, product = 2;  momentum: m' here mu, product, sum = 3, then 2 = 5
 *   rmsprop: p 2; denominator root 1 (of the given v) or 3.5, + eps = 4.5; quotient 1: 8
 *   adam: p = m' 4 + step_size 3 (c1, division, conversion) + product = 8; root 3.5 + inv_root 3.5 + product = 8,
 *   + eps = 9; quotient 1: 18.  adamw: theta = 0 loses nothing: the same. */
typedef struct exact_bound {
    const char *dialect;
    double theta, slot[2];
} exact_bound;
static const exact_bound bounds[] = {
    {"sgd", 2, {0, 0}},     {"sgd-momentum", 5, {3, 0}}, {"rmsprop", 8, {5, 0}}, {"rmsprop/new-v", 8, {5, 0}},
    {"adam", 18, {4, 5}},   {"adamw", 18, {4, 5}},
};

static double ulps_of(const oc_ref_format *format, double got, const oc_ref_ball *truth)
{
    const oc_ref_distance d = oc_ref_ulps(format, got, truth);
    return d.ulps + d.slack;
}

/* One step of the exact reference against one of the true reference of `truth_name`, from the same values. */
static double exact_against_true(const oc_ref_format *format, const exact_bound *b, const char *truth_name,
                                 uint64_t index)
{
    const oc_ref_dialect *exact = oc_ref_dialect_find(b->dialect);
    const oc_ref_dialect *truth = oc_ref_dialect_find(truth_name);
    unit_random random = unit_random_start(unit_seed(), index);
    double theta = 0, m = oc_ref_round_double(format, unit_random_uniform(&random));
    double v = oc_ref_round_double(format, unit_random_uniform(&random));
    const double grad = oc_ref_round_double(format, unit_random_uniform(&random));
    const uint64_t step = unit_random_below(&random, 100);
    double *const slots[2] = {exact->slots == 1 && strcmp(exact->slot[0], "v") == 0 ? &v : &m, &v};
    oc_ref_run *run = oc_ref_run_new(truth, 1, &hyper, OC_REF_PREC);
    oc_ref_run_set_theta(run, &theta);
    for (size_t s = 0; s < exact->slots; s++) {
        oc_ref_run_set_slot(run, s, slots[s]);
    }
    oc_ref_run_set_step(run, step);
    oc_ref_run_step(run, &grad);
    exact->exact(format, &hyper, step, 1, &theta, slots, &grad);
    double over = ulps_of(format, theta, oc_ref_run_theta(run, 0)) - b->theta;
    for (size_t s = 0; s < exact->slots; s++) {
        over = fmax(over, ulps_of(format, *slots[s], oc_ref_run_slot(run, s, 0)) - b->slot[s]);
    }
    oc_ref_run_free(run);
    return over;
}

static void exact_is_near_true(void)
{
    const oc_ref_format *const formats[] = {&oc_ref_f32, &oc_ref_f64};
    for (size_t f = 0; f < 2; f++) {
        for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
            double over = -INFINITY;
            for (uint64_t j = 0; j < unit_times(200); j++) {
                over = fmax(over, exact_against_true(formats[f], &bounds[i], bounds[i].dialect, j));
            }
            UNIT_CHECK(over <= 0, "%s %s: %g ulp beyond its bound", bounds[i].dialect, formats[f]->name, over);
        }
        const double control = exact_against_true(formats[f], &bounds[4], "adam/eps-hat", 1);
        UNIT_CHECK(control > 1000, "adam passes for adam/eps-hat: %g", control);
    }
}

UNIT_SUITE(dialect, {"names", names}, {"trajectories", trajectories}, {"told_apart", told_apart},
           {"become_one", become_one}, {"jumps", jumps}, {"leaps", leaps}, {"exact_is_near_true", exact_is_near_true})
