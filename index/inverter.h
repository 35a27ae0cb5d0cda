/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From paragraphs to posting lists, in memory: words and terms come paragraph
 * by paragraph, and go term by term, in byte order, into the tables of a
 * segment.
 *
 * What follows from a word (its stem, its spelling) is asked for once per word
 * and language, at the end, and has its postings from those of its words. */
#ifndef INDEX_INVERTER_H
#define INDEX_INVERTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/forward.h"
#include "index/glass/table.h"
#include "index/glass/version.h"
#include "index/word_forms.h"

struct inverter;

/* FORMS is called with CONTEXT while the inverter is written; NULL: words have
 * no forms. Where words stand goes to FORWARD, which outlives the inverter, as
 * they come; or is kept in memory if that is NULL. *INVERTER is the caller's to
 * free. MEMORY, as of all that follow. */
enum status inverter_new(word_forms_function forms, void *context,
                         struct forward_writer *forward,
                         struct inverter **inverter, struct failure *failure);
void inverter_free(struct inverter *inverter);

/* The next paragraph, in LANGUAGE; they are numbered from 1. LIMIT where there
 * are too many. */
enum status inverter_begin(struct inverter *inverter, struct bytes language,
                           struct failure *failure);

/* Its number. */
uint32_t inverter_document(const struct inverter *inverter);

/* WORD at POSITION of it. COUNTS: it adds one to the wdf and to the length of
 * the paragraph. */
enum status inverter_add_word(struct inverter *inverter, struct bytes word,
                              uint32_t position, bool counts,
                              struct failure *failure);

/* TERM, which has no forms, at no position; WDF goes into the length as well.
 */
enum status inverter_add_term(struct inverter *inverter, struct bytes term,
                              uint32_t wdf, struct failure *failure);

/* The same with a wdf of one that does not go into the length, as that of the
 * stems of words does not. */
enum status inverter_add_beside(struct inverter *inverter, struct bytes term,
                                struct failure *failure);

/* How many bytes it takes, with those that writing will take besides. */
size_t inverter_size(const struct inverter *inverter);

/* Write the lengths of paragraphs and all postings to POSTLIST, which holds no
 * greater key, and the positions, if they were kept, to POSITION unless that is
 * NULL, or else words to the forward index; tell of the paragraphs in
 * *STATISTICS. After it the inverter can only be freed. IO, LIMIT, and what
 * forms gives. */
enum status inverter_write(struct inverter *inverter,
                           struct glass_table *postlist,
                           struct glass_table *position,
                           struct glass_statistics *statistics,
                           struct failure *failure);

#endif
