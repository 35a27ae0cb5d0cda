/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of a segment as far as they are written alike, whether its
 * paragraphs are new (index/segment_writer.h) or come out of other segments
 * (index/merge.h): records, values, facts, and in the end the version file. */
#ifndef INDEX_SEGMENT_TABLES_H
#define INDEX_SEGMENT_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"
#include "index/glass/table.h"
#include "index/glass/values.h"
#include "index/glass/version.h"
#include "index/record_block.h"
#include "index/schema.h"

struct segment_tables {
    const char *path; /* of the segment; borrowed */
    struct glass_values values[SCHEMA_N_VALUES];
    struct glass_root roots[GLASS_N_TABLES];
    struct glass_statistics statistics;
    uint64_t forward_hash; /* of the forward index; 0: there is none */

    struct glass_table *docdata;
    struct buffer key; /* of an item, or a value */
};

/* Make the folder at PATH and begin the table of records. What was begun, or
 * all zeros, is the caller's to release. IO, MEMORY; LIMIT also of what
 * follows. */
enum status segment_tables_begin(struct segment_tables *tables,
                                 const char *path, struct failure *failure);
void segment_tables_release(struct segment_tables *tables);

/* Give DOCUMENT a value, in ascending order. An empty one is none. */
enum status segment_tables_value(struct segment_tables *tables,
                                 uint32_t document, enum schema_value slot,
                                 struct bytes value, struct failure *failure);

/* Write a block (index/record_block.h) of the records of the N documents from
 * FIRST on. */
enum status segment_tables_block(struct segment_tables *tables, uint32_t first,
                                 uint32_t n, struct bytes block, bool deflated,
                                 struct failure *failure);

/* Write all BLOCKS that are whole; *FIRST is the document of their first
 * record, and of the one behind them afterwards. */
enum status segment_tables_blocks(struct segment_tables *tables,
                                  uint32_t *first,
                                  const struct record_blocks *blocks,
                                  struct failure *failure);

/* What the posting table begins with: facts (metadata), in the order of their
 * names, then all values. */
enum status segment_tables_fact(struct segment_tables *tables,
                                struct glass_table *postlist, struct bytes name,
                                struct bytes value, struct failure *failure);
enum status segment_tables_values(struct segment_tables *tables,
                                  struct glass_table *postlist,
                                  struct failure *failure);

/* Write what is left when the other tables are finished, the version file last:
 * it says that the segment is whole. */
enum status segment_tables_finish(struct segment_tables *tables,
                                  struct failure *failure);

#endif
