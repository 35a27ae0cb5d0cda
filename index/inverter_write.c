/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The postings of sorted terms, merged from those of the words that each comes
 * from, into tables. Terms are cut into ranges, of which all cores make items;
 * these go into the tables in order. */
#include <config.h>

#include <stdlib.h>

#include "base/pipeline.h"
#include "index/glass/format.h"
#include "index/glass/items.h"
#include "index/glass/positions.h"
#include "index/glass/postings.h"
#include "index/inverter_parts.h"

/* So many postings, about, make a range. */
enum { RANGE_POSTINGS = 1 << 16 };

/* One word's part in a term. */
struct input {
    struct chain_cursor postings, places;
    uint32_t left; /* postings behind this one */
    uint32_t document, count;
    bool counts;     /* the count adds to the wdf */
    bool has_places; /* to be read */
};

/* What a thread makes of terms; what it keeps from one to the next. */
struct encoder {
    struct inverter *inverter;
    bool has_places; /* positions are wanted */
    struct glass_postings postings;
    struct input *inputs; /* a heap, the lowest document first */
    size_t n_inputs, inputs_capacity;
    uint32_t *places; /* of one document */
    size_t n_places, places_capacity;
    struct buffer key, tag; /* in the position table */
    size_t key_prefix;      /* how much of the key is the term */
};

/* Terms that stand together, equal ones in one range, and what is made of them.
 */
struct range {
    const struct term *terms;
    size_t n_terms;
    struct glass_items postings, positions;
    uint32_t wdf_max;
};

/* All that is written. */
struct output {
    struct inverter *inverter;
    struct glass_table *postlist, *position;
    struct encoder *encoders; /* of each thread */
    struct range *ranges; /* by turns: of those whose turn it is */
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
static bool add_document(struct encoder *encoder, struct range *range)
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
           add_positions(encoder, document, &range->positions);
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

/* Make the items of N equal terms. */
static enum status encode_term(struct encoder *encoder,
                               const struct term *terms, size_t n,
                               struct range *range, struct failure *failure)
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
        if (!add_document(encoder, range))
            return fail_memory(failure);
    if (encoder->n_inputs)
        add_rest(encoder);
    return glass_postings_write(&encoder->postings, &range->postings, text,
                                failure);
}

static bool same_text(const struct term *a, const struct term *b)
{
    return a->prefix == b->prefix &&
           bytes_equal((struct bytes){a->data, a->length},
                       (struct bytes){b->data, b->length});
}

/* Words stand in memory in the order in which they came, so each is far from
 * the one before: ask for those that come soon. */
static void prefetch(const struct inverter *inverter, const struct term *terms,
                     size_t n_terms)
{
    enum { SOON = 4, LATER = 12 };

    if (n_terms > LATER) {
        __builtin_prefetch(&inverter->words.items[terms[LATER].word]);
        __builtin_prefetch(&inverter->lists[terms[LATER].word]);
    }
    if (n_terms > SOON)
        __builtin_prefetch(inverter->lists[terms[SOON].word].postings.first);
}

/* pipeline_stages.work: make the items of a range. */
static enum status encode_range(void *context, size_t thread, void *item,
                                struct failure *failure)
{
    struct output *output = context;
    struct range *range = item;
    const struct term *terms = range->terms;
    enum status status = STATUS_OK;
    size_t n;

    for (size_t i = 0; status == STATUS_OK && i < range->n_terms; i += n) {
        prefetch(output->inverter, terms + i, range->n_terms - i);
        for (n = 1;
             i + n < range->n_terms && same_text(&terms[i], &terms[i + n]); n++)
            ;
        status = encode_term(&output->encoders[thread], &terms[i], n, range,
                             failure);
    }
    range->wdf_max = output->encoders[thread].postings.wdf_max;
    return status;
}

/* Tell the forward index what the words of RANGE are called there. */
static enum status name_words(struct output *output, const struct range *range,
                              struct failure *failure)
{
    struct inverter *inverter = output->inverter;
    const struct term *before = NULL;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < range->n_terms; i++) {
        const struct term *term = &range->terms[i];
        const struct word *word = &inverter->words.items[term->word];

        /* It is called the same in all its languages. */
        if (!term->self || !has_position(word_kind(word->tag)) ||
            (before && same_text(before, term)))
            continue;
        before = term;
        status = forward_writer_word(inverter->forward, word_text(word),
                                     word->number, failure);
    }
    return status;
}

static void clear_range(struct range *range)
{
    glass_items_clear(&range->postings);
    glass_items_clear(&range->positions);
    range->terms = NULL;
}

/* pipeline_stages.deliver: put the items of a range into the tables. */
static enum status write_range(void *context, void *item, enum status status,
                               const struct failure *problem,
                               struct failure *failure)
{
    struct output *output = context;
    struct range *range = item;
    struct inverter *inverter = output->inverter;

