# SPDX-License-Identifier: GPL-3.0-or-later
# weak/worked_bounds.json as Coq goals: each "coq" statement, its BOUND being "bound_per_h", must follow from the "theorem".
BEGIN {
    FS = "\""
    print "From Coq Require Import Reals List.\nOpen Scope R_scope."
}
/"theorem":/ { theorem = $4 }
/"imports":/ { imports = $4 }
/"coq":/ { statement = $4 }
/"bound_per_h":/ {
    bound = $0
    gsub(/.*\[|\].*/, "", bound)
    sub(/,/, " /", bound)
    gsub(/BOUND/, "(" bound ")", statement)
    goals++
    print "Module Case" goals ".\nFrom Optcert.Weak Require Import " imports "."
    print "Goal " statement ".\nProof. exact " theorem ". Qed.\nEnd Case" goals "."
}
END { if (!goals) exit 1 }
