/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Phrases and nearness, checked on the forward indexes of segments.
 *
 * Phrases are those that Xapian finds by its positions. Its NEAR misses some
 * paragraphs where several words stand at one position, a compound and its
 * first part: of two it moves on the one that comes first, and gives up if it
 * cannot. Ours does not miss them. */
#ifndef INDEX_PHRASE_H
#define INDEX_PHRASE_H

#include "index/reader_parts.h"

/* Tell whether phrases are ours to check: if some segment has a forward index.
 * Otherwise they are Xapian's. LIMIT where some segment can be searched for
 * them in neither way: it is remote, or its forward index is missing. */
enum status phrase_is_ours(const struct reader *reader, bool *ours,
                           struct failure *failure);

/* A query of the paragraphs in which the children of NODE, a PHRASE or NEAR
 * that outlives the query, stand as it says. All of them must be asked for
 * besides. */
enum status phrase_filter(const struct reader *reader,
                          const struct query_node *node, xapian_query **filter,
                          struct failure *failure);

/* Positions of a word in a paragraph. */
struct positions {
    uint32_t *items; /* owned */
    size_t n, capacity;
};

/* Whether there are N positions, one of each of ARGUMENTS, that rise and lie
 * within WINDOW; and the same for N that differ, in any order. Each argument's
 * positions ascend; it has at least one. */
bool phrase_in_order(const struct positions *arguments, size_t n,
                     uint32_t window);
bool phrase_in_any_order(const struct positions *arguments, size_t n,
                         uint32_t window);

#endif
