/* SPDX-License-Identifier: GPL-3.0-or-later
 * Error rates of the conformance suite. */
#include "calibrate.h"
#include "conformance.h"
#include "corpus.h"
#include "scaling_calibrate.h"
#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const formats[] = {"f32", "f64"};

/* builtin:rmsprop-new-v-f32 for the dialect rmsprop/new-v. */
static void builtin_spec(const oc_ref_dialect *dialect, const char *format, optcert_known_build *out)
{
    *out = (optcert_known_build){.dialect = dialect, .right = true};
    snprintf(out->spec, sizeof out->spec, "builtin:%s-%s", dialect->name, format);
    char *slash = strchr(out->spec, '/');
    if (slash != NULL) {
        *slash = '-';
    }
}

static bool defect_spec(const optcert_defect *defect, int format, optcert_known_build *out)
{
    *out = (optcert_known_build){.dialect = oc_ref_dialect_find(defect->claims),
                                 .right = defect->kind == OPTCERT_DEFECT_RIGHT,
                                 .symptom = defect->kind == OPTCERT_DEFECT_RIGHT ? NULL : defect->fails};
    snprintf(out->spec, sizeof out->spec, "defect:%s-%s", defect->name, formats[format]);
    return defect->kind != OPTCERT_DEFECT_HOSTILE && out->dialect != NULL &&
           (format == 1 || !defect->only_f64);
}

optcert_known_build *optcert_known_builds(size_t *count)
{
    optcert_known_build *list = calloc(2 * (oc_ref_dialect_count() + optcert_defect_count()), sizeof *list);
    *count = 0;
    for (size_t i = 0; list != NULL && i < 2 * oc_ref_dialect_count(); i++) {
        const oc_ref_dialect *dialect = oc_ref_dialect_at(i / 2);
        if (dialect->exact != NULL) {
            builtin_spec(dialect, formats[i % 2], &list[(*count)++]);
        }
    }
    for (size_t i = 0; list != NULL && i < 2 * optcert_defect_count(); i++) {
        *count += defect_spec(optcert_defect_at(i / 2), (int)(i % 2), &list[*count]) ? 1 : 0;
    }
    return list;
}

/* Whether a run came out as it is known to: all passed, or the claim that shows the symptom failed. */
static bool as_known(const optcert_claims *claims, const optcert_known_build *known)
{
    if (known->right) {
        return optcert_claims_verdict(claims) == OPTCERT_PASSED;
    }
    for (size_t i = 0; i < claims->count; i++) {
        if (strcmp(claims->item[i].id, known->symptom) == 0) {
            return claims->item[i].verdict == OPTCERT_FAILED;
        }
    }
    return false;
}

/* What a run showed that it should not have. */
static void note(const optcert_claims *claims, uint64_t seed, optcert_calibration *result)
{
    if (result->wrong++ > 0) {
        return;
    }
    snprintf(result->first, sizeof result->first, "seed %llu: passed", (unsigned long long)seed);
    for (size_t i = 0; i < claims->count; i++) {
        if (claims->item[i].verdict != OPTCERT_PASSED) {
            snprintf(result->first, sizeof result->first, "seed %llu: %s: %.180s", (unsigned long long)seed,
                     claims->item[i].id, claims->item[i].detail);
            return;
        }
    }
}

void optcert_calibrate(const optcert_known_build *known, optcert_seeds seeds, optcert_calibration *result)
{
    optcert_build_handle *handle = NULL;
    if (optcert_build_open(known->spec, NULL, &handle, result->trouble, sizeof result->trouble) !=
        OPTCERT_OK) {
        return;
    }
    for (uint64_t seed = seeds.first; seed < seeds.end; seed += seeds.stride) {
        optcert_claims claims = {0}, observations = {0};
        const optcert_conformance job = {
            .build = handle, .dialect = known->dialect, .seed = seed, .rounds = known->right ? 0 : 1};
        if (optcert_conformance_run(&job, &claims, &observations)) {
            result->runs++;
            if (!as_known(&claims, known)) {
                note(&claims, seed, result);
            }
        } else {
            snprintf(result->trouble, sizeof result->trouble, "the harness ran short of memory or processes");
        }
        optcert_claims_free(&claims);
        optcert_claims_free(&observations);
    }
    optcert_build_close(handle);
}

/* Sum over the builds that are right, or over those that are wrong. */
static optcert_calibration total(const optcert_known_build *known, const optcert_calibration *results,
                                 size_t count, bool right)
{
    optcert_calibration sum = {0};
    for (size_t i = 0; i < count; i++) {
        if (known[i].right != right) {
            continue;
        }
        if (results[i].wrong > 0 && sum.wrong == 0) {
            snprintf(sum.first, sizeof sum.first, "%.100s: %.150s", known[i].spec, results[i].first);
        }
        sum.runs += results[i].runs;
        sum.wrong += results[i].wrong;
    }
    return sum;
}

static bool add(const char *id, const optcert_calibration *sum, uint64_t seed, optcert_claims *claims)
{
    const double wrong = (double)sum->wrong;
    const optcert_claim claim = {.id = id,
                                 .metric = "runs whose verdict was not the known one",
                                 .method = OPTCERT_SAMPLED,
                                 .measured = wrong,
                                 .low = wrong,
                                 .high = wrong,
                                 .sample_size = sum->runs,
                                 .seed = seed,
                                 .basis = "every correct build passes, every defect fails with its symptom",
                                 .detail = sum->first};
    return optcert_claims_add(claims, &claim);
}

static bool add_rate(const char *id, const optcert_calibration *sum, uint64_t seed,
                     optcert_claims *observations)
{
    const optcert_estimate share = optcert_share(sum->wrong, sum->runs);
    const optcert_claim rate = {.id = id,
                                .metric = "share of runs whose verdict was not the known one",
                                .method = OPTCERT_SAMPLED,
                                .measured = share.value,
                                .low = share.low,
                                .high = share.high,
                                .sample_size = sum->runs,
                                .seed = seed,
                                .basis = "exact 95 % interval (Clopper & Pearson 1934)"};
    return optcert_claims_add(observations, &rate);
}

bool optcert_calibration_claims(const optcert_known_build *known, const optcert_calibration *results,
                                size_t count, uint64_t seed, optcert_claims *claims,
                                optcert_claims *observations)
{
    const optcert_calibration alarms = total(known, results, count, true);
    const optcert_calibration misses = total(known, results, count, false);
    return (alarms.runs == 0 || (add("calibration.false-alarms", &alarms, seed, claims) &&
                                 add_rate("calibration.false-alarm-rate", &alarms, seed, observations))) &&
           (misses.runs == 0 || (add("calibration.misses", &misses, seed, claims) &&
                                 add_rate("calibration.miss-rate", &misses, seed, observations)));
}
