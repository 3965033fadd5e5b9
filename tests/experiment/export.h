/* SPDX-License-Identifier: GPL-3.0-or-later
 * Single samples' gradients as .npy files: for `optcert scale --gradients`, and for other programs to check. */
#ifndef OPTCERT_EXPORT_H
#define OPTCERT_EXPORT_H
#include "study.h"

/* For each network of the study, at the first and last iterate of Adam's run at batch ratio 1 (first seed), writes
 *   NET-start.npy, NET-end.npy              samples x parameters, binary64: the gradients of the first training samples
 *   NET-start-theta.npy, NET-end-theta.npy  parameters, binary32
 * and NET-input.npy, NET-label.npy, the samples themselves. 0, or -1 and one line in `error`. */
int optcert_export_gradients(const optcert_study *study, const optcert_groups *groups, const optcert_dataset *data,
                             const char *folder, char *error, size_t error_size);

#endif
