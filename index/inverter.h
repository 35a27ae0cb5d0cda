/* SPDX-License-Identifier: GPL-2.0-or-later */
/* From paragraphs to posting lists, in memory: what parts hold by word comes
 * part by part, and goes term by term, in byte order, into the tables of a
 * segment.
 *
 * What follows from a word (its stem, its spelling) is asked for once per word
 * and language, at the end, and has its postings from those of its words. */
#ifndef INDEX_INVERTER_H
#define INDEX_INVERTER_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "index/forward.h"
#include "index/glass/table.h"
#include "index/glass/version.h"
#include "index/segment_part.h"
#include "index/word_forms.h"

struct inverter;

/* FORMS is called with CONTEXT while the inverter is written; NULL: words have
 * no forms. Where words stand goes to FORWARD, which outlives the inverter, as
 * they come; or is kept in memory if that is NULL, and then parts are portable,
 * too. *INVERTER is the caller's to free. MEMORY, as of all that follow. */
enum status inverter_new(word_forms_function forms, void *context,
                         struct forward_writer *forward,
                         struct inverter **inverter, struct failure *failure);
void inverter_free(struct inverter *inverter);

/* How many paragraphs it has; they are numbered from 1. */
uint32_t inverter_n_documents(const struct inverter *inverter);

/* Put the words of PART, which is finished, behind the others. LIMIT where
 * there are too many paragraphs. */
enum status inverter_take(struct inverter *inverter,
                          const struct segment_part *part,
                          struct failure *failure);

/* How many bytes it takes, with those that writing will take besides. */
size_t inverter_size(const struct inverter *inverter);

/* Write the lengths of paragraphs and all postings to POSTLIST, which holds no
 * greater key, and the positions, if they were kept, to POSITION unless that is
 * NULL, or else words to the forward index, by N_THREADS (0: as many as there
 * are cores); tell of the paragraphs in *STATISTICS. After it the inverter can
 * only be freed. IO, LIMIT, and what forms gives. */
enum status inverter_write(struct inverter *inverter, size_t n_threads,
                           struct glass_table *postlist,
                           struct glass_table *position,
                           struct glass_statistics *statistics,
                           struct failure *failure);

#endif
