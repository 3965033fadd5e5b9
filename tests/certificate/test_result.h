/* SPDX-License-Identifier: GPL-3.0-or-later
 * The stock in-toto predicate for tests (https://in-toto.io/attestation/test-result/v0.1): for tools that
 * know it and not ours. A claim is a test; an inconclusive one warned. */
#ifndef OPTCERT_TEST_RESULT_H
#define OPTCERT_TEST_RESULT_H
#include <jansson.h>

#define OPTCERT_TEST_RESULT_TYPE "https://in-toto.io/attestation/test-result/v0.1"

/* The statement about the same subject as the certificate's. NULL when memory fails. */
json_t *optcert_test_result(const json_t *certificate);

#endif
