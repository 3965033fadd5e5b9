# SPDX-License-Identifier: GPL-3.0-or-later
# weak/worked_bounds.json as Coq goals: each "coq" statement, its BOUND being "bound_per_h", must follow from the "theorem".
BEGIN {
    FS = "\""
    print "From Coq Require Import Reals List."
    print "From Optcert.Weak Require Import sums taylor rmsprop instance instance_bound."
    print "Open Scope R_scope."
}
/"theorem":/ { theorem = $4 }
/"coq":/ { statement = $4 }
/"bound_per_h":/ {
    bound = $0
    gsub(/.*\[|\].*/, "", bound)
    sub(/,/, " /", bound)
    gsub(/BOUND/, "(" bound ")", statement)
    print "Goal " statement ".\nProof. exact " theorem ". Qed."
    goals++
}
END { if (!goals) exit 1 }
