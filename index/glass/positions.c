/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/positions.h"

/* Bits on their way into a buffer, the lowest of a byte first. */
struct bits {
    struct buffer *buffer;
    uint64_t pending;
    unsigned n_pending; /* less than 8 between two numbers */
};

static void put_bits(struct bits *bits, uint64_t number, unsigned n_bits)
{
    bits->pending |= number << bits->n_pending;
    for (bits->n_pending += n_bits; bits->n_pending >= 8;
         bits->n_pending -= 8) {
        buffer_append_byte(bits->buffer, (char)bits->pending);
        bits->pending >>= 8;
    }
}

/* NUMBER, one of 0 to RANGE - 1, in as few bits as tell them apart. Where RANGE
 * is no power of two, those in the middle take one bit less. */
static void put_number(struct bits *bits, uint64_t number, uint64_t range)
{
    unsigned n_bits = range > 1 ? 64 - (unsigned)__builtin_clzll(range - 1) : 0;
    uint64_t spare = (UINT64_C(1) << n_bits) - range;
    uint64_t middle = (range - spare) / 2;

    if (spare && number >= middle + spare)
        number = (number - middle - spare) | UINT64_C(1) << (n_bits - 1);
    else if (spare && number >= middle)
        n_bits--;
    put_bits(bits, number, n_bits);
}

/* Those between the first and the last, which are known: the one in the middle,
 * then either half in the same way. As deep as N has bits. */
static void put_between(struct bits *bits, const uint32_t *positions, size_t n)
{
    while (n > 2) {
        size_t middle = (n - 1) / 2;
        /* There must be room for all others on both sides of it. */
        uint64_t lowest = (uint64_t)positions[0] + middle;
        uint64_t range =
            (uint64_t)positions[n - 1] - positions[0] - (n - 1) + 1;

        put_number(bits, positions[middle] - lowest, range);
        put_between(bits, positions, middle + 1);
        positions += middle;
        n -= middle;
    }
}

void glass_positions_encode(const uint32_t *positions, size_t n_positions,
                            struct buffer *buffer)
{
    struct bits bits = {buffer, 0, 0};
    uint32_t first = positions[0], last = positions[n_positions - 1];

    buffer_append_varint(buffer, last);
    if (n_positions == 1)
        return;
    put_number(&bits, first, last);
    put_number(&bits, n_positions - 2, last - first);
    put_between(&bits, positions, n_positions);
    if (bits.n_pending)
        buffer_append_byte(buffer, (char)bits.pending);
}
