/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in a part of a segment, for those who fill it and who take it.
 * Paragraphs are numbered from 1 in it. */
#ifndef INDEX_SEGMENT_PART_PARTS_H
#define INDEX_SEGMENT_PART_PARTS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "index/record_block.h"
#include "index/segment_part.h"
#include "index/words.h"

/* A word in a paragraph. */
struct posting {
    uint32_t word, document;
    uint32_t count;
};

/* A word that was asked for from memory and is taken a little later. */
struct waiting_word {
    struct word word;
    uint32_t n; /* its position, or how often it is there if it has none */
    char text[64];
};

enum { N_WAITING = 8 };

/* A value: its bytes follow those of the one before. */
struct part_value {
    uint32_t document;
    uint32_t slot;
    uint32_t length;
};

/* A posting among the sorted ones of its word. */
struct sorted_posting {
    uint32_t document, count;
};

/* Where that begins which belongs to a word. */
struct run {
    uint32_t posting; /* its sorted postings */
    uint32_t place;   /* its sorted positions */
    size_t code;      /* their code */
};

struct segment_part {
    bool portable;
    struct arena arena;
    struct words words; /* the tag of each: word_tag; numbers from 1 for texts
                           that have positions */
    uint32_t n_numbers;
    struct bytes *languages; /* from 1 */
    size_t n_languages, languages_capacity;
    uint32_t language; /* of the paragraph that is written */

    uint32_t *lengths; /* of the paragraphs before it */
    size_t lengths_capacity;
    uint32_t n_documents; /* it included */
    uint64_t length;      /* its own, so far */

    struct waiting_word waiting[N_WAITING]; /* of the paragraph, a ring */
    size_t n_came, n_taken;                 /* of those that waited */

    struct posting *postings; /* as they came */
    size_t n_postings, postings_capacity;
    size_t first_posting, first_before; /* of the paragraph that is written, and
                                           of the one before */

    /* Not portable: for the forward index, with the numbers of words. A token
     * is a number, at the position behind the token before; or 0, a position,
     * a number. Those of the paragraph that is written wait apart if they
     * stand beside others. */
    uint32_t *tokens;
    size_t n_tokens, tokens_capacity;
    uint32_t *besides;
    size_t n_besides, besides_capacity;
    uint32_t *token_ends; /* of each paragraph before */
    size_t token_ends_capacity;
    uint32_t position; /* of the last token that is not beside others */

    /* Portable: words and their positions, by turns. */
    uint32_t *places;
    size_t n_places, places_capacity;

    struct part_value *values;
    size_t n_values, values_capacity;
    struct buffer value_bytes;
    struct record_blocks records;

    /* Once it is finished: what there is of each word, in the order of words.
     * The code of its postings is the count of the first, and for each that
     * follows its document less the one before, less one, and its count. */
    bool finished;
    struct run *runs; /* one more than there are words */
    size_t runs_capacity;
    struct sorted_posting *sorted;
    size_t sorted_capacity;
    uint32_t *sorted_places;
    size_t sorted_places_capacity;
    struct buffer code;
};

/* The tag of a word in language number LANGUAGE (0 for WORD_TERM). */
static inline uint32_t word_tag(enum word_kind kind, uint32_t language)
{
    return language * N_WORD_KINDS + kind;
}

static inline enum word_kind word_kind(uint32_t tag)
{
    return (enum word_kind)(tag % N_WORD_KINDS);
}

static inline uint32_t word_language(uint32_t tag)
{
    return tag / N_WORD_KINDS;
}

static inline bool has_position(enum word_kind kind)
{
    return kind <= WORD_BESIDE;
}

#endif
