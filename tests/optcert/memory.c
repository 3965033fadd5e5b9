/* SPDX-License-Identifier: GPL-3.0-or-later
 * A program that has no memory left has found nothing out: it ends with a word, wherever it was. Only the program is
 * linked with --wrap for these functions; the harness's own code returns its errors to other callers. The program's own code
 * (tests/optcert) does not ask again whether it got memory. */
#include "memory.h"
#include "command.h"
#include "options.h"

#include <gmp.h>
#include <gsl/gsl_errno.h>
#include <jansson.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void *__real_malloc(size_t size), *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size), *__wrap_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size), *__wrap_realloc(void *old, size_t size);
void *__real_reallocarray(void *old, size_t count, size_t size), *__wrap_reallocarray(void *old, size_t count, size_t size);
char *__real_strdup(const char *text), *__wrap_strdup(const char *text);
FILE *__real_open_memstream(char **text, size_t *size), *__wrap_open_memstream(char **text, size_t *size);

char *__real_optcert_json_text(const json_t *document), *__wrap_optcert_json_text(const json_t *document);

static void *must_have(void *piece)
{
    if (piece == NULL) {
        optcert_broken("memory is short");
    }
    return piece;
}

/* Of size 0 a null pointer is a right answer. */
void *__wrap_malloc(size_t size)
{
    return must_have(__real_malloc(size > 0 ? size : 1));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return must_have(__real_calloc(count > 0 ? count : 1, size > 0 ? size : 1));
}

void *__wrap_realloc(void *old, size_t size)
{
    return must_have(__real_realloc(old, size > 0 ? size : 1));
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
    return must_have(__real_reallocarray(old, count > 0 ? count : 1, size > 0 ? size : 1));
}

char *__wrap_strdup(const char *text)
{
    return must_have(__real_strdup(text));
}

FILE *__wrap_open_memstream(char **text, size_t *size)
{
    return must_have(__real_open_memstream(text, size));
}

/* libc takes a stream's memory by itself. */
char *__wrap_optcert_json_text(const json_t *document)
{
    return must_have(__real_optcert_json_text(document));
}

static void *gmp_realloc(void *old, size_t old_size, size_t size)
{
    (void)old_size;
    return realloc(old, size);
}

static void sized_free(void *piece, size_t size)
{
    (void)size;
    free(piece);
}

static void gsl_stops(const char *reason, const char *file, int line, int code)
{
    optcert_broken("GSL: %s (%s:%d, error %d)", reason, file, line, code);
}

/* libgomp ends the program by itself, with what is "failed" here. */
static bool leaving;

static void no_verdict(int status, void *unused)
{
    (void)unused;
    if (status == OPTCERT_EXIT_FAILED && !leaving) {
        optcert_note("a library ended the program");
        _exit(OPTCERT_EXIT_TOOL);
    }
}

void optcert_memory_guard(void)
{
    mp_set_memory_functions(malloc, gmp_realloc, sized_free);
    json_set_alloc_funcs(malloc, free);
    gsl_set_error_handler(gsl_stops);
    on_exit(no_verdict, NULL);
}

void optcert_memory_leave(void)
{
    leaving = true;
}
