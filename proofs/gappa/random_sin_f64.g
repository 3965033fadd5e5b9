# SPDX-License-Identifier: GPL-3.0-or-later
# tests/engine/random/normal.h, optcert_sin_quarter, for t > 0 (it is odd): relative, against the same polynomial without
# rounding, which stands for sin((pi/2) t): Random.polynomials.sin_error.
@rnd = float<ieee_64, ne>;
t = rnd(t_);
z rnd= t * t;
p0 rnd= z * 0x1.e357ef99eb0bap-25;
p1 rnd= p0 - 0x1.e2fe76fdffd2bp-19;
p2 rnd= p1 * z;
p3 rnd= p2 + 0x1.50782d5f14825p-13;
p4 rnd= p3 * z;
p5 rnd= p4 - 0x1.32d2ccdfe9424p-8;
p6 rnd= p5 * z;
p7 rnd= p6 + 0x1.466bc67754fffp-4;
p8 rnd= p7 * z;
p9 rnd= p8 - 0x1.4abbce625be09p-1;
p10 rnd= p9 * z;
p11 rnd= p10 + 0x1.921fb54442d18p0;
s rnd= p11 * t;
zx = t * t;
q0 = zx * 0x1.e357ef99eb0bap-25;
q1 = q0 - 0x1.e2fe76fdffd2bp-19;
q2 = q1 * zx;
q3 = q2 + 0x1.50782d5f14825p-13;
q4 = q3 * zx;
q5 = q4 - 0x1.32d2ccdfe9424p-8;
q6 = q5 * zx;
q7 = q6 + 0x1.466bc67754fffp-4;
q8 = q7 * zx;
q9 = q8 - 0x1.4abbce625be09p-1;
q10 = q9 * zx;
q11 = q10 + 0x1.921fb54442d18p0;
sx = q11 * t;
{ t in [0x1p-53, 0.5] -> s -/ sx in [-2.2e-16, 2.2e-16] }
