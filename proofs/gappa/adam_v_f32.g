# SPDX-License-Identifier: GPL-3.0-or-later
# Binary32, from binary64 hyper-parameters. Second moment, beta2 = 0.999: v' = fl(fl(beta v) + fl(weight fl(g g))), relative to the real update.
# v, g multiples of a small power of two: 0 or not tiny.
@rnd = float<ieee_32, ne>;
@rnd64 = float<ieee_64, ne>;
beta64 = rnd64(0.999);
beta = rnd(beta64);
weight = rnd(rnd64(1 - beta64));
v = rnd(v_);
g = rnd(g_);
gg  rnd= g * g;
vf  rnd= beta * v + weight * gg;
vx  = beta64 * v + (1 - beta64) * (g * g);
{ @FIX(g, -40) ->
  @FIX(v, -110) ->
  vx <> 0 ->
  (beta64 * v) / vx in [0,1] ->
  vf -/ vx in [-0x3.cdp-24, 0x3.cdp-24] }
