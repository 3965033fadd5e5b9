/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrap.h"

#include <string.h>

enum { WIDTH = 80 };

void optcert_wrap(const char *label, int indent, const char *text, FILE *out)
{
    const size_t room = (size_t)(WIDTH - indent);
    fprintf(out, "%-*s", indent, label);
    while (strlen(text) > room) {
        size_t cut = room;
        while (cut > 0 && text[cut] != ' ') {
            cut--;
        }
        cut = cut > 0 ? cut : room;
        fprintf(out, "%.*s\n%*s", (int)cut, text, indent, "");
        text += cut + (text[cut] == ' ' ? 1 : 0);
    }
    fprintf(out, "%s\n", text);
}
