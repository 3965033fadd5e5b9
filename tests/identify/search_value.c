/* SPDX-License-Identifier: GPL-3.0-or-later
 * Changes with a value that is not known: it is solved for where the build first departs. */
#include "search.h"
#include "fit.h"

#include <math.h>

enum { REFINEMENTS = 12 };

/* The value nearest to the old one that fits there; NaN when there is none, or it is the old one. */
static double nearest_fit(optcert_search *s, const optcert_model *model, const optcert_change *change,
                          const optcert_mismatch *where, double old)
{
    double value[OPTCERT_FIT_MAX], best = NAN;
    const size_t fits = optcert_fit(change, model, where, s->walk, value);
    for (size_t i = 0; i < fits; i++) {
        const bool nearer = !isfinite(best) || fabs(log(value[i] / old)) < fabs(log(best / old));
        best = nearer && value[i] != old ? value[i] : best;
    }
    return best;
}

/* A value that fits where the model first fails may leave much open; where the model fails with it, it is sought
 * again nearby. */
static void refine(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far,
                   const optcert_change *change, double value)
{
    optcert_mismatch where;
    optcert_explanation found = *so_far;
    found.change[found.count] = change;
    for (int i = 0; i < REFINEMENTS; i++) {
        const optcert_model changed = optcert_change_apply(change, model, value);
        if (optcert_battery_matches(s->battery, s->walk, &changed, &where)) {
            found.value[found.count++] = value;
            optcert_search_consider(s, &changed, &found);
            return;
        }
        value = nearest_fit(s, model, change, &where, value);
        if (!isfinite(value)) {
            return;
        }
    }
}

/* The change with each value that fits, on top of `model`, which `so_far` describes. */
void optcert_try_value(optcert_search *s, const optcert_model *model, const optcert_explanation *so_far,
                     const optcert_change *change)
{
    double value[OPTCERT_FIT_MAX];
    optcert_mismatch where;
    if (optcert_battery_matches(s->battery, s->walk, model, &where)) {
        return;
    }
    const size_t fits = optcert_fit(change, model, &where, s->walk, value);
    for (size_t i = 0; i < fits; i++) {
        refine(s, model, so_far, change, value[i]);
    }
}
