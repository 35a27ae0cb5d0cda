/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/inverter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "index/inverter_parts.h"
#include "index/schema.h"

enum {
    SLOTS_FIRST = 1 << 12,

    /* What is longer is no term, and none of its forms is: a form is shorter by
     * accents and endings only. */
    WORD_MAX = 4 * TERM_MAX,
};

enum status inverter_new(word_forms_function forms, void *context,
                         struct forward_writer *forward,
                         struct inverter **inverter, struct failure *failure)
{
    struct inverter *new = calloc(1, sizeof *new);

    *inverter = NULL;
    if (!new)
        return fail_memory(failure);
    new->forms = forms;
    new->forms_context = context;
    new->forward = forward;
    new->n_slots = SLOTS_FIRST;
    new->words = calloc(new->n_slots, sizeof *new->words);
    if (!new->words) {
        inverter_free(new);
        return fail_memory(failure);
    }
    *inverter = new;
    return STATUS_OK;
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    arena_release(&inverter->arena);
    buffer_release(&inverter->lengths);
    free(inverter->languages);
    free(inverter->words);
    free(inverter);
}

/* Keep a copy of LANGUAGE. */
static enum status add_language(struct inverter *inverter,
                                struct bytes language, struct failure *failure)
{
    char *copy = arena_allocate(&inverter->arena, language.length + 1);

    if (!copy ||
        !array_grow(&inverter->languages, &inverter->languages_capacity,
                    inverter->n_languages + 1, sizeof *inverter->languages))
        return fail_memory(failure);
    if (language.length)
        memcpy(copy, language.data, language.length);
    inverter->languages[inverter->n_languages++] =
        (struct bytes){copy, language.length};
    return STATUS_OK;
}

/* There are few, and mostly one. */
static enum status choose_language(struct inverter *inverter,
                                   struct bytes language,
                                   struct failure *failure)
{
    size_t i = inverter->language;

    if (i > 0 && bytes_equal(inverter->languages[i - 1], language))
        return STATUS_OK;
    for (i = 0; i < inverter->n_languages; i++)
        if (bytes_equal(inverter->languages[i], language))
            break;
    inverter->language = (uint32_t)i + 1;
    return i < inverter->n_languages
               ? STATUS_OK
               : add_language(inverter, language, failure);
}

void inverter_end(struct inverter *inverter)
{
    struct glass_statistics *statistics = &inverter->statistics;
    uint32_t length =
        inverter->length > UINT32_MAX ? UINT32_MAX : (uint32_t)inverter->length;

    if (inverter->document == 0)
        return;
    buffer_append_varint(&inverter->lengths, length);
    if (length > 0 &&
        (statistics->length_min == 0 || length < statistics->length_min))
        statistics->length_min = length;
    if (length > statistics->length_max)
        statistics->length_max = length;
    statistics->length_sum += length;
    inverter->length = 0;
}

enum status inverter_begin(struct inverter *inverter, struct bytes language,
                           struct failure *failure)
{
    if (inverter->document == UINT32_MAX)
        return fail(failure, STATUS_LIMIT, "too many paragraphs");
    inverter_end(inverter);
    inverter->document++;
    if (inverter->lengths.failed)
        return fail_memory(failure);
    if (inverter->forward) {
        enum status status = forward_writer_begin(inverter->forward, failure);

        if (status != STATUS_OK)
            return status;
    }
    return choose_language(inverter, language, failure);
}

uint32_t inverter_document(const struct inverter *inverter)
{
    return inverter->document;
}

/* A hash of its own, of eight bytes at a time: words are short, and each is
 * hashed each time that it occurs. The same in all languages, so that equal
 * words are found together. */
static uint32_t hash_word(struct bytes text)
{
    static const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = text.length * factor, piece;

    while (text.length >= 8) {
        memcpy(&piece, text.data, 8);
        hash = (hash ^ piece) * factor;
        hash ^= hash >> 32;
        text.data += 8;
        text.length -= 8;
    }
    piece = 0;
    for (size_t i = 0; i < text.length; i++)
        piece = piece << 8 | (unsigned char)text.data[i];
    hash = (hash ^ piece) * factor;
    return (uint32_t)(hash >> 32);
}

