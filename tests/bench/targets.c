/* SPDX-License-Identifier: GPL-3.0-or-later
 * The targets. Ratios to a limit are taken inside of rounds; ratios to peers are of medians in one run. */
#include "targets.h"
#include "steps.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BEATEN 1.25

typedef enum target_kind {
    LIMIT_MEDIAN, /* limit's time / ours, by medians, at least */
    LIMIT_LEAST,  /* the same by least times */
    PEER,         /* peer's time / ours, at least */
    TIME,         /* our ns, at most */
    THREADS       /* time on one thread / time on two, at least */
} target_kind;

typedef struct target {
    target_kind kind;
    const char *what, *where, *peer;
    unsigned bits, threads;
    double n; /* 0: the only size */
    double threshold;
} target;

#define OUT_OF_CACHE(what, bits)                                                                                       \
    {LIMIT_MEDIAN, what, "staggered", "twin", bits, 1, BENCH_LARGE, 0.95},                                             \
        {LIMIT_MEDIAN, what, "staggered", "twin", bits, 2, BENCH_LARGE, 0.95},                                         \
        {LIMIT_MEDIAN, what, "aligned", "twin", bits, 1, BENCH_LARGE, 0.95},                                           \
        {LIMIT_MEDIAN, what, "aligned", "twin", bits, 2, BENCH_LARGE, 0.95}
#define IN_CACHE(what, bits)                                                                                           \
    {LIMIT_MEDIAN, what, "staggered", "divider", bits, 1, BENCH_SMALL, 0.85},                                          \
        {LIMIT_LEAST, what, "staggered", "divider", bits, 1, BENCH_SMALL, 0.95},                                       \
        {LIMIT_MEDIAN, what, "staggered", "divider", bits, 1, BENCH_MIDDLE, 0.85},                                     \
        {LIMIT_LEAST, what, "staggered", "divider", bits, 1, BENCH_MIDDLE, 0.95}

static const target targets[] = {
    IN_CACHE("adam_step", 32),
    IN_CACHE("adam_step", 64),
    IN_CACHE("adamw_step", 32),
    IN_CACHE("adamw_step", 64),
    IN_CACHE("rmsprop_step", 32),
    IN_CACHE("rmsprop_step", 64),
    IN_CACHE("rmsprop_newv_step", 32),
    IN_CACHE("rmsprop_newv_step", 64),
    OUT_OF_CACHE("adam_step", 32),
    OUT_OF_CACHE("adam_step", 64),
    OUT_OF_CACHE("adamw_step", 32),
    OUT_OF_CACHE("adamw_step", 64),
    OUT_OF_CACHE("rmsprop_step", 32),
    OUT_OF_CACHE("rmsprop_step", 64),
    OUT_OF_CACHE("rmsprop_newv_step", 32),
    OUT_OF_CACHE("rmsprop_newv_step", 64),
    {PEER, "sgd_step", "staggered", "PyTorch", 32, 1, BENCH_LARGE, 1},
    {PEER, "sgd_step", "staggered", "PyTorch", 64, 1, BENCH_LARGE, 1},
    {PEER, "sgd_step", "staggered", "PyTorch", 32, 2, BENCH_LARGE, 1},
    {PEER, "sgd_step", "staggered", "PyTorch", 64, 2, BENCH_LARGE, 1},
    {PEER, "adam_step", "staggered", "PyTorch", 32, 1, BENCH_LARGE, 10},
    {PEER, "adam_step", "staggered", "PyTorch", 64, 1, BENCH_LARGE, 10},
    {PEER, "adam_step", "staggered", "PyTorch", 32, 2, BENCH_LARGE, 10},
    {PEER, "adam_step", "staggered", "PyTorch", 64, 2, BENCH_LARGE, 10},
    {PEER, "adamw_step", "staggered", "ggml", 32, 1, BENCH_SMALL, 7},
    {PEER, "adamw_step", "staggered", "-Ofast loop", 32, 1, BENCH_SMALL, 1.5},
    {PEER, "adamw_step", "staggered", "-Ofast loop", 32, 1, BENCH_MIDDLE, 1.5},
    {TIME, "normals", "", "", 64, 1, 0, 2.8},
    {TIME, "path-step gaussian", "", "", 64, 1, 0, 3.3},
    {TIME, "path-step two-point", "", "", 64, 1, 0, 1.15},
    {THREADS, "normals", "", "", 64, 2, 0, 1.9},
    {THREADS, "path-step gaussian", "", "", 64, 2, 0, 1.9},
    {THREADS, "path-step two-point", "", "", 64, 2, 0, 1.9},
    {PEER, "path-step gaussian", "", "torchsde", 64, 1, 0, 35},
    {PEER, "path-step gaussian", "", "NumPy", 64, 1, 0, 5},
    {PEER, "path-step two-point", "", "NumPy", 64, 1, 0, 15},
};

