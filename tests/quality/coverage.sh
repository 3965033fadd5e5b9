#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# coverage.sh BUILD: what the unit tests reached, by gcov, of each folder; then every file of the library and the code of
# verdicts. Fails below the thresholds of tests/quality/coverage.txt (FOLDER|FILE LINES BRANCHES, in percent).
set -eu
build=$1
here=$(dirname "$0")
# "FILE lines of-lines branches of-branches", a file that is compiled for two formats added up.
find "$build/impl" "$build/reference" "$build/tests" -name '*.gcda' ! -path '*/unit/*' ! -path '*/fuzz/*' -print0 |
    LC_ALL=C xargs -0 -n 1 gcov -b -n 2>/dev/null |
    awk -F"[':% ]+" '
        /^File / { file = $2; next }
        /^Lines executed/ { lines[file] += $3 * $5 / 100; of[file] += $5; next }
        /^(Calls executed|No calls)/ { file = "/" } # the last line of a file; what follows the last one is the sum
        /^Taken at least once/ { taken[file] += $5 * $7 / 100; branches[file] += $7; next }
        END { for (f in of) if (f !~ /^\//) printf "%s %.0f %d %.0f %d\n", f, lines[f], of[f], taken[f], branches[f] }' |
    LC_ALL=C sort >"$build/coverage.tsv"
awk -v table="$here/coverage.txt" '
    function percent(a, b) { return b == 0 ? 100 : 100 * a / b }
    function show(name, wanted_lines, wanted_branches,   l, b) {
        l = percent(lines[name], of[name])
        b = percent(taken[name], branches[name])
        bad = l + 1e-9 < wanted_lines || b + 1e-9 < wanted_branches
        printf "%-34s %6.1f %% of %5d lines %6.1f %% of %5d branches%s\n", name, l, of[name], b, branches[name],
               bad ? sprintf("   below %g, %g", wanted_lines, wanted_branches) : ""
        failed = failed || bad
    }
    function add(name) { lines[name] += $2; of[name] += $3; taken[name] += $4; branches[name] += $5 }
    {
        folder = $1
        sub(/\/[^\/]*$/, "", folder)
        sub(/^impl\/include\/optcert$/, "impl", folder)
        add($1)
        add(folder)
        if ($1 ~ /^impl/ && $4 < $5)
            print "  not all branches: " $1 " " $4 " of " $5
    }
    END {
        while ((getline line < table) > 0) {
            if (line !~ /^#/ && split(line, f, " ") == 3)
                show(f[1], f[2], f[3])
        }
        exit failed
    }' "$build/coverage.tsv"
