/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients of the networks: the formula, in binary128, against finite differences of a forward pass in MPFR; then the
 * working precisions against binary128. */
#include "net.h"
#include "net_mpfr.h"
#include "shuffle.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 32, CLASSES = 50 };

typedef struct net_case {
    const char *origin;
    void (*make)(optcert_net *net);
    size_t rows;
} net_case;

static void make_transformer(optcert_net *net)
{
    optcert_net_transformer(net, CLASSES);
}

static void make_tiny_mlp(optcert_net *net)
{
    optcert_net_mlp_sized(net, 5, 4, 3);
}

static void make_tiny_conv(optcert_net *net)
{
    optcert_net_conv_sized(net, 4, 2, 3, 3);
}

static void make_tiny_transformer(optcert_net *net)
{
    optcert_net_transformer_sized(net, 4, 3, 4, 2, 1);
}

/* Small enough for every parameter to be moved by itself. */
static const net_case tiny[] = {
    {"dense and ReLU", make_tiny_mlp, 3},
    {"convolution and pooling", make_tiny_conv, 2},
    {"embedding, norm, attention, GELU, residuals", make_tiny_transformer, 6},
};

static const net_case table[] = {
    {"mlp", optcert_net_mlp, 3},
    {"conv", optcert_net_conv, 3},
    {"transformer", make_transformer, ROWS},
};

enum { TINY = sizeof tiny / sizeof tiny[0], TABLE = sizeof table / sizeof table[0] };

/* One network at one point, in three precisions. */
typedef struct point {
    optcert_net net;
    size_t rows;
    float *theta32, *gradient32, *input32;
    double *theta64, *gradient64, *input64;
    optcert_quad *theta128, *gradient128, *input128;
    uint8_t label[ROWS];
    optcert_workspace_f32 work32;
    optcert_workspace_f64 work64;
    optcert_workspace_f128 work128;
} point;

static void fill(point *p)
{
    const size_t inputs = p->rows * p->net.input;
    optcert_net_initialise(&p->net, unit_seed(), p->theta64);
    for (size_t i = 0; i < p->net.parameters; i++) {
        /* Off the symmetric start: zero biases and unit gains would hide a wrong index. */
        p->theta64[i] = (double)(float)(p->theta64[i] + 1e-6 * (optcert_pick(unit_seed(), 1, i, 100000) - 5e4));
        p->theta32[i] = (float)p->theta64[i];
        p->theta128[i] = (optcert_quad)p->theta64[i];
    }
    for (size_t i = 0; i < inputs; i++) {
        const uint32_t token = optcert_pick(unit_seed(), 2, i, p->net.input == 1 ? (uint32_t)p->net.classes : 64);
        p->input64[i] = p->net.input == 1 ? (double)token : (double)token / 64;
        p->input32[i] = (float)p->input64[i];
        p->input128[i] = (optcert_quad)p->input64[i];
    }
    for (size_t r = 0; r < p->rows; r++) {
        p->label[r] = (uint8_t)optcert_pick(unit_seed(), 3, r, (uint32_t)p->net.classes);
    }
}

static void open_point(point *p, const net_case *c)
{
    c->make(&p->net);
    p->rows = c->rows;
    const size_t n = p->net.parameters, inputs = c->rows * p->net.input;
    p->theta32 = calloc(n, sizeof *p->theta32), p->gradient32 = calloc(n, sizeof *p->gradient32);
    p->theta64 = calloc(n, sizeof *p->theta64), p->gradient64 = calloc(n, sizeof *p->gradient64);
    p->theta128 = calloc(n, sizeof *p->theta128), p->gradient128 = calloc(n, sizeof *p->gradient128);
    p->input32 = calloc(inputs, sizeof *p->input32), p->input64 = calloc(inputs, sizeof *p->input64);
    p->input128 = calloc(inputs, sizeof *p->input128);
    UNIT_CHECK(optcert_workspace_open_f32(&p->net, c->rows, &p->work32) == 0, "memory");
    UNIT_CHECK(optcert_workspace_open_f64(&p->net, c->rows, &p->work64) == 0, "memory");
    UNIT_CHECK(optcert_workspace_open_f128(&p->net, c->rows, &p->work128) == 0, "memory");
    fill(p);
}

static void close_point(point *p)
{
    void *const arrays[] = {p->theta32,     p->gradient32, p->input32,  p->theta64, p->gradient64,
                            p->gradient128, p->input64,    p->theta128, p->input128};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        free(arrays[i]);
    }
    optcert_workspace_close_f32(&p->net, &p->work32);
    optcert_workspace_close_f64(&p->net, &p->work64);
    optcert_workspace_close_f128(&p->net, &p->work128);
}

/* Gradients in binary64 and binary128 with the losses, and what binary64's roundings make of them. */
typedef struct gradients {
    double loss64, worst64, largest; /* worst64: the largest |binary64 - binary128| of an element */
    optcert_quad loss128;
} gradients;

