/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The postings of sorted terms, merged from those of the words that each comes
 * from, into tables. */
#include <config.h>

#include <stdlib.h>

#include "index/glass/format.h"
#include "index/glass/positions.h"
#include "index/glass/postings.h"
#include "index/inverter_parts.h"

/* One word's part in a term. */
struct input {
    struct occurrence_cursor cursor;
    enum term_source source;
};

struct output {
    struct inverter *inverter;
    struct glass_table *postlist, *position;
    struct glass_postings postings;
    struct input *inputs; /* a heap, the lowest document first */
    size_t n_inputs, inputs_capacity;
    struct positions positions; /* of one document */
    struct buffer key, tag;     /* in the position table */
    size_t key_prefix;          /* how much of the key is the term */
};

static uint32_t input_wdf(const struct input *input)
{
    uint64_t wdf = 0;

    switch (input->source) {
    case SOURCE_SELF: wdf = input->cursor.wdf; break;
    case SOURCE_STEM: wdf = input->cursor.n_positions; break;
    case SOURCE_SPELLING: break;
    }
    return wdf > UINT32_MAX ? UINT32_MAX : (uint32_t)wdf;
}

/* Move the input at the top down to where it belongs. */
static void sift(struct output *output)
{
    struct input *inputs = output->inputs;
    size_t n = output->n_inputs, i = 0, child;

    while ((child = 2 * i + 1) < n) {
        struct input moved;

        if (child + 1 < n &&
            inputs[child + 1].cursor.document < inputs[child].cursor.document)
            child++;
        if (inputs[i].cursor.document <= inputs[child].cursor.document)
            return;
        moved = inputs[i];
        inputs[i] = inputs[child];
        inputs[child] = moved;
        i = child;
    }
}

/* Go on behind the document of the input at the top. */
static void advance(struct output *output)
{
    struct input *top = &output->inputs[0];

    if (!occurrence_cursor_seek(&top->cursor))
        *top = output->inputs[--output->n_inputs];
    sift(output);
}

