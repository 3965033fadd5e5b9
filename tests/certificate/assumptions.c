/* SPDX-License-Identifier: GPL-3.0-or-later
 * The assumptions of the tests stand here; those of the proofs are read from proofs/TRUST.md when the
 * program is built (trust.inc), so that there is one list of them. */
#include "assumptions.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct assumption {
    const char *id, *text;
} assumption;

static const assumption of_tests[] = {
    {"sampled", "claims whose method is sampled speak of the inputs that were tried: same seed, same inputs; "
                "other inputs are not covered"},
    {"range", "inputs are finite where not said otherwise, and no intermediate product overflows"},
    {"references",
     "the true references evaluate the dialect's formula with MPFR at 320 bits and carry a radius; "
     "MPFR and GMP are correct"},
    {"subject",
     "the build behaves at use as it did here: same file, same processor features, same floating-point "
     "mode (round to nearest, subnormals kept)"},
    {"compiler", "the compiler and the hardware that ran this program and the references are correct"},
};

static const assumption of_proofs[] = {
#include "trust.inc"
    {NULL, NULL},
};

static void append(json_t *array, const assumption *one, const char *what)
{
    json_array_append_new(array, json_pack("{s:s, s:s, s:s}", "id", one->id, "for", what, "text", one->text));
}

static bool has_proof(const optcert_claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        if (claims->item[i].method == OPTCERT_PROOF) {
            return true;
        }
    }
    return false;
}

json_t *optcert_assumptions_json(const optcert_claims *claims)
{
    json_t *array = json_array();
    for (size_t i = 0; i < sizeof of_tests / sizeof of_tests[0]; i++) {
        append(array, &of_tests[i], "tests");
    }
    for (const assumption *one = of_proofs; has_proof(claims) && one->id != NULL; one++) {
        append(array, one, "proofs");
    }
    return array;
}
