/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sampled studies: what is asked of each row, and what comes back. */
#include "sampled.h"
#include "sample/matrices.h"
#include "version.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Wanted half-widths of intervals: half of what the claims allow, so that estimates which miss by as much still decide. */
static const double share_of_claim = 0.5;

/* Times that the data are looked at, at most, where the study itself chooses the paths; the later ones when a claim is undecided. */
enum { MOST_LOOKS = 3 };

static void no_progress(void *context, double done, double total)
{
    (void)context;
    (void)done;
    (void)total;
}

/* Relative standard errors in proportion to h^-1/2, which spends less on the rows that cost most, and such that the intervals of
 * what will be claimed are as narrow as wanted. */
static void want(const optcert_converge *c, const double *limit, optcert_sampling *s)
{
    double shape[OPTCERT_ROWS_MAX];
    for (size_t i = 0; i < c->row_count; i++) {
        shape[i] = sqrt(c->row[0].h / c->row[i].h);
    }
    const optcert_halfwidths unit = optcert_sampled_halfwidths(c, shape);
    for (size_t i = 0; i < c->row_count; i++) {
        s->steps[i] = c->row[i].steps;
        s->relative[i] = shape[i] * (isfinite(unit.order) ? share_of_claim * optcert_converge_order_allowed(c) / unit.order : 0.01);
        for (size_t p = 0; p < c->study.phi_count; p++) {
            const double allowed = optcert_converge_coefficient_allowed(c, c->predicted[p].value, limit[p]);
            s->absolute[i][p] = isnan(c->predicted[p].value) ? INFINITY : shape[i] * share_of_claim * allowed * c->row[i].h / unit.coefficient;
        }
    }
}

/* Half-widths of an interval, with all that widens it and by sampling noise alone, and the one that is wanted. */
typedef struct widths {
    double whole, noise, wanted;
} widths;

static size_t widths_of(const optcert_converge *c, size_t p, widths out[2])
{
    const double order = share_of_claim * optcert_converge_order_allowed(c);
    const double coefficient = share_of_claim * optcert_converge_coefficient_allowed(c, c->predicted[p].value, c->row[0].limit[p]);
    out[0] = (widths){0.5 * (c->order[p].high - c->order[p].low), c->order_noise[p], order};
    out[1] = (widths){0.5 * (c->measured[p].high - c->measured[p].low), c->measured_noise[p], coefficient};
    return isnan(c->predicted[p].value) ? 1 : 2;
}

/* How many times as many paths give intervals as narrow as wanted; 0 where no number does, because most of what widens them is not
 * sampling noise but what the models leave out. An interval that is narrow and undecided lies across a limit: twice as many. */
static double more_paths(const optcert_converge *c)
{
    static const double least = 2.0, most = 8.0;
    bool wide = false, noisy = false;
    double factor = least;
    for (size_t p = 0; p < c->study.phi_count; p++) {
        widths w[2];
        for (size_t i = widths_of(c, p, w); i-- > 0 && !c->exact[p];) {
            const double share = w[i].noise / w[i].wanted;
            const bool own = !(w[i].whole > 2.0 * w[i].noise); /* also where there is no interval yet */
            wide = wide || !(w[i].whole <= w[i].wanted);
            noisy = noisy || (own && !(w[i].whole <= w[i].wanted));
            factor = own && share * share > factor ? share * share : factor;
        }
    }
    return wide && !noisy ? 0.0 : fmin(factor, most);
}

/* What the result depends on, in full: a checkpoint belongs to exactly this. */
static void describe(const optcert_converge *c, const optcert_sampled_options *options, char *key, size_t size)
{
    const optcert_study *s = &c->study;
    const optcert_dynamics *d = &s->dynamics;
    const optcert_problem *f = &d->oracle.problem;
    size_t used = (size_t)snprintf(
        key, size, OPTCERT_VERSION ", format 3; %s on %s, %s, batch %a, mistakes %d %d; %a %a %a %a %a; %a %a %a %a %a; %a %a; %a %a %a; %a %a %a; "
        "seed %llu paths %llu work %a; steps",
        d->kind->name, f->kind->name, d->oracle.noise->name, d->oracle.batch, (int)s->mistake, (int)c->svag_mistake, f->a, f->b, f->s0, f->s01, f->s1,
        d->sigma0, d->eps0, d->c1, d->c2, d->lambda0, s->t0, s->horizon, s->start.theta, s->start.m, s->start.u,
        s->dimension, s->couple, s->correlation, (unsigned long long)options->seed, (unsigned long long)options->paths,
        options->most_work);
    for (size_t i = 0; i < c->row_count && used < size; i++) {
        used += (size_t)snprintf(key + used, size - used, " %zu x %g", c->row[i].steps, c->row[i].amplification);
    }
    for (size_t p = 0; p < s->phi_count && used < size; p++) {
        used += (size_t)snprintf(key + used, size - used, "; %s", s->phi[p].name);
    }
    if (s->matrices != NULL && used < size) {
        optcert_matrices_describe(s->matrices, key + used, size - used);
    }
}

