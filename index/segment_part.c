/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/segment_part.h"

#include "index/segment_part_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    /* Glass takes records of about 120 MiB. */
    RECORD_MAX_BYTES = 64 << 20,

    /* What is longer is no term, and none of its forms is: a form is shorter by
     * accents and endings only. */
    WORD_MAX = 4 * TERM_MAX,
};

enum status segment_part_new(bool portable, struct segment_part **part,
                             struct failure *failure)
{
    struct segment_part *new = calloc(1, sizeof *new);

    *part = new;
    if (!new)
        return fail_memory(failure);
    new->portable = portable;
    new->words = WORDS_EMPTY(&new->arena);
    return STATUS_OK;
}

void segment_part_free(struct segment_part *part)
{
    if (!part)
        return;
    words_release(&part->words);
    arena_release(&part->arena);
    free(part->languages);
    free(part->lengths);
    free(part->postings);
    free(part->tokens);
    free(part->besides);
    free(part->token_ends);
    free(part->places);
    free(part->values);
    free(part->runs);
    free(part->sorted);
    free(part->sorted_places);
    buffer_release(&part->value_bytes);
    record_blocks_release(&part->records);
    buffer_release(&part->code);
    free(part);
}

void segment_part_clear(struct segment_part *part)
{
    words_clear(&part->words);
    arena_clear(&part->arena);
    part->n_numbers = 0;
    part->n_languages = 0;
    part->language = 0;
    part->n_documents = 0;
    part->length = 0;
    part->n_came = part->n_taken = 0;
    part->n_postings = part->first_posting = 0;
    part->n_tokens = part->n_besides = 0;
    part->position = 0;
    part->n_places = 0;
    part->n_values = 0;
    buffer_clear(&part->value_bytes);
    record_blocks_clear(&part->records);
    buffer_clear(&part->code);
    part->finished = false;
}

/* There are few languages, and mostly one. */
static enum status choose_language(struct segment_part *part,
                                   struct bytes language,
                                   struct failure *failure)
{
    size_t i = part->language;
    char *copy;

    if (i > 0 && bytes_equal(part->languages[i - 1], language))
        return STATUS_OK;
    for (i = 0; i < part->n_languages; i++)
        if (bytes_equal(part->languages[i], language))
            break;
    part->language = (uint32_t)i + 1;
    if (i < part->n_languages)
        return STATUS_OK;
    copy = arena_allocate(&part->arena, language.length + 1);
    if (!copy || !array_grow(&part->languages, &part->languages_capacity, i + 1,
                             sizeof *part->languages))
        return fail_memory(failure);
    if (language.length)
        memcpy(copy, language.data, language.length);
    part->languages[part->n_languages++] =
        (struct bytes){copy, language.length};
    return STATUS_OK;
}

/* Count WORD in the paragraph N times more. */
static bool add_posting(struct segment_part *part, uint32_t word, uint32_t n)
{
    struct word *item = &part->words.items[word];
    struct posting *posting;

    if (item->document == part->n_documents) {
        posting = &part->postings[item->posting];
        if (__builtin_add_overflow(posting->count, n, &posting->count))
            posting->count = UINT32_MAX;
        return true;
    }
    if (part->n_postings == part->postings_capacity &&
        !array_grow(&part->postings, &part->postings_capacity,
                    part->n_postings + 1, sizeof *part->postings))
        return false;
    item->document = part->n_documents;
    item->posting = (uint32_t)part->n_postings;
    item->n++;
    part->postings[part->n_postings++] =
        (struct posting){word, part->n_documents, n};
    return true;
}

static bool append(uint32_t **items, size_t *n, size_t *capacity, uint32_t item)
{
    if (*n == *capacity && !array_grow(items, capacity, *n + 1, sizeof **items))
        return false;
    (*items)[(*n)++] = item;
    return true;
}

/* A token that does not stand behind the one before. */
static bool add_far_token(struct segment_part *part, uint32_t position,
                          uint32_t number)
{
    const uint32_t token[] = {0, position, number};
    bool beside = position <= part->position, good = true;

    for (size_t i = 0; good && i < 3; i++)
        good = beside ? append(&part->besides, &part->n_besides,
                               &part->besides_capacity, token[i])
                      : append(&part->tokens, &part->n_tokens,
                               &part->tokens_capacity, token[i]);
    if (!beside)
        part->position = position;
    return good;
}

static bool add_token(struct segment_part *part, uint32_t word,
                      uint32_t position)
{
    struct word *item = &part->words.items[word];

    if (item->number == 0)
        item->number = ++part->n_numbers;
    if (position != part->position + 1)
        return add_far_token(part, position, item->number);
    part->position = position;
    return append(&part->tokens, &part->n_tokens, &part->tokens_capacity,
                  item->number);
}

