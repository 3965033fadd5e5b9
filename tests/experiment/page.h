/* SPDX-License-Identifier: GPL-3.0-or-later
 * The study as one page: what was run, pictures, tables, and what they say. */
#ifndef OPTCERT_PAGE_H
#define OPTCERT_PAGE_H
#include "study.h"

#include <jansson.h>

/* Writes FOLDER/index.html and the pictures beside it; train: samples of one epoch. 0, or -1 with one line in `error`. */
int optcert_page(const optcert_study *study, const optcert_groups *groups, const json_t *findings, size_t train,
                 const char *folder, char *error, size_t error_size);

#endif
