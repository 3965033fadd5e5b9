/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradient diagnostics in plain sentences, as a table and as JSON. */
#ifndef OPTCERT_GRADIENT_REPORT_H
#define OPTCERT_GRADIENT_REPORT_H
#include "gradient_sample.h"

#include <jansson.h>
#include <stdio.h>

typedef struct optcert_gradient_report {
    size_t count, dimension, shown;
    double batch, to_batch;
    optcert_gradient_summary summary;
    optcert_coordinate *coordinate; /* all, the largest ratio first */
    size_t most_skewed;             /* place in `coordinate` */
} optcert_gradient_report;

enum { OPTCERT_GRADIENT_REASON = 200, OPTCERT_SENTENCES = 5, OPTCERT_SENTENCE = 240 };

/* Measures. NULL: `why` names the value and the rule that it broke. shown: how many coordinates the report lists. */
optcert_gradient_report *optcert_gradient_report_make(const optcert_gradient_sample *sample, size_t shown,
                                                      char why[OPTCERT_GRADIENT_REASON]);
void optcert_gradient_report_free(optcert_gradient_report *report); /* NULL is fine */

/* What it means, a sentence each; how many. */
size_t optcert_gradient_sentences(const optcert_gradient_report *report, char text[OPTCERT_SENTENCES][OPTCERT_SENTENCE]);

json_t *optcert_gradient_report_json(const optcert_gradient_report *report);
void optcert_gradient_report_text(const optcert_gradient_report *report, FILE *out);

/* For other languages: the report as JSON text (free with optcert_gradient_text_free), or NULL and a reason.
 * value: count rows of dimension numbers. */
char *optcert_gradient_text(const double *value, size_t count, size_t dimension, double batch, double to_batch,
                            size_t shown, char why[OPTCERT_GRADIENT_REASON]);
void optcert_gradient_text_free(char *text);

#endif
