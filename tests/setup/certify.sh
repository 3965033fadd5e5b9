#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# certify.sh PROGRAM FOLDER [torch]: the main job. Certifies the library just built, a build that is
# compiled carelessly on purpose, and PyTorch's optimizers where a python3 has them. Certificates go to
# FOLDER. Fails when the library is not certified, or when a build could not be judged.
set -u
program=$1
folder=$2
need_torch=${3:-}
mkdir -p "$folder"
bad=0

# What a certificate says, as the program prints it (one "key": value a line): the dialect, the bits that differ, and a
# line for each claim that failed.
summary() {
    awk -v name="$1" -v verdict="$2" '
        { key = $1; gsub(/[":]/, "", key); value = $0; sub(/^[^:]*: "?/, "", value); sub(/"?,?$/, "", value) }
        key == "dialect" { in_dialect = 1 }
        key == "name" && in_dialect { dialect = value; in_dialect = 0 }
        key == "id" { id = value }
        key == "verdict" { failed = value == "failed" && id != "" }
        key == "threshold" && $2 !~ /"/ { threshold = value }
        key == "measured" && $2 !~ /"/ {
            measured = value + 0
            if (failed) claims = claims sprintf("\n      fails %s: %.4g (threshold %.4g)", id, measured, threshold)
            failed = 0
        }
        key == "sample_size" && id == "conformance.bits" { differ = measured; of = value + 0 }
        END {
            bits = of == 0 ? "" : differ == 0 ? "; bit-exact" : sprintf("; %.3g %% of the values have other bits", 100 * differ / of)
            printf "  %-30s %-14s %s%s%s\n", name, dialect, verdict, bits, claims
        }' "$folder/$1.said"
}
# certify NAME BUILD MUST: MUST is "pass" for what may not fail, "any" for what is only to be described.
certify() {
    "$program" certify "$2" --out "$folder/$1.json" --json >"$folder/$1.said" 2>"$folder/$1.err"
    code=$?
    case $code in
    0) verdict='certified' ;;
    1) verdict='NOT what it claims' ;;
    3) verdict='inconclusive' ;;
    *) verdict="no certificate: $(tail -n 1 "$folder/$1.err")" ;;
    esac
    [ "$code" -eq 0 ] || { [ "$3" = any ] && [ "$code" -ne 2 ] && [ "$code" -ne 4 ]; } || bad=1
    summary "$1" "$verdict"
    rm -f "$folder/$1.said"
}

echo "The library just built:"
for optimizer in sgd sgd-momentum rmsprop rmsprop-new-v adam adamw; do
    for format in f32 f64 fast-f32 fast-f64; do
        certify "optcert-$optimizer-$format" "builtin:$optimizer-$format" pass
    done
done

echo "A user's build, compiled with -O3 -ffast-math:"
certify careless-f64 "$(dirname "$program")/examples/careless.so" any
certify careless-f32 "$(dirname "$program")/examples/careless-f32.so" any

python=''
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import torch, numpy' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -n "$python" ]; then
    echo "PyTorch $("$python" -c 'import torch; print(torch.__version__)'):"
    adapter=$(dirname "$0")/../build/examples/torch_optimizer.py
    for optimizer in sgd sgd-momentum rmsprop adam adamw; do
        for flags in '' '--f32' '--foreach' '--f32 --foreach'; do
            certify "torch-$optimizer$(echo "${flags:---f64}" | tr -d ' ' | sed 's/^--/-/; s/--/-/g')" \
                "exec:$python $adapter $optimizer $flags" any
        done
    done
    echo "PyTorch's optimizers, identified without being told:"
    for optimizer in sgd sgd-momentum rmsprop adam amsgrad adamw nadam radam adagrad; do
        printf '  %-14s %s\n' "$optimizer" "$("$program" identify "exec:$python $adapter $optimizer --f32" |
            sed -n 's/^dialect  *//p')"
    done
elif [ "$need_torch" = torch ]; then
    echo "optcert: no python3 here can import torch and numpy" >&2
    bad=1
else
    echo "PyTorch: not installed here; \`make certify-torch\` brings it."
fi
echo "Certificates: $folder"
exit $bad
