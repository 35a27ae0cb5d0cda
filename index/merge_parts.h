/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What merging is made of: merge.c puts it together, merge_records.c does the
 * paragraphs' records, merge_postings.c the terms with their positions,
 * merge_forward.c the forward indexes. */
#ifndef INDEX_MERGE_PARTS_H
#define INDEX_MERGE_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "index/glass/postings.h"
#include "index/glass/scan.h"
#include "index/merge.h"
#include "index/segment_tables.h"

/* A segment that is merged, and its posting table while it is read. */
struct source {
    const char *path;
    const struct deleted *deleted;
    struct glass_scan *postlist;
    struct glass_scanned item; /* the one at hand */
    bool more;                 /* there is one */
    uint32_t n_documents;      /* that it has, the deleted too */
    uint32_t base;             /* how many documents precede its own */
};

struct merge {
    const char *path;
    struct segment_tables tables; /* that are written */
    struct source *sources;
    size_t n_sources;
    struct glass_postings lengths, postings;
    struct glass_items items; /* of one list */
    struct buffer facts; /* of the first: key and value, each with a length */
    uint64_t n_words;
    struct buffer key, tag;
};

/* The number that DOCUMENT of SOURCE has in the whole; 0: it is deleted. */
uint32_t merge_number(const struct source *source, uint32_t document);

/* Go on to the next item of SOURCE's posting table. */
enum status merge_next(struct source *source, struct failure *failure);

/* Add merge->items to TABLE, and forget them. */
enum status merge_write_items(struct merge *merge, struct glass_table *table,
                              struct failure *failure);

/* The records, and value 2 of all documents. */
enum status merge_records(struct merge *merge, struct failure *failure);

/* All terms that are left in the sources' posting tables, to POSTLIST. */
enum status merge_terms(struct merge *merge, struct glass_table *postlist,
                        struct failure *failure);

/* The sources' tables of positions, if the first has one. */
enum status merge_positions(struct merge *merge, struct failure *failure);

/* Their forward indexes, if the first has one. */
enum status merge_forward(struct merge *merge, struct failure *failure);

#endif
