/* SPDX-License-Identifier: GPL-3.0-or-later
 * Wrong fast paths: what a kernel wrote, changed as a careless one would have it. Each must fail the equivalence suite. */
#ifndef OPTCERT_KERNEL_DAMAGE_H
#define OPTCERT_KERNEL_DAMAGE_H
#include "equivalence.h"

typedef struct optcert_kernel_defect {
    const char *name, *says;
    optcert_kernel_damage *damage;
} optcert_kernel_defect;

extern const optcert_kernel_defect optcert_kernel_defects[]; /* ends with a NULL name */
const optcert_kernel_defect *optcert_kernel_defect_find(const char *name); /* NULL when there is none */

#endif
