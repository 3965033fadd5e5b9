/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small_data.h"

#include <stdbool.h>
#include <zlib.h>

optcert_dataset unit_small_data(size_t samples, size_t train)
{
    static float pixels[UNIT_SMALL_SAMPLES * UNIT_SMALL_PIXELS];
    static uint8_t labels[UNIT_SMALL_SAMPLES];
    for (size_t i = 0; i < samples; i++) {
        labels[i] = (uint8_t)(i % 10);
        for (size_t j = 0; j < UNIT_SMALL_PIXELS; j++) {
            pixels[i * UNIT_SMALL_PIXELS + j] = (float)((i % 10 + j) % 7) / 7;
        }
    }
    return (optcert_dataset){
        .samples = samples, .train = train, .context = 1, .input = UNIT_SMALL_PIXELS, .classes = 10, .x = pixels, .label = labels};
}

void unit_write_digits(const char *path, int rows, const char *last)
{
    gzFile file = gzopen(path, "wb1");
    for (int row = 0; row < rows; row++) {
        const bool other = row == rows - 1 && last != NULL;
        if (other) {
            gzputs(file, last);
        }
        for (int p = 0; p < UNIT_SMALL_PIXELS && !other; p++) {
            gzprintf(file, "%d,", (row + p) % 17);
        }
        gzprintf(file, "%d\n", row % 10);
    }
    gzclose(file);
}
