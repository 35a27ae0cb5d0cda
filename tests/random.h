/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers without an order, the same in every run: xorshift64 of Marsaglia,
 * "Xorshift RNGs", Journal of Statistical Software 8 (2003). */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <stdint.h>

static inline uint32_t random_number(uint32_t below)
{
    static uint64_t state = UINT64_C(88172645463325252);

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 16) % below);
}

#endif
