/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The paragraphs of a reference and their words, each of which is kept once for
 * each language. */
#include <config.h>

#include "tests/reference.h"

#include "src/document/structure.h"

#include <stdlib.h>

void *reference_allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);

    if (!memory)
        abort();
    return memory;
}

static void release(struct bytes copy)
{
    /* That it is ours, only we know. */
    union {
        const char *borrowed;
        char *owned;
    } memory = {.borrowed = copy.data};

    free(memory.owned);
}

static struct bytes copy_of(struct bytes bytes)
{
    char *copy = reference_allocate(bytes.length + 1, 1);

    if (bytes.length)
        memcpy(copy, bytes.data, bytes.length);
    return (struct bytes){copy, bytes.length};
}

struct reference *reference_new(void)
{
    struct reference *reference = reference_allocate(1, sizeof *reference);

    if (analyzer_new(&reference->analyzer, NULL) ||
        lexicon_new(&reference->lexicon, NULL))
        abort();
    return reference;
}

void reference_free(struct reference *reference)
{
    for (size_t i = 0; i < reference->n_paragraphs; i++) {
        struct reference_paragraph *paragraph = &reference->paragraphs[i];
        const struct bytes strings[] = {
            paragraph->text, paragraph->document, paragraph->path,
            paragraph->kind, paragraph->language, paragraph->date,
            paragraph->title};

        for (size_t j = 0; j < sizeof strings / sizeof *strings; j++)
            release(strings[j]);
        free(paragraph->tokens);
        free(paragraph->title_words);
    }
    for (size_t i = 0; i < reference->n_words; i++) {
        release(reference->words[i].word);
        release(reference->words[i].stem);
        release(reference->words[i].key);
    }
    for (size_t i = 0; i < reference->n_languages; i++)
        release(reference->languages[i]);
    for (size_t i = 0; i < reference->n_stemmed * REFERENCE_MAX_LANGUAGES; i++)
        release(reference->stems[i]);
    free(reference->stems);
    free(reference->paragraphs);
    free(reference->words);
    free(reference->table);
    analyzer_free(reference->analyzer);
    lexicon_free(reference->lexicon);
    free(reference);
}

static void note_language(struct reference *reference, struct bytes language)
{
    size_t i = 0;

    while (i < reference->n_languages &&
           !bytes_equal(reference->languages[i], language))
        i++;
    if (i == REFERENCE_MAX_LANGUAGES)
        abort();
    if (i == reference->n_languages)
        reference->languages[reference->n_languages++] = copy_of(language);
}

/* The place of WORD in the table, where it is or could be. */
static size_t find(const struct reference *reference, struct bytes word,
                   struct bytes language, enum token_kind kind)
{
    uint64_t hash = 14695981039346656037u + kind; /* FNV-1a */
    size_t at;

    for (size_t i = 0; i < word.length; i++)
        hash = (hash ^ (unsigned char)word.data[i]) * 1099511628211u;
    for (at = (size_t)hash & (reference->table_size - 1);
         reference->table[at] != 0;
         at = (at + 1) & (reference->table_size - 1)) {
        const struct reference_word *known =
            &reference->words[reference->table[at] - 1];

        if (known->kind == kind && bytes_equal(known->word, word) &&
            bytes_equal(known->language, language))
            break;
    }
    return at;
}

static void grow_table(struct reference *reference)
{
    reference->table_size =
        reference->table_size ? 2 * reference->table_size : 1024;
    free(reference->table);
    reference->table =
        reference_allocate(reference->table_size, sizeof *reference->table);
    for (size_t i = 0; i < reference->n_words; i++) {
        const struct reference_word *word = &reference->words[i];

        reference
            ->table[find(reference, word->word, word->language, word->kind)] =
            (uint32_t)i + 1;
    }
}

