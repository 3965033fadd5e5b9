/* SPDX-License-Identifier: GPL-3.0-or-later
 * Oracles: rules and draws have the stated moments, whatever the family; SVAG's law; data and their refusals.
 */
#include "data.h"
#include "oracle.h"
#include "random.h"
#include "settings.h"
#include "unit.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct oracle_case {
    const char *problem, *noise, *data;
    double batch, amplification;
    const char *origin;
} oracle_case;

static const oracle_case cases[] = {
    {"quadratic", "gaussian", NULL, 0, 1, "constant Sigma"},
    {"state-noise", "gaussian", NULL, 0, 1, "Sigma = S0 + S1 theta^2"},
    {"state-noise", "rademacher", NULL, 0, 1, "two points"},
    {"quadratic", "uniform", NULL, 0, 1, ""},
    {"quadratic", "three-point", NULL, 0, 1, ""},
    {"least-squares", "minibatch", "cars", 1, 1, "one sample: the data themselves"},
    {"least-squares", "minibatch", "cars", 5, 1, "with replacement"},
    {"least-squares", "minibatch/without-replacement", "cars", 5, 1, ""},
    {"least-squares", "minibatch/without-replacement", "cars", 49, 1, "all but one"},
    {"label-noise", "labels", "cars", 0, 1, ""},
    {"quadratic", "exponential", NULL, 0, 1, "outside the hypotheses"},
    {"quadratic", "student3", NULL, 0, 1, "outside the hypotheses"},
    {"quadratic", "exponential", NULL, 0, 4, "SVAG(4)"},
    {"quadratic", "rademacher", NULL, 0, 2, "SVAG(2)"},
    {"least-squares", "minibatch", "cars", 3, 2, "SVAG(2) over batches"},
    {"label-noise", "labels", "mirrored", 0, 8, "SVAG(8)"},
};
enum { CASES = sizeof cases / sizeof cases[0] };

static optcert_oracle make(const oracle_case *c)
{
    optcert_oracle oracle = {.noise = optcert_noise_find(c->noise),
                             .dimension = 1,
                             .batch = c->batch,
                             .amplification = c->amplification};
    oracle.problem = (optcert_problem){.kind = optcert_problem_find(c->problem), .a = 1.0, .s0 = 0.7};
    oracle.problem.s1 = oracle.problem.kind->state_noise ? 0.3 : 0.0;
    if (c->data != NULL) {
        optcert_problem_set_data(&oracle.problem, optcert_data_builtin(c->data));
    }
    return oracle;
}

/* The third and fourth moments of a sum of independent terms, from cumulants; SVAG: r1^3 + r2^3 = (3 l^2 -
 * 1)/2. */
static void amplified(const oracle_case *c, double *skewness, double *fourth)
{
    const double l2 = c->amplification * c->amplification;
    if (c->amplification > 1.0) {
        *skewness *= (3.0 * l2 - 1.0) / (2.0 * l2 * c->amplification);
        *fourth = 3.0 + (*fourth - 3.0) * (1.0 - (l2 - 1.0) * (l2 - 1.0) / (2.0 * l2 * l2));
    }
}

/* Moments of one sample's gradient at theta by direct sums, and from them those of a batch with replacement.
 */
static void batch_moments(const oracle_case *c, double theta, double *skewness, double *fourth)
{
    const optcert_data *data = optcert_data_builtin(c->data);
    double mean = 0.0;
    double m[5] = {0.0};
    for (size_t k = 0; k < data->samples; k++) {
        mean += data->x[k] * (data->x[k] * theta - data->y[k]) / (double)data->samples;
    }
    for (size_t k = 0; k < data->samples; k++) {
        for (int j = 2; j <= 4; j++) {
            m[j] += pow(data->x[k] * (data->x[k] * theta - data->y[k]) - mean, j) / (double)data->samples;
        }
    }
    *skewness = m[3] / pow(m[2], 1.5) / sqrt(c->batch);
    *fourth = 3.0 + (m[4] / (m[2] * m[2]) - 3.0) / c->batch;
}

/* A whole-data sum less one sample: the law of minus that sample. */
static void all_but_one_moments(const oracle_case *c, double theta, double *skewness, double *fourth)
{
    batch_moments(&(oracle_case){.data = c->data, .batch = 1.0}, theta, skewness, fourth);
    *skewness = -*skewness;
}

static bool known_moments(const oracle_case *c, double theta, double *skewness, double *fourth)
{
    const optcert_noise *noise = optcert_noise_find(c->noise);
    *skewness = noise->skewness;
    *fourth = noise->fourth;
    if (noise->source == OPTCERT_NOISE_BATCH) {
        batch_moments(c, theta, skewness, fourth);
    } else if (noise->source == OPTCERT_NOISE_EPOCH && c->batch == 49) {
        all_but_one_moments(c, theta, skewness, fourth);
    } else if (noise->source != OPTCERT_NOISE_LAW) {
        return false;
    }
    amplified(c, skewness, fourth);
    return true;
}

static void rules_have_the_moments(void)
{
    for (size_t i = 0; i < CASES; i++) {
        const optcert_oracle oracle = make(&cases[i]);
        if (optcert_noise_heavy(oracle.noise)) {
            continue; /* its trapezoidal rule is checked with the engine's */
        }
        char reason[OPTCERT_DATA_REASON] = "";
        UNIT_CHECK(optcert_oracle_check(&oracle, reason), "%s", reason);
        for (double theta = -0.5; theta < 2.0; theta += 1.2) {
            optcert_rule rule;
            double skewness;
            double fourth;
            optcert_oracle_rule(&oracle, &theta, 0, 12, &rule);
            const double allowed = 1e-11; /* rounding of 12 nodes, |z|^4 w up to some 10 */
            UNIT_CHECK(fabs(optcert_rule_moment(&rule, 0) - 1.0) <= allowed, "%zu: mass", i);
            UNIT_CHECK(fabs(optcert_rule_moment(&rule, 1)) <= allowed, "%zu: mean", i);
            UNIT_CHECK(fabs(optcert_rule_moment(&rule, 2) - 1.0) <= allowed, "%zu: variance", i);
            if (known_moments(&cases[i], theta, &skewness, &fourth)) {
                UNIT_CHECK(fabs(optcert_rule_moment(&rule, 3) - skewness) <= 10 * allowed,
                           "%zu: E z^3 = %.15g, not %.15g", i, optcert_rule_moment(&rule, 3), skewness);
                UNIT_CHECK(fabs(optcert_rule_moment(&rule, 4) - fourth) <= 10 * allowed,
                           "%zu: E z^4 = %.15g, not %.15g", i, optcert_rule_moment(&rule, 4), fourth);
                UNIT_CHECK(fabs(optcert_oracle_skewness(&oracle, &theta, 0) - skewness) <= 10 * allowed &&
                               fabs(optcert_oracle_fourth(&oracle, &theta, 0) - fourth) <= 10 * allowed,
                           "%zu: figures of the oracle", i);
            }
        }
    }
}

/* Box and Muller (1958). */
static double normal(unit_random *random)
{
    const double radius = sqrt(-2.0 * log(1.0 - unit_random_uniform(random)));
    return radius * cos(2.0 * M_PI * unit_random_uniform(random));
}

/* E z^k of draws against the rule's, k = 1..4, to five standard errors, which the rule's moments to 8 give.
 */
static void check_draws(size_t i, const optcert_oracle *oracle, double theta, const double *sum, double count)
{
    optcert_rule rule;
    double sigma2;
    optcert_oracle_rule(oracle, &theta, 0, 16, &rule);
    optcert_oracle_covariance(oracle, &theta, &sigma2);
    for (unsigned k = 1; k <= 4; k++) {
        const double scale = pow(sigma2, 0.5 * k);
        const double wanted = optcert_rule_moment(&rule, k);
        const double spread = sqrt(fmax(optcert_rule_moment(&rule, 2 * k) - wanted * wanted, 0.0) / count);
        UNIT_CHECK(fabs(sum[k] / count / scale - wanted) <= 5.0 * spread + 1e-12,
                   "case %zu: E z^%u = %g drawn, %g", i, k, sum[k] / count / scale, wanted);
    }
}

