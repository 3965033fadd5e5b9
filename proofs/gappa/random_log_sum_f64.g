# SPDX-License-Identifier: GPL-3.0-or-later
# log u = k log 2 + log m for u = 2^k m, -53 <= k <= -1: relative. lx is log m, l what is computed for it; L is log 2
# rounded.
@rnd = float<ieee_64, ne>;
k = rnd(k_);
l = rnd(l_);
L = 0x1.62e42fefa39efp-1;
a rnd= k * L;
y rnd= a + l;
yx = k * ln2 + lx;
{ k in [-53,-1] -> @FIX(k,0) -> lx in [-0.34658,0.34658] -> l - lx in [-1.6e-16,1.6e-16] ->
  ln2 - L in [0,2.4e-17] -> ln2 in [0.69314,0.69315] -> y -/ yx in [-6.5e-16, 6.5e-16] }
$ k in (-50.5,-49.5,-48.5,-47.5,-46.5,-45.5,-44.5,-43.5,-42.5,-41.5,-40.5,-30.5,-20.5,-16.5,-12.5,-10.5,-8.5,-7.5,-6.5,-5.5,-4.5,-3.5,-2.5,-1.5);
