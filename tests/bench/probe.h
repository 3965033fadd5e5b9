/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether the processor's cores are whole: additions that need every issue slot, which slow down as soon as the other
 * hardware thread of a core works too (timing.h). */
#ifndef OPTCERT_BENCH_PROBE_H
#define OPTCERT_BENCH_PROBE_H

/* Seconds of processor time, the most over this many threads, each running the additions once (about 10 us). */
double bench_probe(unsigned threads);

/* The seconds up to which a probe is taken to have had its cores whole: 12 % more than the one that only a twentieth of
 * the probes of this many threads has beaten so far. */
double bench_probe_limit(unsigned threads);

#endif
