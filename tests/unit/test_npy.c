/* SPDX-License-Identifier: GPL-3.0-or-later
 * The .npy reader: every form that NumPy writes, and files that are none. */
#include "npy.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

typedef struct npy_case {
    unsigned version;
    const char *header;
    size_t payload;     /* bytes that follow */
    const char *reason; /* NULL: taken */
    size_t rows, columns;
    const char *origin;
} npy_case;

#define DICT(descr, order, shape) "{'descr': '" descr "', 'fortran_order': " order ", 'shape': " shape ", }"

static const npy_case cases[] = {
    {1, DICT("<f8", "False", "(2, 3)"), 48, NULL, 2, 3, "np.save"},
    {1, DICT("<f4", "False", "(2, 3)"), 24, NULL, 2, 3, "np.save, float32"},
    {2, DICT("<f8", "True", "(2, 3)"), 48, NULL, 2, 3, "version 2.0"},
    {3, DICT(">f8", "False", "(2, 3)"), 48, NULL, 2, 3, "version 3.0"},
    {1, DICT("=f4", "False", "(4,)"), 16, NULL, 4, 1, "one dimension"},
    {1, "{\"shape\":(1,1),\"descr\":\"<f8\",\"fortran_order\":False}\n", 8, NULL, 1, 1, "other order and quotes"},
    {1, DICT("<f8", "False", "(2, 3)") "      \n", 48, NULL, 2, 3, "padding to 64"},
    {4, DICT("<f8", "False", "(2, 3)"), 48, "it has version 4", 0, 0, "version"},
    {0, DICT("<f8", "False", "(2, 3)"), 48, "it has version 0", 0, 0, "version"},
    {1, DICT("<f2", "False", "(2, 3)"), 12, "its type is '<f2'", 0, 0, "half precision"},
    {1, DICT("|u1", "False", "(2, 3)"), 6, "its type is '|u1'", 0, 0, "bytes"},
    {1, DICT("<c16", "False", "(2, 3)"), 96, "its type is '<c16'", 0, 0, "complex"},
    {1, "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", 16, "its descr is not a simple type", 0, 0,
     "structured"},
    {1, DICT("<f8", "False", "()"), 8, "it has 0 dimensions", 0, 0, "a scalar"},
    {1, DICT("<f8", "False", "(2, 3, 1)"), 48, "it has 3 dimensions", 0, 0, "three dimensions"},
    {1, DICT("<f8", "False", "(0, 3)"), 0, "it is empty: 0 x 3", 0, 0, "empty"},
    {1, DICT("<f8", "False", "(2, 3)"), 47, "it is cut short: 2 x 3 values", 0, 0, "truncated values"},
    {1, DICT("<f8", "False", "(2, 3)"), 49, "1 bytes follow its 2 x 3 values", 0, 0, "trailing bytes"},
    {1, DICT("<f8", "False", "(4611686018427387904, 4)"), 0, "it is cut short", 0, 0, "sizes whose product wraps"},
    {1, DICT("<f8", "False", "(99999999999999999999, 4)"), 0, "not a tuple of sizes", 0, 0, "a size that wraps"},
    {1, DICT("<f8", "False", "(-1, 4)"), 0, "not a tuple of sizes", 0, 0, "negative"},
    {1, DICT("<f8", "False", "(2, 3"), 48, "not a tuple of sizes", 0, 0, "open tuple"},
    {1, DICT("<f8", "Maybe", "(2, 3)"), 48, "neither True nor False", 0, 0, "order"},
    {1, "{'descr': '<f8', 'shape': (2, 3)}", 48, "its header lacks fortran_order", 0, 0, "no order"},
    {1, "{'descr': '<f8', 'fortran_order': False}", 48, "its header lacks shape", 0, 0, "no shape"},
    {1, "{}", 48, "its header lacks descr", 0, 0, "nothing"},
    {1, "{'other': 1}", 48, "unknown key 'other'", 0, 0, "another key"},
    {1, "[1, 2]", 48, "its header is not a dictionary", 0, 0, "a list"},
    {1, "{'descr", 48, "its header is not a dictionary of", 0, 0, "cut in a word"},
    {1, "", 48, "its header is not a dictionary", 0, 0, "no header"},
    {1, "{'shape': (2", 0, "not a tuple of sizes", 0, 0, "cut in a size"},
    {1, "{'shape': (2, 3;", 0, "not a tuple of sizes", 0, 0, "another mark in a tuple"},
    {1, "{'shape': (2, 3)", 0, "not a dictionary of descr", 0, 0, "cut after an entry"},
    {1, "{'shape': (2, 3);", 0, "not a dictionary of descr", 0, 0, "another mark after an entry"},
    {1, "{'descr': x", 0, "its descr is not a simple type", 0, 0, "no word"},
};

