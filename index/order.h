/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order of what matches. Xapian puts the best first; what is equal for it
 * comes index by index, in the order in which they were named, and in each of
 * them as its documents go. Xapian itself knows nothing of the former, and the
 * same score may differ in its last bit from one shard to another, since each
 * adds up its parts in an order of its own. */
#ifndef INDEX_ORDER_H
#define INDEX_ORDER_H

#include "index/reader_parts.h"

/* A match, and what settles ties. */
struct candidate {
    struct match match;
    uint32_t
        group; /* of those with one date, in order; 0: it does not matter */
    size_t whole;
    uint64_t place; /* in it; 0: not known, or ids are in that order */
};

/* Fill in the N_ITEMS of MSET, whose ids are those of the whole number WHOLE,
 * or of the READER if that is SIZE_MAX. */
enum status order_read(const struct reader *reader, enum search_order order,
                       const xapian_mset *mset, size_t whole,
                       struct candidate *items, size_t n_items,
                       struct failure *failure);

/* Whether nothing but their places is between the two. */
bool order_ties(const struct candidate *one, const struct candidate *other);

/* What is found of MATCH at once. */
struct candidate order_candidate(const struct reader *reader,
                                 struct match match);

/* Put them in order: by group, score, and place, which is found out where it
 * matters. */
enum status order_best_first(const struct reader *reader,
                             struct candidate *items, size_t n_items,
                             struct failure *failure);

/* Put them in order of their places. */
void order_by_place(struct candidate *items, size_t n_items, bool reverse);

#endif
