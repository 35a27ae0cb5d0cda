/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words that say how others belong together, and little of what a text is
 * about: articles, pronouns, prepositions, conjunctions, auxiliary verbs, the
 * words that ask. They are indexed and found like any other, and count less
 * among others that are ranked. */
#ifndef TEXT_FUNCTION_WORDS_H
#define TEXT_FUNCTION_WORDS_H

#include <stdbool.h>

#include "base/bytes.h"

/* Whether WORD, a token's, is one in LANGUAGE (ISO 639-1). False for a language
 * whose function words are not known here. */
bool function_word(struct bytes word, struct bytes language);

#endif
