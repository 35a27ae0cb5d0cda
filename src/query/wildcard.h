/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two ways in which a word may be like another: by a pattern with wildcards,
 * and by few edits. */
#ifndef QUERY_WILDCARD_H
#define QUERY_WILDCARD_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/bytes.h"

/* The bytes that stand in a pattern for any text and for one code point. No
 * word holds them. */
enum { WILDCARD_ANY = 1, WILDCARD_ONE = 2 };

/* Whether WORD, which is well-formed UTF-8, is as PATTERN says. Time is at most
 * the product of their lengths. */
bool wildcard_matches(struct bytes pattern, struct bytes word);

/* A word as code points, to be compared with many. */
enum { EDIT_MAX_LENGTH = 120, EDIT_MAX_DISTANCE = 2 };
struct edit_word {
    char32_t characters[EDIT_MAX_LENGTH];
    size_t length;
};

/* WORD, of which only EDIT_MAX_LENGTH code points count. */
void edit_word_init(struct edit_word *edit, struct bytes word);

/* How many edits make A of B, each putting in, leaving out or replacing one
 * code point or exchanging two neighbours, none touched twice (optimal string
 * alignment: Damerau 1964; Boytsov, Indexing Methods for Approximate Dictionary
 * Searching, 2011, section 2.2.1). MOST + 1 where there are more than MOST,
 * which is at most EDIT_MAX_DISTANCE. */
unsigned edit_distance(const struct edit_word *a, const struct edit_word *b,
                       unsigned most);

#endif