static bool add_place(struct segment_part *part, uint32_t word,
                      uint32_t position)
{
    return append(&part->places, &part->n_places, &part->places_capacity,
                  word) &&
           append(&part->places, &part->n_places, &part->places_capacity,
                  position);
}

/* Find WORD and count it. N is its position, or how often it is there if it has
 * none. */
static bool take(struct segment_part *part, const struct word *word, uint32_t n)
{
    uint32_t found = words_find(&part->words, word, word->tag);

    if (found == WORDS_NONE)
        return false;
    if (!has_position(word_kind(word->tag)))
        return add_posting(part, found, n);
    return add_posting(part, found, 1) &&
           (part->portable ? add_place(part, found, n)
                           : add_token(part, found, n));
}

/* Take words until no more than N_LEFT wait. */
static bool take_waiting(struct segment_part *part, size_t n_left)
{
    bool good = true;

    while (good && part->n_came - part->n_taken > n_left) {
        const struct waiting_word *waiting =
            &part->waiting[part->n_taken++ % N_WAITING];

        good = take(part, &waiting->word, waiting->n);
    }
    return good;
}

/* Take WORD when it is there in memory. */
static bool wait_for(struct segment_part *part, uint32_t tag, struct bytes text,
                     uint32_t n)
{
    struct waiting_word *waiting = &part->waiting[part->n_came % N_WAITING];

    if (!take_waiting(part, N_WAITING - 1))
        return false;
    memcpy(waiting->text, text.data, text.length);
    word_init(&waiting->word, (struct bytes){waiting->text, text.length}, tag);
    waiting->n = n;
    part->n_came++;
    words_prefetch(&part->words, &waiting->word);
    if (part->n_came - part->n_taken > N_WAITING / 2)
        words_prefetch_item(
            &part->words,
            &part->waiting[(part->n_came - 1 - N_WAITING / 2) % N_WAITING]
                 .word);
    return true;
}

/* Add WORD, of which N is as above. Long ones are rare, and terms stand before
 * all words. */
static bool add(struct segment_part *part, enum word_kind kind,
                struct bytes text, uint32_t n)
{
    uint32_t tag = word_tag(kind, kind == WORD_TERM ? 0 : part->language);
    struct word word;

    if (kind != WORD_TERM && text.length <= sizeof part->waiting->text)
        return wait_for(part, tag, text, n);
    if (!take_waiting(part, 0))
        return false;
    word_init(&word, text, tag);
    return take(part, &word, n);
}

/* End the paragraph that is written, if there is one: its length, and tokens
 * that stand beside others behind all that do not. */
static bool end_paragraph(struct segment_part *part)
{
    uint32_t n = part->n_documents;

    if (n == 0)
        return true;
    if (!take_waiting(part, 0) ||
        !array_grow(&part->lengths, &part->lengths_capacity, n,
                    sizeof *part->lengths) ||
        !array_grow(&part->token_ends, &part->token_ends_capacity, n,
                    sizeof *part->token_ends) ||
        !array_grow(&part->tokens, &part->tokens_capacity,
                    part->n_tokens + part->n_besides, sizeof *part->tokens))
        return false;
    if (part->n_besides)
        memcpy(part->tokens + part->n_tokens, part->besides,
               part->n_besides * sizeof *part->besides);
    part->n_tokens += part->n_besides;
    part->n_besides = 0;
    part->position = 0;
    part->token_ends[n - 1] = (uint32_t)part->n_tokens;
    part->lengths[n - 1] =
        part->length > UINT32_MAX ? UINT32_MAX : (uint32_t)part->length;
    part->length = 0;
    return true;
}

enum status segment_part_begin(struct segment_part *part, struct bytes record,
                               struct bytes language, struct failure *failure)
{
    assert(!part->finished);
    if (record.length > RECORD_MAX_BYTES)
        return fail(failure, STATUS_LIMIT,
                    "a paragraph of %zu bytes is longer than an index can hold",
                    record.length);
    if (!end_paragraph(part))
        return fail_memory(failure);
    part->n_documents++;
    part->first_before = part->first_posting;
    part->first_posting = part->n_postings;
    if (!record_blocks_add(&part->records, record))
        return fail_memory(failure);
    return choose_language(part, language, failure);
}

enum status segment_part_word(struct segment_part *part, enum word_kind kind,
                              struct bytes word, uint32_t position,
                              struct failure *failure)
{
    assert(part->n_documents > 0 && !part->finished && has_position(kind));
    part->length += kind == WORD_COUNTED;
    if (word.length == 0 || word.length > WORD_MAX)
        return STATUS_OK;
    return add(part, kind, word, position) ? STATUS_OK : fail_memory(failure);
}

