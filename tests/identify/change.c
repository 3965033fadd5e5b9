/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of changes. */
#include "change.h"

#include <stdio.h>

enum {
    ONE = 1u,            /* a first moment */
    TWO = 2u,            /* a second moment */
    AVERAGE = 4u,        /* the first moment averages by beta1 */
    SUM = 8u,            /* the first moment sums by momentum */
    NO_ONE = 16u,        /* no first moment */
    NO_TWO = 32u,        /* no second moment */
    CORRECTED = 64u,     /* bias corrections */
    UNCORRECTED = 128u,  /* none */
    DECOUPLED = 256u,    /* weight decay beside the update */
    COUPLED = 512u,      /* weight decay in the gradient */
    NO_DECAY = 1024u,    /* none */
    DOUBLE = 2048u,      /* binary64 */
    AHEAD = 4096u,       /* NAdam with its schedule */
    WEIGHTED = 8192u,    /* the second moment averages by beta2 */
    QUOTIENT = 1u << 14, /* the first moment sums quotients by momentum */
    RECTIFIED = 1u << 15,
    UNRECTIFIED = 1u << 19,
    BY_STEP = 1u << 16,  /* not needs: which number the change has */
    BY_ELEMENT = 1u << 17,
    BY_END = 1u << 18
};
#define SECOND (TWO | WEIGHTED)
#define NUMBERS (BY_STEP | BY_ELEMENT | BY_END)
#define BOTH (AVERAGE | TWO)

