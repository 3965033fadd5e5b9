#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# man.sh PROGRAM FOLDER VERSION HEADER...: manual pages of the program, of each of its commands and of each public
# header, and for each function a page that leads to its header's. What a page says comes from --help and the headers.
set -eu
program=$1
folder=$2
version=$3
shift 3
here=$(dirname "$0")
date=$(sed -n "s/^## $version (\(.*\))$/\1/p" "$here/../../CHANGES.md")
rm -rf "$folder"
mkdir -p "$folder"
# One line an option, so that nothing has to be joined again.
export ARGP_HELP_FMT=rmargin=4000,header-col=1 LC_ALL=C

commands=$("$program" --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }')
[ -n "$commands" ] || { echo "man.sh: $program --help lists no commands" >&2; exit 1; }
page() { # NAME SUMMARY HELP
    printf '%s' "$3" | awk -v name="$1" -v summary="$2" -v version="$version" -v date="$date" -v commands="$(echo "$commands" | tr '\n' ' ')" \
        -f "$here/man-command.awk" >"$folder/$1.1"
}
page optcert 'certify implementations of stochastic optimizers' "$("$program" --help)"
for command in $commands; do
    summary=$("$program" --help | sed -n "s/^  $command  *//p")
    page "optcert-$command" "$summary" "$("$program" "$command" --help)"
done

# A header, with the kernels that it declares through a text of their own (fast.h) written out.
text() { # HEADER
    folder_=$here/../../impl/include/optcert
    if [ -f "$folder_/$1_kernels.h" ]; then
        grep -vE '^#define OC_(KERNEL|ISA_FIRST)' "$folder_/$1.h"
        sed '1,/\*\//d; s/OC_KERNEL(\([a-z0-9_]*\))/OC_NAME(oc_fast_\1)/; s/OC_ISA_FIRST/oc_isa isa,/' "$folder_/$1_kernels.h"
    else
        cat "$folder_/$1.h"
    fi
}
for header in "$@"; do
    text "$header" | awk -v header="$header" -v version="$version" -v date="$date" -v folder="$folder" -f "$here/man-header.awk" \
        >"$folder/optcert_$header.3"
done
