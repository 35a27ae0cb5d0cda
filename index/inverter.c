/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/inverter.h"

#include "index/inverter_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum status inverter_new(word_forms_function forms, void *context,
                         struct forward_writer *forward,
                         struct inverter **inverter, struct failure *failure)
{
    struct inverter *new = calloc(1, sizeof *new);

    *inverter = new;
    if (!new)
        return fail_memory(failure);
    new->forms = forms;
    new->forms_context = context;
    new->forward = forward;
    new->words = WORDS_EMPTY(&new->arena);
    return STATUS_OK;
}

void inverter_free(struct inverter *inverter)
{
    if (!inverter)
        return;
    words_release(&inverter->words);
    arena_release(&inverter->arena);
    buffer_release(&inverter->lengths);
    free(inverter->lists);
    free(inverter->languages);
    free(inverter->numbers);
    free(inverter->newcomers);
    free(inverter);
}

uint32_t inverter_n_documents(const struct inverter *inverter)
{
    return inverter->n_documents;
}

/* What LANGUAGE is called here; 0 if memory is short. */
static uint32_t find_language(struct inverter *inverter, struct bytes language)
{
    char *copy;
    size_t i;

    for (i = 0; i < inverter->n_languages; i++)
        if (bytes_equal(inverter->languages[i], language))
            return (uint32_t)i + 1;
    copy = arena_allocate(&inverter->arena, language.length + 1);
    if (!copy ||
        !array_grow(&inverter->languages, &inverter->languages_capacity, i + 1,
                    sizeof *inverter->languages))
        return 0;
    if (language.length)
        memcpy(copy, language.data, language.length);
    inverter->languages[inverter->n_languages++] =
        (struct bytes){copy, language.length};
    return (uint32_t)i + 1;
}

static enum status add_lengths(struct inverter *inverter,
                               const struct segment_part *part,
                               struct failure *failure)
{
    struct glass_statistics *statistics = &inverter->statistics;

    for (uint32_t i = 0; i < part->n_documents; i++) {
        uint32_t length = part->lengths[i];

        buffer_append_varint(&inverter->lengths, length);
        if (length > 0 &&
            (statistics->length_min == 0 || length < statistics->length_min))
            statistics->length_min = length;
        if (length > statistics->length_max)
            statistics->length_max = length;
        statistics->length_sum += length;
    }
    return inverter->lengths.failed ? fail_memory(failure) : STATUS_OK;
}

/* Append the positions of word number I of PART. */
static bool append_places(struct inverter *inverter, struct list *list,
                          const struct segment_part *part, size_t i)
{
    uint32_t place = part->runs[i].place;

    for (uint32_t j = part->runs[i].posting; j < part->runs[i + 1].posting;
         j++) {
        uint32_t before = 0;

        for (uint32_t n = part->sorted[j].count; n > 0; n--, place++) {
            uint32_t position = part->sorted_places[place];

            if (!chain_append_number(&inverter->arena, &list->places,
                                     (uint32_t)(position - before)))
                return false;
            before = position;
        }
    }
    return true;
}

/* Append the postings of word number I of PART to those of WORD. */
static bool append_postings(struct inverter *inverter, uint32_t word,
                            const struct segment_part *part, size_t i)
{
    const struct run *run = &part->runs[i];
    uint32_t before = inverter->n_documents;
    struct word *item = &inverter->words.items[word];
    struct list *list = &inverter->lists[word];
    uint32_t first = before + part->sorted[run->posting].document;

    if (!chain_append_number(&inverter->arena, &list->postings,
                             first - item->document - 1) ||
        !chain_append(&inverter->arena, &list->postings,
                      (const unsigned char *)part->code.data + run->code,
                      run[1].code - run->code))
        return false;
    item->document = before + part->sorted[run[1].posting - 1].document;
    item->n += part->words.items[i].n;
    return !part->portable || !has_position(word_kind(item->tag)) ||
           append_places(inverter, list, part, i);
}

/* Remember that FOUND, number I of PART, stands in paragraphs and has no number
 * yet; or which it has. */
static bool note_number(struct inverter *inverter, uint32_t found,
                        const struct segment_part *part, size_t i)
{
    const struct word *word = &part->words.items[i];

    if (part->portable || !has_position(word_kind(word->tag)))
        return true;
    inverter->numbers[word->number] = inverter->words.items[found].number;
    if (inverter->words.items[found].number)
        return true;
    if (!array_grow(&inverter->newcomers, &inverter->newcomers_capacity,
                    inverter->n_newcomers + 1, sizeof *inverter->newcomers))
        return false;
    inverter->newcomers[inverter->n_newcomers++] =
        (struct newcomer){found, word->number, word->n};
    return true;
}

