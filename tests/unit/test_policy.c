/* SPDX-License-Identifier: GPL-3.0-or-later
 * Policies: what is one, and what each of their members accepts and refuses. */
#include "claim_json.h"
#include "policy.h"
#include "unit.h"

#include <string.h>

#define POLICY(members) "{\"policy\": \"" OPTCERT_POLICY_TYPE "\", \"name\": \"p\", " members "}"
#define REQUIRE(requirement) POLICY("\"require\": [" requirement "]")

static const struct {
    const char *text, *why; /* what the refusal must hold */
} malformed[] = {
    {"", "not JSON"},
    {"[]", "policy is missing"},
    {"{\"policy\": \"v2\"}", "policy must be"},
    {"{\"policy\": \"" OPTCERT_POLICY_TYPE "\", \"require\": [{\"claim\": \"a\"}]}", "name is missing"},
    {POLICY("\"signed\": true"), "require is missing"},
    {POLICY("\"require\": []"), "require must be a list of requirements"},
    {POLICY("\"require\": [1]"), "require must be a list of requirements"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"level\": \"slow\""), "level must be"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"signed\": 1"), "signed must be true or false"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"dialects\": \"adam\""), "dialects must be a list"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"sined\": true"),
     "sined is not a member that policies know"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"name\": \"q\""), "not JSON: line 1"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"level\": 1"), "level must be"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"dialects\": []"), "dialects must be a list"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"dialects\": [1]"), "dialects must be a list"},
    {"{\"policy\": 2}", "policy must be"},
    {"{\"policy\": \"" OPTCERT_POLICY_TYPE "\", \"name\": \"\", \"require\": [{\"claim\": \"a\"}]}", "name must be"},
    {POLICY("\"require\": {}"), "require must be a list of requirements"},
    {REQUIRE("{}"), "require[0].claim is missing"},
    {REQUIRE("{\"claim\": \"\"}"), "require[0].claim must be a pattern"},
    {REQUIRE("{\"claim\": \"a\", \"methods\": []}"), "require[0].methods must be"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": {\"at-most\": 1, \"at-least\": 0, \"within\": 1}}"), "require[0].measured must hold"},
    {REQUIRE("{\"claim\": \"a\"}, {\"claim\": 1}"), "require[1].claim must be a pattern"},
    {REQUIRE("{\"claim\": \"a\", \"verdict\": \"pased\"}"), "require[0].verdict must be"},
    {REQUIRE("{\"claim\": \"a\", \"methods\": \"proof\"}"), "require[0].methods must be"},
    {REQUIRE("{\"claim\": \"a\", \"methods\": [\"luck\"]}"), "require[0].methods must be"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": 1}"), "require[0].measured must hold"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": {}}"), "require[0].measured must hold"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": {\"below\": 1}}"), "require[0].measured must hold"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": {\"at-most\": \"1\"}}"), "require[0].measured must hold"},
    {REQUIRE("{\"claim\": \"a\", \"measured\": {\"at-most\": true}}"), "require[0].measured must hold"},
    {POLICY("\"require\": [{\"claim\": \"a\"}], \"signed\": \"no\""), "signed must be true or false"},
};

static void malformed_policies(void)
{
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        char why[256] = "";
        json_t *policy = optcert_policy_read(malformed[i].text, strlen(malformed[i].text), why, sizeof why);
        UNIT_CHECK(policy == NULL && strstr(why, malformed[i].why) != NULL, "%s: '%s' lacks '%s'",
                   malformed[i].text, why, malformed[i].why);
        json_decref(policy);
    }
}

/* Three claims: one passed, one failed, one inconclusive. */
static json_t *certificate(void)
{
    static const optcert_claim claims[] = {
        {.id = "a.one",
         .metric = "",
         .method = OPTCERT_SAMPLED,
         .relation = OPTCERT_AT_MOST,
         .threshold = 2,
         .measured = 1,
         .low = 0.5,
         .high = 1.5,
         .sample_size = 100,
         .basis = "",
         .detail = ""},
        {.id = "a.two",
         .metric = "",
         .method = OPTCERT_PROOF,
         .relation = OPTCERT_AT_MOST,
         .threshold = 0,
         .measured = 3,
         .low = 3,
         .high = 3,
         .basis = "",
         .detail = ""},
        {.id = "b.three",
         .metric = "",
         .method = OPTCERT_SAMPLED,
         .relation = OPTCERT_AT_LEAST,
         .threshold = 1,
         .measured = 1,
         .low = 0,
         .high = 2,
         .sample_size = 5,
         .basis = "",
         .detail = ""},
    };
    optcert_claims list = {0};
    for (size_t i = 0; i < 3; i++) {
        optcert_claims_add(&list, &claims[i]);
    }
    json_t *json = json_pack("{s:{s:s, s:{s:s}, s:o}}", "predicate", "level", "quick", "dialect", "name",
                             "adam", "claims", optcert_claims_to_json(&list, optcert_claim_to_json));
    optcert_claims_free(&list);
    return json;
}

