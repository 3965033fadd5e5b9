/* SPDX-License-Identifier: GPL-3.0-or-later
 * Built-in data sets and the reader of others. */
#include "data.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CARS = 50 };

static const double speed[CARS] = {4,  4,  7,  7,  8,  9,  10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13,
                                   13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18,
                                   18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25};
static const double distance[CARS] = {2,  10, 4,  22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28,  26, 34,
                                      34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32, 40, 50, 42,  56, 76,
                                      84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85};

static void standardise(const double *in, double *out)
{
    const double mean = gsl_stats_mean(in, 1, CARS);
    const double sd = gsl_stats_sd(in, 1, CARS);
    for (size_t i = 0; i < CARS; i++) {
        out[i] = (in[i] - mean) / sd;
    }
}

static const optcert_data *cars(void)
{
    static double x[CARS], y[CARS];
    static const optcert_data data = {CARS, 1, x, y};
    standardise(speed, x);
    standardise(distance, y);
    return &data;
}

static const optcert_data *mirrored(void)
{
    static double x[2 * CARS], y[2 * CARS];
    static const optcert_data data = {2 * CARS, 1, x, y};
    const optcert_data *from = cars();
    double slope, cov, square;
    gsl_fit_mul(from->x, 1, from->y, 1, CARS, &slope, &cov, &square);
    for (size_t i = 0; i < CARS; i++) {
        x[2 * i] = x[2 * i + 1] = 1.0;
        y[2 * i] = from->y[i] - slope * from->x[i];
        y[2 * i + 1] = -y[2 * i];
    }
    return &data;
}

static const struct {
    const char *name;
    const optcert_data *(*make)(void);
} builtins[] = {{"cars", cars}, {"mirrored", mirrored}};

const optcert_data *optcert_data_builtin(const char *name)
{
    for (size_t i = 0; i < sizeof builtins / sizeof builtins[0]; i++) {
        if (strcmp(builtins[i].name, name) == 0) {
            return builtins[i].make();
        }
    }
    return NULL;
}

enum { COLUMNS_MAX = 1024 };

/* The numbers of a line; 0: none, COLUMNS_MAX + 1: not a list of finite numbers, or too many. */
static size_t read_numbers(char *line, double numbers[COLUMNS_MAX])
{
    size_t count = 0;
    line[strcspn(line, "#\n")] = '\0';
    for (;;) {
        line += strspn(line, " \t\r,");
        if (*line == '\0') {
            return count;
        }
        char *end;
        const double x = strtod(line, &end);
        if (end == line || strchr(" \t\r,", *end) == NULL || !isfinite(x) || count == COLUMNS_MAX) {
            return COLUMNS_MAX + 1;
        }
        numbers[count++] = x;
        line = end;
    }
}

static bool append(optcert_data *data, const double *numbers, size_t columns)
{
    const size_t d = columns - 1;
    double *x = reallocarray(data->x, data->samples + 1, d * sizeof *x);
    data->x = x != NULL ? x : data->x;
    double *y = reallocarray(data->y, data->samples + 1, sizeof *y);
    data->y = y != NULL ? y : data->y;
    if (x == NULL || y == NULL) {
        return false;
    }
    memcpy(x + data->samples * d, numbers, d * sizeof *x);
    y[data->samples++] = numbers[d];
    data->dimension = d;
    return true;
}

/* Takes one line. False with a reason. */
static bool take_line(char *line, size_t number, optcert_data *data, char reason[OPTCERT_DATA_REASON])
{
    double numbers[COLUMNS_MAX];
    const size_t count = read_numbers(line, numbers);
    if (count == 0) {
        return true;
    }
    if (count > COLUMNS_MAX || count < 2 || (data->samples > 0 && count != data->dimension + 1)) {
        snprintf(reason, OPTCERT_DATA_REASON,
                 "line %zu is not x_1 ... x_d y: finite numbers, 1 <= d < %d, the same d on every line",
                 number, COLUMNS_MAX);
        return false;
    }
    if (!append(data, numbers, count)) {
        snprintf(reason, OPTCERT_DATA_REASON, "out of memory at line %zu", number);
        return false;
    }
    return true;
}

typedef struct sample {
    double x, y, gradient;
} sample;

static int by_gradient(const void *a, const void *b)
{
    const double x = ((const sample *)a)->gradient;
    const double y = ((const sample *)b)->gradient;
    return (x > y) - (x < y);
}

bool optcert_data_sorted(const optcert_data *data, double theta, optcert_data *out)
{
    const size_t n = data->samples;
    sample *samples = malloc(n * sizeof *samples);
    *out = (optcert_data){.samples = n, .dimension = 1, .x = malloc(n * sizeof *out->x), .y = malloc(n * sizeof *out->y)};
    const bool ok = samples != NULL && out->x != NULL && out->y != NULL;
    for (size_t k = 0; ok && k < n; k++) {
        const double x = data->x[k];
        samples[k] = (sample){x, data->y[k], x * (x * theta - data->y[k])};
    }
    if (ok) {
        qsort(samples, n, sizeof *samples, by_gradient);
    } else {
        optcert_data_free(out);
    }
    for (size_t k = 0; ok && k < n; k++) {
        out->x[k] = samples[k].x;
        out->y[k] = samples[k].y;
    }
    free(samples);
    return ok;
}

bool optcert_data_read(const char *path, optcert_data *out, char reason[OPTCERT_DATA_REASON])
{
    *out = (optcert_data){0};
    FILE *in = fopen(path, "r");
    if (in == NULL) {
        snprintf(reason, OPTCERT_DATA_REASON, "it cannot be read");
        return false;
    }
    char *line = NULL;
    size_t room = 0;
    bool ok = true;
    for (size_t number = 1; ok && getline(&line, &room, in) >= 0; number++) {
        ok = take_line(line, number, out, reason);
    }
    free(line);
    fclose(in);
    if (ok && out->samples < 2) {
        snprintf(reason, OPTCERT_DATA_REASON, "it has %zu samples: at least 2 are needed", out->samples);
        ok = false;
    }
    if (!ok) {
        optcert_data_free(out);
    }
    return ok;
}

void optcert_data_free(optcert_data *data)
{
    free(data->x);
    free(data->y);
    *data = (optcert_data){0};
}
