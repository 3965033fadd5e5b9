/* SPDX-License-Identifier: GPL-3.0-or-later
 * Names of outcomes, default limits, sizes: what needs no process. */
#include "build_handle.h"

const char *optcert_outcome_text(optcert_outcome outcome)
{
    static const char *const text[] = {
        [OPTCERT_OK] = "ok",
        [OPTCERT_REFUSED] = "refused",
        [OPTCERT_NOT_EXPOSED] = "not-exposed",
        [OPTCERT_CRASHED] = "crashed",
        [OPTCERT_EXITED] = "exited",
        [OPTCERT_HUNG] = "hung",
        [OPTCERT_OUT_OF_BOUNDS] = "out-of-bounds",
        [OPTCERT_STRAY_WRITE] = "stray-write",
        [OPTCERT_UNWRITTEN] = "unwritten",
        [OPTCERT_FORBIDDEN] = "forbidden",
        [OPTCERT_PROTOCOL] = "protocol-error",
        [OPTCERT_UNREACHABLE] = "unreachable",
        [OPTCERT_TOOL] = "tool-error",
    };
    return (unsigned)outcome < sizeof text / sizeof text[0] ? text[outcome] : "unknown";
}

optcert_limits optcert_limits_default(void)
{
    return (optcert_limits){
        .open_seconds = 60, .call_seconds = 10, .cpu_seconds = 3600, .memory_bytes = UINT64_C(4) << 30};
}

size_t optcert_scalar_size(uint32_t scalar)
{
    return scalar == OPTCERT_F32 ? sizeof(float) : sizeof(double);
}
