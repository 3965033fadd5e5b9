/* SPDX-License-Identifier: GPL-3.0-or-later
 * Splitting a command into words without a shell. */
#include "build_words.h"
#include "unit.h"

#include <string.h>

static void splits(void)
{
    static const struct {
        const char *command;
        const char *words; /* joined by '|'; NULL: no command */
    } cases[] = {
        {"a", "a"},
        {"  python3  x.py\tadam ", "python3|x.py|adam"},
        {"a 'b c' d", "a|b c|d"},
        {"a \"b 'c\" d", "a|b 'c|d"},
        {"a\\ b c", "a b|c"},
        {"'a\\b'", "a\\b"},
        {"\"a\\\"b\"", "a\"b"},
        {"a '' b", "a||b"},
        {"x'y'\"z\"", "xyz"},
        {"tail\\", "tail\\"},
        {"", NULL},
        {" \t\n", NULL},
        {"a 'b", NULL},
        {"a \"b", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char joined[128] = "";
        char **words = optcert_words_split(cases[i].command);
        for (size_t w = 0; words != NULL && words[w] != NULL; w++) {
            strcat(strcat(joined, w > 0 ? "|" : ""), words[w]);
        }
        const bool right =
            cases[i].words == NULL ? words == NULL : words != NULL && strcmp(joined, cases[i].words) == 0;
        UNIT_CHECK(right, "'%s' became '%s'", cases[i].command, words != NULL ? joined : "nothing");
        optcert_words_free(words);
    }
}

UNIT_SUITE(build_words, {"splits", splits})
