# SPDX-License-Identifier: GPL-3.0-or-later
# MPI's part of the program is a shared object of its own, built where Open MPI is installed and loaded only under
# mpirun.
MPICC ?= $(shell command -v mpicc)
ifneq ($(MPICC),)
program: $(BUILD)/optcert-mpi.so
$(BUILD)/optcert-mpi.so: tests/ranks/ranks_mpi.c
	@mkdir -p $(@D)
	OMPI_CC=$(CC) $(MPICC) $(CSTD) $(WARN) -O2 -fPIC -shared -o $@ $<
endif
