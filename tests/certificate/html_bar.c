/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bars. Up to the threshold the axis is linear; beyond it, the part 1 - threshold/value of what is left, so
 * that any violation has its place. */
#include "html_bar.h"
#include "verdict.h"

#include <math.h>

double optcert_bar_position(double value, double threshold)
{
    const double room = OPTCERT_BAR_END - OPTCERT_BAR_THRESHOLD;
    if (isinf(value) && value > 0) {
        return OPTCERT_BAR_END;
    }
    if (isnan(value) || isnan(threshold) || value <= 0) {
        return 0;
    }
    if (value <= threshold) {
        return OPTCERT_BAR_THRESHOLD * (value / threshold);
    }
    return OPTCERT_BAR_THRESHOLD + room * (1 - fmax(threshold, 0) / value);
}

/* What the axis shows: the number itself, or how far it is from its target. */
static double on_axis(const optcert_claim *claim, double value)
{
    return claim->relation == OPTCERT_WITHIN ? fabs(value - claim->target) : value;
}

void optcert_bar_print(const optcert_claim *claim, FILE *out)
{
    const double at = optcert_bar_position(on_axis(claim, claim->measured), claim->threshold);
    double low = optcert_bar_position(on_axis(claim, claim->low), claim->threshold);
    double high = optcert_bar_position(on_axis(claim, claim->high), claim->threshold);
    if (low > high) {
        const double other = low;
        low = high;
        high = other;
    }
    fprintf(out,
            "<svg class=\"bar %s\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" role=\"img\" "
            "aria-label=\"measured %.4g, threshold %.4g\"><rect class=\"axis\" x=\"0\" y=\"2\" width=\"100\" "
            "height=\"8\"/><rect class=\"seen\" x=\"0\" y=\"2\" width=\"%.2f\" height=\"8\"/>",
            optcert_verdict_text(claim->verdict), claim->measured, claim->threshold, at);
    if (high - low > 0.5) {
        fprintf(out, "<rect class=\"interval\" x=\"%.2f\" y=\"5\" width=\"%.2f\" height=\"2\"/>", low,
                high - low);
    }
    fprintf(out, "<rect class=\"threshold\" x=\"%d\" y=\"0\" width=\"0.8\" height=\"12\"/></svg>",
            OPTCERT_BAR_THRESHOLD);
}
