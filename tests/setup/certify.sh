#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# certify.sh PROGRAM FOLDER [torch]: the main job. Certifies the library just built, a build that is
# compiled carelessly on purpose, and PyTorch's optimizers where a python3 has them. Certificates and their
# summaries go to FOLDER. Fails when the library is not certified, or when a build could not be judged.
set -u
program=$1
folder=$2
need_torch=${3:-}
mkdir -p "$folder"
bad=0

# certify NAME BUILD MUST: MUST is "pass" for what may not fail, "any" for what is only to be described.
certify() {
    "$program" certify "$2" --out "$folder/$1.json" >"$folder/$1.txt" 2>"$folder/$1.err"
    code=$?
    case $code in
    0) verdict='certified' ;;
    1) verdict='NOT what it claims' ;;
    3) verdict='inconclusive' ;;
    *) verdict="no certificate: $(tail -n 1 "$folder/$1.err")" ;;
    esac
    [ "$code" -eq 0 ] || { [ "$3" = any ] && [ "$code" -ne 2 ] && [ "$code" -ne 4 ]; } || bad=1
    dialect=$(sed -n 's/^dialect  *//p' "$folder/$1.txt")
    bits=$(sed -n 's/^It is bit-exact.*/bit-exact/p; s/.*[0-9] values (\([0-9.]* %\)).*/\1 of the values have other bits/p' \
        "$folder/$1.txt")
    printf '  %-30s %-14s %s%s\n' "$1" "$dialect" "$verdict" "${bits:+; $bits}"
    sed -n 's/^  failed  *\([^ ]*\)  *\(.*\)/      fails \1: \2/p' "$folder/$1.txt"
}

echo "The library just built:"
for optimizer in sgd sgd-momentum rmsprop rmsprop-new-v adam adamw; do
    for format in f32 f64; do
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
elif [ "$need_torch" = torch ]; then
    echo "optcert: no python3 here can import torch and numpy" >&2
    bad=1
else
    echo "PyTorch: not installed here; \`make certify-torch\` brings it."
fi
echo "Certificates: $folder"
exit $bad
