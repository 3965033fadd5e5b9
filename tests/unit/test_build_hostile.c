/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hostile builds: each meets the outcome that the corpus names, with a symptom, and the harness goes on. */
#include "build_handle.h"
#include "corpus.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { N = 5 };
static const optcert_hyper hyper = {.lr = 0.5, .beta1 = 0.5, .beta2 = 0.5, .eps = 1, .momentum = 0.5};
/* Memory is small, so that what grows meets the limit soon. Patience for what answers, on however busy a
 * machine; not much of it for what is known not to. */
static optcert_build_handle *open_defect(const char *name)
{
    const double seconds = strcmp(name, "hostile-hang") == 0 ? 0.5 : 30;
    const optcert_limits limits = {
        .open_seconds = 60, .call_seconds = seconds, .cpu_seconds = 60, .memory_bytes = UINT64_C(1) << 29};
    char spec[128];
    char error[256];
    optcert_build_handle *handle = NULL;
    snprintf(spec, sizeof spec, "defect:%s", name);
    const optcert_outcome outcome = optcert_build_open(spec, &limits, &handle, error, sizeof error);
    UNIT_CHECK(outcome == OPTCERT_OK, "%s: %s", spec, error);
    return handle;
}

/* Every call once, until one does not answer OPTCERT_OK. */
static optcert_outcome try_everything(optcert_build_handle *handle, optcert_placement placement)
{
    double theta[N] = {1, 2, 3, 4, 5};
    double slot[N] = {0};
    const double grad[N] = {1, -1, 1, -1, 1};
    optcert_instance *instance = NULL;
    optcert_outcome outcome = optcert_build_create(handle, N, &hyper, placement, &instance);
    for (int i = 0; outcome == OPTCERT_OK && i < 3; i++) {
        outcome = optcert_build_step(instance, theta, grad);
    }
    if (outcome == OPTCERT_OK) {
        outcome = optcert_build_set(instance, "m", slot, 1);
        outcome = outcome == OPTCERT_REFUSED ? OPTCERT_OK : outcome; /* sgd has no slot */
    }
    if (outcome == OPTCERT_OK) {
        outcome = optcert_build_get(instance, "m", slot);
        outcome = outcome == OPTCERT_NOT_EXPOSED ? OPTCERT_OK : outcome;
    }
    return outcome == OPTCERT_OK ? optcert_build_destroy(instance) : outcome;
}

static void check_hostile(const optcert_defect *defect, optcert_placement placement)
{
    optcert_build_handle *handle = open_defect(defect->name);
    if (handle == NULL) {
        return;
    }
    const optcert_outcome outcome = try_everything(handle, placement);
    UNIT_CHECK(strcmp(optcert_outcome_text(outcome), defect->fails) == 0, "%s: %s (%s), expected %s",
               defect->name, optcert_outcome_text(outcome), optcert_build_symptom(handle), defect->fails);
    UNIT_CHECK(outcome == OPTCERT_OK || optcert_build_symptom(handle)[0] != '\0', "%s: no symptom",
               defect->name);
    optcert_build_close(handle);
}

static void all_contained(void)
{
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        if (optcert_defect_at(i)->kind == OPTCERT_DEFECT_HOSTILE) {
            check_hostile(optcert_defect_at(i), OPTCERT_PLACE_END);
        }
    }
    UNIT_CHECK(access("/tmp/optcert-hostile", F_OK) != 0, "a file was written");
}

/* Where no guard page is near, canaries find writes; reads cannot be found there. */
static void canaries_find_writes(void)
{
    static const char *const names[] = {"hostile-overrun", "hostile-underrun", "hostile-slot-overrun"};
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++) {
            if (strcmp(optcert_defect_at(i)->name, names[j]) == 0) {
                check_hostile(optcert_defect_at(i), OPTCERT_PLACE_ODD);
                check_hostile(optcert_defect_at(i), OPTCERT_PLACE_START);
            }
        }
    }
}