/* clang-format off */
static const optcert_change table[] = {
    /* hyper-parameters */
    {TRAIT_BETAS, MODEL_BETAS_SWAPPED, 0, 0, 0, BOTH, "beta1 and beta2 changed places"},
    {TRAIT_BETAS, MODEL_BETAS_ONE, 0, 0, 0, BOTH, "beta1 was used for both moments"},
    {TRAIT_BETAS, MODEL_BETAS_SECOND_COMPLEMENT, 0, 0, 0, NO_ONE | SECOND, "beta were 1 - beta"},
    {TRAIT_BETAS, MODEL_BETAS_SECOND_COMPLEMENT, 0, 0, 0, BOTH, "beta2 were 1 - beta2"},
    {TRAIT_BETAS, MODEL_BETAS_FIRST_IS, 0, 1e-3, 0.9999, BOTH, "beta1 were %s whatever is asked for"},
    {TRAIT_BETA2, MODEL_BETA2_IS, 0, 1e-3, 0.999999, SECOND, "beta2 were %s whatever is asked for"},
    {TRAIT_LR, MODEL_LR_TIMES, 0, 1e-6, 1e6, 0, "the learning rate were %s times what it is"},
    {TRAIT_LR, MODEL_LR_IS, 0, 1e-9, 1e4, 0, "the learning rate were %s whatever is asked for"},
    {TRAIT_LR, MODEL_LR_FLOAT, 0, 0, 0, TWO | DOUBLE, "the learning rate passed through binary32"},
    {TRAIT_LR, MODEL_LR_FLOAT, 0, 0, 0, ONE | NO_TWO | DOUBLE, "the learning rate passed through binary32"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_WARMUP, 0, 1.5, 1e6, 0, "the learning rate rose over the first %s steps"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_WARMUP_FROM_ZERO, 0, 1.5, 1e6, 0, "the learning rate rose from 0 over the first %s steps"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_INVERSE, 0, 1e-7, 100, 0, "the learning rate fell by 1/(1 + %s k)"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_POWER, 0, 0.01, 0.9999999, 0, "the learning rate were multiplied by %s after every step"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_ROOT, 0, 0, 0, 0, "the learning rate fell by 1/sqrt(k+1)"},
    {TRAIT_SCHEDULE, MODEL_SCHEDULE_STEPS, 0, 1e-3, 0.99, BY_STEP, "the learning rate were multiplied by %s after every %n steps"},
    {TRAIT_EPS_VALUE, MODEL_EPS_VALUE_IS, 0, 1e-40, 100, TWO, "eps were %s whatever is asked for"},
    {TRAIT_EPS_VALUE, MODEL_EPS_VALUE_TIMES, 0, 1e-9, 1e9, TWO, "eps were %s times what it is"},
    {TRAIT_EPS_VALUE, MODEL_EPS_VALUE_HALF, 0, 0, 0, TWO, "eps passed through binary16"},
    {TRAIT_DECAY_VALUE, MODEL_DECAY_VALUE_TIMES, 0, 1e-6, 1e6, DECOUPLED, "the weight decay were %s times what it is"},
    {TRAIT_DECAY_VALUE, MODEL_DECAY_VALUE_TIMES, 0, 1e-6, 1e6, COUPLED, "the weight decay were %s times what it is"},
    {TRAIT_DECAY_VALUE, MODEL_DECAY_VALUE_IS, 0, 1e-9, 10, DECOUPLED, "the weight decay were %s whatever is asked for"},
    {TRAIT_DECAY_VALUE, MODEL_DECAY_VALUE_IS, 0, 1e-9, 10, COUPLED, "the weight decay were %s whatever is asked for"},
    {TRAIT_FORMAT, MODEL_FORMAT_FLOAT, 0, 0, 0, NO_ONE | NO_TWO | DOUBLE, "the learning rate passed through binary32"},
    {TRAIT_FORMAT, MODEL_FORMAT_FLOAT, 0, 0, 0, ONE | DOUBLE, "hyper-parameters passed through binary32"},
    {TRAIT_FORMAT, MODEL_FORMAT_FLOAT, 0, 0, 0, NO_ONE | TWO | DOUBLE, "hyper-parameters passed through binary32"},
    /* step count */
    {TRAIT_COUNT, MODEL_COUNT_FROM_ZERO, 0, 0, 0, CORRECTED, "the bias correction used k instead of k+1 (1 at k = 0)"},
    {TRAIT_COUNT, MODEL_COUNT_OFF_BY, -1, 0, 0, CORRECTED, "the bias correction used k instead of k+1, also at k = 0"},
    {TRAIT_COUNT, MODEL_COUNT_OFF_BY, 1, 0, 0, CORRECTED, "the bias correction used k+2 instead of k+1"},
    {TRAIT_COUNT, MODEL_COUNT_OFF_BY, 2, 0, 0, CORRECTED, "the bias correction used k+3 instead of k+1"},
    {TRAIT_COUNT, MODEL_COUNT_OFF_BY, 3, 0, 0, CORRECTED, "the bias correction used k+4 instead of k+1"},
    {TRAIT_COUNT, MODEL_COUNT_TIMES, 2, 0, 0, CORRECTED, "each step counted twice"},
    {TRAIT_COUNT, MODEL_COUNT_TIMES, 3, 0, 0, CORRECTED, "each step counted three times"},
    {TRAIT_COUNT, MODEL_COUNT_TIMES, 4, 0, 0, CORRECTED, "each step counted four times"},
    {TRAIT_COUNT, MODEL_COUNT_WRAPS, 256, 0, 0, CORRECTED, "the step count wrapped at 256"},
    {TRAIT_COUNT, MODEL_COUNT_WRAPS, 65536, 0, 0, CORRECTED, "the step count wrapped at 65536"},
    {TRAIT_COUNT, MODEL_COUNT_STOPS, 256, 0, 0, CORRECTED, "the step count stopped at 256 (bfloat16)"},
    {TRAIT_COUNT, MODEL_COUNT_STOPS, 2048, 0, 0, CORRECTED, "the step count stopped at 2048 (binary16)"},
    {TRAIT_COUNT, MODEL_COUNT_SHARED, 0, 0, 0, CORRECTED, "all instances shared one step count"},
    {TRAIT_COUNT, MODEL_COUNT_FROZEN, 0, 0, 0, CORRECTED, "the step count stayed 1"},
    {TRAIT_POWER, MODEL_POWER_FLOAT, 0, 0, 0, CORRECTED | DOUBLE, "the powers of beta were computed in binary32"},
    {TRAIT_POWER, MODEL_POWER_FIRST_INSTANCE, 0, 0, 0, CORRECTED, "the powers of beta were those of the first instance"},
    {TRAIT_POWER, MODEL_POWER_FLOAT_PRODUCT, 0, 0, 0, AHEAD | DOUBLE, "the product of the mu were kept in binary32"},
    /* bias correction */
    {TRAIT_CORRECTION, MODEL_CORRECTION_NONE, 0, 0, 0, CORRECTED, "there were no bias correction"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_FIRST_ONLY, 0, 0, 0, CORRECTED, "only the first moment were corrected"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_SECOND_ONLY, 0, 0, 0, CORRECTED, "only the second moment were corrected"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_SWAPPED, 0, 0, 0, CORRECTED, "each moment were corrected with the other's beta"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_ROOTLESS, 0, 0, 0, CORRECTED, "the second correction stood outside the root"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_STORED, 0, 0, 0, CORRECTED, "the corrected moments were stored"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_NOT_AT_START, 0, 0, 0, CORRECTED, "the first step were left uncorrected"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_SECOND_ONLY, 0, 0, 0, NO_ONE | SECOND, "the second moment were bias-corrected"},
    {TRAIT_CORRECTION, MODEL_CORRECTION_BOTH, 0, 0, 0, BOTH | UNCORRECTED, "the moments were bias-corrected"},
    /* gradient */
    {TRAIT_GRADIENT, MODEL_GRADIENT_NEGATED, 0, 0, 0, 0, "the gradient had the other sign"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_CLIPPED, 1, 0, 0, 0, "gradients were clipped to [-1, 1]"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_CLIPPED, 0, 1e-3, 1e3, 0, "gradients were clipped at %s"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_NORM_CLIPPED, 1, 0, 0, 0, "the gradient's norm were clipped at 1"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_NORM_CLIPPED, 0, 1e-3, 1e3, 0, "the gradient's norm were clipped at %s"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_MEAN, 0, 0, 0, 0, "gradients were divided by the number of elements"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_TIMES, 0, 1e-6, 1e6, 0, "gradients were multiplied by %s"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_NAN_ZEROED, 0, 0, 0, 0, "a NaN gradient were taken for 0"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_INFINITY_NAN, 0, 0, 0, 0, "an infinite gradient were taken for NaN"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_HALF, 0, 0, 0, 0, "gradients passed through binary16"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_BFLOAT, 0, 0, 0, 0, "gradients passed through bfloat16"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_FLOAT, 0, 0, 0, DOUBLE, "gradients passed through binary32"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_STALE, 0, 0, 0, 0, "each step used the gradient of the step before"},
    {TRAIT_GRADIENT, MODEL_GRADIENT_CENTRED, 0, 0, 0, 0, "the gradient's mean were subtracted from it"},
    /* weight decay */
    {TRAIT_DECAY, MODEL_DECAY_COUPLED, 0, 0, 0, DECOUPLED, "the decay went through the moments (L2)"},
    {TRAIT_DECAY, MODEL_DECAY_NONE, 0, 0, 0, DECOUPLED, "there were no weight decay"},
    {TRAIT_DECAY, MODEL_DECAY_NONE, 0, 0, 0, COUPLED, "there were no weight decay"},
    {TRAIT_DECAY, MODEL_DECAY_AFTER, 0, 0, 0, DECOUPLED, "the decay were applied to the updated parameters"},
    {TRAIT_DECAY, MODEL_DECAY_UNSCALED, 0, 0, 0, DECOUPLED, "the decay were not scaled by the learning rate"},
    {TRAIT_DECAY, MODEL_DECAY_TWICE, 0, 0, 0, DECOUPLED, "the decay were applied twice"},
    {TRAIT_DECAY, MODEL_DECAY_NEGATED, 0, 0, 0, DECOUPLED, "the decay had the other sign"},
    {TRAIT_DECAY, MODEL_DECAY_LR_TWICE, 0, 0, 0, DECOUPLED, "the decay were scaled by the learning rate twice"},
    {TRAIT_DECAY, MODEL_DECAY_DIVIDED, 0, 0, 0, DECOUPLED | TWO, "the decay were divided by the root, too"},
    {TRAIT_DECAY, MODEL_DECAY_DECOUPLED, 0, 0, 0, COUPLED, "the decay were decoupled from the gradient"},
    {TRAIT_DECAY, MODEL_DECAY_COUPLED_NEGATED, 0, 0, 0, COUPLED, "the decay had the other sign"},
    {TRAIT_DECAY, MODEL_DECAY_COUPLED, 0, 0, 0, NO_DECAY, "weight_decay theta were added to the gradient"},
    {TRAIT_DECAY, MODEL_DECAY_DECOUPLED, 0, 0, 0, NO_DECAY, "theta lost lr weight_decay theta, too"},
    {TRAIT_DECAY, MODEL_DECAY_COUPLED_BY, 0, 1e-8, 10, NO_DECAY, "%s theta were added to the gradient"},
    {TRAIT_DECAY, MODEL_DECAY_BY, 0, 1e-8, 10, NO_DECAY, "theta lost %s lr theta, too"},
    /* first moment */
    {TRAIT_FIRST, MODEL_FIRST_UNWEIGHTED, 0, 0, 0, AVERAGE, "the gradient entered m without 1 - beta1"},
    {TRAIT_FIRST, MODEL_FIRST_OVERWRITTEN, 0, 0, 0, ONE, "m were the gradient"},
    {TRAIT_FIRST, MODEL_FIRST_AVERAGE_MU, 0, 0, 0, SUM, "the gradient entered m with 1 - mu"},
    {TRAIT_FIRST, MODEL_FIRST_LR_INSIDE, 0, 0, 0, SUM, "m held lr times the sum of gradients"},
    {TRAIT_FIRST, MODEL_FIRST_VELOCITY, 0, 0, 0, SUM, "m held -lr times the sum of gradients (velocity)"},
    {TRAIT_FIRST, MODEL_FIRST_QUOTIENT_LR_INSIDE, 0, 0, 0, QUOTIENT, "m held lr times the sum of quotients"},
    {TRAIT_FIRST, MODEL_FIRST_SUM, 0, 0, 0, SUM, "m were not damped"},
    {TRAIT_FIRST, MODEL_FIRST_DAMPED, 0, 0, 0, SUM, "the gradient entered m with 1 - dampening"},
    {TRAIT_FIRST, MODEL_FIRST_DAMPED_LATER, 0, 0, 0, SUM, "the gradient entered m with 1 - dampening after the first step"},
    /* second moment */
    {TRAIT_SECOND, MODEL_SECOND_UNWEIGHTED, 0, 0, 0, BOTH, "the squared gradient entered v without 1 - beta2"},
    {TRAIT_SECOND, MODEL_SECOND_UNWEIGHTED, 0, 0, 0, NO_ONE | SECOND, "the squared gradient entered v without 1 - beta"},
    {TRAIT_SECOND, MODEL_SECOND_FIRST_WEIGHT, 0, 0, 0, BOTH, "the squared gradient entered v with 1 - beta1"},
    {TRAIT_SECOND, MODEL_SECOND_ABSOLUTE, 0, 0, 0, SECOND, "v averaged |g| instead of its square"},
    {TRAIT_SECOND, MODEL_SECOND_BELIEF, 0, 0, 0, BOTH, "v averaged (g - m')^2 (AdaBelief)"},
    {TRAIT_SECOND, MODEL_SECOND_BELIEF_OLD, 0, 0, 0, BOTH, "v averaged (g - m)^2, m being the old one"},
    {TRAIT_SECOND, MODEL_SECOND_ADAMAX, 0, 0, 0, SECOND, "v were the largest decayed |g| (AdaMax)"},
    {TRAIT_SECOND, MODEL_SECOND_OF_FIRST, 0, 0, 0, BOTH, "v averaged m'^2 instead of g^2"},
    {TRAIT_SECOND, MODEL_SECOND_YOGI, 0, 0, 0, SECOND, "v moved by the sign of g^2 - v (Yogi)"},
    {TRAIT_SECOND, MODEL_SECOND_SUM, 0, 0, 0, SECOND, "v summed the squared gradients (AdaGrad)"},
    {TRAIT_SECOND, MODEL_SECOND_SHARED_MEAN, 0, 0, 0, SECOND, "v averaged the mean of g^2 over all elements (Adam-mini)"},
    {TRAIT_START, MODEL_START_AT, 1, 0, 0, TWO, "v started at 1"},
    {TRAIT_START, MODEL_START_AT, 0, 1e-12, 1e6, TWO, "v started at %s"},
    {TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM, 0, 0, 0, TWO, "the largest v so far divided (AMSGrad)"},
    {TRAIT_DIVISOR, MODEL_DIVISOR_MAXIMUM_CORRECTED, 0, 0, 0, TWO | CORRECTED, "the largest bias-corrected v so far divided"},
    {TRAIT_DIVISOR, MODEL_DIVISOR_CENTRED, 0, 0, 0, SECOND, "the mean gradient's square were subtracted from v"},
    {TRAIT_DIVISOR, 0, 0, 0, 0, TWO, "v itself divided, not the largest so far"},
    /* order */
    {TRAIT_OLD_SECOND, 0, 0, 0, 0, TWO, "the new v divided"},
    {TRAIT_OLD_SECOND, 1, 0, 0, 0, TWO, "the old v divided"},
    {TRAIT_OLD_FIRST, 1, 0, 0, 0, ONE, "the old m moved the parameters"},
    /* eps */
    {TRAIT_EPS, MODEL_EPS_OUTSIDE, 0, 0, 0, TWO, "eps stood beside the root"},
    {TRAIT_EPS, MODEL_EPS_INSIDE, 0, 0, 0, TWO, "eps stood inside the root"},
    {TRAIT_EPS, MODEL_EPS_HAT, 0, 0, 0, TWO | CORRECTED, "eps were added before the second correction (eps-hat)"},
    {TRAIT_EPS, MODEL_EPS_UNCORRECTED_INSIDE, 0, 0, 0, TWO | CORRECTED,
     "eps stood inside the root before the second correction"},
    {TRAIT_EPS, MODEL_EPS_TIMES_ROOT, 0, 0, 0, TWO | CORRECTED, "eps were scaled by sqrt(1 - beta2^(k+1))"},
    {TRAIT_EPS, MODEL_EPS_MISSING, 0, 0, 0, TWO, "there were no eps"},
    {TRAIT_EPS, MODEL_EPS_SQUARED_INSIDE, 0, 0, 0, TWO, "eps^2 stood inside the root"},
    {TRAIT_EPS, MODEL_EPS_MAXIMUM, 0, 0, 0, TWO, "the larger of root and eps divided"},
    {TRAIT_EPS, MODEL_EPS_SUBTRACTED, 0, 0, 0, TWO, "eps were subtracted"},
    {TRAIT_EPS, MODEL_EPS_TWICE, 0, 0, 0, TWO, "eps stood both inside and beside the root"},
    {TRAIT_EPS, MODEL_EPS_CONSTANT_INSIDE, 0, 1e-40, 100, TWO, "%s stood inside the root, too"},
    /* root, direction, update */
    {TRAIT_ROOT, MODEL_ROOT_MISSING, 0, 0, 0, TWO, "v divided without its root"},
    {TRAIT_ROOT, MODEL_ROOT_TWICE, 0, 0, 0, TWO, "the fourth root of v divided"},
    {TRAIT_ROOT, MODEL_ROOT_COARSE, 22, 0, 0, TWO | DOUBLE, "the root were good to 22 bits only"},
    {TRAIT_ROOT, MODEL_ROOT_COARSE, 11, 0, 0, TWO, "the root were good to 11 bits only"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_GRADIENT, 0, 0, 0, ONE | TWO, "the gradient instead of m' moved the parameters"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_GRADIENT, 0, 0, 0, ONE | NO_TWO, "the gradient instead of m' moved the parameters"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NESTEROV, 0, 0, 0, BOTH, "beta1 m' + (1 - beta1) g moved the parameters (NAdam)"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NESTEROV, 0, 0, 0, SUM, "g + mu m' moved the parameters (Nesterov)"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NADAM, 0, 0, 0, BOTH | CORRECTED, "the step looked ahead (NAdam)"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_MU_TWICE, 0, 0, 0, AHEAD, "mu entered NAdam's first product twice"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_PSI, 0, 1e-6, 100, AHEAD, "the momentum's schedule had psi = %s, not 0.004"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_NADAM_CONSTANT, 0, 0, 0, BOTH | CORRECTED,
     "the step looked ahead (NAdam without schedule)"},
    {TRAIT_DIRECTION, MODEL_DIRECTION_FIRST, 0, 0, 0, ONE, "m' moved the parameters, without looking ahead"},
    {TRAIT_RECTIFIED, MODEL_RECTIFIED_FROM_5, 0, 0, 0, BOTH | CORRECTED | UNRECTIFIED, "the step were rectified (RAdam)"},
    {TRAIT_RECTIFIED, 0, 0, 0, 0, RECTIFIED, "the step were not rectified"},
    {TRAIT_RECTIFIED, MODEL_RECTIFIED_FROM_4, 0, 0, 0, RECTIFIED, "the step were rectified from rho = 4 on"},
    {TRAIT_RECTIFIED, MODEL_RECTIFIED_FROM_5, 0, 0, 0, RECTIFIED, "the step were rectified from rho = 5 on"},
    {TRAIT_RECTIFIED, MODEL_RECTIFIED_BY_ZERO, 0, 0, 0, RECTIFIED, "steps before rectification took 0 times the quotient, too"},
    {TRAIT_MOVE, MODEL_MOVE_SIGN, 0, 0, 0, NO_ONE | NO_TWO, "only the gradient's sign counted"},
    {TRAIT_MOVE, MODEL_MOVE_SIGN, 0, 0, 0, ONE, "only the sign of m' counted"},
    {TRAIT_MOVE, MODEL_MOVE_CLIPPED, 1, 0, 0, 0, "updates were clipped to lr"},
    {TRAIT_MOVE, MODEL_MOVE_CLIPPED, 0, 1e-3, 1e3, 0, "updates were clipped to %s lr"},
    {TRAIT_MOVE, MODEL_MOVE_ADDED, 0, 0, 0, 0, "the update were added"},
    /* precision */
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_STATE, 0, 0, 0, ONE | DOUBLE, "the moments were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_STATE, 0, 0, 0, NO_ONE | TWO | DOUBLE, "the moments were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_STATE, 1, 0, 0, ONE | DOUBLE, "the moments were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_STATE, 1, 0, 0, NO_ONE | TWO | DOUBLE, "the moments were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_STATE, 0, 0, 0, ONE, "the moments were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_STATE, 0, 0, 0, NO_ONE | TWO, "the moments were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_STATE, 1, 0, 0, ONE, "the moments were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_STATE, 1, 0, 0, NO_ONE | TWO, "the moments were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_STATE, 0, 0, 0, ONE, "the moments were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_STATE, 0, 0, 0, NO_ONE | TWO, "the moments were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_STATE, 1, 0, 0, ONE, "the moments were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_STATE, 1, 0, 0, NO_ONE | TWO, "the moments were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_FIRST, 0, 0, 0, ONE | TWO | DOUBLE, "m were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_FIRST, 1, 0, 0, ONE | TWO | DOUBLE, "m were kept in binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_FIRST, 0, 0, 0, ONE | TWO, "m were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_FIRST, 1, 0, 0, ONE | TWO, "m were kept in bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_FIRST, 0, 0, 0, ONE | TWO, "m were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_FIRST, 1, 0, 0, ONE | TWO, "m were kept in binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT, 0, 0, 0, DOUBLE, "the arithmetic were binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_UPDATE, 0, 0, 0, DOUBLE, "the update passed through binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLOAT_THETA, 0, 0, 0, DOUBLE, "the parameters passed through binary32"},
    {TRAIT_PRECISION, MODEL_PRECISION_BFLOAT_THETA, 0, 0, 0, 0, "the parameters passed through bfloat16"},
    {TRAIT_PRECISION, MODEL_PRECISION_HALF_THETA, 0, 0, 0, 0, "the parameters passed through binary16"},
    {TRAIT_PRECISION, MODEL_PRECISION_FLUSH, 0, 0, 0, 0, "subnormal numbers were flushed to zero"},
    /* loops */
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 2, 0, 0, 0, "elements after the last full block of 2 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 4, 0, 0, 0, "elements after the last full block of 4 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 8, 0, 0, 0, "elements after the last full block of 8 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 16, 0, 0, 0, "elements after the last full block of 16 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 32, 0, 0, 0, "elements after the last full block of 32 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 64, 0, 0, 0, "elements after the last full block of 64 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 128, 0, 0, 0, "elements after the last full block of 128 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_BLOCKS, 256, 0, 0, 0, "elements after the last full block of 256 were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_NOT_FIRST, 0, 0, 0, 0, "the first element were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_NOT_LAST, 0, 0, 0, 0, "the last element were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_LAST_TWICE, 0, 0, 0, 0, "the last element were done twice"},
    {TRAIT_LOOP, MODEL_LOOP_OVERLAP, 4, 0, 0, 0, "the tail were done as a full block that overlaps the last one"},
    {TRAIT_LOOP, MODEL_LOOP_OVERLAP, 8, 0, 0, 0, "the tail were done as a block of 8 that overlaps the last one"},
    {TRAIT_LOOP, MODEL_LOOP_OVERLAP, 16, 0, 0, 0, "the tail were done as a block of 16 that overlaps the last one"},
    {TRAIT_LOOP, MODEL_LOOP_NEIGHBOUR, 0, 0, 0, TWO, "the second moment of the element before divided"},
    {TRAIT_LOOP, MODEL_LOOP_SHARED_SECOND, 0, 0, 0, TWO, "the first element's second moment divided all"},
    {TRAIT_LOOP, MODEL_LOOP_LAZY, 0, 0, 0, ONE, "elements with a zero gradient were left alone (LazyAdam)"},
    {TRAIT_LOOP, MODEL_LOOP_LAZY, 0, 0, 0, NO_ONE | TWO, "elements with a zero gradient were left alone"},
    {TRAIT_LOOP, MODEL_LOOP_NAN_SKIPS_STEP, 0, 0, 0, 0, "a NaN anywhere skipped the whole step"},
    {TRAIT_LOOP, MODEL_LOOP_NAN_SKIPS_ELEMENT, 0, 0, 0, 0, "elements with a NaN gradient were left alone"},
    {TRAIT_LOOP, MODEL_LOOP_FIRST_FEW, 0, 0, 0, BY_ELEMENT, "elements after the first %n were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_NOT_LAST_FEW, 0, 0, 0, BY_END, "the last %n elements were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_EVERY_SECOND, 0, 0, 0, 0, "every second element were skipped"},
    {TRAIT_LOOP, MODEL_LOOP_GRADIENT_BEFORE, 0, 0, 0, 0, "each element took the gradient of the one before"},
    /* some steps only */
    {TRAIT_EVENT, MODEL_EVENT_SKIPPED, 0, 0, 0, BY_STEP, "nothing happened at every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_LOST, 0, 0, 0, BY_STEP, "theta stayed at every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_FIRST_TIMES, 0, 1e-4, 1e4, ONE | BY_STEP, "m' were multiplied by %s at every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_SECOND_TIMES, 0, 1e-4, 1e4, TWO | BY_STEP, "v' were multiplied by %s at every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_FIRST_ZEROED, 0, 0, 0, ONE | BY_STEP, "m were 0 before every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_SECOND_ZEROED, 0, 0, 0, TWO | BY_STEP, "v were 0 before every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_BOTH_ZEROED, 0, 0, 0, ONE | TWO | BY_STEP, "both moments were 0 before every step whose count %n divides"},
    {TRAIT_EVENT, MODEL_EVENT_MEAN_OF, 2, 0, 0, 0, "every second step acted on the mean of two gradients"},
    {TRAIT_EVENT, MODEL_EVENT_MEAN_OF, 4, 0, 0, 0, "every fourth step acted on the mean of four gradients"},
    {TRAIT_EVENT, MODEL_EVENT_MEAN_OF, 8, 0, 0, 0, "every eighth step acted on the mean of eight gradients"},
    {TRAIT_EVENT, MODEL_EVENT_SUM_OF, 2, 0, 0, 0, "every second step acted on the sum of two gradients"},
    {TRAIT_EVENT, MODEL_EVENT_SUM_OF, 4, 0, 0, 0, "every fourth step acted on the sum of four gradients"},
    {TRAIT_EVENT, MODEL_EVENT_SUM_OF, 8, 0, 0, 0, "every eighth step acted on the sum of eight gradients"},
    /* state */
    {TRAIT_STATE, MODEL_STATE_COUNT_IGNORED, 0, 0, 0, CORRECTED, "set did not restore the step count"},
    {TRAIT_STATE, MODEL_STATE_COUNT_OFF_BY, 1, 0, 0, CORRECTED, "set restored one step too many"},
    {TRAIT_STATE, MODEL_STATE_COUNT_OFF_BY, -1, 0, 0, CORRECTED, "set restored one step too few"},
    {TRAIT_STATE, MODEL_STATE_SLOTS_SWAPPED, 0, 0, 0, BOTH, "set put m into v and v into m"},
    {TRAIT_STATE, MODEL_STATE_FIRST_IGNORED, 0, 0, 0, ONE, "set did not restore m"},
    {TRAIT_STATE, MODEL_STATE_SECOND_IGNORED, 0, 0, 0, TWO, "set did not restore v"},
    {TRAIT_STATE, MODEL_STATE_GET_CORRECTED, 0, 0, 0, CORRECTED, "get gave the bias-corrected moments"},
    {TRAIT_STATE, MODEL_STATE_GET_ROOT, 0, 0, 0, NO_ONE | TWO, "get gave the root of v"},
};
/* clang-format on */

