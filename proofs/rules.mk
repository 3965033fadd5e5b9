# SPDX-License-Identifier: GPL-3.0-or-later
# The proofs. Each part stands in a makefile of its own, so that who only builds the program needs no prover.

coq: ## check the Coq theorems and Gappa certificates, and what they assume
	$(MAKE) -f proofs/coq.mk BUILD=$(BUILD) all
coq-record: ## record the assumptions of the headline theorems
	$(MAKE) -f proofs/coq.mk BUILD=$(BUILD) record

.PHONY: coq coq-record
