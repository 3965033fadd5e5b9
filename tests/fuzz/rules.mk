# SPDX-License-Identifier: GPL-3.0-or-later
# Fuzzing. A target is a file tests/fuzz/NAME.c; its minimised corpus is tests/fuzz/corpus/NAME.tar.

FUZZ_NAMES := $(filter-out replay,$(basename $(notdir $(wildcard tests/fuzz/*.c))))
# What a target puts in the place of a system's function.
FUZZ_LINK_command := -Wl,--wrap=exit,--wrap=argp_parse
FUZZ_LINK_store   := -Wl,--wrap=sqlite3_open
# As many executions of each target, in batches: a batch ends what a left conversation leaks.
FUZZ_RUNS  ?= 100000000
FUZZ_BATCH ?= 500000
FUZZ_SAN   := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

$(BUILD)/tests/fuzz/exec.o: HARNESS_CFLAGS += -Itests/build/runner

# Everything but the program's main, as an archive: a target links what it uses.
$(BUILD)/harness.a: $(HARNESS_LIB) $(REF_OBJ)
	rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/replay/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/harness.a $(BUILD)/liboptcert.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SAN) $(OPENMP) $(FUZZ_LINK_$*) -o $@ $^ $(HARNESS_LIBS)
$(BUILD)/search/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/harness.a $(BUILD)/liboptcert.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SAN) -fsanitize=fuzzer $(OPENMP) $(FUZZ_LINK_$*) -o $@ $^ $(HARNESS_LIBS)

fuzz-replay: $(FUZZ_NAMES:%=$(BUILD)/replay/%) ## every fuzz target once over its corpus
	@tests/fuzz/replay.sh $(BUILD) $(FUZZ_NAMES)

fuzz-build: $(FUZZ_NAMES:%=$(BUILD)/search/%)
fuzz: ## 10^8 executions of each fuzz target under sanitizers (hours); FUZZ_RUNS, TARGET="policy npy"
	$(MAKE) BUILD=$(BUILD)/fuzz CC=clang OPENMP= CFLAGS="-O1 -g" SAN="$(FUZZ_SAN)" fuzz-build
	$(MAKE) --no-print-directory fuzz-search
fuzz-search:
	tests/fuzz/search.sh $(BUILD)/fuzz $(FUZZ_RUNS) $(FUZZ_BATCH) $(or $(TARGET),$(FUZZ_NAMES))
fuzz-table: ## what has been executed so far
	@tests/fuzz/table.sh $(BUILD)/fuzz

-include $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/%.d)
.PHONY: fuzz fuzz-search fuzz-build fuzz-replay fuzz-table
.SECONDARY: $(FUZZ_NAMES:%=$(BUILD)/tests/fuzz/%.o)
