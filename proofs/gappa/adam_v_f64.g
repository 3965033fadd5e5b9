# SPDX-License-Identifier: GPL-3.0-or-later
# Binary64. Second moment, beta2 = 0.999: v' = fl(fl(beta v) + fl(weight fl(g g))), relative to the real update.
# v, g multiples of a small power of two: 0 or not tiny.
@rnd = float<ieee_64, ne>;
beta = rnd(0.999);
v = rnd(v_);
g = rnd(g_);
weight rnd= 1 - beta;
gg  rnd= g * g;
vf  rnd= beta * v + weight * gg;
vx  = beta * v + (1 - beta) * (g * g);
{ @FIX(g, -400) ->
  @FIX(v, -900) ->
  vx <> 0 ->
  (beta * v) / vx in [0,1] ->
  vf -/ vx in [-0x3.00000000001p-53, 0x3.00000000001p-53] }
