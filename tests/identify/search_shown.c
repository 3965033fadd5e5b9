/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes that show by themselves. Where several things are wrong, most answers tell of all of them at once, but some of one
 * alone: a slot that the others do not reach, large gradients beside which eps is nothing, steps before an event. There the
 * dialect with that change predicts what the dialect does not, and nowhere less. Such changes lead: what else is wrong is
 * sought beside them, values and numbers too, which two at a time could not be solved for. */
#include "search.h"
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SMALL = 96,      /* elements times steps of a record that is looked at */
    PER_CASE = 2,    /* records of one case */
    RECORDS_MAX = 96,
    QUANTITIES = 1 + OPTCERT_SLOT_NAMES,
    MISSES_MAX = RECORDS_MAX * QUANTITIES,
    FITS = 10,       /* places at which a value is solved for */
    NEAR = 16,       /* elements of walk up to such a place, at most */
    LEADS = 6,       /* changes that are followed */
    LEADS_OF_LEAD = 3
};

/* The value at one step of one element. */
typedef struct value {
    const optcert_record *record;
    size_t step, element;
    int quantity; /* 0: theta, then the slots */
} value;

/* What a model predicts of the small records, value by value, and where it first does not. */
typedef struct sight {
    bool *hit;
    optcert_mismatch miss[MISSES_MAX]; /* the first of each record and quantity */
    size_t misses;
} sight;

typedef struct lead {
    optcert_model model;
    optcert_explanation so_far;
    double score;
} lead;

typedef struct leads {
    lead item[LEADS];
    size_t count, room;
} leads;

typedef struct shown {
    optcert_search *s;
    const optcert_record *record[RECORDS_MAX];
    size_t records, values;
    sight before; /* of the model that is added to */
    bool *hit;    /* of the one at hand */
    leads *found;
} shown;

/* --- what is looked at --- */

static bool wanted(const shown *sh, const optcert_record *record)
{
    size_t same = 0;
    for (size_t i = 0; i < sh->records; i++) {
        same += sh->record[i]->probe.what == record->probe.what ? 1 : 0;
    }
    return record->n * record->steps <= SMALL && same < PER_CASE && sh->records < RECORDS_MAX;
}

static int quantities_of(const optcert_record *record)
{
    int count = 1;
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        count += record->slot[s] != NULL ? 1 : 0;
    }
    return count;
}

static void choose_records(shown *sh)
{
    const optcert_battery *battery = sh->s->battery;
    for (size_t i = 0; i < battery->count; i++) {
        const optcert_record *record = battery->record[i];
        if (wanted(sh, record)) {
            sh->record[sh->records++] = record;
            sh->values += record->n * record->steps * (size_t)quantities_of(record);
        }
    }
}

/* --- what a model predicts --- */

static double given(const value *v)
{
    const size_t n = v->record->n;
    return v->quantity == 0 ? v->record->theta[(v->step + 1) * n + v->element]
                            : v->record->slot[v->quantity - 1][v->step * n + v->element];
}

/* Whether the model says what is there, and not only what might be. */
static bool predicts(const value *v, const optcert_ball *ball)
{
    const double got = given(v), roundings = 64 * ldexp(1, -(int)v->record->format->prec) * fabs(got);
    if (!optcert_inside(v->record->format, got, ball)) {
        return false;
    }
    const double moved = v->quantity == 0 ? got - v->record->theta[v->step * v->record->n + v->element] : got;
    return !isfinite(got) || got == 0 || ball->rad <= fmax(fabs(moved) / 4, roundings);
}

static const char *name_of(int quantity)
{
    return quantity == 0 ? "theta" : optcert_slot_name[quantity - 1];
}

static void note_miss(sight *seen, const value *v, const optcert_ball *ball)
{
    const char *name = name_of(v->quantity);
    for (size_t i = seen->misses; i > 0 && seen->miss[i - 1].record == v->record; i--) {
        if (seen->miss[i - 1].quantity == name) {
            return;
        }
    }
    if (seen->misses < MISSES_MAX && isfinite(given(v))) {
        seen->miss[seen->misses++] = (optcert_mismatch){
            .record = v->record, .step = v->step, .element = v->element, .quantity = name, .expected = (double)ball->mid, .got = given(v)};
    }
}

/* All elements of one quantity after a step; `hit` is where they are counted. What a model has no slot for it does not predict. */
static bool *look_at_quantity(shown *sh, value v, bool *hit, sight *seen)
{
    static const optcert_ball nothing = {0, INFINITY};
    for (v.element = 0; v.element < v.record->n; v.element++) {
        const optcert_ball *ball = v.quantity == 0 ? optcert_walk_theta(sh->s->walk, v.element)
                                                   : optcert_walk_slot(sh->s->walk, name_of(v.quantity), v.element);
        *hit = ball != NULL && predicts(&v, ball);
        if (!*hit && seen != NULL) {
            note_miss(seen, &v, ball != NULL ? ball : &nothing);
        }
        hit++;
    }
    return hit;
}

static bool *look_at_record(shown *sh, const optcert_record *record, const optcert_model *model, bool *hit, sight *seen)
{
    optcert_record_begin(record, sh->s->walk, model);
    for (size_t k = 0; k < record->steps; k++) {
        optcert_walk_step(sh->s->walk, record->theta + k * record->n, record->grad + k * record->n);
        for (int q = 0; q < QUANTITIES; q++) {
            if (q == 0 || record->slot[q - 1] != NULL) {
                hit = look_at_quantity(sh, (value){.record = record, .step = k, .quantity = q}, hit, seen);
            }
        }
    }
    return hit;
}

static void look(shown *sh, const optcert_model *model)
{
    bool *hit = sh->before.hit;
    sh->before.misses = 0;
    for (size_t i = 0; i < sh->records; i++) {
        hit = look_at_record(sh, sh->record[i], model, hit, &sh->before);
    }
}

/* Values that a model predicts and the one before did not, less a fine for those that it loses: some were met by chance. */
static double gain(shown *sh, const optcert_model *model)
{
    enum { FINE = 4, PATIENCE = 24 };
    const bool *before = sh->before.hit;
    double sum = 0;
    for (size_t i = 0; i < sh->records && sum > -PATIENCE; i++) {
        const size_t values = (size_t)(look_at_record(sh, sh->record[i], model, sh->hit, NULL) - sh->hit);
        for (size_t j = 0; j < values; j++) {
            sum += sh->hit[j] && !before[j] ? 1 : !sh->hit[j] && before[j] ? -FINE : 0;
        }
        before += values;
    }
    return sum;
}

/* --- leads --- */

static void keep(leads *found, const lead *one)
{
    size_t at = found->count < found->room ? found->count++ : found->room;
    while (at > 0 && found->item[at - 1].score < one->score) {
        at--;
        if (at + 1 < found->room) {
            found->item[at + 1] = found->item[at];
        }
    }
    if (at < found->room) {
        found->item[at] = *one;
    }
}

static void consider(shown *sh, const optcert_model *model, const optcert_explanation *so_far, const optcert_change *change,
                     double free_value)
{
    lead one = {optcert_change_apply(change, model, free_value), *so_far, 0};
    one.so_far.value[one.so_far.count] = free_value;
    one.so_far.change[one.so_far.count++] = change;
    one.so_far.number = one.model.number;
    one.score = gain(sh, &one.model) - (optcert_change_is_free(change) ? 0.5 : 0); /* what needs no value comes first */
    if (one.score > 0) {
        keep(sh->found, &one);
    }
}

static bool same_case(const optcert_mismatch *a, const optcert_mismatch *b)
{
    return a->quantity == b->quantity && a->record->probe.what == b->record->probe.what;
}

/* Whether a value may be solved for at this place: it is near, and the first of its case. */
static bool serves(const sight *seen, size_t i)
{
    const optcert_mismatch *miss = &seen->miss[i];
    for (size_t j = 0; j < i; j++) {
        if (same_case(&seen->miss[j], miss)) {
            return false;
        }
    }
    return miss->record->n * (miss->step + 1) <= NEAR;
}

static bool among(const double *values, size_t count, double x)
{
    for (size_t i = 0; i < count; i++) {
        if (fabs(values[i] - x) <= 1e-9 * fabs(x)) {
            return true;
        }
    }
    return false;
}

static void with_values(shown *sh, const optcert_model *model, const optcert_explanation *so_far, const optcert_change *change)
{
    double tried[FITS * OPTCERT_FIT_MAX], fit[OPTCERT_FIT_MAX];
    size_t count = 0, places = 0;
    for (size_t i = 0; i < sh->before.misses && places < FITS && !optcert_search_spent(sh->s); i++) {
        if (!serves(&sh->before, i)) {
            continue;
        }
        places++;
        const size_t fits = optcert_fit(change, model, &sh->before.miss[i], sh->s->walk, fit);
        for (size_t f = 0; f < fits; f++) {
            if (!among(tried, count, fit[f])) {
                tried[count++] = fit[f];
                consider(sh, model, so_far, change, fit[f]);
            }
        }
    }
}

static void with_value_or_not(shown *sh, const optcert_model *model, const optcert_explanation *so_far, const optcert_change *change)
{
    if (optcert_change_is_free(change)) {
        with_values(sh, model, so_far, change);
    } else {
        consider(sh, model, so_far, change, 0);
    }
}

/* The count of the first step at which a quantity is missed; 0: nowhere. */
static uint64_t first_step(const sight *seen, int quantity)
{
    uint64_t first = 0;
    for (size_t i = 0; i < seen->misses; i++) {
        const optcert_mismatch *miss = &seen->miss[i];
        const bool here = miss->quantity == name_of(quantity) && miss->record->probe.what->resume == 0;
        first = here && (first == 0 || miss->step + 1 < first) ? miss->step + 1 : first;
    }
    return first;
}

/* Steps at which something first shows, by each quantity, and the ones before: what happens after a step shows at the next. */
static void with_steps(shown *sh, const optcert_model *model, const optcert_explanation *so_far, const optcert_change *change)
{
    uint64_t last = 0;
    for (int q = 0; q < QUANTITIES; q++) {
        const uint64_t step = first_step(&sh->before, q);
        for (uint64_t less = 0; less < 2 && step > less && step != last; less++) {
            optcert_model numbered = *model;
            numbered.number = step - less;
            with_value_or_not(sh, &numbered, so_far, change);
        }
        last = step;
    }
}

static void with_elements(shown *sh, const optcert_model *model, const optcert_explanation *so_far, const optcert_change *change)
{
    optcert_model numbered = *model;
    numbered.number = optcert_standing_number(sh->s, change);
    if (numbered.number > 0) {
        with_value_or_not(sh, &numbered, so_far, change);
    }
}

/* The changes that show beside a model by themselves, the best first. */
static void find_leads(shown *sh, const optcert_model *model, const optcert_explanation *so_far, leads *found, size_t room)
{
    *found = (leads){.count = 0, .room = room};
    sh->found = found;
    look(sh, model);
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        if (!optcert_search_usable(sh->s, change, so_far)) {
            continue;
        }
        switch (optcert_change_number(change)) {
        case NUMBER_NONE:
            with_value_or_not(sh, model, so_far, change);
            break;
        case NUMBER_STEP:
            with_steps(sh, model, so_far, change);
            break;
        default:
            with_elements(sh, model, so_far, change);
        }
    }
}

/* One more change of any kind beside a lead. */
static void complete(optcert_search *s, const lead *one)
{
    optcert_try_each(s, &one->model, &one->so_far, 0, false);
    optcert_try_each(s, &one->model, &one->so_far, 0, true);
    optcert_try_numbers(s, &one->model, &one->so_far);
    optcert_try_parts_beside(s, &one->model, &one->so_far);
}

static bool start(shown *sh, optcert_search *s)
{
    *sh = (shown){.s = s};
    choose_records(sh);
    sh->before.hit = calloc(sh->values + 1, sizeof(bool));
    sh->hit = calloc(SMALL * QUANTITIES + 1, sizeof(bool));
    return sh->before.hit != NULL && sh->hit != NULL;
}

static void search(optcert_search *s, bool three)
{
    static const optcert_explanation nothing = {0};
    shown *sh = malloc(sizeof *sh);
    leads first, second;
    if (sh != NULL && start(sh, s)) {
        find_leads(sh, &s->plain, &nothing, &first, LEADS);
        for (size_t i = 0; i < first.count && !three; i++) {
            complete(s, &first.item[i]);
        }
        for (size_t i = 0; i < first.count && i < LEADS_OF_LEAD && three; i++) {
            find_leads(sh, &first.item[i].model, &first.item[i].so_far, &second, LEADS);
            for (size_t j = 0; j < second.count; j++) {
                complete(s, &second.item[j]);
            }
        }
    }
    if (sh != NULL) {
        free(sh->before.hit);
        free(sh->hit);
    }
    free(sh);
}

void optcert_try_shown(optcert_search *s)
{
    search(s, false);
}

void optcert_try_shown_three(optcert_search *s)
{
    search(s, true);
}
