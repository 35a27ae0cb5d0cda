/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The terms of a reader's segments, looked up in their posting tables: for
 * words of queries, of which many are asked for before anything is searched. */
#ifndef INDEX_TERMS_H
#define INDEX_TERMS_H

#include "index/reader_parts.h"

/* Whether all of READER can be looked up so. */
bool terms_are_mapped(const struct reader *reader);

/* In how many paragraphs, deleted ones among them, TERM is, and how often.
 * Zeros if it is not there. CORRUPT, MEMORY. */
enum status terms_count(const struct reader *reader, struct bytes term,
                        uint32_t *n_paragraphs, uint32_t *n_occurrences,
                        struct failure *failure);

/* As reader_terms. */
enum status terms_each(const struct reader *reader, struct bytes prefix,
                       term_function each, void *context,
                       struct failure *failure);

#endif
