# SPDX-License-Identifier: GPL-3.0-or-later
# Binary64. First moment, beta1 = 0.9, |m| and |g| at most 1: absolute error of m' = fl(fl(beta m) + fl(weight g)).
@rnd = float<ieee_64, ne>;
beta = rnd(0.9);
weight rnd= 1 - beta;
m = rnd(m_);
g = rnd(g_);
mf rnd= beta * m + weight * g;
mx = beta * m + (1 - beta) * g;
{ |m| <= 1 ->
  |g| <= 1 ->
  |mf - mx| <= 0x1.11p-53 }
