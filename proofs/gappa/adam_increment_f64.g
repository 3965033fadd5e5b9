# SPDX-License-Identifier: GPL-3.0-or-later
# Binary64. Adam's increment, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, at any step, for m, g >= 0:
# q = fl(fl(step m') / fl(fl(fl(sqrt v') inv) + eps)), relative; step and inv stand for the real stepx and invx.
@rnd = float<ieee_64, ne>;
beta1 = rnd(0.9);
beta2 = rnd(0.999);
eps = rnd(0.00000001);
weight1 rnd= 1 - beta1;
weight2 rnd= 1 - beta2;
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
mx = beta1 * m + (1 - beta1) * g;
vx = beta2 * v + (1 - beta2) * (g * g);
sx = sqrt(vx) * invx;
dx = sx + eps;
qx = (stepx * mx) / dx;
{ @FIX(g, -400) ->
  @FIX(v, -900) ->
  @FIX(m, -900) ->
  step in [0x1p-20, 1] ->
  stepx in [0x1p-20,1] ->
  step -/ stepx in [-0x2.1p-53, 0x2.1p-53] ->
  inv in [1, 0x1p6] ->
  invx in [1,0x1p6] ->
  inv -/ invx in [-0x2.9p-53, 0x2.9p-53] ->
  mx <> 0 ->
  (beta1 * m) / mx in [0,1] ->
  mx in [0x1p-200,0x1p100] ->
  vx in [0x1p-800,0x1p200] ->
  (beta2 * v) / vx in [0,1] ->
  dx <> 0 ->
  sx / dx in [0,1] ->
  qx in [0x1p-300,0x1p4] ->
  q -/ qx in [-0xd.26p-53, 0xd.26p-53] }
