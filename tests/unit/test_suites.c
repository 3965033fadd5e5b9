/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which suites a list names. */
#include "suites.h"
#include "unit.h"

#include <string.h>

static const struct {
    const char *list;
    const char *names; /* of the suites chosen, in the table's order; NULL: refused */
    const char *word;  /* that is none */
} lists[] = {
    {"conformance", "conformance ", ""},
    {"robustness", "robustness ", ""},
    {"robustness,conformance", "conformance robustness ", ""},
    {"conformance,conformance", "conformance ", ""},
    {"", NULL, ""},
    {"conformance,", NULL, ""},
    {",conformance", NULL, ""},
    {"conformance,nosuch", NULL, "nosuch"},
    {"conform", NULL, "conform"},
    {"conformance ", NULL, "conformance "},
};

static void names_of(uint64_t chosen, char *out)
{
    *out = '\0';
    for (size_t i = 0; optcert_suites[i].name != NULL; i++) {
        if ((chosen >> i & 1) != 0) {
            strcat(strcat(out, optcert_suites[i].name), " ");
        }
    }
}

static void select_by_list(void)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        uint64_t chosen = 0;
        char word[64] = "", names[1024];
        const bool taken = optcert_suites_select(lists[i].list, &chosen, word, sizeof word);
        names_of(chosen, names);
        UNIT_CHECK(taken == (lists[i].names != NULL), "'%s' was%s taken", lists[i].list, taken ? "" : " not");
        UNIT_CHECK(!taken || strcmp(names, lists[i].names) == 0, "'%s' chose %s", lists[i].list, names);
        UNIT_CHECK(taken || strcmp(word, lists[i].word) == 0, "'%s' blames '%s'", lists[i].list, word);
    }
}

static void defaults_and_all(void)
{
    uint64_t none = 0, usual = 0, all = 0;
    char word[64];
    UNIT_CHECK(optcert_suites_select(NULL, &none, word, sizeof word), "no list");
    UNIT_CHECK(optcert_suites_select("default", &usual, word, sizeof word) && none == usual, "default");
    UNIT_CHECK(optcert_suites_select("all", &all, word, sizeof word), "all");
    for (size_t i = 0; optcert_suites[i].name != NULL; i++) {
        UNIT_CHECK((all >> i & 1) != 0, "all leaves out %s", optcert_suites[i].name);
        UNIT_CHECK((usual >> i & 1) == optcert_suites[i].by_default, "default and %s", optcert_suites[i].name);
    }
}

UNIT_SUITE(suites, {"select_by_list", select_by_list}, {"defaults_and_all", defaults_and_all})
