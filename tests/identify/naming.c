/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names given to known builds. */
#include "naming.h"
#include "corpus.h"
#include "identify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool compatible(const optcert_defect *a, const optcert_defect *b)
{
    bool apart = strcmp(a->claims, b->claims) == 0 && a->kind == OPTCERT_DEFECT_WRONG && b->kind == a->kind;
    for (int aspect = 0; aspect < ASPECTS; aspect++) {
        apart = apart && (a->choice[aspect] == 0 || b->choice[aspect] == 0);
    }
    return apart;
}

/* Another defect of the same dialect, some places on; NULL when none goes with it. */
static const optcert_defect *partner(size_t i)
{
    enum { STRIDE = 19 };
    const size_t count = optcert_defect_count();
    for (size_t step = 1; step < count; step++) {
        const optcert_defect *other = optcert_defect_at((i + step * STRIDE) % count);
        if (compatible(optcert_defect_at(i), other)) {
            return other;
        }
    }
    return NULL;
}

/* The words after the kind, without the format. */
static const optcert_defect *defect_of(const char *spec)
{
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        const char *name = optcert_defect_at(i)->name;
        if (strncmp(spec, "defect:", 7) == 0 && strncmp(spec + 7, name, strlen(name)) == 0 &&
            strlen(spec) == strlen(name) + 11) {
            return optcert_defect_at(i);
        }
    }
    return NULL;
}

static void add_known(optcert_naming *naming, const optcert_known_build *known)
{
    const optcert_defect *defect = defect_of(known->spec);
    *naming = (optcert_naming){.known = *known};
    snprintf(naming->expected, sizeof naming->expected, "%s", known->right ? known->dialect->name : defect->says);
}

static bool add_pair(optcert_naming *naming, size_t i)
{
    const optcert_defect *one = optcert_defect_at(i), *other = partner(i);
    if (one->kind != OPTCERT_DEFECT_WRONG || other == NULL) {
        return false;
    }
    *naming = (optcert_naming){.known.dialect = oc_ref_dialect_find(one->claims), .pair = true};
    snprintf(naming->known.spec, sizeof naming->known.spec, "defect:%s+%s-f64", one->name, other->name);
    snprintf(naming->expected, sizeof naming->expected, "%s and %s", one->says, other->says);
    return true;
}

optcert_naming *optcert_namings(size_t *count)
{
    size_t builds;
    optcert_known_build *known = optcert_known_builds(&builds);
    optcert_naming *list = known != NULL ? calloc(builds + optcert_defect_count(), sizeof *list) : NULL;
    *count = 0;
    for (size_t i = 0; list != NULL && i < builds; i++) {
        add_known(&list[(*count)++], &known[i]);
    }
    for (size_t i = 0; list != NULL && i < optcert_defect_count(); i++) {
        *count += add_pair(&list[*count], i) ? 1 : 0;
    }
    free(known);
    return list;
}

/* The same changes, in either order. */
static bool same_changes(const char *expected, const optcert_explanation *found)
{
    char text[OPTCERT_NAMING_TEXT];
    optcert_explanation turned = *found;
    optcert_explanation_changes(found, text, sizeof text);
    if (strcmp(text, expected) == 0) {
        return true;
    }
    if (found->count == 2) {
        turned.change[0] = found->change[1];
        turned.value[0] = found->value[1];
        turned.change[1] = found->change[0];
        turned.value[1] = found->value[0];
        turned.part_of = 1 - found->part_of;
    }
    optcert_explanation_changes(&turned, text, sizeof text);
    return strcmp(text, expected) == 0;
}

/* Whether one of a pair is all that is said, and the other among what that hides. */
static bool other_is_hidden(const char *expected, const optcert_explanation *found)
{
    char said[OPTCERT_NAMING_TEXT], one[2 * OPTCERT_NAMING_TEXT], other[2 * OPTCERT_NAMING_TEXT];
    optcert_explanation_changes(found, said, sizeof said);
    for (size_t i = 0; i < found->hiddens; i++) {
        snprintf(one, sizeof one, "%s and %s", said, found->hidden[i]->says);
        snprintf(other, sizeof other, "%s and %s", found->hidden[i]->says, said);
        if (strcmp(expected, one) == 0 || strcmp(expected, other) == 0) {
            return true;
        }
    }
    return false;
}

