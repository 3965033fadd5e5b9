/* SPDX-License-Identifier: GPL-3.0-or-later
 * The one list of hyper-parameters that are counted. */
#include "hyper_field.h"

#include <stdio.h>

const char *optcert_field_name(unsigned field)
{
    static const char *const names[OPTCERT_FIELDS] = {"lr", "beta1", "beta2", "eps", "weight_decay", "momentum", "dampening"};
    return names[field];
}

double *optcert_field(optcert_hyper *h, unsigned field)
{
    double *const fields[OPTCERT_FIELDS] = {&h->lr, &h->beta1, &h->beta2, &h->eps, &h->weight_decay, &h->momentum, &h->dampening};
    return fields[field];
}

void optcert_field_names(unsigned fields, char *out, size_t size)
{
    size_t length = 0;
    *out = '\0';
    for (unsigned bit = 0; bit < OPTCERT_FIELDS && length < size; bit++) {
        if ((fields >> bit & 1) != 0) {
            length += (size_t)snprintf(out + length, size - length, "%s%s", length > 0 ? ", " : "", optcert_field_name(bit));
        }
    }
}
