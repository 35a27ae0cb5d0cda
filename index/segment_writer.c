/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/disk.h"
#include "index/glass/format.h"
#include "index/glass/slots.h"
#include "index/glass/table.h"
#include "index/glass/values.h"
#include "index/glass/version.h"
#include "index/inverter.h"
#include "index/record_block.h"
#include "index/segment_part_parts.h"

enum {
    METADATA_MAX = 8, /* facts */
};

struct fact {
    char *key, *value; /* owned */
};

struct segment_writer {
    char *path;
    struct forward_writer *forward; /* NULL: positions go into their table */
    struct inverter *inverter;
    struct glass_table *docdata;
    size_t n_threads;
    struct glass_values values[SCHEMA_N_VALUES];
    struct fact facts[METADATA_MAX];
    size_t n_facts;
    struct buffer key; /* of an item, or a value */
};

enum status segment_writer_new(const char *path,
                               const struct segment_options *options,
                               struct segment_writer **segment,
                               struct failure *failure)
{
    struct segment_writer *new = calloc(1, sizeof *new);
    enum status status;

    *segment = NULL;
    if (!new)
        return fail_memory(failure);
    new->n_threads = options->n_threads;
    new->path = strdup(path);
    if (new->path)
        status = disk_make_folders(path, failure);
    else
        status = fail_memory(failure);
    if (status == STATUS_OK && !options->portable)
        status = forward_writer_new(path, &new->forward, failure);
    if (status == STATUS_OK)
        status = inverter_new(options->forms, options->forms_context,
                              new->forward, &new->inverter, failure);
    if (status == STATUS_OK)
        status = glass_table_new(path, GLASS_DOCDATA, &new->docdata, failure);
    if (status != STATUS_OK) {
        segment_writer_free(new);
        return status;
    }
    *segment = new;
    return STATUS_OK;
}

uint32_t segment_writer_n_paragraphs(const struct segment_writer *segment)
{
    return inverter_n_documents(segment->inverter);
}

enum status segment_writer_value(struct segment_writer *segment,
                                 uint32_t document, enum schema_value slot,
                                 struct bytes value, struct failure *failure)
{
    if (value.length)
        glass_values_add(&segment->values[slot], document, value);
    return segment->values[slot].body.failed ? fail_memory(failure) : STATUS_OK;
}

/* Put BLOCK, of which BYTES are the content, into the table as the data of the
 * paragraph FIRST, and say of the others in it where their records are. */
static enum status add_block(struct segment_writer *segment, uint32_t first,
                             const struct record_block *block,
                             struct bytes bytes, struct failure *failure)
{
    struct buffer *key = &segment->key;
    enum status status;

    buffer_clear(key);
    glass_append_sortable(key, first);
    status = key->failed ? fail_memory(failure)
                         : glass_table_add(segment->docdata, buffer_bytes(key),
                                           bytes, block->deflated, failure);
    for (uint32_t i = 1; status == STATUS_OK && i < block->n; i++) {
        buffer_clear(key);
        buffer_append_varint(key, i);
        status = segment_writer_value(segment, first + i, VALUE_BLOCK,
                                      buffer_bytes(key), failure);
    }
    return status;
}

/* Put the records of PART, whose paragraphs follow BEFORE others, into their
 * table. */
static enum status take_records(struct segment_writer *segment, uint32_t before,
                                const struct segment_part *part,
                                struct failure *failure)
{
    const struct record_blocks *blocks = &part->records;
    enum status status = STATUS_OK;
    size_t start = 0;

    for (size_t i = 0; status == STATUS_OK && i < blocks->n; i++) {
        const struct record_block *block = &blocks->items[i];
        struct bytes bytes = {blocks->bytes.data + start, block->end - start};

        status = add_block(segment, before + 1, block, bytes, failure);
        before += block->n;
        start = block->end;
    }
    return status;
}

static enum status take_values(struct segment_writer *segment, uint32_t before,
                               const struct segment_part *part,
                               struct failure *failure)
{
    const char *at = part->value_bytes.data;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < part->n_values; i++) {
        const struct part_value *value = &part->values[i];

        status = segment_writer_value(
            segment, before + value->document, (enum schema_value)value->slot,
            (struct bytes){at, value->length}, failure);
        at += value->length;
    }
    return status;
}

enum status segment_writer_take(struct segment_writer *segment,
                                struct segment_part *part,
                                struct failure *failure)
{
    uint32_t before = inverter_n_documents(segment->inverter);
    enum status status = segment_part_finish(part, failure);

    if (status == STATUS_OK)
        status = inverter_take(segment->inverter, part, failure);
    if (status == STATUS_OK)
        status = take_records(segment, before, part, failure);
    if (status == STATUS_OK)
        status = take_values(segment, before, part, failure);
    segment_part_clear(part);
    return status;
}

