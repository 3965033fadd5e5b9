# SPDX-License-Identifier: GPL-3.0-or-later
# ASSUMPTIONS -> the same facts in one question for all theorems that rest on the same axioms: with -v answer=1 the answer
# that Coq must give, otherwise the Coq file that asks. Print Assumptions walks through all libraries below a theorem,
# and so once a group instead of once a theorem. A theorem whose axioms became fewer than recorded goes unnoticed; one
# that needs another axiom does not.
/^theorem / { name[++theorems] = $2; next }
{ block[theorems] = block[theorems] $0 "\n" }
END {
    if (!answer) {
        print "From Coq Require Import String. Open Scope string_scope."
        for (i = 1; i <= theorems; i++) {
            file = name[i]
            sub(/\.[^.]*$/, "", file)
            if (!(file in required)) print "Require " file "."
            required[file] = 1
        }
    }
    for (i = 1; i <= theorems; i++) {
        if (!(block[i] in group)) {
            group[block[i]] = ++groups
            axioms[groups] = block[i]
        }
        g = group[block[i]]
        tuple[g] = tuple[g] (tuple[g] ? ", " : "") "@" name[i]
    }
    for (g = 1; g <= groups; g++)
        if (answer)
            printf "\"group %d\"\n     : string\n%s", g, axioms[g]
        else
            printf "Definition group_%d := (%s).\nCheck \"group %d\".\nPrint Assumptions group_%d.\n", g, tuple[g], g, g
}
