/* SPDX-License-Identifier: GPL-3.0-or-later
 * JSON as text, one way only: two-space indent, members in the order in which they were set, every
 * real number as the shortest decimal that reads back as the same double. Same tree, same bytes. */
#ifndef OPTCERT_JSON_TEXT_H
#define OPTCERT_JSON_TEXT_H
#include <jansson.h>
#include <stdio.h>

/* A real number; null when it is not finite (JSON has no word for those). */
json_t *optcert_json_number(double value);

/* A text from outside: bytes that are not ASCII become '?' where the text is not UTF-8. */
json_t *optcert_json_string(const char *text);

/* The bits of a real number as a string: "0x1.8p+1", "nan", "inf", "-inf". */
json_t *optcert_json_bits(double value);

/* The text with a final newline; the caller frees it. NULL when memory fails. */
char *optcert_json_text(const json_t *document);

/* Prints the document and gives up this reference to it. */
void optcert_json_print(json_t *document, FILE *out);

#endif
