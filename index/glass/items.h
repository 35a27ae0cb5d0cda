/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Items on their way into a table: any thread can make them, and the one that
 * has the table adds them to it. */
#ifndef INDEX_GLASS_ITEMS_H
#define INDEX_GLASS_ITEMS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/table.h"

struct glass_item {
    uint32_t key_length, tag_length;
};

/* All zeros is empty. */
struct glass_items {
    struct buffer bytes; /* of each item its key and its tag */
    struct glass_item *items;
    size_t n, capacity;
};

/* Append an item. Being out of memory is told at the end. */
void glass_items_add(struct glass_items *items, struct bytes key,
                     struct bytes tag);

/* Add all to TABLE, none of them compressed. IO, LIMIT, MEMORY. */
enum status glass_items_write(const struct glass_items *items,
                              struct glass_table *table,
                              struct failure *failure);

/* Forget all items, keep the memory. */
void glass_items_clear(struct glass_items *items);
void glass_items_release(struct glass_items *items);

#endif
