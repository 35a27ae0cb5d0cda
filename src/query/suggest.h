/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words of a query that an index lacks, and which of its words may have been
 * meant. */
#ifndef QUERY_SUGGEST_H
#define QUERY_SUGGEST_H

#include "src/query/plan.h"
#include "src/query/wildcard.h"

/* Only so many words of a query are looked at more closely. */
enum { SUGGEST_MAX_MISSING = 8 };

/* A word in no inflection and no spelling in the index. */
struct missing_word {
    struct bytes word;        /* borrowed from the plan */
    struct word_list nearest; /* the word that is fewest edits away, and of
                                 these the most frequent; or none */
    uint32_t n_paragraphs;    /* that it is in */
    unsigned distance;
    struct edit_word edit; /* of .word */
};

struct suggestions {
    struct missing_word items[SUGGEST_MAX_MISSING];
    size_t n_items;
};

/* Look for the words of PLAN in the index of READER, and for suggestions if
 * some are missing: at most two edits away (one, for a word of up to four
 * letters; none for a number, or for a word of less than three). One pass over
 * the vocabulary does for all. *SUGGESTIONS is the caller's to release.
 * STATUS_MEMORY; what the reader returns. */
enum status suggest(const struct plan *plan, struct reader *reader,
                    struct lexicon *lexicon, struct suggestions *suggestions,
                    struct failure *failure);
void suggestions_release(struct suggestions *suggestions);

#endif
