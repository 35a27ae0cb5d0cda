/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <config.h>

#include "index/inverter_encode.h"

#include "index/glass/format.h"
#include "index/glass/positions.h"
#include "index/inverter_parts.h"

#include <stdlib.h>

/* One word's part in a term. */
struct input {
    struct chain_cursor postings, places;
    uint32_t left; /* postings behind this one */
    uint32_t document, count;
    bool counts;     /* the count adds to the wdf */
    bool has_places; /* to be read */
};

/* Go on to the next posting. */
static void input_next(struct input *input)
{
    input->left--;
    input->document += (uint32_t)chain_cursor_next(&input->postings) + 1;
    input->count = (uint32_t)chain_cursor_next(&input->postings);
}

/* Move the input at the top down to where it belongs. */
static void sift(struct encoder *encoder)
{
    struct input *inputs = encoder->inputs;
    size_t n = encoder->n_inputs, i = 0, child;

    while ((child = 2 * i + 1) < n) {
        struct input moved;

        if (child + 1 < n &&
            inputs[child + 1].document < inputs[child].document)
            child++;
        if (inputs[i].document <= inputs[child].document)
            return;
        moved = inputs[i];
        inputs[i] = inputs[child];
        inputs[child] = moved;
        i = child;
    }
}

/* Go on behind the posting of the input at the top. */
static void advance(struct encoder *encoder)
{
    struct input *top = &encoder->inputs[0];

    if (top->left > 0)
        input_next(top);
    else
        *top = encoder->inputs[--encoder->n_inputs];
    if (encoder->n_inputs > 1)
        sift(encoder);
}

/* Append the positions of the posting that INPUT is at. */
static bool read_places(struct encoder *encoder, struct input *input)
{
    uint32_t position = 0;

    if (!array_grow(&encoder->places, &encoder->places_capacity,
                    encoder->n_places + input->count, sizeof *encoder->places))
        return false;
    for (uint32_t n = input->count; n > 0; n--) {
        position += (uint32_t)chain_cursor_next(&input->places);
        encoder->places[encoder->n_places++] = position;
    }
    return true;
}

static int compare_places(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;

    return (one > other) - (one < other);
}

/* Put the positions of a document in order, each once, as they mostly are. */
static void order_places(struct encoder *encoder)
{
    uint32_t *items = encoder->places;
    size_t n = 1;

    while (n < encoder->n_places && items[n] > items[n - 1])
        n++;
    if (n >= encoder->n_places)
        return;
    qsort(items, encoder->n_places, sizeof *items, compare_places);
    n = 1;
    for (size_t i = 1; i < encoder->n_places; i++)
        if (items[i] != items[n - 1])
            items[n++] = items[i];
    encoder->n_places = n;
}

static bool add_positions(struct encoder *encoder, uint32_t document,
                          struct glass_items *items)
{
    order_places(encoder);
    encoder->key.length = encoder->key_prefix;
    glass_append_sortable(&encoder->key, document);
    buffer_clear(&encoder->tag);
    glass_positions_encode(encoder->places, encoder->n_places, &encoder->tag);
    glass_items_add(items, buffer_bytes(&encoder->key),
                    buffer_bytes(&encoder->tag));
    return !encoder->key.failed && !encoder->tag.failed;
}

/* Add the posting of the lowest document, and go on behind it. */
static bool add_document(struct encoder *encoder, struct encoded *encoded)
{
    uint32_t document = encoder->inputs[0].document, wdf;
    uint64_t sum = 0;

    encoder->n_places = 0;
    while (encoder->n_inputs && encoder->inputs[0].document == document) {
        struct input *top = &encoder->inputs[0];

        if (top->has_places && !read_places(encoder, top))
            return false;
        sum += top->counts ? top->count : 0;
        advance(encoder);
    }
    wdf = sum > UINT32_MAX ? UINT32_MAX : (uint32_t)sum;
    glass_postings_add(&encoder->postings, document, wdf);
    return encoder->n_places == 0 ||
           add_positions(encoder, document, &encoded->positions);
}

/* Add the postings of the only input that is left, as those of most terms are
 * from the first one on. */
static void add_rest(struct encoder *encoder)
{
    struct input input = encoder->inputs[0];
    struct chain_cursor *cursor = &input.postings;
    struct glass_four four;

    for (;;) {
        glass_postings_add(&encoder->postings, input.document,
                           input.counts ? input.count : 0);
        /* They are coded here as they are there. */
        while (input.counts && input.left >= 4 &&
               glass_four_read(cursor->at, cursor->end, &four) &&
               glass_postings_add_four(&encoder->postings, cursor->at, &four)) {
            input.document += four.span;
            input.left -= 4;
            cursor->at += GLASS_FOUR_SIZE;
        }
        if (input.left == 0)
            break;
        input_next(&input);
    }
    encoder->n_inputs = 0;
}

static int compare_inputs(const void *a, const void *b)
{
    const struct input *one = a, *other = b;

    return (one->document > other->document) -
           (one->document < other->document);
}

/* Make inputs of N equal terms. No word is without postings. */
static bool open_inputs(struct encoder *encoder, const struct term *terms,
                        size_t n)
{
    const struct inverter *inverter = encoder->inverter;

    if (!array_grow(&encoder->inputs, &encoder->inputs_capacity, n,
                    sizeof *encoder->inputs))
        return false;
    encoder->n_inputs = n;
    for (size_t i = 0; i < n; i++) {
        const struct word *word = &inverter->words.items[terms[i].word];
        const struct list *list = &inverter->lists[terms[i].word];
        struct input *input = &encoder->inputs[i];

        *input = (struct input){.left = word->n, .counts = terms[i].counts};
        input->has_places = encoder->has_places && terms[i].self &&
                            has_position(word_kind(word->tag));
        chain_cursor_init(&input->postings, &list->postings);
        if (input->has_places)
            chain_cursor_init(&input->places, &list->places);
        input_next(input);
    }
    /* What is sorted is a heap. */
    if (n > 1)
        qsort(encoder->inputs, n, sizeof *encoder->inputs, compare_inputs);
    return true;
}

enum status encoder_encode(struct encoder *encoder, const struct term *terms,
                           size_t n, struct encoded *encoded,
                           struct failure *failure)
{
    struct bytes text = {terms->data, terms->length};

    if (!open_inputs(encoder, terms, n))
        return fail_memory(failure);
    buffer_clear(&encoder->key);
    glass_append_term(&encoder->key, text);
    buffer_append_byte(&encoder->key, '\0');
    encoder->key_prefix = encoder->key.length;
    glass_postings_begin(&encoder->postings, GLASS_POSTINGS_CHUNK);
    while (encoder->n_inputs > 1 ||
           (encoder->n_inputs && encoder->inputs[0].has_places))
        if (!add_document(encoder, encoded))
            return fail_memory(failure);
    if (encoder->n_inputs)
        add_rest(encoder);
    return glass_postings_write(&encoder->postings, &encoded->postings, text,
                                failure);
}

void encoder_release(struct encoder *encoder)
{
    glass_postings_release(&encoder->postings);
    free(encoder->inputs);
    free(encoder->places);
    buffer_release(&encoder->key);
    buffer_release(&encoder->tag);
}
