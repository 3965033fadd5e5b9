# SPDX-License-Identifier: GPL-3.0-or-later
# Lists are found by pattern. `make help` lists the targets.

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
CSTD    := -std=c17
WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
# The proofs speak of IEEE operations one by one: nothing may fuse or reorder them.
EXACT   := -ffp-contract=off -fno-fast-math -fno-math-errno
CFLAGS  ?= -O2 -g
SAN     ?=

all: lib program

include impl/rules.mk
include reference/rules.mk
include tests/rules.mk
include proofs/rules.mk

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 20

clean: ## remove everything built
	rm -rf $(BUILD)

.PHONY: all help clean
.DELETE_ON_ERROR:
