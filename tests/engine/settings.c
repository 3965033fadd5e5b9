/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of settings: where each goes and what it may be. */
#include "settings.h"
#include "moments/moments.h"
#include "number.h"
#include "sample/matrices.h"
#include "zero_start.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef enum rule { ANY, POSITIVE, NOT_NEGATIVE } rule;

static const char *const rule_text[] = {"must be a finite number", "must be > 0", "must be >= 0"};

typedef struct setting {
    const char *key;
    size_t offset;
    rule allowed;
    double standard;
} setting;

#define AT(field) offsetof(optcert_study, field)

static const setting settings[] = {
    {"a", AT(dynamics.oracle.problem.a), ANY, 1.0},
    {"b", AT(dynamics.oracle.problem.b), ANY, 2.0},
    {"S0", AT(dynamics.oracle.problem.s0), POSITIVE, 1.0},
    {"S1", AT(dynamics.oracle.problem.s1), NOT_NEGATIVE, 0.2},
    {"B", AT(dynamics.oracle.batch), POSITIVE, 8.0},
    {"sigma0", AT(dynamics.sigma0), POSITIVE, 0.5},
    {"eps0", AT(dynamics.eps0), NOT_NEGATIVE, 0.1},
    {"c1", AT(dynamics.c1), POSITIVE, 2.0},
    {"c2", AT(dynamics.c2), POSITIVE, 1.0},
    {"lambda0", AT(dynamics.lambda0), NOT_NEGATIVE, 0.5},
    {"T", AT(horizon), POSITIVE, 1.0},
    {"t0", AT(t0), NOT_NEGATIVE, 0.5},
    {"theta0", AT(start.theta), ANY, 1.0},
    {"m0", AT(start.m), ANY, 0.2},
    {"u0", AT(start.u), NOT_NEGATIVE, 0.6},
    {"d", AT(dimension), POSITIVE, 1.0},
    {"couple", AT(couple), ANY, 0.0},
    {"rho", AT(correlation), NOT_NEGATIVE, 0.0},
};
enum { SETTINGS = sizeof settings / sizeof settings[0], DIMENSION_MAX = 100000 };

/* What only a study that may have any dimension reads. */
static const char wide_keys[] = "d couple rho";

static double *field_of(optcert_study *study, const setting *s)
{
    return (double *)(void *)((char *)study + s->offset);
}

static bool listed(const char *keys, const char *key, size_t length)
{
    for (const char *at = keys; (at = strstr(at, key)) != NULL; at += length) {
        if ((at == keys || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

static const char *noise_keys(const optcert_study *study)
{
    const optcert_noise *noise = study->dynamics.oracle.noise;
    return noise->source == OPTCERT_NOISE_BATCH || noise->source == OPTCERT_NOISE_EPOCH ? "B" : "";
}

static bool is_used(const optcert_study *study, const char *key)
{
    const char *const keys[] = {"T theta0", study->sampled || study->wide ? wide_keys : "", noise_keys(study),
                                study->dynamics.oracle.problem.kind->keys, study->dynamics.kind->keys};
    bool used = false;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        used = used || listed(keys[i], key, strlen(key));
    }
    return used;
}

void optcert_settings_default(optcert_study *study)
{
    optcert_oracle *oracle = &study->dynamics.oracle;
    oracle->dimension = 1;
    oracle->amplification = 1.0;
    for (size_t i = 0; i < SETTINGS; i++) {
        *field_of(study, &settings[i]) = is_used(study, settings[i].key) ? settings[i].standard : 0.0;
    }
    if (oracle->problem.kind->of_data) {
        optcert_problem_set_data(&oracle->problem,
                                 oracle->problem.data != NULL ? oracle->problem.data : optcert_data_builtin("mirrored"));
    }
}

static bool allowed(rule r, double value)
{
    return r == ANY || value > 0.0 || (r == NOT_NEGATIVE && value == 0.0);
}

static bool apply_one(optcert_study *study, const char *pair, char reason[OPTCERT_REASON_SIZE])
{
    const char *equals = strchr(pair, '=');
    const size_t length = equals != NULL ? (size_t)(equals - pair) : 0;
    const setting *found = NULL;
    for (size_t i = 0; i < SETTINGS; i++) {
        if (strlen(settings[i].key) == length && strncmp(settings[i].key, pair, length) == 0) {
            found = &settings[i];
        }
    }
    if (found == NULL) {
        snprintf(reason, OPTCERT_REASON_SIZE,
                 "'%s' is not KEY=VALUE with a key of a, b, S0, S1, B, sigma0, eps0, c1, c2, lambda0, T, t0, theta0, m0, u0, d, couple, rho",
                 pair);
        return false;
    }
    if (!is_used(study, found->key)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "'%s' means nothing here: %s on %s does not read %s%s", pair,
                 study->dynamics.kind->name, study->dynamics.oracle.problem.kind->name, found->key,
                 listed(wide_keys, found->key, strlen(found->key)) ? " without --engine monte-carlo" : "");
        return false;
    }
    double value;
    if (!optcert_number_real(equals + 1, &value) || !allowed(found->allowed, value)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "'%s' is not allowed: %s %s", pair, found->key,
                 rule_text[found->allowed]);
        return false;
    }
    *field_of(study, found) = value;
    return true;
}

bool optcert_settings_apply(optcert_study *study, const char *text, char reason[OPTCERT_REASON_SIZE])
{
    char pair[80];
    for (;;) {
        const size_t length = strcspn(text, ",");
        if (length >= sizeof pair) {
            snprintf(reason, OPTCERT_REASON_SIZE, "'%.40s...' is too long", text);
            return false;
        }
        memcpy(pair, text, length);
        pair[length] = '\0';
        if (!apply_one(study, pair, reason)) {
            return false;
        }
        if (text[length] == '\0') {
            return true;
        }
        text += length + 1;
    }
}

static bool check_phi(const optcert_study *study, const optcert_phi *phi, char reason[OPTCERT_REASON_SIZE])
{
    const optcert_optimizer_kind *kind = study->dynamics.kind;
    if ((phi->power[1] > 0 && !kind->has_m) || (phi->power[2] > 0 && !kind->has_u)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--phi '%s' is not a function of %s's state (%s)", phi->name, kind->name,
                 kind->has_m ? "theta, m, u" : kind->has_u ? "theta, u" : "theta");
        return false;
    }
    return true;
}

