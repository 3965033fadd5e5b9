/* SPDX-License-Identifier: GPL-3.0-or-later
 * Markdown from a result file: a row a kernel, a column a target; the other targets a row each. */
#include "member.h"
#include "table.h"

#include <jansson.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

typedef struct row {
    const char *what, *name;
} row;
static const row kernels[] = {
    {"adam_step", "Adam"}, {"adamw_step", "AdamW"}, {"rmsprop_step", "RMSprop"}, {"rmsprop_newv_step", "RMSprop, new v"}};
enum { KERNELS = sizeof kernels / sizeof kernels[0] };

typedef struct column {
    const char *head, *where;
    double n;
    int threads;
    bool least; /* is a target too */
} column;
static const column columns[] = {
    {"10³, in cache, of √ + ÷", "staggered", 1e3, 1, true},     {"10⁵, of √ + ÷", "staggered", 1e5, 1, true},
    {"10⁷, of the twin", "staggered", 1e7, 1, false},           {"2 threads", "staggered", 1e7, 2, false},
    {"10⁷, arrays aligned", "aligned", 1e7, 1, false},          {"2 threads", "aligned", 1e7, 2, false},
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static bool near(double x, double y)
{
    return fabs(x - y) <= 1e-9 * fabs(y);
}

static const json_t *find(const json_t *targets, const char *kind, const char *what, const char *where, int bits, int threads,
                          double n)
{
    for (size_t i = 0; i < json_array_size(targets); i++) {
        const json_t *t = json_array_get(targets, i);
        if (strcmp(bench_text(t, "kind"), kind) == 0 && strcmp(bench_text(t, "what"), what) == 0 &&
            strcmp(bench_text(t, "where"), where) == 0 &&
            near(bench_number(t, "bits"), bits) && near(bench_number(t, "threads"), threads) && near(bench_number(t, "n"), n)) {
            return t;
        }
    }
    return NULL;
}

static bool missed(const json_t *target)
{
    return strcmp(bench_text(target, "verdict"), "MISSED") == 0;
}

/* Bold where it is missed. Per cent are cut off, not rounded: 94.9 does not reach 95. */
static void print_share(const json_t *target)
{
    const double share = bench_number(target, "measured"), both = bench_number(target, "both");
    const char *bold = missed(target) ? "**" : "";
    if (isnan(share)) {
        printf("–");
        return;
    }
    printf("%s%.0f%s", bold, floor(100 * share), bold);
    if (missed(target) && !isnan(both)) {
        printf(" (both: %.0f)", floor(100 * both));
    }
}

static void print_kernel(const json_t *targets, const row *kernel, int bits)
{
    printf("| %s, binary%d |", kernel->name, bits);
    for (int c = 0; c < COLUMNS; c++) {
        const column *of = &columns[c];
        printf(" ");
        print_share(find(targets, "limit, medians", kernel->what, of->where, bits, of->threads, of->n));
        if (of->least) {
            printf(" / ");
            print_share(find(targets, "limit, least", kernel->what, of->where, bits, of->threads, of->n));
        }
        printf(" |");
    }
    printf("\n");
}

static void print_kernels(const json_t *targets)
{
    printf("| per cent of the limit |");
    for (int c = 0; c < COLUMNS; c++) {
        printf(" %s |", columns[c].head);
    }
    printf("\n|---|");
    for (int c = 0; c < COLUMNS; c++) {
        printf("---|");
    }
    printf("\n| *target* |");
    for (int c = 0; c < COLUMNS; c++) {
        printf(columns[c].least ? " *85 / 95* |" : " *95* |");
    }
    printf("\n");
    for (int k = 0; k < KERNELS; k++) {
        print_kernel(targets, &kernels[k], 32);
        print_kernel(targets, &kernels[k], 64);
    }
}

static void print_others(const json_t *targets)
{
    printf("\n| other targets | measured | |\n|---|---|---|\n");
    for (size_t i = 0; i < json_array_size(targets); i++) {
        const json_t *t = json_array_get(targets, i);
        if (strncmp(bench_text(t, "kind"), "limit", 5) != 0) {
            const double value = bench_number(t, "measured");
            const double arithmetic = bench_number(t, "arithmetic");
            char digits[24] = "–", reason[64] = "";
            if (!isnan(value)) {
                snprintf(digits, sizeof digits, "%.3g", value);
            }
            if (missed(t) && !isnan(arithmetic)) {
                snprintf(reason, sizeof reason, " (arithmetic in registers: %.3g)", arithmetic);
            }
            printf("| %s | %s | %s%s%s%s |\n", bench_text(t, "target"), digits, missed(t) ? "**" : "", bench_text(t, "verdict"),
                   missed(t) ? "**" : "", reason);
        }
    }
}

static size_t count(const json_t *targets, const char *verdict)
{
    size_t found = 0;
    for (size_t i = 0; i < json_array_size(targets); i++) {
        found += strcmp(bench_text(json_array_get(targets, i), "verdict"), verdict) == 0;
    }
    return found;
}

static void print_spec(const json_t *document, const json_t *targets)
{
    const json_t *machine = json_object_get(document, "machine");
    printf("%s, %.0f cores, %s, %s, load %.2f at the start, %.10s, commit %s: %zu targets met, %zu missed (bold), %zu not "
           "measured. Medians / least times.\n\n",
           bench_text(machine, "processor"), bench_number(machine, "cores"), bench_text(machine, "compiler"),
           bench_text(machine, "instruction_set"), bench_number(machine, "load"), bench_text(machine, "time"), bench_text(machine, "commit"), count(targets, "met"),
           count(targets, "MISSED"), count(targets, "not measured"));
    print_kernels(targets);
    print_others(targets);
}

/* Adam's measured number of both formats, as "binary32 X %, binary64 Y %", or "X, Y". */
static void print_adam(const json_t *targets, const char *kind, const char *where, double n, int threads, bool named)
{
    const bool share = strcmp(kind, "peer") != 0;
    for (int bits = 32; bits <= 64; bits += 32) {
        const double x = bench_number(find(targets, kind, "adam_step", where, bits, threads, n), "measured");
        printf("%s", bits == 32 ? "" : ", ");
        if (named) {
            printf("binary%d ", bits);
        }
        if (isnan(x)) {
            printf("–");
        } else {
            printf(share ? "%.0f %%" : "%.1f", share ? floor(100 * x) : x);
        }
    }
    printf(threads == 1 ? " (1 thread)" : " (2)");
}

static void print_readme(const json_t *targets)
{
    printf("| Adam, 10⁷ parameters: share of the bandwidth of the same loads and stores; times as fast as PyTorch 1.13 | ");
    print_adam(targets, "limit, medians", "staggered", 1e7, 1, true);
    printf(", ");
    print_adam(targets, "limit, medians", "staggered", 1e7, 2, false);
    printf("; ");
    print_adam(targets, "peer", "staggered", 1e7, 1, false);
    printf(", ");
    print_adam(targets, "peer", "staggered", 1e7, 2, false);
    printf(" | `make bench` |\n| Adam, 10⁵ parameters, in cache: share of one √ and one ÷ an element | ");
    print_adam(targets, "limit, medians", "staggered", 1e5, 1, true);
    printf(" | `make bench` |\n| targets of speed, [of %zu](spec/fast.md) | %zu met, %zu missed ([why](spec/fast.md)), %zu not measured "
           "(ggml, torchsde: not in Debian) | `make bench` |\n",
           json_array_size(targets), count(targets, "met"), count(targets, "MISSED"), count(targets, "not measured"));
}

int bench_table(const char *file, const char *page)
{
    json_error_t error;
    json_t *document = json_load_file(file, 0, &error);
    const json_t *targets = json_object_get(document, "targets");
    const bool spec = strcmp(page, "spec") == 0, known = spec || strcmp(page, "readme") == 0;
    const bool whole = known && json_array_size(targets) > 0 && json_object_get(json_array_get(targets, 0), "kind") != NULL;
    if (!known) {
        fprintf(stderr, "bench: table: '%s' is not spec or readme\n", page);
    } else if (!whole) {
        fprintf(stderr, "bench: table: %s is not a result of bench: %s\n", file, document == NULL ? error.text : "it has no targets of this form");
    } else if (spec) {
        print_spec(document, targets);
    } else {
        print_readme(targets);
    }
    json_decref(document);
    return whole ? 0 : 2;
}
