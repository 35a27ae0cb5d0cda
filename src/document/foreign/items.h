/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Blocks that a composer keeps for later, and the tables made of them. */
#ifndef DOCUMENT_FOREIGN_ITEMS_H
#define DOCUMENT_FOREIGN_ITEMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "src/document/block.h"

struct item {
    enum block_role role;
    unsigned level;
    size_t number, number_length; /* in .data of the items */
    size_t text, text_length;
    size_t row, cell; /* of a table, from 0 */
};

struct items {
    struct buffer data;
    struct item *items;
    size_t n, capacity;
};

void items_release(struct items *items);

/* Forget the items, keep the memory. */
void items_clear(struct items *items);

/* Append a copy of BLOCK, which stands in cell CELL of row ROW; false if memory
 * is short. */
bool items_add(struct items *items, const struct block *block, size_t row,
               size_t cell);

/* The item I as a block, borrowed until the next change of ITEMS. */
struct block items_block(const struct items *items, size_t i);

/* Takes a block, borrowed for the call. */
struct item_receiver {
    enum status (*put)(void *context, const struct block *block,
                       struct failure *failure);
    void *context;
};

/* Give the rows of TABLE, or, if it is one for the layout, its paragraphs.
 * STATUS_MEMORY, or what RECEIVER returned. */
enum status items_give_table(const struct items *table,
                             const struct item_receiver *receiver,
                             struct failure *failure);

#endif
