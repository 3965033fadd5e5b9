/* SPDX-License-Identifier: GPL-3.0-or-later
 * What moments.c needs to know of a closed set of equations. */
#ifndef OPTCERT_MOMENTS_SYSTEM_H
#define OPTCERT_MOMENTS_SYSTEM_H
#include "moments.h"

typedef enum optcert_moments_map {
    OPTCERT_MOMENTS_STEP,      /* A_h */
    OPTCERT_MOMENTS_GENERATOR, /* L_h */
    OPTCERT_MOMENTS_SECOND     /* A_2 */
} optcert_moments_map;

/* In the system's norm, of errors (y[0] = 1 has none). gamma = the largest relative error of one sum. */
typedef struct optcert_moments_bound {
    double gain;   /* |A_h e| <= gain |e| */
    double growth; /* |exp(t L_h) e| <= exp(growth t) |e| */
    double rate;   /* |L_h y| <= rate |y| */
    double step, generator; /* rounding of A_h y, L_h y <= gamma step |y|, gamma generator |y| */
    double second;          /* |A_2 y| and its rounding/gamma <= second |y| */
    double gamma;
} optcert_moments_bound;

typedef struct optcert_moments_system {
    size_t (*size)(const optcert_study *study); /* numbers in y, y[0] included */
    void *(*open)(const optcert_study *study);  /* NULL when memory is short */
    void (*close)(void *own);
    void (*start)(const void *own, double *y);
    void (*apply)(const void *own, optcert_moments_map map, double h, const double *y, double *out);
    double (*norm)(const void *own, const double *y);
    optcert_moments_bound (*bound)(const void *own, double h);
    /* A test function's average, and by how much at most it is off where y is off by 1 in the norm. */
    double (*read)(const void *own, const optcert_phi *phi, const double *y, double *sensitivity);
} optcert_moments_system;

extern const optcert_moments_system optcert_moments_of_theta, optcert_moments_of_mu;

#endif