static int compare_positions(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* Bring positions into ascending order, each once; they mostly are. */
static void order_positions(struct positions *positions)
{
    uint32_t *items = positions->items;
    size_t n;

    for (n = 1; n < positions->n && items[n - 1] < items[n]; n++)
        ;
    if (n >= positions->n)
        return;
    qsort(items, positions->n, sizeof *items, compare_positions);
    n = 1;
    for (size_t i = 1; i < positions->n; i++)
        if (items[i] != items[n - 1])
            items[n++] = items[i];
    positions->n = n;
}

static enum status write_positions(struct output *output, uint32_t document,
                                   struct failure *failure)
{
    struct positions *positions = &output->positions;

    if (positions->failed)
        return fail_memory(failure);
    order_positions(positions);
    output->key.length = output->key_prefix;
    glass_append_sortable(&output->key, document);
    buffer_clear(&output->tag);
    glass_positions_encode(positions->items, positions->n, &output->tag);
    if (output->key.failed || output->tag.failed)
        return fail_memory(failure);
    return glass_table_add(output->position, buffer_bytes(&output->key),
                           buffer_bytes(&output->tag), false, failure);
}

/* Write the posting of the lowest document, and go on behind it. */
static enum status write_document(struct output *output,
                                  struct failure *failure)
{
    struct glass_statistics *statistics = &output->inverter->statistics;
    uint32_t document = output->inputs[0].cursor.document;
    uint64_t sum = 0;
    uint32_t wdf;

    output->positions.n = 0;
    while (output->n_inputs && output->inputs[0].cursor.document == document) {
        struct input *top = &output->inputs[0];

        occurrence_cursor_read(&top->cursor,
                               output->position && top->source == SOURCE_SELF
                                   ? &output->positions
                                   : NULL);
        sum += input_wdf(top);
        advance(output);
    }
    wdf = sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
    if (wdf > statistics->wdf_max)
        statistics->wdf_max = wdf;
    glass_postings_add(&output->postings, document, wdf);
    return output->positions.n ? write_positions(output, document, failure)
                               : STATUS_OK;
}

/* Make inputs of N equal terms. No word is without occurrences. */
static enum status open_inputs(struct output *output, const struct term *terms,
                               size_t n, struct failure *failure)
{
    if (!array_grow(&output->inputs, &output->inputs_capacity, n,
                    sizeof *output->inputs))
        return fail_memory(failure);
    output->n_inputs = n;
    for (size_t i = 0; i < n; i++) {
        struct input *input = &output->inputs[i];

        input->source = terms[i].source;
        occurrence_cursor_init(&input->cursor, &terms[i].word->occurrences);
        occurrence_cursor_seek(&input->cursor);
    }
    return STATUS_OK;
}

static int compare_inputs(const void *a, const void *b)
{
    const struct input *one = a, *other = b;

    return (one->cursor.document > other->cursor.document) -
           (one->cursor.document < other->cursor.document);
}

/* Tell the forward index what the word among N equal terms is called there, if
 * there is one; it is called the same in all its languages. */
static enum status name_word(struct output *output, const struct term *terms,
                             size_t n, struct failure *failure)
{
    struct forward_writer *forward = output->inverter->forward;
    struct bytes text = {terms->data, terms->length};

    for (size_t i = 0; forward && i < n; i++)
        if (terms[i].source == SOURCE_SELF && terms[i].word->number)
            return forward_writer_word(forward, text, terms[i].word->number,
                                       failure);
    return STATUS_OK;
}

/* Write N equal terms as one. */
static enum status write_term(struct output *output, const struct term *terms,
                              size_t n, struct failure *failure)
{
    struct bytes text = {terms->data, terms->length};
    enum status status = name_word(output, terms, n, failure);

    if (status == STATUS_OK)
        status = open_inputs(output, terms, n, failure);
    if (status != STATUS_OK)
        return status;
    /* What is sorted is a heap. */
    if (n > 1)
        qsort(output->inputs, n, sizeof *output->inputs, compare_inputs);
    buffer_clear(&output->key);
    glass_append_term(&output->key, text);
    buffer_append_byte(&output->key, '\0');
    output->key_prefix = output->key.length;
    glass_postings_begin(&output->postings, GLASS_POSTINGS_CHUNK);
    while (status == STATUS_OK && output->n_inputs)
        status = write_document(output, failure);
    if (status == STATUS_OK)
        status = glass_postings_write(&output->postings, output->postlist, text,
                                      failure);
    return status;
}

static bool same_text(const struct term *a, const struct term *b)
{
    return a->prefix == b->prefix &&
           bytes_equal((struct bytes){a->data, a->length},
                       (struct bytes){b->data, b->length});
}

/* Words stand in memory in the order in which they came, so each is far from
 * the one before: ask for those that come soon. */
static void prefetch(const struct term *terms, size_t n_terms)
{
    enum { SOON = 4, LATER = 12 };

    if (n_terms > LATER)
        __builtin_prefetch(terms[LATER].word);
    if (n_terms > SOON)
        __builtin_prefetch(terms[SOON].word->occurrences.first);
}

static enum status write_terms(struct output *output, struct failure *failure)
{
    struct term *terms;
    size_t n_terms, n;
    enum status status =
        inverter_terms(output->inverter, &terms, &n_terms, failure);

    for (size_t i = 0; status == STATUS_OK && i < n_terms; i += n) {
        prefetch(terms + i, n_terms - i);
        for (n = 1; i + n < n_terms && same_text(&terms[i], &terms[i + n]); n++)
            ;
        status = write_term(output, &terms[i], n, failure);
    }
    free(terms);
    return status;
}

static enum status write_lengths(struct output *output, struct failure *failure)
{
    const struct buffer *lengths = &output->inverter->lengths;
    const char *cursor = lengths->data;
    const char *end = cursor ? cursor + lengths->length : NULL;
    uint32_t document = 0;
    uint64_t length;

    if (lengths->failed)
        return fail_memory(failure);
    glass_postings_begin(&output->postings, GLASS_LENGTHS_CHUNK);
    while (cursor && varint_read(&cursor, end, &length))
        glass_postings_add(&output->postings, ++document, (uint32_t)length);
    return glass_postings_write_lengths(&output->postings, output->postlist,
                                        failure);
}

enum status inverter_write(struct inverter *inverter,
                           struct glass_table *postlist,
                           struct glass_table *position,
                           struct glass_statistics *statistics,
                           struct failure *failure)
{
    struct output output = {.inverter = inverter,
                            .postlist = postlist,
                            .position = position,
                            .postings = GLASS_POSTINGS_EMPTY};
    enum status status;

    inverter_end(inverter);
    status = write_lengths(&output, failure);
    if (status == STATUS_OK)
        status = write_terms(&output, failure);
    inverter->statistics.n_documents = inverter->document;
    inverter->statistics.last_document = inverter->document;
    *statistics = inverter->statistics;
    glass_postings_release(&output.postings);
    free(output.inputs);
    free(output.positions.items);
    buffer_release(&output.key);
    buffer_release(&output.tag);
    return status;
}
