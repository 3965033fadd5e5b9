# SPDX-License-Identifier: GPL-3.0-or-later
# Lists are found by pattern. `make help` lists the targets.

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
CSTD    := -std=c17
WARN    := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror
# clang's opinion of two things that are meant: & of booleans evaluates both sides, and libseccomp's macros leave fields 0.
ifneq ($(findstring clang,$(CC)),)
WARN    += -Wno-bitwise-instead-of-logical -Wno-missing-field-initializers -Wno-unknown-warning-option -Wno-unknown-pragmas -Wno-unused-parameter
endif
# clang's own OpenMP library may be absent: OPENMP= builds one thread.
OPENMP  ?= -fopenmp
WARN    += $(if $(OPENMP),,-Wno-unknown-pragmas)
# The proofs speak of IEEE operations one by one: nothing may fuse or reorder them.
EXACT   := -ffp-contract=off -fno-fast-math -fno-math-errno
CFLAGS  ?= -O2 -g
LDFLAGS ?=
# What is built does not know where.
PLACE   := -ffile-prefix-map=$(CURDIR)=.
# Rises when a program that was linked with the library before would break.
SOVERSION := 0
SAN     ?=

all: lib program

include impl/rules.mk
include reference/rules.mk
include tests/rules.mk
include tests/package/rules.mk tests/fuzz/rules.mk tests/faults/rules.mk tests/documents/rules.mk tests/portability/rules.mk tests/quality/rules.mk
include proofs/rules.mk

# The two commands. Set-up runs first and alone: what it installs is looked for when make starts again.
certify: ## set up, build, certify the library, a careless build, and PyTorch where it is installed
	tests/setup/install.sh build
	$(MAKE) --no-print-directory certify-only
certify-torch: ## the same, installing PyTorch first
	tests/setup/install.sh build torch
	$(MAKE) --no-print-directory certify-only NEED_TORCH=torch
certify-only: lib program examples ledger-check
	tests/setup/certify.sh $(BUILD)/optcert $(BUILD)/certificates $(NEED_TORCH)

test: ## set up, build, run every test and every proof
	tests/setup/install.sh build test
	$(MAKE) --no-print-directory test-only
test-only: lib program examples unit python scaling-quick abi-check install-check reproducible docs-check fuzz-replay \
           faults-quick trust-check trace-check prove defects equivalence converge-quick experiments-quick

setup: ## install through apt what building takes
	tests/setup/install.sh build

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | expand -t 20

clean: ## remove everything built
	rm -rf $(BUILD)

.PHONY: all setup certify certify-torch certify-only test test-only help clean
.DELETE_ON_ERROR:
# Not make's own rule, which would write NAME.sh over a folder NAME.
%: %.sh
