/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an inverter is made of: inverter.c fills it, inverter_terms.c makes
 * terms of its words, inverter_write.c writes their postings. */
#ifndef INDEX_INVERTER_PARTS_H
#define INDEX_INVERTER_PARTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "index/inverter.h"
#include "index/occurrences.h"

/* A word in a language, or a term as it is. */
struct word {
    struct occurrences occurrences;
    uint32_t hash;
    uint32_t length;
    uint32_t language; /* 0: a term, without forms */
    uint32_t number;   /* of a word, in the forward index: the same in
                          all languages */
    char text[];
};

struct inverter {
    word_forms_function forms;
    void *forms_context;
    struct forward_writer *forward; /* NULL: positions are with occurrences */
    struct arena arena;

    struct word **words; /* a hash table, n_slots a power of 2, half full */
    size_t n_slots, n_words;
    uint32_t n_numbers; /* given to words */

    struct bytes *languages; /* of words, from 1; in the arena */
    size_t n_languages, languages_capacity;

    uint32_t document; /* the number of the last paragraph */
    uint32_t language; /* its language */
    uint64_t length;
    struct buffer lengths; /* of those before it, LEB128 */
    struct glass_statistics statistics;
};

/* Put the length of the paragraph that is written to the others. */
void inverter_end(struct inverter *inverter);

/* How the postings of a term follow from those of a word. */
enum term_source {
    SOURCE_SELF,     /* they are the same */
    SOURCE_STEM,     /* without positions, each of which adds one to the wdf */
    SOURCE_SPELLING, /* without positions and wdf */
};

struct term {
    uint64_t prefix; /* the first eight bytes, for sorting */
    const char *data;
    uint32_t length;
    enum term_source source;
    const struct word *word;
};

/* All terms of INVERTER's words, in byte order, those that are equal one after
 * the other. *TERMS is the caller's to free. */
enum status inverter_terms(struct inverter *inverter, struct term **terms,
                           size_t *n_terms, struct failure *failure);

/* The memory that one word takes for that, besides its own. */
enum { TERMS_OF_WORD_SIZE = 3 * 2 * sizeof(struct term) + 64 };

#endif
