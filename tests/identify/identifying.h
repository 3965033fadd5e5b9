/* SPDX-License-Identifier: GPL-3.0-or-later
 * The inside of identification: what its files share. */
#ifndef OPTCERT_IDENTIFYING_H
#define OPTCERT_IDENTIFYING_H
#include "identify.h"

/* A build that failed this many probes has shown what it is; each hang costs the limit of a call. */
enum { OPTCERT_BROKEN_MAX = 4 };

typedef struct optcert_identifying {
    optcert_prober prober;
    const optcert_pins *pins;
    optcert_walk *walk;
    optcert_identification *result;
    uint64_t work; /* that the search for an explanation may still cost */
    bool wide;
} optcert_identifying;

/* A refusal says what the build does not take, anything else that it is broken. */
static inline bool optcert_refused(const optcert_record *record)
{
    return record->outcome == OPTCERT_REFUSED || record->outcome == OPTCERT_NOT_EXPOSED;
}

/* identify_design.c: whether the same probe gives the same bits. It comes first: what is remembered of a process's first
 * instance then differs from every later one's. */
bool optcert_identify_repeat(optcert_identifying *run);
/* The sequential design: the dialects that it leaves. */
bool optcert_identify_design(optcert_identifying *run, optcert_dialect_set *alive);

/* identify_survivors.c: holds every survivor against its battery; `failing` are those that the design did not rule out,
 * but this does. */
bool optcert_identify_survivors(optcert_identifying *run, optcert_dialect_set alive, optcert_dialect_set *failing);
/* Whether dialect i is a special case of one of these. */
bool optcert_identify_special(const optcert_identifying *run, size_t i, optcert_dialect_set among);

/* identify_explain.c: what is wrong with a build; `failing` are dialects that almost held. */
bool optcert_identify_explain(optcert_identifying *run, optcert_dialect_set failing);
/* What the dialects that hold do not read and the build does; with them, it may be a known defect of one that does. */
bool optcert_identify_unread(optcert_identifying *run);

/* The battery of these fields, made when it is first asked for. NULL when memory fails or the harness itself does. */
optcert_battery *optcert_identify_battery(optcert_identifying *run, unsigned uses);

#endif
