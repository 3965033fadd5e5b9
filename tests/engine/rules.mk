# SPDX-License-Identifier: GPL-3.0-or-later
converge-quick: program ## the quick convergence studies and their negative controls
	tests/engine/studies.sh $(BUILD)/optcert "quick"

converge: program ## all convergence studies
	tests/engine/studies.sh $(BUILD)/optcert "quick full"

.PHONY: converge converge-quick
