# SPDX-License-Identifier: GPL-3.0-or-later
# WP's log -> one line a goal: kind TAB name TAB status TAB prover TAB version TAB milliseconds.
# kind: goal or smoke; status: proved, unproved, passed, failed. A line that this does not understand is not
# counted, and the caller compares the count with WP's own.

function milliseconds(text,    token, n, value) {
    value = 0
    while (match(text, /\([0-9.]+m?s\)/)) {
        token = substr(text, RSTART + 1, RLENGTH - 2)
        text = substr(text, RSTART + RLENGTH)
        n = token + 0
        value = (token ~ /ms$/) ? n : n * 1000
    }
    return value
}
function emit(kind, name, status, prover, version, ms) {
    if (!(name in seen)) {
        seen[name] = 1
        print kind "\t" name "\t" status "\t" prover "\t" version "\t" ms
    }
}
/^\[wp\] \[Failed\] Goal / { emit("goal", $4, "unproved", "", "", 0); next }
/^\[wp\] \[Passed\] Smoke-test / { emit("smoke", $4, "passed", "", "", 0); next }
/^\[wp\] \[Failed\] Smoke-test / { emit("smoke", $4, "failed", "", "", 0); next }
# With one prover the verdict stands in the goal's own line.
/^\[wp\] \[[^]]*\] Goal [^ ]* : / {
    who = $0
    sub(/^\[wp\] \[/, "", who)
    sub(/\].*/, "", who)
    split(who, part, " ")
    name = $0
    sub(/.*\] Goal /, "", name)
    sub(/ : .*/, "", name)
    if ($0 ~ / : Valid/)
        emit("goal", name, "proved", tolower(part[1]), part[2], milliseconds($0))
    else
        emit("goal", name, "unproved", "", "", 0)
}
