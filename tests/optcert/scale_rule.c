/* SPDX-License-Identifier: GPL-3.0-or-later
 * The scaling rules, exactly. */
#include "scale_rule.h"
#include "number.h"
#include "rational.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define LR(law) {"lr", OPTCERT_SCALE_##law, NULL, true, true}
#define DECAY(key, usual) {key, OPTCERT_SCALE_DECAY, usual, false, false}
#define EPS {"eps", OPTCERT_SCALE_UNROOT, "1e-8", false, false}
#define EMA(needed) {"ema", OPTCERT_SCALE_POWER, NULL, true, needed}
#define COUNTS                                                                                               \
    {"steps", OPTCERT_SCALE_FEWER, NULL, true, false}, {"warmup", OPTCERT_SCALE_FEWER, NULL, true, false}

/* The usual values are the defaults of PyTorch, which papers mean when they name none. Momentum stays as it is
 * (Goyal et al. 2017): MLPA has no rule for it. */
const optcert_scale_optimizer optcert_scale_optimizers[] = {
    {"sgd", "linear", {LR(LINEAR), EMA(false), COUNTS}},
    {"sgd-momentum",
     "linear",
     {LR(LINEAR), {"momentum", OPTCERT_SCALE_KEEP, "0.9", false, false}, EMA(false), COUNTS}},
    {"rmsprop", "square-root", {LR(ROOT), DECAY("beta", "0.99"), EPS, EMA(false), COUNTS}},
    {"adam", "square-root", {LR(ROOT), DECAY("beta1", "0.9"), DECAY("beta2", "0.999"), EPS, EMA(false), COUNTS}},
    {"adamw",
     "square-root",
     {LR(ROOT), DECAY("beta1", "0.9"), DECAY("beta2", "0.999"), EPS,
      {"weight_decay", OPTCERT_SCALE_ROOT, "0.01", false, false}, EMA(false), COUNTS}},
    {"ema", "power", {EMA(true), COUNTS}},
    {NULL, NULL, {{0}}},
};

const optcert_scale_optimizer *optcert_scale_find(const char *name)
{
    for (const optcert_scale_optimizer *optimizer = optcert_scale_optimizers; optimizer->name; optimizer++) {
        if (strcmp(optimizer->name, name) == 0) {
            return optimizer;
        }
    }
    return NULL;
}

void optcert_scale_init(optcert_scale *scale, const optcert_scale_optimizer *optimizer)
{
    *scale = (optcert_scale){.optimizer = optimizer};
    mpq_init(scale->kappa);
    for (; optimizer->quantity[scale->count].key != NULL; scale->count++) {
        optcert_scaled *item = &scale->item[scale->count];
        item->quantity = &optimizer->quantity[scale->count];
        item->from = NAN;
        mpq_init(item->exact);
        if (item->quantity->usual != NULL) {
            optcert_rational_read(item->quantity->usual, item->exact);
            item->from = optcert_rational_round(item->exact);
        }
    }
}

void optcert_scale_clear(optcert_scale *scale)
{
    for (int i = 0; i < scale->count; i++) {
        mpq_clear(scale->item[i].exact);
    }
    mpq_clear(scale->kappa);
}

optcert_scaled *optcert_scale_item(optcert_scale *scale, const char *key)
{
    for (int i = 0; i < scale->count; i++) {
        if (strcmp(scale->item[i].quantity->key, key) == 0) {
            return &scale->item[i];
        }
    }
    return NULL;
}

static bool is_average(const optcert_scale_quantity *quantity)
{
    return quantity->law == OPTCERT_SCALE_DECAY || quantity->law == OPTCERT_SCALE_POWER ||
           quantity->law == OPTCERT_SCALE_KEEP;
}

bool optcert_scale_give(optcert_scaled *item, const char *text, const char **why)
{
    if (!optcert_rational_read(text, item->exact)) {
        *why = "is not a finite number";
        return false;
    }
    item->from = optcert_rational_round(item->exact);
    item->given = true;
    if (item->from < 0 || (item->quantity->positive && item->from == 0)) {
        *why = item->quantity->positive ? "must be > 0" : "must be >= 0";
        return false;
    }
    if (is_average(item->quantity) && item->from >= 1) {
        *why = "must be < 1, also after rounding to double precision";
        return false;
    }
    if (item->quantity->law == OPTCERT_SCALE_FEWER && mpz_cmp_ui(mpq_denref(item->exact), 1) != 0) {
        *why = "must be a whole number";
        return false;
    }
    return true;
}

/* 1 - kappa (1 - x), not rounded. */
static void scaled_decay(const optcert_scaled *item, const mpq_t kappa, mpq_t out)
{
    mpq_t one;
    mpq_init(one);
    mpq_set_ui(one, 1, 1);
    mpq_sub(out, one, item->exact);
    mpq_mul(out, out, kappa);
    mpq_sub(out, one, out);
    mpq_clear(one);
}

