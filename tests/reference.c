/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A query becomes a tree of meanings. */
#include <config.h>

#include "tests/reference-parts.h"

#include "src/query/piece.h"
#include "src/query/wildcard.h"
#include "src/text/language.h"
#include "src/text/utf8.h"

#include <stdlib.h>

/* How words of a text are meant. */
enum manner {
    MANNER_WRITTEN,   /* spelling aside */
    MANNER_EXACT,     /* nothing aside */
    MANNER_INFLECTED, /* in any inflection */
    MANNER_RANKED,    /* the same, but several words are a phrase as written */
};

struct reader_of_tree {
    struct reference *reference;
    bool all;
};

static struct meaning *make(enum meaning_kind kind)
{
    struct meaning *meaning = reference_allocate(1, sizeof *meaning);

    meaning->kind = kind;
    return meaning;
}

/* Nothing where CHILD is NULL. */
static void add(struct meaning *parent, struct meaning *child)
{
    if (!child)
        return;
    if (!array_grow(&parent->children, &parent->capacity,
                    parent->n_children + 1, sizeof *parent->children))
        abort();
    parent->children[parent->n_children++] = child;
}

void meaning_free(struct meaning *meaning)
{
    if (!meaning)
        return;
    for (size_t i = 0; i < meaning->n_children; i++)
        meaning_free(meaning->children[i]);
    free(meaning->children);
    free(meaning->is);
    free(meaning->stretches);
    free(meaning->marks);
    free(meaning);
}

/* Words. */

static size_t length_in_characters(struct bytes word, char32_t *characters)
{
    size_t n = 0;

    for (size_t at = 0; at < word.length && n < EDIT_MAX_LENGTH; n++)
        at += utf8_decode(word.data + at, word.length - at, &characters[n]);
    return n;
}

/* The optimal string alignment distance, by the book. */
static unsigned edits_between(struct bytes a, struct bytes b)
{
    char32_t x[EDIT_MAX_LENGTH], y[EDIT_MAX_LENGTH];
    unsigned d[EDIT_MAX_LENGTH + 1][EDIT_MAX_LENGTH + 1];
    size_t m = length_in_characters(a, x), n = length_in_characters(b, y);

    if (m > n + EDIT_MAX_DISTANCE || n > m + EDIT_MAX_DISTANCE)
        return EDIT_MAX_DISTANCE + 1;
    for (size_t i = 0; i <= m; i++) {
        for (size_t j = 0; j <= n; j++) {
            unsigned best = (unsigned)(i + j);

            if (i > 0 && j > 0) {
                best = d[i - 1][j - 1] + (x[i - 1] != y[j - 1]);
                if (d[i - 1][j] + 1 < best)
                    best = d[i - 1][j] + 1;
                if (d[i][j - 1] + 1 < best)
                    best = d[i][j - 1] + 1;
            }
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] &&
                x[i - 2] == y[j - 1] && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    }
    return d[m][n];
}

static bool is_like(const char *pattern, const char *end, const char *word,
                    const char *word_end)
{
    char32_t c;

    if (pattern == end)
        return word == word_end;
    if (*pattern == WILDCARD_ANY)
        return is_like(pattern + 1, end, word, word_end) ||
               (word < word_end && is_like(pattern, end, word + 1, word_end));
    if (word == word_end)
        return false;
    if (*pattern == WILDCARD_ONE)
        return is_like(pattern + 1, end,
                       word + utf8_decode(word, (size_t)(word_end - word), &c),
                       word_end);
    return *pattern == *word && is_like(pattern + 1, end, word + 1, word_end);
}

/* The forms of WORD in LANGUAGE, copied into BUFFERS. */
static void forms_of(struct reference *reference, struct bytes word,
                     struct bytes language, struct buffer *stem,
                     struct buffer *key)
{
    struct bytes found_stem, found_key;

