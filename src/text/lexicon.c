/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The forms of a word, and the cache of them: a table of fixed size, in which a
 * hash gives two places, the newer first. A new word drives out the older of
 * the two; with one place, two common words that share it would drive out each
 * other all the time. */
#include <config.h>

#include "src/text/lexicon.h"

#include "src/text/analyzer.h"
#include "src/text/fold.h"
#include "src/text/language.h"
#include "src/text/stem.h"
#include "src/text/utf8.h"

#include <unicode/uchar.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    CACHE_BITS = 15,
    CACHE_SIZE = 2 << CACHE_BITS, /* 4 MiB */
    ENTRY_BYTES = 58,    /* makes an entry one line of the processor's cache */
    LANGUAGE_NONE = 255, /* any without a stemmer */
    CODE_MAX = 12,
    N_CODES = 64,                  /* that are remembered; a power of 2 */
    FORM_MAX = 2 * WORD_MAX_BYTES, /* a stem is longer than its word at times */
};

/* The word, and behind it the stem and the key where they are not its
 * beginning, as they are of most words. */
struct entry {
    uint8_t word_length; /* 0: nothing here */
    uint8_t language;
    uint8_t stem_at, stem_length;
    uint8_t key_at, key_length;
    char bytes[ENTRY_BYTES];
};

/* A language as it was given, and what that is. A query asks for the forms of a
 * word in each language of the index in turn. */
struct code {
    char bytes[CODE_MAX];
    size_t length; /* 0: none */
    const struct language *language;
};

struct lexicon {
    struct folder *folder;
    struct stemmers *stemmers;
    void *memory;        /* of the cache, */
    struct entry *cache; /* which begins in it at a line's boundary */
    struct code codes[N_CODES];
    const struct language *language;    /* of the call at hand */
    char stem[FORM_MAX], key[FORM_MAX]; /* of a word that is not cached */
};

/* The first place at or behind MEMORY for an entry to be one cache line. */
static struct entry *align_entry(char *memory)
{
    size_t past = (uintptr_t)memory % sizeof(struct entry);

    return (struct entry *)(memory + (past ? sizeof(struct entry) - past : 0));
}

enum status lexicon_new(struct lexicon **lexicon, struct failure *failure)
{
    struct lexicon *made = calloc(1, sizeof *made);
    enum status status;

    *lexicon = NULL;
    if (!made)
        return fail_memory(failure);
    status = folder_new(&made->folder, failure);
    if (!status)
        status = stemmers_new(&made->stemmers, failure);
    if (!status) {
        /* Pages of it that are never used cost nothing, as long as no one
         * writes zeros to them: hence not aligned_alloc. */
        made->memory = calloc(CACHE_SIZE + 1, sizeof *made->cache);
        if (!made->memory)
            status = fail_memory(failure);
        made->cache = align_entry(made->memory);
    }
    if (status)
        lexicon_free(made);
    else
        *lexicon = made;
    return status;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    free(lexicon->memory);
    stemmers_free(lexicon->stemmers);
    folder_free(lexicon->folder);
    free(lexicon);
}

/* Make CODE the language that stemming is done in. */
static void choose_language(struct lexicon *lexicon, struct bytes code)
{
    struct code *known = &lexicon->codes[0];

    if (code.length >= 2)
        known = &lexicon->codes[((unsigned char)code.data[0] * 26u +
                                 (unsigned char)code.data[1]) %
                                N_CODES];
    if (known->length == 0 ||
        !bytes_equal((struct bytes){known->bytes, known->length}, code)) {
        known->language = language_find(code);
        if (known->language && !known->language->stemmer)
            known->language = NULL;
        /* A code too long to be remembered is looked up each time. */
        known->length = 0;
        if (code.length > 0 && code.length <= CODE_MAX) {
            memcpy(known->bytes, code.data, code.length);
            known->length = code.length;
        }
    }
    lexicon->language = known->language;
}

static uint8_t language_number(const struct lexicon *lexicon)
{
    if (!lexicon->language)
        return LANGUAGE_NONE;
    return (uint8_t)(lexicon->language - language_list());
}

/* The first of the two places of WORD. Eight bytes at a time: multiply and fold
 * the product's halves, as in multiplicative hashing; the constant is 2^64 by
 * the golden ratio. */
static size_t place_of(struct bytes word, uint8_t language)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = (word.length << 8 | language) * factor, part;
    size_t at = 0;

    for (; word.length - at >= sizeof part; at += sizeof part) {
        memcpy(&part, word.data + at, sizeof part);
        hash = (hash ^ part) * factor;
        hash ^= hash >> 32;
    }
    part = 0;
    memcpy(&part, word.data + at, word.length - at);
    hash = (hash ^ part) * factor;
    return (size_t)(hash >> (64 - CACHE_BITS)) * 2;
}

