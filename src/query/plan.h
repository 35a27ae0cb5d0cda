/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query as it was understood: what the index is asked. Made with the same
 * analyzer as the documents' words. */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include <stdbool.h>

#include "base/status.h"
#include "index/query.h"
#include "index/reader.h"
#include "src/query/feedback.h"
#include "src/query/ranked.h"
#include "src/query/syntax.h"
#include "src/query/word_list.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

/* How to understand what a query leaves open; all zeros is the usual. */
struct plan_options {
    bool all;    /* of words side by side all must match, not any */
    bool expand; /* add words of the best paragraphs, as feedback.h says */
};

struct plan {
    struct query_node *query;      /* for the index */
    const struct query_node *core; /* the part of it that matches rest on: all
                                      but what only adds to the score */
    struct word_list words; /* that must or may be in what is found, as the
                               analyzer has them, each once */
    struct ranked ranked;   /* to look at in the best paragraphs */
    struct feedback added;  /* words that stand in no query */
};

/* Plan TREE against the vocabulary of READER. OPTIONS may be NULL. *PLAN is
 * filled for the caller to release, and does not refer to TREE. STATUS_QUERY,
 * with its column, for a query without any word in it ("—") and for what cannot
 * stand where it does; STATUS_LIMIT, with the column, where a word stands for
 * more than a stated number of words of the index; STATUS_MEMORY; what the
 * reader returns. */
enum status plan_make(const struct syntax *tree,
                      const struct plan_options *options, struct reader *reader,
                      struct analyzer *analyzer, struct lexicon *lexicon,
                      struct plan *plan, struct failure *failure);
void plan_release(struct plan *plan);

#endif