    if (lexicon_forms(reference->lexicon, word, language, &found_stem,
                      &found_key, NULL))
        abort();
    buffer_clear(stem);
    buffer_clear(key);
    buffer_append(stem, found_stem.data, found_stem.length);
    buffer_append(key, found_key.data, found_key.length);
}

/* Mark in IS the words that have STEM in their language, or, with EVERY, in
 * any. */
static void mark_stem(struct reference *reference, struct bytes stem,
                      bool every, bool *is)
{
    for (size_t i = 0; i < reference->n_words; i++) {
        const struct reference_word *known = &reference->words[i];

        if (known->kind == TOKEN_PAIR)
            continue;
        if (bytes_equal(known->stem, stem))
            is[i] = true;
        for (size_t j = 0; every && !is[i] && j < reference->n_languages; j++)
            is[i] = bytes_equal(reference_stem(reference, i, j), stem);
    }
}

/* WORD, its key, and the words of the paragraphs with that key, by their
 * stems in all languages. */
static void mark_inflections(struct reference *reference, struct bytes word,
                             bool every, bool *is)
{
    struct buffer stem = BUFFER_EMPTY, key = BUFFER_EMPTY, own = BUFFER_EMPTY;

    every = every && reference->n_languages > 1;
    for (size_t j = 0; j < reference->n_languages; j++) {
        struct bytes language = reference->languages[j];

        forms_of(reference, word, language, &stem, &own);
        mark_stem(reference, buffer_bytes(&stem), every, is);
        forms_of(reference, buffer_bytes(&own), language, &stem, &key);
        mark_stem(reference, buffer_bytes(&stem), every, is);
        for (size_t i = 0; i < reference->n_words; i++) {
            if (!bytes_equal(reference->words[i].key, buffer_bytes(&own)) ||
                bytes_equal(reference->words[i].word, buffer_bytes(&own)) ||
                bytes_equal(reference->words[i].word, word))
                continue;
            mark_stem(reference, reference_stem(reference, i, j), every, is);
        }
    }
    buffer_release(&stem);
    buffer_release(&key);
    buffer_release(&own);
}

/* WORD, of PIECE, meant so; with EDITS, words that are so far away. */
static struct meaning *word_meaning(struct reference *reference,
                                    const struct piece *piece,
                                    struct bytes word, enum manner manner,
                                    unsigned edits)
{
    struct meaning *meaning = make(MEANING_WORD);
    struct buffer stem = BUFFER_EMPTY, key = BUFFER_EMPTY,
                  pattern = BUFFER_EMPTY;
    bool wild = piece_is_wild(piece, word);

    meaning->is = reference_allocate(reference->n_words, sizeof(bool));
    forms_of(reference, word, bytes_of("en"), &stem, &key);
    piece_pattern(piece, buffer_bytes(&key), &pattern);
    for (size_t i = 0; i < reference->n_words; i++) {
        const struct reference_word *known = &reference->words[i];
        bool is;

        if (known->kind == TOKEN_PAIR)
            continue;
        if (manner == MANNER_EXACT)
            is = bytes_equal(known->word, word);
        else if (wild)
            is = is_like(pattern.data, pattern.data + pattern.length,
                         known->key.data, known->key.data + known->key.length);
        else if (edits)
            is = edits_between(known->key, buffer_bytes(&key)) <= edits;
        else
            is = bytes_equal(known->key, buffer_bytes(&key));
        meaning->is[i] = is;
    }
    if (!wild && !edits &&
        (manner == MANNER_INFLECTED || manner == MANNER_RANKED))
        mark_inflections(reference, word, manner == MANNER_INFLECTED,
                         meaning->is);
    buffer_release(&stem);
    buffer_release(&key);
    buffer_release(&pattern);
    return meaning;
}

/* Texts. */

/* A word of a text, compounds being one. */
struct unit {
    char word[WORD_MAX_BYTES];
    size_t length;
    size_t first_part, n_parts; /* of the parts, compounds left out */
};

struct text {
    struct piece piece;
    struct unit *units, *parts;
    size_t n_units, units_capacity, n_parts, parts_capacity;
};

