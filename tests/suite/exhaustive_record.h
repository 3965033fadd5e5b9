/* SPDX-License-Identifier: GPL-3.0-or-later
 * Contexts that were exhausted, in a JSON file: kernel, context, SHA-256 of the machine code of its copies (core and every
 * instruction set, as the build made them), instruction sets that were tried, elements compared and different. An entry
 * holds for this code and these sets alone. */
#ifndef OPTCERT_EXHAUSTIVE_RECORD_H
#define OPTCERT_EXHAUSTIVE_RECORD_H
#include "equivalence_compare.h"

typedef struct optcert_exhausted optcert_exhausted;

/* Reads the file; an absent one is an empty record. NULL with a reason when it is not a record. */
optcert_exhausted *optcert_exhausted_open(const char *path, const char **reason);
void optcert_exhausted_close(optcert_exhausted *record);

/* Whether this context of the kernel, as it is built here, is in the record; then its numbers. */
bool optcert_exhausted_find(const optcert_exhausted *record, const optcert_kernel *kernel, uint32_t context,
                         optcert_equivalence_tally *tally);

/* Adds an entry in place of one for other code, and writes the file anew. False when that fails. */
bool optcert_exhausted_add(optcert_exhausted *record, const optcert_kernel *kernel, uint32_t context,
                        const optcert_equivalence_tally *tally);

#endif
