/* SPDX-License-Identifier: GPL-3.0-or-later
 * paths N STEPS THREADS [normal|two-point]: that many Euler-Maruyama paths of the one-dimensional RMSprop limit, their
 * means in exact sums (the same bits for any number of threads), and the time. */
#include "path/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    const unsigned long long n = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const unsigned long steps = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    const unsigned long threads = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
    const int normal = argc > 4 && strcmp(argv[4], "normal") == 0;
    if (n == 0 || n % OPTCERT_PATH_BLOCK != 0 || steps == 0 || threads == 0) {
        fprintf(stderr, "usage: paths N STEPS THREADS [normal|two-point]; N is a multiple of %d\n", OPTCERT_PATH_BLOCK);
        return 2;
    }
    const optcert_path_plan plan = optcert_path_plan_of(1.0, 1.0, 0.5, 0.1, 1.0, 1.0 / (double)steps);
    double mean[3];
    const double start = now();
    optcert_path_means(&plan, normal ? OPTCERT_NORMAL_INCREMENTS : OPTCERT_TWO_POINT_INCREMENTS, 1, n, (uint32_t)steps,
                       (unsigned)threads, 1.0, 0.6, mean);
    const double seconds = now() - start;
    printf("theta %a\ntheta^2 %a\nu %a\n", mean[0], mean[1], mean[2]);
    fprintf(stderr, "%.3g path-steps on %lu threads: %.2f s, %.3f ns each\n", (double)n * (double)steps, threads, seconds,
            1e9 * seconds / ((double)n * (double)steps));
    return 0;
}
