/* SPDX-License-Identifier: GPL-3.0-or-later
 * Ball arithmetic: a computation at low precision must contain the same one at high precision; distances in ulps. */
#include "ball.h"
#include "random.h"
#include "unit.h"

#include <math.h>

enum { LOW = 60, HIGH = 400, VALUES = 4, OPERATIONS = 7 };

static void apply(int operation, oc_ref_ball *r, const oc_ref_ball *x, const oc_ref_ball *y)
{
    switch (operation) {
    case 0:
        oc_ref_ball_add(r, x, y);
        break;
    case 1:
        oc_ref_ball_sub(r, x, y);
        break;
    case 2:
        oc_ref_ball_mul(r, x, y);
        break;
    case 3:
        oc_ref_ball_div(r, x, y);
        break;
    case 4:
        oc_ref_ball_mul(r, x, x); /* a root of what cannot be negative */
        oc_ref_ball_sqrt(r, r);
        break;
    case 5:
        oc_ref_ball_max(r, x, y);
        break;
    default:
        oc_ref_ball_one_minus(r, x);
    }
}

/* |low - high| <= both radii; what is not a number is not compared. */
static bool contains(const oc_ref_ball *low, const oc_ref_ball *high)
{
    if (!mpfr_number_p(low->mid) || !mpfr_number_p(high->mid) || mpfr_inf_p(low->rad)) {
        return true;
    }
    mpfr_t gap, room;
    mpfr_inits2(HIGH + LOW, gap, room, (mpfr_ptr)0);
    mpfr_sub(gap, low->mid, high->mid, MPFR_RNDZ);
    mpfr_abs(gap, gap, MPFR_RNDZ);
    mpfr_add(room, low->rad, high->rad, MPFR_RNDU);
    const bool inside = mpfr_lessequal_p(gap, room) != 0;
    mpfr_clears(gap, room, (mpfr_ptr)0);
    return inside;
}

/* A random straight-line program of 12 operations on four values; false where containment breaks. */
static bool program_holds(uint64_t index, bool *informative)
{
    unit_random random = unit_random_start(unit_seed(), index);
    oc_ref_ball low[VALUES], high[VALUES];
    for (int i = 0; i < VALUES; i++) {
        oc_ref_ball_init(&low[i], LOW);
        oc_ref_ball_init(&high[i], HIGH);
        const double start = ldexp(unit_random_uniform(&random) - 0.25, (int)unit_random_below(&random, 8) - 4);
        oc_ref_ball_set_d(&low[i], start);
        oc_ref_ball_set_d(&high[i], start);
    }
    bool holds = true;
    for (int step = 0; step < 12 && holds; step++) {
        const int operation = (int)unit_random_below(&random, OPERATIONS);
        const uint64_t r = unit_random_below(&random, VALUES), x = unit_random_below(&random, VALUES),
                       y = unit_random_below(&random, VALUES);
        apply(operation, &low[r], &low[x], &low[y]);
        apply(operation, &high[r], &high[x], &high[y]);
        holds = contains(&low[r], &high[r]);
        *informative = *informative || (mpfr_number_p(low[r].rad) && mpfr_sgn(low[r].rad) > 0);
    }
    for (int i = 0; i < VALUES; i++) {
        oc_ref_ball_clear(&low[i]);
        oc_ref_ball_clear(&high[i]);
    }
    return holds;
}

static void containment(void)
{
    uint64_t informative = 0;
    const uint64_t programs = unit_times(5000);
    for (uint64_t i = 0; i < programs; i++) {
        bool told = false;
        if (!UNIT_CHECK(program_holds(i, &told), "program %llu leaves its radius", (unsigned long long)i)) {
            return;
        }
        informative += told;
    }
    UNIT_CHECK(informative > programs / 2, "only %llu programs rounded", (unsigned long long)informative);
}

static void set(oc_ref_ball *x, double mid, double rad)
{
    oc_ref_ball_set_d(x, mid);
    mpfr_set_d(x->rad, rad, MPFR_RNDU);
}

