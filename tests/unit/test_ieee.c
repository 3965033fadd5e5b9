/* SPDX-License-Identifier: GPL-3.0-or-later
 * The formats and operations of the references against the machine's own, and against written values. */
#include "arith.h"
#include "ieee.h"
#include "random.h"
#include "unit.h"

#include <math.h>
#include <string.h>

/* x = (significand) 2^exponent + (tail) 2^(exponent - 200): far more bits than either format has. */
typedef struct rounding_case {
    double significand;
    int exponent, tail;
    double f32, f64;
    const char *origin;
} rounding_case;

static const rounding_case table[] = {
    {1, 0, 0, 1, 1, "exact"},
    {0x1.000001p0, 0, 0, 1, 0x1.000001p0, "f32 tie to even, down"},
    {0x1.000003p0, 0, 0, 0x1.000004p0, 0x1.000003p0, "f32 tie to even, up"},
    {0x1.000001p0, 0, 1, 0x1.000002p0, 0x1.000001p0, "just above an f32 tie"},
    {0x1.000003p0, 0, -1, 0x1.000002p0, 0x1.000003p0, "just below an f32 tie"},
    {1, -150, 0, 0, 0x1p-150, "f32: half the smallest subnormal, to even"},
    {1, -150, 1, 0x1p-149, 0x1p-150, "f32: above half the smallest subnormal"},
    {3, -150, 0, 0x1p-148, 0x1.8p-149, "f32: a subnormal tie, up to even"},
    {3, -150, -1, 0x1p-149, 0x1.8p-149, "f32: below that tie"},
    {5, -150, 0, 0x1p-148, 0x1.4p-148, "f32: a subnormal tie, down to even"},
    {0x1.fffffep0, -127, 0, 0x1p-126, 0x1.fffffep-127, "f32: a tie that becomes the smallest normal"},
    {0x1.fffffcp0, -127, 0, 0x1.fffffcp-127, 0x1.fffffcp-127, "f32: the largest subnormal"},
    {0x1.fffffep0, 127, 0, 0x1.fffffep127, 0x1.fffffep127, "f32: the largest"},
    {0x1.ffffffp0, 127, 0, INFINITY, 0x1.ffffffp127, "f32: the overflow threshold, to even: infinity"},
    {0x1.ffffffp0, 127, -1, 0x1.fffffep127, 0x1.ffffffp127, "f32: just below the overflow threshold"},
    {1, 128, 0, INFINITY, 0x1p128, "f32: beyond"},
    {1, -1075, 0, 0, 0, "f64: half the smallest subnormal, to even"},
    {1, -1075, 1, 0, 0x1p-1074, "f64: above half the smallest subnormal"},
    {3, -1075, 0, 0, 0x1p-1073, "f64: a subnormal tie, up to even"},
    {5, -1075, 0, 0, 0x1p-1073, "f64: a subnormal tie, down to even"},
    {1, -1076, 1, 0, 0, "f64: far below half"},
    {0x1.fffffffffffffp0, 1023, 1, INFINITY, 0x1.fffffffffffffp1023, "f64: just above the largest"},
    {1, 1024, 0, INFINITY, INFINITY, "f64: beyond"},
    {1, 1024, -1, INFINITY, INFINITY, "f64: just below 2^1024"},
    {1, 20000, 0, INFINITY, INFINITY, "far beyond"},
    {1, -20000, 0, 0, 0, "far below"},
};

