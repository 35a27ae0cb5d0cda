/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ranked words of a query: what each counts in its tree, and the list of
 * them for the second look at the best paragraphs (index/second_look.h). The
 * numbers are the reader's, of index/ranking.h. */
#ifndef QUERY_RANKED_H
#define QUERY_RANKED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/query.h"
#include "index/reader.h"

/* More words are ranked, but not looked at: a text given as a query. */
enum { RANKED_MAX_WORDS = 64 };

struct ranked {
    struct placed_word *items; /* each once, in the query's order. Owned, with
                                  their words */
    bool *function;            /* of each, whether it is a function word */
    size_t n_items;
};

/* Put before *NODE, which is WORD's stem or the SYNONYM of its stems, and
 * perhaps of other things, what the word counts. STATUS_MEMORY; what the reader
 * returns; *NODE stays the caller's. */
enum status ranked_weigh(struct reader *reader, bool function,
                         struct query_node **node, struct failure *failure);

/* Append a copy of WORD, which counts WEIGHT, unless RANKED has it.
 * STATUS_MEMORY. */
enum status ranked_add(struct ranked *ranked, struct bytes word, double weight,
                       bool function, struct failure *failure);

/* Leave function words out, unless there is nothing else. */
void ranked_finish(struct ranked *ranked);
void ranked_release(struct ranked *ranked);

#endif
