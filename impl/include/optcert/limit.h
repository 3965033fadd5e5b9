/* SPDX-License-Identifier: Apache-2.0
 * Parameters of the SDE limits of the optimizers (MLPA Sect. 4): what stays fixed while the learning rate goes to 0. */
#ifndef OPTCERT_LIMIT_H
#define OPTCERT_LIMIT_H

typedef struct oc_limit {
    double sigma0;  /* sigma * eta */
    double eps0;    /* eps * eta */
    double c1;      /* (1 - beta1) / eta^2; Adam and AdamW */
    double c2;      /* (1 - beta2) / eta^2 */
    double lambda0; /* lambda / eta; AdamW */
} oc_limit;

#endif
