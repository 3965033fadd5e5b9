/* SPDX-License-Identifier: GPL-3.0-or-later
 * Steps of the library's optimizers against written values and the bit-exact references. See optimizer.h. */
#include "optimizer.h"

#include "random.h"
#include "subject.h"

#include <math.h>
#include <string.h>

const oc_hyper unit_usual_hyper = {
    .lr = 1e-3, .beta1 = 0.9, .beta2 = 0.999, .eps = 1e-8, .weight_decay = 1e-2, .momentum = 0.9};

/* Arrays of one step: theta, two slots, gradient; as values, and in the format. */
enum { BATCH = 256, THETA = 0, SLOT = 1, GRAD = 3, ARRAYS = 4 };

typedef struct batch {
    const unit_subject *subject;
    const oc_ref_dialect *dialect;
    double value[ARRAYS][BATCH];
    union {
        float f32[BATCH];
        double f64[BATCH];
    } typed[ARRAYS];
} batch;

static void *slots_of(batch *b, size_t s)
{
    return &b->typed[SLOT + s];
}

static void to_typed(batch *b)
{
    for (int a = 0; a < ARRAYS; a++) {
        for (size_t i = 0; i < BATCH; i++) {
            oc_ref_store(b->subject->format, &b->typed[a], i, b->value[a][i]);
        }
    }
}

static double typed_value(const batch *b, int array, size_t i)
{
    return oc_ref_load(b->subject->format, &b->typed[array], i);
}

/* The library steps the typed arrays, the reference the values. */
static oc_status step_both(batch *b, const oc_hyper *hyper, uint64_t k, size_t n)
{
    void *const slots[2] = {slots_of(b, 0), slots_of(b, 1)};
    const oc_status status = unit_subject_run(b->subject, hyper, k, n, &b->typed[THETA], slots, &b->typed[GRAD]);
    if (status == OC_OK) {
        const optcert_hyper reference = unit_reference_hyper(hyper);
        double *const values[2] = {b->value[SLOT], b->value[SLOT + 1]};
        b->dialect->exact(b->subject->format, &reference, k, n, b->value[THETA], values, b->value[GRAD]);
    }
    return status;
}

static batch batch_for(const char *dialect, int format)
{
    batch b;
    memset(&b, 0, sizeof b);
    b.subject = unit_subject_find(dialect, format);
    b.dialect = oc_ref_dialect_find(dialect);
    return b;
}

/* The first element whose bits differ, as array * BATCH + i; -1 when there is none. */
static long first_difference(const batch *b)
{
    for (int a = 0; a < ARRAYS; a++) {
        for (size_t i = 0; i < BATCH; i++) {
            if (!oc_ref_same(b->value[a][i], typed_value(b, a, i))) {
                return (long)(a * BATCH + (int)i);
            }
        }
    }
    return -1;
}

/* One assertion: the library's arrays hold the reference's bits. */
static bool same_bits(const batch *b, const char *what, uint64_t k)
{
    static const char *const array_name[ARRAYS] = {"theta", "slot 0", "slot 1", "grad"};
    const long where = first_difference(b);
    if (where < 0) {
        return UNIT_CHECK(true, "same");
    }
    const int a = (int)(where / BATCH);
    const size_t i = (size_t)(where % BATCH);
    char got[OC_REF_SHOW], expected[OC_REF_SHOW];
    return UNIT_CHECK(false, "%s %s, %s, step %llu: %s[%zu] is %s, the reference has %s: %llu values apart",
                      b->subject->dialect, b->subject->format->name, what, (unsigned long long)k, array_name[a], i,
                      oc_ref_show(typed_value(b, a, i), got, sizeof got),
                      oc_ref_show(b->value[a][i], expected, sizeof expected),
                      (unsigned long long)oc_ref_steps_apart(b->subject->format, typed_value(b, a, i), b->value[a][i]));
}

