/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words, with their stems and spellings, as sorted terms. */
#include <config.h>

#include "index/inverter_parts.h"

#include "index/schema.h"

#include <stdlib.h>
#include <string.h>

/* The terms that are made. */
struct terms {
    struct inverter *inverter;
    struct term *items;
    size_t n, capacity;
};

static uint64_t prefix_of(struct bytes text)
{
    uint64_t prefix = 0;

    for (size_t i = 0; i < 8; i++)
        prefix =
            prefix << 8 | (i < text.length ? (unsigned char)text.data[i] : 0);
    return prefix;
}

/* Add TERM, but for its prefix; one that is too long for Glass is left out. */
static enum status add_term(struct terms *terms, struct term term,
                            struct failure *failure)
{
    struct bytes text = {term.data, term.length};

    if (text.length > TERM_MAX || schema_term_size(text) > TERM_MAX)
        return STATUS_OK;
    if (!array_grow(&terms->items, &terms->capacity, terms->n + 1,
                    sizeof *terms->items))
        return fail_memory(failure);
    term.prefix = prefix_of(text);
    terms->items[terms->n++] = term;
    return STATUS_OK;
}

/* Add TERM, whose text is PREFIX and up to three parts. */
static enum status add_form(struct terms *terms, struct term term,
                            const char *prefix, const struct bytes parts[3],
                            struct failure *failure)
{
    size_t length = strlen(prefix);
    char *text, *end;

    for (size_t i = 0; i < 3; i++)
        length += parts[i].length;
    if (length > TERM_MAX)
        return STATUS_OK;
    text = arena_allocate(&terms->inverter->arena, length);
    if (!text)
        return fail_memory(failure);
    end = mempcpy(text, prefix, strlen(prefix));
    for (size_t i = 0; i < 3; i++)
        if (parts[i].length)
            end = mempcpy(end, parts[i].data, parts[i].length);
    term.data = text;
    term.length = (uint32_t)length;
    return add_term(terms, term, failure);
}

/* The prefix of the stems of words, by enum word_kind. */
static const char *const stem_prefixes[N_WORD_KINDS] = {
    [WORD_COUNTED] = TERM_STEM,    [WORD_BESIDE] = TERM_STEM,
    [WORD_TEXT] = TERM_STEM,       [WORD_TITLE] = TERM_TITLE,
    [WORD_HEADING] = TERM_HEADING,
};

/* Add the stem of word number I and, if it stands in the text, its spelling. */
static enum status add_forms(struct terms *terms, uint32_t i,
                             struct failure *failure)
{
    static const char separator[] = {TERM_SPELLING_SEPARATOR};
    struct inverter *inverter = terms->inverter;
    const struct word *word = &inverter->words.items[i];
    enum word_kind kind = word_kind(word->tag);
    struct bytes text = word_text(word);
    struct word_forms forms = {{NULL, 0}, {NULL, 0}};
    enum status status = inverter->forms(
        inverter->forms_context, text,
        inverter->languages[word_language(word->tag) - 1], &forms, failure);

    if (status == STATUS_OK && forms.stem.length)
        status = add_form(terms, (struct term){.word = i, .counts = true},
                          stem_prefixes[kind],
                          (const struct bytes[3]){forms.stem}, failure);
    if (status == STATUS_OK && has_position(kind) && forms.key.length &&
        !bytes_equal(forms.key, text))
        status = add_form(
            terms, (struct term){.word = i}, TERM_SPELLING,
            (const struct bytes[3]){forms.key, {separator, 1}, text}, failure);
    return status;
}

/* Add all terms of word number I. */
static enum status add_word(struct terms *terms, uint32_t i,
                            struct failure *failure)
{
    const struct word *word = &terms->inverter->words.items[i];
    enum word_kind kind = word_kind(word->tag);
    enum status status = STATUS_OK;

    if (has_position(kind) || kind == WORD_TERM)
        status = add_term(terms,
                          (struct term){.data = word->text,
                                        .length = word->length,
                                        .word = i,
                                        .self = true,
                                        .counts = kind != WORD_BESIDE},
                          failure);
    if (status == STATUS_OK && kind != WORD_TERM && terms->inverter->forms)
        status = add_forms(terms, i, failure);
    return status;
}

static int compare_terms(const void *a, const void *b)
{
    const struct term *one = a, *other = b;

    if (one->prefix != other->prefix)
        return one->prefix < other->prefix ? -1 : 1;
    return bytes_compare((struct bytes){one->data, one->length},
                         (struct bytes){other->data, other->length});
}

enum status inverter_terms(struct inverter *inverter, struct term **terms,
                           size_t *n_terms, struct failure *failure)
{
    struct terms all = {.inverter = inverter};
    enum status status = STATUS_OK;

    for (uint32_t i = 0; status == STATUS_OK && i < inverter->words.n; i++)
        status = add_word(&all, i, failure);
    if (status != STATUS_OK) {
        free(all.items);
        all = (struct terms){.n = 0};
    }
    if (all.n)
        qsort(all.items, all.n, sizeof *all.items, compare_terms);
    *terms = all.items;
    *n_terms = all.n;
    return status;
}
