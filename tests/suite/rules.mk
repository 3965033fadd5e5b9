# SPDX-License-Identifier: GPL-3.0-or-later
# The scaling and SVAG suites, and how often they are wrong.

scaling-quick: program $(ALONE) ## certify Adam's SDE and scaling rule, and see through a build that conformance passes
	tests/suite/scaling_quick.sh $(BUILD)/optcert $(BUILD)/defects/large_arrays.so $(BUILD)/scaling

# A picture of the rule and of each mistake in it: errors against h where nothing is sampled, laws where they are.
scaling-pictures: program ## draw the rule and each mistake in it, without and by sampling, into build/scaling
	tests/suite/scaling_pictures.sh $(BUILD)/optcert $(BUILD)/scaling

# Everything that a calibration run depends on: finished runs of other sources are not taken for ones of these.
CALIBRATED := $(sort $(wildcard tests/suite/scaling_sampled.[ch] tests/suite/scaling_rule.[ch] tests/suite/scaling_calibrate.[ch] \
                                tests/suite/law_distance.[ch] tests/engine/swarm.[ch] tests/engine/swarm_builtin.c \
                                tests/engine/random/*.[ch] tests/build/builtin/adaptor.[ch] impl/*.[ch]))

$(GEN)/scaling_digest.h: $(CALIBRATED)
	@mkdir -p $(@D)
	@printf '#define OPTCERT_SCALING_SHA256 "%s"\n' "$$(LC_ALL=C sha256sum $(CALIBRATED) | sha256sum | cut -d ' ' -f 1)" > $@

$(BUILD)/tests/optcert/calibrate_scaling.o: $(GEN)/scaling_digest.h

# 18500 runs of the rule, 3700 of each mistake; goes on where it was stopped.
SCALING_SEEDS ?= 3700
scaling-calibrate: program ## how often the sampled scaling suite is wrong; writes tests/suite/scaling-calibration.json
	$(BUILD)/optcert calibrate --suite scaling --seeds $(SCALING_SEEDS) --record $(BUILD)/scaling-calibration.db --json \
	    >$(BUILD)/scaling-calibration.json
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

# Loops over paths and features: worth vectorising, and without -ffast-math the bits stay the same.
$(addprefix $(BUILD)/tests/,engine/swarm.o suite/law_distance.o suite/scaling_sampled.o): HARNESS_CFLAGS += -O3
