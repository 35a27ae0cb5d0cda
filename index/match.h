/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query run over the posting tables themselves, without Xapian: one pass
 * gives the best paragraphs, with the scores that Xapian's matching would give
 * them, and counts. It is for segments of indexes of ours, which are at hand
 * and which nobody changes.
 *
 * Files:
 *   match.c        the pass: deletions, the best, the counts
 *   match_make.c   from a query tree to nodes, their weights and bounds
 *   match_walk.c   from paragraph to paragraph, and scores */
#ifndef INDEX_MATCH_H
#define INDEX_MATCH_H

#include "index/reader_parts.h"

/* Run QUERY as reader_search does, but without a second look: the
 * MAX best matches into MATCHES, and counts as OPTIONS ask. *FITS is false, and
 * nothing done, where this is a thing for Xapian. CORRUPT, LIMIT, MEMORY. */
enum status match_run(const struct reader *reader,
                      const struct query_node *query,
                      const struct search_options *options, uint32_t max,
                      struct matches *matches, bool *fits,
                      struct failure *failure);

/* The same without scores: add all that match to SET. */
enum status match_all(const struct reader *reader,
                      const struct query_node *query, struct id_set *set,
                      bool *fits, struct failure *failure);

#endif
