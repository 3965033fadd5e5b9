#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Gappa for Why3, which feeds the script on stdin. Qed prints a - b as (a + (-1.0 * b)); Gappa's rewriting of
# errors needs a literal subtraction. Purely textual, the same value.
sed 's/+ (-1\.0 \* /- (/g' | exec gappa "$@"
