/* SPDX-License-Identifier: GPL-3.0-or-later
 * What harness and runner say to each other: one fixed-size packet per call and per answer over a
 * sequenced-packet socket, arrays in one shared memory file. Both sides come from one build of the
 * tree, so structs travel as they are. The harness trusts nothing in an answer. */
#ifndef OPTCERT_BUILD_WIRE_H
#define OPTCERT_BUILD_WIRE_H
#include "build_handle.h"

enum { OPTCERT_WIRE_SOCKET = 3, OPTCERT_WIRE_ARENA = 4 }; /* descriptors that the runner inherits */

typedef enum optcert_wire_op {
    OPTCERT_WIRE_CREATE = 1,
    OPTCERT_WIRE_RUN, /* a step is a run of one */
    OPTCERT_WIRE_GET,
    OPTCERT_WIRE_SET,
    OPTCERT_WIRE_DESTROY
} optcert_wire_op;

/* The arrays of an instance. Each lies in a segment of whole pages of the shared file. */
typedef enum optcert_segment {
    OPTCERT_SEGMENT_THETA,
    OPTCERT_SEGMENT_GRAD,  /* the runner sees it read-only; holds a chunk of rows during a run */
    OPTCERT_SEGMENT_TRACE, /* rows recorded during a run */
    OPTCERT_SEGMENT_SLOT,  /* the runner has a writable and a read-only view */
    OPTCERT_SEGMENTS = OPTCERT_SEGMENT_SLOT + OPTCERT_SHOWN_MAX /* further slots that a run shows */
} optcert_segment;

typedef struct optcert_wire_segment {
    uint64_t offset, bytes; /* in the shared file; multiples of the page size */
    uint64_t first;         /* byte offset of element 0 of a single row inside the segment */
} optcert_wire_segment;

typedef struct optcert_wire_request {
    uint32_t op, sequence;
    uint64_t instance; /* number that the harness chose */
    uint64_t n;        /* CREATE */
    uint64_t every;    /* RUN: steps between two records, 0: no trace */
    uint64_t steps;    /* RUN: steps in this chunk */
    uint64_t phase;    /* RUN: steps taken since the last record */
    uint64_t stride;   /* RUN: bytes from one gradient row to the next */
    uint64_t first;    /* RUN: byte offset of the first gradient row in its segment */
    uint64_t step;     /* SET */
    optcert_hyper hyper;
    optcert_wire_segment segment[OPTCERT_SEGMENTS]; /* CREATE */
    char slot[OPTCERT_SHOWN_MAX][32]; /* SET, GET: the first; RUN: what get is called for afterwards, "" ends it */
} optcert_wire_request;

enum { OPTCERT_WIRE_TEXT = 240 };

typedef struct optcert_wire_answer {
    uint32_t magic, sequence;
    uint32_t outcome;    /* optcert_outcome */
    uint32_t last_words; /* nonzero: the runner ends after this */
    uint32_t fp_mode;    /* optcert_fp_* bits after the call */
    uint64_t done;       /* RUN: steps taken in this chunk */
    uint64_t shown;      /* RUN: bit i: get gave the i-th slot */
    char text[OPTCERT_WIRE_TEXT];
} optcert_wire_answer;

/* The first packet, sent by the runner unasked: what the build is, or why it cannot be reached. */
typedef struct optcert_wire_hello {
    optcert_wire_answer answer;
    uint32_t scalar, has_get, has_set;
    char name[OPTCERT_WIRE_TEXT], claims[OPTCERT_WIRE_TEXT];
} optcert_wire_hello;

enum { OPTCERT_WIRE_MAGIC = 0x4f434231 };

enum optcert_fp_bits {
    OPTCERT_FP_FLUSH = 1,     /* results flushed to zero */
    OPTCERT_FP_DENORMALS = 2, /* subnormal operands read as zero */
    OPTCERT_FP_ROUNDING = 4,  /* not to nearest */
    OPTCERT_FP_TRAPS = 8      /* some exception unmasked */
};

#endif
