# SPDX-License-Identifier: GPL-3.0-or-later
# How good the tests are: what they reach, and what they notice.

coverage: ## line and branch coverage of the unit tests by gcov, with thresholds
	find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	$(MAKE) BUILD=$(BUILD)/coverage SAN=--coverage CFLAGS="-O0 -g" unit
	@sh tests/quality/coverage.sh $(BUILD)/coverage

# Mutants by tests alone. UNIT picks library units; SAMPLE takes every n-th mutant.
mutants-tests: ## single-token mutants of the verdict code and of UNIT="adam sgd" (default: all), each of which a unit test must notice
	python3 tests/quality/mutants.py $(BUILD) $(or $(SAMPLE),1) $(UNIT)

tidy: ## clang-tidy over the C sources
	@sh tests/quality/tidy.sh $(BUILD)

.PHONY: coverage mutants-tests tidy
