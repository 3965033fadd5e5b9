/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory that fails while a certificate is signed, opened and read. What is opened is what was signed. */
#include "dsse.h"
#include "fault.h"
#include "json_text.h"
#include "proofs.h"
#include "statement.h"
#include "unit.h"
#include "verify.h"

#include <stdlib.h>
#include <string.h>

static const char statement[] = "{\"_type\": \"https://in-toto.io/Statement/v1\"}\n";

static bool keys(const void *with)
{
    (void)with;
    optcert_secret_key key, again;
    optcert_public_key half;
    if (!optcert_key_new(&key)) {
        return false;
    }
    char *secret = optcert_key_secret_text(&key), *public_ = optcert_key_public_text(&key.public_key);
    const bool written = secret != NULL && public_ != NULL;
    const bool read = written && optcert_key_read_secret(secret, &again) == NULL && optcert_key_read_public(public_, &half) == NULL;
    UNIT_CHECK(!read || memcmp(&half, &again.public_key, sizeof half) == 0, "another key was read");
    free(secret);
    free(public_);
    return read;
}

static bool signs_and_opens(const void *with)
{
    (void)with;
    static const unsigned char seed[OPTCERT_KEY_SIZE] = {7};
    optcert_secret_key key;
    optcert_claims checks = {0};
    optcert_key_from_seed(seed, &key);
    json_t *envelope = optcert_dsse_sign(statement, sizeof statement - 1, &key);
    char *text = envelope != NULL ? optcert_json_text(envelope) : NULL;
    json_decref(envelope);
    if (text == NULL) {
        return false;
    }
    const optcert_opened opened = optcert_dsse_open(text, strlen(text), &key.public_key, &checks);
    const bool done = opened.statement != NULL;
    UNIT_CHECK(!done || (opened.signature == OPTCERT_SIGNATURE_GOOD && strcmp(opened.statement, statement) == 0), "other bytes: %s",
               done ? opened.statement : "");
    free(opened.statement);
    optcert_claims_free(&checks);
    free(text);
    return done;
}

static bool verifies(const void *with)
{
    (void)with;
    optcert_claims checks = {0};
    json_t *document = optcert_verify(statement, sizeof statement - 1, NULL, &checks);
    const bool done = document != NULL && checks.count > 0;
    UNIT_CHECK(optcert_claims_verdict(&checks) != OPTCERT_PASSED, "an empty statement is sound");
    json_decref(document);
    optcert_claims_free(&checks);
    return done;
}

static bool opens_bare(const void *with)
{
    (void)with;
    optcert_claims checks = {0};
    const optcert_opened opened = optcert_dsse_open(statement, sizeof statement - 1, NULL, &checks);
    const bool done = opened.statement != NULL;
    UNIT_CHECK(!done || strcmp(opened.statement, statement) == 0, "other bytes");
    free(opened.statement);
    optcert_claims_free(&checks);
    return done;
}

/* With its proofs, as certify makes it of a shipped build. */
static bool states(const void *with)
{
    (void)with;
    const optcert_build_info build = {.spec = "builtin:adam", .name = "adam", .claims = "adam", .scalar = OPTCERT_F64, .digest = "0123",
                                      .digest_of = "liboptcert.so", .fp_environment = ""};
    const oc_ref_dialect *adam = oc_ref_dialect_find("adam");
    optcert_claims claims = {0}, none = {0};
    json_t *made = NULL;
    if (optcert_proof_claims(adam, OPTCERT_F64, &claims)) {
        made = optcert_statement(&(optcert_certificate){&build, adam, "quick", 1, &claims, &none, NULL});
    }
    optcert_claims_free(&claims);
    const bool done = made != NULL;
    json_decref(made);
    return done;
}

static void certificates(void)
{
    static const struct {
        const char *what;
        bool (*run)(const void *);
    } cases[] = {{"keys", keys}, {"envelope", signs_and_opens}, {"verification", verifies}, {"bare", opens_bare}, {"statement", states}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unit_faults(cases[i].what, cases[i].run, NULL, 1);
    }
}

UNIT_SUITE(faults_certificate, {"certificates", certificates})
