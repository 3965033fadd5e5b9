/* SPDX-License-Identifier: GPL-3.0-or-later
 * The corpus as a table: every row can be found, means something, and combines only with what it may. */
#include "corpus.h"
#include "dialect.h"
#include "unit.h"

#include <string.h>

static unsigned touched(const optcert_defect *defect)
{
    unsigned count = 0;
    for (int aspect = 0; aspect < ASPECTS; aspect++) {
        count += defect->choice[aspect] != 0;
    }
    return count;
}

static void rows(void)
{
    size_t count[3] = {0};
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        const optcert_defect *defect = optcert_defect_at(i);
        optcert_defect found;
        bool single = true;
        count[defect->kind]++;
        UNIT_CHECK(optcert_defect_resolve(defect->name, &found, &single) && !single, "%s is not found",
                   defect->name);
        UNIT_CHECK(strcmp(found.name, defect->name) == 0, "%s is found as %s", defect->name, found.name);
        UNIT_CHECK(oc_ref_dialect_find(defect->claims) != NULL, "%s claims %s", defect->name, defect->claims);
        const bool wrong = defect->kind == OPTCERT_DEFECT_WRONG;
        UNIT_CHECK(!wrong || touched(defect) > 0, "%s does nothing wrong", defect->name);
        UNIT_CHECK(!wrong || (defect->says[0] != '\0' && strncmp(defect->fails, "conformance.", 12) == 0),
                   "%s does not say what is wrong, or where it shows", defect->name);
    }
    UNIT_CHECK(count[OPTCERT_DEFECT_WRONG] >= 60, "%zu wrong builds", count[OPTCERT_DEFECT_WRONG]);
    unit_note("%zu wrong, %zu right, %zu hostile", count[OPTCERT_DEFECT_WRONG], count[OPTCERT_DEFECT_RIGHT],
              count[OPTCERT_DEFECT_HOSTILE]);
}

/* No two rows of one dialect are the same recipe: a diagnosis could not tell them apart. */
static void rows_differ(void)
{
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        for (size_t j = 0; j < i; j++) {
            const optcert_defect *a = optcert_defect_at(i);
            const optcert_defect *b = optcert_defect_at(j);
            const bool same =
                strcmp(a->claims, b->claims) == 0 && memcmp(a->choice, b->choice, sizeof a->choice) == 0;
            UNIT_CHECK(!same, "%s is %s", a->name, b->name);
        }
    }
}

static void words(void)
{
    static const struct {
        const char *words;
        bool found, single;
        unsigned touched;
    } cases[] = {
        {"adam-eps-hat", true, false, 1},
        {"adam-eps-hat-f32", true, true, 1},
        {"adam-eps-hat-f64", true, false, 1},
        {"adam-eps-hat+adam-first-unweighted", true, false, 2},
        {"adam-eps-hat+adam-first-unweighted+adam-tail-4-skipped-f32", true, true, 3},
        {"adam-eps-hat+adam-eps-missing", false, false, 0},       /* one aspect twice */
        {"adam-eps-hat+sgd-negated", false, false, 0},            /* two dialects */
        {"adam-eps-hat+adam-float32-state-f32", false, false, 0}, /* means nothing in binary32 */
        {"adam-eps-hat+", false, false, 0},
        {"+adam-eps-hat", false, false, 0},
        {"adam-eps", false, false, 0},
        {"", false, false, 0},
        {"-f32", false, false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        optcert_defect recipe = {0};
        bool single = false;
        const bool found = optcert_defect_resolve(cases[i].words, &recipe, &single);
        UNIT_CHECK(found == cases[i].found, "'%s' is%s found", cases[i].words, found ? "" : " not");
        UNIT_CHECK(!found || single == cases[i].single, "'%s' has the other format", cases[i].words);
        UNIT_CHECK(!found || touched(&recipe) == cases[i].touched, "'%s' touches %u aspects", cases[i].words,
                   touched(&recipe));
    }
}

UNIT_SUITE(defect_corpus, {"rows", rows}, {"rows_differ", rows_differ}, {"words", words})
