/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sums of products in any order: a tree drawn from the bits of one input, with or without fused
 * multiply-add, against any_order.dot_error and any_order.scaled_dot_error. */
#include "bounds_table.h"

#include <math.h>

enum { DOT = 6, SCALED = 4 };

typedef struct tree {
    const optcert_bound *bound;
    uint64_t shape;
    const double *x, *y;
    long double under; /* what underflow can lose, in units of tiny */
} tree;

static double rounded_mul(const tree *t, double a, double b)
{
    return t->bound->format == &oc_ref_f32 ? (double)((float)a * (float)b) : a * b;
}

static double rounded_add(const tree *t, double a, double b)
{
    return t->bound->format == &oc_ref_f32 ? (double)((float)a + (float)b) : a + b;
}

static double rounded_fma(const tree *t, double a, double b, double c)
{
    return t->bound->format == &oc_ref_f32 ? (double)fmaf((float)a, (float)b, (float)c) : fma(a, b, c);
}

static uint64_t bits(tree *t, uint64_t n)
{
    const uint64_t r = t->shape % n;
    t->shape = t->shape / n * 0x9e3779b97f4a7c15u + t->shape % 8191;
    return r;
}

/* Products first .. first + n - 1, summed as the shape says. */
static double sum(tree *t, int first, int n)
{
    if (n == 1) {
        t->under += 1;
        return rounded_mul(t, t->x[first], t->y[first]);
    }
    const int left = 1 + (int)bits(t, (uint64_t)n - 1);
    const double a = sum(t, first, left);
    if (left == n - 1 && bits(t, 2) == 0) {
        t->under += 1;
        return rounded_fma(t, t->x[first + left], t->y[first + left], a);
    }
    return rounded_add(t, a, sum(t, first + left, n - left));
}

/* The exact sum: 106 bits a product, exponents within 200 of each other, fit. */
static void exact_sum(mpfr_ptr r, const double *x, const double *y, int n, long double *size)
{
    mpfr_t p;
    mpfr_init2(p, 106);
    mpfr_set_zero(r, 1);
    *size = 0;
    for (int i = 0; i < n; i++) {
        mpfr_set_d(p, x[i], MPFR_RNDN);
        mpfr_mul_d(p, p, y[i], MPFR_RNDN);
        mpfr_add(r, r, p, MPFR_RNDN);
        *size += fabsl(mpfr_get_ld(p, MPFR_RNDN));
    }
    mpfr_clear(p);
}

static long double ratio_to(const optcert_bound *b, double got, mpfr_ptr exact, long double size, long double n,
                            long double under)
{
    const long double x = n * optcert_bound_u(b), gamma = x / (1 - x);
    mpfr_d_sub(exact, got, exact, MPFR_RNDN);
    const long double bound = gamma * size + (1 + gamma) * under * optcert_bound_tiny(b);
    return bound > 0 ? fabsl(mpfr_get_ld(exact, MPFR_RNDZ)) / bound : -1;
}

/* x: shape, x[0 .. DOT), y[0 .. DOT) */
static long double dot(const optcert_bound *b, const double *x)
{
    tree t = {b, (uint64_t)x[0], x + 1, x + 1 + DOT, 0};
    const double got = sum(&t, 0, DOT);
    mpfr_t exact;
    long double size;
    mpfr_init2(exact, 512);
    exact_sum(exact, t.x, t.y, DOT, &size);
    const long double ratio = ratio_to(b, got, exact, size, DOT, t.under);
    mpfr_clear(exact);
    return ratio;
}

/* x: shape, alpha, beta, c, x[0 .. SCALED), y[0 .. SCALED): alpha x.y + beta c, alpha last or on x */
static long double scaled_dot(const optcert_bound *b, const double *x)
{
    tree t = {b, (uint64_t)x[0], x + 4, x + 4 + SCALED, 0};
    const double alpha = x[1];
    double first[SCALED], got;
    const double scaled_c = rounded_mul(&t, x[2], x[3]);
    if (bits(&t, 2) == 0) {
        const double s = rounded_mul(&t, alpha, sum(&t, 0, SCALED));
        t.under = fabsl((long double)alpha) * t.under + 2;
        got = rounded_add(&t, s, scaled_c);
    } else {
        long double lost = 1;
        for (int i = 0; i < SCALED; i++) {
            first[i] = rounded_mul(&t, alpha, t.x[i]);
            lost += fabsl((long double)t.y[i]);
        }
        t.x = first;
        got = rounded_add(&t, sum(&t, 0, SCALED), scaled_c);
        t.under += lost;
    }
    mpfr_t exact;
    long double size;
    mpfr_init2(exact, 640);
    exact_sum(exact, x + 4, t.y, SCALED, &size);
    mpfr_mul_d(exact, exact, alpha, MPFR_RNDN);
    mpfr_t part;
    mpfr_init2(part, 106);
    mpfr_set_d(part, x[2], MPFR_RNDN);
    mpfr_mul_d(part, part, x[3], MPFR_RNDN);
    mpfr_add(exact, exact, part, MPFR_RNDN);
    size = fabsl((long double)alpha) * size + fabsl((long double)x[2] * x[3]);
    const long double ratio = ratio_to(b, got, exact, size, SCALED + 2, t.under);
    mpfr_clear(part);
    mpfr_clear(exact);
    return ratio;
}

#define NUMBER {OPTCERT_INPUT_SIGNED, -20, 20}
#define SIX NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER
#define SHAPE {OPTCERT_INPUT_COUNT, 10, 50}

const optcert_bound optcert_sum_bounds[] = {
    {"any_order.dot_error (f32, n = 6)", &oc_ref_f32, {SHAPE, SIX, SIX}, dot},
    {"any_order.dot_error (f64, n = 6)", &oc_ref_f64, {SHAPE, SIX, SIX}, dot},
    {"any_order.scaled_dot_error (f32, n = 4)", &oc_ref_f32, {SHAPE, NUMBER, NUMBER, NUMBER, SIX, NUMBER, NUMBER}, scaled_dot},
    {"any_order.scaled_dot_error (f64, n = 4)", &oc_ref_f64, {SHAPE, NUMBER, NUMBER, NUMBER, SIX, NUMBER, NUMBER}, scaled_dot},
};
const size_t optcert_sum_bound_count = sizeof optcert_sum_bounds / sizeof optcert_sum_bounds[0];