/* Where operands' radii matter and no midpoint rounds. */
static void radii(void)
{
    oc_ref_ball x, y, r;
    oc_ref_ball_init(&x, LOW);
    oc_ref_ball_init(&y, LOW);
    oc_ref_ball_init(&r, LOW);
    set(&x, 4, 0.5);
    set(&y, 2, 0.25);
    oc_ref_ball_add(&r, &x, &y);
    UNIT_CHECK(mpfr_cmp_d(r.rad, 0.75) == 0, "sum");
    oc_ref_ball_mul(&r, &x, &y);
    UNIT_CHECK(mpfr_cmp_d(r.rad, 4 * 0.25 + 2 * 0.5 + 0.125) == 0, "product: 4.5 2.25 - 8");
    oc_ref_ball_div(&r, &x, &y);
    UNIT_CHECK(mpfr_get_d(r.rad, MPFR_RNDN) >= 4.5 / 1.75 - 2 && mpfr_get_d(r.rad, MPFR_RNDN) <= 0.5715, "quotient");
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_get_d(r.rad, MPFR_RNDN) >= 2 - sqrt(3.5) && mpfr_get_d(r.rad, MPFR_RNDN) <= 0.25, "root");
    set(&y, 0.125, 0.25);
    oc_ref_ball_div(&r, &x, &y);
    UNIT_CHECK(mpfr_inf_p(r.rad), "a divisor that may be 0 says nothing");
    set(&x, 0, 0.25);
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_cmp_d(r.rad, 0.5) == 0, "root of what may be 1/4");
    set(&x, 4, 0.5);
    set(&y, 0, 0.25);
    oc_ref_ball_div(&r, &x, &y);
    UNIT_CHECK(mpfr_inf_p(r.mid) && mpfr_zero_p(r.rad), "a divisor of 0 is 0, underflow or not");
    set(&x, -0.125, 0.25);
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_inf_p(r.rad), "root of what may be 0.125: it was taken for NaN");
    set(&x, -0.5, 0.25);
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_nan_p(r.mid), "root of what is negative");
    set(&x, INFINITY, INFINITY);
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_inf_p(r.mid) && mpfr_zero_p(r.rad), "root of an infinity, blurred or not");
    set(&x, NAN, 0.25);
    oc_ref_ball_sqrt(&r, &x);
    UNIT_CHECK(mpfr_nan_p(r.mid), "root of NaN");
    set(&x, NAN, 0);
    set(&y, 1, 0);
    oc_ref_ball_max(&r, &y, &x);
    UNIT_CHECK(mpfr_nan_p(r.mid), "the larger of 1 and NaN");
    oc_ref_ball_clear(&x);
    oc_ref_ball_clear(&y);
    oc_ref_ball_clear(&r);
}

/* The ball around two: both lie in it, NaN and infinities only where both are the same. */
static void hulls(void)
{
    static const struct {
        double x, rad_x, y, rad_y;
        double low, high; /* NaN: of a NaN; low > high: nothing is known */
    } cases[] = {{1, 0.5, 4, 1, 0.5, 5},
                 {1, 0, -3, 0.25, -3.25, 1},
                 {2, 1, 2, 0.125, 1, 3},
                 {NAN, 0, NAN, 0, NAN, NAN},
                 {INFINITY, 0, INFINITY, 0, INFINITY, INFINITY},
                 {INFINITY, 0, -INFINITY, 0, 1, 0},
                 {NAN, 0, 1, 0, 1, 0},
                 {1, 0, NAN, 0, 1, 0},
                 {1, INFINITY, 1, 0, 1, 0},
                 {1, 0, INFINITY, 0, 1, 0},
                 {1, 0, 1, INFINITY, 1, 0}};
    oc_ref_ball x, y, r;
    mpfr_t low, high;
    oc_ref_ball_init(&x, LOW);
    oc_ref_ball_init(&y, LOW);
    oc_ref_ball_init(&r, LOW);
    mpfr_inits2(LOW, low, high, (mpfr_ptr)0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        set(&x, cases[i].x, cases[i].rad_x);
        set(&y, cases[i].y, cases[i].rad_y);
        oc_ref_ball_hull(&r, &x, &y);
        oc_ref_ball_ends(low, high, &r);
        if (isnan(cases[i].low)) {
            UNIT_CHECK(mpfr_nan_p(r.mid), "case %zu: not a NaN", i);
        } else if (cases[i].low > cases[i].high) {
            UNIT_CHECK(mpfr_inf_p(r.rad), "case %zu: radius %g", i, mpfr_get_d(r.rad, MPFR_RNDN));
        } else {
            UNIT_CHECK(mpfr_cmp_d(low, cases[i].low) == 0 && mpfr_cmp_d(high, cases[i].high) == 0, "case %zu: %g to %g", i,
                       mpfr_get_d(low, MPFR_RNDN), mpfr_get_d(high, MPFR_RNDN));
        }
    }
    mpfr_clears(low, high, (mpfr_ptr)0);
    oc_ref_ball_clear(&x);
    oc_ref_ball_clear(&y);
    oc_ref_ball_clear(&r);
}

