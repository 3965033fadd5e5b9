# SPDX-License-Identifier: Apache-2.0
# A unit that includes "real.h" is one source for both precisions: it is compiled once per format.

LIB_SRC     := $(wildcard impl/*.c)
LIB_GENERIC := $(shell grep -l '^\#include "real.h"' $(LIB_SRC) /dev/null)
LIB_SINGLE  := $(filter-out $(LIB_GENERIC),$(LIB_SRC))
LIB_FAST    := $(wildcard impl/fast/*.c)
LIB_CFLAGS  := $(CSTD) $(WARN) $(CFLAGS) $(PLACE) $(SAN) $(EXACT) -fPIC -fvisibility=default -Iimpl/include -Iimpl -Ispec

LIB_OBJ := $(LIB_SINGLE:%.c=$(BUILD)/%.o) \
           $(LIB_GENERIC:%.c=$(BUILD)/%_f32.o) $(LIB_GENERIC:%.c=$(BUILD)/%_f64.o) \
           $(LIB_FAST:%.c=$(BUILD)/%.o)

lib: $(BUILD)/liboptcert.a $(BUILD)/liboptcert.so ## the library, static and shared

$(BUILD)/liboptcert.a: $(LIB_OBJ)
	@mkdir -p $(@D)
	rm -f $@
	$(AR) rcs $@ $^
# Beside it the name by which programs look for it when they run.
$(BUILD)/liboptcert.so: $(LIB_OBJ) impl/liboptcert.map
	@mkdir -p $(@D)
	$(CC) -shared $(CFLAGS) $(LDFLAGS) $(SAN) -Wl,-soname,liboptcert.so.$(SOVERSION) -Wl,--version-script=impl/liboptcert.map \
	    -o $@ $(LIB_OBJ) -lm
	ln -sf $(@F) $@.$(SOVERSION)

$(BUILD)/impl/%_f32.o: impl/%.c
	@mkdir -p $(@D)
	$(CC) $(LIB_CFLAGS) -DOC_PRECISION=32 -MMD -MP -c -o $@ $<
$(BUILD)/impl/%_f64.o: impl/%.c
	@mkdir -p $(@D)
	$(CC) $(LIB_CFLAGS) -DOC_PRECISION=64 -MMD -MP -c -o $@ $<
$(BUILD)/impl/%.o: impl/%.c
	@mkdir -p $(@D)
	$(CC) $(LIB_CFLAGS) $(FAST_CFLAGS) -MMD -MP -c -o $@ $<

-include $(LIB_OBJ:.o=.d)
.PHONY: lib