static gradients compute(point *p)
{
    size_t correct;
    gradients g = {0};
    g.loss128 = optcert_net_loss_f128(&p->net, &p->work128, p->theta128, p->rows, p->input128, p->label, p->gradient128,
                                      &correct);
    g.loss64 = optcert_net_loss_f64(&p->net, &p->work64, p->theta64, p->rows, p->input64, p->label, p->gradient64, &correct);
    for (size_t i = 0; i < p->net.parameters; i++) {
        g.worst64 = fmax(g.worst64, fabs((double)((optcert_quad)p->gradient64[i] - p->gradient128[i])));
        g.largest = fmax(g.largest, fabs((double)p->gradient128[i]));
    }
    return g;
}

/* Roundings on the longest chain from parameter to loss and back: each layer forms sums of `in` and, going
 * back, of `out` and `rows` terms. Relative to the largest gradient: sums whose terms cancel below it are
 * not held to more. */
static double chain(const point *p)
{
    double roundings = 0;
    for (size_t l = 0; l < p->net.layers; l++) {
        roundings += (double)(2 * p->net.layer[l].in + 2 * p->net.layer[l].out + p->rows);
    }
    return roundings;
}

static void precisions(void)
{
    for (size_t c = 0; c < TABLE; c++) {
        point p;
        size_t correct;
        double worst32 = 0;
        open_point(&p, &table[c]);
        const gradients g = compute(&p);
        (void)optcert_net_loss_f32(&p.net, &p.work32, p.theta32, p.rows, p.input32, p.label, p.gradient32, &correct);
        for (size_t i = 0; i < p.net.parameters; i++) {
            worst32 = fmax(worst32, fabs((double)p.gradient32[i] - (double)p.gradient128[i]));
        }
        UNIT_CHECK(g.worst64 <= 0x1p-53 * chain(&p) * g.largest, "%s: binary64 off by %g of %g", table[c].origin, g.worst64,
                   g.largest);
        UNIT_CHECK(worst32 <= 0x1p-24 * chain(&p) * g.largest, "%s: binary32 off by %g of %g", table[c].origin, worst32,
                   g.largest);
        close_point(&p);
    }
}

/* --- finite differences in MPFR --- */

static const double step = 0x1p-50;

/* A derivative by central differences, and how far off it may be. */
typedef struct slope {
    mpfr_t fine, coarse; /* with steps h and 2h */
    double allowed;
} slope;

static void open_slope(slope *s)
{
    mpfr_init2(s->fine, UNIT_NET_BITS);
    mpfr_init2(s->coarse, UNIT_NET_BITS);
}

static void close_slope(slope *s)
{
    mpfr_clear(s->fine);
    mpfr_clear(s->coarse);
}

/* Moves parameter i, or for i = parameters all of them, by +-h each: the sign is pseudo-random. */
static void move(unit_net *m, size_t i, double h)
{
    const size_t n = m->net->parameters;
    for (size_t j = i == n ? 0 : i; j < (i == n ? n : i + 1); j++) {
        const bool down = i == n && optcert_pick(unit_seed(), 5, j, 2) == 1;
        mpfr_add_d(m->theta + j, m->theta + j, down ? -h : h, MPFR_RNDN);
    }
}

static void difference(unit_net *m, const uint8_t *label, size_t i, double h, mpfr_t out)
{
    mpfr_t below;
    mpfr_init2(below, UNIT_NET_BITS);
    move(m, i, h);
    unit_net_loss(m, label, out);
    move(m, i, -2 * h);
    unit_net_loss(m, label, below);
    move(m, i, h); /* exact: binary64 plus multiples of h fits the format */
    mpfr_sub(out, out, below, MPFR_RNDN);
    mpfr_div_d(out, out, 2 * h, MPFR_RNDN);
    mpfr_clear(below);
}

/* What central differences with steps h and 2h say, and how far from it the binary128 gradient may be.
 *
 * Truncation: D(h) = L' + h^2 L'''/6 + O(h^4), so |D(2h) - D(h)| is three times D(h)'s error, but for O(h^4) ~ 2^-200.
 * Rounding: what roundings make of a pass is seen where they are large: in binary64 the loss is off by |L64 - L| (at least
 * half an ulp is taken), a gradient's element by worst64. Units of MPFR and binary128 are 2^139 and 2^60 times smaller, and
 * first-order errors with them: two losses off by 2^-139 |L64 - L| make D(h) off by 2^-139 |L64 - L|/h. Single errors
 * scatter: 16 times as much is allowed. */
static void measure(unit_net *m, const point *p, const gradients *g, size_t i, slope *out)
{
    difference(m, p->label, i, step, out->fine);
    difference(m, p->label, i, 2 * step, out->coarse);
    mpfr_sub(out->coarse, out->coarse, out->fine, MPFR_RNDN);
    const double elements = i == p->net.parameters ? (double)i : 1;
    const double off64 = fmax(fabs((double)((optcert_quad)g->loss64 - g->loss128)), 0x1p-53 * g->loss64);
    out->allowed = fabs(mpfr_get_d(out->coarse, MPFR_RNDN)) + 16 * 0x1p-139 * off64 / step + 16 * 0x1p-60 * elements * g->worst64;
}

