# SPDX-License-Identifier: GPL-3.0-or-later
docs-check: program examples ## run every command in README.md and spec/, and compare what it says
	@rm -rf $(BUILD)/documents
	python3 tests/documents/check.py $(BUILD) $(BUILD)/documents README.md CHANGES.md $(sort $(wildcard spec/*.md))
	python3 tests/documents/check.py $(BUILD) $(BUILD)/documents --planted tests/documents/planted.md
.PHONY: docs-check
