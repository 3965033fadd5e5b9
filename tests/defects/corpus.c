/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table. An origin "owner/project#N" is an issue or a pull request on GitHub. */
#include "corpus.h"

#include <string.h>

#define THETA "conformance.theta.ulp"
#define M "conformance.m.ulp"
#define V "conformance.v.ulp"
#define WRONG OPTCERT_DEFECT_WRONG
#define RIGHT OPTCERT_DEFECT_RIGHT
#define HOSTILE OPTCERT_DEFECT_HOSTILE

/* clang-format off */
static const optcert_defect corpus[] = {
    /* --- hyper-parameters --- */
    {"adam-betas-swapped", "adam", WRONG, "beta1 and beta2 changed places", M, "",
     {[ASPECT_HYPER] = HYPER_SWAPPED_BETAS}, 0},
    {"adam-one-beta", "adam", WRONG, "beta1 was used for both moments", V, "",
     {[ASPECT_HYPER] = HYPER_ONE_BETA}, 0},
    {"adam-hyper-float32", "adam", WRONG, "hyper-parameters passed through binary32", THETA,
     "kernels that take float arguments whatever the tensor's format", {[ASPECT_HYPER] = HYPER_FLOAT}, 1},
    {"sgd-lr-float32", "sgd", WRONG, "the learning rate passed through binary32", THETA, "",
     {[ASPECT_HYPER] = HYPER_FLOAT}, 1},
    {"sgd-half-lr", "sgd", WRONG, "the learning rate were 0.5 times what it is", THETA,
     "gradient of the mean against the sum of squares", {[ASPECT_HYPER] = HYPER_HALF_LR}, 0},
    {"rmsprop-beta-complement", "rmsprop", WRONG, "beta were 1 - beta", V,
     "rho against 1 - rho in papers' notations", {[ASPECT_HYPER] = HYPER_COMPLEMENT}, 0},
    /* --- step count --- */
    {"adam-count-from-zero", "adam", WRONG, "the bias correction used k instead of k+1 (1 at k = 0)", THETA,
     "ooples/AiDotNet#702", {[ASPECT_COUNT] = COUNT_FROM_ZERO}, 0},
    {"adam-count-raw-zero", "adam", WRONG, "the bias correction used k instead of k+1, also at k = 0", THETA,
     "ooples/AiDotNet#702", {[ASPECT_COUNT] = COUNT_RAW_ZERO}, 0},
    {"adam-count-plus-two", "adam", WRONG, "the bias correction used k+2 instead of k+1", THETA,
     "Oneflow-Inc/oneflow#5960", {[ASPECT_COUNT] = COUNT_PLUS_TWO}, 0},
    {"adamw-count-plus-two", "adamw", WRONG, "the bias correction used k+2 instead of k+1", THETA,
     "Oneflow-Inc/oneflow#5960", {[ASPECT_COUNT] = COUNT_PLUS_TWO}, 0},
    {"adam-count-twice", "adam", WRONG, "each step counted twice", THETA, "deepspeedai/DeepSpeed#1823",
     {[ASPECT_COUNT] = COUNT_TWICE}, 0},
    {"adam-count-byte", "adam", WRONG, "the step count wrapped at 256", THETA, "",
     {[ASPECT_COUNT] = COUNT_BYTE}, 0},
    {"adam-count-word", "adam", WRONG, "the step count wrapped at 65536", THETA, "",
     {[ASPECT_COUNT] = COUNT_WORD}, 0},
    {"adam-count-bfloat16", "adam", WRONG, "the step count stopped at 256 (bfloat16)", THETA,
     "pytorch/ao#4915", {[ASPECT_COUNT] = COUNT_BFLOAT}, 0},
    {"adam-count-float16", "adam", WRONG, "the step count stopped at 2048 (binary16)", THETA,
     "deepspeedai/DeepSpeed#8496", {[ASPECT_COUNT] = COUNT_HALF}, 0},
    {"adam-count-shared", "adam", WRONG, "all instances shared one step count", THETA,
     "InfiniTensor/InfiniTrain#235", {[ASPECT_COUNT] = COUNT_SHARED}, 0},
    /* --- powers of beta --- */
    {"adam-power-float32", "adam", WRONG, "the powers of beta were computed in binary32", THETA,
     "ooples/AiDotNet.Tensors#960", {[ASPECT_POWER] = POWER_FLOAT}, 1},
    {"adam-power-old-beta", "adam", WRONG, "the powers of beta were those of the first instance", THETA,
     "tenstorrent/tt-metal#53212", {[ASPECT_POWER] = POWER_FIRST_INSTANCE}, 0},
    {"adamw-power-old-beta", "adamw", WRONG, "the powers of beta were those of the first instance", THETA,
     "tenstorrent/tt-metal#53212", {[ASPECT_POWER] = POWER_FIRST_INSTANCE}, 0},
    /* --- bias correction --- */
    {"adam-correction-missing", "adam", WRONG, "there were no bias correction", THETA,
     "BertAdam of early transformers", {[ASPECT_CORRECTION] = CORRECTION_NONE}, 0},
    {"adamw-correction-missing", "adamw", WRONG, "there were no bias correction", THETA,
     "Oneflow-Inc/oneflow#5960", {[ASPECT_CORRECTION] = CORRECTION_NONE}, 0},
    {"adam-correction-first-only", "adam", WRONG, "only the first moment were corrected", THETA, "",
     {[ASPECT_CORRECTION] = CORRECTION_FIRST_ONLY}, 0},
    {"adam-correction-second-only", "adam", WRONG, "only the second moment were corrected", THETA, "",
     {[ASPECT_CORRECTION] = CORRECTION_SECOND_ONLY}, 0},
    {"adam-correction-swapped", "adam", WRONG, "each moment were corrected with the other's beta", THETA, "",
     {[ASPECT_CORRECTION] = CORRECTION_SWAPPED}, 0},
    {"adam-correction-rootless", "adam", WRONG, "the second correction stood outside the root", THETA,
     "kozistr/pytorch_optimizer#159", {[ASPECT_CORRECTION] = CORRECTION_ROOTLESS}, 0},
    {"adam-correction-stored", "adam", WRONG, "the corrected moments were stored", M, "",
     {[ASPECT_CORRECTION] = CORRECTION_STORED}, 0},
    {"adam-correction-not-at-start", "adam", WRONG, "the first step were left uncorrected", THETA, "",
     {[ASPECT_CORRECTION] = CORRECTION_NOT_AT_START}, 0},
    {"rmsprop-new-v-corrected", "rmsprop/new-v", WRONG, "the second moment were bias-corrected", THETA, "",
     {[ASPECT_CORRECTION] = CORRECTION_FORCED}, 0},
    {"adamw-tail-second-uncorrected", "adamw", WRONG,
     "only the first moment were corrected in elements after the last of the full blocks of 4", THETA,
     "scalar tails of vector code", {[ASPECT_CORRECTION] = CORRECTION_TAIL}, 0},
    /* --- gradient --- */
    {"sgd-negated", "sgd", WRONG, "the gradient had the other sign", THETA, "maximize left on",
     {[ASPECT_GRADIENT] = GRADIENT_NEGATED}, 0},
    {"adam-gradient-clipped", "adam", WRONG, "gradients were clipped to [-1, 1]", M,
     "a wrapper that clips by default", {[ASPECT_GRADIENT] = GRADIENT_CLIPPED}, 0},
    {"sgd-gradient-mean", "sgd", WRONG, "gradients were divided by the number of elements", THETA, "",
     {[ASPECT_GRADIENT] = GRADIENT_MEAN}, 0},
    {"adam-nan-zeroed", "adam", WRONG, "a NaN gradient were taken for 0", THETA,
     "nan_to_num before the step", {[ASPECT_GRADIENT] = GRADIENT_NAN_ZEROED}, 0},
    {"adam-gradient-float16", "adam", WRONG, "gradients passed through binary16", M,
     "mixed-precision buffers", {[ASPECT_GRADIENT] = GRADIENT_HALF}, 0},
    {"sgd-hidden-decay", "sgd", WRONG, "0.0001 theta were added to the gradient", THETA,
     "a default weight decay", {[ASPECT_GRADIENT] = GRADIENT_HIDDEN_DECAY}, 0},
    {"adamw-coupled", "adamw", WRONG, "the decay went through the moments (L2)", M,
     "nntrainer/nntrainer#3565", {[ASPECT_GRADIENT] = GRADIENT_COUPLED_DECAY, [ASPECT_DECAY] = DECAY_NONE},
     0},
    {"adam-infinity-nan", "adam", WRONG, "an infinite gradient were taken for NaN", M,
     "g + beta (m - g), as lerp in llm.c", {[ASPECT_GRADIENT] = GRADIENT_INFINITY_NAN}, 0},
    {"adam-gradient-stale", "adam", WRONG, "each step used the gradient of the step before", M,
     "delayed parameter updates of ZeRO-Offload", {[ASPECT_GRADIENT] = GRADIENT_STALE}, 0},
    {"adam-gradient-centred", "adam", WRONG, "the gradient's mean were subtracted from it", M,
     "gradient centralisation left on", {[ASPECT_GRADIENT] = GRADIENT_CENTRED}, 0},
    /* --- weight decay --- */
    {"adamw-decay-lr-twice", "adamw", WRONG, "the decay were scaled by the learning rate twice", THETA, "",
     {[ASPECT_DECAY] = DECAY_LR_TWICE}, 0},
    {"adamw-decay-divided", "adamw", WRONG, "the decay were divided by the root, too", THETA, "",
     {[ASPECT_DECAY] = DECAY_DIVIDED}, 0},
    {"adamw-decay-not-in-tail", "adamw", WRONG,
     "there were no weight decay in elements after the last of the full blocks of 8", THETA, "scalar tails of vector code",
     {[ASPECT_DECAY] = DECAY_NOT_TAIL}, 0},
    {"adamw-decay-missing", "adamw", WRONG, "there were no weight decay", THETA, "jolibrain/deepdetect#1462",
     {[ASPECT_DECAY] = DECAY_NONE}, 0},
    {"adamw-decay-after", "adamw", WRONG, "the decay were applied to the updated parameters", THETA,
     "rohitg00/ai-engineering-from-scratch#17", {[ASPECT_DECAY] = DECAY_AFTER}, 0},
    {"adamw-decay-unscaled", "adamw", WRONG, "the decay were not scaled by the learning rate", THETA,
     "Loshchilov & Hutter 2019 against its implementations", {[ASPECT_DECAY] = DECAY_UNSCALED}, 0},
    {"adamw-decay-twice", "adamw", WRONG, "the decay were applied twice", THETA, "",
     {[ASPECT_DECAY] = DECAY_TWICE}, 0},
    {"adamw-decay-negated", "adamw", WRONG, "the decay had the other sign", THETA,
     "harvard-edge/cs249r_book#2058", {[ASPECT_DECAY] = DECAY_NEGATED}, 0},
    /* --- first moment --- */
    {"adam-first-unweighted", "adam", WRONG, "the gradient entered m without 1 - beta1", M, "",
     {[ASPECT_FIRST] = FIRST_UNWEIGHTED}, 0},
    {"adam-first-overwritten", "adam", WRONG, "m were the gradient", M, "kozistr/pytorch_optimizer#516",
     {[ASPECT_FIRST] = FIRST_OVERWRITTEN}, 0},
    {"sgd-momentum-averaged", "sgd-momentum", WRONG, "the gradient entered m with 1 - mu", M,
     "ml-explore/mlx#87", {[ASPECT_FIRST] = FIRST_AVERAGED}, 0},
    {"sgd-momentum-lr-inside", "sgd-momentum", WRONG, "m held lr times the sum of gradients", M,
     "Caffe; PaddlePaddle/Paddle#12231", {[ASPECT_FIRST] = FIRST_LR_INSIDE}, 0},
    {"sgd-momentum-velocity", "sgd-momentum", WRONG, "m held -lr times the sum of gradients (velocity)", M, "Keras",
     {[ASPECT_FIRST] = FIRST_VELOCITY}, 0},
    /* --- second moment --- */
    {"adam-second-unweighted", "adam", WRONG, "the squared gradient entered v without 1 - beta2", V, "",
     {[ASPECT_SECOND] = SECOND_UNWEIGHTED}, 0},
    {"rmsprop-new-v-unweighted", "rmsprop/new-v", WRONG, "the squared gradient entered v without 1 - beta",
     V, "AdaGrad under another name", {[ASPECT_SECOND] = SECOND_UNWEIGHTED}, 0},
    {"adam-second-first-weight", "adam", WRONG, "the squared gradient entered v with 1 - beta1", V,
     "NVIDIA/recsys-examples#419", {[ASPECT_SECOND] = SECOND_FIRST_WEIGHT}, 0},
    {"adam-second-absolute", "adam", WRONG, "v averaged |g| instead of its square", V, "",
     {[ASPECT_SECOND] = SECOND_ABSOLUTE}, 0},
    {"adam-belief", "adam", WRONG, "v averaged (g - m')^2 (AdaBelief)", V, "",
     {[ASPECT_SECOND] = SECOND_BELIEF}, 0},
    {"adam-amsgrad", "adam", WRONG, "the largest v so far divided (AMSGrad)", THETA, "amsgrad left on",
     {[ASPECT_SECOND] = SECOND_MAXIMUM}, 0},
    {"adam-amsgrad-corrected", "adam", WRONG, "the largest bias-corrected v so far divided", THETA, "scale_by_amsgrad of optax",
     {[ASPECT_SECOND] = SECOND_MAXIMUM_CORRECTED}, 0},
    {"adam-adamax", "adam", WRONG, "v were the largest decayed |g| (AdaMax)", V, "",
     {[ASPECT_SECOND] = SECOND_ADAMAX}, 0},
    {"adam-yogi", "adam", WRONG, "v moved by the sign of g^2 - v (Yogi)", V, "",
     {[ASPECT_SECOND] = SECOND_YOGI}, 0},
    {"adam-second-of-m", "adam", WRONG, "v averaged m'^2 instead of g^2", V, "",
     {[ASPECT_SECOND] = SECOND_OF_FIRST}, 0},
    {"rmsprop-new-v-centred", "rmsprop/new-v", WRONG, "the mean gradient's square were subtracted from v",
     THETA, "centered left on", {[ASPECT_SECOND] = SECOND_CENTRED}, 0},
    {"rmsprop-new-v-starts-at-one", "rmsprop/new-v", WRONG, "v started at 1", V,
     "TensorFlow 1 RMSPropOptimizer; pytorch/pytorch#23796", {[ASPECT_SECOND] = SECOND_STARTS_AT_ONE}, 0},
    {"rmsprop-new-v-summed", "rmsprop/new-v", WRONG, "v summed the squared gradients (AdaGrad)", V, "",
     {[ASPECT_SECOND] = SECOND_SUM}, 0},
    {"adagrad-starts-at-tenth", "adagrad", WRONG, "v started at 0.1", V, "initial_accumulator_value of Keras and Optax",
     {[ASPECT_SECOND] = SECOND_STARTS_AT_TENTH}, 0},
    {"adam-mini", "adam", WRONG, "v averaged the mean of g^2 over all elements (Adam-mini)", V, "",
     {[ASPECT_SECOND] = SECOND_SHARED_MEAN}, 0},
    /* --- order --- */
    {"rmsprop-uses-new-v", "rmsprop", WRONG, "the new v divided", THETA, "PyTorch against MLPA Def. 2.2",
     {[ASPECT_ORDER] = ORDER_NEW}, 0},
    {"rmsprop-new-v-uses-old", "rmsprop/new-v", WRONG, "the old v divided", THETA,
     "MLPA Def. 2.2 against PyTorch", {[ASPECT_ORDER] = ORDER_OLD}, 0},
    {"adam-uses-old-v", "adam", WRONG, "the old v divided", THETA, "", {[ASPECT_ORDER] = ORDER_OLD}, 0},
    {"adam-uses-old-m", "adam", WRONG, "the old m moved the parameters", THETA, "",
     {[ASPECT_ORDER] = ORDER_OLD_FIRST}, 0},
    /* --- eps --- */
    {"adam-eps-inside-root", "adam", WRONG, "eps stood inside the root", THETA, "keras-team/keras#17391",
     {[ASPECT_EPS] = EPS_INSIDE_ROOT}, 0},
    {"rmsprop-eps-inside-root", "rmsprop", WRONG, "eps stood inside the root", THETA, "keras-team/keras#435",
     {[ASPECT_EPS] = EPS_INSIDE_ROOT}, 0},
    {"rmsprop-new-v-eps-inside-root", "rmsprop/new-v", WRONG, "eps stood inside the root", THETA,
     "chainer/chainer#4754, pytorch/pytorch#23796", {[ASPECT_EPS] = EPS_INSIDE_ROOT}, 0},
    {"adam-eps-hat", "adam", WRONG, "eps were added before the second correction (eps-hat)", THETA,
     "tensorflow/tensorflow#9047, #35102; pytorch/pytorch#22628", {[ASPECT_EPS] = EPS_HAT}, 0},
    {"adamw-eps-hat", "adamw", WRONG, "eps were added before the second correction (eps-hat)", THETA,
     "karpathy/nanochat#304", {[ASPECT_EPS] = EPS_HAT}, 0},
    {"adam-eps-times-root", "adam", WRONG, "eps were scaled by sqrt(1 - beta2^(k+1))", THETA, "",
     {[ASPECT_EPS] = EPS_TIMES_ROOT}, 0},
    {"adam-eps-missing", "adam", WRONG, "there were no eps", THETA, "", {[ASPECT_EPS] = EPS_MISSING}, 0},
    {"rmsprop-eps-missing", "rmsprop", WRONG, "there were no eps", THETA, "", {[ASPECT_EPS] = EPS_MISSING},
     0},
    {"adam-eps-squared", "adam", WRONG, "eps^2 stood inside the root", THETA, "",
     {[ASPECT_EPS] = EPS_SQUARED_INSIDE}, 0},
    {"adam-eps-maximum", "adam", WRONG, "the larger of root and eps divided", THETA, "",
     {[ASPECT_EPS] = EPS_MAXIMUM}, 0},
    {"adam-eps-float16", "adam", WRONG, "eps passed through binary16", THETA,
     "google-deepmind/optax#1754, FluxML/Optimisers.jl#167, chainer/chainer#6299", {[ASPECT_EPS] = EPS_HALF},
     0},
    {"adam-eps-subtracted", "adam", WRONG, "eps were subtracted", THETA, "tensorflow/tensorflow#61411",
     {[ASPECT_EPS] = EPS_SUBTRACTED}, 0},
    {"adam-eps-root", "adam", WRONG, "1e-06 stood inside the root, too", THETA, "eps_root of Optax, set once",
     {[ASPECT_EPS] = EPS_CONSTANT_INSIDE}, 0},
    {"adagrad-eps-inside-root", "adagrad", WRONG, "eps stood inside the root", THETA, "Keras against PyTorch",
     {[ASPECT_EPS] = EPS_INSIDE_ROOT}, 0},
    /* --- root and update --- */
    {"adam-root-missing", "adam", WRONG, "v divided without its root", THETA, "",
     {[ASPECT_ROOT] = ROOT_MISSING}, 0},
    {"rmsprop-root-approximate", "rmsprop", WRONG, "the root were good to 22 bits only", THETA,
     "rsqrt instructions with one Newton step", {[ASPECT_ROOT] = ROOT_APPROXIMATE}, 1},
    {"adam-update-gradient", "adam", WRONG, "the gradient instead of m' moved the parameters", THETA, "",
     {[ASPECT_UPDATE] = UPDATE_GRADIENT}, 0},
    {"adam-nesterov", "adam", WRONG, "beta1 m' + (1 - beta1) g moved the parameters (NAdam)", THETA, "",
     {[ASPECT_UPDATE] = UPDATE_NESTEROV}, 0},
    {"sgd-momentum-nesterov", "sgd-momentum", WRONG, "g + mu m' moved the parameters (Nesterov)", THETA,
     "PaddlePaddle/Paddle#12231, torch/optim#27", {[ASPECT_UPDATE] = UPDATE_NESTEROV}, 0},
    {"sgd-sign", "sgd", WRONG, "only the gradient's sign counted", THETA, "",
     {[ASPECT_UPDATE] = UPDATE_SIGN}, 0},
    {"adam-update-clipped", "adam", WRONG, "updates were clipped to lr", THETA, "",
     {[ASPECT_UPDATE] = UPDATE_CLIPPED}, 0},
    {"radam-unrectified", "radam", WRONG, "the step were not rectified", THETA, "",
     {[ASPECT_UPDATE] = UPDATE_UNRECTIFIED}, 0},
    {"adam-ascends", "adam", WRONG, "the update were added", THETA, "", {[ASPECT_UPDATE] = UPDATE_ADDED}, 0},
    /* --- precision --- */
    {"adam-float32-state", "adam", WRONG, "the moments were kept in binary32", M, "",
     {[ASPECT_PRECISION] = PRECISION_FLOAT_STATE}, 1},
    {"adam-float32-arithmetic", "adam", WRONG, "the arithmetic were binary32", M, "",
     {[ASPECT_PRECISION] = PRECISION_FLOAT}, 1},
    {"sgd-float32-arithmetic", "sgd", WRONG, "the arithmetic were binary32", THETA, "",
     {[ASPECT_PRECISION] = PRECISION_FLOAT}, 1},
    {"adam-float32-update", "adam", WRONG, "the update passed through binary32", THETA, "",
     {[ASPECT_PRECISION] = PRECISION_FLOAT_UPDATE}, 1},
    {"adamw-bfloat16-state", "adamw", WRONG, "the moments were kept in bfloat16", M,
     "nntrainer/nntrainer#3565, keras-team/keras-hub#2629", {[ASPECT_PRECISION] = PRECISION_BFLOAT_STATE},
     0},
    {"adam-first-bfloat16", "adam", WRONG, "m were kept in bfloat16", M, "mu_dtype of Optax",
     {[ASPECT_PRECISION] = PRECISION_BFLOAT_FIRST}, 0},
    {"sgd-flush-to-zero", "sgd", WRONG, "subnormal numbers were flushed to zero", THETA,
     "-ffast-math start-up code of gcc before 13", {[ASPECT_PRECISION] = PRECISION_FLUSH}, 0},
    {"adam-flush-to-zero", "adam", WRONG, "subnormal numbers were flushed to zero", M,
     "-ffast-math start-up code of gcc before 13", {[ASPECT_PRECISION] = PRECISION_FLUSH}, 0},
    /* --- loops --- */
    {"adam-tail-4-skipped", "adam", WRONG, "elements after the last full block of 4 were skipped", THETA,
     "karpathy/llm.c#303", {[ASPECT_LOOP] = LOOP_TAIL_4}, 0},
    {"sgd-tail-8-skipped", "sgd", WRONG, "elements after the last full block of 8 were skipped", THETA, "",
     {[ASPECT_LOOP] = LOOP_TAIL_8}, 0},
    {"sgd-first-skipped", "sgd", WRONG, "the first element were skipped", THETA, "",
     {[ASPECT_LOOP] = LOOP_NOT_FIRST}, 0},
    {"adam-last-skipped", "adam", WRONG, "the last element were skipped", THETA, "",
     {[ASPECT_LOOP] = LOOP_NOT_LAST}, 0},
    {"sgd-last-3-skipped", "sgd", WRONG, "the last 3 elements were skipped", THETA, "", {[ASPECT_LOOP] = LOOP_NOT_LAST_3}, 0},
    {"adam-first-128-only", "adam", WRONG, "elements after the first 128 were skipped", THETA, "kernels launched as one block",
     {[ASPECT_LOOP] = LOOP_FIRST_128}, 0},
    {"adam-last-twice", "adam", WRONG, "the last element were done twice", M, "",
     {[ASPECT_LOOP] = LOOP_LAST_TWICE}, 0},
    {"adam-tail-overlaps", "adam", WRONG, "the tail were done as a full block that overlaps the last one", M,
     "", {[ASPECT_LOOP] = LOOP_OVERLAP}, 0},
    {"adam-neighbour", "adam", WRONG, "the second moment of the element before divided", THETA, "",
     {[ASPECT_LOOP] = LOOP_NEIGHBOUR}, 0},
    {"adam-shared-second", "adam", WRONG, "the first element's second moment divided all", THETA, "",
     {[ASPECT_LOOP] = LOOP_SHARED_SECOND}, 0},
    {"adam-lazy", "adam", WRONG, "elements with a zero gradient were left alone (LazyAdam)", THETA,
     "tensorflow/tensorflow#23668", {[ASPECT_LOOP] = LOOP_LAZY}, 0},
    {"adam-nan-skips-step", "adam", WRONG, "a NaN anywhere skipped the whole step", THETA,
     "gradient scalers", {[ASPECT_LOOP] = LOOP_NAN_SKIPS_STEP}, 0},
    {"sgd-nan-skips-element", "sgd", WRONG, "elements with a NaN gradient were left alone", THETA, "",
     {[ASPECT_LOOP] = LOOP_NAN_SKIPS_ELEMENT}, 0},
    {"adam-blocks-only", "adam", WRONG, "elements after the last full block of 64 were skipped", THETA, "bytedance/lightseq#98",
     {[ASPECT_LOOP] = LOOP_BLOCKS}, 0},
    /* --- some steps only --- */
    {"adam-first-halved", "adam", WRONG, "m' were multiplied by 0.5 at every step whose count 10 divides", M, "",
     {[ASPECT_EVENT] = EVENT_FIRST_HALVED}, 0},
    {"sgd-momentum-steps-skipped", "sgd-momentum", WRONG, "nothing happened at every step whose count 5 divides", THETA,
     "gradient scalers, gradient accumulation", {[ASPECT_EVENT] = EVENT_SKIPPED}, 0},
    {"adamw-moments-zeroed", "adamw", WRONG, "both moments were 0 before every step whose count 7 divides", M,
     "optimizers made anew at each epoch", {[ASPECT_EVENT] = EVENT_BOTH_ZEROED}, 0},
    {"sgd-mean-of-2", "sgd", WRONG, "every second step acted on the mean of two gradients", THETA, "gradient accumulation left on",
     {[ASPECT_EVENT] = EVENT_MEAN_OF_2}, 0},
    {"adamw-warmup", "adamw", WRONG, "the learning rate rose over the first 10 steps", THETA, "warm-up built in",
     {[ASPECT_SCHEDULE] = SCHEDULE_WARMUP}, 0},
    {"rmsprop-new-v-decaying", "rmsprop/new-v", WRONG, "the learning rate fell by 1/(1 + 0.01 k)", THETA, "decay of Keras before 2.11",
     {[ASPECT_SCHEDULE] = SCHEDULE_INVERSE}, 0},
    {"adagrad-decaying", "adagrad", WRONG, "the learning rate fell by 1/(1 + 0.01 k)", THETA, "lr_decay of PyTorch",
     {[ASPECT_SCHEDULE] = SCHEDULE_INVERSE}, 0},
    /* --- state --- */
    {"adam-resume-count-ignored", "adam", WRONG, "set did not restore the step count", THETA,
     "TrenTorch/TrenTorch#187", {[ASPECT_STATE] = STATE_COUNT_IGNORED}, 0},
    {"adamw-resume-count-ignored", "adamw", WRONG, "set did not restore the step count", THETA,
     "TrenTorch/TrenTorch#187", {[ASPECT_STATE] = STATE_COUNT_IGNORED}, 0},
    {"adam-resume-count-plus-one", "adam", WRONG, "set restored one step too many", THETA, "",
     {[ASPECT_STATE] = STATE_COUNT_PLUS_ONE}, 0},
    {"adam-slots-swapped", "adam", WRONG, "set put m into v and v into m", M, "",
     {[ASPECT_STATE] = STATE_SLOTS_SWAPPED}, 0},
    {"adam-resume-second-ignored", "adam", WRONG, "set did not restore v", V, "TrenTorch/TrenTorch#187",
     {[ASPECT_STATE] = STATE_SECOND_IGNORED}, 0},
    {"adam-get-corrected", "adam", WRONG, "get gave the bias-corrected moments", M, "",
     {[ASPECT_STATE] = STATE_GET_CORRECTED}, 0},
    {"rmsprop-get-root", "rmsprop", WRONG, "get gave the root of v", V, "",
     {[ASPECT_STATE] = STATE_GET_ROOT}, 0},

    /* --- right, in another way --- */
    {"right-sgd", "sgd", RIGHT, "", "", "", {0}, 0},
    {"right-sgd-fma", "sgd", RIGHT, "", "", "compilers that contract", {[ASPECT_UPDATE] = UPDATE_FMA}, 0},
    {"right-sgd-backwards", "sgd", RIGHT, "", "", "", {[ASPECT_LOOP] = LOOP_BACKWARDS}, 0},
    {"right-sgd-momentum", "sgd-momentum", RIGHT, "", "", "", {0}, 0},
    {"right-sgd-momentum-fma", "sgd-momentum", RIGHT, "", "", "compilers that contract",
     {[ASPECT_FIRST] = FIRST_FMA, [ASPECT_UPDATE] = UPDATE_FMA}, 0},
    {"right-rmsprop", "rmsprop", RIGHT, "", "", "", {0}, 0},
    {"right-rmsprop-fma", "rmsprop", RIGHT, "", "", "compilers that contract",
     {[ASPECT_SECOND] = SECOND_FMA, [ASPECT_UPDATE] = UPDATE_FMA}, 0},
    {"right-rmsprop-quotient-first", "rmsprop", RIGHT, "", "", "addcdiv of PyTorch",
     {[ASPECT_UPDATE] = UPDATE_QUOTIENT_FIRST}, 0},
    {"right-rmsprop-new-v", "rmsprop/new-v", RIGHT, "", "", "", {0}, 0},
    {"right-rmsprop-new-v-lerp", "rmsprop/new-v", RIGHT, "", "", "", {[ASPECT_SECOND] = SECOND_LERP}, 0},
    {"right-rmsprop-new-v-momentum", "rmsprop/new-v-momentum", RIGHT, "", "", "PyTorch", {0}, 0},
    {"right-adagrad", "adagrad", RIGHT, "", "", "", {0}, 0},
    {"right-adagrad-fma", "adagrad", RIGHT, "", "", "compilers that contract",
     {[ASPECT_SECOND] = SECOND_FMA, [ASPECT_UPDATE] = UPDATE_FMA}, 0},
    {"right-radam", "radam", RIGHT, "", "", "", {0}, 0},
    {"right-radam-quotient-first", "radam", RIGHT, "", "", "addcdiv of PyTorch", {[ASPECT_UPDATE] = UPDATE_QUOTIENT_FIRST}, 0},
    {"right-adam", "adam", RIGHT, "", "", "the textbook's two divisions and pow", {0}, 0},
    {"right-adam-fma", "adam", RIGHT, "", "", "compilers that contract",
     {[ASPECT_FIRST] = FIRST_FMA, [ASPECT_SECOND] = SECOND_FMA, [ASPECT_UPDATE] = UPDATE_FMA}, 0},
    {"right-adam-lerp", "adam", RIGHT, "", "", "lerp_ of PyTorch",
     {[ASPECT_FIRST] = FIRST_LERP, [ASPECT_SECOND] = SECOND_LERP}, 0},
    {"right-adam-folded", "adam", RIGHT, "", "", "lr sqrt(c2)/c1 with eps sqrt(c2)",
     {[ASPECT_CORRECTION] = CORRECTION_FOLDED}, 0},
    {"right-adam-product", "adam", RIGHT, "", "", "powers by repeated multiplication",
     {[ASPECT_POWER] = POWER_PRODUCT}, 0},
    {"right-adam-expm1", "adam", RIGHT, "", "", "1 - beta^j as -expm1(j log beta)",
     {[ASPECT_POWER] = POWER_EXPM1}, 0},
    {"right-adam-hidden", "adam", RIGHT, "", "", "no get, no set", {[ASPECT_STATE] = STATE_HIDDEN}, 0},
    {"right-adamw", "adamw", RIGHT, "", "", "", {0}, 0},
    {"right-adamw-factor", "adamw", RIGHT, "", "", "theta (1 - lr lambda), PyTorch",
     {[ASPECT_DECAY] = DECAY_FACTOR}, 0},
    {"right-adamw-in-update", "adamw", RIGHT, "", "", "lr (q + lambda theta), Loshchilov & Hutter",
     {[ASPECT_DECAY] = DECAY_IN_UPDATE}, 0},
    {"right-adamw-fma", "adamw", RIGHT, "", "", "compilers that contract",
     {[ASPECT_FIRST] = FIRST_FMA, [ASPECT_SECOND] = SECOND_FMA, [ASPECT_UPDATE] = UPDATE_FMA}, 0},

    /* --- hostile: right numbers, bad manners --- */
    {"hostile-crash", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_CRASH}, 0},
    {"hostile-abort", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_ABORT}, 0},
    {"hostile-divide", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_DIVIDE}, 0},
    {"hostile-create-crash", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_CREATE_CRASH},
     0},
    {"hostile-destroy-crash", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_DESTROY_CRASH},
     0},
    {"hostile-stack", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_STACK}, 0},
    {"hostile-wild-write", "sgd", HOSTILE, "", "crashed", "", {[ASPECT_HOSTILE] = HOSTILE_WILD_WRITE}, 0},
    {"hostile-hang", "sgd", HOSTILE, "", "hung", "", {[ASPECT_HOSTILE] = HOSTILE_HANG}, 0},
    {"hostile-exit", "sgd", HOSTILE, "", "exited", "", {[ASPECT_HOSTILE] = HOSTILE_EXIT}, 0},
    {"hostile-overrun", "sgd", HOSTILE, "", "out-of-bounds", "", {[ASPECT_HOSTILE] = HOSTILE_OVERRUN}, 0},
    {"hostile-underrun", "sgd", HOSTILE, "", "out-of-bounds", "", {[ASPECT_HOSTILE] = HOSTILE_UNDERRUN}, 0},
    {"hostile-reads-beyond", "sgd", HOSTILE, "", "out-of-bounds", "",
     {[ASPECT_HOSTILE] = HOSTILE_READS_BEYOND}, 0},
    {"hostile-slot-overrun", "sgd-momentum", HOSTILE, "", "out-of-bounds", "",
     {[ASPECT_HOSTILE] = HOSTILE_SLOT_OVERRUN}, 0},
    {"hostile-slot-unwritten", "sgd-momentum", HOSTILE, "", "unwritten", "",
     {[ASPECT_HOSTILE] = HOSTILE_SLOT_UNWRITTEN}, 0},
    {"hostile-gradient-write", "sgd", HOSTILE, "", "stray-write", "",
     {[ASPECT_HOSTILE] = HOSTILE_GRADIENT_WRITE}, 0},
    {"hostile-set-writes", "sgd-momentum", HOSTILE, "", "stray-write", "",
     {[ASPECT_HOSTILE] = HOSTILE_SET_WRITES}, 0},
    {"hostile-fork-bomb", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_FORK}, 0},
    {"hostile-signal-handler", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_SIGNALS}, 0},
    {"hostile-kill", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_KILL}, 0},
    {"hostile-file", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_FILE}, 0},
    {"hostile-socket", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_SOCKET}, 0},
    {"hostile-exec", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_EXEC}, 0},
    {"hostile-shrink-arena", "sgd", HOSTILE, "", "forbidden", "", {[ASPECT_HOSTILE] = HOSTILE_SHRINK_ARENA},
     0},
    {"hostile-fake-answer", "sgd", HOSTILE, "", "protocol-error", "",
     {[ASPECT_HOSTILE] = HOSTILE_FAKE_ANSWER}, 0},
    {"hostile-huge", "sgd", HOSTILE, "", "refused", "", {[ASPECT_HOSTILE] = HOSTILE_HUGE}, 0},
    {"hostile-threads", "sgd", HOSTILE, "", "refused", "", {[ASPECT_HOSTILE] = HOSTILE_THREADS}, 0},
    /* These answer: what shows is memory, the floating-point mode, or a difference between two runs. */
    {"hostile-leak", "sgd", HOSTILE, "", "ok", "", {[ASPECT_HOSTILE] = HOSTILE_LEAK}, 0},
    {"hostile-noise", "sgd", HOSTILE, "", "ok", "", {[ASPECT_HOSTILE] = HOSTILE_NOISE}, 0},
    {"hostile-rounding", "sgd", HOSTILE, "", "ok", "", {[ASPECT_HOSTILE] = HOSTILE_ROUNDING}, 0},
    {"hostile-random", "sgd", HOSTILE, "", "ok", "", {[ASPECT_PLACE] = PLACE_RANDOM}, 0},
    {"hostile-alignment", "sgd", HOSTILE, "", "ok", "", {[ASPECT_PLACE] = PLACE_ALIGNED}, 0},
};
/* clang-format on */

