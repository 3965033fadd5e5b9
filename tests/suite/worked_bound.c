/* SPDX-License-Identifier: GPL-3.0-or-later
 * Worked bounds, looked up by the case. */
#include "worked_bound.h"
#include "settings.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const char text[] =
#include "worked_bounds.inc"
    ;

/* Read once and kept: claims point into it. */
static const json_t *table(void)
{
    static json_t *read;
    if (read == NULL) {
        read = json_loads(text, 0, NULL);
    }
    return read;
}

static bool says(const json_t *entry, const char *key, const char *value)
{
    const char *said = json_string_value(json_object_get(entry, key));
    return said != NULL && strcmp(said, value) == 0;
}

/* Applying the case's settings to the study changes nothing. */
static bool has_settings(const optcert_study *study, const char *settings)
{
    optcert_study other;
    char reason[OPTCERT_REASON_SIZE];
    memcpy(&other, study, sizeof other);
    return settings != NULL && optcert_settings_apply(&other, settings, reason) &&
           memcmp(&other, study, sizeof other) == 0;
}

static bool speaks_of(const json_t *entry, const optcert_converge *c, size_t p)
{
    const optcert_dynamics *dynamics = &c->study.dynamics;
    return c->method == OPTCERT_DETERMINISTIC && !c->study.second_order && says(entry, "optimizer", dynamics->kind->name) &&
           says(entry, "problem", dynamics->oracle.problem.kind->name) &&
           says(entry, "noise", dynamics->oracle.noise->name) && dynamics->oracle.amplification == 1.0 &&
           says(entry, "phi", c->study.phi[p].name) &&
           has_settings(&c->study, json_string_value(json_object_get(entry, "settings")));
}

bool optcert_worked_bound_find(const optcert_converge *c, size_t p, optcert_worked_bound *bound)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(table(), i, entry)
    {
        if (speaks_of(entry, c, p)) {
            const json_t *quotient = json_object_get(entry, "bound_per_h");
            *bound = (optcert_worked_bound){
                .theorem = json_string_value(json_object_get(entry, "theorem")),
                .per_h = json_number_value(json_array_get(quotient, 0)) / json_number_value(json_array_get(quotient, 1)),
                .multiple = (size_t)json_integer_value(json_object_get(entry, "steps_multiple")),
                .factor = json_number_value(json_object_get(entry, "factor"))};
            return true;
        }
    }
    return false;
}

/* A NaN stays one. */
static double larger(double a, double b)
{
    return a > b || isnan(a) ? a : b;
}

static void take_largest(optcert_estimate *largest, optcert_estimate next)
{
    largest->value = larger(largest->value, next.value);
    largest->low = larger(largest->low, next.low);
    largest->high = larger(largest->high, next.high);
}

size_t optcert_worked_bound_measure(const optcert_converge *c, size_t p, const optcert_worked_bound *bound,
                                    optcert_estimate *error_per_h, optcert_estimate *factor)
{
    size_t rows = 0;
    *error_per_h = *factor = (optcert_estimate){0.0, 0.0, 0.0};
    for (size_t i = 0; i < c->row_count; i++) {
        const optcert_row *row = &c->row[i];
        if (row->steps % bound->multiple != 0) {
            continue;
        }
        const double error = fabs(row->error[p]);
        const double least = fmax(error - row->resolution[p], 0.0);
        const double most = error + row->resolution[p];
        const double allowed = bound->per_h * row->h;
        take_largest(error_per_h, (optcert_estimate){error / row->h, least / row->h, most / row->h});
        take_largest(factor, (optcert_estimate){allowed / error, allowed / most, allowed / least});
        rows++;
    }
    return rows;
}
