/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the certificate was made on. */
#ifndef OPTCERT_ENVIRONMENT_H
#define OPTCERT_ENVIRONMENT_H
#include <jansson.h>

/* NULL where the system does not tell, or memory fails. */
json_t *optcert_environment_json(void);

#endif
