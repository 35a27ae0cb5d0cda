/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query as it was understood: what the index is asked, and what to look for
 * in the paragraphs that it finds. Made with the same analyzer as the
 * documents' words. */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/query.h"
#include "index/reader.h"
#include "src/query/pattern.h"
#include "src/query/syntax.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct plan {
    struct query_node *query; /* for the index */
    struct patterns patterns; /* of all parts that a match may rest on; not
                                 those excluded by NOT or '-' */
};

/* Plan TREE against the vocabulary of READER. *PLAN is filled for the caller to
 * release, and does not refer to TREE. A query without any word in it ("—") is
 * a STATUS_QUERY, with its column. STATUS_LIMIT where spellings would
 * multiply beyond a stated bound; STATUS_MEMORY; what the reader returns. */
enum status plan_make(const struct syntax *tree, struct reader *reader,
                      struct analyzer *analyzer, struct lexicon *lexicon,
                      struct plan *plan, struct failure *failure);
void plan_release(struct plan *plan);

#endif
