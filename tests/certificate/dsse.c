/* SPDX-License-Identifier: GPL-3.0-or-later
 * Envelopes. A keyid is not signed in DSSE; here it must be the key's own, so that no byte is free. */
#include "dsse.h"
#include "base64.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *optcert_dsse_pae(const char *type, const void *body, size_t body_size, size_t *size)
{
    static const char form[] = "DSSEv1 %zu %s %zu ";
    const size_t head = (size_t)snprintf(NULL, 0, form, strlen(type), type, body_size);
    char *bytes = malloc(head + body_size + 1);
    if (bytes != NULL) {
        snprintf(bytes, head + 1, form, strlen(type), type, body_size);
        memcpy(bytes + head, body, body_size);
        bytes[head + body_size] = '\0';
        *size = head + body_size;
    }
    return bytes;
}

json_t *optcert_dsse_sign(const char *statement, size_t size, const optcert_secret_key *key)
{
    char id[OPTCERT_DIGEST_SIZE];
    unsigned char signature[OPTCERT_SIGNATURE_SIZE];
    size_t pae_size = 0;
    char *pae = optcert_dsse_pae(OPTCERT_DSSE_TYPE, statement, size, &pae_size);
    if (pae == NULL) {
        return NULL;
    }
    optcert_key_sign(key, pae, pae_size, signature);
    optcert_key_id(&key->public_key, id);
    char *payload = optcert_base64_write(statement, size);
    char *sig = optcert_base64_write(signature, sizeof signature);
    json_t *envelope = payload == NULL || sig == NULL
                           ? NULL
                           : json_pack("{s:s, s:s, s:[{s:s, s:s}]}", "payloadType", OPTCERT_DSSE_TYPE,
                                       "payload", payload, "signatures", "keyid", id, "sig", sig);
    free(pae);
    free(payload);
    free(sig);
    return envelope;
}

const char *optcert_signature_text(optcert_signature signature)
{
    static const char *const text[] = {"none", "unchecked", "good", "bad"};
    return text[signature];
}

static const char *word(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    return value != NULL ? value : "";
}

/* What an envelope holds, decoded. */
typedef struct parts {
    char *payload, *signature;
    size_t payload_size, signature_size;
    const char *key_id;
} parts;

static bool read_parts(const json_t *json, const char *text, size_t size, parts *out, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.envelope",
                       .basis = "DSSE v1, in the one form in which envelopes are written"};
    const json_t *list = json_object_get(json, "signatures"), *entry = json_array_get(list, 0);
    optcert_expect(&c, strcmp(word(json, "payloadType"), OPTCERT_DSSE_TYPE) == 0,
                   "payloadType is '%.80s', not '%s'", word(json, "payloadType"), OPTCERT_DSSE_TYPE);
    out->payload = optcert_base64_read(word(json, "payload"), &out->payload_size);
    optcert_expect(&c, json_is_string(json_object_get(json, "payload")), "payload is missing, or no text");
    optcert_expect(&c, out->payload != NULL, "payload is not Base64");
    optcert_expect(&c, json_array_size(list) == 1, "signatures must be a list of one signature");
    out->signature = optcert_base64_read(word(entry, "sig"), &out->signature_size);
    optcert_expect(&c, out->signature != NULL && out->signature_size == OPTCERT_SIGNATURE_SIZE,
                   "sig is not %d bytes in Base64", OPTCERT_SIGNATURE_SIZE);
    out->key_id = word(entry, "keyid");
    optcert_expect(&c, strlen(out->key_id) == 64 && strspn(out->key_id, "0123456789abcdef") == 64,
                   "keyid '%.80s' is no sha256", out->key_id);
    optcert_expect(&c, json_object_size(json) == 3 && json_object_size(entry) == 2,
                   "there are members that an envelope does not have");
    optcert_expect_canonical(&c, json, text, size);
    return optcert_check_close(&c, checks);
}

static bool check_signature(const parts *envelope, const optcert_public_key *key, optcert_claims *checks)
{
    optcert_check c = {.id = "verify.signature", .basis = "Ed25519 (RFC 8032) over DSSE's PAE"};
    char id[OPTCERT_DIGEST_SIZE];
    size_t size = 0;
    char *pae = optcert_dsse_pae(OPTCERT_DSSE_TYPE, envelope->payload, envelope->payload_size, &size);
    optcert_key_id(key, id);
    optcert_expect(&c, strcmp(id, envelope->key_id) == 0, "it states key %.12s..., the key given is %.12s...",
                   envelope->key_id, id);
    optcert_expect(&c,
                   pae != NULL && optcert_key_verify(key, pae, size, (unsigned char *)envelope->signature),
                   "the signature does not fit the payload and the key: one of them is not the one signed");
    free(pae);
    return optcert_check_close(&c, checks);
}

/* A bare statement, or something that is not JSON: without a key, the checks of the statement tell. */
static optcert_opened not_an_envelope(const char *text, size_t size, const optcert_public_key *key,
                                      optcert_claims *checks)
{
    optcert_opened opened = {.size = size};
    if (key != NULL) {
        optcert_check c = {.id = "verify.signature", .basis = "a key was given: only what it signed will do"};
        optcert_expect(&c, false, "this is no envelope: nothing is signed");
        optcert_check_close(&c, checks);
        opened.signature = OPTCERT_SIGNATURE_BAD;
        return opened;
    }
    opened.statement = malloc(size + 1);
    if (opened.statement != NULL) {
        memcpy(opened.statement, text, size);
        opened.statement[size] = '\0';
    }
    return opened;
}

optcert_opened optcert_dsse_open(const char *text, size_t size, const optcert_public_key *key,
                                 optcert_claims *checks)
{
    parts envelope = {0};
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    if (json_object_get(json, "payload") == NULL && json_object_get(json, "signatures") == NULL) {
        json_decref(json);
        return not_an_envelope(text, size, key, checks);
    }
    optcert_opened opened = {.signature = OPTCERT_SIGNATURE_BAD};
    const bool formed = read_parts(json, text, size, &envelope, checks);
    if (formed && (key == NULL || check_signature(&envelope, key, checks))) {
        opened = (optcert_opened){envelope.payload, envelope.payload_size,
                                  key == NULL ? OPTCERT_SIGNATURE_UNCHECKED : OPTCERT_SIGNATURE_GOOD};
        envelope.payload = NULL;
    }
    free(envelope.payload);
    free(envelope.signature);
    json_decref(json);
    return opened;
}