static void check_value(const batch *b, const unit_case *c, const char *what, int array, double expected)
{
    char got[OC_REF_SHOW], want[OC_REF_SHOW];
    const double value = typed_value(b, array, 0);
    UNIT_CHECK(oc_ref_same(value, expected), "%s %s: %s: %s is %s, not %s", b->subject->dialect,
               b->subject->format->name, c->origin, what, oc_ref_show(value, got, sizeof got),
               oc_ref_show(expected, want, sizeof want));
}

static void run_case(const char *dialect, int format, const unit_case *c)
{
    batch b = batch_for(dialect, format);
    b.value[THETA][0] = c->theta;
    b.value[SLOT][0] = c->slot[0];
    b.value[SLOT + 1][0] = c->slot[1];
    b.value[GRAD][0] = c->grad;
    to_typed(&b);
    const oc_status status = step_both(&b, &c->hyper, c->k, 1);
    if (!UNIT_CHECK(status == OC_OK, "%s: %s", c->origin, oc_status_text(status))) {
        return;
    }
    check_value(&b, c, "theta", THETA, c->theta_after);
    check_value(&b, c, "slot 0", SLOT, c->slot_after[0]);
    check_value(&b, c, "slot 1", SLOT + 1, c->slot_after[1]);
    same_bits(&b, c->origin, c->k);
}

void unit_optimizer_cases(const char *dialect, const unit_case *cases, size_t count)
{
    for (int format = 0; format < UNIT_FORMATS; format++) {
        for (size_t i = 0; i < count; i++) {
            run_case(dialect, format, &cases[i]);
        }
    }
}

/* Ordinary values everywhere; moments positive. */
static void fill_ordinary(batch *b, uint64_t index)
{
    unit_random random = unit_random_start(unit_seed(), index);
    for (size_t i = 0; i < BATCH; i++) {
        for (int a = 0; a < ARRAYS; a++) {
            b->value[a][i] = oc_ref_round_double(b->subject->format, 0.25 + unit_random_uniform(&random));
        }
    }
    to_typed(b);
}

void unit_optimizer_lengths(const char *dialect)
{
    static const size_t lengths[] = {0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 127, 255};
    for (int format = 0; format < UNIT_FORMATS; format++) {
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            batch b = batch_for(dialect, format);
            fill_ordinary(&b, i);
            UNIT_CHECK(step_both(&b, &unit_usual_hyper, 3, lengths[i]) == OC_OK, "n = %zu refused", lengths[i]);
            same_bits(&b, "length", 3);
        }
    }
}

static const double specials_of[] = {0.0,      -0.0,      1.0,      -1.0,     0x1p-149, -0x1p-149, 0x1p-126,
                                     0x1p-127, 0x1.8p-75, 0x1p64,   -0x1p127, INFINITY, -INFINITY, NAN};
enum { SPECIALS = sizeof specials_of / sizeof specials_of[0] };

/* The special values of a format: those of binary32 (binary64 holds them too), then the format's edges. */
static double special(const oc_ref_format *format, size_t i)
{
    if (i < SPECIALS) {
        return specials_of[i];
    }
    const double largest = ldexp(2 - ldexp(1, 1 - (int)format->prec), (int)format->emax - 1);
    const double smallest = ldexp(1, (int)format->emin - 1);
    const double edges[] = {largest, -largest, smallest, ldexp(smallest, (int)format->prec - 1)};
    return edges[i - SPECIALS];
}
enum { ALL_SPECIALS = SPECIALS + 4 };

/* Every other element takes a combination of (theta, gradient, slots), from number `first` on; those between
 * are ordinary, so that what spreads shows. */
static void fill_specials(batch *b, size_t first, size_t stride)
{
    static const int order[ARRAYS] = {THETA, GRAD, SLOT, SLOT + 1};
    fill_ordinary(b, first);
    for (size_t i = 0; i < BATCH; i += 2) {
        size_t rest = (first + i / 2) * stride;
        for (int a = 0; a < ARRAYS; a++) {
            b->value[order[a]][i] = special(b->subject->format, rest % ALL_SPECIALS);
            rest /= ALL_SPECIALS;
        }
    }
    to_typed(b);
}

