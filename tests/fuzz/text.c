/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is typed: numbers, fractions, settings, test functions, Base64, key files, command lines of exec:. The first
 * byte says which. */
#include "fuzz.h"

#include "base64.h"
#include "build_words.h"
#include "key.h"
#include "number.h"
#include "phi.h"
#include "rational.h"
#include "settings.h"

#include <math.h>

static void number(const char *text)
{
    double value, again;
    uint64_t whole;
    char shortest[OPTCERT_NUMBER_SIZE];
    if (optcert_number_real(text, &value)) {
        fuzz_must(isfinite(value), "a number that is read is finite");
        optcert_number_shortest(value, shortest);
        fuzz_must(optcert_number_real(shortest, &again) && memcmp(&value, &again, sizeof value) == 0,
                  "the shortest text reads back");
    }
    (void)optcert_number_whole(text, &whole);
}

/* A fraction is exact, so short ones only: 1e-300 has a thousand bits. */
static void fraction(const char *text)
{
    mpq_t exact;
    double value;
    mpq_init(exact);
    if (optcert_rational_read(text, exact)) {
        fuzz_must(optcert_number_real(text, &value), "what is a fraction is a number");
        fuzz_must(optcert_rational_round(exact) == value, "a fraction rounds to the number");
    }
    mpq_clear(exact);
}

static void settings(const char *text)
{
    char reason[OPTCERT_REASON_SIZE] = "";
    optcert_study study = {.dynamics.kind = optcert_optimizer_find("adam")};
    study.dynamics.oracle.noise = optcert_noise_find("gaussian");
    study.dynamics.oracle.problem.kind = optcert_problem_find("quadratic");
    optcert_settings_default(&study);
    if (!optcert_settings_apply(&study, text, reason)) {
        fuzz_must(reason[0] != '\0', "a refusal has a reason");
    } else {
        (void)optcert_settings_check(&study, 16, reason);
    }
}

static void phi(const char *text)
{
    optcert_phi out = {0};
    if (optcert_phi_parse(text, &out)) {
        (void)optcert_phi_value(&out, 1, 2, 3);
    }
}

static void base64(const char *text)
{
    size_t size = 0;
    char *bytes = optcert_base64_read(text, &size);
    if (bytes != NULL) {
        char *again = optcert_base64_write(bytes, size);
        fuzz_must(again != NULL && strcmp(again, text) == 0, "Base64 has one form");
        free(again);
        free(bytes);
    }
}

static void key(const char *text)
{
    optcert_public_key public_key;
    optcert_secret_key secret_key;
    (void)optcert_key_read_public(text, &public_key);
    if (optcert_key_read_secret(text, &secret_key) == NULL) {
        optcert_key_wipe(&secret_key);
    }
}

static void words(const char *text)
{
    char **list = optcert_words_split(text);
    if (list != NULL) {
        fuzz_must(list[0] != NULL, "there is a word");
        optcert_words_free(list);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const reader[])(const char *) = {number, fraction, settings, phi, base64, key, words};
    if (size == 0 || size > 200) {
        return 0;
    }
    char *text = fuzz_text(bytes + 1, size - 1);
    reader[bytes[0] % (sizeof reader / sizeof reader[0])](text);
    free(text);
    return 0;
}