/* The file of a case; payload bytes are 0, 1, 2, ... */
static unsigned char *file_of(const npy_case *c, size_t *size)
{
    const size_t length = strlen(c->header), start = c->version == 1 ? 10 : 12;
    unsigned char *bytes = calloc(1, start + length + c->payload + 1);
    memcpy(bytes, "\x93NUMPY", 6);
    bytes[6] = (unsigned char)c->version;
    bytes[8] = (unsigned char)length;
    bytes[9] = (unsigned char)(length >> 8);
    memcpy(bytes + start, c->header, length);
    for (size_t i = 0; i < c->payload; i++) {
        bytes[start + length + i] = (unsigned char)(i * 37 % 61);
    }
    *size = start + length + c->payload;
    return bytes;
}

static void forms(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const npy_case *c = &cases[i];
        optcert_npy array = {0, 0, NULL};
        char why[OPTCERT_NPY_REASON] = "";
        size_t size;
        unsigned char *bytes = file_of(c, &size);
        const bool taken = optcert_npy_parse(bytes, size, &array, why);
        UNIT_CHECK(taken == (c->reason == NULL), "%s: %s", c->origin, taken ? "taken" : why);
        UNIT_CHECK(array.rows == c->rows && array.columns == c->columns, "%s: %zu x %zu", c->origin, array.rows,
                   array.columns);
        UNIT_CHECK(c->reason == NULL || strstr(why, c->reason) != NULL, "%s: '%s' lacks '%s'", c->origin, why, c->reason);
        free(array.value);
        free(bytes);
    }
}

/* 2 x 3, value 10 i + j at (i, j), in both orders, widths and byte orders. */
static void values(void)
{
    static const struct {
        const char *header;
        size_t width;
        bool big, fortran;
    } layouts[] = {{DICT("<f8", "False", "(2, 3)"), 8, false, false}, {DICT("<f8", "True", "(2, 3)"), 8, false, true},
                   {DICT(">f8", "False", "(2, 3)"), 8, true, false},  {DICT("<f4", "True", "(2, 3)"), 4, false, true},
                   {DICT(">f4", "False", "(2, 3)"), 4, true, false},  {DICT(">f4", "True", "(2, 3)"), 4, true, true}};
    for (size_t k = 0; k < sizeof layouts / sizeof layouts[0]; k++) {
        const size_t width = layouts[k].width;
        const npy_case c = {1, layouts[k].header, 6 * width, NULL, 2, 3, ""};
        size_t size;
        unsigned char *bytes = file_of(&c, &size);
        for (size_t n = 0; n < 6; n++) {
            const size_t i = layouts[k].fortran ? n % 2 : n / 3, j = layouts[k].fortran ? n / 2 : n % 3;
            const double value = 10.0 * (double)i + (double)j;
            const float single = (float)value;
            unsigned char raw[8];
            memcpy(raw, width == 4 ? (const void *)&single : (const void *)&value, width);
            for (size_t b = 0; b < width; b++) { /* the tests run on little-endian machines */
                bytes[size - (6 - n) * width + b] = raw[layouts[k].big ? width - 1 - b : b];
            }
        }
        optcert_npy array = {0, 0, NULL};
        char why[OPTCERT_NPY_REASON] = "";
        UNIT_CHECK(optcert_npy_parse(bytes, size, &array, why), "%s: %s", layouts[k].header, why);
        for (size_t n = 0; array.value != NULL && n < 6; n++) {
            UNIT_CHECK(array.value[n] == 10.0 * (double)(n / 3) + (double)(n % 3), "%s: element %zu is %g",
                       layouts[k].header, n, array.value[n]);
        }
        free(array.value);
        free(bytes);
    }
}

/* Every prefix of a good file is refused; every change of one byte is refused or taken, and nothing else happens. */
static void damage(void)
{
    const npy_case c = {2, DICT("<f8", "False", "(2, 3)"), 48, NULL, 2, 3, ""};
    size_t size;
    unsigned char *bytes = file_of(&c, &size);
    for (size_t cut = 0; cut < size; cut++) {
        unsigned char *part = malloc(cut + 1); /* of its own, so that reading past it is seen */
        optcert_npy array;
        char why[OPTCERT_NPY_REASON];
        memcpy(part, bytes, cut);
        UNIT_CHECK(!optcert_npy_parse(part, cut, &array, why), "the first %zu bytes were taken", cut);
        free(part);
    }
    for (size_t at = 0; at < size; at++) {
        for (unsigned change = 1; change < 256; change += 5) {
            optcert_npy array = {0, 0, NULL};
            char why[OPTCERT_NPY_REASON];
            bytes[at] ^= (unsigned char)change;
            (void)optcert_npy_parse(bytes, size, &array, why);
            free(array.value);
            bytes[at] ^= (unsigned char)change;
        }
    }
    free(bytes);
    UNIT_CHECK(true, "damaged files were survived");
}

UNIT_SUITE(npy, {"forms", forms}, {"values", values}, {"damage", damage})
