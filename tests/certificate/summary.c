/* SPDX-License-Identifier: GPL-3.0-or-later
 * The summary on the terminal. */
#include "summary.h"
#include "verdict.h"

#include <string.h>

enum { WIDTH = 80 };

/* `text` behind a label, broken at blanks (or in a long word) so that no line exceeds WIDTH columns. */
static void wrapped(const char *label, int indent, const char *text, FILE *out)
{
    const size_t room = (size_t)(WIDTH - indent);
    fprintf(out, "%-*s", indent, label);
    while (strlen(text) > room) {
        size_t cut = room;
        while (cut > 0 && text[cut] != ' ') {
            cut--;
        }
        cut = cut > 0 ? cut : room;
        fprintf(out, "%.*s\n%*s", (int)cut, text, indent, "");
        text += cut + (text[cut] == ' ' ? 1 : 0);
    }
    fprintf(out, "%s\n", text);
}

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
        wrapped("      ", 6, claim->metric, out);
        wrapped("      ", 6, claim->detail, out);
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
    wrapped("", 0, text, out);
    if (exact != NULL && exact->verdict == OPTCERT_PASSED) {
        wrapped("", 0, "It is bit-exact: every value equals the specified sequence of roundings.", out);
    } else if (seen != NULL && seen->sample_size > 0) {
        snprintf(text, sizeof text,
                 "It is not claimed to be bit-exact: %.0f of %llu values (%.2g %%) differ from the specified "
                 "sequence of roundings.",
                 seen->measured, (unsigned long long)seen->sample_size,
                 100 * seen->measured / (double)seen->sample_size);
        wrapped("", 0, text, out);
    }
}

void optcert_summary_print(const optcert_certificate *certificate, bool colour, FILE *out)
{
    const optcert_build_info *build = certificate->build;
    wrapped("build", 10, build->spec, out);
    wrapped("name", 10, build->name, out);
    wrapped("sha256", 10, build->digest, out);
    wrapped("dialect", 10, certificate->dialect->name, out);
    wrapped("", 10, certificate->dialect->formula, out);
    fprintf(out, "%-10s%s, seed %llu\n", "level", certificate->level, (unsigned long long)certificate->seed);
    fputs("claims\n", out);
    for (size_t i = 0; i < certificate->claims->count; i++) {
        optcert_summary_claim(&certificate->claims->item[i], colour, out);
    }
    fputs("verdict   ", out);
    verdict_word(optcert_claims_verdict(certificate->claims), colour, out);
    fputc('\n', out);
    conclusion(certificate, out);
}
