# SPDX-License-Identifier: GPL-3.0-or-later
# What a certificate says about the program that wrote it is found out when that program is built.

GEN := $(BUILD)/gen
# Everything that the program and the library are made of.
DIGESTED := $(sort Makefile $(shell find spec impl reference tests proofs/wp -name '*.[ch]' -o -path '*/policies/*.json' -o -name '*.acsl' -o -name '*.mk') proofs/coq/weak/worked_bounds.json)

$(GEN)/source_digest.h: $(DIGESTED)
	@mkdir -p $(@D)
	@printf '#define OPTCERT_SOURCE_SHA256 "%s"\n' \
	    "$$(LC_ALL=C sha256sum $(DIGESTED) | sha256sum | cut -d ' ' -f 1)" > $@

# The trusted base of the proofs, one entry for each "* **name**: text" of the page that lists it.
$(GEN)/trust.inc: tests/certificate/trust.awk $(wildcard proofs/TRUST.md)
	@mkdir -p $(@D)
	awk -f $< $(wordlist 2,2,$^) < /dev/null > $@

# The proved units: only ledger entries whose inputs are the files of this tree, and all of whose goals are proved.
$(GEN)/proofs.inc: tests/certificate/proofs.sh $(wildcard proofs/wp/*) $(wildcard proofs/wp/*/*) $(DIGESTED)
	@mkdir -p $(@D)
	sh $< > $@

# The shipped policies, each {"NAME", "its text"}.
POLICIES := $(sort $(wildcard tests/certificate/policies/*.json))
$(GEN)/policies.inc: $(POLICIES)
	@mkdir -p $(@D)
	@for policy in $(POLICIES); do \
	    printf '{"%s",\n' "$$(basename $$policy .json)"; \
	    sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $$policy; \
	    echo '},'; \
	done > $@

# The machine-checked bounds on worked cases, as one text.
$(GEN)/worked_bounds.inc: proofs/coq/weak/worked_bounds.json
	@mkdir -p $(@D)
	@sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $< > $@

$(BUILD)/tests/suite/worked_bound.o: $(GEN)/worked_bounds.inc
$(BUILD)/tests/certificate/statement.o $(BUILD)/tests/optcert/calibrate_record.o: $(GEN)/source_digest.h
$(BUILD)/tests/certificate/assumptions.o: $(GEN)/trust.inc
$(BUILD)/tests/certificate/proofs.o: $(GEN)/proofs.inc
$(BUILD)/tests/certificate/policies.o: $(GEN)/policies.inc
