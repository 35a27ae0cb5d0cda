/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A hash table of words. A word is a text and a tag, which says what it is
 * (of which language, or no word but a term): one text may stand there with
 * several tags. */
#ifndef INDEX_WORDS_H
#define INDEX_WORDS_H

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

struct word_slot {
    uint32_t hash;
    uint32_t word; /* its place plus one; 0: there is none */
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

/* What can be told of TEXT, which is borrowed, and of TAG; the owner's members
 * are left as they are. */
void word_init(struct word *word, struct bytes text, uint32_t tag);

/* The place in .items of WORD, which may be one of another table, but with TAG.
 * It is added, its text copied, if it is new; WORDS_NONE if memory is short. */
uint32_t words_find(struct words *words, const struct word *word, uint32_t tag);

/* Each look at a table of many words waits for memory, first for the slot and
 * then for the item: ask for the one some time before the other, and for that
 * some time before words_find. */
static inline void words_prefetch(const struct words *words,
                                  const struct word *word)
{
    if (words->n_slots)
        __builtin_prefetch(&words->slots[word->hash & (words->n_slots - 1)]);
}

static inline void words_prefetch_item(const struct words *words,
                                       const struct word *word)
{
    const struct word_slot *slot;

    if (words->n_slots == 0)
        return;
    slot = &words->slots[word->hash & (words->n_slots - 1)];
    if (slot->word)
        __builtin_prefetch(&words->items[slot->word - 1]);
}

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
