/* SPDX-License-Identifier: GPL-3.0-or-later
 * Batteries of records. */
#include "battery.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOSENESS_CELLS = 400 };

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
    bool whole = battery->record != NULL;
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
    return battery;
}

void optcert_battery_free(optcert_battery *battery)
{
    for (size_t i = 0; battery != NULL && i < battery->count; i++) {
        optcert_record_free(battery->record[i]);
    }
    if (battery != NULL) {
        free(battery->record);
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

/* Adds log2 of the radii of a record's theta. */
static void add_radii(const optcert_record *record, optcert_walk *walk, const optcert_model *model, double *sum,
                      size_t *cells)
{
    optcert_walk_begin(walk, model, record->format, record->n, &record->probe.hyper.hyper, &record->around);
    for (size_t k = 0; k < record->steps; k++) {
        optcert_walk_step(walk, record->theta + k * record->n, record->grad + k * record->n);
        for (size_t i = 0; i < record->n; i++) {
            const double rad = mpfr_get_d(optcert_walk_theta(walk, i)->rad, MPFR_RNDU);
            *sum += log2(fmin(fmax(rad, 0x1p-1000), 0x1p1000));
            (*cells)++;
        }
    }
}

double optcert_battery_looseness(const optcert_battery *battery, optcert_walk *walk, const optcert_model *model)
{
    double sum = 0;
    size_t cells = 0;
    for (size_t i = 0; i < battery->count && cells < LOOSENESS_CELLS; i++) {
        if (battery->record[i]->probe.what->resume == 0) {
            add_radii(battery->record[i], walk, model, &sum, &cells);
        }
    }
    return cells > 0 ? sum / (double)cells : 0;
}
