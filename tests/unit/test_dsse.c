/* SPDX-License-Identifier: GPL-3.0-or-later
 * Keys, signatures and envelopes: published vectors, and every way in which one can be wrong. */
#include "base64.h"
#include "dsse.h"
#include "json_text.h"
#include "unit.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static void from_hex(const char *hex, unsigned char *out, size_t room, size_t *size)
{
    UNIT_CHECK(sodium_hex2bin(out, room, hex, strlen(hex), NULL, size, NULL) == 0, "not hex: %s", hex);
}

static const struct {
    const char *seed, *public_key, *message, *signature, *origin;
} vectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
     "d25bf5f0595bbe24655141438e7a100b",
     "RFC 8032, 7.1, TEST 1"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
     "387b2eaeb4302aeeb00d291612bb0c00",
     "RFC 8032, 7.1, TEST 2"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
     "4a7c15e9716ed28dc027beceea1ec40a",
     "RFC 8032, 7.1, TEST 3"},
};

static optcert_secret_key key_of(size_t i)
{
    unsigned char seed[OPTCERT_KEY_SIZE];
    size_t size = 0;
    optcert_secret_key key;
    from_hex(vectors[i].seed, seed, sizeof seed, &size);
    optcert_key_from_seed(seed, &key);
    return key;
}

static void ed25519(void)
{
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        unsigned char public_key[OPTCERT_KEY_SIZE], message[8], expected[OPTCERT_SIGNATURE_SIZE];
        unsigned char signature[OPTCERT_SIGNATURE_SIZE];
        size_t size = 0, other = 0;
        const optcert_secret_key key = key_of(i);
        from_hex(vectors[i].public_key, public_key, sizeof public_key, &other);
        from_hex(vectors[i].signature, expected, sizeof expected, &other);
        from_hex(vectors[i].message, message, sizeof message, &size);
        optcert_key_sign(&key, message, size, signature);
        UNIT_CHECK(memcmp(key.public_key.bytes, public_key, sizeof public_key) == 0, "%s: public key",
                   vectors[i].origin);
        UNIT_CHECK(memcmp(signature, expected, sizeof expected) == 0, "%s: signature", vectors[i].origin);
        UNIT_CHECK(optcert_key_verify(&key.public_key, message, size, signature), "%s: refused",
                   vectors[i].origin);
        signature[i] ^= 1;
        UNIT_CHECK(!optcert_key_verify(&key.public_key, message, size, signature), "%s: forged",
                   vectors[i].origin);
    }
}

static const struct {
    const char *type, *body, *pae, *origin;
} encodings[] = {
    {"http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
     "DSSE v1, protocol.md, test vectors"},
    {"", "", "DSSEv1 0  0 ", "both empty: DSSE v1, definition of PAE"},
};

static void pae(void)
{
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++) {
        size_t size = 0;
        char *got = optcert_dsse_pae(encodings[i].type, encodings[i].body, strlen(encodings[i].body), &size);
        UNIT_CHECK(got != NULL && size == strlen(encodings[i].pae) &&
                       memcmp(got, encodings[i].pae, size) == 0,
                   "%s: '%s'", encodings[i].origin, got);
        free(got);
    }
}

static const struct {
    const char *text, *bytes; /* bytes NULL: refused */
    const char *origin;
} texts[] = {
    {"", "", "RFC 4648, section 10"},
    {"Zg==", "f", "RFC 4648, section 10"},
    {"Zm8=", "fo", "RFC 4648, section 10"},
    {"Zm9vYmFy", "foobar", "RFC 4648, section 10"},
    {"Zg", NULL, "no padding"},
    {"Zh==", NULL, "an unused bit is set: RFC 4648, 3.5"},
    {"Zm9v\n", NULL, "a line end"},
    {"Zm-_", NULL, "the URL alphabet"},
    {"Z", NULL, "six bits alone"},
    {"====", NULL, "padding alone"},
    {"as\xa4\xa9\xc7\xb8" "8=", NULL, "bytes above 127, found by fuzzing: libsodium 1.0.18 takes them"},
};

static void base64(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t size = 0;
        char *bytes = optcert_base64_read(texts[i].text, &size);
        const bool same = texts[i].bytes == NULL ? bytes == NULL
                                                 : bytes != NULL && size == strlen(texts[i].bytes) &&
                                                       strcmp(bytes, texts[i].bytes) == 0;
        UNIT_CHECK(same, "'%s' (%s): '%s'", texts[i].text, texts[i].origin,
                   bytes != NULL ? bytes : "refused");
        char *again = bytes != NULL ? optcert_base64_write(bytes, size) : NULL;
        UNIT_CHECK(again == NULL || strcmp(again, texts[i].text) == 0, "'%s' becomes '%s'", texts[i].text,
                   again);
        free(again);
        free(bytes);
    }
}

