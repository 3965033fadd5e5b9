/* SPDX-License-Identifier: GPL-3.0-or-later
 * No input found may break a proved rounding bound. `make bounds` searches longer, prints the table of
 * ratios, and asks for every bound's tightness. */
#include "bounds.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { TRIALS = 256, LONG_SEARCH = 64 };

static void show(const optcert_bound *b, const optcert_bound_worst *w)
{
    char text[1024] = "";
    for (size_t i = 0; i < OPTCERT_BOUND_INPUTS && b->input[i].kind != OPTCERT_INPUT_NONE; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, " %a", w->x[i]);
    }
    unit_note("%-44s observed/proved %.3Lf, %llu inputs judged; worst%s", b->theorem, w->ratio,
              (unsigned long long)w->judged, text);
}

static void search(void)
{
    const uint64_t times = unit_times(1);
    const size_t count = optcert_bound_count();
    optcert_bound_worst worst[96];
    if (count > sizeof worst / sizeof worst[0]) {
        UNIT_CHECK(false, "%zu bounds", count);
        return;
    }
#pragma omp parallel for schedule(dynamic)
    for (size_t i = 0; i < count; i++) {
        worst[i] = optcert_bound_search(optcert_bound_at(i), unit_seed(), TRIALS * times);
    }
    for (size_t i = 0; i < count; i++) {
        const optcert_bound *b = optcert_bound_at(i);
        UNIT_CHECK(worst[i].judged > 0, "%s: no input met the hypotheses", b->theorem);
        UNIT_CHECK(worst[i].ratio <= 1, "%s: error %.4Lf of the bound, --seed %llu", b->theorem, worst[i].ratio,
                   (unsigned long long)unit_seed());
        if (times >= LONG_SEARCH || worst[i].ratio > 1) {
            show(b, &worst[i]);
            UNIT_CHECK(worst[i].ratio >= 0.125L, "%s: only %.4Lf of the bound was reached",
                       b->theorem, worst[i].ratio);
        }
    }
}

/* Where the library refuses an input, or an answer overflows, no theorem speaks: the ratio says so, and is never above 1. */
static void outside_the_hypotheses(void)
{
    static const double strange[] = {-1, 0, 1, (double)INFINITY, (double)NAN};
    size_t silent = 0;
    for (size_t i = 0; i < optcert_bound_count(); i++) {
        const optcert_bound *b = optcert_bound_at(i);
        const optcert_bound_worst good = optcert_bound_search(b, unit_seed(), 4);
        for (size_t j = 0; j < OPTCERT_BOUND_INPUTS && b->input[j].kind != OPTCERT_INPUT_NONE; j++) {
            for (size_t k = 0; k < sizeof strange / sizeof strange[0]; k++) {
                if (b->input[j].kind == OPTCERT_INPUT_COUNT && !(strange[k] > 0 && strange[k] < 2)) {
                    continue; /* a count is one */
                }
                double x[OPTCERT_BOUND_INPUTS];
                memcpy(x, good.x, sizeof x);
                x[j] = strange[k];
                const long double ratio = b->ratio(b, x);
                UNIT_CHECK(!(ratio > 1), "%s: input %zu is %g: ratio %.4Lf", b->theorem, j, strange[k], ratio);
                silent += ratio < 0;
            }
        }
    }
    UNIT_CHECK(silent > optcert_bound_count(), "only %zu inputs met no hypothesis", silent);
}

/* A bound ten times too small must be seen to break. */
static long double too_small(const optcert_bound *b, const double *x)
{
    const optcert_bound *first = optcert_bound_at(0);
    (void)b;
    const long double ratio = first->ratio(first, x);
    return ratio < 0 ? ratio : 10 * ratio;
}

static void control(void)
{
    optcert_bound wrong = *optcert_bound_at(0);
    wrong.ratio = too_small;
    const optcert_bound_worst worst = optcert_bound_search(&wrong, unit_seed(), TRIALS);
    UNIT_CHECK(worst.ratio > 1, "a false bound was not broken: %.4Lf", worst.ratio);
}

UNIT_SUITE(bounds, {"search", search}, {"control", control}, {"outside_the_hypotheses", outside_the_hypotheses})
