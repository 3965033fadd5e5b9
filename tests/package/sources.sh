#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# sources.sh FOLDER: copies the source tree, and nothing that was built, into FOLDER.
set -eu
mkdir -p "$1"
target=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
if [ -e .git ] && command -v git >/dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard
else
    find . -path ./build -prune -o -path ./debian -prune -o -path ./.pc -prune -o -type f -print0
fi | xargs -0 sh -c 'for file; do [ ! -f "$file" ] || printf "%s\0" "$file"; done' sh |
    tar -cf - --null -T - | tar -xf - -C "$target"