#define SIGNED POLICY("\"signed\": true, \"require\": [{\"claim\": \"a.one\"}]")
#define LEVEL(level) POLICY("\"level\": \"" level "\", \"require\": [{\"claim\": \"a.one\"}]")
#define DIALECTS(list) POLICY("\"dialects\": [" list "], \"require\": [{\"claim\": \"a.one\"}]")

static const struct {
    const char *policy;
    optcert_signature signature;
    const char *why; /* NULL: accepted; else what the first refusal holds */
} applied[] = {
    {REQUIRE("{\"claim\": \"a.one\"}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.two\"}"), OPTCERT_SIGNATURE_NONE, "a.two: failed, not passed"},
    {REQUIRE("{\"claim\": \"a.two\", \"verdict\": \"failed\"}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"b.*\"}"), OPTCERT_SIGNATURE_NONE, "b.three: inconclusive, not passed"},
    {REQUIRE("{\"claim\": \"a.*\"}"), OPTCERT_SIGNATURE_NONE, "a.two: failed"},
    {REQUIRE("{\"claim\": \"a.one\"}, {\"claim\": \"*.two\"}"), OPTCERT_SIGNATURE_NONE, "a.two: failed"},
    {REQUIRE("{\"claim\": \"c.*\"}"), OPTCERT_SIGNATURE_NONE, "no claim c.*"},
    {REQUIRE("{\"claim\": \"one\"}"), OPTCERT_SIGNATURE_NONE, "no claim one"},
    {REQUIRE("{\"claim\": \"c.*\", \"count\": {\"at-least\": 0}}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.one\", \"count\": {\"at-least\": 2}}"), OPTCERT_SIGNATURE_NONE, "count 1"},
    {REQUIRE("{\"claim\": \"a.one\", \"measured\": {\"at-most\": 1.5}}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.one\", \"measured\": {\"at-most\": 1.25}}"), OPTCERT_SIGNATURE_NONE,
     "measured 1 (0.5 to 1.5) is not at most 1.25"},
    {REQUIRE("{\"claim\": \"a.one\", \"measured\": {\"at-least\": 0.75}}"), OPTCERT_SIGNATURE_NONE,
     "not at least 0.75"},
    {REQUIRE("{\"claim\": \"a.one\", \"threshold\": {\"at-most\": 2}}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.one\", \"threshold\": {\"at-most\": 1}}"), OPTCERT_SIGNATURE_NONE,
     "threshold 2"},
    {REQUIRE("{\"claim\": \"a.one\", \"sample_size\": {\"at-least\": 100}}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.one\", \"sample_size\": {\"at-least\": 101}}"), OPTCERT_SIGNATURE_NONE,
     "sample_size 100"},
    {REQUIRE("{\"claim\": \"a.one\", \"methods\": [\"proof\", \"sampled\"]}"), OPTCERT_SIGNATURE_NONE, NULL},
    {REQUIRE("{\"claim\": \"a.one\", \"methods\": [\"proof\"]}"), OPTCERT_SIGNATURE_NONE,
     "sampled, is not accepted"},
    {SIGNED, OPTCERT_SIGNATURE_GOOD, NULL},
    {SIGNED, OPTCERT_SIGNATURE_NONE, "is not signed"},
    {SIGNED, OPTCERT_SIGNATURE_UNCHECKED, "was not checked"},
    {LEVEL("quick"), OPTCERT_SIGNATURE_NONE, NULL},
    {LEVEL("full"), OPTCERT_SIGNATURE_NONE, "the level is quick, not full"},
    {DIALECTS("\"sgd\", \"adam\""), OPTCERT_SIGNATURE_NONE, NULL},
    {DIALECTS("\"sgd\""), OPTCERT_SIGNATURE_NONE, "dialect adam is none of those accepted"},
};

