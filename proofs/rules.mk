# SPDX-License-Identifier: GPL-3.0-or-later
# The proofs. Each part stands in a makefile of its own, so that who only builds the program needs no prover.

WP_MAKE  := $(MAKE) --no-print-directory -f proofs/wp.mk BUILD=$(BUILD) $(if $(UNIT),UNIT="$(UNIT)")
COQ_MAKE := $(MAKE) --no-print-directory -f proofs/coq.mk BUILD=$(BUILD)

prove: prove-wp prove-negative coq ## every proof, compared with the ledger; UNIT="adam sgd" for some units, COLD=1 without the record
prove-wp: ## Frama-C/WP alone
	$(WP_MAKE) -k -j2 compare
prove-negative: ## what must not be provable is not
	$(WP_MAKE) -k -j2 negative
prove-record: ## prove, then write the ledger proofs/wp/UNIT.json and the record of prover answers
	$(WP_MAKE) -k -j2 record
ledger-check: ## the ledger belongs to these sources: digests only, no prover
	$(WP_MAKE) -k check

coq: ## check the Coq theorems and Gappa certificates, and what they assume
	$(COQ_MAKE) all
coq-record: ## record the assumptions of the headline theorems
	$(COQ_MAKE) record

.PHONY: prove prove-wp prove-negative prove-record ledger-check coq coq-record
