/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positional nodes in Xapian's own operators, as far as those mean the same.
 *
 * Xapian's PHRASE takes terms, or ORs of them, within a window. So a phrase of
 * words and of phrases with alternatives of any kind is an OR of several
 * PHRASEs, one for each way to choose; an ONEAR of words is a PHRASE with a
 * window, a NEAR of words one in each order (Xapian's NEAR misses some where
 * several words stand at one position). What has more than ROWS_MAX words when
 * it is spread out so, or a NEAR of more than words, is none of these. */
#ifndef INDEX_ROWS_H
#define INDEX_ROWS_H

#include "index/reader_parts.h"

enum { ROWS_MAX = 5000 };

/* *QUERY, the caller's, is NODE, a positional one, in Xapian's operators, or
 * NULL if that is not possible. */
enum status rows_query(const struct reader *reader,
                       const struct query_node *node, xapian_query **query,
                       struct failure *failure);

#endif
