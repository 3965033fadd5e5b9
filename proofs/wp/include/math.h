/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the proofs know of <math.h>: the square root is the correctly rounded one, without errno. It stands in
 * front of Frama-C's own <math.h>, whose sqrt speaks of the value only. */
#ifndef OPTCERT_PROOF_MATH_H
#define OPTCERT_PROOF_MATH_H

#include "same.acsl"

/*@ terminates \true;
    exits \false;
    assigns \result \from x;
    ensures ieee: Same(\result, sqrt(x)); */
extern double sqrt(double x);

/*@ terminates \true;
    exits \false;
    assigns \result \from x;
    ensures ieee: Same(\result, sqrtf(x)); */
extern float sqrtf(float x);

#endif
