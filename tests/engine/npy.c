/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading .npy. The header is a Python dictionary of three known keys; this reads that grammar and no more. */
#include "npy.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    const char *at, *end; /* of the header's text */
    char *why;
} reader;

typedef struct header {
    char descr[16];
    bool has_descr, has_order, has_shape, fortran;
    size_t dimensions, shape[2];
} header;

__attribute__((format(printf, 2, 3))) static bool refuse(char *why, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, OPTCERT_NPY_REASON, format, arguments);
    va_end(arguments);
    return false;
}

static void skip_space(reader *r)
{
    while (r->at < r->end && isspace((unsigned char)*r->at)) {
        r->at++;
    }
}

static bool take(reader *r, char wanted)
{
    skip_space(r);
    if (r->at == r->end || *r->at != wanted) {
        return false;
    }
    r->at++;
    return true;
}

/* 'text' or "text"; what does not fit, or has escapes, is none of the words in question. */
static bool take_word(reader *r, char *out, size_t size)
{
    skip_space(r);
    if (r->at == r->end || (*r->at != '\'' && *r->at != '"')) {
        return false;
    }
    const char quote = *r->at++;
    const char *close = memchr(r->at, quote, (size_t)(r->end - r->at));
    const size_t length = close != NULL ? (size_t)(close - r->at) : size;
    if (length >= size) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        out[i] = isprint((unsigned char)r->at[i]) ? r->at[i] : '?';
    }
    out[length] = '\0';
    r->at = close + 1;
    return true;
}

static bool take_literal(reader *r, const char *word)
{
    skip_space(r);
    const size_t length = strlen(word);
    if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0) {
        return false;
    }
    r->at += length;
    return true;
}

static bool take_size(reader *r, size_t *out)
{
    skip_space(r);
    size_t value = 0;
    const char *first = r->at;
    for (; r->at < r->end && isdigit((unsigned char)*r->at); r->at++) {
        const size_t digit = (size_t)(*r->at - '0');
        if (value > (SIZE_MAX - digit) / 10) {
            return false;
        }
        value = 10 * value + digit;
    }
    *out = value;
    return r->at > first;
}

static bool read_shape(reader *r, header *h)
{
    if (!take(r, '(')) {
        return refuse(r->why, "its header's shape is not a tuple");
    }
    while (!take(r, ')')) {
        size_t size;
        if (!take_size(r, &size)) {
            return refuse(r->why, "its header's shape is not a tuple of sizes");
        }
        if (h->dimensions < 2) {
            h->shape[h->dimensions] = size;
        }
        h->dimensions++;
        if (!take(r, ',') && (skip_space(r), r->at == r->end || *r->at != ')')) {
            return refuse(r->why, "its header's shape is not a tuple of sizes");
        }
    }
    h->has_shape = true;
    return true;
}

static bool read_entry(reader *r, header *h)
{
    char key[32];
    if (!take_word(r, key, sizeof key) || !take(r, ':')) {
        return refuse(r->why, "its header is not a dictionary of descr, fortran_order and shape");
    }
    if (strcmp(key, "descr") == 0) {
        h->has_descr = take_word(r, h->descr, sizeof h->descr);
        if (!h->has_descr) {
            return refuse(r->why, "its descr is not a simple type (structured arrays are not taken)");
        }
        return true;
    }
    if (strcmp(key, "fortran_order") == 0) {
        h->fortran = take_literal(r, "True");
        h->has_order = h->fortran || take_literal(r, "False");
        if (!h->has_order) {
            return refuse(r->why, "its fortran_order is neither True nor False");
        }
        return true;
    }
    if (strcmp(key, "shape") == 0) {
        return read_shape(r, h);
    }
    return refuse(r->why, "its header has the unknown key '%s'", key);
}

static bool read_header(reader *r, header *h)
{
    if (!take(r, '{')) {
        return refuse(r->why, "its header is not a dictionary");
    }
    while (!take(r, '}')) {
        if (!read_entry(r, h)) {
            return false;
        }
        if (!take(r, ',') && (skip_space(r), r->at == r->end || *r->at != '}')) {
            return refuse(r->why, "its header is not a dictionary of descr, fortran_order and shape");
        }
    }
    if (!h->has_descr || !h->has_order || !h->has_shape) {
        return refuse(r->why, "its header lacks %s", !h->has_descr ? "descr" : !h->has_order ? "fortran_order" : "shape");
    }
    return true;
}

