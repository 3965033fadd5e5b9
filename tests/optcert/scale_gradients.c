/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients from a file. */
#include "scale_gradients.h"
#include "file.h"
#include "gradient_covariance.h"
#include "npy.h"
#include "npy_write.h"
#include "options.h"
#include "sample/matrices.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 8 };

static void write_covariance(const optcert_gradient_sample *sample, const char *path)
{
    const size_t d = sample->dimension;
    if (d > OPTCERT_MATRICES_MOST) {
        optcert_usage("--covariance %s: the gradients have %zu coordinates: a covariance is written for at most %d", path, d,
                      OPTCERT_MATRICES_MOST);
    }
    optcert_whole_file file;
    double *sigma = malloc(d * d * sizeof *sigma);
    (void)optcert_gradient_covariance(sample, sigma);
    FILE *out = optcert_file_begin(&file, path);
    optcert_npy_head(out, "<f8", d, d);
    fwrite(sigma, sizeof *sigma, d * d, out);
    optcert_file_end(&file);
    free(sigma);
}

optcert_gradient_report *optcert_scale_gradients(const optcert_scale *scale, const optcert_scale_sample *asked)
{
    optcert_npy array;
    char why[OPTCERT_NPY_REASON], reason[OPTCERT_GRADIENT_REASON];
    const uint64_t largest = UINT64_C(1) << 53;
    const uint64_t own = asked->batch != NULL ? optcert_option_whole("--gradient-batch", asked->batch, 1, largest) : scale->batch;
    const bool all = asked->shown != NULL && strcmp(asked->shown, "all") == 0;
    const uint64_t some = asked->shown == NULL ? SHOWN
                          : all                ? SIZE_MAX
                                               : optcert_option_whole("--coordinates", asked->shown, 0, largest);
    if (!optcert_npy_read(asked->path, &array, why)) {
        optcert_usage("--gradients %s: %s", asked->path, why);
    }
    const optcert_gradient_sample sample = {array.rows, array.columns, array.value, (double)own, (double)scale->to_batch};
    optcert_gradient_report *report = optcert_gradient_report_make(&sample, some, reason);
    if (report == NULL) {
        optcert_usage("--gradients %s: %s", asked->path, reason);
    }
    if (asked->covariance != NULL) {
        write_covariance(&sample, asked->covariance);
    }
    free(array.value);
    return report;
}

/* Of d x d; less than d: singular. */
static size_t largest_rank(const optcert_gradient_report *report)
{
    const size_t varying = report->dimension - report->summary.noiseless;
    return varying < report->count - 1 ? varying : report->count - 1;
}

json_t *optcert_scale_covariance_json(const optcert_scale_sample *asked, const optcert_gradient_report *report)
{
    return json_pack("{s:s, s:I, s:I}", "file", asked->covariance, "dimension", (json_int_t)report->dimension, "rank_at_most",
                     (json_int_t)largest_rank(report));
}

void optcert_scale_covariance_text(const optcert_scale_sample *asked, const optcert_gradient_report *report, FILE *out)
{
    const size_t d = report->dimension, rank = largest_rank(report);
    fprintf(out, "covariance of one sample's gradient, %zu x %zu: %s\n", d, d, asked->covariance);
    if (rank < d) {
        fprintf(out, "  warning: it is singular, of rank %zu at most: `converge --covariance` needs noise in every coordinate and more "
                "gradients than coordinates\n", rank);
    }
}
