/* SPDX-License-Identifier: GPL-3.0-or-later
 * Quadrature rules of the noise laws, from GSL's Gauss rules where the law has one. */
#include "noise.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <math.h>
#include <string.h>

/* Nodes scale*x + shift of a Gauss rule, weights normalised to total mass 1. */
static void gauss(const gsl_integration_fixed_type *type, size_t n, const double range[2], double shift,
                  optcert_rule *out)
{
    gsl_integration_fixed_workspace *work =
        gsl_integration_fixed_alloc(type, n, range[0], range[1], 0.0, 0.0);
    const double *x = gsl_integration_fixed_nodes(work);
    const double *w = gsl_integration_fixed_weights(work);
    double total = 0.0;
    for (size_t i = 0; i < n; i++) {
        total += w[i];
    }
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        out->z[i] = x[i] + shift;
        out->w[i] = w[i] / total;
    }
    gsl_integration_fixed_free(work);
}

static void gaussian(size_t n, optcert_rule *out)
{
    gauss(gsl_integration_fixed_hermite, n, (const double[]){0.0, 0.5}, 0.0, out); /* weight exp(-z^2/2) */
}

static void uniform(size_t n, optcert_rule *out)
{
    gauss(gsl_integration_fixed_legendre, n, (const double[]){-sqrt(3.0), sqrt(3.0)}, 0.0, out);
}

static void exponential(size_t n, optcert_rule *out)
{
    gauss(gsl_integration_fixed_laguerre, n, (const double[]){0.0, 1.0}, -1.0, out); /* z = e - 1 */
}

static void rademacher(size_t n, optcert_rule *out)
{
    (void)n;
    *out = (optcert_rule){2, {-1.0, 1.0}, {0.5, 0.5}};
}

static void three_point(size_t n, optcert_rule *out)
{
    (void)n;
    *out = (optcert_rule){3, {-sqrt(3.0), 0.0, sqrt(3.0)}, {1.0 / 6, 2.0 / 3, 1.0 / 6}};
}

/* t with 3 degrees of freedom over sqrt(3): density (2/pi)(1+z^2)^-2, so z = sinh(x) turns E F(z) into
 * (2/pi) int F(sinh x) cosh(x)^-3 dx; the trapezoidal rule converges exponentially. |z| <= sinh(22) leaves
 * out a variance of some 1e-9. */
static void student3(size_t n, optcert_rule *out)
{
    static const double reach = 22.0;
    out->n = 20 + 4 * n;
    const double spacing = 2.0 * reach / (double)(out->n - 1);
    for (size_t i = 0; i < out->n; i++) {
        const double x = (double)i * spacing - reach;
        out->z[i] = sinh(x);
        out->w[i] = 2.0 / M_PI * spacing * pow(cosh(x), -3.0);
    }
}

double optcert_normal_cdf(double x)
{
    return 0.5 * erfc(-x * M_SQRT1_2);
}

static double normal_itself(double normal)
{
    return normal;
}

static double sign_of_normal(double normal)
{
    return normal < 0.0 ? -1.0 : 1.0;
}

static double uniform_of_normal(double normal)
{
    return sqrt(3.0) * erf(normal * M_SQRT1_2);
}

static double three_point_of_normal(double normal)
{
    static const double sixth = 0.96742156610170104; /* Phi(-sixth) = 1/6 */
    return normal < -sixth ? -sqrt(3.0) : normal < sixth ? 0.0 : sqrt(3.0);
}

/* -log(1 - Phi) - 1, through whichever tail is small. */
static double exponential_of_normal(double normal)
{
    const double upper = optcert_normal_cdf(-normal);
    return (normal < 0.0 ? -log1p(-optcert_normal_cdf(normal)) : -log(upper)) - 1.0;
}

static double student3_of_normal(double normal)
{
    const double tail = optcert_normal_cdf(-fabs(normal));
    return copysign(gsl_cdf_tdist_Qinv(tail, 3.0) / sqrt(3.0), normal);
}

const optcert_noise optcert_noises[] = {
    {"gaussian", "standard normal", true, OPTCERT_NOISE_LAW, 0.0, 3.0, gaussian, normal_itself},
    {"rademacher", "+1 or -1 with equal chance", true, OPTCERT_NOISE_LAW, 0.0, 1.0, rademacher,
     sign_of_normal},
    {"uniform", "uniform on [-sqrt 3, sqrt 3]", true, OPTCERT_NOISE_LAW, 0.0, 1.8, uniform,
     uniform_of_normal},
    {"three-point", "-sqrt 3, 0, sqrt 3 with weights 1/6, 2/3, 1/6", true, OPTCERT_NOISE_LAW, 0.0, 3.0,
     three_point, three_point_of_normal},
    {"minibatch", "a batch of the data set, with replacement (problem least-squares)", true,
     OPTCERT_NOISE_BATCH, NAN, NAN, NULL, NULL},
    {"minibatch/without-replacement", "a batch of the data set, without replacement (problem least-squares)",
     true, OPTCERT_NOISE_EPOCH, NAN, NAN, NULL, NULL},
    {"labels", "a fresh error of + or - sqrt S0 on every label (problem label-noise)", true,
     OPTCERT_NOISE_LABELS, 0.0, NAN, NULL, NULL},
    {"exponential", "centred exponential: fixed skewness 2, outside the theorem's hypotheses", false,
     OPTCERT_NOISE_LAW, 2.0, 9.0, exponential, exponential_of_normal},
    {"student3", "Student t, 3 degrees of freedom, variance 1: no 4th moment, outside the hypotheses", false,
     OPTCERT_NOISE_LAW, NAN, NAN, student3, student3_of_normal},
    {NULL, NULL, false, OPTCERT_NOISE_LAW, 0.0, 0.0, NULL, NULL},
};

bool optcert_noise_heavy(const optcert_noise *noise)
{
    return noise->source == OPTCERT_NOISE_LAW && isnan(noise->fourth);
}

const optcert_noise *optcert_noise_find(const char *name)
{
    for (const optcert_noise *noise = optcert_noises; noise->name != NULL; noise++) {
        if (strcmp(noise->name, name) == 0) {
            return noise;
        }
    }
    return NULL;
}
