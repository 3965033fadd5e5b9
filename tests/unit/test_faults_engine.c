/* SPDX-License-Identifier: GPL-3.0-or-later
 * Memory, disk and processes that fail under the engines, at every place where one of them is asked for: refused, or done right. */
#include "average.h"
#include "converge.h"
#include "converge_report.h"
#include "data.h"
#include "fault.h"
#include "gradient_report.h"
#include "npy.h"
#include "npy_write.h"
#include "run.h"
#include "sample/checkpoint.h"
#include "sample/matrices.h"
#include "sampled.h"
#include "scaling_calibrate.h"
#include "scaling_study.h"
#include "settings.h"
#include "unit.h"

#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The sweep itself: three places, one of them in a loop and one reached from two callers, and an answer that is wrong without
 * being refused, which the run's own check must see. */
static int asked, careless;

__attribute__((noinline)) static bool ask(size_t size)
{
    asked++;
    void *volatile piece = malloc(size); /* volatile: a compiler may leave out what is only asked for and given back */
    const bool there = piece != NULL;
    free(piece);
    return there;
}

static bool three_places(const void *with)
{
    (void)with;
    bool whole = ask(1);
    for (volatile int i = 0; i < 3; i++) {
        whole = ask(2) && whole;
    }
    char *volatile text = strdup("t");
    careless += text == NULL;
    free(text);
    return whole;
}

static void every_place_once(void)
{
    asked = careless = 0;
    unit_faults_all(true);
    const size_t places = unit_faults("three places", three_places, NULL, 3);
    unit_faults_all(false);
    UNIT_CHECK(places == 3, "%zu places, not 3", places);
    UNIT_CHECK(asked == 4 * (3 + 1 + 1 + 1 + 2), "%d calls: each place once, then none, the loop's again, then none, then whole twice", asked);
    UNIT_CHECK(careless == 1, "%d of 1 answers that nobody looked at", careless);
}

typedef struct study_case {
    const char *optimizer, *problem, *noise, *set, *phi;
    bool second_order, sampled, wide;
    const char *origin;
} study_case;

static optcert_study make_study(const study_case *of)
{
    char reason[OPTCERT_REASON_SIZE] = "";
    optcert_study study = {.dynamics.kind = optcert_optimizer_find(of->optimizer), .second_order = of->second_order, .sampled = of->sampled, .wide = of->wide};
    study.dynamics.oracle.problem.kind = optcert_problem_find(of->problem);
    study.dynamics.oracle.noise = optcert_noise_find(of->noise);
    optcert_settings_default(&study);
    UNIT_CHECK(optcert_settings_apply(&study, of->set, reason), "%s", reason);
    UNIT_CHECK(optcert_phi_parse(of->phi, &study.phi[0]), "%s", of->phi);
    study.phi_count = 1;
    return study;
}

static void no_progress(void *context, size_t done, size_t total)
{
    (void)context;
    (void)done;
    (void)total;
}

