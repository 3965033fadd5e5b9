/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradient diagnostics: estimators without bias, intervals that cover, sentences that follow. */
#include "gradient_covariance.h"
#include "gradient_report.h"
#include "unit.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 32, DIMENSION = 12, REPEATS = 400 };

typedef struct law {
    const char *name;
    double (*draw)(gsl_rng *random); /* mean 0, variance 1 */
    double skewness;
} law;

static double normal(gsl_rng *random)
{
    return gsl_ran_gaussian(random, 1.0);
}

static double uniform(gsl_rng *random)
{
    return gsl_ran_flat(random, -sqrt(3.0), sqrt(3.0));
}

/* The mean of 16 exponentials: what a batch of 16 skewed samples has. */
static double batch_of_exponentials(gsl_rng *random)
{
    return (gsl_ran_gamma(random, 16.0, 1.0) - 16.0) / 4.0;
}

static const law laws[] = {{"normal", normal, 0.0}, {"uniform", uniform, 0.0}, {"exponentials", batch_of_exponentials, 0.5}};

/* Coordinate j has mean mu_j and deviation 1 + j/4. */
static double true_mean(size_t j)
{
    return j % 3 == 0 ? 0.0 : 0.3 * (double)j;
}

static double deviation(size_t j)
{
    return 1.0 + 0.25 * (double)j;
}

typedef struct tally {
    double mean, variance, second, skewness, ratio, overall; /* intervals that held the truth */
    double bias_mean, bias_variance, bias_square;
    double runs;
} tally;

static bool holds(optcert_estimate x, double truth)
{
    return x.low <= truth && truth <= x.high && x.low <= x.value && x.value <= x.high;
}

static void add(tally *t, const law *l, const optcert_coordinate *c, double factor)
{
    const double mean = true_mean(c->index), sigma = deviation(c->index);
    t->mean += holds(c->mean, mean);
    t->variance += holds(c->variance, sigma * sigma);
    t->second += holds(c->second, mean * mean + sigma * sigma);
    t->skewness += holds(c->skewness, l->skewness);
    t->ratio += holds(c->ratio, factor * mean / sigma);
    t->bias_mean += (c->mean.value - mean) / sigma;
    t->bias_variance += c->variance.value / (sigma * sigma) - 1.0;
    t->runs++;
}

static void one_run(const law *l, gsl_rng *random, tally *t)
{
    double value[COUNT * DIMENSION], squares = 0.0, noise = 0.0;
    optcert_coordinate coordinate[DIMENSION];
    optcert_gradient_summary summary;
    for (size_t i = 0; i < COUNT * DIMENSION; i++) {
        value[i] = true_mean(i % DIMENSION) + deviation(i % DIMENSION) * l->draw(random);
    }
    const optcert_gradient_sample sample = {COUNT, DIMENSION, value, 16.0, 64.0};
    UNIT_CHECK(optcert_gradient_measure(&sample, coordinate, &summary), "memory");
    for (size_t j = 0; j < DIMENSION; j++) {
        add(t, l, &coordinate[j], 2.0);
        squares += true_mean(j) * true_mean(j);
        noise += deviation(j) * deviation(j);
    }
    t->overall += holds(summary.ratio, 2.0 * sqrt(squares / noise));
    t->bias_square += summary.ratio.value * summary.ratio.value / (4.0 * squares / noise) - 1.0;
}

/* The share of n intervals that hold must not be less than `share` by more than chance allows (one in 10^6). */
static void check_share(const law *l, const char *what, double held, double n, double share)
{
    UNIT_CHECK(gsl_cdf_binomial_P((unsigned)held, share, (unsigned)n) > 1e-6,
               "%s: %s: %.4f of %g intervals hold, %.3f are due", l->name, what, held / n, n, share);
    unit_note("%s: %s: %.4f hold", l->name, what, held / n);
}

/* The nominal share is 0.95. The intervals of mean, ratio and all coordinates together are held to nearly it; those of
 * variance, second moment and skewness are approximations for laws that are not normal, and held to 0.9 at K = 32. */
