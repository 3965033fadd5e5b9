/* SPDX-License-Identifier: GPL-3.0-or-later
 * Oracles of a data set: moments, laws and draws. */
#ifndef OPTCERT_ORACLE_DATA_H
#define OPTCERT_ORACLE_DATA_H
#include "oracle.h"

void optcert_oracle_data_gradient(const optcert_data *data, const double *theta, double *gradient);
void optcert_oracle_data_covariance(const optcert_oracle *oracle, const double *theta, double *sigma);
void optcert_oracle_data_rule(const optcert_oracle *oracle, const double *theta, size_t i, size_t n,
                              optcert_rule *rule);
size_t optcert_oracle_data_normals(const optcert_oracle *oracle);
void optcert_oracle_data_draw(const optcert_oracle *oracle, const double *theta, const double *normals,
                              double *z);

#endif
