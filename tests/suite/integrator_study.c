/* SPDX-License-Identifier: GPL-3.0-or-later
 * Weak and strong errors of one scheme on one problem, their order, and the claim that it is at least the
 * stated one. */
#include "integrator_study.h"
#include "basis.h"
#include "noise.h"
#include "random/random.h"
#include "sampled.h"
#include "verdict.h"

#include "optcert/talay_tubaro.h"

#include <cblas.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Grids and quadratures of the two levels. Linear equations: polynomials of degree 2 are carried to such, so
 * that 3 nodes a coordinate are exact. The sinh problem: smooth functions of asinh x. */
typedef struct level {
    size_t nodes, z;
} level;

/* Grids are in y = asinh x for the sinh problem, whose mean moves from asinh x0 by T; else in x. */
static bool on_asinh(const optcert_scheme_run *run)
{
    return strcmp(run->problem->name, "sinh") == 0;
}

/* Random numbers in a step, and nodes of the tensor grid. */
static size_t numbers_of(const optcert_scheme_run *run)
{
    return run->scheme->draws * run->problem->dimension;
}

static size_t nodes_of(const optcert_scheme_run *run, const optcert_basis *basis)
{
    return run->problem->dimension > 1 ? basis->n * basis->n : basis->n;
}

static level level_of(const optcert_scheme_run *run, int i)
{
    const bool linear = !on_asinh(run);
    return (level){linear ? 3 + (size_t)i : 64 + 16 * (size_t)i,
                   numbers_of(run) > 1 ? 8 : 20 + 6 * (size_t)i};
}

static double to_grid(const optcert_scheme_run *run, double x)
{
    return on_asinh(run) ? asinh(x) : x;
}

static double from_grid(const optcert_scheme_run *run, double y)
{
    return on_asinh(run) ? sinh(y) : y;
}

static void set_basis(const optcert_scheme_run *run, size_t n, optcert_basis *out)
{
    if (on_asinh(run)) {
        optcert_basis_hermite(out, n, asinh(run->x0) + 0.5 * run->horizon, 0.9 * sqrt(run->horizon), 0.0);
    } else {
        optcert_basis_hermite(out, n, 0.0, 1.0 + fabs(run->x0), 0.0);
    }
}

/* Node number i of the grid, coordinate by coordinate. */
static void node_at(const optcert_scheme_run *run, const optcert_basis *basis, size_t i, double *x)
{
    for (size_t c = 0; c < run->problem->dimension; c++) {
        x[c] = from_grid(run, basis->x[c == 0 ? i % basis->n : i / basis->n]);
    }
}

/* The values at x of the functions that are 1 at one node and 0 at the others. */
static void grid_row(const optcert_scheme_run *run, const optcert_basis *basis, const double *x, double *row)
{
    double first[OPTCERT_BASIS_MAX], second[OPTCERT_BASIS_MAX] = {1.0};
    optcert_basis_row(basis, to_grid(run, x[0]), first);
    if (run->problem->dimension > 1) {
        optcert_basis_row(basis, to_grid(run, x[1]), second);
    }
    for (size_t i = 0; i < nodes_of(run, basis); i++) {
        row[i] = first[i % basis->n] * second[i / basis->n];
    }
}

/* The matrix of one step: row i is E of the interpolation at the image of node i. */
static void make_matrix(const optcert_scheme_run *run, const oc_time_step_f64 *h, const optcert_basis *basis,
                        size_t z, double *matrix)
{
    optcert_rule rule;
    optcert_noise_find(run->scheme->noise)->rule(z, &rule);
    const size_t n = nodes_of(run, basis);
    const size_t second = numbers_of(run) > 1 ? rule.n : 1;
    memset(matrix, 0, n * n * sizeof *matrix);
    for (size_t i = 0; i < n; i++) {
        for (size_t q = 0; q < rule.n * second; q++) {
            double row[OPTCERT_BASIS_MAX];
            double x[OPTCERT_SCHEME_DIMENSION];
            const double noise[2] = {rule.z[q / second], rule.z[q % second]};
            node_at(run, basis, i, x);
            run->scheme->step(run, h, x, noise);
            grid_row(run, basis, x, row);
            cblas_daxpy((int)n, rule.w[q / second] * (second > 1 ? rule.w[q % second] : 1.0), row, 1, matrix + i * n, 1);
        }
    }
}

