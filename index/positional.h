/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where a positional node of a query stands in one paragraph, given where its
 * words stand. It knows neither Xapian nor files: the words may come from a
 * forward index, from Xapian's table, or from a text that was just analyzed.
 *
 * A node stands at spans, each from a first to a last position:
 *
 *   NOTHING       none
 *   TERM          each of its positions, one wide
 *   OR, SYNONYM   the spans of all children
 *   PHRASE        rows of spans, one of each child in order, each beginning
 *                 right behind the end of the one before
 *   ONEAR, n      of two children: a span of the first and one of the second,
 *                 which begins behind its end, at most n positions behind
 *   NEAR, n       of two children: the same in either order
 *
 * and a span of the last three goes from where its first part begins to where
 * its last one ends. Spans that overlap are not near each other. A NEAR b NEAR
 * c is (A NEAR b) NEAR c, and so is a NEAR of three children; ONEAR likewise.
 *
 * All memory is kept for the next paragraph, so that none is asked for once the
 * longest was seen. A join of spans may form more of them than it joins: where
 * those come to more than POSITIONAL_MAX_SPANS in a paragraph, or to more than
 * POSITIONAL_MAX_OF_ALL in all, the paragraph is refused with STATUS_LIMIT. Of
 * the usual trees none is: whether there is a phrase, a chain of ONEAR or a
 * NEAR of up to three children is found out with no more than there are
 * positions. Time and memory follow that number. */
#ifndef INDEX_POSITIONAL_H
#define INDEX_POSITIONAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/query.h"

enum {
    POSITIONAL_MAX_DEPTH = 1000, /* of the node */
    POSITIONAL_MAX_SPANS = 1 << 22,
    POSITIONAL_MAX_OF_ALL = 1 << 23, /* about a second */
};

struct positional;

/* Whether NODE is one: its operator and those of all below it. */
bool positional_is(const struct query_node *node);

/* Make NODE, a positional one that outlives it, ready. LIMIT where it is too
 * deep, MEMORY. *POSITIONAL is the caller's to free. */
enum status positional_new(const struct query_node *node,
                           struct positional **positional,
                           struct failure *failure);
void positional_free(struct positional *positional);

/* Its terms, each once, in the order of their bytes; the bytes are those of
 * NODE. */
size_t positional_n_terms(const struct positional *positional);
struct bytes positional_term(const struct positional *positional, size_t i);

/* How many words a paragraph has at least in which it stands. */
size_t positional_least(const struct positional *positional);

/* Begin a paragraph, without any word yet. */
void positional_clear(struct positional *positional);

/* Term I stands at POSITION. Positions may come in any order, but ascending is
 * quickest, and several times. False where memory is short, which
 * positional_status tells, too. */
bool positional_add(struct positional *positional, size_t i, uint32_t position);

/* Whether there is a span; false also where that cannot be told. */
bool positional_matches(struct positional *positional);

/* Call EACH for every span, by their first and then by their last position,
 * each once, until it returns false. False if it did, or there are too many
 * spans. */
bool positional_each(struct positional *positional,
                     bool (*each)(void *context, uint32_t first, uint32_t last),
                     void *context);

/* OK; or why what the others said of this paragraph may be wrong: LIMIT,
 * MEMORY. */
enum status positional_status(const struct positional *positional,
                              struct failure *failure);

#endif
