/* SPDX-License-Identifier: GPL-3.0-or-later
 * What certify writes beside the certificate, made from it. */
#ifndef OPTCERT_CERTIFY_REPORTS_H
#define OPTCERT_CERTIFY_REPORTS_H
#include "key.h"

#include <jansson.h>

typedef struct optcert_certify_reports {
    const char *html, *sarif, *test_result; /* files, or NULL */
} optcert_certify_reports;

/* The document in an envelope where there is a key, as it is where there is none (NULL); gives up this
 * reference to it. NULL when memory fails. */
json_t *optcert_certify_signed(json_t *document, const optcert_secret_key *key);

/* Writes what is asked for; the program ends where that fails. The test result is signed where there is a
 * key. */
void optcert_certify_reports_write(const optcert_certify_reports *reports, const json_t *statement,
                                   const optcert_secret_key *key);

#endif
