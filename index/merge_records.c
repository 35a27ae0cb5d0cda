/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The records of paragraphs, in blocks (index/record_block.h). A block that is
 * large enough and of which nothing was deleted is copied as it is; the records
 * of others are put into new blocks. */
#include <config.h>

#include "index/merge_parts.h"

#include "index/record_scan.h"

/* A deflated block below this is put together with its neighbours: those of
 * updates of a paragraph or two deflate badly, and are many. */
enum { COPY_MIN = 4 << 10 };

struct records {
    struct segment_tables *tables;
    struct record_blocks blocks; /* new ones, not written yet */
    uint32_t first;              /* document of the first of them */
};

/* Write the new blocks that are whole. */
static enum status write_blocks(struct records *records,
                                struct failure *failure)
{
    struct record_blocks *blocks = &records->blocks;
    enum status status = segment_tables_blocks(records->tables, &records->first,
                                               blocks, failure);

    blocks->n = 0;
    buffer_clear(&blocks->bytes);
    return status;
}

static enum status finish_blocks(struct records *records,
                                 struct failure *failure)
{
    return record_blocks_finish(&records->blocks)
               ? write_blocks(records, failure)
               : fail_memory(failure);
}

/* Copy the block that SCAN is at. */
static enum status copy_block(struct records *records,
                              const struct source *source,
                              const struct record_scan *scan,
                              struct failure *failure)
{
    enum status status = finish_blocks(records, failure);

    return status == STATUS_OK
               ? segment_tables_block(
                     records->tables, merge_number(source, scan->first),
                     scan->n, scan->stored, scan->deflated, failure)
               : status;
}

/* Put the records of the block that SCAN is at, as far as they are left, into
 * new blocks. */
static enum status add_records(struct records *records,
                               const struct source *source,
                               struct record_scan *scan,
                               struct failure *failure)
{
    enum status status = record_scan_begin(scan, failure);

    for (uint32_t i = 0; status == STATUS_OK && i < scan->n; i++) {
        uint32_t number = merge_number(source, scan->first + i);
        struct bytes record;

        status = record_scan_record(scan, &record, failure);
        if (status != STATUS_OK || !number)
            continue;
        if (records->blocks.n_records == 0)
            records->first = number;
        status = record_blocks_add(&records->blocks, record)
                     ? write_blocks(records, failure)
                     : fail_memory(failure);
    }
    return status;
}

/* How many of the N documents of SOURCE from FIRST on are deleted. */
static size_t n_deleted(const struct source *source, uint32_t first, uint32_t n)
{
    return deleted_find(source->deleted, first + n) -
           deleted_find(source->deleted, first);
}

static enum status merge_block(struct records *records,
                               const struct source *source,
                               struct record_scan *scan,
                               struct failure *failure)
{
    size_t gone = n_deleted(source, scan->first, scan->n);

    if (gone == scan->n)
        return STATUS_OK;
    if (gone == 0 && scan->stored.length >= COPY_MIN)
        return copy_block(records, source, scan, failure);
    return add_records(records, source, scan, failure);
}

static enum status merge_source(struct records *records,
                                const struct source *source,
                                struct failure *failure)
{
    struct record_scan scan;
    bool more = true;
    enum status status =
        record_scan_open(&scan, source->path, source->n_documents, failure);

    while (status == STATUS_OK && more) {
        status = record_scan_next(&scan, &more, failure);
        if (status == STATUS_OK && more)
            status = merge_block(records, source, &scan, failure);
    }
    record_scan_close(&scan);
    return status;
}

enum status merge_records(struct merge *merge, struct failure *failure)
{
    struct records records = {.tables = &merge->tables};
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < merge->n_sources; i++)
        status = merge_source(&records, &merge->sources[i], failure);
    if (status == STATUS_OK)
        status = finish_blocks(&records, failure);
    record_blocks_release(&records.blocks);
    return status;
}
