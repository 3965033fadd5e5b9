/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fields that are moved one by one. */
#include "reading.h"

#include <string.h>

/* Steps with these fields not 0, one of them moved (OPTCERT_FIELDS: none). NULL when memory fails. */
static optcert_record *moved(optcert_prober *prober, const optcert_pins *pins, unsigned fields, unsigned bit)
{
    optcert_probe probe = {.what = optcert_case_at(0), .uses = fields};
    optcert_pinned_hyper(1, prober->seed, fields, pins, &probe.hyper);
    if (bit < OPTCERT_FIELDS) {
        *optcert_field(&probe.hyper.hyper, bit) *= 0.75;
    }
    return optcert_record_new(prober, &probe);
}

/* Most fields that the build takes at once, and its steps with them. NULL when memory fails. */
static optcert_record *moved_by_most(optcert_prober *prober, const optcert_pins *pins, unsigned *fields)
{
    static const unsigned tries[] = {OPTCERT_EVERY_FIELD,
                                     OC_REF_LR | OC_REF_BETA1 | OC_REF_BETA2 | OC_REF_EPS | OC_REF_WEIGHT_DECAY,
                                     OC_REF_LR | OC_REF_BETA1 | OC_REF_BETA2 | OC_REF_EPS,
                                     OC_REF_LR | OC_REF_BETA2 | OC_REF_EPS,
                                     OC_REF_LR | OC_REF_MOMENTUM,
                                     OC_REF_LR};
    optcert_record *base = NULL;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        optcert_record_free(base);
        *fields = tries[i];
        base = moved(prober, pins, *fields, OPTCERT_FIELDS);
        if (base == NULL || base->outcome == OPTCERT_OK) {
            break;
        }
    }
    return base;
}

bool optcert_fields_read(optcert_prober *prober, const optcert_pins *pins, unsigned *fields)
{
    unsigned tried;
    optcert_record *base = moved_by_most(prober, pins, &tried);
    bool whole = base != NULL;
    *fields = 0;
    for (unsigned bit = 0; whole && bit < OPTCERT_FIELDS; bit++) {
        if ((pins->fields >> bit & 1) != 0) {
            continue;
        }
        optcert_record *other = moved(prober, pins, tried, bit);
        whole = other != NULL;
        if (whole && other->steps == base->steps &&
            memcmp(base->theta, other->theta, (base->steps + 1) * base->n * sizeof(double)) != 0) {
            *fields |= 1u << bit;
        }
        optcert_record_free(other);
    }
    optcert_record_free(base);
    return whole;
}
