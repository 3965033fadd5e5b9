/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one way in which JSON is written. jansson prints reals with 17 digits (0.6 as
 * 0.59999999999999998); this writer differs from it in that alone. */
#include "json_text.h"
#include "number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

json_t *optcert_json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *optcert_json_string(const char *text)
{
    json_t *string = json_string(text);
    char *own = string == NULL ? strdup(text) : NULL;
    for (char *c = own; c != NULL && *c != '\0'; c++) {
        *c = (unsigned char)*c > '~' ? '?' : *c;
    }
    if (own != NULL) {
        string = json_string(own);
        free(own);
    }
    return string;
}

json_t *optcert_json_bits(double value)
{
    return isfinite(value) ? json_sprintf("%a", value)
                           : json_sprintf("%s", isnan(value) ? "nan"
                                                : value > 0  ? "inf"
                                                             : "-inf");
}

static void write_value(const json_t *value, int depth, FILE *out);

/* A real keeps a point or an exponent, so that it reads back as a real. */
static void write_real(double value, FILE *out)
{
    char text[OPTCERT_NUMBER_SIZE];
    optcert_number_shortest(value, text);
    fputs(text, out);
    fputs(strpbrk(text, ".e") == NULL ? ".0" : "", out);
}

static void new_line(int depth, FILE *out)
{
    fprintf(out, "\n%*s", 2 * depth, "");
}

static void write_scalar(const json_t *value, FILE *out)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY);
    fputs(text != NULL ? text : "null", out);
    free(text);
}

static void write_object(const json_t *object, int depth, FILE *out)
{
    const char *key, *before = "";
    json_t *member;
    fputc('{', out);
    json_object_foreach((json_t *)(size_t)object, key, member)
    {
        fputs(before, out);
        new_line(depth + 1, out);
        json_t *name = json_string(key);
        write_scalar(name, out);
        json_decref(name);
        fputs(": ", out);
        write_value(member, depth + 1, out);
        before = ",";
    }
    if (*before != '\0') {
        new_line(depth, out);
    }
    fputc('}', out);
}

static void write_array(const json_t *array, int depth, FILE *out)
{
    const size_t size = json_array_size(array);
    fputc('[', out);
    for (size_t i = 0; i < size; i++) {
        fputs(i > 0 ? "," : "", out);
        new_line(depth + 1, out);
        write_value(json_array_get(array, i), depth + 1, out);
    }
    if (size > 0) {
        new_line(depth, out);
    }
    fputc(']', out);
}

static void write_value(const json_t *value, int depth, FILE *out)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        write_object(value, depth, out);
        break;
    case JSON_ARRAY:
        write_array(value, depth, out);
        break;
    case JSON_REAL:
        write_real(json_real_value(value), out);
        break;
    default:
        write_scalar(value, out);
        break;
    }
}

char *optcert_json_text(const json_t *document)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL) {
        return NULL;
    }
    write_value(document, 0, out);
    fputc('\n', out);
    const int failed = ferror(out);
    if ((fclose(out) | failed) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

void optcert_json_print(json_t *document, FILE *out)
{
    write_value(document, 0, out);
    fputc('\n', out);
    json_decref(document);
}
