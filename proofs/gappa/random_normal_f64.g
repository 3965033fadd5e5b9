# SPDX-License-Identifier: GPL-3.0-or-later
# Box and Muller's product: y is what is computed for log u (yx), c for the sine or cosine cx; relative.
# 6.6e-16 and 3.1e-16 are the other certificates' bounds with the polynomials' own errors.
@rnd = float<ieee_64, ne>;
y = rnd(y_);
c = rnd(c_);
q = -2 * y;
r rnd= sqrt(q);
z rnd= r * c;
qx = -2 * yx;
rx = sqrt(qx);
zx = rx * cx;
{ yx in [-36.8,-0x1p-54] -> y in [-37,-0x1p-54] -> y -/ yx in [-6.6e-16,6.6e-16] -> c -/ cx in [-3.1e-16,3.1e-16] -> |cx| in [0x1p-54,1] -> |c| in [0x1p-55,2] -> z -/ zx in [-0x1p-50, 0x1p-50] }
