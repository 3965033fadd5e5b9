/* SPDX-License-Identifier: GPL-3.0-or-later
 * The summary on the terminal. */
#include "summary.h"
#include "verdict.h"
#include "wrap.h"

#include <string.h>

static void verdict_word(optcert_verdict verdict, bool colour, FILE *out)
{
    static const char *const code[] = {"\033[32m", "\033[31m", "\033[33m"};
    fprintf(out, "%s%-12s%s", colour ? code[verdict] : "", optcert_verdict_text(verdict),
            colour ? "\033[0m" : "");
}

void optcert_summary_claim(const optcert_claim *claim, bool colour, FILE *out)
{
    static const char *const sign[] = {"<=", ">=", "within"};
    fputs("  ", out);
    verdict_word(claim->verdict, colour, out);
    fprintf(out, " %-26s %.4g (%s %.4g)", claim->id, claim->measured, sign[claim->relation],
            claim->threshold);
    fprintf(out, ", %s %llu\n", claim->method == OPTCERT_PROOF ? "goals" : "of",
            (unsigned long long)claim->sample_size);
    if (claim->verdict != OPTCERT_PASSED) {
        optcert_wrap("      ", 6, claim->metric, out);
        if (*claim->detail != '\0') {
            optcert_wrap("      ", 6, claim->detail, out);
        }
    }
}

/* The first claim that failed among those whose id starts with `prefix`; NULL when none did. */
static const optcert_claim *failed(const optcert_claims *claims, const char *prefix)
{
    for (size_t i = 0; i < claims->count; i++) {
        const optcert_claim *claim = &claims->item[i];
        if (claim->verdict == OPTCERT_FAILED && strncmp(claim->id, prefix, strlen(prefix)) == 0) {
            return claim;
        }
    }
    return NULL;
}

/* What the build is, in a sentence. */
static void verdict_sentence(const optcert_certificate *certificate, char *text, size_t size)
{
    const uint32_t scalar = certificate->build->scalar;
    const char *format = scalar == OPTCERT_F32 ? "binary32" : scalar == OPTCERT_F64 ? "binary64" : "any format";
    const char *dialect = certificate->dialect->name;
    const optcert_claim *other = failed(certificate->claims, "");
    if (optcert_claims_find(certificate->claims, "conformance.calls") == NULL) {
        snprintf(text, size, "Whether this build computes %s was not asked: the suite conformance did not run.",
                 dialect);
    } else if (failed(certificate->claims, "conformance.") != NULL) {
        snprintf(text, size, "This build does not compute %s in %s as defined.", dialect, format);
    } else if (other != NULL) {
        snprintf(text, size,
                 "This build computes %s in %s within honest rounding on everything tried, but fails %s.",
                 dialect, format, other->id);
    } else if (optcert_claims_verdict(certificate->claims) == OPTCERT_PASSED) {
        snprintf(text, size, "This build computes %s in %s within honest rounding on everything tried.",
                 dialect, format);
    } else {
        snprintf(text, size, "What was observed does not decide whether this build computes %s.", dialect);
    }
}

/* Whether its bits are the specified ones. */
static void bits_sentence(const optcert_certificate *certificate, char *text, size_t size)
{
    const optcert_claim *seen = optcert_claims_find(certificate->observations, "conformance.bits");
    const optcert_claim *exact = optcert_claims_find(certificate->claims, "conformance.bits");
    *text = '\0';
    if (exact != NULL && exact->verdict == OPTCERT_PASSED) {
        snprintf(text, size, "It is bit-exact: every value equals the specified sequence of roundings.");
    } else if (seen != NULL && seen->sample_size > 0) {
        snprintf(text, size,
                 "It does not claim to be bit-exact: %.0f of %llu values (%.2g %%) differ from the specified "
                 "sequence "
                 "of roundings.",
                 seen->measured, (unsigned long long)seen->sample_size,
                 100 * seen->measured / (double)seen->sample_size);
    }
}

void optcert_summary_print(const optcert_certificate *certificate, bool colour, FILE *out)
{
    char text[1860];
    const optcert_build_info *build = certificate->build;
    optcert_wrap("build", 10, build->spec, out);
    optcert_wrap("name", 10, build->name, out);
    optcert_wrap("sha256", 10, build->digest, out);
    optcert_wrap("dialect", 10, certificate->dialect->name, out);
    optcert_wrap("", 10, certificate->dialect->formula, out);
    fprintf(out, "%-10s%s, seed %llu\n", "level", certificate->level, (unsigned long long)certificate->seed);
    if (*build->fp_environment != '\0') {
        optcert_wrap("warning", 10, "loading it changes the floating-point mode of the whole process:", out);
        optcert_wrap("", 10, build->fp_environment, out);
    }
    fputs("claims\n", out);
    for (size_t i = 0; i < certificate->claims->count; i++) {
        optcert_summary_claim(&certificate->claims->item[i], colour, out);
    }
    fputs("verdict   ", out);
    verdict_word(optcert_claims_verdict(certificate->claims), colour, out);
    fputc('\n', out);
    verdict_sentence(certificate, text, sizeof text);
    optcert_wrap("", 0, text, out);
    if (certificate->diagnosis != NULL) {
        snprintf(text, sizeof text, "It %.1850s.", certificate->diagnosis);
        optcert_wrap("", 0, text, out);
    }
    bits_sentence(certificate, text, sizeof text);
    if (*text != '\0') {
        optcert_wrap("", 0, text, out);
    }
}
