# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of wrong, unusual and hostile builds: one shared object that plays any of them.

DEFECT_TWICE := $(shell grep -l '^\#include "real.h"' tests/defects/engine/*.c)
DEFECT_ONCE  := tests/defects/corpus.c $(filter-out $(DEFECT_TWICE),$(wildcard tests/defects/engine/*.c))
DEFECT_OBJ   := $(DEFECT_ONCE:tests/%.c=$(BUILD)/plain/%.o) \
                $(DEFECT_TWICE:tests/%.c=$(BUILD)/plain/%_f32.o) $(DEFECT_TWICE:tests/%.c=$(BUILD)/plain/%_f64.o)
$(DEFECT_OBJ): PLAIN_CFLAGS += -Itests/defects

$(BUILD)/liboptcert-defects.so: $(DEFECT_OBJ)
	$(CC) -shared $(LDFLAGS) -pthread -o $@ $^ -lm

build-companions: $(BUILD)/liboptcert-defects.so

-include $(DEFECT_OBJ:.o=.d)

# Each wrong build must fail at the claim that shows its symptom, each right one pass.
defects: program ## certify the corpus of wrong and of right builds, one seed
	$(BUILD)/optcert calibrate --quiet --junit=$(BUILD)/defects.xml
# What was shown is kept: where it is stopped, or SEEDS is raised, it goes on.
SEEDS ?= 1000
defects-full: program ## no false alarm in SEEDS (1000) seeds over all right builds (about an hour)
	$(BUILD)/optcert calibrate --quiet --only=right --seeds=$(SEEDS) --record=$(BUILD)/defects-full.json --junit=$(BUILD)/defects-full.xml

identify: program ## recognise every right build, and name every defect and pairs of them
	$(BUILD)/optcert calibrate --names --quiet --junit=$(BUILD)/identify.xml

identify-full: program ## recognise the right builds in SEEDS (1000) seeds, with each one build in nine (half an hour)
	$(BUILD)/optcert calibrate --names --quiet --only=right --seeds=$(SEEDS) --share=9 --record=$(BUILD)/identify-full.json --junit=$(BUILD)/identify-full.xml

.PHONY: identify identify-full defects defects-full

# Builds that only suites of many paths see through.
ALONE := $(patsubst tests/defects/alone/%.c,$(BUILD)/defects/%.so,$(wildcard tests/defects/alone/*.c))
$(BUILD)/defects/%.so: tests/defects/alone/%.c impl/include/optcert/build.h
	@mkdir -p $(@D)
	$(CC) $(PLAIN_CFLAGS) $(LDFLAGS) -shared -o $@ $< -lm
build-companions: $(ALONE)

