# SPDX-License-Identifier: GPL-3.0-or-later
# Other compilers and other machines. On foreign machines, under QEMU: the library, its references and the unit tests that
# hold one to the other bit by bit (runner.c), for big-endian, 64-bit ARM and 32-bit x86. The last needs SSE2: x87 rounds twice.

SLIM_TESTS := sgd sgd_momentum rmsprop adam adam_coef adamw ema schemes scaling scaling_ema svag status one_minus_pow ieee ball \
              increment verdict
SLIM_SRC   := tests/portability/runner.c $(SLIM_TESTS:%=tests/unit/test_%.c) tests/suite/verdict.c \
              $(filter-out tests/unit/test_% tests/unit/main.c tests/unit/unit.c tests/unit/junit.c tests/unit/program.c tests/unit/fault.c,$(UNIT_SRC))
SLIM_OBJ   := $(SLIM_SRC:%.c=$(BUILD)/%.o)
$(BUILD)/tests/portability/%.o: HARNESS_CFLAGS += -Itests/unit
$(BUILD)/slim: $(SLIM_OBJ) $(REF_OBJ) $(BUILD)/liboptcert.a
	$(CC) $(CFLAGS) $(SAN) -o $@ $^ -lmpfi -lmpfr -lgmp -lm
-include $(BUILD)/tests/portability/runner.d

PORT  := $(abspath $(BUILD))/portability
MACHINES := s390x aarch64 i686
s390x_DEB := s390x
aarch64_DEB := arm64
i686_DEB := i386
i686_FLAGS := -msse2 -mfpmath=sse
s390x_QEMU := qemu-s390x-static
aarch64_QEMU := qemu-aarch64-static
i686_QEMU := qemu-i386-static

portability: portability-clang $(MACHINES:%=portability-%) ## clang; big-endian, AArch64 and 32-bit x86 under QEMU
portability-clang: ## library, program and unit tests by clang
	$(MAKE) BUILD=$(BUILD)/clang CC=clang OPENMP=$(CLANG_OPENMP) lib program examples $(BUILD)/clang/unit
	$(BUILD)/clang/unit --junit $(BUILD)/unit-clang.xml
portability-%:
	tests/setup/install.sh portability
	tests/portability/sysroot.sh $($*_DEB) $(PORT)/$*.sysroot
	$(MAKE) BUILD=$(PORT)/$* CC="$*-linux-gnu-gcc --sysroot=$(PORT)/$*.sysroot/root $($*_FLAGS)" AR=$*-linux-gnu-gcc-ar \
	    OPENMP= HARNESS_LIBS= $(PORT)/$*/slim
	$($*_QEMU) -L $(PORT)/$*.sysroot/root $(PORT)/$*/slim

.PHONY: portability portability-clang
