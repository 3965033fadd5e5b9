/* SPDX-License-Identifier: GPL-3.0-or-later
 * System, processor, compiler and the libraries that the verdicts stand on. */
#include "environment.h"

#include <gmp.h>
#include <gnu/libc-version.h>
#include <mpfr.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/* "model name" of the first processor; "unknown" where the system tells none. */
static bool processor(char *out, size_t size)
{
    char line[256];
    snprintf(out, size, "unknown");
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (file == NULL) {
        return false;
    }
    int at = 0;
    while (at == 0 && fgets(line, sizeof line, file) != NULL) {
        (void)sscanf(line, "model name : %n", &at);
    }
    if (at > 0) {
        snprintf(out, size, "%.*s", (int)strcspn(line + at, "\n"), line + at);
    }
    fclose(file);
    return true;
}

json_t *optcert_environment_json(void)
{
    struct utsname system = {0};
    char cpu[256], kernel[256];
    uname(&system);
    if (!processor(cpu, sizeof cpu)) {
        return NULL;
    }
    snprintf(kernel, sizeof kernel, "%.100s %.100s", system.sysname, system.release);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "system", kernel, "machine", system.machine,
                     "processor", cpu, "libc", gnu_get_libc_version(), "compiler", __VERSION__, "mpfr",
                     mpfr_get_version(), "gmp", gmp_version);
}