static void append_unit(struct unit **units, size_t *n_units, size_t *capacity,
                        const struct token *token, size_t first, size_t n)
{
    struct unit *unit;

    if (!array_grow(units, capacity, *n_units + 1, sizeof **units))
        abort();
    unit = &(*units)[(*n_units)++];
    memcpy(unit->word, token->word.data, token->word.length);
    unit->length = token->word.length;
    unit->first_part = first;
    unit->n_parts = n;
}

/* The units of TEXT; there may be none. */
static void read_units(struct reference *reference, struct bytes bytes,
                       bool wildcards, struct text *text)
{
    struct token token;

    *text = (struct text){.n_units = 0};
    if (piece_read(&text->piece, bytes, 1, wildcards, NULL))
        abort();
    analyzer_start(reference->analyzer, text->piece.text.data,
                   text->piece.text.length);
    while (analyzer_next(reference->analyzer, &token)) {
        if (token.kind == TOKEN_PAIR)
            continue;
        if (token.kind == TOKEN_COMPOUND) {
            text->n_units -= text->n_parts - (token.position - 1);
            append_unit(&text->units, &text->n_units, &text->units_capacity,
                        &token, token.position - 1,
                        text->n_parts - (token.position - 1));
            continue;
        }
        append_unit(&text->parts, &text->n_parts, &text->parts_capacity, &token,
                    text->n_parts, 1);
        append_unit(&text->units, &text->n_units, &text->units_capacity, &token,
                    text->n_parts - 1, 1);
    }
}

static void release_units(struct text *text)
{
    piece_release(&text->piece);
    free(text->units);
    free(text->parts);
}

static struct bytes word_of(const struct unit *unit)
{
    return (struct bytes){unit->word, unit->length};
}

/* A compound is itself or, but where it is meant exactly, its parts in a row.
 */
static struct meaning *unit_meaning(struct reference *reference,
                                    const struct text *text,
                                    const struct unit *unit, enum manner manner,
                                    unsigned edits)
{
    struct meaning *any = make(MEANING_ANY), *row;

    add(any,
        word_meaning(reference, &text->piece, word_of(unit), manner, edits));
    if (unit->n_parts == 1 || manner == MANNER_EXACT || edits)
        return any;
    row = make(MEANING_ROW);
    for (size_t i = 0; i < unit->n_parts; i++)
        add(row,
            word_meaning(reference, &text->piece,
                         word_of(&text->parts[unit->first_part + i]),
                         manner == MANNER_RANKED ? MANNER_WRITTEN : manner, 0));
    add(any, row);
    return any;
}

/* The words of BYTES in a row; NULL if there are none. */
static struct meaning *text_meaning(struct reference *reference,
                                    struct bytes bytes, enum manner manner,
                                    unsigned edits)
{
    struct meaning *row = make(MEANING_ROW);
    struct text text;

    read_units(reference, bytes, manner != MANNER_EXACT, &text);
    if (text.n_units > 1 && manner == MANNER_RANKED)
        manner = MANNER_WRITTEN;
    for (size_t i = 0; i < text.n_units; i++)
        add(row, unit_meaning(reference, &text, &text.units[i], manner, edits));
    release_units(&text);
    if (row->n_children > 0)
        return row;
    meaning_free(row);
    return NULL;
}

static struct meaning *phrase_meaning(struct reference *reference,
                                      const struct syntax *tree)
{
    enum manner manner = tree->inflected ? MANNER_INFLECTED : MANNER_WRITTEN;
    struct meaning *row;

    if (tree->n_children == 0)
        return text_meaning(reference, tree->text, manner, 0);
    row = make(MEANING_ROW);
    for (size_t i = 0; i < tree->n_children; i++) {
        const struct syntax *child = tree->children[i];
        struct meaning *any;

        if (child->kind != SYNTAX_OR) {
            add(row, text_meaning(reference, child->text, manner, 0));
            continue;
        }
        any = make(MEANING_ANY);
        for (size_t j = 0; j < child->n_children; j++)
            add(any,
                text_meaning(reference, child->children[j]->text, manner, 0));
        add(row, any);
    }
    return row;
}

