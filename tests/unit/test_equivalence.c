/* SPDX-License-Identifier: GPL-3.0-or-later
 * Fast paths equal the core; every planted defect is found, in both formats; instruction sets are told apart. */
#include "equivalence.h"
#include "equivalence_input.h"
#include "kernel_damage.h"
#include "optcert/fast.h"
#include "optcert/isa.h"
#include "unit.h"

#include <string.h>

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

UNIT_SUITE(equivalence, {"equal", equal}, {"planted", planted}, {"contexts", contexts}, {"isas", isas},
           {"unknown_isa", unknown_isa})