size_t optcert_change_count(void)
{
    return sizeof table / sizeof table[0];
}

const optcert_change *optcert_change_at(size_t i)
{
    return &table[i];
}

static unsigned first_properties(const optcert_model *model)
{
    switch (model->trait[TRAIT_FIRST]) {
    case MODEL_FIRST_NONE:
        return NO_ONE;
    case MODEL_FIRST_AVERAGE:
        return ONE | AVERAGE;
    case MODEL_FIRST_QUOTIENT:
    case MODEL_FIRST_QUOTIENT_LR_INSIDE:
        return ONE | QUOTIENT;
    default:
        return ONE | SUM;
    }
}

static unsigned second_properties(const optcert_model *model)
{
    switch (model->trait[TRAIT_SECOND]) {
    case MODEL_SECOND_NONE:
        return NO_TWO;
    case MODEL_SECOND_SUM:
        return TWO;
    default:
        return TWO | WEIGHTED;
    }
}

static unsigned decay_properties(const optcert_model *model)
{
    const uint8_t decay = model->trait[TRAIT_DECAY];
    return decay == MODEL_DECAY_NONE ? NO_DECAY : decay == MODEL_DECAY_COUPLED ? COUPLED : DECOUPLED;
}

static unsigned properties(const optcert_model *model)
{
    const uint8_t direction = model->trait[TRAIT_DIRECTION];
    const bool ahead = direction == MODEL_DIRECTION_NADAM || direction == MODEL_DIRECTION_NADAM_MU_TWICE;
    return first_properties(model) | second_properties(model) | decay_properties(model) | (ahead ? AHEAD : 0u) |
           (model->trait[TRAIT_CORRECTION] != MODEL_CORRECTION_NONE ? CORRECTED : UNCORRECTED) |
           (model->trait[TRAIT_RECTIFIED] != 0 ? RECTIFIED : UNRECTIFIED);
}