static bool expect(const optcert_scheme_run *run, level l, size_t steps, double out[2])
{
    static double matrix[OPTCERT_BASIS_MAX * OPTCERT_BASIS_MAX];
    double w[2][2 * OPTCERT_BASIS_MAX];
    optcert_basis basis;
    oc_time_step_f64 h;
    if (oc_time_step_init_f64(&h, run->horizon / (double)steps) != OC_OK) {
        return false;
    }
    set_basis(run, l.nodes, &basis);
    make_matrix(run, &h, &basis, l.z, matrix);
    const size_t n = nodes_of(run, &basis);
    for (size_t i = 0; i < 2 * n; i++) {
        double x[OPTCERT_SCHEME_DIMENSION];
        node_at(run, &basis, i / 2, x);
        w[0][i] = run->problem->value(i % 2, x);
    }
    for (size_t k = 0; k < steps; k++) {
        cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)n, 2, (int)n, 1.0, matrix, (int)n, w[k % 2], 2, 0.0,
                    w[1 - k % 2], 2);
    }
    double row[OPTCERT_BASIS_MAX];
    const double start[OPTCERT_SCHEME_DIMENSION] = {run->x0, run->x0};
    grid_row(run, &basis, start, row);
    cblas_dgemv(CblasRowMajor, CblasTrans, (int)n, 2, 1.0, w[steps % 2], 2, row, 1, 0.0, out, 1);
    return true;
}

/* Talay and Tubaro: 2 E_{h/2} - E_h. */
static bool scheme_expect(const optcert_scheme_run *run, level l, size_t steps, double out[2])
{
    double fine[2];
    if (!expect(run, l, steps, out)) {
        return false;
    }
    if (run->scheme->extrapolates) {
        if (!expect(run, l, 2 * steps, fine)) {
            return false;
        }
        for (size_t p = 0; p < 2; p++) {
            out[p] = oc_talay_tubaro_f64(fine[p], out[p]);
        }
    }
    return true;
}

static void claim_orders(optcert_converge *c, double order, double slack, uint64_t observations,
                         const char *basis)
{
    bool failed = false;
    bool open = false;
    c->claim_count = 0;
    for (size_t p = 0; p < c->study.phi_count; p++) {
        char *id = c->claim_id[c->claim_count];
        optcert_claim *claim = &c->claim[c->claim_count++];
        const optcert_phi phi = c->study.phi[p];
        snprintf(id, sizeof c->claim_id[0], "converge.integrator.%s.%s", phi.name,
                 c->exact[p] ? "exact" : "order");
        *claim = (optcert_claim){.id = id,
                                 .metric = "exponent of h",
                                 .method = c->method,
                                 .relation = OPTCERT_AT_LEAST,
                                 .threshold = order - slack,
                                 .measured = c->order[p].value,
                                 .low = c->order[p].low,
                                 .high = c->order[p].high,
                                 .sample_size = observations,
                                 .seed = c->seed,
                                 .basis = basis,
                                 .detail = ""};
        if (c->exact[p]) { /* no error beyond rounding: better than any order */
            claim->metric = "largest error beyond rounding";
            claim->relation = OPTCERT_AT_MOST;
            claim->threshold = claim->measured = claim->low = claim->high = 0.0;
        }
        optcert_claim_close(claim);
        failed = failed || claim->verdict == OPTCERT_FAILED;
        open = open || claim->verdict == OPTCERT_INCONCLUSIVE;
    }
    c->verdict = failed ? OPTCERT_FAILED : open ? OPTCERT_INCONCLUSIVE : OPTCERT_PASSED;
}

static bool weak_row(const optcert_scheme_run *run, optcert_row *row)
{
    double coarse[2];
    if (!scheme_expect(run, level_of(run, 0), row->steps, coarse) ||
        !scheme_expect(run, level_of(run, 1), row->steps, row->chain)) {
        return false;
    }
    for (size_t p = 0; p < 2; p++) {
        row->limit[p] = run->problem->moment(run->a, run->s, run->x0, run->horizon, p);
        row->error[p] = row->chain[p] - row->limit[p];
        row->resolution[p] = fabs(row->chain[p] - coarse[p]);
    }
    return true;
}

bool optcert_integrator_weak(const optcert_scheme_run *run, optcert_converge *c)
{
    c->method = OPTCERT_DETERMINISTIC;
    c->study.phi_count = 2;
    for (size_t p = 0; p < 2; p++) {
        strcpy(c->study.phi[p].name, run->problem->phi[p]);
        c->predicted[p] = (optcert_estimate){NAN, NAN, NAN};
    }
    size_t i = 0;
    do {
        for (; i < c->row_count; i++) {
            if (!weak_row(run, &c->row[i])) {
                return false;
            }
        }
        optcert_converge_fit(c);
        claim_orders(c, optcert_scheme_weak(run), 0.005, c->row_count, "weak order of the scheme (Kloeden, Platen 1992)");
    } while (optcert_converge_add_finer(c));
    return true;
}

