# SPDX-License-Identifier: GPL-3.0-or-later
# Binary32, from binary64 hyper-parameters. First moment, beta1 = 0.9, |m| and |g| at most 1: absolute error of m' = fl(fl(beta m) + fl(weight g)).
@rnd = float<ieee_32, ne>;
@rnd64 = float<ieee_64, ne>;
beta64 = rnd64(0.9);
beta = rnd(beta64);
weight = rnd(rnd64(1 - beta64));
m = rnd(m_);
g = rnd(g_);
mf rnd= beta * m + weight * g;
mx = beta64 * m + (1 - beta64) * g;
{ |m| <= 1 ->
  |g| <= 1 ->
  |mf - mx| <= 0x1.7dp-24 }
