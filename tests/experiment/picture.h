/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pictures of a study, drawn by gnuplot from data files that stay beside them. */
#ifndef OPTCERT_PICTURE_H
#define OPTCERT_PICTURE_H
#include "study.h"

/* One picture: NAME.dat, NAME.gp, NAME.svg and NAME.png in `folder`. Draws for one network and optimizer. */
typedef struct optcert_picture {
    const optcert_study *study;
    const optcert_groups *groups;
    const char *folder;
    size_t train; /* samples of one epoch */
    size_t net;
    optcert_trainer optimizer;
} optcert_picture;

/* 0, or -1 when the folder or gnuplot refused. `name` receives the file name without ending. */
enum { OPTCERT_PICTURE_NAME = 96 };
int optcert_picture_curves(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME]);    /* loss, largest kappa */
int optcert_picture_accuracy(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME]);  /* on the test data */
int optcert_picture_distances(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME]); /* distance against kappa */
int optcert_picture_svag(const optcert_picture *picture, char name[OPTCERT_PICTURE_NAME]);      /* loss for each l */

#endif
