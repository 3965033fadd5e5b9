/* SPDX-License-Identifier: GPL-3.0-or-later
 * Inside of a handle; shared by build_handle.c (life) and build_call.c (calls). */
#ifndef OPTCERT_BUILD_STATE_H
#define OPTCERT_BUILD_STATE_H
#include "build_arena.h"
#include "build_process.h"
#include "build_spec.h"

struct optcert_instance {
    optcert_build_handle *handle;
    struct optcert_instance *previous, *next; /* all instances of the handle */
    uint64_t index;                           /* its number in requests */
    uint32_t generation;                      /* of the process that holds it */
    optcert_arrays arrays;
};

struct optcert_build_handle {
    optcert_limits limits;
    optcert_spec spec;
    optcert_build_info info;
    char *spec_text;
    char name[OPTCERT_WIRE_TEXT], claims[OPTCERT_WIRE_TEXT], fp_environment[OPTCERT_WIRE_TEXT];
    char scratch[PATH_MAX]; /* folder that the build may write to; "" when none was made */
    char symptom[2 * OPTCERT_WIRE_TEXT];
    optcert_arena arena;
    optcert_process process;
    optcert_outcome death; /* why the process is not running */
    bool tool_failed;      /* a call met OPTCERT_TOOL */
    bool stillborn;        /* it ended before it said what it is, and is not started again */
    uint32_t generation;   /* counts processes */
    uint32_t sequence;     /* of the last request */
    uint32_t fp_mode;
    uint64_t next_index;
    optcert_instance *instances;
};

/* Starts a process and hears its description. */
optcert_outcome optcert_handle_start(optcert_build_handle *handle);

/* Sends a request and hears the answer; ends the process when that is the only thing left to do. */
optcert_outcome optcert_handle_call(optcert_build_handle *handle, optcert_wire_request *request,
                                    optcert_wire_answer *answer);

#endif
