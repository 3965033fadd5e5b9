/* SPDX-License-Identifier: GPL-3.0-or-later
 * The option --resolution. */
#include "resolution.h"
#include "options.h"
#include "scaling_sampled.h"

double optcert_option_resolution(const char *text)
{
    const double value = optcert_option_real("--resolution", text);
    if (!(value > 0.0 && value < OPTCERT_DISTANCE_MOST)) {
        optcert_usage("--resolution '%s' is no distance of laws to tell from none: it must be > 0 and < %.3g", text,
                      OPTCERT_DISTANCE_MOST);
    }
    return value;
}
