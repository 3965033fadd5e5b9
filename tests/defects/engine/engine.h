/* SPDX-License-Identifier: GPL-3.0-or-later
 * One optimizer that can be wrong in every way of the corpus. Written from the definitions, not from the
 * library: plain textbook order of operations, pow for the bias corrections. */
#ifndef OPTCERT_DEFECT_ENGINE_H
#define OPTCERT_DEFECT_ENGINE_H
#include "corpus.h"
#include "optcert/build.h"

/* What a process plays: the build interface has no place for it, and a process plays one recipe. */
extern optcert_defect engine_recipe;

extern const optcert_build engine_build_f32, engine_build_f64;

/* Whether the recipe makes this choice. */
static inline bool engine_is(optcert_aspect aspect, unsigned choice)
{
    return engine_recipe.choice[aspect] == choice;
}

/* x rounded to `bits` significant bits with exponents from `least` (of the leading bit of a normal
 * number) and to infinity from 2^limit on. */
double engine_round(double x, int bits, int least, int limit);
double engine_half(double x);

/* Hyper-parameters as the recipe understands them. False when they are refused. */
bool engine_hyper(const optcert_hyper *given, optcert_hyper *understood);

/* 1 - beta1^j and 1 - beta2^j where j belongs to the 0-based step k, as the recipe computes them. */
typedef struct engine_corrections {
    double c1, c2;
} engine_corrections;
engine_corrections engine_correct(const optcert_hyper *hyper, uint64_t k);

/* RAdam's factor at the 0-based step k; 0 while rho is at most 5. */
double engine_rectifier(double beta2, uint64_t k);

/* Misdeeds of the hostile recipes; they do nothing for others. */
void engine_hostile_create(void);
bool engine_hostile_step(void *theta, const void *grad, size_t bytes); /* false: step is to refuse */
size_t engine_hostile_get(void *out, size_t bytes);                    /* how many bytes to write */
void engine_hostile_set(const void *in);
void engine_hostile_destroy(void);

#endif