static bool converges(const void *with)
{
    const study_case *of = with;
    static optcert_converge c;
    c = (optcert_converge){.suite = of->second_order ? "order2" : "limit", .order_target = of->second_order ? 2 : 1};
    c.study = make_study(of);
    optcert_converge_set_steps(&c, (size_t[]){4, 8, 16, 32, 64}, 5, OPTCERT_ROWS_MIN);
    const bool done = optcert_converge_run(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK;
    UNIT_CHECK(!done || c.verdict != OPTCERT_FAILED, "%s: failed", of->origin);
    return done;
}

static bool solves_moments(const void *with)
{
    const study_case *of = with;
    static optcert_converge c;
    c = (optcert_converge){.suite = "limit", .order_target = 1};
    c.study = make_study(of);
    optcert_converge_set_steps(&c, (size_t[]){8}, 1, OPTCERT_ROWS_MIN);
    const bool done = optcert_converge_run_moments(&c, no_progress, NULL) == OPTCERT_CONVERGE_OK;
    UNIT_CHECK(!done || c.verdict == OPTCERT_PASSED, "%s: not passed", of->origin);
    return done;
}

static bool samples(const void *with)
{
    const study_case *of = with;
    static optcert_converge c;
    char reason[OPTCERT_SAMPLED_REASON] = "", path[] = "/tmp/optcert-test-XXXXXX";
    close(mkstemp(path));
    unlink(path);
    const optcert_sampled_options options = {.seed = 1, .paths = 64, .most_work = 1e6, .resume = path, .predicts = true};
    c = (optcert_converge){.suite = "limit", .order_target = 1};
    c.study = make_study(of);
    optcert_converge_set_steps(&c, (size_t[]){4, 8}, 2, 2);
    const bool done = optcert_sampled_run(&c, &options, reason) == OPTCERT_SAMPLED_OK;
    UNIT_CHECK(done || reason[0] != '\0', "%s: refused without a reason", of->origin);
    for (size_t r = 0; done && r < c.row_count; r++) {
        UNIT_CHECK(isfinite(c.row[r].error[0]) && c.row[r].paths > 0, "%s: row %zu is empty", of->origin, r);
    }
    unlink(path);
    return done;
}

static const study_case studies[] = {
    {"sgd", "quadratic", "rademacher", "T=0.25", "theta", false, false, false, "one grid, expansion of one variable"},
    {"rmsprop", "linear", "rademacher", "T=0.25", "theta", false, false, false, "second moment, splitting without m"},
    {"sgd", "quadratic", "rademacher", "T=0.25", "theta", true, false, false, "corrections of order h"},
    {"adam", "linear", "rademacher", "T=0.08,t0=0.5", "theta", false, false, false, "splitting with m"},
    {"adam", "linear", "rademacher", "T=0.08,a=0.7,t0=0,m0=0,u0=0", "theta", false, false, false, "from nothing"},
    {"sgd", "quadratic", "gaussian", "d=2,couple=0.3", "theta^2", false, false, true, "moments of theta"},
    {"adam", "linear", "gaussian", "d=2", "m*u", false, false, true, "moments of m and u"},
    {"sgd", "quadratic", "rademacher", "T=0.25,d=2", "theta", false, true, false, "sampled, with its checkpoint"},
};

static void run_studies(void)
{
    omp_set_num_threads(1);
    for (size_t i = 0; i < sizeof studies / sizeof studies[0]; i++) {
        const study_case *of = &studies[i];
        unit_faults(of->origin, of->sampled ? samples : of->wide ? solves_moments : converges, of, of->sampled ? 10 : 4);
    }
    omp_set_num_threads(omp_get_num_procs());
}

static bool scales(const void *with)
{
    const bool average = *(const bool *)with;
    const study_case of = {"sgd/scaled", "quadratic", "gaussian", "T=0.5", "theta", false, false, false, "scaling"};
    static optcert_scaling_study s;
    s = (optcert_scaling_study){.study = make_study(&of), .average_rate = average ? 2.0 : 0.0, .rule = OPTCERT_SCALING_TRUE,
                                .step_count = 5, .steps = {8, 16, 32, 64, 128}, .kappa_count = 1, .kappa = {2}};
    s.study.phi_count = average ? OPTCERT_AVERAGE_PHIS : 1;
    const bool done = optcert_scaling_run_all(&s, no_progress, NULL) == OPTCERT_CONVERGE_OK;
    UNIT_CHECK(!done || s.verdict != OPTCERT_FAILED, "the rule failed");
    return done;
}

static bool measures(const void *with)
{
    (void)with;
    optcert_scaling_sample sample;
    optcert_scaling_outcome outcome[OPTCERT_SCALING_RULES];
    optcert_claims claims = {0};
    optcert_scaling_sample_of(optcert_scaling_subject_find("sgd"), &optcert_swarm_problems[0], &sample);
    sample.kappa = 2;
    sample.steps = 16;
    sample.paths = sample.block = 64;
    sample.permutations = 9;
    bool wanted[OPTCERT_SCALING_RULES] = {[OPTCERT_SCALING_TRUE] = true, [OPTCERT_SCALING_KEPT_LR] = true};
    const bool done = optcert_scaling_measure(&sample, wanted, outcome) &&
                      optcert_scaling_claim(&sample, "scaling", &outcome[OPTCERT_SCALING_TRUE], &claims);
    UNIT_CHECK(!done || claims.count == 1, "%zu claims", claims.count);
    optcert_claims_free(&claims);
    return done;
}

static void scaling(void)
{
    omp_set_num_threads(1);
    static const bool average[] = {false, true};
    for (size_t i = 0; i < 2; i++) {
        unit_faults(average[i] ? "scaling, averages" : "scaling", scales, &average[i], 1);
    }
    unit_faults("sampled scaling", measures, NULL, 1);
    omp_set_num_threads(omp_get_num_procs());
}

/* --- files --- */

static char gradients[64], numbers[64];

static void write_file(char path[64], const void *bytes, size_t size)
{
    strcpy(path, "/tmp/optcert-test-XXXXXX");
    const int fd = mkstemp(path);
    UNIT_CHECK(fd >= 0 && write(fd, bytes, size) == (ssize_t)size, "cannot write %s", path);
    close(fd);
}

static void write_npy(char path[64], size_t rows, size_t columns)
{
    write_file(path, "", 0);
    FILE *file = fopen(path, "we");
    if (!UNIT_CHECK(file != NULL, "cannot write %s", path)) {
        return;
    }
    optcert_npy_head(file, "<f8", rows, columns);
    for (size_t i = 0; i < rows * columns; i++) {
        const double value = i / columns == i % columns ? 2.0 : 0.01 * (double)((i / columns) + (i % columns));
        fwrite(&value, sizeof value, 1, file);
    }
    UNIT_CHECK(fclose(file) == 0, "cannot write %s", path);
}

static bool reads_gradients(const void *with)
{
    (void)with;
    optcert_npy array = {0};
    char why[OPTCERT_NPY_REASON] = "";
    if (!optcert_npy_read(gradients, &array, why)) {
        UNIT_CHECK(why[0] != '\0', "refused without a reason");
        return false;
    }
    char *text = optcert_gradient_text(array.value, array.rows, array.columns, 4, 16, 2, why);
    UNIT_CHECK(text != NULL || why[0] != '\0', "no report and no reason");
    const bool done = text != NULL;
    optcert_gradient_text_free(text);
    free(array.value);
    return done;
}

static bool reads_matrices(const void *with)
{
    (void)with;
    optcert_matrices matrices;
    char reason[OPTCERT_MATRICES_REASON] = "";
    const bool done = optcert_matrices_read(gradients, gradients, &matrices, reason);
    UNIT_CHECK(done || reason[0] != '\0', "refused without a reason");
    if (done) {
        optcert_matrices_free(&matrices);
    }
    return done;
}

static bool reads_data(const void *with)
{
    (void)with;
    optcert_data data = {0}, sorted = {0};
    char reason[OPTCERT_DATA_REASON] = "";
    bool done = optcert_data_read(numbers, &data, reason);
    UNIT_CHECK(done || reason[0] != '\0', "refused without a reason");
    if (done) {
        done = optcert_data_sorted(&data, 0.5, &sorted);
        if (done) {
            optcert_data_free(&sorted);
        }
        optcert_data_free(&data);
    }
    return done;
}

static void files(void)
{
    static const struct {
        const char *what;
        bool (*run)(const void *);
    } cases[] = {{"gradients", reads_gradients}, {"matrices", reads_matrices}, {"data", reads_data}};
    write_npy(gradients, 12, 12);
    write_file(numbers, "1 2\n3 4\n5 7\n", 12);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        unit_faults(cases[i].what, cases[i].run, NULL, 2);
    }
    unlink(gradients);
    unlink(numbers);
}

static bool walks_reference(const void *with)
{
    const optcert_hyper hyper = {.lr = 0.125, .beta1 = 0.75, .beta2 = 0.5, .eps = 0.0625};
    oc_ref_run *run = oc_ref_run_new(oc_ref_dialect_find(with), 3, &hyper, OC_REF_PREC);
    const double grad[3] = {1, 1, 1};
    if (run == NULL) {
        return false;
    }
    oc_ref_run_step(run, grad);
    UNIT_CHECK(mpfr_cmp_d(oc_ref_run_theta(run, 2)->mid, -0.1) < 0, "a step that moved nothing");
    oc_ref_run_free(run);
    return true;
}

static void references(void)
{
    unit_faults("reference", walks_reference, "adam", 2);
}

UNIT_SUITE(faults_engine, {"references", references}, {"every_place_once", every_place_once}, {"studies", run_studies}, {"scaling", scaling}, {"files", files})
