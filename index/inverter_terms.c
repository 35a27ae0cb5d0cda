/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words, with their stems and spellings, as sorted terms. */
#include <config.h>

#include "index/inverter_parts.h"

#include <stdlib.h>
#include <string.h>

#include "index/schema.h"

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

/* Add the term TEXT, which lives as long as the inverter; one that is too long
 * for Glass is left out. */
static enum status add_term(struct terms *terms, const struct word *word,
                            enum term_source source, struct bytes text,
                            struct failure *failure)
{
    if (text.length > TERM_MAX || schema_term_size(text) > TERM_MAX)
        return STATUS_OK;
    if (!array_grow(&terms->items, &terms->capacity, terms->n + 1,
                    sizeof *terms->items))
        return fail_memory(failure);
    terms->items[terms->n++] = (struct term){
        prefix_of(text), text.data, (uint32_t)text.length, source, word};
    return STATUS_OK;
}

/* PREFIX and up to three parts as one string, in the arena. */
static enum status add_form(struct terms *terms, const struct word *word,
                            enum term_source source, const char *prefix,
                            const struct bytes parts[3],
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
    end = stpcpy(text, prefix);
    for (size_t i = 0; i < 3; i++)
        if (parts[i].length) {
            memcpy(end, parts[i].data, parts[i].length);
            end += parts[i].length;
        }
    return add_term(terms, word, source, (struct bytes){text, length}, failure);
}

static enum status add_forms(struct terms *terms, const struct word *word,
                             struct failure *failure)
{
    static const char separator[] = {TERM_SPELLING_SEPARATOR};
    struct inverter *inverter = terms->inverter;
    struct bytes text = {word->text, word->length};
    struct word_forms forms = {{NULL, 0}, {NULL, 0}};
    enum status status = inverter->forms(
        inverter->forms_context, text, inverter->languages[word->language - 1],
        &forms, failure);

    if (status == STATUS_OK && forms.stem.length)
        status = add_form(terms, word, SOURCE_STEM, TERM_STEM,
                          (const struct bytes[3]){forms.stem}, failure);
    if (status == STATUS_OK && forms.key.length &&
        !bytes_equal(forms.key, text))
        status = add_form(
            terms, word, SOURCE_SPELLING, TERM_SPELLING,
            (const struct bytes[3]){forms.key, {separator, 1}, text}, failure);
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

    for (size_t i = 0; status == STATUS_OK && i < inverter->n_slots; i++) {
        const struct word *word = inverter->words[i];

        if (!word)
            continue;
        status = add_term(&all, word, SOURCE_SELF,
                          (struct bytes){word->text, word->length}, failure);
        if (status == STATUS_OK && word->language && inverter->forms)
            status = add_forms(&all, word, failure);
    }
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
