/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "small_data.h"

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
