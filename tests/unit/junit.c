/* SPDX-License-Identifier: GPL-3.0-or-later
 * JUnit XML. See junit.h. */
#include "junit.h"

#include <stdio.h>

/* XML 1.0 text: the five special characters escaped, control characters that XML forbids as '?'. */
static void write_text(FILE *file, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            fputs("&amp;", file);
            break;
        case '<':
            fputs("&lt;", file);
            break;
        case '>':
            fputs("&gt;", file);
            break;
        case '"':
            fputs("&quot;", file);
            break;
        default:
            fputc((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t' ? '?' : *c, file);
        }
    }
}

static void write_case(FILE *file, const unit_result *result)
{
    fprintf(file, "  <testcase classname=\"%s\" name=\"%s\" time=\"%.6f\" assertions=\"%zu\"", result->suite,
            result->test, result->seconds, result->asserts);
    if (result->failed == 0) {
        fputs("/>\n", file);
        return;
    }
    fprintf(file, ">\n    <failure message=\"%zu of %zu assertions failed\">", result->failed, result->asserts);
    write_text(file, result->message == NULL ? "" : result->message);
    fputs("</failure>\n  </testcase>\n", file);
}

bool unit_write_junit(const char *path, const unit_result *results, size_t count)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return false;
    }
    size_t failures = 0;
    double seconds = 0;
    for (size_t i = 0; i < count; i++) {
        failures += results[i].failed > 0;
        seconds += results[i].seconds;
    }
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", file);
    fprintf(file, "<testsuite name=\"optcert unit\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" time=\"%.6f\">\n",
            count, failures, seconds);
    for (size_t i = 0; i < count; i++) {
        write_case(file, &results[i]);
    }
    fputs("</testsuite>\n", file);
    const bool written = ferror(file) == 0;
    return fclose(file) == 0 && written;
}
