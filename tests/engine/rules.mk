# SPDX-License-Identifier: GPL-3.0-or-later
converge-quick: program ## the quick convergence studies and their negative controls
	tests/engine/studies.sh $(BUILD)/optcert "quick"

converge: program ## all convergence studies
	tests/engine/studies.sh $(BUILD)/optcert "quick full"

.PHONY: converge converge-quick

same-bytes: program ## a sampled study on threads, on ranks, killed and resumed: the same bytes
	tests/engine/same_bytes.sh $(BUILD)/optcert
.PHONY: same-bytes

# Sampling is the one part of the harness whose loops must be fast.
$(BUILD)/tests/engine/sample/%.o: HARNESS_CFLAGS += -O3