static double scaled(const optcert_scaled *item, const mpq_t kappa)
{
    mpq_t value;
    mpq_init(value);
    double result = 0;
    switch (item->quantity->law) {
    case OPTCERT_SCALE_LINEAR:
        mpq_mul(value, item->exact, kappa);
        result = optcert_rational_round(value);
        break;
    case OPTCERT_SCALE_ROOT:
        result = optcert_rational_times_sqrt(item->exact, kappa);
        break;
    case OPTCERT_SCALE_UNROOT:
        mpq_inv(value, kappa);
        result = optcert_rational_times_sqrt(item->exact, value);
        break;
    case OPTCERT_SCALE_DECAY:
        scaled_decay(item, kappa, value);
        result = optcert_rational_round(value);
        break;
    case OPTCERT_SCALE_POWER:
        result = optcert_rational_pow_less(item->exact, kappa, value);
        break;
    case OPTCERT_SCALE_FEWER:
        mpq_div(value, item->exact, kappa);
        result = optcert_rational_round(value);
        break;
    case OPTCERT_SCALE_KEEP:
        result = item->from;
        break;
    }
    mpq_clear(value);
    return result;
}

bool optcert_scale_other(const optcert_scale *scale, const optcert_scaled *item, double *value, double *difference)
{
    const bool linear = item->quantity->law == OPTCERT_SCALE_DECAY;
    if ((!linear && item->quantity->law != OPTCERT_SCALE_POWER) || isnan(item->from)) {
        return false;
    }
    mpq_t zero, line;
    mpq_inits(zero, line, NULL);
    scaled_decay(item, scale->kappa, line);
    *value = linear ? optcert_rational_pow_less(item->exact, scale->kappa, zero) : optcert_rational_round(line);
    *difference = optcert_rational_pow_less(item->exact, scale->kappa, line) * (linear ? 1 : -1);
    const bool average = mpq_sgn(line) >= 0;
    mpq_clears(zero, line, NULL);
    return average && *value < 1;
}

const optcert_scaled *optcert_scale_bound(const optcert_scale *scale)
{
    const optcert_scaled *bound = NULL;
    for (int i = 0; i < scale->count; i++) {
        const optcert_scaled *item = &scale->item[i];
        if (item->quantity->law == OPTCERT_SCALE_DECAY &&
            (bound == NULL || mpq_cmp(item->exact, bound->exact) < 0)) {
            bound = item;
        }
    }
    return bound;
}

/* 1 / (1 - x), which kappa must stay below. */
static void kappa_limit(const optcert_scaled *bound, mpq_t limit)
{
    mpq_set_ui(limit, 1, 1);
    mpq_sub(limit, limit, bound->exact);
    mpq_inv(limit, limit);
}

double optcert_scale_kappa_max(const optcert_scaled *bound)
{
    mpq_t limit;
    mpq_init(limit);
    kappa_limit(bound, limit);
    const double value = optcert_rational_round(limit);
    mpq_clear(limit);
    return value;
}

/* The largest whole number strictly below batch * limit. */
uint64_t optcert_scale_largest_batch(const optcert_scale *scale, const optcert_scaled *bound)
{
    mpq_t limit;
    mpq_init(limit);
    kappa_limit(bound, limit);
    mpz_mul_ui(mpq_numref(limit), mpq_numref(limit), scale->batch);
    mpz_cdiv_q(mpq_numref(limit), mpq_numref(limit), mpq_denref(limit));
    mpz_sub_ui(mpq_numref(limit), mpq_numref(limit), 1);
    const uint64_t batch = mpz_fits_ulong_p(mpq_numref(limit)) ? mpz_get_ui(mpq_numref(limit)) : UINT64_MAX;
    mpq_clear(limit);
    return batch;
}

static bool kappa_allowed(const optcert_scale *scale, const optcert_scaled *bound, char *why, int why_size)
{
    mpq_t beta;
    mpq_init(beta);
    scaled_decay(bound, scale->kappa, beta);
    const bool allowed = mpq_sgn(beta) > 0;
    mpq_clear(beta);
    if (!allowed) {
        char kappa[OPTCERT_NUMBER_SIZE], most[OPTCERT_NUMBER_SIZE];
        optcert_number_shortest(optcert_rational_round(scale->kappa), kappa);
        optcert_number_shortest(optcert_scale_kappa_max(bound), most);
        snprintf(why, (size_t)why_size,
                 "kappa %s is not allowed: kappa*(1-%s) must be < 1, so kappa < %s (largest batch %llu)",
                 kappa, bound->quantity->key, most,
                 (unsigned long long)optcert_scale_largest_batch(scale, bound));
    }
    return allowed;
}

/* A result must be a hyper-parameter again, in double precision. */
static bool representable(const optcert_scaled *item)
{
    if (!isfinite(item->to) || (item->from > 0 && item->to == 0)) {
        return item->quantity->law == OPTCERT_SCALE_POWER && item->to == 0;
    }
    return !is_average(item->quantity) || item->to < 1;
}

bool optcert_scale_apply(optcert_scale *scale, char *why, int why_size)
{
    mpq_set_ui(scale->kappa, scale->to_batch, scale->batch);
    mpq_canonicalize(scale->kappa);
    const optcert_scaled *bound = optcert_scale_bound(scale);
    if (bound != NULL && !kappa_allowed(scale, bound, why, why_size)) {
        return false;
    }
    for (int i = 0; i < scale->count; i++) {
        optcert_scaled *item = &scale->item[i];
        if (isnan(item->from)) {
            continue;
        }
        item->to = scaled(item, scale->kappa);
        if (!representable(item)) {
            snprintf(why, (size_t)why_size, "the scaled %s is not a double-precision number in its range",
                     item->quantity->key);
            return false;
        }
    }
    return true;
}
