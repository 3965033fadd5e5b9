/* SPDX-License-Identifier: GPL-3.0-or-later
 * The targets of a result file as the tables of spec/fast.md and README.md. */
#ifndef OPTCERT_BENCH_TABLE_H
#define OPTCERT_BENCH_TABLE_H

/* Prints the tables for `page`, "spec" or "readme". 0, or 2 with a line on stderr: not such a file or page. */
int bench_table(const char *file, const char *page);

#endif
