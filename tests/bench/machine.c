/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the benchmarks ran on. */
#include "machine.h"
#include "optcert/isa.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The first line that a command prints; "" when there is none. */
static void first_line(const char *command, char *out, size_t size)
{
    FILE *pipe = popen(command, "r");
    out[0] = '\0';
    if (pipe != NULL) {
        if (fgets(out, (int)size, pipe) == NULL) {
            out[0] = '\0';
        }
        pclose(pipe);
    }
    out[strcspn(out, "\n")] = '\0';
}

json_t *bench_machine(void)
{
    char processor[128], commit[64], when[32];
    double load[3] = {0};
    const time_t now = time(NULL);
    first_line("sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1", processor, sizeof processor);
    first_line("git describe --always --dirty 2>/dev/null", commit, sizeof commit);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
    if (getloadavg(load, 3) < 1) {
        load[0] = -1;
    }
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    printf("%s, %ld cores, gcc %s, %s, load %.2f, commit %s\n", processor, cores, __VERSION__, oc_isa_text(oc_isa_best()),
           load[0], commit);
    return json_pack("{s:s, s:i, s:s, s:s, s:f, s:s, s:s}", "processor", processor, "cores", (int)cores, "compiler",
                     "gcc " __VERSION__, "instruction_set", oc_isa_text(oc_isa_best()), "load", load[0], "time", when,
                     "commit", commit);
}
