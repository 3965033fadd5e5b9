/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happens when a library that the program uses finds no memory. */
#ifndef OPTCERT_MEMORY_H
#define OPTCERT_MEMORY_H

/* Makes GMP, MPFR, jansson and GSL end the program with one line and exit code 4 when memory is short. Before anything
 * else. */
void optcert_memory_guard(void);

/* From here on an exit is the program's own, with its verdict. */
void optcert_memory_leave(void);

#endif
