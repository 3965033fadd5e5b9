/* SPDX-License-Identifier: GPL-3.0-or-later
 * Hyper-parameters as a model understands them. */
#include "walk_state.h"

#include "hyper_field.h"

static void understand_betas(const optcert_model *model, const optcert_hyper *given, optcert_hyper *h)
{
    switch (model->trait[TRAIT_BETAS]) {
    case MODEL_BETAS_SWAPPED:
        h->beta1 = given->beta2;
        h->beta2 = given->beta1;
        break;
    case MODEL_BETAS_ONE:
        h->beta2 = given->beta1;
        break;
    case MODEL_BETAS_SECOND_COMPLEMENT:
        h->beta2 = 1 - given->beta2;
        break;
    case MODEL_BETAS_FIRST_IS:
        h->beta1 = model->value[TRAIT_BETAS];
        break;
    }
    if (model->trait[TRAIT_BETA2] == MODEL_BETA2_IS) {
        h->beta2 = model->value[TRAIT_BETA2];
    }
}

static void through_float(optcert_hyper *h)
{
    for (unsigned i = 0; i < OPTCERT_FIELDS; i++) {
        double *field = optcert_field(h, i);
        *field = (float)*field;
    }
}

static void understand_others(const optcert_model *model, optcert_hyper *h)
{
    const double *value = model->value;
    switch (model->trait[TRAIT_LR]) {
    case MODEL_LR_TIMES:
        h->lr *= value[TRAIT_LR];
        break;
    case MODEL_LR_IS:
        h->lr = value[TRAIT_LR];
        break;
    case MODEL_LR_FLOAT:
        h->lr = (float)h->lr;
        break;
    }
    switch (model->trait[TRAIT_EPS_VALUE]) {
    case MODEL_EPS_VALUE_IS:
        h->eps = value[TRAIT_EPS_VALUE];
        break;
    case MODEL_EPS_VALUE_TIMES:
        h->eps *= value[TRAIT_EPS_VALUE];
        break;
    case MODEL_EPS_VALUE_HALF:
        h->eps = oc_ref_round_double(&optcert_half, h->eps);
        break;
    }
    switch (model->trait[TRAIT_DECAY_VALUE]) {
    case MODEL_DECAY_VALUE_TIMES:
        h->weight_decay *= value[TRAIT_DECAY_VALUE];
        break;
    case MODEL_DECAY_VALUE_IS:
        h->weight_decay = value[TRAIT_DECAY_VALUE];
        break;
    }
}

optcert_hyper optcert_walk_understand(const optcert_model *model, const optcert_hyper *given)
{
    optcert_hyper h = *given;
    understand_betas(model, given, &h);
    understand_others(model, &h);
    if (model->trait[TRAIT_FORMAT] == MODEL_FORMAT_FLOAT || model->trait[TRAIT_PRECISION] == MODEL_PRECISION_FLOAT) {
        through_float(&h);
    }
    return h;
}
