/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exhaustive part of the equivalence suite: all 2^32 binary32 gradients, in contexts (hyper-parameters, step and state)
 * of every optimizer. A context takes half a minute of processor time, so a record may hold those that are done. */
#ifndef OPTCERT_EXHAUSTIVE_H
#define OPTCERT_EXHAUSTIVE_H
#include "equivalence_compare.h"
#include "exhaustive_record.h"

/* The claim equivalence.KERNEL.f32.exhaustive over job->contexts contexts, those of the record not run again. It is
 * inconclusive where the deadline left some out. One arena a thread. False when memory or the record fails. */
bool optcert_exhaustive_run(const optcert_equivalence *job, const optcert_kernel *kernel, optcert_arena **own,
                            optcert_claims *claims);

/* One claim of this suite (equivalence.h). False when memory fails. */
bool optcert_equivalence_claim(const optcert_equivalence *job, const optcert_kernel *kernel, const char *suffix,
                               optcert_method method, const optcert_equivalence_tally *tally, optcert_claims *claims);

#endif
