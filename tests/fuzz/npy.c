/* SPDX-License-Identifier: GPL-3.0-or-later
 * NumPy's array files. */
#include "fuzz.h"

#include "npy.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    optcert_npy array = {0};
    char why[OPTCERT_NPY_REASON] = "";
    if (optcert_npy_parse(bytes, size, &array, why)) {
        double sum = 0;
        for (size_t i = 0; i < array.rows * array.columns; i++) {
            sum += array.value[i];
        }
        fuzz_must(sum == sum || sum != sum, "every value can be read");
        free(array.value);
    } else {
        fuzz_must(why[0] != '\0' && array.value == NULL, "a refusal has a reason and leaves nothing");
    }
    return 0;
}
