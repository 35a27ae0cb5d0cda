/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an inverter is made of: inverter.c fills it, inverter_terms.c makes
 * terms of its words, inverter_encode.c merges and codes their postings,
 * inverter_write.c writes them. */
#ifndef INDEX_INVERTER_PARTS_H
#define INDEX_INVERTER_PARTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "index/chain.h"
#include "index/inverter.h"
#include "index/segment_part_parts.h"
#include "index/words.h"

/* Where one word occurs. */
struct list {
    struct chain postings; /* the document less the one before, less one, and
                              the count */
    struct chain places;   /* positions, each less the one before in its
                              document, modulo 2^32; as many as counts say */
};

/* A word that got no number yet. */
struct newcomer {
    uint32_t word;   /* of the inverter */
    uint32_t number; /* in the part */
    uint32_t count;  /* postings in the part */
};

struct inverter {
    word_forms_function forms;
    void *forms_context;
    struct forward_writer *forward; /* NULL: positions are in lists */
    struct arena arena;

    struct words words; /* the number of each: in the forward index */
    struct list *lists; /* of each */
    size_t lists_capacity;
    uint32_t n_numbers; /* given to words */

    struct bytes *languages; /* of words, from 1; in the arena */
    size_t n_languages, languages_capacity;

    uint32_t n_documents;
    struct buffer lengths; /* of the paragraphs, LEB128 */
    struct glass_statistics statistics;

    /* For the part that is taken. */
    uint32_t *numbers; /* by those of the part */
    size_t numbers_capacity;
    struct newcomer *newcomers;
    size_t n_newcomers, newcomers_capacity;
};

struct term {
    uint64_t prefix; /* the first eight bytes, for sorting */
    const char *data;
    uint32_t length;
    uint32_t word;
    bool self;   /* it is the word itself, with its positions */
    bool counts; /* how often the word occurs adds to the wdf */
};

/* All terms of INVERTER's words, in byte order, those that are equal one after
 * the other. *TERMS is the caller's to free. */
enum status inverter_terms(struct inverter *inverter, struct term **terms,
                           size_t *n_terms, struct failure *failure);

/* The memory that one word takes for that, besides its own. */
enum { TERMS_OF_WORD_SIZE = 3 * 2 * sizeof(struct term) + 64 };

#endif