/* The width of an element, 0 for a type that is not taken; whether its bytes must be swapped. */
static size_t width_of(const char *descr, bool *swap)
{
    const bool little = descr[0] == '<', big = descr[0] == '>', native = descr[0] == '=';
    *swap = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? big : little;
    if (!(little || big || native)) {
        return 0;
    }
    return strcmp(descr + 1, "f4") == 0 ? 4 : strcmp(descr + 1, "f8") == 0 ? 8 : 0;
}

static double element(const unsigned char *at, size_t width, bool swap)
{
    unsigned char bytes[8];
    float single;
    double value;
    for (size_t i = 0; i < width; i++) {
        bytes[i] = at[swap ? width - 1 - i : i];
    }
    if (width == 4) {
        memcpy(&single, bytes, 4);
        return (double)single;
    }
    memcpy(&value, bytes, 8);
    return value;
}

static bool read_values(const header *h, const unsigned char *at, size_t left, optcert_npy *out, char *why)
{
    bool swap;
    const size_t width = width_of(h->descr, &swap);
    if (width == 0) {
        return refuse(why, "its type is '%s': only float32 ('<f4') and float64 ('<f8') arrays are taken", h->descr);
    }
    if (h->dimensions == 0 || h->dimensions > 2) {
        return refuse(why, "it has %zu dimensions: it must have 2, gradients by coordinates", h->dimensions);
    }
    const size_t rows = h->shape[0], columns = h->dimensions == 2 ? h->shape[1] : 1;
    if (rows == 0 || columns == 0) {
        return refuse(why, "it is empty: %zu x %zu", rows, columns);
    }
    if (rows > left / width / columns) {
        return refuse(why, "it is cut short: %zu x %zu values of %zu bytes are announced, %zu bytes follow", rows, columns,
                      width, left);
    }
    if (left > rows * columns * width) {
        return refuse(why, "%zu bytes follow its %zu x %zu values", left - rows * columns * width, rows, columns);
    }
    double *value = malloc(rows * columns * sizeof *value);
    if (value == NULL) {
        return refuse(why, "memory is short for %zu x %zu values", rows, columns);
    }
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < columns; j++) {
            const size_t place = h->fortran ? j * rows + i : i * columns + j;
            value[i * columns + j] = element(at + place * width, width, swap);
        }
    }
    *out = (optcert_npy){rows, columns, value};
    return true;
}

bool optcert_npy_parse(const unsigned char *bytes, size_t size, optcert_npy *out, char why[OPTCERT_NPY_REASON])
{
    if (size < 10 || memcmp(bytes, "\x93NUMPY", 6) != 0) {
        return refuse(why, "it is not a .npy file");
    }
    const unsigned major = bytes[6];
    if (major < 1 || major > 3) {
        return refuse(why, "it has version %u of the format: 1 to 3 are known", major);
    }
    const size_t start = major == 1 ? 10 : 12;
    size_t length = bytes[8] + 256u * bytes[9];
    if (major > 1) {
        length += size >= start ? ((size_t)bytes[10] << 16) + ((size_t)bytes[11] << 24) : 0;
    }
    if (size < start || length > size - start) {
        return refuse(why, "it is cut short in its header");
    }
    const char *text = (const char *)bytes + start;
    reader r = {text, text + length, why};
    header h = {0};
    return read_header(&r, &h) && read_values(&h, bytes + start + length, size - start - length, out, why);
}

/* All of a file, also of one whose size is not known before. */
static unsigned char *slurp(FILE *file, size_t *size)
{
    size_t room = 1 << 16;
    unsigned char *bytes = malloc(room);
    *size = 0;
    while (bytes != NULL) {
        *size += fread(bytes + *size, 1, room - *size, file);
        if (*size < room) {
            return bytes;
        }
        unsigned char *more = room <= SIZE_MAX / 2 ? realloc(bytes, room *= 2) : NULL;
        if (more == NULL) {
            free(bytes);
        }
        bytes = more;
    }
    return NULL;
}

bool optcert_npy_read(const char *path, optcert_npy *out, char why[OPTCERT_NPY_REASON])
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return refuse(why, "it cannot be opened: %s", strerror(errno));
    }
    size_t size;
    errno = 0;
    unsigned char *bytes = slurp(file, &size);
    const bool broken = ferror(file) != 0;
    const int error = errno;
    fclose(file);
    const bool ok = bytes == NULL ? refuse(why, "memory is short")
                    : broken      ? refuse(why, "it cannot be read: %s", strerror(error))
                                  : optcert_npy_parse(bytes, size, out, why);
    free(bytes);
    return ok;
}
