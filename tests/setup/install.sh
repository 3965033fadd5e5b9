#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# install.sh GROUP...: installs the missing Debian packages of the groups in packages.txt. Says what
# and why before it does; without root it prints the one command to run and exits 2.
set -eu
here=$(dirname "$0")

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "optcert: set-up: not a Debian system: the packages of $here/packages.txt must be there already" >&2
    exit 0
fi

missing=''
for group in "$@"; do
    for package in $(awk -v g="$group" '$1 == g { print $2 }' "$here/packages.txt"); do
        case " $missing " in *" $package "*) continue ;; esac
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || missing="$missing $package"
    done
done
[ -n "$missing" ] || exit 0

echo "optcert: set-up: these packages are missing:" >&2
for package in $missing; do
    awk -v p="$package" '$2 == p { $1 = ""; $2 = ""; sub(/^ +/, ""); printf "  %-20s %s\n", p, $0; exit }' \
        "$here/packages.txt" >&2
done
if [ "$(id -u)" -ne 0 ]; then
    echo "optcert: set-up: run as root: apt-get update && apt-get install -y --no-install-recommends$missing" >&2
    exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
