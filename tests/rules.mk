# SPDX-License-Identifier: GPL-3.0-or-later
# The harness: everything the program is made of, and the unit tests that link the same objects.

HARNESS_SRC := $(wildcard tests/engine/*.c tests/engine/*/*.c tests/suite/*.c tests/build/*.c tests/defects/*.c tests/identify/*.c \
                          tests/certificate/*.c tests/experiment/*.c tests/optcert/*.c)
# The networks' layers are one source for three precisions.
NET_SRC     := $(shell grep -l '^\#include "layers.h"' tests/experiment/*.c)
NET_OBJ     := $(foreach bits,32 64 128,$(NET_SRC:%.c=$(BUILD)/%_f$(bits).o))
# Kernels that are compiled once per instruction set and chosen at run time (tests/engine/random/lanes.h).
SETS        := baseline avx2 avx512
LANES_SRC   := $(shell grep -l '^\#include ".*lanes.h"' tests/engine/*/*.c)
LANES_OBJ   := $(foreach set,$(SETS),$(LANES_SRC:%.c=$(BUILD)/%-$(set).o))
# Suites that take many steps run the library's optimizers in the process, through the adaptor of builtin:.
OWN_BUILDS  := $(BUILD)/plain/build/builtin/adaptor_f64.o
HARNESS_OBJ := $(OWN_BUILDS) $(patsubst %.c,$(BUILD)/%.o,$(filter-out $(NET_SRC) $(LANES_SRC),$(HARNESS_SRC))) $(NET_OBJ) $(LANES_OBJ)
# What only the program has.
PROGRAM_OBJ := $(BUILD)/tests/optcert/main.o $(BUILD)/tests/optcert/memory.o
PROGRAM_LINK := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=reallocarray,--wrap=strdup,--wrap=open_memstream,--wrap=optcert_json_text
HARNESS_LIB := $(filter-out $(PROGRAM_OBJ),$(HARNESS_OBJ))
UNIT_SRC    := $(wildcard tests/unit/*.c)
UNIT_OBJ    := $(UNIT_SRC:%.c=$(BUILD)/%.o)
# What tests/unit/fault.c lets fail.
UNIT_FAULTY := $(shell sed -n 's/^\(FAULTY\|GUARDED\).[^,]*, \([a-z0-9_]*\),.*/\2/p; s/^int __wrap_\([a-z_]*\).*;/\1/p' tests/unit/fault.c)
UNIT_LINK   := $(UNIT_FAULTY:%=-Wl,--wrap=%)
HARNESS_INC := -Iimpl/include -Ireference -Itests/engine -Itests/suite -Itests/build -Itests/defects -Itests/identify \
               -Itests/certificate -Itests/experiment -Itests/optcert -I$(BUILD)/gen
HARNESS_CFLAGS := $(CSTD) -D_GNU_SOURCE $(WARN) $(CFLAGS) $(PLACE) $(SAN) $(EXACT) $(OPENMP) $(HARNESS_INC)
HARNESS_LIBS := -lmpfi -lmpfr -lgmp -lgsl -lopenblas -ljansson -lsodium -lseccomp -lsqlite3 -lz -ldl $(if $(OPENMP),,-lgomp) -lm

include tests/build/rules.mk
include tests/engine/rules.mk tests/bench/rules.mk tests/ranks/rules.mk tests/paths/rules.mk tests/defects/rules.mk tests/certificate/rules.mk tests/python/rules.mk tests/suite/rules.mk tests/experiment/rules.mk

program: $(BUILD)/optcert build-companions ## the program optcert

# --export-dynamic is not used: a build under test must not see the harness's symbols.
$(BUILD)/optcert: $(HARNESS_OBJ) $(REF_OBJ) $(BUILD)/liboptcert.a
	$(CC) $(CFLAGS) $(LDFLAGS) $(SAN) $(OPENMP) $(PROGRAM_LINK) -o $@ $^ $(HARNESS_LIBS)

$(BUILD)/unit: $(UNIT_OBJ) $(HARNESS_LIB) $(REF_OBJ) $(BUILD)/liboptcert.a
	$(CC) $(CFLAGS) $(LDFLAGS) $(SAN) $(OPENMP) $(UNIT_LINK) -o $@ $^ -lcunit $(HARNESS_LIBS)

define NET_RULE
$(BUILD)/tests/experiment/%_f$(1).o: tests/experiment/%.c
	@mkdir -p $$(@D)
	$(CC) $(HARNESS_CFLAGS) -DOPTCERT_NET_PRECISION=$(1) -MMD -MP -c -o $$@ $$<
endef
$(foreach bits,32 64 128,$(eval $(call NET_RULE,$(bits))))

X86         := $(filter x86_64,$(shell uname -m))
SET_avx2    := $(if $(X86),-mavx2)
SET_avx512  := $(if $(X86),-mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512)
define LANES_RULE
$(BUILD)/tests/engine/%-$(1).o: tests/engine/%.c
	@mkdir -p $$(@D)
	$(CC) $(HARNESS_CFLAGS) -O3 $(SET_$(1)) -DOPTCERT_SET=$(1) -MMD -MP -c -o $$@ $$<
endef
$(foreach set,$(SETS),$(eval $(call LANES_RULE,$(set))))

$(BUILD)/tests/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -MMD -MP -c -o $@ $<

data: ## fetch the experiments' real data into build/data
	tests/setup/data.sh $(BUILD)/data

# Threads that spin while they wait take a busy machine's cores from each other.
unit: export GOMP_SPINCOUNT ?= 1000
unit: $(BUILD)/unit program ## unit tests; JUnit XML in build/unit.xml
	$(BUILD)/unit --junit $(BUILD)/unit.xml

# Each counts 20480 random elements per unit and format, times this.
EXACT_TIMES ?= 500
exact: $(BUILD)/unit ## 10^7 random elements per unit and format equal the bit-exact references
	OPTCERT_TEST_MULTIPLIER=$(EXACT_TIMES) $(BUILD)/unit --junit $(BUILD)/exact.xml \
	  $$($(BUILD)/unit --list | grep '[.]random$$')

# The unit suite tries 256 inputs a bound; this many times more here.
BOUND_TIMES ?= 256
bounds: $(BUILD)/unit ## search for inputs that break a proved rounding bound; the table of observed/proved
	OPTCERT_TEST_MULTIPLIER=$(BOUND_TIMES) $(BUILD)/unit --junit $(BUILD)/bounds.xml bounds

# 10^7 random elements per kernel and format; the long form also tries every binary32 gradient in 8 contexts per optimizer.
equivalence: program assembly ## the fast paths equal the proved core on 4 10^8 random elements
	$(BUILD)/optcert equivalence --quiet --junit $(BUILD)/equivalence.xml
# Contexts of the exhaustive search that are in the record for this machine code are not run again; EXHAUST_SECONDS=N stops after N.
equivalence-full: program assembly ## the same on 4 10^9, and exhaustively over binary32 gradients (half a minute a context; kept in a record)
	$(BUILD)/optcert equivalence --level full --record tests/suite/equivalence-exhaustive.json $(if $(EXHAUST_SECONDS),--seconds $(EXHAUST_SECONDS)) \
	    --junit $(BUILD)/equivalence-full.xml
assembly: lib ## what the compiler made of the fast paths: full width, nothing fused
	sh tests/suite/assembly.sh $(BUILD)

# The runner of builds is never instrumented; a sanitized tree has a plain library for it.
unit-asan: ## unit tests under the address and undefined-behaviour sanitizers
	$(MAKE) BUILD=$(BUILD)/asan SAN="-fsanitize=address,undefined -fno-sanitize-recover=all" unit

# gcc's OpenMP library is not instrumented and every parallel loop would look like a race; clang's tells the sanitizer about its
# barriers and locks through archer. What the program starts (test names as below) is not seen by it.
ARCHER ?= $(firstword $(wildcard /usr/lib/llvm-*/lib/libarcher.so))
unit-tsan: ## unit tests under the thread sanitizer, four threads (clang, its OpenMP library and archer)
	@[ -n "$(ARCHER)" ] || { echo 'unit-tsan: libarcher.so is missing: apt-get install libomp-dev' >&2; exit 2; }
	$(MAKE) BUILD=$(BUILD)/tsan CC=clang CFLAGS="-O1 -g" SAN="-fsanitize=thread" unit-tsan-run
unit-tsan-run: $(BUILD)/unit
	OMP_NUM_THREADS=4 OPENBLAS_NUM_THREADS=1 OMP_TOOL_LIBRARIES=$(ARCHER) TSAN_OPTIONS=ignore_noninstrumented_modules=1 \
	  $(BUILD)/unit --junit $(BUILD)/unit-tsan.xml $(call IN_PROCESS,$(BUILD)/unit)

# One thread: valgrind runs one at a time anyhow. Left out: what runs whole certifications, for its time; and the names that
# identify gives, which need more digits than valgrind's long double has. What is possibly lost are the stacks of libgomp's
# sleeping threads.
IN_PROCESS = $$($(1) --list | grep -vE '^(conform|certif|program)')
unit-clang: ## the library, the harness and the unit tests built by clang, with its OpenMP library
	$(MAKE) BUILD=$(BUILD)/clang CC=clang unit
unit-valgrind: $(BUILD)/unit program ## unit tests under valgrind
	OMP_NUM_THREADS=1 valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
	  $(BUILD)/unit --junit $(BUILD)/unit-valgrind.xml $$(printf '%s\n' $(call IN_PROCESS,$(BUILD)/unit) | grep -v '^identify.known_builds')

-include $(HARNESS_OBJ:.o=.d) $(UNIT_OBJ:.o=.d)
.PHONY: program data equivalence equivalence-full assembly unit exact bounds unit-asan unit-tsan unit-tsan-run unit-clang unit-valgrind
