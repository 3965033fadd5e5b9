/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the fuzz targets share. A target is one file NAME.c with one LLVMFuzzerTestOneInput; it is linked with libFuzzer
 * to search, and with replay.c to run through its corpus in the ordinary tests. */
#ifndef OPTCERT_FUZZ_H
#define OPTCERT_FUZZ_H
#include <jansson.h>

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* A zero-terminated copy of exactly size + 1 bytes, so that reading behind it is seen. The caller frees it. */
static inline char *fuzz_text(const uint8_t *bytes, size_t size)
{
    char *text = malloc(size + 1);
    if (text == NULL) {
        abort();
    }
    memcpy(text, bytes, size);
    text[size] = '\0';
    return text;
}

/* What must hold whatever the input: stops here when it does not, so that the input is kept. */
static inline void fuzz_must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "fuzz: violated: %s\n", what);
        abort();
    }
}

#endif
