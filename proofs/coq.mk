# SPDX-License-Identifier: GPL-3.0-or-later
# Coq theorems and Gappa certificates, built out of tree; run from the repository's root, or by `make coq`.
#
# proofs/coq/NAME/**.v    is compiled as Optcert.Name.*  (rounding/step.v is Optcert.Rounding.step)
# proofs/gappa/FILE.g     becomes a Coq proof by gappa -Bcoq, compiled as Optcert.Gappa.FILE
# proofs/coq/NAME/HEADLINES     one qualified theorem a line (Optcert.Rounding.step.adam_theta); # starts a comment
# proofs/coq/NAME/ASSUMPTIONS   what `Print Assumptions` says of each, recorded by `make coq-record`

BUILD ?= build
COQ   := $(BUILD)/coq
COQC  ?= coqc
GAPPA ?= gappa

AREAS     := $(patsubst proofs/coq/%/,%,$(wildcard proofs/coq/*/))
SRC       := $(shell find proofs/coq -name '*.v' 2>/dev/null | sort)
CERT      := $(wildcard proofs/gappa/*.g)
HEADLINES := $(wildcard proofs/coq/*/HEADLINES)
V         := $(SRC:proofs/coq/%=$(COQ)/%) $(CERT:proofs/gappa/%.g=$(COQ)/gappa/%.v)
VO        := $(V:.v=.vo)
capital    = $(shell printf %s $(1) | sed 's/./\U&/')
PATHS     := $(foreach a,$(sort $(AREAS) $(if $(CERT),gappa)),-R $(COQ)/$(a) Optcert.$(call capital,$(a)))

all: $(HEADLINES:proofs/coq/%/HEADLINES=check-%) $(COQ)/worked_bounds.vo $(VO)

$(COQ)/gappa/%.v: proofs/gappa/%.g
	@mkdir -p $(@D)
	$(GAPPA) -Bcoq $< > $@ 2> $@.log || { cat $@.log >&2; exit 1; }
$(COQ)/%.v: proofs/coq/%.v
	@mkdir -p $(@D)
	cp $< $@
$(COQ)/%.vo: $(COQ)/%.v
	$(COQC) -q -w -deprecated,-notation-overridden $(PATHS) $<

# coqdep has to see every file, so the list of files is itself a prerequisite.
$(COQ)/.files: FORCE
	@mkdir -p $(@D)
	@echo '$(V)' | cmp -s - $@ || echo '$(V)' > $@
$(COQ)/.depend: $(COQ)/.files $(V)
	$(if $(strip $(V)),coqdep $(PATHS) $(V) > $@,: > $@)
-include $(COQ)/.depend

# HEADLINES without comments.
headlines = sed -e 's/\#.*//' -e 's/[[:space:]]//g' -e '/^$$/d' $(1)

# The theorems' assumptions as Coq prints them, one block per theorem.
$(COQ)/%/ASSUMPTIONS: proofs/coq/%/HEADLINES $(VO)
	@$(call headlines,$<) > $(@D)/headlines.txt
	@sed -e 's/\.[^.]*$$//' $(@D)/headlines.txt | sort -u | sed 's/.*/Require &./' > $(@D)/headlines.v
	@while read -r q; do printf 'Check "theorem %s".\nPrint Assumptions %s.\n' $$q $$q; done < $(@D)/headlines.txt >> $(@D)/headlines.v
	@sed -i '1i From Coq Require Import String. Open Scope string_scope.' $(@D)/headlines.v
	$(COQC) -q $(PATHS) $(@D)/headlines.v > $@.raw
	@sed -e 's/^"theorem \(.*\)"$$/theorem \1/' -e '/^ *: string$$/d' $@.raw > $@
	@rm -f $@.raw $(@D)/headlines.v $(@D)/headlines.vo*
record-%: $(COQ)/%/ASSUMPTIONS
	cp $< proofs/coq/$*/ASSUMPTIONS
record: $(HEADLINES:proofs/coq/%/HEADLINES=record-%)

# Every headline is recorded, and rests on no axiom but its recorded ones.
$(COQ)/%/grouped.answer: proofs/coq/%/HEADLINES proofs/coq/%/ASSUMPTIONS proofs/coq/grouped.awk $(VO)
	@$(call headlines,$<) > $(@D)/headlines.txt
	@sed -n 's/^theorem //p' proofs/coq/$*/ASSUMPTIONS | diff -u - $(@D)/headlines.txt
	@awk -f proofs/coq/grouped.awk proofs/coq/$*/ASSUMPTIONS > $(@D)/grouped.v
	$(COQC) -q $(PATHS) $(@D)/grouped.v > $@
check-%: $(COQ)/%/grouped.answer
	awk -v answer=1 -f proofs/coq/grouped.awk proofs/coq/$*/ASSUMPTIONS | diff -u - $<

# The bounds that the convergence suite reads are those of the theorems named beside them.
$(COQ)/worked_bounds.v: proofs/coq/worked_bounds.awk proofs/coq/weak/worked_bounds.json
	@mkdir -p $(@D)
	awk -f $^ > $@
$(COQ)/worked_bounds.vo: $(COQ)/worked_bounds.v $(VO)
	$(COQC) -q -w -deprecated $(PATHS) $<

# Coq's stand-alone checker over the compiled files, of one AREA or of all, and the libraries that they rest on.
CHK := $(filter $(or $(AREA),%)$(if $(AREA),/%),$(V:$(COQ)/%.v=%))
chk: $(CHK:%=$(COQ)/%.vo)
	coqchk -silent -o $(PATHS) $(foreach f,$(CHK),Optcert.$(call capital,$(subst /,.,$(f))))

FORCE:
.PHONY: all record chk FORCE
.SECONDARY:
.DELETE_ON_ERROR:
