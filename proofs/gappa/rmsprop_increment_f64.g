# SPDX-License-Identifier: GPL-3.0-or-later
# Binary64. RMSprop's increment, lr = 0.01, eps = 1e-8: q = fl(fl(lr g) / fl(fl(sqrt v) + eps)), relative, for g > 0.
@rnd = float<ieee_64, ne>;
lr = rnd(0.01);
eps = rnd(0.00000001);
v = rnd(v_);
g = rnd(g_);
r rnd= sqrt(v);
d rnd= r + eps;
p rnd= lr * g;
q rnd= p / d;
dx = sqrt(v) + eps;
qx = (lr * g) / dx;
{ g in [0x1p-300,0x1p300] ->
  v in [0x1p-900,0x1p600] ->
  dx <> 0 ->
  sqrt(v) / dx in [0,1] ->
  qx in [0x1p-60,0x1p4] ->
  q -/ qx in [-0x4.00000000001p-53, 0x4.00000000001p-53] }
