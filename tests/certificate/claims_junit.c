/* SPDX-License-Identifier: GPL-3.0-or-later
 * JUnit XML. */
#include "claims_junit.h"
#include "whole_file.h"

/* Control characters are not allowed in XML 1.0 at all; optcert_claims_add leaves none in a claim's texts. */
static void escaped(const char *text, FILE *out)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

static void attribute(const char *name, const char *value, FILE *out)
{
    fprintf(out, " %s=\"", name);
    escaped(value, out);
    fputc('"', out);
}

static size_t count(const optcert_claims *claims, optcert_verdict verdict)
{
    size_t found = 0;
    for (size_t i = 0; i < claims->count; i++) {
        found += claims->item[i].verdict == verdict ? 1 : 0;
    }
    return found;
}

static void print_case(const char *suite, const optcert_claim *claim, FILE *out)
{
    fputs("    <testcase", out);
    attribute("classname", suite, out);
    attribute("name", claim->id, out);
    if (claim->verdict == OPTCERT_PASSED) {
        fputs("/>\n", out);
        return;
    }
    fputs(claim->verdict == OPTCERT_FAILED ? ">\n      <failure" : ">\n      <skipped", out);
    attribute("message", claim->detail, out);
    fputs("/>\n    </testcase>\n", out);
}

void optcert_junit_print(const char *suite, const optcert_claims *claims, FILE *out)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n  <testsuite", out);
    attribute("name", suite, out);
    fprintf(out, " tests=\"%zu\" failures=\"%zu\" skipped=\"%zu\" errors=\"0\">\n", claims->count,
            count(claims, OPTCERT_FAILED), count(claims, OPTCERT_INCONCLUSIVE));
    for (size_t i = 0; i < claims->count; i++) {
        print_case(suite, &claims->item[i], out);
    }
    fputs("  </testsuite>\n</testsuites>\n", out);
}

bool optcert_junit_write(const char *path, const char *suite, const optcert_claims *claims)
{
    optcert_whole_file file;
    FILE *out = optcert_whole_open(&file, path);
    if (out == NULL) {
        return false;
    }
    optcert_junit_print(suite, claims, out);
    return optcert_whole_close(&file);
}
