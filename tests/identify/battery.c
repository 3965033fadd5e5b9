/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batteries of records. */
#include "battery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 400 };

/* Cases that show much in few numbers: tried with all hyper-parameters. */
static bool telling(const optcert_case *what)
{
    static const char *const names[] = {"one-element", "size-2", "random", "shrinking"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(what->name, names[i]) == 0) {
            return true;
        }
    }
    return what->resume > 0;
}

static bool wanted(size_t place, size_t hyper, bool wide)
{
    const optcert_case *what = optcert_case_at(place);
    const bool turn = place % optcert_hyper_count() == hyper;
    return what->split == 0 && (wide || turn || telling(what));
}

static size_t size_of(const optcert_record *record)
{
    return record->n * record->steps;
}

static int by_size(const void *a, const void *b)
{
    const optcert_record *const *one = a, *const *other = b;
    const size_t x = size_of(*one), y = size_of(*other);
    return x < y ? -1 : x > y;
}

static bool add(optcert_battery *battery, optcert_prober *prober, const optcert_probe *probe)
{
    optcert_record *record = optcert_record_new(prober, probe);
    if (record == NULL) {
        return false;
    }
    battery->record[battery->count++] = record;
    if (record->outcome != OPTCERT_OK && record->outcome != OPTCERT_NOT_EXPOSED) {
        battery->failure = battery->failed ? battery->failure : record;
        battery->failed = true;
    }
    return true;
}

optcert_battery *optcert_battery_new(optcert_prober *prober, unsigned uses, const optcert_pins *pins, bool wide)
{
    optcert_battery *battery = calloc(1, sizeof *battery);
    const size_t places = optcert_case_count(), hypers = optcert_hyper_count();
    if (battery == NULL) {
        return NULL;
    }
    battery->uses = uses;
    battery->record = calloc(places * hypers, sizeof(optcert_record *));
    battery->order = calloc(places * hypers, sizeof *battery->order);
    bool whole = battery->record != NULL && battery->order != NULL;
    for (size_t at = 0; whole && at < places * hypers && !battery->failed; at++) {
        optcert_probe probe = {.what = optcert_case_at(at % places), .uses = uses};
        if (wanted(at % places, at / places, wide)) {
            optcert_pinned_hyper(at / places, prober->seed, uses, pins, &probe.hyper);
            whole = add(battery, prober, &probe);
        }
    }
    if (!whole) {
        optcert_battery_free(battery);
        return NULL;
    }
    qsort(battery->record, battery->count, sizeof(optcert_record *), by_size);
    for (size_t i = 0; i < battery->count; i++) {
        battery->order[i] = i;
    }
    return battery;
}

void optcert_battery_free(optcert_battery *battery)
{
    for (size_t i = 0; battery != NULL && i < battery->count; i++) {
        optcert_record_free(battery->record[i]);
    }
    if (battery != NULL) {
        free(battery->record);
        free(battery->order);
    }
    free(battery);
}

bool optcert_battery_matches(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model,
                             optcert_mismatch *first)
{
    for (size_t i = 0; i < battery->count; i++) {
        if (!optcert_record_matches(battery->record[i], walk, model, 1, first)) {
            return false;
        }
    }
    return true;
}

/* What ruled a model out is tried sooner on the next: first of all if it costs little, else second. */
static void move_ahead(const optcert_battery *battery, size_t from)
{
    enum { CHEAP = 32 };
    size_t *order = battery->order;
    const size_t moved = order[from];
    const size_t to = size_of(battery->record[moved]) <= CHEAP ? 0 : 1;
    if (from > to) {
        memmove(order + to + 1, order + to, (from - to) * sizeof *order);
        order[to] = moved;
    }
}

bool optcert_battery_admits(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model)
{
    size_t *order = battery->order;
    for (size_t i = 0; i < battery->count; i++) {
        const size_t at = order[i];
        if (!optcert_record_matches(battery->record[at], walk, model, 1, NULL)) {
            move_ahead(battery, i);
            return false;
        }
    }
    return true;
}

/* Over cells of theta. */
typedef struct spread {
    double logs; /* sum of the radii's logarithms, where theta moves: what stands still tells models apart no more */
    size_t moved, cells, open;
} spread;

static void add_cell(spread *sum, double rad, double movement)
{
    sum->cells++;
    if (movement != 0) {
        sum->moved++;
        sum->logs += isfinite(rad) ? log2(fmin(fmax(rad, 0x1p-1000), 0x1p1000)) : 1000;
    }
    sum->open += !isfinite(rad) || rad > fabs(movement) / 4 ? 1 : 0; /* a NaN that is foreseen is known */
}

static void add_record(const optcert_record *record, optcert_walk *walk, const optcert_model *model, spread *sum)
{
    const size_t n = record->n;
    optcert_walk_begin(walk, model, record->format, n, &record->probe.hyper.hyper, &record->around);
    for (size_t k = 0; k < record->steps; k++) {
        optcert_walk_step(walk, record->theta + k * n, record->grad + k * n);
        for (size_t i = 0; i < n; i++) {
            add_cell(sum, (double)optcert_walk_theta(walk, i)->rad,
                     record->theta[(k + 1) * n + i] - record->theta[k * n + i]);
        }
    }
}

optcert_openness optcert_battery_openness(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model)
{
    spread sum = {0};
    for (size_t i = 0; i < battery->count && sum.moved < CELLS; i++) {
        if (battery->record[i]->probe.what->resume == 0) {
            add_record(battery->record[i], walk, model, &sum);
        }
    }
    const double cells = sum.cells > 0 ? (double)sum.cells : 1, moved = sum.moved > 0 ? (double)sum.moved : 1;
    return (optcert_openness){sum.logs / moved, (double)sum.open / cells};
}
