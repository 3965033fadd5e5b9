/* SPDX-License-Identifier: Apache-2.0
 * Hyper-parameters as a user writes them, in binary64 for every working format. Fields that an
 * optimizer does not use are not looked at. */
#ifndef OPTCERT_HYPER_H
#define OPTCERT_HYPER_H

enum { OC_ALLOW_ZERO_EPS = 1u };

typedef struct oc_hyper {
    double lr;           /* eta */
    double beta1;        /* Adam's first-moment decay */
    double beta2;        /* second-moment decay; RMSprop's beta */
    double eps;          /* added outside the root */
    double weight_decay; /* AdamW's lambda, applied as eta * lambda * theta */
    double momentum;     /* mu of heavy ball */
    unsigned flags;      /* OC_ALLOW_ZERO_EPS or 0 */
} oc_hyper;

#endif
