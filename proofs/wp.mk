# SPDX-License-Identifier: GPL-3.0-or-later
# Frama-C/WP over every unit of impl/, in every precision; run from the repository's root, or by `make prove`.
# UNIT="adam sgd" narrows any target to these units. COLD=1 asks the provers again instead of the record.

BUILD ?= build
WP    := $(BUILD)/wp
ALL   := $(patsubst impl/%.c,%,$(wildcard impl/*.c))
UNIT  ?= $(ALL)
GENERIC := $(patsubst impl/%.c,%,$(shell grep -l '^\#include "real.h"' impl/*.c /dev/null))
runs   = $(if $(filter $(1),$(GENERIC)),$(1).32 $(1).64,$(1).any)
RUNS  := $(foreach u,$(UNIT),$(call runs,$(u)))
export WP_CONF := $(abspath $(WP))/provers
TOOLS := $(wildcard proofs/wp/prover/* proofs/wp/include/*) proofs/wp/options.sh proofs/wp/goals.awk proofs/wp/prove-unit.sh
NEGATIVE := $(wildcard proofs/wp/negative/*.c proofs/wp/negative/*.smt2)

compare: $(UNIT:%=compare-%)
record: $(UNIT:%=record-%)
check: $(UNIT:%=check-%)
negative: $(NEGATIVE:proofs/wp/negative/%=$(WP)/negative/%.ok)

$(WP)/provers/why3.conf: $(wildcard proofs/wp/prover/*)
	sh proofs/wp/prover/setup.sh $(@D)

# The exact prerequisites of a unit, as the preprocessor sees them.
define run_rule
$(WP)/$(1)/goals.tsv: impl/$(basename $(1)).c $(TOOLS) $(WP)/provers/why3.conf
	@mkdir -p $$(@D)
	@gcc -MM -MP -MT $$@ -MF $$(@D)/inputs.d -D__FRAMAC__ -Iproofs/wp/include -Iimpl/include -Iimpl -Ispec \
	    $(if $(filter .any,$(suffix $(1))),,-DOC_PRECISION=$(patsubst .%,%,$(suffix $(1)))) $$<
	@echo "WP $(1)"; start=$$$$(date +%s); sh proofs/wp/prove-unit.sh $(basename $(1)) $(patsubst .%,%,$(suffix $(1))) $$(@D) || \
	    { rm -f $$@; exit 1; }; echo "WP $(1): $$$$(grep -c '^goal' $$@) goals proved, $$$$(grep -c '^smoke' $$@) smoke tests passed," \
	    "$$$$(($$$$(date +%s) - start)) s"
-include $(WP)/$(1)/inputs.d
endef
$(foreach r,$(RUNS),$(eval $(call run_rule,$(r))))

.SECONDEXPANSION:
$(UNIT:%=compare-%): compare-%: $$(foreach r,$$(call runs,$$*),$(WP)/$$r/goals.tsv)
	@sh proofs/wp/ledger.sh compare $* $(WP)
$(UNIT:%=record-%): record-%: $$(foreach r,$$(call runs,$$*),$(WP)/$$r/goals.tsv)
	@sh proofs/wp/ledger.sh record $* $(WP)
$(UNIT:%=check-%): check-%:
	@sh proofs/wp/ledger.sh check $*

$(WP)/negative/%.c.ok: proofs/wp/negative/%.c proofs/wp/negative.sh $(TOOLS) $(WP)/provers/why3.conf
	@sh proofs/wp/negative.sh $(@D)/$* $<
	@touch $@
$(WP)/negative/%.smt2.ok: proofs/wp/negative/%.smt2
	@mkdir -p $(@D)
	@[ "$$(z3 $<)" = unsat ] && echo "negative: $*.smt2: unsat, as it must be"
	@touch $@

.PHONY: compare record check negative $(UNIT:%=compare-%) $(UNIT:%=record-%) $(UNIT:%=check-%)
.DELETE_ON_ERROR:
