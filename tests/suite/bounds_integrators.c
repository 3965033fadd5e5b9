/* SPDX-License-Identifier: GPL-3.0-or-later
 * The bounds of straight-line code (straight_line.v) for the integrators: a formula is written once as a tree, and the
 * tree gives the real value and the bound, as the theorem defines size, cost and under. */
#include "bounds_table.h"
#include "optcert/euler_maruyama.h"
#include "optcert/heun.h"
#include "optcert/milstein.h"
#include "optcert/platen.h"
#include "optcert/sra1.h"
#include "optcert/time_step.h"

#include <assert.h>
#include <math.h>

#include "optcert/real_f32.h"

#include "bounds_integrators_real.h"
#include "optcert/real_f64.h"

#include "bounds_integrators_real.h"
#include "optcert/real_end.h"

enum { PREC = 640, NODES = 40 };

typedef struct node {
    mpfr_t real;
    long double size, cost, under;
} node;

/* Nodes of one formula; all of them are cleared at the end. */
typedef struct line {
    node node[NODES];
    int used;
    long double u, tiny, k; /* k: accuracy of the step's constants */
} line;

static int new_node(line *l)
{
    assert(l->used < NODES);
    mpfr_init2(l->node[l->used].real, PREC);
    return l->used++;
}

/* A number of the format. */
static int exact(line *l, double x)
{
    const int i = new_node(l);
    mpfr_set_d(l->node[i].real, x, MPFR_RNDN);
    l->node[i].size = fabsl((long double)x);
    l->node[i].cost = l->node[i].under = 0;
    return i;
}

/* p/q times h, or times sqrt(h), stored to `cost`. */
static int constant(line *l, double h, bool root, int p, int q, long double cost)
{
    const int i = exact(l, h);
    if (root) {
        mpfr_sqrt(l->node[i].real, l->node[i].real, MPFR_RNDN);
    }
    mpfr_mul_si(l->node[i].real, l->node[i].real, p, MPFR_RNDN);
    mpfr_div_si(l->node[i].real, l->node[i].real, q, MPFR_RNDN);
    l->node[i].size = fabsl(mpfr_get_ld(l->node[i].real, MPFR_RNDN));
    l->node[i].cost = cost;
    return i;
}

static int sum(line *l, int s, int t, bool minus)
{
    const int i = new_node(l);
    (minus ? mpfr_sub : mpfr_add)(l->node[i].real, l->node[s].real, l->node[t].real, MPFR_RNDN);
    l->node[i].size = l->node[s].size + l->node[t].size;
    l->node[i].cost = fmaxl(l->node[s].cost, l->node[t].cost) + l->u;
    l->node[i].under = expl(l->u) * (l->node[s].under + l->node[t].under);
    return i;
}

static int plus(line *l, int s, int t)
{
    return sum(l, s, t, false);
}

static int times(line *l, int s, int t)
{
    const int i = new_node(l);
    const node *a = &l->node[s], *b = &l->node[t];
    mpfr_mul(l->node[i].real, a->real, b->real, MPFR_RNDN);
    l->node[i].size = a->size * b->size;
    l->node[i].cost = a->cost + b->cost + l->u;
    l->node[i].under =
        expl(l->u) * (expl(a->cost) * a->size * b->under + expl(b->cost) * b->size * a->under + a->under * b->under) +
        l->tiny;
    return i;
}

static int drift(line *l, int h, int x, int a)
{
    return plus(l, x, times(l, a, h));
}

static int noise(line *l, int root, int b, int z)
{
    return times(l, times(l, b, root), z);
}

static int square_less_one(line *l, int z)
{
    return sum(l, times(l, z, z), exact(l, 1), true);
}

static line begin(const optcert_bound *b)
{
    const long double u = optcert_bound_u(b);
    return (line){.u = u, .tiny = optcert_bound_tiny(b), .k = b->format == &oc_ref_f32 ? u + 0x1p-53L : u};
}

/* |got - real| / ((e^cost - 1) size + under) of node i */
static long double finish(line *l, int i, double got)
{
    const node *n = &l->node[i];
    const long double bound = expm1l(n->cost) * n->size + n->under;
    mpfr_d_sub(l->node[i].real, got, n->real, MPFR_RNDN);
    const long double error = fabsl(mpfr_get_ld(n->real, MPFR_RNDZ));
    for (int j = 0; j < l->used; j++) {
        mpfr_clear(l->node[j].real);
    }
    return isfinite(got) && bound > 0 ? error / bound : -1;
}

static bool f32(const optcert_bound *b)
{
    return b->format == &oc_ref_f32;
}

/* x: h, x, a, b, z */
static long double euler_maruyama(const optcert_bound *b, const double *x)
{
    line l = begin(b);
    const int h = constant(&l, x[0], false, 1, 1, l.k), root = constant(&l, x[0], true, 1, 1, l.k);
    const int moved = drift(&l, h, exact(&l, x[1]), exact(&l, x[2]));
    const int r = plus(&l, moved, noise(&l, root, exact(&l, x[3]), exact(&l, x[4])));
    return finish(&l, r, f32(b) ? euler_f32(x) : euler_f64(x));
}