static void written_roundings(void)
{
    mpfr_t x, tail;
    mpfr_init2(x, 400);
    mpfr_init2(tail, 64);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const rounding_case *c = &table[i];
        mpfr_set_d(x, c->significand, MPFR_RNDN);
        mpfr_mul_2si(x, x, c->exponent, MPFR_RNDN);
        mpfr_set_si_2exp(tail, c->tail, c->exponent - 200, MPFR_RNDN);
        mpfr_add(x, x, tail, MPFR_RNDN);
        for (int negative = 0; negative < 2; negative++) {
            const double f32 = oc_ref_round(&oc_ref_f32, x), f64 = oc_ref_round(&oc_ref_f64, x);
            const double sign = negative == 0 ? 1 : -1;
            UNIT_CHECK(oc_ref_same(f32, sign * c->f32), "%s: f32 has %a", c->origin, f32);
            UNIT_CHECK(oc_ref_same(f64, sign * c->f64), "%s: f64 has %a", c->origin, f64);
            mpfr_neg(x, x, MPFR_RNDN);
        }
    }
    mpfr_clears(x, tail, (mpfr_ptr)0);
}

/* Conversion binary64 -> binary32 as the machine does it. */
static void conversions(void)
{
    unit_random random = unit_random_start(unit_seed(), 0);
    for (uint64_t i = 0; i < unit_times(100000); i++) {
        double x = unit_random_value(&random, &oc_ref_f64);
        if (i % 2 == 0) { /* near the ties of binary32, its subnormals included */
            const double y = unit_random_value(&random, &oc_ref_f32);
            const double ulp = ldexp(1, (int)fmax(-149, ilogb(y) - 23));
            x = isfinite(y) && y != 0 ? y + ulp * (double)unit_random_below(&random, 9) / 8 : y;
        }
        const double machine = (double)(float)x;
        const double reference = oc_ref_round_double(&oc_ref_f32, x);
        if (!UNIT_CHECK(oc_ref_same(machine, reference), "(float)%a is %a, the reference has %a", x, machine,
                        reference)) {
            return;
        }
    }
}

enum { OPERATIONS = 5 };
static const char *const operation_name[OPERATIONS] = {"+", "-", "*", "/", "sqrt"};

static double machine_operation(const oc_ref_format *format, int operation, double x, double y)
{
    if (format->size == sizeof(float)) {
        const float a = (float)x, b = (float)y;
        const float r[OPERATIONS] = {a + b, a - b, a * b, a / b, sqrtf(a)};
        return (double)r[operation];
    }
    const double r[OPERATIONS] = {x + y, x - y, x * y, x / y, sqrt(x)};
    return r[operation];
}

static double reference_operation(oc_ref_arith *arith, int operation, double x, double y)
{
    switch (operation) {
    case 0:
        return oc_ref_add(arith, x, y);
    case 1:
        return oc_ref_sub(arith, x, y);
    case 2:
        return oc_ref_mul(arith, x, y);
    case 3:
        return oc_ref_div(arith, x, y);
    default:
        return oc_ref_sqrt(arith, x);
    }
}

static void operations_of(const oc_ref_format *format)
{
    unit_random random = unit_random_start(unit_seed(), 1);
    oc_ref_arith arith;
    for (uint64_t i = 0; i < unit_times(50000); i++) {
        const double x = unit_random_value(&random, format);
        const double y = unit_random_value(&random, format);
        const int operation = (int)(i % OPERATIONS);
        oc_ref_arith_begin(&arith, format);
        const double reference = reference_operation(&arith, operation, x, y);
        oc_ref_arith_end(&arith);
        const double machine = machine_operation(format, operation, x, y);
        if (!UNIT_CHECK(oc_ref_same(machine, reference), "%s: %a %s %a is %a, the reference has %a", format->name, x,
                        operation_name[operation], y, machine, reference)) {
            return;
        }
    }
}

static void operations(void)
{
    const mpfr_exp_t emin = mpfr_get_emin(), emax = mpfr_get_emax();
    operations_of(&oc_ref_f32);
    operations_of(&oc_ref_f64);
    UNIT_CHECK(mpfr_get_emin() == emin && mpfr_get_emax() == emax, "MPFR's exponent range is not put back");
}

typedef struct step_case {
    const oc_ref_format *format;
    double a, b;
    uint64_t steps;
} step_case;

