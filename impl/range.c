/* SPDX-License-Identifier: Apache-2.0
 * Static ranges for threads: see optcert/range.h. */
#include "optcert/range.h"

/*@ requires size: 0 <= size;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures line: \result == RangeLine(size);
    ensures some: 1 <= \result <= OC_CACHE_LINE; */
static size_t line_of(size_t size)
{
    if (size == 0 || size > OC_CACHE_LINE || OC_CACHE_LINE % size != 0) {
        return 1;
    }
    return OC_CACHE_LINE / size;
}

/* The first line of a part. */
/*@ requires part: part < parts;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures bound: \result == RangeLineBound(lines, part, parts);
    ensures inside: 0 <= \result <= lines; */
static size_t line_bound(size_t lines, size_t part, size_t parts)
{
    const size_t share = lines / parts;
    const size_t extra = lines % parts;
    /*@ assert split: lines == parts * share + extra; */
    /*@ assert fits: part * share <= parts * share; */
    return part * share + (part < extra ? part : extra);
}

/* The first element of line i, n where there is none. */
/*@ requires line: 1 <= line;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures element: \result == RangeMin(n, line * i); */
static size_t element_of(size_t n, size_t line, size_t i)
{
    const size_t whole = n / line;
    /*@ assert split: n == line * whole + n % line; */
    /*@ assert rest: 0 <= n % line < line; */
    /*@ assert below: i <= whole ==> line * i <= line * whole; */
    /*@ assert beyond: i > whole ==> line * (whole + 1) <= line * i; */
    return i <= whole ? line * i : n;
}

/*@ requires line: 1 <= line;
    terminates \true;
    exits \false;
    assigns \nothing;
    ensures bound: \result == RangeBound(n, line, part, parts);
    ensures inside: 0 <= \result <= n; */
static size_t bound(size_t n, size_t line, size_t part, size_t parts)
{
    if (part >= parts) {
        return n;
    }
    const size_t lines = n % line == 0 ? n / line : n / line + 1;
    /*@ assert lines: lines == RangeLines(n, line); */
    const size_t first = line_bound(lines, part, parts);
    /*@ assert start: RangeStart(lines, line, part, parts) == line * first; */
    return element_of(n, line, first);
}

oc_range oc_range_of(size_t n, size_t size, size_t part, size_t parts)
{
    if (part >= parts) {
        return (oc_range){n, 0};
    }
    const size_t line = line_of(size);
    /*@ assert monotone: RangeBound(n, line, part, parts) <= RangeBound(n, line, part + 1, parts); */
    const size_t first = bound(n, line, part, parts);
    const size_t end = bound(n, line, part + 1, parts);
    return (oc_range){first, end - first};
}

size_t oc_range_parts(size_t n, size_t size, size_t threads)
{
    if (size == 0) {
        return 1;
    }
    const size_t least = (OC_PART_BYTES - 1) / size + 1;
    const size_t parts = n / least;
    /*@ assert fits: parts * least <= n; */
    const size_t some = parts < threads ? parts : threads;
    /*@ assert fewer: some * least <= parts * least; */
    return some == 0 ? 1 : some;
}
