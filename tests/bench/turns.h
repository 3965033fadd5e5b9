/* SPDX-License-Identifier: GPL-3.0-or-later
 * Another library's steps in the rounds of ours: peers.py --turns, a process that runs them when it is told to. Between two
 * processes a minute apart the memory of a shared machine changes by more than what parity is held to. */
#ifndef OPTCERT_BENCH_TURNS_H
#define OPTCERT_BENCH_TURNS_H
#include <stddef.h>

typedef struct bench_turns bench_turns;

/* Starts peers.py. NULL, which the others take, when it cannot. */
bench_turns *bench_turns_start(const char *script);
void bench_turns_stop(bench_turns *turns);

/* Makes arrays for this step, on as many threads. The library's name, which stays until the end; NULL where none has it. */
const char *bench_turns_prepare(bench_turns *turns, const char *what, unsigned bits, size_t threads, size_t n);

/* Runs what was prepared so many times; the seconds it took as timing.h counts them, NAN when the process is gone. */
double bench_turns_seconds(void *turns, unsigned long runs);

#endif
