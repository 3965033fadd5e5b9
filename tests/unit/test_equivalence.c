/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fast paths equal the core; every planted defect is found, in both formats; instruction sets are told apart. */
#include "equivalence.h"
#include "equivalence_input.h"
#include "exhaustive_record.h"
#include "kernel_damage.h"
#include "optcert/fast.h"
#include "optcert/isa.h"
#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ELEMENTS = 2000 };

static void equal(void)
{
    const optcert_equivalence job = {.elements = unit_times(ELEMENTS), .seed = unit_seed()};
    optcert_claims claims = {0};
    UNIT_CHECK(optcert_equivalence_run(&job, &claims), "out of memory");
    for (size_t i = 0; i < claims.count; i++) {
        UNIT_CHECK(claims.item[i].verdict == OPTCERT_PASSED, "%s: %s", claims.item[i].id, claims.item[i].detail);
    }
    UNIT_CHECK(claims.count == 2 * 42, "%zu claims, expected two for each of 42 kernels", claims.count);
    optcert_claims_free(&claims);
}

/* Adam's moments stay subnormal and of either sign, so that each defect shows in the optimizers named here. */
static const struct {
    const char *defect, *unit;
    bool threads; /* seen in the large array of usual numbers too */
} found[] = {
    {"low-bit", "adam", true},  {"short-tail", "adamw", false}, {"long-tail", "rmsprop", true},
    {"flush", "sgd", false},    {"flush", "ema", false},       {"lost-sign", "sgd", false},
    {"low-bit", "heun", true},  {"short-tail", "sra1", false},  {"long-tail", "adam_sde", true},
};

static void planted(void)
{
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
        const optcert_equivalence job = {.unit = found[i].unit,
                                         .elements = ELEMENTS * 5,
                                         .seed = unit_seed(),
                                         .damage = optcert_kernel_defect_find(found[i].defect)->damage};
        optcert_claims claims = {0};
        UNIT_CHECK(optcert_equivalence_run(&job, &claims), "out of memory");
        for (size_t c = 0; c < claims.count; c++) {
            const bool threads = strstr(claims.item[c].id, ".threads") != NULL;
            if (!threads || found[i].threads) {
                UNIT_CHECK(claims.item[c].verdict == OPTCERT_FAILED, "%s with %s passes", claims.item[c].id,
                           found[i].defect);
            }
        }
        optcert_claims_free(&claims);
    }
}

/* Every context is one that every optimizer accepts: the exhaustive search leaves none out. */
static void contexts(void)
{
    UNIT_CHECK(optcert_context_count >= OPTCERT_EXHAUSTIVE_CONTEXTS, "%zu contexts", optcert_context_count);
    for (const optcert_kernel *kernel = optcert_kernels; kernel->unit != NULL; kernel++) {
        for (size_t c = 0; kernel->prepare != NULL && c < optcert_context_count; c++) {
            double coef[OPTCERT_KERNEL_COEF];
            const oc_status status = kernel->prepare(coef, &optcert_contexts[c].hyper, optcert_contexts[c].k);
            UNIT_CHECK(status == OC_OK, "%s f%u, context %zu: %s", kernel->name, kernel->bits, c, oc_status_text(status));
        }
        UNIT_CHECK(kernel->coefs <= OPTCERT_KERNEL_COEF, "%s has %zu coefficients", kernel->name, kernel->coefs);
    }
}

#if defined(__x86_64__) && defined(__linux__)
/* Whether the kernel lists all of these among the processor's flags. */
static bool listed(const char *const *flags)
{
    static char line[1 << 14];
    FILE *file = fopen("/proc/cpuinfo", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL && strncmp(line, "flags", 5) != 0) {
    }
    if (file != NULL) {
        fclose(file);
    }
    line[strcspn(line, "\n")] = ' ';
    bool all = true;
    for (; *flags != NULL; flags++) {
        all = all && strstr(line, *flags) != NULL;
    }
    return all;
}

/* The library's answer is the kernel's. */
static void processor(void)
{
    static const char *const avx2[] = {" avx2 ", NULL}, *const avx512[] = {" avx512f ", " avx512vl ", " avx512dq ", NULL};
    UNIT_CHECK(oc_isa_available(OC_ISA_AVX2) == listed(avx2), "AVX2");
    UNIT_CHECK(oc_isa_available(OC_ISA_AVX512) == listed(avx512), "AVX-512");
}
#else
static void processor(void)
{
    UNIT_CHECK(!oc_isa_available(OC_ISA_AVX2) && !oc_isa_available(OC_ISA_AVX512), "wider than the machine");
}
#endif

