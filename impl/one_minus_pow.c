/* SPDX-License-Identifier: Apache-2.0
 * 1 - beta^k by the binary method on d(j) = 1 - beta^j, d(i + j) = d(i) + d(j) - d(i) d(j), in double-double. */
#include "optcert/one_minus_pow.h"

#include "dd.h"

/* d(i + j) from x = d(i), y = d(j) */
/*@ terminates \true;
    exits \false;
    assigns \nothing;
    ensures hi: Same(\result.hi, JoinHi(x.hi, x.lo, y.hi, y.lo));
    ensures lo: Same(\result.lo, JoinLo(x.hi, x.lo, y.hi, y.lo)); */
static inline oc_dd oc_omp_join(oc_dd x, oc_dd y)
{
    const oc_dd p = oc_dd_raw_mul(x, y);
    const oc_dd s = oc_dd_two_sum(x.hi, y.hi);
    const double l1 = x.lo + y.lo;
    const double l2 = s.lo + l1;
    const oc_dd d = oc_dd_two_diff(s.hi, p.hi);
    const double l3 = l2 - p.lo;
    const double l4 = d.lo + l3;
    return oc_dd_fast_two_sum(d.hi, l4);
}

double oc_one_minus_pow(double beta, uint64_t k)
{
    oc_dd r = {0.0, 0.0};
    oc_dd b = oc_dd_two_diff(1.0, beta);
    /*@ loop invariant run: Same(OneMinusPowFrom(r.hi, r.lo, b.hi, b.lo, k), OneMinusPow(beta, \at(k, Pre)));
        loop assigns k, r, b;
        loop variant k; */
    while (k > 0) {
        if (k % 2 == 1) {
            r = oc_omp_join(r, b);
        }
        b = oc_omp_join(b, b);
        k = k / 2;
    }
    return r.hi + r.lo;
}
