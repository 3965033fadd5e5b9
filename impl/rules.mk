# SPDX-License-Identifier: Apache-2.0
# A unit that includes "real.h" is one source for both precisions: it is compiled once per format.

LIB_SRC     := $(wildcard impl/*.c impl/fast/*.c)
LIB_GENERIC := $(shell grep -l '^\#include "real.h"' $(LIB_SRC) /dev/null)
LIB_SINGLE  := $(filter-out $(LIB_GENERIC),$(LIB_SRC))
LIB_CFLAGS  := $(CSTD) $(WARN) $(CFLAGS) $(PLACE) $(SAN) $(EXACT) -fPIC -fvisibility=default -Iimpl/include -Iimpl -Ispec

LIB_OBJ := $(LIB_SINGLE:%.c=$(BUILD)/%.o) \
           $(LIB_GENERIC:%.c=$(BUILD)/%_f32.o) $(LIB_GENERIC:%.c=$(BUILD)/%_f64.o)

# The kernels of fast.h are the units' own texts, compiled once more for each instruction set: oc_X_f32 becomes
# oc_fast_X_avx2_f32, and everything else in the object becomes local; none is visible outside of the shared object.
# Elsewhere than on x86-64 all copies are the
# baseline's, and the wider ones are never chosen.
OBJCOPY     ?= objcopy
KERNELS     := $(shell sed -nE 's/^void OC_KERNEL.([a-z0-9_]+).*/\1/p' impl/include/optcert/fast*_kernels.h)
SPACE       := $(subst ,, )
KERNEL_UNITS := $(shell grep -lE '^void OC_NAME.oc_($(subst $(SPACE),|,$(KERNELS)))[^a-z0-9_]' $(LIB_GENERIC))
X86         := $(findstring x86_64,$(shell $(CC) -dumpmachine))
FAST_base   := -O3
FAST_avx2   := -O3 $(if $(X86),-mavx2 -mprefer-vector-width=256)
FAST_avx512 := -O3 $(if $(X86),-mavx512f -mavx512vl -mavx512dq -mprefer-vector-width=512)
FAST_ISAS   := base avx2 avx512
# Without a root or a division to wait for, a loop of one register a turn is bound by its instructions (spec/fast.md).
UNROLLED    := sgd sgd_momentum ema
FAST_OBJ    := $(foreach isa,$(FAST_ISAS),$(foreach bits,32 64,$(KERNEL_UNITS:impl/%.c=$(BUILD)/impl/fast/$(isa)/%_f$(bits).o)))
LIB_OBJ     += $(FAST_OBJ)

# Their contracts are those of the units' headers, from which fast_kernels.h and fast_sde_kernels.h are written.
KERNELS_fast     := sgd sgd_momentum rmsprop rmsprop_newv adam adamw ema
KERNELS_fast_sde := sgd_sde rmsprop_sde adam_sde adamw_sde euler_maruyama milstein heun platen sra1 svag
kernels_of        = awk -f impl/fast/kernels.awk impl/include/optcert/$(1)_kernels.h $(KERNELS_$(1):%=impl/include/optcert/%.h)
kernels: ## write fast_kernels.h and fast_sde_kernels.h from the units' headers
	@for of in fast fast_sde; do $(MAKE) -s kernels-of-$$of > $(BUILD)/kernels.h && mv $(BUILD)/kernels.h impl/include/optcert/$${of}_kernels.h || exit 1; done
kernels-check: ## fail where those are not what the units' headers say
	@for of in fast fast_sde; do $(MAKE) -s kernels-of-$$of | cmp - impl/include/optcert/$${of}_kernels.h || exit 1; done
kernels-of-fast kernels-of-fast_sde:
	@$(call kernels_of,$(@:kernels-of-%=%))
trace-check: kernels-check
.PHONY: kernels kernels-check kernels-of-fast kernels-of-fast_sde

define FAST_RULES
$(BUILD)/impl/fast/$(1)/names: impl/include/optcert/fast_kernels.h impl/include/optcert/fast_sde_kernels.h
	@mkdir -p $$(@D)
	@for k in $(KERNELS); do for f in f32 f64; do echo "oc_$$$${k}_$$$$f oc_fast_$$$${k}_$(1)_$$$$f"; done; done > $$@
$(foreach bits,32 64,$(call FAST_RULE,$(1),$(bits)))
endef
define FAST_RULE
$(BUILD)/impl/fast/$(1)/%_f$(2).o: impl/%.c $(BUILD)/impl/fast/$(1)/names
	$$(CC) $$(LIB_CFLAGS) -fvisibility=hidden $$(FAST_$(1)) $$(if $$(filter $$*,$(UNROLLED)),-funroll-loops) -DOC_PRECISION=$(2) -MMD -MP -MT $$@ -MF $$(@:.o=.d) -c -o $$@ $$<
	$$(OBJCOPY) --redefine-syms=$(BUILD)/impl/fast/$(1)/names --wildcard --keep-global-symbol='oc_fast_*' $$@

endef
$(foreach isa,$(FAST_ISAS),$(eval $(call FAST_RULES,$(isa))))

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
	$(CC) $(LIB_CFLAGS) -MMD -MP -c -o $@ $<

-include $(LIB_OBJ:.o=.d)
.PHONY: lib
