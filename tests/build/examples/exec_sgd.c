/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exec protocol in C with nothing but the standard library: SGD in binary64, a few instances.
 * It trusts the harness and looks for the few keys that it needs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 64 };
static double lr[INSTANCES];

/* The number after "key": in a line, or 0. */
static double number(const char *line, const char *key)
{
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"%s\":", key);
    const char *at = strstr(line, quoted);
    return at != NULL ? strtod(at + strlen(quoted), NULL) : 0;
}

static void answer_step(const char *line)
{
    const size_t bytes = (size_t)number(line, "bytes");
    const size_t n = bytes / (2 * sizeof(double));
    double *theta = malloc(bytes + 1);
    if (theta == NULL || fread(theta, 1, bytes, stdin) != bytes) {
        exit(1);
    }
    const double *grad = theta + n;
    const double rate = lr[(size_t)number(line, "instance") % INSTANCES];
    for (size_t i = 0; i < n; i++) {
        theta[i] -= rate * grad[i];
    }
    printf("{\"ok\":true,\"bytes\":%zu}\n", n * sizeof(double));
    fwrite(theta, sizeof(double), n, stdout);
    free(theta);
}

int main(void)
{
    char line[4096];
    while (fgets(line, sizeof line, stdin) != NULL) {
        if (strstr(line, "\"call\":\"step\"") != NULL) {
            answer_step(line);
        } else if (strstr(line, "\"call\":\"describe\"") != NULL) {
            puts("{\"ok\":true,\"abi\":1,\"name\":\"exec-sgd\",\"claims\":\"sgd\",\"scalar\":\"f64\"}");
        } else if (strstr(line, "\"call\":\"create\"") != NULL) {
            const double rate = number(line, "lr");
            lr[(size_t)number(line, "instance") % INSTANCES] = rate;
            puts(rate > 0 ? "{\"ok\":true}" : "{\"ok\":false,\"error\":\"lr must be positive\"}");
        } else {
            puts(strstr(line, "\"call\":\"destroy\"") != NULL ? "{\"ok\":true}" : "{\"ok\":false}");
        }
        fflush(stdout);
    }
    return 0;
}
