/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Forward indexes: the words of all are merged to one list, and get new
 * numbers, the lowest those that occur most often in what is left. For that
 * paragraphs are gone through twice. */
#include <config.h>

#include "index/merge_parts.h"

#include "index/forward.h"

#include <stdlib.h>

/* A word of the whole. */
struct merged_word {
    struct bytes text; /* in the mapped file of a source */
    uint64_t n_tokens; /* how often it occurs */
    uint32_t number;
};

/* The forward index of a source while it is merged. */
struct forward_source {
    struct forward *forward;
    struct forward_words words; /* while words are merged */
    bool more;
    uint32_t *merged;   /* which of the whole's words a number stands for, from
                           1; 0: none. Once words have numbers, that */
    uint32_t *n_tokens; /* how many have a number; common ones stand together */
    size_t n_merged, capacity;
};

struct merged {
    struct merge *merge;
    struct forward_source *sources;
    struct forward_writer *writer;
    struct merged_word *words; /* in byte order */
    size_t n_words, capacity;
    uint32_t *tokens; /* of one paragraph */
    size_t tokens_capacity;
};

static enum status fail_forward(const struct source *source,
                                struct failure *failure)
{
    return fail(failure, STATUS_CORRUPT, "'%s/%s' is damaged", source->path,
                FORWARD_NAME);
}

/* Let the numbers of the word at hand in source I stand for the last word. */
static enum status map_numbers(struct merged *merged, size_t i,
                               struct failure *failure)
{
    struct forward_source *source = &merged->sources[i];
    const struct source *segment = &merged->merge->sources[i];
    const uint32_t *numbers = source->words.numbers;

    for (size_t j = 0; j < source->words.n_numbers; j++) {
        size_t number = numbers[j], old = source->n_merged;

        /* A number takes a byte or more where it is given out. */
        if (number == 0 || number > forward_size(source->forward))
            return fail_forward(segment, failure);
        if (number >= old) {
            if (!array_grow(&source->merged, &source->capacity, number + 1,
                            sizeof *source->merged))
                return fail_memory(failure);
            source->n_merged = number + 1;
            memset(source->merged + old, 0,
                   (source->n_merged - old) * sizeof *source->merged);
        }
        source->merged[number] = (uint32_t)merged->n_words;
    }
    return STATUS_OK;
}

static enum status next_word(struct merged *merged, size_t i,
                             struct failure *failure)
{
    struct forward_source *source = &merged->sources[i];

    if (forward_next_word(source->forward, &source->words, &source->more))
        return STATUS_OK;
    return source->words.failed
               ? fail_memory(failure)
               : fail_forward(&merged->merge->sources[i], failure);
}

/* The lowest word at hand; false if all sources are at their ends. */
static bool lowest_word(const struct merged *merged, struct bytes *lowest)
{
    bool found = false;

    for (size_t i = 0; i < merged->merge->n_sources; i++) {
        const struct forward_source *source = &merged->sources[i];

        if (source->more &&
            (!found || bytes_compare(source->words.word, *lowest) < 0)) {
            *lowest = source->words.word;
            found = true;
        }
    }
    return found;
}

static enum status merge_words(struct merged *merged, struct failure *failure)
{
    size_t n_sources = merged->merge->n_sources;
    enum status status = STATUS_OK;
    struct bytes lowest = {NULL, 0};

    for (size_t i = 0; status == STATUS_OK && i < n_sources; i++)
        status = next_word(merged, i, failure);
    while (status == STATUS_OK && lowest_word(merged, &lowest)) {
        if (!array_grow(&merged->words, &merged->capacity, merged->n_words + 1,
                        sizeof *merged->words))
            return fail_memory(failure);
        merged->words[merged->n_words++] = (struct merged_word){.text = lowest};
        for (size_t i = 0; status == STATUS_OK && i < n_sources; i++) {
            struct forward_source *source = &merged->sources[i];

            if (!source->more || !bytes_equal(source->words.word, lowest))
                continue;
            status = map_numbers(merged, i, failure);
            if (status == STATUS_OK)
                status = next_word(merged, i, failure);
        }
    }
    return status;
}

/* What is done with a paragraph of source I that TOKENS is at the beginning
 * of. */
typedef enum status (*paragraph_function)(struct merged *merged, size_t i,
                                          struct forward_tokens *tokens,
                                          struct failure *failure);

static enum status count_tokens(struct merged *merged, size_t i,
                                struct forward_tokens *tokens,
                                struct failure *failure)
{
    struct forward_source *source = &merged->sources[i];

    while (forward_next(tokens)) {
        if (tokens->number >= source->n_merged)
            return fail_forward(&merged->merge->sources[i], failure);
        source->n_tokens[tokens->number]++;
    }
    return tokens->at == tokens->end
               ? STATUS_OK
               : fail_forward(&merged->merge->sources[i], failure);
}

static enum status copy_tokens(struct merged *merged, size_t i,
                               struct forward_tokens *tokens,
                               struct failure *failure)
{
    /* A token takes a byte at least, and one that does not stand behind the
     * one before three. */
    size_t n_max = (size_t)(tokens->end - tokens->at), n = 0;
    uint32_t position = 0, *copy;

    if (!array_grow(&merged->tokens, &merged->tokens_capacity, n_max,
                    sizeof *merged->tokens))
        return fail_memory(failure);
    for (copy = merged->tokens; forward_next(tokens);
         position = tokens->position) {
        if (tokens->position != position + 1) {
            copy[n++] = 0;
            copy[n++] = tokens->position;
        }
        copy[n++] = tokens->number;
    }
    return forward_writer_add(merged->writer, copy, n,
                              merged->sources[i].merged, failure);
}

