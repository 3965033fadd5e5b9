# SPDX-License-Identifier: GPL-3.0-or-later
# Binary32, from binary64 hyper-parameters. RMSprop's increment, lr = 0.01, eps = 1e-8: q = fl(fl(lr g) / fl(fl(sqrt v) + eps)), relative, for g > 0.
@rnd = float<ieee_32, ne>;
lr64 = float<ieee_64,ne>(0.01);
lr = rnd(lr64);
eps64 = float<ieee_64,ne>(0.00000001);
eps = rnd(eps64);
v = rnd(v_);
g = rnd(g_);
r rnd= sqrt(v);
d rnd= r + eps;
p rnd= lr * g;
q rnd= p / d;
dx = sqrt(v) + eps64;
qx = (lr64 * g) / dx;
{ g in [0x1p-40,0x1p40] ->
  v in [0x1p-110,0x1p80] ->
  dx <> 0 ->
  sqrt(v) / dx in [0,1] ->
  qx in [0x1p-60,0x1p4] ->
  q -/ qx in [-0x4.61p-24, 0x4.61p-24] }