static void applied_policies(void)
{
    json_t *json = certificate();
    for (size_t i = 0; i < sizeof applied / sizeof applied[0]; i++) {
        char why[256] = "";
        optcert_claims checks = {0};
        json_t *policy = optcert_policy_read(applied[i].policy, strlen(applied[i].policy), why, sizeof why);
        UNIT_CHECK(policy != NULL, "%s: %s", applied[i].policy, why);
        optcert_policy_apply(policy, json, applied[i].signature, &checks);
        const char *refusal = NULL;
        for (size_t k = 0; k < checks.count && refusal == NULL; k++) {
            refusal = checks.item[k].verdict != OPTCERT_PASSED ? checks.item[k].detail : NULL;
        }
        UNIT_CHECK(applied[i].why == NULL ? refusal == NULL
                                          : refusal != NULL && strstr(refusal, applied[i].why) != NULL,
                   "%s: %s", applied[i].policy, refusal != NULL ? refusal : "accepted");
        UNIT_CHECK(checks.count > 0, "%s: nothing was checked", applied[i].policy);
        optcert_claims_free(&checks);
        json_decref(policy);
    }
    json_decref(json);
}

/* What a policy says of a build that is conformant, but reads a hyper-parameter that its dialect has not. */
static const struct {
    const char *policy, *why; /* NULL: met */
} unread[] = {
    {"conformance", NULL},
    {"research", NULL},
    {"production", "robustness.unread: failed, not passed"},
};

static json_t *unread_certificate(void)
{
    static const char *const ids[] = {"conformance.calls", "conformance.theta.ulp", "robustness.determinism",
                                      "robustness.memory", "robustness.unread"};
    optcert_claims list = {0};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        const double found = strcmp(ids[i], "robustness.unread") == 0;
        const optcert_claim claim = {.id = ids[i],
                                     .metric = "",
                                     .method = OPTCERT_SAMPLED,
                                     .measured = found,
                                     .low = found,
                                     .high = found,
                                     .sample_size = 1000000,
                                     .basis = "",
                                     .detail = ""};
        UNIT_CHECK(optcert_claims_add(&list, &claim), "memory");
    }
    json_t *json = json_pack("{s:{s:s, s:{s:s}, s:o}}", "predicate", "level", "full", "dialect", "name", "adam", "claims",
                             optcert_claims_to_json(&list, optcert_claim_to_json));
    optcert_claims_free(&list);
    return json;
}

static void unread_hyper_parameters(void)
{
    json_t *json = unread_certificate();
    for (size_t i = 0; i < sizeof unread / sizeof unread[0]; i++) {
        char why[256] = "";
        const char *text = optcert_policy_shipped(unread[i].policy), *refusal = NULL;
        json_t *policy = optcert_policy_read(text, strlen(text), why, sizeof why);
        optcert_claims checks = {0};
        optcert_policy_apply(policy, json, OPTCERT_SIGNATURE_GOOD, &checks);
        for (size_t k = 0; k < checks.count && refusal == NULL; k++) {
            refusal = checks.item[k].verdict != OPTCERT_PASSED ? checks.item[k].detail : NULL;
        }
        UNIT_CHECK(unread[i].why == NULL ? refusal == NULL : refusal != NULL && strstr(refusal, unread[i].why) != NULL,
                   "%s: %s", unread[i].policy, refusal != NULL ? refusal : "met");
        optcert_claims_free(&checks);
        json_decref(policy);
    }
    json_decref(json);
}

static void shipped_policies(void)
{
    static const char *const names[] = {"conformance", "production", "research"};
    for (size_t i = 0; i < 3; i++) {
        char why[256] = "";
        const char *text = optcert_policy_shipped(names[i]);
        if (!UNIT_CHECK(text != NULL, "%s is not there", names[i])) {
            continue;
        }
        json_t *policy = optcert_policy_read(text, strlen(text), why, sizeof why);
        UNIT_CHECK(policy != NULL && strcmp(optcert_policy_name(policy), names[i]) == 0, "%s: %s", names[i],
                   why);
        json_decref(policy);
    }
    UNIT_CHECK(optcert_policy_shipped("lenient") == NULL, "a policy that nobody wrote");
}

UNIT_SUITE(policy, {"malformed_policies", malformed_policies}, {"applied_policies", applied_policies},
           {"shipped_policies", shipped_policies}, {"unread_hyper_parameters", unread_hyper_parameters})
