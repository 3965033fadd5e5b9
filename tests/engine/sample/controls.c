/* SPDX-License-Identifier: GPL-3.0-or-later
 * Running sums of every coordinate and path. */
#include "controls.h"

#include <math.h>
#include <string.h>

void optcert_controls_open(optcert_controls *controls, size_t dimension, size_t width, double **memory)
{
    *controls = (optcert_controls){.dimension = dimension, .width = width};
    double **const arrays[OPTCERT_CONTROL_ARRAYS] = {&controls->sum[0], &controls->sum[1], &controls->sum[2], &controls->before,
                                                     &controls->ordered};
    for (size_t i = 0; i < OPTCERT_CONTROL_ARRAYS; i++) {
        *arrays[i] = *memory;
        *memory += dimension * width;
    }
}

void optcert_controls_start(optcert_controls *controls, size_t steps)
{
    const size_t size = controls->dimension * controls->width * sizeof(double);
    controls->steps = steps;
    for (size_t a = 0; a < OPTCERT_CONTROL_SUMS; a++) {
        memset(controls->sum[a], 0, size);
    }
    memset(controls->before, 0, size);
    memset(controls->ordered, 0, size);
    memset(controls->mean, 0, sizeof controls->mean);
    memset(controls->power, 0, sizeof controls->power);
}

static void add_powers(optcert_controls *c, double t, const double *noise)
{
    double sum[OPTCERT_WIDTH_MAX] = {0.0};
    for (size_t at = 0; at < c->dimension * c->width; at += c->width) {
        for (size_t i = 0; i < c->width; i++) {
            sum[i] += noise[at + i] * noise[at + i] - 1.0;
        }
    }
    double weight = 1.0 / (double)c->dimension;
    for (size_t j = 0; j < OPTCERT_CONTROL_POWERS; j++) {
        for (size_t i = 0; i < c->width; i++) {
            c->power[j][i] += weight * sum[i];
        }
        weight *= t;
    }
}

void optcert_controls_add(optcert_controls *c, size_t k, const double *increment, const double *noise)
{
    const double t = (double)k / (double)c->steps;
    double power = 1.0;
    for (size_t i = 0; i < sizeof c->mean / sizeof c->mean[0]; i++) {
        c->mean[i] += power;
        power *= t;
    }
    add_powers(c, t, noise);
    for (size_t i = 0; i < c->dimension * c->width; i++) {
        c->ordered[i] += increment[i] * c->before[i];
        c->before[i] += noise[i] * noise[i] - 1.0;
        c->sum[0][i] += increment[i];
        c->sum[1][i] += t * increment[i];
        c->sum[2][i] += t * t * increment[i];
    }
}

/* out = (mean over coordinates of x y, less `mean`) times scale */
static void products(const optcert_controls *c, const double *x, const double *y, double mean, double scale, double *out)
{
    for (size_t i = 0; i < c->width; i++) {
        double sum = 0.0;
        for (size_t at = i; at < c->dimension * c->width; at += c->width) {
            sum += x[at] * y[at];
        }
        out[i] = (sum / (double)c->dimension - mean) * scale;
    }
}

/* Scaled to sizes that do not grow with the number of steps, for the regression's sake. */
void optcert_controls_read(const optcert_controls *c, double out[OPTCERT_CONTROLS][OPTCERT_WIDTH_MAX])
{
    const double n = (double)c->steps;
    size_t next = 0;
    for (size_t j = 0; j < OPTCERT_CONTROL_POWERS; j++, next++) {
        for (size_t i = 0; i < c->width; i++) {
            out[next][i] = c->power[j][i] / sqrt(n);
        }
    }
    for (size_t a = 0; a < OPTCERT_CONTROL_SUMS; a++) {
        for (size_t b = a; b < OPTCERT_CONTROL_SUMS; b++, next++) {
            products(c, c->sum[a], c->sum[b], c->mean[a + b], 1.0 / n, out[next]);
        }
    }
    for (size_t a = 0; a < OPTCERT_CONTROL_SUMS; a++, next++) {
        products(c, c->sum[a], c->ordered, 0.0, 1.0 / (n * sqrt(n)), out[next]);
    }
}