static void coverage(void)
{
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, unit_seed());
    for (size_t k = 0; k < sizeof laws / sizeof laws[0]; k++) {
        const law *l = &laws[k];
        tally t = {0};
        for (int run = 0; run < REPEATS; run++) {
            one_run(l, random, &t);
        }
        check_share(l, "mean", t.mean, t.runs, 0.935);
        check_share(l, "variance", t.variance, t.runs, 0.90);
        check_share(l, "second moment", t.second, t.runs, 0.90);
        check_share(l, "skewness", t.skewness, t.runs, 0.90);
        check_share(l, "ratio", t.ratio, t.runs, 0.945);
        check_share(l, "overall", t.overall, REPEATS, 0.93);
        /* the means of `runs` estimates: 5 standard errors */
        UNIT_CHECK(fabs(t.bias_mean / t.runs) < 5.0 / sqrt(COUNT * t.runs), "%s: bias of the mean", l->name);
        UNIT_CHECK(fabs(t.bias_variance / t.runs) < 5.0 * sqrt(2.5 / (COUNT * t.runs)), "%s: bias of the variance %g", l->name,
                   t.bias_variance / t.runs);
        UNIT_CHECK(fabs(t.bias_square / REPEATS) < 0.02, "%s: bias of the square ratio %g", l->name, t.bias_square / REPEATS);
    }
    gsl_rng_free(random);
}

static const struct {
    double mean, to_batch;
    optcert_regime regime;
    const char *sentence;
} regimes[] = {
    {0.01, 16, OPTCERT_REGIME_NOISE, "noise dominates, as the rule needs"},
    {0.5, 16, OPTCERT_REGIME_BETWEEN, "noise does not clearly dominate"},
    {0.5, 16 * 64, OPTCERT_REGIME_MEAN, "at batch 1024 the gradient mean is 4"},
    {3.1, 16, OPTCERT_REGIME_MEAN, "at batch 16 the gradient mean is 3.1 times its noise"},
    {3.1, 16, OPTCERT_REGIME_MEAN, "do not expect the rule to hold"},
};

/* Many coordinates of the same mean and unit noise: the ratio is known. */
static void sentences(void)
{
    enum { K = 64, D = 400 };
    double *value = malloc(sizeof(double) * K * D);
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t c = 0; c < sizeof regimes / sizeof regimes[0]; c++) {
        char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE], why[OPTCERT_GRADIENT_REASON] = "";
        for (size_t i = 0; i < K * D; i++) {
            value[i] = regimes[c].mean + gsl_ran_gaussian(random, 1.0);
        }
        const optcert_gradient_sample sample = {K, D, value, 16.0, regimes[c].to_batch};
        optcert_gradient_report *report = optcert_gradient_report_make(&sample, 3, why);
        if (UNIT_CHECK(report != NULL, "%s", why)) {
            const size_t count = optcert_gradient_sentences(report, text);
            UNIT_CHECK(report->summary.regime == regimes[c].regime, "mean %g: regime %d", regimes[c].mean,
                       (int)report->summary.regime);
            UNIT_CHECK(count == 4 && strstr(text[0], regimes[c].sentence) != NULL, "'%s'", text[0]);
        }
        optcert_gradient_report_free(report);
    }
    gsl_rng_free(random);
    free(value);
}

static void without_noise(void)
{
    double value[8 * 2];
    char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE], why[OPTCERT_GRADIENT_REASON] = "";
    for (size_t i = 0; i < 16; i++) {
        value[i] = i % 2 == 0 ? 0.1 : 0.0;
    }
    const optcert_gradient_sample sample = {8, 2, value, 1.0, 2.0};
    optcert_gradient_report *report = optcert_gradient_report_make(&sample, 2, why);
    if (UNIT_CHECK(report != NULL, "%s", why)) {
        UNIT_CHECK(optcert_gradient_sentences(report, text) == 2, "sentences");
        UNIT_CHECK(strstr(text[0], "no noise at all") != NULL, "%s", text[0]);
        UNIT_CHECK(strstr(text[1], "2 of 2 coordinates are the same") != NULL, "%s", text[1]);
    }
    optcert_gradient_report_free(report);
}

static void refusals(void)
{
    double value[8 * 2] = {0};
    char why[OPTCERT_GRADIENT_REASON];
    static const struct {
        size_t count;
        double bad, batch;
        const char *reason;
    } refused[] = {{7, 0.0, 1.0, "7 gradients are too few: at least 8"},
                   {8, NAN, 1.0, "gradient 5, coordinate 1 (both from 0) is nan"},
                   {8, INFINITY, 1.0, "gradient 5, coordinate 1 (both from 0) is inf"},
                   {8, -1e80, 1.0, "is -1e+80: it must be a number of at most 1e+70"},
                   {8, 0.0, 0.0, "both must be > 0"}};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        value[11] = refused[i].bad;
        const optcert_gradient_sample sample = {refused[i].count, 2, value, refused[i].batch, 2.0};
        *why = '\0';
        UNIT_CHECK(optcert_gradient_report_make(&sample, 2, why) == NULL, "%s: taken", refused[i].reason);
        UNIT_CHECK(strstr(why, refused[i].reason) != NULL, "'%s' lacks '%s'", why, refused[i].reason);
    }
}