static bool enlarge(struct inverter *inverter)
{
    size_t n_slots = inverter->n_slots * 2;
    struct word **words = calloc(n_slots, sizeof *words);

    if (!words)
        return false;
    for (size_t i = 0; i < inverter->n_slots; i++) {
        struct word *word = inverter->words[i];
        size_t slot;

        if (!word)
            continue;
        for (slot = word->hash & (n_slots - 1); words[slot];
             slot = (slot + 1) & (n_slots - 1))
            ;
        words[slot] = word;
    }
    free(inverter->words);
    inverter->words = words;
    inverter->n_slots = n_slots;
    return true;
}

/* NUMBER is what the word is called in another language; 0: it is in none. */
static struct word *new_word(struct inverter *inverter, struct bytes text,
                             uint32_t language, uint32_t hash, uint32_t number)
{
    struct word *word =
        arena_allocate(&inverter->arena, sizeof *word + text.length);

    if (!word)
        return NULL;
    if (language && !number)
        number = ++inverter->n_numbers;
    *word = (struct word){.hash = hash,
                          .length = (uint32_t)text.length,
                          .language = language,
                          .number = number};
    memcpy(word->text, text.data, text.length);
    inverter->n_words++;
    return word;
}

/* The word TEXT, which is made if it is new; NULL if memory is short. */
static struct word *find_word(struct inverter *inverter, struct bytes text,
                              uint32_t language)
{
    uint32_t hash = hash_word(text), number = 0;
    size_t slot;

    if (inverter->n_words >= inverter->n_slots / 2 && !enlarge(inverter))
        return NULL;
    slot = hash & (inverter->n_slots - 1);
    for (struct word *word; (word = inverter->words[slot]);
         slot = (slot + 1) & (inverter->n_slots - 1)) {
        if (word->hash != hash || word->length != text.length ||
            memcmp(word->text, text.data, text.length) != 0)
            continue;
        if (word->language == language)
            return word;
        if (language && word->language)
            number = word->number;
    }
    inverter->words[slot] = new_word(inverter, text, language, hash, number);
    return inverter->words[slot];
}

static enum status add(struct inverter *inverter, struct bytes text,
                       uint32_t language, enum occurrence_kind kind,
                       uint32_t number, struct failure *failure)
{
    bool forward = inverter->forward && kind != OCCURRENCE_TERM;
    struct word *word;

    assert(inverter->document > 0);
    if (text.length == 0 || text.length > WORD_MAX)
        return STATUS_OK;
    word = find_word(inverter, text, language);
    if (!word ||
        !occurrences_append(&inverter->arena, &word->occurrences,
                            inverter->document, kind, forward ? 0 : number))
        return fail_memory(failure);
    if (forward)
        forward_writer_token(inverter->forward, number, word->number);
    return STATUS_OK;
}

enum status inverter_add_word(struct inverter *inverter, struct bytes word,
                              uint32_t position, bool counts,
                              struct failure *failure)
{
    inverter->length += counts;
    return add(inverter, word, inverter->language,
               counts ? OCCURRENCE_WORD : OCCURRENCE_BESIDE, position, failure);
}

enum status inverter_add_term(struct inverter *inverter, struct bytes term,
                              uint32_t wdf, struct failure *failure)
{
    inverter->length += wdf;
    return add(inverter, term, 0, OCCURRENCE_TERM, wdf, failure);
}

enum status inverter_add_beside(struct inverter *inverter, struct bytes term,
                                struct failure *failure)
{
    return add(inverter, term, 0, OCCURRENCE_TERM, 1, failure);
}

size_t inverter_size(const struct inverter *inverter)
{
    return inverter->arena.size + inverter->n_slots * sizeof *inverter->words +
           inverter->lengths.capacity + inverter->n_words * TERMS_OF_WORD_SIZE;
}
