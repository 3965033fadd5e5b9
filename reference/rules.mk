# SPDX-License-Identifier: GPL-3.0-or-later
REF_SRC := $(wildcard reference/*.c)
REF_OBJ := $(REF_SRC:%.c=$(BUILD)/%.o)
$(BUILD)/reference/%.o: reference/%.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) $(CFLAGS) $(PLACE) $(SAN) $(EXACT) -Iimpl/include -Ireference -MMD -MP -c -o $@ $<
-include $(REF_OBJ:.o=.d)
