# SPDX-License-Identifier: GPL-3.0-or-later
# The corpus of wrong, unusual and hostile builds: one shared object that plays any of them.

DEFECT_ONCE := tests/defects/corpus.c $(filter-out %/step.c,$(wildcard tests/defects/engine/*.c))
DEFECT_OBJ  := $(DEFECT_ONCE:tests/%.c=$(BUILD)/plain/%.o) \
               $(BUILD)/plain/defects/engine/step_f32.o $(BUILD)/plain/defects/engine/step_f64.o
$(DEFECT_OBJ): PLAIN_CFLAGS += -Itests/defects

$(BUILD)/liboptcert-defects.so: $(DEFECT_OBJ)
	$(CC) -shared -pthread -o $@ $^ -lm

build-companions: $(BUILD)/liboptcert-defects.so

-include $(DEFECT_OBJ:.o=.d)
