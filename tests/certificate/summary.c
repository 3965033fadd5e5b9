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
        optcert_wrap("      ", 6, claim->detail, out);
    }
}

/* What the certificate says, in a sentence, and what it does not. */
static void conclusion(const optcert_certificate *certificate, FILE *out)
{
    char text[512];
    const char *format = certificate->build->scalar == OPTCERT_F32 ? "binary32" : "binary64";
    const char *dialect = certificate->dialect->name;
    const optcert_claim *seen = optcert_claims_find(certificate->observations, "conformance.bits");
    const optcert_claim *exact = optcert_claims_find(certificate->claims, "conformance.bits");
    switch (optcert_claims_verdict(certificate->claims)) {
    case OPTCERT_PASSED:
        snprintf(text, sizeof text,
                 "This build computes %s in %s within honest rounding on everything tried.", dialect, format);
        break;
    case OPTCERT_FAILED:
        snprintf(text, sizeof text, "This build does not compute %s in %s as defined.", dialect, format);
        break;
    case OPTCERT_INCONCLUSIVE:
        snprintf(text, sizeof text, "What was observed does not decide whether this build computes %s.",
                 dialect);
        break;
    }
    optcert_wrap("", 0, text, out);
    if (exact != NULL && exact->verdict == OPTCERT_PASSED) {
        optcert_wrap("", 0, "It is bit-exact: every value equals the specified sequence of roundings.", out);
    } else if (seen != NULL && seen->sample_size > 0) {
        snprintf(text, sizeof text,
                 "It is not claimed to be bit-exact: %.0f of %llu values (%.2g %%) differ from the specified "
                 "sequence of roundings.",
                 seen->measured, (unsigned long long)seen->sample_size,
                 100 * seen->measured / (double)seen->sample_size);
        optcert_wrap("", 0, text, out);
    }
}

void optcert_summary_print(const optcert_certificate *certificate, bool colour, FILE *out)
{
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
    conclusion(certificate, out);
}
