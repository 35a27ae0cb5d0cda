/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/slots.h"

#include "index/glass/format.h"

static bool has(const struct glass_values *values, uint32_t document)
{
    return document / 8 < values->has.length &&
           values->has.data[document / 8] >> document % 8 & 1;
}

/* Append to TAG which of VALUES the DOCUMENT has. */
static void append_slots(struct buffer *tag, const struct glass_values *values,
                         size_t n_slots, uint32_t document)
{
    size_t next = 0;

    for (size_t slot = 0; slot < n_slots; slot++)
        if (has(&values[slot], document)) {
            buffer_append_varint(tag, slot - next);
            next = slot + 1;
        }
}

static enum status add_document(struct glass_table *table,
                                const struct glass_values *values,
                                size_t n_slots, uint32_t document,
                                struct buffer *item, struct failure *failure)
{
    struct bytes key, tag;

    buffer_clear(item);
    glass_append_sortable(item, document);
    /* It would come behind the terms of the document. */
    buffer_append_byte(item, '\0');
    key.length = item->length;
    append_slots(item, values, n_slots, document);
    if (item->failed)
        return fail_memory(failure);
    if (item->length == key.length)
        return STATUS_OK;
    key.data = item->data;
    tag = (struct bytes){item->data + key.length, item->length - key.length};
    return glass_table_add(table, key, tag, false, failure);
}

enum status glass_slots_write(const char *folder,
                              const struct glass_values *values, size_t n_slots,
                              struct glass_root *root, struct failure *failure)
{
    struct buffer item = BUFFER_EMPTY;
    struct glass_table *table = NULL;
    enum status status =
        glass_table_new(folder, GLASS_TERMLIST, &table, failure);
    uint32_t last = 0;

    for (size_t slot = 0; slot < n_slots; slot++)
        if (values[slot].last_document > last)
            last = values[slot].last_document;
    for (uint32_t i = 0; status == STATUS_OK && i < last; i++)
        status = add_document(table, values, n_slots, i + 1, &item, failure);
    if (status == STATUS_OK)
        status = glass_table_finish(table, root, failure);
    glass_table_free(table);
    buffer_release(&item);
    return status;
}
