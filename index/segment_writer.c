/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "index/disk.h"
#include "index/glass/format.h"
#include "index/glass/table.h"
#include "index/glass/values.h"
#include "index/glass/version.h"
#include "index/inverter.h"
#include "index/record_block.h"

enum {
    /* Glass takes records of about 120 MiB. */
    RECORD_MAX_BYTES = 64 << 20,

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
    struct record_blocks *blocks; /* for docdata */
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
        status = glass_table_new(path, "docdata", &new->docdata, failure);
    if (status == STATUS_OK)
        status = record_blocks_new(new->docdata, &new->blocks, failure);
    if (status != STATUS_OK) {
        segment_writer_free(new);
        return status;
    }
    *segment = new;
    return STATUS_OK;
}

/* Put RECORD into a block, and say in which. */
static enum status add_record(struct segment_writer *segment,
                              struct bytes record, struct failure *failure)
{
    uint32_t document = inverter_document(segment->inverter), before;
    enum status status =
        record_blocks_add(segment->blocks, document, record, &before, failure);

    if (status != STATUS_OK || before == 0)
        return status;
    buffer_clear(&segment->key);
    buffer_append_varint(&segment->key, before);
    if (segment->key.failed)
        return fail_memory(failure);
    glass_values_add(&segment->values[VALUE_BLOCK], document,
                     buffer_bytes(&segment->key));
    return STATUS_OK;
}

enum status segment_writer_begin(struct segment_writer *segment,
                                 struct bytes record, struct bytes language,
                                 struct failure *failure)
{
    enum status status;

    if (record.length > RECORD_MAX_BYTES)
        return fail(failure, STATUS_LIMIT,
                    "a paragraph of %zu bytes is longer than an index can hold",
                    record.length);
    status = inverter_begin(segment->inverter, language, failure);
    return status == STATUS_OK ? add_record(segment, record, failure) : status;
}

enum status segment_writer_word(struct segment_writer *segment,
                                struct bytes word, uint32_t position,
                                bool counts, struct failure *failure)
{
    return inverter_add_word(segment->inverter, word, position, counts,
                             failure);
}

enum status segment_writer_term(struct segment_writer *segment,
                                struct bytes term, uint32_t wdf,
                                struct failure *failure)
{
    return inverter_add_term(segment->inverter, term, wdf, failure);
}

enum status segment_writer_beside(struct segment_writer *segment,
                                  struct bytes term, struct failure *failure)
{
    return inverter_add_beside(segment->inverter, term, failure);
}

enum status segment_writer_value(struct segment_writer *segment,
                                 enum schema_value slot, struct bytes value,
                                 struct failure *failure)
{
    (void)failure;
    if (value.length)
        glass_values_add(&segment->values[slot],
                         inverter_document(segment->inverter), value);
    return STATUS_OK;
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
        glass_table_new(segment->path, "postlist", &postlist, failure);

    if (status == STATUS_OK && !segment->forward)
        status = glass_table_new(segment->path, "position", &position, failure);
    if (status == STATUS_OK)
        status = write_facts(segment, postlist, failure);
    if (status == STATUS_OK)
        status = write_values(segment, postlist, failure);
    if (status == STATUS_OK)
        status = inverter_write(segment->inverter, postlist, position,
                                statistics, failure);
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
    enum status status = record_blocks_finish(segment->blocks, failure);

    if (status == STATUS_OK)
        status = glass_table_finish(segment->docdata, &roots[GLASS_DOCDATA],
                                    failure);
    if (status == STATUS_OK)
        status = write_tables(segment, roots, &statistics, failure);
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
    record_blocks_free(segment->blocks);
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
