# SPDX-License-Identifier: GPL-3.0-or-later
# What stands beside the program when a build is certified: the runner that holds the build, and the
# shared objects behind builtin:. None of them is sanitized: they have their own limits to live under.

RUNNER_SRC := $(wildcard tests/build/runner/*.c) tests/build/build_outcome.c tests/build/build_words.c
RUNNER_OBJ := $(RUNNER_SRC:tests/%.c=$(BUILD)/plain/%.o)
BUILTIN_OBJ := $(BUILD)/plain/build/builtin/find.o \
               $(BUILD)/plain/build/builtin/adaptor_f32.o $(BUILD)/plain/build/builtin/adaptor_f64.o
PLAIN_CFLAGS := $(CSTD) -D_GNU_SOURCE $(WARN) $(if $(SAN),-O2 -g,$(CFLAGS)) $(PLACE) $(EXACT) -fPIC -Iimpl/include -Itests/build

build-companions: $(BUILD)/optcert-runner $(BUILD)/liboptcert-builds.so ## what a build under test runs in

$(BUILD)/optcert-runner: $(RUNNER_OBJ)
	$(CC) $(LDFLAGS) -o $@ $^ -lseccomp -ljansson -ldl -lm

# The very liboptcert.so that is shipped is what builtin: runs; a sanitized one cannot live in the runner,
# so a sanitized tree has a plain one for it.
ifeq ($(SAN),)
SUBJECT := $(BUILD)
else
SUBJECT := $(BUILD)/subject
$(SUBJECT)/liboptcert.so: $(wildcard impl/*.c impl/*.h impl/include/optcert/*.h)
	$(MAKE) BUILD=$(SUBJECT) SAN= $@
endif
$(BUILD)/liboptcert-builds.so: $(BUILTIN_OBJ) $(sort $(SUBJECT)/liboptcert.so $(BUILD)/liboptcert.so)
	$(CC) -shared $(LDFLAGS) -o $@ $(BUILTIN_OBJ) -L$(SUBJECT) -loptcert -Wl,-rpath,'$$ORIGIN/subject:$$ORIGIN:$$ORIGIN/..'

$(BUILD)/plain/%_f32.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(PLAIN_CFLAGS) -DOC_PRECISION=32 -MMD -MP -c -o $@ $<
$(BUILD)/plain/%_f64.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(PLAIN_CFLAGS) -DOC_PRECISION=64 -MMD -MP -c -o $@ $<
$(BUILD)/plain/%.o: tests/%.c
	@mkdir -p $(@D)
	$(CC) $(PLAIN_CFLAGS) -MMD -MP -c -o $@ $<

# Examples of what a user brings. careless is compiled as users do; nothing of ours is linked in.
EXAMPLES := $(BUILD)/examples/careless.so $(BUILD)/examples/careless-f32.so $(BUILD)/examples/exec_sgd
CARELESS := -O3 -march=native -ffast-math -fPIC -shared -Iimpl/include

examples: $(EXAMPLES) ## example builds to certify

$(BUILD)/examples/careless.so: tests/build/examples/careless.c impl/include/optcert/build.h
	@mkdir -p $(@D)
	$(CC) $(CARELESS) -o $@ $< -lm
$(BUILD)/examples/careless-f32.so: tests/build/examples/careless.c impl/include/optcert/build.h
	@mkdir -p $(@D)
	$(CC) $(CARELESS) -DREAL=float -o $@ $< -lm
$(BUILD)/examples/exec_sgd: tests/build/examples/exec_sgd.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) -O2 -o $@ $<

-include $(RUNNER_OBJ:.o=.d) $(BUILTIN_OBJ:.o=.d)
.PHONY: build-companions examples
