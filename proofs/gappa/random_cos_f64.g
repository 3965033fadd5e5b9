# SPDX-License-Identifier: GPL-3.0-or-later
# tests/engine/random/normal.h, optcert_cos_quarter, for t > 0 (it is even): relative, against the same polynomial without
# rounding, which stands for cos((pi/2) t): Random.polynomials.cos_error.
@rnd = float<ieee_64, ne>;
t = rnd(t_);
z rnd= t * t;
p0 rnd= z * 0x1.f3b7b6aafa4bdp-22;
p1 rnd= p0 - 0x1.a6c9501cb8cdcp-16;
p2 rnd= p1 * z;
p3 rnd= p2 + 0x1.e1f4fa4f3bb22p-11;
p4 rnd= p3 * z;
p5 rnd= p4 - 0x1.55d3c7dac6352p-6;
p6 rnd= p5 * z;
p7 rnd= p6 + 0x1.03c1f081af262p-2;
p8 rnd= p7 * z;
p9 rnd= p8 - 0x1.3bd3cc9be4565p0;
p10 rnd= p9 * z;
p11 rnd= p10 + 0x1.fffffffffffffp-1;
zx = t * t;
q0 = zx * 0x1.f3b7b6aafa4bdp-22;
q1 = q0 - 0x1.a6c9501cb8cdcp-16;
q2 = q1 * zx;
q3 = q2 + 0x1.e1f4fa4f3bb22p-11;
q4 = q3 * zx;
q5 = q4 - 0x1.55d3c7dac6352p-6;
q6 = q5 * zx;
q7 = q6 + 0x1.03c1f081af262p-2;
q8 = q7 * zx;
q9 = q8 - 0x1.3bd3cc9be4565p0;
q10 = q9 * zx;
q11 = q10 + 0x1.fffffffffffffp-1;
c = p11;
cx = q11;
{ t in [0x1p-53, 0.5] -> c -/ cx in [-1.95e-16, 1.95e-16] }
