/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a build's runs look like from far away: whether they follow the SDE of the dialect, and its scaling rule. Both
 * suites are about the dialects whose limit is known (sgd, rmsprop, rmsprop/new-v, adam, adamw); of others they claim
 * nothing.
 *
 * scaling: scaling.PROBLEM.kappaN   distance, for h -> 0, of the laws at batch x 1 and x N (scaling_sampled.h)
 * svag:    svag.PROBLEM.limit       distance, for l -> infinity, of the laws of SVAG(l) and of the SDE
 *          svag.bowl.order          order of that distance in h, above 1/2 (full level; quick: an observation)
 *          observations svag.PROBLEM.lN: the distance at l = N */
#ifndef OPTCERT_SCALING_BUILD_H
#define OPTCERT_SCALING_BUILD_H
#include "suites.h"

/* The resolution that a job asks for, and how many paths its level and it take: their number goes with 1/resolution^2. */
double optcert_job_resolution(const optcert_suite_job *job);
size_t optcert_job_paths(const optcert_suite_job *job);

bool optcert_scaling_suite(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations);
bool optcert_svag_suite(const optcert_suite_job *job, optcert_claims *claims, optcert_claims *observations);

#endif
