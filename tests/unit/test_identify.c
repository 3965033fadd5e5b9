/* SPDX-License-Identifier: GPL-3.0-or-later
 * Identification of a few builds of each kind; of all of them: optcert calibrate --names. */
#include "build_process.h"
#include "corpus.h"
#include "identify.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const optcert_pins none = {0};

static bool open_and_identify(const char *spec, const char *claimed, const optcert_pins *pins,
                              optcert_build_handle **handle, optcert_identification *found)
{
    char error[256] = "";
    return UNIT_CHECK(optcert_build_open(spec, NULL, handle, error, sizeof error) == OPTCERT_OK, "%s: %s", spec, error) &&
           UNIT_CHECK(optcert_identify(*handle, claimed != NULL ? oc_ref_dialect_find(claimed) : NULL, unit_seed(), pins,
                                       found),
                      "%s: memory", spec);
}

static void names_of(optcert_dialect_set set, char *out)
{
    *out = '\0';
    for (size_t i = 0; i < oc_ref_dialect_count(); i++) {
        if (optcert_in(set, i)) {
            strcat(strcat(out, oc_ref_dialect_at(i)->name), " ");
        }
    }
}

static const struct {
    const char *spec, *claimed; /* NULL: nothing */
    optcert_verdict verdict;
    const char *dialects;
    const char *changes; /* "" : no explanation */
    const char *origin;
} builds[] = {
    {"builtin:adam-f32", NULL, OPTCERT_PASSED, "adam ", "", "shipped, nothing told"},
    {"builtin:adamw-f64", NULL, OPTCERT_PASSED, "adamw ", "", "shipped, with its special case"},
    {"builtin:sgd-momentum-f64", "sgd", OPTCERT_PASSED, "sgd-momentum ", "", "claims its special case"},
    {"builtin:rmsprop-f64", "rmsprop/new-v", OPTCERT_FAILED, "rmsprop ", "the old v divided", "claims its neighbour"},
    {"defect:right-adam-folded-f32", NULL, OPTCERT_PASSED, "adam ", "", "another order of operations"},
    {"defect:adam-count-plus-two-f64", NULL, OPTCERT_FAILED, "", "the bias correction used k+2 instead of k+1", "corpus"},
    {"defect:sgd-half-lr-f32", "sgd", OPTCERT_FAILED, "", "the learning rate were 0.5 times what it is", "free number"},
    {"builtin:adamw-f64", "adam", OPTCERT_PASSED, "adamw ", "", "claims its special case"},
    {"defect:adamw-decay-not-in-tail-f64", "adamw", OPTCERT_FAILED, "adam ",
     "there were no weight decay in elements after the last of the full blocks of 8", "a part of the elements"},
    {"defect:right-radam-f32", NULL, OPTCERT_PASSED, "radam ", "", "rho is ill-conditioned in binary32"},
    {"defect:adagrad-starts-at-tenth-f64", "adagrad", OPTCERT_FAILED, "", "v started at 0.1", "free number"},
    {"defect:adamw-eps-hat+adamw-decay-not-in-tail-f64", "adamw", OPTCERT_FAILED, "adam/eps-hat ",
     "eps were added before the second correction (eps-hat) and there were no weight decay in elements after the last of "
     "the full blocks of 8", "one everywhere, one in a part"},
    {"defect:adam-count-shared+adam-gradient-float16-f64", "adam", OPTCERT_FAILED, "",
     "all instances shared one step count and gradients passed through binary16", "answers change, but not by chance"},
    {"defect:sgd-mean-of-2+sgd-flush-to-zero-f64", "sgd", OPTCERT_FAILED, "",
     "subnormal numbers were flushed to zero and every second step acted on the mean of two gradients",
     "a flushing build leaves a subnormal parameter alone between its steps"},
    {"defect:sgd-hidden-decay+sgd-last-3-skipped-f64", "sgd", OPTCERT_FAILED, "",
     "the last 3 elements were skipped and 0.0001 theta were added to the gradient", "elements that stand still, and a value"},
    {"defect:adam-first-halved-f64", "adam", OPTCERT_FAILED, "",
     "m' were multiplied by 0.5 at every step whose count 10 divides", "some steps only"},
    {"defect:adamw-moments-zeroed+adamw-warmup-f64", "adamw", OPTCERT_FAILED, "",
     "the learning rate rose over the first 10 steps and both moments were 0 before every step whose count 7 divides",
     "a value, and some steps only"},
    {"defect:adagrad-decaying+adagrad-starts-at-tenth-f64", "adagrad", OPTCERT_FAILED, "",
     "v started at 0.1 and the learning rate fell by 1/(1 + 0.01 k)", "two values"},
    {"defect:adam-eps-root+adam-first-halved+adam-nan-zeroed-f64", "adam", OPTCERT_FAILED, "",
     "1e-06 stood inside the root, too and a NaN gradient were taken for 0 and m' were multiplied by 0.5 at every step whose count "
     "10 divides", "three, two of which show by themselves"},
    {"defect:sgd-momentum-averaged+sgd-momentum-nesterov-f64", "sgd-momentum", OPTCERT_FAILED, "",
     "the gradient entered m with 1 - mu and g + mu m' moved the parameters (Nesterov)", "two at once"},
};