size_t segment_writer_size(const struct segment_writer *segment)
{
    size_t size = inverter_size(segment->inverter);

    for (size_t slot = 0; slot < SCHEMA_N_VALUES; slot++)
        size += segment->values[slot].body.capacity;
    return size;
}

enum status segment_writer_metadata(struct segment_writer *segment,
                                    const char *key, const char *value,
                                    struct failure *failure)
{
    struct fact *fact = &segment->facts[segment->n_facts];

    if (segment->n_facts == METADATA_MAX)
        return fail(failure, STATUS_LIMIT, "too many facts about a segment");
    fact->key = strdup(key);
    fact->value = strdup(value);
    segment->n_facts++;
    return fact->key && fact->value ? STATUS_OK : fail_memory(failure);
}

static int compare_facts(const void *a, const void *b)
{
    const struct fact *one = a, *other = b;

    return strcmp(one->key, other->key);
}

static enum status write_facts(struct segment_writer *segment,
                               struct glass_table *postlist,
                               struct failure *failure)
{
    struct bytes prefix = GLASS_KEY_METADATA;
    enum status status = STATUS_OK;

    qsort(segment->facts, segment->n_facts, sizeof *segment->facts,
          compare_facts);
    for (size_t i = 0; status == STATUS_OK && i < segment->n_facts; i++) {
        buffer_clear(&segment->key);
        buffer_append(&segment->key, prefix.data, prefix.length);
        buffer_append_string(&segment->key, segment->facts[i].key);
        status = segment->key.failed
                     ? fail_memory(failure)
                     : glass_table_add(postlist, buffer_bytes(&segment->key),
                                       bytes_of(segment->facts[i].value), false,
                                       failure);
    }
    return status;
}

static enum status write_values(struct segment_writer *segment,
                                struct glass_table *postlist,
                                struct failure *failure)
{
    enum status status = STATUS_OK;

    for (unsigned i = 0; status == STATUS_OK && i < SCHEMA_N_VALUES; i++)
        status = glass_values_write_statistics(&segment->values[i], i, postlist,
                                               failure);
    for (unsigned i = 0; status == STATUS_OK && i < SCHEMA_N_VALUES; i++)
        status = glass_values_write(&segment->values[i], i, postlist, failure);
    return status;
}

/* What is written when all is known. */
static enum status write_tables(struct segment_writer *segment,
                                struct glass_root roots[GLASS_N_TABLES],
                                struct glass_statistics *statistics,
                                struct failure *failure)
{
    struct glass_table *postlist = NULL, *position = NULL;
    enum status status =
        glass_table_new(segment->path, GLASS_POSTLIST, &postlist, failure);

    if (status == STATUS_OK && !segment->forward)
        status =
            glass_table_new(segment->path, GLASS_POSITION, &position, failure);
    if (status == STATUS_OK)
        status = write_facts(segment, postlist, failure);
    if (status == STATUS_OK)
        status = write_values(segment, postlist, failure);
    if (status == STATUS_OK)
        status = inverter_write(segment->inverter, segment->n_threads, postlist,
                                position, statistics, failure);
    if (status == STATUS_OK)
        status = glass_table_finish(postlist, &roots[GLASS_POSTLIST], failure);
    if (status == STATUS_OK && position)
        status = glass_table_finish(position, &roots[GLASS_POSITION], failure);
    glass_table_free(position);
    glass_table_free(postlist);
    return status;
}

enum status segment_writer_finish(struct segment_writer *segment,
                                  struct failure *failure)
{
    struct glass_root roots[GLASS_N_TABLES] = {{.root = 0}};
    struct glass_statistics statistics = {0};
    uint64_t hash = 0;
    enum status status =
        glass_table_finish(segment->docdata, &roots[GLASS_DOCDATA], failure);

    if (status == STATUS_OK)
        status = write_tables(segment, roots, &statistics, failure);
    if (status == STATUS_OK && !segment->forward)
        status =
            glass_slots_write(segment->path, segment->values, SCHEMA_N_VALUES,
                              &roots[GLASS_TERMLIST], failure);
    if (status == STATUS_OK && segment->forward)
        status = forward_writer_finish(segment->forward, &hash, failure);
    /* The version file says that the tables are whole, so they must be. */
    if (status == STATUS_OK)
        status = disk_sync_folder(segment->path, failure);
    if (status == STATUS_OK)
        status = glass_version_write(segment->path, roots, &statistics, hash,
                                     failure);
    return status;
}

void segment_writer_free(struct segment_writer *segment)
{
    if (!segment)
        return;
    glass_table_free(segment->docdata);
    inverter_free(segment->inverter);
    forward_writer_free(segment->forward);
    for (size_t slot = 0; slot < SCHEMA_N_VALUES; slot++)
        glass_values_release(&segment->values[slot]);
    for (size_t i = 0; i < segment->n_facts; i++) {
        free(segment->facts[i].key);
        free(segment->facts[i].value);
    }
    buffer_release(&segment->key);
    free(segment->path);
    free(segment);
}
