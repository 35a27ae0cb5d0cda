/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/items.h"

#include <stdlib.h>

void glass_items_add(struct glass_items *items, struct bytes key,
                     struct bytes tag)
{
    if (!array_grow(&items->items, &items->capacity, items->n + 1,
                    sizeof *items->items)) {
        items->bytes.failed = true;
        return;
    }
    items->items[items->n++] =
        (struct glass_item){(uint32_t)key.length, (uint32_t)tag.length};
    buffer_append(&items->bytes, key.data, key.length);
    buffer_append(&items->bytes, tag.data, tag.length);
}

enum status glass_items_write(const struct glass_items *items,
                              struct glass_table *table,
                              struct failure *failure)
{
    const char *at = items->bytes.data;
    enum status status = items->bytes.failed ? fail_memory(failure) : STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < items->n; i++) {
        const struct glass_item *item = &items->items[i];
        struct bytes key = {at, item->key_length};
        struct bytes tag = {at + item->key_length, item->tag_length};

        status = glass_table_add(table, key, tag, false, failure);
        at += item->key_length + item->tag_length;
    }
    return status;
}

void glass_items_clear(struct glass_items *items)
{
    buffer_clear(&items->bytes);
    items->n = 0;
}

void glass_items_release(struct glass_items *items)
{
    buffer_release(&items->bytes);
    free(items->items);
    *items = (struct glass_items){.items = NULL};
}
