/* SPDX-License-Identifier: GPL-3.0-or-later
 * Gradients from a file. */
#include "scale_gradients.h"
#include "npy.h"
#include "options.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN = 8 };

optcert_gradient_report *optcert_scale_gradients(const optcert_scale *scale, const char *path, const char *batch,
                                                 const char *shown)
{
    optcert_npy array;
    char why[OPTCERT_NPY_REASON], reason[OPTCERT_GRADIENT_REASON];
    const uint64_t largest = UINT64_C(1) << 53;
    const uint64_t own = batch != NULL ? optcert_option_whole("--gradient-batch", batch, 1, largest) : scale->batch;
    const bool all = shown != NULL && strcmp(shown, "all") == 0;
    const uint64_t some = shown == NULL ? SHOWN : all ? SIZE_MAX : optcert_option_whole("--coordinates", shown, 0, largest);
    if (!optcert_npy_read(path, &array, why)) {
        optcert_usage("--gradients %s: %s", path, why);
    }
    const optcert_gradient_sample sample = {array.rows, array.columns, array.value, (double)own, (double)scale->to_batch};
    optcert_gradient_report *report = optcert_gradient_report_make(&sample, some, reason);
    free(array.value);
    if (report == NULL) {
        optcert_usage("--gradients %s: %s", path, reason);
    }
    return report;
}
