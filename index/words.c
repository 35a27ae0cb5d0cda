/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/words.h"

#include "base/buffer.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_FIRST = 1 << 12,
    PIECE = 8, /* bytes that are looked at together */
};

static uint64_t load(const char *text, size_t length)
{
    uint64_t piece = 0;

    memcpy(&piece, text, length);
    return piece;
}

static uint64_t mix(uint64_t hash, uint64_t piece)
{
    hash = (hash ^ piece) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ hash >> 32;
}

/* Bytes are loaded in as few pieces as can be, which may overlap: two of eight,
 * of four, or of one or two. */
void word_init(struct word *word, struct bytes text, uint32_t tag)
{
    const char *data = text.data;
    size_t length = text.length;
    uint64_t head = 0, tail = 0, hash;

    if (length >= PIECE) {
        head = load(data, PIECE);
        tail = load(data + length - PIECE, PIECE);
    } else if (length >= 4) {
        head = load(data, 4) << 32 | load(data + length - 4, 4);
    } else if (length > 0) {
        head = (uint64_t)(unsigned char)data[0] << 16 |
               (uint64_t)(unsigned char)data[length / 2] << 8 |
               (unsigned char)data[length - 1];
    }
    hash = mix(mix(length, head), tail);
    for (size_t at = PIECE; at + PIECE < length; at += PIECE)
        hash = mix(hash, load(data + at, PIECE));
    word->head = head;
    word->tail = tail;
    word->text = data;
    word->length = (uint32_t)length;
    word->hash = (uint32_t)(hash >> 16);
    word->tag = tag;
}

static bool same_text(const struct word *a, const struct word *b)
{
    return a->head == b->head && a->tail == b->tail && a->length == b->length &&
           (a->length <= 2 * PIECE || memcmp(a->text, b->text, a->length) == 0);
}

static bool enlarge(struct words *words)
{
    size_t n_slots = words->n_slots ? words->n_slots * 2 : SLOTS_FIRST;
    struct word_slot *slots = calloc(n_slots, sizeof *slots);

    if (!slots)
        return false;
    for (size_t i = 0; i < words->n; i++) {
        uint32_t hash = words->items[i].hash;
        size_t at = hash & (n_slots - 1);

        while (slots[at].word)
            at = (at + 1) & (n_slots - 1);
        slots[at] = (struct word_slot){hash, (uint32_t)i + 1};
    }
    free(words->slots);
    words->slots = slots;
    words->n_slots = n_slots;
    return true;
}

/* Add WORD, of which the text is copied, with TAG and NUMBER. */
static uint32_t add(struct words *words, const struct word *word, uint32_t tag,
                    uint32_t number)
{
    char *text = arena_allocate(words->arena, word->length);

    if (!text || words->n >= WORDS_NONE - 1 ||
        !array_grow(&words->items, &words->capacity, words->n + 1,
                    sizeof *words->items))
        return WORDS_NONE;
    memcpy(text, word->text, word->length);
    words->items[words->n] = (struct word){
        .head = word->head,
        .tail = word->tail,
        .text = text,
        .length = word->length,
        .hash = word->hash,
        .tag = tag,
        .number = number,
    };
    return (uint32_t)words->n++;
}

uint32_t words_find(struct words *words, const struct word *word, uint32_t tag)
{
    uint32_t found, number = 0;
    size_t at;

    if (words->n >= words->n_slots / 2 && !enlarge(words))
        return WORDS_NONE;
    for (at = word->hash & (words->n_slots - 1); words->slots[at].word;
         at = (at + 1) & (words->n_slots - 1)) {
        const struct word *other;

        if (words->slots[at].hash != word->hash)
            continue;
        other = &words->items[words->slots[at].word - 1];
        if (!same_text(other, word))
            continue;
        if (other->tag == tag)
            return words->slots[at].word - 1;
        if (other->number)
            number = other->number;
    }
    found = add(words, word, tag, number);
    if (found != WORDS_NONE)
        words->slots[at] = (struct word_slot){word->hash, found + 1};
    return found;
}

void words_clear(struct words *words)
{
    if (words->n)
        memset(words->slots, 0, words->n_slots * sizeof *words->slots);
    words->n = 0;
}

void words_release(struct words *words)
{
    free(words->items);
    free(words->slots);
    *words = WORDS_EMPTY(words->arena);
}

size_t words_size(const struct words *words)
{
    return words->capacity * sizeof *words->items +
           words->n_slots * sizeof *words->slots;
}
