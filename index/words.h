/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of words. A word is a text and a tag, which says what it is
 * (of which language, or no word but a term): one text may stand there with
 * several tags. */
#ifndef INDEX_WORDS_H
#define INDEX_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

struct word {
    /* The first and the last eight bytes, as much as there are. With the length
     * they are all that there is to know of a text of up to sixteen, and
     * nearly all words are. */
    uint64_t head, tail;
    const char *text; /* in the arena */
    uint32_t length;
    uint32_t hash; /* of the text */
    uint32_t tag;
    uint32_t number; /* the owner's; a new word has that of another one of the
                        same text, 0 if there is none */

    /* The owner's, too: */
    uint32_t document; /* where it was last */
    uint32_t posting;  /* the last of it */
    uint32_t n;        /* of them */
};

struct words {
    struct word *items; /* in the order in which they came */
    size_t n, capacity;
    struct word_slot *slots; /* n_slots a power of 2, half full */
    size_t n_slots;
    struct arena *arena; /* for texts; the owner's */
};

enum { WORDS_NONE = UINT32_MAX };

/* No memory is taken before the first word. */
#define WORDS_EMPTY(owned) ((struct words){.arena = (owned)})

/* The place in .items of TEXT with TAG, which is added if it is new; WORDS_NONE
 * if memory is short. */
uint32_t words_find(struct words *words, struct bytes text, uint32_t tag);

/* The same of a WORD of another table, but for its tag. */
uint32_t words_find_again(struct words *words, const struct word *word,
                          uint32_t tag);

/* Where that will look first: ask for it some time before. */
void words_prefetch(const struct words *words, const struct word *word);

/* Forget all words; those that come next may take the memory. */
void words_clear(struct words *words);
void words_release(struct words *words);

/* The memory it takes, but for the arena. */
size_t words_size(const struct words *words);

static inline struct bytes word_text(const struct word *word)
{
    return (struct bytes){word->text, word->length};
}

#endif
