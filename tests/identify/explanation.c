/* SPDX-License-Identifier: GPL-3.0-or-later
 * Explanations in words. */
#include "diagnose.h"

#include <stdio.h>

void optcert_explanation_changes(const optcert_explanation *explanation, char *out, size_t size)
{
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < explanation->count && length < size; i++) {
        char text[160];
        optcert_change_text(explanation->change[i], explanation->value[i], explanation->number, text, sizeof text);
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? " and " : "", text);
        if (explanation->part != PART_NONE && i == explanation->part_of && length < size) {
            length += (size_t)snprintf(out + length, size - length, " in elements %s full blocks of %zu",
                                       explanation->part == PART_TAIL ? "after the last of the" : "of", explanation->block);
        }
    }
}

void optcert_explanation_hidden(const optcert_explanation *explanation, char *out, size_t size)
{
    enum { SHOWN = 3 };
    size_t length = 0;
    *out = '\0';
    for (size_t i = 0; i < explanation->hiddens && i < SHOWN && length < size; i++) {
        length += (size_t)snprintf(out + length, size - length, "%s%s", i > 0 ? "; " : "", explanation->hidden[i]->says);
    }
    if (explanation->hiddens > SHOWN && length < size) {
        snprintf(out + length, size - length, "; and %zu more", explanation->hiddens - SHOWN);
    }
}

void optcert_explanation_caveat(const optcert_explanation *explanation, char *out, size_t size)
{
    char hidden[560];
    optcert_explanation_hidden(explanation, hidden, sizeof hidden);
    snprintf(out, size, "%s%s", *hidden != '\0' ? "these would show nowhere beside it, and so cannot be told: " : "", hidden);
}

void optcert_explanation_text(const optcert_explanation *explanation, char *out, size_t size)
{
    char changes[560], difference[512];
    optcert_explanation_changes(explanation, changes, sizeof changes);
    if (explanation->first.record == NULL) {
        snprintf(out, size, "matches %s on everything tried", explanation->dialect->name);
        return;
    }
    optcert_mismatch_text(&explanation->first, explanation->dialect->name, difference, sizeof difference);
    snprintf(out, size, "matches %s exactly if %s; %s", explanation->dialect->name, changes, difference);
}