#define SEED "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=" /* of RFC 8032's TEST 1 */

static const struct {
    const char *text, *as_public, *as_secret; /* NULL: taken; else what the refusal must hold */
} key_files[] = {
    {"optcert-ed25519-secret " SEED "\n", "holds a secret key", NULL},
    {"optcert-ed25519-secret " SEED, "holds a secret key", NULL},
    {"optcert-ed25519-public " SEED "\n", NULL, "holds a public key"},
    {"optcert-ed25519-secret " SEED "\n\n", "holds a secret key", "not 32 bytes"},
    {"optcert-ed25519-public " SEED " \n", "not 32 bytes", "holds a public key"},
    {"optcert-ed25519-public Zg==\n", "not 32 bytes", "holds a public key"},
    {"optcert-ed25519-secret \n", "holds a secret key", "not 32 bytes"},
    {"optcert-ed25519-secret " SEED SEED "\n", "holds a secret key", "not 32 bytes"},
    {"-----BEGIN PRIVATE KEY-----\n", "does not start with", "does not start with"},
    {"", "does not start with", "does not start with"},
};

static void expect_why(const char *why, const char *expected, size_t row)
{
    UNIT_CHECK(expected == NULL ? why == NULL : why != NULL && strstr(why, expected) != NULL, "row %zu: %s",
               row, why != NULL ? why : "taken");
}

static void keys_in_files(void)
{
    optcert_secret_key secret;
    optcert_public_key public_key;
    for (size_t i = 0; i < sizeof key_files / sizeof key_files[0]; i++) {
        expect_why(optcert_key_read_public(key_files[i].text, &public_key), key_files[i].as_public, i);
        expect_why(optcert_key_read_secret(key_files[i].text, &secret), key_files[i].as_secret, i);
    }
    const optcert_secret_key key = key_of(0);
    char *secret_text = optcert_key_secret_text(&key),
         *public_text = optcert_key_public_text(&key.public_key);
    UNIT_CHECK(strcmp(secret_text, key_files[0].text) == 0, "wrote %s", secret_text);
    UNIT_CHECK(optcert_key_read_public(public_text, &public_key) == NULL &&
                   memcmp(&public_key, &key.public_key, sizeof public_key) == 0,
               "%s", public_text);
    free(secret_text);
    free(public_text);
}

static void new_keys_differ(void)
{
    optcert_secret_key one, two;
    UNIT_CHECK(optcert_key_new(&one) && optcert_key_new(&two), "no random numbers");
    UNIT_CHECK(memcmp(one.seed, two.seed, sizeof one.seed) != 0, "two new keys are the same");
    optcert_key_wipe(&one);
    static const optcert_secret_key zero;
    UNIT_CHECK(memcmp(&one, &zero, sizeof one) == 0, "a wiped key is there still");
}

static const char statement[] = "{\n  \"any\": \"statement\"\n}\n";

static char *envelope_text(void)
{
    const optcert_secret_key key = key_of(0);
    json_t *envelope = optcert_dsse_sign(statement, strlen(statement), &key);
    char *text = optcert_json_text(envelope);
    json_decref(envelope);
    return text;
}

/* Opens; the words of the first check that failed go to `why`. */
static optcert_signature open_it(const char *text, size_t size, const optcert_public_key *key, char why[512])
{
    optcert_claims checks = {0};
    const optcert_opened opened = optcert_dsse_open(text, size, key, &checks);
    const bool bad = opened.signature == OPTCERT_SIGNATURE_BAD;
    *why = '\0';
    for (size_t i = 0; i < checks.count && *why == '\0'; i++) {
        strncat(why, checks.item[i].verdict == OPTCERT_FAILED ? checks.item[i].detail : "", 511);
    }
    UNIT_CHECK(bad == (opened.statement == NULL) && bad == (*why != '\0'), "%s: a statement, or no reason",
               why);
    free(opened.statement);
    optcert_claims_free(&checks);
    return opened.signature;
}

