/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/chain.h"

#include <string.h>

struct chain_block {
    struct chain_block *next;
    uint32_t used; /* bytes, of one that is not the last */
    uint32_t size;
    unsigned char data[];
};

enum {
    NUMBER_MAX = 10, /* bytes of a number */

    /* Most words are rare, and a few make up most of the text: blocks grow by
     * half, so that a third of them is empty at worst. */
    BLOCK_FIRST = 16,
    BLOCK_MAX = 4096,
};

static bool add_block(struct arena *arena, struct chain *chain)
{
    uint32_t size = BLOCK_FIRST;
    struct chain_block *block;

    if (chain->last) {
        size = chain->last->size;
        size = (size + size / 2 + BLOCK_FIRST - 1) / BLOCK_FIRST * BLOCK_FIRST;
        if (size > BLOCK_MAX)
            size = BLOCK_MAX;
    }
    block = arena_allocate(arena, sizeof *block + size);
    if (!block)
        return false;
    *block = (struct chain_block){.next = NULL, .size = size};
    if (chain->last) {
        chain->last->next = block;
        chain->last->used = (uint32_t)(chain->at - chain->last->data);
    } else {
        chain->first = block;
    }
    chain->last = block;
    chain->at = block->data;
    chain->end = block->data + size;
    return true;
}

bool chain_append(struct arena *arena, struct chain *chain,
                  const unsigned char *bytes, size_t length)
{
    while (length > 0) {
        size_t fits = (size_t)(chain->end - chain->at);

        if (fits > length)
            fits = length;
        while (fits > 0 && bytes[fits - 1] & 0x80)
            fits--;
        if (fits == 0) {
            if (!add_block(arena, chain))
                return false;
            continue;
        }
        memcpy(chain->at, bytes, fits);
        chain->at += fits;
        bytes += fits;
        length -= fits;
    }
    return true;
}

bool chain_append_number(struct arena *arena, struct chain *chain,
                         uint64_t number)
{
    unsigned char bytes[NUMBER_MAX];
    size_t length = 0;

    for (; number >= 0x80; number >>= 7)
        bytes[length++] = (unsigned char)(number | 0x80);
    bytes[length++] = (unsigned char)number;
    return chain_append(arena, chain, bytes, length);
}

static void stand(struct chain_cursor *cursor, const struct chain_block *block)
{
    cursor->block = block;
    cursor->at = block->data;
    cursor->end = block == cursor->chain->last ? cursor->chain->at
                                               : block->data + block->used;
    __builtin_prefetch(block->next);
}

void chain_cursor_init(struct chain_cursor *cursor, const struct chain *chain)
{
    *cursor = (struct chain_cursor){.chain = chain};
    if (chain->first)
        stand(cursor, chain->first);
}

bool chain_cursor_enter(struct chain_cursor *cursor)
{
    if (!cursor->block || !cursor->block->next)
        return false;
    stand(cursor, cursor->block->next);
    return cursor->at < cursor->end;
}