size_t optcert_defect_count(void)
{
    return sizeof corpus / sizeof corpus[0];
}

const optcert_defect *optcert_defect_at(size_t i)
{
    return &corpus[i];
}

static const optcert_defect *find(const char *name, size_t length)
{
    for (size_t i = 0; i < optcert_defect_count(); i++) {
        if (strlen(corpus[i].name) == length && strncmp(corpus[i].name, name, length) == 0) {
            return &corpus[i];
        }
    }
    return NULL;
}

/* Adds what `part` does otherwise; false when both touch an aspect or pretend to be different things. */
static bool merge(optcert_defect *recipe, const optcert_defect *part)
{
    if (strcmp(recipe->claims, part->claims) != 0) {
        return false;
    }
    for (int aspect = 0; aspect < ASPECTS; aspect++) {
        if (recipe->choice[aspect] != 0 && part->choice[aspect] != 0) {
            return false;
        }
        recipe->choice[aspect] = (uint8_t)(recipe->choice[aspect] + part->choice[aspect]);
    }
    recipe->only_f64 = recipe->only_f64 || part->only_f64;
    return true;
}

bool optcert_defect_resolve(const char *words, optcert_defect *recipe, bool *single)
{
    size_t left = strlen(words);
    const char *suffix = left > 4 ? words + left - 4 : "";
    *single = strcmp(suffix, "-f32") == 0;
    left -= *single || strcmp(suffix, "-f64") == 0 ? 4 : 0;
    for (bool first = true;; first = false) {
        const char *plus = memchr(words, '+', left);
        const size_t length = plus != NULL ? (size_t)(plus - words) : left;
        const optcert_defect *part = find(words, length);
        if (part == NULL) {
            return false;
        }
        if (first) {
            *recipe = *part;
        } else if (!merge(recipe, part)) {
            return false;
        }
        if (plus == NULL) {
            return !(*single && recipe->only_f64);
        }
        words += length + 1;
        left -= length + 1;
    }
}
