/* SPDX-License-Identifier: GPL-3.0-or-later
 * System, processor, compiler and the libraries that the verdicts stand on. */
#include "environment.h"

#include <gmp.h>
#include <gnu/libc-version.h>
#include <mpfr.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/* "model name" of /proc/cpuinfo; "unknown" where there is none. */
static void processor(char *out, size_t size)
{
    char line[256];
    snprintf(out, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            snprintf(out, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

json_t *optcert_environment_json(void)
{
    struct utsname system = {0};
    char cpu[256], kernel[256];
    uname(&system);
    processor(cpu, sizeof cpu);
    snprintf(kernel, sizeof kernel, "%.100s %.100s", system.sysname, system.release);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "system", kernel, "machine", system.machine,
                     "processor", cpu, "libc", gnu_get_libc_version(), "compiler", __VERSION__, "mpfr",
                     mpfr_get_version(), "gmp", gmp_version);
}
