/* SPDX-License-Identifier: GPL-3.0-or-later
 * Two result files, of two commits say. */
#ifndef OPTCERT_BENCH_COMPARE_H
#define OPTCERT_BENCH_COMPARE_H

/* Prints what both measured of optcert, old and new, and the change of its share of the limit (of the least time, where
 * there is no limit). 0: nothing lost more than a tenth; 1: something did; 2: a file is not a result of bench. */
int bench_compare(const char *old_path, const char *new_path);

#endif
