# SPDX-License-Identifier: GPL-3.0-or-later
# Benchmarks. The limit loops and the hand-written peer have flags of their own.

BENCH_SRC := $(wildcard tests/bench/*.c)
BENCH_OBJ := $(BENCH_SRC:%.c=$(BUILD)/%.o)
BENCH     := $(BUILD)/bench --build $(BUILD)

$(BUILD)/bench: $(BENCH_OBJ) $(HARNESS_LIB) $(REF_OBJ) $(BUILD)/liboptcert.a
	$(CC) $(CFLAGS) $(SAN) $(OPENMP) -o $@ $^ $(HARNESS_LIBS)

$(BUILD)/tests/bench/limits.o: tests/bench/limits.c
	@mkdir -p $(@D)
	$(CC) $(HARNESS_CFLAGS) -O3 -funroll-loops -MMD -MP -c -o $@ $<
$(BUILD)/tests/bench/ofast.o: tests/bench/ofast.c
	@mkdir -p $(@D)
	$(CC) $(CSTD) $(WARN) -Ofast -march=native -MMD -MP -c -o $@ $<

bench: $(BUILD)/bench ## times against hardware limits and peers, and the targets; build/bench.json, build/bench.png
	$(BENCH) --json $(BUILD)/bench.json --picture $(BUILD)/bench-picture --peers tests/bench/peers.py
bench-record: $(BUILD)/bench ## write the last `make bench` into the tables of spec/fast.md and README.md
	$(BUILD)/bench --table spec $(BUILD)/bench.json > $(BUILD)/bench-spec.md
	$(BUILD)/bench --table readme $(BUILD)/bench.json > $(BUILD)/bench-readme.md
	sed -i -e '/<!-- bench: begin -->/r $(BUILD)/bench-spec.md' -e '/<!-- bench: begin -->/,/<!-- bench: end -->/{/<!-- bench: /!d}' spec/fast.md
	awk -v rows=$(BUILD)/bench-readme.md '!/\| `make bench` \|$$/ { print; next } !done++ { while ((getline row < rows) > 0) print row }' \
	    README.md > $(BUILD)/bench-readme-new.md && cat $(BUILD)/bench-readme-new.md > README.md
bench-quick: $(BUILD)/bench ## the same with fewer rounds and no other libraries
	$(BENCH) --quick --json $(BUILD)/bench-quick.json

# make bench-against BASE=COMMIT: the same benchmark at another commit, in the same minutes, and the two compared.
bench-against: $(BUILD)/bench ## BASE=COMMIT: measure that commit too, here and now, and compare
	git worktree add --detach $(BUILD)/bench-base $(BASE)
	$(MAKE) -C $(BUILD)/bench-base BUILD=build build/bench || { git worktree remove --force $(BUILD)/bench-base; exit 1; }
	cd $(BUILD)/bench-base && build/bench --quick --json $(abspath $(BUILD))/bench-base.json
	git worktree remove --force $(BUILD)/bench-base
	$(BENCH) --quick --json $(BUILD)/bench-quick.json
	$(BUILD)/bench --compare $(BUILD)/bench-base.json $(BUILD)/bench-quick.json

-include $(BENCH_OBJ:.o=.d)
.PHONY: bench bench-record bench-quick bench-against