/* |gradient - D(h)|, no bit of either lost. */
static double gap(const slope *s, optcert_quad gradient)
{
    mpfr_t value;
    mpfr_init2(value, UNIT_NET_BITS);
    const double high = (double)gradient, low = (double)(gradient - (optcert_quad)high);
    mpfr_sub_d(value, s->fine, high, MPFR_RNDN);
    mpfr_sub_d(value, value, low, MPFR_RNDN);
    const double out = fabs(mpfr_get_d(value, MPFR_RNDN));
    mpfr_clear(value);
    return out;
}

/* No ReLU is near enough to its kink for a step to cross it, and the two forward passes agree. */
static void check_pass(unit_net *m, const point *p, const gradients *g, const char *origin)
{
    slope loss;
    open_slope(&loss);
    unit_net_loss(m, p->label, loss.fine);
    UNIT_CHECK(mpfr_cmp_d(m->kink, 0x1p-30) > 0, "%s: a ReLU at %g: choose another seed", origin,
               mpfr_get_d(m->kink, MPFR_RNDN));
    UNIT_CHECK(gap(&loss, g->loss128) <= 0x1p-113 * chain(p) * (double)g->loss128, "%s: the losses differ by %g", origin,
               gap(&loss, g->loss128));
    close_slope(&loss);
}

static void formula(void)
{
    for (size_t c = 0; c < TINY; c++) {
        point p;
        unit_net m;
        slope s;
        open_point(&p, &tiny[c]);
        open_slope(&s);
        const gradients g = compute(&p);
        unit_net_open(&m, &p.net, p.rows, p.theta64, p.input64);
        check_pass(&m, &p, &g, tiny[c].origin);
        for (size_t i = 0; i < p.net.parameters; i++) {
            measure(&m, &p, &g, i, &s);
            UNIT_CHECK(gap(&s, p.gradient128[i]) <= s.allowed, "%s: parameter %zu: gradient %a, off by %g, %g allowed",
                       tiny[c].origin, i, (double)p.gradient128[i], gap(&s, p.gradient128[i]), s.allowed);
        }
        unit_net_close(&m);
        close_slope(&s);
        close_point(&p);
    }
}

/* The derivative along the direction of `move`, by the gradient. */
static optcert_quad along(const point *p)
{
    optcert_quad sum = 0;
    for (size_t j = 0; j < p->net.parameters; j++) {
        sum += optcert_pick(unit_seed(), 5, j, 2) == 1 ? -p->gradient128[j] : p->gradient128[j];
    }
    return sum;
}

/* The networks that are trained: all parameters at once, along a direction in which none is idle. */
static void directions(void)
{
    for (size_t c = 0; c < TABLE; c++) {
        point p;
        unit_net m;
        slope s;
        open_point(&p, &table[c]);
        open_slope(&s);
        const gradients g = compute(&p);
        unit_net_open(&m, &p.net, p.rows, p.theta64, p.input64);
        check_pass(&m, &p, &g, table[c].origin);
        measure(&m, &p, &g, p.net.parameters, &s);
        UNIT_CHECK(gap(&s, along(&p)) <= s.allowed, "%s: along a direction the gradient is off by %g, %g allowed",
                   table[c].origin, gap(&s, along(&p)), s.allowed);
        unit_note("%s: off by %.2g, allowed %.2g", table[c].origin, gap(&s, along(&p)), s.allowed);
        unit_net_close(&m);
        close_slope(&s);
        close_point(&p);
    }
}

/* The checks can fail: an element whose sign is turned, and one that is off by a part in 2^40, pass none of them. */
static void negative_control(void)
{
    point p;
    unit_net m;
    slope s;
    size_t i = 0;
    open_point(&p, &tiny[0]);
    open_slope(&s);
    const gradients g = compute(&p);
    while (p.gradient128[i] == 0) {
        i++;
    }
    unit_net_open(&m, &p.net, p.rows, p.theta64, p.input64);
    measure(&m, &p, &g, i, &s);
    UNIT_CHECK(gap(&s, -p.gradient128[i]) > s.allowed, "a turned sign passed");
    UNIT_CHECK(gap(&s, p.gradient128[i] * (1 + (optcert_quad)0x1p-40)) > s.allowed, "a part in 2^40 passed");
    measure(&m, &p, &g, p.net.parameters, &s);
    UNIT_CHECK(gap(&s, along(&p)) <= s.allowed, "the direction itself");
    p.gradient128[i] *= 1 + (optcert_quad)0x1p-40;
    UNIT_CHECK(gap(&s, along(&p)) > s.allowed, "a wrong element passed along the direction");
    unit_net_close(&m);
    close_slope(&s);
    close_point(&p);
}

UNIT_SUITE(net, {"formula", formula}, {"directions", directions}, {"precisions", precisions},
           {"negative_control", negative_control})