    if (status != STATUS_OK && failure)
        *failure = *problem;
    if (status == STATUS_OK)
        status = glass_items_write(&range->postings, output->postlist, failure);
    if (status == STATUS_OK && output->position)
        status =
            glass_items_write(&range->positions, output->position, failure);
    if (status == STATUS_OK && inverter->forward)
        status = name_words(output, range, failure);
    if (range->wdf_max > inverter->statistics.wdf_max)
        inverter->statistics.wdf_max = range->wdf_max;
    clear_range(range);
    return status;
}

static void drop_range(void *context, void *item)
{
    (void)context;
    clear_range(item);
}

/* How many terms from TERMS on make a range. */
static size_t range_length(const struct inverter *inverter,
                           const struct term *terms, size_t n_terms)
{
    size_t n_postings = 0, n = 0;

    while (n < n_terms &&
           (n_postings < RANGE_POSTINGS || same_text(&terms[n - 1], &terms[n])))
        n_postings += inverter->words.items[terms[n++].word].n;
    return n;
}

/* Cut TERMS into ranges, which are used again as they come back: there are more
 * than a pipeline holds. */
static enum status write_ranges(struct output *output,
                                struct pipeline *pipeline, size_t n_ranges,
                                const struct term *terms, size_t n_terms,
                                struct failure *failure)
{
    enum status status = STATUS_OK;
    size_t turn = 0, n;

    for (size_t i = 0; status == STATUS_OK && i < n_terms; i += n) {
        struct range *range = &output->ranges[turn++ % n_ranges];

        n = range_length(output->inverter, terms + i, n_terms - i);
        range->terms = terms + i;
        range->n_terms = n;
        status = pipeline_put(pipeline, range, failure);
    }
    return status == STATUS_OK ? pipeline_finish(pipeline, failure) : status;
}

static void release_encoder(struct encoder *encoder)
{
    glass_postings_release(&encoder->postings);
    free(encoder->inputs);
    free(encoder->places);
    buffer_release(&encoder->key);
    buffer_release(&encoder->tag);
}

/* Write all TERMS by N_THREADS. */
static enum status write_terms(struct output *output, size_t n_threads,
                               const struct term *terms, size_t n_terms,
                               struct failure *failure)
{
    const struct pipeline_stages stages = {encode_range, write_range,
                                           drop_range, output};
    size_t n_items = 2 * n_threads, n_ranges = n_items + 1;
    struct pipeline *pipeline = NULL;
    enum status status = STATUS_OK;

    output->encoders = calloc(n_threads, sizeof *output->encoders);
    output->ranges = calloc(n_ranges, sizeof *output->ranges);
    if (!output->encoders || !output->ranges)
        status = fail_memory(failure);
    for (size_t i = 0; status == STATUS_OK && i < n_threads; i++)
        output->encoders[i] =
            (struct encoder){.inverter = output->inverter,
                             .has_places = output->position != NULL};
    if (status == STATUS_OK)
        status = pipeline_new(&stages, n_threads, n_items, &pipeline, failure);
    if (status == STATUS_OK)
        status =
            write_ranges(output, pipeline, n_ranges, terms, n_terms, failure);
    pipeline_free(pipeline);
    for (size_t i = 0; output->encoders && i < n_threads; i++)
        release_encoder(&output->encoders[i]);
    for (size_t i = 0; output->ranges && i < n_ranges; i++) {
        glass_items_release(&output->ranges[i].postings);
        glass_items_release(&output->ranges[i].positions);
    }
    free(output->encoders);
    free(output->ranges);
    return status;
}

static enum status write_lengths(struct inverter *inverter,
                                 struct glass_table *postlist,
                                 struct failure *failure)
{
    const struct buffer *lengths = &inverter->lengths;
    const char *cursor = lengths->data;
    const char *end = cursor ? cursor + lengths->length : NULL;
    struct glass_postings postings = GLASS_POSTINGS_EMPTY;
    struct glass_items items = {.n = 0};
    uint32_t document = 0;
    uint64_t length;
    enum status status;

    glass_postings_begin(&postings, GLASS_LENGTHS_CHUNK);
    while (cursor && varint_read(&cursor, end, &length))
        glass_postings_add(&postings, ++document, (uint32_t)length);
    status = glass_postings_write_lengths(&postings, &items, failure);
    if (status == STATUS_OK)
        status = glass_items_write(&items, postlist, failure);
    glass_postings_release(&postings);
    glass_items_release(&items);
    return status;
}

enum status inverter_write(struct inverter *inverter, size_t n_threads,
                           struct glass_table *postlist,
                           struct glass_table *position,
                           struct glass_statistics *statistics,
                           struct failure *failure)
{
    struct output output = {
        .inverter = inverter, .postlist = postlist, .position = position};
    struct term *terms = NULL;
    size_t n_terms = 0;
    enum status status = write_lengths(inverter, postlist, failure);

    if (status == STATUS_OK)
        status = inverter_terms(inverter, &terms, &n_terms, failure);
    if (status == STATUS_OK)
        status =
            write_terms(&output, n_threads ? n_threads : pipeline_n_cores(),
                        terms, n_terms, failure);
    free(terms);
    inverter->statistics.n_documents = inverter->n_documents;
    inverter->statistics.last_document = inverter->n_documents;
    *statistics = inverter->statistics;
    return status;
}
