#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# scaling_pictures.sh OPTCERT FOLDER: a picture of the scaling rule and of each mistake in it, by both engines. The rule must
# pass and the mistakes must fail.
set -eu
optcert=$1
folder=$2
mkdir -p "$folder"

# draw WANTED-EXIT NAME OPTION...
draw() {
    wanted=$1 name=$2 code=0
    shift 2
    "$optcert" converge scaling --quiet --plot "$folder/$name" "$@" >"$folder/$name.txt" || code=$?
    if [ "$code" -ne "$wanted" ]; then
        echo "scaling_pictures.sh: $name: exit $code, $wanted was expected" >&2
        exit 1
    fi
}

# mistakes OPTIMIZER: those that the optimizer can be given.
mistakes() {
    case $1 in
    sgd) echo root-lr kept-lr kept-steps ;;
    ema) echo root-lr kept-lr kept-average kept-steps ;;
    adamw) echo linear-lr kept-lr lr-alone kept-betas kept-eps wrong-eps kept-decay kept-steps ;;
    *) echo linear-lr kept-lr lr-alone kept-betas kept-eps wrong-eps kept-steps ;;
    esac
}

draw 0 rule
for mistake in $(mistakes rmsprop); do
    draw 1 "$mistake" --control "$mistake" --kappa 2,4 --steps 16,32,64,128,256
done
for optimizer in sgd ema rmsprop adam adamw; do
    draw 0 "sampled-$optimizer-rule" --engine monte-carlo --optimizer "$optimizer" --kappa 2,4
    for mistake in $(mistakes "$optimizer"); do
        draw 1 "sampled-$optimizer-$mistake" --engine monte-carlo --optimizer "$optimizer" --control "$mistake" --kappa 4
    done
done
draw 0 sampled-stackloss --engine monte-carlo --problem stackloss --kappa 2,4