/* x: h, x, a, b, b', z */
static long double milstein(const optcert_bound *b, const double *x)
{
    line l = begin(b);
    const int h = constant(&l, x[0], false, 1, 1, l.k), half = constant(&l, x[0], false, 1, 2, l.k);
    const int root = constant(&l, x[0], true, 1, 1, l.k);
    const int d = exact(&l, x[3]), z = exact(&l, x[5]);
    const int euler = plus(&l, drift(&l, h, exact(&l, x[1]), exact(&l, x[2])), noise(&l, root, d, z));
    const int scaled = times(&l, half, times(&l, d, exact(&l, x[4])));
    const int r = plus(&l, euler, times(&l, scaled, square_less_one(&l, z)));
    return finish(&l, r, f32(b) ? milstein_f32(x) : milstein_f64(x));
}

/* x: h, x, a, a(y), b, b(y), z */
static long double heun(const optcert_bound *b, const double *x)
{
    line l = begin(b);
    const int half = constant(&l, x[0], false, 1, 2, l.k), half_root = constant(&l, x[0], true, 1, 2, l.k);
    const int moved = drift(&l, half, exact(&l, x[1]), plus(&l, exact(&l, x[2]), exact(&l, x[3])));
    const int r =
        plus(&l, moved, noise(&l, half_root, plus(&l, exact(&l, x[4]), exact(&l, x[5])), exact(&l, x[6])));
    return finish(&l, r, f32(b) ? heun_f32(x) : heun_f64(x));
}

/* x: h, x, a, a(y), b, b(up), b(down), z */
static long double platen(const optcert_bound *b, const double *x)
{
    line l = begin(b);
    const int half = constant(&l, x[0], false, 1, 2, l.k), quarter = constant(&l, x[0], true, 1, 4, l.k);
    const int d = exact(&l, x[4]), up = exact(&l, x[5]), down = exact(&l, x[6]), z = exact(&l, x[7]);
    const int moved = drift(&l, half, exact(&l, x[1]), plus(&l, exact(&l, x[2]), exact(&l, x[3])));
    const int noisy = plus(&l, moved, noise(&l, quarter, plus(&l, plus(&l, up, down), plus(&l, d, d)), z));
    const int scaled = times(&l, quarter, sum(&l, up, down, true));
    const int r = plus(&l, noisy, times(&l, scaled, square_less_one(&l, z)));
    return finish(&l, r, f32(b) ? platen_f32(x) : platen_f64(x));
}

/* x: h, x, a, a(y), b0, b1, z1, z2 */
static long double sra1(const optcert_bound *b, const double *x)
{
    line l = begin(b);
    const int third = constant(&l, x[0], false, 1, 3, l.k), two_thirds = constant(&l, x[0], false, 2, 3, l.k);
    const int root = constant(&l, x[0], true, 1, 1, l.k), half_root = constant(&l, x[0], true, 1, 2, l.k);
    const int b0 = exact(&l, x[4]), b1 = exact(&l, x[5]), z1 = exact(&l, x[6]);
    const int inverse_root_3 = constant(&l, 3, true, 1, 3, l.k);
    const int mixed = times(&l, half_root, plus(&l, z1, times(&l, inverse_root_3, exact(&l, x[7]))));
    const int moved = drift(&l, two_thirds, drift(&l, third, exact(&l, x[1]), exact(&l, x[2])), exact(&l, x[3]));
    const int noisy = plus(&l, moved, noise(&l, root, b1, z1));
    const int r = plus(&l, noisy, times(&l, sum(&l, b0, b1, true), mixed));
    return finish(&l, r, f32(b) ? sra1_f32(x) : sra1_f64(x));
}

#define H {OPTCERT_INPUT_POSITIVE, -20, 0}
#define NUMBER {OPTCERT_INPUT_SIGNED, -40, 10}
#define NORMAL {OPTCERT_INPUT_SIGNED, -10, 2}
#define BOTH(name, function, ...)                                                                                      \
    {"integrators." name "_error (f32)", &oc_ref_f32, {H, __VA_ARGS__}, function}, {                             \
        "integrators." name "_error (f64)", &oc_ref_f64, {H, __VA_ARGS__}, function                              \
    }

const optcert_bound optcert_integrator_bounds[] = {
    {"straight_line: Euler-Maruyama (f32)", &oc_ref_f32, {H, NUMBER, NUMBER, NUMBER, NORMAL}, euler_maruyama},
    {"straight_line: Euler-Maruyama (f64)", &oc_ref_f64, {H, NUMBER, NUMBER, NUMBER, NORMAL}, euler_maruyama},
    BOTH("milstein", milstein, NUMBER, NUMBER, NUMBER, NUMBER, NORMAL),
    BOTH("heun", heun, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NORMAL),
    BOTH("platen", platen, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NORMAL),
    BOTH("sra1", sra1, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NORMAL, NORMAL),
};
const size_t optcert_integrator_bound_count = sizeof optcert_integrator_bounds / sizeof optcert_integrator_bounds[0];