static void take_rows(optcert_converge *c, const optcert_sampling *s)
{
    for (size_t i = 0; i < c->row_count; i++) {
        optcert_row *row = &c->row[i];
        row->paths = (uint64_t)s->cell[i][0].sums.paths;
        for (size_t p = 0; p < c->study.phi_count; p++) {
            const optcert_sampled got = optcert_sampling_read(s, i, p);
            row->chain[p] = got.chain;
            row->error[p] = got.error;
            row->limit[p] = got.chain - got.error;
            row->se[p] = got.error_se;
            row->resolution[p] = got.bias;
        }
    }
}

/* The leading coefficient, where coordinates do not interact: then a mean over them is the one-dimensional answer. */
static bool predict(optcert_converge *c, bool wanted, double limit[OPTCERT_PHI_MAX])
{
    for (size_t p = 0; p < c->study.phi_count; p++) {
        c->predicted[p] = (optcert_estimate){NAN, NAN, NAN};
    }
    optcert_study honest = c->study;
    honest.mistake = OPTCERT_NO_MISTAKE;
    if (c->row[0].amplification > 0.0) {
        honest.dynamics.oracle.amplification = OPTCERT_SVAG_FAR;
    }
    return !wanted || c->study.couple != 0.0 || c->study.matrices != NULL ||
           optcert_converge_predict(&honest, limit, c->predicted) == OPTCERT_CONVERGE_OK;
}

static optcert_sampled_status refuse(optcert_sampled_status status, char *reason, const char *text)
{
    snprintf(reason, OPTCERT_SAMPLED_REASON, "%s", text);
    return status;
}

static optcert_sampled_status run(optcert_converge *c, optcert_sampling *s, char reason[OPTCERT_SAMPLED_REASON])
{
    c->looks = s->paths > 0 ? 1 : MOST_LOOKS;
    do {
        const optcert_sampling_status status = optcert_sampling_run(s);
        if (status != OPTCERT_SAMPLING_OK) {
            return refuse(OPTCERT_SAMPLED_BROKEN, reason,
                          status == OPTCERT_SAMPLING_DISK ? "the checkpoint could not be written" : "out of memory");
        }
        take_rows(c, s);
        optcert_sampled_fit(c);
        optcert_converge_claims(c);
        c->too_coarse = c->verdict == OPTCERT_INCONCLUSIVE && more_paths(c) == 0.0;
    } while (c->verdict == OPTCERT_INCONCLUSIVE && s->look < c->looks && optcert_sampling_grow(s, more_paths(c)));
    return OPTCERT_SAMPLED_OK;
}

static optcert_sampled_status sample(optcert_converge *c, const optcert_sampled_options *options, optcert_sampling *s,
                                     char reason[OPTCERT_SAMPLED_REASON])
{
    char why[OPTCERT_DATA_REASON];
    char key[2000];
    double limit[OPTCERT_PHI_MAX] = {0.0};
    if (!optcert_ranks_open(&s->ranks, reason, OPTCERT_SAMPLED_REASON)) {
        return OPTCERT_SAMPLED_BROKEN;
    }
    describe(c, options, key, sizeof key);
    s->resumes = options->resume != NULL;
    int64_t refused = 0;
    if (s->resumes && s->ranks.rank == 0) {
        s->checkpoint = optcert_checkpoint_open(options->resume, key, why, sizeof why);
        refused = s->checkpoint == NULL;
    }
    optcert_ranks_sum(&s->ranks, &refused, 1);
    if (refused != 0) {
        snprintf(reason, OPTCERT_SAMPLED_REASON, "--resume '%s': %s", options->resume, s->ranks.rank == 0 ? why : "");
        return OPTCERT_SAMPLED_BAD;
    }
    if (!predict(c, options->predicts, limit)) {
        return refuse(OPTCERT_SAMPLED_BROKEN, reason, "the limit's equation was not solved");
    }
    want(c, limit, s);
    switch (optcert_sampling_plan(s, why)) {
    case OPTCERT_SAMPLING_OK:
        break;
    case OPTCERT_SAMPLING_REFUSED:
        return refuse(OPTCERT_SAMPLED_BAD, reason, why);
    default:
        return refuse(OPTCERT_SAMPLED_BROKEN, reason, "out of memory");
    }
    return run(c, s, reason);
}

optcert_sampled_status optcert_sampled_run(optcert_converge *c, const optcert_sampled_options *options,
                                           char reason[OPTCERT_SAMPLED_REASON])
{
    optcert_sampling *s = calloc(1, sizeof *s);
    optcert_study *chain = calloc(c->row_count, sizeof *chain);
    if (s == NULL || chain == NULL) {
        free(s);
        free(chain);
        return refuse(OPTCERT_SAMPLED_BROKEN, reason, "out of memory");
    }
    c->method = OPTCERT_SAMPLED;
    c->seed = options->seed;
    c->study.dynamics.oracle.dimension = (size_t)c->study.dimension;
    s->study = &c->study;
    for (size_t i = 0; i < c->row_count; i++) {
        chain[i] = optcert_converge_chain(c, &c->row[i]);
        s->chain[i] = &chain[i];
    }
    s->seed = options->seed;
    s->row_count = c->row_count;
    s->paths = options->paths;
    s->most_work = options->most_work;
    s->progress = options->progress != NULL ? options->progress : no_progress;
    s->context = options->context;
    const optcert_sampled_status status = sample(c, options, s, reason);
    optcert_checkpoint_close(s->checkpoint);
    free(s);
    free(chain);
    return status;
}
