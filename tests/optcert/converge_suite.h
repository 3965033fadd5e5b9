/* SPDX-License-Identifier: GPL-3.0-or-later
 * The suites of `optcert converge`: one file each, converge_NAME.c, entered in the table of
 * converge_suites.c. */
#ifndef OPTCERT_CONVERGE_SUITE_H
#define OPTCERT_CONVERGE_SUITE_H
#include "converge.h"
#include "options.h"
#include "study.h"

#include <stddef.h>

enum { OPTCERT_SETS_MAX = 16 };

/* The command's line: NULL where an option was not given. */
typedef struct optcert_converge_request {
    const char *suite;
    const char *problem, *optimizer, *integrator, *noise, *data, *engine, *control, *steps, *phi, *plot, *kappa, *ell;
    const char *paths, *resume, *hessian, *covariance, *resolution;
    const char *set[OPTCERT_SETS_MAX];
    size_t sets;
    bool lists_controls;
} optcert_converge_request;

typedef struct optcert_converge_suite {
    const char *name;
    const char *text; /* one line for --help and `optcert list` */
    int (*run)(const optcert_converge_request *request,
               const optcert_options *common); /* answers the exit code */
    const char *(*control)(size_t i, const char **text); /* the mistakes of --control, by number; NULL: no more */
} optcert_converge_suite;

extern const optcert_converge_suite optcert_converge_suites[]; /* ends with a NULL name */

const char *optcert_converge_svag_control(size_t i, const char **text);
const char *optcert_converge_scaling_control(size_t i, const char **text);
const char *optcert_converge_integrator_control(size_t i, const char **text);

int optcert_converge_limit(const optcert_converge_request *request, const optcert_options *common);
int optcert_converge_scaling(const optcert_converge_request *request, const optcert_options *common);
int optcert_converge_integrator(const optcert_converge_request *request, const optcert_options *common);
int optcert_converge_svag(const optcert_converge_request *request, const optcert_options *common);
int optcert_converge_order2(const optcert_converge_request *request, const optcert_options *common);

/* The study that a line asks for: names, data, settings, test functions (`phis` where there is no --phi), but no
 * --control and no --steps. A usage error ends the program. */
void optcert_converge_read_study(const optcert_converge_request *request, const char *phis, optcert_study *study);

/* A usage error that ends the program where a study starts at t = 0, which this suite cannot. */
void optcert_converge_refuse_zero(const char *suite, const optcert_study *study);

/* Writes a study as the line wants it: text or JSON, JUnit, pictures. */
void optcert_converge_answer(const optcert_converge_request *request, const optcert_options *common,
                             const optcert_converge *c);

/* Runs a study by Monte Carlo as the line says (--paths, --resume). A usage error or a failure ends the program. */
void optcert_converge_run_sampled(const optcert_converge_request *request, const optcert_options *common, optcert_converge *c);

/* Step counts of --steps; how many. */
enum { OPTCERT_STEPS_MAX = 8 };
size_t optcert_converge_read_steps(const char *text, size_t steps[OPTCERT_STEPS_MAX]);

/* Calls `take` for each word of a list with commas. A usage error that names the option ends the program. */
void optcert_converge_each_word(const char *option, const char *text, void (*take)(const char *word, void *context),
                                void *context);

#endif
