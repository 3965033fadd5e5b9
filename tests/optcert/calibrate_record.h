/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a calibration has shown so far, in a file: runs of many seeds go on where they were left. */
#ifndef OPTCERT_CALIBRATE_RECORD_H
#define OPTCERT_CALIBRATE_RECORD_H
#include "calibrate.h"

typedef struct optcert_calibration_record {
    const char *path; /* NULL: none is kept */
    const char *what; /* "conformance" or "identify": runs of one kind add up */
    uint64_t seed;    /* the first one */
    uint64_t share;   /* with each seed one build of so many is run */
    const optcert_known_build *known;
    optcert_calibration *results;
    size_t count;
} optcert_calibration_record;

/* Reads the file, if it is there, into the results; how many seeds from the first on it holds. Ends the program on a
 * record of other seeds, builds or sources: what does not belong together is not added up. */
uint64_t optcert_calibration_resume(const optcert_calibration_record *record);

/* Writes the results of so many seeds. */
void optcert_calibration_save(const optcert_calibration_record *record, uint64_t seeds);

#endif