static void draws_have_the_moments(void)
{
    const size_t count = (size_t)unit_times(4000);
    for (size_t i = 0; i < CASES; i++) {
        const optcert_oracle oracle = make(&cases[i]);
        if (optcert_noise_heavy(oracle.noise)) {
            continue; /* its sample moments do not settle; its map is checked below */
        }
        unit_random random = unit_random_start(unit_seed(), i);
        const double theta = 0.8;
        double sum[5] = {0.0};
        double normals[256];
        for (size_t n = 0; n < count; n++) {
            double z;
            for (size_t k = 0; k < optcert_oracle_normals(&oracle); k++) {
                normals[k] = normal(&random);
            }
            optcert_oracle_draw(&oracle, &theta, normals, &z);
            for (int k = 1; k <= 4; k++) {
                sum[k] += pow(z, k);
            }
        }
        check_draws(i, &oracle, theta, sum, (double)count);
    }
}

/* from_normal carries quantiles to quantiles. */
static void maps_keep_quantiles(void)
{
    static const struct {
        const char *noise;
        double (*cdf)(double);
    } laws[] = {{"gaussian", gsl_cdf_ugaussian_P}};
    for (double x = -6.0; x <= 6.0; x += 0.75) {
        const double p = optcert_normal_cdf(x);
        UNIT_CHECK(fabs(laws[0].cdf(optcert_noise_find("gaussian")->from_normal(x)) - p) <= 1e-15,
                   "gaussian at %g", x);
        const double u = optcert_noise_find("uniform")->from_normal(x);
        UNIT_CHECK(fabs(gsl_cdf_flat_P(u, -sqrt(3.0), sqrt(3.0)) - p) <= 1e-15, "uniform at %g", x);
        const double e = optcert_noise_find("exponential")->from_normal(x);
        UNIT_CHECK(fabs(gsl_cdf_exponential_P(e + 1.0, 1.0) - p) <= 1e-14, "exponential at %g", x);
        const double t = optcert_noise_find("student3")->from_normal(x);
        UNIT_CHECK(fabs(gsl_cdf_tdist_P(t * sqrt(3.0), 3.0) - p) <= 1e-10, "student3 at %g", x);
    }
}

/* In two dimensions: covariance of draws, and each coordinate's law. */
static void two_dimensions(void)
{
    double x[] = {1, 0.5, -0.3, 1, 0.8, -1, 0.2, 0.4, -1, -0.7};
    double y[] = {1, 0, -1, 2, 0.5};
    const optcert_data data = {5, 2, x, y};
    const double theta[2] = {0.3, -0.4};
    optcert_oracle oracle = {.noise = optcert_noise_find("minibatch/without-replacement"),
                             .dimension = 2,
                             .batch = 2,
                             .amplification = 1.0};
    oracle.problem = (optcert_problem){.kind = optcert_problem_find("least-squares"), .data = &data};
    double sigma[4];
    double sum[4] = {0.0};
    double count = 0.0;
    optcert_oracle_covariance(&oracle, theta, sigma);
    for (int a = 0; a < 5; a++) { /* every batch, once */
        for (int b = 0; b < 4; b++) {
            const double normals[2] = {gsl_cdf_ugaussian_Pinv((a + 0.5) / 5),
                                       gsl_cdf_ugaussian_Pinv((b + 0.5) / 4)};
            double z[2];
            optcert_oracle_draw(&oracle, theta, normals, z);
            for (int i = 0; i < 4; i++) {
                sum[i] += z[i / 2] * z[i % 2];
            }
            count += 1.0;
        }
    }
    for (int i = 0; i < 4; i++) {
        UNIT_CHECK(fabs(sum[i] / count - sigma[i]) <= 1e-14, "entry %d: %g, covariance %g", i, sum[i] / count,
                   sigma[i]);
    }
}

static bool read_text(const char *text, optcert_data *data, char reason[OPTCERT_DATA_REASON])
{
    char path[] = "/tmp/optcert-data-XXXXXX";
    const int file = mkstemp(path);
    FILE *out = fdopen(file, "w");
    fputs(text, out);
    fclose(out);
    const bool ok = optcert_data_read(path, data, reason);
    unlink(path);
    return ok;
}