/* By hand: g = +-(1, 2), mean 0, so that the sum of squares is 8 (1, 2; 2, 4), and the batch 7 takes the 1/(8-1) away. */
static void covariance_by_hand(void)
{
    double value[8 * 2], sigma[4];
    static const double due[4] = {8, 16, 16, 32};
    for (size_t i = 0; i < 8; i++) {
        value[2 * i] = i % 2 == 0 ? 1 : -1;
        value[2 * i + 1] = 2 * value[2 * i];
    }
    const optcert_gradient_sample sample = {8, 2, value, 7.0, 7.0};
    UNIT_CHECK(optcert_gradient_covariance(&sample, sigma), "memory");
    for (size_t i = 0; i < 4; i++) {
        UNIT_CHECK(fabs(sigma[i] - due[i]) <= 0, "element %zu is %g, not %g", i, sigma[i], due[i]);
    }
}

/* Plain loops and SYRK, one block and several, the last of them not full. */
static const struct {
    size_t count, dimension;
} shapes[] = {{9, 1}, {300, 3}, {12, 24}, {256, 16}, {700, 33}};
enum { MOST_COUNT = 700, MOST_DIMENSION = 33 };

/* The largest observed/bound of the elements against sums in the opposite order (gradient_covariance.h). */
static double worst_ratio(const optcert_gradient_sample *s, const double *sigma)
{
    const double m = (double)s->count + 1, gamma = m * 0x1p-53 / (1 - m * 0x1p-53);
    const double factor = s->batch / ((double)s->count - 1.0);
    double mean[MOST_DIMENSION], worst = 0;
    for (size_t j = 0; j < s->dimension; j++) {
        mean[j] = gsl_stats_mean(s->value + j, s->dimension, s->count);
    }
    for (size_t j = 0; j < s->dimension; j++) {
        for (size_t k = 0; k < s->dimension; k++) {
            double sum = 0, size = 0;
            for (size_t i = s->count; i-- > 0;) {
                const double product = (s->value[i * s->dimension + j] - mean[j]) * (s->value[i * s->dimension + k] - mean[k]);
                sum += product;
                size += fabs(product);
            }
            worst = fmax(worst, fabs(sigma[j * s->dimension + k] - factor * sum) / (2 * gamma * factor * size));
        }
    }
    return worst;
}

static void covariance_in_any_order(void)
{
    static double value[MOST_COUNT * MOST_DIMENSION], sigma[MOST_DIMENSION * MOST_DIMENSION];
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(random, unit_seed());
    for (size_t c = 0; c < sizeof shapes / sizeof shapes[0]; c++) {
        const size_t count = shapes[c].count, d = shapes[c].dimension;
        for (size_t i = 0; i < count * d; i++) {
            value[i] = ldexp(gsl_ran_gaussian(random, 1.0), (int)(i % d));
        }
        const optcert_gradient_sample sample = {count, d, value, 16.0, 16.0};
        UNIT_CHECK(optcert_gradient_covariance(&sample, sigma), "memory");
        const double worst = worst_ratio(&sample, sigma);
        UNIT_CHECK(worst <= 1, "%zu gradients, d = %zu: observed / bound is %g", count, d, worst);
        unit_note("%zu gradients, d = %zu: observed / bound at most %.3g", count, d, worst);
        for (size_t i = 0; i < d * d; i++) {
            UNIT_CHECK(fabs(sigma[i] - sigma[i % d * d + i / d]) <= 0, "d = %zu: element %zu is not symmetric", d, i);
        }
        sigma[d * d - 1] *= 1 + 0x1p-30; /* is seen */
        UNIT_CHECK(worst_ratio(&sample, sigma) > 1, "%zu gradients, d = %zu: an error of 2^-30 is not seen", count, d);
    }
    gsl_rng_free(random);
}

UNIT_SUITE(gradient, {"coverage", coverage}, {"sentences", sentences}, {"without_noise", without_noise},
           {"refusals", refusals}, {"covariance_by_hand", covariance_by_hand}, {"covariance_in_any_order", covariance_in_any_order})
