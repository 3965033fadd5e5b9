#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# same_bytes.sh OPTCERT: one sampled study on one thread and on more, on 1 to 4 ranks, and killed and resumed, must write
# the same bytes.
optcert=$1
dir=$(mktemp -d) || exit 4
trap 'rm -rf "$dir"' EXIT
wrong=0
study="converge limit --engine monte-carlo --optimizer rmsprop --problem double-well --set d=3,couple=0.3,rho=0.2
  --phi theta,u --steps 8,16,32 --paths 20000 --json --quiet"
same() {
    if cmp -s "$dir/one" "$dir/other"; then
        echo "ok     $1"
    else
        echo "WRONG  $1: other bytes"
        wrong=1
    fi
}
# The same study in 32 dimensions with a full Hessian and covariance, through OpenBLAS.
matrix() { # matrix FILE DIAGONAL
    /usr/bin/python3 - "$1" "$2" <<'END'
import struct, sys
d, diagonal = 32, float(sys.argv[2])
head = "{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }" % (d, d)
head += " " * (63 - (10 + len(head)) % 64) + "\n"
cells = [diagonal if i == j else 0.5 ** abs(i - j) for i in range(d) for j in range(d)]
open(sys.argv[1], "wb").write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + struct.pack("<1024d", *cells))
END
}
matrix "$dir/hessian.npy" 2 && matrix "$dir/covariance.npy" 1.5 || exit 4
matrices="converge limit --engine monte-carlo --optimizer rmsprop --problem quadratic --hessian $dir/hessian.npy
  --covariance $dir/covariance.npy --phi theta,u --steps 8,16 --paths 4096 --json --quiet"
every_way() {
    # shellcheck disable=SC2086
    "$optcert" $study --jobs 1 >"$dir/one"
    for jobs in 2 4; do
        # shellcheck disable=SC2086
        "$optcert" $study --jobs $jobs >"$dir/other"
        same "--jobs $jobs"
    done
    # Kills at several moments; what was done by then is on disk.
    for seconds in 0.2 0.4 0.8; do
        # shellcheck disable=SC2086
        "$optcert" $study --jobs 1 --resume "$dir/sums" >/dev/null 2>&1 &
        child=$!
        sleep $seconds
        kill -9 $child 2>/dev/null
        wait $child 2>/dev/null
    done
    # shellcheck disable=SC2086
    "$optcert" $study --jobs 2 --resume "$dir/sums" >"$dir/other"
    same "killed three times, then --resume"
    if command -v mpirun >/dev/null; then
        for ranks in 1 2 3 4; do
            # shellcheck disable=SC2086
            mpirun --allow-run-as-root --oversubscribe --mca mpi_yield_when_idle 1 -n $ranks \
                "$optcert" $study --jobs 1 >"$dir/other" 2>/dev/null
            same "mpirun -n $ranks"
        done
    fi
}
every_way
echo "matrices:"
study=$matrices
rm -f "$dir/sums"*
every_way
exit $wrong
