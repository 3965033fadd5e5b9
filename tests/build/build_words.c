/* SPDX-License-Identifier: GPL-3.0-or-later
 * Splitting a command without a shell. The words share one buffer that lies behind the pointers. */
#include "build_words.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/* Copies one word, unquoted, to *to; answers where it ended, or NULL at an open quote. */
static const char *copy_word(const char *from, char **to)
{
    char quote = '\0';
    for (; *from != '\0' && (quote != '\0' || !is_blank(*from)); from++) {
        if (*from == quote) {
            quote = '\0';
        } else if (quote == '\0' && (*from == '"' || *from == '\'')) {
            quote = *from;
        } else {
            if (*from == '\\' && quote != '\'' && from[1] != '\0') {
                from++;
            }
            *(*to)++ = *from;
        }
    }
    *(*to)++ = '\0';
    return quote == '\0' ? from : NULL;
}

char **optcert_words_split(const char *command)
{
    const size_t length = strlen(command);
    const size_t most = length / 2 + 2; /* words, each followed by a blank, and the NULL */
    char **words = malloc(most * sizeof *words + 2 * length + 2);
    if (words == NULL) {
        return NULL;
    }
    char *to = (char *)(words + most);
    size_t count = 0;
    while (command != NULL) {
        while (is_blank(*command)) {
            command++;
        }
        if (*command == '\0') {
            break;
        }
        words[count++] = to;
        command = copy_word(command, &to);
    }
    if (command == NULL || count == 0) {
        free(words);
        return NULL;
    }
    words[count] = NULL;
    return words;
}

void optcert_words_free(char **words)
{
    free(words);
}