static void steps_apart(void)
{
    const step_case cases[] = {
        {&oc_ref_f64, 1, 1, 0},
        {&oc_ref_f64, 1, 0x1.0000000000001p0, 1},
        {&oc_ref_f64, 1, 0x1.fffffffffffffp-1, 1},
        {&oc_ref_f64, -0.0, 0.0, 0},
        {&oc_ref_f64, -0x1p-1074, 0x1p-1074, 2},
        {&oc_ref_f64, 0x1.fffffffffffffp1023, INFINITY, 1},
        {&oc_ref_f64, -INFINITY, INFINITY, 2 * UINT64_C(0x7ff0000000000000)},
        {&oc_ref_f64, NAN, NAN, 0},
        {&oc_ref_f64, NAN, 1, UINT64_MAX},
        {&oc_ref_f64, 1, NAN, UINT64_MAX},
        {&oc_ref_f32, 1, 0x1.000002p0, 1},
        {&oc_ref_f32, 1, 2, UINT64_C(1) << 23},
        {&oc_ref_f32, 0, 0x1p-149, 1},
        {&oc_ref_f32, -0x1p-149, 0x1p-126, (UINT64_C(1) << 23) + 1},
        {&oc_ref_f32, -INFINITY, INFINITY, 2 * UINT64_C(0x7f800000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const uint64_t there = oc_ref_steps_apart(cases[i].format, cases[i].a, cases[i].b);
        const uint64_t back = oc_ref_steps_apart(cases[i].format, cases[i].b, cases[i].a);
        UNIT_CHECK(there == cases[i].steps && back == there, "%a to %a: %llu steps", cases[i].a, cases[i].b,
                   (unsigned long long)there);
    }
}

static void ulp_exponents(void)
{
    static const struct {
        double x;
        mpfr_exp_t f32, f64;
    } cases[] = {
        {1, -23, -52},          {0x1.fp0, -23, -52},   {0.75, -24, -53},      {0, -149, -1074},
        {0x1p-126, -149, -178}, {0x1p-140, -149, -192}, {0x1p-1074, -149, -1074}, {0x1p-1022, -149, -1074},
        {0x1p127, 104, 75},     {0x1p500, 104, 448},   {-0x1p1023, 104, 971},
    };
    mpfr_t x;
    mpfr_init2(x, 53);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mpfr_set_d(x, cases[i].x, MPFR_RNDN);
        UNIT_CHECK(oc_ref_ulp_exponent(&oc_ref_f32, x) == cases[i].f32, "f32, %a", cases[i].x);
        UNIT_CHECK(oc_ref_ulp_exponent(&oc_ref_f64, x) == cases[i].f64, "f64, %a", cases[i].x);
    }
    mpfr_clear(x);
}

static void small_things(void)
{
    char text[OC_REF_SHOW];
    UNIT_CHECK(strcmp(oc_ref_show(3, text, sizeof text), "0x1.8p+1 (3)") == 0, "shown as %s", text);
    UNIT_CHECK(oc_ref_same(NAN, -NAN) && !oc_ref_same(NAN, 1) && !oc_ref_same(1, NAN), "NaNs");
    UNIT_CHECK(!oc_ref_same(0.0, -0.0) && oc_ref_same(INFINITY, INFINITY), "zeros and infinities");
    float narrow[2] = {0, 0};
    double wide[2] = {0, 0};
    oc_ref_store(&oc_ref_f32, narrow, 1, 0.5);
    oc_ref_store(&oc_ref_f64, wide, 1, 0.25);
    UNIT_CHECK(narrow[1] == 0.5F && oc_ref_load(&oc_ref_f32, narrow, 1) == 0.5 && narrow[0] == 0, "f32 arrays");
    UNIT_CHECK(wide[1] == 0.25 && oc_ref_load(&oc_ref_f64, wide, 1) == 0.25 && wide[0] == 0, "f64 arrays");
}

UNIT_SUITE(ieee, {"written_roundings", written_roundings}, {"conversions", conversions}, {"operations", operations},
           {"steps_apart", steps_apart}, {"ulp_exponents", ulp_exponents}, {"small_things", small_things})
