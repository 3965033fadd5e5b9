/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients of the networks: the formula against finite differences in binary128, then the working
 * precisions against binary128. */
#include "net.h"
#include "shuffle.h"
#include "unit.h"

#include <math.h>
#include <stdlib.h>

enum { ROWS = 32, CLASSES = 50, PROBES = 3 };

typedef struct net_case {
    const char *origin;
    void (*make)(optcert_net *net);
    size_t rows;
} net_case;

static void make_transformer(optcert_net *net)
{
    optcert_net_transformer(net, CLASSES);
}

static const net_case table[] = {
    {"dense and ReLU", optcert_net_mlp, 3},
    {"convolution and pooling", optcert_net_conv, 3},
    {"embedding, norm, attention, GELU, residuals", make_transformer, ROWS},
};

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
        const uint32_t token = optcert_pick(unit_seed(), 2, i, CLASSES);
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

static optcert_quad loss128(point *p, optcert_quad *gradient)
{
    size_t correct;
    return optcert_net_loss_f128(&p->net, &p->work128, p->theta128, p->rows, p->input128, p->label, gradient, &correct);
}

static double difference(point *p, size_t i, double h)
{
    const optcert_quad keep = p->theta128[i];
    p->theta128[i] = keep + (optcert_quad)h;
    const optcert_quad above = loss128(p, NULL);
    p->theta128[i] = keep - (optcert_quad)h;
    const optcert_quad below = loss128(p, NULL);
    p->theta128[i] = keep;
    return (double)((above - below) / (2 * (optcert_quad)h));
}

/* A central difference errs by h^2 f'''/6 + O(h^4), so the one at 2h differs from the one at h by three times
 * the latter's error: the gap bounds it. Rounding of the loss (about 10^4 operations in 113 bits) adds at most
 * 10^4 2^-113 |loss| / h < 1e-19 at h = 1e-10; the result itself is rounded to binary64. */
static void formula(void)
{
    const double h = 1e-10;
    for (size_t c = 0; c < sizeof table / sizeof table[0]; c++) {
        point p;
        open_point(&p, &table[c]);
        (void)loss128(&p, p.gradient128);
        for (size_t k = 0; k < unit_times(PROBES); k++) {
            const size_t i = optcert_pick(unit_seed(), 4, k, (uint32_t)p.net.parameters);
            const double fine = difference(&p, i, h), coarse = difference(&p, i, 2 * h);
            const double gradient = (double)p.gradient128[i];
            const double allowed = fabs(fine - coarse) + 1e-19 + 0x1p-52 * fabs(fine);
            UNIT_CHECK(fabs(gradient - fine) <= allowed, "%s: parameter %zu: gradient %a (%g), difference %a (%g)",
                       table[c].origin, i, gradient, gradient, fine, fine);
        }
        close_point(&p);
    }
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
    for (size_t c = 0; c < sizeof table / sizeof table[0]; c++) {
        point p;
        size_t correct;
        double largest = 0, worst32 = 0, worst64 = 0;
        open_point(&p, &table[c]);
        (void)loss128(&p, p.gradient128);
        (void)optcert_net_loss_f64(&p.net, &p.work64, p.theta64, p.rows, p.input64, p.label, p.gradient64, &correct);
        (void)optcert_net_loss_f32(&p.net, &p.work32, p.theta32, p.rows, p.input32, p.label, p.gradient32, &correct);
        for (size_t i = 0; i < p.net.parameters; i++) {
            const double exact = (double)p.gradient128[i];
            largest = fmax(largest, fabs(exact));
            worst32 = fmax(worst32, fabs((double)p.gradient32[i] - exact));
            worst64 = fmax(worst64, fabs(p.gradient64[i] - exact));
        }
        UNIT_CHECK(worst64 <= 0x1p-53 * chain(&p) * largest, "%s: binary64 off by %g of %g", table[c].origin, worst64, largest);
        UNIT_CHECK(worst32 <= 0x1p-24 * chain(&p) * largest, "%s: binary32 off by %g of %g", table[c].origin, worst32, largest);
        close_point(&p);
    }
}

/* The check can fail: a gradient with one sign turned is not within any of the bounds above. */
static void negative_control(void)
{
    point p;
    open_point(&p, &table[0]);
    (void)loss128(&p, p.gradient128);
    size_t i = 0;
    while (p.gradient128[i] == 0) {
        i++;
    }
    const double fine = difference(&p, i, 1e-10), coarse = difference(&p, i, 2e-10);
    UNIT_CHECK(fabs(-(double)p.gradient128[i] - fine) > fabs(fine - coarse) + 1e-19 + 0x1p-52 * fabs(fine),
               "a wrong gradient passed");
    close_point(&p);
}

UNIT_SUITE(net, {"formula", formula}, {"precisions", precisions}, {"negative_control", negative_control})
