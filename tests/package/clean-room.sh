#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# clean-room.sh DEBS FOLDER: makes a new Debian in FOLDER (debootstrap), installs the packages of DEBS there through
# apt, and uses them as somebody does who has nothing else: the program, the manual, and a C program that links the library.
set -eu
debs=$1
folder=$2
[ "$(id -u)" -eq 0 ] || { echo 'clean-room: only root can make a new Debian' >&2; exit 2; }
mirror=$(sed -n 's/^deb \(\[[^]]*\] \)*\(http[^ ]*\) .*/\2/p; s/^URIs: *\([^ ]*\).*/\1/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
rm -rf "$folder"
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
trap 'umount "$folder/proc" "$folder/dev" 2>/dev/null || true' EXIT
debootstrap --variant=minbase bookworm "$folder" "${mirror:-http://deb.debian.org/debian}" >"$folder.log" 2>&1 || { tail -n 5 "$folder.log" >&2; exit 1; }
mount -t proc proc "$folder/proc" 2>/dev/null || true
mount --bind /dev "$folder/dev" 2>/dev/null || true
cp /etc/resolv.conf "$folder/etc/resolv.conf" 2>/dev/null || true
cp /etc/apt/apt.conf.d/*proxy* "$folder/etc/apt/apt.conf.d/" 2>/dev/null || true
mkdir "$folder/debs"
cp "$debs"/optcert_*.deb "$debs"/liboptcert0_*.deb "$debs"/liboptcert-dev_*.deb "$folder/debs"
cat >"$folder/try.sh" <<'END'
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends /debs/*.deb gcc libc6-dev pkg-config >/dev/null
cd /tmp
optcert --version
optcert scale adam --batch 256 --to 1024 --lr 1e-3 | tail -n 3
for optimizer in sgd sgd-momentum rmsprop rmsprop-new-v adam adamw; do
    optcert certify builtin:$optimizer-f32 --out $optimizer.json --quiet | grep '^verdict' || optcert verify $optimizer.json
    optcert verify $optimizer.json builtin:$optimizer-f32 --policy conformance --quiet >/dev/null
    echo "certified: builtin:$optimizer-f32"
done
cat >use.c <<'C'
#include <optcert/sgd.h>
#include <stdio.h>
int main(void)
{
    const oc_hyper hyper = {.lr = 0.5};
    oc_sgd_plan_f64 plan;
    double theta[1] = {1}, grad[1] = {1};
    if (oc_sgd_plan_init_f64(&plan, &hyper) != OC_OK) {
        return 1;
    }
    oc_sgd_step_f64(&plan, 1, theta, grad);
    printf("theta = %g\n", theta[0]);
    return 0;
}
C
gcc use.c -o use $(pkg-config --cflags --libs optcert)
./use
gcc -O3 -ffast-math -fPIC -shared -o careless.so /usr/share/doc/optcert/examples/careless.c -lm
code=0
optcert certify careless.so --out careless.json --quiet >careless.txt || code=$?
[ "$code" -eq 1 ]
grep -m 2 failed careless.txt
apt-get purge -y -qq optcert liboptcert-dev liboptcert0 >/dev/null
! ls -d /usr/bin/optcert /usr/lib/optcert 2>/dev/null
END
chroot "$folder" sh /try.sh
echo "clean-room: installed from packages, used and removed in a new Debian ($(chroot "$folder" cat /etc/debian_version))"