/* Fields. */

static bool begins_with(struct bytes text, struct bytes beginning)
{
    return text.length >= beginning.length &&
           memcmp(text.data, beginning.data, beginning.length) == 0;
}

/* The eight digits of DATE, with FILL for those it does not have. */
static void digits_of(struct bytes date, char fill, char digits[8])
{
    size_t n = 0;

    memset(digits, fill, 8);
    for (size_t i = 0; i < date.length && n < 8; i++)
        if (date.data[i] != '-')
            digits[n++] = date.data[i];
}

static bool is_dated(struct bytes date, struct bytes range)
{
    const char *dots = memmem(range.data, range.length, "..", 2);
    size_t first = dots ? (size_t)(dots - range.data) : range.length;
    struct bytes from = {range.data, first};
    struct bytes to =
        dots ? (struct bytes){dots + 2, range.length - first - 2} : from;
    char digits[8], least[8], most[8];

    digits_of(date, '0', digits);
    digits_of(from, '0', least);
    digits_of(to, '9', most);
    return date.length > 0 && memcmp(digits, least, 8) >= 0 &&
           memcmp(digits, most, 8) <= 0;
}

/* All words of VALUE in the title of PARAGRAPH, WORDS being what they mean. */
static bool is_titled(const struct reference_paragraph *paragraph,
                      const struct meaning *words)
{
    for (size_t i = 0; i < words->n_children; i++) {
        const bool *is = words->children[i]->children[0]->is;
        size_t j = 0;

        while (j < paragraph->n_title_words && !is[paragraph->title_words[j]])
            j++;
        if (j == paragraph->n_title_words)
            return false;
    }
    return true;
}

/* Whether PARAGRAPH has VALUE in FIELD; not for titles. */
static bool has_value(const struct reference_paragraph *paragraph,
                      enum query_field field, struct bytes value)
{
    switch (field) {
    case FIELD_SYMBOL: return bytes_equal(paragraph->document, value);
    case FIELD_KIND: return bytes_equal(paragraph->kind, value);
    case FIELD_LANGUAGE: return bytes_equal(paragraph->language, value);
    case FIELD_DATE: return is_dated(paragraph->date, value);
    case FIELD_PATH:
        return bytes_equal(paragraph->path, value) ||
               (value.data[value.length - 1] == '/' &&
                begins_with(paragraph->path, value));
    case FIELD_TITLE:
    case N_FIELDS: break;
    }
    abort();
}

static struct meaning *field_meaning(struct reference *reference,
                                     const struct syntax *tree)
{
    struct meaning *meaning = make(MEANING_FIELD);
    struct meaning *title = NULL;
    struct piece piece;

    meaning->is = reference_allocate(reference->n_paragraphs, sizeof(bool));
    if (piece_read(&piece, tree->text, 1, true, NULL))
        abort();
    if (tree->field == FIELD_TITLE) {
        struct text text;

        title = make(MEANING_ALL);
        read_units(reference, tree->text, true, &text);
        for (size_t i = 0; i < text.n_units; i++)
            add(title, unit_meaning(reference, &text, &text.units[i],
                                    MANNER_RANKED, 0));
        release_units(&text);
    }
    for (size_t i = 0; i < reference->n_paragraphs; i++)
        meaning->is[i] = title ? is_titled(&reference->paragraphs[i], title)
                               : has_value(&reference->paragraphs[i],
                                           tree->field, piece.text);
    meaning_free(title);
    piece_release(&piece);
    return meaning;
}

/* Trees. */

static struct meaning *mean(const struct reader_of_tree *reader,
                            const struct syntax *tree, bool near);

/* KIND of the children; NULL if none means anything. */
static struct meaning *of_children(const struct reader_of_tree *reader,
                                   const struct syntax *tree,
                                   enum meaning_kind kind, bool near)
{
    struct meaning *meaning = make(kind);

