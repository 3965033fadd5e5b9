/* SPDX-License-Identifier: GPL-3.0-or-later
 * System functions that fail on demand: the tests' program is linked with --wrap for them (UNIT_LINK in tests/rules.mk). A place is
 * a call with the four calls above it, so that a loop is one place and each user of a helper another. */
#ifndef OPTCERT_UNIT_FAULT_H
#define OPTCERT_UNIT_FAULT_H
#include <stdbool.h>
#include <stddef.h>

/* How many of the places are tried: each one where OPTCERT_TEST_FAULTS is "all" in the environment, or after unit_faults_all; else
 * one in 8, which ones the seed decides. */
void unit_faults_all(bool all);

/* Nothing fails in between, in this process. */
void unit_faults_pause(bool pause);

/* Memory is then that of the program, whose functions end it where there is none (tests/optcert/memory.c), and does not fail. */
void unit_faults_of_program(bool program);

/* Runs `run` whole, where it must answer true; then once for each place that it calls a wrapped function from, whose first call
 * fails (memory is short, the disk is full, no process can be made), in this process or in one that it forks, and once for each that
 * it calls from more than once, whose second call fails, so that something was done before; then whole again. `run` answers whether
 * its work was done, and checks then that it is right; refused is right too. A crash fails the test, and so do fewer than `least`
 * places. Answers how many there were, and notes it. */
size_t unit_faults(const char *what, bool (*run)(const void *with), const void *with, size_t least);

#endif
