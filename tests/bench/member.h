/* SPDX-License-Identifier: GPL-3.0-or-later
 * Members of a result file's objects. */
#ifndef OPTCERT_BENCH_MEMBER_H
#define OPTCERT_BENCH_MEMBER_H
#include <jansson.h>

/* "" where there is no such text. */
const char *bench_text(const json_t *object, const char *member);

/* NaN where there is no such number. */
double bench_number(const json_t *object, const char *member);

#endif