bool optcert_change_applies(const optcert_change *change, const optcert_model *model, bool single)
{
    const unsigned has = properties(model) | (single ? 0u : DOUBLE) | NUMBERS;
    return (change->needs & ~has) == 0 && model->trait[change->trait] != change->choice;
}

optcert_number optcert_change_number(const optcert_change *change)
{
    switch (change->needs & NUMBERS) {
    case BY_STEP:
        return NUMBER_STEP;
    case BY_ELEMENT:
        return NUMBER_ELEMENT;
    case BY_END:
        return NUMBER_FROM_END;
    default:
        return NUMBER_NONE;
    }
}

optcert_model optcert_change_apply(const optcert_change *change, const optcert_model *model, double value)
{
    optcert_model changed = *model;
    changed.trait[change->trait] = change->choice;
    changed.value[change->trait] = optcert_change_is_free(change) ? value : change->value;
    changed.changes++;
    return changed;
}

bool optcert_change_remembers(const optcert_change *change)
{
    return (change->trait == TRAIT_COUNT && change->choice == MODEL_COUNT_SHARED) ||
           (change->trait == TRAIT_POWER && change->choice == MODEL_POWER_FIRST_INSTANCE);
}

/* Gradients that each element understands by itself. */
static bool is_local_gradient(uint8_t choice)
{
    switch (choice) {
    case MODEL_GRADIENT_MEAN:
    case MODEL_GRADIENT_NORM_CLIPPED:
    case MODEL_GRADIENT_TIMES:
    case MODEL_GRADIENT_STALE:
        return false;
    default:
        return true;
    }
}