static void whole_envelope(void)
{
    char *text = envelope_text(), *again = envelope_text(), why[512];
    const optcert_secret_key key = key_of(0), other = key_of(1);
    optcert_claims checks = {0};
    const optcert_opened opened = optcert_dsse_open(text, strlen(text), &key.public_key, &checks);
    UNIT_CHECK(opened.signature == OPTCERT_SIGNATURE_GOOD && strcmp(opened.statement, statement) == 0 &&
                   opened.size == strlen(statement) && checks.count == 2,
               "%s", text);
    UNIT_CHECK(strcmp(text, again) == 0, "the same statement and key give other bytes");
    UNIT_CHECK(open_it(text, strlen(text), NULL, why) == OPTCERT_SIGNATURE_UNCHECKED, "without a key: %s",
               why);
    UNIT_CHECK(open_it(text, strlen(text), &other.public_key, why) == OPTCERT_SIGNATURE_BAD &&
                   strstr(why, "the key given is") != NULL,
               "another key: %s", why);
    UNIT_CHECK(open_it(statement, strlen(statement), NULL, why) == OPTCERT_SIGNATURE_NONE, "bare: %s", why);
    UNIT_CHECK(open_it(statement, strlen(statement), &key.public_key, why) == OPTCERT_SIGNATURE_BAD &&
                   strstr(why, "nothing is signed") != NULL,
               "bare, with a key: %s", why);
    optcert_claims_free(&checks);
    free(opened.statement);
    free(again);
    free(text);
}

/* Whatever byte changes, and whatever bit of it: with the key it is refused, and nothing of it is read. */
static void any_changed_byte_is_seen(void)
{
    char *text = envelope_text(), why[512];
    const optcert_secret_key key = key_of(0);
    const size_t size = strlen(text);
    for (size_t i = 0; i < size; i++) {
        for (int bit = 0; bit < 8; bit++) {
            text[i] = (char)(text[i] ^ (1 << bit));
            UNIT_CHECK(open_it(text, size, &key.public_key, why) == OPTCERT_SIGNATURE_BAD && *why != '\0', "byte %zu, bit %d",
                       i, bit);
            text[i] = (char)(text[i] ^ (1 << bit));
        }
    }
    free(text);
}

#define ID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
    const char *text, *why;
} malformed[] = {
    {"{\"payload\": \"\", \"signatures\": []}", "payloadType is ''"},
    {"{\"payloadType\": \"text/plain\", \"payload\": \"\", \"signatures\": []}",
     "payloadType is 'text/plain'"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": 1, \"signatures\": []}",
     "payload is missing"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"signatures\": []}", "payload is missing"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": \"Z\", \"signatures\": []}",
     "payload is not Base64"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": \"\"}", "a list of one signature"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": \"\", \"signatures\": []}",
     "a list of one signature"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": \"\", \"signatures\": [{\"sig\": \"Zg==\"}]}",
     "sig is not 64 bytes"},
    {"{\"payloadType\": \"" OPTCERT_DSSE_TYPE "\", \"payload\": \"\", \"signatures\": [{\"sig\": \"?\"}]}",
     "sig is not 64 bytes"},
};

static void malformed_envelopes(void)
{
    char why[512];
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        const optcert_signature got = open_it(malformed[i].text, strlen(malformed[i].text), NULL, why);
        UNIT_CHECK(got == OPTCERT_SIGNATURE_BAD && strstr(why, malformed[i].why) != NULL, "%s: %s",
                   malformed[i].text, why);
    }
}

/* Edits of a good envelope that keep it well formed JSON, written in the one form. */
static void edited_envelopes(void)
{
    char *text = envelope_text(), why[512];
    const optcert_secret_key key = key_of(0);
    static const char *const reasons[] = {"keyid 'me' is no sha256", "members that an envelope does not have",
                                          "the key given is"};
    for (size_t i = 0; i < 3; i++) {
        json_t *json = json_loads(text, 0, NULL),
               *entry = json_array_get(json_object_get(json, "signatures"), 0);
        json_object_set_new(i == 1 ? json : entry, i == 1 ? "extra" : "keyid",
                            json_string(i == 0 ? "me" : ID));
        char *edited = optcert_json_text(json);
        UNIT_CHECK(open_it(edited, strlen(edited), &key.public_key, why) == OPTCERT_SIGNATURE_BAD &&
                       strstr(why, reasons[i]) != NULL,
                   "%s: %s", reasons[i], why);
        json_decref(json);
        free(edited);
    }
    free(text);
}

UNIT_SUITE(dsse, {"ed25519", ed25519}, {"pae", pae}, {"base64", base64}, {"keys_in_files", keys_in_files},
           {"new_keys_differ", new_keys_differ}, {"whole_envelope", whole_envelope},
           {"any_changed_byte_is_seen", any_changed_byte_is_seen},
           {"malformed_envelopes", malformed_envelopes}, {"edited_envelopes", edited_envelopes})
