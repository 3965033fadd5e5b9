# SPDX-License-Identifier: GPL-3.0-or-later
# How good the tests are: what they reach, and what they notice.

# Every copy of the library's kernels is the baseline's here (X86=), so that each choice between them can be made on any machine.
PLAIN_COPIES := X86= CFLAGS="-O0 -g -DOPTCERT_PLAIN_COPIES"

coverage: ## lines and branches that unit tests, command lines, short suites and the kept fuzz corpora reach, with thresholds; FILES="impl ..." lists the rest
	find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	OPTCERT_TEST_FAULTS=all $(MAKE) BUILD=$(BUILD)/coverage SAN=--coverage $(PLAIN_COPIES) examples unit fuzz-replay
	tests/quality/runs.sh $(BUILD)/coverage
	$(MAKE) --no-print-directory coverage-table
coverage-table:
	@python3 tests/quality/coverage.py $(BUILD)/coverage $(FILES)

# Mutants by tests alone. UNIT picks library units; SAMPLE takes every n-th mutant.
MUTANT_TREE := $(BUILD)/mutants-tests
mutants-tests: $(BUILD)/unit ## single-token mutants of the library and the verdict code (UNIT="adam sgd"), each of which a unit test must notice; goes on where it stopped
	@$(MAKE) -s --no-print-directory BUILD=$(MUTANT_TREE) $(PLAIN_COPIES) $(MUTANT_TREE)/liboptcert.a $(MUTANT_TREE)/tests/suite/verdict.o \
	  $(MUTANT_TREE)/tests/unit/test_equivalence.o
	@REST_OBJECTS="$(MUTANT_TREE)/tests/unit/test_equivalence.o $(filter-out %/test_equivalence.o,$(UNIT_OBJ)) $(HARNESS_LIB) $(REF_OBJ)" \
	  LIB_OBJECTS="$(LIB_OBJ:$(BUILD)/%=$(MUTANT_TREE)/%)" LINK_LIBS="$(UNIT_LINK) -lcunit $(HARNESS_LIBS)" \
	  COMPILE="$(CSTD) -D_GNU_SOURCE -O0 $(EXACT) -fPIC -fopenmp -Itests/suite -Itests/engine" \
	  python3 tests/quality/mutants.py $(MUTANT_TREE) $(or $(SAMPLE),1) $(UNIT)

memory-check: program examples ## the most memory that long commands take, against stated bounds
	@tests/quality/memory.sh $(BUILD)

tidy: ## clang-tidy over the C sources
	@sh tests/quality/tidy.sh $(BUILD)

.PHONY: coverage coverage-table mutants-tests memory-check tidy
