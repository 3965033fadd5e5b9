/* SPDX-License-Identifier: GPL-3.0-or-later
 * AdamW as hand-written training programs in C have it: moments by linear interpolation, both bias corrections divided
 * out in every element, one loop, compiled with -Ofast -march=native. */
#ifndef OPTCERT_BENCH_OFAST_H
#define OPTCERT_BENCH_OFAST_H
#include <stddef.h>

typedef struct bench_ofast {
    double lr, beta1, beta2, eps, weight_decay, correction1, correction2;
} bench_ofast;

void bench_ofast_f32(const bench_ofast *hyper, size_t n, float *theta, float *m, float *v, const float *grad);
void bench_ofast_f64(const bench_ofast *hyper, size_t n, double *theta, double *m, double *v, const double *grad);

#endif
