/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/glass/values.h"

#include "index/glass/format.h"

#include <assert.h>
#include <stdlib.h>

/* At so many bytes an item's tag is full. */
enum { CHUNK_SIZE = 2000 };

struct glass_value_chunk {
    size_t start; /* in the body */
    uint32_t first;
};

static void assign(struct buffer *buffer, struct bytes content)
{
    buffer_clear(buffer);
    buffer_append(buffer, content.data, content.length);
}

/* Widen the bounds to hold VALUE. */
static void widen(struct glass_values *values, struct bytes value)
{
    if (values->n_values == 0 ||
        bytes_compare(value, buffer_bytes(&values->lowest)) < 0)
        assign(&values->lowest, value);
    if (values->n_values == 0 ||
        bytes_compare(value, buffer_bytes(&values->highest)) > 0)
        assign(&values->highest, value);
    if (values->lowest.failed || values->highest.failed)
        values->body.failed = true;
}

static void begin_chunk(struct glass_values *values, uint32_t document)
{
    if (!array_grow(&values->chunks, &values->capacity, values->n_chunks + 1,
                    sizeof *values->chunks)) {
        values->body.failed = true;
        return;
    }
    values->chunks[values->n_chunks++] =
        (struct glass_value_chunk){values->body.length, document};
}

void glass_values_add(struct glass_values *values, uint32_t document,
                      struct bytes value)
{
    if (values->body.failed)
        return;
    assert(value.length > 0 && document > values->last_document);
    widen(values, value);
    if (values->n_chunks == 0 ||
        values->body.length - values->chunks[values->n_chunks - 1].start >=
            CHUNK_SIZE)
        begin_chunk(values, document);
    else
        buffer_append_varint(&values->body,
                             document - values->last_document - 1);
    buffer_append_varint(&values->body, value.length);
    buffer_append(&values->body, value.data, value.length);
    while (values->has.length <= document / 8 && !values->has.failed)
        buffer_append_byte(&values->has, 0);
    if (values->has.failed) {
        values->body.failed = true;
        return;
    }
    values->has.data[document / 8] |= (char)(1 << document % 8);
    values->last_document = document;
    values->n_values++;
}

static enum status add_item(struct glass_table *table, const struct buffer *key,
                            const struct buffer *tag, struct failure *failure)
{
    if (key->failed || tag->failed)
        return fail_memory(failure);
    return glass_table_add(table, buffer_bytes(key), buffer_bytes(tag), false,
                           failure);
}

enum status glass_values_write_statistics(const struct glass_values *values,
                                          unsigned slot,
                                          struct glass_table *table,
                                          struct failure *failure)
{
    struct bytes prefix = GLASS_KEY_VALUE_STATISTICS;
    struct bytes lowest = buffer_bytes(&values->lowest);
    struct bytes highest = buffer_bytes(&values->highest);
    struct buffer key = BUFFER_EMPTY, tag = BUFFER_EMPTY;
    enum status status;

    assert(slot <= GLASS_SLOT_MAX);
    if (values->body.failed)
        return fail_memory(failure);
    if (values->n_values == 0)
        return STATUS_OK;
    buffer_append(&key, prefix.data, prefix.length);
    /* The number without its leading zero bytes: none at all for slot 0. */
    if (slot > 0)
        buffer_append_byte(&key, (char)slot);
    buffer_append_varint(&tag, values->n_values);
    buffer_append_varint(&tag, lowest.length);
    buffer_append(&tag, lowest.data, lowest.length);
    if (!bytes_equal(lowest, highest))
        buffer_append(&tag, highest.data, highest.length);
    status = add_item(table, &key, &tag, failure);
    buffer_release(&key);
    buffer_release(&tag);
    return status;
}

enum status glass_values_write(const struct glass_values *values, unsigned slot,
                               struct glass_table *table,
                               struct failure *failure)
{
    struct bytes prefix = GLASS_KEY_VALUES;
    struct buffer key = BUFFER_EMPTY;
    enum status status = values->body.failed ? fail_memory(failure) : STATUS_OK;

    assert(slot <= GLASS_SLOT_MAX);
    for (size_t i = 0; status == STATUS_OK && i < values->n_chunks; i++) {
        size_t start = values->chunks[i].start;
        size_t end = i + 1 < values->n_chunks ? values->chunks[i + 1].start
                                              : values->body.length;
        struct bytes tag = {values->body.data + start, end - start};

        buffer_clear(&key);
        buffer_append(&key, prefix.data, prefix.length);
        buffer_append_byte(&key, (char)slot);
        glass_append_sortable(&key, values->chunks[i].first);
        status = key.failed ? fail_memory(failure)
                            : glass_table_add(table, buffer_bytes(&key), tag,
                                              false, failure);
    }
    buffer_release(&key);
    return status;
}

void glass_values_release(struct glass_values *values)
{
    buffer_release(&values->body);
    buffer_release(&values->has);
    buffer_release(&values->lowest);
    buffer_release(&values->highest);
    free(values->chunks);
    *values = GLASS_VALUES_EMPTY;
}
