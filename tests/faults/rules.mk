# SPDX-License-Identifier: GPL-3.0-or-later
# What goes wrong around a program: memory, disk, processes, its own death.

FAULT_TOOLS := $(BUILD)/faults/faults $(BUILD)/faults/checkpoint $(BUILD)/faults/shim.so
FAULT_WORK  := $(BUILD)/faults/work

$(BUILD)/faults/faults: tests/faults/faults.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) -D_GNU_SOURCE $(WARN) -O2 -g -o $@ $<
$(BUILD)/faults/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) -D_GNU_SOURCE -Wall -Wextra -Werror -O2 -g -fPIC -shared -o $@ $< -ldl
$(BUILD)/faults/checkpoint: tests/faults/checkpoint.c $(BUILD)/harness.a
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -o $@ $^ $(HARNESS_LIBS)

faults-quick: program examples $(FAULT_TOOLS) ## faults: the first ones of each kind, and every death of a checkpoint
	@tests/faults/run.sh $(BUILD)
faults: program examples $(FAULT_TOOLS) ## the n-th allocation, write, fsync, rename, fork, open, mmap fails, for every n (an hour; COMMAND="certify" KIND=rename for some)
	@tests/faults/run.sh $(BUILD) full $(if $(COMMAND),"$(COMMAND)") $(if $(KIND),"$(KIND)")

.PHONY: faults faults-quick
