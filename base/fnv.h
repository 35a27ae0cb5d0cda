/* SPDX-License-Identifier: GPL-2.0-or-later */
/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. For what is
 * short, or is hashed byte by byte as it is seen. */
#ifndef BASE_FNV_H
#define BASE_FNV_H

#include <stdint.h>

#include "base/bytes.h"

/* The hash of nothing, to begin with. */
#define FNV_START UINT64_C(0xCBF29CE484222325)

static inline uint64_t fnv_byte(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001B3);
}

static inline uint64_t fnv_bytes(uint64_t hash, struct bytes text)
{
    for (size_t i = 0; i < text.length; i++)
        hash = fnv_byte(hash, (unsigned char)text.data[i]);
    return hash;
}

#endif