/* Call EACH for all paragraphs that are left. */
static enum status each_paragraph(struct merged *merged,
                                  paragraph_function each,
                                  struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < merged->merge->n_sources; i++) {
        const struct source *source = &merged->merge->sources[i];
        struct forward_tokens tokens = {.paragraph = 0};

        for (uint32_t document = 1;
             status == STATUS_OK && document <= source->n_documents;
             document++) {
            if (!merge_number(source, document))
                continue;
            if (!forward_tokens(merged->sources[i].forward, document, &tokens))
                return fail_forward(source, failure);
            forward_pass(merged->sources[i].forward, &tokens);
            status = each(merged, i, &tokens, failure);
        }
    }
    return status;
}

/* Add up by word what was counted by number. */
static enum status add_counts(struct merged *merged, struct failure *failure)
{
    for (size_t i = 0; i < merged->merge->n_sources; i++) {
        const struct forward_source *source = &merged->sources[i];

        for (size_t j = 0; j < source->n_merged; j++) {
            if (source->n_tokens[j] == 0)
                continue;
            if (source->merged[j] == 0)
                return fail_forward(&merged->merge->sources[i], failure);
            merged->words[source->merged[j] - 1].n_tokens +=
                source->n_tokens[j];
        }
    }
    return STATUS_OK;
}

static enum status count_words(struct merged *merged, struct failure *failure)
{
    enum status status;

    for (size_t i = 0; i < merged->merge->n_sources; i++) {
        struct forward_source *source = &merged->sources[i];

        source->n_tokens =
            calloc(source->n_merged + 1, sizeof *source->n_tokens);
        if (!source->n_tokens)
            return fail_memory(failure);
    }
    status = each_paragraph(merged, count_tokens, failure);
    return status == STATUS_OK ? add_counts(merged, failure) : status;
}

static int compare_words(const void *a, const void *b)
{
    const struct merged_word *one = *(struct merged_word *const *)a;
    const struct merged_word *other = *(struct merged_word *const *)b;

    if (one->n_tokens != other->n_tokens)
        return one->n_tokens > other->n_tokens ? -1 : 1;
    return (one > other) - (one < other);
}

static enum status number_words(struct merged *merged, struct failure *failure)
{
    struct merged_word **sorted;

    if (merged->n_words == 0)
        return STATUS_OK;
    sorted = calloc(merged->n_words, sizeof *sorted);
    if (!sorted)
        return fail_memory(failure);
    for (size_t i = 0; i < merged->n_words; i++)
        sorted[i] = &merged->words[i];
    qsort(sorted, merged->n_words, sizeof *sorted, compare_words);
    for (size_t i = 0; i < merged->n_words; i++)
        sorted[i]->number = (uint32_t)i + 1;
    free(sorted);
    for (size_t i = 0; i < merged->merge->n_sources; i++) {
        struct forward_source *source = &merged->sources[i];

        for (size_t j = 0; j < source->n_merged; j++)
            if (source->merged[j])
                source->merged[j] = merged->words[source->merged[j] - 1].number;
    }
    return STATUS_OK;
}

static enum status write_forward(struct merged *merged, struct failure *failure)
{
    enum status status =
        forward_writer_new(merged->merge->path, &merged->writer, failure);

    if (status == STATUS_OK)
        status = merge_words(merged, failure);
    if (status == STATUS_OK)
        status = count_words(merged, failure);
    if (status == STATUS_OK)
        status = number_words(merged, failure);
    if (status == STATUS_OK)
        status = each_paragraph(merged, copy_tokens, failure);
    for (size_t i = 0; status == STATUS_OK && i < merged->n_words; i++)
        if (merged->words[i].n_tokens)
            status = forward_writer_word(merged->writer, merged->words[i].text,
                                         merged->words[i].number, failure);
    if (status == STATUS_OK)
        status = forward_writer_finish(
            merged->writer, &merged->merge->tables.forward_hash, failure);
    forward_writer_free(merged->writer);
    return status;
}

static enum status open_forwards(struct merged *merged, struct failure *failure)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < merged->merge->n_sources;
         i++) {
        const char *path = merged->merge->sources[i].path;

        status = forward_open(path, NULL, &merged->sources[i].forward, failure);
        if (status == STATUS_OK && !merged->sources[i].forward)
            status = fail(failure, STATUS_CORRUPT, "'%s' lacks its '%s'", path,
                          FORWARD_NAME);
    }
    return status;
}

enum status merge_forward(struct merge *merge, struct failure *failure)
{
    struct merged merged = {.merge = merge};
    struct forward *first = NULL;
    enum status status =
        forward_open(merge->sources[0].path, NULL, &first, failure);
    bool has_one = first != NULL;

    forward_close(first);
    if (status != STATUS_OK || !has_one)
        return status;
    merged.sources = calloc(merge->n_sources, sizeof *merged.sources);
    status =
        merged.sources ? open_forwards(&merged, failure) : fail_memory(failure);
    if (status == STATUS_OK)
        status = write_forward(&merged, failure);
    for (size_t i = 0; merged.sources && i < merge->n_sources; i++) {
        forward_close(merged.sources[i].forward);
        forward_words_release(&merged.sources[i].words);
        free(merged.sources[i].merged);
        free(merged.sources[i].n_tokens);
    }
    free(merged.sources);
    free(merged.words);
    free(merged.tokens);
    return status;
}
