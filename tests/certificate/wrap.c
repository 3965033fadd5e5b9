/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wrap.h"

#include <string.h>

enum { WIDTH = 80 };

/* Control characters could drive the terminal: texts may come from the build under test. */
static void line(const char *text, size_t length, FILE *out)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)text[i];
        fputc(c < ' ' || c == 0x7f ? '?' : c, out);
    }
    fputc('\n', out);
}

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
        line(text, cut, out);
        fprintf(out, "%*s", indent, "");
        text += cut + (text[cut] == ' ' ? 1 : 0);
    }
    line(text, strlen(text), out);
}
