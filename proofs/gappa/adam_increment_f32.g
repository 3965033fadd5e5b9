# SPDX-License-Identifier: GPL-3.0-or-later
# Binary32, from binary64 hyper-parameters. Adam's increment, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, at any step, for m, g >= 0:
# q = fl(fl(step m') / fl(fl(fl(sqrt v') inv) + eps)), relative; step and inv stand for the real stepx and invx.
@rnd = float<ieee_32, ne>;
@rnd64 = float<ieee_64, ne>;
b1 = rnd64(0.9);
b2 = rnd64(0.999);
e = rnd64(0.00000001);
beta1 = rnd(b1);
beta2 = rnd(b2);
eps = rnd(e);
weight1 = rnd(rnd64(1 - b1));
weight2 = rnd(rnd64(1 - b2));
m = rnd(m_);
v = rnd(v_);
g = rnd(g_);
step = rnd(step_);
inv = rnd(inv_);
mf rnd= beta1 * m + weight1 * g;
gg rnd= g * g;
vf rnd= beta2 * v + weight2 * gg;
r rnd= sqrt(vf);
s rnd= r * inv;
d rnd= s + eps;
p rnd= step * mf;
q rnd= p / d;
mx = b1 * m + (1 - b1) * g;
vx = b2 * v + (1 - b2) * (g * g);
sx = sqrt(vx) * invx;
dx = sx + e;
qx = (stepx * mx) / dx;
{ @FIX(g, -40) ->
  @FIX(v, -110) ->
  @FIX(m, -100) ->
  step in [0x1p-20, 1] ->
  stepx in [0x1p-20,1] ->
  step -/ stepx in [-0x1.01p-24, 0x1.01p-24] ->
  inv in [1, 0x1p6] ->
  invx in [1,0x1p6] ->
  inv -/ invx in [-0x1.01p-24, 0x1.01p-24] ->
  mx <> 0 ->
  (b1 * m) / mx in [0,1] ->
  mx in [0x1p-60,0x1p20] ->
  vx in [0x1p-100,0x1p60] ->
  (b2 * v) / vx in [0,1] ->
  dx <> 0 ->
  sx / dx in [0,1] ->
  qx in [0x1p-60,0x1p4] ->
  q -/ qx in [-0xb.5bp-24, 0xb.5bp-24] }
