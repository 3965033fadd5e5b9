/* SPDX-License-Identifier: GPL-3.0-or-later
 * The two formats, and what it means to round a real number to one of them.
 * A value of either format is carried as a double: every binary32 value is one, so this loses nothing
 * (but a NaN's payload, which no reference speaks of).
 * Source: IEEE 754-2019, sections 3.4 and 4.3.1. Rounding is to nearest, ties to even, subnormals kept. */
#ifndef OC_REF_IEEE_H
#define OC_REF_IEEE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mpfr.h>

typedef struct oc_ref_format {
    const char *name;   /* "f32", "f64" */
    size_t size;        /* bytes of one element */
    mpfr_prec_t prec;   /* significant bits of a normal number */
    mpfr_exp_t emin;    /* MPFR exponent (significand in [1/2, 1)) of the smallest subnormal */
    mpfr_exp_t emax;    /* MPFR exponent of the largest finite number */
} oc_ref_format;

extern const oc_ref_format oc_ref_f32, oc_ref_f64;

/* The real number x rounded once to the format. */
double oc_ref_round(const oc_ref_format *format, mpfr_srcptr x);

/* The double x rounded once to the format. */
double oc_ref_round_double(const oc_ref_format *format, double x);

/* Exponent e such that 2^e is the unit in the last place of the binade that holds x; that of the
 * subnormals for x below them, that of the largest binade for x beyond the range. x is finite. */
mpfr_exp_t oc_ref_ulp_exponent(const oc_ref_format *format, mpfr_srcptr x);

/* Element i of an array of the format, and its change. */
double oc_ref_load(const oc_ref_format *format, const void *array, size_t i);
void oc_ref_store(const oc_ref_format *format, void *array, size_t i, double value);

/* Same bits, where all NaNs are one value (NaN payloads and signs are unspecified). */
bool oc_ref_same(double a, double b);

/* "0x1.8p+1 (3)": hexadecimal and decimal, for messages. Writes at most `size` bytes; returns text. */
const char *oc_ref_show(double value, char *text, size_t size);
enum { OC_REF_SHOW = 64 };

/* Steps between two values along the format's ordered list of values, -0 and +0 counted as one;
 * 0 for two NaNs; UINT64_MAX when one is a NaN. */
uint64_t oc_ref_steps_apart(const oc_ref_format *format, double a, double b);

#endif