static void known_builds(void)
{
    for (size_t i = 0; i < sizeof builds / sizeof builds[0]; i++) {
        optcert_build_handle *handle = NULL;
        optcert_identification found = {0};
        char names[1024], changes[512] = "";
        if (open_and_identify(builds[i].spec, builds[i].claimed, &none, &handle, &found)) {
            names_of(found.dialects, names);
            optcert_explanation_changes(&found.explanation, changes, sizeof changes);
            UNIT_CHECK(found.verdict == builds[i].verdict, "%s (%s): verdict %d", builds[i].spec, builds[i].origin,
                       (int)found.verdict);
            UNIT_CHECK(strcmp(names, builds[i].dialects) == 0, "%s: dialects %s", builds[i].spec, names);
            UNIT_CHECK(strcmp(changes, builds[i].changes) == 0, "%s: %s", builds[i].spec, changes);
        }
        optcert_identification_free(&found);
        optcert_build_close(handle);
    }
}

/* Without a bias correction no step count shows, nor whether eps came before it: what is hidden is said, and only that. */
static void hidden(void)
{
    optcert_build_handle *handle = NULL;
    optcert_identification found = {0};
    char text[400] = "";
    if (open_and_identify("defect:adamw-correction-missing-f64", "adamw", &none, &handle, &found)) {
        optcert_explanation_hidden(&found.explanation, text, sizeof text);
        UNIT_CHECK(strstr(text, "the bias correction used k instead of k+1") == text, "%s", text);
        for (size_t i = 0; i < found.explanation.hiddens; i++) {
            const optcert_trait trait = found.explanation.hidden[i]->trait;
            UNIT_CHECK(trait == TRAIT_COUNT || trait == TRAIT_POWER || trait == TRAIT_STATE || trait == TRAIT_EPS, "%s",
                       found.explanation.hidden[i]->says);
        }
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
    if (open_and_identify("defect:adam-eps-inside-root-f64", "adam", &none, &handle, &found)) {
        optcert_explanation_hidden(&found.explanation, text, sizeof text);
        UNIT_CHECK(*text == '\0', "%s", text);
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
}

/* With eps pinned to 0 Adam's placements of eps are one function, and identification says which and why. */
static void pinned(void)
{
    const optcert_pins pins = {OC_REF_EPS, {.eps = 0}};
    optcert_build_handle *handle = NULL;
    optcert_identification found = {0};
    char names[1024];
    if (open_and_identify("builtin:adam-f64", NULL, &pins, &handle, &found)) {
        names_of(found.dialects, names);
        UNIT_CHECK(strcmp(names, "adam adam/eps-hat adam/eps-inside-root ") == 0, "dialects %s", names);
        UNIT_CHECK(found.verdict == OPTCERT_INCONCLUSIVE, "verdict %d", (int)found.verdict);
        UNIT_CHECK(found.untolds == 3, "%zu pairs are not told apart", found.untolds);
        UNIT_CHECK(found.untolds > 0 && strstr(found.untold[0].why, "same function") != NULL, "%s", found.untold[0].why);
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
}

/* Adam that decays by lr^2 weight_decay is adam where weight_decay is 0, and says so only where it is looked at. */
static void unread(void)
{
    char path[4200], changes[512];
    optcert_build_handle *handle = NULL;
    optcert_identification found = {0};
    optcert_sibling_path("defects/manners.so", path, sizeof path - 64);
    strcat(path, "#hidden-decay");
    if (open_and_identify(path, NULL, &none, &handle, &found)) {
        optcert_explanation_changes(&found.explanation, changes, sizeof changes);
        UNIT_CHECK(found.verdict == OPTCERT_INCONCLUSIVE && found.unread == OC_REF_WEIGHT_DECAY, "verdict %d, unread %u",
                   (int)found.verdict, found.unread);
        UNIT_CHECK(strcmp(changes, "the decay were scaled by the learning rate twice") == 0, "%s", changes);
    }
    optcert_identification_free(&found);
    optcert_build_close(handle);
}

/* What has no answer: builds that cannot be tried, and one whose answers change. */
static void trouble(void)
{
    static const struct {
        const char *spec, *says;
        bool changing;
    } bad[] = {{"defect:hostile-crash", "crashed", false}, {"defect:hostile-random", "", true}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        optcert_build_handle *handle = NULL;
        optcert_identification found = {0};
        if (open_and_identify(bad[i].spec, "sgd", &none, &handle, &found)) {
            UNIT_CHECK(found.verdict == OPTCERT_FAILED, "%s: verdict %d", bad[i].spec, (int)found.verdict);
            UNIT_CHECK(strstr(found.trouble, bad[i].says) != NULL, "%s: '%s'", bad[i].spec, found.trouble);
            UNIT_CHECK(found.changing == bad[i].changing, "%s: changing %d", bad[i].spec, found.changing);
        }
        optcert_identification_free(&found);
        optcert_build_close(handle);
    }
}

/* Every change has a text, and a free one room for its value. */
static void changes(void)
{
    for (size_t i = 0; i < optcert_change_count(); i++) {
        const optcert_change *change = optcert_change_at(i);
        char text[160];
        optcert_change_text(change, 0.25, 12345, text, sizeof text);
        UNIT_CHECK(optcert_change_is_free(change) == (strstr(change->says, "%s") != NULL), "%s", change->says);
        UNIT_CHECK(!optcert_change_is_free(change) || strstr(text, "0.25") != NULL, "%s", text);
        UNIT_CHECK((optcert_change_number(change) != NUMBER_NONE) == (strstr(text, "12345") != NULL), "%s", text);
        UNIT_CHECK(change->low >= 0 && change->low <= change->high, "%s: range", change->says);
    }
}

/* Whether the text is the pattern's, a number in place of each %s and %n. */
static bool fits(const char *pattern, const char *text)
{
    while (*pattern != '\0' && *pattern == *text) {
        pattern++;
        text++;
    }
    if (pattern[0] == '%') {
        char *end;
        strtod(text, &end);
        return end != text && fits(pattern + 2, end);
    }
    return *pattern == '\0' && *text == '\0';
}

/* Whether a change can say this, of all elements or, a local one, of some. */
static bool can_say(const optcert_change *change, const char *text)
{
    char whole[256];
    const char *part = strstr(text, " in elements ");
    snprintf(whole, sizeof whole, "%.*s", part != NULL ? (int)(part - text) : 255, text);
    return fits(change->says, text) || (part != NULL && optcert_change_is_local(change) && fits(change->says, whole));
}

/* What the corpus says of a defect, some change of its dialect says word for word. */
static void corpus_is_covered(void)
{
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        const optcert_defect *defect = optcert_defect_at(i);
        bool said = defect->kind != OPTCERT_DEFECT_WRONG;
        for (size_t j = 0; j < optcert_change_count() && !said; j++) {
            const optcert_change *change = optcert_change_at(j);
            const optcert_model model = optcert_model_of(oc_ref_dialect_find(defect->claims));
            said = can_say(change, defect->says) && optcert_change_applies(change, &model, !defect->only_f64);
        }
        UNIT_CHECK(said, "%s: no change says '%s'", defect->name, defect->says);
    }
}

/* Where a build departs from a dialect that it is not. */
static void departures(void)
{
    static const struct {
        const char *spec, *nearest, *says, *differs; /* the beginning of the text, and a part of it */
    } cases[] = {{"builtin:rmsprop-f64", "rmsprop/new-v", "v as in rmsprop/new-v; first differs at step 0", "of theta (case"},
                 {"builtin:sgd-momentum-f32", "sgd-momentum/dampening", "first differs at step 0", "of theta (case"},
                 {"builtin:sgd-f32", "sgd", "matches sgd on everything tried", ""},
                 {"defect:hostile-crash", "sgd", "no step could be held against sgd: step and get: crashed", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char error[256] = "", text[800] = "";
        optcert_build_handle *handle = NULL;
        optcert_prober prober;
        const oc_ref_dialect *nearest = oc_ref_dialect_find(cases[i].nearest);
        if (!UNIT_CHECK(optcert_build_open(cases[i].spec, NULL, &handle, error, sizeof error) == OPTCERT_OK, "%s", error)) {
            continue;
        }
        optcert_prober_start(&prober, handle, unit_seed());
        optcert_battery *battery = optcert_battery_new(&prober, nearest->uses, &none, false);
        UNIT_CHECK(battery != NULL && optcert_departure_text(nearest, battery, text, sizeof text), "memory");
        UNIT_CHECK(strncmp(text, cases[i].says, strlen(cases[i].says)) == 0 && strstr(text, cases[i].differs) != NULL, "%s: %s", cases[i].spec, text);
        optcert_battery_free(battery);
        optcert_build_close(handle);
    }
}

UNIT_SUITE(identify, {"corpus_is_covered", corpus_is_covered}, {"known_builds", known_builds}, {"hidden", hidden}, {"pinned", pinned}, {"unread", unread}, {"trouble", trouble}, {"changes", changes}, {"departures", departures})
