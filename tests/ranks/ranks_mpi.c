/* SPDX-License-Identifier: GPL-3.0-or-later
 * The part of the program that needs MPI: a shared object of its own, loaded only under mpirun. */
#include <mpi.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

void optcert_mpi_start(int *rank, int *size);
void optcert_mpi_sum(int64_t *values, size_t n);

static void finish(void)
{
    MPI_Finalize();
}

void optcert_mpi_start(int *rank, int *size)
{
    int provided;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    MPI_Comm_rank(MPI_COMM_WORLD, rank);
    MPI_Comm_size(MPI_COMM_WORLD, size);
    atexit(finish);
}

void optcert_mpi_sum(int64_t *values, size_t n)
{
    MPI_Allreduce(MPI_IN_PLACE, values, (int)n, MPI_INT64_T, MPI_SUM, MPI_COMM_WORLD);
}