/* The noise's correlation is that of the normals its law is made from; where coordinates interact it must be rho itself, as it is
 * in the limit. */
static bool check_wide(const optcert_study *study, char reason[OPTCERT_REASON_SIZE])
{
    const double d = study->dimension;
    const optcert_noise *noise = study->dynamics.oracle.noise;
    if (!(d >= 1.0 && d <= DIMENSION_MAX && d == floor(d))) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 'd=%g' is not allowed: d must be a whole number from 1 to %d", d,
                 DIMENSION_MAX);
        return false;
    }
    if (!(study->correlation <= 1.0)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 'rho=%g' is not allowed: rho must be <= 1", study->correlation);
        return false;
    }
    if (!study->sampled && study->matrices == NULL && d == 1.0 && (study->couple != 0.0 || study->correlation > 0.0)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set '%s=%g' means nothing in one dimension: set d", study->couple != 0.0 ? "couple" : "rho",
                 study->couple != 0.0 ? study->couple : study->correlation);
        return false;
    }
    const bool interact = study->couple != 0.0 || (study->matrices != NULL && study->matrices->hessian != NULL);
    if (study->correlation > 0.0 && interact && strcmp(noise->name, "gaussian") != 0) {
        snprintf(reason, OPTCERT_REASON_SIZE,
                 "--set 'rho=%g' is not allowed: where coordinates interact only gaussian noise has this correlation, not %s",
                 study->correlation, noise->name);
        return false;
    }
    return true;
}

/* Only what optimizers start from themselves: nothing, at t = 0. */
static bool check_zero(const optcert_study *study, char reason[OPTCERT_REASON_SIZE])
{
    if (!optcert_zero_start(study) || study->start.m != 0.0) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 'u0=0' is not allowed: u0 must be > 0, but for adam and adamw from t0=0 with m0=0");
        return false;
    }
    if (study->sampled || !study->dynamics.oracle.problem.kind->polynomial) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 'u0=0' is not allowed %s: a start from nothing needs a linear gradient and constant noise, and no sampling",
                 study->sampled ? "with --engine monte-carlo" : study->dynamics.oracle.problem.kind->name);
        return false;
    }
    return true;
}

