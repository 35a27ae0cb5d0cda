/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_tables.h"

#include "index/disk.h"
#include "index/glass/format.h"
#include "index/glass/slots.h"

enum status segment_tables_begin(struct segment_tables *tables,
                                 const char *path, struct failure *failure)
{
    enum status status = disk_make_folders(path, failure);

    *tables = (struct segment_tables){.path = path};
    if (status == STATUS_OK)
        status =
            glass_table_new(path, GLASS_DOCDATA, &tables->docdata, failure);
    return status;
}

void segment_tables_release(struct segment_tables *tables)
{
    glass_table_free(tables->docdata);
    for (unsigned i = 0; i < SCHEMA_N_VALUES; i++)
        glass_values_release(&tables->values[i]);
    buffer_release(&tables->key);
    *tables = (struct segment_tables){.path = NULL};
}

enum status segment_tables_value(struct segment_tables *tables,
                                 uint32_t document, enum schema_value slot,
                                 struct bytes value, struct failure *failure)
{
    if (value.length)
        glass_values_add(&tables->values[slot], document, value);
    return tables->values[slot].body.failed ? fail_memory(failure) : STATUS_OK;
}

/* Add an item with the key that was made. */
static enum status add_item(struct segment_tables *tables,
                            struct glass_table *table, struct bytes tag,
                            bool deflated, struct failure *failure)
{
    return tables->key.failed
               ? fail_memory(failure)
               : glass_table_add(table, buffer_bytes(&tables->key), tag,
                                 deflated, failure);
}

enum status segment_tables_block(struct segment_tables *tables, uint32_t first,
                                 uint32_t n, struct bytes block, bool deflated,
                                 struct failure *failure)
{
    struct buffer *key = &tables->key;
    enum status status;

    buffer_clear(key);
    glass_append_sortable(key, first);
    status = add_item(tables, tables->docdata, block, deflated, failure);
    /* The others say how many are before them in it. */
    for (uint32_t i = 1; status == STATUS_OK && i < n; i++) {
        buffer_clear(key);
        buffer_append_varint(key, i);
        status = key->failed
                     ? fail_memory(failure)
                     : segment_tables_value(tables, first + i, VALUE_BLOCK,
                                            buffer_bytes(key), failure);
    }
    return status;
}

enum status segment_tables_blocks(struct segment_tables *tables,
                                  uint32_t *first,
                                  const struct record_blocks *blocks,
                                  struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t start = 0;

    for (size_t i = 0; status == STATUS_OK && i < blocks->n; i++) {
        const struct record_block *block = &blocks->items[i];
        struct bytes bytes = {blocks->bytes.data + start, block->end - start};

        status = segment_tables_block(tables, *first, block->n, bytes,
                                      block->deflated, failure);
        *first += block->n;
        start = block->end;
    }
    return status;
}

enum status segment_tables_fact(struct segment_tables *tables,
                                struct glass_table *postlist, struct bytes name,
                                struct bytes value, struct failure *failure)
{
    struct bytes prefix = GLASS_KEY_METADATA;

    buffer_clear(&tables->key);
    buffer_append(&tables->key, prefix.data, prefix.length);
    buffer_append(&tables->key, name.data, name.length);
    return add_item(tables, postlist, value, false, failure);
}

enum status segment_tables_values(struct segment_tables *tables,
                                  struct glass_table *postlist,
                                  struct failure *failure)
{
    enum status status = STATUS_OK;

    for (unsigned i = 0; status == STATUS_OK && i < SCHEMA_N_VALUES; i++)
        status = glass_values_write_statistics(&tables->values[i], i, postlist,
                                               failure);
    for (unsigned i = 0; status == STATUS_OK && i < SCHEMA_N_VALUES; i++)
        status = glass_values_write(&tables->values[i], i, postlist, failure);
    return status;
}

enum status segment_tables_finish(struct segment_tables *tables,
                                  struct failure *failure)
{
    enum status status = glass_table_finish(
        tables->docdata, &tables->roots[GLASS_DOCDATA], failure);

    /* Without a forward index the segment is portable. */
    if (status == STATUS_OK && tables->forward_hash == 0)
        status =
            glass_slots_write(tables->path, tables->values, SCHEMA_N_VALUES,
                              &tables->roots[GLASS_TERMLIST], failure);
    /* The version file says that the tables are whole, so they must be. */
    if (status == STATUS_OK)
        status = disk_sync_folder(tables->path, failure);
    if (status == STATUS_OK)
        status = glass_version_write(tables->path, tables->roots,
                                     &tables->statistics, tables->forward_hash,
                                     failure);
    return status;
}
