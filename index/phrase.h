/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A positional node of a query, checked paragraph by paragraph on where its
 * words stand: in the forward index of a segment, or else in Xapian's table.
 * What it means is said in index/positional.h. */
#ifndef INDEX_PHRASE_H
#define INDEX_PHRASE_H

#include "index/reader_parts.h"

struct phrase;

/* Make NODE, a positional one that outlives *PHRASE, ready for the shards of
 * READER. *PHRASE is the caller's. LIMIT, MEMORY. */
enum status phrase_new(const struct reader *reader,
                       const struct query_node *node, struct phrase **phrase,
                       struct failure *failure);
void phrase_free(struct phrase *phrase);

/* Set *STANDS if the node stands in DOCUMENT (its number in its own database)
 * of the shard, counted from 0. Rising numbers are quickest. CORRUPT names the
 * file; LIMIT, MEMORY. */
enum status phrase_check(struct phrase *phrase, size_t shard, uint32_t document,
                         bool *stands, struct failure *failure);

#endif
