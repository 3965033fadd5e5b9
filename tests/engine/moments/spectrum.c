/* SPDX-License-Identifier: GPL-3.0-or-later
 * By GSL's symmetric QR. */
#include "spectrum.h"

#include <gsl/gsl_eigen.h>
#include <string.h>

bool optcert_spectrum(size_t d, const double *matrix, double *lowest, double *highest)
{
    gsl_matrix *copy = gsl_matrix_alloc(d, d);
    gsl_vector *values = gsl_vector_alloc(d);
    gsl_eigen_symm_workspace *room = gsl_eigen_symm_alloc(d);
    const bool ok = copy != NULL && values != NULL && room != NULL;
    if (ok) {
        memcpy(copy->data, matrix, d * d * sizeof *matrix); /* a new GSL matrix has no gaps between rows */
        gsl_eigen_symm(copy, values, room);
        gsl_vector_minmax(values, lowest, highest);
    }
    gsl_eigen_symm_free(room);
    gsl_vector_free(values);
    gsl_matrix_free(copy);
    return ok;
}
