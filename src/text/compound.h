/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that hyphens join, gathered one by one until they are a compound: the
 * last rule of src/text/analyzer.c. It does not look for the hyphens. */
#ifndef TEXT_COMPOUND_H
#define TEXT_COMPOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/text/analyzer.h"

/* One that is all zeros is empty. */
struct compound {
    char word[WORD_MAX_BYTES]; /* the parts so far, with '-' between them */
    size_t length;
    size_t start, end; /* of the text */
    uint32_t position; /* of the first part */
    unsigned n_parts;
    bool fits; /* it is to be a token */
};

/* Make PART the next part; JOINS is false if no compound may have it. */
void compound_add(struct compound *compound, const struct token *part,
                  bool joins);

/* Empty COMPOUND. If it was one, true, and *TOKEN is its token, whose word is
 * borrowed until the next part is added. */
bool compound_end(struct compound *compound, struct token *token);

#endif
