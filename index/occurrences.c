/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/occurrences.h"

#include <string.h>

#include "base/buffer.h"

struct occurrence_block {
    struct occurrence_block *next;
    uint32_t used; /* bytes, of one that is not the last */
    uint32_t size;
    unsigned char data[];
};

enum {
    NEW_BIT = 1,
    KIND_SHIFT = 1,
    NUMBER_SHIFT = 3,
    OCCURRENCE_MAX = 6 + 5, /* bytes: 35 bits, 32 bits */

    /* Most words are rare, and a few make up most of the text: blocks grow by
     * half, so that a third of them is empty at worst. */
    BLOCK_FIRST = 16,
    BLOCK_MAX = 4096,
};

static unsigned char *put(unsigned char *to, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *to++ = (unsigned char)(number | 0x80);
    *to++ = (unsigned char)number;
    return to;
}

static const unsigned char *get(const unsigned char *from, uint64_t *number)
{
    uint64_t value = *from & 0x7F;

    for (unsigned shift = 7; *from++ & 0x80; shift += 7)
        value |= (uint64_t)(*from & 0x7F) << shift;
    *number = value;
    return from;
}

static bool add_block(struct arena *arena, struct occurrences *occurrences)
{
    uint32_t size = BLOCK_FIRST;
    struct occurrence_block *block;

    if (occurrences->last) {
        size = occurrences->last->size;
        size = (size + size / 2 + BLOCK_FIRST - 1) / BLOCK_FIRST * BLOCK_FIRST;
        if (size > BLOCK_MAX)
            size = BLOCK_MAX;
    }
    block = arena_allocate(arena, sizeof *block + size);
    if (!block)
        return false;
    *block = (struct occurrence_block){.next = NULL, .size = size};
    if (occurrences->last) {
        occurrences->last->next = block;
        occurrences->last->used =
            (uint32_t)(occurrences->at - occurrences->last->data);
    } else {
        occurrences->first = block;
    }
    occurrences->last = block;
    occurrences->at = block->data;
    occurrences->end = block->data + size;
    return true;
}

bool occurrences_append(struct arena *arena, struct occurrences *occurrences,
                        uint32_t document, enum occurrence_kind kind,
                        uint32_t number)
{
    bool is_new = document != occurrences->document;
    unsigned char bytes[OCCURRENCE_MAX], *end = bytes;
    size_t length;

    if (is_new)
        occurrences->position = 0;
    if (kind != OCCURRENCE_TERM) {
        uint32_t position = number;

        number -= occurrences->position; /* modulo 2^32, if it falls */
        occurrences->position = position;
    }
    end = put(end, (uint64_t)number << NUMBER_SHIFT |
                       (uint64_t)kind << KIND_SHIFT | (is_new ? NEW_BIT : 0));
    if (is_new)
        end = put(end, document - occurrences->document);
    length = (size_t)(end - bytes);
    if ((size_t)(occurrences->end - occurrences->at) < length &&
        !add_block(arena, occurrences))
        return false;
    memcpy(occurrences->at, bytes, length);
    occurrences->at += length;
    occurrences->document = document;
    return true;
}

static void enter(struct occurrence_cursor *cursor,
                  const struct occurrence_block *block)
{
    cursor->block = block;
    if (!block)
        return;
    cursor->at = block->data;
    cursor->end = block == cursor->occurrences->last
                      ? cursor->occurrences->at
                      : block->data + block->used;
    __builtin_prefetch(block->next);
}

/* Read the next number, if there is one and it was not read. */
static bool peek(struct occurrence_cursor *cursor)
{
    if (cursor->has_head)
        return true;
    while (cursor->at == cursor->end) {
        if (!cursor->block || !cursor->block->next)
            return false;
        enter(cursor, cursor->block->next);
    }
    cursor->at = get(cursor->at, &cursor->head);
    cursor->has_head = true;
    return true;
}

void occurrence_cursor_init(struct occurrence_cursor *cursor,
                            const struct occurrences *occurrences)
{
    *cursor = (struct occurrence_cursor){.occurrences = occurrences};
    enter(cursor, occurrences->first);
}

static void add_position(struct positions *positions, uint32_t position)
{
    if (positions->n == positions->capacity &&
        !array_grow(&positions->items, &positions->capacity, positions->n + 1,
                    sizeof *positions->items)) {
        positions->failed = true;
        return;
    }
    positions->items[positions->n++] = position;
}

bool occurrence_cursor_seek(struct occurrence_cursor *cursor)
{
    uint64_t number;

    if (!peek(cursor))
        return false;
    cursor->at = get(cursor->at, &number);
    cursor->document += (uint32_t)number;
    return true;
}

void occurrence_cursor_read(struct occurrence_cursor *cursor,
                            struct positions *positions)
{
    uint32_t position = 0;

    cursor->wdf = 0;
    cursor->n_positions = 0;
    do {
        unsigned kind = cursor->head >> KIND_SHIFT & 3;
        uint32_t value = (uint32_t)(cursor->head >> NUMBER_SHIFT);

        cursor->has_head = false;
        if (kind == OCCURRENCE_TERM) {
            cursor->wdf += value;
            continue;
        }
        cursor->wdf += kind == OCCURRENCE_WORD;
        cursor->n_positions++;
        position += value;
        if (positions)
            add_position(positions, position);
    } while (peek(cursor) && !(cursor->head & NEW_BIT));
}
