# SPDX-License-Identifier: GPL-3.0-or-later
# The scaling and SVAG suites, and how often they are wrong.

scaling-quick: program $(ALONE) ## certify Adam's SDE and scaling rule, and see through a build that conformance passes
	tests/suite/scaling_quick.sh $(BUILD)/optcert $(BUILD)/defects/large_arrays.so $(BUILD)/scaling

# A picture of the rule and of each mistake in it.
scaling-pictures: program ## draw the rule and each mistake, RMSprop on a quadratic loss, into build/scaling
	@mkdir -p $(BUILD)/scaling
	$(BUILD)/optcert converge scaling --quiet --plot $(BUILD)/scaling/rule >$(BUILD)/scaling/rule.txt
	for rule in linear-lr kept-lr lr-alone kept-betas kept-eps wrong-eps kept-steps; do \
	    $(BUILD)/optcert converge scaling --quiet --control $$rule --kappa 2,4 --steps 16,32,64,128,256 \
	        --plot $(BUILD)/scaling/$$rule >$(BUILD)/scaling/$$rule.txt; [ $$? -eq 1 ] || exit 1; done

# 15000 runs of the rule and 3000 of each mistake take some 15 minutes of one core.
SCALING_SEEDS ?= 3000
scaling-calibrate: program ## how often the sampled scaling suite is wrong; writes tests/suite/scaling-calibration.json
	$(BUILD)/optcert calibrate --suite scaling --seeds $(SCALING_SEEDS) --json >$(BUILD)/scaling-calibration.json
	mv $(BUILD)/scaling-calibration.json tests/suite/scaling-calibration.json

# The machine code of each unit with a fast path, in binary32: of its core and of its copies.
$(GEN)/kernel_code.inc: $(KERNEL_UNITS:impl/%.c=$(BUILD)/impl/%_f32.o) $(filter %_f32.o,$(FAST_OBJ))
	@mkdir -p $(@D)
	@for unit in $(KERNEL_UNITS:impl/%.c=%); do \
	    for object in $(BUILD)/impl/$${unit}_f32.o $(FAST_ISAS:%=$(BUILD)/impl/fast/%/$${unit}_f32.o); do \
	        $(OBJCOPY) -O binary -j .text -j '.rodata*' $$object $@.code && cat $@.code || exit 1; \
	    done | sha256sum | sed "s/\\([0-9a-f]*\\).*/{\"$$unit\", \"\\1\"},/"; \
	done > $@.new && mv $@.new $@ && rm -f $@.code
$(BUILD)/tests/suite/exhaustive_record.o: $(GEN)/kernel_code.inc

.PHONY: scaling-quick scaling-pictures scaling-calibrate
