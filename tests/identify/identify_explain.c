/* SPDX-License-Identifier: GPL-3.0-or-later
 * The explanation of a build that no dialect explains, or not all that it reads. */
#include "identifying.h"
#include "reading.h"

enum { BASES_MAX = OPTCERT_DIALECTS_MAX };

typedef struct bases {
    const oc_ref_dialect *dialect[BASES_MAX];
    const optcert_battery *battery[BASES_MAX];
    size_t count;
} bases;

/* `more`: fields that the dialect does not read, but the build does: they are not 0 either. */
static bool add_base(optcert_identifying *run, bases *list, const oc_ref_dialect *dialect, unsigned more)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->dialect[i] == dialect) {
            return true;
        }
    }
    const optcert_battery *battery = optcert_identify_battery(run, dialect->uses | more);
    if (battery == NULL) {
        return false;
    }
    if (battery->count > 0 && !(battery->failed && battery->failure->steps == 0)) {
        list->dialect[list->count] = dialect;
        list->battery[list->count++] = battery;
    }
    return true;
}

/* Slots that one of build and dialect has alone; 0 of a build that shows none. */
static int other_slots(const optcert_identifying *run, const oc_ref_dialect *dialect)
{
    int other = 0, shown = 0;
    for (int s = 0; s < OPTCERT_SLOT_NAMES; s++) {
        const bool has = oc_ref_dialect_slot(dialect, optcert_slot_name[s]) >= 0;
        shown += run->prober.silent[s] ? 0 : 1;
        other += has == run->prober.silent[s] ? 1 : 0;
    }
    return shown > 0 ? other : 0;
}

/* Dialects that are `off` places away: hyper-parameters that one of build and dialect reads alone; and slots, which count
 * thrice, since what is read may be overruled by a constant. */
static bool add_similar(optcert_identifying *run, bases *list, unsigned fields, int off)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const oc_ref_dialect *dialect = oc_ref_dialect_at(i);
        const int away = __builtin_popcount(dialect->uses ^ fields) + 3 * other_slots(run, dialect);
        if (away == off && !add_base(run, list, dialect, fields)) {
            return false;
        }
    }
    return true;
}

/* With so much of the work that is left. */
static bool explain_by(optcert_identifying *run, const bases *list, unsigned percent)
{
    const uint64_t lent = run->work * percent / 100;
    uint64_t left = lent;
    if (list->count == 0) {
        return true;
    }
    const bool whole =
        optcert_explain(list->dialect, list->battery, list->count, run->result->changing, &left, &run->result->explanation);
    run->work -= lent - left;
    return whole;
}

/* Where a build that nothing explains departs from what it claims, or else from the likeliest dialect. */
static bool locate(optcert_identifying *run, const bases *list)
{
    optcert_identification *result = run->result;
    if (result->explanation.dialect != NULL || result->changing || (list->count == 0 && result->claimed == NULL)) {
        return true;
    }
    const oc_ref_dialect *nearest = result->claimed != NULL ? result->claimed : list->dialect[0];
    const optcert_battery *battery = result->claimed != NULL ? optcert_identify_battery(run, nearest->uses) : list->battery[0];
    return battery != NULL && optcert_departure_text(nearest, battery, result->departure, sizeof result->departure);
}

/* Dialects that almost held, where the build reads no more than they do: those that it does are not all of it. */
static bool add_failing(optcert_identifying *run, bases *list, unsigned fields, optcert_dialect_set failing)
{
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const bool whole = (fields & ~oc_ref_dialect_at(i)->uses) == 0;
        if (optcert_in(failing, i) && whole && !optcert_identify_special(run, i, failing) &&
            !add_base(run, list, oc_ref_dialect_at(i), 0)) {
            return false;
        }
    }
    return true;
}

/* What the build claims is tried first and alone; then what almost held; then what reads the same. */
bool optcert_identify_explain(optcert_identifying *run, optcert_dialect_set failing)
{
    bases list = {.count = 0};
    unsigned fields;
    const optcert_explanation *found = &run->result->explanation;
    if (run->result->claimed != NULL &&
        (!add_base(run, &list, run->result->claimed, 0) || !explain_by(run, &list, 60))) {
        return false;
    }
    if (found->dialect != NULL || run->result->dialects != 0) {
        return locate(run, &list);
    }
    list.count = 0;
    if (!optcert_fields_read(&run->prober, run->pins, &fields) || !add_failing(run, &list, fields, failing)) {
        return false;
    }
    if (!explain_by(run, &list, 60) || found->dialect != NULL) {
        return found->dialect != NULL;
    }
    list.count = 0;
    for (int off = 0; off <= 4 && list.count < 4; off++) {
        if (!add_similar(run, &list, fields, off)) {
            return false;
        }
    }
    return explain_by(run, &list, 100) && locate(run, &list);
}

bool optcert_identify_unread(optcert_identifying *run)
{
    optcert_identification *result = run->result;
    unsigned fields, known = run->pins->fields;
    bases list = {.count = 0};
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        known |= optcert_in(result->dialects | result->special, i) ? oc_ref_dialect_at(i)->uses : 0;
    }
    if (!optcert_fields_read(&run->prober, run->pins, &fields)) {
        return false;
    }
    result->unread = fields & ~known;
    for (int off = 0; off <= 4 && result->unread != 0 && result->explanation.dialect == NULL; off++) {
        if (!add_similar(run, &list, fields, off) || !explain_by(run, &list, 50)) {
            return false;
        }
    }
    return true;
}