static void judge(optcert_naming *naming, const optcert_identification *found)
{
    const optcert_explanation *e = &found->explanation;
    naming->detected = found->verdict == OPTCERT_FAILED;
    if (naming->known.right) {
        naming->named = found->verdict == OPTCERT_PASSED;
        snprintf(naming->said, sizeof naming->said, "%s", naming->named ? naming->known.dialect->name : "not recognised");
        return;
    }
    naming->named = e->dialect == naming->known.dialect && same_changes(naming->expected, e);
    naming->hidden = naming->pair && !naming->named && e->dialect == naming->known.dialect && other_is_hidden(naming->expected, e);
    char changes[OPTCERT_NAMING_TEXT - 40];
    optcert_explanation_changes(e, changes, sizeof changes);
    snprintf(naming->said, sizeof naming->said, "%s: %s", e->dialect != NULL ? e->dialect->name : "nothing", changes);
}

/* Processor time: the clock on the wall tells of the machine's other work, too. */
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void optcert_name(optcert_naming *naming, uint64_t seed)
{
    static const optcert_pins none = {0};
    optcert_build_handle *handle = NULL;
    optcert_identification found;
    const double start = now();
    if (optcert_build_open(naming->known.spec, NULL, &handle, naming->said, sizeof naming->said) != OPTCERT_OK) {
        return;
    }
    naming->ran = optcert_identify(handle, naming->known.dialect, seed, &none, &found);
    if (naming->ran) {
        judge(naming, &found);
    } else {
        snprintf(naming->said, sizeof naming->said, "the harness itself failed (memory, processes)");
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
    naming->seconds = now() - start;
}

void optcert_calibrate_naming(const optcert_known_build *known, optcert_seeds seeds, optcert_calibration *result)
{
    for (uint64_t seed = seeds.first; seed < seeds.end; seed += seeds.stride) {
        optcert_naming naming;
        add_known(&naming, known);
        optcert_name(&naming, seed);
        if (!naming.ran) {
            snprintf(result->trouble, sizeof result->trouble, "%.250s", naming.said);
            return;
        }
        result->runs++;
        if (!naming.named && result->wrong++ == 0) {
            snprintf(result->first, sizeof result->first, "seed %llu: %.200s", (unsigned long long)seed, naming.said);
        }
    }
}

/* One claim over the builds of a kind: how many of them are not as they should be, or which share is. */
typedef struct account {
    const char *id, *metric, *basis;
    bool right, pair;
    double share; /* 0: none may be otherwise; else the least share that must be */
} account;

static bool good(const account *a, const optcert_naming *naming)
{
    return naming->ran && (a->right || a->share > 0 ? naming->named : naming->detected);
}

static bool add(const account *a, const optcert_naming *list, size_t count, uint64_t seed, optcert_claims *claims)
{
    uint64_t all = 0, otherwise = 0;
    char first[OPTCERT_NAMING_TEXT + 160] = "";
    for (size_t i = 0; i < count; i++) {
        const optcert_naming *naming = &list[i];
        if (naming->known.right != a->right || (a->share > 0 && naming->pair != a->pair)) {
            continue;
        }
        all++;
        if (!good(a, naming) && otherwise++ == 0) {
            snprintf(first, sizeof first, "%s: %s", naming->known.spec, naming->said);
        }
    }
    const double measured = a->share > 0 && all > 0 ? (double)(all - otherwise) / (double)all : (double)otherwise;
    const optcert_claim claim = {.id = a->id,
                                 .metric = a->metric,
                                 .method = OPTCERT_DETERMINISTIC,
                                 .relation = a->share > 0 ? OPTCERT_AT_LEAST : OPTCERT_AT_MOST,
                                 .threshold = a->share,
                                 .measured = measured,
                                 .low = measured,
                                 .high = measured,
                                 .sample_size = all,
                                 .seed = seed,
                                 .basis = a->basis,
                                 .detail = first};
    return all == 0 || optcert_claims_add(claims, &claim);
}

bool optcert_naming_claims(const optcert_naming *list, size_t count, uint64_t seed, optcert_claims *claims)
{
    static const account accounts[] = {
        {"identify.right", "right builds that are not recognised", "every correct build is what it claims", true, false, 0},
        {"identify.detected", "wrong builds that are taken for right", "every defect shows", false, false, 0},
        {"identify.named", "share of wrong builds that are named right", "one defect in twenty may look like another",
         false, false, 0.95},
        {"identify.pairs-named", "share of pairs of defects that are named right",
         "one of two defects may hide the other", false, true, 0.9},
    };
    bool whole = true;
    for (size_t i = 0; i < sizeof accounts / sizeof accounts[0]; i++) {
        whole = whole && add(&accounts[i], list, count, seed, claims);
    }
    return whole;
}

static int by_seconds(const void *a, const void *b)
{
    const optcert_naming *one = a, *other = b;
    return (one->seconds > other->seconds) - (one->seconds < other->seconds);
}

const optcert_naming *optcert_naming_slower_than(optcert_naming *list, size_t count, double q)
{
    qsort(list, count, sizeof *list, by_seconds);
    return &list[(size_t)((double)(count - 1) * q)];
}
