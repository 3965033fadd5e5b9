/* SPDX-License-Identifier: GPL-3.0-or-later
 * replay FILE...: runs a fuzz target once on each file. */
#include "fuzz.h"

int main(int argc, char **argv)
{
    size_t done = 0;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rbe");
        uint8_t *bytes = malloc(1 << 20);
        if (file == NULL || bytes == NULL) {
            fprintf(stderr, "replay: cannot read %s\n", argv[i]);
            return 2;
        }
        const size_t size = fread(bytes, 1, 1 << 20, file);
        fclose(file);
        uint8_t *exact = malloc(size > 0 ? size : 1);
        if (exact == NULL) {
            return 2;
        }
        memcpy(exact, bytes, size);
        free(bytes);
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
        done++;
    }
    fprintf(stderr, "%zu inputs replayed\n", done);
    return done > 0 ? 0 : 2;
}
