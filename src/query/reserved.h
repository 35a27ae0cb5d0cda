/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the query language keeps for itself, though it does not have it yet:
 * wildcards, near spellings, weights, fields, words near each other. Each is
 * refused, so that no query changes its meaning when they come. */
#ifndef QUERY_RESERVED_H
#define QUERY_RESERVED_H

#include <uchar.h>

#include "base/bytes.h"
#include "base/status.h"

/* Whether WORD, a chunk at COLUMN, is an operator that is yet to come (NEAR).
 * STATUS_QUERY if so. */
enum status reserved_word(struct bytes word, size_t column,
                          struct failure *failure);

/* Whether CHUNK, unquoted, from COLUMN on, with the code point NEXT behind it,
 * holds what is reserved. STATUS_QUERY if so. */
enum status reserved_in_chunk(struct bytes chunk, size_t column, char32_t next,
                              struct failure *failure);

/* Whether PHRASE, without its quotation marks, from COLUMN on, does. */
enum status reserved_in_phrase(struct bytes phrase, size_t column,
                               struct failure *failure);

#endif
