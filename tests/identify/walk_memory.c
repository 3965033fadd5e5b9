/* SPDX-License-Identifier: GPL-3.0-or-later
 * The memory of a walk. */
#include "walk_state.h"

#include <stdlib.h>

typedef void ball_visit(oc_ref_ball *x);

static void ball_start(oc_ref_ball *x)
{
    oc_ref_ball_init(x, WALK_PREC);
}

static void each_scratch(optcert_walk *walk, ball_visit *visit)
{
    oc_ref_ball *const scratch[] = {&walk->c1,     &walk->c2,     &walk->other_c1,  &walk->other_c2, &walk->mean_square,
                                    &walk->product, &walk->grad,   &walk->old_m,     &walk->old_v,    &walk->used_m,
                                    &walk->used_v, &walk->divisor, &walk->direction, &walk->a,        &walk->b,
                                    &walk->shown};
    for (size_t i = 0; i < sizeof scratch / sizeof scratch[0]; i++) {
        visit(scratch[i]);
    }
    for (size_t i = 0; i < WALK_POWERS; i++) {
        visit(&walk->power[i].c);
    }
}

static oc_ref_ball *balls_new(size_t n)
{
    oc_ref_ball *balls = calloc(n + 1, sizeof *balls);
    for (size_t i = 0; balls != NULL && i < n; i++) {
        ball_start(&balls[i]);
    }
    return balls;
}

static void balls_free(oc_ref_ball *balls, size_t n)
{
    for (size_t i = 0; balls != NULL && i < n; i++) {
        oc_ref_ball_clear(&balls[i]);
    }
    free(balls);
}

optcert_walk *optcert_walk_new(size_t room)
{
    optcert_walk *walk = calloc(1, sizeof *walk);
    if (walk == NULL) {
        return NULL;
    }
    walk->room = room;
    each_scratch(walk, ball_start);
    oc_ref_coef_init(&walk->coef, &(optcert_hyper){0}, WALK_PREC);
    walk->theta = balls_new(room);
    walk->m = balls_new(room);
    walk->v = balls_new(room);
    walk->extra = balls_new(room);
    walk->before = calloc(room + 1, sizeof *walk->before);
    if (walk->theta == NULL || walk->m == NULL || walk->v == NULL || walk->extra == NULL || walk->before == NULL) {
        optcert_walk_free(walk);
        return NULL;
    }
    return walk;
}

void optcert_walk_free(optcert_walk *walk)
{
    if (walk == NULL) {
        return;
    }
    each_scratch(walk, oc_ref_ball_clear);
    balls_free(walk->theta, walk->room);
    balls_free(walk->m, walk->room);
    balls_free(walk->v, walk->room);
    balls_free(walk->extra, walk->room);
    free(walk->before);
    oc_ref_coef_clear(&walk->coef);
    free(walk);
}