bool optcert_settings_check(const optcert_study *study, size_t fewest_steps, char reason[OPTCERT_REASON_SIZE])
{
    const double h = study->horizon / (double)fewest_steps;
    const double c = fmax(study->dynamics.c1, study->dynamics.c2);
    if (!(c * h < 1.0)) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--steps %zu is not allowed: c h = %g must be < 1 (h = T/N, so N > %g)",
                 fewest_steps, c * h, c * study->horizon);
        return false;
    }
    if (study->sampled && study->dynamics.kind->has_m && study->t0 == 0.0) {
        snprintf(reason, OPTCERT_REASON_SIZE,
                 "--set 't0=0' is not allowed with --engine monte-carlo: Euler's scheme cannot start where the equation is singular");
        return false;
    }
    if ((study->sampled || study->wide) && !check_wide(study, reason)) {
        return false;
    }
    if (study->dynamics.kind->has_u && study->start.u == 0.0 && !check_zero(study, reason)) {
        return false;
    }
    if (study->second_order && study->dynamics.kind->has_m && study->t0 == 0.0) {
        snprintf(reason, OPTCERT_REASON_SIZE, "--set 't0=0' is not allowed: corrections of order h are singular there");
        return false;
    }
    if (!optcert_oracle_check(&study->dynamics.oracle, reason)) {
        return false;
    }
    for (size_t p = 0; p < study->phi_count; p++) {
        if (!check_phi(study, &study->phi[p], reason)) {
            return false;
        }
    }
    return true;
}

static const struct {
    const char *name, *text;
    optcert_mistake mistake;
    const char *noise;
} controls[] = {
    {"missing-preconditioner", "the SDE's drift of theta without P^-1 (rmsprop, adam, adamw)", OPTCERT_MISSING_PRECONDITIONER,
     NULL},
    {"time-unit", "a step lasts eta instead of eta^2 (sgd: eta^2 instead of eta)", OPTCERT_TIME_UNIT, NULL},
    {"no-gamma", "the SDE without its bias corrections gamma_1, gamma_2 (adam, adamw)", OPTCERT_NO_GAMMA, NULL},
    {"stratonovich", "the Ito equation read as a Stratonovich one (sgd, rmsprop where Sigma depends on theta)",
     OPTCERT_STRATONOVICH, NULL},
    {"skewed-noise", "an oracle outside the hypotheses: exponential noise, whose skewness stays", OPTCERT_NO_MISTAKE,
     "exponential"},
    {"heavy-tails", "an oracle outside the hypotheses: Student's t with 3 degrees of freedom", OPTCERT_NO_MISTAKE, "student3"},
};

const char *optcert_settings_control_name(size_t i, const char **text)
{
    if (i >= sizeof controls / sizeof controls[0]) {
        return NULL;
    }
    *text = controls[i].text;
    return controls[i].name;
}

/* Whether a law outside the hypotheses makes a difference: moment equations see its skewness in E m u alone. */
static bool law_matters(const optcert_study *study, const optcert_noise *law)
{
    bool seen = !optcert_moments_wanted(study);
    for (size_t p = 0; p < study->phi_count; p++) {
        seen = seen || (study->phi[p].power[1] * study->phi[p].power[2] > 0 && !optcert_noise_heavy(law));
    }
    return seen;
}

/* Whether the mistake, or for none the law, makes a difference here. Moment equations of m and u do not hold theta. */
static bool matters(const optcert_study *study, optcert_mistake mistake, const optcert_noise *law)
{
    switch (mistake) {
    case OPTCERT_NO_GAMMA:
        return study->dynamics.kind->has_m && !optcert_moments_wanted(study);
    case OPTCERT_MISSING_PRECONDITIONER:
        return study->dynamics.kind->has_u && !optcert_moments_wanted(study);
    case OPTCERT_STRATONOVICH: /* theta must carry noise whose size depends on theta; SGD's is small, so that the mistake is of
                                * first order, seen by the coefficient that sampling has not */
        return !study->dynamics.kind->has_m && study->dynamics.oracle.problem.s1 > 0.0 &&
               (study->dynamics.kind->has_u || !study->sampled);
    case OPTCERT_NO_MISTAKE:
        return law_matters(study, law);
    case OPTCERT_TIME_UNIT:
        break;
    }
    return true;
}

bool optcert_settings_control(optcert_study *study, const char *name, char reason[OPTCERT_REASON_SIZE])
{
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        if (strcmp(controls[i].name, name) != 0) {
            continue;
        }
        const optcert_noise *law =
            controls[i].noise != NULL ? optcert_noise_find(controls[i].noise) : study->dynamics.oracle.noise;
        if (!matters(study, controls[i].mistake, law)) {
            snprintf(reason, OPTCERT_REASON_SIZE, "'%s' changes nothing for %s on %s%s", name, study->dynamics.kind->name,
                     study->dynamics.oracle.problem.kind->name,
                     optcert_moments_wanted(study) ? " in the moments of these test functions"
                     : study->sampled              ? " that sampling shows"
                                                   : "");
            return false;
        }
        study->mistake = controls[i].mistake;
        study->dynamics.oracle.noise = law;
        return true;
    }
    snprintf(reason, OPTCERT_REASON_SIZE,
             "'%s' is not missing-preconditioner, time-unit, no-gamma, stratonovich, skewed-noise or heavy-tails", name);
    return false;
}
