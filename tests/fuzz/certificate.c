/* SPDX-License-Identifier: GPL-3.0-or-later
 * Certificates, bare and in a DSSE envelope: opening, verification, and the shipped policies. Whatever is called sound
 * must have been judged by its numbers; an envelope that no key signed is never a good one. */
#include "fuzz.h"

#include "dsse.h"
#include "policy.h"
#include "verify.h"

static const optcert_public_key *a_key(void)
{
    static optcert_secret_key key;
    static const unsigned char seed[OPTCERT_KEY_SIZE] = {1};
    if (key.seed[0] == 0) {
        optcert_key_from_seed(seed, &key);
    }
    return &key.public_key;
}

static void hold_to_policies(const json_t *certificate, optcert_signature signature)
{
    static const char *const name[] = {"conformance", "production", "research"};
    for (size_t i = 0; i < 3; i++) {
        char why[256];
        const char *text = optcert_policy_shipped(name[i]);
        json_t *policy = optcert_policy_read(text, strlen(text), why, sizeof why);
        optcert_claims checks = {0};
        optcert_policy_apply(policy, certificate, signature, &checks);
        fuzz_must(checks.count > 0, "a policy asks for something");
        optcert_claims_free(&checks);
        json_decref(policy);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0) {
        return 0;
    }
    char *text = fuzz_text(bytes + 1, size - 1);
    const bool with_key = (bytes[0] & 1) != 0;
    optcert_claims checks = {0};
    const optcert_opened opened = optcert_dsse_open(text, size - 1, with_key ? a_key() : NULL, &checks);
    if (opened.statement != NULL) {
        json_t *certificate = optcert_verify(opened.statement, opened.size, NULL, &checks);
        if (optcert_claims_verdict(&checks) == OPTCERT_PASSED) {
            hold_to_policies(certificate, opened.signature);
        }
        json_decref(certificate);
        free(opened.statement);
    }
    optcert_claims_free(&checks);
    free(text);
    return 0;
}