void unit_optimizer_specials(const char *dialect)
{
    const size_t slots = oc_ref_dialect_find(dialect)->slots;
    size_t all = (size_t)ALL_SPECIALS * ALL_SPECIALS;
    for (size_t s = 0; s < slots; s++) {
        all *= ALL_SPECIALS;
    }
    /* Four arrays have more combinations than a second allows: every fifth of them. Since 5 and ALL_SPECIALS have
     * no common factor, every combination of three arrays still occurs. */
    const size_t stride = slots == 2 ? 5 : 1;
    _Static_assert(ALL_SPECIALS % 5 != 0, "the stride and the number of special values have no common factor");
    oc_hyper zero_eps = unit_usual_hyper;
    zero_eps.eps = 0;
    zero_eps.flags = OC_ALLOW_ZERO_EPS;
    for (int format = 0; format < UNIT_FORMATS; format++) {
        for (size_t first = 0; first * stride < all; first += BATCH / 2) {
            batch b = batch_for(dialect, format);
            fill_specials(&b, first, stride);
            const oc_hyper *hyper = first % BATCH == 0 ? &unit_usual_hyper : &zero_eps;
            if (step_both(&b, hyper, 0, BATCH) != OC_OK || !same_bits(&b, "special values", 0)) {
                UNIT_CHECK(false, "specials from combination %zu", first);
                return;
            }
        }
    }
}

static void fill_random(batch *b, unit_random *random)
{
    for (size_t i = 0; i < BATCH; i++) {
        for (int a = 0; a < ARRAYS; a++) {
            b->value[a][i] = unit_random_value(random, b->subject->format);
        }
        if (i % 8 != 0) { /* mostly a state that can occur: a second moment that is a number >= 0 */
            b->value[SLOT + b->dialect->slots / 2][i] = unit_random_moment(random, b->subject->format);
        }
    }
    to_typed(b);
}

enum { STEPS = 4 };

/* STEPS steps of one random batch; false (and b as it then was) at the first difference. */
static bool random_batch(batch *b, uint64_t index, uint64_t *k)
{
    unit_random random = unit_random_start(unit_seed(), index);
    fill_random(b, &random);
    const oc_hyper hyper = unit_random_hyper(&random);
    *k = unit_random_step(&random);
    for (int step = 0; step < STEPS; step++) {
        if (step_both(b, &hyper, *k, BATCH) != OC_OK || first_difference(b) >= 0) {
            return false;
        }
        *k = *k < (UINT64_C(1) << 62) ? *k + 1 : *k;
        for (size_t i = 0; i < BATCH; i++) {
            b->value[GRAD][i] = unit_random_value(&random, b->subject->format);
            oc_ref_store(b->subject->format, &b->typed[GRAD], i, b->value[GRAD][i]);
        }
    }
    return true;
}

void unit_optimizer_random(const char *dialect)
{
    const long batches = (long)(unit_times(20480) / (BATCH * STEPS));
    for (int format = 0; format < UNIT_FORMATS; format++) {
        long bad = -1;
#pragma omp parallel for schedule(dynamic)
        for (long i = 0; i < batches; i++) {
            batch b = batch_for(dialect, format);
            uint64_t k;
            if (!random_batch(&b, (uint64_t)i, &k)) {
#pragma omp critical
                bad = i;
            }
        }
        if (!UNIT_CHECK(bad < 0, "random batch %ld of --seed %llu", bad, (unsigned long long)unit_seed())) {
            batch b = batch_for(dialect, format);
            uint64_t k = 0;
            random_batch(&b, (uint64_t)bad, &k);
            same_bits(&b, "random", k);
        }
        unit_note("%s %s: %ld random elements equal the bit-exact reference", dialect,
                  format == 0 ? "f32" : "f64", bad < 0 ? batches * BATCH * STEPS : 0L);
    }
}