/* Traits that the elements look at one by one, or that a part has corrections of its own for. */
static bool is_local_trait(optcert_trait trait)
{
    static const optcert_trait local[] = {TRAIT_COUNT,   TRAIT_CORRECTION, TRAIT_DECAY,      TRAIT_FIRST,
                                          TRAIT_SECOND,  TRAIT_DIVISOR,    TRAIT_OLD_FIRST,  TRAIT_OLD_SECOND,
                                          TRAIT_EPS,     TRAIT_ROOT,       TRAIT_DIRECTION,  TRAIT_MOVE,
                                          TRAIT_RECTIFIED};
    for (size_t i = 0; i < sizeof local / sizeof local[0]; i++) {
        if (local[i] == trait) {
            return true;
        }
    }
    return false;
}

bool optcert_change_is_local(const optcert_change *change)
{
    const bool gradient = change->trait == TRAIT_GRADIENT && is_local_gradient(change->choice);
    const bool mean = change->trait == TRAIT_SECOND && change->choice == MODEL_SECOND_SHARED_MEAN;
    return (gradient || is_local_trait(change->trait)) && !mean && !optcert_change_is_free(change) &&
           optcert_change_number(change) == NUMBER_NONE;
}

optcert_model optcert_change_apply_in(const optcert_change *change, const optcert_model *model, optcert_part part,
                                      size_t block)
{
    optcert_model changed = *model;
    changed.part = part;
    changed.block = block;
    changed.part_trait = change->trait;
    changed.part_choice = change->choice;
    changed.part_value = change->value;
    changed.changes += 2;
    return changed;
}

void optcert_change_text(const optcert_change *change, double value, uint64_t number, char *out, size_t size)
{
    size_t length = 0;
    *out = '\0';
    for (const char *says = change->says; *says != '\0' && length + 1 < size; says++) {
        const bool mark = says[0] == '%';
        if (mark && says[1] == 's') {
            length += (size_t)snprintf(out + length, size - length, "%.10g", value);
        } else if (mark && says[1] == 'n') {
            length += (size_t)snprintf(out + length, size - length, "%llu", (unsigned long long)number);
        } else {
            out[length++] = *says;
            out[length] = '\0';
        }
        says += mark ? 1 : 0;
    }
}
