# SPDX-License-Identifier: GPL-3.0-or-later
# The gradient diagnostics as a shared object for other languages, and the Python module's test.
DIAGNOSTICS_SRC := tests/engine/gradient_sample.c tests/engine/deviations.c tests/suite/gradient_report.c tests/certificate/json_text.c \
                   tests/certificate/number.c
DIAGNOSTICS_OBJ := $(DIAGNOSTICS_SRC:%.c=$(BUILD)/pic/%.o)

$(BUILD)/pic/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -fPIC -MMD -MP -c -o $@ $<

$(BUILD)/liboptcert-diagnostics.so: $(DIAGNOSTICS_OBJ)
	$(CC) -shared $(CFLAGS) $(SAN) -o $@ $^ -lgsl -lopenblas -ljansson -lm

program: $(BUILD)/liboptcert-diagnostics.so

python: lib program ## the Python module, tested with the system's python3
	OPTCERT_LIB=$(BUILD) python3 tests/python/test_optcert.py $(BUILD)/optcert

-include $(DIAGNOSTICS_OBJ:.o=.d)
.PHONY: python