static void data_are_checked(void)
{
    static const struct {
        const char *text, *part;
    } bad[] = {{"", "0 samples"},          {"1 2\n", "1 samples"},      {"1 2\n3\n", "line 2"},
               {"1 2\n3 nan\n", "line 2"}, {"1 2\n3 4 5\n", "line 2"},  {"a b\n", "line 1"},
               {"1 2x\n1 2\n", "line 1"},  {"1 1e999\n1 2\n", "line 1"}};
    char reason[OPTCERT_DATA_REASON];
    optcert_data data;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        UNIT_CHECK(!read_text(bad[i].text, &data, reason) && strstr(reason, bad[i].part) != NULL, "'%s': %s",
                   bad[i].text, reason);
    }
    UNIT_CHECK(!optcert_data_read("/nonexistent", &data, reason), "no file");
    UNIT_CHECK(read_text("# x y\n1, 2\n\n3 4 # end\n", &data, reason) && data.samples == 2 &&
                   data.x[1] == 3.0,
               "%s", reason);
    optcert_data_free(&data);
}

static void misfits_are_refused(void)
{
    static const struct {
        oracle_case oracle;
        const char *part;
    } bad[] = {{{"quadratic", "minibatch", NULL, 4, 1, ""}, "least-squares"},
               {{"quadratic", "labels", NULL, 0, 1, ""}, "label-noise"},
               {{"least-squares", "minibatch", "cars", 0, 1, ""}, "B=0"},
               {{"least-squares", "minibatch", "cars", 2.5, 1, ""}, "B=2.5"},
               {{"least-squares", "minibatch/without-replacement", "cars", 50, 1, ""}, "B=50"},
               {{"quadratic", "gaussian", NULL, 0, 0.5, ""}, "amplification"}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const optcert_oracle oracle = make(&bad[i].oracle);
        char reason[OPTCERT_DATA_REASON] = "";
        UNIT_CHECK(!optcert_oracle_check(&oracle, reason) && strstr(reason, bad[i].part) != NULL,
                   "case %zu: '%s'", i, reason);
    }
}

/* sigma of the noise, by family: SVAG's l, over the root of what is averaged; batches without replacement know each other. */
static void scales(void)
{
    static const struct {
        oracle_case oracle;
        double scale;
    } of[] = {{{"quadratic", "gaussian", NULL, 0, 4, ""}, 4},
              {{"label-noise", "labels", "cars", 0, 2, ""}, 0.28284271247461901},
              {{"least-squares", "minibatch", "cars", 4, 3, ""}, 1.5},
              {{"least-squares", "minibatch/without-replacement", "cars", 25, 1, ""}, 0.14285714285714285}};
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        const optcert_oracle oracle = make(&of[i].oracle);
        const double scale = optcert_oracle_scale(&oracle);
        UNIT_CHECK(fabs(scale - of[i].scale) <= 1e-15 * of[i].scale, "%s: %.17g, not %.17g", of[i].oracle.noise, scale, of[i].scale);
    }
}

/* What has no moment, or no number, is none; a normal beyond 8 deviations chooses the last sample, not one beyond it. */
static void edges(void)
{
    static const double theta = 0.5;
    double weight[2], last, beyond;
    optcert_oracle oracle = make(&(oracle_case){"quadratic", "student3", NULL, 0, 1, ""});
    UNIT_CHECK(isnan(optcert_oracle_skewness(&oracle, &theta, 0)) && isnan(optcert_oracle_fourth(&oracle, &theta, 0)),
               "Student's t with 3 degrees of freedom has no third moment");
    oracle.amplification = 0x1p600; /* whose square is beyond the format */
    optcert_oracle_mixture(&oracle, weight);
    UNIT_CHECK(isnan(weight[0]) && isnan(weight[1]), "SVAG(2^600) has weights %g and %g", weight[0], weight[1]);
    oracle = make(&(oracle_case){"least-squares", "minibatch", "cars", 1, 1, ""});
    optcert_oracle_draw(&oracle, &theta, (double[]){2.3}, &last); /* Phi(2.3) = 0.989: the 50th of 50 */
    optcert_oracle_draw(&oracle, &theta, (double[]){40.0}, &beyond);
    UNIT_CHECK(isfinite(beyond) && beyond == last, "%g and %g", beyond, last);
}

UNIT_SUITE(oracle, {"rules_have_the_moments", rules_have_the_moments},
           {"draws_have_the_moments", draws_have_the_moments}, {"maps_keep_quantiles", maps_keep_quantiles},
           {"two_dimensions", two_dimensions}, {"data_are_checked", data_are_checked},
           {"misfits_are_refused", misfits_are_refused}, {"scales", scales}, {"edges", edges})
