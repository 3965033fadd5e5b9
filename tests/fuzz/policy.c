/* SPDX-License-Identifier: GPL-3.0-or-later
 * Policies: reading one, and holding a certificate to it. */
#include "fuzz.h"

#include "policy.h"

/* As much of a certificate as policies look at. */
static const char certificate_text[] =
    "{\"predicate\":{\"level\":\"full\",\"dialect\":{\"name\":\"adam\"},\"claims\":["
    "{\"id\":\"conformance.theta.ulp\",\"metric\":\"ulp\",\"method\":\"sampled\",\"relation\":\"at-most\",\"target\":0,"
    "\"target_bits\":\"0x0p+0\",\"threshold\":2,\"threshold_bits\":\"0x1p+1\",\"measured\":1,\"measured_bits\":\"0x1p+0\","
    "\"low\":1,\"low_bits\":\"0x1p+0\",\"high\":1,\"high_bits\":\"0x1p+0\",\"sample_size\":10,\"seed\":1,"
    "\"verdict\":\"passed\",\"basis\":\"b\",\"detail\":\"\"}]}}";

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static json_t *certificate;
    char why[64] = "";
    if (certificate == NULL) {
        certificate = json_loads(certificate_text, 0, NULL);
        fuzz_must(certificate != NULL, "the certificate is JSON");
    }
    char *text = fuzz_text(bytes, size);
    json_t *policy = optcert_policy_read(text, size, why, sizeof why);
    fuzz_must((policy == NULL) == (why[0] != '\0'), "a policy, or a reason");
    if (policy != NULL) {
        optcert_claims checks = {0};
        optcert_policy_apply(policy, certificate, OPTCERT_SIGNATURE_NONE, &checks);
        fuzz_must(checks.count > 0, "a policy asks for something");
        optcert_claims_free(&checks);
    }
    json_decref(policy);
    free(text);
    return 0;
}
