# SPDX-License-Identifier: GPL-3.0-or-later
# The proofs. Each part stands in a makefile of its own, so that who only builds the program needs no prover.

WP_MAKE  := $(MAKE) --no-print-directory -f proofs/wp.mk BUILD=$(BUILD) $(if $(UNIT),UNIT="$(UNIT)")
COQ_MAKE := $(MAKE) --no-print-directory -f proofs/coq.mk BUILD=$(BUILD)

# Frama-C sleeps between the answers of provers: more runs than cores keep the cores busy, and limits in steps make answers
# independent of that.
PROOF_JOBS ?= 4

prove: trust-check trace-check prove-wp prove-lemmas prove-negative coq ## every proof, compared with the ledger; UNIT="adam sgd" for some units, COLD=1 asks the provers everything
prove-wp: ## Frama-C/WP alone
	$(WP_MAKE) -k -j$(PROOF_JOBS) compare
prove-lemmas: ## the lemmas that the specification states, each by a prover, and false ones by none
	$(WP_MAKE) lemmas
prove-negative: ## what must not be provable is not
	$(WP_MAKE) -k -j$(PROOF_JOBS) negative
prove-record: ## prove, then write the ledger proofs/wp/UNIT.json and the record of prover answers
	$(WP_MAKE) -k -j$(PROOF_JOBS) record
ledger-check: ## the ledger belongs to these sources: digests only, no prover
	$(WP_MAKE) -k check

trust-check: ## everything that is assumed is listed in proofs/TRUST.md
	sh proofs/trust-check.sh

eacsl: ## run the library with its preconditions and memory accesses checked at run time
	sh proofs/eacsl/run.sh $(BUILD)/eacsl

MUTANTS := BUILD=$(BUILD) WP_CONF=$(abspath $(BUILD))/wp/provers /usr/bin/python3 proofs/mutants/run.py
mutants: $(BUILD)/wp/provers/why3.conf ## twenty wrong codes and twenty wrong contracts, each of which must break a proof
	$(MUTANTS) picked
mutants-contracts: $(BUILD)/wp/provers/why3.conf ## every clause of the headers weakened, or asking more: a caller must notice
	BUILD=$(BUILD) WP_CONF=$(abspath $(BUILD))/wp/provers /usr/bin/python3 proofs/mutants/contracts.py $(HEADER)
mutants-full: $(BUILD)/wp/provers/why3.conf ## every single-token mutant of the units (hours; resumes), and the table
	$(MUTANTS) full $(UNIT)
mutants-table: ## the table of the mutants that have run
	@$(MUTANTS) table $(UNIT)
$(BUILD)/wp/provers/why3.conf: $(wildcard proofs/wp/prover/*)
	$(WP_MAKE) $@

coq: ## check the Coq theorems and Gappa certificates, and what they assume
	$(COQ_MAKE) all
coqchk: ## the same files and all libraries under them, by Coq's stand-alone checker; AREA=weak for one area
	$(COQ_MAKE) chk $(if $(AREA),AREA=$(AREA))
coq-record: ## record the assumptions of the headline theorems
	$(COQ_MAKE) record

eva: ## value analysis: no undefined behaviour on any input, no overflow or NaN on stated ranges
	sh proofs/eva/eva.sh $(BUILD)/eva
trace: ## write the traceability table of spec/README.md from the tree
	/usr/bin/python3 proofs/trace.py
trace-check: ## fail when the traceability table is incomplete or stale
	/usr/bin/python3 proofs/trace.py --check

.PHONY: eva trace trace-check trust-check eacsl mutants mutants-contracts mutants-full mutants-table prove prove-wp prove-lemmas prove-negative prove-record ledger-check coq coqchk coq-record
