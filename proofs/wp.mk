# SPDX-License-Identifier: GPL-3.0-or-later
# Frama-C/WP over every unit of impl/, in every precision; run from the repository's root, or by `make prove`.
# UNIT="adam sgd" narrows any target to these units. A unit whose sources and tools are the ledger's is not proved again, and
# of one that changed only the goals that changed; COLD=1 asks the provers everything.

BUILD ?= build
WP    := $(BUILD)/wp
ALL   := $(sort $(patsubst impl/%.c,%,$(wildcard impl/*.c)) \
         $(patsubst impl/%.h,%,$(shell grep -l 'static inline' impl/*.h)))
UNIT  ?= $(ALL)
# The precisions of a unit: options.sh knows.
runs   = $(foreach u,$(1),$(RUNS_$(u)))
$(foreach u,$(UNIT),$(eval RUNS_$(u) := $(addprefix $(u).,$(shell . proofs/wp/options.sh; wp_precisions $(u)))))
RUNS  := $(foreach u,$(UNIT),$(call runs,$(u)))
export WP_CONF := $(abspath $(WP))/provers
TOOLS := $(wildcard proofs/wp/prover/* proofs/wp/include/*) proofs/wp/options.sh proofs/wp/goals.awk proofs/wp/dead-code proofs/wp/prove-unit.sh
NEGATIVE := $(wildcard proofs/wp/negative/*.c proofs/wp/negative/*.smt2)

compare: $(UNIT:%=$(if $(COLD),compare-%,current-%))
record: $(UNIT:%=record-%)
check: $(UNIT:%=check-%)
negative: $(NEGATIVE:proofs/wp/negative/%=$(WP)/negative/%.ok)

lemmas: $(WP)/lemmas.ok
$(WP)/lemmas.ok: $(wildcard spec/*.acsl impl/*.[ch] impl/include/optcert/*.h proofs/wp/lemma/*) proofs/wp/lemmas.sh $(TOOLS) $(WP)/provers/why3.conf
	@sh proofs/wp/lemmas.sh $(WP)/provers $(WP)/lemmas
	@touch $@

units:
	@printf '%s\n' $(ALL)

$(WP)/provers/why3.conf: $(wildcard proofs/wp/prover/*) $(realpath $(shell command -v frama-c why3 cvc5 cvc4))
	sh proofs/wp/prover/setup.sh $(@D)
	@sed -i '/^theories /d' $(@D)/versions
	@for d in "$$(frama-c -print-share-path)/wp" $(abspath $(@D))/stdlib; do find $$d -type f | LC_ALL=C sort; done | xargs cat | \
	    sha256sum | sed 's/ .*//; s/^/theories /' >> $(@D)/versions # the same wherever the tree lies

# The exact prerequisites of a unit, as the preprocessor sees them.
define run_rule
$(WP)/$(1)/goals.tsv: $(wildcard impl/$(basename $(1)).[ch]) $(TOOLS) $(WP)/provers/why3.conf
	@mkdir -p $$(@D)
	@gcc -MM -MP -MT $$@ -MF $$(@D)/inputs.d -D__FRAMAC__ -Iproofs/wp/include -Iimpl/include -Iimpl -Ispec \
	    $(if $(filter .any,$(suffix $(1))),,-include real.h -DOC_PRECISION=$(patsubst .%,%,$(suffix $(1)))) $$<
	@echo "WP $(1)"; start=$$$$(date +%s); sh proofs/wp/prove-unit.sh $(basename $(1)) $(patsubst .%,%,$(suffix $(1))) $$(@D) || \
	    { rm -f $$@; exit 1; }; echo "WP $(1): $$$$(grep -c '^goal' $$@) goals proved, $$$$(grep -c '^smoke' $$@) smoke tests passed," \
	    "$$$$(($$$$(date +%s) - start)) s"
-include $(WP)/$(1)/inputs.d
endef
$(foreach r,$(RUNS),$(eval $(call run_rule,$(r))))

# The ledger's answer where it still holds, else a proof.
$(UNIT:%=current-%): current-%: $(WP)/provers/why3.conf
	@sh proofs/wp/ledger.sh current $* $(WP) || $(MAKE) --no-print-directory -f proofs/wp.mk UNIT=$* compare-$*

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

.PHONY: compare record check negative lemmas units $(UNIT:%=current-%) $(UNIT:%=compare-%) $(UNIT:%=record-%) $(UNIT:%=check-%)
.DELETE_ON_ERROR:
