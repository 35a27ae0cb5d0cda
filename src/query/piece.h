/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The text of a part of a query as the analyzer may have it: without the
 * backslashes, and with a letter in the place of each wildcard.
 *
 * The letters are ones that the piece does not hold otherwise, and that the
 * analyzer leaves as they are. So it finds the words of a text with wildcards
 * as it finds those of any text. */
#ifndef QUERY_PIECE_H
#define QUERY_PIECE_H

#include <stdbool.h>
#include <stddef.h>
#include <uchar.h>

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/status.h"

/* A '*' or '?' of a piece. */
struct wildcard {
    size_t offset; /* of its letter in .text */
    size_t column; /* of the query */
};

struct piece {
    struct bytes text;          /* borrowed from the query or from .buffer */
    struct wildcard *wildcards; /* owned */
    size_t n_wildcards, capacity;
    char32_t any, one; /* the letters for '*' and '?' */
    struct buffer buffer;
};

/* Read TEXT, which begins at COLUMN of the query, into PIECE, which the caller
 * releases in any case. A '?' behind which nothing but closing punctuation
 * comes up to the next white space ends a question, and is text. WILDCARDS is
 * false where '*' and '?' stand for themselves. STATUS_MEMORY; STATUS_QUERY if
 * TEXT holds all letters that could be used. */
enum status piece_read(struct piece *piece, struct bytes text, size_t column,
                       bool wildcards, struct failure *failure);
void piece_release(struct piece *piece);

/* Whether WORD, which the analyzer made of PIECE, has wildcards. */
bool piece_is_wild(const struct piece *piece, struct bytes word);

/* How many it has. */
size_t piece_count_wild(const struct piece *piece, struct bytes word);

/* Append WORD to PATTERN as src/query/wildcard.h wants it. */
void piece_pattern(const struct piece *piece, struct bytes word,
                   struct buffer *pattern);

/* The column of the first wildcard of PIECE at byte START of its text or
 * behind. */
size_t piece_column(const struct piece *piece, size_t start);

#endif
