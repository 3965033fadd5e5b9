/* SPDX-License-Identifier: GPL-3.0-or-later
 * Numbers as people write them. */
#include "number.h"
#include "rational.h"
#include "unit.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *text;
    bool accepted;
    double value;
    const char *origin;
} reals[] = {
    {"1e-3", true, 1e-3, "usual"},
    {"0.9", true, 0.9, "usual"},
    {".5", true, 0.5, "C syntax"},
    {"-2", true, -2, "sign"},
    {"+2", true, 2, "sign"},
    {"0x1.8p+1", true, 3, "hexadecimal"},
    {"0", true, 0, "zero"},
    {"0e999999999999", true, 0, "zero with a large exponent"},
    {"5e-324", true, 5e-324, "smallest double"},
    {"", false, 0, "empty"},
    {" 1", false, 0, "strtod skips blanks"},
    {"1 ", false, 0, "rest"},
    {"1e-3x", false, 0, "rest"},
    {"1,5", false, 0, "comma"},
    {"nan", false, 0, "strtod knows nan"},
    {"inf", false, 0, "strtod knows inf"},
    {"-infinity", false, 0, "strtod knows infinity"},
    {"1e999", false, 0, "overflow"},
    {"1e-999", false, 0, "underflow to zero"},
    {"--1", false, 0, "two signs"},
    {"-", false, 0, "sign alone"},
    {".", false, 0, "point alone"},
};

static void real_numbers(void)
{
    for (size_t i = 0; i < sizeof reals / sizeof reals[0]; i++) {
        double value = 0;
        const bool accepted = optcert_number_real(reals[i].text, &value);
        UNIT_CHECK(accepted == reals[i].accepted, "'%s' (%s)", reals[i].text, reals[i].origin);
        UNIT_CHECK(!accepted || value == reals[i].value, "'%s' read as %a", reals[i].text, value);
    }
}

static const struct {
    const char *text;
    bool accepted;
    uint64_t value;
} wholes[] = {
    {"0", true, 0},     {"42", true, 42},  {"18446744073709551615", true, UINT64_MAX},
    {"", false, 0},     {"-1", false, 0},  {"18446744073709551616", false, 0},
    {"1.0", false, 0},  {"1e3", false, 0}, {" 1", false, 0},
    {"0x10", false, 0}, {"+1", false, 0},
};

static void whole_numbers(void)
{
    for (size_t i = 0; i < sizeof wholes / sizeof wholes[0]; i++) {
        uint64_t value = 0;
        const bool accepted = optcert_number_whole(wholes[i].text, &value);
        UNIT_CHECK(accepted == wholes[i].accepted, "'%s'", wholes[i].text);
        UNIT_CHECK(!accepted || value == wholes[i].value, "'%s'", wholes[i].text);
    }
}

static const struct {
    double value;
    const char *text;
} shortest[] = {
    {0.6, "0.6"},        {10, "10"},         {100, "100"},
    {1e15, "1e+15"},     {5e-9, "5e-09"},    {0.1 + 0.2, "0.30000000000000004"},
    {-0.0, "-0"},        {NAN, "nan"},       {INFINITY, "inf"},
    {-INFINITY, "-inf"}, {5e-324, "5e-324"}, {1.7976931348623157e308, "1.7976931348623157e+308"},
};

static void shortest_decimals(void)
{
    char text[OPTCERT_NUMBER_SIZE];
    for (size_t i = 0; i < sizeof shortest / sizeof shortest[0]; i++) {
        optcert_number_shortest(shortest[i].value, text);
        UNIT_CHECK(strcmp(text, shortest[i].text) == 0, "%a prints as %s, not %s", shortest[i].value, text,
                   shortest[i].text);
    }
}

static const struct {
    const char *text;
    unsigned long numerator, denominator;
} rationals[] = {
    {"0.9", 9, 10}, {"1e-3", 1, 1000}, {"2.50e1", 25, 1}, {"0x1p-2", 1, 4},
    {"0", 0, 1},    {"007", 7, 1},     {"1.5E0", 3, 2},
};

static void decimals_are_rationals(void)
{
    mpq_t value;
    mpq_init(value);
    for (size_t i = 0; i < sizeof rationals / sizeof rationals[0]; i++) {
        UNIT_CHECK(optcert_rational_read(rationals[i].text, value), "'%s'", rationals[i].text);
        UNIT_CHECK(mpq_cmp_ui(value, rationals[i].numerator, rationals[i].denominator) == 0,
                   "'%s' is another number", rationals[i].text);
    }
    UNIT_CHECK(optcert_rational_read("-0.5", value) && mpq_cmp_si(value, -1, 2) == 0,
               "-0.5 is another number");
    mpq_clear(value);
}

UNIT_SUITE(number, {"real_numbers", real_numbers}, {"whole_numbers", whole_numbers},
           {"shortest_decimals", shortest_decimals}, {"decimals_are_rationals", decimals_are_rationals})