    meaning->distance = tree->distance;
    for (size_t i = 0; i < tree->n_children; i++)
        add(meaning, mean(reader, tree->children[i], near));
    return meaning;
}

/* All fields of a group, those with the same name being alternatives. */
static void add_fields(const struct reader_of_tree *reader,
                       const struct syntax *tree, struct meaning *all)
{
    for (enum query_field field = 0; field < N_FIELDS; field++) {
        struct meaning *any = make(MEANING_ANY);

        for (size_t i = 0; i < tree->n_children; i++) {
            const struct syntax *child = tree->children[i];

            if (child->kind == SYNTAX_FIELD && child->field == field &&
                !child->excluded && !child->required)
                add(any, mean(reader, child, false));
        }
        if (any->n_children > 0)
            add(all, any);
        else
            meaning_free(any);
    }
}

static struct meaning *group_meaning(const struct reader_of_tree *reader,
                                     const struct syntax *tree)
{
    struct meaning *except = make(MEANING_EXCEPT), *all = make(MEANING_ALL);
    struct meaning *any = make(MEANING_ANY); /* that need not match */
    bool required = false;

    add(except, all);
    for (size_t i = 0; i < tree->n_children; i++) {
        const struct syntax *child = tree->children[i];

        if (child->excluded) {
            add(except, mean(reader, child, false));
        } else if (child->required ||
                   (reader->all && child->kind != SYNTAX_FIELD)) {
            add(all, mean(reader, child, false));
            required = true;
        } else if (child->kind != SYNTAX_FIELD) {
            add(any, mean(reader, child, false));
        }
    }
    add_fields(reader, tree, all);
    if (any->n_children == 0) {
        meaning_free(any);
    } else if (required) { /* they only add to the rank, and are marked */
        struct meaning *anything = make(MEANING_EXCEPT);

        add(anything, make(MEANING_ALL));
        add(any, anything);
        add(all, any);
    } else {
        add(all, any);
    }
    return except;
}

static struct meaning *mean(const struct reader_of_tree *reader,
                            const struct syntax *tree, bool near)
{
    struct reference *reference = reader->reference;
    enum manner manner = near ? MANNER_INFLECTED : MANNER_RANKED;

    switch (tree->kind) {
    case SYNTAX_WORDS: return text_meaning(reference, tree->text, manner, 0);
    case SYNTAX_FUZZY:
        return text_meaning(reference, tree->text, manner, tree->distance);
    case SYNTAX_EXACT:
        return text_meaning(reference, tree->text, MANNER_EXACT, 0);
    case SYNTAX_PHRASE: return phrase_meaning(reference, tree);
    case SYNTAX_FIELD: return field_meaning(reference, tree);
    case SYNTAX_NEAR: return of_children(reader, tree, MEANING_NEAR, true);
    case SYNTAX_ONEAR: return of_children(reader, tree, MEANING_ONEAR, true);
    case SYNTAX_AND: return of_children(reader, tree, MEANING_ALL, false);
    case SYNTAX_OR: return of_children(reader, tree, MEANING_ANY, near);
    case SYNTAX_XOR: return of_children(reader, tree, MEANING_ODD, false);
    case SYNTAX_NOT: return of_children(reader, tree, MEANING_EXCEPT, false);
    case SYNTAX_GROUP:
        return near ? of_children(reader, tree, MEANING_ANY, true)
                    : group_meaning(reader, tree);
    }
    abort();
}

static void settle(struct meaning *meaning, struct reference *reference)
{
    meaning->reference = reference;
    for (size_t i = 0; i < meaning->n_children; i++)
        settle(meaning->children[i], reference);
}

struct meaning *meaning_new(struct reference *reference,
                            const struct syntax *tree, bool all)
{
    const struct reader_of_tree reader = {reference, all};
    struct meaning *meaning = mean(&reader, tree, false);

    if (meaning)
        settle(meaning, reference);
    return meaning;
}
