/* SPDX-License-Identifier: GPL-3.0-or-later
 * How well identification names builds whose nature is known: the corpus, its pairs, the shipped builds. The names
 * are never looked at by identification: a wrong build is named right when the changes that explain its answers are
 * word for word those that the corpus says of it. */
#ifndef OPTCERT_NAMING_H
#define OPTCERT_NAMING_H
#include "calibrate.h"

enum { OPTCERT_NAMING_TEXT = 400 };

typedef struct optcert_naming {
    optcert_known_build known;
    bool pair;                          /* two defects at once */
    char expected[OPTCERT_NAMING_TEXT]; /* the dialect of a right build, the changes of a wrong one */
    char said[OPTCERT_NAMING_TEXT];
    bool ran, detected, named;          /* detected: not taken for what it claims to be */
    bool hidden;                        /* one of a pair was named, and said to hide the other */
    double seconds;                     /* of the processor, without those of the build */
} optcert_naming;

/* All known builds, and, of each defect, a pair with another of its dialect. The caller frees the list. NULL when
 * memory fails. */
optcert_naming *optcert_namings(size_t *count);

void optcert_name(optcert_naming *naming, uint64_t seed);

/* Names one build with each of these seeds; wrong are the runs that did not name it right. */
void optcert_calibrate_naming(const optcert_known_build *known, optcert_seeds seeds, optcert_calibration *result);

/* identify.right: right builds not recognised, none; identify.detected: wrong builds taken for right, none;
 * identify.named and identify.pairs-named: share of wrong builds named right, at least 95 and 90 %. */
bool optcert_naming_claims(const optcert_naming *list, size_t count, uint64_t seed, optcert_claims *claims);

/* The naming that took the q-th part of the others less time than it: 1 the slowest, 0.5 the median. The list is not empty;
 * it is sorted by time. */
const optcert_naming *optcert_naming_slower_than(optcert_naming *list, size_t count, double q);

#endif
