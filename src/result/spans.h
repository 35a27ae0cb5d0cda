/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where in a paragraph the words of a query stand, as the query was
 * understood: of a phrase only where the phrase stands. */
#ifndef RESULT_SPANS_H
#define RESULT_SPANS_H

#include <stddef.h>

#include "base/bytes.h"
#include "base/status.h"
#include "src/query/plan.h"
#include "src/text/analyzer.h"
#include "src/text/lexicon.h"

struct span {
    size_t start, end; /* bytes of the text */
};

struct spans {
    struct span *items; /* ascending, not overlapping; owned */
    size_t n_items, capacity;
};

/* Replace what is in SPANS by the spans of PLAN's patterns in TEXT, whose
 * words are stemmed as LANGUAGE. A phrase is one span, from its first word to
 * its last; spans that overlap are one. STATUS_MEMORY. */
enum status spans_find(const struct plan *plan, const char *text, size_t length,
                       struct bytes language, struct analyzer *analyzer,
                       struct lexicon *lexicon, struct spans *spans,
                       struct failure *failure);
void spans_release(struct spans *spans);

#endif
