/* SPDX-License-Identifier: GPL-3.0-or-later
 * The processes of one run. Under `mpirun -n K optcert ...` there are K ranks and MPI joins them; otherwise there is
 * one, and MPI is neither loaded nor started. */
#ifndef OPTCERT_RANKS_H
#define OPTCERT_RANKS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct optcert_ranks {
    int rank, size;
} optcert_ranks;

/* Joins the ranks that mpirun started; ranks other than 0 fall silent. False with a one-line reason when mpirun
 * started several but MPI's part of the program cannot be loaded. */
bool optcert_ranks_open(optcert_ranks *ranks, char *reason, size_t reason_size);

/* values = their sum over all ranks, on every rank. */
void optcert_ranks_sum(const optcert_ranks *ranks, int64_t *values, size_t n);

#endif