static bool holds(const struct entry *entry, struct bytes word,
                  uint8_t language)
{
    return entry->word_length == word.length && entry->language == language &&
           memcmp(entry->bytes, word.data, word.length) == 0;
}

/* Where FORM is within the first *USED bytes of ENTRY, after it was put there
 * if it is not the beginning of the word; false if there is no room. */
static bool place_form(struct entry *entry, size_t *used, struct bytes form,
                       uint8_t *at, uint8_t *length)
{
    *at = 0;
    *length = (uint8_t)form.length;
    if (form.length <= entry->word_length &&
        memcmp(entry->bytes, form.data, form.length) == 0)
        return true;
    if (form.length > ENTRY_BYTES - *used)
        return false;
    memcpy(entry->bytes + *used, form.data, form.length);
    *at = (uint8_t)*used;
    *used += form.length;
    return true;
}

/* Put it into the first of the two places that begin at ENTRY. */
static void remember(struct entry *entry, struct bytes word, uint8_t language,
                     struct bytes stem, struct bytes key)
{
    size_t used = word.length;

    if (word.length > ENTRY_BYTES)
        return;
    entry[1] = entry[0];
    memcpy(entry->bytes, word.data, word.length);
    entry->word_length = (uint8_t)word.length;
    entry->language = language;
    if (!place_form(entry, &used, stem, &entry->stem_at, &entry->stem_length) ||
        !place_form(entry, &used, key, &entry->key_at, &entry->key_length))
        entry->word_length = 0;
}

/* WORD without hyphens and the full stops of an abbreviation; a stop that
 * follows a digit (1.5) stays. JOINED has room for it. */
static size_t join(struct bytes word, char *joined)
{
    size_t at = 0, length = 0;
    bool after_digit = false;

    while (at < word.length) {
        char32_t c;
        size_t size = utf8_decode(word.data + at, word.length - at, &c);

        if (c != '-' && (c != '.' || after_digit)) {
            memcpy(joined + length, word.data + at, size);
            length += size;
        }
        after_digit = u_isdigit((UChar32)c);
        at += size;
    }
    return length;
}

/* Fill .stem and .key for a WORD of at most WORD_MAX_BYTES. */
static enum status find_forms(struct lexicon *lexicon, struct bytes word,
                              struct bytes *stem, struct bytes *key,
                              struct failure *failure)
{
    char joined[WORD_MAX_BYTES];
    struct bytes whole = {joined, join(word, joined)}, raw;
    enum status status =
        stem_word(lexicon->stemmers, lexicon->language, whole, &raw, failure);

    if (status)
        return status;
    *stem = (struct bytes){lexicon->stem,
                           fold_accents(lexicon->folder, raw.data, raw.length,
                                        lexicon->stem, FORM_MAX)};
    *key = (struct bytes){lexicon->key,
                          fold_accents(lexicon->folder, joined, whole.length,
                                       lexicon->key, FORM_MAX)};
    /* A word of points alone is itself. */
    if (key->length == 0) {
        memcpy(lexicon->key, word.data, word.length);
        key->length = word.length;
    }
    if (stem->length == 0) {
        memcpy(lexicon->stem, key->data, key->length);
        stem->length = key->length;
    }
    return STATUS_OK;
}

enum status lexicon_forms(struct lexicon *lexicon, struct bytes word,
                          struct bytes language, struct bytes *stem,
                          struct bytes *key, struct failure *failure)
{
    struct entry *entry;
    uint8_t number;
    enum status status;
    int i;

    choose_language(lexicon, language);
    number = language_number(lexicon);
    *stem = *key = word;
    /* No token is like that. */
    if (word.length == 0 || word.length > WORD_MAX_BYTES)
        return STATUS_OK;
    entry = &lexicon->cache[place_of(word, number)];
    for (i = 0; i < 2; i++) {
        const struct entry *found = entry + i;

        if (!holds(found, word, number))
            continue;
        *stem =
            (struct bytes){found->bytes + found->stem_at, found->stem_length};
        *key = (struct bytes){found->bytes + found->key_at, found->key_length};
        return STATUS_OK;
    }
    if (!utf8_valid(word.data, word.length))
        return STATUS_OK;
    status = find_forms(lexicon, word, stem, key, failure);
    if (!status)
        remember(entry, word, number, *stem, *key);
    return status;
}