enum status segment_part_term(struct segment_part *part, enum word_kind kind,
                              struct bytes word, uint32_t n,
                              struct failure *failure)
{
    assert(part->n_documents > 0 && !part->finished && !has_position(kind));
    if (kind == WORD_TERM)
        part->length += n;
    if (word.length == 0 || word.length > WORD_MAX)
        return STATUS_OK;
    return add(part, kind, word, n) ? STATUS_OK : fail_memory(failure);
}

size_t segment_part_n_terms(const struct segment_part *part)
{
    assert(part->n_came == part->n_taken);
    return part->n_postings - part->first_posting;
}

enum status segment_part_terms_again(struct segment_part *part, size_t n,
                                     struct failure *failure)
{
    assert(part->n_postings == part->first_posting &&
           part->first_posting - part->first_before >= n);
    for (size_t i = part->first_before; n > 0; i++, n--)
        if (!add_posting(part, part->postings[i].word, 0))
            return fail_memory(failure);
    return STATUS_OK;
}

enum status segment_part_value(struct segment_part *part,
                               enum schema_value slot, struct bytes value,
                               struct failure *failure)
{
    if (value.length == 0)
        return STATUS_OK;
    buffer_append(&part->value_bytes, value.data, value.length);
    if (part->value_bytes.failed ||
        !array_grow(&part->values, &part->values_capacity, part->n_values + 1,
                    sizeof *part->values))
        return fail_memory(failure);
    part->values[part->n_values++] =
        (struct part_value){part->n_documents, slot, (uint32_t)value.length};
    return STATUS_OK;
}

/* Make room for what is sorted, and say where each word's begins. */
static bool begin_runs(struct segment_part *part)
{
    size_t n_words = part->words.n, n_places = part->n_places / 2;
    struct run run = {0};

    if (!array_grow(&part->runs, &part->runs_capacity, n_words + 1,
                    sizeof *part->runs) ||
        !array_grow(&part->sorted, &part->sorted_capacity, part->n_postings,
                    sizeof *part->sorted) ||
        !array_grow(&part->sorted_places, &part->sorted_places_capacity,
                    n_places, sizeof *part->sorted_places))
        return false;
    for (size_t i = 0; i < n_words; i++) {
        part->runs[i] = run;
        run.posting += part->words.items[i].n;
    }
    part->runs[n_words] = run;
    return true;
}

/* Sort postings by word; within a word they stay in order. After it the runs
 * stand at the end of each word's. */
static void sort_postings(struct segment_part *part)
{
    for (size_t i = 0; i < part->n_postings; i++) {
        const struct posting *posting = &part->postings[i];
        struct run *run = &part->runs[posting->word];

        part->sorted[run->posting++] =
            (struct sorted_posting){posting->document, posting->count};
        run->place += posting->count;
    }
}

/* The same for positions. */
static void sort_places(struct segment_part *part)
{
    uint32_t end = 0;

    for (size_t i = 0; i < part->words.n; i++) {
        enum word_kind kind = word_kind(part->words.items[i].tag);
        uint32_t n = has_position(kind) ? part->runs[i].place : 0;

        part->runs[i].place = end;
        end += n;
    }
    for (size_t i = 0; i < part->n_places; i += 2)
        part->sorted_places[part->runs[part->places[i]].place++] =
            part->places[i + 1];
}

/* Set the runs back to where each word's begin, and code the postings. */
static bool end_runs(struct segment_part *part)
{
    uint32_t posting = 0, place = 0;

    for (size_t i = 0; i <= part->words.n; i++) {
        struct run end = part->runs[i];

        part->runs[i] = (struct run){posting, place, part->code.length};
        if (i == part->words.n)
            break;
        for (uint32_t j = posting; j < end.posting; j++) {
            if (j > posting)
                buffer_append_varint(&part->code,
                                     part->sorted[j].document -
                                         part->sorted[j - 1].document - 1);
            buffer_append_varint(&part->code, part->sorted[j].count);
        }
        posting = end.posting;
        place = end.place;
    }
    return !part->code.failed;
}

enum status segment_part_finish(struct segment_part *part,
                                struct failure *failure)
{
    if (part->finished)
        return STATUS_OK;
    part->finished = true;
    if (!end_paragraph(part) || !record_blocks_finish(&part->records) ||
        !begin_runs(part))
        return fail_memory(failure);
    sort_postings(part);
    if (part->portable)
        sort_places(part);
    return end_runs(part) ? STATUS_OK : fail_memory(failure);
}