/* A result of `who` (the beginning of its name), of any size where n is 0. */
static const bench_result *find(const bench_results *results, const target *t, const char *who, const char *where,
                                unsigned threads)
{
    for (size_t i = 0; i < results->count; i++) {
        const bench_result *r = &results->item[i];
        const bool size = t->n <= 0 || (r->n >= t->n && r->n <= t->n);
        if (size && r->bits == t->bits && r->threads == threads && strcmp(r->what, t->what) == 0 &&
            strcmp(r->where, where) == 0 && strncmp(r->who, who, strlen(who)) == 0) {
            return r;
        }
    }
    return NULL;
}

static double measured(const bench_results *results, const target *t)
{
    const bench_result *own = find(results, t, "optcert", t->where, t->threads);
    if (own == NULL) {
        return NAN;
    }
    if (t->kind <= LIMIT_LEAST && own->ratio_least > BEATEN) {
        return NAN; /* what is beaten by so much even at best was no limit: its loop was disturbed, or badly compiled */
    }
    switch (t->kind) {
    case LIMIT_MEDIAN:
        return own->ratio_median;
    case LIMIT_LEAST:
        return own->ratio_least;
    case TIME:
        return own->alone;
    case THREADS: {
        const bench_result *one = find(results, t, "optcert", t->where, 1);
        return one != NULL ? one->alone / own->alone : NAN;
    }
    case PEER: {
        const bool ours = strcmp(t->peer, "-Ofast loop") == 0; /* on the same arrays */
        const bench_result *peer = find(results, t, t->peer, ours ? t->where : "", t->threads);
        return peer != NULL ? peer->median / own->median : NAN;
    }
    }
    return NAN;
}

/* What one square root and one division cost at least beside the twin's loads and stores: for who misses. NAN: not measured. */
static double share_of_both(const bench_results *results, const target *t)
{
    const bench_result *both = t->kind == LIMIT_MEDIAN && strcmp(t->peer, "twin") == 0
                                   ? find(results, t, "both", t->where, t->threads)
                                   : NULL;
    return both != NULL ? both->ratio_median : NAN;
}

/* How many times as fast two threads are at arithmetic in registers: for who misses that. NAN: not measured. */
static double two_threads_of_arithmetic(const bench_results *results, const target *t)
{
    static const target arithmetic = {THREADS, "arithmetic", "", "", 64, 2, 0, 0};
    const bench_result *one = find(results, &arithmetic, "limit", "", 1), *two = find(results, &arithmetic, "limit", "", 2);
    return t->kind == THREADS && one != NULL && two != NULL ? one->alone / two->alone : NAN;
}

static void describe(const target *t, char *text, size_t size)
{
    static const char *const says[] = {"of the %s limit, medians", "of the %s limit, least times", "times as fast as %s",
                                       "ns%s", "times as fast on two threads%s"};
    char relation[64], n[24] = "", where[24] = "";
    snprintf(relation, sizeof relation, says[t->kind], t->peer); /* each takes one text */
    if (t->n > 0) {
        snprintf(n, sizeof n, ", n %.0e", t->n);
    }
    if (strcmp(t->where, "aligned") == 0) {
        snprintf(where, sizeof where, ", all arrays aligned");
    }
    snprintf(text, size, "%s f%u%s, %u thread%s%s: %s %g %s", t->what, t->bits, n, t->threads, t->threads > 1 ? "s" : "",
             where, t->kind == TIME ? "at most" : "at least", t->threshold, relation);
}

static json_t *number(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

static json_t *target_json(const target *t, const char *text, const char *verdict, double value, double both,
                           double arithmetic)
{
    static const char *const kinds[] = {"limit, medians", "limit, least", "peer", "time", "threads"};
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:f, s:s, s:f, s:o, s:o, s:o}", "target", text, "kind", kinds[t->kind], "what",
                     t->what, "where", t->where, "peer", t->peer, "bits", (int)t->bits, "threads", (int)t->threads, "n", t->n,
                     "verdict", verdict, "threshold", t->threshold, "measured", number(value), "both", number(both), "arithmetic",
                     number(arithmetic));
}

void bench_targets(const bench_results *results, json_t *array)
{
    static const char *const verdict[] = {"met", "MISSED", "not measured"};
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        const target *t = &targets[i];
        const double value = measured(results, t), both = share_of_both(results, t);
        const double arithmetic = two_threads_of_arithmetic(results, t);
        const bool holds = t->kind == TIME ? value <= t->threshold : value >= t->threshold;
        const bench_verdict v = isnan(value) ? BENCH_NOT_MEASURED : (holds ? BENCH_MET : BENCH_MISSED);
        char text[256];
        describe(t, text, sizeof text);
        printf("%-12s %8.3g  %s\n", verdict[v], value, text);
        if (v == BENCH_MISSED && !isnan(both)) {
            printf("%23s(the twin with one root and one division: %.3g)\n", "", both);
        }
        if (v == BENCH_MISSED && !isnan(arithmetic)) {
            printf("%23s(arithmetic in registers: %.3g)\n", "", arithmetic);
        }
        json_array_append_new(array, target_json(t, text, verdict[v], value, both, arithmetic));
    }
}
