/* SPDX-License-Identifier: GPL-3.0-or-later
 * A certificate as one self-contained page of HTML: no script, nothing fetched. */
#ifndef OPTCERT_HTML_H
#define OPTCERT_HTML_H
#include <jansson.h>
#include <stdio.h>

void optcert_html_print(const json_t *statement, FILE *out);

/* Text as HTML takes it, in elements and in quoted attributes; control characters become '?'. */
void optcert_html_escaped(const char *text, FILE *out);

#endif
