/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writing the certificate. Members are set in a fixed order: same facts, same bytes. */
#include "statement.h"
#include "assumptions.h"
#include "claim_json.h"
#include "environment.h"
#include "json_text.h"
#include "number.h"
#include "source_digest.h"
#include "verdict.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

bool optcert_time_text(char *out, size_t size)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds = (uint64_t)time(NULL);
    if (epoch != NULL && (!optcert_number_whole(epoch, &seconds) || seconds > UINT32_MAX)) {
        return false;
    }
    const time_t when = (time_t)seconds;
    struct tm parts;
    gmtime_r(&when, &parts);
    return strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0;
}

/* A file without its folder, which is no property of the build; the words of a command as they are. */
static const char *digested(const optcert_build_info *build)
{
    const char *slash = strrchr(build->digest_of, '/');
    const bool command = strncmp(build->spec, "exec:", 5) == 0;
    return command || slash == NULL ? build->digest_of : slash + 1;
}

static const char *format_of(const optcert_build_info *build)
{
    return build->scalar == OPTCERT_F32 ? "binary32" : build->scalar == OPTCERT_F64 ? "binary64" : "not told";
}

static json_t *build_json(const optcert_build_info *build)
{
    return json_pack("{s:o, s:o, s:o, s:s, s:b, s:b, s:o, s:s}", "spec", optcert_json_string(build->spec),
                     "name", optcert_json_string(build->name), "claims", optcert_json_string(build->claims),
                     "scalar", format_of(build), "exposes_state",
                     build->has_get, "resumes", build->has_set, "digest_of",
                     optcert_json_string(digested(build)), "fp_environment", build->fp_environment);
}

static json_t *dialect_json(const oc_ref_dialect *dialect)
{
    return json_pack("{s:s, s:s, s:s}", "name", dialect->name, "formula", dialect->formula, "source",
                     dialect->source);
}

static json_t *predicate(const optcert_certificate *certificate)
{
    char time_text[32] = "";
    optcert_time_text(time_text, sizeof time_text);
    const optcert_verdict verdict = optcert_claims_verdict(certificate->claims);
    json_t *json = json_object();
    json_object_set_new(json, "verdict", json_string(optcert_verdict_text(verdict)));
    json_object_set_new(json, "build", build_json(certificate->build));
    json_object_set_new(json, "dialect", dialect_json(certificate->dialect));
    json_object_set_new(json, "verifier",
                        json_pack("{s:s, s:s, s:s}", "name", "optcert", "version", OPTCERT_VERSION,
                                  "source_sha256", OPTCERT_SOURCE_SHA256));
    json_object_set_new(json, "time", json_string(time_text));
    json_object_set_new(json, "level", json_string(certificate->level));
    json_object_set_new(json, "seed", json_integer((json_int_t)certificate->seed));
    json_object_set_new(json, "claims", optcert_claims_to_json(certificate->claims, optcert_claim_to_json));
    json_object_set_new(json, "observations",
                        optcert_claims_to_json(certificate->observations, optcert_observation_to_json));
    if (certificate->diagnosis != NULL) {
        json_object_set_new(json, "diagnosis", optcert_json_string(certificate->diagnosis));
    }
    json_object_set_new(json, "assumptions", optcert_assumptions_json(certificate->claims));
    if (json_object_set_new(json, "environment", optcert_environment_json()) != 0) {
        json_decref(json);
        return NULL;
    }
    return json;
}

json_t *optcert_statement(const optcert_certificate *certificate)
{
    const optcert_build_info *build = certificate->build;
    json_t *body = predicate(certificate);
    json_t *statement = json_pack("{s:s, s:[{s:o, s:{s:s}}], s:s, s:o}", "_type", OPTCERT_STATEMENT_TYPE,
                                  "subject", "name", optcert_json_string(build->spec), "digest", "sha256",
                                  build->digest, "predicateType", OPTCERT_PREDICATE_TYPE, "predicate", body);
    char checksum[OPTCERT_DIGEST_SIZE];
    if (statement == NULL || !optcert_statement_checksum(statement, checksum)) {
        json_decref(statement);
        return NULL;
    }
    json_object_set_new(body, "checksum", json_string(checksum));
    return statement;
}

bool optcert_statement_checksum(const json_t *statement, char out[OPTCERT_DIGEST_SIZE])
{
    json_t *copy = json_deep_copy(statement);
    json_object_del(json_object_get(copy, "predicate"), "checksum");
    char *text = copy != NULL ? optcert_json_text(copy) : NULL;
    json_decref(copy);
    if (text == NULL) {
        return false;
    }
    optcert_digest_bytes(text, strlen(text), out);
    free(text);
    return true;
}
