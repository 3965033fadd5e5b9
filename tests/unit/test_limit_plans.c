/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which parameters of limits and integrators are refused, in both formats: every bad value in every place, and
 * products that leave the format. */
#include "unit.h"

#include "optcert/adam_sde.h"
#include "optcert/adamw_sde.h"
#include "optcert/rmsprop_sde.h"
#include "optcert/sgd_sde.h"
#include "optcert/time_step.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { SIGMA0, EPS0, C1, C2, LAMBDA0, GAMMA1, GAMMA2, ETA, SIGMA, H, PARAMETERS };

static oc_limit limit_of(const double *p)
{
    return (oc_limit){p[SIGMA0], p[EPS0], p[C1], p[C2], p[LAMBDA0]};
}

#include "optcert/real_f32.h"
#include "limit_plans_real.h"
#include "optcert/real_f64.h"
#include "limit_plans_real.h"
#include "optcert/real_end.h"

static bool positive(double x, int bits)
{
    return bits == 32 ? x <= DBL_MAX && (float)x > 0 && (float)x <= FLT_MAX : x > 0 && x <= DBL_MAX;
}
static bool nonnegative(double x, int bits)
{
    return x == 0 || (x > 0 && x <= DBL_MAX && (bits == 64 || (float)x <= FLT_MAX));
}
/* The other correction is 1 here, so that 1/gamma1 and sqrt(gamma2) must be numbers of the format. */
static bool first_correction(double x, int bits)
{
    return x > 0 && x <= 1 && positive(1 / x, bits);
}
static bool second_correction(double x, int bits)
{
    return x > 0 && x <= 1 && positive(sqrt(x), bits);
}
static bool step(double x, int bits)
{
    return positive(x, bits) && x <= 0x1p1000;
}

static const struct {
    const char *name;
    bool (*good)(double x, int bits);
} parameters[PARAMETERS] = {
    [SIGMA0] = {"sigma0", positive},   [EPS0] = {"eps0", nonnegative},     [C1] = {"c1", positive},
    [C2] = {"c2", positive},           [LAMBDA0] = {"lambda0", nonnegative}, [GAMMA1] = {"gamma1", first_correction},
    [GAMMA2] = {"gamma2", second_correction}, [ETA] = {"eta", positive},          [SIGMA] = {"sigma", positive},
    [H] = {"h", step},
};

static const struct {
    const char *name;
    unsigned reads; /* bit i: parameter i */
    oc_status refusal;
    int (*call[2])(const double *p);
} calls[] = {
    {"time step", 1u << H, OC_ERR_TIME_STEP, {time_step_f32, time_step_f64}},
    {"sgd", 1u << ETA | 1u << SIGMA, OC_ERR_LIMIT, {sgd_f32, sgd_f64}},
    {"rmsprop", 1u << SIGMA0 | 1u << EPS0 | 1u << C2, OC_ERR_LIMIT, {rmsprop_f32, rmsprop_f64}},
    {"adam", 1u << SIGMA0 | 1u << EPS0 | 1u << C1 | 1u << C2 | 1u << GAMMA1 | 1u << GAMMA2, OC_ERR_LIMIT, {adam_f32, adam_f64}},
    {"adamw", 1u << LAMBDA0, OC_ERR_LIMIT, {adamw_f32, adamw_f64}},
};

static const double values[] = {NAN,       INFINITY, -INFINITY, -1,           -0x1p-1074, -0.0,  0,      0x1p-1074,    0x1p-150,
                                0x1p-149,  0.5,      1,         0x1.0000001p0, 2,         1e30,  0x1.fffffep127, 0x1.ffffffp127, 1e300,
                                0x1p1000,  DBL_MAX};

static void each_value(void)
{
    for (size_t c = 0; c < sizeof calls / sizeof calls[0]; c++) {
        for (size_t place = 0; place < PARAMETERS; place++) {
            for (size_t v = 0; v < sizeof values / sizeof values[0]; v++) {
                for (int f = 0; f < 2; f++) {
                    double p[PARAMETERS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
                    p[place] = values[v];
                    const bool bad = (calls[c].reads >> place & 1) != 0 && !parameters[place].good(values[v], f == 0 ? 32 : 64);
                    const int status = calls[c].call[f](p);
                    const int expected = bad ? (int)calls[c].refusal : OC_OK;
                    UNIT_CHECK(status == expected, "%s f%d: %s = %a: status %d, not %d", calls[c].name, f == 0 ? 32 : 64,
                               parameters[place].name, values[v], status, expected);
                }
            }
        }
    }
}

/* Each parameter is good, what is made of them is not (0 or infinite in the format). */
static const struct {
    int place[2];
    double value[2];
    int status[2]; /* binary32, binary64 */
    size_t call;
    const char *origin;
} products[] = {
    {{ETA, SIGMA}, {0x1p-100, 0x1p-120}, {OC_ERR_LIMIT, OC_OK}, 1, "sqrt(eta) sigma = 2^-170"},
    {{ETA, SIGMA}, {0x1p-1000, 0x1p-1000}, {OC_ERR_LIMIT, OC_ERR_LIMIT}, 1, "sqrt(eta) sigma = 2^-1500"},
    {{ETA, SIGMA}, {0x1p100, 0x1p100}, {OC_ERR_LIMIT, OC_OK}, 1, "sqrt(eta) sigma = 2^150"},
    {{ETA, SIGMA}, {0x1p1000, 0x1p1000}, {OC_ERR_LIMIT, OC_ERR_LIMIT}, 1, "sqrt(eta) sigma = 2^1500"},
    {{SIGMA0, C1}, {0x1p100, 0x1p100}, {OC_ERR_LIMIT, OC_OK}, 3, "sigma0 c1 = 2^200"},
    {{SIGMA0, C1}, {0x1p-100, 0x1p-100}, {OC_ERR_LIMIT, OC_OK}, 3, "sigma0 c1 = 2^-200"},
    {{SIGMA0, C1}, {0x1p999, 0x1p999}, {OC_ERR_LIMIT, OC_ERR_LIMIT}, 3, "sigma0 c1 = 2^1998"},
    {{SIGMA0, C1}, {0x1p-999, 0x1p-999}, {OC_ERR_LIMIT, OC_ERR_LIMIT}, 3, "sigma0 c1 = 2^-1998"},
    {{GAMMA1, GAMMA2}, {0x1p-200, 1}, {OC_ERR_LIMIT, OC_OK}, 3, "sqrt(gamma2) / gamma1 = 2^200"},
    {{GAMMA1, GAMMA2}, {1, 0x1p-400}, {OC_ERR_LIMIT, OC_OK}, 3, "sqrt(gamma2) / gamma1 = 2^-200"},
    {{GAMMA1, GAMMA2}, {0x1p-1074, 1}, {OC_ERR_LIMIT, OC_ERR_LIMIT}, 3, "sqrt(gamma2) / gamma1 = 2^1074"},
};

static void what_is_made_of_them(void)
{
    for (size_t i = 0; i < sizeof products / sizeof products[0]; i++) {
        for (int f = 0; f < 2; f++) {
            double p[PARAMETERS] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
            p[products[i].place[0]] = products[i].value[0];
            p[products[i].place[1]] = products[i].value[1];
            const int status = calls[products[i].call].call[f](p);
            UNIT_CHECK(status == products[i].status[f], "%s f%d: %s: status %d, not %d", calls[products[i].call].name,
                       f == 0 ? 32 : 64, products[i].origin, status, products[i].status[f]);
        }
    }
}

UNIT_SUITE(limit_plans, {"each_value", each_value}, {"what_is_made_of_them", what_is_made_of_them})
