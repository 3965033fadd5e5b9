#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sysroot.sh ARCH FOLDER: the libraries that unit tests need, of another Debian architecture, unpacked into FOLDER by apt
# without touching this system.
set -eu
arch=$1
folder=$2
[ ! -f "$folder/complete" ] || exit 0
rm -rf "$folder"
mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/root"
folder=$(cd "$folder" && pwd)
: >"$folder/apt/status"
set -- -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Dir::State="$folder/apt" -o Dir::State::Lists="$folder/apt/lists" \
    -o Dir::State::status="$folder/apt/status" -o Dir::Cache="$folder/apt/cache" -o Debug::NoLocking=1
apt-get "$@" update -qq || true # a mirror in the middle of its update still serves the rest
apt-get "$@" install -y -qq --no-install-recommends --download-only libc6-dev libmpfr-dev libgmp-dev libmpfi-dev >/dev/null
for package in "$folder"/apt/cache/archives/*.deb; do
    dpkg-deb -x "$package" "$folder/root"
done
rm -rf "$folder/apt/cache"
touch "$folder/complete"