/* The number of a word, which is LANGUAGE's. */
static uint32_t number_of(struct reference *reference,
                          const struct token *token, struct bytes language)
{
    struct reference_word *word;
    struct bytes stem, key;
    size_t at;

    if (2 * reference->n_words >= reference->table_size)
        grow_table(reference);
    at = find(reference, token->word, language, token->kind);
    if (reference->table[at] != 0)
        return reference->table[at] - 1;
    if (!array_grow(&reference->words, &reference->words_capacity,
                    reference->n_words + 1, sizeof *reference->words) ||
        lexicon_forms(reference->lexicon, token->word, language, &stem, &key,
                      NULL))
        abort();
    word = &reference->words[reference->n_words++];
    *word = (struct reference_word){.word = copy_of(token->word),
                                    .language = language,
                                    .stem = copy_of(stem),
                                    .key = copy_of(key),
                                    .kind = token->kind};
    reference->table[at] = (uint32_t)reference->n_words;
    return reference->table[at] - 1;
}

static void read_text(struct reference *reference,
                      struct reference_paragraph *paragraph)
{
    size_t capacity = 0;
    uint32_t last = 0; /* position of the last word that is no compound */
    struct token token;

    analyzer_start(reference->analyzer, paragraph->text.data,
                   paragraph->text.length);
    while (analyzer_next(reference->analyzer, &token)) {
        if (!array_grow(&paragraph->tokens, &capacity, paragraph->n_tokens + 1,
                        sizeof *paragraph->tokens))
            abort();
        if (token_counts(token.kind))
            last = token.position;
        paragraph->tokens[paragraph->n_tokens++] = (struct reference_token){
            .word = number_of(reference, &token, paragraph->language),
            .first = token.position,
            .last = last,
            .start = (uint32_t)token.start,
            .end = (uint32_t)token.end};
    }
}

static void read_title(struct reference *reference,
                       struct reference_paragraph *paragraph)
{
    size_t capacity = 0;
    struct token token;

    analyzer_start(reference->analyzer, paragraph->title.data,
                   paragraph->title.length);
    while (analyzer_next(reference->analyzer, &token)) {
        if (!array_grow(&paragraph->title_words, &capacity,
                        paragraph->n_title_words + 1,
                        sizeof *paragraph->title_words))
            abort();
        paragraph->title_words[paragraph->n_title_words++] =
            number_of(reference, &token, paragraph->language);
    }
}

void reference_add(struct reference *reference, uint32_t id,
                   const struct paragraph *paragraph)
{
    struct reference_paragraph *added;

    if (!array_grow(&reference->paragraphs, &reference->paragraphs_capacity,
                    reference->n_paragraphs + 1, sizeof *reference->paragraphs))
        abort();
    added = &reference->paragraphs[reference->n_paragraphs++];
    note_language(reference, paragraph->language);
    *added = (struct reference_paragraph){
        .id = id,
        .text = copy_of(paragraph->text),
        .document = copy_of(paragraph->document),
        .path = copy_of(paragraph->path),
        .kind = copy_of(paragraph->kind),
        .language = copy_of(paragraph->language),
        .date = copy_of(paragraph->date),
        .title = copy_of(paragraph->title),
    };
    /* No search for words finds a running header. */
    if (bytes_equal(added->kind, bytes_of(KIND_FURNITURE)))
        return;
    read_text(reference, added);
    read_title(reference, added);
}

struct bytes reference_stem(struct reference *reference, size_t i,
                            size_t language)
{
    struct bytes *stems, stem, key;

    if (!reference->stems) {
        reference->n_stemmed = reference->n_words;
        reference->stems =
            reference_allocate(reference->n_words * REFERENCE_MAX_LANGUAGES,
                               sizeof *reference->stems);
    }
    stems = &reference->stems[i * REFERENCE_MAX_LANGUAGES];
    if (!stems[language].data) {
        if (lexicon_forms(reference->lexicon, reference->words[i].word,
                          reference->languages[language], &stem, &key, NULL))
            abort();
        stems[language] = copy_of(stem);
    }
    return stems[language];
}
