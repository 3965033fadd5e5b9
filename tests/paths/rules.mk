# SPDX-License-Identifier: GPL-3.0-or-later
PATHS_OBJ := $(foreach set,$(SETS),$(BUILD)/tests/engine/path/path_run-$(set).o $(BUILD)/tests/engine/random/fills-$(set).o) \
             $(addprefix $(BUILD)/tests/engine/,path/path.o random/random.o sample/exact_sum.o) $(BUILD)/tests/paths/paths_main.o
$(BUILD)/paths: $(PATHS_OBJ)
	$(CC) $(CFLAGS) $(SAN) -fopenmp -o $@ $^ -lm

# 10^10 steps of 9765888 paths; some 6 s on two cores that have nothing else to do, some 11 s on one.
PATH_RUN ?= 9765888 1024
ten-billion: $(BUILD)/paths ## 10^10 path-steps on two threads and on one: the same bits, and the times
	$(BUILD)/paths $(PATH_RUN) 2 > $(BUILD)/paths-2.txt
	$(BUILD)/paths $(PATH_RUN) 1 > $(BUILD)/paths-1.txt
	cmp $(BUILD)/paths-1.txt $(BUILD)/paths-2.txt
	@cat $(BUILD)/paths-1.txt

# Moments to 8, Kolmogorov-Smirnov, correlations of neighbours in stream, step and coordinate, then dieharder on the words
# and on the normals' distribution function: birthday spacings, overlapping pairs, runs and bits here, all of them in the long form.
random-check: $(BUILD)/paths-bits $(BUILD)/unit ## statistical tests of the random numbers (a minute); a bad generator must fail
	OPTCERT_TEST_MULTIPLIER=10 $(BUILD)/unit --junit $(BUILD)/random.xml random_numbers
	tests/paths/dieharder.sh $(BUILD)/paths-bits 0 5 15 100 101
dieharder: $(BUILD)/paths-bits ## all of dieharder on the random bits (an hour)
	tests/paths/dieharder.sh $(BUILD)/paths-bits
$(BUILD)/paths-bits: $(PATHS_OBJ:%/paths_main.o=%/bits_main.o)
	$(CC) $(CFLAGS) $(SAN) -fopenmp -o $@ $^ -lm
.PHONY: ten-billion random-check dieharder
-include $(BUILD)/tests/paths/paths_main.d $(BUILD)/tests/paths/bits_main.d
