/* SPDX-License-Identifier: GPL-3.0-or-later
 * What every optimizer of the library is tested for, each in both formats. */
#ifndef OPTCERT_UNIT_OPTIMIZER_H
#define OPTCERT_UNIT_OPTIMIZER_H
#include "optcert/hyper.h"
#include "unit.h"

#include <stddef.h>
#include <stdint.h>

/* Hyper-parameters with which a table may start. */
extern const oc_hyper unit_usual_hyper;

/* One element, one step: the slots in the dialect's order, then theta. Only values that both formats hold. */
typedef struct unit_case {
    const char *origin;
    oc_hyper hyper;
    uint64_t k;
    double theta, slot[2], grad;
    double theta_after, slot_after[2];
} unit_case;

/* The values written in the table, bit for bit (any NaN for a NaN). */
void unit_optimizer_cases(const char *dialect, const unit_case *cases, size_t count);
/* Bad hyper-parameters are refused with their status, the plan unchanged; fields not used are not looked at. */
void unit_optimizer_refusals(const char *dialect);
/* Extremes that are good are accepted. */
void unit_optimizer_accepts(const char *dialect);
/* n = 0, 1, odd: exactly the first n elements change. */
void unit_optimizer_lengths(const char *dialect);
/* Combinations of special values in theta, the state and the gradient (all of every three arrays) equal the
 * bit-exact reference, and a NaN or an infinity in one element leaves its neighbours alone. */
void unit_optimizer_specials(const char *dialect);
/* Random elements, several steps each: the bits of the bit-exact reference. */
void unit_optimizer_random(const char *dialect);

/* The suite of one optimizer: all of the above. */
#define UNIT_OPTIMIZER(suite_name, dialect, table)                                                                     \
    static void suite_name##_cases(void)                                                                               \
    {                                                                                                                  \
        unit_optimizer_cases(dialect, table, sizeof table / sizeof table[0]);                                          \
    }                                                                                                                  \
    static void suite_name##_refusals(void)                                                                            \
    {                                                                                                                  \
        unit_optimizer_refusals(dialect);                                                                              \
    }                                                                                                                  \
    static void suite_name##_accepts(void)                                                                             \
    {                                                                                                                  \
        unit_optimizer_accepts(dialect);                                                                               \
    }                                                                                                                  \
    static void suite_name##_lengths(void)                                                                             \
    {                                                                                                                  \
        unit_optimizer_lengths(dialect);                                                                               \
    }                                                                                                                  \
    static void suite_name##_specials(void)                                                                            \
    {                                                                                                                  \
        unit_optimizer_specials(dialect);                                                                              \
    }                                                                                                                  \
    static void suite_name##_random(void)                                                                              \
    {                                                                                                                  \
        unit_optimizer_random(dialect);                                                                                \
    }                                                                                                                  \
    UNIT_SUITE(suite_name, {"cases", suite_name##_cases}, {"refusals", suite_name##_refusals},                         \
               {"accepts", suite_name##_accepts}, {"lengths", suite_name##_lengths},                                   \
               {"specials", suite_name##_specials}, {"random", suite_name##_random})

#endif
