/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Positional nodes of a query tree that we check ourselves: how Xapian comes to
 * ask us. */
#ifndef INDEX_FILTERS_H
#define INDEX_FILTERS_H

#include "index/reader_parts.h"

/* Who checks the positional nodes of a reader. */
enum filters_by {
    FILTERS_OURS,   /* we do, all of them */
    FILTERS_XAPIAN, /* Xapian where it can, otherwise we */
    FILTERS_REMOTE, /* Xapian where it can; we are not asked from afar */
};

/* Tell who. LIMIT where some segments can be searched in one way only, others
 * only in the other; CORRUPT where a file is missing. */
enum status filters_by(const struct reader *reader, enum filters_by *by,
                       struct failure *failure);

/* Let PREPARED check NODE, of which CANDIDATES (taken over) are the paragraphs
 * that have what it needs; *QUERY, the caller's, is of those in which it
 * stands. Where REQUIRED, what matches the whole tree matches this. */
enum status filters_add(struct prepared *prepared,
                        const struct query_node *node, bool required,
                        xapian_query *candidates, xapian_query **query,
                        struct failure *failure);

/* After all were added and .query is made. */
enum status filters_finish(struct prepared *prepared, struct failure *failure);

#endif
