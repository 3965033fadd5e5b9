/* SPDX-License-Identifier: GPL-3.0-or-later
 * The reports of certify. */
#include "certify_reports.h"
#include "dsse.h"
#include "file.h"
#include "html.h"
#include "json_text.h"
#include "sarif_claims.h"
#include "test_result.h"

#include <stdlib.h>
#include <string.h>

json_t *optcert_certify_signed(json_t *document, const optcert_secret_key *key)
{
    if (key == NULL) {
        return document;
    }
    char *text = optcert_json_text(document);
    json_t *envelope = optcert_dsse_sign(text, strlen(text), key);
    json_decref(document);
    free(text);
    return envelope;
}

static void write_html(const char *path, const json_t *statement)
{
    optcert_whole_file file;
    optcert_html_print(statement, optcert_file_begin(&file, path));
    optcert_file_end(&file);
}

void optcert_certify_reports_write(const optcert_certify_reports *reports, const json_t *statement,
                                   const optcert_secret_key *key)
{
    if (reports->html != NULL) {
        write_html(reports->html, statement);
    }
    if (reports->sarif != NULL) {
        json_t *sarif = optcert_sarif_claims(statement);
        optcert_file_write_json(reports->sarif, sarif);
        json_decref(sarif);
    }
    if (reports->test_result != NULL) {
        json_t *result = optcert_certify_signed(optcert_test_result(statement), key);
        optcert_file_write_json(reports->test_result, result);
        json_decref(result);
    }
}
