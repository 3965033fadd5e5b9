/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "member.h"

#include <math.h>

const char *bench_text(const json_t *object, const char *member)
{
    const char *value = json_string_value(json_object_get(object, member));
    return value != NULL ? value : "";
}

double bench_number(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    return json_is_number(value) ? json_number_value(value) : NAN;
}
