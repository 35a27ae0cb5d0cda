/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Paragraphs on their way into a segment, inverted apart from all others: what
 * segment_writer_take puts behind the others. Any thread may fill a part, one
 * at a time. It is small, so that all of it stays in the cache of a core.
 *
 * It takes terms, values and records as they are to be kept. */
#ifndef INDEX_SEGMENT_PART_H
#define INDEX_SEGMENT_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/status.h"
#include "index/schema.h"

struct segment_part;

/* PORTABLE: positions are kept for Xapian's table, and not for a forward index.
 * *PART is the caller's to free. MEMORY, as of all that follow. */
enum status segment_part_new(bool portable, struct segment_part **part,
                             struct failure *failure);
void segment_part_free(struct segment_part *part);

/* Forget all that is in it. */
void segment_part_clear(struct segment_part *part);

/* The next paragraph, in LANGUAGE, whose record is RECORD. LIMIT where that is
 * too long. */
enum status segment_part_begin(struct segment_part *part, struct bytes record,
                               struct bytes language, struct failure *failure);

/* What a word is to its paragraph, or a term that is none. */
enum word_kind {
    WORD_COUNTED, /* at a position; adds one to the wdf and the length */
    WORD_BESIDE,  /* at a position, adding nothing */
    WORD_TERM, /* a term that has no forms; it adds to the wdf and the length */
    WORD_TEXT, /* listed by its stem alone, with TERM_STEM, */
    WORD_TITLE,   /* TERM_TITLE */
    WORD_HEADING, /* or TERM_HEADING; one more in its wdf */
    N_WORD_KINDS,
};

/* WORD at POSITION of it. A word too long for Glass is left out, as it is of
 * the next function. */
enum status segment_part_word(struct segment_part *part, enum word_kind kind,
                              struct bytes word, uint32_t position,
                              struct failure *failure);

/* WORD, of any kind that has no position, N times. */
enum status segment_part_term(struct segment_part *part, enum word_kind kind,
                              struct bytes word, uint32_t n,
                              struct failure *failure);

/* How many different terms it has so far, before it has words. */
size_t segment_part_n_terms(const struct segment_part *part);

/* The first N terms of the paragraph before, which are of WORD_TERM, 0 times;
 * before it has anything else. */
enum status segment_part_terms_again(struct segment_part *part, size_t n,
                                     struct failure *failure);

/* A value of it; one of each slot but VALUE_BLOCK, which is the segment's own.
 * An empty one is none. */
enum status segment_part_value(struct segment_part *part,
                               enum schema_value slot, struct bytes value,
                               struct failure *failure);

/* Do what can be done before the part is taken; nothing can be added to it
 * after. */
enum status segment_part_finish(struct segment_part *part,
                                struct failure *failure);

#endif