static void isas(void)
{
    static const char *const text[] = {"core", "base", "avx2", "avx512"};
    for (int i = 0; i < 4; i++) {
        UNIT_CHECK(strcmp(oc_isa_text((oc_isa)i), text[i]) == 0, "text of %d", i);
    }
    UNIT_CHECK(strcmp(oc_isa_text((oc_isa)4), "unknown") == 0 && !oc_isa_available((oc_isa)4), "4 is none");
    UNIT_CHECK(oc_isa_available(OC_ISA_CORE) && oc_isa_available(OC_ISA_BASE), "always available");
    UNIT_CHECK(oc_isa_available(oc_isa_best()) && oc_isa_best() >= OC_ISA_BASE, "the best is available");
    for (oc_isa wider = oc_isa_best() + 1; wider <= OC_ISA_AVX512; wider++) {
        UNIT_CHECK(!oc_isa_available(wider), "%s is wider than the best", oc_isa_text(wider));
    }
}

/* Where every copy is made of the baseline's instructions, each can be run on any machine. */
#ifdef OPTCERT_PLAIN_COPIES
static const bool plain_copies = true;
#else
static const bool plain_copies = false;
#endif

enum { FEW = 13 };
typedef union array {
    float f32[FEW];
    double f64[FEW];
} array;

static bool same(unsigned bits, const array *a, const array *b)
{
    bool same = true;
    for (size_t i = 0; i < FEW; i++) {
        const double x = bits == 32 ? (double)a->f32[i] : a->f64[i], y = bits == 32 ? (double)b->f32[i] : b->f64[i];
        same = same && (memcmp(&x, &y, sizeof x) == 0 || (isnan(x) && isnan(y)));
    }
    return same;
}

static void choose(const optcert_kernel *kernel, oc_isa isa, uint32_t number)
{
    const optcert_block block = {.seed = unit_seed(), .stream = 1, .number = number};
    double coef[OPTCERT_KERNEL_COEF];
    array expected[OPTCERT_KERNEL_ARRAYS], got[OPTCERT_KERNEL_ARRAYS];
    void *one[OPTCERT_KERNEL_ARRAYS], *other[OPTCERT_KERNEL_ARRAYS];
    memset(expected, 0, sizeof expected);
    optcert_block_coef(&block, kernel, coef);
    for (size_t a = 0; a < strlen(kernel->roles); a++) {
        optcert_block_fill(&block, kernel, 0, a, FEW, &expected[a]);
        one[a] = &expected[a];
        other[a] = &got[a];
    }
    memcpy(got, expected, sizeof got);
    kernel->core(coef, FEW, one);
    kernel->fast(isa, coef, FEW, other);
    for (size_t a = 0; a < strlen(kernel->roles); a++) {
        UNIT_CHECK(same(kernel->bits, &expected[a], &got[a]), "%s f%u: %s: array %zu differs", kernel->name, kernel->bits,
                   oc_isa_text(isa), a);
    }
}

/* Whatever is chosen, what comes out is the core's. */
static void choices(void)
{
    for (const optcert_kernel *kernel = optcert_kernels; kernel->unit != NULL; kernel++) {
        for (int isa = OC_ISA_CORE; isa <= OC_ISA_AVX512; isa++) {
            for (uint32_t number = 0; number < 8 && (plain_copies || oc_isa_available((oc_isa)isa)); number++) {
                choose(kernel, (oc_isa)isa, number);
            }
        }
    }
}

/* A value that names no instruction set runs the core. */
static void unknown_isa(void)
{
    oc_sgd_plan_f64 plan;
    double theta[3] = {1, 2, 3};
    const double grad[3] = {1, 1, 1};
    const oc_hyper hyper = {.lr = 0.5};
    UNIT_CHECK(oc_sgd_plan_init_f64(&plan, &hyper) == OC_OK, "refused");
    oc_fast_sgd_step_f64((oc_isa)99, &plan, 3, theta, grad);
    UNIT_CHECK(theta[0] == 0.5 && theta[1] == 1.5 && theta[2] == 2.5, "%g %g %g", theta[0], theta[1], theta[2]);
}

/* What is added is found again, by another process too; a file that is no record is refused. */
static void record(void)
{
    char path[] = "/tmp/optcert-record-XXXXXX";
    const int file = mkstemp(path);
    const optcert_equivalence_tally added = {.compared = UINT64_C(1) << 33, .different = 3, .first = "avx2, block 7"};
    const char *reason;
    UNIT_CHECK(file >= 0 && write(file, "{}", 2) == 2 && close(file) == 0, "no temporary file");
    UNIT_CHECK(optcert_exhausted_open(path, &reason) == NULL && strstr(reason, "not a record") != NULL, "{} is accepted");
    unlink(path);
    optcert_exhausted *open = optcert_exhausted_open(path, &reason);
    UNIT_CHECK(open != NULL && optcert_exhausted_add(open, &optcert_kernels[0], 2, &added), "nothing is added");
    optcert_exhausted_close(open);
    open = optcert_exhausted_open(path, &reason);
    optcert_equivalence_tally found_again;
    UNIT_CHECK(open != NULL && optcert_exhausted_find(open, &optcert_kernels[0], 2, &found_again) &&
                   found_again.compared == added.compared && found_again.different == 3 &&
                   strcmp(found_again.first, added.first) == 0,
               "not as added");
    UNIT_CHECK(!optcert_exhausted_find(open, &optcert_kernels[0], 1, &found_again), "a context that was never added");
    optcert_exhausted_close(open);
    unlink(path);
}

