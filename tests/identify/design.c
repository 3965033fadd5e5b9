/* SPDX-License-Identifier: GPL-3.0-or-later
 * The sequential design. */
#include "design.h"
#include "hyper_field.h"

#include <stdlib.h>
#include <string.h>

static double bell(const optcert_place *place)
{
    return optcert_draw_bell(&place->draw, 0);
}

/* Second moments remember larger gradients; that is what AMSGrad is about. */
static double shrinking(const optcert_place *place)
{
    const double size = bell(place);
    return (size < 0 ? size - 0.5 : size + 0.5) / (double)(1u << place->draw.step);
}

/* The state alone moves the parameters at every other step. */
static double every_other(const optcert_place *place)
{
    return place->draw.step % 2 == 1 ? 0 : bell(place);
}

static const optcert_case cases[] = {
    {"steady", 2, 3, 0, 0, bell, bell, "ordinary use"},
    {"shrinking", 2, 5, 0, 0, bell, shrinking, "second moments remember"},
    {"every-other-zero", 2, 4, 0, 0, bell, every_other, "the state alone moves the parameters"},
    {"long", 1, 8, 0, 0, bell, bell, "RAdam divides from the sixth step on"},
};
enum { CASES = sizeof cases / sizeof cases[0] };

/* Of optcert_hyper_at: large-eps and short-memory, where every definition shows. */
static const size_t hypers[] = {1, 2};
enum { HYPERS = sizeof hypers / sizeof hypers[0] };

void optcert_pinned_hyper(size_t i, uint64_t seed, unsigned uses, const optcert_pins *pins, optcert_hyper_case *out)
{
    optcert_hyper pinned = pins->value;
    optcert_hyper_at(i, seed, uses, out);
    for (unsigned bit = 0; bit < OPTCERT_FIELDS; bit++) {
        if ((pins->fields >> bit & 1) != 0) {
            *optcert_field(&out->hyper, bit) = *optcert_field(&pinned, bit);
        }
    }
}

/* The dialects that read every field which is not 0 or pinned. */
static optcert_dialect_set speakers(const optcert_hyper *hyper, const optcert_pins *pins)
{
    optcert_dialect_set set = 0;
    optcert_hyper h = *hyper;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        const unsigned known = oc_ref_dialect_at(i)->uses | pins->fields;
        bool speaks = true;
        for (unsigned bit = 0; bit < OPTCERT_FIELDS; bit++) {
            speaks = speaks && (*optcert_field(&h, bit) == 0 || (known >> bit & 1) != 0);
        }
        set |= speaks ? optcert_just(i) : 0;
    }
    return set;
}

optcert_dialect_set optcert_design_surviving(const optcert_record *record, optcert_walk *walk,
                                             optcert_dialect_set asked)
{
    optcert_dialect_set left = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(asked, i)) {
            const optcert_model model = optcert_model_of(oc_ref_dialect_at(i));
            left |= optcert_record_matches(record, walk, &model, 1, NULL) ? optcert_just(i) : 0;
        }
    }
    return left;
}

/* What the candidate would tell of a build of dialect `world`: told apart are those that are farther away than both
 * allowances. */
static bool foresee(optcert_candidate *c, size_t world, const oc_ref_format *format, uint64_t seed, optcert_walk *walk)
{
    const optcert_model model = optcert_model_of(oc_ref_dialect_at(world));
    optcert_record *record = optcert_record_predicted(walk, &model, format, seed, &c->probe);
    if (record == NULL) {
        return false;
    }
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(c->speaks, i) && i != world) {
            const optcert_model other = optcert_model_of(oc_ref_dialect_at(i));
            c->kills[world] |= optcert_record_matches(record, walk, &other, 2, NULL) ? 0 : optcert_just(i);
        }
    }
    optcert_record_free(record);
    return true;
}

/* Each set of fields that some dialect reads, once. */
static size_t all_uses(unsigned *uses)
{
    size_t count = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        size_t j = 0;
        while (j < count && uses[j] != oc_ref_dialect_at(i)->uses) {
            j++;
        }
        uses[j] = oc_ref_dialect_at(i)->uses;
        count += j == count ? 1 : 0;
    }
    return count;
}

static bool make(optcert_design *design, const oc_ref_format *format, uint64_t seed, const optcert_pins *pins)
{
    unsigned uses[OPTCERT_DIALECTS_MAX];
    const size_t masks = all_uses(uses);
    optcert_walk *walk = optcert_walk_new(4);
    *design = (optcert_design){calloc(masks * HYPERS * CASES, sizeof(optcert_candidate)), 0};
    bool whole = walk != NULL && design->item != NULL;
    for (size_t at = 0; whole && at < masks * HYPERS * CASES; at++) {
        optcert_candidate *c = &design->item[design->count++];
        c->probe.what = &cases[at % CASES];
        c->probe.uses = uses[at / CASES / HYPERS];
        optcert_pinned_hyper(hypers[at / CASES % HYPERS], seed, c->probe.uses, pins, &c->probe.hyper);
        c->speaks = speakers(&c->probe.hyper.hyper, pins);
        for (size_t i = 0; whole && i < oc_ref_dialect_count(); i++) {
            whole = foresee(c, i, format, seed, walk);
        }
    }
    optcert_walk_free(walk);
    return whole;
}

/* Designs are dear, and many builds may meet the same seeds: the last ones without pins are kept. */
enum { KEPT = 16 };
static struct kept {
    optcert_design design;
    const oc_ref_format *format;
    uint64_t seed;
} kept[KEPT];
static size_t next_kept;

static bool copy(optcert_design *to, const optcert_design *from)
{
    *to = (optcert_design){malloc(from->count * sizeof *from->item), from->count};
    if (to->item != NULL) {
        memcpy(to->item, from->item, from->count * sizeof *from->item);
    }
    return to->item != NULL;
}

static bool recall(optcert_design *design, const oc_ref_format *format, uint64_t seed)
{
    for (size_t i = 0; i < KEPT; i++) {
        if (kept[i].format == format && kept[i].seed == seed) {
            return copy(design, &kept[i].design);
        }
    }
    return false;
}

static void keep(const optcert_design *design, const oc_ref_format *format, uint64_t seed)
{
    struct kept *place = &kept[next_kept++ % KEPT];
    optcert_design_free(&place->design);
    *place = (struct kept){.seed = seed};
    place->format = copy(&place->design, design) ? format : NULL;
}

bool optcert_design_new(optcert_design *design, const oc_ref_format *format, uint64_t seed, const optcert_pins *pins)
{
    bool known = false;
    if (pins->fields == 0) {
#pragma omp critical(optcert_designs)
        known = recall(design, format, seed);
    }
    if (known) {
        return true;
    }
    const bool whole = make(design, format, seed, pins);
    if (whole && pins->fields == 0) {
#pragma omp critical(optcert_designs)
        keep(design, format, seed);
    }
    return whole;
}

void optcert_design_free(optcert_design *design)
{
    free(design->item);
    *design = (optcert_design){NULL, 0};
}

static size_t told_apart(const optcert_candidate *c, optcert_dialect_set alive)
{
    size_t pairs = 0;
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        pairs += optcert_in(alive, i) ? (size_t)__builtin_popcountll(c->kills[i] & alive) : 0;
    }
    return pairs;
}

optcert_candidate *optcert_design_next(const optcert_design *design, optcert_dialect_set alive, size_t *pairs)
{
    optcert_candidate *best = NULL;
    *pairs = 0;
    for (size_t i = 0; i < design->count; i++) {
        const size_t told = design->item[i].tried ? 0 : told_apart(&design->item[i], alive);
        if (told > *pairs) {
            *pairs = told;
            best = &design->item[i];
        }
    }
    return best;
}

bool optcert_design_includes(const optcert_design *design, size_t general, size_t special)
{
    for (size_t i = 0; i < design->count; i++) {
        if (optcert_in(design->item[i].kills[general], special)) {
            return false;
        }
    }
    return true;
}
