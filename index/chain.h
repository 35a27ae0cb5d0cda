/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row of numbers that grows in an arena, as LEB128 in blocks: appended by the
 * run, read from its start. A number never lies in two blocks. */
#ifndef INDEX_CHAIN_H
#define INDEX_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct chain {
    struct chain_block *first, *last;
    unsigned char *at, *end; /* what is left of the last; kept here, since each
                                look at a block costs a miss of the cache */
};

#define CHAIN_EMPTY ((struct chain){.first = NULL})

/* Append LENGTH bytes, which are whole numbers. False if memory is short. */
bool chain_append(struct arena *arena, struct chain *chain,
                  const unsigned char *bytes, size_t length);

/* Append NUMBER. */
bool chain_append_number(struct arena *arena, struct chain *chain,
                         uint64_t number);

/* The place of a reader. */
struct chain_cursor {
    const struct chain *chain;
    const struct chain_block *block;
    const unsigned char *at, *end; /* what is left of the block */
};

void chain_cursor_init(struct chain_cursor *cursor, const struct chain *chain);

/* Go on to the next block; false at the end. */
bool chain_cursor_enter(struct chain_cursor *cursor);

/* Read the next number, which must be there. */
static inline uint64_t chain_cursor_next(struct chain_cursor *cursor)
{
    const unsigned char *at;
    uint64_t number;

    if (cursor->at == cursor->end && !chain_cursor_enter(cursor))
        return 0;
    at = cursor->at;
    number = *at & 0x7F;
    for (unsigned shift = 7; *at++ & 0x80; shift += 7)
        number |= (uint64_t)(*at & 0x7F) << shift;
    cursor->at = at;
    return number;
}

#endif
