/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/record_table.h"

#include "index/glass/list.h"
#include "index/record_block.h"
#include "index/schema.h"

#include <stdlib.h>

struct record_table {
    struct glass_tree *records;
    struct glass_cursor cursor; /* in it */
    struct buffer key, tag;
    const struct glass_tree *values;
    struct glass_value_list order, block;
};

enum { ORDER_SIZE = 8, ORDER_HALF = 4 }; /* bytes */

static uint32_t number_at(const char *bytes)
{
    uint32_t number = 0;

    for (size_t i = 0; i < ORDER_HALF; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

bool record_place_read(struct bytes order, struct bytes block,
                       struct record_place *place)
{
    const char *at = block.data;
    uint64_t before = 0;

    *place = (struct record_place){0};
    if (order.length < ORDER_SIZE)
        return false;
    if (block.length > 0 &&
        (!varint_read(&at, at + block.length, &before) || before > UINT32_MAX))
        return false;
    place->before = (uint32_t)before;
    place->document_number = number_at(order.data);
    place->ordinal = number_at(order.data + ORDER_HALF);
    return true;
}

enum status record_table_open(const char *folder, const struct glass_root *root,
                              const struct verified *file,
                              const struct glass_tree *values,
                              struct record_table **table,
                              struct failure *failure)
{
    struct record_table *new = calloc(1, sizeof *new);
    enum status status;

    *table = NULL;
    if (!new)
        return fail_memory(failure);
    status = glass_tree_open(folder, GLASS_DOCDATA, root, file, &new->records,
                             failure);
    if (status != STATUS_OK) {
        record_table_close(new);
        return status;
    }
    new->cursor.tree = new->records;
    new->values = values;
    new->order.cursor.tree = new->block.cursor.tree = values;
    new->order.slot = VALUE_ORDER;
    new->block.slot = VALUE_BLOCK;
    *table = new;
    return STATUS_OK;
}

void record_table_close(struct record_table *table)
{
    if (!table)
        return;
    glass_value_list_release(&table->order);
    glass_value_list_release(&table->block);
    buffer_release(&table->key);
    buffer_release(&table->tag);
    glass_tree_close(table->records);
    free(table);
}

/* The value of DOCUMENT in LIST, which may be behind it. */
static enum status find_value(const struct record_table *table,
                              struct glass_value_list *list, uint32_t document,
                              struct bytes *value, struct failure *failure)
{
    if (document < list->chunk.document)
        list->chunk = (struct glass_values_chunk){0};
    if (glass_value_list_find(list, document, value))
        return STATUS_OK;
    return glass_value_list_failed(list)
               ? fail_memory(failure)
               : glass_tree_fail(table->values, failure);
}

enum status record_table_place(struct record_table *table, uint32_t document,
                               struct record_place *place,
                               struct failure *failure)
{
    struct bytes order, block = {NULL, 0};
    enum status status =
        find_value(table, &table->order, document, &order, failure);

    *place = (struct record_place){0};
    if (status == STATUS_OK)
        status = find_value(table, &table->block, document, &block, failure);
    if (status == STATUS_OK && !record_place_read(order, block, place))
        status = glass_tree_fail(table->values, failure);
    return status;
}

/* Find what is stored of DOCUMENT. */
static bool find_tag(struct record_table *table, uint32_t document,
                     bool *deflated, struct bytes *tag)
{
    struct glass_piece piece;

    buffer_clear(&table->key);
    glass_append_sortable(&table->key, document);
    if (table->key.failed || glass_tree_empty(table->records) ||
        !glass_cursor_find(&table->cursor, buffer_bytes(&table->key), &piece) ||
        !bytes_equal(piece.key, buffer_bytes(&table->key)))
        return false;
    *deflated = piece.compressed;
    return glass_cursor_tag(&table->cursor, &piece, &table->tag, tag);
}

enum status record_table_data(struct record_table *table, uint32_t document,
                              struct buffer *data, struct failure *failure)
{
    struct bytes tag;
    bool deflated;
    enum status status = STATUS_OK;

    if (!find_tag(table, document, &deflated, &tag))
        return table->key.failed || table->tag.failed
                   ? fail_memory(failure)
                   : glass_tree_fail(table->records, failure);
    if (deflated)
        status = record_block_inflate(tag, data, failure);
    else
        buffer_append(data, tag.data, tag.length);
    if (status == STATUS_CORRUPT)
        return glass_tree_fail(table->records, failure);
    return data->failed ? fail_memory(failure) : status;
}
