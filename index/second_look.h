/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A second look at the first paragraphs that a query found: at where the words
 * stand as they are written in the query, and which are near each other. It
 * changes the order of these paragraphs, never which ones match.
 *
 * Xapian ranks stems, which have no positions. It could be asked for words and
 * for NEAR of each two as well, and would then read their postings and
 * positions in all paragraphs that match; only the first ones are worth it. */
#ifndef INDEX_SECOND_LOOK_H
#define INDEX_SECOND_LOOK_H

#include "index/order.h"

/* Whether there is anything to look at in READER for OPTIONS: words, positions
 * that are not far away, and weights above 0. */
bool second_look_helps(const struct reader *reader,
                       const struct search_options *options);

/* Add to the scores of the N_ITEMS what the words of OPTIONS add, and put them
 * in order again. */
enum status second_look(const struct reader *reader,
                        const struct search_options *options,
                        struct candidate *items, size_t n_items,
                        struct failure *failure);

#endif
