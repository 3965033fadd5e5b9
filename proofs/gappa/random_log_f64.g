# SPDX-License-Identifier: GPL-3.0-or-later
# tests/engine/random/normal.h, optcert_log_expand: log m = s (2 + s^2 P(s^2)), s = f/(2+f), f = m - 1 exact; relative, against
# the same polynomial without rounding, for m > 1. P's own distance from the logarithm: Random.polynomials.log_error.
@rnd = float<ieee_64, ne>;
f = rnd(f_);
g rnd= f + 2;
s rnd= f / g;
z rnd= s * s;
p0 rnd= z * 0x1.2b5c824e8c645p-3;
p1 rnd= p0 + 0x1.39fe05dd846afp-3;
p2 rnd= p1 * z;
p3 rnd= p2 + 0x1.7462b76fd5d4bp-3;
p4 rnd= p3 * z;
p5 rnd= p4 + 0x1.c71c62dc17c4bp-3;
p6 rnd= p5 * z;
p7 rnd= p6 + 0x1.2492492df75b2p-2;
p8 rnd= p7 * z;
p9 rnd= p8 + 0x1.99999999952d9p-2;
p10 rnd= p9 * z;
p11 rnd= p10 + 0x1.5555555555558p-1;
p12 rnd= p11 * z;
p13 rnd= p12 + 2;
l rnd= s * p13;
sx = f / (f + 2);
zx = sx * sx;
q0 = zx * 0x1.2b5c824e8c645p-3;
q1 = q0 + 0x1.39fe05dd846afp-3;
q2 = q1 * zx;
q3 = q2 + 0x1.7462b76fd5d4bp-3;
q4 = q3 * zx;
q5 = q4 + 0x1.c71c62dc17c4bp-3;
q6 = q5 * zx;
q7 = q6 + 0x1.2492492df75b2p-2;
q8 = q7 * zx;
q9 = q8 + 0x1.99999999952d9p-2;
q10 = q9 * zx;
q11 = q10 + 0x1.5555555555558p-1;
q12 = q11 * zx;
q13 = q12 + 2;
lx = sx * q13;
{ f in [0x1p-53, 0.41421356237309515] -> l -/ lx in [-4.52e-16, 4.52e-16] }