/* What the exact solution needs of a path so far: x itself, updated step by step (ou), or W (gbm, sinh). */
static void exact_step(const optcert_scheme_run *run, double h, const double z[3], double *state)
{
    if (!run->problem->additive) {
        *state += sqrt(h) * z[0];
        return;
    }
    /* int exp(-a (h-s)) dW, jointly normal with W_h = sqrt(h) z0 and int W ds = h^(3/2) (z0 + z1/sqrt 3)/2;
     * what is left has variance a^4 h^5/720 up to a factor 1 + O(h) */
    const double ah = run->a * h;
    const double p0 = -expm1(-ah) / (run->a * sqrt(h));
    const double q = (1.0 - exp(-ah) * (1.0 + ah)) / (run->a * run->a);
    const double p1 = 2.0 * sqrt(3.0) * (q / (h * sqrt(h)) - 0.5 * p0);
    const double p2 = ah * ah * sqrt(h / 720.0);
    *state = exp(-ah) * *state + run->s * (p0 * z[0] + p1 * z[1] + p2 * z[2]);
}

static double exact_end(const optcert_scheme_run *run, double state)
{
    if (run->problem->additive) {
        return state;
    }
    if (strcmp(run->problem->name, "gbm") == 0) {
        return run->x0 * exp((run->a - 0.5 * run->s * run->s) * run->horizon + run->s * state);
    }
    return sinh(run->horizon + state + asinh(run->x0));
}

/* The scheme's end after `steps` steps of h on path `at`. A step's normals are those of `parts` steps of h/parts
 * together; `state` follows the exact solution where that is known. */
static void path_end(const optcert_scheme_run *run, const oc_time_step_f64 *h, size_t steps, size_t parts,
                     optcert_random at, double *x, double *state)
{
    const size_t n = run->problem->dimension;
    const size_t needed = run->problem->additive ? 3 : n;
    for (size_t k = 0; k < steps; k++) {
        double z[3] = {0.0};
        for (size_t i = 0; i < needed * parts; i++) {
            at.step = (uint32_t)(k * parts + i / needed);
            at.coordinate = (uint32_t)(i % needed);
            z[i % needed] += optcert_random_normal(&at) / sqrt((double)parts);
        }
        run->scheme->step(run, h, x, z);
        if (!run->problem->mixed) {
            exact_step(run, h->h, z, state);
        }
    }
}

/* |x_N - X_T| on one path; without an exact path the distance to the scheme's own end with steps half as long, which
 * falls with the same power. */
static double path_error(const optcert_scheme_run *run, const oc_time_step_f64 *h, const oc_time_step_f64 *half,
                         size_t steps, optcert_random at)
{
    double x[OPTCERT_SCHEME_DIMENSION] = {run->x0, run->x0};
    double fine[OPTCERT_SCHEME_DIMENSION] = {run->x0, run->x0};
    double state = run->problem->additive ? run->x0 : 0.0;
    path_end(run, h, steps, run->problem->mixed ? 2 : 1, at, x, &state);
    if (!run->problem->mixed) {
        return fabs(x[0] - exact_end(run, state));
    }
    path_end(run, half, 2 * steps, 1, at, fine, &state);
    return hypot(x[0] - fine[0], x[1] - fine[1]);
}

bool optcert_integrator_strong(const optcert_scheme_run *run, uint64_t paths, optcert_converge *c)
{
    c->method = OPTCERT_SAMPLED;
    c->study.phi_count = 1;
    strcpy(c->study.phi[0].name, "strong");
    c->predicted[0] = (optcert_estimate){NAN, NAN, NAN};
    for (size_t i = 0; i < c->row_count; i++) {
        optcert_row *row = &c->row[i];
        oc_time_step_f64 h;
        oc_time_step_f64 half;
        double sum = 0.0;
        double square = 0.0;
        if (oc_time_step_init_f64(&h, row->h) != OC_OK || oc_time_step_init_f64(&half, 0.5 * row->h) != OC_OK) {
            return false;
        }
        for (uint64_t path = 0; path < paths; path++) {
            const double error =
                path_error(run, &h, &half, row->steps,
                           (optcert_random){.seed = c->seed, .stream = path, .purpose = (uint32_t)i});
            sum += error;
            square += error * error;
        }
        row->paths = paths;
        row->error[0] = row->chain[0] = sum / (double)paths;
        row->se[0] = sqrt((square / (double)paths - row->error[0] * row->error[0]) / (double)(paths - 1));
    }
    optcert_sampled_fit(c);
    claim_orders(c, optcert_scheme_strong(run), 0.1, paths * c->row_count,
                 "strong order of the scheme (Kloeden, Platen 1992; Roessler 2010)");
    return true;
}
