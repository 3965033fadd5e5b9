/* SPDX-License-Identifier: GPL-3.0-or-later
 * Times of other libraries. */
#include "peers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One line of peers.py. The texts are kept for the rest of the program's life, as the results ask. */
static bool add_line(char *line, bench_results *results)
{
    char *rest = NULL, *word[7];
    for (size_t i = 0; i < 7; i++) {
        word[i] = strtok_r(i == 0 ? line : NULL, "\t\n", &rest);
        if (word[i] == NULL) {
            return true; /* not a result: a warning of a library, say */
        }
    }
    char *what = strdup(word[0]), *who = strdup(word[1]);
    const bench_result result = {.what = what,
                                 .who = who,
                                 .where = "",
                                 .bits = (unsigned)strtoul(word[2], NULL, 10),
                                 .threads = (unsigned)strtoul(word[3], NULL, 10),
                                 .n = strtod(word[4], NULL),
                                 .median = strtod(word[5], NULL),
                                 .least = strtod(word[6], NULL),
                                 .ratio_median = NAN,
                                 .ratio_least = NAN,
                                 .alone = NAN,
                                 .share_alone = NAN};
    return what != NULL && who != NULL && bench_results_add(results, &result);
}

bool bench_peers(const char *script, bool quick, const char *only, bench_results *results)
{
    char command[1024], line[512];
    snprintf(command, sizeof command,
             "p=/usr/bin/python3; $p -c 'import numpy' 2>/dev/null || p=python3; "
             "GLIBC_TUNABLES=glibc.malloc.hugetlb=1 OMP_WAIT_POLICY=passive $p '%s' --only '%s' %s",
             script, only, quick ? "--quick" : "");
    FILE *pipe = popen(command, "r");
    bool whole = pipe != NULL;
    while (whole && fgets(line, sizeof line, pipe) != NULL) {
        whole = add_line(line, results);
    }
    if (pipe != NULL) {
        pclose(pipe);
    }
    return whole;
}
