/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counter-based choices (Philox 2x64, Salmon et al. 2011, by Random123). */
#include "shuffle.h"

#include <Random123/philox.h>

uint32_t optcert_pick(uint64_t seed, uint64_t stream, uint64_t position, uint32_t n)
{
    const philox2x64_ctr_t counter = {{position, stream}};
    const philox2x64_key_t key = {{seed}};
    const uint64_t bits = philox2x64(counter, key).v[0];
    __extension__ typedef unsigned __int128 wide;
    return (uint32_t)(((wide)bits * n) >> 64);
}

void optcert_shuffle(uint64_t seed, uint64_t stream, size_t n, uint32_t *order)
{
    for (size_t i = 0; i < n; i++) {
        const uint32_t j = optcert_pick(seed, stream, i, (uint32_t)(i + 1));
        order[i] = order[j];
        order[j] = (uint32_t)i;
    }
}
