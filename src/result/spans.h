/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a paragraph the words of a query stand, as the query was
 * understood: of a phrase only where the phrase stands, of NEAR only the words
 * that are near. */
#ifndef RESULT_SPANS_H
#define RESULT_SPANS_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/query.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct span {
    size_t start, end; /* bytes of the text */
};

struct spans {
    struct span *items; /* ascending, not overlapping; owned */
    size_t n_items, capacity;
};

/* A query made ready for marking many paragraphs, one after the other: its
 * memory is used again. */
struct marker;

/* The marker of QUERY, the core of a plan, which outlives it. Words count
 * wherever they stand in it but under the right sides of AND_NOT and FILTER;
 * terms that are no words (boolean ones) do not. *MARKER is the caller's to
 * free. LIMIT where the query is nested too deeply, MEMORY. */
enum status marker_new(const struct query_node *query, struct marker **marker,
                       struct failure *failure);
void marker_free(struct marker *marker);

/* Replace what is in SPANS by those in TEXT, whose words are stemmed as
 * LANGUAGE. A phrase is one span, from its first word to its last; spans that
 * overlap are one. A phrase or NEAR that stands at more places than
 * index/positional.h allows is left out. STATUS_MEMORY. */
enum status spans_find(struct marker *marker, const char *text, size_t length,
                       struct bytes language, struct analyzer *analyzer,
                       struct lexicon *lexicon, struct spans *spans,
                       struct failure *failure);
void spans_release(struct spans *spans);

#endif