typedef struct ulp_case {
    const oc_ref_format *format;
    double got, truth;
    int shift; /* the truth is multiplied by 2^shift: beyond binary64's range */
    double ulps;
    const char *origin;
} ulp_case;

static void distances(void)
{
    const ulp_case cases[] = {
        {&oc_ref_f64, 1, 1, 0, 0, "equal"},
        {&oc_ref_f64, 0x1.0000000000001p0, 1, 0, 1, "next"},
        {&oc_ref_f64, 0x1.fffffffffffffp-1, 1, 0, 0.5, "below a power of two, in ulps of the truth's binade"},
        {&oc_ref_f32, 1, 0x1.0000008p0, 0, 0.25, "between two values of f32"},
        {&oc_ref_f64, 0, 0x1p-1074, 0, 1, "subnormal"},
        {&oc_ref_f64, 0, 0x1p-1074, -1, 0.5, "below the smallest"},
        {&oc_ref_f64, 0, 0, 0, 0, "zero"},
        {&oc_ref_f64, -0.0, 0, 0, 0, "zeros of both signs are the same number"},
        {&oc_ref_f64, NAN, NAN, 0, 0, "both NaN"},
        {&oc_ref_f64, NAN, 1, 0, INFINITY, "NaN for a number"},
        {&oc_ref_f64, 1, NAN, 0, INFINITY, "a number for NaN"},
        {&oc_ref_f64, INFINITY, INFINITY, 0, 0, "both infinite"},
        {&oc_ref_f64, -INFINITY, INFINITY, 0, INFINITY, "the wrong infinity"},
        {&oc_ref_f64, 1, INFINITY, 0, INFINITY, "a number for infinity"},
        {&oc_ref_f64, INFINITY, 0x1p1023, 1, 0, "the truth rounds to infinity"},
        {&oc_ref_f64, INFINITY, 0x1.fffffffffffffp1023, 0, 1, "infinity for the largest"},
        {&oc_ref_f64, 0x1.fffffffffffffp1023, 0x1p1023, 1, 1, "the largest for 2^1024"},
        {&oc_ref_f32, -INFINITY, -0x1.fffffep127, 0, 1, "f32: infinity for the largest"},
        {&oc_ref_f32, INFINITY, 0x1p-1074, 0, 0x1p128 / 0x1p-149, "infinity for next to nothing"},
        {&oc_ref_f64, 0x1p1023, 0x1p-1074, -900, INFINITY, "more ulps than binary64 can count"},
    };
    oc_ref_ball truth;
    oc_ref_ball_init(&truth, OC_REF_PREC);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        oc_ref_ball_set_d(&truth, cases[i].truth);
        mpfr_mul_2si(truth.mid, truth.mid, cases[i].shift, MPFR_RNDN);
        const oc_ref_distance d = oc_ref_ulps(cases[i].format, cases[i].got, &truth);
        UNIT_CHECK(d.ulps == cases[i].ulps, "%s: %g ulp, not %g", cases[i].origin, d.ulps, cases[i].ulps);
        UNIT_CHECK(d.slack >= 0 && d.slack <= 0x1p-51 * fmin(d.ulps, 0x1p1000), "%s: slack %g", cases[i].origin,
                   d.slack);
    }
    set(&truth, 1, 0x1p-52);
    UNIT_CHECK(oc_ref_ulps(&oc_ref_f64, 1, &truth).slack == 1, "the truth's own radius is slack");
    oc_ref_ball_clear(&truth);
}

UNIT_SUITE(ball, {"containment", containment}, {"radii", radii}, {"hulls", hulls}, {"distances", distances})