/* What get does is seen, too, where a step asks for the slots. */
static void shown_slots(void)
{
    static const struct {
        const char *name;
        optcert_outcome outcome;
        bool exposed;
    } cases[] = {{"hostile-slot-overrun", OPTCERT_OUT_OF_BOUNDS, false},
                 {"hostile-slot-unwritten", OPTCERT_UNWRITTEN, true},
                 {"right-sgd-momentum", OPTCERT_OK, true},
                 {"right-sgd", OPTCERT_OK, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_build_handle *handle = open_defect(cases[i].name);
        optcert_instance *instance = NULL;
        double theta[N] = {0}, m[N] = {0}, v[N] = {0};
        const double grad[N] = {1, 2, 3, 4, 5};
        optcert_shown shown = {2, {"v", "m"}, {v, m}, {false}};
        UNIT_CHECK(optcert_build_create(handle, N, &hyper, OPTCERT_PLACE_ODD, &instance) == OPTCERT_OK, "create");
        const optcert_outcome outcome = optcert_build_step_shown(instance, theta, grad, &shown);
        UNIT_CHECK(outcome == cases[i].outcome, "%s: %s", cases[i].name, optcert_outcome_text(outcome));
        UNIT_CHECK(!shown.exposed[0] && shown.exposed[1] == cases[i].exposed, "%s: v %d, m %d", cases[i].name,
                   shown.exposed[0], shown.exposed[1]);
        UNIT_CHECK(outcome != OPTCERT_OK || !cases[i].exposed || m[N - 1] == 5, "%s: m is %a", cases[i].name, m[N - 1]);
        optcert_build_close(handle);
    }
}

/* Takes many steps and answers by how much the build's memory grew. */
static uint64_t growth(const char *name)
{
    enum { STEPS = 4000 };
    optcert_build_handle *handle = open_defect(name);
    optcert_instance *instance = NULL;
    double theta[N] = {0};
    const double grad[N] = {0};
    UNIT_CHECK(optcert_build_create(handle, N, &hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK, "create");
    UNIT_CHECK(optcert_build_run(instance, STEPS, theta, grad, 0, NULL, 0, NULL) == OPTCERT_OK, "warm up");
    const uint64_t before = optcert_build_memory(handle);
    UNIT_CHECK(optcert_build_run(instance, STEPS, theta, grad, 0, NULL, 0, NULL) == OPTCERT_OK, "run");
    const uint64_t after = optcert_build_memory(handle);
    optcert_build_close(handle);
    return after - before;
}

static void leaks_show(void)
{
    UNIT_CHECK(growth("hostile-leak") >= 4000 * 4096, "4 KiB a step do not show");
    UNIT_CHECK(growth("right-sgd") == 0, "an honest build grows");
}

static void rounding_shows(void)
{
    optcert_build_handle *handle = open_defect("hostile-rounding");
    optcert_instance *instance = NULL;
    double theta[N] = {0};
    UNIT_CHECK(optcert_build_create(handle, N, &hyper, OPTCERT_PLACE_END, &instance) == OPTCERT_OK, "create");
    UNIT_CHECK(!optcert_build_fp_altered(handle), "altered before it was");
    UNIT_CHECK(optcert_build_step(instance, theta, theta) == OPTCERT_OK, "step");
    UNIT_CHECK(optcert_build_fp_altered(handle), "a changed rounding mode does not show");
    optcert_build_close(handle);
}

/* The same step from arrays at the given places; answers whether all results are equal. */
static bool same_everywhere(const char *name, const optcert_placement *places, size_t count)
{
    optcert_build_handle *handle = open_defect(name);
    double first[N] = {0};
    bool same = true;
    for (size_t i = 0; i < count; i++) {
        double theta[N] = {0.1, 0.2, 0.3, 0.4, 0.5};
        const double grad[N] = {0.7, 0.1, 0.3, 0.9, 0.6};
        const optcert_hyper odd = {.lr = 0.1};
        optcert_instance *instance = NULL;
        UNIT_CHECK(optcert_build_create(handle, N, &odd, places[i], &instance) == OPTCERT_OK, "create");
        UNIT_CHECK(optcert_build_run(instance, 20, theta, grad, 0, NULL, 0, NULL) == OPTCERT_OK, "run");
        memcpy(first, i == 0 ? theta : first, sizeof first);
        same = same && memcmp(first, theta, sizeof first) == 0;
    }
    optcert_build_close(handle);
    return same;
}

static void chance_shows(void)
{
    static const optcert_placement repeated[] = {OPTCERT_PLACE_END, OPTCERT_PLACE_END, OPTCERT_PLACE_END};
    static const optcert_placement different[] = {OPTCERT_PLACE_END, OPTCERT_PLACE_START, OPTCERT_PLACE_ODD};
    UNIT_CHECK(!same_everywhere("hostile-random", repeated, 3), "a random build repeats itself");
    UNIT_CHECK(same_everywhere("right-sgd", repeated, 3), "an honest build does not repeat itself");
    UNIT_CHECK(!same_everywhere("hostile-alignment", different, 3), "dependence on alignment does not show");
    UNIT_CHECK(same_everywhere("right-sgd", different, 3), "an honest build depends on alignment");
}

UNIT_SUITE(build_hostile, {"all_contained", all_contained}, {"canaries_find_writes", canaries_find_writes}, {"shown_slots", shown_slots},
           {"leaks_show", leaks_show}, {"rounding_shows", rounding_shows}, {"chance_shows", chance_shows})
