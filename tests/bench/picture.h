/* SPDX-License-Identifier: GPL-3.0-or-later
 * The picture: ns a parameter of Adam (where it was not measured, of the first optimizer that was) over sizes, beside its limits
 * and peers; ns a path-step over paths and steps, where they were measured. */
#ifndef OPTCERT_BENCH_PICTURE_H
#define OPTCERT_BENCH_PICTURE_H
#include "results.h"

/* Writes PATH.dat and PATH.gp and draws PATH.png. False with a note on stderr when that fails. */
bool bench_picture(const bench_results *results, const char *title, const char *path);

#endif
