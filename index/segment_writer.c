/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_writer.h"

#include "index/glass/table.h"
#include "index/inverter.h"
#include "index/segment_part_parts.h"
#include "index/segment_tables.h"

#include <stdlib.h>
#include <string.h>

enum {
    METADATA_MAX = 8, /* facts */
};

struct fact {
    char *key, *value; /* owned */
};

struct segment_writer {
    char *path;
    struct segment_tables tables;
    struct forward_writer *forward; /* NULL: positions go into their table */
    struct inverter *inverter;
    size_t n_threads;
    struct fact facts[METADATA_MAX];
    size_t n_facts;
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
    status = new->path ? segment_tables_begin(&new->tables, new->path, failure)
                       : fail_memory(failure);
    if (status == STATUS_OK && !options->portable)
        status = forward_writer_new(path, &new->forward, failure);
    if (status == STATUS_OK)
        status = inverter_new(options->forms, options->forms_context,
                              new->forward, &new->inverter, failure);
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
    return segment_tables_value(&segment->tables, document, slot, value,
                                failure);
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
    uint32_t first = before + 1;
    enum status status = segment_part_finish(part, failure);

    if (status == STATUS_OK)
        status = inverter_take(segment->inverter, part, failure);
    if (status == STATUS_OK)
        status = segment_tables_blocks(&segment->tables, &first, &part->records,
                                       failure);
    if (status == STATUS_OK)
        status = take_values(segment, before, part, failure);
    segment_part_clear(part);
    return status;
}

size_t segment_writer_size(const struct segment_writer *segment)
{
    size_t size = inverter_size(segment->inverter);

    for (size_t slot = 0; slot < SCHEMA_N_VALUES; slot++)
        size += segment->tables.values[slot].body.capacity;
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
    enum status status = STATUS_OK;

    qsort(segment->facts, segment->n_facts, sizeof *segment->facts,
          compare_facts);
    for (size_t i = 0; status == STATUS_OK && i < segment->n_facts; i++)
        status = segment_tables_fact(
            &segment->tables, postlist, bytes_of(segment->facts[i].key),
            bytes_of(segment->facts[i].value), failure);
    return status;
}

/* What is written when all is known. */
static enum status write_tables(struct segment_writer *segment,
                                struct failure *failure)
{
    struct segment_tables *tables = &segment->tables;
    struct glass_table *postlist = NULL, *position = NULL;
    enum status status =
        glass_table_new(segment->path, GLASS_POSTLIST, &postlist, failure);

    if (status == STATUS_OK && !segment->forward)
        status =
            glass_table_new(segment->path, GLASS_POSITION, &position, failure);
    if (status == STATUS_OK)
        status = write_facts(segment, postlist, failure);
    if (status == STATUS_OK)
        status = segment_tables_values(tables, postlist, failure);
    if (status == STATUS_OK)
        status = inverter_write(segment->inverter, segment->n_threads, postlist,
                                position, &tables->statistics, failure);
    if (status == STATUS_OK)
        status = glass_table_finish(postlist, &tables->roots[GLASS_POSTLIST],
                                    failure);
    if (status == STATUS_OK && position)
        status = glass_table_finish(position, &tables->roots[GLASS_POSITION],
                                    failure);
    glass_table_free(position);
    glass_table_free(postlist);
    return status;
}

enum status segment_writer_finish(struct segment_writer *segment,
                                  struct failure *failure)
{
    enum status status = write_tables(segment, failure);

    if (status == STATUS_OK && segment->forward)
        status = forward_writer_finish(segment->forward,
                                       &segment->tables.forward_hash, failure);
    if (status == STATUS_OK)
        status = segment_tables_finish(&segment->tables, failure);
    return status;
}

void segment_writer_free(struct segment_writer *segment)
{
    if (!segment)
        return;
    segment_tables_release(&segment->tables);
    inverter_free(segment->inverter);
    forward_writer_free(segment->forward);
    for (size_t i = 0; i < segment->n_facts; i++) {
        free(segment->facts[i].key);
        free(segment->facts[i].value);
    }
    free(segment->path);
    free(segment);
}
