/* SPDX-License-Identifier: GPL-3.0-or-later
 * Decimals as rationals, and the few real functions of them that the scaling rules need. Reals are
 * computed with 512 bits and rounded once to binary64: wrong only if the true value were within
 * 2^-450 of a tie, which a root or a rational of this size is not unless it is the tie itself. */
#include "rational.h"
#include "number.h"

#include <ctype.h>
#include <mpfr.h>
#include <stdlib.h>
#include <string.h>

enum { PRECISION = 512 };

/* digits[.digits] as an integer, with the number of digits after the point. */
static long read_digits(const char **text, mpz_t integer)
{
    long after = 0;
    bool point = false;
    mpz_set_ui(integer, 0);
    for (; isdigit((unsigned char)**text) || (**text == '.' && !point); (*text)++) {
        if (**text == '.') {
            point = true;
            continue;
        }
        mpz_mul_ui(integer, integer, 10);
        mpz_add_ui(integer, integer, (unsigned long)(**text - '0'));
        after += point;
    }
    return after;
}

static void times_power_of_ten(mpq_t x, long exponent)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(exponent));
    if (exponent >= 0) {
        mpz_mul(mpq_numref(x), mpq_numref(x), power);
    } else {
        mpz_set(mpq_denref(x), power);
    }
    mpq_canonicalize(x);
    mpz_clear(power);
}

bool optcert_rational_read(const char *text, mpq_t out)
{
    double value;
    if (!optcert_number_real(text, &value)) {
        return false;
    }
    if (value == 0 || strpbrk(text, "xX") != NULL) {
        mpq_set_d(out, value); /* exact */
        return true;
    }
    const bool negative = *text == '-';
    const char *at = text + (*text == '-' || *text == '+');
    mpq_set_ui(out, 0, 1);
    const long after = read_digits(&at, mpq_numref(out));
    const long exponent = (*at == 'e' || *at == 'E') ? strtol(at + 1, NULL, 10) : 0;
    times_power_of_ten(out, exponent - after);
    if (negative) {
        mpq_neg(out, out);
    }
    return true;
}

double optcert_rational_round(const mpq_t x)
{
    mpfr_t value;
    mpfr_init2(value, PRECISION);
    mpfr_set_q(value, x, MPFR_RNDN);
    const double rounded = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clear(value);
    return rounded;
}

double optcert_rational_times_sqrt(const mpq_t x, const mpq_t y)
{
    mpfr_t value;
    mpfr_init2(value, PRECISION);
    mpfr_set_q(value, y, MPFR_RNDN);
    mpfr_sqrt(value, value, MPFR_RNDN);
    mpfr_mul_q(value, value, x, MPFR_RNDN);
    const double rounded = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clear(value);
    return rounded;
}

double optcert_rational_pow_less(const mpq_t base, const mpq_t x, const mpq_t y)
{
    mpfr_t value, exponent;
    mpfr_inits2(PRECISION, value, exponent, (mpfr_ptr)NULL);
    mpfr_set_q(value, base, MPFR_RNDN);
    mpfr_set_q(exponent, x, MPFR_RNDN);
    mpfr_pow(value, value, exponent, MPFR_RNDN);
    mpfr_sub_q(value, value, y, MPFR_RNDN);
    const double rounded = mpfr_get_d(value, MPFR_RNDN);
    mpfr_clears(value, exponent, (mpfr_ptr)NULL);
    return rounded;
}