/* The verdict of the exhaustive claim over two contexts of SGD, a few gradients of each. */
static void check_exhaustive(const char *what, optcert_equivalence *job, optcert_verdict verdict, uint64_t least, const char *says)
{
    optcert_claims claims = {0};
    job->unit = "sgd";
    job->bits = 32;
    job->elements = 64;
    job->contexts = 2;
    UNIT_CHECK(optcert_equivalence_run(job, &claims), "%s: not run", what);
    const optcert_claim *claim = optcert_claims_find(&claims, "equivalence.sgd_step.f32.exhaustive");
    if (UNIT_CHECK(claim != NULL, "%s: no claim", what)) {
        UNIT_CHECK(claim->verdict == verdict && claim->sample_size >= least && strstr(claim->detail, says) != NULL, "%s: %d, of %llu: %s", what,
                   (int)claim->verdict, (unsigned long long)claim->sample_size, claim->detail);
    }
    optcert_claims_free(&claims);
}

/* A part of the gradients exhausts nothing, but a difference in it is one; what the record holds is not run again; where the time is
 * up contexts are left; what cannot be recorded is an error. */
static void exhausted(void)
{
    char path[] = "/tmp/optcert-record-XXXXXX";
    const int file = mkstemp(path);
    const char *reason;
    const optcert_kernel *sgd = optcert_kernels;
    while (strcmp(sgd->unit, "sgd") != 0 || sgd->bits != 32) {
        sgd++;
    }
    const optcert_equivalence_tally done = {.compared = UINT64_C(1) << 34};
    UNIT_CHECK(file >= 0 && close(file) == 0 && unlink(path) == 0, "no temporary file");
    check_exhaustive("a part", &(optcert_equivalence){.chunks = 3}, OPTCERT_INCONCLUSIVE, 2 * 3 * 4096, "");
    check_exhaustive("a damaged one", &(optcert_equivalence){.chunks = 3, .damage = optcert_kernel_defect_find("low-bit")->damage},
                     OPTCERT_FAILED, 2 * 3 * 4096, "core");
    optcert_exhausted *record = optcert_exhausted_open(path, &reason);
    UNIT_CHECK(record != NULL && optcert_exhausted_add(record, sgd, 0, &done), "not added");
    check_exhaustive("no time", &(optcert_equivalence){.record = record}, OPTCERT_INCONCLUSIVE, UINT64_C(1) << 34, "1 of 2 contexts are left");
    check_exhaustive("in part", &(optcert_equivalence){.record = record, .deadline = (double)INFINITY, .chunks = 1}, OPTCERT_INCONCLUSIVE,
                     UINT64_C(1) << 34, "");
    UNIT_CHECK(optcert_exhausted_add(record, sgd, 1, &done) && optcert_exhausted_add(record, sgd, 1, &done), "not added twice");
    check_exhaustive("all", &(optcert_equivalence){.record = record}, OPTCERT_PASSED, UINT64_C(1) << 35, "");
    optcert_exhausted_close(record);
    unlink(path);
}

/* A record that cannot be written says so, and one of other code or other instruction sets is not taken. */
static void records_that_do_not_hold(void)
{
    static const char entry[] = "[{\"kernel\": \"%s\", \"context\": 0, \"code\": \"%s\", \"instruction_sets\": \"base\", \"compared\": 1, \"different\": 0}, 7]";
    char path[] = "/tmp/optcert-record-XXXXXX", text[512], nowhere[5000];
    const int file = mkstemp(path);
    const char *reason;
    optcert_equivalence_tally held;
    const int length = snprintf(text, sizeof text, entry, optcert_kernels[0].name, "00");
    UNIT_CHECK(file >= 0 && write(file, text, (size_t)length) == length && close(file) == 0, "no temporary file");
    optcert_exhausted *record = optcert_exhausted_open(path, &reason);
    UNIT_CHECK(record != NULL && !optcert_exhausted_find(record, &optcert_kernels[0], 0, &held), "the record of other code is taken");
    optcert_exhausted_close(record);
    unlink(path);
    memset(nowhere, 'x', sizeof nowhere - 1);
    nowhere[sizeof nowhere - 1] = '\0';
    const optcert_equivalence_tally done = {.compared = 1};
    for (int i = 0; i < 2; i++) {
        record = optcert_exhausted_open(i == 0 ? "/nowhere/record" : nowhere, &reason);
        UNIT_CHECK(record != NULL && !optcert_exhausted_add(record, &optcert_kernels[0], 0, &done), "written nowhere");
        optcert_exhausted_close(record);
    }
    optcert_exhausted_close(NULL);
}

UNIT_SUITE(equivalence, {"equal", equal}, {"planted", planted}, {"contexts", contexts}, {"isas", isas}, {"processor", processor},
           {"choices", choices}, {"unknown_isa", unknown_isa}, {"record", record},
           {"exhausted", exhausted}, {"records_that_do_not_hold", records_that_do_not_hold})