/* Find word number I of PART, which is called so in LANGUAGE here. */
static bool take_word(struct inverter *inverter,
                      const struct segment_part *part, size_t i,
                      const uint32_t *languages)
{
    const struct word *word = &part->words.items[i];
    uint32_t language = languages[word_language(word->tag)];
    uint32_t found = words_find(&inverter->words, word,
                                word_tag(word_kind(word->tag), language));

    if (found == WORDS_NONE ||
        !array_grow(&inverter->lists, &inverter->lists_capacity,
                    inverter->words.n, sizeof *inverter->lists))
        return false;
    if (inverter->words.items[found].n == 0)
        inverter->lists[found] = (struct list){CHAIN_EMPTY, CHAIN_EMPTY};
    return note_number(inverter, found, part, i) &&
           append_postings(inverter, found, part, i);
}

static bool take_words(struct inverter *inverter,
                       const struct segment_part *part)
{
    enum { SOON = 8, LATER = 16 };
    uint32_t *languages = calloc(part->n_languages + 1, sizeof *languages);
    bool good = languages;

    for (size_t i = 0; good && i < part->n_languages; i++) {
        languages[i + 1] = find_language(inverter, part->languages[i]);
        good = languages[i + 1] > 0;
    }
    for (size_t i = 0; good && i < part->words.n; i++) {
        if (i + LATER < part->words.n)
            words_prefetch(&inverter->words, &part->words.items[i + LATER]);
        if (i + SOON < part->words.n)
            words_prefetch_item(&inverter->words, &part->words.items[i + SOON]);
        good = take_word(inverter, part, i, languages);
    }
    free(languages);
    return good;
}

static int compare_newcomers(const void *a, const void *b)
{
    const struct newcomer *one = a, *other = b;

    if (one->count != other->count)
        return one->count > other->count ? -1 : 1;
    return (one->number > other->number) - (one->number < other->number);
}

/* Give numbers to new words, the lowest to those that are in most paragraphs.
 * One text may have come several times, in several languages. */
static void number_words(struct inverter *inverter)
{
    struct newcomer *newcomers = inverter->newcomers;

    if (inverter->n_newcomers)
        qsort(newcomers, inverter->n_newcomers, sizeof *newcomers,
              compare_newcomers);
    for (size_t i = 0; i < inverter->n_newcomers; i++) {
        uint32_t *number = &inverter->numbers[newcomers[i].number];

        if (*number == 0)
            *number = ++inverter->n_numbers;
        inverter->words.items[newcomers[i].word].number = *number;
    }
    inverter->n_newcomers = 0;
}

static enum status add_tokens(struct inverter *inverter,
                              const struct segment_part *part,
                              struct failure *failure)
{
    enum status status = STATUS_OK;
    uint32_t start = 0;

    for (uint32_t i = 0; status == STATUS_OK && i < part->n_documents; i++) {
        uint32_t end = part->token_ends[i];

        status = forward_writer_add(inverter->forward,
                                    end > start ? part->tokens + start : NULL,
                                    end - start, inverter->numbers, failure);
        start = end;
    }
    return status;
}

enum status inverter_take(struct inverter *inverter,
                          const struct segment_part *part,
                          struct failure *failure)
{
    enum status status;

    assert(part->finished);
    if (part->n_documents > UINT32_MAX - inverter->n_documents)
        return fail(failure, STATUS_LIMIT, "too many paragraphs");
    if (!array_grow(&inverter->numbers, &inverter->numbers_capacity,
                    (size_t)part->n_numbers + 1, sizeof *inverter->numbers) ||
        !take_words(inverter, part))
        return fail_memory(failure);
    number_words(inverter);
    status = add_lengths(inverter, part, failure);
    if (status == STATUS_OK && inverter->forward)
        status = add_tokens(inverter, part, failure);
    inverter->n_documents += part->n_documents;
    return status;
}

size_t inverter_size(const struct inverter *inverter)
{
    return inverter->arena.size + words_size(&inverter->words) +
           inverter->lists_capacity * sizeof *inverter->lists +
           inverter->lengths.capacity + inverter->words.n * TERMS_OF_WORD_SIZE;
}
