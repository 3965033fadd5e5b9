/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the benchmarks ran on. */
#ifndef OPTCERT_BENCH_MACHINE_H
#define OPTCERT_BENCH_MACHINE_H
#include <jansson.h>

/* Processor, cores, compiler, instruction set chosen, load, time, and the commit where git knows it. */
json_t *bench_machine(void);

#endif
