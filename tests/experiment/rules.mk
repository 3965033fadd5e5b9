# SPDX-License-Identifier: GPL-3.0-or-later
# Everything that the course of a training run depends on: a stored run of other sources is not taken for one of these.
COURSE := $(sort $(NET_SRC) $(addprefix tests/experiment/,net.h net_scalar.h layers.h net_shapes.c plain_gemm.c train.c \
                 minibatch.c shuffle.c dataset.c arm.c) $(wildcard impl/*.[ch]))

$(GEN)/course_digest.h: $(COURSE)
	@mkdir -p $(@D)
	@printf '#define OPTCERT_COURSE_SHA256 "%s"\n' "$$(LC_ALL=C sha256sum $(COURSE) | sha256sum | cut -d ' ' -f 1)" > $@

$(BUILD)/tests/experiment/arm.o: $(GEN)/course_digest.h

# The layers' loops are worth vectorising; without -ffast-math the bits stay the same.
$(NET_OBJ): HARNESS_CFLAGS += -O3

EXPERIMENTS := $(BUILD)/experiments

experiments-quick: program data ## the quick studies on real data, with their negative control
	$(BUILD)/optcert experiment digits --data $(BUILD)/data --out $(EXPERIMENTS)/quick-digits
	$(BUILD)/optcert experiment text --data $(BUILD)/data --out $(EXPERIMENTS)/quick-text

experiments: program data ## the full studies (two hours on two cores); go on where they were stopped
	$(BUILD)/optcert experiment digits --level full --data $(BUILD)/data --resume $(EXPERIMENTS)/digits.db --out $(EXPERIMENTS)/digits
	$(BUILD)/optcert experiment text --level full --data $(BUILD)/data --resume $(EXPERIMENTS)/text.db --out $(EXPERIMENTS)/text

gradients-torch: program data ## the networks' gradients against PyTorch's
	tests/setup/install.sh torch
	$(BUILD)/optcert experiment digits --level full --data $(BUILD)/data --gradients $(EXPERIMENTS)/gradients
	$(BUILD)/optcert experiment text --data $(BUILD)/data --gradients $(EXPERIMENTS)/gradients
	/usr/bin/python3 tests/experiment/torch_gradients.py $(EXPERIMENTS)/gradients

.PHONY: experiments-quick experiments gradients-torch
