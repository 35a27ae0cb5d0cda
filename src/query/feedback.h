/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that are added to a query: those of which the best paragraphs that it
 * finds are full, and others are not. Chosen and weighed by Bo1 (Amati,
 * Probability models for information retrieval based on divergence from
 * randomness, 2003): by how unlikely it is that the word is there so often by
 * chance. */
#ifndef QUERY_FEEDBACK_H
#define QUERY_FEEDBACK_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/reader.h"
#include "src/query/ranked.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct feedback_word {
    struct bytes stem; /* owned */
    double weight;     /* against a word of the query */
};

struct feedback {
    struct feedback_word *items; /* the weightiest first; owned */
    size_t n_items;
    size_t n_paragraphs; /* that they are of */
};

/* Find the words that QUERY's best paragraphs in READER have, those of the
 * query among them; RANKED as of struct plan. Paragraphs that say the same
 * count once. There may be none. *FEEDBACK is the caller's to release, also on
 * failure. STATUS_MEMORY; what reader_search and reader_paragraph return. */
enum status feedback_find(struct reader *reader, const struct query_node *query,
                          const struct ranked *ranked,
                          struct analyzer *analyzer, struct lexicon *lexicon,
                          struct feedback *feedback, struct failure *failure);
void feedback_release(struct feedback *feedback);

/* The words as a query, an OR; NULL if memory is short. */
enum status feedback_query(const struct feedback *feedback,
                           struct reader *reader, struct query_node **out,
                           struct failure *failure);

#endif
