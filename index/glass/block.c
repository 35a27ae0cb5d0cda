/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/block.h"

#include "index/glass/format.h"

bool glass_block_read(const struct verified *table, uint32_t number,
                      unsigned level, struct glass_block *block)
{
    uint64_t at = (uint64_t)number * GLASS_BLOCK_SIZE;
    const unsigned char *bytes;
    unsigned end;

    if (!verified_has(table, at, GLASS_BLOCK_SIZE))
        return false;
    bytes = (const unsigned char *)table->file.data + at;
    end = glass_get16(bytes + GLASS_DIRECTORY_END_AT);
    if (bytes[GLASS_LEVEL_AT] != level ||
        end < GLASS_HEADER_SIZE + GLASS_ENTRY_SIZE || end > GLASS_BLOCK_SIZE)
        return false;
    *block = (struct glass_block){bytes,
                                  (end - GLASS_HEADER_SIZE) / GLASS_ENTRY_SIZE};
    return true;
}

/* Where item number I begins. */
static unsigned item_at(const struct glass_block *block, unsigned i)
{
    return glass_get16(block->bytes + GLASS_HEADER_SIZE + i * GLASS_ENTRY_SIZE);
}

bool glass_piece_read(const unsigned char *bytes, unsigned start,
                      struct glass_piece *piece)
{
    const unsigned char *item = bytes + start;
    size_t size, head;
    unsigned flags;

    if (start + GLASS_ITEM_MIN > GLASS_BLOCK_SIZE)
        return false;
    flags = glass_get16(item);
    size = (flags & GLASS_ITEM_SIZE_MASK) + GLASS_ITEM_MIN;
    head = GLASS_ITEM_MIN + item[2];
    piece->first = flags & GLASS_ITEM_FIRST;
    piece->last = flags & GLASS_ITEM_LAST;
    piece->compressed = flags & GLASS_ITEM_COMPRESSED;
    piece->key = (struct bytes){(const char *)item + GLASS_ITEM_MIN, item[2]};
    piece->component = 1;
    if (!piece->first)
        head += GLASS_COMPONENT_SIZE;
    if (head > size || start + size > GLASS_BLOCK_SIZE)
        return false;
    if (!piece->first)
        piece->component = glass_get16(item + head - GLASS_COMPONENT_SIZE);
    piece->part = (struct bytes){(const char *)item + head, size - head};
    return true;
}

bool glass_piece_of(const struct glass_block *leaf, unsigned i,
                    struct glass_piece *piece)
{
    return glass_piece_read(leaf->bytes, item_at(leaf, i), piece);
}

bool glass_child_of(const struct glass_block *branch, unsigned i,
                    struct glass_child *child)
{
    unsigned start = item_at(branch, i);
    const unsigned char *item = branch->bytes + start;
    unsigned head = GLASS_CHILD_SIZE + GLASS_KEY_LENGTH_SIZE;

    if (start + head > GLASS_BLOCK_SIZE ||
        start + head + item[GLASS_CHILD_SIZE] + GLASS_COMPONENT_SIZE >
            GLASS_BLOCK_SIZE)
        return false;
    child->block = glass_get32(item);
    child->key =
        (struct bytes){(const char *)item + head, item[GLASS_CHILD_SIZE]};
    child->component = glass_get16(item + head + child->key.length);
    return true;
}

bool glass_child_find(const struct glass_block *branch, struct bytes key,
                      unsigned component, unsigned *i)
{
    unsigned low = 0, high = branch->n_items;

    while (low + 1 < high) {
        unsigned middle = low + (high - low) / 2;
        struct glass_child child;

        if (!glass_child_of(branch, middle, &child))
            return false;
        if (glass_compare(child.key, child.component, key, component) <= 0)
            low = middle;
        else
            high = middle;
    }
    *i = low;
    return true;
}
