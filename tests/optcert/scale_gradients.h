/* SPDX-License-Identifier: GPL-3.0-or-later
 * The part of `optcert scale` that looks at gradients in a file. */
#ifndef OPTCERT_SCALE_GRADIENTS_H
#define OPTCERT_SCALE_GRADIENTS_H
#include "gradient_report.h"
#include "scale_rule.h"

/* As on the command line; NULL: not given. */
typedef struct optcert_scale_sample {
    const char *path;       /* .npy */
    const char *batch;      /* of the gradients, else the scale's own */
    const char *shown;      /* a number, or "all" */
    const char *covariance; /* where to write the covariance of one sample's gradient */
} optcert_scale_sample;

/* Ends the program on bad input, and where the covariance cannot be written. */
optcert_gradient_report *optcert_scale_gradients(const optcert_scale *scale, const optcert_scale_sample *asked);

/* What was written to `covariance`, as an object and in a sentence. */
json_t *optcert_scale_covariance_json(const optcert_scale_sample *asked, const optcert_gradient_report *report);
void optcert_scale_covariance_text(const optcert_scale_sample *asked, const optcert_gradient_report *report, FILE *out);

#endif
