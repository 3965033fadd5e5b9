#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deb.sh FOLDER VERSION: lays out a Debian source package (the sources and tests/setup/debian), builds it with
# dpkg-buildpackage, and lets lintian read the result where it is installed.
set -eu
folder=$1
version=$2
here=$(cd "$(dirname "$0")" && pwd)
for tool in dpkg-buildpackage dh; do
    command -v "$tool" >/dev/null 2>&1 || { echo "deb: $tool is missing: apt-get install dpkg-dev debhelper" >&2; exit 2; }
done
rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
tree=$folder/optcert-$version
"$here/sources.sh" "$tree"
date=$(sed -n "s/^## $version (\(.*\))$/\1/p" "$tree/CHANGES.md")
# One time for every file, so that the package is the same whenever it is made.
SOURCE_DATE_EPOCH=$(date -u -d "$date" +%s)
export SOURCE_DATE_EPOCH
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$folder" -cf - "optcert-$version" |
    xz -T1 >"$folder/optcert_$version.orig.tar.xz"
cp -r "$tree/tests/setup/debian" "$tree/debian"
{
    echo "optcert ($version-1) unstable; urgency=medium"
    echo
    echo "  * See CHANGES.md."
    echo
    echo " -- optcert <optcert@example.org>  $(LC_ALL=C date -u -R -d "$date")"
} >"$tree/debian/changelog"
(cd "$tree" && dpkg-buildpackage -us -uc -F >"$folder/build.log" 2>&1) || { tail -n 30 "$folder/build.log" >&2; exit 1; }
if command -v lintian >/dev/null 2>&1; then
    lintian --allow-root --suppress-tags initial-upload-closes-no-bugs "$folder"/*.changes | tee "$folder/lintian.txt" || true
    ! grep -q '^E:' "$folder/lintian.txt"
fi
ls "$folder"/*.deb "$folder"/*.dsc
