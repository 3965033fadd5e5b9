/* SPDX-License-Identifier: GPL-3.0-or-later
 * optcert converge scaling --engine monte-carlo. */
#ifndef OPTCERT_CONVERGE_SCALING_SAMPLED_H
#define OPTCERT_CONVERGE_SCALING_SAMPLED_H
#include "converge_suite.h"

int optcert_converge_scaling_sampled(const optcert_converge_request *request, const optcert_options *common);

#endif
